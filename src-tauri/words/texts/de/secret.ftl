# Der Clientschlüssel der App: wie lange er gilt und was es danach gibt.

secret-heading = Erstellen Sie den Clientschlüssel der App
secret-lead = Mit ihm weist die Plattform nach, dass sie die App ist.
secret-removed = Der Clientschlüssel wurde entfernt
secret-removed-lead = Entfernt { $when }. Er lässt sich nicht zurückholen; eine Plattform, die ihn hatte, braucht einen neuen.
secret-try = Nachsehen, ob Microsoft den Clientschlüssel annimmt
secret-try-lead = Der Clientschlüssel ist erstellt und gespeichert. Es bleibt, ihn zu versuchen.
secret-unseen = Niemand wird diesen Clientschlüssel sehen, auch Sie nicht
secret-unseen-text = Er kommt geradewegs in den Schlüsselbund dieses Computers und später in die versiegelte Datei. Sie können dieses Fenster ohne Bedenken teilen oder aufzeichnen.
secret-create = Clientschlüssel erstellen
secret-make-new = Neuen Clientschlüssel erstellen
secret-replace-lost = Verlorenen entfernen und Clientschlüssel erstellen
secret-note = Lässt sich jederzeit entfernen
# Die Erinnerung nennt diese Schaltfläche.
secret-remove = Diesen Clientschlüssel entfernen

secret-life-legend = Wie lange soll der Clientschlüssel gelten?
secret-life = { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
}
secret-life-until = Bis { $end }
secret-life-longest = Länger erlaubt Ihre Richtlinie nicht
secret-life-recommended = Empfohlen

secret-kind-legend = Womit soll sich die App anmelden?
secret-kind-secret = Mit einem Clientschlüssel
    .text = Ein Text, den Microsoft erzeugt. Jede Plattform weiß, wo er einzutragen ist
secret-kind-certificate = Mit einem Zertifikat
    .text = Sein privater Schlüssel wird hier erzeugt und nie an Microsoft gesendet. Wählen Sie es, wo die Plattform eines annimmt
secret-kind-only = Die Richtlinie Ihrer Organisation sperrt Clientschlüssel von Apps
secret-kind-only-text = Daher bekommt die App ein Zertifikat, das die Richtlinie erlaubt und diese Plattform annimmt.

secret-done = Der Clientschlüssel der App ist erstellt und gespeichert
secret-has-ended = Der Clientschlüssel der App ist abgelaufen
secret-fact-ends = Läuft ab am
secret-left-longest = { $left }, länger erlaubt Ihre Richtlinie nicht
secret-fact-reminders = Erinnerungen
secret-reminders = 60, 30 und 7 Tage vorher
secret-reminders-text = In der exportierten Kalenderdatei. Erstellen Sie vorher hier einen neuen Clientschlüssel und übergeben Sie ihn
secret-made = Von Microsoft erstellt
secret-made-text = Seine Geheime ID ist { $key }. Microsoft zeigt einen Clientschlüssel nur einmal, daher wird nie wieder nach ihm gefragt.
secret-saved = Im Schlüsselbund dieses Computers gespeichert
secret-saved-text = Zurückgelesen und verglichen. Er wird auch in der versiegelten Datei stehen, und sonst nirgends.
secret-accepted = Von Microsoft angenommen
secret-accepted-text = { $tries ->
    [one] Beim ersten Versuch.
   *[other] Versuch { $tries }: Ein neuer Clientschlüssel wird in seinen ersten Sekunden oft abgelehnt.
}
secret-still-unseen = Niemand sieht diesen Clientschlüssel, auch Sie nicht
secret-still-unseen-text = Keine Schaltfläche zeigt oder kopiert ihn, und er steht in keinem Protokoll. Sie können dieses Fenster ohne Bedenken teilen oder aufzeichnen.
secret-to-limit = Weiter zur Begrenzung
secret-to-mailboxes = Weiter zu den Postfächern
