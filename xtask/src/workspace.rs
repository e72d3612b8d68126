//! Where things are. No path of any machine is written down anywhere.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a command of this program gives back; the reason of a failure is a sentence for the reader.
pub type Outcome<T = ()> = Result<T, String>;

/// Says to a test that the set-up for tests has run, so that what it brings has to be there.
pub const SET_UP: &str = "MAILGRANT_SET_UP";

/// The top of the repository.
pub fn top() -> &'static Path {
    // Compiled in by cargo, from wherever the clone is.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => top().join(folder),
        None => top().join("target"),
    }
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(top());
    cargo
}

/// Where cargo keeps what it downloaded.
pub fn cargo_home() -> Option<PathBuf> {
    match std::env::var_os("CARGO_HOME") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => std::env::home_dir().map(|home| home.join(".cargo")),
    }
}

/// The wizard as built for development, or for release.
pub fn app(profile: &str) -> PathBuf {
    target()
        .join(profile)
        .join(format!("mailgrant{}", std::env::consts::EXE_SUFFIX))
}

/// A tool that `setup` installs for this project alone.
pub fn tool(name: &str) -> PathBuf {
    tools()
        .join("bin")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The folder of those tools.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// Whether a program can be started by its name alone.
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}
