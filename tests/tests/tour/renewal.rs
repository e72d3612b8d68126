//! The renewal in the real window: from the list of connections to the new sealed file, and to the end of the old secret.

use std::path::Path;

use journeys::other_platform;
use journeys::reader::Reader;
use journeys::tour::{Tour, say};
use journeys::window::{Window, can_be_driven};
use serde_json::Value;

use super::{ADMIN, opening, press, settled, speaking, window_speaking};
use journeys::tour::language;
use journeys::window::Opening;

/// What a person may have to do between "signed in" and the new sealed file.
const MOST_ACTIONS: usize = 4;

#[tokio::test]
async fn a_renewal_in_the_real_window() {
    if !can_be_driven() {
        return;
    }
    let mut tour = Tour::begin_in("renewal").unwrap();
    let mut dark = tour.beside("-dark");
    tokio::join!(
        renewed(&mut tour, false, language(), true),
        renewed(&mut dark, true, language(), false)
    );
    assert!(tour.actions() <= MOST_ACTIONS, "{}", tour.actions());
    say(&format!(
        "actions from the sign-in to the new sealed file: {}",
        tour.actions()
    ));
}

/// The same in the longest language on an enlarged page.
#[tokio::test]
async fn a_renewal_fits_in_the_longest_language() {
    if !can_be_driven() {
        return;
    }
    let mut tour = Tour::begin_in("renewal-long").unwrap().enlarged(2.0);
    renewed(&mut tour, true, Some("en-XA".into()), false).await;
}

async fn renewed(tour: &mut Tour, dark: bool, language: Option<String>, zoomed: bool) {
    let data = tempfile::tempdir().unwrap();
    other_platform::write(&data.path().join("data"), &["secret"], other_platform::ONE_MONTH).unwrap();
    handed_over(data.path(), dark, language.clone()).await;
    // Months later somebody opens the program again.
    let opening = Opening {
        arguments: speaking(language),
        ..opening(data.path(), dark)
    };
    let window = Window::open(opening).await.unwrap();
    window.wait_for_page("connections").await.unwrap();
    take(&window, tour, "20-connections", zoomed).await;
    window.press_at("[data-request=renew]").await.unwrap();
    window.wait_for_page("sign-in").await.unwrap();
    take(&window, tour, "21-sign-in", zoomed).await;
    sign_in(&window).await;
    settled(&window, "plan").await;
    tour.signed_in();
    take(&window, tour, "22-plan", zoomed).await;
    press(&window, tour).await;
    settled(&window, "verify").await;
    take(&window, tour, "23-verify", zoomed).await;
    press(&window, tour).await;
    settled(&window, "export").await;
    take(&window, tour, "24-export", zoomed).await;
    press(&window, tour).await;
    settled(&window, "exported").await;
    let actions = tour.actions();
    take(&window, tour, "25-exported", zoomed).await;
    window
        .press_at("[data-part=bar] [data-request=continue]")
        .await
        .unwrap();
    settled(&window, "platform-moved").await;
    take(&window, tour, "26-platform-moved", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "old-secret").await;
    take(&window, tour, "27-old-secret", zoomed).await;
    window.press_primary().await.unwrap();
    let view = settled(&window, "verify").await;
    take(&window, tour, "28-finished", zoomed).await;
    assert_eq!(view["frame"]["steps"].as_array().map(Vec::len), Some(6), "{view}");
    window.press_primary().await.unwrap();
    settled(&window, "exported").await;
    assert_eq!(tour.actions(), actions, "what comes after the file isn't counted");
    afterwards(&window, tour, zoomed).await;
}

