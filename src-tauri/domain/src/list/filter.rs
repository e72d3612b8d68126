//! A filter out of somebody's script: `PrimarySmtpAddress -eq 'a@x' -or EmailAddresses -eq 'smtp:b@x'`.

use super::{Entries, Entry, Reading, Shape, entry_in};

/// Properties whose value names a mailbox.
const NAMING: &[&str] = &[
    "primarysmtpaddress",
    "emailaddresses",
    "windowsemailaddress",
    "userprincipalname",
    "externaldirectoryobjectid",
    "emailaddress",
    "mail",
];

pub(super) fn read(text: &str) -> Option<Reading> {
    let lower = text.to_ascii_lowercase();
    let mut entries = Entries::new();
    let mut any = false;
    let mut from = 0;
    while let Some(place) = lower.get(from..).and_then(|rest| rest.find(" -eq ")) {
        let at = from + place;
        from = at + " -eq ".len();
        let property = lower[..at]
            .rsplit(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        if !NAMING.contains(&property) {
            continue;
        }
        any = true;
        let value = quoted(text.get(from..).unwrap_or_default());
        entries.add(entry_in(&value).unwrap_or(Entry::Unreadable(value)));
    }
    any.then_some(Reading {
        shape: Shape::Filter,
        entries: entries.list,
        aside: Vec::new(),
    })
}

/// The value at the beginning of a text: in single or double quotation marks, which are doubled inside, or a word.
fn quoted(text: &str) -> String {
    let text = text.trim_start();
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
        return text
            .split(|c: char| c.is_whitespace() || matches!(c, ')' | '}'))
            .next()
            .unwrap_or_default()
            .to_owned();
    };
    let mut value = String::new();
    let mut rest = text.chars().skip(1).peekable();
    while let Some(c) = rest.next() {
        if c == mark {
            if rest.peek() != Some(&mark) {
                break;
            }
            rest.next();
        }
        // A value doesn't go on over a line: a mark that was forgotten must not swallow the rest.
        if c == '\n' || c == '\r' {
            break;
        }
        value.push(c);
    }
    value
}
