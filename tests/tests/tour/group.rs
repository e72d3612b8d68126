//! A limit that goes by a group, in the real window: the group is typed, chosen, planned, and told in the proof.

use journeys::tour::Tour;

use super::renewal::{take, to_signed_in};
use super::{seen_in_each, settled, window_speaking};

/// A group of the practice organisation that has only mailboxes in it.
const GROUP: &str = "finance-approvers@contoso.example";

#[tokio::test]
async fn a_limit_goes_by_a_group_in_the_real_window() {
    seen_in_each("group", by_a_group).await;
}

async fn by_a_group(tour: &mut Tour, dark: bool, language: Option<String>, zoomed: bool) {
    let data = tempfile::tempdir().unwrap();
    let window = window_speaking(data.path(), dark, language).await;
    to_signed_in(&window, "sinch-contact-pro").await;
    window.press_primary().await.unwrap();
    settled(&window, "mailboxes").await;
    window.paste("allowed", GROUP).await.unwrap();
    window.paste("refused", "ceo@contoso.example").await.unwrap();
    window.press_primary().await.unwrap();
    window
        .wait_for("the group to be told", |view| {
            let messages = view["page"]["content"]["messages"].as_array();
            messages.is_some_and(|messages| !messages.is_empty()) && view["page"]["busy"].is_null()
        })
        .await
        .unwrap();
    settled(&window, "mailboxes").await;
    take(&window, tour, "50-group-offered", zoomed).await;
    window.press_at("[data-request=use-group]").await.unwrap();
    window
        .wait_for("its members", |view| {
            let rows = view["page"]["content"]["allowed"]["rows"].as_array();
            rows.is_some_and(|rows| rows.len() > 1) && view["page"]["busy"].is_null()
        })
        .await
        .unwrap();
    settled(&window, "mailboxes").await;
    take(&window, tour, "51-group-chosen", zoomed).await;
    window.press_primary().await.unwrap();
    settled(&window, "plan").await;
    take(&window, tour, "52-group-plan", zoomed).await;
}
