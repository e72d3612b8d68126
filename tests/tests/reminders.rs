//! The calendar file, read by a library that didn't write it, and taken in by a calendar that goes by name and number.
//!
//! What real calendars do with a file that is opened by hand can't be tried here; `bundle/src/reminder.rs` says which of it
//! is UNVERIFIED.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeMap;

use bundle::reminder::{Reminder, ics};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser};
use domain::message::{Arg, Voice};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use words::{Language, Speaker};

fn voice(language: Language) -> Voice {
    Speaker::new(language, TimeZone::UTC, Timestamp::UNIX_EPOCH).voice()
}

fn file(key: &str, made_at: &str, ends_at: &str) -> Reminder {
    Reminder {
        connection_id: "0d9f6a3e-5b1c-4c57-8f0e-3a2b1c0d9e8f".into(),
        key_id: key.into(),
        platform: "Sinch Contact Pro".into(),
        organisation: "Northwind Traders".into(),
        ends_at: ends_at.parse().unwrap(),
        made_at: made_at.parse().unwrap(),
        practice: false,
    }
}

fn parsed(text: &str) -> ICalendar {
    let mut parser = Parser::new(text);
    let Entry::ICalendar(calendar) = parser.entry() else {
        panic!("no calendar: {text}")
    };
    assert_eq!(parser.entry(), Entry::Eof, "nothing follows: {text}");
    calendar
}

fn events(calendar: &ICalendar) -> Vec<&ICalendarComponent> {
    let event = |one: &&ICalendarComponent| one.component_type == ICalendarComponentType::VEvent;
    calendar.components.iter().filter(event).collect()
}

/// The one value of a property that must be there once.
fn only<'a>(component: &'a ICalendarComponent, property: &ICalendarProperty) -> &'a ICalendarValue {
    let found = component.entries.iter().filter(|entry| entry.name == *property);
    let values: Vec<_> = found.flat_map(|entry| &entry.values).collect();
    assert_eq!(values.len(), 1, "{property:?}: {values:?}");
    values[0]
}

fn text<'a>(component: &'a ICalendarComponent, property: &ICalendarProperty) -> &'a str {
    only(component, property).as_text().unwrap()
}

fn day(component: &ICalendarComponent, property: &ICalendarProperty) -> Date {
    let found = only(component, property).as_partial_date_time().unwrap();
    assert_eq!(found.hour, None, "a whole day");
    let (year, month) = (found.year.unwrap(), found.month.unwrap());
    date(
        year.try_into().unwrap(),
        month.try_into().unwrap(),
        found.day.unwrap().try_into().unwrap(),
    )
}

/// What RFC 5545 §3.6 and RFC 5546 §3.2.1 ask of a published file.
fn is_valid(calendar: &ICalendar) {
    use ICalendarProperty as Is;
    let top = &calendar.components[0];
    assert_eq!(top.component_type, ICalendarComponentType::VCalendar);
    assert_eq!(text(top, &Is::Version), "2.0");
    assert_eq!(text(top, &Is::Method), "PUBLISH");
    assert!(!text(top, &Is::Prodid).is_empty());
    let all = events(calendar);
    assert_eq!(all.len(), 4, "one for each place before the end");
    for event in all {
        for needed in [Is::Uid, Is::Summary, Is::Description, Is::Organizer] {
            assert!(!text(event, &needed).is_empty(), "{needed:?}");
        }
        assert!(!event.has_property(&Is::Attendee), "nobody is invited");
        for moment in [Is::Dtstamp, Is::LastModified] {
            let at = only(event, &moment).as_partial_date_time().unwrap();
            assert!(at.hour.is_some() && at.tz_hour == Some(0), "{moment:?}: {at:?}");
        }
        assert_eq!(
            day(event, &Is::Dtend),
            day(event, &Is::Dtstart).tomorrow().unwrap()
        );
        let number = only(event, &Is::Sequence).as_integer().unwrap();
        assert!(i32::try_from(number).is_ok_and(|number| number >= 0), "{number}");
        let cancelled = event.status() == Some(&ICalendarStatus::Cancelled);
        let alarms = event.component_ids.len();
        assert_eq!(alarms, usize::from(!cancelled));
        let strange = |entry: &&calcard::icalendar::ICalendarEntry| matches!(entry.name, Is::Other(_));
        assert_eq!(event.entries.iter().find(strange), None);
    }
    for alarm in &calendar.components {
        if alarm.component_type == ICalendarComponentType::VAlarm {
            assert_eq!(text(alarm, &Is::Action), "DISPLAY");
            assert!(!text(alarm, &Is::Description).is_empty());
            let ICalendarValue::Duration(after) = only(alarm, &Is::Trigger) else {
                panic!("no span")
            };
            assert_eq!(after.as_seconds(), 9 * 60 * 60, "nine in the morning");
        }
    }
}

