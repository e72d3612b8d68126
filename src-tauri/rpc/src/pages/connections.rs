//! The list of connections: the one that needs the reader first.

use domain::problem::Problem;
use domain::step::StepId;
use engine::event::Tenancy;
use engine::journal::Trust;
use engine::progress::{Status, first_open, status};
use engine::state::State;
use jiff::Timestamp;
use journey::data_folder::Listed;
use journey::steps::create_secret::days_left;
use profiles::Profile;

use super::{button, finding, page, primary};
use crate::request::Request;
use crate::times::Times;
use crate::view::{Button, ButtonKind, ConnectionCard, Content, Page, Tone};

/// How many days before its end a secret asks for attention.
const ENDS_SOON: i64 = 30;

/// The list.
/// A connection that was taken off stands last, with what puts it back.
pub fn page_of(
    listed: &[Listed],
    removed: &[Listed],
    profiles: &[Profile],
    times: &Times,
    now: Timestamp,
) -> Page {
    let mut cards: Vec<(u8, Option<Timestamp>, ConnectionCard)> = listed
        .iter()
        .map(|connection| match &connection.state {
            Ok(state) => {
                let (urgency, finding, detail) = match connection.trust {
                    Trust::Ours => standing(state, times, now),
                    _ => looked_at_only(),
                };
                (
                    urgency,
                    state.saved_at,
                    card(connection, state, profiles, finding, detail),
                )
            }
            Err(problem) => (0, None, unreadable(connection, problem)),
        })
        .collect();
    cards.sort_by_key(|(urgency, saved_at, _)| (*urgency, saved_at.map(|at| -at.as_second())));
    let removed = removed.iter().map(|connection| taken_off(connection, profiles));
    let mut cards = cards.into_iter().map(|(_, _, card)| card).chain(removed);
    let first = cards.next();
    let content = Content::Connections {
        first,
        rest: cards.collect(),
    };
    let mut page = page("connections", "Your connections", None, content);
    page.actions = vec![
        primary("New connection", Request::StartReal),
        Button {
            icon: Some("practice".into()),
            ..button(
                ButtonKind::Secondary,
                "New practice connection",
                Request::StartPractice,
            )
        },
    ];
    page
}

/// What is not known to be ours says nothing of how it stands.
fn looked_at_only() -> (u8, crate::view::Finding, String) {
    (
        0,
        finding(Tone::Problem, "Only to look at"),
        "Its notes don't carry this computer's signature, or a newer version wrote them".into(),
    )
}

/// A connection that was taken off the list.
fn taken_off(connection: &Listed, profiles: &[Profile]) -> ConnectionCard {
    let found = finding(Tone::NotNeeded, "Taken off");
    let detail =
        "What it made in Microsoft 365 is as it was; a secret of it stays in the keychain".to_owned();
    let mut card = match &connection.state {
        Ok(state) => card(connection, state, profiles, found, detail),
        Err(problem) => unreadable(connection, problem),
    };
    card.actions = vec![Button {
        full_label: Some(format!("Put {} back", card.platform)),
        ..button(
            ButtonKind::Secondary,
            "Put back",
            Request::PutBack {
                id: connection.id.to_string(),
            },
        )
    }];
    card
}

/// How urgent a connection is (0 most), how it stands, and what to say of it.
fn standing(state: &State, times: &Times, now: Timestamp) -> (u8, crate::view::Finding, String) {
    let step = first_open(state, now);
    let stopped = |words: &str| {
        format!(
            "{words} at step {} of {}: {}",
            step.number(),
            StepId::ALL.len(),
            step.name()
        )
    };
    match status(state, StepId::Verify, now) {
        Status::TooBroad => {
            return (
                1,
                finding(Tone::TooBroad, "Too broad"),
                "The app reaches more than it should".into(),
            );
        }
        Status::NeedsYou => {
            return (
                1,
                finding(Tone::NeedsYou, "Needs you"),
                "Something on the app isn't as it was asked for".into(),
            );
        }
        Status::Waiting { look_at } => {
            return (
                3,
                finding(Tone::Waiting, "Waiting"),
                format!(
                    "Microsoft applies the limit; look again from {}",
                    times.soon(look_at, now)
                ),
            );
        }
        _ => {}
    }
    if let (Some(_), Some(secret)) = (&state.exported, &state.secret) {
        let left = days_left(now, secret.ends_at);
        let ends = times.date(secret.ends_at);
        return if left <= 0 {
            (
                1,
                finding(Tone::Problem, "Secret ended"),
                format!("The secret ended on {ends}; the platform can't sign in any more"),
            )
        } else if left <= ENDS_SOON {
            (
                2,
                finding(Tone::EndsSoon, "Ends soon"),
                format!(
                    "The secret ends on {ends}. {}",
                    crate::times::ends(now, secret.ends_at)
                ),
            )
        } else {
            (
                5,
                finding(Tone::Works, "Done"),
                format!(
                    "The secret ends on {ends}. {}",
                    crate::times::ends(now, secret.ends_at)
                ),
            )
        };
    }
    (4, finding(Tone::NeedsYou, "Not finished"), stopped("Stopped"))
}

fn card(
    connection: &Listed,
    state: &State,
    profiles: &[Profile],
    finding: crate::view::Finding,
    detail: String,
) -> ConnectionCard {
    let id = connection.id.to_string();
    let platform = super::platform_name(state, profiles).unwrap_or_else(|| "New connection".to_owned());
    let label = if state.exported.is_some() { "Open" } else { "Go on" };
    ConnectionCard {
        organisation: state
            .organisation
            .as_ref()
            .map(|organisation| organisation.name.clone())
            .unwrap_or_default(),
        practice: state
            .opened
            .is_some_and(|(_, tenancy)| tenancy == Tenancy::Practice),
        finding,
        detail,
        actions: vec![
            Button {
                full_label: Some(format!("{label}: {platform}")),
                ..button(
                    ButtonKind::Secondary,
                    label,
                    Request::OpenConnection { id: id.clone() },
                )
            },
            forget(&id, &platform),
        ],
        id,
        platform,
    }
}

fn unreadable(connection: &Listed, problem: &Problem) -> ConnectionCard {
    let id = connection.id.to_string();
    ConnectionCard {
        platform: "Unreadable connection".into(),
        organisation: String::new(),
        practice: false,
        finding: finding(Tone::Problem, "Problem"),
        detail: problem.happened.clone(),
        actions: vec![forget(&id, "the unreadable connection")],
        id,
    }
}

fn forget(id: &str, platform: &str) -> Button {
    Button {
        icon: Some("delete".into()),
        full_label: Some(format!("Take {platform} off this list")),
        ..button(
            ButtonKind::Subtle,
            "Take off this list",
            Request::ForgetConnection { id: id.to_owned() },
        )
    }
}
