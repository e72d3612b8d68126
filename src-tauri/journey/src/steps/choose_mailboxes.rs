//! Which mailboxes the app may use, and which must stay refused.
//!
//! Asks Exchange which of the named addresses are mailboxes, and offers a repair for a typo. Changes nothing. Whatever
//! was typed is kept, readable or not.

use domain::address::{Address, Entry as Typed, read_list};
use domain::problem::Problem;
use engine::event::{Entry, Event, Mailbox, MailboxAnswers};
use microsoft::exchange::recipients::{self, Recipient};
use uuid::Uuid;

use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::wizard::Wizard;

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Mailboxes that must work.
    Allowed,
    /// Mailboxes that must stay refused.
    Refused,
}

/// Why the step cannot go on, field by field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No mailbox that must work.
    Allowed,
    /// No mailbox that must stay refused, and none picked at random either.
    Refused,
    /// An entry of this list needs a decision.
    Decision(List),
}

/// Reads pasted texts and adds what is in them to the two lists; an empty text adds nothing. Exchange is asked once.
pub async fn add(wizard: &mut Wizard, allowed: &str, refused: &str) -> Result<(), Problem> {
    let (for_allowed, for_refused) = (read_list(allowed), read_list(refused));
    let mut found = look_up(wizard, for_allowed.iter().chain(&for_refused).cloned().collect())
        .await?
        .into_iter();
    let mut answers = wizard.state().mailboxes.clone();
    for (list, text, count) in [
        (List::Allowed, allowed, for_allowed.len()),
        (List::Refused, refused, for_refused.len()),
    ] {
        if !text.trim().is_empty() {
            clear_box(&mut answers, list);
        }
        for entry in found.by_ref().take(count) {
            put(&mut answers, list, entry);
        }
    }
    save(wizard, answers)
}

/// Takes an entry off a list.
pub fn remove(wizard: &mut Wizard, list: List, typed: &str) -> Result<(), Problem> {
    let mut answers = wizard.state().mailboxes.clone();
    entries(&mut answers, list).retain(|entry| entry.typed() != typed);
    let answers = settle_overlaps(answers);
    save(wizard, answers)
}

/// Empties a list.
pub fn remove_all(wizard: &mut Wizard, list: List) -> Result<(), Problem> {
    let mut answers = wizard.state().mailboxes.clone();
    entries(&mut answers, list).clear();
    save(wizard, settle_overlaps(answers))
}

/// Puts a suggested address in place of a typed one.
pub async fn use_suggestion(
    wizard: &mut Wizard,
    list: List,
    typed: &str,
    address: &str,
) -> Result<(), Problem> {
    let found = look_up(wizard, read_list(address)).await?;
    let mut answers = wizard.state().mailboxes.clone();
    entries(&mut answers, list).retain(|entry| entry.typed() != typed);
    for entry in found {
        put(&mut answers, list, entry);
    }
    save(wizard, answers)
}

