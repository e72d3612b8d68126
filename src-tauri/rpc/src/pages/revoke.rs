//! Everything taken away: what that is, before; and what is left, after.

use domain::message;
use domain::message::{Arg, Kind};
use engine::state::Revoked;
use journey::make_good::restorable_until;
use journey::revoke;

use super::export::platform;
use super::{Made, button, fact, fact_with_id, happened, lines, message, page, primary, secondary};
use crate::request::Request;
use crate::view::{ActIcon, Button, ButtonKind, Content, Fact, MessageTone, Page, Plan};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    match made.wizard.state().revoked {
        Some(revoked) if !revoke::may_begin(made.wizard) => after(made, revoked),
        _ => before(made),
    }
}

fn before(made: &Made<'_>) -> Page {
    let wizard = made.wizard;
    let others = revoke::left_by_others(wizard);
    let organisation = wizard.state().organisation.as_ref();
    let organisation = organisation.map(|organisation| organisation.name.clone());
    let organisation = organisation.unwrap_or_default();
    let wont = [
        message!("revoking-other-apps"),
        message!("revoking-mailboxes"),
        message!(
            "plan-other-secrets",
            count = others,
            first = first_of_others(made)
        ),
    ];
    let stops = message(
        MessageTone::NeedsYou,
        made.say(message!("revoking-stops", platform = platform(made))),
        made.say(message!("revoking-stops-text", platform = platform(made))),
    );
    let content = Content::Plan {
        answers: Vec::new(),
        plan: Plan {
            will: lines(made, &revoke::plan(wizard)),
            wont: wont
                .iter()
                .map(|said| crate::view::PlanLine {
                    done: false,
                    takes_away: false,
                    title: made.say(said.clone()),
                    detail: made.detail(said),
                })
                .collect(),
            calls: Vec::new(),
            calls_label: String::new(),
        },
        options: Vec::new(),
        messages: taken_over(made).into_iter().chain([stops]).collect(),
    };
    let mut page = page(
        "revoke",
        made.say(message!("revoking-heading", platform = platform(made))),
        Some(&made.say(message!(
            "revoking-lead",
            organisation = Arg::name(Kind::Organisation, organisation)
        ))),
        content,
    );
    let act = if wizard.signed_in() && wizard.holds(&revoke::rights(wizard)) {
        Button {
            icon: Some(ActIcon::Delete),
            ..primary(made.say(message!("revoking-act")), Request::Commit)
        }
    } else {
        primary(made.say(message!("revoking-sign-in")), Request::SignIn)
    };
    page.actions = vec![
        act,
        button(
            ButtonKind::Secondary,
            made.say(message!("revoking-keep")),
            Request::SaveAndClose,
        ),
    ];
    page.action_note = Some(made.say(message!("revoking-note")));
    page
}

/// That the app was registered by somebody else, and goes all the same.
fn taken_over(made: &Made<'_>) -> Option<crate::view::Message> {
    let state = made.wizard.state();
    let app = state
        .at_hand()
        .app()
        .filter(|_| state.at_hand().adopted.is_some())?;
    Some(message(
        MessageTone::Problem,
        made.say(message!("adopting-revoke", app = Arg::name(Kind::App, &app.name))),
        made.say(message!("adopting-revoke-text")),
    ))
}

fn first_of_others(made: &Made<'_>) -> Arg {
    let first = made.wizard.notes().foreign_secrets.first();
    Arg::name(
        Kind::Credential,
        first.map(|secret| secret.name.clone()).unwrap_or_default(),
    )
}

fn after(made: &Made<'_>, revoked: Revoked) -> Page {
    let key = match revoked.key_refused {
        Some(true) => happened(
            made,
            revoked.at,
            message!("revoking-key-refused"),
            message!("revoking-key-refused-text"),
        ),
        _ => happened(
            made,
            revoked.at,
            message!("revoking-removed"),
            message!("revoking-key-untried"),
        ),
    };
    let going_on = message(
        MessageTone::Waiting,
        made.say(message!("revoking-goes-on")),
        made.say(message!("revoking-goes-on-text", platform = platform(made))),
    );
    let still = (revoked.key_refused == Some(false)).then(|| {
        message(
            MessageTone::Problem,
            made.say(message!("revoking-key-works")),
            made.say(message!("revoking-key-works-text")),
        )
    });
    let mut facts = left(made);
    if made.wizard.state().handed_over.is_some() {
        facts.push(fact(
            &made.say(message!("revoking-left-reminders")),
            made.say(message!("revoking-left-reminders-text")),
        ));
    }
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: vec![key],
        facts,
        messages: still.into_iter().chain([going_on]).collect(),
    };
    let mut page = page(
        "revoked",
        made.say(message!("revoking-done", platform = platform(made))),
        Some(&made.say(message!("revoking-done-lead"))),
        content,
    );
    page.actions = vec![secondary(
        made.say(message!("frame-back-to-connections")),
        Request::SaveAndClose,
    )];
    page
}

/// What is left of it in Microsoft 365.
fn left(made: &Made<'_>) -> Vec<Fact> {
    let notes = made.wizard.notes();
    let mut facts = Vec::new();
    if let Some(deleted) = notes.removed_app() {
        let until = restorable_until(deleted.at);
        facts.push(fact_with_id(
            &made.say(message!("revoking-left-app")),
            made.say(match revoke::comes_back_with_secrets(made.wizard) {
                true => message!(
                    "revoking-left-app-secrets",
                    name = super::app_name(made.wizard.state(), &deleted.name),
                    until = Arg::date(until)
                ),
                false => message!(
                    "revoking-left-app-text",
                    name = super::app_name(made.wizard.state(), &deleted.name),
                    until = Arg::date(until)
                ),
            }),
            made.value(Arg::ends(deleted.client_id)),
        ));
        // One that was taken over has no unique name of ours.
        if notes.adopted.is_none() {
            facts.push(fact(
                &made.say(message!("revoking-left-name")),
                made.say(message!("revoking-left-name-text", until = Arg::date(until))),
            ));
        }
    }
    let others = revoke::left_by_others(made.wizard);
    if others > 0 {
        facts.push(fact(
            &made.say(message!("revoking-left-others")),
            made.say(message!("revoking-left-others-text", count = others)),
        ));
    }
    if facts.is_empty() {
        facts.push(fact(
            &made.say(message!("revoking-left")),
            made.say(message!("revoking-left-nothing")),
        ));
    }
    facts
}
