# Die Seite, die der Browser nach der Anmeldung zeigt. Sie ist reiner Text: keine Zeichen von HTML.

browser-only-for-microsoft =
    .title = Diese Adresse nimmt nur Microsofts Antwort an
    .text = Kehren Sie zu Mailgrant zurück.
browser-nothing-here =
    .title = Hier gibt es nichts
    .text = Kehren Sie zu Mailgrant zurück.
browser-not-microsoft =
    .title = Das ist nicht Microsofts Antwort
    .text = Kehren Sie zu Mailgrant zurück.
browser-over =
    .title = Diese Anmeldung ist vorbei
    .text = Kehren Sie zu Mailgrant zurück.
browser-signed-in =
    .title = Sie sind angemeldet
    .text = Schließen Sie diese Seite, und kehren Sie zu Mailgrant zurück.
browser-not-finished =
    .title = Die Anmeldung wurde nicht abgeschlossen
    .text = Schließen Sie diese Seite. Mailgrant sagt, warum, und was zu tun ist.
