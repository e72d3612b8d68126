# Was über eine App gesagt wird, die jemand von Hand registriert hat und die eine Verbindung übernimmt.

adopting-choose = Eine vorhandene App übernehmen
adopting-similar = { $count ->
        [one] Eine App namens { $app } gibt es schon
       *[other] { $app } und { $count ->
            [2] eine weitere App
           *[other] weitere Apps
        } mit ähnlichem Namen gibt es schon
    }
adopting-similar-text = Wenn { $platform } sie jetzt verwendet, übernehmen Sie sie: Sie wird auf ihre Postfächer begrenzt, während die E-Mail weiterläuft. Sonst fahren Sie fort, und es wird eine neue angelegt.

adopting-heading = Welche App verwendet { $platform } jetzt?
adopting-lead = Jemand hat sie von Hand registriert, nach einer Anleitung oder im Portal. Sie wird zuerst angesehen, und was an ihr nicht stimmt, wird gesagt, bevor etwas geschieht.
adopting-label = Ihre Client-ID, oder wie ihr Name beginnt
adopting-hint = In den Einstellungen von { $platform } heißt sie Client-ID oder Anwendungs-ID. In Entra steht sie auf der Übersicht der App.
adopting-search = Nachschlagen
adopting-new-instead = Doch eine neue App anlegen
adopting-note = Das Nachschlagen ändert nichts.
adopting-lacks-text = Geben Sie die Client-ID an, oder wie der Name der App beginnt.
adopting-no-such-id = Keine App dieser Organisation hat diese ID als Client-ID, als Objekt-ID oder als die ihrer Unternehmensanwendung. Ein geheimer Clientschlüssel hat eine eigene ID, die nicht die der App ist. Kopieren Sie „Anwendungs-ID (Client)“ von der Übersicht der App.
adopting-malformed-id = Das sieht wie eine ID aus, aber eine Ziffer ist falsch oder fehlt, oder ein Strich. Eine ID hat 32 Ziffern von 0 bis 9 und a bis f in Gruppen von 8, 4, 4, 4 und 12. Kopieren Sie sie noch einmal aus der Übersicht der App in Entra.
adopting-no-such-name = Keine App dieser Organisation hat einen Namen, der so beginnt. Mit der Client-ID wird sie sicher gefunden.
adopting-gone = Diese App ist nicht mehr da. Vielleicht hat jemand sie gelöscht, seit sie gefunden wurde.
adopting-found = { $count ->
        [one] Eine App
       *[other] { $count } Apps
    }
adopting-more = Es gibt mehr mit diesem Namen
adopting-more-text = Geben Sie mehr vom Namen an, oder die Client-ID.
adopting-made = Angelegt am { $day }; nichts meldet sich mit ihr an
adopting-made-ends = Angelegt am { $day }; womit sie sich anmeldet, läuft am { $end } ab
adopting-made-once = Wann sie angelegt wurde, ist nicht bekannt
adopting-look-at = Ansehen
adopting-look-at-this = Ansehen: { $app }
adopting-looking = Die App wird gesucht …
adopting-looking-for = auf die Antwort von Microsoft
adopting-reading = Es wird gelesen, was sie darf und wer sie verwenden kann …

adopting-nothing-wrong = An { $app } ist alles in Ordnung
adopting-wrong = { $app }: { $count ->
        [one] eines wird in Ordnung gebracht
       *[other] { $count } Dinge werden in Ordnung gebracht
    }
adopting-barred = { $app } kann nicht übernommen werden
adopting-barred-lead = Was im Weg steht, steht oben. Es wurde nichts geändert.
adopting-one-lead = Was { $platform } nach dem Profil tut, funktioniert die ganze Zeit weiter: Alles geht erst, wenn das, was an seine Stelle tritt, funktioniert.
adopting-reaches = Erreicht jetzt
adopting-reaches-text = Wie Microsoft es aufführt, wer auch immer es so eingerichtet hat
adopting-reach-all = Jedes Postfach
adopting-reach-held = Was eine Richtlinie durchlässt
adopting-reach-none = Kein Postfach über Entra
adopting-to-put-right = Bringt Mailgrant in Ordnung
adopting-to-put-right-text = { $count ->
        [0] Nichts ist nötig
       *[other] Eine Änderung nach der anderen, jede im Plan, bevor sie gemacht wird
    }
