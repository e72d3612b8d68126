//! Every check and test, quick ones first.

use std::process::Command;

use crate::clients;
use crate::display::{self, PrivateDesktop};
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
    stages.timed("set up", |_| setup::run(setup::For::Testing))?;
    stages.run("rustfmt", cargo(&["fmt", "--all", "--check"]), Output::IfItFails)?;
    // The versions and licences of the lock file. RustSec's list of vulnerabilities isn't asked: where CI runs it
    // can't be downloaded, so the floors that matter stand in deny.toml.
    stages.run("cargo deny: licences, bans, sources", deny(), Output::IfItFails)?;
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
    tests.env(tour::FOLDER, tour::folder());
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

fn deny() -> Command {
    let mut deny = Command::new(workspace::tool("cargo-deny"));
    deny.args([
        "--locked",
        "--offline",
        "--workspace",
        "check",
        "licenses",
        "bans",
        "sources",
    ])
    .current_dir(workspace::top());
    deny
}
