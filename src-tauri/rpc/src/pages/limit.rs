//! The limit in Exchange: its plan, and what exists after it.

use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::step::StepId;
use engine::basis::FULL_ACCESS;
use engine::progress::{Status, may_undo, only_the_scope_is_left, status};
use journey::parts::{Part, plan_of};

use super::{Made, fact, group, happened, limited_to, message, page, planned, primary, removing};
use crate::request::Request;
use crate::view::{Content, Fact, MessageTone, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    if only_the_scope_is_left(made.wizard.state()) {
        return left(made);
    }
    match status(made.wizard.state(), StepId::Limit, made.now) {
        Status::Done | Status::Waiting { .. } => after(made),
        _ => before(made),
    }
}

/// The app is gone and its scope is still in Exchange.
fn left(made: &Made<'_>) -> Page {
    let scope = made.wizard.notes().limit().scope;
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: Vec::new(),
        facts: scope
            .map(|scope| scope_fact(made, &scope.name))
            .into_iter()
            .collect(),
        messages: Vec::new(),
    };
    let mut page = page(
        "limit-left",
        made.say(message!("limit-left")),
        Some(&made.say(message!("limit-left-lead"))),
        content,
    );
    page.actions = vec![removing(made.say(message!("limit-remove-scope")), Request::Undo)];
    page
}

fn scope_fact(made: &Made<'_>, name: &str) -> Fact {
    fact(
        &made.say(message!("limit-fact-scope")),
        made.value(Arg::name(Kind::Ours, name)),
    )
}

fn before(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let usually = made.wizard.http().cloud().waits.usual();
    let content = Content::Plan {
        answers: Vec::new(),
        plan: planned(made, plan_of(made.wizard, Part::Scope)),
        options: Vec::new(),
        messages: vec![message(
            MessageTone::Waiting,
            made.say(message!("limit-takes-time")),
            made.say(message!("limit-takes-time-text", usually = usually)),
        )],
    };
    let limit = state.at_hand().limit();
    let changed = limit.scope.is_some() || !limit.full_access.is_empty();
    let count = state.allowed().len();
    let (heading, label) = match changed {
        true => (
            message!("limit-change"),
            message!("limit-change-to", count = count),
        ),
        false => (
            message!("limit-heading", count = count),
            message!("limit-set", count = count),
        ),
    };
    let lead = match state.at_hand().limit_removed_at {
        _ if changed => message!("limit-change-lead"),
        Some(at) => message!("limit-removed-lead", when = Arg::when(at)),
        None => message!("limit-lead"),
    };
    let mut page = page("limit", made.say(heading), Some(&made.say(lead)), content);
    page.actions = vec![primary(made.say(label), Request::Commit)];
    page.action_note = Some(made.say(message!("limit-note")));
    page
}

fn after(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let mut happenings = Vec::new();
    let mut facts: Vec<Fact> = Vec::new();
    let limit = state.at_hand().limit();
    if let Some(at) = limit.set_at {
        happenings.push(happened(
            made,
            at,
            message!("limit-was-set"),
            message!("limit-was-set-text"),
        ));
        happenings.push(happened(
            made,
            at,
            message!("limit-read-back"),
            match group(made) {
                Some(group) => message!("limit-read-back-by-group", group = group),
                None => message!("limit-read-back-text"),
            },
        ));
    }
    let said = |term: Message, value: Arg| fact(&made.say(term), made.value(value));
    facts.push(said(message!("limit-fact-mailboxes"), limited_to(state, &limit)));
    match &limit.scope {
        Some(scope) => {
            facts.push(scope_fact(made, &scope.name));
            let roles = limit.assignments.iter();
            let roles = roles.filter_map(|(permission, _)| permission.exchange_role());
            let roles = Arg::list(Join::Commas, roles.map(Arg::term));
            facts.push(said(message!("limit-fact-roles"), roles));
        }
        None => facts.push(said(message!("limit-fact-right"), Arg::term(FULL_ACCESS))),
    }
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: happenings,
        facts,
        messages: Vec::new(),
    };
    let mut page = page("limit-done", made.say(message!("limit-done")), None, content);
    page.actions = vec![primary(made.say(message!("limit-continue")), Request::Continue)];
    // What an app had in Exchange before it was taken over stays.
    if may_undo(state, StepId::Limit) {
        page.actions
            .push(removing(made.say(message!("limit-remove")), Request::Undo));
    }
    page
}
