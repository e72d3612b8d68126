# The problems that a step can meet: the heading, what happened, why, and what to do. Where one
# doesn't say what happened, that is a sentence of doing.ftl.

problems-unreachable =
    .title = Microsoft can't be reached
    .why = There is no connection to Microsoft's servers, or a firewall blocks it.
    .next = Check the network, then try again.
problems-no-answer =
    .title = Microsoft's answer got lost
    .why = The connection broke after the request was sent, so it may or may not have taken effect.
    .next = Try again: Mailgrant looks first and makes nothing twice.
problems-untrusted =
    .title = The connection to Microsoft isn't trusted
    .why = Something between this computer and Microsoft shows a certificate that this computer doesn't trust.
    .next = Ask whoever runs the network whether a proxy inspects traffic, and have its certificate installed on this computer.
problems-throttled =
    .title = Microsoft asks to slow down
    .why = Too many requests reached your organisation's directory in a short time, from this or another program.
    .next = Wait until the time shown, then try again.
problems-unexpected =
    .title = The answer wasn't Microsoft's
    .why = Something else answered in Microsoft's place, such as the sign-in page of a guest network, or Microsoft changed its interface.
    .next = Open any web page to see whether the network asks you to sign in, then try again.
problems-fault =
    .title = Microsoft has a fault
    .why = Microsoft's servers answered with an error of their own.
    .next = Wait a few minutes, then try again: Mailgrant looks first and makes nothing twice.

# The connection's own app.
problems-app-gone =
    .title = The app is gone from your organisation
    .why = Somebody deleted the app registration of this connection; Microsoft keeps a deleted one for 30 days.
    .next = Go to the app: Mailgrant restores it where that is still possible, or makes it again.
problems-app-disabled =
    .title = The app is switched off
    .why = Somebody disabled its enterprise application, so Microsoft takes none of its keys.
    .next = Have it switched on in Entra under Enterprise applications, Properties, "Enabled for users to sign-in", then try again.
problems-app-lets-nobody-in = Microsoft lets nobody sign in to the app that this connection made, nor the app itself.
problems-app-not-taken =
    .title = Microsoft doesn't take the app's sign-in
    .why = The app or its secret was changed a moment ago, or the app was removed meanwhile.
    .next = Try again in a minute; if it comes back, make a new secret.
problems-app-refused =
    .title = Microsoft refused the app
    .why = Microsoft refused the app's own key; its own words are in the details.
    .next = Read the details, correct what they name in Entra, then try again.
problems-app-not-ours =
    .title = This isn't the connection's own app
    .happened = The app that this connection's notes name doesn't carry its unique name, tag and ids in your organisation.
    .why = Somebody changed its marks in Entra, or the notes on this computer aren't of this app.
    .next = Compare the app in Entra with this connection; if it is the right one, give it back its tag there, otherwise take the connection off the list.
problems-secret-not-ours = The secret that this connection's notes name doesn't carry its tag in your organisation.
problems-app-unchanged = Mailgrant changed nothing on that app.

# What the admin's sign-in was refused.
problems-secret-forbidden =
    .title = Your organisation doesn't allow app secrets
    .happened = Microsoft refused to make a secret for the app.
    .why = Your organisation's credential policy blocks secrets on apps like this one.
    .next = Ask for an exception for this one app, then try again.
problems-secret-too-long =
    .title = Your organisation wants a shorter life for secrets
    .happened = Microsoft refused to make a secret that lasts this long.
    .why = Your organisation's credential policy allows only a shorter life.
    .next = Sign in again, so that Mailgrant reads the policy anew, then choose one of the lives that it allows.
problems-secret-too-many =
    .title = The app has too many secrets
    .happened = Microsoft refused to make another secret.
    .why = An app can hold only so many, and this one is full: some of them may have ended long ago.
    .next = In Entra, open the app's Certificates & secrets and remove the secrets that nothing uses, then try again. The secret that the platform uses stays.
