# Antworten prüfen, Datei versiegeln, übergeben.

export-heading = Prüfen Sie die Antworten, dann versiegeln Sie die Datei
export-sign-in = Zum Versiegeln anmelden
export-seal = Datei versiegeln und speichern
export-another-folder = Anderen Ordner wählen
export-back-to-proof = Zurück zum Nachweis
export-some-platform = die Plattform

export-only-platform = Nur { $platform }
export-practice-key = Versiegelt für den öffentlichen Schlüssel { $key } der Übungsplattform
export-its-key = Versiegelt für ihren öffentlichen Schlüssel { $key }
export-given-key = Wer den privaten Schlüssel zu einem öffentlichen hat, den ich erhalten habe
export-given-key-detail = Ein öffentlicher Schlüssel, der mit age1 beginnt, vom Betreiber der Plattform selbst
export-passphrase = Jeder mit einer Passphrase
export-passphrase-detail = Sie teilen sie auf einem anderen Weg mit, etwa am Telefon, nie zusammen mit der Datei
export-passphrase-hint = Mindestens 12 Zeichen, die niemand errät: keine Namen von Ihnen oder der Plattform, keine Daten, nichts, das sich wiederholt oder zählt. Am besten sind fünf oder sechs Wörter, die nicht zusammengehören.
export-drawn-hint = Schreiben Sie diese sechs Wörter auf oder sagen Sie sie dem Betreiber der Plattform am Telefon: kleine Buchstaben, ein Leerzeichen zwischen zwei Wörtern. Sie sind zu sehen, bis die Datei versiegelt ist, danach nie wieder.
export-draw = Sechs Wörter für mich ziehen
export-draw-others = Sechs andere ziehen
export-type-own = Eigene eingeben
export-practice = Dies ist eine Übung
export-practice-text = Das steht auch in der Datei, und die Plattform nimmt sie nicht an.

export-lacks-folder = Nennen Sie den Ordner, in dem die Dateien gespeichert werden
export-lacks-opener = Wählen Sie, wer die Datei öffnen kann
export-lacks-comparison = Vergleichen Sie die sechs Wörter mit dem Betreiber der Plattform und setzen Sie dann diesen Haken
export-passphrases-differ = Die beiden Passphrasen sind verschieden; geben Sie beide neu ein

export-fact-platform = Plattform
export-reached = { $platform }, { $by }
export-fact-organisation = Organisation
export-fact-app = App
export-fact-access = Zugriff
export-fact-mailboxes = Postfächer
export-change = Ändern
export-change-mailboxes = Postfächer ändern
export-fact-secret-ends = Clientschlüssel bis
export-fact-proved = Nachgewiesen { $when }
export-all-work = { $count ->
    [one] 1 von 1 funktioniert
   *[other] { $count } von { $count } funktionieren
}
export-all-refused = { $gone ->
    [0] { $count } von { $all } anderen verweigert
    [one] { $count } von { $all } anderen verweigert; 1 gibt es nicht mehr
   *[other] { $count } von { $all } anderen verweigert; { $gone } gibt es nicht mehr
}

export-reading = Die Organisation wird vor dem Versiegeln noch einmal gelesen
export-stopped = Angehalten. Es wurde keine Datei angelegt, und nichts ist nachgewiesen, bis die Prüfungen bis zum Ende laufen.
export-sealing = Wird versiegelt und gespeichert
export-disk = den Datenträger, bis die Dateien geschrieben sind

export-was-given = { $platform } hat am { $day } Zugriff auf { $mailboxes } erhalten
export-can-use-group = { $platform } kann { $mailboxes } aus { $group } verwenden, und wer dazukommt
export-can-use = { $platform } kann { $mailboxes } verwenden, und keine anderen
export-saved-in = Gespeichert in { $folder }.
export-said-saved = Die Dateien sind gespeichert.
export-no-file = Niemand, denn es braucht keine neue Datei
export-no-file-detail = { $platform } hat diesen Clientschlüssel schon. Was sich geändert hat, etwa die Postfächer, steht im Protokoll und auf der nächsten Seite.
export-save-record = Protokoll speichern
export-keeps-what-it-has = Es ist keine Datei zu übergeben: { $platform } behält seinen Clientschlüssel. Geben Sie ihm die Postfächer unten, wo sie sich geändert haben.
export-show-folder = Ordner anzeigen
export-back = Zurück zu Ihren Verbindungen
export-was-practice = Dies war eine Übung
export-was-practice-text = In Microsoft 365 wurde nichts geändert. In der Datei steht, dass sie eine Übung ist.

export-sealed-file = Versiegelte Verbindungsdatei
export-sealed-for = Für die Plattform, versiegelt { $how }.
export-record = Protokoll
export-record-for = Für Ihre Akten: was angelegt und nachgewiesen wurde, ohne geheimen Schlüssel. Es lässt sich gut drucken.
export-record-json = Protokoll für Maschinen
export-record-json-for = Dasselbe als JSON.
export-reminder = Erinnerung
export-reminder-for = Öffnen Sie sie, um das Ablaufen des Clientschlüssels in Ihren Kalender zu übernehmen.
export-look-up = Wo ein Schritt nicht klar ist, schlagen Sie ihn nach in { $place }: { $address }
export-secret-ends-then = Der Clientschlüssel läuft am { $day } ab. { $how }

