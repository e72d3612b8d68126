//! What became of an app that a part didn't find, written down so that the plan says how it comes back.

use domain::message;
use domain::problem::Problem;
use engine::event::Event;
use jiff::{SignedDuration, Timestamp};

use crate::changes;
use crate::ownership::{recorded, require_app};
use crate::problems::{APP_ROLE, Doing};
use crate::standing::{Seen, gone, seen};
use crate::wizard::Wizard;

/// Until when a deleted app can be restored: 30 days (microsoft-facts §2.1).
pub fn restorable_until(deleted_at: Timestamp) -> Timestamp {
    deleted_at
        .checked_add(SignedDuration::from_hours(30 * 24))
        .unwrap_or(Timestamp::MAX)
}

/// Finds out what became of an app that a step didn't find, and records it, so that the plan says how it comes back:
/// restored from the deleted ones, made anew, or with another service principal. What isn't shown may only not be shown
/// by a replica that lags behind, so the app is given up only where no look shows it, live or deleted, for as long as
/// replication may take.
///
/// # Errors
/// When Microsoft doesn't answer, the deleted app isn't ours, or the disk refuses.
pub async fn make_good(wizard: &mut Wizard) -> Result<(), Problem> {
    let Some((client, object)) = recorded(wizard.state()) else {
        return Ok(());
    };
    let doing = Doing::new(
        message!("doing-look-how-app-stands"),
        APP_ROLE,
        message!("exists-nothing-changed"),
    );
    let standing = match seen(wizard, &doing, object, client).await? {
        Seen::Known(standing) => *standing,
        // Shown once and never again: too little to give it up, and nothing to work with.
        Seen::BareOnce => return Err(gone()),
        Seen::Nowhere => {
            changes::forget(wizard).await;
            return wizard.record(Event::AppGivenUp { app: wizard.key() });
        }
    };
    match (standing.app, standing.principal, standing.deleted) {
        (None, _, Some(deleted)) => {
            require_app(&deleted.app, wizard.state())?;
            wizard.record(Event::AppFoundDeleted {
                app: wizard.key(),
                client_id: client,
                object_id: object,
                name: deleted.app.name,
                deleted_at: deleted.at,
            })
        }
        (Some(_), None, _) => wizard.record(Event::ServicePrincipalGone { app: wizard.key() }),
        // Nothing at all is never seen above.
        (Some(_), Some(_), _) | (None, _, None) => Ok(()),
    }
}
