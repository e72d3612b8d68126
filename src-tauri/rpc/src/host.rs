//! What a session or a check asks of whoever hosts it: the desktop, a terminal, or a test that plays the reader.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use journey::Cloud;

use crate::view::View;

/// An answer that comes later.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A running practice organisation.
#[derive(Clone, Debug)]
pub struct Practice {
    /// Its endpoints and its root certificate.
    pub cloud: Cloud,
    /// The public key of its platform.
    pub platform_key: String,
}

/// What lies outside of the program, whether or not it has a window.
pub trait Outside: Send + Sync {
    /// Opens a page in the system's browser.
    fn open_browser(&self, address: &str) -> Result<(), String>;
    /// Starts the practice organisation, or says where it runs.
    fn start_practice(&self) -> Later<Result<Practice, String>>;
}

/// The host of a window.
pub trait Host: Outside {
    /// Shows a view.
    fn publish(&self, view: View);
    /// Opens a folder in the file manager.
    fn open_folder(&self, folder: &Path) -> Result<(), String>;
    /// Puts a text without secrets on the clipboard.
    fn copy(&self, text: String) -> Result<(), String>;
    /// Lets the reader choose a folder.
    fn choose_folder(&self, start: PathBuf) -> Later<Option<PathBuf>>;
}