/// What a calendar keeps of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    /// SEQUENCE, and LAST-MODIFIED where two have the same.
    revision: (i64, String),
    day: Date,
    rings: bool,
    cancelled: bool,
    about: String,
}

/// A calendar that keeps one entry for each UID, the one with the highest number (RFC 5546 §2.1.5). One that ignores the
/// word CANCELLED keeps the entry on its day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Calendar {
    kept: BTreeMap<String, Kept>,
}

impl Calendar {
    fn import(mut self, reminder: &Reminder) -> Self {
        let text_of_file = ics(reminder, &voice(Language::English));
        let calendar = parsed(&text_of_file);
        is_valid(&calendar);
        for event in events(&calendar) {
            let uid = text(event, &ICalendarProperty::Uid).to_owned();
            let modified = only(event, &ICalendarProperty::LastModified);
            let new = Kept {
                revision: (
                    only(event, &ICalendarProperty::Sequence).as_integer().unwrap(),
                    format!("{:?}", modified.as_partial_date_time().unwrap()),
                ),
                day: day(event, &ICalendarProperty::Dtstart),
                rings: !event.component_ids.is_empty(),
                cancelled: event.status() == Some(&ICalendarStatus::Cancelled),
                about: text(event, &ICalendarProperty::Description).to_owned(),
            };
            match self.kept.get(&uid) {
                Some(there) if there.revision >= new.revision => {}
                _ => drop(self.kept.insert(uid, new)),
            }
        }
        self
    }

    fn shown(&self) -> impl Iterator<Item = &Kept> {
        self.kept.values().filter(|kept| !kept.cancelled)
    }

    fn days(&self) -> Vec<String> {
        let mut days: Vec<String> = self.shown().map(|kept| kept.day.to_string()).collect();
        days.sort();
        days
    }
}

/// After the file of a renewal only its entries are left, whichever of the two was taken in first.
#[test]
fn a_renewals_file_replaces_the_entries_before_it() {
    let old = file("old-key", "2026-11-22T10:58:03Z", "2027-05-21T10:41:00Z");
    let new = file("new-key", "2027-04-25T08:00:00Z", "2027-10-21T08:00:00Z");
    let empty = Calendar::default;
    assert_eq!(
        empty().import(&old).days(),
        ["2027-03-22", "2027-04-21", "2027-05-14", "2027-05-21"]
    );
    let after = empty().import(&old).import(&new);
    assert_eq!(
        after.days(),
        ["2027-08-22", "2027-09-21", "2027-10-14", "2027-10-21"]
    );
    assert!(after.shown().all(|kept| kept.about.contains("new-key")));
    assert_eq!(
        empty().import(&new).import(&old),
        after,
        "the other way round as well"
    );
    assert_eq!(after.clone().import(&new), after, "once more is no more");
}

/// The new end may be so near that the days of its first entries are past. Those of the old file must not outlive it.
#[test]
fn no_entry_of_an_older_file_survives_where_the_new_end_is_near() {
    let old = file("old-key", "2026-11-22T10:58:03Z", "2028-11-21T10:41:00Z");
    let new = file("new-key", "2026-11-25T08:00:00Z", "2026-12-10T08:00:00Z");
    let old_days = Calendar::default().import(&old).days();
    for after in [
        Calendar::default().import(&old).import(&new),
        Calendar::default().import(&new).import(&old),
    ] {
        assert_eq!(after.days(), ["2026-12-03", "2026-12-10"]);
        // A calendar that doesn't know the word has moved the rest to days that are past, where nothing rings.
        let made = date(2026, 11, 25);
        for kept in after.kept.values() {
            assert!(kept.about.contains("new-key"));
            assert!(!old_days.contains(&kept.day.to_string()));
            assert_eq!(kept.rings, kept.day >= made, "{kept:?}");
        }
    }
}

