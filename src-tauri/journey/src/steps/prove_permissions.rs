//! No mail permission in Entra: shown and proved.
//!
//! On this route the app needs no permission in Entra at all, because Exchange gives it access to the chosen mailboxes
//! only. Grants of both add up, so one leftover grant in Entra would reach every mailbox (microsoft-facts §4b). This
//! step reads every grant to the app and offers to remove one that is there. It changes nothing otherwise.

use domain::problem::Problem;
use engine::event::{EntraGrant, Event, Intent};
use microsoft::error::Error;
use microsoft::graph::grants::{self, Grant};

use crate::problems::{APP_ROLE, Doing, GRANT_ROLE, problem};
use crate::wizard::{Wizard, internal};

/// Reads every grant to the app.
pub async fn check(wizard: &mut Wizard) -> Result<(), Problem> {
    let found = read(wizard).await?;
    wizard.record(Event::PermissionsRead { grants: found })
}

/// The grants as they are now.
pub(crate) async fn read(wizard: &Wizard) -> Result<Vec<EntraGrant>, Problem> {
    let principal = wizard.principal()?;
    let doing = Doing::new(
        "read what the app is allowed in Entra",
        APP_ROLE,
        "The app exists; nothing else was changed.",
    );
    let token = wizard.graph_token()?;
    let unseen = |error: &Error| error.status() == Some(404);
    let found = wizard
        .once_replicated(&doing, unseen, async || {
            grants::list(wizard.http(), token, principal).await
        })
        .await?;
    Ok(found
        .into_iter()
        .map(|grant| EntraGrant {
            id: grant.id,
            resource: grant.resource,
            permission: grant.permission,
            app_role: grant.app_role,
        })
        .collect())
}

/// Removes one grant of our own app. The sign-in must have asked for the right to do so.
pub async fn remove(wizard: &mut Wizard, id: &str) -> Result<(), Problem> {
    let principal = wizard.principal()?;
    let known = wizard
        .state()
        .grants
        .iter()
        .flat_map(|(_, grants)| grants)
        .chain(wizard.state().proof.iter().flat_map(|proof| &proof.grants));
    let grant = known
        .into_iter()
        .find(|grant| grant.id == id)
        .map(|grant| Grant {
            id: grant.id.clone(),
            resource: grant.resource.clone(),
            permission: grant.permission.clone(),
            app_role: grant.app_role,
        })
        .ok_or_else(|| internal("the grant is not in the list"))?;
    let doing = Doing::new(
        "remove the broad grant",
        GRANT_ROLE,
        "The grant still exists, and the app can reach every mailbox.",
    );
    wizard.intend(Intent::RemoveGrant { id: id.to_owned() })?;
    let token = wizard.graph_token()?;
    grants::remove(wizard.http(), token, principal, &grant)
        .await
        .map_err(|error| problem(&error, &doing))?;
    check(wizard).await
}
