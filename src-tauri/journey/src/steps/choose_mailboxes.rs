//! Which mailboxes the app may use, and which must stay refused.
//!
//! Asks Exchange which of the named addresses are mailboxes, and offers a repair for a typo. Changes nothing. Whatever
//! was typed is kept, readable or not.

use std::collections::BTreeMap;

use domain::address::Address;
use domain::ids::MailboxId;
use domain::list::{self, Entry as Typed, Reading, Shape};
use domain::message;
use domain::problem::Problem;
use engine::event::{Entry, Event, Mailbox, MailboxAnswers, ReadAs, Unfit};
use microsoft::exchange::recipients::{self, Recipient};
use uuid::Uuid;

use crate::nearest::nearest;
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::without_mailbox;
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

/// What a reader is told of a list that was read as a table, or of which something was set aside.
fn told_of(reading: &Reading) -> Option<ReadAs> {
    let (column, rows) = match &reading.shape {
        Shape::Table { column, rows } => (Some(column.clone()), *rows),
        // Of words around the addresses it is told that they were set aside: a name without an address may be among them.
        Shape::Text | Shape::Filter if reading.aside.is_empty() => return None,
        Shape::Text | Shape::Filter => (None, 0),
    };
    let mut aside = BTreeMap::new();
    for (why, _) in &reading.aside {
        *aside.entry(*why).or_insert(0usize) += 1;
    }
    Some(ReadAs {
        column,
        rows,
        aside: aside.into_iter().collect(),
        named: reading
            .aside
            .iter()
            .take(NAMED)
            .map(|(_, name)| name.clone())
            .collect(),
    })
}

/// How many rows that were set aside are kept by name.
const NAMED: usize = 100;

/// Takes an entry off a list.
pub fn remove(wizard: &mut Wizard, list: List, typed: &str) -> Result<(), Problem> {
    let mut answers = wizard.state().mailboxes.clone();
    entries(&mut answers, list).retain(|entry| entry.typed() != typed);
    save(wizard, settle_overlaps(answers))
}

/// Empties a list.
pub fn remove_all(wizard: &mut Wizard, list: List) -> Result<(), Problem> {
    let mut answers = wizard.state().mailboxes.clone();
    entries(&mut answers, list).clear();
    *read_as(&mut answers, list) = None;
    save(wizard, settle_overlaps(answers))
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

/// How deep groups lie in groups at most.
const DEEPEST: usize = 8;

/// Puts the members of a group in its place. Groups among them are opened too; each mailbox comes once.
pub async fn use_members(wizard: &mut Wizard, list: List, typed: &str) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-read-members"),
        EXCHANGE_ROLE,
        message!("problems-nothing-changed"),
    );
    let exchange = wizard.exchange()?;
    let mut groups = vec![(typed.to_owned(), 0)];
    let mut opened: Vec<String> = Vec::new();
    let mut members: Vec<Recipient> = Vec::new();
    let progress = wizard.progress_handle();
    while let Some((group, depth)) = groups.pop() {
        if opened.contains(&group) || depth > DEEPEST {
            continue;
        }
        opened.push(group.clone());
        progress(
            message!("mailboxes-groups-read"),
            opened.len() - 1,
            opened.len() + groups.len(),
        );
        let found = without_mailbox::members(&exchange, &group)
            .await
            .map_err(|error| problem(&error, &doing))?;
        for recipient in found {
            if matches!(unfit(&recipient), Some(Unfit::Group | Unfit::GroupMailbox)) {
                groups.push((recipient.address.to_string(), depth + 1));
            } else if !members.contains(&recipient) {
                members.push(recipient);
            }
        }
    }
    let mut answers = wizard.state().mailboxes.clone();
    put_members(&mut answers, list, typed, &members);
    save(wizard, answers)
}

