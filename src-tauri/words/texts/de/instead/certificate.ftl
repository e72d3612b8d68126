# Was gesagt wird, wo sich eine App mit einem Zertifikat anmeldet: dieselben Nachrichten in Worten, die dazu passen. Eine
# Nachricht, die hier fehlt, wird so gesagt, wie sie in den anderen Dateien steht.

asking-remove-secret = Zertifikat entfernen
asking-until-secret = Bis ein anderes Zertifikat übergeben ist
asking-until-app = Bis die App wiederhergestellt, ihre Begrenzung wieder gesetzt und ein anderes Zertifikat übergeben ist
asking-platform-goes-on = { $platform } arbeitet mit dem Zertifikat weiter, das es hat
asking-key-deleted = Ihr privater Schlüssel, aus dem Schlüsselbund dieses Computers
asking-deleted-app-named = { $name }, Client-ID { $id }. Sie lässt sich bis { $until } wiederherstellen, mit den Zertifikaten, die sie noch hat
asking-stays-secret = Das Zertifikat in Microsoft 365, und sein privater Schlüssel im Schlüsselbund dieses Computers
asking-secret-named = Läuft ab am { $day }; Zertifikats-ID { $id }

check-ends = { $days ->
    [one] Das Zertifikat läuft am { $day } ab, in { $days } Tag.
   *[other] Das Zertifikat läuft am { $day } ab, in { $days } Tagen.
}
check-ended = Das Zertifikat lief am { $day } ab.
check-footer = Erstellt von { $generator } am { $at }. Diese Seite enthält keinen privaten Schlüssel. Alle Zeiten sind UTC.
check-secret-ended =
    .title = Das Zertifikat lief am { $day } ab
    .text = Die Plattform kann sich damit nicht mehr anmelden. Erneuern Sie es in Mailgrant und übergeben Sie die neue Datei.
check-secret-ends-soon =
    .title = { $days ->
        [one] Das Zertifikat läuft am { $day } ab, in { $days } Tag
       *[other] Das Zertifikat läuft am { $day } ab, in { $days } Tagen
    }
    .text = Danach kann sich die Plattform nicht mehr anmelden. Erneuern Sie es in Mailgrant und übergeben Sie die neue Datei.
check-newer-secret =
    .title = Dieses Protokoll gehört zu einem älteren Zertifikat
    .text = Dieser Computer hat ein anderes Zertifikat für die Verbindung. Sobald die Plattform jenes verwendet, prüfen Sie anhand des Protokolls, das mit ihm exportiert wurde.
check-no-secret =
    .title = Der private Schlüssel des Zertifikats ist nicht in diesem Schlüsselbund
    .happened = Ihr Schlüsselbund auf diesem Computer enthält keinen privaten Schlüssel zum Zertifikat mit der ID { $key } für diese Verbindung.
    .why = Ein privater Schlüssel bleibt bei der Person und auf dem Computer, wo er entstand, sofern er dort nicht entfernt wurde.
    .next = Führen Sie die Prüfung dort und als diese Person aus; auch ein geplanter Task muss unter ihrem Konto laufen.
check-replaced =
    .title = Dieses Protokoll gehört zu einem ersetzten Zertifikat
    .happened = Das Protokoll nennt das Zertifikat mit der ID { $key }, und dieser Computer hat ein anderes für die Verbindung.
    .why = Beim Erneuern entstanden ein neues Zertifikat und ein neues Protokoll; das alte ist nicht mehr im Schlüsselbund.
    .next = Prüfen Sie anhand des Protokolls, das mit dem neuen Zertifikat exportiert wurde.
check-unfinished =
    .title = Diese Verbindung ist nicht fertig
    .happened = An dieser Verbindung wird gerade etwas erstellt, oder sie wurde zurückgenommen.
    .why = Die Prüfung geht nach einer App, einem Zertifikat und einer Begrenzung, die alle da sind, und eines davon fehlt gerade.
    .next = Schließen Sie es in Mailgrant ab; bis dahin prüfen Sie ohne --sign-in.

