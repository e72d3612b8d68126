# Each change of a plan: what it is called, and what it means.

changes-restore-app = The deleted app registration, restored
    .text = { $name }, as it was, with what secrets it still holds
changes-create-app = App registration
    .text = { $name }, for this organisation only
changes-create-principal = Its service principal
    .text = With this connection's tag, so that it is found again and never made twice
changes-tag-principal = This connection's tag on the service principal
    .text = So that the wizard finds it again and touches no other
changes-tag-app = This connection's tags on { $name }
    .text = So that the wizard finds the app again and touches no other. Its name and its id stay
changes-set-audience = For accounts of this organisation only
    .text = Accounts of other organisations are shut out; a platform that signs in as the app itself needs none of them
changes-open-audience = For accounts of other organisations again
changes-grant-stays = { $permission } on { $resource }, for now
    .text = The platform uses it until the limit is in force. It goes then, as a step of its own
changes-remove-old-role = A role of somebody else's in Exchange, removed
    .text = { $name }. The scope that it lies in stays
changes-remove-access-policy = An access policy that limits nothing any more, removed
    .text = Of { $group }. The group stays
changes-role-stays = A role of somebody else's in Exchange, for now
    .text = { $name }. The platform may use it until the limit is in force. It goes then, as a step of its own
changes-delete-app = The app registration, deleted
    .text = { $name }. It can be restored for 30 days

changes-remove-secret = The secret, removed
    .text = Secret ID { $key }. Nobody can sign in with it any more
changes-remove-spent-secret = The secret until now, removed first
    .text = Secret ID { $key }. Microsoft doesn't take it, or its value is lost
changes-remove-lost-secret = One lost secret, removed first
    .text = Secret ID { $key }. An interrupted run made it, and nobody has its value
changes-remove-replaced-secret = The secret from before, removed
    .text = Secret ID { $key }. It was replaced, and the platform uses the new one
changes-add-secret = One client secret
    .text = { $days ->
        [one] Lasts 1 day, then it stops working. Kept in this computer's keychain
       *[other] Lasts { $days } days, then it stops working. Kept in this computer's keychain
    }

changes-add-certificate = One certificate
    .text = { $days ->
        [one] Lasts 1 day, then it stops working. Its private key is made here and kept in this computer's keychain
       *[other] Lasts { $days } days, then it stops working. Its private key is made here and kept in this computer's keychain
    }
changes-remove-certificate = The certificate, removed
    .text = Certificate ID { $key }. Nobody can sign in with it any more
changes-remove-spent-certificate = The certificate until now, removed first
    .text = Certificate ID { $key }. Microsoft doesn't take it, or its private key is lost
changes-remove-lost-certificate = One certificate without its key, removed first
    .text = Certificate ID { $key }. Nobody has its private key
changes-remove-replaced-certificate = The certificate from before, removed
    .text = Certificate ID { $key }. It was replaced, and the platform uses what is new

changes-grant-app-role = One permission of Exchange Online
    .text = { $permission }. It opens no mailbox by itself
changes-give-full-access = Full access to one mailbox
    .text = { $mailbox }: reading and deleting alike, because a mail program takes nothing smaller
changes-take-full-access = Full access to one mailbox, taken away
    .text = { $mailbox }
changes-switch-on-protocol = { $protocol }, switched on for one mailbox
    .text = { $mailbox }. Every mail program that may open the mailbox can use it then
changes-switch-off-protocol = { $protocol }, switched back off for one mailbox
    .text = { $mailbox }. It is set as it was before Mailgrant switched it on
changes-remove-grant = A broad grant in Entra, removed
    .text = { $permission } on { $resource }

changes-register = The app's entry in Exchange
    .text = So that Exchange can give it access
changes-new-scope = One limit
    .text = { $count ->
        [one] 1 mailbox: { $mailboxes }
       *[other] { $count } mailboxes: { $mailboxes }
    }
changes-scope-by-group = One limit, by the group { $group }
    .text = { $count ->
        [one] 1 mailbox is in it now: { $mailboxes }. Whoever joins it is reached as well
       *[other] { $count } mailboxes are in it now: { $mailboxes }. Whoever joins it is reached as well
    }
changes-scope-left-group = The limit, by mailbox instead of by group
    .text = { $count ->
        [one] 1 mailbox: { $mailboxes }
       *[other] { $count } mailboxes: { $mailboxes }
    }
changes-scope-by-mailbox = The limit, by mailbox instead of by address
    .text = { $count ->
        [one] 1 mailbox: { $mailboxes }
       *[other] { $count } mailboxes: { $mailboxes }
    }
changes-set-scope = { $more ->
        [0] { $less ->
            [0] The limit, set again
            [one] The limit: 1 mailbox less
           *[other] The limit: { $less } mailboxes less
        }
        [one] { $less ->
            [0] The limit: 1 mailbox more
           *[other] The limit: 1 mailbox more, { $less } less
        }
       *[other] { $less ->
            [0] The limit: { $more } mailboxes more
           *[other] The limit: { $more } mailboxes more, { $less } less
        }
    }
    .text = { $more ->
        [0] { $less ->
            [0] Its mailboxes stay as they are: { $stay }
           *[other] Taken out: { $removed }. As before: { $stay }
        }
       *[other] { $less ->
            [0] Added: { $added }. As before: { $stay }
           *[other] Added: { $added }. Taken out: { $removed }. As before: { $stay }
        }
    }
changes-and-more = { $first } and { $more } more
changes-assign-role = One permission within it
    .text = { $access }
changes-unassign-role = A permission, taken away
    .text = { $access }
changes-remove-scope = The limit, removed
    .text = { $name }
changes-unregister = The app's entry in Exchange, removed
    .text = Exchange then gives the app no access; Microsoft may go on with it for up to 2 hours

# What is there as it is wanted.
changes-there-app = App registration
    .text = { $name }, as it is
changes-there-principal = Its service principal
    .text = As it is
changes-then-principal = Its service principal
    .text = Made anew where it doesn't come back with the app
changes-there-secret = One client secret
    .text = Made and saved. What is left is to see that Microsoft takes it
changes-there-in-use = The secret that the platform has now
    .text = Secret ID { $key }. It stays until you say that the platform uses the new one
changes-there-certificate = One certificate
    .text = Made and added. What is left is to see that Microsoft takes it
changes-there-in-use-certificate = The certificate that the platform has now
    .text = Certificate ID { $key }. It stays until you say that the platform uses what is new
changes-there-entry = The app's entry in Exchange
    .text = As it is
changes-there-app-role = One permission of Exchange Online
    .text = { $permission }, as it is
changes-there-full-access = Full access to one mailbox
    .text = { $mailbox }, as it is
changes-there-protocol = { $protocol }, switched on for one mailbox
    .text = { $mailbox }, as it is
changes-there-scope = The limit
    .text = { $count ->
        [one] 1 mailbox, as it is
       *[other] { $count } mailboxes, as they are
    }
changes-there-permission = One permission within it
    .text = { $access }, as it is
