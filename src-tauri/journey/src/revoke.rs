//! Everything of ours taken away, in the order in which nothing opens more than before: the limit with its roles, then every
//! secret, then the app. After it the key is tried once more and has to be refused.
//!
//! What is somebody else's stays, also on the app that is deleted: it is told.

use std::collections::BTreeSet;

use domain::ids::{ClientId, KeyId};
use domain::message;
use domain::problem::{Code, Problem};
use domain::secret::Secret;
use domain::step::StepId;
use engine::event::Event;
use engine::progress::may_undo;
use microsoft::entra::app_token;
use microsoft::entra::rights::Right;
use plan::changes::Known;
use plan::compare::compare;
use plan::observed::SeenApp;
use plan::part::Part;
use plan::wanted::Wanted;

use crate::carry_out;
use crate::changes;
use crate::make_good::make_good;
use crate::parts;
use crate::plan::Line;
use crate::problems::{Doing, problem};
use crate::read_back::refuses_key;
use crate::wanted::believed;
use crate::wizard::Wizard;

/// The order in which the parts are taken back.
const ORDER: [Part; 4] = [Part::Protocols, Part::Scope, Part::Credential, Part::App];

/// Whether a part outlives the app: a scope is an object of its own, and a switch is its mailbox's.
fn outlives_the_app(part: Part) -> bool {
    matches!(part, Part::Scope | Part::Protocols)
}

/// Whether there is anything of the connection to be taken away. What hangs on an app that is deleted went with it.
pub fn may_begin(wizard: &Wizard) -> bool {
    let state = wizard.state();
    let live = state.at_hand().app().is_some();
    let stands = ORDER
        .iter()
        .filter(|part| live || outlives_the_app(**part))
        .any(|part| may_undo(state, parts::step(*part)));
    let in_use = live && !state.at_hand().in_use.is_empty();
    wizard.read_only().is_none() && (stands || in_use || state.revoking)
}

/// What it takes: who may take the limit away, and who may delete the app, as far as each is there.
pub fn rights(wizard: &Wizard) -> Vec<Right> {
    let notes = wizard.notes();
    let in_exchange = notes.limit_stands() || may_undo(wizard.state(), StepId::Protocols);
    let limit = in_exchange.then_some(Right::Exchange);
    let app = notes.app().map(|_| Right::MakeApp);
    limit.into_iter().chain(app).collect()
}

/// What is taken away, as lines of a plan in the order in which it goes.
pub fn plan(wizard: &Wizard) -> Vec<Line> {
    let believed = believed(wizard);
    let state = wizard.state();
    let address = |id| state.address_of(id).map(str::to_owned);
    let nothing = SeenApp::nothing();
    let in_use: BTreeSet<KeyId> = state.at_hand().in_use.keys().copied().collect();
    let moved = state
        .renewal
        .as_ref()
        .is_some_and(|renewal| renewal.moved_at.is_some());
    let replaced = if moved { in_use.clone() } else { BTreeSet::new() };
    let held = believed.held.union(&in_use).copied().collect();
    let live = state.at_hand().app().is_some();
    let changes = compare(&Wanted::default(), &believed).changes().into_iter();
    let changes = changes.filter(|(_, change)| live || outlives_the_app(change.part()));
    let lines = changes.map(|(app, change)| {
        let known = Known {
            before: believed.apps.get(&app).unwrap_or(&nothing),
            address: &address,
            replaced: &replaced,
            held: &held,
        };
        let said = change.said(&known);
        Line::change(said, app, change)
    });
    lines.collect()
}

/// Takes everything of ours away and sees that the key is refused. What was taken away already is not looked for again, so
/// that it can be gone on with after an interruption. Where the app holds something that wasn't known, nothing is done: the
/// plan names it first.
///
/// # Errors
/// As Microsoft answers, and where something of somebody else's stands in the way.
pub async fn act(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.notes().app().is_some() {
        let found = |wizard: &Wizard| {
            let notes = wizard.notes();
            (notes.foreign_secrets.clone(), notes.lost_secrets.clone())
        };
        let before = found(wizard);
        match carry_out::look_for_secrets(wizard).await {
            // What became of it is written down, and the rest goes all the same.
            Err(problem) if matches!(problem.code, Code::AppDeleted | Code::AppGone) => {
                make_good(wizard).await?
            }
            Err(problem) if matches!(problem.code, Code::AppPrincipalGone | Code::AppDisabled) => {}
            looked => looked?,
        }
        if wizard.notes().app().is_some() && found(wizard) != before {
            return Ok(());
        }
    }
    if !wizard.state().revoking {
        wizard.record(Event::RevocationBegun)?;
    }
    let keys = changes::values(wizard).await?;
    let client = wizard.app().ok().map(|app| app.client_id);
    for part in ORDER {
        if part == Part::Credential && client.is_some() {
            // Also what a renewal left beside it: nothing may sign in with a deleted app that somebody restores.
            let in_use: Vec<KeyId> = wizard.notes().in_use.keys().copied().collect();
            carry_out::remove_credentials(wizard, in_use).await?;
        }
        if outlives_the_app(part) || client.is_some() {
            take_back(wizard, part).await?;
        }
    }
    // Everything is gone by now, whatever becomes of the try.
    wizard.record(Event::Revoked { key_refused: None })?;
    let (Some(client), false) = (client, keys.is_empty()) else {
        return Ok(());
    };
    let mut refused = true;
    for key in &keys {
        refused &= is_refused(wizard, client, key).await?;
    }
    wizard.record(Event::Revoked {
        key_refused: Some(refused),
    })
}

async fn take_back(wizard: &mut Wizard, part: Part) -> Result<(), Problem> {
    // An app that was taken over isn't given back: it goes as the plan says.
    if part == Part::App && wizard.notes().app().is_some() {
        return carry_out::delete_app(wizard).await;
    }
    match may_undo(wizard.state(), parts::step(part)) {
        true => carry_out::undo(wizard, part).await,
        false => Ok(()),
    }
}

/// Whether Microsoft refuses the key, looked at again for as long as replication may take.
async fn is_refused(wizard: &Wizard, client: ClientId, key: &Secret) -> Result<bool, Problem> {
    let tenant = wizard.tenant()?;
    let doing = Doing::as_the_app(message!("doing-try-secret"), message!("exists-all-removed"));
    wizard
        .until_settled(
            async || match app_token::graph_token(wizard.http(), tenant, client, key).await {
                Ok(_) => Ok(true),
                Err(error) if refuses_key(&error) => Ok(false),
                Err(error) => Err(problem(&error, &doing)),
            },
        )
        .await
}

/// Whether a deleted app may come back with secrets that can sign in: those that were never removed, and somebody else's.
pub fn comes_back_with_secrets(wizard: &Wizard) -> bool {
    let notes = wizard.notes();
    notes.secret.is_some() || !notes.in_use.is_empty() || left_by_others(wizard) > 0
}

/// How many credentials that somebody else made stay on the deleted app.
pub fn left_by_others(wizard: &Wizard) -> usize {
    wizard.notes().foreign_secrets.len()
}
