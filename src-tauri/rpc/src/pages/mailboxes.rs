//! Which mailboxes the app may use, and which must stay refused.

use domain::address::Address;
use domain::ids;
use domain::list::Aside;
use domain::message;
use domain::message::{Arg, Join, Kind, Message, Part};
use engine::controls::STATEMENT;
use engine::mailboxes::{Entry, Mailbox, MailboxAnswers, ReadAs, Unfit};
use journey::steps::choose_mailboxes::{List, Missing, missing};
use words::Speaker;

use super::{FieldWords, Made, button, finding, message, page, primary, secondary};
use crate::request::{ControlsName, ListName, Request};
use crate::view::{
    ActIcon, Button, ButtonKind, Choice, Content, DrawnChoice, MailboxList, MailboxRow, Message as Notice,
    MessageTone, Page, SearchResult, SearchRow, Tone,
};

/// What the first row of a list that needs the reader is called, so that a problem can lead to it.
fn first_needing(list: List) -> String {
    format!("{}-needs-you", ListName::from(list).name())
}

/// The page. `search` is what was typed and what was found.
pub fn page_of(made: &Made<'_>, search: Option<&(String, Vec<Mailbox>)>) -> Page {
    let answers = &made.wizard.state().mailboxes;
    let speaker = &made.speaker;
    let content = Content::Mailboxes {
        allowed: MailboxList {
            label: made.say(message!("mailboxes-allowed")),
            hint: made.say(message!("mailboxes-allowed-hint")),
            ..list(
                speaker,
                List::Allowed,
                &answers.allowed,
                &answers.typed_allowed,
                answers.read_allowed.as_ref(),
            )
        },
        refused: MailboxList {
            label: made.say(message!("mailboxes-refused")),
            hint: made.say(message!("mailboxes-refused-hint")),
            ..list(
                speaker,
                List::Refused,
                &answers.refused,
                &answers.typed_refused,
                answers.read_refused.as_ref(),
            )
        },
        drawn: drawn(made, answers),
        search: search.map(|(typed, found)| result(speaker, typed, found)),
        messages: access_found(made).into_iter().chain(group(made)).collect(),
    };
    let mut page = page(
        "mailboxes",
        made.say(message!("mailboxes-heading")),
        None,
        content,
    );
    page.actions = vec![primary(made.say(message!("mailboxes-continue")), Request::Submit)];
    if super::group(made).is_some() {
        let again = made.say(message!("verify-read-group-again"));
        page.actions.push(secondary(again, Request::ReadGroupAgain));
    }
    page
}

/// How many more are picked at random.
fn drawn(made: &Made<'_>, answers: &MailboxAnswers) -> DrawnChoice {
    let choice = |name: ControlsName, told: Message| Choice {
        value: name.name().to_owned(),
        title: made.say(told.clone()),
        detail: made.value(Arg::part(Part::Text, told)),
        side: None,
        tag: None,
    };
    DrawnChoice {
        label: made.say(message!("mailboxes-drawn")),
        chosen: answers.also_random.then_some(answers.controls).into(),
        choices: vec![
            choice(ControlsName::One, message!("mailboxes-drawn-one")),
            choice(ControlsName::EveryKind, message!("mailboxes-drawn-every-kind")),
            choice(
                ControlsName::Statement,
                message!("mailboxes-drawn-statement", count = STATEMENT),
            ),
            choice(ControlsName::None, message!("mailboxes-drawn-none")),
        ],
    }
}

/// What lets a mail program in can be anybody's grant. Where an app was found again whose platform no profile knows, what it may
/// use was taken from what it has, which is said before anything calls it needed.
fn access_found(made: &Made<'_>) -> Option<Notice> {
    let (wizard, state) = (made.wizard, made.wizard.state());
    let profile = wizard.profile().filter(|profile| profile.open)?;
    if !state.found_again || !wizard.method().is_by_mail_program() {
        return None;
    }
    let access = wizard.permissions().into_iter().map(|one| Arg::term(one.name()));
    let told = message!(
        "mailboxes-found-access",
        platform = Arg::name(Kind::Platform, &profile.name),
        access = Arg::list(Join::And, access)
    );
    let step = "platform".into();
    Some(Notice {
        action: Some(button(
            ButtonKind::Secondary,
            made.say(message!("mailboxes-change-access")),
            Request::GoTo { step },
        )),
        ..message(
            MessageTone::NeedsYou,
            made.say(told.clone()),
            made.value(Arg::part(Part::Text, told)),
        )
    })
}

