//! The whole plan by its parts: what is made, by whom, how far it is; and afterwards what is true, with the way back.

use domain::credential::CredentialKind;
use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::problem::Problem;
use engine::progress::stays_for_now;
use journey::parts::{self, May, Part, PartPlan, Stands};
use journey::plan::Line;
use journey::problems::GRANT_ROLE;
use journey::{renew, secret_life, switches};

use super::{
    Made, app, app_name, button, ends, export, fact, fact_with_id, finding, limited_to, message, page,
    permissions, primary, protocols, removing, secondary, secret, so_far,
};
use crate::rail;
use crate::request::Request;
use crate::view::{
    ActIcon, Button, ButtonKind, Content, Fact, Finding, LineState, Message as Notice, MessageTone, Page,
    PartLine, PlanByParts, PlanDetail, PlanLine, PlanPart, Stopped, Tone,
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
            made.say(match state.found_otherwise() {
                true => message!("plan-done-otherwise"),
                false => message!("plan-done"),
            }),
            Some(&made.say(message!("plan-done-lead"))),
            content,
        );
        page.actions = vec![primary(made.say(message!("plan-continue")), Request::Continue)];
        return page;
    }
    let heading = match &state.organisation {
        _ if state.adopting => {
            let app = state.at_hand().app().map(|app| app.name).unwrap_or_default();
            message!(
                "adopting-plan",
                app = app_name(state, &app),
                platform = export::platform(made)
            )
        }
        _ if state.renewal.is_some() => message!("renewing-plan", platform = export::platform(made)),
        Some(organisation) => message!(
            "plan-heading",
            organisation = Arg::name(Kind::Organisation, &organisation.name)
        ),
        None => message!("plan-heading-yours"),
    };
    // What is asked further down isn't missed by whoever presses at once.
    let asks = switches::stands_in_the_way(state) && run.is_none();
    let asks = asks.then(|| message!("plan-protocols-ask"));
    let lead = Arg::list(
        Join::Sentences,
        [Some(sentence(&now)), asks].into_iter().flatten(),
    );
    let mut page = page("plan", made.say(heading), Some(&made.value(lead)), content);
    page.actions = actions(made, &now);
    page.action_note = Some(made.say(message!("plan-note")));
    page
}

/// What was made before a problem, with the way back.
pub fn stopped(made: &Made<'_>, run: &Run, problem: &Problem) -> Stopped {
    let state = made.wizard.state();
    let (count, all) = run.made(state);
    let sure = journey::parts::nothing_begun(state, problem);
    let title = match count {
        0 if sure => message!("plan-stopped-none", all = all),
        count if sure => message!("plan-stopped", count = count, all = all),
        count => message!("plan-stopped-begun", count = count, all = all),
    };
    let text = if sure {
        message!("plan-stopped-text")
    } else {
        message!("plan-stopped-begun-text")
    };
    // It takes back all that there is of the connection, whichever run made it.
    let made_now = parts::parts(made.wizard);
    let any = made_now.iter().any(|part| part.may_undo);
    let action = (any && state.handed_over.is_none() && !state.at_hand().changed_for_good).then(|| Button {
        icon: Some(ActIcon::Delete),
        ..button(
            ButtonKind::Secondary,
            made.say(message!("plan-undo")),
            Request::UndoMade,
        )
    });
    Stopped {
        message: Notice {
            action,
            ..message(MessageTone::NeedsYou, made.say(title), made.say(text))
        },
        plan: PlanByParts {
            wont: Vec::new(),
            calls: Vec::new(),
            calls_label: String::new(),
            copy_calls: None,
            ..by_parts(made, &made_now, Some(run))
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
                takes_away: false,
            })
            .collect(),
        calls_label: match calls.len() {
            0 => String::new(),
            count => made.say(message!("plan-see-calls", calls = count)),
        },
        copy_calls: (!calls.is_empty()).then(|| Button {
            icon: Some(ActIcon::Copy),
            ..button(
                ButtonKind::Secondary,
                made.say(message!("plan-copy-calls")),
                Request::CopyText {
                    text: calls.join("\n"),
                },
            )
        }),
        calls: calls.iter().map(|call| made.value(Arg::theirs(call))).collect(),
    }
}

