//! One fault in the whole life of a connection: onboarded and undone while one remote call goes wrong in one way.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::trace::{Point, Trace};
use jiff::{SignedDuration, Timestamp};
use journey::Clock;
use practice::{Answer, ClockKind, Handle, Options, Trouble, Wrong};
use rpc::request::Request;
use rpc::view::{Content, View};

use crate::Outcome;
use crate::headless::{Headless, Start};
use crate::organisation::Organisation;
use crate::reader::Reader;

const START: &str = "2026-11-22T10:30:00Z";
const MAILBOXES: &str = "support@contoso.example, billing@contoso.example";
const REFUSED: &str = "ceo@contoso.example";
/// The steps that make something, in the order in which it is taken back.
const MADE: [&str; 3] = ["limit", "secret", "app"];
/// A reader who meets one fault presses this often at most before the work goes on.
const MOST_PRESSES: usize = 12;

/// The ways in which a call goes wrong, by name: refusals with and without effect, cut connections, and answers that
/// arrive in time and are wrong.
pub fn faults() -> Vec<(&'static str, Answer)> {
    let plain = Answer::default;
    let status = |status: u16| Answer {
        status: Some(status),
        ..Answer::default()
    };
    let effect = |answer: Answer| Answer {
        takes_effect: true,
        ..answer
    };
    let wrong = |wrong: Wrong| Answer {
        wrong: Some(wrong),
        ..Answer::default()
    };
    vec![
        (
            "cut",
            Answer {
                drop: true,
                ..plain()
            },
        ),
        (
            "cut after effect",
            effect(Answer {
                drop: true,
                ..plain()
            }),
        ),
        (
            "cut in the body",
            Answer {
                cut_after: Some(7),
                ..plain()
            },
        ),
        (
            "half a body",
            Answer {
                truncate: true,
                ..plain()
            },
        ),
        ("400", status(400)),
        ("401", status(401)),
        (
            "token revoked",
            Answer {
                claims_challenge: true,
                ..plain()
            },
        ),
        ("403", status(403)),
        ("404", status(404)),
        ("409", status(409)),
        (
            "429",
            Answer {
                retry_after: Some(2),
                ..status(429)
            },
        ),
        (
            "429 after effect",
            effect(Answer {
                retry_after: Some(2),
                ..status(429)
            }),
        ),
        ("500", status(500)),
        ("503 after effect", effect(status(503))),
        ("504", status(504)),
        (
            "a hotel's page",
            Answer {
                captive_portal: true,
                ..plain()
            },
        ),
        ("no body", wrong(Wrong::Empty)),
        ("a page as JSON", wrong(Wrong::HtmlAsJson)),
        ("an empty object", wrong(Wrong::EmptyObject)),
        ("no ids", wrong(Wrong::WithoutIds)),
    ]
}

/// A life without a fault: its remote calls by name, the first `onboarding` of them up to the export.
#[derive(Debug)]
pub struct Whole {
    /// Every call in order.
    pub calls: Vec<String>,
    /// How many of them the onboarding makes.
    pub onboarding: usize,
}

/// Lives once without a fault and counts.
pub async fn whole(keychain: &str) -> Outcome<Whole> {
    let mut life = Life::begin(keychain, None).await?;
    life.onboard().await?;
    let onboarding = life.calls().len();
    life.undo().await?;
    let calls = life.calls();
    life.end().await;
    Ok(Whole { calls, onboarding })
}

/// Lives with a fault at one call, from 1. What is wrong at the export or after the undo is the error.
pub async fn with(call: usize, answer: &Answer, keychain: &str) -> Outcome {
    let mut life = Life::begin(keychain, Some((call, answer.clone()))).await?;
    let outcome = life.live().await;
    let named = life.calls().get(call - 1).cloned();
    life.end().await;
    match (outcome, named) {
        (Err(why), named) => Err(format!("{}: {why}", named.unwrap_or_default())),
        (Ok(()), None) => Err("the call was never made".into()),
        (Ok(()), Some(_)) => Ok(()),
    }
}

struct Life {
    handle: Arc<Handle>,
    session: Headless,
    calls: Arc<Mutex<Vec<String>>>,
    _folder: tempfile::TempDir,
}

