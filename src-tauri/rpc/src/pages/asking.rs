//! Questions before something is taken away: what goes, what stays, and how it comes back.

use domain::step::StepId;
use engine::state::State;
use journey::data_folder::Listed;
use profiles::Profile;

use super::{Made, button, page, primary, secondary};
use crate::request::Request;
use crate::times::Times;
use crate::view::{ButtonKind, Content, Page, Plan, PlanLine};

fn line(title: impl Into<String>, detail: impl Into<String>) -> PlanLine {
    PlanLine {
        title: title.into(),
        detail: detail.into(),
        done: false,
    }
}

fn plan(will: Vec<PlanLine>, wont: Vec<PlanLine>) -> Content {
    Content::Plan {
        answers: Vec::new(),
        plan: Plan {
            will,
            wont,
            calls: Vec::new(),
            calls_label: String::new(),
        },
        options: Vec::new(),
        messages: Vec::new(),
    }
}

/// Before something is taken back that a platform may use.
pub fn undo(made: &Made<'_>, step: StepId) -> Page {
    let state = made.wizard.state();
    let platform = made
        .wizard
        .profile()
        .map_or("The platform", |profile| profile.name.as_str());
    let handed = state
        .handed_over
        .map(|at| made.times.date(at))
        .unwrap_or_default();
    let (heading, label, goes, back) = match step {
        StepId::Secret => (
            "Remove a secret that the platform may use?",
            "Remove the secret",
            "It can't be brought back, only replaced by another",
            "Until another secret is handed over",
        ),
        StepId::Limit => (
            "Remove a limit that the platform may work within?",
            "Remove the limit",
            "The app then reaches no mailbox. It can be set again",
            "Until the limit is set again and Microsoft applies it",
        ),
        _ => (
            "Delete an app that the platform may use?",
            "Delete the app registration",
            "It can be restored for 30 days",
            "Until the app is restored and its limit set again",
        ),
    };
    let content = plan(
        vec![
            line(label, goes),
            line(
                format!("{platform} stops working at once"),
                format!("It was given this connection on {handed}. {back}"),
            ),
        ],
        vec![line("Mailboxes and messages", "None is changed")],
    );
    let mut page = page("asking-undo", heading, None, content);
    page.actions = vec![
        primary("Keep it", Request::Back),
        button(ButtonKind::Secondary, label, Request::UndoAfterAll),
    ];
    page
}

/// Before a connection leaves the list.
pub fn take_off(listed: &Listed, profiles: &[Profile], times: &Times) -> Page {
    let state = listed.state.as_ref().ok();
    let name = state
        .and_then(|state| super::platform_name(state, profiles))
        .unwrap_or_else(|| "this connection".to_owned());
    let stays = state.map(|state| stays(state, times)).unwrap_or_default();
    let lives = !stays.is_empty();
    let id = listed.id.to_string();
    let content = plan(
        vec![line(
            "Its notes, put aside",
            "In the folder \u{201c}removed\u{201d} of Mailgrant's data; \u{201c}Put back\u{201d} on the list of connections brings it back",
        )],
        if lives {
            stays
        } else {
            vec![line(
                "Microsoft 365",
                "This connection made nothing there that still exists",
            )]
        },
    );
    let mut page = page(
        "asking-take-off",
        format!("Take {name} off the list?"),
        Some(if lives {
            "That changes nothing in Microsoft 365: what it made there stays and goes on working."
        } else {
            "Nothing of it lives on in Microsoft 365."
        }),
        content,
    );
    let take = Request::TakeOff { id: id.clone() };
    page.actions = if lives {
        vec![
            primary("Undo it in Microsoft 365 first", Request::UndoFirst { id }),
            secondary("Take off this list", take),
            button(ButtonKind::Subtle, "Keep it", Request::ShowConnections),
        ]
    } else {
        vec![
            primary("Take off this list", take),
            button(ButtonKind::Subtle, "Keep it", Request::ShowConnections),
        ]
    };
    page
}

/// What lives on when a connection leaves the list.
fn stays(state: &State, times: &Times) -> Vec<PlanLine> {
    let mut lines = Vec::new();
    if let Some(app) = &state.app {
        lines.push(line(
            "The app registration",
            format!("{}, client id {}", app.name, app.client_id),
        ));
    }
    if let Some(scope) = &state.limit.scope {
        lines.push(line("The limit in Exchange", scope.name.clone()));
    }
    if let Some(secret) = &state.secret {
        lines.push(line(
            "The secret, in Microsoft 365 and in this computer's keychain",
            format!(
                "Works until {}; key id {}",
                times.date(secret.ends_at),
                secret.key
            ),
        ));
    }
    lines
}
