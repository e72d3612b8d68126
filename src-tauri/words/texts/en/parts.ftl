# What several pages say.

parts-step-platform = Platform
parts-step-method = Method
parts-step-sign-in = Sign-in
parts-step-existing-app = Existing app
parts-step-old-permissions = Old permissions
parts-step-app = App
parts-step-permissions = Permissions
parts-step-secret = Secret
parts-step-mailboxes = Mailboxes
parts-step-limit = Limit
parts-step-protocols = Protocols
parts-step-plan = Plan
parts-step-verify = Proof
parts-step-export = Export
parts-step-old-secret = Old secret

# What a platform may do with the mail.
parts-read = Read mail
parts-read-and-file = Read and file mail
parts-send = Send mail
parts-list = List mail, without what stands in it
parts-calendars = Read calendars
parts-calendars-and-change = Read and change calendars
parts-contacts = Read contacts
parts-contacts-and-change = Read and change contacts
parts-settings = Read mailbox settings
parts-settings-and-change = Read and change mailbox settings
parts-imap = Open mailboxes by IMAP and change everything in them
parts-pop = Fetch and delete mail by POP
parts-smtp = Send mail by SMTP
# The same with Microsoft's name of it.
parts-access = { $access } ({ $permission })

parts-mailboxes = { $count ->
    [one] 1 mailbox
   *[other] { $count } mailboxes
}
# Many mailboxes, of which the first few are named.
parts-many-mailboxes = { $count } mailboxes: { $first } and { $more } more

parts-in-days = { $days ->
    [one] In 1 day
   *[other] In { $days } days
}
parts-ended-today = Ended today
parts-ended-days-ago = { $days ->
    [one] Ended 1 day ago
   *[other] Ended { $days } days ago
}
# A whole moment, for support.
parts-time-on-day = { $time } on { $day }
# Who may give somebody a role.
parts-granters = a Privileged Role Administrator or Global Administrator
