# Was gesagt wird, wo ein Clientschlüssel an die Stelle eines Zertifikats tritt oder umgekehrt: Worte, die auf beides passen.

asking-secret = Einen Schlüssel entfernen, den die Plattform vielleicht verwendet?
doing-look-at-secrets = Mailgrant konnte die Schlüssel der App nicht ansehen.
    .task = die Schlüssel der App ansehen
exists-both-secrets = Beide Schlüssel gibt es noch in Microsoft 365.
parts-step-old-secret = Alter Schlüssel
renewing-sign-in-lead = Mailgrant liest zuerst die App und zeigt dann, was es anlegen wird. { $ended ->
    [yes] Der Schlüssel, den { $platform } jetzt hat, ist abgelaufen; es kann sich nicht anmelden, bis es den neuen hat.
   *[no] Der Schlüssel, den { $platform } jetzt hat, funktioniert weiter.
}
renewing-reading-for = Microsoft führt die Schlüssel der App auf
renewing-secret = Erstellen Sie einen neuen Schlüssel neben dem alten
renewing-next = Wenn { $platform } die neue Datei übernommen hat, kommen Sie zurück und sagen Sie es. { $ended ->
    [yes] Bis dahin kann es sich nicht anmelden, denn der alte Schlüssel ist abgelaufen.
   *[no] Bis dahin bleibt der alte Schlüssel und funktioniert weiter.
}
renewing-to-old-secret = Weiter zum alten Schlüssel
renewing-has-moved = Verwendet { $platform } den neuen Schlüssel?
renewing-has-moved-lead = { $ended ->
    [yes] Der alte Schlüssel ist abgelaufen. Er bleibt, bis Sie es sagen.
   *[no] Bis Sie es sagen, bleibt der alte Schlüssel und funktioniert weiter.
}
renewing-old-ends = Der alte Schlüssel läuft ab
renewing-new-ends = Der neue Schlüssel läuft ab
renewing-new = Neuer Schlüssel
renewing-old = Alter Schlüssel
renewing-new-works = Der neue Schlüssel funktioniert
renewing-given-text = Bis { $platform } sie übernimmt, meldet es sich mit dem alten Schlüssel an.
renewing-how-to-tell-text = Fragen Sie, wer { $platform } betreibt, ob die neuen Werte dort gespeichert sind und der eigene Test gelingt. { $ended ->
    [yes] Auch dass wieder Mail ankommt, zeigt es, denn der alte Schlüssel ist abgelaufen.
   *[no] Dass weiter Mail ankommt, sagt nichts, denn auch der alte Schlüssel funktioniert.
}
renewing-still-used = Der alte Schlüssel wird noch verwendet
renewing-remove-heading = Den alten Schlüssel entfernen
renewing-remove = Alten Schlüssel entfernen
renewing-remove-note = Ein entfernter Schlüssel lässt sich nicht zurückholen
renewing-finished = Der alte Schlüssel ist entfernt, und die Erneuerung ist abgeschlossen.
renewing-two-secrets =
    .title = Eine Erneuerung kann anderswo im Gang sein
    .happened = Die App hat zwei Schlüssel dieser Verbindung, mit den IDs { $one } und { $other }.
    .why = Jemand erneuert sie vielleicht an einem anderen Computer, oder eine Erneuerung wurde nicht zu Ende gebracht.
    .next = Fragen Sie, wer sich sonst um diese Verbindung kümmert, und lassen Sie es dort abschließen; oder stellen Sie fest, welchen der beiden die Plattform verwendet, und entfernen Sie den anderen im Entra Admin Center.
renewing-stage-make = Erstellen
    .text = einen zweiten Schlüssel neben dem alten
renewing-stage-remove = Entfernen
    .text = den alten Schlüssel
renewing-begun-text = Der neue Schlüssel ist noch nicht übergeben. Der alte bleibt
renewing-old-stays = Alter Schlüssel noch da
renewing-old-stays-text = Sie haben gesagt, dass die Plattform den neuen Schlüssel verwendet; der alte kann entfernt werden
