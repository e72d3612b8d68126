//! A problem, in place of the content of its step.

use domain::message;
use domain::message::{Arg, Message};
use domain::problem::{Code, Problem, Remedy, Retry, Who};
use words::Speaker;

use super::{fact, page, primary, secondary};
use crate::request::Request;
use crate::view::{ActIcon, Button, ButtonKind, Content, Fact, Page};

/// The page.
pub fn page_of(problem: &Problem, speaker: &Speaker) -> Page {
    let say = |message: Message| speaker.say(&message);
    let written = speaker.problem(problem);
    let mut facts = vec![
        fact(&say(message!("problem-happened")), written.happened),
        fact(&say(message!("problem-why")), written.why),
        fact(&say(message!("problem-next")), written.next),
        fact(&say(message!("problem-who")), say(who(&problem.who))),
    ];
    if let Retry::After { at } = problem.retry {
        facts.push(fact(
            &say(message!("problem-again-from")),
            speaker.value(&Arg::soon(at)),
        ));
    }
    facts.extend(
        written
            .exists
            .map(|exists| fact(&say(message!("problem-exists")), exists)),
    );
    let content = Content::Problem {
        facts,
        request: written.request,
        details: details(problem, speaker),
        code: problem.code.as_str().to_owned(),
        stopped: None,
    };
    let mut page = page(
        &format!("problem-{}", problem.code.as_str()),
        written.title,
        None,
        content,
    );
    let again = say(match problem.code.remedy() {
        Remedy::Again => message!("problem-try-again"),
        Remedy::SignIn => message!("problem-sign-in"),
        Remedy::App if problem.code == Code::AppPrincipalGone => message!("problem-make-anew"),
        Remedy::App => message!("problem-go-to-app"),
        Remedy::Restore => message!("problem-restore"),
        Remedy::Client => message!("problem-another-app"),
        Remedy::Mailboxes => message!("problem-go-to-mailboxes"),
        Remedy::Page => message!("problem-choose-else"),
        Remedy::Connections => message!("problem-go-to-connections"),
        Remedy::Look => message!("problem-look"),
        Remedy::Secret => message!("problem-new-secret"),
        Remedy::Proof => message!("problem-go-to-proof"),
    });
    let copy = || primary(say(message!("problem-copy-request")), Request::CopyRequest);
    page.actions = match (&problem.request, problem.retry) {
        (Some(_), Retry::No) => vec![copy()],
        (Some(_), _) => vec![copy(), secondary(again, Request::TryAgain)],
        (None, Retry::No) => vec![primary(say(message!("problem-back")), Request::SaveAndClose)],
        (None, _) => vec![primary(again, Request::TryAgain)],
    };
    page.actions.push(Button {
        icon: Some(ActIcon::Copy),
        ..super::button(
            ButtonKind::Subtle,
            say(message!("problem-copy-details")),
            Request::CopyDetails,
        )
    });
    page
}

fn who(who: &Who) -> Message {
    match who {
        Who::You => message!("problem-you"),
        Who::AnotherAdmin { role } => message!("problem-somebody-with", role = Arg::term(role)),
        Who::Grants { role } => message!(
            "problem-whoever-gives",
            role = Arg::term(role),
            granters = message!("parts-granters")
        ),
        Who::Network => message!("problem-network"),
        Who::Microsoft => message!("problem-microsoft"),
        Who::Us => message!("problem-us"),
    }
}

fn details(problem: &Problem, speaker: &Speaker) -> Vec<Fact> {
    let evidence = &problem.evidence;
    let theirs = |text: &String| Arg::theirs(text);
    let at = evidence.at.map(|at| {
        Arg::from(message!(
            "parts-time-on-day",
            time = Arg::seconds(at),
            day = Arg::date(at)
        ))
    });
    [
        (message!("problem-code"), Some(problem.code.into())),
        (message!("problem-call"), evidence.call.as_ref().map(theirs)),
        (
            message!("problem-status"),
            evidence.status.map(|status| Arg::term(status.to_string())),
        ),
        (message!("problem-their-code"), evidence.code.as_ref().map(theirs)),
        (
            message!("problem-their-words"),
            evidence.message.as_ref().map(theirs),
        ),
        (
            message!("problem-request-id"),
            evidence.request_id.as_ref().map(Arg::id),
        ),
        (message!("problem-at"), at),
    ]
    .into_iter()
    .filter_map(|(term, value)| Some(fact(&speaker.say(&term), speaker.value(&value?))))
    .collect()
}

/// The details as a text to send to support.
pub fn details_text(problem: &Problem, speaker: &Speaker) -> String {
    let lines: Vec<String> = details(problem, speaker)
        .into_iter()
        .map(|fact| format!("{}: {}", fact.term, fact.value))
        .collect();
    let written = speaker.problem(problem);
    format!("{}\n{}\n{}", written.title, written.happened, lines.join("\n"))
}
