//! How many calls Exchange's admin endpoint still takes before it tells everybody to slow down: it says so with each
//! answer, so a long read stops before the limit and not because of it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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

/// What was told last, and how many calls are under way.
#[derive(Debug, Default)]
struct Held {
    told: Option<Told>,
    under_way: u64,
}

/// The room of one client, shared by all of its calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Room(Arc<Mutex<Held>>);

/// The place of a call that is under way, until it is dropped.
#[must_use]
pub(crate) struct Place(Room);

impl Room {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what an answer says in `Rate-Limit-Remaining` and `Rate-Limit-Reset` (practice-organisation.md lists the
    /// headers), while its own call still has its place. Whether the second is a number of seconds or a time is UNVERIFIED,
    /// so both are read; what is neither is left alone.
    pub(crate) fn note(&self, remaining: Option<&str>, reset: Option<&str>, now: Timestamp) {
        let Some(mut told) = read(remaining, reset, now) else {
            return;
        };
        let mut held = self.held();
        // The others that are under way may not be counted yet.
        told.left = told.left.saturating_sub(held.under_way.saturating_sub(1));
        let of_this_window = held
            .told
            .filter(|before| now < before.until && told.until <= before.until + SignedDuration::from_secs(2));
        // Answers of one window can overtake each other.
        told.left = of_this_window.map_or(told.left, |before| before.left.min(told.left));
        held.told = Some(told);
    }

    /// Whether the next call would have to wait.
    pub(crate) fn is_full(&self, now: Timestamp) -> bool {
        let told = self.held().told;
        told.is_some_and(|told| now < told.until && told.left == 0)
    }

    /// Takes in that as long as was told was waited for: what was told is over then, whatever the clock says. One that was set
    /// back, or that stands still, would else hold everything up for good.
    pub(crate) fn waited(&self) {
        self.held().told = None;
    }

    /// Takes the place for a call, or says how long to wait for one.
    pub(crate) fn take(&self, now: Timestamp) -> Result<Place, Duration> {
        let mut held = self.held();
        if let Some(told) = held.told.as_mut().filter(|told| now < told.until) {
            if told.left == 0 {
                return Err(Duration::try_from(told.until.duration_since(now)).unwrap_or_default());
            }
            told.left -= 1;
        }
        held.under_way += 1;
        Ok(Place(self.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.0.held();
        held.under_way = held.under_way.saturating_sub(1);
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

    /// How long the next call would have to wait.
    fn wait(room: &Room, now: Timestamp) -> Option<Duration> {
        room.take(now).err()
    }

    #[test]
    fn what_is_left_is_what_may_be_sent() {
        let room = Room::default();
        assert_eq!(wait(&room, at(0)), None);
        room.note(Some("2"), Some("300"), at(0));
        let (first, second) = (room.take(at(1)).unwrap(), room.take(at(1)).unwrap());
        assert_eq!(wait(&room, at(1)), Some(Duration::from_secs(299)));
        // What an answer counts may leave out what is under way, and a late one says nothing new.
        room.note(Some("1"), Some("299"), at(1));
        drop(first);
        room.note(Some("0"), Some("298"), at(2));
        drop(second);
        room.note(Some("1"), Some("298"), at(2));
        assert_eq!(wait(&room, at(2)), Some(Duration::from_secs(298)));
        // A new window is a new count.
        assert_eq!(wait(&room, at(300)), None);
        room.note(Some("999"), Some("300"), at(300));
        assert!(room.take(at(301)).is_ok());
    }

    /// A clock that stands still ends no window.
    #[test]
    fn whoever_waited_goes_on_whatever_the_clock_says() {
        let room = Room::default();
        room.note(Some("0"), Some("300"), at(0));
        assert!(wait(&room, at(0)).is_some() && room.is_full(at(0)));
        room.waited();
        assert!(!room.is_full(at(0)) && room.take(at(0)).is_ok());
    }

    /// With three under way all the time, no window is ever overdrawn.
    #[test]
    fn calls_under_way_have_their_places() {
        let room = Room::default();
        let (mut left, mut under_way, mut sent) = (20_u64, Vec::new(), 0);
        loop {
            while under_way.len() < 3
                && let Ok(place) = room.take(at(0))
            {
                under_way.push(place);
                sent += 1;
            }
            if under_way.is_empty() {
                break;
            }
            left = left.checked_sub(1).unwrap();
            room.note(Some(&left.to_string()), Some("300"), at(0));
            drop(under_way.remove(0));
        }
        assert!((17..=20).contains(&sent), "{sent}");
    }

    #[test]
    fn a_time_is_read_as_well_and_rubbish_is_left_alone() {
        for (remaining, reset) in [
            (None, Some("300")),
            (Some("0"), None),
            (Some("0"), Some("soon")),
            (Some("none"), Some("300")),
            (Some("0"), Some("0")),
            (Some("0"), Some("1764000300")),
        ] {
            let room = Room::default();
            room.note(remaining, reset, at(0));
            assert_eq!(wait(&room, at(0)), None, "{remaining:?} {reset:?}");
        }
        let room = Room::default();
        room.note(Some("0"), Some(&at(60).to_string()), at(0));
        assert_eq!(wait(&room, at(0)), Some(Duration::from_secs(60)));
    }
}