export-copy = Kopieren
export-copy-this = { $label } kopieren
export-copy-of = { $label } von { $mailbox } kopieren
export-in-the-file = In der versiegelten Datei, unter dieser Bezeichnung. Kein Fenster zeigt ihn
export-many-ids = { $count ->
    [one] 1 ID, kopiert als eine Zeile
   *[other] { $count } IDs, kopiert als je eine Zeile
} für jedes Postfach: erst seine Adresse, dann seine ID
# Microsofts eigene Bezeichnungen dieser IDs, wo es sie gibt.
export-tenant-id = Verzeichnis-ID (Mandant)
export-client-id = Anwendungs-ID (Client)
export-app-object-id = Objekt-ID der App-Registrierung
export-principal-id = Objekt-ID der Unternehmensanwendung
export-secret-id = Geheime ID

export-whoever-runs = den Betreiber von { $platform }
export-the-sealed-file = die versiegelte Datei
export-send = Senden Sie { $file } an { $who }.
export-mail-with-key = E-Mail genügt: Öffnen kann sie nur, wer den privaten Schlüssel hat.
export-mail-with-passphrase = E-Mail genügt; die Passphrase geht auf einem anderen Weg, etwa am Telefon, und nie mit der Datei.
export-mail = E-Mail genügt: Öffnen kann sie nur, wer ihren Schlüssel oder ihre Passphrase hat. Eine Passphrase geht auf einem anderen Weg, und nie mit der Datei.
export-open-with-key = Geöffnet wird sie mit age, einem kostenlosen Programm (age-encryption.org), und dem privaten Schlüssel der Plattform.
export-open-with-passphrase = Geöffnet wird sie mit age, einem kostenlosen Programm (age-encryption.org), und der Passphrase.
export-open = Geöffnet wird sie mit age, einem kostenlosen Programm (age-encryption.org).
export-inside = Darin stehen alle Werte des Formulars unten, mit dem geheimen Clientschlüssel. Wenn Sie das Formular selbst ausfüllen, öffnen Sie die Datei selbst und löschen danach, was herauskam.
export-to-open = Öffnen mit

# Warum ein Text kein Schlüssel ist, für den versiegelt wird: was er ist, und was stattdessen zu geben ist.
export-key-none = Fügen Sie den öffentlichen Schlüssel der Plattform ein. Er beginnt mit age1.
export-key-private = Das ist ein privater Schlüssel, und den sollte niemand senden. Bitten Sie den Betreiber der Plattform, ein neues Paar zu erzeugen und Ihnen den öffentlichen Schlüssel zu geben, der mit age1 beginnt.
export-key-ssh = Das ist ein SSH-Schlüssel. Bitten Sie den Betreiber der Plattform um einen öffentlichen age-Schlüssel, der mit age1 beginnt.
export-key-plugin = Dieser age-Schlüssel ist von einer besonderen Art, die nicht jedes Programm öffnen kann. Bitten Sie den Betreiber der Plattform um einen einfachen öffentlichen age-Schlüssel: age1 und 58 weitere Buchstaben und Ziffern.
export-key-pem = Das ist ein Zertifikat oder ein Schlüssel in PEM-Form. Bitten Sie den Betreiber der Plattform um einen öffentlichen age-Schlüssel, der mit age1 beginnt.
export-key-no-key = Das ist kein ganzer öffentlicher age-Schlüssel. Er beginnt mit age1 und hat 62 Zeichen; kopieren Sie ihn neu von dort, wo der Betreiber der Plattform ihn angegeben hat.

# Warum eine Passphrase nicht angenommen wird.
export-passphrase-too-short = Verwenden Sie mindestens { $least } Zeichen, am besten fünf oder sechs Wörter, die nicht zusammengehören.
export-passphrase-own-names = Diese besteht aus Namen, die in dieser Verbindung stehen, etwa dem der Plattform oder Ihrer Organisation, und die werden zuerst geraten. Verwenden Sie fünf oder sechs Wörter, die nicht zusammengehören.
export-passphrase-repeats = Diese wiederholt sich, daher hilft ihre Länge nicht. Verwenden Sie fünf oder sechs Wörter, die nicht zusammengehören.
export-passphrase-row = Diese zählt oder folgt den Tasten einer Tastatur und ist daher schnell erraten. Verwenden Sie fünf oder sechs Wörter, die nicht zusammengehören.
export-passphrase-date = Das meiste daran ist ein Datum, und alle Daten sind schnell versucht. Verwenden Sie fünf oder sechs Wörter, die nicht zusammengehören.
export-passphrase-common = Diese ähnelt einem Kennwort oder einem Namen, den viele verwenden. Verwenden Sie fünf oder sechs Wörter, die nicht zusammengehören.
export-passphrase-too-plain = Diese ist zu kurz für das, was darin steht. Verwenden Sie fünf oder sechs Wörter, die nicht zusammengehören.
