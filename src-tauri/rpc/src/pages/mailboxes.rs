//! Which mailboxes the app may use, and which must stay refused.

use domain::address::Address;
use domain::list::Aside;
use engine::event::{Entry, Mailbox, ReadAs, Unfit};
use journey::steps::choose_mailboxes::{List, Missing, kind_in_words, missing};

use super::{Made, button, finding, page, primary};
use crate::request::Request;
use crate::times::count;
use crate::view::{
    Button, ButtonKind, Content, FieldProblem, MailboxList, MailboxRow, Page, SearchResult, SearchRow, Tone,
};

/// The name of a list in requests.
pub fn name(list: List) -> &'static str {
    match list {
        List::Allowed => "allowed",
        List::Refused => "refused",
    }
}

/// What the first row of a list that needs the reader is called, so that a problem can lead to it.
fn first_needing(list: List) -> String {
    format!("{}-needs-you", name(list))
}

/// The list of a name.
pub fn of_name(name: &str) -> Option<List> {
    [List::Allowed, List::Refused]
        .into_iter()
        .find(|list| self::name(*list) == name)
}

/// The page. `search` is what was typed and what was found.
pub fn page_of(made: &Made<'_>, search: Option<&(String, Vec<Mailbox>)>) -> Page {
    let answers = &made.wizard.state().mailboxes;
    let content = Content::Mailboxes {
        allowed: MailboxList {
            label: "Mailboxes the app may use".into(),
            hint: "Type or paste a list, or drop a file on the box: an export of the admin center, a table, a column of addresses.".into(),
            ..list(List::Allowed, &answers.allowed, &answers.typed_allowed, answers.read_allowed.as_ref())
        },
        refused: MailboxList {
            label: "A mailbox that must stay refused".into(),
            hint: "Name one the app must never reach, or several. Step 9 tries it with the app's own key."
                .into(),
            ..list(List::Refused, &answers.refused, &answers.typed_refused, answers.read_refused.as_ref())
        },
        also_random: answers.also_random,
        search: search.map(|(typed, found)| result(typed, found)),
        messages: Vec::new(),
    };
    let mut page = page("mailboxes", "Which mailboxes may the app use?", None, content);
    page.actions = vec![primary("Continue", Request::Submit)];
    page
}

fn list(list: List, entries: &[Entry], typed: &str, read: Option<&ReadAs>) -> MailboxList {
    let name = name(list);
    let found = entries.iter().filter(|entry| entry.mailbox().is_some()).count();
    let undecided = entries.len() - found;
    let summary = match (entries.len(), undecided) {
        (0, _) => None,
        (_, 0) => Some(format!("{} found", count(found, "mailbox", "mailboxes"))),
        (all, 1) => Some(format!(
            "{}: {found} found, 1 needs you",
            count(all, "entry", "entries")
        )),
        (all, undecided) => Some(format!(
            "{}: {found} found, {undecided} need you",
            count(all, "entry", "entries")
        )),
    };
    let suggested = entries
        .iter()
        .filter(|entry| {
            matches!(
                entry,
                Entry::Missing {
                    suggestion: Some(_),
                    ..
                }
            )
        })
        .count();
    // What needs the reader stands first.
    let (decided, first): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| entry.mailbox().is_some());
    MailboxList {
        field: name.into(),
        label: String::new(),
        hint: String::new(),
        typed: typed.to_owned(),
        summary,
        read: read.map(told),
        set_aside: read.map(|read| read.named.clone()).unwrap_or_default(),
        rows: first
            .into_iter()
            .chain(decided)
            .map(|entry| row(name, entry))
            .collect(),
        use_all: (suggested > 1).then(|| {
            button(
                ButtonKind::Secondary,
                format!("Use all {suggested} suggestions"),
                Request::UseAllSuggestions { list: name.into() },
            )
        }),
        remove_all: (entries.len() > 1).then(|| {
            button(
                ButtonKind::Link,
                "Remove all",
                Request::RemoveAllMailboxes { list: name.into() },
            )
        }),
    }
}