connections-stays-as-it-was = Was sie in Microsoft 365 angelegt hat, ist wie zuvor; ein privater Schlüssel von ihr bleibt im Schlüsselbund
connections-secret-ended = Zertifikat abgelaufen
connections-ended-on = Das Zertifikat ist am { $day } abgelaufen; die Plattform kann sich nicht mehr anmelden
connections-ends-on = { $days ->
    [one] Das Zertifikat läuft am { $day } ab, in 1 Tag
   *[other] Das Zertifikat läuft am { $day } ab, in { $days } Tagen
}

doing-try-secret = Mailgrant konnte nicht sehen, dass Microsoft das Zertifikat annimmt.
    .task = sehen, dass Microsoft das Zertifikat annimmt
doing-make-secret = Mailgrant konnte kein Zertifikat für die App erstellen.
    .task = ein Zertifikat für die App erstellen
doing-remove-secret = Mailgrant konnte das Zertifikat nicht entfernen.
    .task = das Zertifikat entfernen

exists-secret-saved = Das Zertifikat wurde erstellt und liegt im Schlüsselbund.
exists-no-secret = Es wurde kein Zertifikat erstellt.
exists-app-no-secret = Die App aus dem früheren Schritt ist unverändert. Es wurde kein Zertifikat erstellt.
exists-secret-perhaps = Ein Zertifikat kann erstellt worden sein; das sagt der nächste Blick.
exists-secret-lost = Ein Zertifikat wurde erstellt, und sein Wert ging verloren; Mailgrant entfernt es, bevor es ein anderes erstellt.
exists-secret-unsaved = Ein Zertifikat wurde erstellt und ließ sich nicht speichern; Mailgrant entfernt es.
exists-unsaved-removed = Das Zertifikat, das sich nicht speichern ließ, wurde entfernt.
exists-secret-removed-again = Dieses Zertifikat wurde wieder entfernt.
exists-all-removed = Die Begrenzung, die Zertifikate und die App wurden entfernt.
exists-secret = Das Zertifikat gibt es in Microsoft 365.
exists-secret-unreadable = Das Zertifikat gibt es noch in Microsoft 365; sein privater Schlüssel ist nicht hier.
exists-secret-still = Das Zertifikat besteht noch.
exists-secret-perhaps-still = Das Zertifikat kann inzwischen entfernt sein; das sagt der nächste Blick.
exists-secret-gone = Das Zertifikat wurde aus Microsoft 365 entfernt.

export-fact-secret-ends = Zertifikat bis
export-no-file-detail = { $platform } hat dieses Zertifikat schon. Was sich geändert hat, etwa die Postfächer, steht im Protokoll und auf der nächsten Seite.
export-keeps-what-it-has = Es ist keine Datei zu übergeben: { $platform } behält sein Zertifikat. Geben Sie ihm die Postfächer unten, wo sie sich geändert haben.
export-record-for = Für Ihre Akten: was angelegt und nachgewiesen wurde, ohne privaten Schlüssel. Es lässt sich gut drucken.
export-reminder-for = Öffnen Sie sie, um das Ablaufen des Zertifikats in Ihren Kalender zu übernehmen.
export-secret-ends-then = Das Zertifikat läuft am { $day } ab. { $how }
export-secret-id = Zertifikats-ID
export-inside = Darin stehen alle Werte des Formulars unten, mit dem Zertifikat und dem privaten Schlüssel dazu. Wenn Sie das Formular selbst ausfüllen, öffnen Sie die Datei selbst und löschen danach, was herauskam.

