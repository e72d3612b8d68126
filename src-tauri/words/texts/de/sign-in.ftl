# Vor und nach der Anmeldung.

sign-in-heading = Bei Microsoft anmelden
sign-in-lead = Ihr Browser öffnet Microsofts Seite. Mailgrant sieht Ihr Kennwort nie und bewahrt keine Anmeldung auf.
sign-in-practice = Bei der Übungsorganisation anmelden
sign-in-practice-lead = Ihr Browser öffnet die eigene Seite der Übungsorganisation. Ein Kennwort gibt es nicht.
sign-in-again = Neu anmelden, um weiterzugehen
sign-in-again-lead = Eine Anmeldung wird auf diesem Computer nie aufbewahrt. Danach sind Sie wieder bei { $step }.
sign-in-another = Dieser Schritt braucht eine andere Anmeldung
sign-in-may-not = { $person } darf { $step } nicht ausführen. Melden Sie sich als jemand an, der es darf, oder senden Sie eine Anfrage. Wer jetzt angemeldet ist, darf weiterhin, was er darf.
sign-in-present-may-not = Die jetzige Anmeldung darf { $step } nicht ausführen. Melden Sie sich als jemand an, der es darf, oder senden Sie eine Anfrage. Wer jetzt angemeldet ist, darf weiterhin, was er darf.
sign-in-step = Schritt { $number }: { $name }
sign-in-own-app = Eine App Ihrer Organisation
sign-in-own-app-detail = Ihre Anwendungs-ID (Client); registrieren Sie sie für Konten in einem beliebigen Organisationsverzeichnis, mit dem Umleitungs-URI http://localhost für Mobilgerät- und Desktopanwendungen
sign-in-open = Microsofts Anmeldeseite öffnen
sign-in-open-practice = Anmeldeseite der Übung öffnen
sign-in-copy-request = Anfrage kopieren
sign-in-changes-nothing = Ändert nur, was Sie dort akzeptieren

sign-in-of-everybody = { $scope }, von allen
sign-in-of-role = { $scope }, von einem { $role }
sign-in-for-exchange = Die Postfächer finden und die Begrenzung in Exchange setzen

sign-in-waiting = Wartet auf Ihre Anmeldung im Browser
sign-in-page-open = Dort ist Microsofts Seite geöffnet. Wenn Sie sie nicht sehen, öffnen Sie sie noch einmal, oder kopieren Sie diese Adresse in einen Browser auf diesem Computer.
sign-in-practice-page-open = Dort ist die Seite der Übungsorganisation geöffnet. Wenn Sie sie nicht sehen, öffnen Sie sie noch einmal, oder kopieren Sie diese Adresse in einen Browser auf diesem Computer.
sign-in-no-browser = Kein Browser hat sich geöffnet
sign-in-page-waits = Auf diesem Computer ist keiner eingerichtet, oder er ist gesperrt. Kopieren Sie diese Adresse in einen beliebigen Browser auf diesem Computer; Microsofts Seite wartet dort.
sign-in-practice-page-waits = Auf diesem Computer ist keiner eingerichtet, oder er ist gesperrt. Kopieren Sie diese Adresse in einen beliebigen Browser auf diesem Computer; die Seite der Übungsorganisation wartet dort.
sign-in-copy-address = Adresse kopieren
sign-in-open-again = Noch einmal öffnen
sign-in-stop = Nicht mehr warten
sign-in-waiting-for = Sie, bis Sie sich dort anmelden
sign-in-stopped = Sie warten nicht mehr auf den Browser. Nichts wurde geändert, außer was Sie vielleicht dort akzeptiert haben.
sign-in-cancelled = Die Anmeldung wurde auf Microsofts Seite abgebrochen. Nichts wurde geändert, außer was Sie dort vielleicht zuvor akzeptiert haben.

sign-in-takes = Nötig ist die Rolle „{ $role }“
sign-in-who-gives = Diese Rolle geben kann { $granters }. Eine Rolle, die erst aktiviert werden muss, zählt erst danach.
sign-in-choose-who = In der Übung wählen Sie, wer Sie sind
sign-in-choose-who-text = Die Übungsseite bietet Administratoren mit verschiedenen Rollen an. Dana Reyes hat alles, was hier nötig ist; die anderen zeigen, was geschieht, wenn eine Rolle fehlt.
sign-in-leaves = Was die Anmeldung hinterlässt
sign-in-leaves-text = Microsoft kann vermerken, dass Sie akzeptiert haben, was seine Seite aufzählt, für sich oder für Ihre Organisation. Mailgrant ändert dadurch nichts.

