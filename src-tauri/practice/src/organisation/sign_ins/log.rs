//! The log of the apps' sign-ins: who took a token as itself, when, for which API, and with which key.
//!
//! It is kept in memory only and begins anew at each start, and it keeps no more than [`AT_MOST`] entries: a client that
//! takes tokens all day would otherwise fill it. Microsoft loses nothing before its time. People's sign-ins aren't in it,
//! nor those of the application that administers the organisation.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::clock::after;

/// The oldest entries are dropped beyond this.
pub(crate) const AT_MOST: usize = 5_000;
/// How long Microsoft keeps sign-ins where there is a licence of Entra ID P1 or P2 (entra docs,
/// `reference-reports-data-retention`: 30 days).
pub(crate) const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// The credential that was presented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Presented {
    pub(crate) key_id: String,
    /// Of a certificate; a secret has none.
    pub(crate) thumbprint: Option<String>,
}

/// One sign-in, good or refused.
#[derive(Debug, Clone)]
pub(crate) struct AppSignIn {
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    /// It shows in the log from then on.
    pub(crate) visible_at: Timestamp,
    pub(crate) app_id: String,
    pub(crate) app_name: String,
    pub(crate) principal_id: String,
    /// App id and name of the API that the token is for, where the request named one.
    pub(crate) api: Option<(String, String)>,
    /// What was presented, where it is one of the app's own.
    pub(crate) presented: Option<Presented>,
    /// The client's `client-request-id`, or the id of the request.
    pub(crate) correlation: Uuid,
    pub(crate) user_agent: Option<String>,
    /// Why no token was given: the number of the AADSTS code, and its text.
    pub(crate) refused: Option<(u64, String)>,
}

/// What is kept of them, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: VecDeque<AppSignIn>,
}

impl Log {
    /// Writes one down.
    pub(crate) fn write(&mut self, entry: AppSignIn) {
        let now = entry.at;
        while self.entries.len() >= AT_MOST
            || (self.entries.front()).is_some_and(|oldest| now >= after(oldest.at, KEPT))
        {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// What the log shows at this instant, newest first.
    pub(crate) fn shown(&self, now: Timestamp) -> impl Iterator<Item = &AppSignIn> {
        let shows = move |entry: &&AppSignIn| now >= entry.visible_at && now < after(entry.at, KEPT);
        self.entries.iter().rev().filter(shows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).expect("a time")
    }

    fn entry(second: i64) -> AppSignIn {
        AppSignIn {
            id: Uuid::new_v4(),
            at: at(second),
            visible_at: at(second + 300),
            app_id: String::new(),
            app_name: String::new(),
            principal_id: String::new(),
            api: None,
            presented: None,
            correlation: Uuid::nil(),
            user_agent: None,
            refused: None,
        }
    }

    #[test]
    fn an_entry_shows_late_and_not_for_ever() {
        let mut log = Log::default();
        log.write(entry(0));
        log.write(entry(100));
        let shown = |log: &Log, second| log.shown(at(second)).map(|entry| entry.at).collect::<Vec<_>>();
        assert_eq!(shown(&log, 299), []);
        assert_eq!(shown(&log, 300), [at(0)]);
        assert_eq!(shown(&log, 400), [at(100), at(0)]);
        let kept = i64::try_from(KEPT.as_secs()).expect("seconds");
        assert_eq!(shown(&log, kept), [at(100)]);
        log.write(entry(kept + 100));
        assert_eq!(log.entries.len(), 1, "what no one sees any more is dropped");
    }

    #[test]
    fn nobody_can_fill_the_memory() {
        let mut log = Log::default();
        for _ in 0..AT_MOST + 10 {
            log.write(entry(0));
        }
        assert_eq!(log.entries.len(), AT_MOST);
    }
}
