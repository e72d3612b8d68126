# Keine Berechtigung in Entra: gezeigt und nachgewiesen.

permissions-heading = Sehen Sie nach, dass die App keine Berechtigung in Entra hat
permissions-look = Jetzt nachsehen
permissions-look-again = Neu ansehen
permissions-too-broad = Die App darf in Entra zu viel
permissions-too-broad-lead = Entfernen Sie, was aufgezählt ist, und sehen Sie dann neu nach.
permissions-remove = Diese Berechtigung entfernen
permissions-removing-takes = Wer sie entfernt, muss bei Microsoft Graph { roles-privileged-role } sein.

permissions-has-none = Die App braucht keine Berechtigung in Entra und hat keine
permissions-has-harmless = Die App hat keine Berechtigung in Entra, die ein Postfach öffnet
permissions-no-role = Keine Anwendungsberechtigung
permissions-no-role-text = Microsoft zählt für diese App keine App-Rolle auf, bei keiner API.
permissions-no-consent = Keine delegierte Berechtigung
permissions-no-consent-text = Niemand hat im Namen dieser App in etwas eingewilligt.
permissions-none-opens = Keine Berechtigung, die ein Postfach öffnet
permissions-none-opens-text = Jede Berechtigung dieser App wurde gelesen, und keine erreicht E-Mails.
permissions-harmless-role = Für { $api }, Anwendungsberechtigung; sie öffnet kein Postfach
permissions-harmless-consent = Für { $api }, Berechtigung zum Anmelden; sie öffnet kein Postfach
permissions-good = So soll es sein
permissions-good-text = Eine E-Mail-Berechtigung in Entra erreicht jedes Postfach, und eine Begrenzung kann das nicht zurücknehmen. { $platform } erhält den Zugriff stattdessen aus Exchange, mit der Begrenzung, und niemand muss eine Administratoreinwilligung erteilen.
permissions-good-text-of-some = Eine E-Mail-Berechtigung in Entra erreicht jedes Postfach, und eine Begrenzung kann das nicht zurücknehmen. Die Plattform erhält den Zugriff stattdessen aus Exchange, mit der Begrenzung, und niemand muss eine Administratoreinwilligung erteilen.
permissions-continue = Weiter zum Clientschlüssel
