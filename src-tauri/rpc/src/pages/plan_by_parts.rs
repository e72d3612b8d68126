//! The whole plan by its parts: what is made, by whom, how far it is; and afterwards what is true, with the way back.

use domain::problem::Problem;
use journey::parts::{self, May, Part, PartPlan, Stands};
use journey::plan::Line;
use journey::secret_life;

use super::{
    Made, app, button, fact, fact_with_id, finding, listed, message, page, permissions, primary, removing,
    secondary, secret,
};
use crate::rail;
use crate::request::Request;
use crate::view::{
    ActIcon, Button, ButtonKind, Content, Fact, Finding, LineState, Message, MessageTone, Page, PartLine,
    PlanByParts, PlanDetail, PlanLine, PlanPart, Stopped, Tone,
};

/// A plan that is being carried out, or that stopped: its lines are those that were read before it began.
pub struct Run {
    /// The parts as they were planned.
    pub plans: Vec<PartPlan>,
    /// The part that is under way.
    pub working: Option<Part>,
}

impl Run {
    /// How many of its lines are made, of how many.
    pub fn made(&self, state: &engine::state::State) -> (usize, usize) {
        self.plans
            .iter()
            .map(|plan| plan.made(state))
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }
}

/// The page.
pub fn page_of(made: &Made<'_>, run: Option<&Run>) -> Page {
    let now = parts::parts(made.wizard);
    let done = now.iter().all(PartPlan::is_done) && run.is_none();
    let state = made.wizard.state();
    let organisation = state
        .organisation
        .as_ref()
        .map_or("your organisation", |organisation| organisation.name.as_str());
    let content = Content::Parts {
        answers: if state.at_hand().app().is_none() {
            app::unasked(made)
        } else {
            Vec::new()
        },
        plan: by_parts(made, &now, run),
        messages: if run.is_some() {
            Vec::new()
        } else {
            needed(made, &now)
        },
    };
    if done {
        let mut page = page(
            "plan-done",
            "Everything was made and checked",
            Some("What is made can be removed here, the limit and the secret before the app."),
            content,
        );
        page.actions = vec![primary("Continue to the proof", Request::Continue)];
        return page;
    }
    let mut page = page(
        "plan",
        format!("The plan for {organisation}"),
        Some(&sentence(&now)),
        content,
    );
    page.actions = actions(made, &now);
    page.action_note = Some("Each is checked once it's made".into());
    page
}

/// What was made before a problem, with the way back.
pub fn stopped(made: &Made<'_>, run: &Run, problem: &Problem) -> Stopped {
    let state = made.wizard.state();
    let (count, all) = run.made(state);
    // A refusal changed nothing. Of what got no answer, or was told to wait, it is looked before anything else is done:
    // Microsoft can have made what it then answers 429 to.
    let refused = problem
        .evidence
        .status
        .is_some_and(|status| (400..500).contains(&status) && ![408, 429].contains(&status));
    let sure = refused || state.at_hand().open.is_empty();
    let title = match count {
        0 if sure => format!("None of {all} made, nothing touched"),
        count if sure => format!("{count} of {all} made, nothing else touched"),
        count => format!("{count} of {all} made, and one more was begun"),
    };
    let text = if sure {
        "What was made stays as it is until you try again or take it back."
    } else {
        "Whether it came to anything is looked at before anything else is done."
    };
    let action = (count > 0 && state.handed_over.is_none()).then(|| Button {
        icon: Some(ActIcon::Delete),
        ..button(
            ButtonKind::Secondary,
            if count == 1 {
                "Undo this one".to_owned()
            } else {
                format!("Undo these {count}")
            },
            Request::UndoMade,
        )
    });
    Stopped {
        message: Message {
            action,
            ..message(MessageTone::NeedsYou, title, text)
        },
        plan: PlanByParts {
            wont: Vec::new(),
            calls: Vec::new(),
            calls_label: String::new(),
            copy_calls: None,
            ..by_parts(made, &parts::parts(made.wizard), Some(run))
        },
    }
}

