# Die Erinnerung: ein Eintrag im Kalender.

reminder-ends-today = Der Clientschlüssel von { $platform } für { $organisation } läuft heute ab
reminder-ends = Der Clientschlüssel von { $platform } für { $organisation } läuft in { $days ->
    [one] 1 Tag
   *[other] { $days } Tagen
} ab
reminder-practice = Übung: { $summary }
reminder-valid = Der geheime Clientschlüssel, mit dem { $platform } die Postfächer von { $organisation } erreicht, ist gültig bis { $until }. Danach kann { $platform } sie nicht mehr erreichen.
reminder-replacing = Öffnen Sie Mailgrant, wählen Sie diese Verbindung („{ $platform }, { $organisation }“) und drücken Sie „Erneuern“. { $platform } arbeitet mit dem alten Clientschlüssel weiter, bis der neue dort verwendet wird.
reminder-again = Dieser Eintrag ersetzt den aus einer älteren Datei zu dieser Verbindung. Falls Ihr Kalender jenen noch zeigt, löschen Sie ihn.
reminder-secret-id = Geheime ID: { $id }
