# Der Plan nach seinen Teilen: was er liest, was er unberührt lässt.

plan-reads-grants = Keine Berechtigung in Entra, die ein Postfach öffnet
    .text = Es wird keine angelegt. Jede Berechtigung der App wird gelesen, weil eine in Entra jedes Postfach erreichen würde
plan-limit-unanswered = Eine Begrenzung
    .text = Die Postfächer sind noch nicht gewählt

plan-other-apps = { $count ->
    [0] Andere App-Registrierungen
    [one] Ihre andere App-Registrierung
   *[other] Ihre { $count } anderen App-Registrierungen
}
    .text = { $similar ->
        [0] Keine hat einen ähnlichen Namen
        [one] Eine hat einen ähnlichen Namen: { $first }
       *[other] { $similar } haben einen ähnlichen Namen, zum Beispiel { $first }
    }
plan-no-entra = E-Mail-Berechtigungen in Entra
    .text = Es wird keine verlangt. Der Zugriff kommt später, aus Exchange
plan-no-redirects = Umleitungsadressen und Zertifikate
    .text = Es wird keins hinzugefügt
plan-no-copy = Etwas, das Sie lesen oder kopieren könnten
    .text = Kein Bildschirm, kein Protokoll und keine Zwischenablage enthält es je
plan-other-secrets = Andere Geheimnisse und Zertifikate
    .text = { $count ->
        [0] Keins wird geändert
        [one] Die App hat eins, das nicht von Mailgrant ist: { $first }. Es bleibt
       *[other] Die App hat { $count }, die nicht von Mailgrant sind. Sie bleiben
    }
plan-other-mailboxes = Jedes andere Postfach
    .text = Die App bekommt darauf keinen Zugriff
plan-the-mailboxes = Die Postfächer selbst
    .text = Keine Einstellung, kein Mitglied und keine Nachricht ändert sich
plan-other-limits = Andere Apps und ihre Begrenzungen
    .text = Keine wird geändert
plan-see-calls = { $calls ->
    [one] Den einen Aufruf ansehen
   *[other] Alle { $calls } Aufrufe ansehen
}
