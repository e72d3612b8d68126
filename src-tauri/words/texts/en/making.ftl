# What can go wrong while something is made or taken back.

making-secret-not-taken =
    .title = Microsoft doesn't take the secret yet
    .happened = Microsoft refused the new secret { $tries ->
        [one] once
       *[other] { $tries } times
    }.
    .why = A new secret usually works within a minute; today it takes longer, or somebody removed it.
    .next = Check again in a few minutes; if it is still refused, remove this secret and make another.

making-certificates-changed =
    .title = The app's certificates aren't as they were
    .happened = While Mailgrant wrote the app's list of certificates, { $names } became other than it was before.
    .why = Microsoft replaces the whole list each time: somebody who wrote it at the same time can have changed it, or Microsoft kept it otherwise than it was sent.
    .next = Ask who else manages this app whether their certificate is there, and have them add it again where it isn't; then look again here.
making-certificates-keep-changing =
    .title = The app's list of certificates isn't certain
    .happened = Mailgrant's look at the app's list of certificates found another one each time, or one that lacks what was just written.
    .why = Somebody else may be changing it now, or Microsoft doesn't show yet everywhere what was written last.
    .next = Try again in a few minutes; where it stays, ask who else manages this app.
making-certificates-untold =
    .title = Microsoft doesn't show the app's certificates whole
    .happened = The public half of { $names } is missing in the app's list of certificates.
    .why = Microsoft replaces the whole list each time, so what can't be read can't be kept.
    .next = Ask who else manages this app whether it is still needed; once it is removed or added anew, try again. Where nothing was made yet, you can choose a secret instead.
making-certificate-not-made =
    .title = This computer can't make a certificate
    .happened = The private key couldn't be made here.
    .why = The processor of this computer is too old for it.
    .next = Choose a secret instead, or use another computer.

making-limit-differs =
    .title = The limit isn't as it was set
    .happened = Exchange took the limit, and reads back another one.
    .why = Somebody changed it at the same time, or Exchange hasn't seen it everywhere yet.
    .next = Set the limit again in a minute; Mailgrant looks first and makes nothing twice.

making-limit-lacks =
    .title = The limit doesn't hold { $mailbox }
    .happened = Microsoft's own test says that { $mailbox } isn't within the limit.
    .why = Exchange hasn't seen the new limit yet.
    .next = Check again in a minute; if it stays, choose the mailbox again.

making-limit-lacks-of-group =
    .title = The limit doesn't hold { $mailbox }
    .happened = Microsoft's own test says that { $mailbox } isn't within the limit, which goes by the group { $group }.
    .why = It may have left the group since that was read, or Exchange hasn't seen the new limit yet.
    .next = Check again in a minute; if it stays, go back to the mailboxes and read the group again.

making-group-gone =
    .title = The group { $group } isn't there any more
    .happened = Exchange has no group any more by which the limit could go.
    .why = Somebody deleted it.
    .next = Go back to the mailboxes and name each of them, or choose another group.

making-mailbox-gone =
    .title = { $mailbox } isn't there any more
    .happened = Exchange doesn't find the mailbox that was chosen as { $mailbox }.
    .why = It was deleted, or lost its licence, since it was chosen; a new address alone wouldn't matter, because a mailbox is known by its id.
    .next = Take it off the list of mailboxes, or have it restored, then set the limit again.

making-limit-still-there =
    .title = Part of the limit is still there
    .happened = Exchange took the removal and still lists what was removed.
    .why = It takes unusually long to take effect, or somebody made it again.
    .next = Try again in a minute; Mailgrant looks first and removes only its own.
making-switch-differs =
    .title = A protocol isn't as it was switched
    .happened = Exchange took the change and still shows the protocol as it was before.

making-other-full-access =
    .title = The app has full access to { $mailbox }
    .happened = { $mailbox } gives the app full access, and it isn't on the list of mailboxes that the app may use.
    .why = The platform could open that mailbox as well, and it isn't known here that this was meant.
    .next = If the platform uses this mailbox, put it on the list. Otherwise have the app's full access to it taken away in Exchange, then try again.

making-other-role =
    .title = The app has another role in Exchange
    .happened = Exchange gives the app the role { $role } for { $scoped ->
        [yes] the mailboxes of { $scope }
       *[no] every mailbox
    }.
    .why = Somebody assigned it outside this wizard, and roles add up.
    .next = Remove the role assignment { $assignment } in Exchange, then try again.