adopting-client-id = App und Client-ID
adopting-take-over = Diese App übernehmen
adopting-take-over-note = Schreibt auf, was sie jetzt hat. Ändert noch nichts in der Organisation.
adopting-another = Eine andere App
adopting-taken-over = { $app } ist übernommen
adopting-taken-over-lead = Was sie bei der Übernahme hatte, ist aufgeschrieben. Der Plan sagt, was daraus wird.
adopting-unnamed = ohne Namen

adopting-of-a-connection = Eine Verbindung von Mailgrant hat diese App schon
    .text = Sie wurde von einer angelegt oder übernommen. Wählen Sie „{ finding-find }“ auf dem ersten Bildschirm, um mit ihr weiterzumachen.
adopting-by-protocol = Sie darf IMAP, POP oder SMTP verwenden: { $permission }
    .text = Dies wegzunehmen würde eine Plattform abschneiden, die es verwendet, und von der gewählten Plattform ist nicht gesagt, dass sie es tut. Wenn sie es tut, wählen Sie es bei der Plattform; sonst bleibt die App, wie sie ist.
adopting-other-role = Sie hat eine Rolle in Exchange: { $role }
    .text = { $past ->
        [yes] Jemand wollte sie so begrenzen, und die Berechtigungen in Entra gehen darüber hinaus: Beides zählt zusammen.
       *[no] Jemand hat sie schon mit RBAC für Anwendungen begrenzt.
    } Eine eigene Begrenzung dieser Verbindung tritt an ihre Stelle; die Zuweisung { $assignment } geht, sobald diese gilt.
adopting-disabled = Ihre Unternehmensanwendung ist ausgeschaltet
    .text = Niemand kann sich als sie anmelden. Schalten Sie sie in Entra ein, unter Unternehmensanwendungen, Eigenschaften, und sehen Sie sie dann noch einmal an.
adopting-opens-mailboxes = { $held ->
        [yes] { $permission } auf { $api } erreicht Postfächer
        [out] { $permission } auf { $api } erreicht fast jedes Postfach
       *[no] { $permission } auf { $api } erreicht jedes Postfach
    }
    .text = { $held ->
        [yes] Nur eine Zugriffsrichtlinie hält sie zurück, die ältere Art, eine App zu begrenzen.
        [out] Eine Zugriffsrichtlinie sperrt sie nur aus manchen Postfächern aus.
       *[no] Nichts begrenzt sie.
    } { $replaced ->
        [yes] Die Begrenzung in Exchange gibt dasselbe für die gewählten Postfächer; dies geht, sobald sie gilt.
       *[no] Die Plattform braucht nach ihrem Profil nichts davon; es geht, sobald die Begrenzung gilt, und nichts tritt an seine Stelle.
    }
adopting-more-rights = { $permission } auf { $api } führt zu mehr Rechten
    .text = Die App kann sich oder anderen das Recht geben, E-Mail zu lesen. Diese Berechtigung geht zusammen mit den anderen Berechtigungen, und nichts tritt an seine Stelle.
adopting-unclear = { $permission } auf { $api }: Was diese Berechtigung öffnet, lässt sich nicht sagen
    .text = Sie zählt wie eine, die jedes Postfach öffnet, und geht zusammen mit den anderen Berechtigungen.
