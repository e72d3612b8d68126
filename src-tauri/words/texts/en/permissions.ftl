# No permission in Entra: shown and proved.

permissions-heading = See that the app has no permission in Entra
permissions-look = Look now
permissions-look-again = Look again
permissions-too-broad = The app is allowed too much in Entra
permissions-too-broad-lead = Remove what is listed, then look again.
permissions-remove = Remove this grant
permissions-removing-takes = Removing it takes { roles-privileged-role } for Microsoft Graph.

permissions-has-none = The app needs no permission in Entra, and has none
permissions-has-harmless = The app has no permission in Entra that opens a mailbox
permissions-no-role = No application permission
permissions-no-role-text = Microsoft lists no app role for this app, on any API.
permissions-no-consent = No delegated permission
permissions-no-consent-text = Nobody consented to anything in this app's name.
permissions-none-opens = No permission that opens a mailbox
permissions-none-opens-text = Every grant to this app was read, and none reaches mail.
permissions-harmless-role = On { $api }, application permission; it opens no mailbox
permissions-harmless-consent = On { $api }, sign-in permission; it opens no mailbox
permissions-none-else = No other permission that opens a mailbox
permissions-none-else-text = Every grant to this app was read. Beside what it needs, none reaches mail.
permissions-needed-role = On { $api }; it lets the app in as a mail program and opens no mailbox by itself
permissions-has-needed = { $count ->
    [one] The app has the one permission in Entra that it needs
   *[other] The app has the { $count } permissions in Entra that it needs
}
permissions-lets-in-text = { $count ->
    [one] It lets
   *[other] They let
} the app in as a mail program, and only where a mailbox gives the app full access. That is given mailbox by mailbox, with the limit.
permissions-to-grant = Let the app in as a mail program
permissions-to-grant-lead = Exchange lets no app in as a mail program without a permission for the protocol. By itself such a permission opens no mailbox.
permissions-grant = { $count ->
    [one] Grant this permission
   *[other] Grant these { $count } permissions
}
permissions-good = This is as it should be
permissions-good-text = A mail permission in Entra reaches every mailbox, and a limit can't take that back. { $platform } gets its access from Exchange instead, with the limit, and nobody has to grant admin consent.
permissions-good-text-of-some = A mail permission in Entra reaches every mailbox, and a limit can't take that back. The platform gets its access from Exchange instead, with the limit, and nobody has to grant admin consent.
permissions-continue = Continue to the secret
