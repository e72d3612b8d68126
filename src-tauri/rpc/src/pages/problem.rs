//! A problem, in place of the content of its step.

use domain::problem::{Code, Problem, Remedy, Retry, Who};
use jiff::Timestamp;
use journey::problems::GRANTERS;

use super::{fact, page, primary, secondary};
use crate::request::Request;
use crate::times::Times;
use crate::view::{Button, ButtonKind, Content, Fact, Page};

/// The page.
pub fn page_of(problem: &Problem, times: &Times, now: Timestamp) -> Page {
    let mut facts = vec![
        fact("What happened", &problem.happened),
        fact("Why", &problem.why),
        fact("What to do", &problem.next),
        fact("Who can fix it", who(&problem.who)),
    ];
    if let Retry::After { at } = problem.retry {
        facts.push(fact("Try again from", times.soon(at, now)));
    }
    facts.extend(
        problem
            .exists
            .as_ref()
            .map(|exists| fact("What exists now", exists)),
    );
    let content = Content::Problem {
        facts,
        request: problem.request.clone(),
        details: details(problem, times),
        code: problem.code.as_str().to_owned(),
    };
    let mut page = page(
        &format!("problem-{}", problem.code.as_str()),
        &problem.title,
        None,
        content,
    );
    let again = match problem.code.remedy() {
        Remedy::Again => "Try again",
        Remedy::SignIn => "Sign in again",
        Remedy::App if problem.code == Code::AppPrincipalGone => "Make it anew",
        Remedy::App => "Go to the app",
        Remedy::Restore => "Restore it",
        Remedy::Client => "Choose another app",
        Remedy::Mailboxes => "Go to the mailboxes",
        Remedy::Page => "Choose something else",
        Remedy::Connections => "Go to your connections",
        Remedy::Look => "Look at it",
        Remedy::Secret => "Make a new secret",
        Remedy::Proof => "Go to the proof",
    };
    page.actions = match (&problem.request, problem.retry) {
        (Some(_), Retry::No) => vec![primary("Copy the request", Request::CopyRequest)],
        (Some(_), _) => vec![
            primary("Copy the request", Request::CopyRequest),
            secondary(again, Request::TryAgain),
        ],
        (None, Retry::No) => vec![primary("Back to your connections", Request::SaveAndClose)],
        (None, _) => vec![primary(again, Request::TryAgain)],
    };
    page.actions.push(Button {
        icon: Some("copy".into()),
        ..super::button(ButtonKind::Subtle, "Copy the details", Request::CopyDetails)
    });
    page
}

fn who(who: &Who) -> String {
    match who {
        Who::You => "You.".into(),
        Who::AnotherAdmin { role } => format!("Somebody with the role {role}."),
        Who::Grants { role } => {
            format!("Whoever may give you the role {role}: {GRANTERS}. Or somebody who holds it already.")
        }
        Who::Network => "You, or whoever runs your network.".into(),
        Who::Microsoft => "Microsoft. Waiting usually helps.".into(),
        Who::Us => "The makers of Mailgrant.".into(),
    }
}

fn details(problem: &Problem, times: &Times) -> Vec<Fact> {
    let evidence = &problem.evidence;
    let mut facts = vec![fact("Problem", problem.code.as_str())];
    facts.extend(evidence.call.as_ref().map(|call| fact("Call", call)));
    facts.extend(
        evidence
            .status
            .map(|status| fact("HTTP status", status.to_string())),
    );
    facts.extend(evidence.code.as_ref().map(|code| fact("Microsoft's code", code)));
    facts.extend(
        evidence
            .message
            .as_ref()
            .map(|message| fact("In its own words", message)),
    );
    facts.extend(evidence.request_id.as_ref().map(|id| fact("Request id", id)));
    facts.extend(
        evidence
            .at
            .map(|at| fact("At", format!("{} on {}", times.seconds(at), times.date(at)))),
    );
    facts
}

/// The details as a text to send to support.
pub fn details_text(problem: &Problem, times: &Times) -> String {
    let lines: Vec<String> = details(problem, times)
        .into_iter()
        .map(|fact| format!("{}: {}", fact.term, fact.value))
        .collect();
    format!("{}\n{}\n{}", problem.title, problem.happened, lines.join("\n"))
}
