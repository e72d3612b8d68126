//! Reads that take long say how far they are and can be stopped, and half a read counts for nothing.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::trace::{Point, Trace};
use journeys::colleague::{Colleague, text};
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use practice::{ClockKind, Options};
use rpc::request::{Request, Submit};
use rpc::view::{Content, View};
use serde_json::json;

const DANA: &str = "dana.reyes@contoso.example";
const SUPPORT: &str = "support@contoso.example";
/// So many that a look at them is far from its end when the first of them answered.
const REFUSED: usize = 120;

/// The addresses of ordinary mailboxes that nobody chose.
async fn others(colleague: &Colleague) -> Vec<String> {
    let rows = colleague
        .run("Get-Recipient", json!({ "ResultSize": "Unlimited" }))
        .await
        .unwrap();
    let kind = |row: &serde_json::Value| text(Some(row), "RecipientTypeDetails");
    rows.iter()
        .filter(|row| kind(row).as_deref() == Some("UserMailbox"))
        .filter_map(|row| text(Some(row), "PrimarySmtpAddress"))
        .filter(|address| address != SUPPORT)
        .take(REFUSED)
        .collect()
}

fn reach(view: &View) -> Option<(u32, u32)> {
    let progress = view.page.busy.as_ref()?.progress.as_ref()?;
    assert!(
        progress
            .words
            .ends_with(&format!("{} of {}", progress.done, progress.of)),
        "{}",
        progress.words
    );
    Some((progress.done, progress.of))
}

/// Stops what is under way once it says how far it is, with the button that stands beside that.
async fn stop(session: &mut Headless) -> View {
    let view = session
        .until("how far it is", |view| reach(view).is_some())
        .await
        .unwrap();
    let (done, of) = reach(&view).unwrap();
    assert!(done < of, "{done} of {of}");
    let button = view.page.busy.unwrap().cancel.unwrap();
    assert_eq!(button.label, "Stop");
    session.ask(button.request);
    session.settled().await.unwrap()
}

fn nothing_is_proven(view: &View) {
    assert_eq!(view.page.key, "verify");
    let Content::Proof { top, groups, .. } = &view.page.content else {
        panic!("no proof page: {}", view.page.key)
    };
    assert!(groups.is_empty());
    assert_eq!(top[0].title, "Nothing is proven now");
    assert_eq!(view.page.actions[0].label, "Run the checks");
    assert!(
        view.page
            .action_note
            .as_deref()
            .unwrap()
            .starts_with("Stopped. Nothing is proven"),
    );
    let export = view.frame.steps.iter().find(|step| step.id == "export").unwrap();
    assert!(export.open.is_none(), "without a proof there is no export");
}

#[tokio::test]
async fn a_look_that_is_stopped_leaves_no_proof() {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    let handle = practice::start(Options {
        clock: ClockKind::Explicit { start },
        mailboxes: 300,
        ..Options::default()
    })
    .await
    .unwrap();
    let organisation = Organisation::from(&handle);
    let refused = others(&Colleague::of(&handle).await.unwrap()).await;
    assert_eq!(refused.len(), REFUSED);
    let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(DANA),
        data: data.path(),
        export: export.path(),
        keychain: &format!("mailgrant stopping {}", std::process::id()),
        clock: clock_of(&organisation).await.unwrap(),
        trace: Trace::to(move |point| {
            if matches!(point, Point::Sending(_)) {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        }),
    });

    // Looked up: stopped, nothing is added and what was pasted stays in its box.
    session.go_on(Some("mailboxes"), "", "").await.unwrap();
    let pasted = refused.join("\n");
    session.tell(Submit::AddMailboxes {
        list: rpc::request::ListName::Refused,
        text: pasted.clone(),
    });
    let view = stop(&mut session).await;
    let Content::Mailboxes { refused: list, .. } = &view.page.content else {
        panic!("no lists: {}", view.page.key)
    };
    assert!(list.rows.is_empty());
    assert_eq!(list.typed, pasted);
    assert_eq!(
        view.page.action_note.as_deref(),
        Some("Stopped. The lists are as they were before.")
    );

    // Proven once, then looked at again and stopped: the earlier proof doesn't stand in for the look.
    session.go_on(Some("export"), SUPPORT, &pasted).await.unwrap();
    session
        .press(Request::GoTo {
            step: "verify".into(),
        })
        .await
        .unwrap();
    session.ask(Request::Check);
    let before = calls.load(Ordering::SeqCst);
    let view = stop(&mut session).await;
    nothing_is_proven(&view);
    let made = calls.load(Ordering::SeqCst) - before;
    assert!(made < REFUSED, "{made} calls, though it was stopped");
    // What else is asked goes on as ever, and nothing looks by itself.
    session.press(Request::Help).await.unwrap();
    let view = session.press(Request::Help).await.unwrap();
    assert_eq!(calls.load(Ordering::SeqCst) - before, made);
    assert_eq!(view.page.key, "verify");

    // Stopped while it is sealed: no file, and the proof is gone as well.
    session.press(Request::Check).await.unwrap();
    session.go_on(Some("export"), "", "").await.unwrap();
    let Content::Export { opener, folder, .. } = session.view().page.content else {
        panic!("no export: {}", session.page())
    };
    session.tell(Submit::Export {
        opener,
        given_key: String::new(),
        key_compared: false,
        passphrase: domain::secret::Secret::new(String::new()),
        passphrase_again: domain::secret::Secret::new(String::new()),
        folder,
    });
    let view = stop(&mut session).await;
    assert_eq!(view.page.key, "verify");
    assert!(
        view.page
            .action_note
            .as_deref()
            .unwrap()
            .starts_with("Stopped. No file was made"),
    );
    assert_eq!(std::fs::read_dir(export.path()).unwrap().count(), 0);

    // To its end, everything works as if nobody had ever stopped it.
    session.go_on(None, "", "").await.unwrap();
    assert_eq!(session.page(), "exported");
}
