# The problems that any step can meet with the connection itself.

wizard-undo-not-yet =
    .title = Something else has to be taken back first
    .happened = Mailgrant didn't take back what the step { $step } made.
    .why = Something that a later step made depends on it, or it is taken back already.
    .next = Take the limit and the secret back first, on the plan, then this.

wizard-journal-newer =
    .title = This connection can be looked at only
    .happened = This connection was worked on with a newer version of Mailgrant.
    .why = Its notes hold something that this version doesn't know, and acting without it could undo the newer version's work.
    .next = Open the connection with the newer version; here it can be looked at.
wizard-journal-unsigned =
    .title = { wizard-journal-newer.title }
    .happened = This connection's notes carry no signature; an early version of Mailgrant may have written them.
    .why = Without the signature of this computer nothing shows that they are true.
    .next = Look at what they say; to change something, undo it by hand in Microsoft 365 and begin a new connection.
wizard-journal-foreign =
    .title = { wizard-journal-newer.title }
    .happened = This connection's notes weren't written by you on this computer.
    .why = They came from another computer or another user, or this computer's keychain was reset.
    .next = Open the connection where it was made; here it can be looked at.
wizard-journal-edited =
    .title = { wizard-journal-newer.title }
    .happened = This connection's notes were changed by something other than Mailgrant.
    .why = A line in them doesn't carry this computer's signature, so what they say may be wrong.
    .next = Restore the file from a backup; until then the connection can be looked at.
wizard-nothing-changed-anywhere = Nothing was changed, here or in your organisation.

wizard-clock-wrong =
    .title = This computer's clock is wrong
    .happened = This computer says that it is { $ours }, and Microsoft says { $theirs }.
    .why = They differ by more than 5 minutes, so a secret would end at another time than shown, and sign-ins would be refused.
    .next = Set this computer's date, time and time zone, then try again.
wizard-not-sent = The next change wasn't sent; what was made before it stays.

wizard-signed-out =
    .title = Sign in again to go on
    .happened = Nobody is signed in to Microsoft in this window.
    .why = A sign-in is never kept on this computer, so it ends with the window.
    .next = Sign in again; you come back to this step.

wizard-fault =
    .title = Mailgrant has a fault
    .happened = A step was asked for before what it needs was there.
    .why = This is a mistake in Mailgrant, not in your organisation.
    .next = Close the window and open the connection again; if it comes back, report it with the details.
wizard-fault-half-way =
    .title = { wizard-fault.title }
    .happened = Something in Mailgrant stopped half-way through what you asked for.
    .why = { wizard-fault.why } What was done before is kept.
    .next = Go back to your connections and open this one again; it looks at what is there before it goes on.
wizard-fault-no-connection =
    .title = { wizard-fault.title }
    .happened = A step was asked for and no connection is open.
    .why = { wizard-fault.why }
    .next = Go back to your connections and open this one again.
wizard-no-words-drawn =
    .title = No words were drawn
    .happened = The operating system gave no random numbers, so no passphrase was drawn.
    .why = This is a fault of the computer, not of your organisation.
    .next = Type a passphrase of your own, or restart the computer and try again.
wizard-practice-not-started =
    .title = The practice organisation didn't start
    .happened = Mailgrant couldn't start the practice organisation on this computer.
    .why = A port on this computer couldn't be opened, or its saved state can't be read.
    .next = Try again; if it comes back, restart the computer.

# The folder of the connections.
wizard-already-open =
    .title = Mailgrant is already open
    .happened = Another window of Mailgrant works with the same connections.
    .why = Two windows at once could do the same step twice.
    .next = Go on in the other window, or close it and start again.
wizard-notes-unreadable =
    .title = This connection's notes can't be read
    .happened = The notes of this connection are damaged: { $reason }.
    .why = The file was changed by something other than Mailgrant, or the disk has a fault.
    .next = Restore the file from a backup, or take the connection off the list and begin again; Mailgrant finds the app it made by its tag only from these notes.
# What stands in that sentence.
wizard-notes-no-file = a link or a device lies in the place of the journal
wizard-notes-broken = line { $line } of the journal was changed or does not follow from the line before
wizard-notes-no-record = line { $line } of the journal is not a record: { $reason }
wizard-notes-empty = the journal is empty
wizard-notes-too-large = the journal is larger than { $most } MiB