fn part(made: &Made<'_>, now: &PartPlan, planned: Option<&PartPlan>, working: bool) -> PlanPart {
    let step = parts::step(now.part);
    let told = now.is_done() && planned.is_none();
    let todo = !now.is_done();
    PlanPart {
        kind: rail::id(step),
        name: made.say(step.title()),
        takes: todo.then(|| made.say(message!("plan-takes", role = Arg::term(now.role)))),
        finding: standing(made, now, working),
        lines: if told {
            Vec::new()
        } else {
            lines(made, now, planned.unwrap_or(now), working)
        },
        facts: if told { facts(made, now) } else { Vec::new() },
        details: match todo && now.part == Part::Credential && planned.is_none() {
            true => kind(made).into_iter().chain(life(made)).collect(),
            false => Vec::new(),
        },
        messages: messages(made, now),
        acts: acts(made, now, planned.is_some()),
        note: note(made, now),
    }
}

fn standing(made: &Made<'_>, now: &PartPlan, working: bool) -> Finding {
    let (tone, word) = match now.stands {
        Stands::Done { .. } if now.part == Part::Permissions && stays_for_now(made.wizard.state()) => {
            (Tone::Waiting, message!("adopting-later-part"))
        }
        Stands::Done { .. }
            if now.part == Part::Protocols && switches::stands_in_the_way(made.wizard.state()) =>
        {
            (Tone::NeedsYou, message!("plan-is-off"))
        }
        Stands::Done { .. } => (Tone::Works, message!("plan-is-done")),
        Stands::Waiting { .. } => (Tone::Waiting, message!("plan-is-applied")),
        Stands::TooBroad => (Tone::TooBroad, message!("plan-is-too-broad")),
        Stands::Ended => (Tone::NeedsYou, message!("plan-has-ended")),
        Stands::Todo if working => (Tone::Waiting, message!("plan-is-under-way")),
        Stands::Todo => match now.may {
            May::You => (Tone::Works, message!("plan-may-you")),
            May::Perhaps => (Tone::Unknown, message!("plan-may-unknown")),
            May::Ask => (Tone::NeedsYou, whom_to_ask(now.part)),
            May::Nobody => (Tone::NotNeeded, message!("plan-may-sign-in")),
        },
    };
    finding(tone, &made.say(word))
}

/// Whom to ask for a part.
fn whom_to_ask(part: Part) -> Message {
    match part {
        Part::App | Part::Permissions | Part::Credential => message!("plan-ask-app-role"),
        Part::Scope | Part::Protocols => message!("plan-ask-exchange-role"),
    }
}

fn lines(made: &Made<'_>, now: &PartPlan, planned: &PartPlan, working: bool) -> Vec<PartLine> {
    let state = made.wizard.state();
    let checked = match now.stands {
        Stands::Done { checked } | Stands::Waiting { checked, .. } => Some(checked),
        _ => None,
    };
    let mut next = working;
    let mut line = |line: &Line, untouched: LineState| {
        let is_made = line.is_done(state) && untouched != LineState::ToRead;
        let (state, stamp) = match checked {
            Some(at) => (
                LineState::Checked,
                Some(message!("plan-line-checked", at = Arg::near_seconds(at))),
            ),
            None if is_made && line.is_there() => (LineState::Made, None),
            None if is_made => (LineState::Made, Some(message!("plan-line-made"))),
            None if std::mem::take(&mut next) => (LineState::Working, None),
            None => (untouched, None),
        };
        PartLine {
            title: made.say(line.said.clone()),
            detail: made.detail(&line.said),
            state,
            stamp: stamp.map(|stamp| made.say(stamp)),
        }
    };
    let mut lines: Vec<PartLine> = planned
        .will
        .iter()
        .map(|one| match one.takes_away() {
            true => line(one, LineState::ToTakeAway),
            false => line(one, LineState::Todo),
        })
        .collect();
    lines.extend(planned.reads.iter().map(|one| line(one, LineState::ToRead)));
    lines
}

