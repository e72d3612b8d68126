# The app registration: its plan, and what exists after it.

app-create = Create the app registration
app-lead = The platform signs in as this app. On its own it can reach no mailbox.
app-deleted = The app registration was deleted
app-deleted-lead = Deleted { $when }. Restorable until { $until }; after that it is gone for good.
app-restore = Restore the app registration
app-finish = Finish creating the app registration
app-note = Can be undone for 30 days

app-fact-method = Method
app-fact-access = Access
app-change = Change
app-change-access = Change what the platform may do
app-see-meaning = See what this means
app-see-method = See what this means: the method

app-exists = The app registration exists
app-fact-app = App
app-created = App registration created
app-created-text = In this organisation only, without redirect address and without permission.
app-read-back = Read back from Microsoft
app-read-back-text = The app and its service principal both answer.
app-fact-principal = Service principal
app-in-this-organisation = In this organisation
app-fact-undo = Undo by hand
app-undo-by-hand = Entra admin center, App registrations, this app, Delete. It can be restored for 30 days.
app-continue = Continue to permissions
app-delete = Delete this app registration