fn by_parts(made: &Made<'_>, now: &[PartPlan], run: Option<&Run>) -> PlanByParts {
    let left: Vec<&PartPlan> = now.iter().filter(|plan| !plan.is_done()).collect();
    let calls: Vec<String> = left.iter().flat_map(|plan| plan.calls.clone()).collect();
    PlanByParts {
        parts: now
            .iter()
            .map(|plan| {
                let planned = run.and_then(|run| run.plans.iter().find(|planned| planned.part == plan.part));
                let working = run.is_some_and(|run| run.working == Some(plan.part));
                part(made, plan, planned, working)
            })
            .collect(),
        wont: left
            .iter()
            .flat_map(|plan| &plan.wont)
            .map(|line| PlanLine {
                title: made.say(line.said.clone()),
                detail: made.detail(&line.said),
                done: false,
            })
            .collect(),
        calls_label: match calls.len() {
            0 => String::new(),
            1 => "See the one call".into(),
            count => format!("See all {count} calls"),
        },
        copy_calls: (!calls.is_empty()).then(|| Button {
            icon: Some(ActIcon::Copy),
            ..button(
                ButtonKind::Secondary,
                "Copy the calls",
                Request::CopyText {
                    text: calls.join("\n"),
                },
            )
        }),
        calls,
    }
}

fn part(made: &Made<'_>, now: &PartPlan, planned: Option<&PartPlan>, working: bool) -> PlanPart {
    let step = parts::step(now.part);
    let told = now.is_done() && planned.is_none();
    let todo = !now.is_done();
    PlanPart {
        kind: rail::id(step),
        name: step.name().into(),
        takes: todo.then(|| format!("Takes {}", now.role)),
        finding: standing(now, working),
        lines: if told {
            Vec::new()
        } else {
            lines(made, now, planned.unwrap_or(now), working)
        },
        facts: if told { facts(made, now) } else { Vec::new() },
        detail: (todo && now.part == Part::Credential && planned.is_none())
            .then(|| life(made))
            .flatten(),
        messages: messages(made, now),
        acts: acts(now, planned.is_some()),
        note: note(made, now),
    }
}

fn standing(now: &PartPlan, working: bool) -> Finding {
    match now.stands {
        Stands::Done { .. } => finding(Tone::Works, "Done"),
        Stands::Waiting { .. } => finding(Tone::Waiting, "Microsoft applies it"),
        Stands::TooBroad => finding(Tone::TooBroad, "Too broad"),
        Stands::Ended => finding(Tone::NeedsYou, "Ended"),
        Stands::Todo if working => finding(Tone::Waiting, "Under way"),
        Stands::Todo => match now.may {
            May::You => finding(Tone::Works, "You have it"),
            May::Perhaps => finding(Tone::Unknown, "Couldn't read"),
            May::Ask => finding(Tone::NeedsYou, &format!("Ask {}", somebody(now.role))),
            May::Nobody => finding(Tone::NotNeeded, "Sign in to see"),
        },
    }
}

