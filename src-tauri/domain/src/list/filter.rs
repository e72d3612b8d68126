//! A filter out of somebody's script: `PrimarySmtpAddress -eq 'a@x' -or EmailAddresses -eq 'smtp:b@x'`.

use std::collections::HashSet;

use super::{Entries, Entry, Reading, Shape, entry_in, free_text};

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

/// How a filter compares, and how PowerShell does.
const COMPARES: &[&str] = &[
    "-eq", "-ieq", "-ceq", "-ne", "-like", "-notlike", "-match", "-gt", "-lt",
];

pub(super) fn read(text: &str) -> Option<Reading> {
    let lower = text.to_ascii_lowercase();
    let mut entries = Entries::new();
    let mut any = false;
    let mut compared = HashSet::new();
    let (mut line, mut counted) = (0, 0);
    for (at, _) in lower.match_indices('-') {
        let Some(operator) = COMPARES
            .iter()
            .find(|operator| lower[at..].starts_with(**operator))
        else {
            continue;
        };
        let (before, behind) = (&lower[..at], &text[at + operator.len()..]);
        if !before.ends_with(char::is_whitespace)
            || !behind.starts_with(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '‘' | '“'))
        {
            continue;
        }
        let property = before
            .trim_end()
            .rsplit(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        line += lower[counted..at].matches('\n').count();
        counted = at;
        // The value may stand in the next line.
        let blank = &behind[..behind.len() - behind.trim_start().len()];
        compared.extend(line..=line + blank.matches('\n').count());
        if !operator.ends_with("eq") && *operator != "-like" || !NAMING.contains(&property) {
            continue;
        }
        any = true;
        let value = quoted(behind);
        entries.add(entry_in(&value).unwrap_or(Entry::Unreadable(value)));
    }
    // What stands in lines of its own beside the filter counts as well.
    if any {
        let beside: Vec<&str> = text
            .split('\n')
            .enumerate()
            .filter(|(index, _)| !compared.contains(index))
            .map(|(_, line)| line)
            .collect();
        free_text::strays(&beside.join("\n"))
            .into_iter()
            .for_each(|entry| entries.add(entry));
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
