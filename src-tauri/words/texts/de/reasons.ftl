# Jede Art, auf die die App nicht so ist, wie es verlangt wurde: was da ist, und was zu tun ist.

reasons-scope-grew =
    .title = Zu weit: Die Begrenzung enthält auch { $mailboxes }
    .text = Jemand hat die Begrenzung in Exchange geändert, nachdem sie gesetzt war, oder etwas Neues passt zu ihr. Gehen Sie zur Begrenzung und setzen Sie sie neu; sie enthält dann nur die gewählten Postfächer.
reasons-scope-shrank =
    .title = Die Begrenzung enthält { $mailboxes } nicht mehr
    .text = Jemand hat die Begrenzung in Exchange geändert, oder das Postfach wurde gelöscht. Setzen Sie die Begrenzung neu, oder nehmen Sie das Postfach von der Liste.
reasons-group-changed-all =
    .title = Die Begrenzung nach der Gruppe enthält keines mehr von { $went }
    .text = Sie haben die Gruppe vielleicht verlassen; oder die Gruppe wurde umbenannt, verschoben oder gelöscht, und dann enthält die Begrenzung, die nach ihrem alten Ort geht, niemanden. Lesen Sie die Gruppe neu: Steht sie jetzt anderswo, setzt der Plan die Begrenzung neu.
reasons-group-changed =
    .title = { $more ->
        [0] Nicht mehr in der Gruppe: { $went }
       *[other] { $less ->
            [0] Neu in der Gruppe: { $came }
           *[other] Neu in der Gruppe: { $came }. Nicht mehr darin: { $went }
        }
    }
    .text = Die Begrenzung geht nach der Gruppe, also erreicht die App, wer darin ist. Lesen Sie die Gruppe neu: Der Nachweis probiert dann alle, die jetzt darin sind.
reasons-scope-filter =
    .title = Die Begrenzung folgt einer Regel, und andere können darunterfallen
    .text = Jemand hat den Bereich in Exchange auf „{ $filter }“ geändert. Heute passt er zu den gewählten Postfächern und morgen vielleicht zu mehr. Setzen Sie die Begrenzung neu; sie enthält dann, was hier gewählt wurde.
reasons-scope-gone =
    .title = Die Begrenzung ist aus Exchange verschwunden
    .text = Jemand hat den Bereich entfernt, der die gewählten Postfächer enthielt. Gehen Sie zur Begrenzung und setzen Sie sie neu.
reasons-scope-shared =
    .title = Eine andere App verwendet diese Begrenzung: { $assignment }
    .text = Jemand hat einer anderen App eine Rolle im selben Bereich gegeben. Mailgrant ändert nicht, was ihm nicht gehört; lassen Sie diese Rollenzuweisung in Exchange in einen eigenen Bereich verlegen.
reasons-other-assignment =
    .title = Zu weit: Exchange gibt der App auch { $role } für jedes Postfach
    .text = Rollen addieren sich, daher kann die Begrenzung diese nicht einengen. Jemand hat sie außerhalb dieses Assistenten zugewiesen; lassen Sie die Rollenzuweisung „{ $assignment }“ in Exchange entfernen.
reasons-other-assignment-within =
    .title = Zu weit: Exchange gibt der App auch { $role } in { $scope }
    .text = { reasons-other-assignment.text }
reasons-assignment-missing =
    .title = Exchange gibt der App { $permission } nicht mehr
    .text = Jemand hat die Rolle entfernt, oder die Plattform braucht seither etwas anderes. Gehen Sie zur Begrenzung und setzen Sie sie neu.
reasons-grant-missing =
    .title = Der App fehlt { $permission } in Entra
    .text = Jemand hat die Berechtigung entfernt, daher lässt Exchange die App damit nicht mehr ein. Gehen Sie zu den Berechtigungen und erteilen Sie sie neu.
reasons-full-access-missing =
    .title = Die App hat keinen Vollzugriff auf { $mailbox } mehr
    .text = Jemand hat ihn in Exchange entzogen, oder das Postfach wurde gelöscht. Setzen Sie die Begrenzung neu, oder nehmen Sie das Postfach von der Liste.
reasons-grant =
    .title = Zu weit: { $permission } für { $api }
    .text = Eine Berechtigung in Entra erreicht jedes Postfach, und die Begrenzung in Exchange kann sie nicht einengen. Entfernen Sie sie, und sehen Sie dann erneut nach.
reasons-grant-by-protocol =
    .title = Zu weit: { $permission } für { $api }
    .text = Hier hat es niemand verlangt. Es lässt die App in jedes Postfach ein, das ihr Vollzugriff gibt, und allein in kein anderes. Entfernen Sie es und sehen Sie dann erneut nach.
reasons-grant-of-rights =
    .title = Zu weit: { $permission } für { $api }
    .text = Sie öffnet selbst kein Postfach, aber die App kann damit sich oder anderen das Recht dazu geben. Entfernen Sie sie, und sehen Sie dann erneut nach.
