# What is said where an app signs in with a certificate: the same messages, in words that fit it. A message that isn't here is
# said as it stands in the other files.

asking-remove-secret = Remove the certificate
asking-until-secret = Until another certificate is handed over
asking-until-app = Until the app is restored, its limit set again and another certificate handed over
asking-platform-goes-on = { $platform } goes on with the certificate that it has
asking-key-deleted = Its private key, out of this computer's keychain
asking-deleted-app-named = { $name }, client id { $id }. It can be restored until { $until }, with what certificates it still holds
asking-stays-secret = The certificate in Microsoft 365, and its private key in this computer's keychain
asking-secret-named = Ends on { $day }; Certificate ID { $id }

check-ends = { $days ->
    [one] The certificate ends on { $day }, in { $days } day.
   *[other] The certificate ends on { $day }, in { $days } days.
}
check-ended = The certificate ended on { $day }.
check-footer = Made by { $generator } on { $at }. This page holds no private key. All times are UTC.
check-secret-ended =
    .title = The certificate ended on { $day }
    .text = The platform can't sign in with it any more. Renew it in Mailgrant and hand the new file over.
check-secret-ends-soon =
    .title = { $days ->
        [one] The certificate ends on { $day }, in { $days } day
       *[other] The certificate ends on { $day }, in { $days } days
    }
    .text = The platform can't sign in after that. Renew it in Mailgrant and hand the new file over.
check-newer-secret =
    .title = This record is of an older certificate
    .text = This computer has another certificate for the connection. Once the platform uses that one, check by the record that was exported with it.
check-no-secret =
    .title = The certificate's private key isn't in this keychain
    .happened = Your keychain on this computer holds no private key of the certificate with the ID { $key } for this connection.
    .why = A private key stays with the person and on the computer that made it, unless it was removed there.
    .next = Run the check there and as that person; a scheduled task has to run under their account too.
check-replaced =
    .title = This record is of a certificate that was replaced
    .happened = The record names the certificate with the ID { $key }, and this computer has another one for the connection.
    .why = A renewal made a new certificate and a new record; the old certificate is gone from the keychain.
    .next = Check by the record that was exported with the new certificate.
check-unfinished =
    .title = This connection isn't finished
    .happened = Something of this connection is being made, or was taken back.
    .why = A look goes by an app, a certificate and a limit that are all there, and one of them isn't now.
    .next = Finish it in Mailgrant; until then check without --sign-in.

connections-stays-as-it-was = What it made in Microsoft 365 is as it was; a private key of it stays in the keychain
connections-secret-ended = Certificate ended
connections-ended-on = The certificate ended on { $day }; the platform can't sign in any more
connections-ends-on = { $days ->
    [one] The certificate ends on { $day }, in 1 day
   *[other] The certificate ends on { $day }, in { $days } days
}

doing-try-secret = Mailgrant couldn't see that Microsoft takes the certificate.
    .task = see that Microsoft takes the certificate
doing-make-secret = Mailgrant couldn't make a certificate for the app.
    .task = make a certificate for the app
doing-remove-secret = Mailgrant couldn't remove the certificate.
    .task = remove the certificate

exists-secret-saved = The certificate was made and is saved in the keychain.
exists-no-secret = No certificate was made.
exists-app-no-secret = The app from the earlier step is unchanged. No certificate was made.
exists-secret-perhaps = A certificate may have been made; the next look says.
exists-secret-lost = A certificate was made and its value got lost; Mailgrant removes it before it makes another.
exists-secret-unsaved = A certificate was made and couldn't be saved; Mailgrant removes it.
exists-unsaved-removed = The certificate that couldn't be saved was removed.
exists-secret-removed-again = That certificate was removed again.
exists-all-removed = The limit, the certificates and the app were removed.
exists-secret = The certificate exists in Microsoft 365.
exists-secret-unreadable = The certificate still exists in Microsoft 365; its private key isn't here.
exists-secret-still = The certificate still exists.
exists-secret-perhaps-still = The certificate may be removed by now; the next look says.
exists-secret-gone = The certificate was removed from Microsoft 365.

export-fact-secret-ends = Certificate ends
export-no-file-detail = { $platform } has this certificate already. What changed, such as the mailboxes, stands in the record and on the next page.
export-keeps-what-it-has = No file has to be handed over: { $platform } keeps its certificate. Give it the mailboxes below, where they changed.
export-record-for = For your files: what was made and proved, without any private key. It prints well.
export-reminder-for = Open it to put the end of the certificate into your calendar.
export-secret-ends-then = The certificate ends on { $day }. { $how }
export-secret-id = Certificate ID
export-inside = Inside are all values of the form below, with the certificate and the private key that belongs to it. If you fill that form in yourself, open it yourself, and delete what came out of it afterwards.