adopting-shut-out = { $all ->
        [yes] Eine Zugriffsrichtlinie für alle Apps sperrt sie aus { $group } aus
       *[no] Eine Zugriffsrichtlinie sperrt sie aus { $group } aus
    }
    .text = { $all ->
        [yes] Die Richtlinie bleibt, wie sie ist. Auf die Begrenzung, die angelegt wird, wirkt sie nicht: Die Postfächer, die Exchange dort findet, kommen nicht auf die Liste; nehmen Sie sie auch später nicht auf.
       *[no] Eine Begrenzung nennt die Postfächer, die eine App erreicht. „Alle außer diesen“ kann sie nicht sagen, und keine Richtlinie hält sie zurück. Lassen Sie an ihre Stelle eine Richtlinie setzen, die der App nur die Postfächer öffnet, die sie braucht, oder legen Sie stattdessen eine neue App an.
    }
adopting-held = { $all ->
        [yes] Eine Zugriffsrichtlinie für alle Apps beschränkt sie auf { $group }
       *[no] Eine Zugriffsrichtlinie beschränkt sie auf { $group }
    }
    .text = { $names ->
        [mailbox] Dieses Postfach kommt auf die Liste.
        [group] { $count ->
            [one] Ein Postfach kommt auf die Liste
           *[other] { $count } Postfächer kommen auf die Liste, jedes für sich
        }{ $nested ->
            [0] . Wer später in die Gruppe kommt, wird nicht erreicht.
           *[other] , auch die aus Gruppen darin: { $groups }. Wer später in eine davon kommt, wird nicht erreicht.
        }
        [no-mailbox] Was sie nennt, hat hier kein Postfach, das auf die Liste könnte.
       *[nothing] Was sie nennt, gibt es nicht mehr.
    } { $all ->
        [yes] Die Richtlinie bleibt, wie sie ist, denn sie begrenzt auch andere Apps; diese begrenzt sie nicht mehr, sobald die Berechtigungen weg sind.
       *[no] Die Richtlinie bleibt, bis nichts mehr da ist, was sie begrenzt, und lässt sich dann hier entfernen.
    }
adopting-open = Konten anderer Organisationen dürfen sie verwenden
    .text = Sie wird für diese geschlossen. Eine Plattform, die sich als die App selbst anmeldet, braucht keine davon.
adopting-lasts-long = Der geheime Clientschlüssel { $credential } gilt bis { $day }
    .text = Ein neuer mit einem Ende und einer Erinnerung wird daneben angelegt. Dieser geht, sobald die Plattform den neuen verwendet.
adopting-ended = Der geheime Clientschlüssel { $credential } ist am { $day } abgelaufen
    .text = Niemand kann ihn verwenden. Er geht zusammen mit den anderen.
adopting-several = { $count } geheime Clientschlüssel gelten
    .text = Jeder davon meldet sich als die App an. Sie gehen, sobald die Plattform den neuen verwendet.
adopting-certificate = Ein Zertifikat meldet sich als sie an: { $credential }
    .text = Es bleibt, bis die Plattform das Neue verwendet, und geht dann.
adopting-certificate-ended = Das Zertifikat { $credential } ist am { $day } abgelaufen
    .text = Niemand kann sich damit anmelden. Es geht zusammen mit den anderen.
adopting-federated = Workloads anderswo melden sich als sie an: { $credential }
    .text = Es bleibt, und solange es da ist, kann keine Datei versiegelt werden. Wenn niemand es braucht, entfernen Sie es in Entra unter Zertifikate & Geheimnisse, Verbundanmeldeinformationen.
adopting-directory-role = { $role }
    .text = Sie bleibt, und solange sie da ist, kann keine Datei versiegelt werden. Nehmen Sie der App die Rolle in Entra unter Rollen und Administratoren.
adopting-send-as = Sie darf senden als { $recipients }
    .text = Das bleibt, und solange es da ist, kann keine Datei versiegelt werden. Nehmen Sie das Recht in Exchange weg, wenn die Plattform es nicht braucht.
adopting-redirects = { $count ->
        [one] Eine Anmeldung kann an eine Adresse zurückgeleitet werden
       *[other] Eine Anmeldung kann an { $count } Adressen zurückgeleitet werden
    }
    .text = Sie bleiben, und solange sie da sind, kann keine Datei versiegelt werden. Eine Plattform, die sich als die App selbst anmeldet, braucht keine.
