# Each way in which the app isn't as it was asked for: what is there, and what to do.

reasons-scope-grew =
    .title = Too broad: the limit also holds { $mailboxes }
    .text = Somebody changed the limit in Exchange after it was set, or something new matches it. Go to the limit and set it again; it then holds the chosen mailboxes only.
reasons-scope-shrank =
    .title = The limit no longer holds { $mailboxes }
    .text = Somebody changed the limit in Exchange, or the mailbox was deleted. Set the limit again, or take the mailbox off the list.
reasons-group-changed-all =
    .title = The limit by the group matches none of { $went } any more
    .text = They may have left the group; or the group was given another name, moved or deleted, and then the limit, which goes by where it stood, matches nobody. Read the group again: if it stands elsewhere now, the plan sets the limit anew.
reasons-group-changed =
    .title = { $more ->
        [0] No longer in the group: { $went }
       *[other] { $less ->
            [0] New in the group: { $came }
           *[other] New in the group: { $came }. No longer in it: { $went }
        }
    }
    .text = The limit goes by the group, so the app reaches whoever is in it. Read it again: the proof then tries everybody who is in it now.
reasons-scope-filter =
    .title = The limit goes by a rule, and others can come under it
    .text = Somebody changed the scope in Exchange to "{ $filter }". It matches the chosen mailboxes today and can match more tomorrow. Set the limit again; it then holds what was chosen here.
reasons-scope-gone =
    .title = The limit is gone from Exchange
    .text = Somebody removed the scope that held the chosen mailboxes. Go to the limit and set it again.
reasons-scope-shared =
    .title = Another app uses this limit: { $assignment }
    .text = Somebody gave another app a role within the same scope. Mailgrant doesn't change what isn't its own; have that role assignment moved to a scope of its own in Exchange.
reasons-other-assignment =
    .title = Too broad: Exchange also gives the app { $role } for every mailbox
    .text = Roles add up, so the limit can't narrow this one. Somebody assigned it outside this wizard; have the role assignment "{ $assignment }" removed in Exchange.
reasons-other-assignment-within =
    .title = Too broad: Exchange also gives the app { $role } within { $scope }
    .text = { reasons-other-assignment.text }
reasons-assignment-missing =
    .title = Exchange doesn't give the app { $permission } any more
    .text = Somebody removed the role, or the platform's needs changed since the limit was set. Go to the limit and set it again.
reasons-grant-missing =
    .title = The app lacks { $permission } in Entra
    .text = Somebody removed the grant, so Exchange no longer lets the app in with it. Go to the permissions and grant it again.
reasons-full-access-missing =
    .title = The app has no full access to { $mailbox } any more
    .text = Somebody removed it in Exchange, or the mailbox was deleted. Set the limit again, or take the mailbox off the list.
reasons-grant =
    .title = Too broad: { $permission } on { $api }
    .text = A grant in Entra reaches every mailbox, and the limit in Exchange can't narrow it. Remove it, then look again.
reasons-grant-by-protocol =
    .title = Too broad: { $permission } on { $api }
    .text = Nobody asked for it here. It lets the app into each mailbox that gives it full access, and into no other by itself. Remove it, then look again.
reasons-grant-of-rights =
    .title = Too broad: { $permission } on { $api }
    .text = It opens no mailbox by itself, and lets the app give itself or others the right to. Remove it, then look again.
reasons-grant-unknown =
    .title = Too broad, as far as can be told: { $permission } on { $api }
    .text = Mailgrant can't tell what this permission opens, so it counts as one that opens every mailbox. Remove it, or look again.
reasons-directory-role =
    .title = Too broad: the app holds the role { $role }
    .text = A directory role can open mailboxes past any limit. Have a Privileged Role Administrator remove it from the app in Entra, under Roles and administrators.
reasons-role-of-group =
    .title = Too broad: the app holds the role of the group { $group }
    .text = Directory roles can be given to this group, and are then the app's too, past any limit. Have a Privileged Role Administrator take the app out of it in Entra, under Groups.
reasons-role-of-unread-group =
    .title = Too broad: the app holds the role of a group that couldn't be read: { $group }
    .text = { reasons-role-of-group.text }
reasons-mailbox-right =
    .title = Too broad: the app has { $right } on { $mailbox }
    .text = A mailbox permission isn't held by the limit and opens the mailbox by other ways, such as IMAP. Have it removed in Exchange, under the mailbox's delegation.
reasons-send-as =
    .title = Too broad: the app may send as { $recipient }
    .text = A right to send isn't held by the limit and works by other ways, such as SMTP. Have it removed in Exchange, under the recipient's delegation.
reasons-other-credential =
    .title = { $kind ->
        [certificate] The app has another certificate: "{ $name }", key { $key }
       *[secret] The app has another secret: "{ $name }", key { $key }
    }
    .text = { reasons-credential-advice }
reasons-unnamed-credential =
    .title = { $kind ->
        [certificate] The app has another certificate: without a name, key { $key }
       *[secret] The app has another secret: without a name, key { $key }
    }
    .text = { reasons-credential-advice }
reasons-credential-advice = Whoever has it can use the app as the platform does. Find out who made it; if nobody needs it, remove it in Entra under Certificates & secrets.
reasons-secret-gone =
    .title = The app's secret is gone from Entra
    .text = Somebody removed it, so the platform can't sign in with it any more. Go to the secret, remove what is left of it and make another.
reasons-federated =
    .title = Another service can sign in as the app: { $credential }
    .text = A federated credential lets it in without a secret. If nobody needs it, remove it in Entra under Certificates & secrets.
reasons-owner =
    .title = { $owner } owns the app
    .text = An owner can make credentials for the app. Remove the owner in Entra if nobody needs this, or say that you know about it.
reasons-disabled =
    .title = The app is switched off
    .text = Somebody disabled sign-in for it in Entra, under Enterprise applications. Switch it on there, then look again.
reasons-tag-gone =
    .title = The app no longer carries this connection's tag
    .text = Somebody changed the app's tags, so Mailgrant can't tell any more that it is its own. Put the tag back in Entra, or begin a new connection.
reasons-audience =
    .title = The app takes sign-ins of other organisations
    .text = Somebody set its supported account types to { $audience }. Set them to this organisation's directory only in Entra, under Authentication.
reasons-redirect =
    .title = The app sends sign-ins to { $address }
    .text = Somebody added a redirect address, which this app doesn't need. Remove it in Entra under Authentication.

reasons-many-more = many more mailboxes
reasons-two-and-more = { $first } and { $more } more
reasons-one-and-more = { $first } and more than { $more } others
