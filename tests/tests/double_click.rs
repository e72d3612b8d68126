//! A press that was meant for the page before changes nothing: not in the session, whatever the window lets through,
//! and not in the real window, where the button of a plan stands where Continue stood.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::time::Duration;

use domain::trace::Trace;
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use journeys::window::{Opening, Window, can_be_driven};
use practice::{ClockKind, Options};
use rpc::request::Request;

const DANA: &str = "dana.reyes@contoso.example";

async fn organisation() -> (practice::Handle, Organisation) {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    let handle = practice::start(Options {
        clock: ClockKind::Explicit { start },
        ..Options::default()
    })
    .await
    .unwrap();
    let organisation = Organisation::from(&handle);
    (handle, organisation)
}

async fn start(organisation: &Organisation, folder: &tempfile::TempDir, read_in: Duration) -> Headless {
    let (data, export) = (folder.path().join("data"), folder.path().join("export"));
    let start = Start {
        organisation,
        reader: Reader::new(DANA),
        data: &data,
        export: &export,
        keychain: "mailgrant double click test",
        clock: clock_of(organisation).await.unwrap(),
        trace: Trace::default(),
    };
    Headless::start_slow(start, None, read_in)
}

#[tokio::test]
async fn a_commit_pressed_on_another_page_does_nothing() {
    let (handle, organisation) = organisation().await;
    let folder = tempfile::tempdir().unwrap();
    let mut session = start(&organisation, &folder, Duration::ZERO).await;
    let (mailboxes, refused) = ("support@contoso.example", "ceo@contoso.example");
    session
        .go_on(Some("mailboxes"), mailboxes, refused)
        .await
        .unwrap();
    let revision = session.view().revision;
    let answers = rpc::request::Submit::Mailboxes {
        allowed: mailboxes.into(),
        refused: refused.into(),
    };
    let view = session.send(answers).await.unwrap();
    assert_eq!(view.page.key, "plan");
    // The second press of a double-click, made while the page before was still drawn.
    let view = session.press_late(Request::Commit, revision).await.unwrap();
    assert_eq!(view.page.key, "plan", "the plan is shown, and nothing was made");
    let made = |handle: &practice::Handle| {
        let apps = handle.snapshot().applications;
        apps.iter().filter(|app| !app.foreign).count()
    };
    assert_eq!(made(&handle), 0);
    // Nor does it do so on a part's own page.
    let revision = session.view().revision;
    let app = Request::GoTo { step: "app".into() };
    assert_eq!(session.press(app).await.unwrap().page.key, "app");
    let view = session.press_late(Request::Commit, revision).await.unwrap();
    assert_eq!((view.page.key.as_str(), made(&handle)), ("app", 0));
    // Read and pressed, it is done.
    let view = session.press(Request::Commit).await.unwrap();
    assert_eq!(view.page.key, "app-done");
    // A plan that changed is another plan, on the same page.
    session.press(Request::Continue).await.unwrap();
    session.go_on(Some("secret"), "", "").await.unwrap();
    let revision = session.view().revision;
    let days = session
        .send(rpc::request::Submit::Option {
            field: "days".into(),
            value: "90".into(),
        })
        .await
        .unwrap();
    assert_ne!(days.revision, revision);
    let view = session.press_late(Request::Commit, revision).await.unwrap();
    assert_eq!(view.page.key, "secret");
}

#[tokio::test]
async fn a_commit_on_a_page_that_nobody_can_have_read_does_nothing() {
    let (_handle, organisation) = organisation().await;
    let folder = tempfile::tempdir().unwrap();
    // So long that no test takes it.
    let mut session = start(&organisation, &folder, Duration::from_secs(86_400)).await;
    let (mailboxes, refused) = ("support@contoso.example", "ceo@contoso.example");
    for page in ["plan", "app"] {
        session.go_on(Some(page), mailboxes, refused).await.unwrap();
        let view = session.press(Request::Commit).await.unwrap();
        assert_eq!(view.page.key, page);
        assert!(view.page.busy.is_none());
    }
}

#[tokio::test]
async fn a_double_click_on_show_the_plan_makes_nothing() {
    if !can_be_driven() {
        return;
    }
    // As the window is, and as it would be if its own guard failed.
    for unguarded in [false, true] {
        let window = Window::open(Opening::default()).await.unwrap();
        window
            .press("Try it with the practice organisation")
            .await
            .unwrap();
        window.wait_for_page("platform").await.unwrap();
        window
            .choose_value("platform", "sinch-contact-pro")
            .await
            .unwrap();
        window.press_primary().await.unwrap();
        window.wait_for_page("method").await.unwrap();
        window.press_primary().await.unwrap();
        window.wait_for_page("sign-in").await.unwrap();
        let seen = window.browser().opened().len();
        window.press_primary().await.unwrap();
        let address = window.browser().next(seen).await.unwrap();
        Reader::new(DANA).visit(&address).await.unwrap();
        window.wait_for_page("signed-in").await.unwrap();
        window.press_primary().await.unwrap();
        window.wait_for_page("mailboxes").await.unwrap();
        window.paste("allowed", "support@contoso.example").await.unwrap();
        window.paste("refused", "ceo@contoso.example").await.unwrap();
        window.stand_still().await.unwrap();
        if unguarded {
            // A window without any guard: it commits as soon as a plan is there.
            let blind = "const { invoke } = window.__TAURI_INTERNALS__;
                const look = async () => {
                    const view = await invoke('view');
                    if (view.page.key !== 'plan') return setTimeout(look, 0);
                    await invoke('act', { request: { kind: 'commit' }, revision: view.revision });
                };
                look();";
            window.run(blind, vec![]).await.unwrap();
        }
        window.double_click_primary().await.unwrap();
        let view = window.wait_for_page("plan").await.unwrap();
        let view_after = window.stand_still().await.and(Ok(view)).unwrap();
        assert!(view_after["page"]["busy"].is_null());
        // What else is pressed comes after both clicks, so both were answered.
        let help =
            "return window.__TAURI_INTERNALS__.invoke('act', { request: { kind: 'help' }, revision: 0 });";
        window.run(help, vec![]).await.unwrap();
        window.wait_for_page("help").await.unwrap();
        window.press_primary().await.unwrap();
        let view = window.wait_for_page("plan").await.unwrap();
        assert_eq!(view["page"]["actions"][0]["request"]["kind"], "commit");
        assert_eq!(view["page"]["actions"][0]["label"], "Make these 6 changes");
        let rail = view["frame"]["steps"].as_array().unwrap();
        let plan = rail.iter().find(|step| step["id"] == "plan").unwrap();
        assert_eq!(plan["state"], "todo", "a double-click made something");
        window.close().await.unwrap();
    }
}
