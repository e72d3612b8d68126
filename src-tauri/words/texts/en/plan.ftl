# The plan by its parts: what it reads, what it leaves alone.

plan-reads-grants = No permission in Entra that opens a mailbox
    .text = None is made. Every grant to the app is read, because one in Entra would reach every mailbox
plan-reads-other-grants = No other permission in Entra that opens a mailbox
    .text = Every grant to the app is read, because another one could reach every mailbox
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
plan-other-apps-unread = Other app registrations
    .text = Not read, so whether one has a similar name isn't known
plan-no-entra = Mail permissions in Entra
    .text = None is asked for. Access comes later, from Exchange
plan-no-more-entra = Further mail permissions in Entra
    .text = None is asked for. What opens mailboxes goes once the limit is in force
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
plan-outside-the-group = Every mailbox outside of the group
    .text = The app isn't given any access to it
plan-the-mailboxes = The mailboxes themselves
    .text = No setting, member or message changes
plan-the-mailboxes-switched = The mailboxes themselves
    .text = No member or message changes, and no setting but the protocols that the plan names
plan-other-limits = Other apps and their limits
    .text = None is changed
plan-other-switches = The organisation's own switches
    .text = None is changed. What is switched on for a mailbox goes before them

plan-see-calls = { $calls ->
    [one] See the one call
   *[other] See all { $calls } calls
}
plan-copy-calls = Copy the calls

plan-heading = The plan for { $organisation }
plan-heading-yours = The plan for your organisation
plan-note = Each is checked once it's made
plan-done = Everything was made and checked
plan-done-otherwise = Everything was made, and the last look found it otherwise
plan-done-lead = What is made can be removed here, the limit and the secret before the app.
plan-continue = Continue to the proof

# What was made before a problem.
plan-stopped-none = None of { $all } made, nothing touched
plan-stopped = { $count } of { $all } made, nothing else touched
plan-stopped-begun = { $count } of { $all } made, and one more was begun
plan-stopped-text = What was made stays as it is until you try again or take it back.
plan-stopped-begun-text = Whether it came to anything is looked at before anything else is done.
plan-undo = Undo everything that was made

# Which role a part takes, and where the part stands.
plan-takes = Takes { $role }
plan-is-done = Done
plan-is-off = Switched off
plan-is-applied = Microsoft applies it
plan-is-too-broad = Too broad
plan-has-ended = Ended
plan-is-under-way = Under way
plan-may-you = You have it
plan-may-unknown = Not known
plan-may-sign-in = Sign in to see
plan-ask-app-role = Ask an { roles-application }
plan-ask-exchange-role = Ask an { roles-exchange }
plan-line-checked = Checked { $at }
plan-line-made = Made

plan-fact-app = App
plan-fact-entra = In Entra
plan-none-opened = None that opened a mailbox
plan-fact-ends = Ends on
plan-ends = { $day }. { $left }
plan-fact-mailboxes = Mailboxes
plan-fact-may = May
plan-fact-checked = Checked
plan-lasts = { $days ->
    [one] It lasts 1 day, until { $end }
   *[other] It lasts { $days } days, until { $end }
}
plan-signs-in-with = { $kind ->
        [certificate] Signs in with a certificate
       *[secret] Signs in with a secret
    }
plan-secrets-forbidden = Your organisation's policy blocks app secrets
plan-secrets-forbidden-text = The secret needs an exception for this one app from a { roles-security }.
plan-app-is-last = To delete it, first remove its secret and its limit
plan-nobody-sees = Nobody will see it, you included. It's safe to share or record this window
plan-limit-takes = Microsoft then takes { $usually } to apply it. You can close the window meanwhile

# Whether who is signed in may do what is left.
plan-nobody-signed-in = Nobody is signed in. Sign in to see which parts you can do.
plan-can-all = You can do all { $count } parts.
plan-can-perhaps = { $perhaps ->
    [one] You can try { $count ->
        [one] the part that is left; it isn't known whether you may.
       *[other] the { $count } parts that are left; of one it isn't known whether you may.
    }
   *[other] You can try the { $count } parts that are left; of { $perhaps } it isn't known whether you may.
}
plan-can-left = { $count ->
    [one] You can do the part that is left.
   *[other] You can do the { $count } parts that are left.
}
plan-protocols-ask = A protocol is switched off for some of the mailboxes; the last part asks about it.
# Whom to ask for what follows, such as "ask an Exchange Administrator for the limit".
plan-can-some = { $all ->
    [one] You can do { $can } of 1 part: { $asks }.
   *[other] You can do { $can } of { $all } parts: { $asks }.
}
plan-asks-app-role = ask an { roles-application } for { $parts }
plan-asks-exchange-role = ask an { roles-exchange } for the limit
plan-asks-exchange-role-to-switch = ask an { roles-exchange } for the protocols
plan-asks-grant-role = ask a { roles-privileged-role } for the permissions
plan-asked-app = the app
plan-asked-permissions = the permissions
plan-asked-secret = the secret

plan-app-takes = The app takes { roles-application }
plan-grant-takes = The permissions take { roles-privileged-role }
plan-permissions-take = The permissions take { roles-application }
plan-secret-takes = The secret takes { roles-application }
plan-limit-takes-role = The limit takes { roles-exchange }
plan-protocols-take-role = The protocols take { roles-exchange }
plan-send-request = Send a request, or sign in as somebody who holds the role. What you can do before it is done all the same.
plan-made-stays = What is made stays.
plan-nothing-made = Nothing has been made so far.
plan-copy-request = Copy a request

plan-sign-in = Sign in to go on
plan-sign-in-as-another = Sign in as somebody who may
plan-choose-mailboxes = Choose the mailboxes
plan-look-again = Look again
plan-remove-ended = Remove the ended secret
plan-make = { $count ->
    [0] Check what is made
    [one] Make this change
   *[other] Make these { $count } changes
}
plan-one-part = One part at a time
