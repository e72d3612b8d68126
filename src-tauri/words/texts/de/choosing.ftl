# Was an einer Wahl der Plattform nicht stimmt.

choosing-platform-stays =
    .title = Die Plattform lässt sich nicht mehr ändern
    .happened = Die App dieser Verbindung wurde für die zuerst gewählte Plattform angelegt.
    .why = Jede Plattform braucht ihre eigene App, damit sich eine ohne die andere entfernen lässt.
    .next = Machen Sie zuerst die App rückgängig, oder beginnen Sie eine neue Verbindung für die andere Plattform.
choosing-platform-unknown =
    .title = Diese Plattform ist nicht mehr bekannt
    .happened = Das Profil der Plattform ist nicht unter denen, die Mailgrant lesen konnte.
    .why = Die Datei wurde entfernt oder hat einen Fehler.
    .next = Wählen Sie eine andere Plattform, oder berichtigen Sie die Datei und starten Sie Mailgrant neu.
