# Die Probleme, auf die ein Schritt stoßen kann: Überschrift, was geschehen ist, warum, und was zu tun ist. Wo eines nicht
# sagt, was geschehen ist, steht dafür ein Satz aus doing.ftl.

problems-unreachable =
    .title = Microsoft ist nicht erreichbar
    .why = Zu Microsofts Servern besteht keine Verbindung, oder eine Firewall sperrt sie.
    .next = Prüfen Sie das Netz, und versuchen Sie es dann erneut.
problems-no-answer =
    .title = Microsofts Antwort ging verloren
    .why = Die Verbindung brach ab, nachdem die Anforderung gesendet war; sie kann gewirkt haben oder nicht.
    .next = Versuchen Sie es erneut: Mailgrant sieht zuerst nach und legt nichts zweimal an.
problems-untrusted =
    .title = Der Verbindung zu Microsoft wird nicht vertraut
    .why = Etwas zwischen diesem Computer und Microsoft zeigt ein Zertifikat, dem dieser Computer nicht vertraut.
    .next = Fragen Sie, wer das Netz betreibt, ob ein Proxy den Datenverkehr prüft, und lassen Sie sein Zertifikat auf diesem Computer installieren.
problems-throttled =
    .title = Microsoft nimmt gerade keine weiteren Anforderungen an
    .why = In kurzer Zeit kamen zu viele Anforderungen beim Verzeichnis Ihrer Organisation an, von diesem oder einem anderen Programm.
    .next = Warten Sie bis zur genannten Zeit, und versuchen Sie es dann erneut.
problems-unexpected =
    .title = Die Antwort war nicht von Microsoft
    .why = Etwas anderes hat an Microsofts Stelle geantwortet, etwa die Anmeldeseite eines Gastnetzes, oder Microsoft hat seine Schnittstelle geändert.
    .next = Öffnen Sie irgendeine Webseite, um zu sehen, ob das Netz eine Anmeldung verlangt, und versuchen Sie es dann erneut.
problems-fault =
    .title = Microsoft hat eine Störung
    .why = Microsofts Server haben mit einem eigenen Fehler geantwortet.
    .next = Warten Sie ein paar Minuten, und versuchen Sie es dann erneut: Mailgrant sieht zuerst nach und legt nichts zweimal an.

# Die eigene App der Verbindung.
problems-app-gone =
    .title = Die App ist aus Ihrer Organisation verschwunden
    .why = Jemand hat die App-Registrierung dieser Verbindung gelöscht; Microsoft bewahrt eine gelöschte 30 Tage lang auf.
    .next = Gehen Sie zur App: Mailgrant stellt sie wieder her, wo das noch geht, oder legt sie neu an.
problems-app-disabled =
    .title = Die App ist ausgeschaltet
    .why = Jemand hat ihre Unternehmensanwendung deaktiviert, daher nimmt Microsoft keinen ihrer Schlüssel an.
    .next = Lassen Sie sie in Entra unter Unternehmensanwendungen, Eigenschaften, „Aktiviert für die Benutzeranmeldung“ einschalten, und versuchen Sie es dann erneut.
problems-app-lets-nobody-in = Microsoft lässt bei der App, die diese Verbindung angelegt hat, niemanden sich anmelden, auch die App selbst nicht.
problems-app-not-taken =
    .title = Microsoft nimmt die Anmeldung der App nicht an
    .why = Die App oder ihr Clientschlüssel wurde gerade eben geändert, oder die App wurde inzwischen entfernt.
    .next = Versuchen Sie es in einer Minute erneut; wenn es wiederkommt, erstellen Sie einen neuen Clientschlüssel.
problems-app-refused =
    .title = Microsoft hat die App abgewiesen
    .why = Microsoft hat den eigenen Schlüssel der App abgewiesen; seine Worte stehen in den Details.
    .next = Lesen Sie die Details, berichtigen Sie in Entra, was sie nennen, und versuchen Sie es dann erneut.