/// What is true of a part that is done.
fn facts(made: &Made<'_>, now: &PartPlan) -> Vec<Fact> {
    let state = made.wizard.state();
    let said = |term: Message, value: Arg| fact(&made.say(term), made.value(value));
    let with_id =
        |term: Message, value: Arg, id: Arg| fact_with_id(&made.say(term), made.value(value), made.value(id));
    let mut facts = Vec::new();
    match now.part {
        Part::App => {
            if let Some(app) = state.at_hand().app() {
                facts.push(with_id(
                    message!("plan-fact-app"),
                    app_name(state, &app.name),
                    Arg::ends(app.client_id),
                ));
            }
        }
        Part::Permissions => {
            let notes = state.at_hand();
            let old = notes.old_grants().unwrap_or_default().len() + notes.old_roles().count();
            let opened = match old {
                0 => message!("plan-none-opened"),
                count => message!("adopting-stay-for-now", count = count),
            };
            facts.push(said(message!("plan-fact-entra"), opened.into()));
        }
        Part::Credential => {
            if let Some(secret) = &state.at_hand().secret {
                let end = message!(
                    "plan-ends",
                    day = Arg::date(secret.ends_at),
                    left = ends(made.now, secret.ends_at)
                );
                facts.push(with_id(
                    message!("plan-fact-ends"),
                    end.into(),
                    Arg::ends(secret.key),
                ));
            }
        }
        Part::Scope => {
            let limit = state.at_hand().limit();
            facts.push(said(message!("plan-fact-mailboxes"), limited_to(state, &limit)));
            let may: Vec<Message> = match limit.scope {
                Some(_) => limit.assignments.iter().map(|(one, _)| one.said()).collect(),
                None => made.wizard.permissions().iter().map(|one| one.said()).collect(),
            };
            facts.push(said(message!("plan-fact-may"), Arg::list(Join::Commas, may)));
        }
        Part::Protocols => facts.extend(protocols::facts(made)),
    }
    if let Stands::Done { checked } | Stands::Waiting { checked, .. } = now.stands {
        facts.push(said(message!("plan-fact-checked"), Arg::near_seconds(checked)));
    }
    facts
}

/// What the app signs in with, where there is a choice, said in words and changed where it stands.
fn kind(made: &Made<'_>) -> Option<PlanDetail> {
    let group = secret::kinds(made)?;
    let kind = secret_life::kind(made.wizard);
    Some(PlanDetail {
        label: made.say(message!("plan-signs-in-with", kind = Arg::term(kind.name()))),
        group,
    })
}

/// How long the secret lasts, said in words and changed where it stands.
fn life(made: &Made<'_>) -> Option<PlanDetail> {
    let group = secret::lives(made)?;
    let days = secret_life::days(made.wizard);
    let end = secret::end_after(made, days)?;
    Some(PlanDetail {
        label: made.say(message!(
            "plan-lasts",
            days = days.unsigned_abs(),
            end = Arg::date(end)
        )),
        group,
    })
}

fn messages(made: &Made<'_>, now: &PartPlan) -> Vec<Notice> {
    match (now.part, now.stands) {
        (Part::Permissions, Stands::TooBroad) => permissions::broad(made),
        (Part::Protocols, _) if now.answered => protocols::notices(made),
        (Part::Credential, Stands::Todo) if secret_life::kind(made.wizard) == CredentialKind::Certificate => {
            secret::certificate_only(made).into_iter().collect()
        }
        (Part::Credential, Stands::Todo) if secret_life::are_forbidden(made.wizard) => {
            vec![message(
                MessageTone::NeedsYou,
                made.say(message!("plan-secrets-forbidden")),
                made.say(message!("plan-secrets-forbidden-text")),
            )]
        }
        _ => Vec::new(),
    }
}

