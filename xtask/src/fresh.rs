//! Both commands of the README, each on a machine that has never seen the project: as near as one can get to that
//! without another machine.
//!
//! Each gets a fresh clone of the last commit, and an empty folder for everything that cargo, npm and pip keep. What
//! stays is Rust itself, Node.js, the settings that say which registries are used, and the packages of the system,
//! which can't be taken away for a while; how many of them were there already is said.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::packages;
use crate::process;
use crate::purpose::For;
use crate::workspace::{self, Outcome};

/// The commands of the README, in the order in which a newcomer tries them.
const COMMANDS: [&str; 2] = ["run", "test"];
/// What can be asked for by name as well: the quick part of both, for whoever changes the set-up.
const QUICK: &str = "setup";

/// Variables that say where registries and Rust itself are. They stay.
const OF_THE_MACHINE: [&str; 7] = [
    "CARGO_REGISTRIES_",
    "CARGO_REGISTRY_",
    "CARGO_SOURCE_",
    "CARGO_HTTP_",
    "CARGO_NET_",
    "RUSTUP_HOME",
    "RUSTUP_AUTO_INSTALL",
];
/// What `cargo` and `rustup` set for the programs that they start, and what somebody set for their own builds. A
/// newcomer has none of them.
const FOREIGN: [&str; 11] = [
    "CARGO",
    "RUST",
    "LD_LIBRARY_PATH",
    "DYLD_",
    "MAILGRANT_",
    "TAURI_",
    "NODE_ENV",
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "DISPLAY",
    "WAYLAND_DISPLAY",
];

/// Runs both, or the one that is named, and prints how long each took.
pub fn run(rest: &[&str]) -> Outcome {
    let commands: Vec<&str> = match rest {
        [] => COMMANDS.to_vec(),
        [one] if COMMANDS.contains(one) || *one == QUICK => vec![one],
        _ => return Err(String::from("fresh takes nothing, or one of run, test, setup")),
    };
    let commit = head()?;
    println!("fresh: each command on a clone of {commit} with nothing downloaded or built");
    let mut times = Vec::new();
    for command in commands {
        let purpose = if command == "run" {
            For::Touring
        } else {
            For::Testing
        };
        if let Some((here, of)) = packages::installed_already(purpose) {
            println!("fresh: {here} of the {of} packages of the system were installed already");
        }
        let begun = Instant::now();
        let outcome = once(command);
        let line = format!(
            "cargo xtask {command}: {}, {:.0} s",
            if outcome.is_ok() { "passed" } else { "FAILED" },
            begun.elapsed().as_secs_f64()
        );
        println!("fresh: {line}");
        times.push(line);
        outcome?;
    }
    println!("fresh, from nothing: {}", times.join("; "));
    Ok(())
}

/// One command in a clone and with caches of its own, all of which are gone afterwards.
fn once(command: &str) -> Outcome {
    let folder = tempfile::Builder::new()
        .prefix("mailgrant-fresh-")
        .tempdir()
        .map_err(|error| format!("no folder for a fresh clone: {error}"))?;
    let place = Place::make(folder.path())?;
    let mut cargo = Command::new("cargo");
    cargo.args(["xtask", command]).current_dir(&place.clone);
    place.dress(&mut cargo);
    let outcome = process::show(cargo);
    // A folder that stays fills the disk, so it is said; the command's own outcome counts more.
    let removed = folder
        .close()
        .map_err(|error| format!("the fresh clone could not be removed: {error}"));
    outcome.and(removed)
}

/// A clone, and empty folders for what is downloaded.
struct Place {
    clone: PathBuf,
    cargo: PathBuf,
    npm: PathBuf,
    pip: PathBuf,
    cache: PathBuf,
}

