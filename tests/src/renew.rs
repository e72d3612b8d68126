//! One renewal or revocation as somebody presses through it, from wherever a window that was opened anew stands.

use std::path::{Path, PathBuf};

use rpc::request::Request;
use rpc::view::{Button, Content, View};
use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::headless::{Headless, as_it_stands};

/// More pages than any renewal has.
const MOST_PAGES: usize = 40;

/// How far a renewal is brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum To {
    /// To the new sealed file.
    TheFile,
    /// To its end: the platform is said to use the new file, and the old secret is removed.
    TheEnd,
    /// Not renewed at all: everything of the connection is taken away.
    Revoked,
}

/// Goes on to there.
///
/// # Errors
/// Where a page is a problem, or offers nothing.
pub async fn go_on(session: &mut Headless, to: To) -> Outcome {
    for _ in 0..MOST_PAGES {
        let view = session.view();
        let key = view.page.key.as_str();
        let step = match (&view.page.content, key) {
            (
                Content::Connections {
                    first: Some(card), ..
                },
                _,
            ) => match (renewal(&card.actions), to) {
                (_, To::Revoked) => {
                    let mut actions = card.actions.iter().map(|action| &action.request);
                    let revoke = actions.find(|request| matches!(request, Request::Revoke { .. }));
                    let revoke = revoke.cloned().ok_or("it can't be revoked")?;
                    session.press(revoke).await
                }
                // It is over where another could be begun.
                (Some(_), To::TheEnd) => return Ok(()),
                (Some(renew), To::TheFile) => session.press(renew).await,
                (None, _) => first(session, &card.actions).await,
            },
            (Content::SignIn { .. }, _) => session.press(Request::SignIn).await,
            (Content::Export { .. }, _) if offers(&view, &Request::SignIn) => {
                session.press(Request::SignIn).await
            }
            (Content::Export { opener, folder, .. }, _) => session.send(as_it_stands(*opener, folder)).await,
            (Content::Exported { .. }, _) => match (offers(&view, &Request::Continue), to) {
                (true, To::TheEnd) => session.press(Request::Continue).await,
                _ => return Ok(()),
            },
            (_, "revoked") => return Ok(()),
            (_, "platform-moved") => match to {
                To::TheFile | To::Revoked => return Ok(()),
                To::TheEnd => session.press(Request::PlatformMoved { moved: true }).await,
            },
            (Content::Problem { code, facts, .. }, _) => {
                let told: Vec<String> = facts
                    .iter()
                    .map(|fact| format!("{}: {}", fact.term, fact.value))
                    .collect();
                return Err(format!("{code}: {}", told.join(" ")));
            }
            _ => first(session, &view.page.actions).await,
        };
        step.map_err(|error| format!("{key}: {error}"))?;
    }
    Err(format!("the renewal went on for more than {MOST_PAGES} pages"))
}

/// What begins a renewal among these.
fn renewal(actions: &[Button]) -> Option<Request> {
    let mut renewals = actions.iter().map(|action| &action.request);
    renewals
        .find(|request| matches!(request, Request::Renew { .. }))
        .cloned()
}

fn offers(view: &View, request: &Request) -> bool {
    view.page.actions.iter().any(|action| action.request == *request)
}

async fn first(session: &mut Headless, actions: &[Button]) -> Outcome<View> {
    match actions.first() {
        Some(action) => session.press(action.request.clone()).await,
        None => Err("the page offers nothing".into()),
    }
}

/// The sealed file in a folder that was written last.
///
/// # Errors
/// Where there is none.
pub fn sealed(folder: &Path) -> Outcome<PathBuf> {
    let files = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    let files = files.flatten().map(|entry| entry.path());
    let sealed = files.filter(|path| path.extension().is_some_and(|end| end == "age"));
    let newest = sealed.max_by_key(|path| path.metadata().and_then(|seen| seen.modified()).ok());
    newest.ok_or_else(|| "nothing was sealed".into())
}
