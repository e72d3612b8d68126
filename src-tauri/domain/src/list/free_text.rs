//! Addresses among other text: one a line, or apart by commas, semicolons, tabs, with or without names beside them.

use super::{Aside, Entries, Entry, Reading, Shape, entry_in, prose, table, tidy};

/// The longest text without an address that is kept as one entry, in characters.
const LONGEST_KEPT: usize = 200;

/// What stands between entries in one script or another.
const BETWEEN: [char; 8] = [',', ';', '\t', '，', '、', '；', '،', '؛'];

/// A line with its pieces, and what is found in each of them.
struct Line<'a> {
    text: &'a str,
    pieces: Vec<(&'a str, Vec<Entry>)>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str) -> Self {
        let pieces = pieces(text)
            .into_iter()
            .map(|piece| (piece, found_in(piece)))
            .collect();
        Self { text, pieces }
    }

    fn has_entry(&self) -> bool {
        self.pieces.iter().any(|(_, found)| !found.is_empty())
    }
}

pub(super) fn read(text: &str) -> Reading {
    let lines: Vec<Line<'_>> = text.split('\n').map(Line::new).collect();
    // Words around a list are told from entries only where there is a list.
    let any = lines.iter().any(Line::has_entry);
    let known: Vec<prose::Line<'_>> = lines
        .iter()
        .map(|line| prose::Line {
            text: line.text,
            has_entry: line.has_entry(),
        })
        .collect();
    let around = if any {
        prose::around_a_list(&known)
    } else {
        vec![false; lines.len()]
    };
    let mut entries = Entries::new();
    let mut aside = Vec::new();
    for (line, around) in lines.into_iter().zip(around) {
        if around {
            aside.push((
                Aside::NoAddress,
                line.text.trim().chars().take(LONGEST_KEPT).collect(),
            ));
        } else {
            read_line(line, any, &mut entries);
        }
    }
    Reading {
        shape: Shape::Text,
        entries: entries.list,
        aside,
    }
}

/// What is or was meant to be an address or an id in a text beside a table.
pub(super) fn strays(text: &str) -> Vec<Entry> {
    let mut entries = read(text).entries;
    entries.retain(|entry| match entry {
        Entry::Unreadable(text) => text.contains('@'),
        Entry::Address(_) | Entry::Id(_) => true,
    });
    entries
}

/// The pieces of a line. A comma in the place of the full stop of a domain is a slip and parts nothing, nor do those in
/// a distinguished name.
fn pieces(line: &str) -> Vec<&str> {
    if is_distinguished_name(line) {
        return line.split(';').collect();
    }
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    for (place, mark) in line.match_indices(BETWEEN) {
        let (Some(piece), Some(rest)) = (line.get(start..place), line.get(place + mark.len()..)) else {
            continue;
        };
        if mark == "," && is_slip(piece, rest) {
            continue;
        }
        pieces.push(piece);
        start = place + mark.len();
    }
    pieces.push(line.get(start..).unwrap_or_default());
    pieces
}

/// Ends of domains that have more than two letters.
const TOP_LEVEL: &[&str] = &[
    "com", "net", "org", "edu", "gov", "info", "biz", "cloud", "example", "local", "test",
];

/// `support@contoso,com`: a domain without a full stop, and a word without an address behind it.
fn is_slip(before: &str, after: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let next: &str = after
        .split(|c: char| c.is_whitespace() || BETWEEN.contains(&c))
        .next()
        .unwrap_or_default();
    let domain = word.split_once('@').map(|(_, domain)| domain);
    let ends_domain =
        next.len() == 2 || next.contains('.') || TOP_LEVEL.contains(&next.to_ascii_lowercase().as_str());
    domain.is_some_and(|domain| !domain.is_empty() && domain.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && next
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        && ends_domain
}

fn is_distinguished_name(line: &str) -> bool {
    let start = line.trim_start_matches(tidy::around).to_ascii_lowercase();
    ["cn=", "ou="].iter().any(|mark| start.starts_with(mark)) && !line.contains('@')
}

fn read_line(line: Line<'_>, any: bool, entries: &mut Entries) {
    let (has_entry, cells) = (line.has_entry(), line.text.contains('\t'));
    // Behind an address and a dash or a bracket stands a note, whatever commas it has.
    let mut noted = false;
    for index in 0..line.pieces.len() {
        let (piece, found) = &line.pieces[index];
        if !found.is_empty() {
            noted = has_note(piece);
            found.iter().for_each(|entry| entries.add(entry.clone()));
            continue;
        }
        let kept = piece.trim_matches(tidy::around);
        // A name beside its address, as in `Weber, Ada <ada@…>` or in the next cell, is no entry; something that was
        // meant as an address is.
        let before_brackets = line
            .pieces
            .get(index + 1)
            .is_some_and(|(next, _)| next.contains('<'));
        let name = before_brackets
            || noted
            || cells
            || kept.contains(char::is_whitespace)
            || prose::is_number(kept)
            || prose::closes(kept)
            || table::names_addresses(kept);
        let beside = has_entry && !kept.contains('@') && name;
        let number = any && prose::is_number(kept);
        if !kept.is_empty() && !beside && !number && kept.chars().any(char::is_alphanumeric) {
            entries.add(Entry::Unreadable(kept.chars().take(LONGEST_KEPT).collect()));
        }
    }
}

/// Whether something follows an address that can't be another one: `a@x – billing`, `a@x (Berlin`, `a@x # new`.
fn has_note(piece: &str) -> bool {
    piece.split_once('@').is_some_and(|(_, after)| {
        after.contains([' ', '(', '[']) && after.contains(['-', '–', '—', '#', '(', '[', '/'])
    })
}

/// Every address and id in a piece of text, word by word.
pub(super) fn found_in(piece: &str) -> Vec<Entry> {
    let words = piece.split(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '＜' | '＞' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '„' | '«' | '»' | '|'
            )
    });
    words.flat_map(in_word).collect()
}

/// The addresses in a word: one, or those that a slash or an ampersand joins. A link shows what it leads to.
fn in_word(word: &str) -> Vec<Entry> {
    let link = word.split_once("://").is_some_and(|(scheme, _)| {
        scheme.to_ascii_lowercase().ends_with("http") || scheme.to_ascii_lowercase().ends_with("https")
    });
    if !link && let Some(entry) = entry_in(word) {
        return vec![entry];
    }
    if !word.contains('@') {
        return Vec::new();
    }
    let marks: &[char] = if link {
        &['/', '&', '?', '=', '#']
    } else {
        &['/', '&']
    };
    let parts: Vec<&str> = word.split(marks).filter(|part| part.contains('@')).collect();
    let entries: Vec<Entry> = parts.iter().filter_map(|part| entry_in(part)).collect();
    // One that can't be read makes all of them doubtful.
    if entries.len() == parts.len() {
        entries
    } else {
        Vec::new()
    }
}
