//! The links to further pages of Exchange's lists, and how many requests were made of late.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;

use super::ids::hex_sha256;
use crate::clock::after;

/// How many used links are remembered; one that falls out could be used once more.
const USED_AT_MOST: usize = 4_096;

/// The links that were given out and used, while the organisation runs.
#[derive(Debug, Default)]
pub(crate) struct Links {
    used: VecDeque<String>,
    /// Makes no two links equal.
    pub(crate) made: u64,
    /// When the present window of the request count began, and how many requests it has seen.
    window: Option<(Timestamp, u64)>,
}

/// How long requests are counted together.
const WINDOW: Duration = Duration::from_secs(5 * 60);

impl Links {
    /// Counts a request: how many there were in this window, and in how many seconds it ends.
    pub(crate) fn count(&mut self, now: Timestamp) -> (u64, i64) {
        let (began, seen) = self
            .window
            .filter(|(began, _)| now < after(*began, WINDOW))
            .unwrap_or((now, 0));
        let seen = seen.saturating_add(1);
        self.window = Some((began, seen));
        let end = after(began, WINDOW);
        (seen, end.as_second().saturating_sub(now.as_second()))
    }

    /// Uses a link; `false` when it was used before.
    pub(crate) fn use_up(&mut self, token: &str) -> bool {
        let print = hex_sha256(token.as_bytes());
        if self.used.contains(&print) {
            return false;
        }
        if self.used.len() >= USED_AT_MOST {
            self.used.pop_front();
        }
        self.used.push_back(print);
        true
    }
}