reasons-grant-unknown =
    .title = Zu weit, soweit es sich sagen lässt: { $permission } für { $api }
    .text = Mailgrant kann nicht sagen, was diese Berechtigung öffnet, daher zählt sie wie eine, die jedes Postfach öffnet. Entfernen Sie sie, oder sehen Sie erneut nach.
reasons-directory-role =
    .title = Zu weit: Die App hat die Rolle „{ $role }“
    .text = Eine Verzeichnisrolle kann Postfächer an jeder Begrenzung vorbei öffnen. Lassen Sie sie von einem Administrator für privilegierte Rollen in Entra unter Rollen und Administratoren von der App nehmen.
reasons-role-of-group =
    .title = Zu weit: Die App hat die Rolle der Gruppe { $group }
    .text = Dieser Gruppe lassen sich Verzeichnisrollen geben, die dann auch die App hat, an jeder Begrenzung vorbei. Lassen Sie die App von einem Administrator für privilegierte Rollen in Entra unter Gruppen aus ihr herausnehmen.
reasons-role-of-unread-group =
    .title = Zu weit: Die App hat die Rolle einer Gruppe, die sich nicht lesen ließ: { $group }
    .text = { reasons-role-of-group.text }
reasons-mailbox-right =
    .title = Zu weit: Die App hat { $right } für { $mailbox }
    .text = Eine Postfachberechtigung wird von der Begrenzung nicht gehalten und öffnet das Postfach auf anderen Wegen, etwa IMAP. Lassen Sie sie in Exchange unter Delegierung des Postfachs entfernen.
reasons-send-as =
    .title = Zu weit: Die App darf als { $recipient } senden
    .text = Ein Recht zu senden wird von der Begrenzung nicht gehalten und wirkt auf anderen Wegen, etwa SMTP. Lassen Sie es in Exchange unter Delegierung des Empfängers entfernen.
reasons-other-credential =
    .title = { $kind ->
        [certificate] Die App hat ein weiteres Zertifikat: „{ $name }“, Schlüssel { $key }
       *[secret] Die App hat einen weiteren Clientschlüssel: „{ $name }“, Geheime ID { $key }
    }
    .text = { reasons-credential-advice }
reasons-unnamed-credential =
    .title = { $kind ->
        [certificate] Die App hat ein weiteres Zertifikat: ohne Namen, Schlüssel { $key }
       *[secret] Die App hat einen weiteren Clientschlüssel: ohne Namen, Geheime ID { $key }
    }
    .text = { reasons-credential-advice }
reasons-credential-advice = Wer darüber verfügt, kann die App wie die Plattform verwenden. Finden Sie heraus, von wem das stammt; wenn niemand es braucht, entfernen Sie es in Entra unter „Zertifikate & Geheimnisse“.
reasons-secret-gone =
    .title = Der Clientschlüssel der App ist aus Entra verschwunden
    .text = Jemand hat ihn entfernt, daher kann sich die Plattform damit nicht mehr anmelden. Gehen Sie zum Clientschlüssel, entfernen Sie, was von ihm übrig ist, und erstellen Sie einen anderen.
reasons-federated =
    .title = Ein anderer Dienst kann sich als die App anmelden: { $credential }
    .text = Verbundanmeldeinformationen lassen ihn ohne geheimen Schlüssel hinein. Wenn sie niemand braucht, entfernen Sie sie in Entra unter „Zertifikate & Geheimnisse“.
reasons-owner =
    .title = { $owner } besitzt die App
    .text = Wer eine App besitzt, kann ihr neue Anmeldeinformationen geben. Entfernen Sie den Besitz in Entra, wenn ihn niemand braucht, oder sagen Sie, dass Sie davon wissen.
reasons-disabled =
    .title = Die App ist ausgeschaltet
    .text = Jemand hat die Anmeldung bei ihr in Entra unter Unternehmensanwendungen deaktiviert. Schalten Sie sie dort ein, und sehen Sie dann erneut nach.
reasons-tag-gone =
    .title = Die App trägt das Kennzeichen dieser Verbindung nicht mehr
    .text = Jemand hat die Kennzeichen der App geändert, daher kann Mailgrant nicht mehr sagen, dass es seine eigene ist. Setzen Sie das Kennzeichen in Entra wieder ein, oder beginnen Sie eine neue Verbindung.
reasons-audience =
    .title = Die App nimmt Anmeldungen anderer Organisationen an
    .text = Jemand hat ihre unterstützten Kontotypen auf { $audience } gesetzt. Setzen Sie sie in Entra unter Authentifizierung auf nur das Verzeichnis dieser Organisation.
reasons-redirect =
    .title = Die App schickt Anmeldungen an { $address }
    .text = Jemand hat einen Umleitungs-URI hinzugefügt, den diese App nicht braucht. Entfernen Sie ihn in Entra unter Authentifizierung.

reasons-many-more = viele weitere Postfächer
reasons-two-and-more = { $first } und { $more } weitere
reasons-one-and-more = { $first } und mehr als { $more } andere
