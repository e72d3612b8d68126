//! Moments, days and spans in words.

use domain::message;
use domain::message::{Arg, Message, Spelling};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::Speaker;

/// Below this a wait is told to the second.
const SHORT: SignedDuration = SignedDuration::from_mins(10);

impl Speaker {
    /// A moment as it is spelt.
    pub(crate) fn moment(&self, spelling: Spelling, at: Timestamp) -> String {
        if spelling == Spelling::Universal {
            return self.universal(at);
        }
        let (then, today) = (self.local(at), self.local(self.now()));
        let soon = self.now().duration_since(at).abs() < SHORT;
        let spelling = match (spelling, soon) {
            (Spelling::Soon, true) => Spelling::NearSeconds,
            (Spelling::Soon, false) => Spelling::Near,
            (spelling, _) => spelling,
        };
        let time = match spelling {
            Spelling::Seconds | Spelling::NearSeconds => self.seconds(then),
            Spelling::SoonWhen if soon => self.seconds(then),
            _ => self.clock(then),
        };
        let today = then.date() == today.date();
        match spelling {
            Spelling::Clock | Spelling::Seconds => time,
            Spelling::Date | Spelling::Universal => self.date(then.date()),
            Spelling::Near | Spelling::NearSeconds | Spelling::Soon if today => time,
            Spelling::Near | Spelling::NearSeconds | Spelling::Soon => {
                let day = Arg::term(self.date(then.date()));
                self.say(&message!(
                    "moments-day-and-time",
                    day = day,
                    time = Arg::term(time)
                ))
            }
            Spelling::When | Spelling::SoonWhen if today => {
                self.say(&message!("moments-at", time = Arg::term(time)))
            }
            Spelling::When | Spelling::SoonWhen => {
                let day = Arg::term(self.date(then.date()));
                self.say(&message!("moments-on", day = day, time = Arg::term(time)))
            }
        }
    }

    fn universal(&self, at: Timestamp) -> String {
        let then = at.to_zoned(TimeZone::UTC).datetime();
        self.say(&message!(
            "moments-universal",
            day = Arg::term(self.date(then.date())),
            time = Arg::term(self.clock(then))
        ))
    }

    fn local(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.zone().clone()).datetime()
    }

    fn clock(&self, at: DateTime) -> String {
        self.say(&message!(
            "moments-clock",
            hour = two(at.hour()),
            minute = two(at.minute())
        ))
    }

    fn seconds(&self, at: DateTime) -> String {
        self.say(&message!(
            "moments-seconds",
            hour = two(at.hour()),
            minute = two(at.minute()),
            second = two(at.second())
        ))
    }

    fn date(&self, day: Date) -> String {
        let month = match day.month() {
            1 => message!("moments-january"),
            2 => message!("moments-february"),
            3 => message!("moments-march"),
            4 => message!("moments-april"),
            5 => message!("moments-may"),
            6 => message!("moments-june"),
            7 => message!("moments-july"),
            8 => message!("moments-august"),
            9 => message!("moments-september"),
            10 => message!("moments-october"),
            11 => message!("moments-november"),
            _ => message!("moments-december"),
        };
        self.say(&dated(day, month))
    }

    /// A day, with the month by its first letters.
    pub(crate) fn day(&self, day: Date) -> String {
        let month = match day.month() {
            1 => message!("moments-jan"),
            2 => message!("moments-feb"),
            3 => message!("moments-mar"),
            4 => message!("moments-apr"),
            5 => message!("moments-short-may"),
            6 => message!("moments-jun"),
            7 => message!("moments-jul"),
            8 => message!("moments-aug"),
            9 => message!("moments-sep"),
            10 => message!("moments-oct"),
            11 => message!("moments-nov"),
            _ => message!("moments-dec"),
        };
        self.say(&message!(
            "moments-short-date",
            day = Arg::term(day.day().to_string()),
            month = month,
            year = Arg::term(day.year().to_string())
        ))
    }

    /// A span in the largest unit that tells it whole.
    pub(crate) fn span(&self, span: SignedDuration) -> String {
        let seconds = span.as_secs().unsigned_abs();
        self.say(&match seconds {
            0 => message!("moments-span-seconds", count = 0_u64),
            seconds if seconds % 86_400 == 0 => message!("moments-span-days", count = seconds / 86_400),
            seconds if seconds % 3_600 == 0 => message!("moments-span-hours", count = seconds / 3_600),
            seconds if seconds % 60 == 0 => message!("moments-span-minutes", count = seconds / 60),
            seconds => message!("moments-span-seconds", count = seconds),
        })
    }
}

fn dated(day: Date, month: Message) -> Message {
    // A year is no count: it has no mark between its thousands.
    message!(
        "moments-date",
        day = Arg::term(day.day().to_string()),
        month = month,
        year = Arg::term(day.year().to_string())
    )
}

