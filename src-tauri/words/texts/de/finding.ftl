# Verbindungen, die eine Organisation hat und dieser Computer nicht kennt.

finding-find = Frühere Verbindung finden
finding-heading = Eine frühere Verbindung finden
finding-lead = Melden Sie sich bei der Organisation an, zu der sie gehört. Mailgrant sucht die Apps, die es dort angelegt hat, gleich auf welchem Computer, und zeigt, wann ihre Clientschlüssel ablaufen.
finding-open-record = Ihr Protokoll öffnen
finding-of-record = Das Protokoll vom { $day } gehört zu { $platform } in { $organisation }. Dieser Computer kennt die Verbindung nicht. Melden Sie sich dort an, um sie zu übernehmen.
finding-sign-in = Anmelden und suchen
finding-in-practice = In der Übungsorganisation suchen
finding-in-real = In Microsoft 365 suchen
finding-note = Liest nur
finding-looking = Frühere Verbindungen werden gesucht
finding-looking-for = Microsoft führt die Apps mit unserer Markierung auf
finding-reading = Die Verbindung wird gelesen
finding-reading-for = Microsoft zeigt die App und ihre Begrenzung
finding-none = Keine frühere Verbindung in { $organisation }
finding-none-lead = Keine App dort trägt die Markierung von Mailgrant. Eine von Hand registrierte wird so nicht gefunden.
finding-found = { $count ->
    [one] 1 Verbindung in { $organisation }
   *[other] { $count } Verbindungen in { $organisation }
}
finding-found-lead = Ihre Clientschlüssel liegen auf den Computern, die sie erstellt haben. Um sich von hier um eine zu kümmern, übernehmen Sie sie: Sie bekommt einen neuen Clientschlüssel neben dem alten.
finding-not-checked = Nicht geprüft
finding-made = Angelegt am { $day }
finding-made-ends = Angelegt am { $day }; ihr Clientschlüssel läuft am { $end } ab
finding-made-once = Früher angelegt
finding-take-up = Übernehmen
finding-take-this-up = Übernehmen: { $platform }
finding-again = Wiedergefunden
finding-again-text = Ihr Clientschlüssel liegt auf einem anderen Computer. Erneuern Sie sie, um sich von hier um sie zu kümmern
finding-needs-exchange =
    .title = Diese Verbindung nimmt ein Exchange-Administrator auf
    .happened = Ihre App wurde von jemand anderem registriert und übernommen.
    .why = Ob das fertig ist, zeigt sich in Exchange, und diese Anmeldung darf dort nicht lesen.
    .next = Melden Sie sich als jemand an, der es darf, und nehmen Sie sie noch einmal auf.

finding-platform-unknown =
    .title = Welche Plattform diese App verwendet, ist hier nicht bekannt
    .happened = Die Verbindung wurde gefunden und nicht übernommen.
    .why = Ihre App wurde von Hand registriert und liest E-Mails als Mailprogramm. Dieser Computer kennt keine Plattform, deren Name im Namen der App steht.
    .next = Setzen Sie sie auf dem Computer fort, auf dem sie übernommen wurde, oder legen Sie das Profil der Plattform auf diesen.
