//! The app registration: its plan, and what exists after it.

use domain::step::StepId;
use engine::progress::{Status, may_undo, status};
use journey::make_good::restorable_until;
use journey::parts::{Part, plan_of};
use journey::steps::choose_method;

use super::{
    Made, button, fact, fact_with_id, happened, method as method_page, page, planned, primary, removing,
};
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
    let (heading, lead) = match &deleted {
        Some(deleted) => (
            "The app registration was deleted",
            format!(
                "Deleted {}. Restorable until {}; after that it is gone for good.",
                made.times.when(deleted.at, made.now),
                made.times.date(restorable_until(deleted.at))
            ),
        ),
        None => (
            "Create the app registration",
            "The platform signs in as this app. On its own it can reach no mailbox.".to_owned(),
        ),
    };
    let mut page = page("app", heading, Some(&lead), content);
    page.actions = vec![primary(
        if deleted.is_some() {
            "Restore the app registration"
        } else if begun {
            "Finish creating the app registration"
        } else {
            "Create the app registration"
        },
        Request::Commit,
    )];
    page.action_note = Some("Can be undone for 30 days".into());
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
        true => ("Change", "Change what the platform may do", "platform"),
        false => ("See what this means", "See what the method means", "method"),
    };
    let words: Vec<&str> = made.wizard.permissions().iter().map(|one| one.words()).collect();
    vec![
        fact("Method", made.say(method_page::title(method))),
        Fact {
            change: Some(Button {
                full_label: Some(full_label.into()),
                ..button(ButtonKind::Link, label, Request::GoTo { step: step.into() })
            }),
            ..fact("Access", words.join(", "))
        },
    ]
}

fn after(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let mut facts = Vec::new();
    let mut happenings = Vec::new();
    if let Some(app) = state.at_hand().app() {
        facts.push(fact_with_id("App", &app.name, app.client_id.ends()));
        happenings.push(happened(
            made,
            app.created_at,
            "App registration created",
            "In this organisation only, without redirect address and without permission.",
        ));
        if let Some(checked) = app.checked_at {
            happenings.push(happened(
                made,
                checked,
                "Read back from Microsoft",
                "The app and its service principal both answer.",
            ));
        }
    }
    if let Some(principal) = state.at_hand().principal() {
        facts.push(fact_with_id(
            "Service principal",
            "In this organisation",
            principal.ends(),
        ));
    }
    facts.push(fact(
        "Undo by hand",
        "Entra admin center, App registrations, this app, Delete. It can be restored for 30 days.",
    ));
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: happenings,
        facts,
        messages: Vec::new(),
    };
    let mut page = page("app-done", "The app registration exists", None, content);
    page.actions = vec![primary("Continue to permissions", Request::Continue)];
    if may_undo(state, StepId::App) {
        page.actions
            .push(removing("Delete this app registration", Request::Undo));
    } else {
        page.action_note = Some("To delete it, first remove its secret and its limit".into());
    }
    page
}
