//! Sends rubbish to a practice organisation: many times what the test of the same name sends.

use crate::process;
use crate::workspace::{self, Outcome};

/// How many requests are sent unless another number is asked for.
const REQUESTS: u64 = 1_000_000;

/// Builds for release, so that a million requests take minutes and not hours, and runs the test with this many.
pub fn run(rest: &[&str]) -> Outcome {
    let requests = match rest {
        [] => REQUESTS,
        [number] => number
            .replace('_', "")
            .parse()
            .map_err(|_| format!("{number} is not a number of requests"))?,
        _ => return Err(String::from("fuzz takes one number at most")),
    };
    let mut cargo = workspace::cargo();
    cargo
        .args([
            "test",
            "--release",
            "--locked",
            "--package",
            "practice",
            "--test",
            "fuzz",
        ])
        .args(["--", "--nocapture"])
        .env("MAILGRANT_FUZZ_REQUESTS", requests.to_string());
    process::show(cargo)
}
