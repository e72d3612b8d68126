//! Times as people read them. Always UTC and said so, because a record is read in other places than it was made.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day in UTC.
pub(crate) fn date(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// A day such as `21 May 2027`.
pub(crate) fn day(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}

/// A day and a time such as `21 May 2027, 10:58 UTC`.
pub(crate) fn moment(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// A day and a time to the second, as support wants it beside a request id.
pub(crate) fn exact(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_written() {
        let at: Timestamp = "2027-05-01T23:58:09.5Z".parse().unwrap();
        assert_eq!(day(at), "1 May 2027");
        assert_eq!(moment(at), "1 May 2027, 23:58 UTC");
        assert_eq!(exact(at), "1 May 2027, 23:58:09");
        assert_eq!(date(at).to_string(), "2027-05-01");
    }
}
