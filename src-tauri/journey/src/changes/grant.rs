//! A grant in Entra to our app, removed where the admin asked for it.

use domain::grant::{EntraGrant, Opens};
use domain::message;
use domain::message::{Arg, Message};
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
    let doing = Doing::new(message!("doing-read-grants"), APP_ROLE, message!("exists-app"));
    let mut reading = read_back::live(wizard, &doing).await?;
    let mut grant = held(&reading, id);
    if grant.is_none() {
        // One list without it can be that of a replica which lags behind.
        wizard.between_looks().await;
        reading = read_back::live(wizard, &doing).await?;
        grant = held(&reading, id);
    }
    // Somebody else may have removed it meanwhile; then there is nothing left to do but to say so.
    let exists = match &grant {
        Some(_) => message!("exists-grant-removed"),
        None => message!("exists-app"),
    };
    if let Some(grant) = grant {
        let change = Change::RemoveGrant(RemoveGrant {
            id: id.to_owned(),
            app_role: grant.app_role,
        });
        super::make(wizard, &change, &reading).await?;
    }
    read_back::permissions_after(wizard, exists).await
}

fn held(reading: &Reading, id: &str) -> Option<EntraGrant> {
    let grants = reading.entra.as_ref()?.grants.iter().flatten();
    grants.into_iter().find(|grant| grant.id == id).cloned()
}

/// What a grant opens, as it was read.
fn opens(reading: &Reading, id: &str) -> Opens {
    held(reading, id).map(|grant| grant.opens).unwrap_or_default()
}

/// Removes a grant and waits until it is gone.
pub(super) async fn remove(wizard: &mut Wizard, change: &Change, reading: &Reading) -> Result<(), Problem> {
    let Change::RemoveGrant(RemoveGrant { id, .. }) = change else {
        return Err(internal("another change than the removal of a grant"));
    };
    let principal = wizard.principal()?;
    let request = request(wizard, change)?;
    let exists = match opens(reading, id) {
        Opens::Mailboxes => message!("exists-grant"),
        Opens::MoreRights | Opens::Nothing | Opens::Unknown => message!("exists-grant-still"),
    };
    let doing = Doing::new(message!("doing-remove-grant"), GRANT_ROLE, exists.clone())
        .sends(request.name, message!("exists-grant-perhaps"));
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
        .ok_or_else(|| still_there(last.as_ref(), exists))?;
    wizard.done(change.clone(), Given::default())
}

fn still_there(grant: Option<&EntraGrant>, exists: Message) -> Problem {
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
    .exists(exists)
}
