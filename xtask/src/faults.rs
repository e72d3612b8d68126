//! Every remote call of an onboarding and of a full undo with each of twenty faults. The tests run a tenth of them.

use std::process::Command;

use crate::display::PrivateDesktop;
use crate::packages;
use crate::process;
use crate::purpose::For;
use crate::workspace::Outcome;

/// Asks the test for all of them.
const EVERY: &str = "MAILGRANT_EVERY_FAULT";
const TEST: &[&str] = &[
    "test",
    "--workspace",
    "--locked",
    "--test",
    "faults",
    "--",
    "--nocapture",
];

/// Runs them all, on a desktop of their own because the secret goes into a keychain.
pub fn run() -> Outcome {
    packages::missing(For::Testing)?.install()?;
    let desktop = PrivateDesktop::start()?;
    let mut command = Command::new("cargo");
    command.args(TEST).env(EVERY, "all");
    desktop.dress(&mut command);
    process::show(command)
}
