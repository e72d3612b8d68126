# Die Probleme, auf die jeder Schritt bei der Verbindung selbst stoßen kann.

wizard-undo-not-yet =
    .title = Zuerst muss etwas anderes zurückgenommen werden
    .happened = Mailgrant hat nicht zurückgenommen, was der Schritt { $step } angelegt hat.
    .why = Etwas, das ein späterer Schritt angelegt hat, hängt davon ab, oder es ist schon zurückgenommen.
    .next = Nehmen Sie zuerst im Plan die Begrenzung und den Clientschlüssel zurück, dann dies.

wizard-journal-newer =
    .title = Diese Verbindung lässt sich nur ansehen
    .happened = An dieser Verbindung wurde mit einer neueren Version von Mailgrant gearbeitet.
    .why = Ihre Aufzeichnungen enthalten etwas, das diese Version nicht kennt; ohne es zu handeln, könnte die Arbeit der neueren Version zunichtemachen.
    .next = Öffnen Sie die Verbindung mit der neueren Version; hier lässt sie sich ansehen.
wizard-journal-unsigned =
    .title = { wizard-journal-newer.title }
    .happened = Die Aufzeichnungen dieser Verbindung tragen keine Signatur; vielleicht hat eine frühe Version von Mailgrant sie geschrieben.
    .why = Ohne die Signatur dieses Computers zeigt nichts, dass sie stimmen.
    .next = Sehen Sie an, was sie sagen; um etwas zu ändern, machen Sie es in Microsoft 365 von Hand rückgängig und beginnen eine neue Verbindung.
wizard-journal-foreign =
    .title = { wizard-journal-newer.title }
    .happened = Die Aufzeichnungen dieser Verbindung wurden nicht von Ihnen auf diesem Computer geschrieben.
    .why = Sie stammen von einem anderen Computer oder einem anderen Benutzer, oder der Schlüsselbund dieses Computers wurde zurückgesetzt.
    .next = Öffnen Sie die Verbindung dort, wo sie angelegt wurde; hier lässt sie sich ansehen.
wizard-journal-edited =
    .title = { wizard-journal-newer.title }
    .happened = Die Aufzeichnungen dieser Verbindung wurden von etwas anderem als Mailgrant geändert.
    .why = Eine Zeile darin trägt nicht die Signatur dieses Computers, daher kann falsch sein, was sie sagen.
    .next = Stellen Sie die Datei aus einer Sicherung wieder her; bis dahin lässt sich die Verbindung ansehen.
wizard-nothing-changed-anywhere = Nichts wurde geändert, weder hier noch in Ihrer Organisation.

wizard-clock-wrong =
    .title = Die Uhr dieses Computers geht falsch
    .happened = Dieser Computer sagt { $ours }, und Microsoft sagt { $theirs }.
    .why = Beide weichen um mehr als 5 Minuten voneinander ab; ein Clientschlüssel liefe also zu einer anderen Zeit ab als angezeigt, und Anmeldungen würden abgelehnt.
    .next = Stellen Sie Datum, Uhrzeit und Zeitzone dieses Computers richtig, und versuchen Sie es dann erneut.
wizard-not-sent = Die nächste Änderung wurde nicht gesendet; was davor angelegt wurde, bleibt.

wizard-signed-out =
    .title = Neu anmelden, um weiterzugehen
    .happened = In diesem Fenster ist niemand bei Microsoft angemeldet.
    .why = Eine Anmeldung wird auf diesem Computer nie aufbewahrt, daher endet sie mit dem Fenster.
    .next = Melden Sie sich neu an; Sie kommen zu diesem Schritt zurück.

wizard-fault =
    .title = Mailgrant hat einen Fehler
    .happened = Ein Schritt wurde verlangt, bevor da war, was er braucht.
    .why = Das ist ein Fehler in Mailgrant, nicht in Ihrer Organisation.
    .next = Schließen Sie das Fenster, und öffnen Sie die Verbindung neu; wenn es wiederkommt, melden Sie es mit den Details.
wizard-fault-half-way =
    .title = { wizard-fault.title }
    .happened = Etwas in Mailgrant ist mitten in dem stehen geblieben, was Sie verlangt haben.
    .why = { wizard-fault.why } Was zuvor getan wurde, bleibt.
    .next = Gehen Sie zurück zu Ihren Verbindungen, und öffnen Sie diese neu; sie sieht nach, was da ist, bevor sie weitermacht.
wizard-fault-no-connection =
    .title = { wizard-fault.title }
    .happened = Ein Schritt wurde verlangt, und keine Verbindung ist offen.
    .why = { wizard-fault.why }
    .next = Gehen Sie zurück zu Ihren Verbindungen, und öffnen Sie diese neu.
wizard-no-words-drawn =
    .title = Es wurden keine Wörter gezogen
    .happened = Das Betriebssystem gab keine Zufallszahlen, daher wurde keine Passphrase gezogen.
    .why = Das ist ein Fehler des Computers, nicht Ihrer Organisation.
    .next = Geben Sie eine eigene Passphrase ein, oder starten Sie den Computer neu und versuchen Sie es erneut.
wizard-practice-not-started =
    .title = Die Übungsorganisation ist nicht gestartet
    .happened = Mailgrant konnte die Übungsorganisation auf diesem Computer nicht starten.
    .why = Ein Port auf diesem Computer ließ sich nicht öffnen, oder ihr gespeicherter Zustand lässt sich nicht lesen.
    .next = Versuchen Sie es erneut; wenn es wiederkommt, starten Sie den Computer neu.

# Der Ordner mit den Verbindungen.
wizard-already-open =
    .title = Mailgrant ist schon offen
    .happened = Ein anderes Fenster von Mailgrant arbeitet mit denselben Verbindungen.
    .why = Zwei Fenster zugleich könnten denselben Schritt zweimal tun.
    .next = Machen Sie im anderen Fenster weiter, oder schließen Sie es und starten Sie neu.
wizard-notes-unreadable =
    .title = Die Aufzeichnungen dieser Verbindung sind nicht lesbar
    .happened = Die Aufzeichnungen dieser Verbindung sind beschädigt: { $reason }.
    .why = Die Datei wurde von etwas anderem als Mailgrant geändert, oder der Datenträger hat einen Fehler.
    .next = Stellen Sie die Datei aus einer Sicherung wieder her, oder nehmen Sie die Verbindung von der Liste und beginnen neu; die angelegte App findet Mailgrant nur aus diesen Aufzeichnungen an ihrem Kennzeichen.
# Was in diesem Satz steht.
wizard-notes-no-file = an der Stelle des Journals liegt eine Verknüpfung oder ein Gerät
wizard-notes-broken = Zeile { $line } des Journals wurde geändert oder folgt nicht aus der Zeile davor
wizard-notes-no-record = Zeile { $line } des Journals ist kein Eintrag: { $reason }
wizard-notes-empty = das Journal ist leer
wizard-notes-too-large = das Journal ist größer als { $most } MiB
