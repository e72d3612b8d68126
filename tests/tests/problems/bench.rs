//! An organisation, a wizard in front of it, and somebody who decides what goes wrong.

use std::sync::{Arc, Mutex};

use domain::trace::{Point, Trace};
use journeys::headless::{Headless, Start, step};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use practice::{Answer, ClockKind, Handle, Options, Scenario, Snapshot, Trouble};
use rpc::request::Request;
use rpc::view::{Content, Fact, View};
use tempfile::TempDir;

pub const DANA: &str = "dana.reyes@contoso.example";
pub const MAILBOXES: &str = "support@contoso.example, billing@contoso.example";
pub const REFUSED: &str = "ceo@contoso.example";
/// More problems than any journey here meets.
const MOST_PROBLEMS: usize = 30;

/// What is going to happen to the next so many requests of one call.
pub type Plans = Arc<Mutex<Vec<(String, usize, Answer)>>>;

/// An organisation, a wizard in front of it, and somebody who decides what goes wrong.
pub struct Bench {
    pub handle: Arc<Handle>,
    pub organisation: Organisation,
    pub session: Headless,
    /// The wizard's clock: waiting by it moves the organisation's time along.
    pub clock: journey::Clock,
    pub plans: Plans,
    pub data: TempDir,
    pub export: TempDir,
}

pub async fn practice() -> Handle {
    practice_with(Scenario::default()).await
}

pub async fn practice_with(scenario: Scenario) -> Handle {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    practice::start(Options {
        clock: ClockKind::Explicit { start },
        mailboxes: 300,
        scenario,
        ..Options::default()
    })
    .await
    .unwrap()
}

impl Bench {
    pub async fn new(account: &str) -> Self {
        Self::with(practice().await, account).await
    }

    pub async fn with(handle: Handle, account: &str) -> Self {
        let handle = Arc::new(handle);
        let organisation = Organisation::from(&*handle);
        let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let plans = Plans::default();
        let (planned, told) = (Arc::clone(&plans), Arc::downgrade(&handle));
        // The call's name tells one cmdlet of Exchange from another, which its address does not.
        let trace = Trace::to(move |point| {
            let Point::Sending(call) = point else { return };
            let Some(handle) = told.upgrade() else { return };
            let mut plans = planned.lock().unwrap();
            let due = plans
                .iter_mut()
                .find(|(name, left, _)| *name == call && *left > 0);
            handle.set_trouble(match due {
                Some((_, left, answer)) => {
                    *left -= 1;
                    vec![once(answer.clone())]
                }
                None => Vec::new(),
            });
        });
        let clock = clock_of(&organisation).await.unwrap();
        let session = Headless::start(Start {
            organisation: &organisation,
            reader: Reader::new(account),
            data: data.path(),
            export: export.path(),
            keychain: "mailgrant problems test",
            clock: clock.clone(),
            trace,
        });
        Self {
            handle,
            organisation,
            session,
            clock,
            plans,
            data,
            export,
        }
    }

    pub fn plan(&self, call: &str, times: usize, answer: Answer) {
        self.plans.lock().unwrap().push((call.to_owned(), times, answer));
    }

    /// A second window of the program on the same connections.
    pub async fn another_window(&self) -> Headless {
        Headless::start(Start {
            organisation: &self.organisation,
            reader: Reader::new(DANA),
            data: self.data.path(),
            export: self.export.path(),
            keychain: "mailgrant problems test",
            clock: clock_of(&self.organisation).await.unwrap(),
            trace: Trace::default(),
        })
    }

    /// Gives the seat at the browser to somebody.
    pub fn sits(&self, reader: Reader) {
        *self.session.reader.lock().unwrap() = reader;
    }

    /// Goes on to a page, or to the end.
    pub async fn go_on(&mut self, until: Option<&str>) -> View {
        self.session.go_on(until, MAILBOXES, REFUSED).await.unwrap();
        self.session.view()
    }

