//! The pages, one file for each step, and what they share. A page is a pure function of what is known.

pub mod app;
pub mod asking;
pub mod connections;
pub mod export;
pub mod help;
pub mod limit;
pub mod mailboxes;
pub mod method;
pub mod permissions;
pub mod platform;
pub mod problem;
pub mod secret;
pub mod sign_in;
pub mod start;
pub mod verify;

use engine::state::State;
use jiff::Timestamp;
use journey::plan;
use journey::wizard::Wizard;
use profiles::Profile;

use crate::request::Request;
use crate::times::Times;
use crate::view::{
    Button, ButtonKind, Choice, Content, Fact, Finding, Happening, Message, MessageTone, Page, Plan,
    PlanLine, Tone,
};

/// What a connection's platform is called.
pub fn platform_name(state: &State, profiles: &[Profile]) -> Option<String> {
    let id = state.platform.as_ref()?;
    Some(journey::wizard::platform(state, profiles).map_or_else(|| id.clone(), |profile| profile.name))
}

/// What every page is made from.
pub struct Made<'a> {
    /// The connection.
    pub wizard: &'a Wizard,
    /// How times are written.
    pub times: &'a Times,
    /// What time it is.
    pub now: Timestamp,
}

/// A page with its heading and content; actions and the rest are added.
pub fn page(key: &str, heading: impl Into<String>, lead: Option<&str>, content: Content) -> Page {
    Page {
        heading: heading.into(),
        key: key.to_owned(),
        lead: lead.map(str::to_owned),
        content,
        field_problems: Vec::new(),
        actions: Vec::new(),
        action_note: None,
        busy: None,
        announcement: None,
    }
}

/// A button.
pub fn button(kind: ButtonKind, label: impl Into<String>, request: Request) -> Button {
    Button {
        label: label.into(),
        kind,
        request,
        icon: None,
        full_label: None,
    }
}

/// The one filled button.
pub fn primary(label: impl Into<String>, request: Request) -> Button {
    button(ButtonKind::Primary, label, request)
}

/// A button with a border.
pub fn secondary(label: impl Into<String>, request: Request) -> Button {
    button(ButtonKind::Secondary, label, request)
}

/// A subtle button that takes something away.
pub fn removing(label: impl Into<String>, request: Request) -> Button {
    Button {
        icon: Some("delete".into()),
        ..button(ButtonKind::Subtle, label, request)
    }
}

/// A finding.
pub fn finding(tone: Tone, word: &str) -> Finding {
    Finding {
        tone,
        word: word.to_owned(),
    }
}

/// A message.
pub fn message(tone: MessageTone, title: impl Into<String>, text: impl Into<String>) -> Message {
    Message {
        tone,
        title: title.into(),
        text: Some(text.into()),
        action: None,
    }
}

/// A fact.
pub fn fact(term: &str, value: impl Into<String>) -> Fact {
    Fact {
        term: term.to_owned(),
        value: value.into(),
        id: None,
        findings: Vec::new(),
        change: None,
    }
}

/// A fact with an id.
pub fn fact_with_id(term: &str, value: impl Into<String>, id: String) -> Fact {
    Fact {
        id: Some(id),
        ..fact(term, value)
    }
}

/// How many names are written out in a sentence or a fact; more are counted.
const WRITTEN_OUT: usize = 6;

/// "a@x, b@x" or, of many, "296 mailboxes: a@x, b@x, c@x and 293 more".
pub fn listed(addresses: &[&str]) -> String {
    match addresses {
        [first, second, third, rest @ ..] if addresses.len() > WRITTEN_OUT => format!(
            "{}: {first}, {second}, {third} and {} more",
            crate::times::count(addresses.len(), "mailbox", "mailboxes"),
            rest.len()
        ),
        all => all.join(", "),
    }
}

/// A choice.
pub fn choice(value: &str, title: impl Into<String>, detail: impl Into<String>) -> Choice {
    Choice {
        value: value.to_owned(),
        title: title.into(),
        detail: detail.into(),
        side: None,
        tag: None,
    }
}

/// Something that happened and is good.
pub fn happened(made: &Made<'_>, at: Timestamp, title: &str, detail: impl Into<String>) -> Happening {
    Happening {
        tone: Tone::Works,
        title: title.to_owned(),
        detail: detail.into(),
        at: made.times.near_seconds(at, made.now),
    }
}

/// A plan for the window.
pub fn planned(wizard: &Wizard, plan: plan::Plan, calls_to: &str) -> Plan {
    let lines = |lines: Vec<plan::Line>| {
        lines
            .into_iter()
            .map(|line| PlanLine {
                done: line.is_done(wizard.state()),
                title: line.title,
                detail: line.detail,
            })
            .collect()
    };
    let calls_label = match plan.calls.len() {
        1 => format!("See the call to {calls_to}"),
        count => format!("See the {count} calls to {calls_to}"),
    };
    Plan {
        will: lines(plan.will),
        wont: lines(plan.wont),
        calls: plan.calls,
        calls_label,
    }
}