making-policy-still-there =
    .title = The access policy is still there
    .happened = Exchange took the removal of the access policy and still lists it.
    .why = It takes unusually long to take effect, or somebody made it again.
    .next = Look again in a few minutes. It limits nothing of this connection meanwhile.
making-policy-still-limits =
    .title = The access policy has something to limit
    .happened = The app has a permission in Entra that the access policy holds back.
    .why = Somebody granted it since the old permissions were taken away.
    .next = Look again at the proof, and have that permission removed first. Without the policy it would open every mailbox.
making-grant-still-there =
    .title = The grant is still there
    .happened = Microsoft took the removal of { $permission } on { $resource } and still lists it.
    .why = It takes unusually long to take effect, or somebody granted it again.
    .next = Look again in a minute; if it stays, remove it in Entra under the app's permissions.

making-not-customised =
    .title = Exchange must be prepared once
    .happened = Exchange refused to create a limit.
    .why = A new organisation takes limits of its own only after it was prepared for them once.
    .next = Have an Exchange Administrator run Enable-OrganizationCustomization in Exchange Online PowerShell, wait an hour, then try again.

making-name-taken =
    .title = Another app has this connection's name
    .happened = An app with the unique name of this connection exists and doesn't carry its tag.
    .why = Somebody changed the app's tags, or made an app of that name by hand.
    .next = Compare the app in Entra, also among the deleted ones; give it back its tag or begin a new connection.

making-app-open =
    .title = The app is open to other organisations
    .happened = The app of this connection takes accounts of other organisations too.
    .why = Somebody changed “Supported account types” on it in Entra.
    .next = Set it back to this organisation only in Entra under App registrations, this app, Authentication, then try again.

making-restored-unseen =
    .title = The restored app isn't shown yet
    .happened = Microsoft took the app back from the deleted ones and doesn't show it yet.
    .why = That takes some seconds, and today it takes unusually long.
    .next = Try again in a minute.

making-secret-other-end =
    .title = The secret would end at another time
    .happened = Mailgrant asked for a secret until { $asked }, and Microsoft gave one until { $given }.
    .why = A policy of your organisation cut its life, or something on the way changed the request.
    .next = Choose another life, then try again.

making-secret-gone =
    .title = The secret is gone from the keychain
    .happened = This computer's keychain no longer holds the app's secret.
    .why = It was removed there, or this is another user or computer than the one that made it.
    .next = Go to the secret step, remove this secret and make another; nothing else has to be repeated.

making-forgetful-keychain =
    .title = The keychain doesn't keep what it is given
    .happened = Mailgrant saved an entry in this computer's keychain and read back something else.
    .why = The keychain is damaged, or another program replaced it.
    .next = Repair or reset the keychain of this computer, then try again.

making-entry-not-ours =
    .title = Exchange keeps another app under this id
    .happened = Exchange's entry for this app carries another client id than the one that was made here.
    .why = Somebody made or changed it by hand, or it belongs to another connection.
    .next = Compare it in Exchange; have it renamed or removed there, or begin a new connection.

making-scope-not-ours =
    .title = A limit of this name exists already
    .happened = Exchange has a scope named "{ $name }", and this connection didn't make it.
    .why = Somebody made or changed it by hand, or it belongs to another connection.
    .next = Compare it in Exchange; have it renamed or removed there, or begin a new connection.

making-scope-shared =
    .title = Another app uses this limit
    .happened = The role assignment "{ $with }" gives another app a role within the same scope.
    .why = Somebody made or changed it by hand, or it belongs to another connection.
    .next = Compare it in Exchange; have it renamed or removed there, or begin a new connection.
making-app-unchanged-still =
    .title = The change of the app isn't shown yet
    .happened = Microsoft took the change of the app registration and doesn't show it yet.
    .why = That takes some seconds, and today it takes unusually long.
    .next = Try again in a minute.

making-full-access-in-the-way =
    .title = The app isn't let in yet
    .happened = The app has full access to a mailbox that isn't on the list any more, so nothing was granted.
    .why = With the permission the platform would open that mailbox again.
    .next = Have somebody sign in who may change the limit in Exchange, then try again.
