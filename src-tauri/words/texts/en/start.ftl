# The first screen.

start-heading = Connect a mail platform to chosen mailboxes, and no others
start-lead = Mailgrant registers an app in your Microsoft 365 organisation, limits it to the mailboxes you name, proves that the others refuse it, and seals the result in one file for the platform.
start-you-need = You need
start-needed = The mailbox addresses, and a sign-in that may create apps and holds Exchange Administrator. Global Administrator isn't needed.
start-it-takes = It takes
start-taken = About 20 minutes. Microsoft may then need up to 2 hours to apply the limit; you can close the window meanwhile.
start-it-changes = It changes
start-changed = One app, one secret and one limit in Exchange. Each is shown before it's made, and each can be undone.
start-footnote = Mailgrant changes nothing in Microsoft 365 until you have seen a plan and pressed the button under it.
start-ends-with = What you end with
start-proof = A proof, not a promise
start-works = Works
start-refused = Refused
start-every-other = Every other mailbox tried
start-sealed-file = One sealed file that opens only with its key or passphrase
start-reminder = A reminder before the secret ends
start-no-roles = I don't have these roles
start-no-roles-anyway = You can start anyway: after the sign-in, Mailgrant says which steps your sign-in may do and writes a request for the rest.
start-no-roles-which = Creating the app takes Application Administrator, or an organisation that lets its members create apps. The limit takes Exchange Administrator. The two can be two people.
start-no-roles-practice = In the practice organisation you can try every step without any role.
start-start = Start
start-practice = Try it with the practice organisation
start-open-saved = Open a saved connection