exporting-secret-replaced =
    .title = Im Schlüsselbund liegt ein anderer privater Schlüssel
    .happened = Der private Schlüssel im Schlüsselbund dieses Computers ist nicht der, mit dem der Nachweis geführt wurde.
    .why = Jemand oder etwas hat den Eintrag nach dem Nachweis ersetzt.
    .next = Führen Sie die Prüfungen erneut aus; wenn Microsoft dieses Zertifikat nicht annimmt, entfernen Sie es im Plan und erstellen Sie ein anderes.

finding-again-text = Ihr Zertifikat liegt auf einem anderen Computer. Erneuern Sie sie, um sich von hier um sie zu kümmern

frame-creating-secret = Das Zertifikat wird erstellt
frame-take-secret = Microsoft, bis das neue Zertifikat angenommen wird, meist innerhalb einer Minute
frame-removing-secret = Das Zertifikat wird entfernt
frame-looking-for-secret = Das Zertifikat des unterbrochenen Laufs wird gesucht
frame-list-secrets = Microsoft, bis die Zertifikate der App aufgezählt sind

making-secret-not-taken =
    .title = Microsoft nimmt das Zertifikat noch nicht an
    .happened = Microsoft hat das neue Zertifikat { $tries ->
        [one] einmal
       *[other] { $tries }-mal
    } abgelehnt.
    .why = Ein neues Zertifikat funktioniert meist innerhalb einer Minute; heute dauert es länger, oder jemand hat es entfernt.
    .next = Prüfen Sie in einigen Minuten noch einmal; wird es weiter abgelehnt, entfernen Sie dieses Zertifikat und erstellen Sie ein anderes.
making-secret-other-end =
    .title = Das Zertifikat würde zu einer anderen Zeit ablaufen
    .happened = Mailgrant hat ein Zertifikat bis { $asked } verlangt, und Microsoft hat eines bis { $given } gegeben.
    .why = Eine Richtlinie Ihrer Organisation hat seine Gültigkeit gekürzt, oder etwas auf dem Weg hat die Anforderung verändert.
    .next = Wählen Sie eine andere Gültigkeit, und versuchen Sie es dann noch einmal.
making-secret-gone =
    .title = Der private Schlüssel ist nicht mehr im Schlüsselbund
    .happened = Der Schlüsselbund dieses Computers enthält den privaten Schlüssel zum Zertifikat der App nicht mehr.
    .why = Er wurde dort entfernt, oder dies ist ein anderer Benutzer oder Computer als der, an dem er erstellt wurde.
    .next = Gehen Sie zum Zertifikat, entfernen Sie es, und erstellen Sie ein anderes; sonst muss nichts wiederholt werden.

parts-step-secret = Zertifikat

permissions-continue = Weiter zum Zertifikat

plan-no-copy = Bildschirm, Protokoll und Zwischenablage
    .text = Nichts davon enthält den privaten Schlüssel je
plan-no-redirects = Umleitungs-URIs
    .text = Nichts davon wird hinzugefügt
plan-done-lead = Was angelegt ist, lässt sich hier entfernen, die Begrenzung und das Zertifikat vor der App.
plan-app-is-last = Um sie zu löschen, entfernen Sie zuerst ihr Zertifikat und ihre Begrenzung
plan-asked-secret = das Zertifikat
plan-secret-takes = Das Zertifikat braucht einen { roles-application }
plan-remove-ended = Abgelaufenes Zertifikat entfernen

problem-new-secret = Neues Zertifikat erstellen

problems-secret-forbidden =
    .title = Ihre Organisation erlaubt dieses Zertifikat nicht
    .happened = Microsoft hat das Zertifikat für die App abgelehnt.
    .why = Die Richtlinie Ihrer Organisation für Anmeldeinformationen verbietet Zertifikate wie dieses bei Apps wie dieser.
    .next = Bitten Sie um eine Ausnahme für genau diese App, und versuchen Sie es dann erneut.
problems-app-not-taken =
    .title = Microsoft nimmt die Anmeldung der App nicht an
    .why = Die App oder ihr Zertifikat wurde gerade eben geändert, oder die App wurde inzwischen entfernt.
    .next = Versuchen Sie es in einer Minute erneut; wenn es wiederkommt, erstellen Sie ein neues Zertifikat.
