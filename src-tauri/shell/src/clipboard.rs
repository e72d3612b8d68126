//! The clipboard, for what may be seen by everybody: addresses, ids, a request to another admin.

use std::sync::{Mutex, PoisonError};

/// The clipboard, opened at its first use.
///
/// It stays open while the program runs, because on X11 and Wayland the program that copied is the one that answers
/// when somebody pastes.
#[derive(Default)]
pub struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    /// Puts a text on the clipboard. No secret ever comes here: nothing that could be one has a `String` to give.
    pub fn put(&self, text: String) -> Result<(), arboard::Error> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let clipboard = match &mut *slot {
            Some(clipboard) => clipboard,
            empty => empty.insert(arboard::Clipboard::new()?),
        };
        clipboard.set_text(text)
    }
}
