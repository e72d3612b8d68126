//! Measures the figures that the README quotes, all in one run so that they can be compared.
//!
//! Times depend on the machine, so the bounds are ratios: each of ours against the least that the same thing takes,
//! measured in turns with it. This is the only place where time is judged; no test looks at it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::clients;
use crate::display::PrivateDesktop;
use crate::process::{self, Group};
use crate::purpose::For;
use crate::setup;
use crate::ui;
use crate::workspace::{self, Outcome};

/// How often each of the two windows is opened. The first of each reads the libraries from disk and isn't counted.
const STARTS: usize = 11;
/// The wizard's window may take this much of what an empty one takes.
const RATIO_AT_MOST: f64 = 1.3;

/// Builds for release, and measures. Fails where a bound is missed, after printing everything.
pub fn run() -> Outcome {
    setup::run(For::Touring)?;
    ui::build()?;
    build(&["--bin", "mailgrant", "--example", "empty_window"])?;
    // By itself, so that what it needs doesn't change how the program is built.
    build(&[
        "--package",
        "journeys",
        "--bin",
        "calls",
        "--bin",
        "proofs",
        "--bin",
        "load",
    ])?;
    build(&["--package", "practice", "--bin", "practice"])?;
    let desktop = PrivateDesktop::start()?;
    let size = fs::metadata(workspace::app("release"))
        .map_err(|error| error.to_string())?
        .len();
    println!("size of the program: {:.1} MB", size as f64 / 1e6);
    let window_kept = windows(&desktop)?;
    let calls_kept = on(&desktop, "calls")?;
    let proofs_kept = on(&desktop, "proofs")?;
    let load_kept = load()?;
    let missed: Vec<&str> = [
        ("the window's", window_kept),
        ("the remote calls'", calls_kept),
        ("the verification's", proofs_kept),
        ("the practice organisation's", load_kept),
    ]
    .into_iter()
    .filter_map(|(whose, kept)| (!kept).then_some(whose))
    .collect();
    if missed.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{} bounds are missed, or couldn't be measured",
            missed.join(", ")
        ))
    }
}

/// A practice organisation of 100,000 mailboxes and many clients. It prints its own figures.
fn load() -> Outcome<bool> {
    let status = Command::new(built("load"))
        .arg(clients::practice("release"))
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("load could not be started: {error}"))?;
    Ok(status.success())
}

fn build(what: &[&str]) -> Outcome {
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--release", "--locked"]).args(what);
    process::show(cargo)
}

/// Opens both windows in turns, and says whether the wizard's is ready soon enough.
fn windows(desktop: &PrivateDesktop) -> Outcome<bool> {
    let (mut ours, mut empty, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let start = start(desktop, &workspace::app("release"), true)?;
        ours.push(start.painted);
        memory.extend(start.memory);
        empty.push(self::start(desktop, &empty_window(), false)?.painted);
    }
    let (first, first_empty) = (ours.remove(0), empty.remove(0));
    let ratio = median(&mut ours) as f64 / median(&mut empty) as f64;
    let kept = ratio <= RATIO_AT_MOST;
    println!("start to painted window, first: {first} ms");
    println!("start to painted window, then: {}", spread(&mut ours));
    println!("the same of an empty Tauri window, first: {first_empty} ms");
    println!("the same of an empty Tauri window, then: {}", spread(&mut empty));
    println!(
        "window against an empty one: {ratio:.2} (at most {RATIO_AT_MOST}) {}",
        if kept { "PASS" } else { "FAIL" }
    );
    if !memory.is_empty() {
        let megabytes = median(&mut memory) as f64 * 1024.0 / 1e6;
        println!(
            "memory of the program's own process once the window is painted, without the web view's: {megabytes:.1} MB"
        );
    }
    Ok(kept)
}

/// Runs one of what needs a keychain: `calls` onboards without a window against the same calls by hand, `proofs` verifies
/// many mailboxes. It prints its own figures.
fn on(desktop: &PrivateDesktop, name: &str) -> Outcome<bool> {
    let mut command = Command::new(built(name));
    desktop.dress(&mut command);
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("{name} could not be started: {error}"))?;
    Ok(status.success())
}

fn built(name: &str) -> PathBuf {
    workspace::target()
        .join("release")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn empty_window() -> PathBuf {
    built("examples").join(format!("empty_window{}", std::env::consts::EXE_SUFFIX))
}

/// What one start of a window took.
struct Start {
    /// Milliseconds until it was painted, by its own clock.
    painted: u64,
    /// Kilobytes that its process then holds, where the system tells.
    memory: Option<u64>,
}

fn start(desktop: &PrivateDesktop, program: &Path, wizard: bool) -> Outcome<Start> {
    let data = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    desktop.dress(&mut command);
    if wizard {
        command
            .arg("--report-paint")
            .arg("--data")
            .arg(data.path().join("data"));
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut window = Group::start(command)?;
    let line = window.first_line(Duration::from_secs(20))?;
    let painted = line
        .trim_start_matches("{\"paintedMs\":")
        .trim_end_matches('}')
        .parse()
        .map_err(|_| format!("{} said: {line}", program.display()))?;
    Ok(Start {
        painted,
        memory: resident(window.id()),
    })
}

/// The memory that a process holds, in kilobytes; none where the system has no such file.
fn resident(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn median(all: &mut [u64]) -> u64 {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

fn spread(all: &mut [u64]) -> String {
    let median = median(all);
    let (least, most) = (
        all.first().copied().unwrap_or_default(),
        all.last().copied().unwrap_or_default(),
    );
    format!("{median} ms, median of {} ({least} to {most})", all.len())
}