impl Life {
    async fn begin(keychain: &str, fault: Option<(usize, Answer)>) -> Outcome<Self> {
        let start: Timestamp = START.parse().map_err(|error| format!("{error}"))?;
        let options = Options {
            clock: ClockKind::Explicit {
                start: START.parse().map_err(|error| format!("{error:?}"))?,
            },
            ..Options::default()
        };
        let handle = practice::start(options)
            .await
            .map_err(|error| error.to_string())?;
        let handle = Arc::new(handle);
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let calls = Arc::new(Mutex::new(Vec::new()));
        let session = Headless::start(Start {
            organisation: &Organisation::from(&*handle),
            reader: Reader::new("dana.reyes@contoso.example"),
            data: &folder.path().join("data"),
            export: &folder.path().join("export"),
            keychain,
            clock: clock(&handle, start),
            trace: strikes(&handle, &calls, fault),
        });
        Ok(Self {
            handle,
            session,
            calls,
            _folder: folder,
        })
    }

    fn calls(&self) -> Vec<String> {
        self.calls.lock().map(|calls| calls.clone()).unwrap_or_default()
    }

    async fn live(&mut self) -> Outcome {
        self.onboard().await?;
        self.undo().await
    }

    /// To the exported file, with the button that each problem's page offers first.
    async fn onboard(&mut self) -> Outcome {
        for _ in 0..MOST_PRESSES {
            match self.session.go_on(None, MAILBOXES, REFUSED).await {
                Ok(()) => return self.look_at_the_end(),
                Err(_) if self.session.page().starts_with("problem-") => self.press_on().await?,
                Err(why) => return Err(why),
            }
        }
        Err(format!("no end: {}", told(&self.session.view())))
    }

    /// Everything taken back, step by step.
    async fn undo(&mut self) -> Outcome {
        for step in MADE {
            self.take_back(step)
                .await
                .map_err(|why| format!("undo of {step}: {why}"))?;
        }
        self.look_after_the_undo()
    }

    async fn take_back(&mut self, step: &str) -> Outcome {
        for _ in 0..MOST_PRESSES {
            let view = self.session.view();
            let key = view.page.key.as_str();
            if key == "sign-in" || key == "signed-in" {
                let action = view.page.actions.first().ok_or("no way to sign in")?;
                self.session.press(action.request.clone()).await?;
            } else if key.starts_with("problem-") {
                self.press_on().await?;
            } else if key == step {
                return Ok(());
            } else if key == format!("{step}-done") {
                self.session.press(Request::UndoAfterAll).await?;
            } else {
                self.session.press(Request::GoTo { step: step.into() }).await?;
            }
        }
        Err(told(&self.session.view()))
    }

    async fn press_on(&mut self) -> Outcome {
        let view = self.session.view();
        if view.page.key == "problem-internal" {
            return Err(told(&view));
        }
        // What only copies something leads nowhere by itself.
        let action = view.page.actions.iter().find(|action| {
            !matches!(
                action.request,
                Request::CopyRequest | Request::CopyDetails | Request::CopyAddress
            )
        });
        let action = action.ok_or_else(|| format!("no way on: {}", told(&view)))?;
        self.session.press(action.request.clone()).await.map(drop)
    }

    fn look_at_the_end(&self) -> Outcome {
        let snapshot = self.handle.snapshot();
        let apps: Vec<_> = snapshot.applications.iter().filter(|app| !app.foreign).collect();
        let exchange = &snapshot.exchange;
        let found = [
            ("apps", apps.len(), 1),
            ("live apps", apps.iter().filter(|app| !app.deleted).count(), 1),
            ("secrets", apps.iter().map(|app| app.passwords.len()).sum(), 1),
            (
                "enterprise applications",
                snapshot
                    .service_principals
                    .iter()
                    .filter(|it| !it.foreign)
                    .count(),
                1,
            ),
            (
                "grants in Entra",
                snapshot
                    .app_role_assignments
                    .iter()
                    .filter(|it| !it.foreign)
                    .count(),
                0,
            ),
            (
                "service principals in Exchange",
                exchange
                    .service_principals
                    .iter()
                    .filter(|it| !it.foreign)
                    .count(),
                1,
            ),
            (
                "scopes",
                exchange.scopes.iter().filter(|it| !it.foreign).count(),
                1,
            ),
            (
                "assignments",
                exchange.assignments.iter().filter(|it| !it.foreign).count(),
                2,
            ),
            (
                "changes of what is somebody else's",
                snapshot.foreign_changes.len(),
                0,
            ),
        ];
        compare("at the export", &found)
    }

