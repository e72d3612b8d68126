//! Runs other people's clients, unmodified, against a practice organisation: every one of them, twice, on the same
//! running server.
//!
//! Each client is a script in `tests/clients` that gets the line which the organisation prints at its start, and says
//! `PASS` or `FAIL` for each check. Versions are pinned in the requirements and lock files beside the scripts.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::client_packages::{self, folder};
use crate::process::{self, Group};
use crate::purpose::For;
use crate::setup;
use crate::stages::Stages;
use crate::workspace::{self, Outcome};

/// Which clients are run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that install in seconds; part of every test run.
    Light,
    /// Also those that bring hundreds of megabytes along.
    All,
}

/// What runs a script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Python,
    Node,
    Shell,
}

/// One script of the suite.
struct Client {
    script: &'static str,
    language: Language,
    which: Which,
}

const fn client(script: &'static str, language: Language, which: Which) -> Client {
    Client {
        script,
        language,
        which,
    }
}

/// Every client, the quickest to fail first.
const CLIENTS: [Client; 9] = [
    client("shell/curl.sh", Language::Shell, Which::Light),
    client("python/msal_client.py", Language::Python, Which::Light),
    client("node/msal_client.mjs", Language::Node, Which::Light),
    client("node/graph_client.mjs", Language::Node, Which::Light),
    client("python/mail_clients.py", Language::Python, Which::Light),
    client("shell/mbsync.sh", Language::Shell, Which::Light),
    client("shell/msmtp.sh", Language::Shell, Which::Light),
    client("python/graph_client.py", Language::Python, Which::All),
    client("shell/m365.sh", Language::Shell, Which::All),
];

/// How often the suite runs on one server: what the first round leaves behind must not disturb the second.
const ROUNDS: usize = 2;
/// A client that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// No installation takes longer than this.
const INSTALLED_WITHIN: Duration = Duration::from_secs(15 * 60);
/// Exactly what a requirements file names, checked against the contents that it names. A source package would run a
/// program of its own while it is installed, so only built ones are taken.
const PIP: &[&str] = &[
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
    "--only-binary=:all:",
    "--requirement",
];

/// `cargo xtask clients`: all of them.
pub fn run() -> Outcome {
    let mut stages = Stages::begin();
    let outcome = whole(&mut stages);
    stages.end(outcome)
}

fn whole(stages: &mut Stages) -> Outcome {
    stages.timed("set up", |_| setup::run(For::Testing))?;
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--workspace", "--bin", "practice", "--locked"]);
    stages.run("build", cargo, crate::stages::Output::IfItFails)?;
    suite(stages, Which::All)
}

/// Installs the clients and runs them.
pub fn suite(stages: &mut Stages, which: Which) -> Outcome {
    stages.timed("other people's clients: installation", |_| install(which))?;
    stages.timed("other people's clients", |stages| rounds(stages, which))
}

fn rounds(stages: &mut Stages, which: Which) -> Outcome {
    let mut command = Command::new(practice("debug"));
    command.arg("--json").stdin(Stdio::null()).stdout(Stdio::piped());
    let mut server = Group::start(command)?;
    let line = server.first_line(Duration::from_secs(30))?;
    let mut file = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    file.write_all(line.as_bytes())
        .map_err(|error| error.to_string())?;
    let root = member(&line, "root_certificate").ok_or("the organisation names no root certificate")?;
    let (mut passed, mut failed) = (0, 0);
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS} on the same organisation");
        for client in CLIENTS
            .iter()
            .filter(|client| which == Which::All || client.which == which)
        {
            let (good, bad) = one(client, file.path(), &root, which)?;
            passed += good;
            failed += bad;
        }
    }
    stages.add(passed, failed);
    match failed {
        0 => Ok(()),
        _ => Err(format!("{failed} checks of other people's clients failed")),
    }
}