impl Place {
    fn make(folder: &Path) -> Outcome<Self> {
        let place = Self {
            clone: folder.join("mailgrant"),
            cargo: folder.join("cargo"),
            npm: folder.join("npm"),
            pip: folder.join("pip"),
            cache: folder.join("cache"),
        };
        for empty in [&place.cargo, &place.npm, &place.pip, &place.cache] {
            fs::create_dir(empty).map_err(|error| format!("{}: {error}", empty.display()))?;
        }
        let mut clone = Command::new("git");
        clone
            .args(["clone", "--quiet", "--no-hardlinks"])
            .arg(workspace::top())
            .arg(&place.clone);
        process::show(clone)?;
        keep_settings(workspace::cargo_home().as_deref(), &place.cargo)?;
        Ok(place)
    }

    /// Gives a command the empty folders, and takes away what a newcomer doesn't have.
    fn dress(&self, command: &mut Command) {
        for (name, _) in std::env::vars_os() {
            if is_foreign(&name) {
                command.env_remove(name);
            }
        }
        command
            .env("CARGO_HOME", &self.cargo)
            .env("npm_config_cache", &self.npm)
            .env("PIP_CACHE_DIR", &self.pip)
            .env("XDG_CACHE_HOME", &self.cache);
        // Where it isn't said, rustup looks beside an emptied home.
        if std::env::var_os("RUSTUP_HOME").is_none()
            && let Some(home) = std::env::home_dir()
        {
            command.env("RUSTUP_HOME", home.join(".rustup"));
        }
    }
}

/// The settings of cargo say which registries are used here; nothing else of its home is taken along.
fn keep_settings(from: Option<&Path>, to: &Path) -> Outcome {
    for name in ["config.toml", "config"] {
        let settings = from.map(|home| home.join(name)).filter(|file| file.is_file());
        if let Some(settings) = settings {
            fs::copy(&settings, to.join(name)).map_err(|error| format!("{}: {error}", settings.display()))?;
        }
    }
    Ok(())
}

fn is_foreign(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    FOREIGN.iter().any(|start| name.starts_with(start))
        && !OF_THE_MACHINE.iter().any(|start| name.starts_with(start))
}

/// The commit that is cloned. What isn't committed isn't part of it, and that is said.
fn head() -> Outcome<String> {
    let git = |arguments: &[&str]| -> Outcome<String> {
        let said = Command::new("git")
            .args(arguments)
            .current_dir(workspace::top())
            .output()
            .map_err(|error| format!("git: {error}"))?;
        if !said.status.success() {
            return Err(format!("git: {}", String::from_utf8_lossy(&said.stderr).trim()));
        }
        Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
    };
    let uncommitted = git(&["status", "--porcelain"])?.lines().count();
    if uncommitted > 0 {
        println!("fresh: {uncommitted} files that aren't committed are not part of this");
    }
    git(&["log", "-1", "--format=%h %s"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    #[test]
    fn a_newcomer_has_nobodys_build_settings_and_the_machines_registries() {
        for foreign in [
            "CARGO",
            "CARGO_HOME",
            "CARGO_TARGET_DIR",
            "CARGO_PROFILE_DEV_DEBUG",
            "RUSTFLAGS",
            "RUSTUP_TOOLCHAIN",
            "DISPLAY",
        ] {
            assert!(is_foreign(OsStr::new(foreign)), "{foreign}");
        }
        for kept in [
            "PATH",
            "HOME",
            "CARGO_HTTP_CAINFO",
            "CARGO_REGISTRIES_MIRROR_INDEX",
            "HTTPS_PROXY",
            "PIP_CERT",
            "RUSTUP_HOME",
        ] {
            assert!(!is_foreign(OsStr::new(kept)), "{kept}");
        }
    }

    #[test]
    fn of_cargos_home_only_its_settings_are_taken_along() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(from.path().join("config.toml"), "[net]\n").unwrap();
        fs::write(from.path().join("credentials.toml"), "secret").unwrap();
        fs::create_dir(from.path().join("registry")).unwrap();
        keep_settings(Some(from.path()), to.path()).unwrap();
        let kept: Vec<OsString> = fs::read_dir(to.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(kept, ["config.toml"]);
        keep_settings(None, to.path()).unwrap();
    }
}