/// Two digits of a clock.
fn two(number: i8) -> Arg {
    Arg::term(format!("{number:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn told(spelling: Spelling, then: &str, now: &str) -> String {
        Speaker::new(Language::English, TimeZone::UTC, at(now)).moment(spelling, at(then))
    }

    #[test]
    fn dates_are_written_as_people_write_them() {
        let then = "2027-05-21T10:58:03Z";
        let (day_before, day_after) = ("2027-05-20T10:58:03Z", "2027-05-22T00:00:00Z");
        assert_eq!(told(Spelling::Date, then, then), "21 May 2027");
        assert_eq!(told(Spelling::Clock, then, then), "10:58");
        assert_eq!(told(Spelling::Near, then, then), "10:58");
        assert_eq!(told(Spelling::Near, then, day_before), "21 May 2027 at 10:58");
        assert_eq!(told(Spelling::NearSeconds, then, then), "10:58:03");
        assert_eq!(
            told(Spelling::NearSeconds, then, day_after),
            "21 May 2027 at 10:58:03"
        );
    }

    #[test]
    fn a_sentence_says_at_a_time_and_on_a_day() {
        let then = "2027-05-21T10:58:03Z";
        let next_day = "2027-05-22T00:00:00Z";
        assert_eq!(told(Spelling::When, then, then), "at 10:58");
        assert_eq!(told(Spelling::When, then, next_day), "on 21 May 2027 at 10:58");
        assert_eq!(told(Spelling::SoonWhen, then, then), "at 10:58:03");
        assert_eq!(
            told(Spelling::SoonWhen, then, next_day),
            "on 21 May 2027 at 10:58"
        );
    }

    /// A wait over midnight is short and yet ends on another day.
    #[test]
    fn a_short_wait_over_midnight_says_the_day() {
        let now = at("2027-05-21T23:58:00Z");
        let speaker = Speaker::new(Language::English, TimeZone::UTC, now);
        let soon = |minutes| speaker.moment(Spelling::Soon, now + SignedDuration::from_mins(minutes));
        assert_eq!(soon(1), "23:59:00");
        assert_eq!(soon(5), "22 May 2027 at 00:03:00");
        assert_eq!(soon(50), "22 May 2027 at 00:48");
    }

    #[test]
    fn a_moment_is_told_in_the_readers_time_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        let now = at("2027-05-21T22:30:00Z");
        let speaker = Speaker::new(Language::English, zone, now);
        assert_eq!(speaker.moment(Spelling::Date, now), "22 May 2027");
        assert_eq!(speaker.moment(Spelling::Clock, now), "01:30");
        assert_eq!(speaker.moment(Spelling::Universal, now), "21 May 2027, 22:30 UTC");
    }

    #[test]
    fn every_month_has_a_name() {
        let speaker = Speaker::new(Language::English, TimeZone::UTC, at("2027-01-01T00:00:00Z"));
        for month in 1..=12 {
            let day = Date::new(2027, month, 1).unwrap();
            assert_eq!(speaker.date(day), day.strftime("%-d %B %Y").to_string());
            assert_eq!(speaker.day(day), day.strftime("%-d %b %Y").to_string());
        }
    }

    fn german(now: &str) -> Speaker {
        Speaker::new(Language::German, TimeZone::UTC, at(now))
    }

    #[test]
    fn german_writes_times_and_days_in_its_own_way() {
        let (then, next_day) = ("2027-05-21T10:42:05Z", "2027-05-22T00:00:00Z");
        let told = |spelling, now: &str| german(now).moment(spelling, at(then));
        assert_eq!(told(Spelling::Date, then), "21. Mai 2027");
        assert_eq!(told(Spelling::Clock, then), "10:42");
        assert_eq!(told(Spelling::Near, next_day), "21. Mai 2027, 10:42");
        assert_eq!(told(Spelling::NearSeconds, then), "10:42:05");
        assert_eq!(told(Spelling::When, then), "um 10:42 Uhr");
        assert_eq!(told(Spelling::When, next_day), "am 21. Mai 2027 um 10:42 Uhr");
        assert_eq!(told(Spelling::SoonWhen, then), "um 10:42:05 Uhr");
    }

    #[test]
    fn german_has_names_of_its_own_for_months_and_spans() {
        let speaker = german("2027-01-01T00:00:00Z");
        let month = |month| speaker.day(Date::new(2027, month, 1).unwrap());
        assert_eq!(
            [month(1), month(3), month(12)],
            ["1. Jan. 2027", "1. März 2027", "1. Dez. 2027"]
        );
        for (seconds, words) in [
            (1, "1 Sekunde"),
            (120, "2 Minuten"),
            (3_600, "1 Stunde"),
            (172_800, "2 Tage"),
        ] {
            assert_eq!(speaker.span(SignedDuration::from_secs(seconds)), words);
        }
    }

    #[test]
    fn a_span_is_told_in_its_largest_whole_unit() {
        let speaker = Speaker::new(Language::English, TimeZone::UTC, at("2027-01-01T00:00:00Z"));
        for (seconds, words) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (90, "90 seconds"),
            (60, "1 minute"),
            (5_400, "90 minutes"),
            (7_200, "2 hours"),
            (86_400, "1 day"),
        ] {
            assert_eq!(speaker.span(SignedDuration::from_secs(seconds)), words);
        }
    }
}
