# Die Begrenzung in Exchange: ihr Plan und was es danach gibt.

limit-heading = { $count ->
    [one] Begrenzen Sie die App auf 1 Postfach
   *[other] Begrenzen Sie die App auf { $count } Postfächer
}
limit-lead = Dies ist der ganze Zugriff, den Mailgrant der App gibt.
limit-removed-lead = Die Begrenzung wurde { $when } entfernt. Microsoft kann bis zu 2 Stunden daran festhalten; danach gibt sie der App nichts mehr, bis wieder eine gesetzt ist.
limit-set = { $count ->
    [one] Zugriff auf dieses Postfach begrenzen
   *[other] Zugriff auf diese Postfächer begrenzen
}
limit-change = Ändern Sie die Begrenzung in Exchange
limit-change-lead = Der Plan sagt, was dazukommt und was wegfällt. Sonst ändert sich nichts.
limit-change-to = { $count ->
    [one] Begrenzung auf 1 Postfach ändern
   *[other] Begrenzung auf { $count } Postfächer ändern
}
limit-takes-time = Microsoft lässt sich Zeit, eine Begrenzung anzuwenden
limit-takes-time-text = Üblich sind { $usually }. Sie können das Fenster inzwischen schließen.
limit-note = Lässt sich jederzeit zurücknehmen

limit-done = Die Begrenzung ist gesetzt
limit-was-set = In Exchange gesetzt
limit-was-set-text = Der Eintrag der App, ein Verwaltungsbereich und eine Rolle für jede Berechtigung.
limit-read-back = Aus Exchange zurückgelesen
limit-read-back-by-group = Der Bereich geht nach der Gruppe { $group }, und Microsofts eigener Test stimmte für jedes Postfach zu, das darin war. Der echte Zugriff folgt, sobald Microsoft die Begrenzung anwendet.
limit-read-back-text = Der Bereich enthielt die gewählten Postfächer und kein anderes, und Microsofts eigener Test stimmte zu. Der echte Zugriff folgt, sobald Microsoft die Begrenzung anwendet.
limit-fact-mailboxes = Postfächer
limit-fact-scope = Verwaltungsbereich
limit-fact-roles = Rollen
limit-fact-right = Recht an jedem davon
limit-continue = Weiter zum Nachweis
limit-remove = Diese Begrenzung entfernen

# Die App ist verschwunden, und ihr Bereich ist noch in Exchange.
limit-left = Ein Bereich dieser Verbindung ist noch in Exchange
limit-left-lead = Die App, für die er angelegt wurde, war verschwunden, als zuletzt nach ihr gesucht wurde. Ein Bereich allein öffnet kein Postfach. Er wird wieder verwendet, wenn die App neu angelegt wird; entfernen Sie ihn sonst.
limit-remove-scope = Diesen Bereich entfernen
