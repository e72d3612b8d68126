# Welche Plattform verbunden wird.

platform-heading = Welche Mailplattform verbinden Sie?
platform-lead = Ihr Profil sagt, was sie braucht, damit von Ihrer Organisation nicht mehr verlangt wird.
platform-fixed = Diese Verbindung ist für { $platform }
platform-fixed-lead = Die App-Registrierung wurde für sie angelegt, daher bleibt die Plattform. Um eine andere zu verbinden, beginnen Sie eine neue Verbindung, oder löschen Sie zuerst diese App-Registrierung im Plan.
platform-legend = Mailplattform
platform-checked = Geprüft am { $day }
platform-mistake = Ein Plattformprofil hat einen Fehler: { $file }
platform-continue = Weiter
platform-name-stays = Er bleibt, weil die App-Registrierung ihn trägt
platform-name-stands = Er steht im Namen der App, im Protokoll und in den Namen der Dateien
# Ein Grund ist ein Nebensatz aus dem Profil: „um E-Mails zu lesen“.
platform-choose-for = Für eine Plattform, die dies braucht, { $reason }.

platform-lacks-choice = Wählen Sie die Plattform, die verbunden werden soll
platform-lacks-name = Sagen Sie, wie die Plattform heißt
platform-long-name = Kürzen Sie den Namen auf { $most } Zeichen
platform-known = { $platform } steht oben in der Liste, mit dem, was sie wirklich braucht; wählen Sie sie dort
platform-lacks-access = Haken Sie an, was sie mit den E-Mails tut; eines genügt
