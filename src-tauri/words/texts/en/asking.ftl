# Questions before something is taken away.

asking-keep = Keep it
asking-secret = Remove a secret that the platform may use?
asking-remove-secret = Remove the secret
asking-secret-goes = It can't be brought back, only replaced by another
asking-until-secret = Until another secret is handed over
asking-limit = Remove a limit that the platform may work within?
asking-remove-limit = Remove the limit
asking-limit-goes = The app then reaches no mailbox. It can be set again
asking-until-limit = Until the limit is set again and Microsoft applies it
asking-app = Delete an app that the platform may use?
asking-delete-app = Delete the app registration
asking-app-goes = It can be restored for 30 days
asking-until-app = Until the app is restored and its limit set again
asking-platform-stops = { $platform } stops working at once
asking-some-platform-stops = The platform stops working at once
asking-given-on = It was given this connection on { $day }. { $until }
asking-mailboxes = Mailboxes and messages
asking-none-changed = None is changed

asking-take-platform-off = Take { $platform } off the list?
asking-take-this-off = Take this connection off the list?
asking-goes-on-working = That changes nothing in Microsoft 365: what it made there stays and goes on working.
asking-nothing-lives = Nothing of it lives on in Microsoft 365.
asking-notes = Its notes, put aside
asking-notes-aside = In the folder “removed” of Mailgrant's data; “Put back” on the list of connections brings it back
asking-made-nothing = This connection made nothing there that still exists
asking-undo-first = Undo it in Microsoft 365 first
asking-take-off = Take off this list
asking-stays-app = The app registration
asking-app-named = { $name }, client id { $id }
asking-stays-limit = The limit in Exchange
asking-stays-secret = The secret, in Microsoft 365 and in this computer's keychain
asking-works-until = Works until { $day }; key id { $id }
