# Welche Postfächer die App verwenden darf und welche verweigert bleiben müssen.

mailboxes-heading = Welche Postfächer darf die App verwenden?
mailboxes-allowed = Postfächer, die die App verwenden darf
mailboxes-allowed-hint = Tippen Sie eine Liste oder fügen Sie sie ein, oder ziehen Sie eine Datei auf das Feld: einen Export des Admin Centers, eine Tabelle, eine Spalte mit Adressen.
mailboxes-refused = Ein Postfach, das der App verweigert bleiben muss
mailboxes-refused-hint = Nennen Sie eines oder mehrere, die die App nie erreichen darf. Der Nachweis versucht es mit dem eigenen Schlüssel der App.
mailboxes-continue = Plan anzeigen

mailboxes-found = { $count ->
    [one] 1 Postfach gefunden
   *[other] { $count } Postfächer gefunden
}
mailboxes-some-found = { $all ->
    [one] 1 Eintrag
   *[other] { $all } Einträge
}: { $found } gefunden, { $undecided ->
    [one] 1 zu klären
   *[other] { $undecided } zu klären
}
mailboxes-use-all = { $count ->
    [one] 1 Vorschlag
   *[other] Alle { $count } Vorschläge
} übernehmen
mailboxes-remove-all = Alle entfernen
mailboxes-remove-them = Alle { $count } entfernen

mailboxes-read-from-column = Gelesen aus der Spalte „{ $column }“, { $rows ->
    [one] 1 Zeile
   *[other] { $rows } Zeilen
}.
mailboxes-read-as-text = Als Text gelesen.
mailboxes-set-aside = Beiseitegelegt: { $list }.
mailboxes-aside-guests = { $count ->
    [one] 1 Gast
   *[other] { $count } Gäste
}
mailboxes-aside-deleted = { $count ->
    [one] 1 gelöschtes
   *[other] { $count } gelöschte
}
mailboxes-aside-contacts = { $count ->
    [one] 1 Kontakt
   *[other] { $count } Kontakte
}
mailboxes-aside-groups = { $count ->
    [one] 1 Gruppe
   *[other] { $count } Gruppen
}
mailboxes-aside-discovery = { $count ->
    [one] 1 Discovery-Postfach
   *[other] { $count } Discovery-Postfächer
}
mailboxes-aside-lines = { $count ->
    [one] 1 Zeile
   *[other] { $count } Zeilen
} ohne Adresse
mailboxes-aside-no-address = { $count } ohne Adresse

mailboxes-on-the-other-list = Es steht auch auf der anderen Liste. Ein Postfach funktioniert oder bleibt verweigert; entfernen Sie es hier oder dort.
mailboxes-group = Dies ist eine Gruppe, kein Postfach. Nehmen Sie ihre Mitglieder, oder nennen Sie die Postfächer selbst.
mailboxes-empty-group = Diese Gruppe hat keine Mitglieder. Entfernen Sie sie, oder nennen Sie die Postfächer selbst.
mailboxes-group-mailbox = Dies ist eine Microsoft 365-Gruppe. Ihre E-Mails liegen an einem Ort, den Apps über andere Berechtigungen erreichen; nennen Sie stattdessen ein freigegebenes Postfach.
mailboxes-dynamic-group = Dies ist eine dynamische Gruppe, deren Mitglieder sich von selbst ändern. Nennen Sie die Postfächer selbst.
mailboxes-guest = Dies ist ein Gast aus einer anderen Organisation. Sein Postfach ist nicht hier.
mailboxes-contact = Dies ist ein Kontakt außerhalb Ihrer Organisation, kein Postfach.
mailboxes-on-premises = Das Postfach liegt nicht in Exchange Online, daher kann eine App in der Cloud es nicht verwenden.
mailboxes-discovery = Dies ist ein Postfach, das Suchvorgänge verwenden. Es erhält keine E-Mails.
mailboxes-inactive = Dieses Postfach ist inaktiv: Seine Person ist nicht mehr da, und nur eine Aufbewahrung erhält es. Nennen Sie ein anderes.
mailboxes-deleted = Dieses Postfach wurde gelöscht. Stellen Sie es im Exchange Admin Center wieder her, oder nennen Sie ein anderes.
mailboxes-no-mailbox = Diese Person hat kein Postfach, vielleicht weil eine Lizenz fehlt. Nennen Sie ein Postfach.
mailboxes-app-id = Dies ist die ID der App, nicht die eines Postfachs.
mailboxes-unknown-id = Kein Postfach in Ihrer Organisation hat diese ID.
mailboxes-not-usable = Dies ist kein Postfach, das eine App verwenden kann.
mailboxes-group-mailbox-of = Dies ist eine Microsoft 365-Gruppe mit { $members ->
    [one] 1 Mitglied
   *[other] { $members } Mitgliedern
}. Ihre eigenen E-Mails liegen dort, wo Apps andere Berechtigungen brauchen: Nehmen Sie ihre Mitglieder, oder nennen Sie ein freigegebenes Postfach.
mailboxes-group-of = Dies ist eine Gruppe mit { $members ->
    [one] 1 Mitglied
   *[other] { $members } Mitgliedern
}, kein Postfach. Nehmen Sie ihre Mitglieder, oder nennen Sie die Postfächer selbst.
mailboxes-no-such = Ein solches Postfach gibt es in Ihrer Organisation nicht. Entfernen Sie es, oder geben Sie seine Adresse neu ein.
mailboxes-no-address = Dies ist keine Adresse. Eine Adresse hat einen Namen, ein @ und eine Domäne.
mailboxes-malformed-id = Das sieht wie eine ID aus, aber eine Ziffer ist falsch oder fehlt, oder ein Strich. Eine ID hat 32 Ziffern von 0 bis 9 und a bis f in Gruppen von 8, 4, 4, 4 und 12. Kopieren Sie sie noch einmal, oder geben Sie die Adresse ein.
mailboxes-plus-address = Dies ist eine Plusadresse von { $mailbox }. Nennen Sie das Postfach selbst.
mailboxes-did-you-mean = Ein solches Postfach gibt es nicht. Meinten Sie { $mailbox }?

