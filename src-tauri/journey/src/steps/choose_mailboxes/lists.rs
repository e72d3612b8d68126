//! The two lists: what stands on which, what is still to be decided, and what a reader is told of how they were read.

use std::collections::BTreeMap;

use domain::ids::MailboxId;
use domain::list::{Reading, Shape};
use engine::mailboxes::{Entry, MailboxAnswers, ReadAs, Unfit};
use microsoft::exchange::recipients::Recipient;

use super::look_up::entry_of;

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

/// What a reader is told of a list that was read as a table, or of which something was set aside.
pub fn told_of(reading: &Reading) -> Option<ReadAs> {
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

/// What stands on a list.
pub fn entries(answers: &mut MailboxAnswers, list: List) -> &mut Vec<Entry> {
    match list {
        List::Allowed => &mut answers.allowed,
        List::Refused => &mut answers.refused,
    }
}

/// Empties the box that a list is typed into.
pub fn clear_box(answers: &mut MailboxAnswers, list: List) {
    match list {
        List::Allowed => answers.typed_allowed.clear(),
        List::Refused => answers.typed_refused.clear(),
    }
}

/// How a list was read.
pub fn read_as(answers: &mut MailboxAnswers, list: List) -> &mut Option<ReadAs> {
    match list {
        List::Allowed => &mut answers.read_allowed,
        List::Refused => &mut answers.read_refused,
    }
}

/// Adds an entry once. A mailbox is the same by its id, whichever address was typed; what else was typed stays with it.
/// One that is on the other list already needs a decision.
pub fn put(answers: &mut MailboxAnswers, list: List, entry: Entry) {
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
pub fn settle_overlaps(mut answers: MailboxAnswers) -> MailboxAnswers {
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

/// Puts members in the place of their group. A group with nobody in it stays and says so: nothing vanishes without a word.
pub fn put_members(answers: &mut MailboxAnswers, list: List, group: &str, members: &[Recipient]) {
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

#[cfg(test)]
mod tests {
    use domain::list::{self, Aside};

    use super::super::look_up::recipient;
    use super::*;

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
        assert_eq!(told.aside, [(Aside::NoAddress, reading.aside.len())]);
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