/// The group that the limit goes by, or one that it could go by: it stands alone on the list of mailboxes that must work.
fn group(made: &Made<'_>) -> Option<Notice> {
    let answers = &made.wizard.state().mailboxes;
    if made.wizard.method().is_by_mail_program() {
        return None;
    }
    let (told, label, request) = match (&answers.group, answers.allowed.as_slice()) {
        (Some(group), allowed) => (
            message!(
                "mailboxes-by-group",
                group = Arg::name(Kind::Group, &group.name),
                count = allowed.len()
            ),
            message!("mailboxes-leave-group"),
            Request::LeaveGroup,
        ),
        (
            None,
            [
                Entry::Unfit {
                    typed,
                    why: Unfit::Group | Unfit::GroupMailbox,
                    members,
                    ..
                },
            ],
        ) if *members != Some(0) => (
            message!(
                "mailboxes-could-go-by-group",
                group = Arg::name(Kind::Mailbox, typed)
            ),
            message!("mailboxes-go-by-group"),
            Request::UseGroup { typed: typed.clone() },
        ),
        _ => return None,
    };
    Some(Notice {
        action: Some(button(ButtonKind::Secondary, made.say(label), request)),
        ..message(
            MessageTone::NeedsYou,
            made.say(told.clone()),
            made.value(Arg::part(Part::Text, told)),
        )
    })
}

