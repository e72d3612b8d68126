//! One fault in the whole life of a connection: onboarded and undone while one remote call goes wrong in one way.

use practice::{Answer, Wrong};
use rpc::request::Request;
use rpc::view::{Content, View};

use crate::Outcome;
use crate::bench::{Bench, MAILBOXES, REFUSED};

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
pub async fn whole(name: &str) -> Outcome<Whole> {
    let mut life = Life(Bench::new(name).await);
    life.onboard().await?;
    let onboarding = life.0.sent().len();
    life.undo().await?;
    let calls = life.0.sent();
    life.0.end().await;
    Ok(Whole { calls, onboarding })
}

/// Lives with a fault at one call, from 1. What is wrong at the export or after the undo is the error.
pub async fn with(call: usize, answer: &Answer, name: &str) -> Outcome {
    let mut life = Life(Bench::new(name).await);
    life.0.plan_number(call, answer.clone());
    let outcome = life.live().await;
    let named = life.0.sent().get(call - 1).cloned();
    life.0.end().await;
    match (outcome, named) {
        (Err(why), named) => Err(format!("{}: {why}", named.unwrap_or_default())),
        (Ok(()), None) => Err("the call was never made".into()),
        (Ok(()), Some(_)) => Ok(()),
    }
}

/// A connection's whole life on a bench.
struct Life(Bench);

impl Life {
    async fn live(&mut self) -> Outcome {
        self.onboard().await?;
        self.undo().await
    }

    /// To the exported file, with the button that each problem's page offers first.
    async fn onboard(&mut self) -> Outcome {
        for _ in 0..MOST_PRESSES {
            match self.0.session().go_on(None, MAILBOXES, REFUSED).await {
                Ok(()) => return self.look_at_the_end(),
                Err(_) if self.0.session().page().starts_with("problem-") => self.press_on().await?,
                Err(why) => return Err(why),
            }
        }
        Err(format!("no end: {}", told(&self.0.session().view())))
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
            let view = self.0.session().view();
            let key = view.page.key.as_str();
            if key == "sign-in" || key == "signed-in" {
                let action = view.page.actions.first().ok_or("no way to sign in")?;
                self.0.session().press(action.request.clone()).await?;
            } else if key.starts_with("problem-") {
                self.press_on().await?;
            } else if key == step {
                return Ok(());
            } else if key == format!("{step}-done") {
                self.0.session().press(Request::UndoAfterAll).await?;
            } else {
                self.0
                    .session()
                    .press(Request::GoTo { step: step.into() })
                    .await?;
            }
        }
        Err(told(&self.0.session().view()))
    }

    async fn press_on(&mut self) -> Outcome {
        let view = self.0.session().view();
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
        self.0.session().press(action.request.clone()).await.map(drop)
    }

    /// One of everything, and of others nothing changed.
    fn look_at_the_end(&self) -> Outcome {
        self.look("at the export", [1, 1, 1, 1, 2])?;
        let principals = self.0.handle.snapshot().service_principals;
        let principals = principals.iter().filter(|held| !held.foreign).count();
        compare(
            "at the export",
            &[
                ("apps, deleted ones too", self.0.ours(), 1),
                ("enterprise applications", principals, 1),
            ],
        )
    }

    fn look_after_the_undo(&self) -> Outcome {
        self.look("after the undo", [0; 5])
    }

    /// How many live apps, secrets of theirs, entries in Exchange, scopes and assignments of ours there are; and nothing
    /// of anybody else's changed.
    fn look(&self, when: &str, wanted: [usize; 5]) -> Outcome {
        let snapshot = self.0.handle.snapshot();
        let exchange = &snapshot.exchange;
        let live = || {
            snapshot
                .applications
                .iter()
                .filter(|app| !app.foreign && !app.deleted)
        };
        let [apps, secrets, entries, scopes, assignments] = wanted;
        let found = [
            ("live apps", live().count(), apps),
            ("secrets", live().map(|app| app.passwords.len()).sum(), secrets),
            (
                "service principals in Exchange",
                exchange
                    .service_principals
                    .iter()
                    .filter(|held| !held.foreign)
                    .count(),
                entries,
            ),
            (
                "scopes",
                exchange.scopes.iter().filter(|held| !held.foreign).count(),
                scopes,
            ),
            (
                "assignments",
                exchange.assignments.iter().filter(|held| !held.foreign).count(),
                assignments,
            ),
            (
                "grants in Entra",
                snapshot
                    .app_role_assignments
                    .iter()
                    .filter(|held| !held.foreign)
                    .count(),
                0,
            ),
            (
                "changes of what is somebody else's",
                snapshot.foreign_changes.len(),
                0,
            ),
        ];
        compare(when, &found)
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
