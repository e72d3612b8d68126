//! No mail permission in Entra: shown and proved.
//!
//! On this route the app needs no permission in Entra at all, because Exchange gives it access to the chosen mailboxes
//! only. Grants of both add up, so one leftover grant in Entra that opens mailboxes would reach every one of them
//! (microsoft-facts §4b). This step reads every grant to the app and offers to remove one. It changes nothing otherwise.

use domain::grant::EntraGrant;
use domain::problem::{Code, Problem, Who};
use engine::event::Event;
use microsoft::error::Error;
use microsoft::graph::grants;
use plan::changes::{Change, RemoveGrant};
use plan::given::Given;

use crate::problems::{APP_ROLE, Doing, GRANT_ROLE, problem};
use crate::steps::register_app::confirm_ours;
use crate::wizard::{Wizard, internal};

/// Reads every grant to the app.
pub async fn check(wizard: &mut Wizard) -> Result<(), Problem> {
    let found = read(wizard).await?;
    let app = wizard.key();
    wizard.record(Event::PermissionsRead { app, grants: found })
}

/// The grants as they are now.
async fn read(wizard: &Wizard) -> Result<Vec<EntraGrant>, Problem> {
    let principal = wizard.principal()?;
    let doing = Doing::new(
        "read what the app is allowed in Entra",
        APP_ROLE,
        "The app exists; nothing else was changed.",
    );
    let token = wizard.graph_token()?;
    wizard
        .once_replicated(&doing, Error::not_there, async || {
            grants::list(wizard.http(), token, principal).await
        })
        .await
}

/// Removes one grant of our own app, and reads back that it is gone. The sign-in must have asked for the right to do
/// so.
pub async fn remove(wizard: &mut Wizard, id: &str) -> Result<(), Problem> {
    let principal = wizard.principal()?;
    let held = |grants: Vec<EntraGrant>| grants.into_iter().find(|grant| grant.id == id);
    let mut grant = held(read(wizard).await?);
    if grant.is_none() {
        // One list without it can be that of a replica which lags behind.
        wizard.between_looks().await;
        grant = held(read(wizard).await?);
    }
    // Somebody else may have removed it meanwhile; then there is nothing left to do but to say so.
    let Some(grant) = grant else {
        return check(wizard).await;
    };
    let doing = Doing::new(
        "remove the broad grant",
        GRANT_ROLE,
        "The grant still exists, and the app can reach every mailbox.",
    );
    confirm_ours(wizard).await?;
    let change = Change::RemoveGrant(RemoveGrant {
        id: id.to_owned(),
        app_role: grant.app_role,
    });
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    grants::remove(wizard.http(), token, principal, &grant.id, grant.app_role)
        .await
        .map_err(|error| problem(&error, &doing))?;
    wizard
        .until_gone(&doing, async || {
            let grants = grants::list(wizard.http(), token, principal).await?;
            Ok(grants.iter().any(|held| held.id == id))
        })
        .await?
        .then_some(())
        .ok_or_else(|| still_there(&grant))?;
    wizard.done(change, Given::default())?;
    check(wizard).await
}

fn still_there(grant: &EntraGrant) -> Problem {
    Problem::new(
        Code::ScopeTooBroad,
        "The grant is still there",
        format!(
            "Microsoft took the removal of {} on {} and still lists it.",
            grant.permission, grant.resource
        ),
        "It takes unusually long to take effect, or somebody granted it again.",
        "Look again in a minute; if it stays, remove it in Entra under the app's permissions.",
    )
    .fixed_by(Who::AnotherAdmin {
        role: GRANT_ROLE.into(),
    })
    .exists("The grant still exists, and the app can reach every mailbox.")
}

/// Notes that the admin knows about every owner that the app has now.
pub fn know_owners(wizard: &mut Wizard) -> Result<(), Problem> {
    let proof = wizard
        .state()
        .proof
        .as_ref()
        .ok_or_else(|| internal("there is no proof"))?;
    let owners = proof.basis.owners.iter().map(|owner| owner.id.clone()).collect();
    wizard.record(Event::OwnersKnown { owners })
}
