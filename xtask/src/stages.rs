//! The stages of a test run: one line for each, with its time, and the sum of the tests at the end.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::process::{self, Finished};
use crate::workspace::Outcome;

/// No stage takes nearly as long, even on a slow machine; one that does hangs.
const LIMIT: Duration = Duration::from_secs(45 * 60);

/// How a stage's output is shown.
#[derive(Clone, Copy, PartialEq)]
pub enum Output {
    /// Only when it fails.
    IfItFails,
    /// As it comes.
    Always,
}

/// The stages so far.
pub struct Stages {
    started: Instant,
    passed: u64,
    failed: u64,
}

impl Stages {
    /// Begins.
    pub fn begin() -> Self {
        Self {
            started: Instant::now(),
            passed: 0,
            failed: 0,
        }
    }

    /// Runs one stage. `Err` means that it failed and the run is over.
    pub fn run(&mut self, name: &str, command: Command, output: Output) -> Outcome {
        self.timed(name, |stages| {
            let finished = process::watch(command, LIMIT, |line| {
                if output == Output::Always {
                    println!("{line}");
                }
            })?;
            stages.count(&finished);
            if finished.success {
                return Ok(());
            }
            if output == Output::IfItFails {
                finished.lines.iter().for_each(|line| println!("{line}"));
            }
            Err(format!("{name} failed"))
        })
    }

    /// Runs work of our own as a stage.
    pub fn timed<T>(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        let started = Instant::now();
        let outcome = work(self);
        let word = if outcome.is_ok() { "done" } else { "FAILED" };
        println!("[{:7.1} s] {name}: {word}", started.elapsed().as_secs_f64());
        outcome
    }

    /// The closing line, and whether all is well.
    pub fn end(self, outcome: Outcome) -> Outcome {
        let outcome = outcome.and_then(|()| match self.passed {
            0 => Err(String::from("no test was run")),
            _ => Ok(()),
        });
        if let Err(reason) = &outcome {
            println!("{reason}");
        }
        println!("[{:7.1} s] in all", self.started.elapsed().as_secs_f64());
        // A stage that is no test, such as the formatting, counts as one when it fails.
        let failed = if outcome.is_err() {
            self.failed.max(1)
        } else {
            self.failed
        };
        println!("{} passed, {failed} failed", self.passed);
        outcome
    }

    /// Adds checks that are no tests of cargo or vitest.
    pub fn add(&mut self, passed: u64, failed: u64) {
        self.passed += passed;
        self.failed += failed;
    }

    fn count(&mut self, finished: &Finished) {
        for line in &finished.lines {
            if let Some((passed, failed)) = tests_of(&plain(line)) {
                self.passed += passed;
                self.failed += failed;
            }
        }
    }
}

/// The tests that a closing line of cargo or vitest counts.
fn tests_of(line: &str) -> Option<(u64, u64)> {
    let line = line.trim();
    let counts = line
        .strip_prefix("test result:")
        .or_else(|| line.strip_prefix("Tests  "))?;
    let words: Vec<&str> = counts
        .split([' ', ';', '|', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    let before = |word: &str| {
        words
            .windows(2)
            .find(|pair| pair[1] == word)
            .and_then(|pair| pair[0].parse().ok())
            .unwrap_or(0)
    };
    Some((before("passed"), before("failed")))
}

/// A line without its colours.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let cargo =
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.2s";
        assert_eq!(tests_of(cargo), Some((12, 0)));
        assert_eq!(
            tests_of("test result: FAILED. 1 passed; 2 failed; 0 ignored"),
            Some((1, 2))
        );
        let vitest = plain(
            "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m\u{1b}[22m | \u{1b}[32m41 passed\u{1b}[39m (42)",
        );
        assert_eq!(tests_of(&vitest), Some((41, 1)));
        assert_eq!(tests_of("running 3 tests"), None);
        assert_eq!(tests_of(" Test Files  5 passed (5)"), None);
    }
}
