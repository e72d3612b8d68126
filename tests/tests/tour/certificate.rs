//! A certificate in the real window: chosen in the plan, made, proved and handed over, and what is said of its end.

use std::time::Duration;

use journeys::eventually::eventually;
use journeys::other_platform;
use journeys::tour::Tour;
use journeys::window::Window;

use super::renewal::{sign_in, take};
use super::{at_rest, seen_in_each, settled, window_speaking};

/// Longer than Microsoft's half hour takes in practice.
const WAIT: Duration = Duration::from_secs(150);

#[tokio::test]
async fn a_certificate_is_made_in_the_real_window() {
    seen_in_each("certificate", handed_over).await;
}

async fn handed_over(tour: &mut Tour, dark: bool, language: Option<String>, zoomed: bool) {
    let data = tempfile::tempdir().unwrap();
    other_platform::write(
        &data.path().join("data"),
        &["secret", "certificate"],
        other_platform::ONE_MONTH,
    )
    .unwrap();
    let window = window_speaking(data.path(), dark, language).await;
    to_the_plan(&window, other_platform::ID, None).await;
    for _ in 0..2 {
        let folded = "[data-plan-part=secret] button[aria-expanded=false]";
        window.press_at(folded).await.unwrap();
    }
    take(&window, tour, "60-plan-with-a-secret", zoomed).await;
    window.choose_value("credential", "certificate").await.unwrap();
    window
        .wait_for("a plan with a certificate", |view| {
            let parts = view["page"]["content"]["plan"]["parts"].as_array();
            let mut groups = parts
                .into_iter()
                .flatten()
                .flat_map(|part| part["details"].as_array().into_iter().flatten());
            groups.any(|detail| detail["group"]["chosen"] == "certificate") && view["page"]["busy"].is_null()
        })
        .await
        .unwrap();
    take(&window, tour, "61-plan-with-a-certificate", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "verify").await;
    until_proven(&window).await;
    take(&window, tour, "62-verify", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "export").await;
    take(&window, tour, "63-export", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "exported").await;
    take(&window, tour, "64-exported", zoomed).await;
    window
        .press_at("[data-part=bar] [data-request=save-and-close]")
        .await
        .unwrap();
    settled(&window, "connections").await;
    take(&window, tour, "65-connections", zoomed).await;
}

/// Two mailboxes, of which the second has the protocols of mail programs switched off.
const ALLOWED: &str = "support@contoso.example, claims@contoso.example";

/// From the first page to the plan, with two mailboxes. Of a platform that stands for any, its name is given and everything ticked
/// that it may do. The questions before the sign-in are looked at where a tour is given.
pub(super) async fn to_the_plan(window: &Window, platform: &str, mut looked_at: Option<(&mut Tour, bool)>) {
    settled(window, "platform").await;
    window.choose_value("platform", platform).await.unwrap();
    let view = window.view().await.unwrap();
    let own = view["page"]["content"]["own"].as_array().unwrap();
    if let Some(own) = own.iter().find(|own| own["value"] == platform) {
        window.paste("platform-name", "Northwind Desk").await.unwrap();
        let access = own["access"].as_array().unwrap();
        for extra in access.iter().filter(|extra| extra["on"] == false) {
            let id = format!("[id='extra-{}']", extra["value"].as_str().unwrap());
            window.press_at(&id).await.unwrap();
        }
    }
    if let Some((tour, zoomed)) = &mut looked_at {
        take(window, tour, "66-platform", *zoomed).await;
    }
    window.press_primary().await.unwrap();
    let view = at_rest(window, "after the platform", |key| key != "platform").await;
    if view["page"]["key"] == "method" {
        if let Some((tour, zoomed)) = &mut looked_at {
            take(window, tour, "67-method", *zoomed).await;
        }
        window.press_primary().await.unwrap();
    }
    settled(window, "sign-in").await;
    sign_in(window).await;
    settled(window, "signed-in").await;
    window.press_primary().await.unwrap();
    settled(window, "mailboxes").await;
    window.paste("allowed", ALLOWED).await.unwrap();
    window.paste("refused", "ceo@contoso.example").await.unwrap();
    window.press_primary().await.unwrap();
    settled(window, "plan").await;
}

/// Waits on the page of the proof until it is made.
pub(super) async fn until_proven(window: &Window) {
    let proven = eventually("the proof", WAIT, async || {
        let view = window.view().await.ok()?;
        (view["page"]["actions"][0]["request"]["kind"] == "continue").then_some(())
    });
    proven.await.unwrap();
    settled(window, "verify").await;
}
