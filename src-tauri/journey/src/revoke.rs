//! Everything of ours taken away, in the order in which nothing opens more than before: the limit with its roles, then every
//! secret, then the app. After it the key is tried once more and has to be refused.
//!
//! What is somebody else's stays, also on the app that is deleted: it is told.

use domain::ids::{ClientId, KeyId};
use domain::message;
use domain::problem::{Code, Problem};
use domain::secret::Secret;
use engine::event::Event;
use engine::progress::may_undo;
use microsoft::entra::app_token;
use microsoft::entra::rights::Right;
use microsoft::error::Error;
use plan::changes::Known;
use plan::compare::compare;
use plan::observed::SeenApp;
use plan::part::Part;
use plan::wanted::Wanted;

use crate::carry_out;
use crate::changes;
use crate::parts;
use crate::plan::Line;
use crate::problems::{Doing, problem};
use crate::wanted::believed;
use crate::wizard::Wizard;

/// The order in which the parts are taken back.
const ORDER: [Part; 3] = [Part::Scope, Part::Credential, Part::App];

/// Whether there is anything of the connection to be taken away.
pub fn may_begin(wizard: &Wizard) -> bool {
    let state = wizard.state();
    let stands = ORDER.iter().any(|part| may_undo(state, parts::step(*part)));
    wizard.read_only().is_none() && (stands || state.revoking || !state.at_hand().in_use.is_empty())
}

/// What it takes: who may take the limit away, and who may delete the app, as far as each is there.
pub fn rights(wizard: &Wizard) -> Vec<Right> {
    let notes = wizard.notes();
    let limit = notes.limit_stands().then_some(Right::Exchange);
    let app = notes.app().map(|_| Right::MakeApp);
    limit.into_iter().chain(app).collect()
}

/// What is taken away, as lines of a plan in the order in which it goes.
pub fn plan(wizard: &Wizard) -> Vec<Line> {
    let believed = believed(wizard);
    let state = wizard.state();
    let address = |id| state.address_of(id).map(str::to_owned);
    let (nothing, replaced) = (SeenApp::nothing(), state.in_use());
    let changes = compare(&Wanted::default(), &believed).changes();
    let lines = changes.into_iter().map(|(app, change)| {
        let none = Default::default();
        let known = Known {
            before: believed.apps.get(&app).unwrap_or(&nothing),
            address: &address,
            replaced: replaced.get(&app).unwrap_or(&none),
            held: &believed.held,
        };
        let said = change.said(&known);
        Line::change(said, app, change)
    });
    lines.collect()
}

/// Takes everything of ours away and sees that the key is refused. What was taken away already is not looked for again, so
/// that it can be gone on with after an interruption.
///
/// # Errors
/// As Microsoft answers, and where something of somebody else's stands in the way.
pub async fn act(wizard: &mut Wizard) -> Result<(), Problem> {
    if !wizard.state().revoking {
        wizard.record(Event::RevocationBegun)?;
    }
    if wizard.notes().app().is_some() {
        // What somebody else made on the app is told. One that is gone, or switched off, is taken back all the same.
        match carry_out::look_for_secrets(wizard).await {
            Err(problem) if stands_badly(problem.code) => {}
            looked => looked?,
        }
    }
    let key = changes::value(wizard).await.ok();
    let client = wizard.app().ok().map(|app| app.client_id);
    for part in ORDER {
        if part == Part::Credential {
            // Also what a renewal left beside it: nothing may sign in with a deleted app that somebody restores.
            let in_use: Vec<KeyId> = wizard.notes().in_use.keys().copied().collect();
            carry_out::remove_credentials(wizard, in_use).await?;
        }
        if may_undo(wizard.state(), parts::step(part)) {
            carry_out::undo(wizard, part).await?;
        }
    }
    let key_refused = match (key, client) {
        (Some(key), Some(client)) => Some(is_refused(wizard, client, &key).await?),
        _ => None,
    };
    wizard.record(Event::Revoked { key_refused })
}

fn stands_badly(code: Code) -> bool {
    matches!(
        code,
        Code::AppDeleted | Code::AppGone | Code::AppPrincipalGone | Code::AppDisabled
    )
}

/// Whether Microsoft refuses the key, looked at again for as long as replication may take.
async fn is_refused(wizard: &Wizard, client: ClientId, key: &Secret) -> Result<bool, Problem> {
    let tenant = wizard.tenant()?;
    let doing = Doing::as_the_app(message!("doing-try-secret"), message!("exists-all-removed"));
    wizard
        .until_settled(
            async || match app_token::graph_token(wizard.http(), tenant, client, key).await {
                Ok(_) => Ok(true),
                Err(error) if refuses(&error) => Ok(false),
                Err(error) => Err(problem(&error, &doing)),
            },
        )
        .await
}

/// The key is wrong, has ended, or its app isn't there (peers.md part B).
fn refuses(error: &Error) -> bool {
    ["AADSTS7000215", "AADSTS7000222", "AADSTS700016"].contains(&error.code())
}

/// How many credentials that somebody else made stay on the deleted app.
pub fn left_by_others(wizard: &Wizard) -> usize {
    wizard.notes().foreign_secrets.len()
}
