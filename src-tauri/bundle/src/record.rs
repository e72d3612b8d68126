//! The record: what the organisation keeps. A page for people and the same as JSON; the secret is in neither.

use std::io::{self, Write};

use domain::text::shown;
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};

use crate::connection::Connection;
use crate::integrity::Integrity;
use crate::plaintext;

/// One export as the organisation keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Everything about the connection. Its secret was never part of it.
    pub connection: Connection,
    /// The person who exported it.
    pub exported_by: Person,
    /// Everybody who made something of it.
    pub made_by: Vec<Person>,
    /// How to take everything back by hand, in order: lines of PowerShell, or places to go to.
    pub undo: Vec<String>,
    /// What the proof doesn't show, each in one sentence.
    pub not_proven: Vec<String>,
    /// Who can open the sealed file, as `Recipient::describe` says it.
    pub sealed: String,
}

/// A person of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The name.
    pub name: String,
    /// The name to sign in with.
    pub user_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema_version: &'static str,
    kind: &'static str,
    who: &'a Person,
    made_by: &'a [Person],
    #[serde(flatten)]
    connection: &'a Connection,
    sealed: &'a str,
    undo: &'a [String],
    not_proven: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    integrity: Option<Integrity>,
}

/// The record as JSON, with a digest over what it says.
pub fn json(record: &Record) -> String {
    let mut document = Document {
        schema_version: plaintext::SCHEMA_VERSION,
        kind: plaintext::RECORD_KIND,
        who: &record.exported_by,
        made_by: &record.made_by,
        connection: &record.connection,
        sealed: &record.sealed,
        undo: &record.undo,
        not_proven: &record.not_proven,
        integrity: None,
    };
    // The digest is over what is written, which leaves out what nobody sees.
    let said = serde_json::from_str::<Value>(&text(&document)).unwrap_or_default();
    document.integrity = Some(Integrity::of(&said));
    text(&document)
}

fn text(document: &Document<'_>) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Seen(PrettyFormatter::new()));
    // Only a map with keys that aren't text, or a type that refuses, can fail here; the record has neither.
    let mut text = match document.serialize(&mut serializer) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => Value::Null.to_string(),
    };
    text.push('\n');
    text
}

/// Writes JSON for people, and of every text only what can be seen: others wrote many of them.
struct Seen(PrettyFormatter<'static>);

/// Hands what only sets the lines and their indents to the formatter for people.
macro_rules! hand_on {
    ($($name:ident($($argument:ident: $kind:ty),*);)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, writer: &mut W, $($argument: $kind),*) -> io::Result<()> {
            self.0.$name(writer, $($argument),*)
        }
    )*};
}

impl Formatter for Seen {
    hand_on! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let shown: String = fragment.chars().filter_map(shown).collect();
        writer.write_all(shown.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::LineFeed | CharEscape::CarriageReturn | CharEscape::Tab | CharEscape::FormFeed => {
                writer.write_all(b" ")
            }
            CharEscape::Backspace | CharEscape::AsciiControl(_) => Ok(()),
            other => self.0.write_char_escape(writer, other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::record;

    #[test]
    fn the_json_is_stable() {
        insta::assert_snapshot!(json(&record()));
    }
}
