# Was mehrere Seiten sagen.

parts-step-platform = Plattform
parts-step-method = Methode
parts-step-sign-in = Anmeldung
parts-step-existing-app = Vorhandene App
parts-step-old-permissions = Alte Berechtigungen
parts-step-app = App
parts-step-permissions = Berechtigungen
parts-step-secret = Clientschlüssel
parts-step-mailboxes = Postfächer
parts-step-limit = Begrenzung
parts-step-protocols = Protokolle
parts-step-plan = Plan
parts-step-verify = Nachweis
parts-step-export = Export
parts-step-old-secret = Alter Clientschlüssel

# Was eine Plattform mit den E-Mails tun darf.
parts-read = E-Mails lesen
parts-read-and-file = E-Mails lesen und ablegen
parts-send = E-Mails senden
parts-list = E-Mails auflisten, ohne ihren Inhalt
parts-calendars = Kalender lesen
parts-calendars-and-change = Kalender lesen und ändern
parts-contacts = Kontakte lesen
parts-contacts-and-change = Kontakte lesen und ändern
parts-settings = Postfacheinstellungen lesen
parts-settings-and-change = Postfacheinstellungen lesen und ändern
parts-imap = Postfächer über IMAP öffnen und alles darin ändern
parts-pop = E-Mails über POP holen und löschen
parts-smtp = E-Mails über SMTP senden
# Dasselbe mit Microsofts Namen dafür.
parts-access = { $access } ({ $permission })

parts-mailboxes = { $count ->
    [one] 1 Postfach
   *[other] { $count } Postfächer
}
# Viele Postfächer, von denen die ersten genannt sind.
parts-many-mailboxes = { $count } Postfächer: { $first } und { $more } weitere

parts-in-days = { $days ->
    [one] In 1 Tag
   *[other] In { $days } Tagen
}
parts-ended-today = Heute abgelaufen
parts-ended-days-ago = { $days ->
    [one] Vor 1 Tag abgelaufen
   *[other] Vor { $days } Tagen abgelaufen
}
# Ein ganzer Zeitpunkt, für den Support.
parts-time-on-day = { $time } am { $day }
# Wer jemandem eine Rolle geben kann.
parts-granters = ein Administrator für privilegierte Rollen oder ein Globaler Administrator