/// Runs one script; gives how many of its checks passed and failed.
fn one(client: &Client, line: &Path, root: &str, which: Which) -> Outcome<(u64, u64)> {
    let script = folder().join(client.script);
    let mut command = match client.language {
        Language::Python => Command::new(environment(which).join("bin/python")),
        Language::Node => Command::new("node"),
        Language::Shell => Command::new("sh"),
    };
    command.arg(&script).arg(line).current_dir(folder());
    // Settings of this machine would override what a client is told.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "PYTHONPATH"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    for name in [
        "REQUESTS_CA_BUNDLE",
        "SSL_CERT_FILE",
        "CURL_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS",
    ] {
        command.env(name, root);
    }
    command
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("NODE_NO_WARNINGS", "1");
    let started = Instant::now();
    let (mut passed, mut failed) = (0, 0);
    let finished = process::watch(command, LIMIT, |said| {
        if said.starts_with("PASS ") {
            passed += 1;
        } else if said.starts_with("FAIL ") {
            failed += 1;
        } else {
            return;
        }
        println!("  {said}");
    })?;
    // A script that broke off before its first check, or between two, failed as well.
    if (!finished.success && failed == 0) || passed + failed == 0 {
        failed += 1;
    }
    if failed > 0 {
        finished.lines.iter().for_each(|said| println!("    {said}"));
    }
    println!(
        "  {}: {passed} passed, {failed} failed, {:.1} s",
        client.script,
        started.elapsed().as_secs_f64()
    );
    Ok((passed, failed))
}

/// A text member of the organisation's line. The line is flat for every member that is read here.
fn member(line: &str, name: &str) -> Option<String> {
    let (_, rest) = line.split_once(&format!("\"{name}\":\""))?;
    rest.split('"').next().map(str::to_owned)
}

fn install(which: Which) -> Outcome {
    python(which)?;
    client_packages::install_light()?;
    if which == Which::All {
        client_packages::install(&folder().join("node/m365"))?;
    }
    Ok(())
}

/// A Python environment of its own for each set of requirements.
fn python(which: Which) -> Outcome {
    let requirements = folder().join("python").join(match which {
        Which::Light => "requirements.txt",
        Which::All => "requirements-all.txt",
    });
    let wanted = std::fs::read_to_string(&requirements)
        .map_err(|error| format!("{}: {error}", requirements.display()))?;
    let environment = environment(which);
    let stamp = environment.join("installed-requirements.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&environment);
    process::finish(make, INSTALLED_WITHIN)?;
    let mut pip = Command::new(environment.join("bin/python"));
    pip.args(PIP).arg(&requirements);
    process::finish(pip, INSTALLED_WITHIN)?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

fn environment(which: Which) -> PathBuf {
    workspace::tools().join(match which {
        Which::Light => "clients",
        Which::All => "clients-all",
    })
}

/// The practice organisation's program.
pub fn practice(profile: &str) -> PathBuf {
    workspace::target()
        .join(profile)
        .join(format!("practice{}", std::env::consts::EXE_SUFFIX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_of_the_line_is_found() {
        let line = r#"{"origin":"https://localhost:1","root_certificate":"root.pem"}"#;
        assert_eq!(member(line, "root_certificate").as_deref(), Some("root.pem"));
        assert_eq!(member(line, "client_id"), None);
    }

    #[test]
    fn all_the_clients_include_the_light_ones_in_the_same_versions() {
        let read = |name: &str| std::fs::read_to_string(folder().join("python").join(name)).unwrap();
        let all = read("requirements-all.txt");
        for line in read("requirements.txt").lines() {
            assert!(all.lines().any(|other| other == line), "{line}");
        }
    }

    #[test]
    fn packages_of_python_are_checked_against_their_contents() {
        assert!(PIP.contains(&"--require-hashes"));
        assert!(PIP.contains(&"--only-binary=:all:"));
    }

    #[test]
    fn every_script_of_the_suite_is_there_and_every_script_there_is_in_the_suite() {
        for client in &CLIENTS {
            assert!(folder().join(client.script).is_file(), "{}", client.script);
        }
        for part in ["python", "node", "shell"] {
            // What the scripts share, and what a test of cargo's starts by itself.
            let shared = [
                "practice.py",
                "practice.mjs",
                "common.sh",
                "msal_token.mjs",
                "msal_app.mjs",
            ];
            for entry in std::fs::read_dir(folder().join(part)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                let is_script = [".py", ".mjs", ".sh"].iter().any(|end| name.ends_with(end));
                if is_script && !shared.contains(&name.as_str()) {
                    let path = format!("{part}/{name}");
                    assert!(CLIENTS.iter().any(|client| client.script == path), "{path}");
                }
            }
        }
    }
}
