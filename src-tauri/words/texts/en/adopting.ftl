# What is said of an app that somebody registered by hand and that a connection takes over.

adopting-choose = Take over an app that is there already
adopting-similar = { $count ->
        [one] An app called { $app } is there already
       *[other] { $app } and { $count ->
            [2] one more app
           *[other] other apps
        } of a similar name are there already
    }
adopting-similar-text = If { $platform } uses it now, take it over: it is limited to its mailboxes while mail keeps flowing. Otherwise continue, and a new one is made.

adopting-heading = Which app does { $platform } use now?
adopting-lead = Somebody registered it by hand, from a guide or in the portal. It is looked at first, and what is wrong with it is said before anything happens.
adopting-label = Its client ID, or how its name begins
adopting-hint = { $platform }'s settings name it as Client ID or Application ID. In Entra it stands on the app's overview.
adopting-search = Look it up
adopting-new-instead = Make a new app instead
adopting-note = Looking changes nothing.
adopting-lacks-text = Give the client ID, or how the name of the app begins.
adopting-no-such-id = No app of this organisation has this ID as its client ID, its object ID or that of its enterprise application. A secret has an ID of its own, which isn't the app's. Copy “Application (client) ID” from the app's overview.
adopting-malformed-id = This looks like an ID, but a digit is wrong or missing, or a dash. An ID has 32 digits, from 0 to 9 and from a to f, in groups of 8, 4, 4, 4 and 12. Copy it again from the app's overview in Entra.
adopting-no-such-name = No app of this organisation has a name that begins like this. Its client ID finds it for certain.
adopting-gone = This app isn't there any more. Somebody may have deleted it since it was found.
adopting-found = { $count ->
        [one] One app
       *[other] { $count } apps
    }
adopting-more = There are more of this name
adopting-more-text = Give more of the name, or the client ID.
adopting-made = Made on { $day }; nothing signs in with it
adopting-made-ends = Made on { $day }; what it signs in with ends on { $end }
adopting-made-once = When it was made isn't known
adopting-look-at = Look at it
adopting-look-at-this = Look at it: { $app }
adopting-looking = Looking for the app…
adopting-looking-for = for Microsoft to answer
adopting-reading = Reading what it may do and who can use it…

adopting-nothing-wrong = Nothing is wrong with { $app }
adopting-wrong = { $app }: { $count ->
        [one] one thing is put right
       *[other] { $count } things are put right
    }
adopting-barred = { $app } can't be taken over
adopting-barred-lead = What stands in the way comes first. Nothing was changed.
adopting-one-lead = What { $platform } does by its profile keeps working throughout: each thing goes only after what takes its place works.
adopting-reaches = Reaches now
adopting-reaches-text = As Microsoft lists it, whoever set it so
adopting-reach-all = Every mailbox
adopting-reach-held = What a policy lets through
adopting-reach-none = No mailbox through Entra
adopting-to-put-right = Put right by Mailgrant
adopting-to-put-right-text = { $count ->
        [0] Nothing has to be
       *[other] One change after the other, each in the plan before it is made
    }
adopting-client-id = App and client ID
adopting-take-over = Take this app over
adopting-take-over-note = Writes down what it has now. Changes nothing in the organisation yet.
adopting-another = Another app
adopting-taken-over = { $app } is taken over
adopting-taken-over-lead = What it had when it was taken over is written down. The plan says what becomes of it.
adopting-unnamed = without a name

adopting-of-a-connection = A connection of Mailgrant has this app already
    .text = It was made or taken over by one. Choose “{ finding-find }” on the first screen to go on with it.
adopting-by-protocol = It may use IMAP, POP or SMTP: { $permission }
    .text = Taking this away would cut off a platform that uses it, and the platform that you chose isn't said to use it. If it does, choose so with the platform; otherwise the app stays as it is.
adopting-other-role = It has a role in Exchange: { $role }
    .text = { $past ->
        [yes] Somebody meant to limit it so, and the permissions in Entra go past that: both add up.
       *[no] Somebody limited it by RBAC for Applications already.
    } A limit of this connection's own takes its place; the assignment { $assignment } goes once that is in force.
adopting-disabled = Its enterprise application is switched off
    .text = Nobody can sign in as it. Switch it on in Entra, under Enterprise applications, Properties, then look again.