/// "Read from the column "Email address", 3 rows. Set aside: 1 guest, 2 groups."
fn told(read: &ReadAs) -> String {
    let mut told = match &read.column {
        Some(column) => format!(
            "Read from the column \"{column}\", {}.",
            count(read.rows, "row", "rows")
        ),
        None => "Read as text.".to_owned(),
    };
    let aside: Vec<String> = read
        .aside
        .iter()
        .map(|(why, number)| match why {
            Aside::Guest => count(*number, "guest", "guests"),
            Aside::Deleted => format!("{number} deleted"),
            Aside::Contact => count(*number, "contact", "contacts"),
            Aside::Group => count(*number, "group", "groups"),
            Aside::Discovery => count(*number, "discovery mailbox", "discovery mailboxes"),
            Aside::NoAddress if read.column.is_none() => {
                format!("{} without an address", count(*number, "line", "lines"))
            }
            Aside::NoAddress => format!("{number} without an address"),
        })
        .collect();
    if !aside.is_empty() {
        told.push_str(&format!(" Set aside: {}.", aside.join(", ")));
    }
    told
}

fn unfit_words(why: Unfit) -> &'static str {
    match why {
        Unfit::OnTheOtherList => {
            "It's on the other list as well. A mailbox either works or stays refused; remove it here or there."
        }
        Unfit::Group => "This is a group, not a mailbox. Use its members, or name the mailboxes themselves.",
        Unfit::EmptyGroup => "This group has no members. Remove it, or name the mailboxes themselves.",
        Unfit::GroupMailbox => {
            "This is a Microsoft 365 group. Its mail lies in a place that apps reach by other permissions; name a shared mailbox instead."
        }
        Unfit::DynamicGroup => {
            "This is a dynamic group, whose members change by themselves. Name the mailboxes themselves."
        }
        Unfit::Guest => "This is a guest of another organisation. Its mailbox isn't here.",
        Unfit::Contact => "This is a contact outside your organisation, not a mailbox.",
        Unfit::OnPremises => "Its mailbox isn't in Exchange Online, so an app in the cloud can't use it.",
        Unfit::Discovery => "This is a mailbox that searches use. It gets no mail.",
        Unfit::Inactive => {
            "This mailbox is inactive: its person is gone, and only a hold keeps it. Name another."
        }
        Unfit::Deleted => {
            "This mailbox was deleted. Restore it in the Exchange admin center, or name another."
        }
        Unfit::NoMailbox => "This person has no mailbox, perhaps for want of a licence. Name a mailbox.",
        Unfit::AppId => "This id is the app's, not a mailbox's.",
        Unfit::UnknownId => "No mailbox in your organisation has this id.",
        Unfit::NotUsable => "It isn't a mailbox that an app can use.",
    }
}

/// A group whose members were counted.
fn group_words(why: Unfit, members: usize) -> String {
    match (why, members) {
        (_, 0) => unfit_words(Unfit::EmptyGroup).into(),
        (Unfit::GroupMailbox, _) => format!(
            "This is a Microsoft 365 group of {members}. Its own mail lies where apps need other permissions: use its members, or name a shared mailbox."
        ),
        _ => format!(
            "This is a group of {members}, not a mailbox. Use its members, or name the mailboxes themselves."
        ),
    }
}

/// Whether what was typed is an address with a tag behind a plus sign: `tickets+web@…` of `tickets@…`.
fn is_plus_address_of(typed: &str, suggestion: &Address) -> bool {
    typed.split_once('@').is_some_and(|(name, domain)| {
        domain == suggestion.domain()
            && name
                .split_once('+')
                .is_some_and(|(before, _)| before == suggestion.name())
    })
}

