# Everything of a connection taken away.

revoking-revoke = Revoke
revoking-revoke-this = Revoke: { $platform }
revoking-heading = Revoke { $platform }
revoking-lead = Everything that Mailgrant made for this connection in { $organisation } is removed, in this order.
revoking-stops = { $platform } stops
revoking-stops-text = { $platform } can't reach the mailboxes any more and can't sign in. Its own settings stay as they are; have it disconnected there as well.
revoking-other-apps = Other apps
    .text = None is changed
revoking-mailboxes = The mailboxes
    .text = No mail, setting or member changes
revoking-sign-in = Sign in to revoke
revoking-act = Revoke it
revoking-keep = Keep it
revoking-note = A removed secret can't be brought back
revoking-under-way = Revoking
revoking-for = Microsoft to show that each is gone

revoking-done = { $platform } is revoked
revoking-done-lead = What Mailgrant made for it is removed, and each part was seen to be gone.
revoking-removed = Everything was removed
revoking-key-refused = The key no longer works
revoking-key-refused-text = Tried after everything was removed: Microsoft refused it.
revoking-key-untried = The key wasn't on this computer any more, so it wasn't tried. Its secret is removed.
revoking-key-works = Microsoft still takes the key
revoking-key-works-text = Its secret is removed, and Microsoft hasn't seen that everywhere yet. Look in the Entra admin center in an hour: the app has to stand among the deleted ones.
revoking-goes-on = What was signed in before can go on for a while
revoking-goes-on-text = A sign-in that { $platform } holds already runs out by itself, and Exchange may serve it for up to 2 hours until then.
revoking-left = Left in Microsoft 365
revoking-left-nothing = Nothing
revoking-left-app = The deleted app
revoking-left-app-text = { $name } can be restored until { $until }, without any secret of this connection
revoking-left-app-secrets = { $name } can be restored until { $until }, with what secrets it still holds
revoking-left-name = Its unique name
revoking-left-name-text = Reserved with the deleted app until { $until }
revoking-left-reminders = Reminders
revoking-left-reminders-text = Where you took them into a calendar, delete them there
revoking-left-others = Somebody else's
revoking-left-others-text = { $count ->
    [one] 1 secret that Mailgrant didn't make lies with the deleted app
   *[other] { $count } secrets that Mailgrant didn't make lie with the deleted app
}
revoking-begun = Revocation begun
revoking-begun-text = It isn't known yet that everything is gone. Revoke it to go on
revoking-revoked = Revoked
revoking-revoked-on = Everything was removed on { $day }
