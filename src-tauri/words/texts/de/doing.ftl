# Was nicht gelang, und als Aufgabe („task“), was getan werden sollte, so wie es jemand sagt, der es tun muss: Es ergänzt
# „Dafür muss ich …“.

doing-prepare = Mailgrant konnte keine sichere Verbindung vorbereiten.
    .task = eine sichere Verbindung vorbereiten
doing-sign-in-as-app = Mailgrant konnte sich nicht als die App anmelden.
    .task = mich als die App anmelden
doing-read-who = Mailgrant konnte nicht lesen, wer angemeldet ist.
    .task = lesen, wer angemeldet ist
doing-finish-sign-in = Mailgrant konnte die Anmeldung nicht abschließen.
    .task = die Anmeldung abschließen
doing-read-members = Mailgrant konnte die Mitglieder der Gruppe nicht lesen.
    .task = die Mitglieder der Gruppe lesen
doing-search = Mailgrant konnte nicht nach Postfächern suchen.
    .task = nach Postfächern suchen
doing-pick = Mailgrant konnte kein Postfach zufällig wählen.
    .task = ein Postfach zufällig wählen
doing-look-up = Mailgrant konnte die Postfächer nicht nachschlagen.
    .task = die Postfächer nachschlagen