# Microsofts Namen der Arten von Postfächern.
mailboxes-kind = { $kind ->
    [SharedMailbox] Freigegebenes Postfach
    [RoomMailbox] Raumpostfach
    [EquipmentMailbox] Gerätepostfach
    [SchedulingMailbox] Planungspostfach
   *[other] Benutzerpostfach
}
mailboxes-described = { $kind }, { $name }
mailboxes-named-otherwise = { $mailbox }. Sie nannten es { $aliases }
mailboxes-row-found = Gefunden
mailboxes-row-needs-you = Zu klären
mailboxes-use = { $mailbox } übernehmen
mailboxes-group-of-groups = In dieser Gruppe sind Gruppen, und wer in denen ist, den erreicht eine Begrenzung nach der Gruppe nicht. Nehmen Sie die Mitglieder einzeln, oder wählen Sie eine Gruppe, in der nur Postfächer sind.
mailboxes-group-of-others = Jemand in dieser Gruppe hat hier kein Postfach, also könnte ein Nachweis nie alle darin erfassen. Nehmen Sie die Mitglieder einzeln, oder wählen Sie eine Gruppe, in der nur Postfächer sind.
mailboxes-could-go-by-group = Die Begrenzung kann nach { $group } selbst gehen
    .text = Die App erreicht dann, wer in der Gruppe ist, auch wer später dazukommt: Wer ihre Mitglieder ändern darf, entscheidet. Gruppen darin werden nicht erreicht. Nehmen Sie stattdessen ihre Mitglieder, nennt die Begrenzung jedes Postfach, und niemand kommt ungefragt dazu.
mailboxes-go-by-group = Nach der Gruppe gehen
mailboxes-by-group = Die Begrenzung geht nach der Gruppe { $group }
    .text = { $count ->
        [one] Jetzt ist ein Postfach darin.
       *[other] Jetzt sind { $count } Postfächer darin.
    } Die App erreicht, wer in der Gruppe ist, auch wer später dazukommt. Nehmen Sie unten ein Postfach auf oder heraus, nennt die Begrenzung stattdessen jedes Postfach.
mailboxes-leave-group = Stattdessen jedes Postfach nennen
mailboxes-use-members = Mitglieder nehmen
mailboxes-remove = Entfernen
mailboxes-remove-this = { $mailbox } entfernen

mailboxes-search-nothing = Kein Postfach passt zu { $typed }
mailboxes-search-many = { $all } oder mehr Postfächer passen; die ersten { $shown } werden gezeigt
mailboxes-search-found = { $count ->
    [one] 1 Postfach passt
   *[other] { $count } Postfächer passen
}
mailboxes-add = Hinzufügen
mailboxes-add-this = { $mailbox } hinzufügen

mailboxes-lacks-allowed = Nennen Sie mindestens ein Postfach, das die App verwenden darf
mailboxes-lacks-refused = Nennen Sie mindestens ein Postfach, das verweigert bleiben muss, damit sich die Begrenzung nachweisen lässt
mailboxes-decide-allowed = Klären Sie die offenen Postfächer: Berichtigen oder entfernen Sie sie
mailboxes-decide-refused = Klären Sie die offenen unter den zu verweigernden Postfächern: Berichtigen oder entfernen Sie sie

mailboxes-file-too-long = Diese Datei ist größer als 5 MB. Speichern Sie die Liste allein und öffnen Sie diese.
mailboxes-file-no-text = Diese Datei ist kein Text. Speichern Sie sie zuerst als CSV: in einer Tabelle unter Speichern unter, CSV.
mailboxes-file-no-address = In dieser Datei steht keine Adresse.

# Wie weit es ist.
mailboxes-groups-read = Gelesene Gruppen
mailboxes-looked-up = Nachgeschlagen
mailboxes-found-access = Was { $platform } verwenden darf, wurde an der App abgelesen
    .text = Sie hat { $access }. Was verlangt war, weiß dieser Computer nicht, und jemand kann mehr erteilt haben. Nehmen Sie den Haken bei dem weg, was die Plattform nicht verwendet.
mailboxes-change-access = Ändern, was sie verwenden darf

# How many more are picked at random.
mailboxes-drawn = Auch zufällig gewählte Postfächer prüfen
mailboxes-drawn-one = Eines
    .text = Von irgendeiner Art.
mailboxes-drawn-every-kind = Eines von jeder Art
    .text = Eines einer Person, ein freigegebenes, ein Raum und ein Gerät, soweit es sie gibt.
mailboxes-drawn-statement = So viele, dass es etwas aussagt: { $count }
    .text = Antwortet keines davon, könnten es mit 95 % Sicherheit weniger als 5 von 100 der übrigen, die etwas enthalten. Jede Art ist dabei. Die Prüfungen dauern länger.
mailboxes-drawn-none = Keines
    .text = Nur die, die Sie nennen.
