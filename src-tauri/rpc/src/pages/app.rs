//! The app registration: its plan, and what exists after it.

use domain::message;
use domain::message::{Arg, Join, Message};
use domain::step::StepId;
use engine::progress::{Status, may_undo, status};
use engine::state::State;
use journey::adopt;
use journey::make_good::restorable_until;
use journey::parts::{Part, plan_of};
use journey::steps::choose_method;

use super::{Made, app_name, button, fact, fact_with_id, happened, page, planned, primary, removing};
use crate::request::Request;
use crate::view::{Button, ButtonKind, Content, Fact, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    match status(made.wizard.state(), StepId::App, made.now) {
        Status::Done => after(made),
        _ => before(made),
    }
}

fn before(made: &Made<'_>) -> Page {
    let content = Content::Plan {
        answers: unasked(made),
        plan: planned(made, plan_of(made.wizard, Part::App)),
        options: Vec::new(),
        messages: Vec::new(),
    };
    let begun = made.wizard.notes().app().is_some();
    let deleted = made.wizard.notes().removed_app();
    let taken_over = made.wizard.notes().adopted.is_some();
    let (heading, lead) = match &deleted {
        Some(deleted) => (
            message!("app-deleted"),
            message!(
                "app-deleted-lead",
                when = Arg::when(deleted.at),
                until = Arg::date(restorable_until(deleted.at))
            ),
        ),
        None if taken_over => (
            message!("adopting-part"),
            message!(
                "adopting-part-lead",
                closes = Arg::yes_or_no(adopt::is_open_to_others(made.wizard))
            ),
        ),
        None => (message!("app-create"), message!("app-lead")),
    };
    let mut page = page("app", made.say(heading), Some(&made.say(lead)), content);
    let commit = if deleted.is_some() {
        message!("app-restore")
    } else if taken_over {
        message!("adopting-tag")
    } else if begun {
        message!("app-finish")
    } else {
        message!("app-create")
    };
    page.actions = vec![primary(made.say(commit), Request::Commit)];
    page.action_note = Some(made.say(match taken_over {
        true => message!("adopting-tag-note"),
        false => message!("app-note"),
    }));
    page
}

/// How the platform reaches mail, where there was nothing to choose and no page asked.
pub fn unasked(made: &Made<'_>) -> Vec<Fact> {
    let Some((profile, method)) = made
        .wizard
        .profile()
        .and_then(|profile| Some((profile, choose_method::only(profile)?)))
    else {
        return Vec::new();
    };
    let (label, full_label, step) = match profile.open {
        true => (message!("app-change"), message!("app-change-access"), "platform"),
        false => (message!("app-see-meaning"), message!("app-see-method"), "method"),
    };
    let access = made.wizard.permissions();
    let access = access.iter().map(|permission| permission.said());
    vec![
        fact(&made.say(message!("app-fact-method")), made.say(method.said())),
        Fact {
            change: Some(Button {
                full_label: Some(made.say(full_label)),
                ..button(
                    ButtonKind::Link,
                    made.say(label),
                    Request::GoTo { step: step.into() },
                )
            }),
            ..fact(
                &made.say(message!("app-fact-access")),
                made.value(Arg::list(Join::Commas, access)),
            )
        },
    ]
}

/// What takes the app back, or gives it back.
pub fn undo_label(state: &State) -> Message {
    match state.at_hand().adopted {
        Some(_) => message!("adopting-give-back"),
        None => message!("app-delete"),
    }
}

fn after(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let mut facts = Vec::new();
    let mut happenings = Vec::new();
    if let Some(app) = state.at_hand().app() {
        facts.push(fact_with_id(
            &made.say(message!("app-fact-app")),
            made.value(app_name(state, &app.name)),
            made.value(Arg::ends(app.client_id)),
        ));
        let (title, detail) = match state.at_hand().adopted {
            Some(_) => (message!("adopting-tagged"), message!("adopting-tagged-text")),
            None => (message!("app-created"), message!("app-created-text")),
        };
        happenings.push(happened(made, app.created_at, title, detail));
        if let Some(checked) = app.checked_at {
            happenings.push(happened(
                made,
                checked,
                message!("app-read-back"),
                message!("app-read-back-text"),
            ));
        }
    }
    if let Some(principal) = state.at_hand().principal() {
        facts.push(fact_with_id(
            &made.say(message!("app-fact-principal")),
            made.say(message!("app-in-this-organisation")),
            made.value(Arg::ends(principal)),
        ));
    }
    facts.push(fact(
        &made.say(message!("app-fact-undo")),
        made.say(match state.at_hand().adopted {
            Some(_) => message!("adopting-undo-by-hand"),
            None => message!("app-undo-by-hand"),
        }),
    ));
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: happenings,
        facts,
        messages: Vec::new(),
    };
    let mut page = page("app-done", made.say(message!("app-exists")), None, content);
    page.actions = vec![primary(made.say(message!("app-continue")), Request::Continue)];
    if may_undo(state, StepId::App) {
        page.actions
            .push(removing(made.say(undo_label(state)), Request::Undo));
    } else {
        page.action_note = Some(made.say(super::plan_by_parts::is_last(state)));
    }
    page
}