/// Switches the mailbox picked at random on or off.
pub fn also_random(wizard: &mut Wizard, on: bool) -> Result<(), Problem> {
    let answers = MailboxAnswers {
        also_random: on,
        ..wizard.state().mailboxes.clone()
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
    let doing = Doing::new("search for mailboxes", EXCHANGE_ROLE, "Nothing was changed.");
    let found = recipients::search(&wizard.exchange()?, typed)
        .await
        .map_err(|error| problem(&error, &doing))?;
    Ok(found
        .into_iter()
        .filter(|recipient| unfit(recipient).is_none())
        .filter_map(mailbox)
        .collect())
}

/// What is missing before the step can go on.
pub fn missing(answers: &MailboxAnswers) -> Vec<Missing> {
    let found = |entries: &[Entry]| entries.iter().any(|entry| entry.mailbox().is_some());
    let undecided = |entries: &[Entry]| entries.iter().any(|entry| entry.mailbox().is_none());
    let mut missing = Vec::new();
    if undecided(&answers.allowed) {
        missing.push(Missing::Decision(List::Allowed));
    } else if !found(&answers.allowed) {
        missing.push(Missing::Allowed);
    }
    if undecided(&answers.refused) {
        missing.push(Missing::Decision(List::Refused));
    } else if !found(&answers.refused) {
        missing.push(Missing::Refused);
    }
    missing
}

/// Confirms the answers, and picks the random mailbox where one is wanted.
pub async fn confirm(wizard: &mut Wizard) -> Result<(), Problem> {
    let state = wizard.state();
    if state.mailboxes_confirmed {
        return Ok(());
    }
    let random = if state.mailboxes.also_random {
        pick(wizard).await?
    } else {
        None
    };
    wizard.record(Event::MailboxesConfirmed { random })
}

/// One mailbox that is on neither list. It is not predictable, so that nobody can prepare it.
async fn pick(wizard: &Wizard) -> Result<Option<Mailbox>, Problem> {
    let doing = Doing::new("pick a mailbox at random", EXCHANGE_ROLE, "Nothing was changed.");
    let some = recipients::some(&wizard.exchange()?)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let answers = &wizard.state().mailboxes;
    let named: Vec<&Address> = answers
        .allowed
        .iter()
        .chain(&answers.refused)
        .filter_map(|entry| entry.mailbox())
        .map(|mailbox| &mailbox.address)
        .collect();
    let mut others: Vec<Recipient> = some
        .into_iter()
        .filter(|recipient| !named.contains(&&recipient.address) && unfit(recipient).is_none())
        .collect();
    if others.is_empty() {
        return Ok(None);
    }
    let place = usize::try_from(Uuid::new_v4().as_u128() % others.len() as u128).unwrap_or(0);
    Ok(mailbox(others.swap_remove(place)))
}

async fn look_up(wizard: &Wizard, typed: Vec<Typed>) -> Result<Vec<Entry>, Problem> {
    let addresses: Vec<Address> = typed
        .iter()
        .filter_map(|entry| {
            if let Typed::Address(address) = entry {
                Some(address.clone())
            } else {
                None
            }
        })
        .collect();
    if addresses.is_empty() {
        return Ok(typed
            .into_iter()
            .map(|entry| Entry::Unreadable {
                typed: text_of(entry),
            })
            .collect());
    }
    let doing = Doing::new("look the mailboxes up", EXCHANGE_ROLE, "Nothing was changed.");
    let exchange = wizard.exchange()?;
    let found = recipients::find(&exchange, &addresses)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let lost: Vec<Address> = addresses
        .iter()
        .filter(|address| !found.iter().any(|recipient| recipient.has(address)))
        .cloned()
        .collect();
    let near = match lost.is_empty() {
        true => Vec::new(),
        // Without a suggestion the entry still says that there is no such mailbox.
        false => recipients::near(&exchange, &lost).await.unwrap_or_default(),
    };
    Ok(typed
        .into_iter()
        .map(|entry| match entry {
            Typed::Unreadable(typed) => Entry::Unreadable { typed },
            Typed::Address(address) => match found.iter().find(|recipient| recipient.has(&address)) {
                Some(recipient) => match (unfit(recipient), mailbox(recipient.clone())) {
                    (None, Some(mailbox)) => Entry::Found {
                        typed: address.to_string(),
                        mailbox,
                    },
                    (why, _) => Entry::Unfit {
                        typed: address.to_string(),
                        why: why.unwrap_or_else(|| NOT_USABLE.to_owned()),
                    },
                },
                None => Entry::Missing {
                    typed: address.to_string(),
                    suggestion: suggestion(&address, &near),
                },
            },
        })
        .collect())
}

fn text_of(entry: Typed) -> String {
    match entry {
        Typed::Address(address) => address.to_string(),
        Typed::Unreadable(text) => text,
    }
}

/// The nearest existing address, where it is near enough to be a typo: two letters, or three in a long name.
fn suggestion(address: &Address, near: &[Recipient]) -> Option<Address> {
    let allowed = if address.as_str().len() > 24 { 3 } else { 2 };
    near.iter()
        .filter(|recipient| unfit(recipient).is_none())
        .map(|recipient| {
            (
                strsim::osa_distance(recipient.address.as_str(), address.as_str()),
                &recipient.address,
            )
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, address)| address.clone())
}

/// The mailbox that a recipient is; `None` without an object in the directory, which every mailbox has.
fn mailbox(recipient: Recipient) -> Option<Mailbox> {
    Some(Mailbox {
        address: recipient.address,
        object_id: recipient.object_id?,
        kind: recipient.kind,
        name: recipient.name,
    })
}

const NOT_USABLE: &str = "It isn't a mailbox that an app can use.";

/// Why a recipient cannot be given to an app; `None` for a mailbox in Exchange Online.
fn unfit(recipient: &Recipient) -> Option<String> {
    let what = match recipient.kind.as_str() {
        "UserMailbox" | "SharedMailbox" | "RoomMailbox" | "EquipmentMailbox" | "SchedulingMailbox"
        | "LinkedMailbox" => return None,
        "MailUser" | "RemoteUserMailbox" | "RemoteSharedMailbox" | "RemoteRoomMailbox" => {
            "Its mailbox isn't in Exchange Online, so an app in the cloud can't use it."
        }
        "MailContact" | "GuestMailUser" => "It's a contact outside your organisation, not a mailbox.",
        "GroupMailbox" => "It's a Microsoft 365 group. Name a shared mailbox instead.",
        kind if kind.contains("Group") => {
            "It's a distribution group, not a mailbox. Name the mailboxes themselves."
        }
        _ => NOT_USABLE,
    };
    Some(what.to_owned())
}

/// "Shared mailbox", as people call what Exchange calls `SharedMailbox`.
pub fn kind_in_words(kind: &str) -> &'static str {
    match kind {
        "SharedMailbox" => "Shared mailbox",
        "RoomMailbox" => "Room mailbox",
        "EquipmentMailbox" => "Equipment mailbox",
        "SchedulingMailbox" => "Scheduling mailbox",
        _ => "User mailbox",
    }
}

