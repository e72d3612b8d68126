//! A renewal: a new secret beside the one that the platform uses, which goes once the platform has moved.
//!
//! It is begun here; what it makes and takes away are the same changes as in an onboarding, and are made by
//! [`crate::carry_out`]. What the platform may be using is written down when the renewal is begun, as it is read then. From
//! there on nothing removes it until a person said that the platform uses what is new (peers.md: others deleted the old
//! secret before the new one worked).

use domain::ids::KeyId;
use domain::message;
use domain::message::Arg;
use domain::problem::{Code, Problem, Retry};
use engine::event::{Event, InUse};
use microsoft::graph::app_seen::Live;

use crate::changes;
use crate::ownership::secret_is_ours;
use crate::parts::{self, Part, PartPlan};
use crate::read_back;
use crate::wizard::{Wizard, internal};

/// Whether the connection can be renewed: something of it was handed over, and no renewal is under way.
pub fn may_begin(wizard: &Wizard) -> bool {
    let state = wizard.state();
    (state.exported.is_some() || state.found_again) && state.renewal.is_none() && wizard.read_only().is_none()
}

/// Begins a renewal: reads the app with its grants and its credentials, and writes down what the platform may be using.
/// Changes nothing in the organisation.
///
/// # Errors
/// As Microsoft answers; where the app isn't as this connection made it; `renewal.under-way` where it has two secrets of this
/// connection already.
pub async fn begin(wizard: &mut Wizard) -> Result<(), Problem> {
    if !may_begin(wizard) {
        return Ok(());
    }
    wizard.forget_reading();
    wizard.require_clock(message!("exists-nothing-changed"))?;
    read_back::app_and_permissions(wizard).await?;
    let reading = wizard.take_reading().unwrap_or_default();
    let entra = reading.entra.unwrap_or_default();
    let Some(live) = &entra.live else {
        return Err(internal("the app wasn't read"));
    };
    changes::look(wizard, &entra).await?;
    let in_use = in_use(wizard, live)?;
    if let [one, other, ..] = in_use.as_slice() {
        return Err(under_way(one.key, other.key));
    }
    let app = wizard.key();
    wizard.record(Event::RenewalBegun { app, in_use })
}

/// Every secret of this connection that a platform may have: also one that somebody made at another computer. What an
/// interrupted run of this computer made was never handed over.
fn in_use(wizard: &Wizard, live: &Live) -> Result<Vec<InUse>, Problem> {
    let connection = wizard.connection()?;
    let notes = wizard.notes();
    // What our notes name was looked for a moment ago: one list without it can be that of a replica that lags behind.
    let noted = notes.secret.as_ref().map(|secret| secret.key);
    let mut in_use: Vec<InUse> = notes
        .secret
        .iter()
        .map(|secret| InUse {
            key: secret.key,
            ends_at: Some(secret.ends_at),
        })
        .collect();
    let others = live.credentials.iter().filter(|credential| {
        !credential.certificate
            && Some(credential.key) != noted
            && secret_is_ours(&credential.name, connection)
            && !notes.lost_secrets.contains(&credential.key)
    });
    in_use.extend(others.map(|credential| InUse {
        key: credential.key,
        ends_at: credential.ends_at,
    }));
    Ok(in_use)
}

/// Says whether the platform uses what it was given last.
///
/// # Errors
/// When the disk refuses.
pub fn platform_moved(wizard: &mut Wizard, moved: bool) -> Result<(), Problem> {
    let state = wizard.state();
    let given = state.exported.is_some() && wizard.notes().secret.is_some();
    let Some(renewal) = &state.renewal else {
        return Ok(());
    };
    if !given || renewal.moved_at.is_some() == moved {
        return Ok(());
    }
    wizard.record(Event::PlatformMoved { moved })
}

/// What is taken away once the platform has moved: the credential's part of the plan, without what is there and stays.
pub fn removal(wizard: &Wizard) -> PartPlan {
    let mut plan = parts::plan_of(wizard, Part::Credential);
    plan.will.retain(|line| !line.is_done(wizard.state()));
    plan
}

/// Whether the renewal can be given up: nothing was made of it, or what was made was taken back.
pub fn may_drop(wizard: &Wizard) -> bool {
    let notes = wizard.notes();
    wizard.state().renewal.is_some()
        && notes.secret.is_none()
        && notes.lost_secrets.is_empty()
        && !notes.is_making_a_secret()
}

/// Gives the renewal up. What the platform uses stays.
///
/// # Errors
/// When the disk refuses.
pub fn give_up(wizard: &mut Wizard) -> Result<(), Problem> {
    if !may_drop(wizard) {
        return Ok(());
    }
    let app = wizard.key();
    wizard.record(Event::RenewalDropped { app })
}

/// Two secrets of one connection: somebody may be renewing it at another computer.
fn under_way(one: KeyId, other: KeyId) -> Problem {
    Problem::said(
        Code::RenewalUnderWay,
        message!(
            "renewing-two-secrets",
            one = Arg::ends(one),
            other = Arg::ends(other)
        ),
    )
    .retry(Retry::AfterYouAct)
    .exists(message!("exists-nothing-changed"))
}