fn list(speaker: &Speaker, list: List, entries: &[Entry], typed: &str, read: Option<&ReadAs>) -> MailboxList {
    let say = |message: Message| speaker.say(&message);
    let list = ListName::from(list);
    let found = entries.iter().filter(|entry| entry.mailbox().is_some()).count();
    let undecided = entries.len() - found;
    let summary = match (entries.len(), undecided) {
        (0, _) => None,
        (_, 0) => Some(message!("mailboxes-found", count = found)),
        (all, undecided) => Some(message!(
            "mailboxes-some-found",
            all = all,
            found = found,
            undecided = undecided
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
        list,
        label: String::new(),
        hint: String::new(),
        typed: speaker.value(&Arg::theirs(typed)),
        summary: summary.map(say),
        read: read.map(|read| told(speaker, read)),
        set_aside: read.map(|read| read.named.clone()).unwrap_or_default(),
        rows: first
            .into_iter()
            .chain(decided)
            .map(|entry| row(speaker, list, entry))
            .collect(),
        use_all: (suggested > 1).then(|| {
            button(
                ButtonKind::Secondary,
                say(message!("mailboxes-use-all", count = suggested)),
                Request::UseAllSuggestions { list },
            )
        }),
        remove_all: (entries.len() > 1).then(|| {
            button(
                ButtonKind::Link,
                say(message!("mailboxes-remove-all")),
                Request::RemoveAllMailboxes { list },
            )
        }),
        remove_them: (entries.len() > 1).then(|| {
            button(
                ButtonKind::Link,
                say(message!("mailboxes-remove-them", count = entries.len())),
                Request::RemoveAllMailboxes { list },
            )
        }),
    }
}

/// "Read from the column "Email address", 3 rows. Set aside: 1 guest, 2 groups."
fn told(speaker: &Speaker, read: &ReadAs) -> String {
    let how = match &read.column {
        Some(column) => message!(
            "mailboxes-read-from-column",
            column = Arg::theirs(column),
            rows = read.rows
        ),
        None => message!("mailboxes-read-as-text"),
    };
    let aside: Vec<Message> = read
        .aside
        .iter()
        .map(|(why, number)| match why {
            Aside::Guest => message!("mailboxes-aside-guests", count = *number),
            Aside::Deleted => message!("mailboxes-aside-deleted", count = *number),
            Aside::Contact => message!("mailboxes-aside-contacts", count = *number),
            Aside::Group => message!("mailboxes-aside-groups", count = *number),
            Aside::Discovery => message!("mailboxes-aside-discovery", count = *number),
            Aside::NoAddress if read.column.is_none() => {
                message!("mailboxes-aside-lines", count = *number)
            }
            Aside::NoAddress => message!("mailboxes-aside-no-address", count = *number),
        })
        .collect();
    if aside.is_empty() {
        return speaker.say(&how);
    }
    let aside = message!("mailboxes-set-aside", list = Arg::list(Join::Commas, aside));
    speaker.value(&Arg::list(Join::Sentences, [how, aside]))
}

fn unfit_words(why: Unfit) -> Message {
    match why {
        Unfit::OnTheOtherList => message!("mailboxes-on-the-other-list"),
        Unfit::Group => message!("mailboxes-group"),
        Unfit::EmptyGroup => message!("mailboxes-empty-group"),
        Unfit::GroupOfGroups => message!("mailboxes-group-of-groups"),
        Unfit::GroupOfOthers => message!("mailboxes-group-of-others"),
        Unfit::GroupMailbox => message!("mailboxes-group-mailbox"),
        Unfit::DynamicGroup => message!("mailboxes-dynamic-group"),
        Unfit::Guest => message!("mailboxes-guest"),
        Unfit::Contact => message!("mailboxes-contact"),
        Unfit::OnPremises => message!("mailboxes-on-premises"),
        Unfit::Discovery => message!("mailboxes-discovery"),
        Unfit::Inactive => message!("mailboxes-inactive"),
        Unfit::Deleted => message!("mailboxes-deleted"),
        Unfit::NoMailbox => message!("mailboxes-no-mailbox"),
        Unfit::AppId => message!("mailboxes-app-id"),
        Unfit::UnknownId => message!("mailboxes-unknown-id"),
        Unfit::NotUsable => message!("mailboxes-not-usable"),
    }
}

/// A group whose members were counted.
fn group_words(why: Unfit, members: usize) -> Message {
    match (why, members) {
        (_, 0) => unfit_words(Unfit::EmptyGroup),
        (Unfit::GroupMailbox, _) => message!("mailboxes-group-mailbox-of", members = members),
        _ => message!("mailboxes-group-of", members = members),
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

/// "Shared mailbox, Contoso Support".
fn described(mailbox: &Mailbox) -> Message {
    message!(
        "mailboxes-described",
        kind = message!("mailboxes-kind", kind = Arg::term(&mailbox.kind)),
        name = Arg::name(Kind::MailboxName, &mailbox.name)
    )
}

fn row(speaker: &Speaker, list: ListName, entry: &Entry) -> MailboxRow {
    let say = |message: Message| speaker.say(&message);
    let typed = entry.typed().to_owned();
    let as_typed = || Arg::name(Kind::Mailbox, entry.typed());
    let (found, needs_you) = (
        || finding(Tone::Works, &say(message!("mailboxes-row-found"))),
        || finding(Tone::NeedsYou, &say(message!("mailboxes-row-needs-you"))),
    );
    let (address, detail, state, repair) = match entry {
        Entry::Found { mailbox, typed, also } => {
            let named = std::iter::once(typed).chain(also);
            let aliases: Vec<Arg> = named
                .filter(|typed| *typed != mailbox.address.as_str())
                .map(|typed| Arg::name(Kind::Mailbox, typed))
                .collect();
            let described = described(mailbox);
            let detail = if aliases.is_empty() {
                described
            } else {
                message!(
                    "mailboxes-named-otherwise",
                    mailbox = described,
                    aliases = Arg::list(Join::And, aliases)
                )
            };
            (Arg::from(&mailbox.address), detail, found(), None)
        }
        Entry::Missing {
            typed,
            suggestion: Some(suggestion),
        } => (
            as_typed(),
            if is_plus_address_of(typed, suggestion) {
                message!("mailboxes-plus-address", mailbox = suggestion)
            } else {
                message!("mailboxes-did-you-mean", mailbox = suggestion)
            },
            needs_you(),
            Some(button(
                ButtonKind::Secondary,
                say(message!("mailboxes-use", mailbox = suggestion)),
                Request::UseSuggestion {
                    list,
                    typed: typed.clone(),
                    address: suggestion.to_string(),
                },
            )),
        ),
        Entry::Missing { suggestion: None, .. } => {
            (as_typed(), message!("mailboxes-no-such"), needs_you(), None)
        }
        Entry::Unfit {
            typed, why, members, ..
        } => (
            as_typed(),
            match members {
                Some(members) => group_words(*why, *members),
                None => unfit_words(*why),
            },
            needs_you(),
            (matches!(
                why,
                Unfit::Group | Unfit::GroupOfGroups | Unfit::GroupOfOthers | Unfit::GroupMailbox
            ) && *members != Some(0))
            .then(|| {
                button(
                    ButtonKind::Secondary,
                    say(message!("mailboxes-use-members")),
                    Request::UseMembers {
                        list,
                        typed: typed.clone(),
                    },
                )
            }),
        ),
        Entry::Unreadable { typed } => {
            let told = match ids::malformed(typed) {
                true => message!("mailboxes-malformed-id"),
                false => message!("mailboxes-no-address"),
            };
            (as_typed(), told, needs_you(), None)
        }
    };
    let remove = Button {
        full_label: Some(say(message!("mailboxes-remove-this", mailbox = address.clone()))),
        ..button(
            ButtonKind::Subtle,
            say(message!("mailboxes-remove")),
            Request::RemoveMailbox { list, address: typed },
        )
    };
    MailboxRow {
        address: speaker.value(&address),
        detail: say(detail),
        finding: state,
        repair,
        remove,
    }
}

fn result(speaker: &Speaker, typed: &str, found: &[Mailbox]) -> SearchResult {
    let say = |message: Message| speaker.say(&message);
    let typed = Arg::name(Kind::Typed, typed);
    let shown = found.len().min(10);
    let summary = match found.len() {
        0 => message!("mailboxes-search-nothing", typed = typed.clone()),
        all if all > shown => message!("mailboxes-search-many", all = all, shown = shown),
        all => message!("mailboxes-search-found", count = all),
    };
    let rows = found
        .iter()
        .take(shown)
        .map(|mailbox| SearchRow {
            address: speaker.value(&Arg::from(&mailbox.address)),
            detail: say(described(mailbox)),
            add: Button {
                icon: Some(ActIcon::Add),
                full_label: Some(say(message!("mailboxes-add-this", mailbox = &mailbox.address))),
                ..button(
                    ButtonKind::Secondary,
                    say(message!("mailboxes-add")),
                    Request::AddMailbox {
                        list: ListName::Allowed,
                        address: mailbox.address.to_string(),
                    },
                )
            },
        })
        .collect();
    SearchResult {
        typed: speaker.value(&typed),
        summary: say(summary),
        rows,
    }
}

/// What stands in the way of going on, field by field.
pub fn problems(made: &Made<'_>) -> Vec<FieldWords> {
    missing(&made.wizard.state().mailboxes)
        .into_iter()
        .map(|missing| match missing {
            Missing::Allowed => {
                FieldWords::new(ListName::Allowed.name(), message!("mailboxes-lacks-allowed"))
            }
            Missing::Refused => {
                FieldWords::new(ListName::Refused.name(), message!("mailboxes-lacks-refused"))
            }
            // Leads to the first row that needs the reader, not to the box, which is empty by now.
            Missing::Decision(list) => FieldWords::new(
                &first_needing(list),
                match list {
                    List::Allowed => message!("mailboxes-decide-allowed"),
                    List::Refused => message!("mailboxes-decide-refused"),
                },
            ),
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
        let speaker = super::super::plain();
        let told = |typed| row(&speaker, ListName::Allowed, &entry(typed)).detail;
        assert!(told("tickets+web@contoso.example").contains("is a plus address of tickets@contoso.example"));
        assert!(told("tickest@contoso.example").contains("Did you mean"));
        assert!(told("tickets+web@other.example").contains("Did you mean"));
    }

    /// The error's link jumps to the first row that needs a decision, not to the empty box.
    #[test]
    fn a_row_that_needs_the_reader_has_a_place_of_its_own() {
        assert_eq!(first_needing(List::Allowed), "allowed-needs-you");
        assert_ne!(first_needing(List::Refused), ListName::Refused.name());
    }
}
