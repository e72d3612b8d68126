# What stands around every page, and what is under way.

frame-title = { $title } - Mailgrant
frame-title-problem = Problem: { $title } - Mailgrant
frame-title-step = { $step }, { $heading }
frame-step = Step { $number } of { $all }: { $name }
frame-part = { $station }, part { $part } of { $parts }: { $name }
frame-practice = Practice organisation
frame-practice-note = Nothing here reaches Microsoft 365. One minute stands for an hour.
frame-leave-practice = Leave practice
frame-new-connection = New connection
frame-saved = Saved { $at }
frame-rail-problem = Problem
frame-rail-waiting = Waiting
frame-rail-too-broad = Too broad
frame-rail-needs-you = Needs you
frame-rail-ended = Ended
frame-rail-look-again = Look again
frame-rail-ask-somebody = Ask somebody

frame-from-notes = This is from the connection's notes, last written about it { $when }. Sign in to look at how it is now.
frame-seen-then = What was seen when it was last looked at
frame-sign-in-to-look = Sign in to look now
frame-back-to-connections = Back to your connections

frame-copied = Copied
frame-not-copied = Not copied
frame-said-copied = Copied.
frame-said-copied-again = Copied again, { $times } times now.
frame-said-not-copied = The clipboard didn't take it. Mark the text on the page and copy it by hand.

# What a button says while what it asked for is under way.
frame-setting = Setting…
frame-making = Making…
frame-creating = Creating…
frame-deleting = Deleting…
frame-removing = Removing…
frame-checking = Checking…
frame-waiting = Waiting…
frame-sealing = Sealing…
frame-looking = Looking…
frame-working = Working…
frame-stop = Stop
frame-made-so-far = { $what }: { $done } of { $all } made
frame-plan-changed = What was found changes the plan. Read it again before you go on.
frame-undone = Undone. Nothing of it is left.
frame-undone-restorable = Undone. The app can be restored until { $until }.
frame-undone-unsure = What is known was undone. Whether anything else was made isn't known: an answer was lost.
frame-so-far = { $what }: { $done } of { $all }

# What is under way, and whom it waits for: "waiting for Microsoft to show the new app".
frame-waiting-for = Waiting for { $what }.
frame-starting-practice = Starting the practice organisation
frame-practice-start = the practice organisation to start
frame-creating-app = Creating the app registration
frame-show-app = Microsoft to show the new app
frame-deleting-app = Deleting the app registration
frame-delete-app = Microsoft to delete it
frame-restoring-app = Restoring the app registration
frame-show-restored-app = Microsoft to show the app again
frame-creating-secret = Creating the secret
frame-take-secret = Microsoft to take the new secret, usually within a minute
frame-removing-secret = Removing the secret
frame-remove-secret = Microsoft to remove it
frame-looking-for-secret = Looking for the secret of the interrupted run
frame-list-secrets = Microsoft to list the app's secrets
frame-setting-limit = Setting the limit
frame-show-limit = Exchange to show the new limit
frame-removing-limit = Removing the limit
frame-remove-limit = Exchange to remove it
frame-reading-switches = Reading which protocols are switched off
frame-list-switches = Exchange to say how the mailboxes' protocols stand
frame-switching-on = Switching the protocols on
frame-switching-off = Switching the protocols back off
frame-switch = Exchange to show how they stand
frame-reading-grants = Reading what the app is allowed
frame-list-grants = Microsoft to list the app's grants
frame-removing-grant = Removing the grant
frame-remove-grant = Microsoft to remove it
frame-searching = Searching
frame-picking = Picking mailboxes at random
frame-looking-up = { $count ->
    [one] Looking up 1 mailbox
   *[other] Looking up { $count } mailboxes
}
frame-looking-up-this = Looking up the mailbox
frame-looking-up-these = Looking up the mailboxes
frame-reading-members = Reading the group's members
frame-exchange-answer = Exchange to answer
frame-lists-as-before = Stopped. The lists are as they were before.