adopting-owners = { $count ->
        [one] { $owners } besitzt sie
       *[other] { $owners } besitzen sie
    }
    .text = Wer sie besitzt, kann Clientschlüssel für sie anlegen. Das bleibt; der Nachweis fragt, ob Sie davon wissen.

adopting-wait-heading = Die alten Berechtigungen bleiben, bis die Begrenzung gilt
adopting-wait-lead = Microsoft wendet die Begrenzung innerhalb von 30 Minuten bis 2 Stunden an. Solange die alten Berechtigungen stehen, kann niemand sie wirken sehen, deshalb wird diese ganze Zeit abgewartet.
adopting-waiting = Wegnehmen können Sie sie { $at }
adopting-waiting-text = { $platform } arbeitet bis dahin über sie weiter. Sie können das Fenster schließen; diese Verbindung wartet in der Liste.
adopting-wait-note = Während Sie warten, wird nichts geändert.
adopting-limit-set = Begrenzung in Exchange gesetzt
adopting-remove-heading = Die alten Berechtigungen wegnehmen
adopting-remove-lead = Microsofts Wartezeit ist vorbei. Bevor etwas geht, werden die Begrenzung und Microsofts eigene Prüfung davon noch einmal gelesen; der Nachweis folgt sofort. { $platform } arbeitet über die Begrenzung weiter.
adopting-remove = Wegnehmen
adopting-later = Sichern und schließen
adopting-remove-note = Dafür nötig: { $roles }.
adopting-policy-stays = { $count ->
        [one] Die Zugriffsrichtlinie von { $group } bleibt
       *[other] { $count } Zugriffsrichtlinien bleiben, die erste von { $group }
    }
adopting-policy-stays-text = { $goes ->
        [yes] Sobald die Berechtigungen weg sind, ist nichts mehr da, was so begrenzt wird. Am Tag danach lässt sich das auf der Seite des Nachweises entfernen.
       *[no] { $count ->
            [one] Sie ist nicht von Mailgrant und begrenzt nichts mehr, sobald die Berechtigungen weg sind. Um sie später aufzuräumen:
           *[other] Sie sind nicht von Mailgrant und begrenzen nichts mehr, sobald die Berechtigungen weg sind. Um die erste später aufzuräumen:
        } Remove-ApplicationAccessPolicy -Identity "{ $identity }"
    }
adopting-policy-left = Die Zugriffsrichtlinie von { $group } begrenzt nichts mehr
adopting-policy-left-text = In Entra ist nichts mehr da, wovon sie die App abhalten könnte. Bevor sie geht, wird noch einmal alles gelesen, was der App erteilt ist; ihre Gruppe bleibt.
adopting-policy-left-wait = Ein Token, den die Plattform erhielt, bevor die alten Berechtigungen gingen, kann bis zu einem Tag gelten. Die Richtlinie lässt sich { $at } hier entfernen.
adopting-policy-remove = Richtlinie entfernen
adopting-policy-removing = Die Zugriffsrichtlinie wird entfernt …
adopting-policy-removing-for = darauf, dass Exchange antwortet
adopting-policy-another = Die Zugriffsrichtlinie, die übernommen wurde, gibt es nicht mehr; eine andere derselben Gruppe gibt es, und sie bleibt.
adopting-policy-removed = Die Zugriffsrichtlinie wurde entfernt.
adopting-policy-of-all = { $count ->
        [one] Die Zugriffsrichtlinie für alle Apps, die { $group } nennt, bleibt
       *[other] { $count } Zugriffsrichtlinien für alle Apps bleiben, die erste von { $group }
    }
adopting-policy-of-all-text = { $count ->
        [one] Sie begrenzt auch andere Apps: Lassen Sie sie, wie sie ist. Auf diese wirkt sie nicht mehr, sobald die Berechtigungen weg sind.
       *[other] Sie begrenzen auch andere Apps: Lassen Sie sie, wie sie sind. Auf diese wirken sie nicht mehr, sobald die Berechtigungen weg sind.
    }