adopting-opens-mailboxes = { $held ->
        [yes] { $permission } on { $api } reaches mailboxes
        [out] { $permission } on { $api } reaches nearly every mailbox
       *[no] { $permission } on { $api } reaches every mailbox
    }
    .text = { $held ->
        [yes] Only an access policy holds it back, the older way of limiting an app.
        [out] An access policy shuts it out of some mailboxes only.
       *[no] Nothing limits it.
    } { $replaced ->
        [yes] The limit in Exchange gives the same for the chosen mailboxes; this goes once that is in force.
       *[no] The platform needs nothing of it by its profile; it goes once the limit is in force, and nothing takes its place.
    }
adopting-more-rights = { $permission } on { $api } leads to more rights
    .text = The app can give itself or others the right to read mail. It goes together with the other permissions, and nothing takes its place.
adopting-unclear = { $permission } on { $api }: what it opens can't be told
    .text = It counts as one that opens every mailbox, and goes together with the other permissions.
adopting-shut-out = { $all ->
        [yes] An access policy about every app shuts it out of { $group }
       *[no] An access policy shuts it out of { $group }
    }
    .text = { $all ->
        [yes] The policy stays as it is. It has no effect on the limit that is made: the mailboxes that Exchange finds there aren't put on the list, so leave them off it.
       *[no] A limit names the mailboxes that an app reaches. It can't say “all but these”, and no policy holds it back. Have somebody put a policy in its place that lets the app into the mailboxes that it needs, or make a new app instead.
    }
adopting-held = { $all ->
        [yes] An access policy about every app holds it to { $group }
       *[no] An access policy holds it to { $group }
    }
    .text = { $names ->
        [mailbox] This mailbox is put on the list.
        [group] { $count ->
            [one] One mailbox is put on the list
           *[other] { $count } mailboxes are put on the list, each by itself
        }{ $nested ->
            [0] . Whoever joins the group later isn't reached.
           *[other] , also those of groups in it: { $groups }. Whoever joins one of them later isn't reached.
        }
        [no-mailbox] What it names has no mailbox here that could be put on the list.
       *[nothing] What it names isn't there any more.
    } { $all ->
        [yes] The policy stays as it is, because it limits other apps as well; it limits this one no more once the permissions are gone.
       *[no] The policy stays until nothing is left that it limits, and can be removed here then.
    }
adopting-open = Accounts of other organisations may use it
    .text = It is closed to them. A platform that signs in as the app itself needs none of them.
adopting-lasts-long = The secret { $credential } lasts until { $day }
    .text = A new one with an end and a reminder is made beside it. This one goes once the platform uses the new one.
adopting-ended = The secret { $credential } ended on { $day }
    .text = Nobody can use it. It goes together with the others.
adopting-several = { $count } secrets work
    .text = Any of them signs in as the app. They go once the platform uses the new one.
adopting-certificate = A certificate signs in as it: { $credential }
    .text = It stays until the platform uses what is new, and goes then.
adopting-certificate-ended = The certificate { $credential } ended on { $day }
    .text = Nobody can sign in with it. It goes together with the others.
adopting-federated = Workloads elsewhere sign in as it: { $credential }
    .text = It stays, and until somebody removes it no file can be sealed. If nobody needs it, remove it in Entra under Certificates & secrets, Federated credentials.
adopting-directory-role = { $role }
    .text = It stays, and until somebody removes it no file can be sealed. Take the role from the app in Entra under Roles and administrators.
adopting-send-as = It may send as { $recipients }
    .text = It stays, and until somebody removes it no file can be sealed. Take the right away in Exchange if the platform doesn't need it.
adopting-redirects = { $count ->
        [one] A sign-in can be sent back to an address
       *[other] A sign-in can be sent back to { $count } addresses
    }
    .text = They stay, and until somebody removes them no file can be sealed. A platform that signs in as the app itself needs none.
adopting-owners = { $count ->
        [one] { $owners } owns it
       *[other] { $owners } own it
    }
    .text = An owner can make secrets for it. They stay; the proof asks whether you know about them.

adopting-wait-heading = The old permissions stay until the limit is in force
adopting-wait-lead = Microsoft applies the limit within 30 minutes to 2 hours. While the old permissions stand nobody can see it at work, so all of that time is waited for.
adopting-waiting = They can go { $at }
adopting-waiting-text = { $platform } keeps working through them until then. You can close the window; this connection waits in the list.
adopting-wait-note = Nothing is changed while you wait.
adopting-limit-set = Limit in Exchange set
adopting-remove-heading = Take the old permissions away
adopting-remove-lead = Microsoft's time has passed. Before anything goes, the limit and Microsoft's own test of it are read once more; the proof follows at once. { $platform } keeps working through the limit.
adopting-remove = Take them away
adopting-later = Save and close
adopting-remove-note = Takes { $roles }.
adopting-policy-stays = { $count ->
        [one] The access policy of { $group } stays
       *[other] { $count } access policies stay, the first of { $group }
    }
