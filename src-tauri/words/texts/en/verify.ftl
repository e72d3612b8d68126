# The proof.

verify-heading = Does it work, and only where it should?
verify-works = It works, and only where it should
verify-worked = On { $day } it worked, and only where it should
verify-nothing-proven = Nothing is proven now
verify-nothing-proven-text = The checks weren't run to their end since something changed, so nothing is said about who can be reached.
verify-run = Run the checks
verify-run-again = Run the checks again
verify-save = Save and close
verify-continue = Continue to export
verify-to-exported = Continue
verify-look-now = Look now anyway
verify-file-stays = The file you exported stays as it is

verify-set-up = Set up in Exchange
verify-must-work = Must work: { $done } of { $all }
verify-must-be-refused = { $gone ->
    [0] Must be refused: { $done } of { $all }
    [one] Must be refused: { $done } of { $all }; 1 no longer exists
   *[other] Must be refused: { $done } of { $all }; { $gone } no longer exist
}

# What follows from those that were picked at random.
verify-drawn = What this says of the other mailboxes
verify-drawn-statement = Of { $count } picked at random from all the others that hold anything none answered: with 95 % certainty fewer than { $percent } in 100 of those could. { $more ->
    [0] They are of { $kinds } kinds.
    [one] With 1 more, of a kind that wasn't among them, { $kinds } kinds were tried.
   *[other] With { $more } more, of kinds that weren't among them, { $kinds } kinds were tried.
}
verify-drawn-every-other = { $count ->
    [one] The only other mailbox was tried too, and didn't answer.
   *[other] All { $count } other mailboxes were tried: none of the others answered.
}
verify-drawn-few = { $kinds ->
    [one] { $count } picked at random didn't answer, all of one kind. So few say nothing of how many of the others could.
   *[other] { $count } picked at random, of { $kinds } kinds, didn't answer. So few say nothing of how many of the others could.
}

# What a screen reader says.
verify-said-old = This proof is more than a day old. Run the checks again.
verify-said-proven = Proven { $when }: every mailbox did what it must.
verify-said-waiting = Waiting for Microsoft. Next look { $when }.
verify-said-too-broad = Too broad: the app reaches more than it should.
verify-said-different = Something isn't as it was asked for.
verify-said-overdue = Microsoft takes longer than usual.
verify-said-unknown = Some checks proved nothing.

verify-limit-contains = Exchange's limit contains it. Set the limit again to take it out; then run the checks again.
verify-reached-otherwise = Exchange's limit doesn't contain it, so something else reaches it: a grant in Entra, another role assignment of this app in Exchange, or one that Microsoft still holds on to. Look at the app's permissions in Entra and at its role assignments in Exchange, then run the checks again.
verify-reached-unclear = It isn't known whether Exchange's limit contains it. Look at the limit and at the other role assignments of this app in Exchange, and at the app's permissions in Entra; then run the checks again.
verify-too-broad-row = Too broad: the app can reach { $mailbox }
verify-overdue = Microsoft takes longer than usual
verify-overdue-text = The limit was set more than 2 hours ago, Microsoft's own test agrees, and the app is still refused. Leave it alone for an hour, then run the checks again; if it stays, send the details of a cell to Microsoft's support.
verify-unknown-top = Some checks proved nothing
verify-unknown-text = A check gave no usable answer. No answer isn't a refusal, so it isn't counted as one.
verify-why-unknown = { $mailbox }: { $why }. No answer isn't a refusal, so it isn't counted as one.
verify-remove-grant = Remove this grant
verify-read-group-again = Read the group again
verify-set-limit-again = Set the limit again
verify-know-owners = I know about the owners
verify-go-to-permissions = Go to the permissions
verify-go-to-secret = Go to the secret

