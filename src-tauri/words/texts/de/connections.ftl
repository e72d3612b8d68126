# Die Liste der Verbindungen.

connections-heading = Ihre Verbindungen
connections-new = Neue Verbindung
connections-new-practice = Neue Übungsverbindung
connections-without-platform = Neue Verbindung
connections-unreadable = Unlesbare Verbindung

connections-only-to-look-at = Nur zum Ansehen
connections-not-signed = Ihre Aufzeichnungen tragen nicht die Signatur dieses Computers oder stammen aus einer neueren Version
connections-taken-off = Von der Liste genommen
connections-stays-as-it-was = Was sie in Microsoft 365 angelegt hat, ist wie zuvor; ein Clientschlüssel von ihr bleibt im Schlüsselbund
connections-too-broad = Zu weit
connections-reaches-more = Die App erreicht mehr, als sie soll
connections-needs-you = Zu klären
connections-not-as-asked = Etwas an der App ist nicht so, wie es verlangt wurde
connections-waiting = Wartet
connections-look-again = Microsoft wendet die Begrenzung an; sehen Sie wieder nach ab { $at }
connections-secret-ended = Schlüssel abgelaufen
connections-ended-on = Der Clientschlüssel ist am { $day } abgelaufen; die Plattform kann sich nicht mehr anmelden
connections-ends-soon = Läuft bald ab
connections-ends-on = { $days ->
    [one] Der Clientschlüssel läuft am { $day } ab, in 1 Tag
   *[other] Der Clientschlüssel läuft am { $day } ab, in { $days } Tagen
}
connections-done = Übergeben
connections-not-proven = Prüfungen ausführen
connections-run-checks = Sie wurde übergeben, und jetzt ist nichts nachgewiesen: Öffnen Sie sie und führen Sie die Prüfungen erneut aus
connections-not-finished = Nicht fertig
connections-stopped-at = Angehalten bei Schritt { $number } von { $all }: { $name }
connections-problem = Problem

connections-last-proof = Letzter Nachweis { $when }
connections-change-mailboxes = Postfächer ändern
connections-change-mailboxes-of = Postfächer ändern: { $platform }
connections-open = Öffnen
connections-open-this = Öffnen: { $platform }
connections-go-on = Weiter
connections-go-on-with = Weiter: { $platform }
connections-put-back = Zurückholen
connections-put-this-back = { $platform } zurückholen
connections-remove-from-here = Von diesem Computer entfernen
connections-remove-this = Von diesem Computer entfernen: { $platform }
connections-take-off = Von dieser Liste nehmen
connections-take-this-off = { $platform } von dieser Liste nehmen
connections-take-unreadable-off = Die unlesbare Verbindung von dieser Liste nehmen
