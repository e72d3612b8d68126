# Fragen, bevor etwas entfernt wird.

asking-keep = Behalten
asking-secret = Einen geheimen Clientschlüssel entfernen, den die Plattform vielleicht verwendet?
asking-remove-secret = Clientschlüssel entfernen
asking-secret-goes = Er lässt sich nicht zurückholen, nur durch einen anderen ersetzen
asking-until-secret = Bis ein anderer Clientschlüssel übergeben ist
asking-limit = Eine Begrenzung entfernen, in der die Plattform vielleicht arbeitet?
asking-remove-limit = Begrenzung entfernen
asking-limit-goes = Die App erreicht dann kein Postfach. Die Begrenzung lässt sich wieder setzen
asking-until-limit = Bis die Begrenzung wieder gesetzt ist und Microsoft sie anwendet
asking-app = Eine App löschen, die die Plattform vielleicht verwendet?
asking-delete-app = App-Registrierung löschen
asking-app-goes = Sie lässt sich 30 Tage lang wiederherstellen
asking-until-app = Bis die App wiederhergestellt und ihre Begrenzung wieder gesetzt ist
asking-platform-stops = { $platform } funktioniert sofort nicht mehr
asking-some-platform-stops = Die Plattform funktioniert sofort nicht mehr
asking-given-on = Sie hat diese Verbindung am { $day } erhalten. { $until }
asking-mailboxes = Postfächer und Nachrichten
asking-none-changed = Nichts davon wird geändert

asking-take-platform-off = { $platform } von der Liste nehmen?
asking-take-this-off = Diese Verbindung von der Liste nehmen?
asking-goes-on-working = In Microsoft 365 ändert das nichts: Was die Verbindung dort angelegt hat, bleibt und funktioniert weiter.
asking-nothing-lives = In Microsoft 365 bleibt nichts davon bestehen.
asking-notes = Ihre Aufzeichnungen, beiseitegelegt
asking-notes-aside = Im Ordner „removed“ der Daten von Mailgrant; „Zurückholen“ in der Liste der Verbindungen bringt sie zurück
asking-made-nothing = Diese Verbindung hat dort nichts angelegt, das noch besteht
asking-undo-first = Zuerst in Microsoft 365 rückgängig machen
asking-take-off = Von dieser Liste nehmen
asking-stays-app = Die App-Registrierung
asking-app-named = { $name }, Client-ID { $id }
asking-stays-limit = Die Begrenzung in Exchange
asking-stays-secret = Der geheime Clientschlüssel, in Microsoft 365 und im Schlüsselbund dieses Computers
asking-works-until = Gültig bis { $day }; Geheime ID { $id }