/// A file that is made after the end has nothing to remind of, and takes away what was there.
#[test]
fn a_file_that_comes_too_late_leaves_nothing() {
    let old = file("old-key", "2026-11-22T10:58:03Z", "2028-11-21T10:41:00Z");
    let late = file("new-key", "2026-12-12T08:00:00Z", "2026-12-10T08:00:00Z");
    let after = Calendar::default().import(&old).import(&late);
    assert_eq!(after.days(), Vec::<String>::new());
    assert!(after.kept.values().all(|kept| !kept.rings));
}

/// The reminder names the button as the window does, in each language.
#[test]
fn it_names_the_button_that_there_is() {
    for language in [Language::English, Language::German] {
        let speaker = Speaker::new(language, TimeZone::UTC, Timestamp::UNIX_EPOCH);
        let button = speaker.say(&domain::message!("renewing-renew"));
        let replacing = bundle::reminder::replacing(Arg::term("P"), Arg::term("O"));
        let said = speaker.say(&replacing);
        let quoted = [format!("\"{button}\""), format!("\u{201e}{button}\u{201c}")];
        assert!(quoted.iter().any(|quoted| said.contains(quoted)), "{said}");
    }
}

#[test]
fn two_connections_keep_their_own_entries() {
    let one = file("key", "2026-11-22T10:58:03Z", "2027-05-21T10:41:00Z");
    let mut other = one.clone();
    other.connection_id = "another".into();
    let both = Calendar::default().import(&one).import(&other);
    assert_eq!(both.shown().count(), 8);
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        // What turns into lines, properties and parameters of its own where it isn't escaped.
        proptest::collection::vec(
            prop_oneof![
                Just("\r\n"),
                Just("\n"),
                Just("\u{85}"),
                Just("\u{2028}"),
                Just("END:VEVENT"),
                Just("ATTACH:file:///etc/passwd"),
                Just("\\n"),
                Just("\\"),
                Just(";"),
                Just(","),
                Just(":"),
                Just("\""),
                Just(" "),
                Just("\u{1f4e7}"),
                Just("\u{8001}"),
                Just("\u{202e}"),
                Just("\u{1f}"),
                Just("\0"),
                Just("X"),
            ],
            0..40
        )
        .prop_map(|parts| parts.concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever platforms and organisations are called, and whenever the file is made and the secret ends.
    #[test]
    fn any_name_gives_a_valid_file(
        platform in name(),
        organisation in name(),
        german in any::<bool>(),
        made in 1_577_836_800_i64..3_600_000_000,
        lasts in -100_i64..1_000,
    ) {
        let made_at = Timestamp::from_second(made).unwrap();
        let ends_at = made_at + SignedDuration::from_hours(24 * lasts);
        let one = Reminder {
            platform,
            organisation,
            made_at,
            ends_at,
            ..file("key", "2026-11-22T10:58:03Z", "2027-05-21T10:41:00Z")
        };
        let language = if german { Language::German } else { Language::English };
        let written = ics(&one, &voice(language));
        let calendar = parsed(&written);
        is_valid(&calendar);
        let seen = domain::text::one_line(&one.platform, 80);
        for event in events(&calendar) {
            prop_assert!(text(event, &ICalendarProperty::Summary).contains(&seen), "{seen:?}: {written}");
            prop_assert!(text(event, &ICalendarProperty::Description).contains(&seen), "{seen:?}: {written}");
        }
    }

    /// Of two files of a connection the later one stays, in whatever order they are taken in.
    #[test]
    fn the_later_file_stays(
        first in 1_600_000_000_i64..1_900_000_000,
        later in 1_i64..100_000_000,
        ends in (0_i64..1_000, 0_i64..1_000),
    ) {
        let made = |second| Timestamp::from_second(second).unwrap();
        let of = |key, second, days| Reminder {
            made_at: made(second),
            ends_at: made(second) + SignedDuration::from_hours(24 * days),
            ..file(key, "2026-11-22T10:58:03Z", "2027-05-21T10:41:00Z")
        };
        let (old, new) = (of("old-key", first, ends.0), of("new-key", first + later, ends.1));
        let after = Calendar::default().import(&old).import(&new);
        prop_assert_eq!(&Calendar::default().import(&new).import(&old), &after);
        prop_assert!(after.kept.values().all(|kept| kept.about.contains("new-key")));
    }
}
