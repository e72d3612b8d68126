//! An app that somebody registered, taken over as somebody presses through it, with its platform at work.

#![allow(
    clippy::unwrap_used,
    reason = "it belongs to tests, which end at the first thing that isn't as it should be"
)]

use std::time::Duration;

use practice::Snapshot;
use rpc::request::{Request, Submit};
use rpc::view::{Content, View};

use crate::Outcome;
use crate::bench::{Bench, offered};
use crate::by_hand::{ByHand, Text, register};
use crate::headless::Headless;
use crate::organisation::Organisation;
use crate::platform::Platform;

/// What a text leaves behind: its app, and its platform at work.
pub struct AtWork {
    /// The app.
    pub app: ByHand,
    /// Its platform.
    pub platform: Platform,
}

impl AtWork {
    /// Registers what a text tells and starts its platform.
    pub async fn of(bench: &Bench, text: Text) -> Self {
        let pass = |time: Duration| bench.wait(u32::try_from(time.as_secs()).unwrap());
        let app = register(text, &bench.handle, pass).await.unwrap();
        let organisation = Organisation::from(&*bench.handle);
        let platform = Platform::start(&organisation, app.credentials(&organisation)).unwrap();
        platform.moved().await.unwrap();
        Self { app, platform }
    }

    /// The mailboxes that it is for, as somebody types them.
    pub fn mailboxes(&self) -> String {
        let addresses = self.app.mailboxes.iter();
        let addresses: Vec<&str> = addresses.map(|(address, _)| address.as_str()).collect();
        addresses.join(", ")
    }

    /// Ends the platform, which must have met no failure; how many calls it made.
    pub async fn ended_well(self) -> usize {
        let report = self.platform.stop().await;
        assert_eq!(report.failed, Vec::<String>::new(), "{:?}", self.app.text);
        report.calls
    }

    /// To the page that says what is wrong with what is found by this text. The platform is that of a profile.
    pub async fn look(&self, bench: &mut Bench, profile: &str, text: &str) -> View {
        if bench.session().page() == "start" {
            bench.press(Request::StartPractice).await;
        }
        let choose = Submit::Choose {
            value: Some(profile.to_owned()),
            name: String::new(),
            access: Vec::new(),
        };
        bench.session().send(choose).await.unwrap();
        bench.go_on(Some("signed-in")).await;
        let view = bench.press(Request::ChooseExistingApp).await;
        assert_eq!(view.page.key, "existing-app", "{:?}", view.page);
        let text = text.to_owned();
        bench.session().send(Submit::FindApp { text }).await.unwrap()
    }

    /// Takes the app over and goes on to the plan.
    pub async fn to_the_plan(&self, bench: &mut Bench, profile: &str) -> View {
        self.look(bench, profile, &self.app.client).await;
        let view = bench.press(Request::Commit).await;
        assert_eq!(view.page.key, "mailboxes", "{:?}", view.page);
        bench.session().by_plan = true;
        let mailboxes = self.mailboxes();
        let refused = &self.app.refused[0].0;
        let session = bench.session();
        session.go_on(Some("plan"), &mailboxes, refused).await.unwrap();
        session.view()
    }

    /// The same, and carries the plan out: to where the old permissions may go. The window waits by itself, and its clock
    /// leaps there.
    pub async fn to_the_wait(&self, bench: &mut Bench, profile: &str) -> View {
        self.to_the_plan(bench, profile).await;
        bench.press(Request::Commit).await;
        bench
            .session()
            .until("that they may go", |view| view.page.key == "old-permissions")
            .await
            .unwrap()
    }

    /// From there to the end: the old permissions, the proof, the file, the platform, the old secret.
    pub async fn to_the_end(&self, bench: &mut Bench) -> View {
        let mut view = commit(bench).await;
        assert_eq!(view.page.key, "verify", "{:?}", view.page);
        if has_owners(&view) {
            // Whoever registered it owns it, which the proof asks about.
            view = bench.press(Request::KnowOwners).await;
        }
        let works = match self.app.text {
            Text::LogicalDoc => "It works, and the others that were tried refuse it",
            _ => "It works, and only where it should",
        };
        assert_eq!(view.page.heading, works, "{:?}", view.page);
        self.platform.round().await.unwrap();
        bench.go_on(Some("export")).await;
        let view = bench.seal().await;
        assert_eq!(view.page.key, "exported", "{:?}", view.page);
        self.platform.given(&bench.bundle()).unwrap();
        self.platform.moved().await.unwrap();
        let view = bench.press(Request::Continue).await;
        assert_eq!(view.page.key, "platform-moved", "{:?}", view.page);
        bench.press(Request::PlatformMoved { moved: true }).await;
        let view = commit(bench).await;
        self.platform.round().await.unwrap();
        view
    }
}

