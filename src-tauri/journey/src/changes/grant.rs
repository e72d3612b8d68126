//! A grant in Entra to our app, removed where the admin asked for it.

use domain::grant::EntraGrant;
use domain::message;
use domain::message::Arg;
use domain::problem::{Code, Problem, Who};
use microsoft::error::if_there;
use microsoft::graph::grants;
use plan::changes::{Change, RemoveGrant};
use plan::given::Given;

use super::request;
use crate::observe::Reading;
use crate::problems::{APP_ROLE, Doing, GRANT_ROLE, problem};
use crate::read_back;
use crate::wizard::{Wizard, internal};

/// Removes one grant of our own app, which the admin asked for, and reads every grant again. The sign-in must have asked
/// for the right to do so.
///
/// # Errors
/// As Microsoft answers; `app.not-ours` where the app doesn't carry our marks.
pub(crate) async fn remove_asked_for(wizard: &mut Wizard, id: &str) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-read-grants"),
        APP_ROLE,
        message!("exists-app-nothing-else"),
    );
    let mut reading = read_back::live(wizard, &doing).await?;
    let mut grant = held(&reading, id);
    if grant.is_none() {
        // One list without it can be that of a replica which lags behind.
        wizard.between_looks().await;
        reading = read_back::live(wizard, &doing).await?;
        grant = held(&reading, id);
    }
    // Somebody else may have removed it meanwhile; then there is nothing left to do but to say so.
    if let Some(grant) = grant {
        let change = Change::RemoveGrant(RemoveGrant {
            id: id.to_owned(),
            app_role: grant.app_role,
        });
        super::make(wizard, &change, &reading).await?;
    }
    read_back::permissions(wizard).await
}

fn held(reading: &Reading, id: &str) -> Option<EntraGrant> {
    let grants = reading.entra.as_ref()?.grants.iter().flatten();
    grants.into_iter().find(|grant| grant.id == id).cloned()
}

/// Removes a grant and waits until it is gone.
pub(super) async fn remove(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let Change::RemoveGrant(RemoveGrant { id, .. }) = change else {
        return Err(internal("another change than the removal of a grant"));
    };
    let principal = wizard.principal()?;
    let doing = Doing::new(
        message!("doing-remove-grant"),
        GRANT_ROLE,
        message!("exists-grant"),
    );
    let request = request(wizard, change)?;
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    if_there(microsoft::graph::change(wizard.http(), token, &request).await)
        .map_err(|error| problem(&error, &doing))?;
    let mut last = None;
    wizard
        .until_gone(&doing, async || {
            let grants = grants::list(wizard.http(), token, principal).await?;
            last = grants.into_iter().find(|held| held.id == *id);
            Ok(last.is_some())
        })
        .await?
        .then_some(())
        .ok_or_else(|| still_there(last.as_ref()))?;
    wizard.done(change.clone(), Given::default())
}

fn still_there(grant: Option<&EntraGrant>) -> Problem {
    let permission = grant.map(|grant| grant.permission.as_str()).unwrap_or_default();
    let resource = grant.map(|grant| grant.resource.as_str()).unwrap_or_default();
    Problem::said(
        Code::ScopeTooBroad,
        message!(
            "making-grant-still-there",
            permission = Arg::term(permission),
            resource = Arg::term(resource)
        ),
    )
    .fixed_by(Who::AnotherAdmin {
        role: GRANT_ROLE.into(),
    })
    .exists(message!("exists-grant"))
}
