# The record: what the organisation keeps. Names stand apart in it, and all times are UTC.

record-title = Record: { $platform } and { $organisation }
record-kind = Record of a connection
record-heading = { $platform } and { $organisation }
record-lead = { $platform } may use { $count ->
    [one] 1 mailbox
   *[other] { $count } mailboxes
} of { $organisation }, and the checks below show what was tried before it was handed over.
record-practice = Practice.
record-practice-text = This was made in the practice organisation. Nothing in it is real, and no platform can use it.
record-footer = Made by { $generator } on { $at }. This page holds no secret: the secret is only in the sealed file. All times are UTC.
# A day, with the month by its first letters, and a time to the second.
record-exact = { $day }, { $time }

record-who = Who and when
record-exported-by = Exported by
record-made-by = Made by
record-when = When
record-cloud = Cloud
record-contact = Contact
record-sealed-file = Sealed file
record-sealed = Sealed { $how }
# How the file is sealed.
record-to-key = to the key { $key }
record-no-file = for nobody, because the platform needed no new file
record-with-passphrase = with a passphrase

record-app = The app
record-name = Name

record-may = What it may do, and why
record-permission = Permission
record-why = Why
record-given = { $permission } of { $api }, { $authority }
record-by-exchange = given by Exchange, within the limit
record-by-entra = given by Microsoft Entra
record-on-mailbox = given on the mailbox

record-where = Where it may do that
record-object-id = Object ID
record-scope = Exchange holds the app to these mailboxes by the scope { $scope }, whose filter is:
record-scope-by-group = Exchange holds the app to these mailboxes by the scope { $scope }, which goes by a group: whoever joins it is reached as well, and whoever leaves it no longer. Its filter is:
record-full-access = Each of these mailboxes gives the app full access, and only so does it open to a mail program.

record-tried = What was tried
# In bold, and after it what was counted.
record-sum = { $count } of { $all }
record-sum-works = chosen mailboxes answered
record-sum-refused = other mailboxes were refused
record-column-tried = Tried
record-column-finding = Finding
record-column-when = When, and Microsoft's request ID
record-observed = seen in a live call
record-configured = by Microsoft's test
record-last-check = The last check ended on { $at }.
# The fingerprint follows.
record-made-of = What it was made of (limit, roles, grants, rights, credentials, owners) has the fingerprint

record-not-proven = What was not proven
record-rests-on-test = That the app may change and delete mail, not only read it, rests on Microsoft's own test; no mail was touched to try it.
record-rests-on-sending = That the app may send rests on a message without a recipient, which Microsoft turns down after checking the permission, and on Microsoft's own test.
record-rests-on-test-of-others = That the app may change calendars, contacts or settings, not only read them, rests on Microsoft's own test; nothing was touched to try it.
record-rests-on-sign-in = That the app may send by SMTP rests on its sign-in there; no message was sent, and Exchange looks at the sender of each.
record-rests-on-opening = That the app may change and delete what lies in a mailbox comes with full access; each mailbox was opened for reading only.
record-others-not-tried = Mailboxes that are not in the table were not tried. The limit was read just before, and it held the chosen mailboxes and no other.
record-others-not-in-group = Mailboxes that are not in the table were not tried. The limit was read just before: it goes by the group { $group }, and those in the table were the mailboxes in it.
record-others-not-listed = Mailboxes that are not in the table were not tried. Exchange has no list of all the mailboxes that give an app full access, so it isn't known whether another one does.

record-secret-ends = When the secret ends
record-valid = Valid
record-valid-from-to = { $from } to { $until }
record-new-secret-by = New secret by

record-form = The form of { $platform }
record-only-sealed = Only in the sealed file

record-undo = How to take it back by hand
record-undo-without = Mailgrant takes it back for you. Without Mailgrant:
record-undo-lines = In Exchange Online PowerShell ({ $connect }), line by line:
record-undo-then = Then:
record-undo-adopted = Entra admin center, App registrations, { $app }: remove the secret above and, under Manifest, the tags that begin with “Mailgrant” or “mailgrant:”
record-undo-app = Entra admin center, App registrations, { $app }, Delete
