# How the connection's app stands, where that is the problem.

standing-app-deleted =
    .title = The app was deleted
    .happened = The app registration that this connection made lies among the deleted ones in Entra.
    .why = Somebody deleted it; Microsoft keeps it restorable for 30 days.
    .next = Restore it here: Mailgrant takes back the same app with its secret and makes its enterprise application anew, and then the limit has to be set again.
standing-principal-gone =
    .title = The app's enterprise application was deleted
    .happened = The app registration exists, and its enterprise application in your organisation doesn't.
    .why = Somebody deleted it, or the app was restored, which doesn't bring it back.
    .next = Make it anew here; what Exchange gave to the old one went with it, so the limit has to be set again.
standing-app-gone =
    .title = The app isn't there any more
    .happened = Microsoft finds the app that this connection made neither among the live ones nor among the deleted ones.
    .why = It was deleted for good, or more than 30 days ago.
    .next = Go to the app: this connection keeps your answers, and its plan makes the app anew.
standing-all-gone = The old app is gone, and its secret with it; its scope may be left in Exchange.
standing-deleted-exists = The app registration lies among the deleted ones; its scope may be left in Exchange.
standing-bare-exists = The app registration exists, its enterprise application doesn't; its scope may be left in Exchange.
standing-app-exists = The app exists and is switched off.
