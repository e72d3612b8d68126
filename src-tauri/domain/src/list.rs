//! Lists of mailboxes as people have them: pasted text, exports of admin centres, output of PowerShell, filters.
//!
//! A table is read as a table: the column that holds the addresses is recognised by its heading and by what stands in
//! it, and no other cell is taken for an address. Rows that can't be mailboxes are set aside and counted. One bad row
//! never costs the good ones, and nothing that was typed is lost. The shapes are those of field-reports.md.

mod decode;
mod filter;
mod free_text;
mod json;
mod markup;
mod properties;
mod prose;
mod table;
mod tidy;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::ids::MailboxId;

pub use decode::{NotText, decode};

/// The longest text that is read as a list: 5 MiB. A list of 100,000 mailboxes with all its columns is shorter.
pub const LONGEST: usize = 5 * 1024 * 1024;

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It reads as an address.
    Address(Address),
    /// It is the id of an object.
    Id(MailboxId),
    /// It reads as neither; the text is kept so that nothing typed is lost.
    Unreadable(String),
}

impl Entry {
    fn is_a_name(&self) -> bool {
        matches!(self, Self::Unreadable(text) if !text.contains('@'))
    }

    fn is_address(&self) -> bool {
        matches!(self, Self::Address(_))
    }
}

/// Why a row of a table isn't taken for a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aside {
    /// A guest of another organisation.
    Guest,
    /// Deleted already.
    Deleted,
    /// A contact, or a user whose mailbox is elsewhere.
    Contact,
    /// A group.
    Group,
    /// A mailbox that searches use.
    Discovery,
    /// There is no address in the row, or something that a newer version knows.
    #[serde(other)]
    NoAddress,
}

/// What a list was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Addresses among other text.
    Text,
    /// A table, with the heading of the column that holds the addresses and the number of its rows.
    Table {
        /// The heading as it stands there.
        column: String,
        /// How many rows there are below the headings.
        rows: usize,
    },
    /// A filter of Exchange's.
    Filter,
}

/// A list as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it was read as.
    pub shape: Shape,
    /// Its entries, each once, in the order given.
    pub entries: Vec<Entry>,
    /// Rows that aren't taken, with what names them.
    pub aside: Vec<(Aside, String)>,
}

impl Reading {
    /// With what stood beside a table, behind what stood in it.
    fn with(mut self, strays: Vec<Entry>) -> Self {
        for entry in strays {
            if !self.entries.contains(&entry) {
                self.entries.push(entry);
            }
        }
        self
    }

    /// Whether nothing was found and nothing told why.
    fn lost_all(&self) -> bool {
        self.entries.iter().all(Entry::is_a_name)
            && self.aside.iter().all(|(why, _)| *why == Aside::NoAddress)
    }
}

/// Reads a list. Whatever was given comes back in the entries or among what was set aside, except for text beside an
/// address.
pub fn read(text: &str) -> Reading {
    // What stood for a sign may be one of those that nobody sees.
    let text = tidy::without_marks(&markup::as_seen(&tidy::without_marks(text)));
    let readers = [filter::read, json::read, properties::read, table::read];
    let reading = readers.iter().find_map(|read| read(&text));
    match reading {
        Some(reading) if !reading.lost_all() => reading,
        other => {
            let by_words = free_text::read(&text);
            // What was taken for a table and gave nothing is none where there are addresses after all.
            other
                .filter(|_| !by_words.entries.iter().any(Entry::is_address))
                .unwrap_or(by_words)
        }
    }
}

/// An address or an id in a cell, however it is dressed: `Mailto:`, `SMTP:`, brackets, quotation marks.
fn entry_in(cell: &str) -> Option<Entry> {
    let bare = tidy::bare(cell);
    if let Ok(address) = Address::parse(bare) {
        return Some(Entry::Address(address));
    }
    if let Ok(id) = bare.parse() {
        return Some(Entry::Id(id));
    }
    // As a link to a new message has it.
    if bare.contains('@') || !bare.contains("%40") {
        return None;
    }
    let plain = percent_decode_str(bare).decode_utf8().ok()?;
    Address::parse(tidy::bare(&plain)).ok().map(Entry::Address)
}

/// Adds an entry unless it is there already.
struct Entries {
    list: Vec<Entry>,
    seen: std::collections::HashSet<String>,
}

impl Entries {
    fn new() -> Self {
        Self {
            list: Vec::new(),
            seen: std::collections::HashSet::new(),
        }
    }

    fn add(&mut self, entry: Entry) {
        let key = match &entry {
            Entry::Address(address) => address.to_string(),
            Entry::Id(id) => id.to_string(),
            Entry::Unreadable(text) => text.clone(),
        };
        if self.seen.insert(key) {
            self.list.push(entry);
        }
    }
}

#[cfg(test)]
mod brought;
#[cfg(test)]
mod tests;
