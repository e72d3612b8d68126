//! The limit in Exchange: the app's entry, its scope, its roles, made and taken away. Microsoft applies them within 30
//! minutes to 2 hours (microsoft-facts §4b).

use domain::message;
use std::collections::{BTreeMap, BTreeSet};

use calls::cmdlet::Cmdlet;
use domain::address::Address;
use domain::ids::MailboxId;
use domain::problem::{Code, Problem, Retry, Who};
use engine::event::Event;
use microsoft::error::{Error, if_there};
use microsoft::exchange::census::Census;
use microsoft::exchange::told::{exists_already, not_customised};
use plan::changes::{Change, SetScope};
use plan::given::Given;

use super::cmdlets;
use crate::blocked::foreign_scope;
use crate::observe::{InExchange, Reading, begun};
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::wizard::Wizard;

/// What is done to the limit by a cmdlet.
fn doing(cmdlet: &Cmdlet) -> Doing {
    let exists = message!("exists-app-limit-unknown");
    Doing::new(message!("doing-limit"), EXCHANGE_ROLE, exists.clone()).sends(cmdlet.call(), exists)
}

/// Makes something, once Exchange sees what it hangs on: a new service principal reaches it late, and a scope may be
/// unseen for a moment. That it is there already is no success by itself: what exists is read afterwards.
pub(super) async fn make(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let cmdlets = cmdlets(wizard, change)?;
    wizard.intend(change.clone())?;
    let exchange = wizard.exchange()?;
    for cmdlet in &cmdlets {
        wizard
            .once_replicated(&doing(cmdlet), Error::not_there, async || {
                already(exchange.run(cmdlet).await)
            })
            .await?;
    }
    wizard.done(change.clone(), Given::default())
}

/// Takes something away; what is gone already needs no removal. It counts as done once it is read to be gone.
pub(super) async fn take_away(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let cmdlets = cmdlets(wizard, change)?;
    wizard.intend(change.clone())?;
    for cmdlet in &cmdlets {
        let exists = message!("exists-limit-perhaps");
        let doing = Doing::new(message!("doing-remove-limit"), EXCHANGE_ROLE, exists.clone())
            .sends(cmdlet.call(), exists);
        if_there(wizard.exchange()?.run(cmdlet).await).map_err(|error| problem(&error, &doing))?;
    }
    Ok(())
}

/// Removes the scope, with a note of whom it holds besides those that it was set to.
pub(super) async fn remove_scope(
    wizard: &mut Wizard,
    change: &Change,
    reading: &Reading,
) -> Result<(), Problem> {
    if let Some(InExchange {
        census: Some(census), ..
    }) = &reading.exchange
    {
        let set = wizard.notes().limit().scope;
        note_others(
            wizard,
            census,
            &set.map(|scope| scope.mailboxes).unwrap_or_default(),
        )?;
    }
    take_away(wizard, change).await
}

/// Makes the scope match exactly the chosen mailboxes.
pub(super) async fn set_scope(
    wizard: &mut Wizard,
    change: &Change,
    scope: &SetScope,
    reading: &Reading,
) -> Result<(), Problem> {
    if let Some(InExchange {
        census: Some(census), ..
    }) = reading.exchange.as_ref().filter(|_| scope.exists)
    {
        note_others(wizard, census, &scope.mailboxes)?;
    }
    let cmdlets = cmdlets(wizard, change)?;
    let begun = begun(wizard);
    wizard.intend(change.clone())?;
    for cmdlet in &cmdlets {
        match wizard.exchange()?.run(cmdlet).await {
            // One that nobody saw a moment ago and that this connection never began is somebody else's.
            Err(error) if exists_already(&error) && !begun => {
                let app = wizard.key();
                wizard.record(Event::NotDone {
                    app,
                    change: change.clone(),
                })?;
                return Err(foreign_scope(&scope.name).evidence(error.evidence()));
            }
            // That it exists already is looked at afterwards: only what it matches counts.
            outcome => drop(already(outcome).map_err(|error| customised(&error, &doing(cmdlet)))?),
        }
    }
    wizard.done(change.clone(), Given::default())
}

/// Writes down whom the scope holds besides those that are known, before they are taken out of it: Microsoft serves them
/// for a while still, so the proof has to see each of them refused.
fn note_others(wizard: &mut Wizard, census: &Census, known: &BTreeSet<MailboxId>) -> Result<(), Problem> {
    let mut others = BTreeMap::new();
    let mut more = census.more || !census.others.is_empty();
    for (id, address) in &census.known {
        match Address::parse(address) {
            _ if known.contains(id) => {}
            Ok(address) => drop(others.insert(*id, address)),
            Err(_) => more = true,
        }
    }
    if others.is_empty() && !more {
        return Ok(());
    }
    let app = wizard.key();
    wizard.record(Event::ScopeHeldOthers {
        app,
        mailboxes: others,
        more,
    })
}

/// "Already exists" is what a repeated command is answered. It is no success by itself: what exists is read afterwards.
fn already<T: Default>(outcome: Result<T, Error>) -> Result<T, Error> {
    match outcome {
        Err(error) if exists_already(&error) => Ok(T::default()),
        other => other,
    }
}

/// A new organisation takes no scopes of its own until it was customised once (microsoft-facts §4d).
fn customised(error: &Error, doing: &Doing) -> Problem {
    if !not_customised(error) {
        return problem(error, doing);
    }
    let told = Problem::said(Code::ExchangeNotCustomised, message!("making-not-customised"))
        .fixed_by(Who::AnotherAdmin {
            role: EXCHANGE_ROLE.into(),
        })
        .retry(Retry::AfterYouAct);
    doing.told(told, error)
}