problems-secret-not-ours = Das Zertifikat, das in den Aufzeichnungen dieser Verbindung steht, trägt in Ihrer Organisation nicht deren Kennzeichen.
problems-secret-too-many =
    .title = Die App hat zu viele Zertifikate
    .happened = Microsoft hat es abgelehnt, noch ein Zertifikat aufzunehmen.
    .why = Eine App kann nur eine bestimmte Zahl davon haben, und diese ist voll: einige sind vielleicht längst abgelaufen.
    .next = Öffnen Sie in Entra die Seite der App mit ihren Zertifikaten, und entfernen Sie die Zertifikate, die nichts verwendet; versuchen Sie es dann erneut. Das Zertifikat, das die Plattform verwendet, bleibt.
problems-secret-too-long =
    .title = Ihre Organisation verlangt kürzer gültige Zertifikate
    .happened = Microsoft hat es abgelehnt, ein so lange gültiges Zertifikat zu erstellen.
    .why = Die Richtlinie Ihrer Organisation für Anmeldeinformationen erlaubt nur eine kürzere Gültigkeit.
    .next = Melden Sie sich neu an, damit Mailgrant die Richtlinie neu liest, und wählen Sie dann eine der Gültigkeiten, die sie erlaubt.
problems-secret-still-seen = Mailgrant hat das Entfernen des Zertifikats verlangt und liest es immer noch.
problems-secret-still-exists = Soweit Mailgrant lesen kann, besteht das Zertifikat noch.
problems-keychain-locked =
    .title = Der Schlüsselbund ist gesperrt
    .happened = Mailgrant konnte den Schlüsselbund dieses Computers nicht verwenden.
    .why = Der Schlüsselbund ist gesperrt, und der private Schlüssel wird nirgends sonst aufbewahrt.
    .next = Entsperren Sie den Schlüsselbund, und versuchen Sie es dann erneut.
problems-keychain-missing =
    .title = Dieser Computer hat keinen Schlüsselbund
    .happened = Mailgrant hat keinen Schlüsselbund gefunden, der den privaten Schlüssel aufbewahren kann.
    .why = Der Schlüsselbunddienst läuft für diese Anmeldung am Computer nicht, und in eine offene Datei wird der private Schlüssel nie geschrieben.
    .next = Starten Sie den Schlüsselbunddienst (unter Linux gnome-keyring oder KWallet), und versuchen Sie es dann erneut.

reading-older =
    .title = Dieses Protokoll ist dafür zu alt
    .happened = Das Protokoll wurde von { $generator } geschrieben und sagt nicht, zu welcher Verbindung es gehört.
    .why = Ohne das lässt sich das Zertifikat auf diesem Computer nicht finden.
    .next = Öffnen Sie die Verbindung in Mailgrant und exportieren Sie sie noch einmal; jenes Protokoll lässt sich prüfen.
reading-other-cloud =
    .title = Dieses Protokoll gehört zu einer anderen Cloud
    .happened = Das Protokoll nennt { $theirs } als Ort der Anmeldung, und Mailgrant kennt { $ours }.
    .why = Der Schlüssel meldet sich nur bei Servern an, die Mailgrant selbst kennt, und nie bei einem, weil eine Datei ihn nennt.
    .next = Finden Sie heraus, woher dieses Protokoll stammt, und geben Sie das exportierte an.

reasons-secret-gone =
    .title = Das Zertifikat der App ist aus Entra verschwunden
    .text = Jemand hat es entfernt, daher kann sich die Plattform damit nicht mehr anmelden. Gehen Sie zum Zertifikat, entfernen Sie, was von ihm übrig ist, und erstellen Sie ein anderes.

