//! Stands where the reader's browser would: notes which addresses the wizard opens.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::eventually::{PATIENCE, eventually};

/// A folder with a program `xdg-open` that writes down what it is given.
pub struct FakeBrowser {
    folder: tempfile::TempDir,
}

impl FakeBrowser {
    /// Makes one.
    pub fn new() -> Outcome<Self> {
        let folder = tempfile::tempdir().map_err(|error| format!("a fake browser: {error}"))?;
        let browser = Self { folder };
        let program = browser.folder.path().join("xdg-open");
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n",
            browser.notes().display()
        );
        fs::write(&program, script).map_err(|error| format!("a fake browser: {error}"))?;
        make_program(&program)?;
        Ok(browser)
    }

    /// A `PATH` that finds it first.
    pub fn path(&self) -> Outcome<std::ffi::OsString> {
        let known = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.folder.path().to_owned()).chain(std::env::split_paths(&known));
        std::env::join_paths(folders).map_err(|error| error.to_string())
    }

    /// Every address opened so far.
    pub fn opened(&self) -> Vec<String> {
        let notes = fs::read_to_string(self.notes()).unwrap_or_default();
        // A line without its end is still being written.
        notes
            .split_inclusive('\n')
            .filter_map(|line| line.strip_suffix('\n'))
            .map(str::to_owned)
            .collect()
    }

    /// Waits for the address that is opened after the first `seen` ones.
    pub async fn next(&self, seen: usize) -> Outcome<String> {
        eventually("the browser to be opened", PATIENCE, async || {
            self.opened().into_iter().nth(seen)
        })
        .await
    }

    fn notes(&self) -> PathBuf {
        self.folder.path().join("opened")
    }
}

#[cfg(unix)]
fn make_program(file: &Path) -> Outcome {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())
}

#[cfg(not(unix))]
fn make_program(_file: &Path) -> Outcome {
    Err(String::from("the window is driven only on Linux"))
}
