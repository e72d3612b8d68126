# Wie die Plattform E-Mails erreicht.

method-heading = Wie soll { $platform } die Postfächer erreichen?
method-lead = Und was darf die Plattform dort tun? Sie erhält nur, was angehakt ist, und Sie können es später ändern.
method-lead-open = Was die Plattform dort tun darf, wurde mit ihr gewählt; dort können Sie es später ändern.
method-legend = Methode
method-recommended = Empfohlen
method-graph-app-only = Microsoft Graph, nur gewählte Postfächer
    .text = Die Plattform meldet sich als eigene App an. Exchange beschränkt sie auf die Postfächer, die Sie nennen; das Kennwort einer Person ist nicht nötig.
method-mail-protocols = IMAP, POP oder SMTP, nur gewählte Postfächer
    .text = Die Plattform meldet sich als eigene App an, und jedes Postfach, das Sie nennen, öffnet sich ihr. Für diese Protokolle gibt es kein kleineres Recht als Vollzugriff: Die App darf dort alles lesen, ändern und löschen.
method-smtp-app-only = SMTP, nur gewählte Postfächer
    .text = Die Plattform meldet sich als eigene App an und sendet nur. Exchange beschränkt sie auf die Postfächer, die Sie nennen, und sie kann keines davon öffnen.
method-by-graph = über Microsoft Graph
method-by-mail-program = als Mailprogramm
method-by-smtp = über SMTP
method-chosen-with-platform = Mit der Plattform gewählt, { $reason }.
method-optional = { $platform } kommt auch ohne aus. Wählen Sie es, { $reason }.
method-needed = Nötig, { $reason }.
method-left-out = Weggelassen: { $asks } Stattdessen: { $instead }
method-beyond = Was die eigene Anleitung von { $vendor } darüber hinaus verlangt
method-continue = Weiter
method-lacks-choice = Wählen Sie, wie die Plattform die Postfächer erreicht