record-footer = Angelegt von { $generator } am { $at }. Diese Seite enthält keinen privaten Schlüssel: Er steht nur in der versiegelten Datei. Alle Zeiten sind UTC.
record-secret-ends = Wann das Zertifikat abläuft
record-undo-adopted = Entra Admin Center, App-Registrierungen, { $app }: das Zertifikat oben entfernen und unter Manifest die Kennzeichen, die mit „Mailgrant“ oder „mailgrant:“ beginnen
record-new-secret-by = Neues Zertifikat bis

refusals-app-secret-ended =
    .title = Das Zertifikat der App ist abgelaufen
    .why = Seine Gültigkeit ist vorbei, daher lehnt Microsoft es endgültig ab.
    .next = Erstellen Sie ein neues Zertifikat; alles andere bleibt, wie es ist.
refusals-app-key =
    .title = Microsoft kennt das Zertifikat der App nicht
    .why = Das verwendete Zertifikat ist nicht unter denen, die die App in Entra hat, oder seine Zeit ist vorbei.
    .next = Erstellen Sie ein neues Zertifikat; alles andere bleibt, wie es ist.

reminder-ends-today = Das Zertifikat von { $platform } für { $organisation } läuft heute ab
reminder-ends = Das Zertifikat von { $platform } für { $organisation } läuft in { $days ->
    [one] 1 Tag
   *[other] { $days } Tagen
} ab
reminder-valid = Das Zertifikat, mit dem { $platform } die Postfächer von { $organisation } erreicht, ist gültig bis { $until }. Danach kann { $platform } sie nicht mehr erreichen.
reminder-replacing = Öffnen Sie Mailgrant, wählen Sie diese Verbindung („{ $platform }, { $organisation }“) und drücken Sie „Erneuern“. { $platform } arbeitet mit dem alten Zertifikat weiter, bis das neue dort verwendet wird.
reminder-secret-id = Zertifikats-ID: { $id }

revoking-note = Ein entferntes Zertifikat lässt sich nicht zurückholen
revoking-key-untried = Das Zertifikat lag nicht mehr auf diesem Computer und wurde daher nicht versucht. Es ist entfernt.
revoking-key-works-text = Sein Zertifikat ist entfernt, und Microsoft hat das noch nicht überall gesehen. Sehen Sie in einer Stunde im Entra Admin Center nach: Die App muss bei den gelöschten stehen.
revoking-left-app-text = { $name } lässt sich bis { $until } wiederherstellen, ohne ein Zertifikat dieser Verbindung
revoking-left-app-secrets = { $name } lässt sich bis { $until } wiederherstellen, mit den Zertifikaten, die sie noch enthält

scopes-create-app = Die App und ihr Zertifikat anlegen

secret-heading = Erstellen Sie das Zertifikat der App
secret-lead = Mit ihm weist die Plattform nach, dass sie die App ist.
secret-removed = Das Zertifikat wurde entfernt
secret-removed-lead = Entfernt { $when }. Es lässt sich nicht zurückholen; eine Plattform, die es hatte, braucht ein neues.
secret-try = Nachsehen, ob Microsoft das Zertifikat annimmt
secret-try-lead = Das Zertifikat ist erstellt und hinzugefügt. Was bleibt, ist ein Versuch mit ihm.
secret-unseen = Niemand wird seinen privaten Schlüssel sehen, auch Sie nicht
secret-unseen-text = Er wird hier erzeugt, kommt geradewegs in den Schlüsselbund dieses Computers und später in die versiegelte Datei; Microsoft bekommt nur die öffentliche Hälfte. Sie können dieses Fenster ohne Bedenken teilen oder aufzeichnen.
secret-create = Zertifikat erstellen
secret-make-new = Neues Zertifikat erstellen
secret-replace-lost = Verlorenes entfernen und Zertifikat erstellen
secret-remove = Dieses Zertifikat entfernen
secret-life-legend = Wie lange soll das Zertifikat gelten?
secret-done = Das Zertifikat der App ist erstellt und gespeichert
secret-has-ended = Das Zertifikat der App ist abgelaufen
secret-reminders-text = In der exportierten Kalenderdatei. Erstellen Sie vorher hier ein neues Zertifikat und übergeben Sie es
secret-made = Auf diesem Computer erstellt
secret-made-text = Seine Zertifikats-ID ist { $key }. Seine öffentliche Hälfte wurde der App in Entra hinzugefügt; der private Schlüssel blieb hier.
secret-saved-text = Der private Schlüssel wurde zurückgelesen und verglichen. Er wird auch in der versiegelten Datei stehen, und sonst nirgends.
secret-accepted-text = { $tries ->
    [one] Beim ersten Versuch.
   *[other] Versuch { $tries }: Ein neues Zertifikat wird in seinen ersten Sekunden oft abgelehnt.
}
secret-still-unseen = Niemand sieht seinen privaten Schlüssel, auch Sie nicht
secret-still-unseen-text = Keine Schaltfläche zeigt oder kopiert ihn, und er steht in keinem Protokoll. Sie können dieses Fenster ohne Bedenken teilen oder aufzeichnen.

