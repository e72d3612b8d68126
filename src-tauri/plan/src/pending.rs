//! What was done a moment ago, laid over what is read: absent may mean that Microsoft doesn't show it everywhere yet.
//!
//! Without it a second app, a second secret or a second role would be made because a replica that lags behind was asked.
//! It is laid over for as long as replication may take and no longer; a proof is never made of it.

use crate::changes::{Change, PLANNED};
use crate::given::{Given, apply};
use crate::observed::SeenApp;

/// Makes of an app what these changes made of it, in the order in which they were made, as far as it isn't seen yet.
pub fn lay<'a>(app: &mut SeenApp, made: impl IntoIterator<Item = (&'a Change, &'a Given)>) {
    for (change, given) in made {
        if !is_seen(app, change, given) {
            apply(app, change, given);
        }
    }
}

fn is_seen(app: &SeenApp, change: &Change, given: &Given) -> bool {
    match change {
        // Whether a credential is there is told by its key, and by nothing else of it.
        Change::AddSecret(_) | Change::AddCertificate(_) => {
            let key = given.secret.map_or(PLANNED, |secret| secret.key);
            let credentials = app.credentials.known();
            credentials.is_none_or(|credentials| credentials.contains_key(&key))
        }
        change => change.done_on(app),
    }
}
