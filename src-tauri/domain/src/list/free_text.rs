//! Addresses among other text: one a line, or apart by commas, semicolons, tabs, with or without names beside them.

use super::{Entries, Entry, entry_in, tidy};

/// The longest text without an address that is kept as one entry, in characters.
const LONGEST_KEPT: usize = 200;

pub(super) fn read(text: &str) -> Vec<Entry> {
    let mut entries = Entries::new();
    for line in text.split(['\n', '\r']) {
        let pieces: Vec<&str> = line.split([',', ';', '\t']).collect();
        let line_has_address = pieces.iter().any(|piece| !found_in(piece).is_empty());
        for (index, piece) in pieces.iter().enumerate() {
            let found = found_in(piece);
            if found.is_empty() {
                let kept = piece.trim_matches(tidy::around);
                // A name beside its address, as in `Weber, Ada <ada@…>` or in the next cell, is no entry; something that
                // was meant as an address is.
                let before_brackets = pieces.get(index + 1).is_some_and(|next| next.contains('<'));
                let name = before_brackets || line.contains('\t') || kept.contains(char::is_whitespace);
                let beside = line_has_address && !kept.contains('@') && name;
                if !kept.is_empty() && !beside && kept.chars().any(char::is_alphanumeric) {
                    entries.add(Entry::Unreadable(kept.chars().take(LONGEST_KEPT).collect()));
                }
            }
            for entry in found {
                entries.add(entry);
            }
        }
    }
    entries.list
}

/// Every address and id in a piece of text, word by word.
fn found_in(piece: &str) -> Vec<Entry> {
    let words = piece.split(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '＜' | '＞' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '„' | '«' | '»' | '|'
            )
    });
    words.filter_map(entry_in).collect()
}
