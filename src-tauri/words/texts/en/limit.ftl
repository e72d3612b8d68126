# The limit in Exchange: its plan, and what exists after it.

limit-heading = { $count ->
    [one] Limit the app to 1 mailbox
   *[other] Limit the app to { $count } mailboxes
}
limit-lead = This is all the access that Mailgrant gives the app.
limit-removed-lead = The limit was removed { $when }. Microsoft may go on with it for up to 2 hours; then it gives the app nothing until one is set again.
limit-set = { $count ->
    [one] Limit access to this mailbox
   *[other] Limit access to these mailboxes
}
limit-change = Change the limit in Exchange
limit-change-lead = The plan says what is added and what is taken away. Nothing else changes.
limit-change-to = { $count ->
    [one] Change the limit to 1 mailbox
   *[other] Change the limit to { $count } mailboxes
}
limit-takes-time = Microsoft takes its time to apply a limit
limit-takes-time-text = Usually { $usually }. You can close the window meanwhile.
limit-note = Can be undone at any time

limit-done = The limit is set
limit-was-set = Set in Exchange
limit-was-set-text = The app's entry, one scope and one role for each permission.
limit-read-back = Read back from Exchange
limit-read-back-by-group = The scope goes by the group { $group }, and Microsoft's own test agreed for each mailbox that was in it. Live access follows once Microsoft applies it.
limit-read-back-text = The scope matched the chosen mailboxes and no other, and Microsoft's own test agreed. Live access follows once Microsoft applies it.
limit-fact-mailboxes = Mailboxes
limit-fact-scope = Scope
limit-fact-roles = Roles
limit-fact-right = Right on each of them
limit-continue = Continue to the proof
limit-remove = Remove this limit

# The app is gone and its scope is still in Exchange.
limit-left = A scope of this connection is left in Exchange
limit-left-lead = The app that it was made for was gone when it was last looked for. A scope alone opens no mailbox. It is used again if the app is made anew; otherwise remove it.
limit-remove-scope = Remove this scope
