# The plan by its parts: what it reads, what it leaves alone.

plan-reads-grants = No permission in Entra that opens a mailbox
    .text = None is made. Every grant to the app is read, because one in Entra would reach every mailbox
plan-limit-unanswered = One limit
    .text = The mailboxes aren't chosen yet

plan-other-apps = { $count ->
    [0] Other app registrations
    [one] Your other app registration
   *[other] Your { $count } other app registrations
}
    .text = { $similar ->
        [0] None has a similar name
        [one] One has a similar name: { $first }
       *[other] { $similar } have a similar name, such as { $first }
    }
plan-no-entra = Mail permissions in Entra
    .text = None is asked for. Access comes later, from Exchange
plan-no-redirects = Redirect addresses and certificates
    .text = None is added
plan-no-copy = Anything you could read or copy
    .text = No screen, log or clipboard ever holds it
plan-other-secrets = Other secrets and certificates
    .text = { $count ->
        [0] None is changed
        [one] The app has one that Mailgrant didn't make: { $first }. It stays
       *[other] The app has { $count } that Mailgrant didn't make. They stay
    }
plan-other-mailboxes = Every other mailbox
    .text = The app isn't given any access to it
plan-the-mailboxes = The mailboxes themselves
    .text = No setting, member or message changes
plan-other-limits = Other apps and their limits
    .text = None is changed

plan-see-calls = { $calls ->
    [one] See the one call
   *[other] See all { $calls } calls
}
