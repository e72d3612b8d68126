//! A certificate in the real window: chosen in the plan, made, proved and handed over, and what is said of its end.

use std::path::Path;
use std::time::Duration;

use journeys::eventually::eventually;
use journeys::tour::{Tour, language};
use journeys::window::{Window, can_be_driven};

use super::renewal::{sign_in, take};
use super::{settled, window_speaking};

/// A platform that takes either, with keys that end so soon that the list says so at once: no window can wait for months.
const EITHER: &str = r#"
id = "tour-vault"
name = "Northwind Vault"
vendor = "Northwind Traders"
version = 1
summary = "An archive that signs in with a secret or a certificate."
last-verified = 2026-11-27
methods = ["graph-app-only"]
scope-methods = ["rbac-for-applications"]
apps = 1

form = [
    { label = "Application (client) ID", field = "client-id" },
    { label = "Client secret", field = "secret-value" },
    { label = "Private key", field = "private-key" },
    { label = "Certificate", field = "certificate" },
    { label = "Certificate thumbprint", field = "certificate-thumbprint" },
    { label = "Mailbox addresses", field = "mailbox-addresses" },
]

next-steps = [
    "Open the sealed file and enter its values under Settings, Mail.",
]

[[permissions]]
permission = "Mail.Read"
reason = "to read new messages"

[credential]
kinds = ["secret", "certificate"]
longest-months = 1
usual-months = 1
"#;

/// Longer than Microsoft's half hour takes in practice.
const WAIT: Duration = Duration::from_secs(150);

#[tokio::test]
async fn a_certificate_is_made_in_the_real_window() {
    if !can_be_driven() {
        return;
    }
    let mut tour = Tour::begin_in("certificate").unwrap();
    let mut dark = tour.beside("-dark");
    let mut long = tour.beside("-long").enlarged(2.0);
    // The dark in its usual size is for whoever looks at the pictures; what no screen may break is seen in the other two.
    let looked_at = std::env::var_os("MAILGRANT_TOUR").is_some();
    tokio::join!(
        handed_over(&mut tour, false, language(), true),
        async {
            if looked_at {
                handed_over(&mut dark, true, language(), false).await;
            }
        },
        handed_over(&mut long, true, Some("en-XA".into()), false)
    );
}

async fn handed_over(tour: &mut Tour, dark: bool, language: Option<String>, zoomed: bool) {
    let data = tempfile::tempdir().unwrap();
    let window = window_for(data.path(), dark, language).await;
    settled(&window, "platform").await;
    window.choose_value("platform", "tour-vault").await.unwrap();
    window.press_primary().await.unwrap();
    settled(&window, "sign-in").await;
    sign_in(&window).await;
    settled(&window, "signed-in").await;
    window.press_primary().await.unwrap();
    settled(&window, "mailboxes").await;
    window.paste("allowed", "support@contoso.example").await.unwrap();
    window.paste("refused", "ceo@contoso.example").await.unwrap();
    window.press_primary().await.unwrap();
    settled(&window, "plan").await;
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
    let proven = eventually("the proof", WAIT, async || {
        let view = window.view().await.ok()?;
        (view["page"]["actions"][0]["request"]["kind"] == "continue").then_some(())
    });
    proven.await.unwrap();
    settled(&window, "verify").await;
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

async fn window_for(data: &Path, dark: bool, language: Option<String>) -> Window {
    let profiles = data.join("data/profiles");
    std::fs::create_dir_all(&profiles).unwrap();
    std::fs::write(profiles.join("tour-vault.toml"), EITHER).unwrap();
    window_speaking(data, dark, language).await
}
