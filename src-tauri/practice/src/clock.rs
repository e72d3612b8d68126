//! The organisation's clock, and how long each of Microsoft's delays lasts by it.
//!
//! People get a quick clock: real time everywhere it is shown, but the long waits of Exchange are divided so
//! that a wait can be practised without sitting through it. Tests get an explicit clock, which stands still
//! until it is advanced and keeps the documented delays at full length.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Which clock an organisation runs by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ClockKind {
    /// Real time; delays of the propagation class are divided by `speed`.
    Quick {
        /// How many times faster than Microsoft a long delay passes; 60 turns an hour into a minute.
        speed: f64,
    },
    /// Time stands at `start` until it is advanced; every delay has its documented length.
    Explicit {
        /// The first instant.
        start: Timestamp,
    },
}

/// The delays that Microsoft's eventual consistency causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delay {
    /// A new directory object is not yet found by reads and dependents (microsoft-facts §2.11).
    Replication,
    /// A new secret is still refused with 7000215 (microsoft-facts §2.11; the length is UNVERIFIED).
    Secret,
    /// A changed role assignment is not yet honoured by live calls while the app is idle (§4b).
    RoleAssignment,
    /// The longest that calls can keep a stale decision alive (§4b).
    RoleAssignmentAtMost,
    /// A changed access policy, or a changed member of its group, is not yet honoured by live calls: "more than one
    /// hour" (§4a); how much more is UNVERIFIED.
    AccessPolicy,
    /// A sign-in isn't in the log yet. Microsoft once wrote 2 minutes for 95 in 100 and 5 for 99 (entra docs,
    /// `reference-reports-latencies`, since withdrawn); today's page names no time, so the length is UNVERIFIED.
    SignInLog,
}

impl Delay {
    /// The length on an explicit clock.
    fn documented(self) -> Duration {
        match self {
            Self::Replication => Duration::from_secs(5),
            Self::Secret => Duration::from_secs(8),
            Self::RoleAssignment => Duration::from_secs(30 * 60),
            Self::RoleAssignmentAtMost => Duration::from_secs(2 * 60 * 60),
            Self::AccessPolicy => Duration::from_secs(70 * 60),
            Self::SignInLog => Duration::from_secs(5 * 60),
        }
    }
}

/// A clock that the whole organisation shares.
#[derive(Debug)]
pub(crate) struct Clock {
    kind: ClockKind,
    explicit: Mutex<Timestamp>,
    asked: Mutex<Asked>,
}

/// Lengths of delays that somebody asked for in place of the clock's own.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    replication: Option<Duration>,
    secret: Option<Duration>,
}

impl Clock {
    /// A clock of this kind. A speed that is not a usable number counts as real speed.
    pub(crate) fn new(kind: ClockKind) -> Self {
        let (kind, start) = match kind {
            ClockKind::Quick { speed } => {
                let speed = if speed.is_finite() && speed > 0.0 {
                    speed
                } else {
                    1.0
                };
                (ClockKind::Quick { speed }, Timestamp::UNIX_EPOCH)
            }
            ClockKind::Explicit { start } => (kind, start),
        };
        Self {
            kind,
            explicit: Mutex::new(start),
            asked: Mutex::default(),
        }
    }

