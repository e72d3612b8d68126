//! Times and dates as people read them, in this computer's time zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Writes times in one time zone.
#[derive(Clone, Debug)]
pub struct Times(TimeZone);

impl Times {
    /// In this time zone.
    pub fn new(zone: TimeZone) -> Self {
        Self(zone)
    }

    /// "10:42".
    pub fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(self.0.clone()).strftime("%H:%M").to_string()
    }

    /// "10:43:58".
    pub fn seconds(&self, at: Timestamp) -> String {
        at.to_zoned(self.0.clone()).strftime("%H:%M:%S").to_string()
    }

    /// "21 May 2027".
    pub fn date(&self, at: Timestamp) -> String {
        at.to_zoned(self.0.clone()).strftime("%-d %B %Y").to_string()
    }

    /// "10:42", or "21 May 2027 at 10:42" on another day than `now`.
    pub fn near(&self, at: Timestamp, now: Timestamp) -> String {
        if self.same_day(at, now) {
            self.clock(at)
        } else {
            format!("{} at {}", self.date(at), self.clock(at))
        }
    }

    /// "10:43:58", or "21 May 2027 at 10:43:58" on another day than `now`.
    pub fn near_seconds(&self, at: Timestamp, now: Timestamp) -> String {
        if self.same_day(at, now) {
            self.seconds(at)
        } else {
            format!("{} at {}", self.date(at), self.seconds(at))
        }
    }

    /// "at 10:42", or "on 21 May 2027 at 10:42" on another day than `now`: for the middle of a sentence.
    pub fn when(&self, at: Timestamp, now: Timestamp) -> String {
        self.placed(at, now, self.near(at, now))
    }

    /// [`Self::soon`] for the middle of a sentence: "at 10:42:05", or "on 22 May 2027 at 00:03:00".
    pub fn soon_when(&self, at: Timestamp, now: Timestamp) -> String {
        self.placed(at, now, self.soon(at, now))
    }

    fn placed(&self, at: Timestamp, now: Timestamp, words: String) -> String {
        let before = if self.same_day(at, now) { "at" } else { "on" };
        format!("{before} {words}")
    }

    fn same_day(&self, at: Timestamp, now: Timestamp) -> bool {
        at.to_zoned(self.0.clone()).date() == now.to_zoned(self.0.clone()).date()
    }

    /// "10:42:05" where the wait is shorter than 10 minutes, because a practice wait lasts seconds.
    pub fn soon(&self, at: Timestamp, now: Timestamp) -> String {
        if at.duration_since(now).abs() < jiff::SignedDuration::from_mins(10) {
            self.near_seconds(at, now)
        } else {
            self.near(at, now)
        }
    }
}

/// How many days something lasts that ends then: "In 20 days", "In 1 day", "Ended today", "Ended 20 days ago".
pub fn ends(now: Timestamp, at: Timestamp) -> String {
    let seconds = at.as_second() - now.as_second();
    if seconds > 0 {
        // A day begun counts.
        let days = usize::try_from((seconds + 86_399) / 86_400).unwrap_or_default();
        return format!("In {}", count(days, "day", "days"));
    }
    match usize::try_from(-seconds / 86_400).unwrap_or_default() {
        0 => "Ended today".to_owned(),
        days => format!("Ended {} ago", count(days, "day", "days")),
    }
}

/// "1 mailbox", "2 mailboxes".
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_on_both_sides_of_an_end() {
        let end: Timestamp = "2027-05-21T10:00:00Z".parse().unwrap();
        let told = |hours: i64| ends(end - jiff::SignedDuration::from_hours(hours), end);
        assert_eq!(told(480), "In 20 days");
        assert_eq!(told(481), "In 21 days");
        assert_eq!(told(1), "In 1 day");
        assert_eq!(told(0), "Ended today");
        assert_eq!(told(-23), "Ended today");
        assert_eq!(told(-24), "Ended 1 day ago");
        assert_eq!(told(-480), "Ended 20 days ago");
    }

    #[test]
    fn dates_are_written_as_people_write_them() {
        let times = Times::new(TimeZone::UTC);
        let at: Timestamp = "2027-05-21T10:58:03Z".parse().unwrap();
        assert_eq!(times.date(at), "21 May 2027");
        assert_eq!(times.clock(at), "10:58");
        assert_eq!(times.near(at, at), "10:58");
        assert_eq!(
            times.near(at, "2027-05-20T10:58:03Z".parse().unwrap()),
            "21 May 2027 at 10:58"
        );
        assert_eq!(times.near_seconds(at, at), "10:58:03");
        assert_eq!(
            times.near_seconds(at, "2027-05-22T00:00:00Z".parse().unwrap()),
            "21 May 2027 at 10:58:03"
        );
    }

    #[test]
    fn a_sentence_says_at_a_time_and_on_a_day() {
        let times = Times::new(TimeZone::UTC);
        let at: Timestamp = "2027-05-21T10:58:03Z".parse().unwrap();
        let next_day: Timestamp = "2027-05-22T00:00:00Z".parse().unwrap();
        assert_eq!(times.when(at, at), "at 10:58");
        assert_eq!(times.when(at, next_day), "on 21 May 2027 at 10:58");
        assert_eq!(times.soon_when(at, at), "at 10:58:03");
        assert_eq!(times.soon_when(at, next_day), "on 21 May 2027 at 10:58");
    }

    /// A wait over midnight is short and yet ends on another day.
    #[test]
    fn a_short_wait_over_midnight_says_the_day() {
        let times = Times::new(TimeZone::UTC);
        let now: Timestamp = "2027-05-21T23:58:00Z".parse().unwrap();
        let soon = |minutes| times.soon(now + jiff::SignedDuration::from_mins(minutes), now);
        assert_eq!(soon(1), "23:59:00");
        assert_eq!(soon(5), "22 May 2027 at 00:03:00");
        assert_eq!(soon(50), "22 May 2027 at 00:48");
    }
}
