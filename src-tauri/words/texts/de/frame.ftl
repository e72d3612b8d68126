# Was um jede Seite steht und was gerade geschieht.

frame-title = { $title } - Mailgrant
frame-title-problem = Problem: { $title } - Mailgrant
frame-title-step = { $step }, { $heading }
frame-step = Schritt { $number } von { $all }: { $name }
frame-part = { $station }, Teil { $part } von { $parts }: { $name }
frame-practice = Übungsorganisation
frame-practice-note = Nichts hier erreicht Microsoft 365. Eine Minute steht für eine Stunde.
frame-leave-practice = Übung verlassen
frame-new-connection = Neue Verbindung
frame-saved = Gespeichert: { $at }
frame-rail-problem = Problem
frame-rail-waiting = Wartet
frame-rail-too-broad = Zu weit
frame-rail-needs-you = Zu klären
frame-rail-ended = Abgelaufen
frame-rail-look-again = Nachsehen
frame-rail-ask-somebody = Jemanden fragen

frame-from-notes = Dies stammt aus den Aufzeichnungen der Verbindung, zuletzt darüber geschrieben { $when }. Melden Sie sich an, um zu sehen, wie es jetzt ist.
frame-seen-then = Was zu sehen war, als zuletzt nachgesehen wurde
frame-sign-in-to-look = Anmelden und jetzt nachsehen
frame-back-to-connections = Zurück zu Ihren Verbindungen

frame-copied = Kopiert
frame-not-copied = Nicht kopiert
frame-said-copied = Kopiert.
frame-said-copied-again = Noch einmal kopiert, jetzt { $times } Mal.
frame-said-not-copied = Die Zwischenablage hat es nicht angenommen. Markieren Sie den Text auf der Seite und kopieren Sie ihn selbst.

# Was eine Schaltfläche sagt, solange geschieht, was sie verlangt hat.
frame-setting = Wird gesetzt …
frame-making = Wird angelegt …
frame-creating = Wird erstellt …
frame-deleting = Wird gelöscht …
frame-removing = Wird entfernt …
frame-checking = Wird geprüft …
frame-waiting = Wartet …
frame-sealing = Wird versiegelt …
frame-looking = Sieht nach …
frame-working = Arbeitet …
frame-stop = Anhalten
frame-made-so-far = { $what }: { $done } von { $all } angelegt
frame-plan-changed = Was gefunden wurde, ändert den Plan. Lesen Sie ihn noch einmal, bevor Sie weitergehen.
frame-undone = Rückgängig gemacht. Nichts davon ist geblieben.
frame-undone-restorable = Rückgängig gemacht. Die App lässt sich bis { $until } wiederherstellen.
frame-undone-unsure = Was bekannt ist, ist rückgängig gemacht. Ob noch etwas angelegt wurde, ist nicht bekannt: Eine Antwort ging verloren.
frame-so-far = { $what }: { $done } von { $all }

# Was gerade geschieht und worauf gewartet wird: „wartet auf Microsoft, bis die neue App zu sehen ist“.
frame-waiting-for = Wartet auf { $what }.
frame-starting-practice = Die Übungsorganisation wird gestartet
frame-practice-start = die Übungsorganisation, bis sie gestartet ist
frame-creating-app = Die App-Registrierung wird erstellt
frame-show-app = Microsoft, bis die neue App zu sehen ist
frame-deleting-app = Die App-Registrierung wird gelöscht
frame-delete-app = Microsoft, bis sie gelöscht ist
frame-restoring-app = Die App-Registrierung wird wiederhergestellt
frame-show-restored-app = Microsoft, bis die App wieder zu sehen ist
frame-creating-secret = Der geheime Clientschlüssel wird erstellt
frame-take-secret = Microsoft, bis der neue Clientschlüssel angenommen wird, meist innerhalb einer Minute
frame-removing-secret = Der geheime Clientschlüssel wird entfernt
frame-remove-secret = Microsoft, bis er entfernt ist
frame-looking-for-secret = Der Clientschlüssel des unterbrochenen Laufs wird gesucht
frame-list-secrets = Microsoft, bis die Clientschlüssel der App aufgezählt sind
frame-setting-limit = Die Begrenzung wird gesetzt
frame-show-limit = Exchange, bis die neue Begrenzung zu sehen ist
frame-removing-limit = Die Begrenzung wird entfernt
frame-remove-limit = Exchange, bis sie entfernt ist
frame-reading-switches = Ausgeschaltete Protokolle werden gelesen
frame-list-switches = dass Exchange sagt, wie die Protokolle der Postfächer stehen
frame-switching-on = Protokolle werden eingeschaltet
frame-switching-off = Protokolle werden wieder ausgeschaltet
frame-switch = dass Exchange zeigt, wie sie stehen
frame-reading-grants = Es wird gelesen, was die App darf
frame-list-grants = Microsoft, bis die Berechtigungen der App aufgezählt sind
frame-removing-grant = Die Berechtigung wird entfernt
frame-remove-grant = Microsoft, bis sie entfernt ist
frame-searching = Suche läuft
frame-picking = Postfächer werden zufällig gewählt
frame-looking-up = { $count ->
    [one] 1 Postfach wird nachgeschlagen
   *[other] { $count } Postfächer werden nachgeschlagen
}
frame-looking-up-this = Das Postfach wird nachgeschlagen
frame-looking-up-these = Die Postfächer werden nachgeschlagen
frame-reading-members = Die Mitglieder der Gruppe werden gelesen
frame-exchange-answer = Exchange, bis es antwortet
frame-lists-as-before = Angehalten. Die Listen sind wie zuvor.
