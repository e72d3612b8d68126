//! One onboarding, or one renewal, in a process of its own: what it is told and what it tells.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::organisation::Organisation;
use crate::renew::To;

/// A run that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(90);

/// What a run is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// The organisation.
    pub organisation: Organisation,
    /// Who signs in.
    pub account: String,
    /// Where connections are kept.
    pub data: PathBuf,
    /// Where files are exported to.
    pub export: PathBuf,
    /// The keychain's namespace.
    pub keychain: String,
    /// The mailboxes to type.
    pub mailboxes: String,
    /// The mailboxes that must stay refused, to type.
    pub refused: String,
    /// The platform that is chosen, by the name of its profile; the first that is offered where none is named.
    pub platform: Option<String>,
    /// Whether the plan is carried out as one, rather than one part at a time.
    pub by_plan: bool,
    /// How far a connection that was handed over is renewed; without it, one is onboarded.
    pub renew: Option<To>,
    /// The app that is taken over in place of making one: the profile of its platform, and its client id.
    pub adopt: Option<(String, String)>,
    /// The point at which it kills itself, from 1.
    pub kill_at: Option<usize>,
}

/// What a run that came to its end tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ended {
    /// How many points it passed.
    pub points: usize,
    /// How many remote calls it made.
    pub calls: usize,
    /// How often something was typed.
    pub typed: usize,
}

/// How a run went.
#[derive(Clone, Debug)]
pub enum Went {
    /// To the end.
    Ended(Ended),
    /// It killed itself, as told, at this point.
    Killed(String),
}

/// Runs it and waits.
pub async fn run(program: &Path, run: &Run) -> Outcome<Went> {
    let mut told = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let text = serde_json::to_string(run).map_err(|error| error.to_string())?;
    told.write_all(text.as_bytes())
        .map_err(|error| error.to_string())?;
    let mut command = tokio::process::Command::new(program);
    command
        .arg(told.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let output = tokio::time::timeout(PATIENCE, command.output())
        .await
        .map_err(|_| "the run hangs".to_owned())?;
    let output = output.map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() {
        return serde_json::from_str(&said)
            .map(Went::Ended)
            .map_err(|error| format!("{error}: {said}"));
    }
    match said.lines().last().and_then(|line| line.strip_prefix(KILLED)) {
        Some(point) => Ok(Went::Killed(point.to_owned())),
        None => Err(format!("{said}\n{}", String::from_utf8_lossy(&output.stderr))),
    }
}

/// Runs it to its end.
///
/// # Errors
/// Where it didn't come to it.
pub async fn ended(program: &Path, told: &Run) -> Outcome<Ended> {
    match run(program, told).await? {
        Went::Ended(ended) => Ok(ended),
        Went::Killed(place) => Err(format!("nobody asked for a kill at {place}")),
    }
}

/// Runs it to the point at which it is told to kill itself, and says where that was.
///
/// # Errors
/// Where it went on.
pub async fn killed(program: &Path, told: &Run) -> Outcome<String> {
    match run(program, told).await? {
        Went::Killed(place) => Ok(place),
        Went::Ended(_) => Err("the kill didn't happen".into()),
    }
}

const KILLED: &str = "killed at ";

/// Ends this process as a power cut would, after saying where.
#[cfg(unix)]
#[allow(clippy::print_stdout, reason = "the parent reads where the kill was")]
pub fn kill_this_process(point: &str) {
    println!("{KILLED}{point}");
    // A process that cannot kill itself goes on and fails the test by coming to its end.
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    // The signal may reach another thread first.
    loop {
        std::thread::park();
    }
}

/// Ends this process, after saying where.
#[cfg(not(unix))]
pub fn kill_this_process(_point: &str) {
    std::process::abort();
}
