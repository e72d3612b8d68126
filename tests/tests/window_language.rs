//! Another language is chosen in the real window, and everything follows at once.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::window::{Opening, Window, can_be_driven};

/// What the document says of itself, and what has the focus.
async fn spoken(window: &Window) -> (String, String, String) {
    let script = "return [document.documentElement.lang, document.querySelector('h1').textContent, document.activeElement.id]";
    let said = window.run(script, Vec::new()).await.unwrap();
    let text = |at: usize| said[at].as_str().unwrap_or_default().to_owned();
    (text(0), text(1), text(2))
}

#[tokio::test]
async fn a_language_is_chosen_and_everything_follows() {
    if !can_be_driven() {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let opening = || Opening {
        data: Some(data.path().join("data")),
        ..Opening::default()
    };
    let window = Window::open(opening()).await.unwrap();
    window.press("Help").await.unwrap();
    window.wait_for_page("help").await.unwrap();
    assert_eq!(spoken(&window).await.0, "en");
    window
        .run("document.getElementById('language').focus()", Vec::new())
        .await
        .unwrap();
    assert!(window.focused().await.unwrap().contains("Language"));
    // A list of the system's own isn't drawn by the page, so its value is set as the list would.
    let choose = "const list = document.getElementById('language');
        const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
        set.call(list, arguments[0]);
        list.dispatchEvent(new Event('change', { bubbles: true }));";
    window.run(choose, vec!["de".into()]).await.unwrap();
    window
        .wait_for("German", |view| view["language"] == "de")
        .await
        .unwrap();
    window.stand_still().await.unwrap();
    let (lang, heading, focus) = spoken(&window).await;
    assert_eq!(
        (lang.as_str(), heading.as_str(), focus.as_str()),
        ("de", "Hilfe", "language")
    );
    assert_eq!(window.accessibility_violations().await.unwrap(), []);
    window.press("Hilfe schließen").await.unwrap();
    window.wait_for_page("start").await.unwrap();
    window.close().await.unwrap();
    // It is remembered.
    let window = Window::open(opening()).await.unwrap();
    let (lang, heading, _) = spoken(&window).await;
    assert_eq!(lang, "de");
    assert!(heading.starts_with("Eine Mailplattform"), "{heading}");
    assert_eq!(window.complaints().await.unwrap(), Vec::<String>::new());
}