verify-reached-more = Waiting until Microsoft lets go of what the app could reach before
verify-reached-more-text = Seen { $seen }: Exchange gave the app more than was asked for, or what can't be listed, and no check can try all of it. Microsoft can go on with it for 2 hours. We look once { $look_at }. You can close this window.
verify-waiting-for-limit = Waiting for Microsoft to apply the limit
verify-waiting-for-one = Waiting for Microsoft to apply the limit to { $mailbox }
verify-waiting-since = Set { $set_at }; usually { $usually }. We look once { $look_at }, because asking sooner makes it slower. You can close this window.
verify-waiting-text = Usually { $usually }. We look once { $look_at }, because asking sooner makes it slower. You can close this window.

verify-all-agree = Named by you; all agree
verify-named-by-you = Named by you
verify-picked-at-random = Picked at random
verify-drawn-all-agree = Picked at random; all agree
verify-taken-off = Taken off the list
verify-was-in-limit = Was in the limit, unasked
verify-in-scope = In scope
verify-out-of-scope = Out of scope
verify-row-works = Works
verify-row-refused = Refused
verify-row-too-broad = Too broad
verify-row-waiting = Waiting
verify-unknown = Unknown
verify-not-needed = Not needed
verify-gone = No longer exists

verify-read = Read { $at }
verify-through-limit = Through the limit
verify-asked = Asked { $at }
verify-proven-at = Proven { $at }
verify-answered-at = It answered { $at }
verify-next-look = Next look { $at }
verify-tried-at = Tried { $at }

verify-call-without-recipient = { $call } without a recipient
verify-fact-asked = Asked
verify-fact-answer = Answer
verify-not-asked-yet = Not asked yet, because asking early keeps the old answer alive
verify-fact-kind = Kind
verify-configured = Configured: what Microsoft's test says
verify-observed = Observed: a live call with the app's own token
verify-fact-why = Why unknown
verify-fact-at = At
verify-fact-request-id = Request id

verify-looking-each = Looking at each mailbox
verify-checking-each = Checking each mailbox
verify-looking-once = Looking once with the app's own key
verify-each-answer = Microsoft to answer for each mailbox
verify-stopped = Stopped. Nothing is proven until the checks are run to their end.

# How far a look is.
verify-own-test = Microsoft's own test
verify-live-calls = Calls with the app's own key

# Why an answer proves nothing.
verify-why-app-disabled = Not tried, because the app is switched off
verify-why-secret-gone = Not tried, because the app's secret is gone
verify-why-not-in-exchange = Exchange knows no such mailbox any more
verify-why-no-mailbox = There is no mailbox in Exchange Online behind this address
verify-why-holds-nothing = The mailbox holds nothing, or Exchange doesn't say what it holds, so that a refusal proves nothing
verify-why-test-silent = Microsoft's test didn't answer for this mailbox
verify-why-test-not-run = Microsoft's test wasn't run for this mailbox
verify-why-not-within-limit = Microsoft's test says that this mailbox isn't within the limit
verify-why-refused-as-tested = The app is refused, and Microsoft's test doesn't say that it may
verify-why-nothing-answered = The app is refused, and no mailbox that must work answered with the same key
verify-why-message-taken = Microsoft took a message without a recipient
verify-why-not-an-answer = What came back isn't a mailbox's answer
verify-why-not-found = Microsoft found no mailbox in Exchange Online for this object
verify-why-token-refused = Microsoft didn't take the app's token
verify-why-not-let-in = Exchange doesn't let the app in by IMAP
verify-why-switched-off = The protocol is switched off, for this mailbox or for the organisation
verify-switched-off = { $protocol } is switched off for { $mailbox }
    .text = Until it is switched on, no program can use the mailbox this way. Whoever manages Exchange does it in the Exchange admin centre: open the mailbox and choose Manage email apps settings. Then run the checks again.
verify-why-slow-down = Microsoft asked to slow down
verify-why-fault = Microsoft had a fault
verify-why-answered = Microsoft answered { $status } { $code }
verify-why-no-answer = Microsoft gave no usable answer
