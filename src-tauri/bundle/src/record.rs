//! The record: what the organisation keeps. A page for people and the same as JSON; the secret is in neither.

use serde::Serialize;
use serde_json::Value;

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
    // Only a map with keys that aren't text, or a type that refuses, can fail here; the record has neither.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_else(|_| Value::Null.to_string());
    text.push('\n');
    text
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

    #[test]
    fn practice_is_said_on_the_page_and_only_then() {
        let mut record = record();
        assert!(html(&record).contains("practice organisation"));
        record.connection.practice = false;
        assert!(!html(&record).contains("practice organisation"));
    }
}