problems-app-not-ours =
    .title = Dies ist nicht die eigene App der Verbindung
    .happened = Die App, die in den Aufzeichnungen dieser Verbindung steht, trägt in Ihrer Organisation nicht deren eindeutigen Namen, Kennzeichen und IDs.
    .why = Jemand hat ihre Kennzeichen in Entra geändert, oder die Aufzeichnungen auf diesem Computer gehören nicht zu dieser App.
    .next = Vergleichen Sie die App in Entra mit dieser Verbindung; wenn es die richtige ist, geben Sie ihr dort ihr Kennzeichen zurück, sonst nehmen Sie die Verbindung von der Liste.
problems-secret-not-ours = Der Clientschlüssel, der in den Aufzeichnungen dieser Verbindung steht, trägt in Ihrer Organisation nicht deren Kennzeichen.
problems-app-unchanged = Mailgrant hat an dieser App nichts geändert.

# Was der Anmeldung des Administrators verweigert wurde.
problems-secret-forbidden =
    .title = Ihre Organisation erlaubt keine geheimen Clientschlüssel
    .happened = Microsoft hat es abgelehnt, einen Clientschlüssel für die App zu erstellen.
    .why = Die Richtlinie Ihrer Organisation für Anmeldeinformationen verbietet Clientschlüssel bei Apps wie dieser.
    .next = Bitten Sie um eine Ausnahme für genau diese App, und versuchen Sie es dann erneut.
problems-secret-too-long =
    .title = Ihre Organisation verlangt kürzer gültige Clientschlüssel
    .happened = Microsoft hat es abgelehnt, einen so lange gültigen Clientschlüssel zu erstellen.
    .why = Die Richtlinie Ihrer Organisation für Anmeldeinformationen erlaubt nur eine kürzere Gültigkeit.
    .next = Melden Sie sich neu an, damit Mailgrant die Richtlinie neu liest, und wählen Sie dann eine der Gültigkeiten, die sie erlaubt.
problems-secret-too-many =
    .title = Die App hat zu viele Clientschlüssel
    .happened = Microsoft hat es abgelehnt, noch einen Clientschlüssel zu erstellen.
    .why = Eine App kann nur eine bestimmte Zahl davon haben, und diese ist voll: einige sind vielleicht längst abgelaufen.
    .next = Öffnen Sie in Entra die Seite Zertifikate und Geheimnisse der App, und entfernen Sie die Clientschlüssel, die nichts verwendet; versuchen Sie es dann erneut. Der Clientschlüssel, den die Plattform verwendet, bleibt.
problems-sign-in-ended =
    .title = Ihre Anmeldung ist abgelaufen
    .why = Microsoft nimmt die Anmeldung nicht mehr an, weil sie nach etwa einer Stunde ablief oder widerrufen wurde.
    .next = Melden Sie sich neu an; Sie kommen zu diesem Schritt zurück.
problems-exchange-refused =
    .title = Exchange lässt diese Anmeldung das nicht tun
    .why = Exchange hat geantwortet, dass diese Anmeldung den Befehl nicht ausführen darf: Die Rolle fehlt, ist nicht aktiviert oder so neu, dass Exchange sie noch nicht kennt.
    .next = Bitten Sie um die Rolle, oder aktivieren Sie sie, und melden Sie sich dann neu an.
problems-role-missing =
    .title = Ihre Anmeldung darf das nicht
    .why = Microsoft hat geantwortet, dass dieser Anmeldung das Recht fehlt.
    .next = Bitten Sie um die Rolle, oder aktivieren Sie sie, und melden Sie sich dann neu an.
problems-exchange-rejected =
    .title = Exchange hat das nicht angenommen
    .why = Exchange hat den Befehl abgelehnt; seine Worte stehen in den Details.
    .next = Lesen Sie die Details, berichtigen Sie in Exchange, was sie nennen, und versuchen Sie es dann erneut.
problems-not-accepted =
    .title = Microsoft hat das nicht angenommen
    .why = Microsoft hat die Anforderung abgelehnt; seine Worte stehen in den Details.
    .next = Lesen Sie die Details, berichtigen Sie in Entra, was sie nennen, und versuchen Sie es dann erneut.
# Eine Nachricht an jemanden, der die Rolle geben kann. „task“ stammt aus doing.ftl.
problems-request = Guten Tag, ich verbinde eine Mailplattform mit Microsoft 365, mit Mailgrant. Dafür muss ich { $task }. Das braucht die Rolle „{ $role }“, die meine Anmeldung nicht hat oder nicht aktiviert hat. Könnte { $granters } sie mir für heute geben, oder könnte jemand, der sie hat, diesen Schritt mit mir erledigen?

