//! The window's content: its packages and its build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::process;
use crate::workspace::{self, Outcome};

/// Exactly what the lock file names, checked against the contents that it names, and without running any program that
/// a package brings along. What is built for one system comes as a package of its own, not by such a program.
const INSTALL: &[&str] = &["ci", "--ignore-scripts", "--no-audit", "--no-fund"];

/// npm in a folder.
fn npm_in(folder: &Path, arguments: &[&str]) -> Command {
    // On Windows npm is a script that only its full name starts.
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(arguments).current_dir(folder);
    npm
}

/// npm in the folder of the window's content.
pub fn npm(arguments: &[&str]) -> Command {
    npm_in(&folder(), arguments)
}

/// Installs the packages of the window's content, where they aren't installed yet.
pub fn install() -> Outcome {
    install_in(
        &folder(),
        "setup: installing the packages of the window's content",
    )
}

/// Installs the packages of a folder's lock file, where they aren't installed yet.
pub fn install_in(folder: &Path, says: &str) -> Outcome {
    let lock = folder.join("package-lock.json");
    let locked = fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    // A copy of the lock file that was installed last says whether there is anything to do.
    let stamp = folder.join("node_modules/.installed-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == locked) {
        return Ok(());
    }
    println!("{says}");
    process::finish(npm_in(folder, INSTALL), Duration::from_secs(15 * 60))?;
    fs::write(&stamp, locked).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Builds `ui/dist`, which the program embeds.
pub fn build() -> Outcome {
    process::finish(npm(&["run", "build"]), Duration::from_secs(15 * 60))
}

fn folder() -> PathBuf {
    workspace::top().join("ui")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_installed_as_locked_and_run_nothing() {
        assert_eq!(INSTALL.first(), Some(&"ci"));
        assert!(INSTALL.contains(&"--ignore-scripts"));
    }
}
