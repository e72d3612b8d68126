# Was gesagt wird, wo die Plattform Postfächer als Mailprogramm öffnet: Kein Bereich beschränkt die App, jedes Postfach gibt ihr
# Vollzugriff, und keine Liste nennt alle, die das tun.

adopting-remove-lead = Diese Berechtigungen öffnen einem Mailprogramm nichts. Bevor sie gehen, wird jedes Postfach mit dem neuen Schlüssel der App versucht; der Nachweis folgt sofort. { $platform } öffnet seine Postfächer weiter wie zuvor.
check-unseen-limit = Ob andere Postfächer der App Vollzugriff geben.
check-unseen-others-signed-in = Postfächer, die niemand genannt hat, wurden weder versucht noch angesehen: Exchange hat keine Liste aller, die einer App Vollzugriff geben.
export-can-use = { $platform } kann { $mailboxes } verwenden; jedes der anderen, die versucht wurden, verweigerte sich
help-permissions = Hier wird nachgesehen, dass die App in Entra hat, was ein Mailprogramm braucht, und keine andere, die ein Postfach öffnet.
help-purpose = Mailgrant verbindet eine Mailplattform mit den Postfächern, die Sie nennen, und versucht, ob andere sich ihr verweigern.
limit-read-back-text = Die App hatte Vollzugriff auf die gewählten Postfächer und auf keines der anderen, die Sie genannt haben. Der echte Zugriff folgt, sobald Microsoft die Begrenzung anwendet.
limit-was-set-text = Der Eintrag der App und Vollzugriff auf jedes dieser Postfächer.
permissions-heading = Sehen Sie nach, was die App in Entra darf
plan-no-entra = Andere E-Mail-Berechtigungen in Entra
    .text = Es wird keine verlangt
plan-none-opened = Keine, die allein ein Postfach geöffnet hätte
plan-the-mailboxes = Die Postfächer selbst
    .text = Keine Nachricht ändert sich, und nichts an dem, was andere dort dürfen
reasons-mailbox-right =
    .title = Zu weit: Die App hat { $right } für { $mailbox }
    .text = Hier hat es niemand verlangt, und es öffnet der App das Postfach. Lassen Sie es in Exchange unter Delegierung des Postfachs entfernen.
record-configured = nach den Berechtigungen des Postfachs
revoking-mailboxes = Die Postfächer
    .text = Keine Nachricht ändert sich, und nichts an dem, was andere dort dürfen
verify-configured = Eingerichtet: was die Berechtigungen des Postfachs sagen
verify-heading = Funktioniert es, und verweigern sich die anderen?
verify-in-scope = Vollzugriff
verify-out-of-scope = Kein Zugriff
verify-overdue-text = Die Begrenzung wurde vor mehr als 2 Stunden gesetzt, das Postfach gibt der App Vollzugriff, und ihr wird der Zugriff immer noch verweigert. Sehen Sie nach, ob das Protokoll für das Postfach eingeschaltet ist, und führen Sie dann die Prüfungen erneut aus. Wenn es so bleibt, senden Sie die Details einer Zelle an Microsofts Support.
verify-own-test = Berechtigungen der Postfächer
verify-reached-unclear = Sehen Sie in Exchange die Berechtigungen dieses Postfachs an und in Entra die der App; führen Sie dann die Prüfungen erneut aus.
verify-why-not-within-limit = Das Postfach gibt der App keinen Vollzugriff
verify-why-refused-as-tested = Der App wird der Zugriff verweigert, und das Postfach gibt ihr keinen Vollzugriff
verify-worked = Am { $day } funktionierte es, und die anderen, die versucht wurden, verweigerten sich
verify-works = Es funktioniert, und die anderen, die versucht wurden, verweigern sich
