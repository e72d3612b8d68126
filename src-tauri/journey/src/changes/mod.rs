//! The hands for each kind of change: what is sent is the change's own description; here is what else it takes.
//!
//! Each writes down that it is about to change something, sends it, sees what came of it and writes that down. What makes
//! something is never sent twice on its own; no answer to a removal is believed.

mod access_policy;
mod app_role;
mod certificate;
mod grant;
mod limit;
mod protocols;
mod registration;
mod secret;

use calls::Call;
use calls::cmdlet::Cmdlet;
use calls::graph::Request;
use domain::problem::Problem;
use plan::changes::Change;

pub(crate) use access_policy::doing as doing_remove_policy;
pub(crate) use grant::remove_asked_for;
pub(crate) use registration::{open_to_others, reserved};
pub(crate) use secret::{account, forget, forget_all, forget_unsent, look, try_keychain, value, values};

use crate::observe::Reading;
use crate::wizard::{Wizard, internal};

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// It is made.
    Done,
    /// A secret was made and its value never arrived. The plan names it now.
    Lost,
}

/// Makes a change. `reading` is what was read before it.
///
/// # Errors
/// As Microsoft, the keychain and the disk answer.
pub(crate) async fn make(wizard: &mut Wizard, change: &Change, reading: &Reading) -> Result<Made, Problem> {
    match change {
        Change::RestoreApp(_) => registration::restore(wizard, change).await?,
        Change::CreateApp(create) => registration::create(wizard, change, &create.unique).await?,
        Change::CreatePrincipal(create) => {
            registration::create_principal(wizard, change, &create.tag).await?;
        }
        Change::TagPrincipal(_) => registration::tag(wizard, change).await?,
        Change::TagApp(_) | Change::SetAudience(_) => registration::change_app(wizard, change).await?,
        Change::DeleteApp(_) => registration::delete(wizard, change).await?,
        Change::AddSecret(add) => return secret::add(wizard, change, add.days).await,
        Change::AddCertificate(add) => return certificate::add(wizard, change, add.days).await,
        Change::RemoveCredential(remove) if remove.certificate => {
            certificate::remove(wizard, remove.key).await?;
        }
        Change::RemoveCredential(remove) => secret::remove(wizard, remove.key).await?,
        Change::RemoveGrant(_) => grant::remove(wizard, change, reading).await?,
        Change::RemoveAccessPolicy(asked) => access_policy::remove(wizard, change, &asked.identity).await?,
        Change::GrantAppRole(asked) => app_role::grant(wizard, change, asked).await?,
        Change::SetScope(scope) => limit::set_scope(wizard, change, scope, reading).await?,
        Change::RegisterInExchange(_) | Change::AssignRole(_) | Change::GiveFullAccess(_) => {
            limit::make(wizard, change).await?;
        }
        Change::SwitchOnProtocol(_) => protocols::switch_on(wizard, change).await?,
        Change::SwitchOffProtocol(_) => protocols::switch_off(wizard, change).await?,
        Change::RemoveScope(_) => limit::remove_scope(wizard, change, reading).await?,
        Change::UnassignRole(_)
        | Change::RemoveOldRole(_)
        | Change::TakeFullAccess(_)
        | Change::UnregisterInExchange(_) => {
            limit::take_away(wizard, change).await?;
        }
    }
    Ok(Made::Done)
}

/// The cmdlets of a change, with the ids of the app that is worked on.
fn cmdlets(wizard: &Wizard, change: &Change) -> Result<Vec<Cmdlet>, Problem> {
    let cmdlets = filled(wizard, change)?.into_iter().map(|call| match call {
        Call::Exchange(cmdlet) => Ok(cmdlet),
        Call::Graph(_) => Err(internal("a request to Graph is no cmdlet")),
    });
    cmdlets.collect()
}

/// The one request to Graph of a change, with the ids of the app that is worked on.
fn request(wizard: &Wizard, change: &Change) -> Result<Request, Problem> {
    match filled(wizard, change)?.pop() {
        Some(Call::Graph(request)) => Ok(request),
        _ => Err(internal("a change in Entra is one request to Graph")),
    }
}

fn filled(wizard: &Wizard, change: &Change) -> Result<Vec<Call>, Problem> {
    let ids = wizard.ids();
    let calls = change.calls().into_iter().map(|call| {
        call.filled(&ids)
            .map_err(|_| internal("an id of the app isn't known yet"))
    });
    calls.collect()
}
