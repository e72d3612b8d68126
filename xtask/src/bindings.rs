//! Writes the TypeScript of what crosses to the window anew.

use crate::process;
use crate::workspace::{self, Outcome};

/// Lets the test that compares them write them instead.
pub fn run() -> Outcome {
    let mut cargo = workspace::cargo();
    cargo
        .args(["test", "--quiet", "--package", "rpc", "bindings"])
        .env("MAILGRANT_WRITE_BINDINGS", "1");
    process::show(cargo)
}
