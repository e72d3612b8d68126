//! Measures the figures that the README quotes, all in one run so that they can be compared.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::display::PrivateDesktop;
use crate::process::{self, Group};
use crate::setup;
use crate::ui;
use crate::workspace::{self, Outcome};

/// How often the window is opened.
const STARTS: usize = 11;

/// Builds for release, and measures.
pub fn run() -> Outcome {
    setup::run(setup::For::Testing)?;
    ui::build()?;
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--release", "--locked"]);
    process::show(cargo)?;
    let desktop = PrivateDesktop::start()?;
    let mut painted = Vec::new();
    for _ in 0..STARTS {
        painted.push(start_to_paint(&desktop)?);
    }
    // The first start reads the libraries from disk.
    let first = painted.remove(0);
    painted.sort_unstable();
    let size = fs::metadata(workspace::app("release"))
        .map_err(|error| error.to_string())?
        .len();
    println!("size of the program: {:.1} MB", size as f64 / 1e6);
    println!("start to paint, first: {first} ms");
    let (least, median, most) = (painted[0], painted[painted.len() / 2], painted[painted.len() - 1]);
    println!(
        "start to paint, then: {median} ms ({least} to {most}, {} starts)",
        painted.len()
    );
    Ok(())
}

fn start_to_paint(desktop: &PrivateDesktop) -> Outcome<u64> {
    let data = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = Command::new(workspace::app("release"));
    desktop.dress(&mut command);
    command
        .arg("--report-paint")
        .arg("--data")
        .arg(data.path().join("data"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let line = Group::start(command)?.first_line(Duration::from_secs(20))?;
    line.trim_start_matches("{\"paintedMs\":")
        .trim_end_matches('}')
        .parse()
        .map_err(|_| format!("the wizard said: {line}"))
}
