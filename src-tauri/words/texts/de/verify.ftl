# Der Nachweis.

verify-heading = Funktioniert es, und nur dort, wo es soll?
verify-works = Es funktioniert, und nur dort, wo es soll
verify-worked = Am { $day } funktionierte es, und nur dort, wo es soll
verify-nothing-proven = Jetzt ist nichts nachgewiesen
verify-nothing-proven-text = Seit sich etwas geändert hat, liefen die Prüfungen nicht bis zum Ende; daher wird nicht gesagt, wer erreichbar ist.
verify-run = Prüfungen ausführen
verify-run-again = Prüfungen erneut ausführen
verify-save = Speichern und schließen
verify-continue = Weiter zum Export
verify-to-exported = Weiter
verify-look-now = Trotzdem jetzt nachsehen
verify-file-stays = Die exportierte Datei bleibt, wie sie ist

verify-set-up = In Exchange eingerichtet
verify-must-work = Muss funktionieren: { $done } von { $all }
verify-must-be-refused = { $gone ->
    [0] Muss verweigert werden: { $done } von { $all }
    [one] Muss verweigert werden: { $done } von { $all }; 1 gibt es nicht mehr
   *[other] Muss verweigert werden: { $done } von { $all }; { $gone } gibt es nicht mehr
}

# What follows from those that were picked at random.
verify-drawn = Was das über die übrigen Postfächer sagt
verify-drawn-statement = Von { $count }, zufällig gewählt aus allen übrigen, die etwas enthalten, antwortete keines: mit 95 % Sicherheit könnten es weniger als { $percent } von 100 davon. { $more ->
    [0] Es sind { $kinds } Arten.
    [one] Mit 1 weiteren von einer Art, die nicht dabei war, wurden { $kinds } Arten geprüft.
   *[other] Mit { $more } weiteren von Arten, die nicht dabei waren, wurden { $kinds } Arten geprüft.
}
verify-drawn-every-other = { $count ->
    [one] Auch das einzige übrige Postfach wurde geprüft und antwortete nicht.
   *[other] Alle { $count } übrigen Postfächer wurden geprüft: keines der übrigen antwortete.
}
verify-drawn-few = { $kinds ->
    [one] { $count } zufällig gewählte antworteten nicht, alle von einer Art. So wenige sagen nichts darüber, wie viele der übrigen es könnten.
   *[other] { $count } zufällig gewählte von { $kinds } Arten antworteten nicht. So wenige sagen nichts darüber, wie viele der übrigen es könnten.
}

# Was ein Bildschirmleser sagt.
verify-said-old = Dieser Nachweis ist mehr als einen Tag alt. Führen Sie die Prüfungen erneut aus.
verify-said-proven = Nachgewiesen { $when }: Jedes Postfach tat, was es soll.
verify-said-waiting = Wartet auf Microsoft. Nächster Blick { $when }.
verify-said-too-broad = Zu weit: Die App erreicht mehr, als sie soll.
verify-said-different = Etwas ist nicht so, wie es verlangt wurde.
verify-said-overdue = Microsoft braucht länger als üblich.
verify-said-unknown = Manche Prüfungen haben nichts nachgewiesen.

verify-limit-contains = Die Begrenzung in Exchange enthält es. Setzen Sie die Begrenzung neu, um es herauszunehmen; führen Sie dann die Prüfungen erneut aus.
verify-reached-otherwise = Die Begrenzung in Exchange enthält es nicht, also erreicht es etwas anderes: eine Berechtigung in Entra, eine andere Rollenzuweisung dieser App in Exchange oder eine, an der Microsoft noch festhält. Sehen Sie in Entra die Berechtigungen und in Exchange die Rollenzuweisungen der App an, und führen Sie dann die Prüfungen erneut aus.
verify-reached-unclear = Ob die Begrenzung in Exchange es enthält, ist nicht bekannt. Sehen Sie in Exchange die Begrenzung und die anderen Rollenzuweisungen dieser App an und in Entra ihre Berechtigungen; führen Sie dann die Prüfungen erneut aus.
verify-too-broad-row = Zu weit: Die App kann { $mailbox } erreichen
verify-overdue = Microsoft braucht länger als üblich
verify-overdue-text = Die Begrenzung wurde vor mehr als 2 Stunden gesetzt, Microsofts eigener Test stimmt zu, und der App wird der Zugriff immer noch verweigert. Lassen Sie sie eine Stunde in Ruhe, und führen Sie dann die Prüfungen erneut aus; wenn es so bleibt, senden Sie die Details einer Zelle an Microsofts Support.
verify-unknown-top = Manche Prüfungen haben nichts nachgewiesen
verify-unknown-text = Eine Prüfung gab keine brauchbare Antwort. Keine Antwort ist keine Verweigerung, daher zählt sie nicht als eine.
verify-why-unknown = { $mailbox }: { $why }. Keine Antwort ist keine Verweigerung, daher zählt sie nicht als eine.
verify-remove-grant = Diese Berechtigung entfernen
verify-read-group-again = Gruppe neu lesen
verify-set-limit-again = Begrenzung neu setzen
verify-know-owners = Ich kenne die Besitzer
verify-go-to-permissions = Zu den Berechtigungen
verify-go-to-secret = Zum Clientschlüssel

