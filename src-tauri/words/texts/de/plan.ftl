# Der Plan nach seinen Teilen: was er liest, was er unberührt lässt.

plan-reads-grants = Keine Berechtigung in Entra, die ein Postfach öffnet
    .text = Es wird keine angelegt. Jede Berechtigung der App wird gelesen, weil eine in Entra jedes Postfach erreichen würde
plan-reads-other-grants = Keine andere Berechtigung in Entra, die ein Postfach öffnet
    .text = Jede Berechtigung der App wird gelesen, weil eine andere jedes Postfach erreichen könnte
plan-limit-unanswered = Eine Begrenzung
    .text = Die Postfächer sind noch nicht gewählt

plan-other-apps = { $count ->
    [0] Andere App-Registrierungen
    [one] Ihre andere App-Registrierung
   *[other] Ihre { $count } anderen App-Registrierungen
}
    .text = { $similar ->
        [0] Keine hat einen ähnlichen Namen
        [one] Eine hat einen ähnlichen Namen: { $first }
       *[other] { $similar } haben einen ähnlichen Namen, zum Beispiel { $first }
    }
plan-other-apps-unread = Andere App-Registrierungen
    .text = Nicht gelesen; ob eine einen ähnlichen Namen hat, ist daher nicht bekannt
plan-no-entra = E-Mail-Berechtigungen in Entra
    .text = Es wird keine verlangt. Der Zugriff kommt später, aus Exchange
plan-no-more-entra = Weitere E-Mail-Berechtigungen in Entra
    .text = Keine wird angefordert. Was Postfächer öffnet, geht, sobald die Begrenzung gilt
plan-no-redirects = Umleitungs-URIs und Zertifikate
    .text = Nichts davon wird hinzugefügt
plan-no-copy = Bildschirm, Protokoll und Zwischenablage
    .text = Nichts davon enthält den Clientschlüssel je
plan-other-secrets = Andere Clientschlüssel und Zertifikate
    .text = { $count ->
        [0] Nichts davon wird geändert
        [one] Die App hat eines, das nicht von Mailgrant ist: { $first }. Es bleibt
       *[other] Die App hat { $count }, die nicht von Mailgrant sind. Sie bleiben
    }
plan-other-mailboxes = Jedes andere Postfach
    .text = Die App bekommt darauf keinen Zugriff
plan-outside-the-group = Jedes Postfach außerhalb der Gruppe
    .text = Die App bekommt darauf keinen Zugriff
plan-the-mailboxes = Die Postfächer selbst
    .text = Keine Einstellung, kein Mitglied und keine Nachricht ändert sich
plan-the-mailboxes-switched = Die Postfächer selbst
    .text = Kein Mitglied und keine Nachricht ändert sich, und keine Einstellung außer den Protokollen, die der Plan nennt
plan-other-limits = Andere Apps und ihre Begrenzungen
    .text = Keine wird geändert
plan-other-switches = Die Schalter der Organisation selbst
    .text = Keiner wird geändert. Was für ein Postfach eingeschaltet ist, geht ihnen vor
plan-see-calls = { $calls ->
    [one] Den einen Aufruf ansehen
   *[other] Alle { $calls } Aufrufe ansehen
}
plan-copy-calls = Aufrufe kopieren

plan-heading = Der Plan für { $organisation }
plan-heading-yours = Der Plan für Ihre Organisation
plan-note = Jede wird danach geprüft
plan-done = Alles wurde angelegt und geprüft
plan-done-otherwise = Alles wurde angelegt, und der letzte Blick fand es anders vor
plan-done-lead = Was angelegt ist, lässt sich hier entfernen, die Begrenzung und der Clientschlüssel vor der App.
plan-continue = Weiter zum Nachweis

# Was vor einem Problem vorgenommen wurde.
plan-stopped-none = Änderungen: 0 von { $all } vorgenommen, nichts angefasst
plan-stopped = Änderungen: { $count } von { $all } vorgenommen, sonst nichts angefasst
plan-stopped-begun = Änderungen: { $count } von { $all } vorgenommen, und eine weitere wurde begonnen
plan-stopped-text = Was angelegt wurde, bleibt, wie es ist, bis Sie es noch einmal versuchen oder es zurücknehmen.
plan-stopped-begun-text = Ob etwas daraus geworden ist, wird nachgesehen, bevor irgendetwas anderes geschieht.
plan-undo = Alles zurücknehmen, was angelegt wurde

# Welche Rolle ein Teil braucht und wie es um ihn steht.
plan-takes = Rolle: { $role }
plan-is-done = Fertig
plan-is-off = Ausgeschaltet
plan-is-applied = Microsoft wendet es an
plan-is-too-broad = Zu weit
plan-has-ended = Abgelaufen
plan-is-under-way = Läuft
plan-may-you = Sie haben sie
plan-may-unknown = Nicht bekannt
plan-may-sign-in = Anmelden und nachsehen
plan-ask-app-role = Fragen Sie einen { roles-application }
plan-ask-exchange-role = Fragen Sie einen { roles-exchange }
plan-line-checked = Geprüft: { $at }
plan-line-made = Angelegt

