//! Sets up what is missing on this machine, and says nothing where nothing is.
//!
//! Everything that a later stage needs is fetched here and nowhere else, so that a machine that has never seen the
//! project gets as far as one that built it yesterday. `cargo xtask fresh` tries exactly that.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::client_packages;
use crate::packages;
use crate::process;
use crate::purpose::For;
use crate::ui;
use crate::workspace::{self, Outcome, on_path};

/// A program from the Rust registry, kept beside the build and never in the reader's own folder.
struct Tool {
    name: &'static str,
    version: &'static str,
    from: For,
}

/// Those programs. Each costs minutes of a fresh machine's time, so there is one only where nothing else would do.
const TOOLS: &[Tool] = &[Tool {
    name: "cargo-deny",
    version: "0.20.2",
    from: For::Testing,
}];

/// Parts of Rust that a minimal installation leaves out: the name, and a command that is there with it.
const COMPONENTS: &[(&str, &str)] = &[("rustfmt", "fmt"), ("clippy", "clippy")];

/// The oldest Node.js that the packages of the window's content run on, as `ui/package.json` says it.
const NODE: (u32, u32) = (20, 19);

/// Every crate of the lock file, for every system: no `--target`, because `cargo deny` judges them all, and what it
/// can't find it would have to download in the middle of a run.
const FETCH: &[&str] = &["fetch", "--locked", "--quiet"];

/// Sets up what is missing.
pub fn run(purpose: For) -> Outcome {
    node()?;
    let packages = packages::missing(purpose)?;
    // Downloads wait for the network and tools for the processor, so they wait together.
    at_once(&[
        &|| packages.install(),
        &move || {
            ui::install()?;
            match purpose {
                // A virtual environment needs a package of Debian's, so the rest of the clients comes at their stage.
                For::Testing => client_packages::install_light(),
                _ => Ok(()),
            }
        },
        &move || {
            if purpose == For::Testing {
                components()?;
                fetch()?;
            }
            tools(purpose)
        },
    ])
}

/// Does several things at once and waits for all of them; the first failure is told.
fn at_once(parts: &[&(dyn Fn() -> Outcome + Sync)]) -> Outcome {
    std::thread::scope(|scope| {
        let running: Vec<_> = parts.iter().map(|part| scope.spawn(part)).collect();
        let ended: Vec<Outcome> = running
            .into_iter()
            .map(|part| {
                part.join()
                    .unwrap_or_else(|_| Err(String::from("a part of the set-up broke off")))
            })
            .collect();
        ended.into_iter().collect()
    })
}

fn node() -> Outcome {
    let wanted = format!("install Node.js {}.{} or newer and start again", NODE.0, NODE.1);
    if !on_path(if cfg!(windows) { "npm.cmd" } else { "npm" }) {
        return Err(format!("npm is missing; {wanted}"));
    }
    let said = Command::new("node").arg("--version").output();
    let said = said.map_err(|error| format!("node: {error}; {wanted}"))?;
    let said = String::from_utf8_lossy(&said.stdout);
    match version(&said) {
        Some(here) if here < NODE => Err(format!("Node.js {} is too old; {wanted}", said.trim())),
        _ => Ok(()),
    }
}

/// The first two numbers of `v20.19.0`.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().trim_start_matches('v').split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Adds what a minimal installation of Rust left out.
fn components() -> Outcome {
    for (name, command) in COMPONENTS {
        let mut asked = workspace::cargo();
        asked
            .args([command, "--version"])
            .stdin(Stdio::null())
            .stderr(Stdio::null());
        if asked.output().is_ok_and(|output| output.status.success()) {
            continue;
        }
        println!("setup: adding {name} to Rust");
        let mut rustup = Command::new("rustup");
        rustup
            .args(["component", "add", name])
            .current_dir(workspace::top());
        process::finish(rustup, Duration::from_secs(10 * 60))
            .map_err(|reason| format!("{reason}; install {name} for this Rust and start again"))?;
    }
    Ok(())
}

fn fetch() -> Outcome {
    let mut cargo = workspace::cargo();
    cargo.args(FETCH);
    process::finish(cargo, Duration::from_secs(15 * 60))
}

