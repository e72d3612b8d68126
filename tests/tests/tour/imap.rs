//! A platform that reads by IMAP in the real window: the plan, each part's page, the proof and the file.

use journeys::tour::Tour;

use super::certificate::{to_the_plan, until_proven};
use super::renewal::take;
use super::{seen_in_each, settled, window_speaking};

#[tokio::test]
async fn a_platform_that_reads_by_imap_in_the_real_window() {
    seen_in_each("imap", handed_over).await;
}

async fn handed_over(tour: &mut Tour, dark: bool, language: Option<String>, zoomed: bool) {
    let data = tempfile::tempdir().unwrap();
    let window = window_speaking(data.path(), dark, language).await;
    to_the_plan(&window, "logicaldoc").await;
    take(&window, tour, "70-plan", zoomed).await;
    window
        .press_at("[data-part=bar] [data-request=go-to]")
        .await
        .unwrap();
    settled(&window, "app").await;
    for (page, picture) in [
        ("app-done", None),
        ("permissions-to-grant", Some("71-permissions-to-grant")),
        ("permissions", Some("72-permissions")),
        ("secret", None),
        ("secret-done", None),
        ("limit", Some("73-limit")),
        ("limit-done", Some("74-limit-done")),
        ("verify", Some("75-verify-waits")),
    ] {
        window.press_primary().await.unwrap();
        settled(&window, page).await;
        if let Some(picture) = picture {
            take(&window, tour, picture, zoomed).await;
        }
    }
    until_proven(&window).await;
    take(&window, tour, "76-verify", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "export").await;
    take(&window, tour, "77-export", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "exported").await;
    take(&window, tour, "78-exported", zoomed).await;
}
