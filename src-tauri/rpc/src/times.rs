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
        let same_day = at.to_zoned(self.0.clone()).date() == now.to_zoned(self.0.clone()).date();
        if same_day {
            self.clock(at)
        } else {
            format!("{} at {}", self.date(at), self.clock(at))
        }
    }

    /// "10:42:05" where the wait is shorter than 10 minutes, because a practice wait lasts seconds.
    pub fn soon(&self, at: Timestamp, now: Timestamp) -> String {
        if at.duration_since(now).abs() < jiff::SignedDuration::from_mins(10) {
            self.seconds(at)
        } else {
            self.near(at, now)
        }
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
    }
}