sign-in-made-secret = { $person } hat ihr Zertifikat erstellt
sign-in-need-app = Eine App und ihr Zertifikat anlegen
sign-in-need-secret = Ein Zertifikat erstellen
sign-in-need-secret-of = { $days ->
    [one] Ein Zertifikat für bis zu 1 Tag erstellen
   *[other] Ein Zertifikat für bis zu { $days } Tage erstellen
}
sign-in-lacks-roles-text = Die App und ihr Zertifikat brauchen die Rolle „Anwendungsadministrator“, die Postfächer und die Begrenzung die Rolle „Exchange-Administrator“. Senden Sie eine Anfrage, aktivieren Sie eine Rolle, für die Sie berechtigt sind, oder melden Sie sich als jemand an, der sie hat.
sign-in-lacks-app = Für die App und ihr Zertifikat ist jemand anders nötig
sign-in-lacks-exchange-later = Die App und ihr Zertifikat können Sie jetzt anlegen; für die Postfächer und die Begrenzung ist jemand anders nötig

standing-app-deleted =
    .title = Die App wurde gelöscht
    .happened = Die App-Registrierung, die diese Verbindung angelegt hat, liegt in Entra unter den gelöschten.
    .why = Jemand hat sie gelöscht; Microsoft hält sie 30 Tage lang wiederherstellbar.
    .next = Stellen Sie sie hier wieder her: Mailgrant holt dieselbe App mit ihrem Zertifikat zurück und legt ihre Unternehmensanwendung neu an; danach muss die Begrenzung neu gesetzt werden.
standing-all-gone = Die alte App ist weg, und mit ihr das Zertifikat; ihr Bereich kann in Exchange noch bestehen.

verify-go-to-secret = Zum Zertifikat
verify-why-secret-gone = Nicht versucht, weil das Zertifikat der App verschwunden ist

wizard-undo-not-yet =
    .title = Zuerst muss etwas anderes zurückgenommen werden
    .happened = Mailgrant hat nicht zurückgenommen, was der Schritt { $step } angelegt hat.
    .why = Etwas, das ein späterer Schritt angelegt hat, hängt davon ab, oder es ist schon zurückgenommen.
    .next = Nehmen Sie zuerst im Plan die Begrenzung und das Zertifikat zurück, dann dies.
wizard-clock-wrong =
    .title = Die Uhr dieses Computers geht falsch
    .happened = Dieser Computer sagt { $ours }, und Microsoft sagt { $theirs }.
    .why = Beide weichen um mehr als 5 Minuten voneinander ab; ein Zertifikat liefe also zu einer anderen Zeit ab als angezeigt, und Anmeldungen würden abgelehnt.
    .next = Stellen Sie Datum, Uhrzeit und Zeitzone dieses Computers richtig, und versuchen Sie es dann erneut.
