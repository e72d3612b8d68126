//! The switches of protocols of the mailboxes: read for the plan, set where somebody asked for that, set back where they still
//! stand as they were set here.

use std::collections::{BTreeMap, BTreeSet};

use calls::powershell;
use calls::protocols::{To, set};
use domain::ids::MailboxId;
use domain::mail_protocol::{MailProtocol, MailboxProtocol};
use domain::message;
use domain::problem::{Code, Problem};
use engine::event::{Event, SwitchedOff};
use engine::state::State;
use microsoft::exchange::client_access::{self, Stands};
use plan::changes::{Change, SwitchOnProtocol};
use plan::compare::compare;
use plan::given::Given;
use plan::part::Part;
use plan::switches::Off;
use plan::wanted::Wanted;

use crate::carry_out::{changes_of, planned, unannounced};
use crate::changes;
use crate::observe::Reading;
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::wanted::{believed, wanted};
use crate::wizard::Wizard;

/// What was read.
type Read = BTreeMap<MailboxProtocol, Stands>;

/// Whether they are to be read before the plan is shown.
pub fn are_due(wizard: &Wizard) -> bool {
    wizard.state().switches_are_due()
}

/// Reads the switches of the chosen mailboxes, and of those that were set here, and writes down what is off.
///
/// # Errors
/// As Exchange answers. That it doesn't say of a mailbox how it stands is written down as that.
pub async fn read(wizard: &mut Wizard) -> Result<(), Problem> {
    let read = look(wizard).await?;
    note(wizard, &read)
}

/// Says whether a protocol shall be switched on for the mailboxes for which it is off.
///
/// # Errors
/// When the disk refuses.
pub fn answer(wizard: &mut Wizard, protocol: MailProtocol, on: bool) -> Result<(), Problem> {
    let off = wizard.state().switched_off().into_keys();
    let off: BTreeSet<MailboxProtocol> = off.filter(|of| of.protocol == protocol).collect();
    let mut protocols = wizard.state().switch_on.clone();
    match on {
        true => protocols.extend(off),
        false => protocols.retain(|of| of.protocol != protocol),
    }
    match protocols == wizard.state().switch_on {
        true => Ok(()),
        false => wizard.record(Event::SwitchOnAnswered { protocols }),
    }
}

/// A protocol that is switched off for mailboxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OffFor {
    /// Which.
    pub protocol: MailProtocol,
    /// For which of them.
    pub mailboxes: Vec<MailboxId>,
    /// Whether one of them follows the organisation's switch, which is off and stays so.
    pub by_organisation: bool,
    /// Whether it was asked to be switched on for all of them.
    pub asked: bool,
    /// The line of PowerShell that switches it on for the first of them.
    pub by_hand: String,
}

/// The protocols that are switched off, each with its mailboxes.
pub fn off(state: &State) -> Vec<OffFor> {
    let off = state.switched_off();
    let of = |protocol: MailProtocol| {
        let off: Vec<(MailboxProtocol, Off)> = off
            .iter()
            .filter(|(of, _)| of.protocol == protocol)
            .map(|(of, how)| (*of, *how))
            .collect();
        let (first, _) = off.first()?;
        Some(OffFor {
            protocol,
            mailboxes: off.iter().map(|(of, _)| of.mailbox).collect(),
            by_organisation: off.iter().any(|(_, how)| *how == Off::Everywhere),
            asked: off.iter().all(|(of, _)| state.switch_on.contains(of)),
            by_hand: powershell::of_cmdlet(&set(*first, To::On)),
        })
    };
    MailProtocol::ALL.into_iter().filter_map(of).collect()
}

/// Whether something is off that nobody asked to be switched on.
pub fn stands_in_the_way(state: &State) -> bool {
    let off = state.switched_off();
    off.keys().any(|of| !state.switch_on.contains(of))
}

/// What somebody asked for, and what isn't needed any more.
///
/// # Errors
/// As Exchange and the disk answer.
pub(crate) async fn carry_out(wizard: &mut Wizard) -> Result<(), Problem> {
    let told = planned(wizard, Part::Protocols)?;
    read(wizard).await?;
    let changes = changes_of(&compare(&wanted(wizard)?, &believed(wizard)), Part::Protocols);
    if unannounced(&changes, &told) {
        return Ok(());
    }
    make(wizard, changes).await
}