/// What else can be done with a connection: found again, and revoked.
async fn afterwards(window: &Window, tour: &mut Tour, zoomed: bool) {
    let back = "[data-part=bar] [data-request=save-and-close]";
    window.press_at(back).await.unwrap();
    settled(window, "connections").await;
    window
        .press_at("[data-part=bar] [data-request=find-again]")
        .await
        .unwrap();
    settled(window, "find-again").await;
    take(window, tour, "30-find-again", zoomed).await;
    window
        .press_at("[data-part=bar] [data-kind=secondary][data-request=find-again]")
        .await
        .unwrap();
    settled(window, "find-again").await;
    sign_in(window).await;
    settled(window, "found-again").await;
    take(window, tour, "31-found-again", zoomed).await;
    window.press_at(back).await.unwrap();
    settled(window, "connections").await;
    window.press_at("[data-menu=more]").await.unwrap();
    window.press_at("[data-request=revoke]").await.unwrap();
    settled(window, "revoke").await;
    sign_in(window).await;
    // The page before the sign-in has the same name.
    window
        .wait_for("everything that would be taken away", |view| {
            view["page"]["actions"][0]["request"]["kind"] == "commit" && view["page"]["busy"].is_null()
        })
        .await
        .unwrap();
    take(window, tour, "32-revoke", zoomed).await;
    window.press_primary().await.unwrap();
    settled(window, "revoked").await;
    take(window, tour, "33-revoked", zoomed).await;
    window.press_at(back).await.unwrap();
    settled(window, "connections").await;
    take(window, tour, "34-connections-revoked", zoomed).await;
}

/// A connection made and handed over, in a window of its own; no picture is taken.
async fn handed_over(data: &Path, dark: bool, language: Option<String>) {
    let window = window_speaking(data, dark, language).await;
    let view = settled(&window, "platform").await;
    window.choose_value("platform", other_platform::ID).await.unwrap();
    press_on(&window, &view).await;
    loop {
        let view = window
            .wait_for("a page at rest", |view| view["page"]["busy"].is_null())
            .await
            .unwrap();
        match key(&view) {
            "exported" => return,
            "sign-in" => sign_in(&window).await,
            "mailboxes" => {
                window.paste("allowed", "support@contoso.example").await.unwrap();
                window.paste("refused", "ceo@contoso.example").await.unwrap();
                press_on(&window, &view).await;
            }
            "verify" => {
                let proven = journeys::eventually::eventually(
                    "the proof",
                    std::time::Duration::from_secs(150),
                    async || {
                        let view = window.view().await.ok()?;
                        (view["page"]["actions"][0]["request"]["kind"] == "continue").then_some(())
                    },
                );
                proven.await.unwrap();
                let view = settled(&window, "verify").await;
                press_on(&window, &view).await;
            }
            _ => press_on(&window, &view).await,
        }
    }
}

fn key(view: &Value) -> &str {
    view["page"]["key"].as_str().unwrap_or_default()
}

/// Presses the filled button and waits until another page is there.
async fn press_on(window: &Window, before: &Value) {
    window.press_primary().await.unwrap();
    window
        .wait_for("another page", |view| {
            key(view) != key(before) && view["page"]["busy"].is_null()
        })
        .await
        .unwrap();
}

/// Presses the filled button, which opens the browser, signs in there and waits for what follows.
pub(super) async fn sign_in(window: &Window) {
    let seen = window.browser().opened().len();
    window.press_primary().await.unwrap();
    let address = window.browser().next(seen).await.unwrap();
    Reader::new(ADMIN).visit(&address).await.unwrap();
    window
        .wait_for("whoever signed in", |view| {
            key(view) != "sign-in" && view["page"]["busy"].is_null()
        })
        .await
        .unwrap();
}

/// The window with this platform chosen, as far as whoever signed in.
pub(super) async fn to_signed_in(window: &Window, platform: &str) {
    settled(window, "platform").await;
    window.choose_value("platform", platform).await.unwrap();
    window.press_primary().await.unwrap();
    settled(window, "method").await;
    window.press_primary().await.unwrap();
    settled(window, "sign-in").await;
    sign_in(window).await;
    settled(window, "signed-in").await;
}

pub(super) async fn take(window: &Window, tour: &mut Tour, name: &str, zoomed: bool) {
    tour.take(window, name).await.unwrap();
    if zoomed {
        window.zoom(2.0).await.unwrap();
        tour.take(window, &format!("{name}-zoom-200")).await.unwrap();
        window.zoom(1.0).await.unwrap();
    }
}