problems-sign-in-ended =
    .title = Your sign-in has ended
    .why = Microsoft no longer takes the sign-in, because it ran out after about an hour or was revoked.
    .next = Sign in again; you come back to this step.
problems-exchange-refused =
    .title = Exchange doesn't let this sign-in do that
    .why = Exchange answered that this sign-in may not run the command: the role is missing, not activated, or so new that Exchange doesn't know it yet.
    .next = Ask for the role or activate it, then sign in again.
problems-role-missing =
    .title = Your sign-in may not do that
    .why = Microsoft answered that this sign-in lacks the right.
    .next = Ask for the role or activate it, then sign in again.
problems-exchange-rejected =
    .title = Exchange didn't accept that
    .why = Exchange refused the command; its own words are in the details.
    .next = Read the details, correct what they name in Exchange, then try again.
problems-not-accepted =
    .title = Microsoft didn't accept that
    .why = Microsoft refused the request; its own words are in the details.
    .next = Read the details, correct what they name in Entra, then try again.
# A message to whoever can give the role. "task" is from doing.ftl.
problems-request = Hello, I am connecting a mail platform to Microsoft 365 with Mailgrant and need to { $task }. That takes the role { $role }, which my sign-in doesn't have or hasn't activated. Would you, as { $granters }, give it to me for today, or would somebody who holds it do this step with me?

# What was asked to be removed and is still seen.
problems-removal-unseen =
    .title = It isn't seen to be gone
    .why = Microsoft takes unusually long to apply it, or something on the way answered in its place.
    .next = Wait a minute, then try again: Mailgrant looks first and counts nothing as removed that it still reads.
problems-app-still-seen = Mailgrant asked for the removal of the app registration and reads it back as still there.
problems-app-still-exists = As far as Mailgrant can read, the app registration still exists.
problems-secret-still-seen = Mailgrant asked for the removal of the secret and reads it back as still there.
problems-secret-still-exists = As far as Mailgrant can read, the secret still exists.

# The keychain.
problems-keychain-locked =
    .title = The keychain is locked
    .happened = Mailgrant couldn't use this computer's keychain.
    .why = The keychain is locked, and the secret is kept nowhere else.
    .next = Unlock the keychain, then try again.
problems-keychain-silent =
    .title = The keychain doesn't answer
    .happened = Mailgrant waited 5 seconds for this computer's keychain.
    .why = It may be asking you something in another window, or be stuck.
    .next = Look for its question and answer it, then try again.
problems-keychain-missing =
    .title = This computer has no keychain
    .happened = Mailgrant found no keychain to keep the secret in.
    .why = The keychain service isn't running for this sign-in to the computer, and the secret is never written to a plain file.
    .next = Start the keychain service (on Linux gnome-keyring or KWallet), then try again.
problems-keychain-refused =
    .title = The keychain refused
    .happened = Mailgrant couldn't use this computer's keychain.
    .why = The keychain answered with an error of its own; it is in the details.
    .next = Restart the keychain service or the computer, then try again.

# Files.
problems-not-written =
    .title = The file couldn't be saved
    .happened = Mailgrant couldn't write to { $place }.
    .why = The system refused to write there.
    .next = Choose another folder or restart the computer, then try again.
problems-disk-full =
    .title = { problems-not-written.title }
    .happened = { problems-not-written.happened }
    .why = The disk is full.
    .next = Free some space, then try again.
problems-may-not-write =
    .title = { problems-not-written.title }
    .happened = { problems-not-written.happened }
    .why = This account may not write there.
    .next = Choose another folder or ask for access, then try again.
problems-no-such-folder =
    .title = { problems-not-written.title }
    .happened = { problems-not-written.happened }
    .why = The folder doesn't exist.
    .next = Choose another folder, then try again.
problems-nothing-half-written = Nothing half-written was left behind.

# What exists by now.
problems-nothing-changed = Nothing was changed.
problems-nothing-made-or-changed = Nothing was made or changed.
problems-limit-was-set = The limit was set in Exchange.