sign-in-signed-in = Angemeldet
sign-in-right-organisation = Prüfen Sie, ob dies die richtige Organisation ist
sign-in-continue-with = Weiter mit { $organisation }
sign-in-as-somebody-else = Als jemand anders anmelden
sign-in-another-organisation = Andere Organisation verwenden
sign-in-more-checks = { $count ->
    [one] 1 weitere Voraussetzung
   *[other] { $count } weitere Voraussetzungen
}, alle erfüllt
sign-in-made-app = { $person } hat die App angelegt
sign-in-made-secret = { $person } hat ihren Clientschlüssel erstellt
sign-in-set-limit = { $person } hat die Begrenzung gesetzt
sign-in-work-as = Jetzt arbeiten Sie hier als { $person }
sign-in-keeps-names = { $who }. Diese Verbindung behält beide Namen.
sign-in-ready = Erfüllt
sign-in-ask-somebody = Jemanden fragen
sign-in-not-read = Nicht lesbar
sign-in-all-ready = Alle { $count } Voraussetzungen sind erfüllt
sign-in-some-ready = { $ready } von { $all } Voraussetzungen sind erfüllt
sign-in-ask-app-admin = für { $count } hilft ein Anwendungsadministrator
sign-in-ask-exchange-admin = für { $count } hilft ein Exchange-Administrator
sign-in-ask-security-admin = für { $count } hilft ein Sicherheitsadministrator
sign-in-ask-role = für { $count } hilft jemand mit der Rolle „{ $role }“
sign-in-some-not-read = { $count } nicht lesbar

sign-in-lacks-roles = Dafür sind Rollen nötig, die Ihre Anmeldung nicht hat
sign-in-lacks-roles-text = Die App und ihr Clientschlüssel brauchen die Rolle „Anwendungsadministrator“, die Postfächer und die Begrenzung die Rolle „Exchange-Administrator“. Senden Sie eine Anfrage, aktivieren Sie eine Rolle, für die Sie berechtigt sind, oder melden Sie sich als jemand an, der sie hat.
sign-in-lacks-app = Für die App und ihren Clientschlüssel ist jemand anders nötig
sign-in-lacks-app-text = Ihre Anmeldung darf keine Apps anlegen. Senden Sie eine Anfrage, oder melden Sie sich als jemand an, der es darf; die Postfächer können Sie jetzt wählen und die Begrenzung danach setzen.
sign-in-lacks-exchange-later = Die App und ihren Clientschlüssel können Sie jetzt anlegen; für die Postfächer und die Begrenzung ist jemand anders nötig
sign-in-lacks-exchange-later-text = Postfächer wählen und die Begrenzung setzen braucht die Rolle „Exchange-Administrator“. Senden Sie jetzt eine Anfrage, oder melden Sie sich dort als jemand an, der die Rolle hat.
sign-in-lacks-exchange = Für die Postfächer und die Begrenzung ist jemand anders nötig
sign-in-lacks-exchange-text = Postfächer wählen und die Begrenzung setzen braucht die Rolle „Exchange-Administrator“. Senden Sie eine Anfrage, oder melden Sie sich als jemand an, der die Rolle hat.
sign-in-lacks-proof = Die Postfächer und die Begrenzung können Sie jetzt erledigen; für den Nachweis ist auch jemand anders nötig
sign-in-lacks-proof-text = Um zu lesen, was die App darf, muss sich ein Anwendungsadministrator anmelden oder einer von ihnen es für die Organisation akzeptiert haben.
sign-in-blocks-secrets = Eine Richtlinie Ihrer Organisation verbietet geheime Clientschlüssel
sign-in-blocks-secrets-text = Für den Clientschlüssel muss ein Sicherheitsadministrator eine Ausnahme für genau diese App einrichten.

sign-in-some-platform = eine Mailplattform
sign-in-request-line = - { $need } (nötige Rolle: { $role })
sign-in-request =
    Guten Tag, ich verbinde { $platform } mit { $organisation } in Microsoft 365, mit Mailgrant. Meine Anmeldung kann nicht alles davon:
    { $asks }
    Könnte mir { $granters } die Rolle für heute geben, oder könnte jemand, der sie hat, diesen Teil mit mir erledigen? Die App erhält nur auf die gewählten Postfächer Zugriff, und Mailgrant weist nach, dass die anderen ihr verweigert werden.

# Worum es bei einer Prüfung geht, und was dazu nötig ist.
sign-in-need-app = Eine App und ihren Clientschlüssel anlegen
sign-in-need-secret = Einen Clientschlüssel erstellen
sign-in-need-secret-of = { $days ->
    [one] Einen Clientschlüssel für bis zu 1 Tag erstellen
   *[other] Einen Clientschlüssel für bis zu { $days } Tage erstellen
}
sign-in-need-grants = Nach älterem, umfassenderem Zugriff suchen
sign-in-need-grant = Die App als Mailprogramm einlassen
sign-in-need-limit = Die App auf gewählte Postfächer begrenzen
sign-in-need-customised = Exchange nimmt eigene Begrenzungen an
sign-in-need-organisation = Wissen, welche Organisation dies ist
sign-in-need-roles = Wissen, welche Rollen aktiv sind
sign-in-need-apps = Apps mit einem ähnlichen Namen finden
sign-in-need-clock = Die richtige Zeit auf diesem Computer
sign-in-need-other = Eine Prüfung einer anderen Version von Mailgrant
sign-in-takes-policy = Von Ihrer Richtlinie für Anmeldeinformationen bestimmt
sign-in-takes-acceptance = Jeder Administrator, sobald einer es akzeptiert hat
sign-in-takes-once = Einmal je Organisation eingeschaltet
sign-in-takes-member = Jedes Mitglied darf dies lesen
sign-in-takes-admin = Jeder Administrator darf dies lesen
sign-in-takes-time = Höchstens 5 Minuten Abweichung von Microsofts Zeit
sign-in-takes-other = Hier nicht bekannt
