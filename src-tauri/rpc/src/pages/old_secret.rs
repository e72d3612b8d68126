//! The end of a renewal: whether the platform uses what it was given, and what it used before, which goes then.

use domain::message;
use domain::message::{Arg, Message};
use journey::renew;

use super::export::platform;
use super::{Made, button, ends, fact_with_id, happened, message, page, planned, primary, secondary};
use crate::request::Request;
use crate::view::{ButtonKind, Content, Fact, KeyFact, MessageTone, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    let renewal = made.wizard.state().renewal.as_ref();
    match renewal.and_then(|renewal| renewal.moved_at) {
        Some(moved_at) => removal(made, moved_at),
        None => question(made),
    }
}

/// Whether the platform has moved. Nothing can tell it from here but a person.
fn question(made: &Made<'_>) -> Page {
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
        facts: Vec::new(),
        messages: vec![message(
            MessageTone::NeedsYou,
            made.say(message!("renewing-how-to-tell")),
            made.say(message!("renewing-how-to-tell-text", platform = platform(made))),
        )],
    };
    let mut page = page(
        "platform-moved",
        made.say(message!("renewing-has-moved", platform = platform(made))),
        Some(&made.say(message!("renewing-has-moved-lead"))),
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
fn removal(made: &Made<'_>, moved_at: jiff::Timestamp) -> Page {
    let content = Content::Plan {
        answers: credentials(made),
        plan: planned(made, renew::removal(made.wizard)),
        options: Vec::new(),
        messages: Vec::new(),
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
