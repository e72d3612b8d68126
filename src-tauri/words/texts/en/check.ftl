# A connection checked again by its record: on the command line, and in the file that it writes.

check-heading = { $platform }, { $organisation }
check-with-own-key = Recorded { $recorded }, checked { $at } with the app's own key
check-signed-in = Recorded { $recorded }, checked { $at } with an administrator's sign-in
check-as-recorded = As recorded: nothing that was looked at has changed.
check-differs = { $count ->
    [one] Not as recorded: { $count } thing needs you.
   *[other] Not as recorded: { $count } things need you.
}
check-not-checked = Not checked: something couldn't be told, so nothing is said of it.
check-answered = Mailboxes that must answer: { $n } of { $of } did.
check-were-refused = Mailboxes that must refuse the app: { $n } of { $of } did.
check-ends = { $days ->
    [one] The secret ends on { $day }, in { $days } day.
   *[other] The secret ends on { $day }, in { $days } days.
}
check-ended = The secret ended on { $day }.
check-unseen = Not looked at, so unknown:
check-open-browser = Sign in with your browser. Where none opens, go to this address: { $address }
check-title = Check: { $platform } and { $organisation }
check-kind = A connection checked again
check-footer = Made by { $generator } on { $at }. This page holds no secret. All times are UTC.
check-saved = Saved: { $files }
check-problem = Not checked
check-quote = For support: { $ids }

# What is found. The title says it, the text what it means and what to do.
check-reached =
    .title = Too broad: the app reaches { $mailbox } with { $permissions }
    .text = It was refused when the connection was recorded. Somebody gave the app more, or widened its limit. A sign-in shows by which way: --sign-in, or in Mailgrant.
check-refused =
    .title = The app doesn't reach { $mailbox } any more with { $permissions }
    .text = It answered when the connection was recorded. Somebody narrowed the limit or took a role away. A sign-in shows what changed: --sign-in, or in Mailgrant.
check-mailbox-gone =
    .title = The mailbox { $mailbox } is gone
    .text = Microsoft finds no mailbox of its ID, so the platform can't use it. Have it restored, or take it off the connection's list in Mailgrant.
check-control-gone =
    .title = { $mailbox } doesn't exist any more
    .text = It was one of the mailboxes that must refuse the app, and others still do. Name another in its place when you next open the connection.
check-proved-nothing =
    .title = { $mailbox } gave no answer that tells anything
    .text = { $why }. No answer isn't a refusal, so it isn't counted as one. Check again later.
check-permission-unknown =
    .title = { $permission } wasn't tried
    .text = The record names this permission, and this version of Mailgrant doesn't know it, so nothing is said of it. Check with the version that made the record, or a newer one.
check-waiting =
    .title = Microsoft still applies something that was changed
    .text = Check again { $at }; asking sooner makes it slower.
check-secret-ended =
    .title = The secret ended on { $day }
    .text = The platform can't sign in with it any more. Renew it in Mailgrant and hand the new file over.
check-secret-ends-soon =
    .title = { $days ->
        [one] The secret ends on { $day }, in { $days } day
       *[other] The secret ends on { $day }, in { $days } days
    }
    .text = The platform can't sign in after that. Renew it in Mailgrant and hand the new file over.
check-not-proven =
    .title = The look didn't end in a proof
    .text = Open the connection in Mailgrant and run the checks: the page of the proof shows each of them.
check-newer-secret =
    .title = This record is of an older secret
    .text = This computer has another secret for the connection. Once the platform uses that one, check by the record that was exported with it.
check-other-mailboxes =
    .title = This record names other mailboxes than the connection has
    .text = The list was changed in Mailgrant after the record was made. Check by the record that was exported after that.

# What is said not to have been looked at.
check-unseen-grants = What Entra grants the app: only an administrator can read that.
check-unseen-limit = What the limit in Exchange holds beside these mailboxes.
check-unseen-roles = The roles that the app has in Exchange and in the directory, and its permissions on single mailboxes.
check-unseen-credentials = Other secrets and certificates of the app, its owners, and where its sign-ins are sent.
check-unseen-others = Every mailbox that the record doesn't name.
check-unseen-others-signed-in = Mailboxes that nobody named were not tried live; that the limit doesn't hold them is what Exchange says.

# Why it couldn't be checked.
check-no-secret =
    .title = The secret isn't in this keychain
    .happened = Your keychain on this computer holds no secret with the ID { $key } for this connection.
    .why = A secret stays with the person and on the computer that made it, unless it was removed there.
    .next = Run the check there and as that person; a task that runs by itself must run as them too.
check-replaced =
    .title = This record is of a secret that was replaced
    .happened = The record names the secret with the ID { $key }, and this computer has another one for the connection.
    .why = A renewal made a new secret and a new record; the old secret is gone from the keychain.
    .next = Check by the record that was exported with the new secret.
check-not-here =
    .title = This computer doesn't know the connection
    .happened = There are no notes of this connection among yours on this computer.
    .why = A check with a sign-in goes by the connection's notes, which stay with the person and on the computer that made it.
    .next = Run the check there and as that person.
check-unfinished =
    .title = This connection isn't finished
    .happened = Something of this connection is being made, or was taken back.
    .why = A look goes by an app, a secret and a limit that are all there, and one of them isn't now.
    .next = Finish it in Mailgrant; until then check without --sign-in.
check-may-not-look =
    .title = Who signed in may not read everything
    .happened = The sign-in doesn't give the right to read the app in Entra and its limit in Exchange.
    .why = Both decide what the app can reach, so half of it would prove nothing.
    .next = Sign in as somebody who is an Exchange Administrator and may read app registrations.
check-nobody-came =
    .title = Nobody signed in
    .happened = The sign-in was cancelled in the browser.
    .why = Somebody pressed Cancel on Microsoft's page.
    .next = Run the check again and sign in.
