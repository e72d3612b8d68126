# Das Protokoll: was die Organisation aufbewahrt. Namen stehen darin für sich, und alle Zeiten sind UTC.

record-title = Protokoll: { $platform } und { $organisation }
record-kind = Protokoll einer Verbindung
record-heading = { $platform } und { $organisation }
record-lead = { $platform } darf { $count ->
    [one] 1 Postfach
   *[other] { $count } Postfächer
} von { $organisation } verwenden, und die Prüfungen unten zeigen, was vor der Übergabe versucht wurde.
record-practice = Übung.
record-practice-text = Dies wurde in der Übungsorganisation angelegt. Nichts darin ist echt, und keine Plattform kann es verwenden.
record-footer = Angelegt von { $generator } am { $at }. Diese Seite enthält keinen geheimen Schlüssel: Er steht nur in der versiegelten Datei. Alle Zeiten sind UTC.
# Ein Tag mit abgekürztem Monat und eine Uhrzeit auf die Sekunde.
record-exact = { $day }, { $time }

record-who = Wer und wann
record-exported-by = Exportiert von
record-made-by = Angelegt von
record-when = Wann
record-cloud = Cloud
record-contact = Kontakt
record-sealed-file = Versiegelte Datei
record-sealed = Versiegelt { $how }
# Wie die Datei versiegelt ist.
record-to-key = für den Schlüssel { $key }
record-no-file = für niemanden, denn die Plattform brauchte keine neue Datei
record-with-passphrase = mit einer Passphrase

record-app = Die App
record-name = Name

record-may = Was sie tun darf, und warum
record-permission = Berechtigung
record-why = Warum
record-given = { $permission } von { $api }, { $authority }
record-by-exchange = von Exchange gegeben, innerhalb der Begrenzung
record-by-entra = von Microsoft Entra gegeben
record-on-mailbox = am Postfach gegeben

record-where = Wo sie das tun darf
record-object-id = Objekt-ID
record-scope = Exchange beschränkt die App auf diese Postfächer durch den Verwaltungsbereich { $scope }, dessen Filter lautet:
record-scope-by-group = Exchange beschränkt die App auf diese Postfächer durch den Verwaltungsbereich { $scope }, der nach einer Gruppe geht: Wer dazukommt, wird auch erreicht, und wer sie verlässt, nicht mehr. Sein Filter lautet:
record-full-access = Jedes dieser Postfächer gibt der App Vollzugriff; nur dadurch öffnet es sich einem Mailprogramm.

record-tried = Was versucht wurde
# Fett, und danach, was gezählt wurde.
record-sum = { $count } von { $all }
record-sum-works = gewählten Postfächern haben geantwortet
record-sum-refused = anderen Postfächern blieben verweigert
record-column-tried = Versucht
record-column-finding = Befund
record-column-when = Wann, und Microsofts Anforderungs-ID
record-observed = in einem echten Aufruf gesehen
record-configured = nach Microsofts Test
record-last-check = Die letzte Prüfung endete am { $at }.
# Der Fingerabdruck folgt.
record-made-of = Woraus der Nachweis besteht (Begrenzung, Rollen, Berechtigungen, Rechte, Anmeldeinformationen, Besitzer), hat den Fingerabdruck

record-not-proven = Was nicht nachgewiesen wurde
record-rests-on-test = Dass die App E-Mails ändern und löschen darf, nicht nur lesen, stützt sich auf Microsofts eigenen Test; um es zu versuchen, wurde keine E-Mail berührt.
record-rests-on-sending = Dass die App senden darf, stützt sich auf eine Nachricht ohne Empfänger, die Microsoft nach der Prüfung der Berechtigung ablehnt, und auf Microsofts eigenen Test.
record-rests-on-test-of-others = Dass die App Kalender, Kontakte oder Einstellungen ändern darf, nicht nur lesen, stützt sich auf Microsofts eigenen Test; um es zu versuchen, wurde nichts berührt.
record-rests-on-sign-in = Dass die App über SMTP senden darf, stützt sich auf ihre Anmeldung dort; es wurde keine Nachricht gesendet, und Exchange prüft bei jeder den Absender.
record-rests-on-opening = Dass die App ändern und löschen darf, was in einem Postfach liegt, gehört zum Vollzugriff; jedes Postfach wurde nur zum Lesen geöffnet.
record-others-not-tried = Postfächer, die nicht in der Tabelle stehen, wurden nicht versucht. Die Begrenzung wurde kurz zuvor gelesen und enthielt die gewählten Postfächer und keine anderen.
record-others-not-in-group = Postfächer, die nicht in der Tabelle stehen, wurden nicht versucht. Die Begrenzung wurde kurz zuvor gelesen: Sie geht nach der Gruppe { $group }, und die in der Tabelle waren die Postfächer darin.
record-others-not-listed = Postfächer, die nicht in der Tabelle stehen, wurden nicht versucht. Exchange hat keine Liste aller Postfächer, die einer App Vollzugriff geben; ob es bei einem weiteren so ist, ist nicht bekannt.

record-secret-ends = Wann der Clientschlüssel abläuft
record-valid = Gültig
record-valid-from-to = { $from } bis { $until }
record-new-secret-by = Neuer Clientschlüssel bis

record-form = Das Formular von { $platform }
record-only-sealed = Nur in der versiegelten Datei

record-undo = Wie es sich von Hand zurücknehmen lässt
record-undo-without = Mailgrant nimmt es für Sie zurück. Ohne Mailgrant:
record-undo-lines = In Exchange Online PowerShell ({ $connect }), Zeile für Zeile:
record-undo-then = Danach:
record-undo-adopted = Entra Admin Center, App-Registrierungen, { $app }: den Clientschlüssel oben entfernen und unter Manifest die Kennzeichen, die mit „Mailgrant“ oder „mailgrant:“ beginnen
record-undo-app = Entra Admin Center, App-Registrierungen, { $app }, Löschen
