# Jede Änderung eines Plans: wie sie heißt und was sie bedeutet.

changes-restore-app = Die gelöschte App-Registrierung, wiederhergestellt
    .text = { $name }, wie sie war, mit den Clientschlüsseln, die sie noch hat
changes-create-app = App-Registrierung
    .text = { $name }, nur für diese Organisation
changes-create-principal = Ihr Dienstprinzipal
    .text = Mit dem Kennzeichen dieser Verbindung, damit er wiedergefunden und nie zweimal angelegt wird
changes-tag-principal = Das Kennzeichen dieser Verbindung am Dienstprinzipal
    .text = Damit der Assistent ihn wiederfindet und keinen anderen anfasst
changes-tag-app = Die Kennzeichen dieser Verbindung an { $name }
    .text = Damit der Assistent die App wiederfindet und keine andere anrührt. Ihr Name und ihre ID bleiben
changes-set-audience = Nur für Konten dieser Organisation
    .text = Konten anderer Organisationen sind ausgesperrt; eine Plattform, die sich als die App selbst anmeldet, braucht keine davon
changes-open-audience = Wieder für Konten anderer Organisationen
changes-grant-stays = { $permission } auf { $resource }, vorerst
    .text = Die Plattform verwendet diese Berechtigung, bis die Begrenzung gilt. Dann geht sie, in einem eigenen Schritt
changes-remove-old-role = Eine Rolle von jemand anderem in Exchange, entfernt
    .text = { $name }. Der Bereich, in dem sie liegt, bleibt
changes-remove-access-policy = Eine Zugriffsrichtlinie, die nichts mehr begrenzt, entfernt
    .text = Von { $group }. Die Gruppe bleibt
changes-role-stays = Eine Rolle von jemand anderem in Exchange, vorerst
    .text = { $name }. Die Plattform verwendet sie vielleicht, bis die Begrenzung gilt. Dann geht sie, in einem eigenen Schritt
changes-delete-app = Die App-Registrierung, gelöscht
    .text = { $name }. Sie lässt sich 30 Tage lang wiederherstellen

changes-remove-secret = Der Clientschlüssel, entfernt
    .text = Geheime ID { $key }. Niemand kann sich mehr mit ihm anmelden
changes-remove-spent-secret = Der bisherige Clientschlüssel, zuerst entfernt
    .text = Geheime ID { $key }. Microsoft nimmt ihn nicht an, oder sein Wert ist verloren
changes-remove-lost-secret = Ein verlorener Clientschlüssel, zuerst entfernt
    .text = Geheime ID { $key }. Ein abgebrochener Lauf hat ihn angelegt, und niemand hat seinen Wert
changes-remove-replaced-secret = Der frühere Clientschlüssel, entfernt
    .text = Geheime ID { $key }. Er wurde ersetzt, und die Plattform verwendet den neuen
changes-add-secret = Ein geheimer Clientschlüssel
    .text = { $days ->
        [one] Gilt 1 Tag, dann funktioniert er nicht mehr. Er liegt im Schlüsselbund dieses Computers
       *[other] Gilt { $days } Tage, dann funktioniert er nicht mehr. Er liegt im Schlüsselbund dieses Computers
    }

changes-add-certificate = Ein Zertifikat
    .text = { $days ->
        [one] Gilt 1 Tag, dann funktioniert es nicht mehr. Sein privater Schlüssel wird hier erzeugt und liegt im Schlüsselbund dieses Computers
       *[other] Gilt { $days } Tage, dann funktioniert es nicht mehr. Sein privater Schlüssel wird hier erzeugt und liegt im Schlüsselbund dieses Computers
    }
changes-remove-certificate = Das Zertifikat, entfernt
    .text = Zertifikats-ID { $key }. Niemand kann sich mehr mit ihm anmelden
changes-remove-spent-certificate = Das bisherige Zertifikat, zuerst entfernt
    .text = Zertifikats-ID { $key }. Microsoft nimmt es nicht an, oder sein privater Schlüssel ist verloren
changes-remove-lost-certificate = Ein Zertifikat ohne seinen Schlüssel, zuerst entfernt
    .text = Zertifikats-ID { $key }. Niemand hat seinen privaten Schlüssel
changes-remove-replaced-certificate = Das frühere Zertifikat, entfernt
    .text = Zertifikats-ID { $key }. Es wurde ersetzt, und die Plattform verwendet, was neu ist

changes-grant-app-role = Eine Berechtigung von Exchange Online
    .text = { $permission }. Für sich allein öffnet sie kein Postfach
changes-give-full-access = Vollzugriff auf ein Postfach
    .text = { $mailbox }: Lesen und Löschen gleichermaßen, weil ein Mailprogramm mit nichts Kleinerem auskommt
changes-take-full-access = Vollzugriff auf ein Postfach, entzogen
    .text = { $mailbox }