fn row(list: &str, entry: &Entry) -> MailboxRow {
    let typed = entry.typed().to_owned();
    let (address, detail, state, repair) = match entry {
        Entry::Found { mailbox, typed, also } => {
            let named = std::iter::once(typed).chain(also);
            let aliases: Vec<&str> = named
                .map(String::as_str)
                .filter(|typed| *typed != mailbox.address.as_str())
                .collect();
            let aliases = match aliases.as_slice() {
                [] => String::new(),
                [one] => format!(". You named it {one}"),
                all => format!(". You named it {}", all.join(" and ")),
            };
            (
                mailbox.address.to_string(),
                format!("{}, {}{aliases}", kind_in_words(&mailbox.kind), mailbox.name),
                finding(Tone::Works, "Found"),
                None,
            )
        }
        Entry::Missing {
            typed,
            suggestion: Some(suggestion),
        } => (
            typed.clone(),
            if is_plus_address_of(typed, suggestion) {
                format!("This is a plus address of {suggestion}. Name the mailbox itself.")
            } else {
                format!("There's no such mailbox. Did you mean {suggestion}?")
            },
            finding(Tone::NeedsYou, "Needs you"),
            Some(button(
                ButtonKind::Secondary,
                format!("Use {suggestion}"),
                Request::UseSuggestion {
                    list: list.into(),
                    typed: typed.clone(),
                    address: suggestion.to_string(),
                },
            )),
        ),
        Entry::Missing {
            typed,
            suggestion: None,
        } => (
            typed.clone(),
            "There's no such mailbox in your organisation. Remove it, or type its address again.".into(),
            finding(Tone::NeedsYou, "Needs you"),
            None,
        ),
        Entry::Unfit {
            typed, why, members, ..
        } => (
            typed.clone(),
            match members {
                Some(members) => group_words(*why, *members),
                None => unfit_words(*why).into(),
            },
            finding(Tone::NeedsYou, "Needs you"),
            (matches!(why, Unfit::Group | Unfit::GroupMailbox) && *members != Some(0)).then(|| {
                button(
                    ButtonKind::Secondary,
                    "Use its members",
                    Request::UseMembers {
                        list: list.into(),
                        typed: typed.clone(),
                    },
                )
            }),
        ),
        Entry::Unreadable { typed } => (
            typed.clone(),
            "This isn't an address. An address has a name, an @ and a domain.".into(),
            finding(Tone::NeedsYou, "Needs you"),
            None,
        ),
    };
    let remove = Button {
        full_label: Some(format!("Remove {address}")),
        ..button(
            ButtonKind::Subtle,
            "Remove",
            Request::RemoveMailbox {
                list: list.into(),
                address: typed,
            },
        )
    };
    MailboxRow {
        address,
        detail,
        finding: state,
        repair,
        remove,
    }
}

fn result(typed: &str, found: &[Mailbox]) -> SearchResult {
    let shown = found.len().min(10);
    let summary = match found.len() {
        0 => format!("No mailbox matches {typed}"),
        all if all > shown => format!("{all} or more mailboxes match; the first {shown} are shown"),
        all => format!(
            "{} {}",
            count(all, "mailbox", "mailboxes"),
            if all == 1 { "matches" } else { "match" }
        ),
    };
    let rows = found
        .iter()
        .take(shown)
        .map(|mailbox| SearchRow {
            address: mailbox.address.to_string(),
            detail: format!("{}, {}", kind_in_words(&mailbox.kind), mailbox.name),
            add: Button {
                icon: Some("add".into()),
                full_label: Some(format!("Add {}", mailbox.address)),
                ..button(
                    ButtonKind::Secondary,
                    "Add",
                    Request::AddMailbox {
                        list: "allowed".into(),
                        address: mailbox.address.to_string(),
                    },
                )
            },
        })
        .collect();
    SearchResult {
        typed: typed.to_owned(),
        summary,
        rows,
    }
}

/// What stands in the way of going on, field by field.
pub fn problems(made: &Made<'_>) -> Vec<FieldProblem> {
    missing(&made.wizard.state().mailboxes)
        .into_iter()
        .map(|missing| match missing {
            Missing::Allowed => FieldProblem {
                field: "allowed".into(),
                words: "Name at least one mailbox that the app may use".into(),
            },
            Missing::Refused => FieldProblem {
                field: "refused".into(),
                words: "Name at least one mailbox that must stay refused, so that the limit can be proved"
                    .into(),
            },
            // Leads to the first row that needs the reader, not to the box, which is empty by now.
            Missing::Decision(list) => FieldProblem {
                field: first_needing(list),
                words: match list {
                    List::Allowed => "Decide about the mailboxes that need you: repair or remove them".into(),
                    List::Refused => {
                        "Decide about the refused mailboxes that need you: repair or remove them".into()
                    }
                },
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_address_is_told_as_one() {
        let entry = |typed: &str| Entry::Missing {
            typed: typed.into(),
            suggestion: Address::parse("tickets@contoso.example").ok(),
        };
        let told = |typed| row("allowed", &entry(typed)).detail;
        assert!(told("tickets+web@contoso.example").contains("is a plus address of tickets@contoso.example"));
        assert!(told("tickest@contoso.example").contains("Did you mean"));
        assert!(told("tickets+web@other.example").contains("Did you mean"));
    }

    /// The error's link jumps to the first row that needs a decision, not to the empty box.
    #[test]
    fn a_row_that_needs_the_reader_has_a_place_of_its_own() {
        assert_eq!(first_needing(List::Allowed), "allowed-needs-you");
        assert_ne!(first_needing(List::Refused), name(List::Refused));
    }
}
