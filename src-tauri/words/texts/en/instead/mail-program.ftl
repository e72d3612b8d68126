# What is said where the platform opens mailboxes as a mail program does: no scope holds the app, each mailbox gives it full access, and no list
# tells of every mailbox that does.

adopting-remove-lead = These permissions open nothing to a mail program. Before they go, each mailbox is tried with the app's new key; the proof follows at once. { $platform } goes on opening its mailboxes as before.
check-unseen-limit = Whether other mailboxes give the app full access.
check-unseen-others-signed-in = Mailboxes that nobody named were neither tried nor looked at: Exchange has no list of all that give an app full access.
export-can-use = { $platform } can use { $mailboxes }; each of the others that were tried refused it
help-permissions = It sees that the app has what a mail program needs in Entra, and no other that opens a mailbox.
help-purpose = Mailgrant connects a mail platform to the mailboxes you name, and tries that others refuse it.
limit-read-back-text = The app had full access to the chosen mailboxes, and to none of the others that you named. Live access follows once Microsoft applies it.
limit-was-set-text = The app's entry, and full access to each of these mailboxes.
permissions-heading = See what the app may do in Entra
plan-no-entra = Other mail permissions in Entra
    .text = None is asked for
plan-none-opened = None that opened a mailbox by itself
plan-the-mailboxes = The mailboxes themselves
    .text = No message changes, nor what anybody else may do there
reasons-mailbox-right =
    .title = Too broad: the app has { $right } on { $mailbox }
    .text = Nobody asked for it here, and it opens the mailbox to the app. Have it removed in Exchange, under the mailbox's delegation.
record-configured = by the mailbox's permissions
revoking-mailboxes = The mailboxes
    .text = No message changes, nor what anybody else may do there
verify-configured = Configured: what the mailbox's permissions say
verify-heading = Does it work, and do the others refuse it?
verify-in-scope = Full access
verify-out-of-scope = No access
verify-overdue-text = The limit was set more than 2 hours ago, the mailbox gives the app full access, and the app is still refused. See whether the protocol is switched on for the mailbox; then run the checks again. If it stays, send the details of a cell to Microsoft's support.
verify-own-test = Permissions of the mailboxes
verify-reached-unclear = Look at the permissions of this mailbox in Exchange and at the app's permissions in Entra; then run the checks again.
verify-why-not-within-limit = The mailbox doesn't give the app full access
verify-why-refused-as-tested = The app is refused, and the mailbox doesn't give it full access
verify-worked = On { $day } it worked, and the others that were tried refused it
verify-works = It works, and the others that were tried refuse it
