# Eine Verbindung, die anhand ihres Protokolls noch einmal geprüft wird: auf der Befehlszeile und in der Datei, die sie schreibt.

check-heading = { $platform }, { $organisation }
check-with-own-key = Protokolliert { $recorded }, geprüft { $at } mit dem eigenen Schlüssel der App
check-signed-in = Protokolliert { $recorded }, geprüft { $at } mit der Anmeldung einer Administratorin oder eines Administrators
check-as-recorded = Wie protokolliert: Nichts von dem, was angesehen wurde, hat sich geändert.
check-differs = { $count ->
    [one] Nicht wie protokolliert: { $count } Punkt braucht Sie.
   *[other] Nicht wie protokolliert: { $count } Punkte brauchen Sie.
}
check-not-checked = Nicht geprüft: Etwas ließ sich nicht feststellen, also wird nichts darüber gesagt.
check-answered = Postfächer, die antworten müssen: { $n } von { $of } taten es.
check-were-refused = Postfächer, die die App abweisen müssen: { $n } von { $of } taten es.
check-ends = { $days ->
    [one] Der Clientschlüssel läuft am { $day } ab, in { $days } Tag.
   *[other] Der Clientschlüssel läuft am { $day } ab, in { $days } Tagen.
}
check-ended = Der Clientschlüssel lief am { $day } ab.
check-unseen = Nicht angesehen und darum unbekannt:
check-open-browser = Melden Sie sich in Ihrem Browser an. Falls sich keiner öffnet, gehen Sie zu dieser Adresse: { $address }
check-title = Prüfung: { $platform } und { $organisation }
check-kind = Erneute Prüfung einer Verbindung
check-footer = Erstellt von { $generator } am { $at }. Diese Seite enthält keinen geheimen Schlüssel. Alle Zeiten sind UTC.
check-saved = Gespeichert: { $files }
check-problem = Nicht geprüft
check-quote = Für den Support: { $ids }

# Was gefunden wird. Der Titel sagt es, der Text, was es bedeutet und was zu tun ist.
check-reached =
    .title = Zu weit: Die App erreicht { $mailbox } mit { $permissions }
    .text = Als die Verbindung protokolliert wurde, wurde sie dort abgewiesen. Jemand hat der App mehr gegeben oder ihre Begrenzung erweitert. Eine Anmeldung zeigt den Weg: --sign-in, oder in Mailgrant.
check-refused =
    .title = Die App erreicht { $mailbox } mit { $permissions } nicht mehr
    .text = Als die Verbindung protokolliert wurde, antwortete es. Jemand hat die Begrenzung verengt oder eine Rolle weggenommen. Eine Anmeldung zeigt, was anders ist: --sign-in, oder in Mailgrant.
check-mailbox-gone =
    .title = Das Postfach { $mailbox } gibt es nicht mehr
    .text = Microsoft findet kein Postfach mit dieser ID, also kann die Plattform es nicht verwenden. Lassen Sie es wiederherstellen, oder nehmen Sie es in Mailgrant von der Liste der Verbindung.
check-control-gone =
    .title = { $mailbox } gibt es nicht mehr
    .text = Es war eines der Postfächer, die die App abweisen müssen, und andere tun es noch. Nennen Sie ein anderes an seiner Stelle, wenn Sie die Verbindung das nächste Mal öffnen.
check-proved-nothing =
    .title = { $mailbox } gab keine Antwort, die etwas sagt
    .text = { $why }. Keine Antwort ist keine Abweisung, darum zählt sie nicht als eine. Prüfen Sie später noch einmal.
check-permission-unknown =
    .title = { $permission } wurde nicht versucht
    .text = Das Protokoll nennt diese Berechtigung, und diese Version von Mailgrant kennt sie nicht; darum wird nichts über sie gesagt. Prüfen Sie mit der Version, von der das Protokoll stammt, oder einer neueren.
check-waiting =
    .title = Microsoft wendet eine Änderung noch an
    .text = Prüfen Sie { $at } noch einmal; früher zu fragen macht es langsamer.
check-secret-ended =
    .title = Der Clientschlüssel lief am { $day } ab
    .text = Die Plattform kann sich damit nicht mehr anmelden. Erneuern Sie ihn in Mailgrant und übergeben Sie die neue Datei.
check-secret-ends-soon =
    .title = { $days ->
        [one] Der Clientschlüssel läuft am { $day } ab, in { $days } Tag
       *[other] Der Clientschlüssel läuft am { $day } ab, in { $days } Tagen
    }
    .text = Danach kann sich die Plattform nicht mehr anmelden. Erneuern Sie ihn in Mailgrant und übergeben Sie die neue Datei.
