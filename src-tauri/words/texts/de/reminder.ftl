# Die Erinnerung: ein Eintrag im Kalender.

reminder-ends-today = Der Clientschlüssel von { $platform } für { $organisation } läuft heute ab
reminder-ends = Der Clientschlüssel von { $platform } für { $organisation } läuft in { $days ->
    [one] 1 Tag
   *[other] { $days } Tagen
} ab
reminder-practice = Übung: { $summary }
reminder-valid = Der geheime Clientschlüssel, mit dem { $platform } die Postfächer von { $organisation } erreicht, ist gültig bis { $until }. Danach kann { $platform } sie nicht mehr erreichen.
reminder-replacing = Öffnen Sie diese Verbindung in Mailgrant, gehen Sie zu ihrem Clientschlüssel, wählen Sie „Diesen Clientschlüssel entfernen“, erstellen Sie einen neuen, führen Sie den Nachweis neu und übergeben Sie die neue Datei. { $platform } kann sich vom Entfernen an nicht anmelden, bis der neue Clientschlüssel dort ist.
reminder-secret-id = Geheime ID: { $id }
