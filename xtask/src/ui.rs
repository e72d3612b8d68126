//! The window's content: its packages and its build.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::process;
use crate::workspace::{self, Outcome};

/// npm in the folder of the window's content.
pub fn npm(arguments: &[&str]) -> Command {
    // On Windows npm is a script that only its full name starts.
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(arguments).current_dir(folder());
    npm
}

/// Installs the packages of the lock file, where they aren't installed yet.
pub fn install() -> Outcome {
    let locked = fs::read_to_string(folder().join("package-lock.json"))
        .map_err(|error| format!("ui/package-lock.json: {error}"))?;
    // A copy of the lock file that was installed last says whether there is anything to do.
    let stamp = folder().join("node_modules/.installed-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == locked) {
        return Ok(());
    }
    println!("setup: installing the packages of the window's content");
    // `npm ci` refuses a lock file without the builds for other systems, which not every registry has. This takes the
    // same versions from the lock file, changes nothing in it, and looks for such a build only where it is needed.
    run(&[
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ])?;
    fs::write(&stamp, locked).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Builds `ui/dist`, which the program embeds.
pub fn build() -> Outcome {
    run(&["run", "build"])
}

fn run(arguments: &[&str]) -> Outcome {
    let finished = process::watch(npm(arguments), std::time::Duration::from_secs(15 * 60), |_| {})?;
    if finished.success {
        return Ok(());
    }
    finished.lines.iter().for_each(|line| println!("{line}"));
    Err(format!("npm {} failed", arguments.join(" ")))
}

fn folder() -> PathBuf {
    workspace::top().join("ui")
}
