# Alles von einer Verbindung weggenommen.

revoking-revoke = Widerrufen
revoking-revoke-this = Widerrufen: { $platform }
revoking-heading = { $platform } widerrufen
revoking-lead = Alles, was Mailgrant für diese Verbindung in { $organisation } angelegt hat, wird in dieser Reihenfolge entfernt.
revoking-stops = { $platform } hört auf
revoking-stops-text = { $platform } erreicht die Postfächer nicht mehr und kann sich nicht anmelden. Seine eigenen Einstellungen bleiben; lassen Sie die Verbindung auch dort trennen.
revoking-other-apps = Andere Apps
    .text = Keine wird geändert
revoking-mailboxes = Die Postfächer
    .text = Keine E-Mail, keine Einstellung und kein Mitglied ändert sich
revoking-sign-in = Zum Widerrufen anmelden
revoking-act = Widerrufen
revoking-keep = Behalten
revoking-note = Ein entfernter Clientschlüssel lässt sich nicht zurückholen
revoking-under-way = Es wird widerrufen
revoking-for = Microsoft zeigt, dass jedes davon weg ist

revoking-done = { $platform } ist widerrufen
revoking-done-lead = Was Mailgrant dafür angelegt hat, ist entfernt, und bei jedem Teil wurde gesehen, dass er weg ist.
revoking-removed = Alles wurde entfernt
revoking-key-refused = Der Schlüssel funktioniert nicht mehr
revoking-key-refused-text = Versucht, nachdem alles entfernt war: Microsoft hat ihn abgelehnt.
revoking-key-untried = Der Clientschlüssel lag nicht mehr auf diesem Computer und wurde daher nicht versucht. Er ist entfernt.
revoking-key-works = Microsoft nimmt den Schlüssel noch an
revoking-key-works-text = Sein Clientschlüssel ist entfernt, und Microsoft hat das noch nicht überall gesehen. Sehen Sie in einer Stunde im Entra Admin Center nach: Die App muss bei den gelöschten stehen.
revoking-goes-on = Was vorher angemeldet war, kann noch eine Weile weitergehen
revoking-goes-on-text = Eine Anmeldung, die { $platform } schon hat, läuft von selbst ab, und Exchange kann sie bis dahin noch bis zu 2 Stunden bedienen.
revoking-left = In Microsoft 365 geblieben
revoking-left-nothing = Nichts
revoking-left-app = Die gelöschte App
revoking-left-app-text = { $name } lässt sich bis { $until } wiederherstellen, ohne einen Clientschlüssel dieser Verbindung
revoking-left-app-secrets = { $name } lässt sich bis { $until } wiederherstellen, mit den Clientschlüsseln, die sie noch enthält
revoking-left-name = Ihr eindeutiger Name
revoking-left-name-text = Mit der gelöschten App belegt bis { $until }
revoking-left-reminders = Erinnerungen
revoking-left-reminders-text = Falls Sie sie in einen Kalender übernommen haben, löschen Sie sie dort
revoking-left-others = Von jemand anderem
revoking-left-others-text = { $count ->
    [one] 1 Clientschlüssel, den Mailgrant nicht erstellt hat, liegt bei der gelöschten App
   *[other] { $count } Clientschlüssel, die Mailgrant nicht erstellt hat, liegen bei der gelöschten App
}
revoking-begun = Widerruf begonnen
revoking-begun-text = Dass alles weg ist, ist noch nicht bekannt. Widerrufen Sie, um fortzufahren
revoking-revoked = Widerrufen
revoking-revoked-on = Alles wurde am { $day } entfernt
