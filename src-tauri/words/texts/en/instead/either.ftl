# What is said where a secret takes the place of a certificate, or the other way round: words that fit both.

asking-secret = Remove a key that the platform may use?
doing-look-at-secrets = Mailgrant couldn't look at the app's keys.
    .task = look at the app's keys
exists-both-secrets = Both keys still exist in Microsoft 365.
parts-step-old-secret = Old key
renewing-sign-in-lead = Mailgrant reads the app first, then shows what it will make. { $ended ->
    [yes] The key that { $platform } has now has ended; it can't sign in until it has the new one.
   *[no] The key that { $platform } has now keeps working.
}
renewing-reading-for = Microsoft to list the app's keys
renewing-secret = Make a new key beside the old one
renewing-next = When { $platform } has taken the new file in, come back and say so. { $ended ->
    [yes] Until then it can't sign in, because the old key has ended.
   *[no] Until then the old key stays and keeps working.
}
renewing-to-old-secret = Continue to the old key
renewing-has-moved = Does { $platform } use the new key?
renewing-has-moved-lead = { $ended ->
    [yes] The old key has ended. It stays until you say so.
   *[no] Until you say so, the old key stays and keeps working.
}
renewing-old-ends = The old key ends
renewing-new-ends = The new key ends
renewing-new = New key
renewing-old = Old key
renewing-new-works = The new key works
renewing-given-text = Until { $platform } takes it in, it signs in with the old key.
renewing-how-to-tell-text = Ask whoever runs { $platform } whether the new values are saved there and its own test passes. { $ended ->
    [yes] Mail that arrives again says so too, because the old key has ended.
   *[no] Mail that still arrives says nothing, because the old key works too.
}
renewing-still-used = The old key is still used
renewing-remove-heading = Remove the old key
renewing-remove = Remove the old key
renewing-remove-note = A removed key can't be brought back
renewing-finished = The old key is removed, and the renewal is finished.
renewing-two-secrets =
    .title = A renewal may be under way elsewhere
    .happened = The app has two keys of this connection, with the ids { $one } and { $other }.
    .why = Somebody may be renewing it at another computer, or a renewal wasn't brought to its end.
    .next = Ask who else looks after this connection and let them finish; or find out which of the two the platform uses, and remove the other one in the Entra admin center.
renewing-stage-make = Make
    .text = a second key beside the old one
renewing-stage-remove = Remove
    .text = the old key
renewing-begun-text = The new key isn't handed over yet. The old one stays
renewing-old-stays = Old key still there
renewing-old-stays-text = You said that the platform uses the new key; the old one can be removed
