# A profile's file, looked at from the command line by whoever writes it.

profile-good = { $file } is good: the wizard takes it.
profile-refused = { $file } is refused: { $reason }.
profile-refused-at = { $file } is refused in line { $line }: { $reason }.
profile-not-read = { $file } couldn't be read as a profile: { $reason }.

# Where the file belongs.
profile-inside = Mailgrant itself has this very file, so it needs no folder.
profile-lies-there = It lies in the folder where the wizard looks, and is read at the next start.
profile-put-into = For the wizard to find it, put it into { $folder }.
profile-replaces = A profile with its ID lies already in { $folder }. Put it in the place of that one.

profile-who = { $platform } by { $vendor }, with the ID { $id }, version { $version }
profile-compared = Last compared with the vendor's documents on { $day }
profile-not-compared = It doesn't say when it was last compared with the vendor's documents
profile-open = It stands for any platform: the admin says what it is called and what it may do.
profile-method = Method: { $method }
profile-limit-by-scope = Limit: Exchange holds the app to the mailboxes that the admin names, with RBAC for Applications.
profile-limit-by-mailbox = Limit: the app gets full access to each mailbox that the admin names, and Mailgrant gives it to no other.

# A reason is a clause of the profile: "to read new messages".
profile-permissions = Permissions:
profile-is-given = - { $permission }: always given, { $reason }
profile-is-optional = - { $permission }: given where the admin ticks it, { $reason }
profile-is-usual = - { $permission }: ticked at first, and given unless the admin takes the tick away, { $reason }
profile-is-asked = - { $permission }: given where the admin ticks it for a platform that has { $reason }
profile-left-out = Named as left out: { $asks } Instead: { $instead }

profile-kind = { $kind ->
    [certificate] certificate
   *[secret] client secret
}
profile-credential = { $count ->
    [one] Credential: { $kinds }
   *[other] Credential: { $kinds }, the first of them proposed
}
profile-life = { $longest ->
    [one] Life: { $usual } proposed, { $longest } month at most
   *[other] Life: { $usual } proposed, { $longest } months at most
}
profile-key = The sealed file can be locked for this key: { $key }. Its words, which the admin compares with the platform's people: { $words }
profile-no-key = It names no key, so the sealed file is locked with a passphrase, or for a key that the platform's people give.

profile-form = The platform's form, as it stands in the sealed file:
profile-field = - { $label }: { $field }
profile-field-authority = the address of the sign-in, with the tenant ID
profile-field-tenant = the directory (tenant) ID
profile-field-client = the application (client) ID
profile-field-secret = the client secret
profile-field-secret-ends = the day on which the client secret ends
profile-field-private-key = the private key of the certificate, as PEM
profile-field-certificate = the certificate, as PEM
profile-field-thumbprint = the SHA-1 thumbprint of the certificate
profile-field-certificate-ends = the day on which the certificate ends
profile-field-addresses = the addresses of the mailboxes
profile-field-object-ids = the object IDs of the mailboxes
profile-field-app-name = the name of the app registration
profile-field-server = the server of { $protocol }, where that is asked for
profile-field-port = its port for { $protocol }, where that is asked for
profile-field-constant = always “{ $text }”

profile-afterwards = Once the file is exported, the wizard says:
profile-item = - { $item }
