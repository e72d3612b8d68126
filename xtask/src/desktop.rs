//! Runs any command on a private desktop, such as a single test of the window.

use std::process::Command;

use crate::display::{self, PrivateDesktop};
use crate::packages;
use crate::process;
use crate::purpose::For;
use crate::tour;
use crate::workspace::Outcome;

/// Starts the desktop, runs the command in it, and ends the desktop.
pub fn run(words: &[&str]) -> Outcome {
    let [program, arguments @ ..] = words else {
        return Err(String::from(
            "which command? For example: cargo xtask desktop cargo test -p journeys",
        ));
    };
    packages::missing(For::Touring)?.install()?;
    let desktop = PrivateDesktop::start()?;
    let mut command = Command::new(program);
    command.args(arguments);
    desktop.dress(&mut command);
    display::name_programs(&mut command, "debug");
    command.env(tour::FOLDER, tour::folder());
    process::show(command)
}
