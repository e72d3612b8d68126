//! The reminder: a calendar file that says in time that the secret ends.

use domain::message;
use domain::message::{Arg, Message, Voice};
use domain::text::one_line;
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::times;

/// How many days before the end there is an event. The last is the day itself.
const DAYS_BEFORE: [i32; 4] = [60, 30, 7, 0];

/// How long a name in it may be, in characters.
const NAME_CHARS: usize = 80;

/// Stands for a space until the calendar is written. `icalendar` moves the end of a line away from spaces, and looks for
/// them at places counted in characters where it folds at bytes: with some names it never ends, or cuts a character in
/// two. A line without spaces it folds well, and a space at either side of a fold is as good (RFC 5545 §3.1). Names can't
/// hold this character: they come as one line of what can be seen.
const SPACE: &str = "\u{1f}";

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// This computer's id of the connection.
    pub connection_id: String,
    /// The id of the secret that ends.
    pub key_id: String,
    /// The platform that uses it.
    pub platform: String,
    /// The organisation it belongs to.
    pub organisation: String,
    /// When it ends.
    pub ends_at: Timestamp,
    /// When this is made.
    pub made_at: Timestamp,
    /// Whether it is for practice.
    pub practice: bool,
}

/// The calendar file, in the words of this voice.
///
/// Whoever takes in a later file of the same connection ends with that file's entries and no others: an entry is called
/// by the connection and its place before the end, whatever secret it is about, so a later file has the same four names,
/// and [`revision`] says which of two is the later one (RFC 5545 §3.8.7.4, RFC 5546 §2.1.5).
///
/// All four are always in it. Where the end is near, the day of an entry may be past when the file is made. Left out, an
/// entry of that name from an earlier file would stay in the calendar, on a day that means nothing any more. Therefore it
/// comes as cancelled (RFC 5545 §3.8.1.11), on its own past day and without an alarm: a calendar that knows the word takes
/// the earlier entry away or strikes it through, and one that doesn't moves it to where it rings no more.
///
/// UNVERIFIED, because no calendar could be asked: that Outlook, Google Calendar and Apple's calendar replace by name when
/// a file is opened by hand. Outlook goes by UID and SEQUENCE for what comes as a message (MS-STANOICAL §2.2.84 and
/// §2.2.103); older ones were seen to double what is imported from a file twice, Google's importer keeps an event per
/// `iCalUID`, and Nextcloud refuses a name that it has. Whoever sees entries twice is told in each of them what to do.
pub fn ics(reminder: &Reminder, voice: &Voice) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Mailgrant//Reminder//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    let end = times::date(reminder.ends_at);
    for before in DAYS_BEFORE {
        // A date can only leave the calendar's range with an end in the first days that there are; there is nothing to
        // remind of then.
        if let Ok(day) = end.checked_sub(before.days()) {
            calendar.push(event(reminder, voice, day, before));
        }
    }
    calendar.to_string().replace(SPACE, " ")
}

/// Which of two files of a connection is the later one: the seconds from the beginning of 2020 to when it was made. It
/// needs no memory of the files before, so it is right on every computer. It stays within the 31 bits that RFC 5545
/// §3.3.8 gives a number until the year 2088.
fn revision(made_at: Timestamp) -> i32 {
    const BEGIN: i64 = 1_577_836_800;
    let seconds = made_at
        .as_second()
        .saturating_sub(BEGIN)
        .clamp(0, i32::MAX.into());
    i32::try_from(seconds).unwrap_or(i32::MAX)
}

/// How a secret is replaced before it ends: the one message that says so, in the window and in files that outlive it.
pub fn replacing(platform: Arg, organisation: Arg) -> Message {
    message!(
        "reminder-replacing",
        platform = platform,
        organisation = organisation
    )
}