changes-switch-on-protocol = { $protocol }, für ein Postfach eingeschaltet
    .text = { $mailbox }. Jedes E-Mail-Programm, das das Postfach öffnen darf, kann es dann verwenden
changes-switch-off-protocol = { $protocol }, für ein Postfach wieder ausgeschaltet
    .text = { $mailbox }. Es steht dann wie vor dem Einschalten durch Mailgrant
changes-remove-grant = Eine zu weite Berechtigung in Entra, entfernt
    .text = { $permission } auf { $resource }

changes-register = Der Eintrag der App in Exchange
    .text = Damit Exchange ihr Zugriff geben kann
changes-new-scope = Eine Begrenzung
    .text = { $count ->
        [one] 1 Postfach: { $mailboxes }
       *[other] { $count } Postfächer: { $mailboxes }
    }
changes-scope-by-group = Eine Begrenzung, nach der Gruppe { $group }
    .text = { $count ->
        [one] Jetzt ist 1 Postfach darin: { $mailboxes }. Wer dazukommt, wird auch erreicht
       *[other] Jetzt sind { $count } Postfächer darin: { $mailboxes }. Wer dazukommt, wird auch erreicht
    }
changes-scope-left-group = Die Begrenzung, nach Postfach statt nach Gruppe
    .text = { $count ->
        [one] 1 Postfach: { $mailboxes }
       *[other] { $count } Postfächer: { $mailboxes }
    }
changes-scope-by-mailbox = Die Begrenzung, nach Postfach statt nach Adresse
    .text = { $count ->
        [one] 1 Postfach: { $mailboxes }
       *[other] { $count } Postfächer: { $mailboxes }
    }
changes-set-scope = { $more ->
        [0] { $less ->
            [0] Die Begrenzung, noch einmal gesetzt
            [one] Die Begrenzung: 1 Postfach weniger
           *[other] Die Begrenzung: { $less } Postfächer weniger
        }
        [one] { $less ->
            [0] Die Begrenzung: 1 Postfach mehr
           *[other] Die Begrenzung: 1 Postfach mehr, { $less } weniger
        }
       *[other] { $less ->
            [0] Die Begrenzung: { $more } Postfächer mehr
           *[other] Die Begrenzung: { $more } Postfächer mehr, { $less } weniger
        }
    }
    .text = { $more ->
        [0] { $less ->
            [0] Ihre Postfächer bleiben, wie sie sind: { $stay }
           *[other] Herausgenommen: { $removed }. Wie bisher: { $stay }
        }
       *[other] { $less ->
            [0] Dazu: { $added }. Wie bisher: { $stay }
           *[other] Dazu: { $added }. Herausgenommen: { $removed }. Wie bisher: { $stay }
        }
    }
changes-and-more = { $first } und { $more } weitere
changes-assign-role = Eine Berechtigung darin
    .text = { $access }
changes-unassign-role = Eine Berechtigung, weggenommen
    .text = { $access }
changes-remove-scope = Die Begrenzung, entfernt
    .text = { $name }
changes-unregister = Der Eintrag der App in Exchange, entfernt
    .text = Exchange gibt der App dann keinen Zugriff; Microsoft kann bis zu 2 Stunden daran festhalten

# Was so ist, wie es sein soll.
changes-there-app = App-Registrierung
    .text = { $name }, wie sie ist
changes-there-principal = Ihr Dienstprinzipal
    .text = Wie er ist
changes-then-principal = Ihr Dienstprinzipal
    .text = Neu angelegt, falls er nicht mit der App zurückkommt
changes-there-secret = Ein geheimer Clientschlüssel
    .text = Angelegt und gespeichert. Es bleibt zu sehen, dass Microsoft ihn annimmt
changes-there-in-use = Der Clientschlüssel, den die Plattform jetzt hat
    .text = Geheime ID { $key }. Er bleibt, bis Sie sagen, dass die Plattform den neuen verwendet
changes-there-certificate = Ein Zertifikat
    .text = Erstellt und hinzugefügt. Es bleibt zu sehen, dass Microsoft es annimmt
changes-there-in-use-certificate = Das Zertifikat, das die Plattform jetzt hat
    .text = Zertifikats-ID { $key }. Es bleibt, bis Sie sagen, dass die Plattform verwendet, was neu ist
changes-there-entry = Der Eintrag der App in Exchange
    .text = Wie er ist
changes-there-app-role = Eine Berechtigung von Exchange Online
    .text = { $permission }, wie sie ist
changes-there-full-access = Vollzugriff auf ein Postfach
    .text = { $mailbox }, wie er ist
changes-there-protocol = { $protocol }, für ein Postfach eingeschaltet
    .text = { $mailbox }, wie es ist
changes-there-scope = Die Begrenzung
    .text = { $count ->
        [one] 1 Postfach, wie es ist
       *[other] { $count } Postfächer, wie sie sind
    }
changes-there-permission = Eine Berechtigung darin
    .text = { $access }, wie sie ist