fn note(made: &Made<'_>, now: &PartPlan) -> Option<String> {
    Some(made.say(match (now.part, now.stands) {
        (Part::App, Stands::Done { .. }) if !now.may_undo => is_last(made.wizard.state()),
        (Part::Credential, Stands::Todo) => message!("plan-nobody-sees"),
        (Part::Scope, Stands::Todo) => message!(
            "plan-limit-takes",
            usually = made.wizard.http().cloud().waits.usual()
        ),
        _ => return None,
    }))
}

/// What has to be taken back before the app can be.
pub fn is_last(state: &engine::state::State) -> Message {
    match state.at_hand() {
        app if app.changed_for_good => message!("adopting-stays-taken-over"),
        app if app.adopted.is_some() => message!("adopting-is-last"),
        _ => message!("plan-app-is-last"),
    }
}

/// The way back of what is made. Nothing is offered in a plan that is under way.
fn acts(made: &Made<'_>, now: &PartPlan, in_run: bool) -> Vec<Button> {
    let request = || Request::RemovePart {
        part: rail::id(parts::step(now.part)),
    };
    let remove = match now.part {
        Part::App => app::undo_label(made.wizard.state()),
        Part::Permissions => return Vec::new(),
        Part::Credential => message!("secret-remove"),
        Part::Scope => message!("limit-remove"),
        Part::Protocols => message!("asking-switch-off"),
    };
    if in_run || !now.may_undo {
        return Vec::new();
    }
    vec![removing(made.say(remove), request())]
}

/// Whether who is signed in may do what is left, in one sentence.
fn sentence(now: &[PartPlan]) -> Message {
    let left: Vec<&PartPlan> = now.iter().filter(|plan| !plan.is_done()).collect();
    if left.iter().any(|plan| plan.may == May::Nobody) {
        return message!("plan-nobody-signed-in");
    }
    let ask: Vec<&PartPlan> = left.iter().copied().filter(|plan| plan.may == May::Ask).collect();
    let perhaps = left.iter().filter(|plan| plan.may == May::Perhaps).count();
    if ask.is_empty() && perhaps > 0 {
        return message!("plan-can-perhaps", count = left.len(), perhaps = perhaps);
    }
    if ask.is_empty() {
        return match left.len() {
            count if count > 1 && count == counted(now) => message!("plan-can-all", count = count),
            count => message!("plan-can-left", count = count),
        };
    }
    let (to_grant, others): (Vec<&PartPlan>, Vec<_>) = ask.iter().partition(|plan| plan.role == GRANT_ROLE);
    let of_app_role = others.iter().filter_map(|plan| asked_for(plan.part));
    let of_app_role: Vec<Message> = of_app_role.collect();
    let mut asks = Vec::new();
    if !of_app_role.is_empty() {
        asks.push(message!(
            "plan-asks-app-role",
            parts = Arg::list(Join::And, of_app_role)
        ));
    }
    if !to_grant.is_empty() {
        asks.push(message!("plan-asks-grant-role"));
    }
    if ask.iter().any(|plan| plan.part == Part::Scope) {
        asks.push(message!("plan-asks-exchange-role"));
    } else if ask.iter().any(|plan| plan.part == Part::Protocols) {
        asks.push(message!("plan-asks-exchange-role-to-switch"));
    }
    message!(
        "plan-can-some",
        can = left.len() - ask.len(),
        all = left.len(),
        asks = Arg::list(Join::Semicolons, asks)
    )
}

/// How many parts there are to be done by anybody: a protocol that is off is no work before somebody asks for it.
fn counted(now: &[PartPlan]) -> usize {
    let is_work = |plan: &&PartPlan| plan.part != Part::Protocols || !plan.is_done();
    now.iter().filter(is_work).count()
}

