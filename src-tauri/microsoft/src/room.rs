//! How many calls Exchange's admin endpoint still takes before it tells everybody to slow down: it says so with each
//! answer, so a long read stops before the limit and not because of it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A told end of a window that is further away than this is none that we know how to read.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// What an answer told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    /// How many calls are left.
    left: u64,
    /// When they are counted anew.
    until: Timestamp,
}

/// What was told last, shared by every call of one client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Room(Arc<Mutex<Option<Told>>>);

impl Room {
    /// Notes what an answer says in `Rate-Limit-Remaining` and `Rate-Limit-Reset` (practice-organisation.md lists the
    /// headers). Whether the second is a number of seconds or a time is UNVERIFIED, so both are read; what is neither is
    /// left alone.
    pub(crate) fn note(&self, remaining: Option<&str>, reset: Option<&str>, now: Timestamp) {
        let Some(told) = read(remaining, reset, now) else {
            return;
        };
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Answers of one window can overtake each other; the fewest calls that were told are what is left.
        let overtaken = held.is_some_and(|held| {
            now < held.until
                && told.until <= held.until + SignedDuration::from_secs(2)
                && held.left < told.left
        });
        if !overtaken {
            *held = Some(told);
        }
    }

    /// How many calls may be sent at once, of as many as `wanted`: at least one.
    pub(crate) fn at_once(&self, wanted: usize, now: Timestamp) -> usize {
        match self.held(now) {
            Some(told) => wanted.min(usize::try_from(told.left).unwrap_or(wanted)).max(1),
            None => wanted,
        }
    }

    /// How long to wait before the next call: nothing while there is room.
    pub(crate) fn wait(&self, now: Timestamp) -> Option<Duration> {
        let told = self.held(now).filter(|told| told.left == 0)?;
        Duration::try_from(told.until.duration_since(now)).ok()
    }

    /// What was told, while it holds.
    fn held(&self, now: Timestamp) -> Option<Told> {
        let held = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.filter(|told| now < told.until)
    }
}

fn read(remaining: Option<&str>, reset: Option<&str>, now: Timestamp) -> Option<Told> {
    let (left, reset) = (remaining?.trim().parse().ok()?, reset?.trim());
    let until = match reset.parse::<i64>() {
        Ok(seconds) => now.checked_add(SignedDuration::from_secs(seconds)).ok()?,
        Err(_) => reset.parse().ok()?,
    };
    let ahead = until.duration_since(now);
    (ahead > SignedDuration::ZERO && ahead <= LONGEST).then_some(Told { left, until })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_764_000_000 + seconds).unwrap()
    }

    #[test]
    fn what_is_left_is_what_may_be_sent() {
        let room = Room::default();
        assert_eq!((room.at_once(3, at(0)), room.wait(at(0))), (3, None));
        room.note(Some("2"), Some("300"), at(0));
        assert_eq!((room.at_once(3, at(1)), room.wait(at(1))), (2, None));
        room.note(Some("0"), Some("299"), at(1));
        assert_eq!(room.wait(at(1)), Some(Duration::from_secs(299)));
        // An answer of the same window that comes late says nothing new.
        room.note(Some("1"), Some("298"), at(2));
        assert_eq!(room.wait(at(2)), Some(Duration::from_secs(298)));
        // A new window is a new count.
        assert_eq!((room.at_once(3, at(300)), room.wait(at(300))), (3, None));
        room.note(Some("999"), Some("300"), at(300));
        assert_eq!(room.at_once(3, at(301)), 3);
    }

    #[test]
    fn a_time_is_read_as_well_and_rubbish_is_left_alone() {
        let room = Room::default();
        for (remaining, reset) in [
            (None, Some("300")),
            (Some("0"), None),
            (Some("0"), Some("soon")),
            (Some("none"), Some("300")),
            (Some("0"), Some("0")),
            (Some("0"), Some("1764000300")),
        ] {
            room.note(remaining, reset, at(0));
            assert_eq!(room.wait(at(0)), None, "{remaining:?} {reset:?}");
        }
        room.note(Some("0"), Some(&at(60).to_string()), at(0));
        assert_eq!(room.wait(at(0)), Some(Duration::from_secs(60)));
    }
}
