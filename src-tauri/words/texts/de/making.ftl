# Was schiefgehen kann, während etwas angelegt oder zurückgenommen wird.

making-secret-not-taken =
    .title = Microsoft nimmt den Clientschlüssel noch nicht an
    .happened = Microsoft hat den neuen Clientschlüssel { $tries ->
        [one] einmal
       *[other] { $tries }-mal
    } abgelehnt.
    .why = Ein neuer Clientschlüssel funktioniert meist innerhalb einer Minute; heute dauert es länger, oder jemand hat ihn entfernt.
    .next = Prüfen Sie in einigen Minuten noch einmal; wird er weiter abgelehnt, entfernen Sie diesen Clientschlüssel und erstellen Sie einen anderen.

making-certificates-changed =
    .title = Die Zertifikate der App sind nicht, wie sie waren
    .happened = Während Mailgrant die Zertifikatliste der App geschrieben hat, ist { $names } anders geworden als vorher.
    .why = Microsoft ersetzt jedes Mal die ganze Liste: Wer sie zur selben Zeit geschrieben hat, kann das geändert haben, oder Microsoft hat es anders behalten, als es gesendet wurde.
    .next = Fragen Sie, wer diese App sonst verwaltet, ob das andere Zertifikat noch da ist, und lassen Sie es sonst noch einmal hinzufügen; dann sehen Sie hier noch einmal nach.
making-certificates-keep-changing =
    .title = Die Zertifikatliste der App steht nicht fest
    .happened = Jeder Blick von Mailgrant auf die Liste der Zertifikate fand eine andere, oder eine, in der fehlt, was gerade geschrieben wurde.
    .why = Vielleicht ändert sie gerade jemand anders, oder Microsoft zeigt noch nicht überall, was zuletzt geschrieben wurde.
    .next = Versuchen Sie es in einigen Minuten erneut; bleibt es so, fragen Sie, wer diese App sonst verwaltet.
making-certificates-untold =
    .title = Microsoft zeigt die Zertifikate der App nicht ganz
    .happened = In der Zertifikatliste der App fehlt die öffentliche Hälfte von { $names }.
    .why = Microsoft ersetzt jedes Mal die ganze Liste; was sich nicht lesen lässt, lässt sich also nicht erhalten.
    .next = Fragen Sie, wer diese App sonst verwaltet, ob es noch gebraucht wird; ist es entfernt oder neu hinzugefügt, versuchen Sie es erneut. Solange nichts angelegt ist, können Sie stattdessen einen Clientschlüssel wählen.
making-certificate-not-made =
    .title = Dieser Computer kann kein Zertifikat erstellen
    .happened = Der private Schlüssel konnte hier nicht erzeugt werden.
    .why = Der Prozessor dieses Computers ist dafür zu alt.
    .next = Wählen Sie stattdessen einen Clientschlüssel, oder nehmen Sie einen anderen Computer.

making-limit-differs =
    .title = Die Begrenzung ist nicht, wie sie gesetzt wurde
    .happened = Exchange hat die Begrenzung angenommen und liest eine andere zurück.
    .why = Jemand hat sie zur selben Zeit geändert, oder Exchange hat sie noch nicht überall gesehen.
    .next = Setzen Sie die Begrenzung in einer Minute noch einmal; Mailgrant sieht zuerst nach und legt nichts zweimal an.

making-limit-lacks =
    .title = Die Begrenzung enthält { $mailbox } nicht
    .happened = Microsofts eigener Test sagt, dass { $mailbox } nicht innerhalb der Begrenzung liegt.
    .why = Exchange hat die neue Begrenzung noch nicht gesehen.
    .next = Prüfen Sie in einer Minute noch einmal; bleibt es so, wählen Sie das Postfach neu.

making-limit-lacks-of-group =
    .title = Die Begrenzung enthält { $mailbox } nicht
    .happened = Microsofts eigener Test sagt, dass { $mailbox } nicht innerhalb der Begrenzung liegt, die nach der Gruppe { $group } geht.
    .why = Es hat die Gruppe vielleicht verlassen, seit sie gelesen wurde, oder Exchange hat die neue Begrenzung noch nicht gesehen.
    .next = Prüfen Sie in einer Minute noch einmal; bleibt es so, gehen Sie zurück zu den Postfächern und lesen Sie die Gruppe neu.

making-group-gone =
    .title = Die Gruppe { $group } gibt es nicht mehr
    .happened = Exchange hat keine Gruppe mehr, nach der die Begrenzung gehen könnte.
    .why = Jemand hat sie gelöscht.
    .next = Gehen Sie zurück zu den Postfächern und nennen Sie jedes, oder wählen Sie eine andere Gruppe.