fn event(reminder: &Reminder, voice: &Voice, day: Date, before: i32) -> Event {
    let Reminder {
        connection_id,
        key_id,
        ..
    } = reminder;
    let past = day < times::date(reminder.made_at);
    // Lenient readers take more than line feeds for the ends of lines, and would see lines of the name's own.
    let platform = || Arg::term(one_line(&reminder.platform, NAME_CHARS));
    let organisation = || Arg::term(one_line(&reminder.organisation, NAME_CHARS));
    let ends = match before {
        0 => message!(
            "reminder-ends-today",
            platform = platform(),
            organisation = organisation()
        ),
        _ => message!(
            "reminder-ends",
            platform = platform(),
            organisation = organisation(),
            days = before.unsigned_abs()
        ),
    };
    let summary = if reminder.practice {
        message!("reminder-practice", summary = ends)
    } else {
        ends
    };
    let summary = (voice.say)(&summary.into());
    let valid = message!(
        "reminder-valid",
        platform = platform(),
        organisation = organisation(),
        until = Arg::universal(reminder.ends_at)
    );
    let secret_id = message!("reminder-secret-id", id = Arg::term(key_id));
    let again = message!("reminder-again");
    let description = [valid, replacing(platform(), organisation()), again, secret_id]
        .map(|message| (voice.say)(&message.into()))
        .join("\n\n");
    let (summary, description) = (summary.replace(' ', SPACE), description.replace(' ', SPACE));
    let uid = format!("{connection_id}-{before}@mailgrant");
    let stamp = reminder
        .made_at
        .to_zoned(TimeZone::UTC)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let mut event = Event::with_uid(&uid);
    event.add_property("DTSTAMP", &stamp);
    event.append_property(all_day("DTSTART", day));
    event.append_property(all_day("DTEND", day.tomorrow().unwrap_or(day)));
    event.summary(&summary);
    event.description(&description);
    event.add_property("TRANSP", "TRANSPARENT");
    event.add_property("SEQUENCE", revision(reminder.made_at).to_string());
    event.add_property("LAST-MODIFIED", &stamp);
    event.append_property(organiser());
    event.add_property("STATUS", if past { "CANCELLED" } else { "CONFIRMED" });
    if past {
        return event.done();
    }
    // Nine in the morning of that day, in the reader's own time zone. The alarm's id and stamp are set because the
    // crate would make them up from chance and from the clock.
    let mut alarm = Alarm::display(&summary, icalendar::Trigger::Duration(Default::default(), None));
    alarm.append_property(Property::new("TRIGGER", "PT9H").done());
    alarm.add_property("UID", format!("{connection_id}-{before}-alarm@mailgrant"));
    alarm.add_property("DTSTAMP", &stamp);
    event.alarm(alarm);
    event.done()
}

/// Who publishes the file: RFC 5546 §3.2.1 wants one, the same in each, because only its organiser replaces an entry. It is
/// nobody's address, on a domain that can't exist (RFC 2606 §2), so nobody is named and nothing can be sent to it.
fn organiser() -> Property {
    Property::new("ORGANIZER", "mailto:reminder@mailgrant.invalid")
        .add_parameter("CN", "Mailgrant")
        .done()
}

