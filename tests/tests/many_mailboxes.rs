//! The real window with hundreds of mailboxes: every page that can hold a list counts first and stays short.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::time::Duration;

use journeys::colleague::{Colleague, text};
use journeys::eventually::eventually;
use journeys::reader::Reader;
use journeys::tour::Tour;
use journeys::window::{Opening, Window, can_be_driven};
use practice::Options;
use serde_json::json;

const HOW_MANY: usize = 296;
/// No page is higher than so many windows, however many mailboxes there are.
const MOST_WINDOWS: f64 = 4.0;

/// Addresses of the organisation that the wizard's own practice seeds as this one does.
async fn addresses() -> Vec<String> {
    let handle = practice::start(Options::default()).await.unwrap();
    let colleague = Colleague::of(&handle).await.unwrap();
    let found = colleague
        .run(
            "Get-Mailbox",
            json!({ "Filter": "RecipientTypeDetails -eq 'UserMailbox'", "ResultSize": HOW_MANY + 20 }),
        )
        .await
        .unwrap();
    let addresses = found
        .iter()
        .filter_map(|row| text(Some(row), "PrimarySmtpAddress"));
    let addresses = addresses.filter(|address| !address.starts_with("ceo@") && !address.starts_with("dana."));
    let addresses = addresses.take(HOW_MANY).collect();
    handle.stop().await;
    addresses
}

#[tokio::test]
async fn hundreds_of_mailboxes_fit_on_every_page() {
    if !can_be_driven() {
        return;
    }
    let list = addresses().await;
    assert_eq!(list.len(), HOW_MANY);
    let mut tour = Tour::begin_in("many-mailboxes").unwrap();
    let data = tempfile::tempdir().unwrap();
    let window = Window::open(Opening {
        data: Some(data.path().join("data")),
        arguments: vec!["--practice".to_owned()],
        environment: vec![
            ("XDG_DOCUMENTS_DIR", data.path().join("documents").into()),
            ("HOME", data.path().into()),
        ],
        ..Opening::default()
    })
    .await
    .unwrap();
    window.wait_for_page("platform").await.unwrap();
    window
        .choose_value("platform", "sinch-contact-pro")
        .await
        .unwrap();
    window.press_primary().await.unwrap();
    to(&window, "mailboxes").await;
    window.paste("allowed", &list.join("; ")).await.unwrap();
    window.paste("refused", "ceo@contoso.example").await.unwrap();
    window.press_primary().await.unwrap();
    window.wait_for_page("plan").await.unwrap();
    fits(&window, &mut tour, "plan").await;
    window.press("Back").await.unwrap();
    window.wait_for_page("mailboxes").await.unwrap();
    fits(&window, &mut tour, "mailboxes").await;
    window.press_primary().await.unwrap();
    window.wait_for_page("plan").await.unwrap();
    window.press_primary().await.unwrap();
    let proven = eventually("the proof", Duration::from_secs(240), async || {
        let view = window.view().await.ok()?;
        (view["page"]["key"] == "verify" && view["page"]["actions"][0]["request"]["kind"] == "continue")
            .then_some(())
    });
    proven.await.unwrap();
    fits(&window, &mut tour, "verify").await;
    window.press_primary().await.unwrap();
    window.wait_for_page("export").await.unwrap();
    fits(&window, &mut tour, "export").await;
    window.press_primary().await.unwrap();
    window.wait_for_page("exported").await.unwrap();
    fits(&window, &mut tour, "exported").await;
}

/// Presses what each page offers first, and signs in on the way, up to this page.
async fn to(window: &Window, page: &str) {
    for _ in 0..20 {
        let view = window
            .wait_for("a page at rest", |view| view["page"]["busy"].is_null())
            .await
            .unwrap();
        let key = view["page"]["key"].as_str().unwrap_or_default().to_owned();
        if key == page {
            return;
        }
        let seen = window.browser().opened().len();
        window.press_primary().await.unwrap();
        if key == "sign-in" {
            let address = window.browser().next(seen).await.unwrap();
            Reader::new("dana.reyes@contoso.example")
                .visit(&address)
                .await
                .unwrap();
            window.wait_for_page("signed-in").await.unwrap();
        } else {
            window
                .wait_for("another page", |view| view["page"]["key"] != key.as_str())
                .await
                .unwrap();
        }
    }
    panic!("{page} was never reached");
}

/// Pictures at both sizes, and the height of the page.
async fn fits(window: &Window, tour: &mut Tour, name: &str) {
    tour.take(window, name).await.unwrap();
    let height = "const page = document.querySelector('main'); return page.scrollHeight / window.innerHeight";
    let measure = async || window.run(height, Vec::new()).await;
    let windows = window.measured(name, measure).await.unwrap();
    let windows = windows.as_f64().unwrap();
    window.zoom(2.0).await.unwrap();
    tour.take(window, &format!("{name}-zoom-200")).await.unwrap();
    window.zoom(1.0).await.unwrap();
    assert!(windows < MOST_WINDOWS, "{name} is {windows:.1} windows high");
}