verify-reached-more = Wartet, bis Microsoft loslässt, was die App zuvor erreichen konnte
verify-reached-more-text = Gesehen { $seen }: Exchange gab der App mehr, als verlangt war, oder etwas, das sich nicht auflisten lässt, und keine Prüfung kann alles davon versuchen. Microsoft kann 2 Stunden lang daran festhalten. Wir sehen { $look_at } einmal nach. Sie können dieses Fenster schließen.
verify-waiting-for-limit = Wartet, bis Microsoft die Begrenzung anwendet
verify-waiting-for-one = Wartet, bis Microsoft die Begrenzung auf { $mailbox } anwendet
verify-waiting-since = Gesetzt { $set_at }; üblich sind { $usually }. Wir sehen { $look_at } einmal nach, denn wer früher fragt, wartet länger. Sie können dieses Fenster schließen.
verify-waiting-text = Üblich sind { $usually }. Wir sehen { $look_at } einmal nach, denn wer früher fragt, wartet länger. Sie können dieses Fenster schließen.

verify-all-agree = Von Ihnen genannt; alle stimmen
verify-named-by-you = Von Ihnen genannt
verify-picked-at-random = Zufällig gewählt
verify-drawn-all-agree = Zufällig gewählt; alle stimmen
verify-taken-off = Von der Liste genommen
verify-was-in-limit = War ungefragt in der Begrenzung
verify-in-scope = Im Bereich
verify-out-of-scope = Nicht im Bereich
verify-row-works = Funktioniert
verify-row-refused = Verweigert
verify-row-too-broad = Zu weit
verify-row-waiting = Wartet
verify-unknown = Unbekannt
verify-not-needed = Nicht nötig
verify-gone = Gibt es nicht mehr

verify-read = Gelesen: { $at }
verify-through-limit = Über die Begrenzung
verify-asked = Gefragt: { $at }
verify-proven-at = Nachgewiesen: { $at }
verify-answered-at = Geantwortet: { $at }
verify-next-look = Erneut: { $at }
verify-tried-at = Versucht: { $at }

verify-call-without-recipient = { $call } ohne Empfänger
verify-fact-asked = Gefragt
verify-fact-answer = Antwort
verify-not-asked-yet = Noch nicht gefragt, denn frühes Fragen hält die alte Antwort am Leben
verify-fact-kind = Art
verify-configured = Eingerichtet: was Microsofts Test sagt
verify-observed = Beobachtet: ein echter Aufruf mit dem eigenen Token der App
verify-fact-why = Warum unbekannt
verify-fact-at = Zeitpunkt
verify-fact-request-id = Anforderungs-ID

verify-looking-each = Jedes Postfach wird angesehen
verify-checking-each = Jedes Postfach wird geprüft
verify-looking-once = Einmal wird mit dem eigenen Schlüssel der App nachgesehen
verify-each-answer = Microsoft, bis es für jedes Postfach antwortet
verify-stopped = Angehalten. Nichts ist nachgewiesen, bis die Prüfungen bis zum Ende laufen.

# Wie weit ein Blick ist.
verify-own-test = Microsofts eigener Test
verify-live-calls = Aufrufe mit dem eigenen Schlüssel der App

# Warum eine Antwort nichts nachweist.
verify-why-app-disabled = Nicht versucht, weil die App ausgeschaltet ist
verify-why-secret-gone = Nicht versucht, weil der Clientschlüssel der App verschwunden ist
verify-why-not-in-exchange = Exchange kennt ein solches Postfach nicht mehr
verify-why-no-mailbox = Hinter dieser Adresse gibt es kein Postfach in Exchange Online
verify-why-holds-nothing = Das Postfach enthält nichts, oder Exchange sagt nicht, was es enthält; eine Ablehnung beweist dann nichts
verify-why-test-silent = Microsofts Test hat für dieses Postfach nicht geantwortet
verify-why-test-not-run = Microsofts Test lief für dieses Postfach nicht
verify-why-not-within-limit = Microsofts Test sagt, dass dieses Postfach nicht in der Begrenzung liegt
verify-why-refused-as-tested = Der App wird der Zugriff verweigert, und Microsofts Test sagt nicht, dass sie darf
verify-why-nothing-answered = Der App wird der Zugriff verweigert, und kein Postfach, das funktionieren muss, hat mit demselben Schlüssel geantwortet
verify-why-message-taken = Microsoft hat eine Nachricht ohne Empfänger angenommen
verify-why-not-an-answer = Was zurückkam, ist nicht die Antwort eines Postfachs
verify-why-not-found = Microsoft hat zu diesem Objekt kein Postfach in Exchange Online gefunden
verify-why-token-refused = Microsoft hat das Token der App nicht angenommen
verify-why-not-let-in = Exchange lässt die App nicht über IMAP ein
verify-why-switched-off = Das Protokoll ist ausgeschaltet, für dieses Postfach oder für die Organisation
verify-switched-off = { $protocol } ist für { $mailbox } ausgeschaltet
    .text = Bis es eingeschaltet ist, kann kein Programm das Postfach auf diesem Weg verwenden. Wer Exchange verwaltet, schaltet es im Exchange Admin Center ein: Öffnen Sie das Postfach und wählen Sie „E-Mail-App-Einstellungen verwalten“. Führen Sie dann die Prüfungen erneut aus.
verify-why-slow-down = Microsoft nahm gerade keine weiteren Anforderungen an
verify-why-fault = Microsoft hatte eine Störung
verify-why-answered = Microsoft hat mit { $status } { $code } geantwortet
verify-why-no-answer = Microsoft hat keine brauchbare Antwort gegeben
