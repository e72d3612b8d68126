# The app's secret: how long it lasts, and after it what exists.

secret-heading = Create the app's secret
secret-lead = The platform proves with it that it is the app.
secret-removed = The secret was removed
secret-removed-lead = Removed { $when }. It can't be brought back; a platform that had it needs a new one.
secret-try = See whether Microsoft takes the secret
secret-try-lead = The secret is made and saved. What is left is to try it.
secret-unseen = Nobody will see this secret, you included
secret-unseen-text = It goes straight into this computer's keychain and later into the sealed file. It's safe to share or record this window.
secret-create = Create the secret
secret-make-new = Make a new secret
secret-replace-lost = Remove the lost one and create the secret
secret-note = Can be removed at any time
# The reminder names this button.
secret-remove = Remove this secret

secret-life-legend = How long should the secret last?
secret-life = { $days ->
    [one] 1 day
   *[other] { $days } days
}
secret-life-until = Until { $end }
secret-life-longest = The longest your policy allows
secret-life-recommended = Recommended

secret-kind-legend = What should the app sign in with?
secret-kind-secret = A secret
    .text = A text that Microsoft makes. Every platform knows where to put it
secret-kind-certificate = A certificate
    .text = Its private key is made here and never sent to Microsoft. Choose it where the platform takes one
secret-kind-only = Your organisation's policy blocks app secrets
secret-kind-only-text = So the app gets a certificate, which the policy allows and this platform takes.

secret-done = The app's secret is made and saved
secret-has-ended = The app's secret has ended
secret-fact-ends = Ends on
secret-left-longest = { $left }, the longest your policy allows
secret-fact-reminders = Reminders
secret-reminders = 60, 30 and 7 days before
secret-reminders-text = In the exported calendar file. Before the end, make a new secret here and hand it over
secret-made = Made by Microsoft
secret-made-text = Its Secret ID is { $key }. Microsoft shows a secret once, so it's never asked for again.
secret-saved = Saved in this computer's keychain
secret-saved-text = Read back and compared. It will also be inside the sealed file, and nowhere else.
secret-accepted = Accepted by Microsoft
secret-accepted-text = { $tries ->
    [one] On the first try.
   *[other] Try { $tries }: a new secret is often refused for its first seconds.
}
secret-still-unseen = Nobody sees this secret, you included
secret-still-unseen-text = No button shows or copies it, and it isn't written to any log. It's safe to share or record this window.
secret-to-limit = Continue to the limit
secret-to-mailboxes = Continue to mailboxes
