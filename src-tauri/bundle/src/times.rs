//! Times as the files tell them. Always UTC, because a record is read in other places than it was made.

use domain::message;
use domain::message::{Arg, Message};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day in UTC.
pub(crate) fn date(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// A day and a time to the second, as support wants it beside a request id.
pub(crate) fn exact(at: Timestamp) -> Message {
    message!("record-exact", day = date(at), time = Arg::seconds(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::english;

    #[test]
    fn times_read_as_written() {
        let at: Timestamp = "2027-05-01T23:58:09.5Z".parse().unwrap();
        assert_eq!((english().say)(&exact(at).into()), "1 May 2027, 23:58:09");
        assert_eq!(date(at).to_string(), "2027-05-01");
    }
}
