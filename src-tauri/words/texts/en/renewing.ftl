# A renewal: a new secret beside the old one, which goes once the platform has moved.

renewing-renew = Renew
renewing-renew-this = Renew: { $platform }
renewing-check-now = Check now
renewing-check-this = Check now: { $platform }

renewing-sign-in = Sign in to renew { $platform }
renewing-sign-in-lead = Mailgrant reads the app first, then shows what it will make. { $ended ->
    [yes] The secret that { $platform } has now has ended; it can't sign in until it has the new one.
   *[no] The secret that { $platform } has now keeps working.
}
renewing-reading = Reading what the app signs in with
renewing-reading-for = Microsoft to list the app's secrets
renewing-plan = Renew { $platform }
renewing-drop = Don't renew now
renewing-secret = Make a new secret beside the old one
renewing-secret-lead = { $ended ->
    [yes] The old one has ended; the platform can't sign in until it has the new one.
   *[no] The old one stays and keeps working until you say that the platform uses the new one.
}

renewing-next = When { $platform } has taken the new file in, come back and say so. { $ended ->
    [yes] Until then it can't sign in, because the old secret has ended.
   *[no] Until then the old secret stays and keeps working.
}
renewing-to-old-secret = Continue to the old secret

renewing-has-moved = Does { $platform } use the new secret?
renewing-has-moved-lead = { $ended ->
    [yes] The old secret has ended. It stays until you say so.
   *[no] Until you say so, the old secret stays and keeps working.
}
renewing-old-ends = The old secret ends
renewing-new-ends = The new secret ends
renewing-new = New secret
renewing-old = Old secret
renewing-new-works = The new secret works
renewing-new-works-text = Microsoft took it, and the proof was made with it.
renewing-given = The new file was sealed
renewing-given-text = Until { $platform } takes it in, it signs in with the old secret.
renewing-how-to-tell = How to tell
renewing-how-to-tell-text = Ask whoever runs { $platform } whether the new values are saved there and its own test passes. { $ended ->
    [yes] Mail that arrives again says so too, because the old secret has ended.
   *[no] Mail that still arrives says nothing, because the old secret works too.
}
renewing-used-last = Used last
renewing-used-unread = Unknown: the log of sign-ins wasn't read
renewing-used-no-licence = Unknown: your organisation has no licence for the log of sign-ins
renewing-used-no-role = Unknown: reading the log of sign-ins takes a role such as Reports Reader
renewing-used-old = The old one, { $when }
renewing-used-new = The new one, { $when }; the old one not at all until { $until }
renewing-used-neither = Neither since the file was sealed, as far as is known until { $until }
renewing-used-not-yet = Unknown so far: a sign-in can take 2 hours to show
renewing-see-last-use = See
renewing-see-last-use-again = Look again
renewing-reading-sign-ins = Reading the log of sign-ins
renewing-reading-sign-ins-for = Microsoft to list the app's sign-ins
renewing-still-used = The old secret is still used
renewing-still-used-text = Somebody signed in with it { $when }, after the new file was sealed. { $platform } may not use the new one yet.

renewing-moved = Yes, it uses the new one
renewing-not-yet = Not yet, save and close
renewing-moved-note = Removes nothing yet

renewing-remove-heading = Remove the old secret
renewing-remove-lead = You said { $when } that { $platform } uses the new one. It is tried once more before the old one goes.
renewing-remove = Remove the old secret
renewing-not-after-all = It doesn't use it yet
renewing-remove-note = A removed secret can't be brought back
renewing-finished = The old secret is removed, and the renewal is finished.

renewing-two-secrets =
    .title = A renewal may be under way elsewhere
    .happened = The app has two secrets of this connection, with the ids { $one } and { $other }.
    .why = Somebody may be renewing it at another computer, or a renewal wasn't brought to its end.
    .next = Ask who else looks after this connection and let them finish; or find out which of the two the platform uses, and remove the other one in the Entra admin center.

# What a renewal does, in order, on the list of connections.
renewing-stage-make = Make
    .text = a second secret beside the old one
renewing-stage-prove = Prove
    .text = the new one, mailbox by mailbox
renewing-stage-export = Export
    .text = a new sealed file
renewing-stage-confirm = Confirm
    .text = once the platform uses it
renewing-stage-remove = Remove
    .text = the old secret

# How a renewal stands, on the list of connections.
renewing-begun = Renewal begun
renewing-begun-text = The new secret isn't handed over yet. The old one stays
renewing-waits = Waits for the platform
renewing-waits-text = The new file was sealed on { $day }. Say when the platform uses it
renewing-old-stays = Old secret still there
renewing-old-stays-text = You said that the platform uses the new secret; the old one can be removed
