//! What a session asks of the desktop: the one place where the product's floors and Tauri meet.

use std::path::{Path, PathBuf};

use rpc::host::{Host, Later, Outside, Practice};
use rpc::view::View;
use tauri::{AppHandle, Emitter as _, Manager as _};
use tauri_plugin_dialog::DialogExt as _;

use crate::practice_organisation::PracticeOrganisation;
use crate::{browser, clipboard, window};

/// The event that carries a new view to the window.
pub const VIEW_EVENT: &str = "view";

/// The desktop as seen from a session.
pub struct Desktop {
    app: AppHandle,
}

impl Desktop {
    /// The desktop that this window stands on.
    pub fn new(app: AppHandle) -> Self {
        Self { app }
    }
}

impl Outside for Desktop {
    fn open_browser(&self, address: &str) -> Result<(), String> {
        browser::open_page(address).map_err(|error| error.to_string())
    }

    fn start_practice(&self) -> Later<Result<Practice, String>> {
        let app = self.app.clone();
        Box::pin(async move {
            // The window comes first: a start of the organisation keeps both cores busy.
            app.state::<window::Paint>().awaited().await;
            let addresses = app.state::<PracticeOrganisation>().addresses().await;
            let addresses = addresses.map_err(|error| error.to_string())?;
            let cloud = addresses.cloud().map_err(|error| error.to_string())?;
            Ok(Practice {
                cloud,
                platform_key: addresses.platform_recipient,
            })
        })
    }
}

impl Host for Desktop {
    fn publish(&self, view: View) {
        // A window that is being closed hears nothing more, and needs nothing more.
        if let Some(window) = self.app.get_webview_window(window::LABEL) {
            let _ = window.set_title(&view.title);
        }
        let _ = self.app.emit_to(window::LABEL, VIEW_EVENT, view);
    }

    fn open_folder(&self, folder: &Path) -> Result<(), String> {
        browser::open_folder(folder).map_err(|error| error.to_string())
    }

    fn copy(&self, text: String) -> Result<(), String> {
        self.app
            .state::<clipboard::Clipboard>()
            .put(text)
            .map_err(|error| error.to_string())
    }

    fn choose_folder(&self, start: PathBuf) -> Later<Option<PathBuf>> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let mut dialog = self.app.dialog().file().set_directory(start);
        if let Some(window) = self.app.get_webview_window(window::LABEL) {
            dialog = dialog.set_parent(&window);
        }
        dialog.pick_folder(move |chosen| {
            let _ = answer.send(chosen.and_then(|chosen| chosen.into_path().ok()));
        });
        // A dialog that goes away without an answer chose nothing.
        Box::pin(async move { answered.await.ok().flatten() })
    }
}
