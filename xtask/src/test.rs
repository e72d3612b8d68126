//! Every check and test, quick ones first.

use std::process::Command;

use crate::advisories::{self, Advisories};
use crate::clients;
use crate::display::{self, PrivateDesktop};
use crate::purpose::For;
use crate::setup;
use crate::stages::{Output, Stages};
use crate::tour;
use crate::ui;
use crate::workspace::{self, Outcome};

/// Runs everything; what CI runs.
pub fn run() -> Outcome {
    let mut stages = Stages::begin();
    let outcome = all(&mut stages);
    stages.end(outcome)
}

fn all(stages: &mut Stages) -> Outcome {
    stages.timed("set up", |_| setup::run(For::Testing))?;
    stages.run("rustfmt", cargo(&["fmt", "--all", "--check"]), Output::IfItFails)?;
    let judged = deny(&["licenses", "bans", "sources"]);
    stages.run("cargo deny: licences, bans, sources", judged, Output::IfItFails)?;
    match Advisories::at_hand()? {
        Some(advisories) => {
            let mut judged = deny(&["advisories"]);
            advisories.name_to(&mut judged);
            stages.run("cargo deny: advisories", judged, Output::IfItFails)?;
        }
        None => println!(
            "cargo deny: advisories left out, because {}",
            advisories::NONE_AT_HAND
        ),
    }
    for script in ["lint", "format:check"] {
        stages.run(
            &format!("window's content: {script}"),
            ui::npm(&["run", script]),
            Output::IfItFails,
        )?;
    }
    stages.run("window's content: tests", ui::npm(&["test"]), Output::Always)?;
    stages.run(
        "window's content: build",
        ui::npm(&["run", "build"]),
        Output::IfItFails,
    )?;
    let clippy = cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "--deny",
        "warnings",
    ]);
    stages.run("clippy", clippy, Output::IfItFails)?;
    build(stages)?;
    clients::suite(stages, clients::Which::Light)?;
    let desktop = stages.timed("private desktop", |_| PrivateDesktop::start())?;
    let mut tests = cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    desktop.dress(&mut tests);
    display::name_programs(&mut tests, "debug");
    tests
        .env(tour::FOLDER, tour::folder())
        .env(workspace::SET_UP, "1");
    stages.run("tests", tests, Output::Always)
}

/// Builds everything that tests need, the wizard itself included, with one set of features: tests built alone would
/// use another, and everything would be built twice.
pub fn build(stages: &mut Stages) -> Outcome {
    stages.run(
        "build",
        cargo(&["build", "--workspace", "--all-targets", "--locked"]),
        Output::IfItFails,
    )
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = workspace::cargo();
    cargo.args(arguments);
    cargo
}

/// Offline, so that what the set-up left out is noticed on every machine and not only without a network.
fn deny(checks: &[&str]) -> Command {
    let mut deny = Command::new(workspace::tool("cargo-deny"));
    deny.args(["--locked", "--offline", "--workspace", "check"])
        .args(checks)
        .current_dir(workspace::top());
    deny
}
