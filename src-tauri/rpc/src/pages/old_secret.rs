//! The end of a renewal: whether the platform uses what it was given, and what it used before, which goes then.

use domain::message;
use domain::message::{Arg, Message};
use journey::renew::{self, LastUse};

use super::export::platform;
use super::{
    Made, button, ends, fact, fact_with_id, happened, has_ended, message, page, planned, primary, secondary,
};
use crate::request::Request;
use crate::view::{ButtonKind, Content, Fact, KeyFact, Message as Notice, MessageTone, Page};

/// The page.
pub fn page_of(made: &Made<'_>, last_use: Option<LastUse>) -> Page {
    let renewal = made.wizard.state().renewal.as_ref();
    match renewal.and_then(|renewal| renewal.moved_at) {
        Some(moved_at) => removal(made, moved_at, last_use),
        None => question(made, last_use),
    }
}

/// Whether the platform has moved. Nothing can tell it from here but a person.
fn question(made: &Made<'_>, last_use: Option<LastUse>) -> Page {
    let state = made.wizard.state();
    let notes = made.wizard.notes();
    let key_fact = |term: Message, value: Arg, detail: Arg| KeyFact {
        term: made.say(term),
        value: made.value(value),
        detail: made.value(detail),
    };
    let old = notes.in_use.values().filter_map(|one| one.ends_at).max();
    let key_facts = [
        (message!("renewing-old-ends"), old),
        (
            message!("renewing-new-ends"),
            notes.secret.as_ref().map(|secret| secret.ends_at),
        ),
    ]
    .into_iter()
    .filter_map(|(term, ends_at)| {
        let ends_at = ends_at?;
        Some(key_fact(term, Arg::date(ends_at), ends(made.now, ends_at).into()))
    })
    .collect();
    let mut happenings = Vec::new();
    if let Some((at, _)) = notes.secret.as_ref().and_then(|secret| secret.accepted) {
        happenings.push(happened(
            made,
            at,
            message!("renewing-new-works"),
            message!("renewing-new-works-text"),
        ));
    }
    if let Some(exported) = &state.exported {
        happenings.push(happened(
            made,
            exported.at,
            message!("renewing-given"),
            message!("renewing-given-text", platform = platform(made)),
        ));
    }
    let content = Content::Done {
        key_facts,
        happened: happenings,
        facts: vec![used_last(made, last_use)],
        messages: still_used(made, last_use)
            .into_iter()
            .chain([message(
                MessageTone::NeedsYou,
                made.say(message!("renewing-how-to-tell")),
                made.say(message!(
                    "renewing-how-to-tell-text",
                    platform = platform(made),
                    ended = has_ended(made)
                )),
            )])
            .collect(),
    };
    let mut page = page(
        "platform-moved",
        made.say(message!("renewing-has-moved", platform = platform(made))),
        Some(&made.say(message!("renewing-has-moved-lead", ended = has_ended(made)))),
        content,
    );
    page.actions = vec![
        primary(
            made.say(message!("renewing-moved")),
            Request::PlatformMoved { moved: true },
        ),
        secondary(made.say(message!("renewing-not-yet")), Request::SaveAndClose),
    ];
    page.action_note = Some(made.say(message!("renewing-moved-note")));
    page
}

/// What is taken away, before it is.
fn removal(made: &Made<'_>, moved_at: jiff::Timestamp, last_use: Option<LastUse>) -> Page {
    let content = Content::Plan {
        answers: credentials(made)
            .into_iter()
            .chain([used_last(made, last_use)])
            .collect(),
        plan: planned(made, renew::removal(made.wizard)),
        options: Vec::new(),
        messages: still_used(made, last_use).into_iter().collect(),
    };
    let lead = message!(
        "renewing-remove-lead",
        platform = platform(made),
        when = Arg::when(moved_at)
    );
    let mut page = page(
        "old-secret",
        made.say(message!("renewing-remove-heading")),
        Some(&made.say(lead)),
        content,
    );
    page.actions = vec![
        primary(made.say(message!("renewing-remove")), Request::Commit),
        button(
            ButtonKind::Secondary,
            made.say(message!("renewing-not-after-all")),
            Request::PlatformMoved { moved: false },
        ),
    ];
    page.action_note = Some(made.say(message!("renewing-remove-note")));
    page
}

/// Both secrets by what tells them apart.
fn credentials(made: &Made<'_>) -> Vec<Fact> {
    let notes = made.wizard.notes();
    let said = |term: Message, key, ends_at: Option<jiff::Timestamp>| {
        let ends = ends_at.map(|at| made.value(Arg::date(at))).unwrap_or_default();
        fact_with_id(&made.say(term), ends, made.value(Arg::ends(key)))
    };
    let new = notes.secret.iter();
    let new = new.map(|secret| said(message!("renewing-new"), secret.key, Some(secret.ends_at)));
    let old = notes.in_use.iter();
    let old = old.map(|(key, one)| said(message!("renewing-old"), *key, one.ends_at));
    new.chain(old).collect()
}

/// Which secret was used last, as far as that is known; "unknown" is the usual answer and never means "not used".
fn used_last(made: &Made<'_>, last_use: Option<LastUse>) -> Fact {
    let said = match last_use {
        None => message!("renewing-used-unread"),
        Some(LastUse::Closed { licence: true }) => message!("renewing-used-no-licence"),
        Some(LastUse::Closed { licence: false }) => message!("renewing-used-no-role"),
        Some(LastUse::Read { old: Some(at), .. }) => message!("renewing-used-old", when = Arg::when(at)),
        Some(LastUse::Read {
            new: Some(new),
            silent_until: Some(until),
            ..
        }) => message!(
            "renewing-used-new",
            when = Arg::when(new),
            until = Arg::when(until)
        ),
        Some(LastUse::Read {
            silent_until: Some(until),
            ..
        }) => message!("renewing-used-neither", until = Arg::when(until)),
        Some(LastUse::Read { .. }) => message!("renewing-used-not-yet"),
    };
    Fact {
        change: Some(button(
            ButtonKind::Link,
            made.say(match last_use {
                None => message!("renewing-see-last-use"),
                Some(_) => message!("renewing-see-last-use-again"),
            }),
            Request::SeeLastUse,
        )),
        ..fact(&made.say(message!("renewing-used-last")), made.say(said))
    }
}

/// That the old secret was used after the new file was written.
fn still_used(made: &Made<'_>, last_use: Option<LastUse>) -> Option<Notice> {
    match last_use {
        Some(LastUse::Read { old: Some(at), .. }) => Some(message(
            MessageTone::Problem,
            made.say(message!("renewing-still-used")),
            made.say(message!(
                "renewing-still-used-text",
                platform = platform(made),
                when = Arg::when(at)
            )),
        )),
        _ => None,
    }
}
