# The help.

help-heading = Help
help-heading-step = Help with step { $number }: { $name }
help-what-for = What this is for
help-purpose = Mailgrant connects a mail platform to the mailboxes you name, and proves that it reaches no others.
help-if-you-stop = If you stop here
help-saved = Everything is saved. Close the window at any time; the connection waits in the list and goes on where you left it.
help-if-wrong = If something goes wrong
help-problems = A page says what happened, why, what to do and who can do it. Copy the details from there for support; they hold no secret.
help-if-watched = If somebody is watching
help-presenting = Presenting mode, Ctrl+Shift+P, puts stable words in place of names and ids. No screen ever shows the secret.
help-to-try = To try it safely
help-practice = The practice organisation plays Microsoft 365 on this computer. Nothing in it is real.
help-close = Close the help

help-language = Language
help-as-system = As this computer ({ $language })

help-platform = It chooses what is connected. The platform's profile says which access it needs and why.
help-method = It chooses how the platform reaches mail, and shows what that lets it do.
help-sign-in = You sign in in your own browser. Mailgrant reads who you are and which roles you hold; nothing is changed but what you accept on Microsoft's page.
help-existing-app = The app that the platform uses now, registered by hand. It is looked at, and what is wrong with it is said; taking it over changes nothing yet.
help-old-permissions = What the app was granted in Entra before it was taken over. It goes once the limit in Exchange has surely taken its place, so that mail keeps flowing.
help-app = It creates the app that the platform signs in as. On its own the app reaches no mailbox.
help-permissions = It proves that the app has no permission in Entra, because one there would reach every mailbox.
help-secret = It has Microsoft make the app's secret and keeps it in this computer's keychain.
help-plan = It shows everything that will be made, and whether you may, before anything is. One button then makes and checks it, part by part.
help-mailboxes = You name the mailboxes that the app may use, and at least one that must stay refused.
help-limit = It limits the app to the chosen mailboxes in Exchange. That is all the access it gets.
help-protocols = It says which protocols are switched off for the mailboxes, and switches on what you ask for. Without them the platform gets no mail.
help-verify = It tries every named mailbox with the app's own key: the chosen ones must answer, the others must be refused.
help-old-secret = You say when the platform uses the new secret. Then, and not before, the old one is removed.
help-export = It seals everything the platform needs into one file, beside a record and a reminder.