/// "an Exchange Administrator", "a Security Administrator".
fn somebody(role: &str) -> String {
    let article = if role.starts_with(['A', 'E', 'I', 'O', 'U']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {role}")
}

fn lines(made: &Made<'_>, now: &PartPlan, planned: &PartPlan, working: bool) -> Vec<PartLine> {
    let state = made.wizard.state();
    let checked = match now.stands {
        Stands::Done { checked } | Stands::Waiting { checked, .. } => Some(checked),
        _ => None,
    };
    let mut next = working;
    let mut line = |line: &Line, untouched: LineState| {
        let is_made = line.is_done(state) && untouched == LineState::Todo;
        let (state, stamp) = match checked {
            Some(at) => (
                LineState::Checked,
                Some(format!("Checked {}", made.times.near_seconds(at, made.now))),
            ),
            None if is_made => (LineState::Made, Some("Made".to_owned())),
            None if std::mem::take(&mut next) => (LineState::Working, None),
            None => (untouched, None),
        };
        PartLine {
            title: made.say(line.said.clone()),
            detail: made.detail(&line.said),
            state,
            stamp,
        }
    };
    let mut lines: Vec<PartLine> = planned
        .will
        .iter()
        .map(|one| line(one, LineState::Todo))
        .collect();
    lines.extend(planned.reads.iter().map(|one| line(one, LineState::ToRead)));
    lines
}

/// What is true of a part that is done.
fn facts(made: &Made<'_>, now: &PartPlan) -> Vec<Fact> {
    let state = made.wizard.state();
    let mut facts = Vec::new();
    match now.part {
        Part::App => {
            if let Some(app) = state.at_hand().app() {
                facts.push(fact_with_id("App", &app.name, app.client_id.ends()));
            }
        }
        Part::Permissions => facts.push(fact("In Entra", "None that opened a mailbox")),
        Part::Credential => {
            if let Some(secret) = &state.at_hand().secret {
                let ends = made.times.ends(made.now, secret.ends_at);
                facts.push(fact_with_id(
                    "Ends on",
                    format!("{}. {ends}", made.times.date(secret.ends_at)),
                    secret.key.ends(),
                ));
            }
        }
        Part::Scope => {
            let limit = state.at_hand().limit();
            let held: Vec<&str> = limit
                .scope
                .iter()
                .flat_map(|scope| &scope.mailboxes)
                .filter_map(|id| state.address_of(*id))
                .collect();
            facts.push(fact("Mailboxes", listed(&held)));
            let roles: Vec<&str> = limit
                .assignments
                .iter()
                .map(|(permission, _)| permission.words())
                .collect();
            facts.push(fact("May", roles.join(", ")));
        }
    }
    if let Stands::Done { checked } | Stands::Waiting { checked, .. } = now.stands {
        facts.push(fact("Checked", made.times.near_seconds(checked, made.now)));
    }
    facts
}

/// How long the secret lasts, said in words and changed where it stands.
fn life(made: &Made<'_>) -> Option<PlanDetail> {
    let group = secret::lives(made)?;
    let chosen = group.choices.iter().find(|choice| choice.value == group.chosen);
    let until = chosen
        .map(|choice| choice.detail.replacen("Until", "until", 1))
        .unwrap_or_default();
    Some(PlanDetail {
        label: format!("It lasts {} days, {until}", secret_life::days(made.wizard)),
        group,
    })
}

fn messages(made: &Made<'_>, now: &PartPlan) -> Vec<Message> {
    let preflight = made.wizard.state().preflight.as_ref();
    match (now.part, now.stands) {
        (Part::Permissions, Stands::TooBroad) => permissions::broad(made),
        (Part::Credential, Stands::Todo)
            if preflight.is_some_and(|preflight| preflight.secrets_forbidden) =>
        {
            vec![message(
                MessageTone::NeedsYou,
                "Your organisation's policy blocks app secrets",
                "The secret needs an exception for this one app from a Security Administrator.",
            )]
        }
        _ => Vec::new(),
    }
}

fn note(made: &Made<'_>, now: &PartPlan) -> Option<String> {
    let waits = made.say(made.wizard.http().cloud().waits.usual());
    Some(match (now.part, now.stands) {
        (Part::App, Stands::Done { .. }) if !now.may_undo => {
            "To delete it, first remove its secret and its limit".into()
        }
        (Part::Credential, Stands::Todo) => {
            "Nobody will see it, you included. It's safe to share or record this window".into()
        }
        (Part::Scope, Stands::Todo) => {
            format!("Microsoft then takes {waits} to apply it. You can close the window meanwhile")
        }
        _ => return None,
    })
}

/// The way back of what is made. Nothing is offered in a plan that is under way.
fn acts(now: &PartPlan, in_run: bool) -> Vec<Button> {
    let request = || Request::RemovePart {
        part: rail::id(parts::step(now.part)),
    };
    let remove = match now.part {
        Part::App => "Delete this app registration",
        Part::Permissions => return Vec::new(),
        Part::Credential => "Remove this secret",
        Part::Scope => "Remove this limit",
    };
    if in_run || !now.may_undo {
        return Vec::new();
    }
    vec![removing(remove, request())]
}

/// Whether who is signed in may do what is left, in one sentence.
fn sentence(now: &[PartPlan]) -> String {
    let left: Vec<&PartPlan> = now.iter().filter(|plan| !plan.is_done()).collect();
    if left.iter().any(|plan| plan.may == May::Nobody) {
        return "Nobody is signed in. Sign in to see which parts you can do.".into();
    }
    let ask: Vec<&PartPlan> = left.iter().copied().filter(|plan| plan.may == May::Ask).collect();
    let can = left.len() - ask.len();
    if ask.is_empty() {
        return match left.len() {
            1 => "You can do the part that is left.".into(),
            count if count == now.len() => format!("You can do all {count} parts."),
            count => format!("You can do the {count} parts that are left."),
        };
    }
    let mut roles: Vec<&str> = ask.iter().map(|plan| plan.role).collect();
    roles.dedup();
    let asks: Vec<String> = roles
        .iter()
        .map(|role| {
            let of: Vec<String> = ask
                .iter()
                .filter(|plan| plan.role == *role)
                .map(|plan| the(plan.part))
                .collect();
            format!("ask {} for {}", somebody(role), and(&of))
        })
        .collect();
    format!("You can do {can} of {} parts: {}.", left.len(), asks.join("; "))
}

fn the(part: Part) -> String {
    match part {
        Part::App => "the app",
        Part::Permissions => "the permissions",
        Part::Credential => "the secret",
        Part::Scope => "the limit",
    }
    .into()
}

fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// Who else is needed, with the message to send them.
fn needed(made: &Made<'_>, now: &[PartPlan]) -> Vec<Message> {
    let ask = now.iter().find(|plan| !plan.is_done() && plan.may == May::Ask);
    let Some(ask) = ask else { return Vec::new() };
    let begun = made.wizard.notes().app().is_some();
    let copy = Button {
        icon: Some(ActIcon::Copy),
        ..button(ButtonKind::Secondary, "Copy a request", Request::CopyRequest)
    };
    vec![Message {
        action: Some(copy),
        ..message(
            MessageTone::NeedsYou,
            format!("{} takes {}", capital(&the(ask.part)), ask.role),
            format!(
                "Send a request, or sign in as somebody who holds the role. What you can do before it is done all the same. {}",
                if begun {
                    "What is made stays."
                } else {
                    "Nothing has been made so far."
                }
            ),
        )
    }]
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn actions(made: &Made<'_>, now: &[PartPlan]) -> Vec<Button> {
    let state = made.wizard.state();
    let Some(next) = now.iter().find(|plan| !plan.is_done()) else {
        return vec![primary("Continue to the proof", Request::Continue)];
    };
    let scope_unanswered = now.iter().any(|plan| !plan.answered && plan.may != May::Ask);
    let first = match (next.may, next.stands) {
        (May::Nobody, _) => primary("Sign in to go on", Request::SignIn),
        _ if scope_unanswered => primary(
            "Choose the mailboxes",
            Request::GoTo {
                step: "mailboxes".into(),
            },
        ),
        (May::Ask, _) => primary("Sign in as somebody who may", Request::SignIn),
        (_, Stands::TooBroad) => primary("Look again", Request::Check),
        (_, Stands::Ended) => Button {
            kind: ButtonKind::Primary,
            ..removing(
                "Remove the ended secret",
                Request::RemovePart {
                    part: rail::id(parts::step(next.part)),
                },
            )
        },
        _ => {
            let within: usize = now
                .iter()
                .take_while(|plan| plan.is_done() || (plan.answered && plan.may != May::Ask))
                .map(|plan| plan.left(state))
                .sum();
            primary(
                match within {
                    0 => "Check what is made".to_owned(),
                    1 => "Make this change".to_owned(),
                    count => format!("Make these {count} changes"),
                },
                Request::Commit,
            )
        }
    };
    let commits = first.request == Request::Commit;
    let mut actions = vec![first];
    if commits {
        actions.push(secondary(
            "One part at a time",
            Request::GoTo {
                step: rail::id(parts::step(next.part)),
            },
        ));
    }
    actions
}