check-not-proven =
    .title = Die Prüfung ergab keinen Nachweis
    .text = Öffnen Sie die Verbindung in Mailgrant und führen Sie die Prüfungen aus: Die Seite des Nachweises zeigt jede davon.
check-newer-secret =
    .title = Dieses Protokoll gehört zu einem älteren Clientschlüssel
    .text = Dieser Computer hat einen anderen Clientschlüssel für die Verbindung. Sobald die Plattform jenen verwendet, prüfen Sie anhand des Protokolls, das mit ihm exportiert wurde.
check-other-mailboxes =
    .title = Dieses Protokoll nennt andere Postfächer, als die Verbindung hat
    .text = Die Liste wurde in Mailgrant geändert, nachdem das Protokoll entstand. Prüfen Sie anhand des Protokolls, das danach exportiert wurde.

# Wovon gesagt wird, dass es nicht angesehen wurde.
check-unseen-grants = Was Entra der App erlaubt: Das kann nur eine Administratorin oder ein Administrator lesen.
check-unseen-limit = Was die Begrenzung in Exchange neben diesen Postfächern enthält.
check-unseen-roles = Die Rollen der App in Exchange und im Verzeichnis und ihre Berechtigungen an einzelnen Postfächern.
check-unseen-credentials = Andere Clientschlüssel und Zertifikate der App, ihre Besitzer und wohin ihre Anmeldungen gehen.
check-unseen-others = Jedes Postfach, das das Protokoll nicht nennt.
check-unseen-others-signed-in = Postfächer, die niemand genannt hat, wurden nicht mit einem Aufruf versucht; dass die Begrenzung sie nicht enthält, sagt Exchange.

# Warum sich nicht prüfen ließ.
check-no-secret =
    .title = Der Clientschlüssel ist nicht in diesem Schlüsselbund
    .happened = Ihr Schlüsselbund auf diesem Computer enthält keinen geheimen Clientschlüssel mit der ID { $key } für diese Verbindung.
    .why = Ein Clientschlüssel bleibt bei der Person und auf dem Computer, wo er entstand, sofern er dort nicht entfernt wurde.
    .next = Führen Sie die Prüfung dort und als diese Person aus; auch ein geplanter Task muss unter ihrem Konto laufen.
check-replaced =
    .title = Dieses Protokoll gehört zu einem ersetzten Clientschlüssel
    .happened = Das Protokoll nennt den Clientschlüssel mit der ID { $key }, und dieser Computer hat einen anderen für die Verbindung.
    .why = Beim Erneuern entstanden ein neuer Clientschlüssel und ein neues Protokoll; der alte ist nicht mehr im Schlüsselbund.
    .next = Prüfen Sie anhand des Protokolls, das mit dem neuen Clientschlüssel exportiert wurde.
check-not-here =
    .title = Dieser Computer kennt die Verbindung nicht
    .happened = Unter Ihren Verbindungen auf diesem Computer gibt es keine Aufzeichnungen zu dieser.
    .why = Eine Prüfung mit Anmeldung geht nach den Aufzeichnungen der Verbindung, und die bleiben bei der Person und auf dem Computer, wo sie entstand.
    .next = Führen Sie die Prüfung dort und als diese Person aus.
check-unfinished =
    .title = Diese Verbindung ist nicht fertig
    .happened = An dieser Verbindung wird gerade etwas erstellt, oder sie wurde zurückgenommen.
    .why = Die Prüfung geht nach einer App, einem Clientschlüssel und einer Begrenzung, die alle da sind, und eines davon fehlt gerade.
    .next = Schließen Sie es in Mailgrant ab; bis dahin prüfen Sie ohne --sign-in.
check-may-not-look =
    .title = Wer angemeldet ist, darf nicht alles lesen
    .happened = Die Anmeldung gibt nicht das Recht, die App in Entra und ihre Begrenzung in Exchange zu lesen.
    .why = Beides entscheidet, was die App erreicht; die Hälfte davon würde nichts beweisen.
    .next = Melden Sie sich als jemand an, der Exchange-Administrator ist und App-Registrierungen lesen darf.
check-nobody-came =
    .title = Niemand hat sich angemeldet
    .happened = Die Anmeldung wurde im Browser abgebrochen.
    .why = Jemand hat auf der Seite von Microsoft „Abbrechen“ gedrückt.
    .next = Führen Sie die Prüfung noch einmal aus und melden Sie sich an.
