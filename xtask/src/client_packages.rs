//! The folder of other people's clients, and the packages of those in Node.js.

use std::path::{Path, PathBuf};

use crate::ui;
use crate::workspace::{self, Outcome};

/// Where the clients are.
pub fn folder() -> PathBuf {
    workspace::top().join("tests/clients")
}

/// Installs the clients in Node.js that are part of every test run.
pub fn install_light() -> Outcome {
    install(&folder().join("node"))
}

/// Installs the clients in Node.js of this folder.
pub fn install(folder: &Path) -> Outcome {
    ui::install_in(folder, "setup: installing other people's clients in Node.js")
}