exporting-secret-replaced =
    .title = The keychain holds another private key
    .happened = The private key in this computer's keychain isn't the one that was proven.
    .why = Somebody or something replaced the entry after the proof.
    .next = Run the checks again; if Microsoft refuses this certificate, remove it at the certificate step and make another.

finding-again-text = Its certificate lies on another computer. Renew it to look after it from here

frame-creating-secret = Creating the certificate
frame-take-secret = Microsoft to take the new certificate, usually within a minute
frame-removing-secret = Removing the certificate
frame-looking-for-secret = Looking for the certificate of the interrupted run
frame-list-secrets = Microsoft to list the app's certificates

making-secret-not-taken =
    .title = Microsoft doesn't take the certificate yet
    .happened = Microsoft refused the new certificate { $tries ->
        [one] once
       *[other] { $tries } times
    }.
    .why = A new certificate usually works within a minute; today it takes longer, or somebody removed it.
    .next = Check again in a few minutes; if it is still refused, remove this certificate and make another.
making-secret-other-end =
    .title = The certificate would end at another time
    .happened = Mailgrant asked for a certificate until { $asked }, and Microsoft gave one until { $given }.
    .why = A policy of your organisation cut its life, or something on the way changed the request.
    .next = Choose another life, then try again.
making-secret-gone =
    .title = The private key is gone from the keychain
    .happened = This computer's keychain no longer holds the private key of the app's certificate.
    .why = It was removed there, or this is another user or computer than the one that made it.
    .next = Go to the certificate step, remove this certificate and make another; nothing else has to be repeated.

parts-step-secret = Certificate

permissions-continue = Continue to the certificate

plan-no-copy = Anything you could read or copy
    .text = No screen, log or clipboard ever holds it
plan-no-redirects = Redirect addresses
    .text = None is added
plan-done-lead = What is made can be removed here, the limit and the certificate before the app.
plan-app-is-last = To delete it, first remove its certificate and its limit
plan-asked-secret = the certificate
plan-secret-takes = The certificate takes { roles-application }
plan-remove-ended = Remove the ended certificate

problem-new-secret = Make a new certificate

problems-secret-forbidden =
    .title = Your organisation doesn't allow this certificate
    .happened = Microsoft refused the certificate for the app.
    .why = Your organisation's credential policy blocks certificates like this one on apps like this one.
    .next = Ask for an exception for this one app, then try again.
problems-app-not-taken =
    .title = Microsoft doesn't take the app's sign-in
    .why = The app or its certificate was changed a moment ago, or the app was removed meanwhile.
    .next = Try again in a minute; if it comes back, make a new certificate.
problems-secret-not-ours = The certificate that this connection's notes name doesn't carry its tag in your organisation.
problems-secret-too-many =
    .title = The app has too many certificates
    .happened = Microsoft refused to keep another certificate.
    .why = An app can hold only so many, and this one is full: some of them may have ended long ago.
    .next = In Entra, open the app's page of certificates and remove the certificates that nothing uses, then try again. The certificate that the platform uses stays.
problems-secret-too-long =
    .title = Your organisation wants a shorter life for certificates
    .happened = Microsoft refused to make a certificate that lasts this long.
    .why = Your organisation's credential policy allows only a shorter life.
    .next = Sign in again, so that Mailgrant reads the policy anew, then choose one of the lives that it allows.
problems-secret-still-seen = Mailgrant asked for the removal of the certificate and reads it back as still there.
problems-secret-still-exists = As far as Mailgrant can read, the certificate still exists.
problems-keychain-locked =
    .title = The keychain is locked
    .happened = Mailgrant couldn't use this computer's keychain.
    .why = The keychain is locked, and the private key is kept nowhere else.
    .next = Unlock the keychain, then try again.
problems-keychain-missing =
    .title = This computer has no keychain
    .happened = Mailgrant found no keychain to keep the private key in.
    .why = The keychain service isn't running for this sign-in to the computer, and the private key is never written to a plain file.
    .next = Start the keychain service (on Linux, gnome-keyring or KWallet), then try again.

reading-older =
    .title = This record is too old for that
    .happened = The record was written by { $generator } and doesn't say which connection it is of.
    .why = Without that, its certificate can't be found on this computer.
    .next = Open the connection in Mailgrant and export it again; that record can be checked.
reading-other-cloud =
    .title = This record is of another cloud
    .happened = The record names { $theirs } as the place to sign in, and Mailgrant knows { $ours }.
    .why = The key signs in to hosts that Mailgrant knows, and never to one because a file names it.
    .next = Find out where this record comes from, and give the one that was exported.

reasons-secret-gone =
    .title = The app's certificate is gone from Entra
    .text = Somebody removed it, so the platform can't sign in with it any more. Go to the certificate, remove what is left of it and make another.

record-footer = Made by { $generator } on { $at }. This page holds no private key: that is only in the sealed file. All times are UTC.
record-secret-ends = When the certificate ends
record-undo-adopted = Entra admin center, App registrations, { $app }: remove the certificate above and, under Manifest, the tags that begin with “Mailgrant” or “mailgrant:”
record-new-secret-by = New certificate by

