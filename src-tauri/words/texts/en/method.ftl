# How the platform reaches mail.

method-heading = How should { $platform } reach the mailboxes?
method-lead = And what may it do there? Only what is ticked is given, and you can change it later.
method-lead-open = What it may do there was chosen with the platform, and you can change it there later.
method-legend = Method
method-recommended = Recommended
method-graph-app-only = Microsoft Graph, chosen mailboxes only
    .text = The platform signs in as an app of its own. Exchange holds it to the mailboxes you name; no person's password is involved.
method-mail-protocols = IMAP, POP or SMTP, chosen mailboxes only
    .text = The platform signs in as an app of its own, and each mailbox that you name opens to it. These protocols know no smaller right than full access: the app may read, change and delete everything there.
method-smtp-app-only = SMTP, chosen mailboxes only
    .text = The platform signs in as an app of its own and only sends. Exchange holds it to the mailboxes you name, and it can open none of them.
method-by-graph = through Microsoft Graph
method-by-mail-program = as a mail program
method-by-smtp = by SMTP
method-chosen-with-platform = Chosen with the platform, { $reason }.
method-optional = { $platform } can do without it. Choose it { $reason }.
method-needed = Needed { $reason }.
method-left-out = Left out: { $asks } Instead: { $instead }
method-beyond = What { $vendor }'s own procedure asks for beyond this
method-continue = Continue
method-lacks-choice = Choose how the platform reaches the mailboxes