adopting-card-waits = Die alten Berechtigungen können ab { $at } gehen
adopting-card-may-go = Microsofts Wartezeit ist vorbei. Die alten Berechtigungen können jetzt gehen
adopting-part = Die App als die dieser Verbindung kennzeichnen
adopting-part-lead = { $closes ->
        [yes] Sie behält ihren Namen, ihre IDs und alles, was sie hat; nur Konten anderer Organisationen können sie nicht mehr verwenden.
       *[no] Sie behält ihren Namen, ihre IDs und alles, was sie hat.
    } Ihre Kennzeichen sagen von da an, dass Mailgrant sich um sie kümmert.
adopting-tag = Die App kennzeichnen
adopting-tagged = App-Registrierung übernommen
adopting-tagged-text = Sie trägt die Kennzeichen dieser Verbindung.
adopting-undo-by-hand = Entra Admin Center, App-Registrierungen, diese App, Manifest: die Kennzeichen entfernen, die mit „Mailgrant“ oder „mailgrant:“ beginnen.
adopting-give-back = Die App zurückgeben, wie sie war
adopting-stay-for-now = { $count ->
        [one] Eine Berechtigung bleibt vorerst
       *[other] { $count } Berechtigungen bleiben vorerst
    }
adopting-stay-for-now-text = Die Plattform verwendet sie vielleicht, bis die Begrenzung in Exchange gilt. Was die App bei der Übernahme hatte, geht dann, in einem eigenen Schritt.
adopting-permissions = Was die App in Entra hatte, bleibt vorerst
adopting-permissions-read = Jede Erteilung wurde gelesen
adopting-permissions-read-text = Was Postfächer öffnet, steht unten.
adopting-plan = { $app } für { $platform } begrenzen
adopting-giving-back = Die App wird zurückgegeben …
adopting-give-back-ask = Die App zurückgeben?
adopting-give-back-goes = { $opens ->
        [yes] Ihre Kennzeichen gehen, Konten anderer Organisationen können sie wieder verwenden, und niemand kümmert sich mehr um sie. Alles andere von ihr bleibt
       *[no] Ihre Kennzeichen gehen, und niemand kümmert sich mehr um sie. Alles andere von ihr bleibt
    }
adopting-goes-on = Die App hat alles, was sie bei der Übernahme hatte
adopting-stays-taken-over = Etwas von ihr wurde endgültig weggenommen oder erteilt, deshalb kann sie nicht mehr zurückgegeben werden, wie sie war
adopting-is-last = Um sie zurückzugeben, entfernen Sie zuerst den Clientschlüssel und die Begrenzung dieser Verbindung
adopting-tag-note = Lässt sich rückgängig machen, bis etwas von der App weggenommen oder ihr erteilt wird
adopting-only-stays = { $app }: Es gibt etwas anzusehen
adopting-others = Meldet sich nur { $platform } als diese App an?
adopting-others-text = Was sich sonst noch als sie anmeldet, verliert diese Berechtigungen und Clientschlüssel auch. Wenn { $platform } die App mit anderem teilt, legen Sie stattdessen eine neue an.
adopting-revoke = { $app } wurde von jemand anderem registriert und übernommen
adopting-revoke-text = Sie wird trotzdem gelöscht, mit allem, was sich als sie anmeldet. Sie lässt sich 30 Tage lang wiederherstellen.
adopting-later-part = Später

adopting-not-open =
    .title = Ein Postfach öffnet sich mit dem neuen Schlüssel noch nicht
    .happened = Mailgrant hat { $mailbox } mit dem neuen Schlüssel der App als Mailprogramm versucht, und es öffnete sich nicht.
    .why = Microsoft hat vielleicht noch nicht alles angewendet, oder das Protokoll ist für dieses Postfach ausgeschaltet.
    .next = Versuchen Sie es in einer halben Stunde wieder. Bis dahin bleiben die alten Berechtigungen, und die E-Mails kommen weiter an.