making-mailbox-gone =
    .title = { $mailbox } gibt es nicht mehr
    .happened = Exchange findet das Postfach nicht, das als { $mailbox } gewählt wurde.
    .why = Es wurde gelöscht oder verlor seine Lizenz, seit es gewählt wurde; eine neue Adresse allein machte nichts aus, denn ein Postfach ist durch seine ID bekannt.
    .next = Nehmen Sie es aus der Liste der Postfächer, oder lassen Sie es wiederherstellen, und setzen Sie dann die Begrenzung noch einmal.

making-limit-still-there =
    .title = Ein Teil der Begrenzung ist noch da
    .happened = Exchange hat das Entfernen angenommen und führt noch auf, was entfernt wurde.
    .why = Es dauert ungewöhnlich lange, bis es wirkt, oder jemand hat es wieder angelegt.
    .next = Versuchen Sie es in einer Minute noch einmal; Mailgrant sieht zuerst nach und entfernt nur Eigenes.
making-switch-differs =
    .title = Ein Protokoll steht nicht so, wie es geschaltet wurde
    .happened = Exchange hat die Änderung angenommen und zeigt das Protokoll weiterhin wie zuvor.

making-other-full-access =
    .title = Die App hat Vollzugriff auf { $mailbox }
    .happened = { $mailbox } gibt der App Vollzugriff und steht nicht auf der Liste der Postfächer, die sie verwenden darf.
    .why = Die Plattform könnte auch dieses Postfach öffnen, und hier ist nicht bekannt, ob das so gewollt ist.
    .next = Wenn die Plattform dieses Postfach verwendet, setzen Sie es auf die Liste. Lassen Sie sonst der App in Exchange den Vollzugriff darauf entziehen, und versuchen Sie es dann noch einmal.

making-other-role =
    .title = Die App hat eine andere Rolle in Exchange
    .happened = Exchange gibt der App die Rolle { $role } für { $scoped ->
        [yes] die Postfächer von { $scope }
       *[no] jedes Postfach
    }.
    .why = Jemand hat sie außerhalb dieses Assistenten zugewiesen, und Rollen addieren sich.
    .next = Entfernen Sie in Exchange die Rollenzuweisung { $assignment }, und versuchen Sie es dann noch einmal.

making-policy-still-there =
    .title = Die Zugriffsrichtlinie ist noch da
    .happened = Exchange hat das Entfernen der Zugriffsrichtlinie angenommen und führt sie noch auf.
    .why = Es dauert ungewöhnlich lange, bis es wirkt, oder jemand hat sie wieder angelegt.
    .next = Sehen Sie in ein paar Minuten noch einmal nach. Von dieser Verbindung begrenzt sie solange nichts.
making-policy-still-limits =
    .title = Die Zugriffsrichtlinie hat etwas zu begrenzen
    .happened = Die App hat in Entra eine Berechtigung, die von der Zugriffsrichtlinie zurückgehalten wird.
    .why = Jemand hat sie erteilt, seit die alten Berechtigungen entfernt wurden.
    .next = Sehen Sie sich den Nachweis noch einmal an und lassen Sie zuerst diese Berechtigung entfernen. Ohne die Richtlinie würde sie jedes Postfach öffnen.
making-grant-still-there =
    .title = Die Berechtigung ist noch da
    .happened = Microsoft hat das Entfernen von { $permission } auf { $resource } angenommen und führt sie noch auf.
    .why = Es dauert ungewöhnlich lange, bis es wirkt, oder jemand hat sie wieder erteilt.
    .next = Sehen Sie in einer Minute noch einmal nach; bleibt sie, entfernen Sie sie in Entra unter den Berechtigungen der App.

making-not-customised =
    .title = Exchange muss einmal vorbereitet werden
    .happened = Exchange hat es abgelehnt, eine Begrenzung anzulegen.
    .why = Eine neue Organisation nimmt eigene Begrenzungen erst an, nachdem sie einmal dafür vorbereitet wurde.
    .next = Lassen Sie einen Exchange-Administrator in Exchange Online PowerShell Enable-OrganizationCustomization ausführen, warten Sie eine Stunde, und versuchen Sie es dann noch einmal.

making-name-taken =
    .title = Eine andere App hat den Namen dieser Verbindung
    .happened = Es gibt eine App mit dem eindeutigen Namen dieser Verbindung, die ihr Kennzeichen nicht trägt.
    .why = Jemand hat die Kennzeichen der App geändert oder von Hand eine App dieses Namens angelegt.
    .next = Vergleichen Sie die App in Entra, auch unter den gelöschten; geben Sie ihr das Kennzeichen zurück, oder beginnen Sie eine neue Verbindung.

