# Eine Erneuerung: ein neuer Clientschlüssel neben dem alten, der entfernt wird, sobald die Plattform umgestellt ist.

renewing-renew = Erneuern
renewing-renew-this = Erneuern: { $platform }
renewing-check-now = Jetzt prüfen
renewing-check-this = Jetzt prüfen: { $platform }

renewing-sign-in = Melden Sie sich an, um { $platform } zu erneuern
renewing-sign-in-lead = Mailgrant liest zuerst die App und zeigt dann, was es anlegen wird. { $ended ->
    [yes] Der Clientschlüssel, den { $platform } jetzt hat, ist abgelaufen; es kann sich nicht anmelden, bis es den neuen hat.
   *[no] Der Clientschlüssel, den { $platform } jetzt hat, funktioniert weiter.
}
renewing-reading = Es wird gelesen, womit sich die App anmeldet
renewing-reading-for = Microsoft führt die Clientschlüssel der App auf
renewing-plan = { $platform } erneuern
renewing-drop = Jetzt nicht erneuern
renewing-secret = Erstellen Sie einen neuen Clientschlüssel neben dem alten
renewing-secret-lead = { $ended ->
    [yes] Der alte ist abgelaufen; die Plattform kann sich nicht anmelden, bis sie den neuen hat.
   *[no] Der alte bleibt und funktioniert weiter, bis Sie sagen, dass die Plattform den neuen verwendet.
}

renewing-next = Wenn { $platform } die neue Datei übernommen hat, kommen Sie zurück und sagen Sie es. { $ended ->
    [yes] Bis dahin kann es sich nicht anmelden, denn der alte Clientschlüssel ist abgelaufen.
   *[no] Bis dahin bleibt der alte Clientschlüssel und funktioniert weiter.
}
renewing-to-old-secret = Weiter zum alten Clientschlüssel

renewing-has-moved = Verwendet { $platform } den neuen Clientschlüssel?
renewing-has-moved-lead = { $ended ->
    [yes] Der alte Clientschlüssel ist abgelaufen. Er bleibt, bis Sie es sagen.
   *[no] Bis Sie es sagen, bleibt der alte Clientschlüssel und funktioniert weiter.
}
renewing-old-ends = Der alte Clientschlüssel läuft ab
renewing-new-ends = Der neue Clientschlüssel läuft ab
renewing-new = Neuer Clientschlüssel
renewing-old = Alter Clientschlüssel
renewing-new-works = Der neue Clientschlüssel funktioniert
renewing-new-works-text = Microsoft hat ihn angenommen, und der Nachweis wurde mit ihm geführt.
renewing-given = Die neue Datei wurde versiegelt
renewing-given-text = Bis { $platform } sie übernimmt, meldet es sich mit dem alten Clientschlüssel an.
renewing-how-to-tell = Woran Sie es erkennen
renewing-how-to-tell-text = Fragen Sie, wer { $platform } betreibt, ob die neuen Werte dort gespeichert sind und der eigene Test gelingt. { $ended ->
    [yes] Auch dass wieder Mail ankommt, zeigt es, denn der alte Clientschlüssel ist abgelaufen.
   *[no] Dass weiter Mail ankommt, sagt nichts, denn auch der alte Clientschlüssel funktioniert.
}
renewing-used-last = Zuletzt verwendet
renewing-used-unread = Unbekannt: Das Anmeldeprotokoll wurde nicht gelesen
renewing-used-no-licence = Unbekannt: Ihre Organisation hat keine Lizenz für das Anmeldeprotokoll
renewing-used-no-role = Unbekannt: Das Anmeldeprotokoll zu lesen verlangt eine Rolle wie Berichtleseberechtigter
renewing-used-old = Der alte, { $when }
renewing-used-new = Der neue, { $when }; der alte gar nicht bis { $until }
renewing-used-neither = Keiner, seit die Datei versiegelt wurde, soweit bekannt bis { $until }
renewing-used-not-yet = Noch unbekannt: Eine Anmeldung kann 2 Stunden brauchen, bis sie erscheint
renewing-see-last-use = Ansehen
renewing-see-last-use-again = Noch einmal ansehen
renewing-reading-sign-ins = Das Anmeldeprotokoll wird gelesen
renewing-reading-sign-ins-for = Microsoft führt die Anmeldungen der App auf
renewing-still-used = Der alte Clientschlüssel wird noch verwendet
renewing-still-used-text = Jemand hat sich { $when } mit ihm angemeldet, nachdem die neue Datei versiegelt war. { $platform } verwendet den neuen vielleicht noch nicht.

renewing-moved = Ja, es verwendet den neuen
renewing-not-yet = Noch nicht, speichern und schließen
renewing-moved-note = Entfernt noch nichts

renewing-remove-heading = Den alten Clientschlüssel entfernen
renewing-remove-lead = Sie haben { $when } gesagt, dass { $platform } den neuen verwendet. Er wird noch einmal versucht, bevor der alte entfernt wird.
renewing-remove = Alten Clientschlüssel entfernen
renewing-not-after-all = Es verwendet ihn noch nicht
renewing-remove-note = Ein entfernter Clientschlüssel lässt sich nicht zurückholen
renewing-finished = Der alte Clientschlüssel ist entfernt, und die Erneuerung ist abgeschlossen.

renewing-two-secrets =
    .title = Eine Erneuerung kann anderswo im Gang sein
    .happened = Die App hat zwei Clientschlüssel dieser Verbindung, mit den IDs { $one } und { $other }.
    .why = Jemand erneuert sie vielleicht an einem anderen Computer, oder eine Erneuerung wurde nicht zu Ende gebracht.
    .next = Fragen Sie, wer sich sonst um diese Verbindung kümmert, und lassen Sie es dort abschließen; oder stellen Sie fest, welchen der beiden die Plattform verwendet, und entfernen Sie den anderen im Entra Admin Center.

# Was eine Erneuerung der Reihe nach tut, auf der Liste der Verbindungen.
renewing-stage-make = Erstellen
    .text = einen zweiten Clientschlüssel neben dem alten
renewing-stage-prove = Nachweisen
    .text = mit dem neuen, Postfach für Postfach
renewing-stage-export = Exportieren
    .text = eine neue versiegelte Datei
renewing-stage-confirm = Bestätigen
    .text = sobald die Plattform ihn verwendet
renewing-stage-remove = Entfernen
    .text = den alten Clientschlüssel

# Wie eine Erneuerung steht, auf der Liste der Verbindungen.
renewing-begun = Erneuerung begonnen
renewing-begun-text = Der neue Clientschlüssel ist noch nicht übergeben. Der alte bleibt
renewing-waits = Wartet auf die Plattform
renewing-waits-text = Die neue Datei wurde am { $day } versiegelt. Sagen Sie es, sobald die Plattform sie verwendet
renewing-old-stays = Alter Clientschlüssel noch da
renewing-old-stays-text = Sie haben gesagt, dass die Plattform den neuen Clientschlüssel verwendet; der alte kann entfernt werden
