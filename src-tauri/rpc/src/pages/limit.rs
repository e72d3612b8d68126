//! The limit in Exchange: its plan, and what exists after it.

use domain::step::StepId;
use engine::progress::{Status, only_the_scope_is_left, status};
use journey::parts::{Part, plan_of};

use super::{Made, fact, happened, listed, message, page, planned, primary, removing};
use crate::request::Request;
use crate::times::count;
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
            .map(|scope| fact("Scope", &scope.name))
            .into_iter()
            .collect(),
        messages: Vec::new(),
    };
    let lead = "The app that it was made for was gone when it was last looked for. A scope alone opens no mailbox. It is \
                used again if the app is made anew; otherwise remove it.";
    let mut page = page(
        "limit-left",
        "A scope of this connection is left in Exchange",
        Some(lead),
        content,
    );
    page.actions = vec![removing("Remove this scope", Request::Undo)];
    page
}

fn before(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let words = made.say(made.wizard.http().cloud().waits.usual());
    let content = Content::Plan {
        answers: Vec::new(),
        plan: planned(made, plan_of(made.wizard, Part::Scope)),
        options: Vec::new(),
        messages: vec![message(
            MessageTone::Waiting,
            "Microsoft takes its time to apply a limit",
            format!("Usually {words}. You can close the window meanwhile."),
        )],
    };
    let changed = state.at_hand().limit().scope.is_some();
    let mailboxes = count(state.allowed().len(), "mailbox", "mailboxes");
    let (heading, label) = match changed {
        true => (
            "Change the limit in Exchange".to_owned(),
            format!("Change the limit to {mailboxes}"),
        ),
        false => (
            format!("Limit the app to {mailboxes}"),
            format!(
                "Limit access to {}",
                if state.allowed().len() == 1 {
                    "this mailbox"
                } else {
                    "these mailboxes"
                }
            ),
        ),
    };
    let lead = match state.at_hand().limit_removed_at {
        _ if changed => {
            "The plan says what is added and what is taken away. Nothing else changes.".to_owned()
        }
        Some(at) => format!(
            "The limit was removed {}: the app reaches no mailbox until one is set again.",
            made.times.when(at, made.now)
        ),
        None => "Until now Exchange gives the app no access. This is all the access it will have.".to_owned(),
    };
    let mut page = page("limit", heading, Some(&lead), content);
    page.actions = vec![primary(label, Request::Commit)];
    page.action_note = Some("Can be undone at any time".into());
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
            "Set in Exchange",
            "The app's entry, one scope and one role for each permission.",
        ));
        happenings.push(happened(made, at, "Read back from Exchange", "The scope matched the chosen mailboxes and no other, and Microsoft's own test agreed. Live access follows once Microsoft applies it."));
    }
    if let Some(scope) = &limit.scope {
        let held: Vec<&str> = scope
            .mailboxes
            .iter()
            .filter_map(|id| state.address_of(*id))
            .collect();
        facts.push(fact("Mailboxes", listed(&held)));
        facts.push(fact("Scope", &scope.name));
    }
    let roles: Vec<&str> = limit
        .assignments
        .iter()
        .map(|(permission, _)| permission.exchange_role())
        .collect();
    facts.push(fact("Roles", roles.join(", ")));
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: happenings,
        facts,
        messages: Vec::new(),
    };
    let mut page = page("limit-done", "The limit is set", None, content);
    page.actions = vec![
        primary("Continue to the proof", Request::Continue),
        removing("Remove this limit", Request::Undo),
    ];
    page
}
