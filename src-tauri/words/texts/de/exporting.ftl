# Was dem Export im Weg steht.

exporting-no-proof =
    .title = Zuerst muss der Nachweis vollständig sein
    .happened = Die Datei wurde nicht angelegt.
    .why = Eine Verbindung wird erst übergeben, wenn jedes gewählte Postfach geantwortet hat, jedes andere verweigert wurde und alles so ist, wie es verlangt wurde.
    .next = Gehen Sie zurück zum Nachweis und führen Sie die Prüfungen aus.
exporting-changed =
    .title = Seit dem Nachweis hat sich etwas geändert
    .happened = { $what }.
    .why = Mailgrant hat die Organisation kurz vor dem Versiegeln noch einmal gelesen, und sie ist nicht so, wie sie beim Nachweis war.
    .next = Gehen Sie zurück zum Nachweis: Er sagt, was anders ist und was zu tun ist.
exporting-mailbox-changed = Ein Postfach tut nicht mehr, was es damals tat
exporting-no-file-new-proof = Es wurde keine Datei angelegt. Der Nachweis wurde neu geführt und zeigt, was gefunden wurde.
exporting-keeps-changing =
    .title = Ihre Organisation ändert sich ständig
    .happened = Jedes Mal, wenn Mailgrant die Prüfungen wiederholt hatte, war etwas an der App oder ihrer Begrenzung anders als kurz zuvor.
    .why = Jemand oder ein Programm arbeitet gerade an dieser App, ihrer Begrenzung oder ihren Postfächern.
    .next = Fragen Sie, wer daran arbeitet, warten Sie, bis das erledigt ist, und führen Sie dann die Prüfungen erneut aus.
exporting-no-file-no-proof = Es wurde keine Datei angelegt, und nichts ist nachgewiesen, bis die Prüfungen erneut ausgeführt werden.
exporting-secret-replaced =
    .title = Im Schlüsselbund liegt ein anderer Clientschlüssel
    .happened = Der Clientschlüssel im Schlüsselbund dieses Computers ist nicht der, mit dem der Nachweis geführt wurde.
    .why = Jemand oder etwas hat den Eintrag nach dem Nachweis ersetzt.
    .next = Führen Sie die Prüfungen erneut aus; wenn Microsoft diesen Clientschlüssel nicht annimmt, entfernen Sie ihn im Plan und erstellen Sie einen anderen.
exporting-no-file = Es wurde keine Datei angelegt.
