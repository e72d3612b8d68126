//! What a platform at work counts.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::platform::credentials::Credentials;

/// Failures that are kept with their text; the rest is only counted.
const TEXTS: usize = 200;

/// What went wrong: a status and what was said. 0 where nothing was answered, 401 where another token may help.
pub(crate) type Failed = (u16, String);

/// Calls with one key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// What was tried.
    pub calls: usize,
    /// What of it failed.
    pub failed: usize,
}

/// What a platform saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What was tried: tokens and errands.
    pub calls: usize,
    /// What failed, with what was answered; the first 200 by their text.
    pub failed: Vec<String>,
    /// The same by key id.
    pub by_key: BTreeMap<String, Count>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) report: Report,
    pub(super) held: Option<Credentials>,
}

/// How far it is: rounds that have begun and ended, and the key of the last one without a failure.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    pub(super) begun: usize,
    pub(super) ended: usize,
    pub(super) good_with: Option<String>,
}

impl State {
    /// Counts one attempt with the key that was held, and why it failed if it did: a status and what was said.
    pub(super) fn count(&mut self, held: &Credentials, what: &str, failed: Option<Failed>) {
        let report = &mut self.report;
        let count = report.by_key.entry(held.key.clone()).or_default();
        report.calls += 1;
        count.calls += 1;
        if let Some((status, why)) = failed {
            count.failed += 1;
            if report.failed.len() < TEXTS {
                report.failed.push(format!(
                    "call {}, key {}, {what}: {status} {why}",
                    report.calls, held.key
                ));
            }
        }
    }
}

/// What it holds, also after a panic that has told so itself.
pub(super) fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
