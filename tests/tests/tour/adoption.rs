//! Taking over an app in the real window: found by its name, looked at, and limited while its old permissions wait.

use std::time::Duration;

use journeys::eventually::eventually;
use journeys::tour::Tour;
use journeys::window::Window;

use super::renewal::{sign_in, take, to_signed_in};
use super::{seen_in_each, settled, window_speaking};

/// An app of somebody else's that the practice organisation has from the start: it reads and sends in every mailbox.
const NAME: &str = "Invoice Scanner";

/// Longer than the two hours of Microsoft's take in practice.
const WAIT: Duration = Duration::from_secs(240);

#[tokio::test]
async fn an_app_is_taken_over_in_the_real_window() {
    seen_in_each("adoption", taken_over).await;
}

async fn taken_over(tour: &mut Tour, dark: bool, language: Option<String>, zoomed: bool) {
    let data = tempfile::tempdir().unwrap();
    let window = window_speaking(data.path(), dark, language).await;
    to_signed_in(&window, "sinch-contact-pro").await;
    take(&window, tour, "40-signed-in", zoomed).await;
    window
        .press_at("[data-request=choose-existing-app]")
        .await
        .unwrap();
    settled(&window, "existing-app").await;
    window
        .paste("app", "6f1b2c3d-0000-4000-8000-00000000abcd")
        .await
        .unwrap();
    window.press_primary().await.unwrap();
    window
        .wait_for("that there is no such app", |view| {
            let problems = view["page"]["fieldProblems"].as_array();
            problems.is_some_and(|problems| !problems.is_empty())
        })
        .await
        .unwrap();
    take(&window, tour, "41-existing-app-unknown", zoomed).await;
    window.paste("app", "P").await.unwrap();
    window.press_primary().await.unwrap();
    window
        .wait_for("apps of that name", |view| {
            view["page"]["content"]["foundHeading"].is_string() && view["page"]["busy"].is_null()
        })
        .await
        .unwrap();
    take(&window, tour, "42-existing-apps", zoomed).await;
    window.paste("app", NAME).await.unwrap();
    window.press_primary().await.unwrap();
    settled(&window, "app-found").await;
    take(&window, tour, "43-app-found", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "mailboxes").await;
    window
        .paste("allowed", "support@contoso.example; billing@contoso.example")
        .await
        .unwrap();
    window.paste("refused", "ceo@contoso.example").await.unwrap();
    window.press_primary().await.unwrap();
    settled(&window, "plan").await;
    take(&window, tour, "44-plan", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "old-permissions-wait").await;
    take(&window, tour, "45-old-permissions-wait", zoomed).await;
    eventually("that they may go", WAIT, async || {
        let view = window.view().await.ok()?;
        (view["page"]["key"] == "old-permissions").then_some(())
    })
    .await
    .unwrap();
    take(&window, tour, "46-old-permissions", zoomed).await;
    remove(&window).await;
    take(&window, tour, "47-verify", zoomed).await;
}

/// Takes the old permissions away, with the sign-in that it takes.
async fn remove(window: &Window) {
    sign_in(window).await;
    settled(window, "verify").await;
}