# Was entfernt werden sollte und immer noch zu sehen ist.
problems-removal-unseen =
    .title = Es ist nicht zu sehen, dass es weg ist
    .why = Microsoft braucht ungewöhnlich lange, oder etwas auf dem Weg hat an seiner Stelle geantwortet.
    .next = Warten Sie eine Minute, und versuchen Sie es dann erneut: Mailgrant sieht zuerst nach und zählt nichts als entfernt, das es noch liest.
problems-app-still-seen = Mailgrant hat das Löschen der App-Registrierung verlangt und liest sie immer noch.
problems-app-still-exists = Soweit Mailgrant lesen kann, besteht die App-Registrierung noch.
problems-secret-still-seen = Mailgrant hat das Entfernen des Clientschlüssels verlangt und liest ihn immer noch.
problems-secret-still-exists = Soweit Mailgrant lesen kann, besteht der Clientschlüssel noch.

# Der Schlüsselbund.
problems-keychain-locked =
    .title = Der Schlüsselbund ist gesperrt
    .happened = Mailgrant konnte den Schlüsselbund dieses Computers nicht verwenden.
    .why = Der Schlüsselbund ist gesperrt, und der Clientschlüssel wird nirgends sonst aufbewahrt.
    .next = Entsperren Sie den Schlüsselbund, und versuchen Sie es dann erneut.
problems-keychain-silent =
    .title = Der Schlüsselbund antwortet nicht
    .happened = Mailgrant hat 5 Sekunden auf den Schlüsselbund dieses Computers gewartet.
    .why = Vielleicht fragt er Sie etwas in einem anderen Fenster, oder er hängt.
    .next = Suchen Sie seine Frage, beantworten Sie sie, und versuchen Sie es dann erneut.
problems-keychain-missing =
    .title = Dieser Computer hat keinen Schlüsselbund
    .happened = Mailgrant hat keinen Schlüsselbund gefunden, der den Clientschlüssel aufbewahren kann.
    .why = Der Schlüsselbunddienst läuft für diese Anmeldung am Computer nicht, und in eine offene Datei wird der Clientschlüssel nie geschrieben.
    .next = Starten Sie den Schlüsselbunddienst (unter Linux gnome-keyring oder KWallet), und versuchen Sie es dann erneut.
problems-keychain-refused =
    .title = Der Schlüsselbund hat abgelehnt
    .happened = Mailgrant konnte den Schlüsselbund dieses Computers nicht verwenden.
    .why = Der Schlüsselbund hat mit einem eigenen Fehler geantwortet; er steht in den Details.
    .next = Starten Sie den Schlüsselbunddienst oder den Computer neu, und versuchen Sie es dann erneut.

# Dateien.
problems-not-written =
    .title = Die Datei ließ sich nicht speichern
    .happened = Mailgrant konnte nicht in { $place } schreiben.
    .why = Das System hat es abgelehnt, dort zu schreiben.
    .next = Wählen Sie einen anderen Ordner, oder starten Sie den Computer neu, und versuchen Sie es dann erneut.
problems-disk-full =
    .title = { problems-not-written.title }
    .happened = { problems-not-written.happened }
    .why = Der Datenträger ist voll.
    .next = Schaffen Sie Platz, und versuchen Sie es dann erneut.
problems-may-not-write =
    .title = { problems-not-written.title }
    .happened = { problems-not-written.happened }
    .why = Dieses Konto darf dort nicht schreiben.
    .next = Wählen Sie einen anderen Ordner, oder bitten Sie um Zugriff, und versuchen Sie es dann erneut.
problems-no-such-folder =
    .title = { problems-not-written.title }
    .happened = { problems-not-written.happened }
    .why = Den Ordner gibt es nicht.
    .next = Wählen Sie einen anderen Ordner, und versuchen Sie es dann erneut.
problems-nothing-half-written = Nichts halb Geschriebenes ist zurückgeblieben.

# Was jetzt besteht.
problems-nothing-changed = Nichts wurde geändert.
problems-nothing-made-or-changed = Nichts wurde angelegt oder geändert.
problems-limit-was-set = Die Begrenzung wurde in Exchange gesetzt.
