//! Starts the wizard, or does what can be done without it.

// A release on Windows opens no console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;
use shell::options::{Command, Options, USAGE, say};

fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(told) => {
            // Nobody listening is no reason to fail. Help and the version are told as errors too, on standard output.
            drop(told.print());
            return if told.use_stderr() {
                ExitCode::from(USAGE)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match &options.command {
        Some(Command::Check(check)) => return shell::check::run(check, &options),
        Some(Command::Profile(profile)) => return shell::profile::run(profile, &options),
        None => {}
    }
    match shell::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("Mailgrant could not start: {error}"));
            ExitCode::FAILURE
        }
    }
}
