//! The whole journey by keyboard alone, and a window that is ended in the middle and opened again.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::path::Path;
use std::time::Duration;

use fantoccini::key::Key;
use journeys::eventually::{PATIENCE, eventually};
use journeys::reader::Reader;
use journeys::window::{Opening, Window, can_be_driven};
use serde_json::Value;

const ADMIN: &str = "dana.reyes@contoso.example";
/// More stops than any page has.
const MOST_STOPS: usize = 80;

fn opening(data: &Path) -> Opening {
    Opening {
        data: Some(data.join("data")),
        environment: vec![("HOME", data.into())],
        ..Opening::default()
    }
}

/// Walks with Tab until the focus is on what a selector names.
async fn walk_to(window: &Window, selector: &str) {
    let here = format!(
        "return document.activeElement.matches({});",
        serde_json::to_string(selector).unwrap()
    );
    for _ in 0..MOST_STOPS {
        if window.run(&here, vec![]).await.unwrap() == Value::Bool(true) {
            return;
        }
        window.keys(&char::from(Key::Tab).to_string()).await.unwrap();
    }
    panic!(
        "Tab never reaches {selector}; it ends at {}",
        window.focused().await.unwrap()
    );
}

async fn press_primary(window: &Window) {
    walk_to(window, "button[data-kind='primary']").await;
    window.keys(&char::from(Key::Enter).to_string()).await.unwrap();
}

async fn rests_on(window: &Window, page: &str) {
    window
        .wait_for(&format!("the page {page} at rest"), |view| {
            view["page"]["key"] == page && view["page"]["busy"].is_null()
        })
        .await
        .unwrap();
    // On arrival the focus is on the heading, so that a screen reader says it and Tab goes on from there.
    let on_heading = eventually("the focus on the heading", Duration::from_secs(10), async || {
        (window
            .run("return document.activeElement.tagName", vec![])
            .await
            .ok()?
            == "H1")
            .then_some(())
    });
    on_heading.await.unwrap();
    window.stand_still().await.unwrap();
}

async fn sign_in(window: &Window) {
    rests_on(window, "sign-in").await;
    let seen = window.browser().opened().len();
    press_primary(window).await;
    let address = window.browser().next(seen).await.unwrap();
    Reader::new(ADMIN).visit(&address).await.unwrap();
}

#[tokio::test]
async fn the_whole_journey_by_keyboard_and_after_a_power_cut() {
    if !can_be_driven() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(opening(folder.path())).await.unwrap();
    walk_to(&window, "button[data-request='start-practice']").await;
    window.keys(&char::from(Key::Enter).to_string()).await.unwrap();
    rests_on(&window, "platform").await;
    // F1 opens the help, Escape closes it and brings back where the reader was.
    for (key, page) in [(Key::F1, "help"), (Key::Escape, "platform")] {
        window.keys(&char::from(key).to_string()).await.unwrap();
        rests_on(&window, page).await;
    }
    walk_to(&window, "input[type=radio][name=platform]").await;
    window.keys(" ").await.unwrap();
    press_primary(&window).await;
    rests_on(&window, "method").await;
    press_primary(&window).await;
    sign_in(&window).await;
    rests_on(&window, "signed-in").await;
    press_primary(&window).await;
    rests_on(&window, "mailboxes").await;
    walk_to(&window, "#allowed").await;
    window
        .keys("support@contoso.example, billing@contoso.example")
        .await
        .unwrap();
    let kept = window
        .wait_for("what was typed to be kept", |view| {
            view["page"]["content"]["allowed"]["typed"]
                .as_str()
                .is_some_and(|typed| typed.contains("billing"))
        })
        .await;
    kept.unwrap();

    // The power goes. Nothing typed is lost, and the same app goes on.
    drop(window);
    let window = Window::open(opening(folder.path())).await.unwrap();
    rests_on(&window, "connections").await;
    walk_to(&window, "button[data-request='open-connection']").await;
    window.keys(&char::from(Key::Enter).to_string()).await.unwrap();
    sign_in(&window).await;
    rests_on(&window, "mailboxes").await;
    let typed = eventually("what was typed to stand there again", PATIENCE, async || {
        let typed = window
            .run("return document.getElementById('allowed').value", vec![])
            .await
            .ok()?;
        (typed == "support@contoso.example, billing@contoso.example").then_some(())
    });
    typed.await.unwrap();
    walk_to(&window, "#refused").await;
    window.keys("ceo@contoso.example").await.unwrap();
    press_primary(&window).await;
    rests_on(&window, "plan").await;
    // One part of it on its own page, the rest of it as one.
    walk_to(&window, "[data-part='bar'] button[data-request='go-to']").await;
    window.keys(&char::from(Key::Enter).to_string()).await.unwrap();
    rests_on(&window, "app").await;
    press_primary(&window).await;
    rests_on(&window, "app-done").await;
    walk_to(&window, "button[data-step='plan']").await;
    window.keys(&char::from(Key::Enter).to_string()).await.unwrap();
    rests_on(&window, "plan").await;
    press_primary(&window).await;
    let proven = eventually("the proof", Duration::from_secs(150), async || {
        let view = window.view().await.ok()?;
        (view["page"]["actions"][0]["request"]["kind"] == "continue" && view["page"]["key"] == "verify")
            .then_some(())
    });
    proven.await.unwrap();
    press_primary(&window).await;
    rests_on(&window, "export").await;
    press_primary(&window).await;
    rests_on(&window, "exported").await;
}
