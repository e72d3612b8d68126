//! The tour: the real window, driven through a whole onboarding, with a picture of every screen.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::display::{self, PrivateDesktop};
use crate::setup;
use crate::stages::{Output, Stages};
use crate::ui;
use crate::workspace::{self, Outcome};

/// Names the folder for pictures, bundle and record to the test that is the tour.
pub const FOLDER: &str = "MAILGRANT_TOUR";

/// What the tour needs of the workspace: the wizard, and the test that drives it. The whole workspace decides about
/// features, as in a test run, so that neither builds what the other built.
const BUILD: &[&str] = &[
    "build",
    "--workspace",
    "--bin",
    "mailgrant",
    "--test",
    "tour",
    "--locked",
];
const DRIVE: &[&str] = &[
    "test",
    "--workspace",
    "--test",
    "tour",
    "--locked",
    "--",
    "--nocapture",
];

/// Where the tour leaves what it saw.
pub fn folder() -> PathBuf {
    workspace::target().join("tour")
}

/// Runs the tour alone: once, or `--times N` in a row, each on a desktop of its own.
pub fn run(rest: &[&str]) -> Outcome {
    let times = times(rest)?;
    let mut stages = Stages::begin();
    let outcome = drive(&mut stages, times);
    if outcome.is_ok() {
        println!("pictures and files: {}", folder().display());
    }
    stages.end(outcome)
}

/// How often it is driven.
fn times(rest: &[&str]) -> Outcome<u32> {
    match rest {
        [] => Ok(1),
        ["--times", number] => number
            .parse()
            .ok()
            .filter(|times| *times > 0)
            .ok_or_else(|| format!("{number} is no number of tours")),
        _ => Err(String::from("tour takes nothing, or --times and a number")),
    }
}

fn drive(stages: &mut Stages, times: u32) -> Outcome {
    stages.timed("set up", |_| setup::run(setup::For::Touring))?;
    stages.timed("window's content: build", |_| ui::build())?;
    let mut cargo = workspace::cargo();
    cargo.args(BUILD);
    stages.run("build", cargo, Output::IfItFails)?;
    let mut failures = Vec::new();
    for number in 1..=times {
        let name = match times {
            1 => String::from("tour"),
            _ => format!("tour {number} of {times}"),
        };
        let begun = Instant::now();
        if let Err(reason) = once(stages, &name) {
            failures.push(format!("{name}: {reason}"));
            keep_failed(number)?;
        }
        if times > 1 {
            println!(
                "{name}: {:.0} s; {} failed so far",
                begun.elapsed().as_secs_f64(),
                failures.len()
            );
        }
    }
    if times > 1 {
        println!("{times} tours in a row, {} failed", failures.len());
    }
    match failures.len() {
        0 => Ok(()),
        failed => Err(format!("{failed} of {times} failed: {}", failures.join("; "))),
    }
}

fn once(stages: &mut Stages, name: &str) -> Outcome {
    let desktop = PrivateDesktop::start()?;
    stages.run(name, driven_on(&desktop), Output::Always)
}

fn driven_on(desktop: &PrivateDesktop) -> Command {
    let mut tour = workspace::cargo();
    tour.args(DRIVE);
    desktop.dress(&mut tour);
    display::name_programs(&mut tour, "debug");
    tour.env(FOLDER, folder());
    tour
}

/// Keeps what a failed tour left, which the next one would overwrite.
fn keep_failed(number: u32) -> Outcome {
    let kept = workspace::target().join(format!("tour-failed-{number}"));
    if kept.exists() {
        fs::remove_dir_all(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    }
    if folder().exists() {
        fs::rename(folder(), &kept).map_err(|error| format!("{}: {error}", kept.display()))?;
        println!("what it left: {}", kept.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tour_is_driven_once_or_as_often_as_said() {
        assert_eq!(times(&[]), Ok(1));
        assert_eq!(times(&["--times", "30"]), Ok(30));
        for wrong in [&["--times", "0"][..], &["--times", "many"], &["--times"], &["30"]] {
            assert!(times(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_built_for_the_tour_is_what_the_tests_build() {
        for command in [BUILD, DRIVE] {
            assert!(command.contains(&"--workspace") && command.contains(&"--locked"));
        }
    }
}
