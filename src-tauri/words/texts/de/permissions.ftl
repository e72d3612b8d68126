# Keine Berechtigung in Entra: gezeigt und nachgewiesen.

permissions-heading = Vergewissern Sie sich, dass die App in Entra keine Berechtigung hat
permissions-look = Jetzt nachsehen
permissions-look-again = Erneut nachsehen
permissions-too-broad = Die App darf in Entra zu viel
permissions-too-broad-lead = Entfernen Sie, was aufgezählt ist, und sehen Sie dann erneut nach.
permissions-remove = Diese Berechtigung entfernen
permissions-removing-takes = Bei Microsoft Graph braucht das Entfernen die Rolle „{ roles-privileged-role }“.

permissions-has-none = Die App braucht keine Berechtigung in Entra und hat keine
permissions-has-harmless = Die App hat keine Berechtigung in Entra, die ein Postfach öffnet
permissions-no-role = Keine Anwendungsberechtigung
permissions-no-role-text = Microsoft zählt für diese App keine App-Rolle auf, bei keiner API.
permissions-no-consent = Keine delegierte Berechtigung
permissions-no-consent-text = Niemand hat dieser App eine Zustimmung erteilt.
permissions-none-opens = Keine Berechtigung, die ein Postfach öffnet
permissions-none-opens-text = Jede Berechtigung dieser App wurde gelesen, und keine erreicht E-Mails.
permissions-harmless-role = Für { $api }, Anwendungsberechtigung; sie öffnet kein Postfach
permissions-harmless-consent = Für { $api }, Berechtigung zum Anmelden; sie öffnet kein Postfach
permissions-none-else = Keine andere Berechtigung, die ein Postfach öffnet
permissions-none-else-text = Jede Berechtigung dieser App wurde gelesen. Neben dem, was sie braucht, erreicht keine E-Mails.
permissions-needed-role = Für { $api }; sie lässt die App als Mailprogramm ein und öffnet allein kein Postfach
permissions-has-needed = { $count ->
    [one] Die App hat in Entra die eine Berechtigung, die sie braucht
   *[other] Die App hat in Entra die { $count } Berechtigungen, die sie braucht
}
permissions-lets-in-text = { $count ->
    [one] Sie lässt
   *[other] Sie lassen
} die App als Mailprogramm ein, und nur dort, wo ein Postfach der App Vollzugriff gibt. Das geschieht Postfach für Postfach, mit der Begrenzung.
permissions-to-grant = Lassen Sie die App als Mailprogramm ein
permissions-to-grant-lead = Ohne eine Berechtigung für das Protokoll lässt Exchange keine App als Mailprogramm ein. Allein öffnet eine solche Berechtigung kein Postfach.
permissions-grant = { $count ->
    [one] Diese Berechtigung erteilen
   *[other] Diese { $count } Berechtigungen erteilen
}
permissions-good = So soll es sein
permissions-good-text = Eine E-Mail-Berechtigung in Entra erreicht jedes Postfach, und eine Begrenzung kann das nicht zurücknehmen. { $platform } erhält den Zugriff stattdessen aus Exchange, mit der Begrenzung, und niemand muss eine Administratorzustimmung erteilen.
permissions-good-text-of-some = Eine E-Mail-Berechtigung in Entra erreicht jedes Postfach, und eine Begrenzung kann das nicht zurücknehmen. Die Plattform erhält den Zugriff stattdessen aus Exchange, mit der Begrenzung, und niemand muss eine Administratorzustimmung erteilen.
permissions-continue = Weiter zum Clientschlüssel
