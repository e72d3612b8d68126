//! Which mailboxes the app may use, and which must stay refused.
//!
//! Asks Exchange which of the named addresses are mailboxes, and offers a repair for a typo. Changes nothing. Whatever
//! was typed is kept, readable or not.

pub(crate) mod draw;
mod groups;
mod lists;
mod look_up;

use std::collections::BTreeSet;

use domain::address::Address;
use domain::list::{self, Entry as Typed};
use domain::message;
use domain::problem::Problem;
use engine::event::Event;
use engine::mailboxes::{Controls, Drawn, Entry, Mailbox, MailboxAnswers};
use microsoft::exchange::recipients;

use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::wizard::Wizard;
pub(crate) use groups::{Behind, behind, by_group, group_named, with_those_of};
pub use groups::{leave_group, read_group_again, use_group, use_members};
pub use lists::{List, Missing, missing};
use lists::{clear_box, entries, put, read_as, settle_overlaps, told_of};
pub(crate) use look_up::entry_of;
use look_up::{look_up, mailbox, unfit};

/// Reads pasted texts and adds what is in them to the two lists; an empty text adds nothing.
pub async fn add(wizard: &mut Wizard, allowed: &str, refused: &str) -> Result<(), Problem> {
    let readings = [
        (List::Allowed, list::read(allowed)),
        (List::Refused, list::read(refused)),
    ];
    let typed = readings
        .iter()
        .flat_map(|(_, reading)| reading.entries.iter().cloned())
        .collect();
    let mut found = look_up(wizard, typed).await?.into_iter();
    let mut answers = wizard.state().mailboxes.clone();
    for (list, reading) in readings {
        let given = match list {
            List::Allowed => allowed,
            List::Refused => refused,
        };
        if !given.trim().is_empty() {
            clear_box(&mut answers, list);
            *read_as(&mut answers, list) = told_of(&reading);
        }
        for entry in found.by_ref().take(reading.entries.len()) {
            put(&mut answers, list, entry);
        }
    }
    save(wizard, answers)
}

/// Takes an entry off a list.
pub fn remove(wizard: &mut Wizard, list: List, typed: &str) -> Result<(), Problem> {
    let mut answers = wizard.state().mailboxes.clone();
    entries(&mut answers, list).retain(|entry| entry.typed() != typed);
    taken_off(wizard, list, settle_overlaps(answers))
}

/// What was taken off the list of those that must stay refused leaves the other list to the group that it goes by.
fn taken_off(wizard: &mut Wizard, list: List, answers: MailboxAnswers) -> Result<(), Problem> {
    match list {
        List::Allowed => save(wizard, answers),
        List::Refused => record(wizard, answers),
    }
}

/// Empties a list.
pub fn remove_all(wizard: &mut Wizard, list: List) -> Result<(), Problem> {
    let mut answers = wizard.state().mailboxes.clone();
    entries(&mut answers, list).clear();
    *read_as(&mut answers, list) = None;
    taken_off(wizard, list, settle_overlaps(answers))
}

/// Puts a suggested address in place of a typed one.
pub async fn use_suggestion(
    wizard: &mut Wizard,
    list: List,
    typed: &str,
    address: &str,
) -> Result<(), Problem> {
    let found = look_up(wizard, list::read(address).entries).await?;
    let mut answers = wizard.state().mailboxes.clone();
    entries(&mut answers, list).retain(|entry| entry.typed() != typed);
    for entry in found {
        put(&mut answers, list, entry);
    }
    save(wizard, answers)
}

/// Puts every suggestion of a list in place of what was typed.
pub async fn use_all_suggestions(wizard: &mut Wizard, list: List) -> Result<(), Problem> {
    let answers = wizard.state().mailboxes.clone();
    let held = match list {
        List::Allowed => &answers.allowed,
        List::Refused => &answers.refused,
    };
    let suggested: Vec<(String, Address)> = held
        .iter()
        .filter_map(|entry| match entry {
            Entry::Missing {
                typed,
                suggestion: Some(address),
            } => Some((typed.clone(), address.clone())),
            _ => None,
        })
        .collect();
    let typed = suggested
        .iter()
        .map(|(_, address)| Typed::Address(address.clone()))
        .collect();
    let found = look_up(wizard, typed).await?;
    let mut answers = answers;
    entries(&mut answers, list).retain(|entry| suggested.iter().all(|(typed, _)| typed != entry.typed()));
    for entry in found {
        put(&mut answers, list, entry);
    }
    save(wizard, answers)
}

/// Says how many mailboxes are drawn at random; `None` for none.
pub fn draw_controls(wizard: &mut Wizard, controls: Option<Controls>) -> Result<(), Problem> {
    let answers = wizard.state().mailboxes.clone();
    let answers = MailboxAnswers {
        also_random: controls.is_some(),
        controls: controls.unwrap_or(answers.controls),
        ..answers
    };
    save(wizard, answers)
}

/// Keeps what is in the boxes and not read yet.
pub fn keep_typed(wizard: &mut Wizard, allowed: &str, refused: &str) -> Result<(), Problem> {
    let answers = MailboxAnswers {
        typed_allowed: allowed.to_owned(),
        typed_refused: refused.to_owned(),
        ..wizard.state().mailboxes.clone()
    };
    save(wizard, answers)
}

/// Mailboxes that match what somebody types.
pub async fn search(wizard: &Wizard, typed: &str) -> Result<Vec<Mailbox>, Problem> {
    let doing = Doing::new(
        message!("doing-search"),
        EXCHANGE_ROLE,
        message!("problems-nothing-changed"),
    );
    let found = recipients::search(&wizard.exchange()?, typed)
        .await
        .map_err(|error| problem(&error, &doing))?;
    Ok(found
        .into_iter()
        .filter(|recipient| unfit(recipient).is_none())
        .filter_map(|recipient| mailbox(&recipient))
        .collect())
}

/// Confirms the answers, and draws the mailboxes at random where some are wanted.
pub async fn confirm(wizard: &mut Wizard) -> Result<(), Problem> {
    let state = wizard.state();
    if state.mailboxes_confirmed {
        return Ok(());
    }
    let drawn = if state.mailboxes.also_random {
        draw::draw(wizard, Drawn::default(), &BTreeSet::new()).await?
    } else {
        Drawn::default()
    };
    draw::keep(wizard, drawn)
}

/// Writes the answers down. Whoever changes the list of mailboxes that must work by hand names them one by one from there on.
fn save(wizard: &mut Wizard, mut answers: MailboxAnswers) -> Result<(), Problem> {
    if answers.allowed != wizard.state().mailboxes.allowed {
        answers.group = None;
    }
    record(wizard, answers)
}

fn record(wizard: &mut Wizard, answers: MailboxAnswers) -> Result<(), Problem> {
    if wizard.state().mailboxes == answers {
        return Ok(());
    }
    wizard.record(Event::MailboxesAnswered { answers })
}
