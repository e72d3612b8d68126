//! Starts the wizard.

// A release on Windows opens no console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match shell::run(shell::options::Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            shell::options::say(&format!("Mailgrant could not start: {error}"));
            ExitCode::FAILURE
        }
    }
}
