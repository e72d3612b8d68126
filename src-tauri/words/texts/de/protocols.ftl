# Die Protokolle von E-Mail-Programmen, die für Postfächer ausgeschaltet sind.

protocols-heading = Protokolle für die Postfächer einschalten
protocols-lead = Nur für die Postfächer, die der Plan nennt. Jedes wird zurückgestellt, wenn Sie dies wieder wegnehmen.
protocols-heading-off = Ein Protokoll ist ausgeschaltet
protocols-heading-on = Die Protokolle sind eingeschaltet
protocols-heading-unread = Wie ein Protokoll steht, ließ sich nicht lesen
protocols-read = Aus Exchange gelesen
protocols-read-text = Wie jedes Protokoll, das die Plattform verwendet, für jedes gewählte Postfach steht.

protocols-off = { $all ->
    [one] { $protocol } ist für das Postfach ausgeschaltet
   *[other] { $protocol } ist für { $count } von { $all } Postfächern ausgeschaltet
}
protocols-off-text = { $organisation ->
    [yes] { $mailboxes }. Es ist für die ganze Organisation aus, und das bleibt so; für ein Postfach kann es trotzdem eingeschaltet sein. Bis dahin kann kein E-Mail-Programm das Postfach auf diesem Weg verwenden. Von Hand, Postfach für Postfach in Exchange Online PowerShell: { $line }
   *[no] { $mailboxes }. Bis es eingeschaltet ist, kann kein E-Mail-Programm das Postfach auf diesem Weg verwenden. Von Hand, Postfach für Postfach in Exchange Online PowerShell: { $line }
}
protocols-asked = { $count ->
    [one] { $protocol } wird für 1 Postfach eingeschaltet
   *[other] { $protocol } wird für { $count } Postfächer eingeschaltet
}
protocols-asked-text = { $organisation ->
    [yes] { $mailboxes }. Der Schalter der Organisation selbst bleibt aus. Jedes E-Mail-Programm, das ein solches Postfach öffnen darf, kann es dann verwenden
   *[no] { $mailboxes }. Jedes E-Mail-Programm, das ein solches Postfach öffnen darf, kann es dann verwenden
}
protocols-leave-off = { $protocol } ausgeschaltet lassen
protocols-switch-on = { $protocol } einschalten

protocols-fact = { $protocol }
protocols-fact-on = Eingeschaltet
protocols-fact-unread = { $all ->
    [one] Exchange sagte es nicht
   *[other] Exchange sagte es für { $count } von { $all } Postfächern nicht
}
protocols-fact-off = { $all ->
    [one] Ausgeschaltet
   *[other] Für { $count } von { $all } Postfächern ausgeschaltet
}
protocols-fact-switched-on = Eingeschaltet; hier eingeschaltet für { $mailboxes }
