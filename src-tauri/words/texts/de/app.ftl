# Die App-Registrierung: ihr Plan und was es danach gibt.

app-create = App-Registrierung erstellen
app-lead = Die Plattform meldet sich als diese App an. Von sich aus erreicht sie kein Postfach.
app-deleted = Die App-Registrierung wurde gelöscht
app-deleted-lead = Gelöscht { $when }. Sie lässt sich bis { $until } wiederherstellen; danach ist sie endgültig verschwunden.
app-restore = App-Registrierung wiederherstellen
app-finish = App-Registrierung fertig erstellen
app-note = Lässt sich 30 Tage lang zurücknehmen

app-fact-method = Methode
app-fact-access = Zugriff
app-change = Ändern
app-change-access = Ändern, was die Plattform darf
app-see-meaning = Ansehen, was das heißt
app-see-method = Ansehen, was das heißt: die Methode

app-exists = Die App-Registrierung ist angelegt
app-fact-app = App
app-created = App-Registrierung erstellt
app-created-text = Nur in dieser Organisation, ohne Umleitungs-URI und ohne Berechtigung.
app-read-back = Von Microsoft zurückgelesen
app-read-back-text = Die App und ihr Dienstprinzipal antworten beide.
app-fact-principal = Dienstprinzipal
app-in-this-organisation = In dieser Organisation
app-fact-undo = Von Hand zurücknehmen
app-undo-by-hand = Entra Admin Center, App-Registrierungen, diese App, Löschen. Sie lässt sich 30 Tage lang wiederherstellen.
app-continue = Weiter zu den Berechtigungen
app-delete = Diese App-Registrierung löschen
