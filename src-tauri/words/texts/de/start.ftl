# Die erste Seite.

start-heading = Eine Mailplattform mit gewählten Postfächern verbinden, und mit keinen anderen
start-lead = Mailgrant registriert eine App in Ihrer Microsoft 365-Organisation, begrenzt sie auf die Postfächer, die Sie nennen, weist nach, dass die anderen sie abweisen, und versiegelt das Ergebnis in einer Datei für die Plattform.
start-you-need = Sie brauchen
start-needed = Die Postfachadressen und eine Anmeldung, die Apps anlegen darf und Exchange-Administrator ist; kein Globaler Administrator.
start-it-takes = Es dauert
start-taken = Etwa 20 Minuten. Microsoft braucht danach bis zu 2 Stunden für die Begrenzung; das Fenster kann dabei zu sein.
start-it-changes = Es ändert
start-changed = Eine App, einen Clientschlüssel und eine Begrenzung in Exchange. Alles wird vorher gezeigt und lässt sich zurücknehmen.
start-footnote = Mailgrant ändert in Microsoft 365 nichts, bis Sie einen Plan gesehen und die Schaltfläche darunter gedrückt haben.
start-ends-with = Was Sie am Ende haben
start-proof = Ein Nachweis, kein Versprechen
start-works = Funktioniert
start-refused = Verweigert
start-every-other = Jedes andere geprüfte Postfach
start-sealed-file = Eine versiegelte Datei, die nur mit Schlüssel oder Passphrase aufgeht
start-reminder = Eine Erinnerung, bevor der Clientschlüssel abläuft
start-no-roles = Ich habe diese Rollen nicht
start-no-roles-anyway = Sie können trotzdem beginnen: Nach der Anmeldung sagt Mailgrant, welche Schritte Ihre Anmeldung darf, und schreibt eine Anfrage für den Rest.
start-no-roles-which = Die App anlegen darf ein Anwendungsadministrator, oder jeder in einer Organisation, deren Mitglieder Apps anlegen dürfen. Die Begrenzung braucht einen Exchange-Administrator. Das können zwei Personen sein.
start-no-roles-practice = In der Übungsorganisation können Sie jeden Schritt ohne jede Rolle ausprobieren.
start-start = Beginnen
start-practice = Mit der Übungsorganisation ausprobieren
start-open-saved = Gespeicherte Verbindung öffnen