refusals-app-secret-ended =
    .title = The app's certificate has ended
    .why = Its life is over, so Microsoft refuses it for good.
    .next = Make a new certificate; everything else stays as it is.
refusals-app-key =
    .title = Microsoft doesn't know the app's certificate
    .why = The certificate that was used isn't among those that the app has in Entra, or its time is over.
    .next = Make a new certificate; everything else stays as it is.

reminder-ends-today = The certificate of { $platform } for { $organisation } ends today
reminder-ends = The certificate of { $platform } for { $organisation } ends in { $days ->
    [one] 1 day
   *[other] { $days } days
}
reminder-valid = The certificate with which { $platform } reaches the mailboxes of { $organisation } is valid until { $until }. After that { $platform } can no longer reach them.
reminder-replacing = Open Mailgrant, choose this connection ("{ $platform }, { $organisation }") and press "Renew". { $platform } goes on working with the old certificate until it uses the new one.
reminder-secret-id = Certificate id: { $id }

revoking-note = A removed certificate can't be brought back
revoking-key-untried = The key wasn't on this computer any more, so it wasn't tried. Its certificate is removed.
revoking-key-works-text = Its certificate is removed, and Microsoft hasn't seen that everywhere yet. Look in the Entra admin center in an hour: the app has to stand among the deleted ones.
revoking-left-app-text = { $name } can be restored until { $until }, without any certificate of this connection
revoking-left-app-secrets = { $name } can be restored until { $until }, with what certificates it still holds

scopes-create-app = Create the app and its certificate

secret-heading = Create the app's certificate
secret-lead = The platform proves with it that it is the app.
secret-removed = The certificate was removed
secret-removed-lead = Removed { $when }. It can't be brought back; a platform that had it needs a new one.
secret-try = See whether Microsoft takes the certificate
secret-try-lead = The certificate is made and saved. What is left is to try it.
secret-unseen = Nobody will see its private key, you included
secret-unseen-text = It's made here, goes straight into this computer's keychain and later into the sealed file; Microsoft gets the public half only. It's safe to share or record this window.
secret-create = Create the certificate
secret-make-new = Make a new certificate
secret-replace-lost = Remove the lost one and create the certificate
secret-remove = Remove this certificate
secret-life-legend = How long should the certificate last?
secret-done = The app's certificate is made and saved
secret-has-ended = The app's certificate has ended
secret-reminders-text = In the exported calendar file. Before the end, make a new certificate here and hand it over
secret-made = Made on this computer
secret-made-text = Its Certificate ID is { $key }. Its public half was added to the app in Entra; the private key stayed here.
secret-saved-text = The private key was read back and compared. It will also be inside the sealed file, and nowhere else.
secret-accepted-text = { $tries ->
    [one] On the first try.
   *[other] Try { $tries }: a new certificate is often refused for its first seconds.
}
secret-still-unseen = Nobody sees its private key, you included
secret-still-unseen-text = No button shows or copies it, and it isn't written to any log. It's safe to share or record this window.

sign-in-made-secret = { $person } made its certificate
sign-in-need-app = Create an app and its certificate
sign-in-need-secret = Make a certificate
sign-in-need-secret-of = { $days ->
    [one] Give the certificate up to 1 day
   *[other] Give the certificate up to { $days } days
}
sign-in-lacks-roles-text = The app and its certificate take Application Administrator, the mailboxes and the limit Exchange Administrator. Send a request, activate a role that you are eligible for, or sign in as somebody who holds them.
sign-in-lacks-app = The app and its certificate need somebody else
sign-in-lacks-exchange-later = You can make the app and its certificate now; the mailboxes and the limit need somebody else

standing-app-deleted =
    .title = The app was deleted
    .happened = The app registration that this connection made lies among the deleted ones in Entra.
    .why = Somebody deleted it; Microsoft keeps it restorable for 30 days.
    .next = Restore it here: Mailgrant takes back the same app with its certificate and makes its enterprise application anew, and then the limit has to be set again.
standing-all-gone = The old app is gone, and its certificate with it; its scope may be left in Exchange.

verify-go-to-secret = Go to the certificate
verify-why-secret-gone = Not tried, because the app's certificate is gone

wizard-undo-not-yet =
    .title = Something else has to be taken back first
    .happened = Mailgrant didn't take back what the step { $step } made.
    .why = Something that a later step made depends on it, or it is taken back already.
    .next = Take the limit and the certificate back first, on the plan, then this.
wizard-clock-wrong =
    .title = This computer's clock is wrong
    .happened = This computer says that it is { $ours }, and Microsoft says { $theirs }.
    .why = They differ by more than 5 minutes, so a certificate would end at another time than shown, and sign-ins would be refused.
    .next = Set this computer's date, time and time zone, then try again.