    /// The present instant in the organisation.
    pub(crate) fn now(&self) -> Timestamp {
        match self.kind {
            ClockKind::Quick { .. } => real_now(),
            ClockKind::Explicit { .. } => *self.explicit.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves an explicit clock on; a quick clock cannot be moved, so nothing happens and `false` is answered.
    pub(crate) fn advance(&self, by: Duration) -> bool {
        match self.kind {
            ClockKind::Quick { .. } => false,
            ClockKind::Explicit { .. } => {
                let mut instant = self.explicit.lock().unwrap_or_else(PoisonError::into_inner);
                *instant = after(*instant, by);
                true
            }
        }
    }

    /// Sets an explicit clock no earlier than `instant`, so that a saved organisation never goes back in time.
    pub(crate) fn not_before(&self, instant: Timestamp) {
        if matches!(self.kind, ClockKind::Explicit { .. }) {
            let mut current = self.explicit.lock().unwrap_or_else(PoisonError::into_inner);
            *current = (*current).max(instant);
        }
    }

    /// Lets new directory objects and new secrets take this many seconds; `None` restores the clock's own length.
    pub(crate) fn ask(&self, replication_seconds: Option<u32>, secret_seconds: Option<u32>) {
        let seconds = |seconds: Option<u32>| seconds.map(|seconds| Duration::from_secs(u64::from(seconds)));
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Asked {
            replication: seconds(replication_seconds),
            secret: seconds(secret_seconds),
        };
    }

    /// How long this delay lasts here.
    pub(crate) fn length(&self, delay: Delay) -> Duration {
        let asked = *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = match delay {
            Delay::Replication => asked.replication,
            Delay::Secret => asked.secret,
            _ => None,
        };
        if let Some(length) = asked {
            return length;
        }
        match (self.kind, delay) {
            (ClockKind::Explicit { .. }, _) => delay.documented(),
            (ClockKind::Quick { .. }, Delay::Replication) => Duration::from_secs(2),
            (ClockKind::Quick { .. }, Delay::Secret) => Duration::from_secs(3),
            (ClockKind::Quick { speed }, _) => delay.documented().div_f64(speed),
        }
    }

    /// The instant at which a delay that starts now is over.
    pub(crate) fn due(&self, delay: Delay) -> Timestamp {
        after(self.now(), self.length(delay))
    }
}

/// `instant` moved by `by`, held at the end of time rather than overflowing.
pub(crate) fn after(instant: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by)
        .ok()
        .and_then(|by| instant.checked_add(by).ok())
        .unwrap_or(Timestamp::MAX)
}

/// The machine's own time: certificates are judged by it, whatever clock the organisation runs by.
#[allow(
    clippy::disallowed_methods,
    reason = "the practice organisation's quick clock is real time; this is its one source"
)]
#[must_use]
pub fn real_now() -> Timestamp {
    Timestamp::now()
}

/// An instant as HTTP headers write it (RFC 9110, section 5.6.7).
pub(crate) fn http_date(instant: Timestamp) -> String {
    instant.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// An instant as Graph writes it, in whole seconds.
pub(crate) fn graph_time(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().expect("a time")
    }

    #[test]
    fn an_explicit_clock_stands_still_until_advanced() {
        let clock = Clock::new(ClockKind::Explicit { start: start() });
        assert_eq!(clock.now(), clock.now());
        assert!(clock.advance(Duration::from_secs(90)));
        assert_eq!(graph_time(clock.now()), "2026-11-22T08:01:30Z");
        assert_eq!(clock.length(Delay::RoleAssignment), Duration::from_secs(1800));
    }

    #[test]
    fn a_quick_clock_divides_only_the_long_delays() {
        let clock = Clock::new(ClockKind::Quick { speed: 60.0 });
        assert!(!clock.advance(Duration::from_secs(1)));
        assert_eq!(clock.length(Delay::RoleAssignment), Duration::from_secs(30));
        assert_eq!(
            clock.length(Delay::RoleAssignmentAtMost),
            Duration::from_secs(120)
        );
        assert_eq!(clock.length(Delay::Replication), Duration::from_secs(2));
        assert_eq!(clock.length(Delay::Secret), Duration::from_secs(3));
    }

    #[test]
    fn a_useless_speed_counts_as_real_speed() {
        for speed in [0.0, -3.0, f64::NAN, f64::INFINITY] {
            let clock = Clock::new(ClockKind::Quick { speed });
            assert_eq!(
                clock.length(Delay::RoleAssignment),
                Duration::from_secs(1800),
                "{speed}"
            );
        }
    }

    #[test]
    fn time_never_overflows() {
        assert_eq!(after(start(), Duration::MAX), Timestamp::MAX);
    }
}