/// Sets back what was switched on here, where it stands as it was set.
///
/// # Errors
/// As Exchange and the disk answer.
pub(crate) async fn undo(wizard: &mut Wizard) -> Result<(), Problem> {
    read(wizard).await?;
    // What was about to be switched on and is off came to nothing.
    for change in begun(wizard) {
        let (app, change) = (wizard.key(), Change::SwitchOnProtocol(change));
        wizard.record(Event::NotDone { app, change })?;
    }
    let changes = changes_of(&compare(&Wanted::default(), &believed(wizard)), Part::Protocols);
    make(wizard, changes).await
}

async fn make(wizard: &mut Wizard, changes: Vec<Change>) -> Result<(), Problem> {
    if changes.is_empty() {
        return Ok(());
    }
    for change in &changes {
        changes::make(wizard, change, &Reading::default()).await?;
    }
    let mut last = Read::new();
    let as_set = wizard
        .until_settled(async || {
            last = look(wizard).await?;
            Ok(changes.iter().any(|change| differs(change, &last)))
        })
        .await?;
    if !as_set {
        return Err(
            Problem::said(Code::ExchangeRejected, message!("making-switch-differs"))
                .exists(message!("exists-switches-perhaps")),
        );
    }
    for change in changes {
        if let Change::SwitchOffProtocol(_) = change {
            wizard.done(change, Given::default())?;
        }
    }
    note(wizard, &last)
}

/// Whether a switch reads otherwise than it was set. One that isn't read says nothing.
fn differs(change: &Change, read: &Read) -> bool {
    match change {
        Change::SwitchOnProtocol(on) => read.get(&on.of()).is_some_and(|stands| *stands != Stands::On),
        Change::SwitchOffProtocol(off) => read.get(&off.of()) == Some(&Stands::On),
        _ => false,
    }
}

/// What was about to be switched on and of which nothing more is recorded.
fn begun(wizard: &Wizard) -> Vec<SwitchOnProtocol> {
    let open = wizard.notes().open.iter();
    let begun = open.filter_map(|open| match &open.change {
        Change::SwitchOnProtocol(on) => Some(on.clone()),
        _ => None,
    });
    begun.collect()
}

async fn look(wizard: &Wizard) -> Result<Read, Problem> {
    let state = wizard.state();
    let ours = state.switched_on_here().into_keys();
    let begun = begun(wizard).into_iter().map(|on| on.of());
    let asked: BTreeSet<MailboxProtocol> = state
        .protocols_asked()
        .into_iter()
        .chain(ours)
        .chain(begun)
        .collect();
    let mailboxes = asked.iter().map(|of| of.mailbox).collect();
    let protocols = asked.iter().map(|of| of.protocol).collect();
    let doing = Doing::new(
        message!("doing-read-switches"),
        EXCHANGE_ROLE,
        message!("problems-nothing-changed"),
    );
    let read = client_access::read(&wizard.exchange()?, &mailboxes, &protocols).await;
    let mut read = read.map_err(|error| problem(&error, &doing))?;
    read.retain(|of, _| asked.contains(of));
    Ok(read)
}

/// Writes down what was read: what is off, what was changed since it was set here, and what was set by a run that was cut off.
fn note(wizard: &mut Wizard, read: &Read) -> Result<(), Problem> {
    for on in begun(wizard) {
        if read.get(&on.of()) == Some(&Stands::On) {
            wizard.done(Change::SwitchOnProtocol(on), Given::default())?;
        }
    }
    let state = wizard.state();
    let asked = state.protocols_asked();
    let off = read.iter().filter(|(of, _)| asked.contains(of));
    let off = off.filter_map(|(of, stands)| {
        let how = match stands {
            Stands::Off => Off::Here,
            Stands::OffByOrganisation => Off::Everywhere,
            Stands::On | Stands::OnByOrganisation => return None,
        };
        Some(SwitchedOff { of: *of, how })
    });
    let ours = state.switched_on_here().into_keys();
    let not_ours = ours.filter(|of| read.get(of).is_some_and(|stands| *stands != Stands::On));
    let event = Event::SwitchesRead {
        protocols: asked.iter().map(|of| of.protocol).collect(),
        off: off.collect(),
        not_ours: not_ours.collect(),
        unread: asked
            .iter()
            .filter(|of| !read.contains_key(of))
            .copied()
            .collect(),
    };
    wizard.record(event)
}