/// Puts members in the place of their group. A group with nobody in it stays and says so: nothing vanishes without a word.
fn put_members(answers: &mut MailboxAnswers, list: List, group: &str, members: &[Recipient]) {
    entries(answers, list).retain(|entry| entry.typed() != group);
    if members.is_empty() {
        let entry = Entry::Unfit {
            typed: group.to_owned(),
            why: Unfit::EmptyGroup,
            mailbox: None,
            members: None,
        };
        put(answers, list, entry);
    }
    for recipient in members {
        put(answers, list, entry_of(recipient.address.to_string(), recipient));
    }
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

/// One mailbox that is on neither list, drawn from all there are. It is not predictable, so that nobody can prepare it.
async fn pick(wizard: &Wizard) -> Result<Option<Mailbox>, Problem> {
    let doing = Doing::new(
        message!("doing-pick"),
        EXCHANGE_ROLE,
        message!("problems-nothing-changed"),
    );
    let digits = Uuid::new_v4().simple().to_string();
    let drawn = recipients::drawn(&wizard.exchange()?, &digits)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let answers = &wizard.state().mailboxes;
    let named: Vec<MailboxId> = answers
        .allowed
        .iter()
        .chain(&answers.refused)
        .filter_map(|entry| entry.mailbox())
        .map(|mailbox| mailbox.object_id)
        .collect();
    let mut others: Vec<Mailbox> = drawn
        .iter()
        .filter(|recipient| unfit(recipient).is_none())
        .filter_map(mailbox)
        .filter(|mailbox| !named.contains(&mailbox.object_id))
        .collect();
    if others.is_empty() {
        return Ok(None);
    }
    let place = usize::try_from(Uuid::new_v4().as_u128() % others.len() as u128).unwrap_or(0);
    Ok(Some(others.swap_remove(place)))
}

/// What became of each entry, in the same order. Exchange is asked in as few calls as its filters allow.
async fn look_up(wizard: &Wizard, typed: Vec<Typed>) -> Result<Vec<Entry>, Problem> {
    let addresses: Vec<Address> = typed
        .iter()
        .filter_map(|entry| match entry {
            Typed::Address(address) => Some(address.clone()),
            _ => None,
        })
        .collect();
    let ids: Vec<MailboxId> = typed
        .iter()
        .filter_map(|entry| match entry {
            Typed::Id(id) => Some(*id),
            _ => None,
        })
        .collect();
    let like_addresses: Vec<&str> = typed
        .iter()
        .filter_map(|entry| match entry {
            Typed::Unreadable(text) if text.contains('@') => Some(text.as_str()),
            _ => None,
        })
        .collect();
    if addresses.is_empty() && ids.is_empty() && like_addresses.is_empty() {
        return Ok(typed.into_iter().map(unread).collect());
    }
    let doing = Doing::new(
        message!("doing-look-up"),
        EXCHANGE_ROLE,
        message!("problems-nothing-changed"),
    );
    let told = |error: &microsoft::error::Error| problem(error, &doing);
    let exchange = wizard.exchange()?;
    let progress = wizard.progress_handle();
    let found = recipients::find(&exchange, &addresses, |done| {
        progress(message!("mailboxes-looked-up"), done, typed.len());
    })
    .await
    .map_err(|error| told(&error))?;
    let by_id = recipients::find_by_id(&exchange, &ids, |done| {
        progress(
            message!("mailboxes-looked-up"),
            addresses.len() + done,
            typed.len(),
        );
    })
    .await
    .map_err(|error| told(&error))?;
    let by_address = recipients::by_address(&found);
    let held = |address: &Address| by_address.get(&recipients::in_ascii(address)).copied();
    let mut lost: Vec<String> = addresses
        .iter()
        .filter(|address| held(address).is_none())
        .map(|address| address.name().to_owned())
        .collect();
    lost.extend(
        like_addresses
            .iter()
            .map(|text| text.split('@').next().unwrap_or_default().to_lowercase()),
    );
    let near = match lost.is_empty() {
        true => Vec::new(),
        // Without a suggestion the entry still says that there is no such mailbox.
        false => recipients::near(&exchange, &lost).await.unwrap_or_default(),
    };
    let fit = |recipient: &Recipient| unfit(recipient).is_none();
    let mut entries: Vec<Entry> = typed
        .into_iter()
        .map(|entry| match entry {
            Typed::Address(address) => match held(&address) {
                Some(recipient) => entry_of(address.to_string(), recipient),
                None => Entry::Missing {
                    suggestion: nearest(address.as_str(), &near, fit),
                    typed: address.to_string(),
                },
            },
            Typed::Id(id) => match by_id.iter().find(|recipient| recipient.object_id == Some(id)) {
                Some(recipient) => entry_of(id.to_string(), recipient),
                None => Entry::Unfit {
                    typed: id.to_string(),
                    why: if is_the_apps(wizard, id) {
                        Unfit::AppId
                    } else {
                        Unfit::UnknownId
                    },
                    mailbox: None,
                    members: None,
                },
            },
            Typed::Unreadable(text) => match nearest(&text, &near, fit).filter(|_| text.contains('@')) {
                Some(address) => Entry::Missing {
                    typed: text,
                    suggestion: Some(address),
                },
                None => Entry::Unreadable { typed: text },
            },
        })
        .collect();
    without_mailbox::explain(&exchange, &mut entries).await;
    Ok(entries)
}

fn unread(entry: Typed) -> Entry {
    Entry::Unreadable {
        typed: match entry {
            Typed::Address(address) => address.to_string(),
            Typed::Id(id) => id.to_string(),
            Typed::Unreadable(text) => text,
        },
    }
}

/// Whether an id is one of the app's, which is easily pasted for a mailbox's.
fn is_the_apps(wizard: &Wizard, id: MailboxId) -> bool {
    let notes = wizard.notes();
    let app = notes.app();
    let of_app = app.iter().flat_map(|app| [app.client_id.0, app.object_id.0]);
    of_app
        .chain(notes.principal().map(|principal| principal.0))
        .any(|own| own == id.0)
}

/// What was typed, decided by the recipient that it names.
pub(crate) fn entry_of(typed: String, recipient: &Recipient) -> Entry {
    match (unfit(recipient), mailbox(recipient)) {
        (None, Some(mailbox)) => Entry::Found {
            typed,
            mailbox,
            also: Vec::new(),
        },
        (why, _) => Entry::Unfit {
            typed,
            why: why.unwrap_or(Unfit::NotUsable),
            mailbox: None,
            members: None,
        },
    }
}

/// The mailbox that a recipient is; `None` without an object in the directory, which every mailbox has.
fn mailbox(recipient: &Recipient) -> Option<Mailbox> {
    Some(Mailbox {
        address: recipient.address.clone(),
        object_id: recipient.object_id?,
        kind: recipient.kind.clone(),
        name: recipient.name.clone(),
    })
}

/// Why a recipient cannot be given to an app; `None` for a mailbox in Exchange Online.
fn unfit(recipient: &Recipient) -> Option<Unfit> {
    Some(match recipient.kind.as_str() {
        "UserMailbox" | "SharedMailbox" | "RoomMailbox" | "EquipmentMailbox" | "SchedulingMailbox"
        | "LinkedMailbox" => return None,
        "MailUser"
        | "RemoteUserMailbox"
        | "RemoteSharedMailbox"
        | "RemoteRoomMailbox"
        | "RemoteEquipmentMailbox" => Unfit::OnPremises,
        "GuestMailUser" => Unfit::Guest,
        "MailContact" => Unfit::Contact,
        "GroupMailbox" => Unfit::GroupMailbox,
        "DiscoveryMailbox" => Unfit::Discovery,
        "DynamicDistributionGroup" => Unfit::DynamicGroup,
        kind if kind.contains("Group") || kind == "RoomList" => Unfit::Group,
        _ => Unfit::NotUsable,
    })
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

fn read_as(answers: &mut MailboxAnswers, list: List) -> &mut Option<ReadAs> {
    match list {
        List::Allowed => &mut answers.read_allowed,
        List::Refused => &mut answers.read_refused,
    }
}

/// Adds an entry once. A mailbox is the same by its id, whichever address was typed; what else was typed stays with it.
/// One that is on the other list already needs a decision.
fn put(answers: &mut MailboxAnswers, list: List, entry: Entry) {
    let id = entry.mailbox().map(|mailbox| mailbox.object_id);
    let other = match list {
        List::Allowed => &answers.refused,
        List::Refused => &answers.allowed,
    };
    let taken = id.is_some()
        && other
            .iter()
            .filter_map(Entry::mailbox)
            .any(|held| Some(held.object_id) == id);
    let entry = match entry {
        Entry::Found { typed, mailbox, .. } if taken => Entry::Unfit {
            typed,
            why: Unfit::OnTheOtherList,
            mailbox: Some(mailbox),
            members: None,
        },
        entry => entry,
    };
    let own = entries(answers, list);
    if own.iter().any(|held| held.typed() == entry.typed()) {
        return;
    }
    for held in own.iter_mut() {
        if let Entry::Found { typed, mailbox, also } = held
            && Some(mailbox.object_id) == id
        {
            if *typed != entry.typed() && !also.iter().any(|known| known == entry.typed()) {
                also.push(entry.typed().to_owned());
            }
            return;
        }
    }
    own.push(entry);
}

/// An entry that was unfit only because of the other list is what it is again once it no longer stands there.
fn settle_overlaps(mut answers: MailboxAnswers) -> MailboxAnswers {
    let held = |entries: &[Entry]| -> Vec<MailboxId> {
        entries
            .iter()
            .filter_map(Entry::mailbox)
            .map(|mailbox| mailbox.object_id)
            .collect()
    };
    let (in_allowed, in_refused) = (held(&answers.allowed), held(&answers.refused));
    for (list, other) in [
        (&mut answers.allowed, &in_refused),
        (&mut answers.refused, &in_allowed),
    ] {
        for entry in list.iter_mut() {
            if let Entry::Unfit {
                typed,
                why: Unfit::OnTheOtherList,
                mailbox: Some(mailbox),
                ..
            } = entry
                && !other.contains(&mailbox.object_id)
            {
                *entry = Entry::Found {
                    typed: std::mem::take(typed),
                    mailbox: mailbox.clone(),
                    also: Vec::new(),
                };
            }
        }
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
            object_id: Some(MailboxId(Uuid::from_u128(
                address
                    .as_str()
                    .bytes()
                    .fold(0, |sum, byte| sum * 31 + u128::from(byte)),
            ))),
            address,
            kind: kind.into(),
            name: "A".into(),
        }
    }

    fn found(address: &str) -> Entry {
        entry_of(address.into(), &recipient(address, "SharedMailbox"))
    }

    fn typed(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(Entry::typed).collect()
    }

    /// Words around the addresses are set aside, and a name without an address may be among them.
    #[test]
    fn lines_that_are_set_aside_in_a_letter_are_told() {
        let reading = list::read(
            "Hi Dana,\nplease connect support@contoso.example\nand billing@contoso.example\n\nThanks\nPriya\n",
        );
        let told = told_of(&reading).unwrap();
        assert_eq!(told.column, None);
        assert_eq!(told.aside, [(list::Aside::NoAddress, reading.aside.len())]);
        assert!(
            told.named.iter().any(|line| line.contains("Priya")),
            "{:?}",
            told.named
        );
        assert_eq!(
            told_of(&list::read("support@contoso.example, billing@contoso.example")),
            None
        );
    }

    #[test]
    fn a_mailbox_is_on_one_list_only() {
        let mut answers = MailboxAnswers::default();
        put(&mut answers, List::Allowed, found("a@contoso.example"));
        put(&mut answers, List::Allowed, found("a@contoso.example"));
        put(&mut answers, List::Refused, found("a@contoso.example"));
        assert_eq!(answers.allowed.len(), 1);
        assert!(matches!(
            &answers.refused[..],
            [Entry::Unfit {
                why: Unfit::OnTheOtherList,
                ..
            }]
        ));
        assert_eq!(missing(&answers), [Missing::Decision(List::Refused)]);
        answers.allowed.clear();
        let answers = settle_overlaps(answers);
        assert!(matches!(&answers.refused[..], [Entry::Found { .. }]));
    }

    /// Taking one mailbox off the list leaves alone what overlaps with another one.
    #[test]
    fn only_its_own_overlap_ends_with_a_mailbox() {
        let mut answers = MailboxAnswers::default();
        for address in ["a@contoso.example", "b@contoso.example"] {
            put(&mut answers, List::Allowed, found(address));
            put(&mut answers, List::Refused, found(address));
        }
        answers
            .allowed
            .retain(|entry| entry.typed() != "a@contoso.example");
        let answers = settle_overlaps(answers);
        assert_eq!(
            typed(&answers.refused),
            ["a@contoso.example", "b@contoso.example"]
        );
        assert!(matches!(&answers.refused[0], Entry::Found { .. }));
        assert!(matches!(&answers.refused[1], Entry::Unfit { .. }));
    }

    /// An alias of a mailbox that is on the list already doesn't vanish without a word.
    #[test]
    fn an_alias_stays_with_its_mailbox() {
        let mut answers = MailboxAnswers::default();
        put(&mut answers, List::Allowed, found("a@contoso.example"));
        let alias = entry_of(
            "alias@contoso.example".into(),
            &recipient("a@contoso.example", "SharedMailbox"),
        );
        put(&mut answers, List::Allowed, alias);
        assert_eq!(answers.allowed.len(), 1);
        assert!(
            matches!(&answers.allowed[0], Entry::Found { also, .. } if also == &["alias@contoso.example"])
        );
    }

    #[test]
    fn an_empty_group_stays_and_says_so() {
        let mut answers = MailboxAnswers::default();
        let group = entry_of(
            "all@contoso.example".into(),
            &recipient("all@contoso.example", "MailUniversalSecurityGroup"),
        );
        put(&mut answers, List::Allowed, group);
        put_members(&mut answers, List::Allowed, "all@contoso.example", &[]);
        assert!(matches!(
            &answers.allowed[..],
            [Entry::Unfit {
                why: Unfit::EmptyGroup,
                ..
            }]
        ));
        let members = [recipient("a@contoso.example", "SharedMailbox")];
        put_members(&mut answers, List::Allowed, "all@contoso.example", &members);
        assert_eq!(typed(&answers.allowed), ["a@contoso.example"]);
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
    fn what_is_no_mailbox_is_told_as_what_it_is() {
        for (kind, why) in [
            ("MailUniversalSecurityGroup", Some(Unfit::Group)),
            ("GroupMailbox", Some(Unfit::GroupMailbox)),
            ("MailUser", Some(Unfit::OnPremises)),
            ("GuestMailUser", Some(Unfit::Guest)),
            ("DiscoveryMailbox", Some(Unfit::Discovery)),
            ("SomethingNew", Some(Unfit::NotUsable)),
            ("RoomMailbox", None),
        ] {
            assert_eq!(unfit(&recipient("a@contoso.example", kind)), why, "{kind}");
        }
    }

    /// What an older version wrote as a sentence is read as a code.
    #[test]
    fn an_older_sentence_is_read() {
        let old = r#"{"state":"unfit","typed":"all@contoso.example","why":"It's a distribution group, not a mailbox. Name the mailboxes themselves."}"#;
        let entry: Entry = serde_json::from_str(old).unwrap();
        assert!(matches!(
            entry,
            Entry::Unfit {
                why: Unfit::NotUsable,
                ..
            }
        ));
    }
}