adopting-policy-stays-text = { $goes ->
        [yes] Once the permissions are gone nothing is left that is limited so. The day after, it can be removed on the page of the proof.
       *[no] { $count ->
            [one] It isn't Mailgrant's, and limits nothing any more once the permissions are gone. To clear it up later:
           *[other] They aren't Mailgrant's, and limit nothing any more once the permissions are gone. To clear the first up later:
        } Remove-ApplicationAccessPolicy -Identity "{ $identity }"
    }
adopting-policy-left = The access policy of { $group } limits nothing any more
adopting-policy-left-text = Nothing is left in Entra that it could hold the app back from. Everything that the app is granted is read once more before it goes, and its group stays.
adopting-policy-left-wait = A key that the platform was given before the old permissions went can last for up to a day. The policy can be removed here { $at }.
adopting-policy-remove = Remove the policy
adopting-policy-removing = Removing the access policy…
adopting-policy-removing-for = for Exchange to answer
adopting-policy-another = The access policy that was taken over isn't there any more; another one of the same group is, and it stays.
adopting-policy-removed = The access policy was removed.
adopting-policy-of-all = { $count ->
        [one] The access policy about every app that names { $group } stays
       *[other] { $count } access policies about every app stay, the first of { $group }
    }
adopting-policy-of-all-text = { $count ->
        [one] It limits other apps as well: leave it as it is. On this one it has no effect any more once the permissions are gone.
       *[other] They limit other apps as well: leave them as they are. On this one they have no effect any more once the permissions are gone.
    }
adopting-card-waits = The old permissions can go from { $at }
adopting-card-may-go = Microsoft's time has passed. The old permissions can go now
adopting-part = Mark the app as this connection's
adopting-part-lead = { $closes ->
        [yes] It keeps its name, its IDs and everything that it has, but accounts of other organisations can't use it any more.
       *[no] It keeps its name, its IDs and everything that it has.
    } Its tags say from then on that Mailgrant looks after it.
adopting-tag = Mark the app
adopting-tagged = App registration taken over
adopting-tagged-text = It carries this connection's tags.
adopting-undo-by-hand = Entra admin center, App registrations, this app, Manifest: remove the tags that begin with “Mailgrant” or “mailgrant:”.
adopting-give-back = Give the app back as it was
adopting-stay-for-now = { $count ->
        [one] One permission stays for now
       *[other] { $count } permissions stay for now
    }
adopting-stay-for-now-text = The platform may use them until the limit in Exchange is in force. What the app had when it was taken over goes then, in a step of its own.
adopting-permissions = What the app had in Entra stays for now
adopting-permissions-read = Every grant was read
adopting-permissions-read-text = What opens mailboxes is listed below.
adopting-plan = Limit { $app } for { $platform }
adopting-giving-back = Giving the app back…
adopting-give-back-ask = Give the app back?
adopting-give-back-goes = { $opens ->
        [yes] Its tags go, accounts of other organisations can use it again, and it is no longer looked after. Everything else of it stays
       *[no] Its tags go, and it is no longer looked after. Everything else of it stays
    }
adopting-goes-on = The app has everything that it had when it was taken over
adopting-stays-taken-over = Something of it was taken away or granted for good, so it can't be given back as it was
adopting-is-last = To give it back, first remove the secret and the limit of this connection
adopting-tag-note = Can be undone until something of the app is taken away, or granted to it
adopting-only-stays = { $app }: there is something to look at
adopting-others = Does only { $platform } sign in as this app?
adopting-others-text = Whatever else does loses these permissions and secrets as well. If { $platform } shares the app, make a new app instead.
adopting-revoke = { $app } was registered by somebody else and taken over
adopting-revoke-text = It is deleted all the same, with everything that signs in as it. It can be restored for 30 days.
adopting-later-part = Later

adopting-not-open =
    .title = A mailbox doesn't open with the new key yet
    .happened = Mailgrant tried { $mailbox } as a mail program, with the app's new key, and it didn't open.
    .why = Microsoft may not have applied everything yet, or the protocol is switched off for this mailbox.
    .next = Try again in half an hour. The old permissions stay until then, and so does the mail.
