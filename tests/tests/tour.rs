//! The tour: the real window from its first page on, as a person sees it, with a picture of every screen.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::path::PathBuf;

use journeys::window::{Opening, Window, can_be_driven};

/// Where pictures go: the folder that `cargo xtask tour` names, or one that is removed again.
struct Pictures {
    folder: PathBuf,
    _removed: Option<tempfile::TempDir>,
}

impl Pictures {
    fn begin() -> Self {
        match std::env::var_os("MAILGRANT_TOUR") {
            Some(folder) => Self {
                folder: folder.into(),
                _removed: None,
            },
            None => {
                let removed = tempfile::tempdir().unwrap();
                Self {
                    folder: removed.path().to_owned(),
                    _removed: Some(removed),
                }
            }
        }
    }

    /// Takes a picture of a screen, after checking what no screen may break.
    async fn take(&self, window: &Window, name: &str) {
        let violations = window.accessibility_violations().await.unwrap();
        assert!(violations.is_empty(), "{name}: {violations:#?}");
        assert_eq!(window.complaints().await.unwrap(), Vec::<String>::new(), "{name}");
        assert!(
            !window.scrolls_sideways().await.unwrap(),
            "{name} scrolls sideways"
        );
        window
            .picture(&self.folder.join(format!("{name}.png")))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_first_page_in_light_in_dark_and_enlarged() {
    if !can_be_driven() {
        return;
    }
    let pictures = Pictures::begin();
    for dark in [false, true] {
        let window = Window::open(Opening {
            dark,
            ..Opening::default()
        })
        .await
        .unwrap();
        pictures
            .take(&window, if dark { "01-start-dark" } else { "01-start" })
            .await;
        if !dark {
            window.zoom(2.0).await.unwrap();
            pictures.take(&window, "01-start-zoom-200").await;
        }
    }
}