    fn look_after_the_undo(&self) -> Outcome {
        let snapshot = self.handle.snapshot();
        let exchange = &snapshot.exchange;
        let live = snapshot
            .applications
            .iter()
            .filter(|app| !app.foreign && !app.deleted);
        let found = [
            ("live apps", live.count(), 0),
            (
                "service principals in Exchange",
                exchange
                    .service_principals
                    .iter()
                    .filter(|it| !it.foreign)
                    .count(),
                0,
            ),
            (
                "scopes",
                exchange.scopes.iter().filter(|it| !it.foreign).count(),
                0,
            ),
            (
                "assignments",
                exchange.assignments.iter().filter(|it| !it.foreign).count(),
                0,
            ),
            (
                "changes of what is somebody else's",
                snapshot.foreign_changes.len(),
                0,
            ),
        ];
        compare("after the undo", &found)
    }

    async fn end(self) {
        let Self { handle, session, .. } = self;
        drop(session);
        // The session's thread may hold its upgraded handle for a last moment; the practice then ends with it.
        if let Ok(handle) = Arc::try_unwrap(handle) {
            handle.stop().await;
        }
    }
}

fn compare(when: &str, found: &[(&str, usize, usize)]) -> Outcome {
    let wrong: Vec<String> = found
        .iter()
        .filter(|(_, is, should)| is != should)
        .map(|(what, is, should)| format!("{what}: {is} instead of {should}"))
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{when}: {}", wrong.join("; ")))
    }
}

/// A page in one line, for whoever reads why a run failed.
fn told(view: &View) -> String {
    match &view.page.content {
        Content::Problem { code, facts, .. } => {
            let facts: Vec<String> = facts
                .iter()
                .map(|fact| format!("{}: {}", fact.term, fact.value))
                .collect();
            format!("{code} ({})", facts.join(", "))
        }
        _ => format!("{}: {}", view.page.key, view.page.heading),
    }
}

/// A clock whose waits move the organisation's time and take none.
fn clock(handle: &Arc<Handle>, start: Timestamp) -> Clock {
    let time = Arc::new(Mutex::new(start));
    let (reading, handle) = (Arc::clone(&time), Arc::downgrade(handle));
    Clock::new(
        move || reading.lock().map_or(Timestamp::UNIX_EPOCH, |time| *time),
        move |pause: Duration| {
            let (time, handle) = (Arc::clone(&time), handle.clone());
            Box::pin(async move {
                let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
                if let (Some(handle), Ok(mut time)) = (handle.upgrade(), time.lock()) {
                    handle.advance(Duration::from_secs(seconds));
                    *time += SignedDuration::from_secs(i64::try_from(seconds).unwrap_or_default());
                }
            })
        },
    )
}

/// Counts the calls and strikes one of them.
fn strikes(handle: &Arc<Handle>, calls: &Arc<Mutex<Vec<String>>>, fault: Option<(usize, Answer)>) -> Trace {
    let (handle, calls, number) = (Arc::downgrade(handle), Arc::clone(calls), AtomicUsize::new(0));
    Trace::to(move |point| {
        let Point::Sending(call) = point else { return };
        if let Ok(mut calls) = calls.lock() {
            calls.push(call);
        }
        let number = number.fetch_add(1, Ordering::SeqCst) + 1;
        let Some((_, answer)) = fault.as_ref().filter(|(at, _)| *at == number) else {
            return;
        };
        if let Some(handle) = handle.upgrade() {
            handle.set_trouble(vec![Trouble {
                answer: answer.clone(),
                ..Trouble::default()
            }]);
        }
    })
}

/// The folder of the program's name, so that two runs at once never share a keychain's entries.
pub fn keychain(of: &str) -> String {
    let program = std::env::current_exe().ok();
    let name = program
        .as_deref()
        .and_then(Path::file_stem)
        .map(|it| it.to_string_lossy().into_owned());
    format!(
        "mailgrant {} {of} {}",
        name.unwrap_or_default(),
        std::process::id()
    )
}