/// More pages than taking an app over has.
const MOST_PAGES: usize = 60;

/// Takes an app over as somebody presses through it, from wherever a window that was opened anew stands, to the sealed file.
///
/// # Errors
/// Where a page is a problem, or offers nothing.
pub async fn go_on(
    session: &mut Headless,
    profile: &str,
    client: &str,
    mailboxes: &str,
    refused: &str,
) -> Outcome {
    for _ in 0..MOST_PAGES {
        let view = session.view();
        let key = view.page.key.as_str();
        let step = match (&view.page.content, key) {
            // Whether the platform has moved is nobody's to say before it was given the file.
            (Content::Exported { .. }, _) | (_, "platform-moved") => return Ok(()),
            (
                Content::Choose {
                    field, chosen: None, ..
                },
                _,
            ) if field == "platform" => {
                let choose = Submit::Choose {
                    value: Some(profile.to_owned()),
                    name: String::new(),
                    access: Vec::new(),
                };
                session.send(choose).await.map(drop)
            }
            (Content::SignedIn { .. }, _) if takes_over(&view) => {
                session.press(Request::ChooseExistingApp).await.map(drop)
            }
            (Content::FindApp { .. }, _) => {
                let text = client.to_owned();
                session.send(Submit::FindApp { text }).await.map(drop)
            }
            (_, "app-found" | "old-permissions") => session.press(Request::Commit).await.map(drop),
            (_, "old-permissions-wait") => {
                let there = |view: &View| view.page.key != "old-permissions-wait";
                session.until("that they may go", there).await.map(drop)
            }
            (Content::Proof { .. }, _) if has_owners(&view) => {
                session.press(Request::KnowOwners).await.map(drop)
            }
            _ => session.next(&view, mailboxes, refused).await,
        };
        step.map_err(|error| format!("{key}: {error}"))?;
    }
    Err(format!("it went on for more than {MOST_PAGES} pages"))
}

/// Whether an app that is there can still be taken over.
fn takes_over(view: &View) -> bool {
    let Content::SignedIn { messages, .. } = &view.page.content else {
        return false;
    };
    let in_messages = messages.iter().filter_map(|message| message.action.as_ref());
    in_messages
        .chain(&view.page.actions)
        .any(|act| act.request == Request::ChooseExistingApp)
}

/// Presses the filled button, signs in where that is asked, and presses it again.
pub async fn commit(bench: &mut Bench) -> View {
    press(bench, Request::Commit).await
}

/// The same for another button.
pub async fn press(bench: &mut Bench, request: Request) -> View {
    let view = bench.press(request.clone()).await;
    match view.page.key.as_str() {
        "sign-in" => bench.press(Request::SignIn).await,
        "problem-sign-in.expired" => bench.press(Request::TryAgain).await,
        _ => return view,
    };
    bench.press(request).await
}

fn has_owners(view: &View) -> bool {
    let Content::Proof { top, .. } = &view.page.content else {
        return false;
    };
    let mut acts = top.iter().filter_map(|message| message.action.as_ref());
    acts.any(|act| act.request == Request::KnowOwners)
        || offered(view, |request| *request == Request::KnowOwners).is_some()
}

/// What is said to be wrong with the app that lies open.
pub fn faults(view: &View) -> Vec<String> {
    let Content::Done { messages, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let text = |message: &rpc::view::Message| message.text.clone().unwrap_or_default();
    messages
        .iter()
        .map(|message| format!("{}. {}", message.title, text(message)))
        .collect()
}

/// What an app is granted in Entra.
pub fn granted(snapshot: &Snapshot, app: &ByHand) -> Vec<String> {
    let held = snapshot.app_role_assignments.iter();
    held.filter(|grant| grant.principal_id == app.principal)
        .map(|grant| grant.role.clone())
        .collect()
}
