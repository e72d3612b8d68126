//! The tour: the real window, driven through a whole onboarding, with a picture of every screen.

use std::path::PathBuf;

use crate::display::{self, PrivateDesktop};
use crate::setup;
use crate::stages::{Output, Stages};
use crate::test;
use crate::workspace::{self, Outcome};

/// Names the folder for pictures, bundle and record to the test that is the tour.
pub const FOLDER: &str = "MAILGRANT_TOUR";

/// Where the tour leaves what it saw.
pub fn folder() -> PathBuf {
    workspace::target().join("tour")
}

/// Runs the tour alone.
pub fn run() -> Outcome {
    setup::run(setup::For::Testing)?;
    crate::ui::build()?;
    let mut stages = Stages::begin();
    let outcome = drive(&mut stages);
    if outcome.is_ok() {
        println!("pictures and files: {}", folder().display());
    }
    stages.end(outcome)
}

fn drive(stages: &mut Stages) -> Outcome {
    test::build(stages)?;
    let desktop = PrivateDesktop::start()?;
    let mut tour = workspace::cargo();
    tour.args([
        "test",
        "--workspace",
        "--locked",
        "--test",
        "tour",
        "--",
        "--nocapture",
    ]);
    desktop.dress(&mut tour);
    display::name_programs(&mut tour, "debug");
    tour.env(FOLDER, folder());
    stages.run("tour", tour, Output::Always)
}
