# Die Datei eines Profils, auf der Befehlszeile angesehen von jemandem, der eines schreibt.

profile-good = { $file } ist in Ordnung: Der Assistent nimmt die Datei an.
profile-refused = { $file } wird abgelehnt: { $reason }.
profile-refused-at = { $file } wird in Zeile { $line } abgelehnt: { $reason }.
profile-not-read = { $file } ließ sich nicht als Profil lesen: { $reason }.

# Wohin die Datei gehört.
profile-inside = Mailgrant enthält genau diese Datei, sie braucht also keinen Ordner.
profile-lies-there = Sie liegt in dem Ordner, in dem der Assistent nachsieht, und wird beim nächsten Start gelesen.
profile-put-into = Damit der Assistent sie findet, legen Sie sie in { $folder }.
profile-replaces = In { $folder } liegt schon ein Profil mit dieser ID. Legen Sie sie an dessen Stelle.

profile-who = { $platform } von { $vendor }, mit der ID { $id }, Version { $version }
profile-compared = Zuletzt mit den Unterlagen des Herstellers verglichen am { $day }
profile-not-compared = Sie sagt nicht, wann sie zuletzt mit den Unterlagen des Herstellers verglichen wurde
profile-open = Sie steht für jede Plattform: Wer verbindet, sagt, wie die Plattform heißt und was sie darf.
profile-method = Methode: { $method }
profile-limit-by-scope = Begrenzung: Exchange beschränkt die App mit RBAC für Anwendungen auf die Postfächer, die genannt werden.
profile-limit-by-mailbox = Begrenzung: Die App erhält Vollzugriff auf jedes Postfach, das genannt wird, und Mailgrant gibt ihn für kein anderes.

# Ein Grund ist ein Nebensatz aus dem Profil: „um E-Mails zu lesen“.
profile-permissions = Berechtigungen:
profile-is-given = - { $permission }: immer gegeben, { $reason }
profile-is-optional = - { $permission }: gegeben, wenn sie angehakt wird, { $reason }
profile-is-usual = - { $permission }: zu Beginn angehakt und gegeben, wenn der Haken bleibt, { $reason }
profile-is-asked = - { $permission }: gegeben, wenn sie angehakt wird, für eine Plattform, die dies braucht, { $reason }
profile-left-out = Als weggelassen genannt: { $asks } Stattdessen: { $instead }

profile-kind = { $kind ->
    [certificate] Zertifikat
   *[secret] geheimer Clientschlüssel
}
profile-credential = { $count ->
    [one] Anmeldung der App: { $kinds }
   *[other] Anmeldung der App: { $kinds }, das Erste davon vorgeschlagen
}
profile-life = { $longest ->
    [one] Lebensdauer: { $usual } vorgeschlagen, höchstens { $longest } Monat
   *[other] Lebensdauer: { $usual } vorgeschlagen, höchstens { $longest } Monate
}
profile-key = Die versiegelte Datei kann für diesen Schlüssel verschlossen werden: { $key }. Seine Wörter, die mit den Leuten der Plattform verglichen werden: { $words }
profile-no-key = Sie nennt keinen Schlüssel, also wird die versiegelte Datei mit einer Passphrase verschlossen oder für einen Schlüssel, den die Leute der Plattform geben.

profile-form = Das Formular der Plattform, wie es in der versiegelten Datei steht:
profile-field = - { $label }: { $field }
profile-field-authority = die Adresse der Anmeldung, mit der Mandanten-ID
profile-field-tenant = die Verzeichnis-ID (Mandanten-ID)
profile-field-client = die Anwendungs-ID (Client-ID)
profile-field-secret = der geheime Clientschlüssel
profile-field-secret-ends = der Tag, an dem der geheime Clientschlüssel abläuft
profile-field-private-key = der private Schlüssel des Zertifikats, als PEM
profile-field-certificate = das Zertifikat, als PEM
profile-field-thumbprint = der SHA-1-Fingerabdruck des Zertifikats
profile-field-certificate-ends = der Tag, an dem das Zertifikat abläuft
profile-field-addresses = die Adressen der Postfächer
profile-field-object-ids = die Objekt-IDs der Postfächer
profile-field-app-name = der Name der App-Registrierung
profile-field-server = der Server von { $protocol }, wenn das verlangt wird
profile-field-port = sein Port für { $protocol }, wenn das verlangt wird
profile-field-constant = immer „{ $text }“

profile-afterwards = Nach dem Export sagt der Assistent:
profile-item = - { $item }
