# Before and after the sign-in.

sign-in-heading = Sign in to Microsoft
sign-in-lead = Your browser opens Microsoft's page. Mailgrant never sees your password, and it keeps no sign-in.
sign-in-practice = Sign in to the practice organisation
sign-in-practice-lead = Your browser opens the practice organisation's own page. There is no password.
sign-in-again = Sign in again to go on
sign-in-again-lead = A sign-in is never kept on this computer. Afterwards you're back at { $step }.
sign-in-another = This step takes another sign-in
sign-in-may-not = { $person } may not do { $step }. Sign in as somebody who may, or send a request. Who is signed in now keeps what they may do.
sign-in-present-may-not = The present sign-in may not do { $step }. Sign in as somebody who may, or send a request. Who is signed in now keeps what they may do.
sign-in-step = step { $number }: { $name }
sign-in-own-app = An app of your organisation
sign-in-own-app-detail = Its application (client) id; register it for accounts of any organisation, with the redirect http://localhost for mobile and desktop
sign-in-open = Open Microsoft's sign-in page
sign-in-open-practice = Open the practice sign-in page
sign-in-copy-request = Copy a request
sign-in-changes-nothing = Changes nothing but what you accept there

sign-in-of-everybody = { $scope }, of everybody
sign-in-of-role = { $scope }, of an { $role }
sign-in-for-exchange = Find the mailboxes and set the limit in Exchange

sign-in-waiting = Waiting for your sign-in in the browser
sign-in-page-open = Microsoft's page is open there. If you don't see it, open it again, or copy this address into a browser on this computer.
sign-in-practice-page-open = The practice organisation's page is open there. If you don't see it, open it again, or copy this address into a browser on this computer.
sign-in-no-browser = No browser opened
sign-in-page-waits = This computer has none set up, or it is blocked. Copy this address into any browser on this computer; Microsoft's page waits there.
sign-in-practice-page-waits = This computer has none set up, or it is blocked. Copy this address into any browser on this computer; the practice organisation's page waits there.
sign-in-copy-address = Copy the address
sign-in-open-again = Open it again
sign-in-stop = Stop waiting
sign-in-waiting-for = you to sign in there
sign-in-stopped = You stopped waiting for the browser. Nothing was changed, apart from what you may have accepted there.
sign-in-cancelled = The sign-in was cancelled on Microsoft's page. Nothing was changed, apart from what you may have accepted there before.

sign-in-takes = It takes { $role }
sign-in-who-gives = Who may give that role to somebody: { $granters }. A role that has to be activated first counts only once it is.
sign-in-choose-who = In practice you choose who you are
sign-in-choose-who-text = The practice page offers admins with different roles. Dana Reyes holds everything this needs; the others show what happens when a role is missing.
sign-in-leaves = What signing in leaves behind
sign-in-leaves-text = Microsoft may record that you accepted what its page lists, for you or for your organisation. Mailgrant changes nothing by it.

sign-in-signed-in = Signed in
sign-in-right-organisation = Check that this is the right organisation
sign-in-continue-with = Continue with { $organisation }
sign-in-as-somebody-else = Sign in as somebody else
sign-in-another-organisation = Use another organisation
sign-in-more-checks = { $count ->
    [one] 1 more check
   *[other] { $count } more checks
}, all ready
sign-in-made-app = { $person } made the app
sign-in-made-secret = { $person } made its secret
sign-in-set-limit = { $person } set the limit
sign-in-work-as = You work here as { $person } now
sign-in-keeps-names = { $who }. This connection keeps both names.
sign-in-ready = Ready
sign-in-ask-somebody = Ask somebody
sign-in-not-read = Couldn't read
# What a check is about, and what it takes.
sign-in-need-app = Create an app and its secret
sign-in-need-secret = Make a secret
sign-in-need-secret-of = { $days ->
    [one] Give the secret up to 1 day
   *[other] Give the secret up to { $days } days
}
sign-in-need-grants = Look for older, broader access
sign-in-need-grant = Let the app in as a mail program
sign-in-need-limit = Limit the app to chosen mailboxes
sign-in-need-customised = Exchange takes limits of your own
sign-in-need-organisation = Know which organisation this is
sign-in-need-roles = Know which roles are active
sign-in-need-apps = Find apps with a similar name
sign-in-need-clock = Have the right time on this computer
sign-in-need-other = A check of another version of Mailgrant
sign-in-takes-policy = Set by your credential policy
sign-in-takes-acceptance = Any admin may, once an admin accepted it
sign-in-takes-once = Switched on once per organisation
sign-in-takes-member = Any member may read this
sign-in-takes-admin = Any admin may read this
sign-in-takes-time = Within 5 minutes of Microsoft's
sign-in-takes-other = Not known here

sign-in-all-ready = All { $count } checks are ready
sign-in-some-ready = { $ready } of { $all } checks are ready
sign-in-ask-app-admin = ask an Application Administrator for { $count }
sign-in-ask-exchange-admin = ask an Exchange Administrator for { $count }
sign-in-ask-security-admin = ask a Security Administrator for { $count }
sign-in-ask-role = ask somebody with the role { $role } for { $count }
sign-in-some-not-read = { $count } couldn't be read

sign-in-lacks-roles = This takes roles that your sign-in doesn't have
sign-in-lacks-roles-text = The app and its secret take Application Administrator, the mailboxes and the limit Exchange Administrator. Send a request, activate a role that you are eligible for, or sign in as somebody who holds them.
sign-in-lacks-app = The app and its secret need somebody else
sign-in-lacks-app-text = Your sign-in may not create apps. Send a request, or sign in as somebody who may; you can choose the mailboxes now and set the limit afterwards.
sign-in-lacks-exchange-later = You can make the app and its secret now; the mailboxes and the limit need somebody else
sign-in-lacks-exchange-later-text = Choosing mailboxes and the limit take Exchange Administrator. Send a request now, or sign in there as somebody who holds the role.
sign-in-lacks-exchange = The mailboxes and the limit need somebody else
sign-in-lacks-exchange-text = Choosing mailboxes and the limit take Exchange Administrator. Send a request, or sign in as somebody who holds the role.
sign-in-lacks-proof = You can do the mailboxes and the limit now; the proof needs somebody else too
sign-in-lacks-proof-text = Reading what the app is allowed takes an Application Administrator's sign-in, or that one of them accepted it for the organisation.
sign-in-blocks-secrets = Your organisation's policy blocks app secrets
sign-in-blocks-secrets-text = The secret needs an exception for this one app from a Security Administrator.

sign-in-some-platform = a mail platform
sign-in-request-line = - { $need } (takes { $role })
sign-in-request =
    Hello, I am connecting { $platform } to { $organisation } in Microsoft 365 with Mailgrant. My sign-in can't do all of it:
    { $asks }
    Would you, as { $granters }, give me the role for today, or would somebody who holds it do that part with me? The app gets access to the chosen mailboxes only, and Mailgrant proves that the others are refused.
