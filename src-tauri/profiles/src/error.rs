//! Why a profile was refused, and where.

use std::ops::Range;

/// A profile that was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct ProfileError {
    /// The file's name, without its folder.
    pub file: String,
    /// The line, counted from 1; 1 if the file as a whole is at fault.
    pub line: usize,
    /// What is wrong, in plain words and without a full stop.
    pub reason: String,
}

/// A broken rule at a place in the text, before the place is turned into a line.
#[derive(Debug)]
pub(crate) struct Fault {
    at: usize,
    reason: String,
}

impl Fault {
    pub(crate) fn new(span: Range<usize>, reason: impl Into<String>) -> Self {
        Self {
            at: span.start,
            reason: reason.into(),
        }
    }

    pub(crate) fn in_file(self, file: &str, text: &str) -> ProfileError {
        // Bytes are counted, because a span may in principle point into the middle of a character.
        let before = text.as_bytes().iter().take(self.at);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        ProfileError {
            file: file.to_owned(),
            line,
            reason: self.reason,
        }
    }
}

impl From<toml::de::Error> for Fault {
    fn from(error: toml::de::Error) -> Self {
        Self::new(error.span().unwrap_or(0..0), plain_words(error.message()))
    }
}

/// Turns the words of serde and of the TOML parser into words for somebody who edits a file.
///
/// A message that is not recognised is passed on unchanged: its words are technical, but they are never lost.
fn plain_words(message: &str) -> String {
    let message = message.trim().replace('\n', ", ");
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("the key {key} is missing");
    }
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return match rest.split_once(", expected ") {
            Some((key, known)) => {
                let known = known.trim_start_matches("one of ");
                format!("the key {key} is not known here; this place can have {known}")
            }
            None => format!("the key {rest} is not known here"),
        };
    }
    for kind in ["invalid type: ", "invalid value: "] {
        if let Some((found, wanted)) = message
            .strip_prefix(kind)
            .and_then(|rest| rest.split_once(", expected "))
        {
            return format!(
                "the value does not fit: found {found}, wanted {}",
                wanted_words(wanted)
            );
        }
    }
    if message.starts_with("duplicate key") {
        return "the same key stands here twice".to_owned();
    }
    format!("this is not valid TOML: {message}")
}

/// Names what a key wants without the names of Rust's types.
fn wanted_words(wanted: &str) -> &str {
    match wanted {
        "u8" => "a whole number from 0 to 255",
        "u32" => "a whole number from 0 upwards",
        "a boolean" => "true or false",
        "a string" => "text in quotation marks",
        "a sequence" => "a list in square brackets",
        "a TOML datetime" => "a date without quotation marks, such as 2026-11-22",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
}
