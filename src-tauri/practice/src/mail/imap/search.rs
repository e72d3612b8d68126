//! Whether a message meets the conditions of `SEARCH`.

use jiff::tz::TimeZone;
use mail_parser::HeaderName;

use super::command::Key;
use crate::mail::mime;
use crate::organisation::mailboxes::mailbox::Message;

/// A message that is looked at; its bytes are made only when a condition needs them.
pub(crate) struct Candidate<'a> {
    pub(crate) message: &'a Message,
    /// Its number in the folder, from 1.
    pub(crate) number: u32,
    pub(crate) last_number: u32,
    pub(crate) last_uid: u32,
    pub(crate) bytes: &'a dyn Fn() -> std::sync::Arc<[u8]>,
}

/// Whether the message meets one condition.
pub(crate) fn meets(candidate: &Candidate<'_>, key: &Key) -> bool {
    let message = candidate.message;
    match key {
        Key::All => true,
        Key::Nothing => false,
        Key::Numbers(set) => set.holds(candidate.number, candidate.last_number),
        Key::Uids(set) => set.holds(message.uid, candidate.last_uid),
        Key::Flag { flag, set } => message.has(*flag) == *set,
        Key::Header { name, text } => {
            let raw = (candidate.bytes)();
            header_holds(&raw[..mime::header_length(&raw)], name, text)
        }
        Key::Body(text) => body_holds(&(candidate.bytes)(), text),
        Key::Text(text) => {
            let raw = (candidate.bytes)();
            let header = &raw[..mime::header_length(&raw)];
            mime::fields(header)
                .iter()
                .any(|(name, _)| header_holds(header, &String::from_utf8_lossy(name), text))
                || body_holds(&raw, text)
        }
        Key::Received { day, side } => {
            let received = message.received.to_zoned(TimeZone::UTC).date();
            compare(received, *day, *side)
        }
        Key::Sent { day, side } => {
            let raw = (candidate.bytes)();
            mime::date(&raw[..mime::header_length(&raw)])
                .is_some_and(|sent| compare(sent.to_zoned(TimeZone::UTC).date(), *day, *side))
        }
        Key::Larger(size) => (candidate.bytes)().len() > usize::try_from(*size).unwrap_or(usize::MAX),
        Key::Smaller(size) => (candidate.bytes)().len() < usize::try_from(*size).unwrap_or(usize::MAX),
        Key::Not(key) => !meets(candidate, key),
        Key::Or(left, right) => meets(candidate, left) || meets(candidate, right),
        Key::And(keys) => keys.iter().all(|key| meets(candidate, key)),
    }
}

fn compare(found: jiff::civil::Date, day: jiff::civil::Date, side: i8) -> bool {
    match side {
        -1 => found < day,
        0 => found == day,
        _ => found >= day,
    }
}

fn holds(text: &str, wanted: &str) -> bool {
    text.to_lowercase().contains(&wanted.to_lowercase())
}

fn header_holds(header: &[u8], name: &str, wanted: &str) -> bool {
    let Some(raw) = mime::raw_value(header, name) else {
        return false;
    };
    if wanted.is_empty() || holds(&String::from_utf8_lossy(&raw), wanted) {
        return true;
    }
    let Some(name) = HeaderName::parse(name.to_owned()) else {
        return false;
    };
    mime::parties(header, name.clone())
        .iter()
        .any(|(shown, address)| {
            shown.as_deref().is_some_and(|shown| holds(shown, wanted)) || holds(address, wanted)
        })
        || mime::text_value(header, name).is_some_and(|text| holds(&text, wanted))
}

fn body_holds(raw: &[u8], wanted: &str) -> bool {
    mime::structure(raw)
        .leaves()
        .iter()
        .filter(|part| part.media == "text")
        .any(|part| holds(&part.text(raw), wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::imap::command::{Command, parse};
    use crate::organisation::mailboxes::mailbox::{Content, flag};

    fn found(condition: &str) -> bool {
        let raw: std::sync::Arc<[u8]> = b"From: =?utf-8?q?J=C3=BCrgen?= <j@b.example>\r\nSubject: =?utf-8?q?F=C3=BCnf_Pumpen?=\r\n\
            Date: Fri, 20 Nov 2026 23:30:00 -0200\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe\r\n"[..].into();
        let message = Message {
            number: 1,
            folder: 2,
            uid: 9,
            content: Content::Seeded(0),
            received: "2026-11-22T08:00:00Z".parse().expect("a time"),
            flags: flag::SEEN,
            categories: vec![],
            changed: 1,
        };
        let Ok(Command::Search { keys, .. }) = parse(format!("a SEARCH {condition}").as_bytes()).command
        else {
            panic!("{condition}");
        };
        let bytes = || raw.clone();
        let candidate = Candidate {
            message: &message,
            number: 1,
            last_number: 1,
            last_uid: 9,
            bytes: &bytes,
        };
        keys.iter().all(|key| meets(&candidate, key))
    }

    #[test]
    fn conditions_are_met_by_decoded_text() {
        for yes in [
            "ALL",
            "SEEN UNDELETED",
            "FROM jürgen",
            "FROM j@b",
            "SUBJECT \"fünf pumpen\"",
            "BODY grüße",
            "TEXT pumpen",
            "SINCE 22-Nov-2026 BEFORE 23-Nov-2026",
            "SENTON 21-Nov-2026",
            "HEADER Subject \"\"",
            "UID 9 1:*",
            "UID 100:*",
            "OR DELETED LARGER 10",
            "NOT (DELETED SEEN)",
            "UNKEYWORD Junk",
        ] {
            assert!(found(yes), "{yes}");
        }
        for no in [
            "UNSEEN",
            "TO j@b",
            "KEYWORD Junk",
            "RECENT",
            "SMALLER 10",
            "HEADER X-No \"\"",
            "2",
        ] {
            assert!(!found(no), "{no}");
        }
    }
}