fn tools(purpose: For) -> Outcome {
    for tool in TOOLS.iter().filter(|tool| tool.from <= purpose) {
        install(tool)?;
    }
    Ok(())
}

fn install(tool: &Tool) -> Outcome {
    let Tool { name, version, .. } = tool;
    let program = workspace::tool(name);
    let stamp = workspace::tools().join(format!("{name}-{version}"));
    if program.is_file() && stamp.is_file() {
        return Ok(());
    }
    println!("setup: building {name} {version} from the Rust registry");
    let mut cargo = workspace::cargo();
    cargo
        .args([
            "install",
            "--quiet",
            "--locked",
            "--force",
            name,
            "--version",
            version,
        ])
        // Built for release it takes several times as long to build and saves four seconds of each run.
        .arg("--debug")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .arg("--root")
        .arg(workspace::tools())
        // Its own folder, because its dependencies are others than ours; removed when it is done.
        .arg("--target-dir")
        .arg(workspace::tools().join("build"));
    process::finish(cargo, Duration::from_secs(20 * 60))?;
    let _ = std::fs::remove_dir_all(workspace::tools().join("build"));
    std::fs::write(&stamp, "").map_err(|error| format!("{}: {error}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::PathBuf;

    #[test]
    fn a_tour_builds_no_tool_that_only_tests_use() {
        let built = |purpose| {
            TOOLS
                .iter()
                .filter(|tool| tool.from <= purpose)
                .map(|tool| tool.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(built(For::Running), Vec::<&str>::new());
        assert_eq!(built(For::Touring), Vec::<&str>::new());
        assert_eq!(built(For::Testing), ["cargo-deny"]);
    }

    #[test]
    fn crates_are_fetched_for_every_system() {
        assert!(FETCH.contains(&"--locked"));
        assert!(!FETCH.iter().any(|argument| argument.starts_with("--target")));
    }

    /// `cargo deny` runs offline and reads the crates of Windows and macOS too: a machine that has only built the
    /// project for itself lacks them.
    #[test]
    fn every_crate_of_the_lock_file_is_at_hand_once_set_up() {
        if std::env::var_os(workspace::SET_UP).is_none() {
            println!("skipped: not set up for tests; run `cargo xtask test`");
            return;
        }
        let home = workspace::cargo_home().unwrap();
        let mut here: Vec<PathBuf> = Vec::new();
        for registry in fs::read_dir(home.join("registry/cache")).unwrap() {
            here.push(registry.unwrap().path());
        }
        let locked = fs::read_to_string(workspace::top().join("Cargo.lock")).unwrap();
        let mut crates = 0;
        let mut missing = Vec::new();
        for package in locked.split("[[package]]").skip(1) {
            let member = |name: &str| {
                let line = package
                    .lines()
                    .find_map(|line| line.strip_prefix(&format!("{name} = \"")))?;
                line.split('"').next()
            };
            // Our own have no source.
            if member("source").is_none() {
                continue;
            }
            crates += 1;
            let file = format!("{}-{}.crate", member("name").unwrap(), member("version").unwrap());
            if !here.iter().any(|registry| registry.join(&file).is_file()) {
                missing.push(file);
            }
        }
        assert!(crates > 100, "{crates} crates in the lock file");
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn versions_of_node_are_compared_as_numbers() {
        assert_eq!(version("v20.19.0\n"), Some((20, 19)));
        assert!(version("v9.11.2") < Some(NODE));
        assert!(version("v20.9.0") < Some(NODE));
        assert!(version("v22.0.0") > Some(NODE));
        assert_eq!(version("nothing"), None);
    }

    #[test]
    fn node_is_asked_for_as_the_package_says() {
        let package = fs::read_to_string(workspace::top().join("ui/package.json")).unwrap();
        assert!(package.contains(&format!("\"node\": \">={}.{}\"", NODE.0, NODE.1)));
    }

    #[test]
    fn what_fails_in_the_set_up_is_told_and_nothing_is_left_running() {
        let good = || Ok(());
        let bad = || Err(String::from("no"));
        assert_eq!(at_once(&[&good, &good]), Ok(()));
        assert_eq!(at_once(&[&good, &bad]), Err(String::from("no")));
    }
}