plan-fact-app = App
plan-fact-entra = In Entra
plan-none-opened = Keine, die ein Postfach geöffnet hätte
plan-fact-ends = Läuft ab am
plan-ends = { $day }. { $left }
plan-fact-mailboxes = Postfächer
plan-fact-may = Darf
plan-fact-checked = Geprüft
plan-lasts = { $days ->
    [one] Er gilt 1 Tag, bis { $end }
   *[other] Er gilt { $days } Tage, bis { $end }
}
plan-signs-in-with = { $kind ->
        [certificate] Meldet sich mit einem Zertifikat an
       *[secret] Meldet sich mit einem Clientschlüssel an
    }
plan-secrets-forbidden = Die Richtlinie Ihrer Organisation sperrt Clientschlüssel von Apps
plan-secrets-forbidden-text = Der Clientschlüssel braucht eine Ausnahme für diese eine App von einem { roles-security }.
plan-app-is-last = Um sie zu löschen, entfernen Sie zuerst ihren Clientschlüssel und ihre Begrenzung
plan-nobody-sees = Niemand wird ihn sehen, auch Sie nicht. Sie können dieses Fenster ohne Bedenken teilen oder aufzeichnen
plan-limit-takes = Microsoft braucht danach { $usually }, um sie anzuwenden. Sie können das Fenster inzwischen schließen

# Ob der, der angemeldet ist, tun darf, was noch zu tun ist.
plan-nobody-signed-in = Niemand ist angemeldet. Melden Sie sich an, um zu sehen, welche Teile Sie erledigen können.
plan-can-all = Sie können alle { $count } Teile erledigen.
plan-can-perhaps = { $perhaps ->
    [one] Sie können { $count ->
        [one] den Teil versuchen, der noch fehlt; ob Sie es dürfen, ist nicht bekannt.
       *[other] die { $count } Teile versuchen, die noch fehlen; bei einem ist nicht bekannt, ob Sie es dürfen.
    }
   *[other] Sie können die { $count } Teile versuchen, die noch fehlen; bei { $perhaps } ist nicht bekannt, ob Sie es dürfen.
}
plan-can-left = { $count ->
    [one] Sie können den Teil erledigen, der noch fehlt.
   *[other] Sie können die { $count } Teile erledigen, die noch fehlen.
}
plan-protocols-ask = Für einige der Postfächer ist ein Protokoll ausgeschaltet; der letzte Teil fragt danach.
# Wer um was zu bitten ist, folgt, etwa „bitten Sie einen Exchange-Administrator um die Begrenzung“.
plan-can-some = { $all ->
    [one] Sie können { $can } von 1 Teil erledigen: { $asks }.
   *[other] Sie können { $can } von { $all } Teilen erledigen: { $asks }.
}
plan-asks-app-role = bitten Sie einen { roles-application } um { $parts }
plan-asks-exchange-role = bitten Sie einen { roles-exchange } um die Begrenzung
plan-asks-exchange-role-to-switch = bitten Sie einen { roles-exchange } um die Protokolle
plan-asks-grant-role = bitten Sie einen { roles-privileged-role } um die Berechtigungen
plan-asked-app = die App
plan-asked-permissions = die Berechtigungen
plan-asked-secret = den Clientschlüssel

plan-app-takes = Die App braucht einen { roles-application }
plan-grant-takes = Die Berechtigungen brauchen einen { roles-privileged-role }
plan-permissions-take = Die Berechtigungen brauchen einen { roles-application }
plan-secret-takes = Der Clientschlüssel braucht einen { roles-application }
plan-limit-takes-role = Die Begrenzung braucht einen { roles-exchange }
plan-protocols-take-role = Die Protokolle erfordern { roles-exchange }
plan-send-request = Senden Sie eine Anfrage, oder melden Sie sich als jemand an, der die Rolle hat. Was Sie davor tun können, wird trotzdem getan.
plan-made-stays = Was angelegt ist, bleibt.
plan-nothing-made = Bisher wurde nichts angelegt.
plan-copy-request = Anfrage kopieren

plan-sign-in = Anmelden und weitergehen
plan-sign-in-as-another = Als jemand anmelden, der es darf
plan-choose-mailboxes = Postfächer wählen
plan-look-again = Erneut nachsehen
plan-remove-ended = Abgelaufenen Clientschlüssel entfernen
plan-make = { $count ->
    [0] Prüfen, was angelegt ist
    [one] Diese Änderung vornehmen
   *[other] Diese { $count } Änderungen vornehmen
}
plan-one-part = Teil für Teil
