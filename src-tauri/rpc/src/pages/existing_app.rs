//! Which app is taken over, of those that somebody else registered, and what is wrong with it.

use domain::message;
use domain::message::{Arg, Kind};
use domain::step::StepId;
use engine::progress::may_undo;
use journey::adopt::{Candidate, Fault, Found, Held, Surveyed, Weight};

use super::export::platform;
use super::{Made, button, fact_with_id, message, page, primary, removing, secondary};
use crate::request::Request;
use crate::view::{Button, ButtonKind, Content, FoundApp, KeyFact, Message as Notice, MessageTone, Page};

/// Where it is looked for.
pub fn of_the_search(made: &Made<'_>, text: &str, found: Option<&Found>) -> Page {
    let content = Content::FindApp {
        field: "app".into(),
        label: made.say(message!("adopting-label")),
        hint: made.say(message!("adopting-hint", platform = platform(made))),
        text: made.value(Arg::name(Kind::Typed, text)),
        search: made.say(message!("adopting-search")),
        found_heading: found
            .filter(|found| !found.apps.is_empty())
            .map(|found| made.say(message!("adopting-found", count = found.apps.len()))),
        found: found
            .iter()
            .flat_map(|found| &found.apps)
            .map(|candidate| listed(made, candidate))
            .collect(),
        messages: found
            .filter(|found| found.more)
            .map(|_| {
                message(
                    MessageTone::NeedsYou,
                    made.say(message!("adopting-more")),
                    made.say(message!("adopting-more-text")),
                )
            })
            .into_iter()
            .collect(),
    };
    let mut page = page(
        "existing-app",
        made.say(message!("adopting-heading", platform = platform(made))),
        Some(&made.say(message!("adopting-lead"))),
        content,
    );
    page.actions = vec![
        primary(made.say(message!("adopting-search")), Request::Submit),
        secondary(made.say(message!("adopting-new-instead")), Request::MakeNewApp),
    ];
    page.action_note = Some(made.say(message!("adopting-note")));
    page
}

/// Once it is taken over nothing is asked here any more.
pub fn taken_over(made: &Made<'_>, name: &str) -> Page {
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: Vec::new(),
        facts: Vec::new(),
        messages: Vec::new(),
    };
    let name = Arg::name(Kind::App, name);
    let mut page = page(
        "existing-app-taken-over",
        made.say(message!("adopting-taken-over", app = name)),
        Some(&made.say(message!("adopting-taken-over-lead"))),
        content,
    );
    page.actions = vec![primary(
        made.say(message!("platform-continue")),
        Request::Continue,
    )];
    if may_undo(made.wizard.state(), StepId::App) {
        page.actions.push(removing(
            made.say(message!("adopting-give-back")),
            Request::RemovePart { part: "app".into() },
        ));
    }
    page
}

fn listed(made: &Made<'_>, candidate: &Candidate) -> FoundApp {
    let name = Arg::name(Kind::App, &candidate.name);
    FoundApp {
        id: made.value(Arg::ends(candidate.client)),
        detail: made.say(match (candidate.made_at, candidate.ends_at) {
            (Some(at), Some(end)) => {
                message!("adopting-made-ends", day = Arg::date(at), end = Arg::date(end))
            }
            (Some(at), None) => message!("adopting-made", day = Arg::date(at)),
            (None, _) => message!("adopting-made-once"),
        }),
        act: Button {
            full_label: Some(made.say(message!("adopting-look-at-this", app = name.clone()))),
            ..button(
                ButtonKind::Secondary,
                made.say(message!("adopting-look-at")),
                Request::LookAtApp {
                    id: candidate.object.to_string(),
                },
            )
        },
        name: made.value(name),
    }
}

/// One of them, with what is wrong with it.
pub fn of_one(made: &Made<'_>, surveyed: &Surveyed) -> Page {
    let (_, client, name) = surveyed.app();
    let name = || Arg::name(Kind::App, name);
    let count = |weight| {
        surveyed
            .faults
            .iter()
            .filter(|fault| fault.weight() == weight)
            .count()
    };
    let bars = count(Weight::Bars);
    let put_right = count(Weight::PutRight);
    let key_fact = |term, value: Arg, detail| KeyFact {
        term: made.say(term),
        value: made.value(value),
        detail: made.say(detail),
    };
    let content = Content::Done {
        key_facts: vec![
            key_fact(
                message!("adopting-reaches"),
                reach(surveyed),
                message!("adopting-reaches-text"),
            ),
            key_fact(
                message!("adopting-to-put-right"),
                put_right.into(),
                message!("adopting-to-put-right-text", count = put_right),
            ),
        ],
        happened: Vec::new(),
        facts: vec![fact_with_id(
            &made.say(message!("adopting-client-id")),
            made.value(name()),
            made.value(Arg::id(client)),
        )],
        messages: others(made, bars)
            .into_iter()
            .chain(surveyed.faults.iter().map(|fault| told(made, fault)))
            .collect(),
    };
    let heading = match (bars, put_right) {
        (0, 0) if surveyed.faults.is_empty() => message!("adopting-nothing-wrong", app = name()),
        (0, 0) => message!("adopting-only-stays", app = name()),
        (0, count) => message!("adopting-wrong", app = name(), count = count),
        (_, _) => message!("adopting-barred", app = name()),
    };
    let lead = match bars {
        0 => message!("adopting-one-lead", platform = platform(made)),
        _ => message!("adopting-barred-lead"),
    };
    let mut page = page("app-found", made.say(heading), Some(&made.say(lead)), content);
    if bars == 0 {
        page.actions
            .push(primary(made.say(message!("adopting-take-over")), Request::Commit));
        page.action_note = Some(made.say(message!("adopting-take-over-note")));
    }
    page.actions.push(secondary(
        made.say(message!("adopting-another")),
        Request::LookForAnother,
    ));
    page
}

/// That whatever else signs in as the app loses what it has as well.
fn others(made: &Made<'_>, bars: usize) -> Option<Notice> {
    (bars == 0).then(|| {
        message(
            MessageTone::Problem,
            made.say(message!("adopting-others", platform = platform(made))),
            made.say(message!("adopting-others-text", platform = platform(made))),
        )
    })
}

/// How far the app reaches now, in a word or two.
fn reach(surveyed: &Surveyed) -> Arg {
    let opens = |held: bool| {
        surveyed.faults.iter().any(|fault| match fault {
            Fault::OpensMailboxes { held: is, .. } => (*is == Held::To) == held,
            Fault::Unclear { .. } | Fault::ByProtocol { .. } => !held,
            _ => false,
        })
    };
    match (opens(false), opens(true)) {
        (true, _) => message!("adopting-reach-all"),
        (false, true) => message!("adopting-reach-held"),
        (false, false) => message!("adopting-reach-none"),
    }
    .into()
}

fn told(made: &Made<'_>, fault: &Fault) -> Notice {
    let tone = match fault.weight() {
        Weight::Bars => MessageTone::Problem,
        Weight::PutRight | Weight::Stays => MessageTone::NeedsYou,
    };
    let said = fault.said();
    message(tone, made.say(said.clone()), made.detail(&said))
}