fn entries(answers: &mut MailboxAnswers, list: List) -> &mut Vec<Entry> {
    match list {
        List::Allowed => &mut answers.allowed,
        List::Refused => &mut answers.refused,
    }
}

fn clear_box(answers: &mut MailboxAnswers, list: List) {
    match list {
        List::Allowed => answers.typed_allowed.clear(),
        List::Refused => answers.typed_refused.clear(),
    }
}

const ON_THE_OTHER_LIST: &str = "It's on the other list as well. A mailbox either works or stays refused.";

/// Adds an entry once. A mailbox that is on the other list already needs a decision.
fn put(answers: &mut MailboxAnswers, list: List, entry: Entry) {
    let other = match list {
        List::Allowed => &answers.refused,
        List::Refused => &answers.allowed,
    };
    let taken = entry.mailbox().is_some_and(|mailbox| {
        other
            .iter()
            .filter_map(|entry| entry.mailbox())
            .any(|held| held.address == mailbox.address)
    });
    let entry = if taken {
        Entry::Unfit {
            typed: entry.typed().to_owned(),
            why: ON_THE_OTHER_LIST.into(),
        }
    } else {
        entry
    };
    let own = entries(answers, list);
    let twice = own.iter().any(|held| {
        held.typed() == entry.typed()
            || (held.mailbox().is_some()
                && held.mailbox().map(|m| &m.address) == entry.mailbox().map(|m| &m.address))
    });
    if !twice {
        own.push(entry);
    }
}

/// An entry that was only unfit because of the other list is dropped with its reason, to be added again at will.
fn settle_overlaps(mut answers: MailboxAnswers) -> MailboxAnswers {
    let held: Vec<String> = answers
        .allowed
        .iter()
        .chain(&answers.refused)
        .filter_map(|entry| entry.mailbox())
        .map(|mailbox| mailbox.address.to_string())
        .collect();
    for list in [&mut answers.allowed, &mut answers.refused] {
        list.retain(|entry| !matches!(entry, Entry::Unfit { typed, why } if why == ON_THE_OTHER_LIST && !held.contains(typed)));
    }
    answers
}

fn save(wizard: &mut Wizard, answers: MailboxAnswers) -> Result<(), Problem> {
    if wizard.state().mailboxes == answers {
        return Ok(());
    }
    wizard.record(Event::MailboxesAnswered { answers })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipient(address: &str, kind: &str) -> Recipient {
        let address = Address::parse(address).unwrap();
        Recipient {
            addresses: vec![address.clone()],
            address,
            object_id: Some(domain::ids::MailboxId(Uuid::new_v4())),
            kind: kind.into(),
            name: "A".into(),
        }
    }

    fn found(address: &str) -> Entry {
        Entry::Found {
            typed: address.into(),
            mailbox: mailbox(recipient(address, "SharedMailbox")).unwrap(),
        }
    }

    #[test]
    fn a_typo_gets_a_suggestion_and_a_stranger_none() {
        let near = [
            recipient("billing@contoso.example", "SharedMailbox"),
            recipient("bills@contoso.example", "MailUniversalDistributionGroup"),
        ];
        let suggest =
            |text: &str| suggestion(&Address::parse(text).unwrap(), &near).map(|address| address.to_string());
        assert_eq!(
            suggest("biling@contoso.example").as_deref(),
            Some("billing@contoso.example")
        );
        assert_eq!(
            suggest("blilign@contoso.example").as_deref(),
            Some("billing@contoso.example")
        );
        assert_eq!(suggest("board@contoso.example"), None);
    }

    #[test]
    fn a_mailbox_is_on_one_list_only() {
        let mut answers = MailboxAnswers::default();
        put(&mut answers, List::Allowed, found("a@contoso.example"));
        put(&mut answers, List::Allowed, found("a@contoso.example"));
        put(&mut answers, List::Refused, found("a@contoso.example"));
        assert_eq!(answers.allowed.len(), 1);
        assert!(matches!(&answers.refused[..], [Entry::Unfit { .. }]));
        assert_eq!(missing(&answers), [Missing::Decision(List::Refused)]);
        answers.allowed.clear();
        assert!(settle_overlaps(answers).refused.is_empty());
    }

    #[test]
    fn both_lists_are_needed() {
        let mut answers = MailboxAnswers::default();
        assert_eq!(missing(&answers), [Missing::Allowed, Missing::Refused]);
        put(&mut answers, List::Allowed, found("a@contoso.example"));
        put(&mut answers, List::Refused, found("b@contoso.example"));
        assert_eq!(missing(&answers), []);
        put(
            &mut answers,
            List::Allowed,
            Entry::Unreadable {
                typed: "support".into(),
            },
        );
        assert_eq!(missing(&answers), [Missing::Decision(List::Allowed)]);
    }

    #[test]
    fn a_group_is_not_a_mailbox() {
        assert!(unfit(&recipient("a@contoso.example", "MailUniversalSecurityGroup")).is_some());
        assert!(unfit(&recipient("a@contoso.example", "MailUser")).is_some());
        assert!(unfit(&recipient("a@contoso.example", "RoomMailbox")).is_none());
    }
}