fn all_day(name: &str, day: Date) -> Property {
    Property::new(name, day.strftime("%Y%m%d").to_string())
        .add_parameter("VALUE", "DATE")
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{english, german, reminder};

    #[test]
    fn the_calendar_is_stable() {
        insta::assert_snapshot!(ics(&reminder(), &english()).replace("\r\n", "\n"));
    }

    #[test]
    fn the_calendar_is_in_the_readers_language() {
        insta::assert_snapshot!("german", ics(&reminder(), &german()).replace("\r\n", "\n"));
    }

    #[test]
    fn every_line_ends_as_the_standard_wants_and_is_short() {
        let text = ics(&reminder(), &english());
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(
            text.split("\r\n")
                .all(|line| !line.contains(['\r', '\n']) && line.len() <= 75)
        );
    }

    /// How many of the four entries remind when the file is made so many days before the end. The others are cancelled,
    /// so that none of an earlier file outlives it.
    #[test]
    fn days_that_are_past_are_cancelled() {
        let reminding = |days: i64| {
            let mut one = reminder();
            one.made_at = one.ends_at - jiff::SignedDuration::from_hours(24 * days);
            let text = ics(&one, &english());
            let events = text.matches("BEGIN:VEVENT").count();
            let (alarms, cancelled) = (
                text.matches("BEGIN:VALARM").count(),
                text.matches("STATUS:CANCELLED").count(),
            );
            assert_eq!((events, alarms), (4, 4 - cancelled), "{text}");
            alarms
        };
        assert_eq!([90, 60, 59, 10, 3, 0, -2].map(reminding), [4, 4, 3, 2, 1, 1, 0]);
    }

    #[test]
    fn a_later_file_has_a_higher_number_of_31_bits() {
        let number = |text: &str| revision(text.parse().unwrap());
        assert_eq!(number("2020-01-01T00:00:00Z"), 0);
        assert_eq!(
            number("2026-11-22T10:58:04Z"),
            number("2026-11-22T10:58:03.9Z") + 1
        );
        assert!(number("2026-11-22T10:58:03Z") > 0);
        // Clocks that are wrong by decades give a number all the same.
        assert_eq!(number("1980-01-01T00:00:00Z"), 0);
        assert_eq!(number("2100-01-01T00:00:00Z"), i32::MAX);
    }

    /// The names that made a calendar with lines of their own, for readers that end a line at more than a line feed.
    #[test]
    fn no_kind_of_line_break_in_a_name_reaches_the_calendar() {
        for nasty in [
            "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}", "\u{1c}", "\u{202e}", "\0",
        ] {
            let mut one = reminder();
            one.platform = format!("A{nasty}ATTACH:file:///etc/passwd");
            one.organisation = format!("B{nasty}ACTION:PROCEDURE{nasty}");
            let text = ics(&one, &english());
            assert!(!text.contains(nasty), "{nasty:?}");
            assert_eq!(text.matches("BEGIN:VEVENT").count(), 4, "{nasty:?}");
        }
    }

    /// Names on which the folding of lines went back over a line that was done already: characters of four bytes, and
    /// spaces at the places that are counted in characters where bytes are meant.
    #[test]
    fn no_name_keeps_the_calendar_from_being_written() {
        let mut hard = reminder();
        for length in 0..80 {
            hard.platform = "\u{1f4e7}".repeat(length);
            for organisation in ["x ".repeat(40), " x".repeat(40), "\u{a0}".repeat(145)] {
                hard.organisation = organisation;
                well_formed(&hard);
            }
        }
        // A number generator of a line, so that a name that fails fails again.
        let mut seed = 7_u64;
        let mut below = |most: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % most
        };
        let letters = [
            'a',
            ' ',
            ' ',
            '\u{1f4e7}',
            '\u{8001}',
            'é',
            '\u{a0}',
            '\u{85}',
            '\u{2028}',
            '\n',
            '\\',
            ';',
            ',',
            ':',
            '"',
            '\u{202e}',
            '\u{1f}',
            '\0',
        ];
        for _ in 0..20_000 {
            let few = 1 + below(letters.len());
            let mut name = || -> String {
                let length = below(160);
                (0..length).map(|_| letters[below(few)]).collect()
            };
            hard.platform = name();
            hard.organisation = name();
            // One day is enough to try the folding on.
            hard.made_at = hard.ends_at;
            well_formed(&hard);
        }
    }

    fn well_formed(reminder: &Reminder) {
        let text = ics(reminder, &english());
        let unfolded = text.replace("\r\n ", "");
        for line in text.split_terminator("\r\n") {
            // The crate leaves one byte more than 75 on a last line; readers take that.
            assert!(line.len() <= 76, "{line:?}");
            assert!(!line.contains(char::is_control), "{line:?}");
        }
        for line in unfolded.split_terminator("\r\n") {
            let (name, _) = line.split_once([':', ';']).unwrap();
            assert!(
                [
                    "BEGIN",
                    "END",
                    "VERSION",
                    "PRODID",
                    "CALSCALE",
                    "METHOD",
                    "UID",
                    "DTSTAMP",
                    "DTSTART",
                    "DTEND",
                    "SUMMARY",
                    "DESCRIPTION",
                    "TRANSP",
                    "SEQUENCE",
                    "LAST-MODIFIED",
                    "ORGANIZER",
                    "STATUS",
                    "ACTION",
                    "TRIGGER",
                ]
                .contains(&name),
                "{line:?}"
            );
        }
        assert!(unfolded.contains(&format!("Secret id: {}", reminder.key_id)));
    }

    #[test]
    fn it_says_what_to_press() {
        let text = ics(&reminder(), &english()).replace("\r\n ", "");
        assert!(
            text.contains("\"Sinch Contact Pro\\, Northwind Traders\""),
            "{text}"
        );
        assert!(text.contains("press \"Renew\""), "{text}");
        assert!(!text.contains("Remove this secret"), "{text}");
    }

    #[test]
    fn a_name_cannot_add_a_line() {
        let mut one = reminder();
        one.organisation = "A\r\nATTACH:file:///etc/passwd\nX;Y,Z".into();
        let text = ics(&one, &english()).replace("\r\n ", "");
        assert!(!text.lines().any(|line| line.starts_with("ATTACH")), "{text}");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 4);
    }

    /// Whatever secret it is about: the entries of a renewal have the names of those that they replace.
    #[test]
    fn the_same_connection_gives_the_same_ids() {
        let ids = |one: &Reminder| -> Vec<String> {
            ics(one, &english())
                .replace("\r\n ", "")
                .lines()
                .filter(|line| line.starts_with("UID:"))
                .map(str::to_owned)
                .collect()
        };
        let (first, mut later) = (reminder(), reminder());
        later.made_at += jiff::SignedDuration::from_hours(1);
        later.ends_at += jiff::SignedDuration::from_hours(24 * 180);
        later.key_id = "another".into();
        assert_eq!(ids(&first), ids(&later));
        assert_eq!(ids(&first).len(), 8);
        later.connection_id = "another".into();
        assert_ne!(ids(&first), ids(&later));
    }
}