    /// Goes on to the problem that is expected, and sees that it is told as one.
    pub async fn meets(&mut self, code: &str) -> View {
        let view = self.go_on(Some(&format!("problem-{code}"))).await;
        assert_eq!(view.page.key, format!("problem-{code}"));
        told_well(&view);
        view
    }

    /// Goes on to the end, trying again at every problem, and tells which there were: code and step.
    pub async fn whatever_comes(&mut self) -> Vec<(String, String)> {
        let mut met = Vec::new();
        for _ in 0..MOST_PROBLEMS {
            let outcome = self.session.go_on(None, MAILBOXES, REFUSED).await;
            let view = self.session.view();
            let Some(code) = view.page.key.strip_prefix("problem-") else {
                outcome.unwrap();
                assert_eq!(view.page.key, "exported");
                return met;
            };
            told_well(&view);
            met.push((code.to_owned(), step(&view)));
            let after = self.session.press(Request::TryAgain).await.unwrap();
            assert_eq!(
                step(&after),
                met.last().unwrap().1,
                "{code} leads away from its step"
            );
        }
        panic!("one problem after another: {met:?}");
    }

    /// What must be true at the end, whatever went wrong before.
    pub fn all_is_well(&self) {
        assert_eq!(self.session.page(), "exported");
        assert_eq!(self.session.typed, 2, "something was typed again");
        let snapshot = self.handle.snapshot();
        assert_eq!(snapshot.foreign_changes, Vec::<String>::new());
        let ours: Vec<_> = snapshot.applications.iter().filter(|app| !app.foreign).collect();
        assert_eq!(ours.len(), 1, "apps");
        assert_eq!(ours[0].passwords.len(), 1, "secrets");
        let count = |all: usize, wanted: usize, what: &str| assert_eq!(all, wanted, "{what}");
        let principals = snapshot.service_principals.iter().filter(|one| !one.foreign);
        count(principals.count(), 1, "service principals");
        let exchange = &snapshot.exchange;
        count(
            exchange
                .service_principals
                .iter()
                .filter(|one| !one.foreign)
                .count(),
            1,
            "principals in Exchange",
        );
        count(
            exchange.scopes.iter().filter(|one| !one.foreign).count(),
            1,
            "scopes",
        );
        count(
            exchange.assignments.iter().filter(|one| !one.foreign).count(),
            2,
            "assignments",
        );
        count(grants(&snapshot), 0, "grants in Entra");
    }
}

pub fn grants(snapshot: &Snapshot) -> usize {
    snapshot
        .app_role_assignments
        .iter()
        .filter(|grant| !grant.foreign)
        .count()
}

fn once(answer: Answer) -> Trouble {
    Trouble {
        on: "*".into(),
        answer,
        ..Trouble::default()
    }
}

pub fn status(status: u16) -> Answer {
    Answer {
        status: Some(status),
        ..Answer::default()
    }
}

fn facts(view: &View) -> &[Fact] {
    match &view.page.content {
        Content::Problem { facts, .. } => facts,
        other => panic!("no problem: {other:?}"),
    }
}

pub fn fact(view: &View, term: &str) -> String {
    let found = facts(view).iter().find(|fact| fact.term == term);
    found.map(|fact| fact.value.clone()).unwrap_or_default()
}

/// Three sentences, who can fix it, what exists, something to press, and nothing in it that only an engineer reads.
pub fn told_well(view: &View) {
    for term in [
        "What happened",
        "Why",
        "What to do",
        "Who can fix it",
        "What exists now",
    ] {
        let value = fact(view, term);
        assert!(value.ends_with('.'), "{}: {term} says {value:?}", view.page.key);
        assert!(
            !value.contains("AADSTS") && !value.contains("HTTP"),
            "{}: {value}",
            view.page.key
        );
    }
    assert!(!view.page.actions.is_empty());
    assert!(view.title.starts_with("Problem: "), "{}", view.title);
}

pub fn at(code: &str, steps: &[&str]) -> Vec<(String, String)> {
    steps
        .iter()
        .map(|step| (code.to_owned(), (*step).to_owned()))
        .collect()
}
