//! The record: what the organisation keeps. A page for people and the same as JSON; the secret is in neither.

use std::io::{self, Write};

use domain::text::shown;
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};

use crate::connection::Connection;
use crate::{page, plaintext};

/// One export as the organisation keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Everything about the connection. Its secret was never part of it.
    pub connection: Connection,
    /// The person who made the connection.
    pub who_name: String,
    /// The name that person signed in with.
    pub who_user_name: String,
    /// How to take everything back by hand, in order: lines of PowerShell, or places to go to.
    pub undo: Vec<String>,
    /// What the proof doesn't show, each in one sentence.
    pub not_proven: Vec<String>,
    /// Who can open the sealed file, as `Recipient::describe` says it.
    pub sealed: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema_version: &'static str,
    kind: &'static str,
    who: Who<'a>,
    #[serde(flatten)]
    connection: &'a Connection,
    sealed: &'a str,
    undo: &'a [String],
    not_proven: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Who<'a> {
    name: &'a str,
    user_name: &'a str,
}

/// The record as one page that needs nothing else: no script, no picture, no address that it loads.
pub fn html(record: &Record) -> String {
    page::html(record)
}

/// The record as JSON.
pub fn json(record: &Record) -> String {
    let document = Document {
        schema_version: plaintext::SCHEMA_VERSION,
        kind: "mailgrantRecord",
        who: Who {
            name: &record.who_name,
            user_name: &record.who_user_name,
        },
        connection: &record.connection,
        sealed: &record.sealed,
        undo: &record.undo,
        not_proven: &record.not_proven,
    };
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
    use crate::sample::{SECRET, record};

    #[test]
    fn the_json_is_stable() {
        insta::assert_snapshot!(json(&record()));
    }

    #[test]
    fn the_page_is_stable() {
        insta::assert_snapshot!(html(&record()));
    }

    #[test]
    fn the_secret_is_in_neither() {
        let record = record();
        for text in [html(&record), json(&record)] {
            assert!(!text.contains(SECRET) && !text.contains(&SECRET[..8]));
        }
    }

    #[test]
    fn hostile_names_stay_text() {
        let mut record = record();
        let name = r#"</style><script>alert(1)</script>"'&<img src=x onerror=alert(1)>"#;
        record.connection.organisation = name.into();
        record.connection.platform.name = name.into();
        record.connection.mailboxes[0].name = name.into();
        record.connection.mailboxes[0].address = name.into();
        record.connection.proof.rows[0].mailbox = name.into();
        record.connection.proof.rows[0].finding = name.into();
        record.connection.permissions[0].reason = name.into();
        record.who_name = name.into();
        record.undo[0] = name.into();
        record.not_proven[0] = name.into();
        record.sealed = name.into();
        let page = html(&record);
        assert!(!page.contains("<script") && !page.contains("<img"));
        assert_eq!(page.matches("</style>").count(), 1);
        let json: serde_json::Value = serde_json::from_str(&json(&record)).unwrap();
        assert_eq!(json["organisation"], name);
    }

    /// Every text of the record that isn't ours: each in turn is hostile, and none reaches a reader as it was.
    #[test]
    fn no_field_turns_the_line_or_leaves_it() {
        const HOSTILE: &str = "\u{202e}EVIL\u{0}\u{7}\r\nBREAK\u{2028}SEPARATOR\u{2066}\u{85}NEXT\u{200b}";
        let fields: Vec<fn(&mut Record) -> &mut String> = vec![
            |record| &mut record.who_name,
            |record| &mut record.who_user_name,
            |record| &mut record.undo[0],
            |record| record.undo.last_mut().unwrap(),
            |record| &mut record.not_proven[0],
            |record| &mut record.sealed,
            |record| &mut record.connection.platform.name,
            |record| &mut record.connection.cloud.name,
            |record| &mut record.connection.organisation,
            |record| &mut record.connection.domain,
            |record| &mut record.connection.tenant_id,
            |record| &mut record.connection.contact,
            |record| &mut record.connection.generator,
            |record| &mut record.connection.app.name,
            |record| &mut record.connection.app.client_id,
            |record| &mut record.connection.app.object_id,
            |record| &mut record.connection.app.service_principal_id,
            |record| &mut record.connection.credential.key_id,
            |record| &mut record.connection.permissions[0].api,
            |record| &mut record.connection.permissions[0].name,
            |record| &mut record.connection.permissions[0].authority,
            |record| &mut record.connection.permissions[0].reason,
            |record| &mut record.connection.mailboxes[0].address,
            |record| &mut record.connection.mailboxes[0].object_id,
            |record| &mut record.connection.mailboxes[0].kind,
            |record| &mut record.connection.mailboxes[0].name,
            |record| &mut record.connection.scope.name,
            |record| &mut record.connection.scope.filter,
            |record| &mut record.connection.proof.fingerprint,
            |record| &mut record.connection.proof.rows[0].mailbox,
            |record| &mut record.connection.proof.rows[0].object_id,
            |record| &mut record.connection.proof.rows[0].permission,
            |record| &mut record.connection.proof.rows[0].finding,
            |record| &mut record.connection.proof.rows[0].stamp,
            |record| record.connection.proof.rows[0].request_id.get_or_insert_default(),
            |record| &mut record.connection.form[0].label,
        ];
        for (number, field) in fields.into_iter().enumerate() {
            let mut record = record();
            HOSTILE.clone_into(field(&mut record));
            let page = html(&record);
            let places: Vec<usize> = page.match_indices("EVIL").map(|(at, _)| at).collect();
            assert!(!places.is_empty(), "field {number} isn't on the page");
            for at in places {
                let before = &page[..at];
                let in_title = before.contains("<title>") && !before.contains("</title>");
                let apart = before
                    .rfind("<bdi")
                    .is_some_and(|open| before[open..].find("</bdi>").is_none());
                assert!(
                    in_title || apart,
                    "field {number}: {}",
                    &page[at.saturating_sub(60)..at + 20]
                );
                assert!(
                    page[at..].starts_with("EVIL BREAK SEPARATOR NEXT"),
                    "field {number}"
                );
            }
            for text in [page, json(&record)] {
                let unseen = text.chars().find(|c| {
                    *c != '\n' && c.is_control()
                        || matches!(c, '\u{2028}' | '\u{202e}' | '\u{2066}' | '\u{200b}')
                });
                assert_eq!(unseen, None, "field {number}");
            }
        }
    }

    #[test]
    fn practice_is_said_on_the_page_and_only_then() {
        let mut record = record();
        assert!(html(&record).contains("practice organisation"));
        record.connection.practice = false;
        assert!(!html(&record).contains("practice organisation"));
    }
}
