//! Which language the window speaks, where somebody chose one.

use std::io::{Read as _, Write as _};
use std::path::Path;

use super::DataFolder;
use crate::journal_file::options;

/// The file with the tag of the language.
pub(super) const LANGUAGE: &str = "language";

/// The longest tag that is read: what RFC 5646 asks every reader to take.
const LONGEST: u64 = 35;

/// The tag of the language that was chosen in this folder, which a window may have open; none where it follows the computer.
pub fn remembered_language(folder: &Path) -> Option<String> {
    let file = options().read(true).open(folder.join(LANGUAGE)).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut tag = String::new();
    file.take(LONGEST + 1).read_to_string(&mut tag).ok()?;
    is_tag(&tag).then_some(tag)
}

impl DataFolder {
    /// The tag of the language that was chosen; none where the window follows the computer.
    pub fn language(&self) -> Option<String> {
        remembered_language(self.path())
    }

    /// Notes the language that was chosen, or that the window follows the computer. Where that can't be written, it holds
    /// for this window only; what isn't ours under that name stays.
    pub fn note_language(&self, tag: Option<&str>) {
        let note = self.path().join(LANGUAGE);
        if self.language().is_some() {
            drop(std::fs::remove_file(&note));
        }
        let Some(tag) = tag else { return };
        let written = options().write(true).create_new(true).open(&note);
        if let Ok(mut file) = written
            && file.write_all(tag.as_bytes()).is_err()
        {
            drop(std::fs::remove_file(&note));
        }
    }
}

fn is_tag(text: &str) -> bool {
    (1..=LONGEST).contains(&(text.len() as u64))
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