making-app-open =
    .title = Die App ist für andere Organisationen offen
    .happened = Die App dieser Verbindung nimmt auch Konten anderer Organisationen an.
    .why = Jemand hat in Entra ihre „Unterstützten Kontotypen“ geändert.
    .next = Stellen Sie sie in Entra unter App-Registrierungen, diese App, Authentifizierung, auf nur diese Organisation zurück, und versuchen Sie es dann noch einmal.

making-restored-unseen =
    .title = Die wiederhergestellte App wird noch nicht gezeigt
    .happened = Microsoft hat die App aus den gelöschten zurückgeholt und zeigt sie noch nicht.
    .why = Das dauert einige Sekunden, und heute dauert es ungewöhnlich lange.
    .next = Versuchen Sie es in einer Minute noch einmal.

making-secret-other-end =
    .title = Der Clientschlüssel würde zu einer anderen Zeit ablaufen
    .happened = Mailgrant hat einen Clientschlüssel bis { $asked } verlangt, und Microsoft hat einen bis { $given } gegeben.
    .why = Eine Richtlinie Ihrer Organisation hat seine Gültigkeit gekürzt, oder etwas auf dem Weg hat die Anforderung verändert.
    .next = Wählen Sie eine andere Gültigkeit, und versuchen Sie es dann noch einmal.

making-secret-gone =
    .title = Der Clientschlüssel ist nicht mehr im Schlüsselbund
    .happened = Der Schlüsselbund dieses Computers enthält den Clientschlüssel der App nicht mehr.
    .why = Er wurde dort entfernt, oder dies ist ein anderer Benutzer oder Computer als der, an dem er erstellt wurde.
    .next = Gehen Sie zum Clientschlüssel, entfernen Sie ihn, und erstellen Sie einen anderen; sonst muss nichts wiederholt werden.

making-forgetful-keychain =
    .title = Der Schlüsselbund behält nicht, was er bekommt
    .happened = Mailgrant hat im Schlüsselbund dieses Computers einen Eintrag gespeichert und etwas anderes zurückgelesen.
    .why = Der Schlüsselbund ist beschädigt, oder ein anderes Programm hat ihn ersetzt.
    .next = Reparieren Sie den Schlüsselbund dieses Computers, oder setzen Sie ihn zurück, und versuchen Sie es dann noch einmal.

making-entry-not-ours =
    .title = Exchange führt unter dieser ID eine andere App
    .happened = Der Eintrag dieser App in Exchange trägt eine andere Client-ID als die, die hier angelegt wurde.
    .why = Jemand hat ihn von Hand angelegt oder geändert, oder er gehört zu einer anderen Verbindung.
    .next = Vergleichen Sie ihn in Exchange; lassen Sie ihn dort umbenennen oder entfernen, oder beginnen Sie eine neue Verbindung.

making-scope-not-ours =
    .title = Eine Begrenzung dieses Namens gibt es schon
    .happened = Exchange hat einen Bereich namens „{ $name }“, den diese Verbindung nicht angelegt hat.
    .why = Jemand hat ihn von Hand angelegt oder geändert, oder er gehört zu einer anderen Verbindung.
    .next = Vergleichen Sie ihn in Exchange; lassen Sie ihn dort umbenennen oder entfernen, oder beginnen Sie eine neue Verbindung.

making-scope-shared =
    .title = Eine andere App verwendet diese Begrenzung
    .happened = Die Rollenzuweisung „{ $with }“ gibt einer anderen App eine Rolle in demselben Bereich.
    .why = Jemand hat sie von Hand angelegt oder geändert, oder sie gehört zu einer anderen Verbindung.
    .next = Vergleichen Sie sie in Exchange; lassen Sie sie dort umbenennen oder entfernen, oder beginnen Sie eine neue Verbindung.
making-app-unchanged-still =
    .title = Die Änderung der App wird noch nicht gezeigt
    .happened = Microsoft hat die Änderung der App-Registrierung angenommen und zeigt sie noch nicht.
    .why = Das dauert einige Sekunden, und heute dauert es ungewöhnlich lange.
    .next = Versuchen Sie es in einer Minute noch einmal.

making-full-access-in-the-way =
    .title = Die App wird noch nicht eingelassen
    .happened = Die App hat Vollzugriff auf ein Postfach, das nicht mehr auf der Liste steht; daher wurde nichts erteilt.
    .why = Mit der Berechtigung würde die Plattform dieses Postfach wieder öffnen.
    .next = Jemand muss sich anmelden, der die Begrenzung in Exchange ändern darf; versuchen Sie es dann noch einmal.
