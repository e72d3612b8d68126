# What couldn't be done, and as its task what was to be done, in the words of somebody who needs to do it: it completes
# "I need to …".

doing-prepare = Mailgrant couldn't prepare a secure connection.
    .task = prepare a secure connection
doing-sign-in-as-app = Mailgrant couldn't sign in as the app.
    .task = sign in as the app
doing-read-who = Mailgrant couldn't read who is signed in.
    .task = read who is signed in
doing-finish-sign-in = Mailgrant couldn't finish the sign-in.
    .task = finish the sign-in
doing-read-members = Mailgrant couldn't read the members of the group.
    .task = read the members of the group
doing-search = Mailgrant couldn't search for mailboxes.
    .task = search for mailboxes
doing-pick = Mailgrant couldn't pick a mailbox at random.
    .task = pick a mailbox at random
doing-look-up = Mailgrant couldn't look the mailboxes up.
    .task = look the mailboxes up
