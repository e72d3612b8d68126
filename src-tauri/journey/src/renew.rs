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
use engine::state::State;
use jiff::Timestamp;
use microsoft::graph::app_seen::Live;
use microsoft::graph::sign_in_log::{self, Closed, SignInLog};

use crate::changes;
use crate::ownership::secret_is_ours;
use crate::parts::{self, Part, PartPlan};
use crate::problems::{Doing, problem};
use crate::read_back;
use crate::wizard::{Wizard, internal};

/// The least role that reads the log of sign-ins (docs/sign-in-log.md).
const SIGN_INS_ROLE: &str = "Reports Reader";

/// Whether a connection can be renewed: something of it was handed over, whatever became of that since, its app is known, and
/// no renewal is under way.
pub fn can_begin(state: &State) -> bool {
    state.handed_over.is_some() && state.renewal.is_none() && state.at_hand().app().is_some()
}

/// The same of an open connection that can be written to.
pub fn may_begin(wizard: &Wizard) -> bool {
    can_begin(wizard.state()) && wizard.read_only().is_none()
}

/// Whether a secret is made as a renewal only: a platform may be using another one, also one that somebody made elsewhere.
pub fn is_due(wizard: &Wizard) -> bool {
    may_begin(wizard) && wizard.notes().secret.is_none() && !wizard.notes().is_making_a_secret()
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
            certificate: secret.certificate.is_some(),
        })
        .collect();
    let others = live.credentials.iter().filter(|credential| {
        Some(credential.key) != noted
            && secret_is_ours(&credential.name, connection)
            && !notes.lost_secrets.contains(&credential.key)
    });
    in_use.extend(others.map(|credential| InUse {
        key: credential.key,
        ends_at: credential.ends_at,
        certificate: credential.certificate,
    }));
    Ok(in_use)
}

/// What Microsoft's log of sign-ins says of both secrets since the new file was written (docs/sign-in-log.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastUse {
    /// It can't be read, so nothing is known.
    Closed {
        /// Whether that is for want of a licence, and not of a role.
        licence: bool,
    },
    /// It was read.
    Read {
        /// When the old secret was used last.
        old: Option<Timestamp>,
        /// When the new one was used last, other than by us.
        new: Option<Timestamp>,
        /// Until when it is known that nobody has used the old one; nothing where that isn't known.
        silent_until: Option<Timestamp>,
    },
}

/// Reads which secret was used last since the new file was written. Changes nothing.
///
/// # Errors
/// As Microsoft answers; that it may not be read is no error.
pub async fn last_use(wizard: &Wizard) -> Result<Option<LastUse>, Problem> {
    let state = wizard.state();
    let (Some(exported), Some(new)) = (&state.exported, &wizard.notes().secret) else {
        return Ok(None);
    };
    let doing = Doing::new(
        message!("doing-read-sign-ins"),
        SIGN_INS_ROLE,
        message!("exists-both-secrets"),
    );
    let old: Vec<KeyId> = wizard.notes().in_use.keys().copied().collect();
    let keys: Vec<KeyId> = old.iter().copied().chain([new.key]).collect();
    let client = wizard.app()?.client_id;
    let log = sign_in_log::last_uses(wizard.http(), wizard.graph_token()?, client, &keys, exported.at)
        .await
        .map_err(|error| problem(&error, &doing))?;
    Ok(Some(match log {
        SignInLog::Closed { why, .. } => LastUse::Closed {
            licence: why == Closed::Licence,
        },
        SignInLog::Read(uses) => LastUse::Read {
            old: old.iter().filter_map(|key| uses.last.get(key)).max().copied(),
            new: uses.last.get(&new.key).copied(),
            silent_until: old
                .iter()
                .map(|key| uses.silent_until(*key, exported.at))
                .min()
                .flatten(),
        },
    }))
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
        && !wizard.state().adopting
        && notes.secret.is_none()
        // Of several it isn't known which of them the platform uses.
        && notes.in_use.len() <= 1
        && notes.lost_secrets.is_empty()
        && !notes.is_making_a_secret()
}

/// Gives the renewal up. What the platform uses stays.
///
/// # Errors
/// When the disk refuses.
pub async fn give_up(wizard: &mut Wizard) -> Result<(), Problem> {
    if !may_drop(wizard) {
        return Ok(());
    }
    changes::forget_unsent(wizard).await?;
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