/// A part as it is asked for of whoever makes apps.
fn asked_for(part: Part) -> Option<Message> {
    match part {
        Part::App => Some(message!("plan-asked-app")),
        Part::Permissions => Some(message!("plan-asked-permissions")),
        Part::Credential => Some(message!("plan-asked-secret")),
        Part::Scope | Part::Protocols => None,
    }
}

/// Who else is needed, with the message to send them.
fn needed(made: &Made<'_>, now: &[PartPlan]) -> Vec<Notice> {
    let ask = now.iter().find(|plan| !plan.is_done() && plan.may == May::Ask);
    let Some(ask) = ask else { return Vec::new() };
    let title = match ask.part {
        Part::App => message!("plan-app-takes"),
        Part::Permissions if ask.role == GRANT_ROLE => message!("plan-grant-takes"),
        Part::Permissions => message!("plan-permissions-take"),
        Part::Credential => message!("plan-secret-takes"),
        Part::Scope => message!("plan-limit-takes-role"),
        Part::Protocols => message!("plan-protocols-take-role"),
    };
    let copy = Button {
        icon: Some(ActIcon::Copy),
        ..button(
            ButtonKind::Secondary,
            made.say(message!("plan-copy-request")),
            Request::CopyRequest,
        )
    };
    vec![Notice {
        action: Some(copy),
        ..message(
            MessageTone::NeedsYou,
            made.say(title),
            made.value(Arg::list(
                Join::Sentences,
                [message!("plan-send-request"), so_far(made.wizard.state())],
            )),
        )
    }]
}

fn actions(made: &Made<'_>, now: &[PartPlan]) -> Vec<Button> {
    let state = made.wizard.state();
    let Some(next) = now.iter().find(|plan| !plan.is_done()) else {
        return vec![primary(made.say(message!("plan-continue")), Request::Continue)];
    };
    let scope_unanswered = now.iter().any(|plan| !plan.answered && plan.may != May::Ask);
    let first = match (next.may, next.stands) {
        (May::Nobody, _) => primary(made.say(message!("plan-sign-in")), Request::SignIn),
        _ if scope_unanswered => primary(
            made.say(message!("plan-choose-mailboxes")),
            Request::GoTo {
                step: "mailboxes".into(),
            },
        ),
        (May::Ask, _) => primary(made.say(message!("plan-sign-in-as-another")), Request::SignIn),
        (_, Stands::TooBroad) => primary(made.say(message!("plan-look-again")), Request::Check),
        (_, Stands::Ended) => Button {
            kind: ButtonKind::Primary,
            ..removing(
                made.say(message!("plan-remove-ended")),
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
            primary(made.say(message!("plan-make", count = within)), Request::Commit)
        }
    };
    let first = match (next.stands, state.handed_over) {
        // What was handed over is renewed: removing it first would stop the platform.
        (Stands::Ended, Some(_)) if renew::may_begin(made.wizard) => match renewal(made) {
            Some(renewal) => renewal,
            None => first,
        },
        _ => first,
    };
    let commits = first.request == Request::Commit;
    let mut actions = vec![first];
    if commits {
        actions.push(secondary(
            made.say(message!("plan-one-part")),
            Request::GoTo {
                step: rail::id(parts::step(next.part)),
            },
        ));
    }
    if renew::may_drop(made.wizard) {
        actions.push(button(
            ButtonKind::Subtle,
            made.say(message!("renewing-drop")),
            Request::DropRenewal,
        ));
    }
    actions
}

/// What begins the renewal of the open connection.
fn renewal(made: &Made<'_>) -> Option<Button> {
    let id = made.wizard.connection().ok()?.to_string();
    Some(primary(
        made.say(message!("renewing-renew")),
        Request::Renew { id },
    ))
}
