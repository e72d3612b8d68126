//! Why a profile was refused, and where.

use std::fmt;
use std::ops::Range;

/// A profile that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileError {
    /// The file's name, without its folder.
    pub file: String,
    /// The line, counted from 1; none if the file as a whole is at fault.
    pub line: Option<usize>,
    /// What that line says and where in it, where the fault lies within one line that may be shown.
    pub marked: Option<Marked>,
    /// What is wrong, in plain words and without a full stop.
    pub reason: String,
}

/// A line with a place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// The whole line without its end, as somebody wrote it.
    pub text: String,
    /// Where the place begins, in characters from 0; the number of the line's characters where it lies behind them.
    pub from: usize,
    /// How many characters it has, at least 1.
    pub length: usize,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, reason, .. } = self;
        match self.line {
            Some(line) => write!(out, "{file}, line {line}: {reason}"),
            None => write!(out, "{file}: {reason}"),
        }
    }
}

impl std::error::Error for ProfileError {}

/// A broken rule at a place in the text, before the place is turned into a line.
#[derive(Debug)]
pub(crate) struct Fault {
    at: Range<usize>,
    reason: String,
}

impl Fault {
    pub(crate) fn new(span: Range<usize>, reason: impl Into<String>) -> Self {
        Self {
            at: span,
            reason: reason.into(),
        }
    }

    pub(crate) fn in_file(self, file: &str, text: &str) -> ProfileError {
        // What is missing stands nowhere, and the parser has no place for it.
        if self.at == (0..0) {
            return ProfileError {
                file: file.to_owned(),
                line: None,
                marked: None,
                reason: self.reason,
            };
        }
        // Bytes are counted, because a span may in principle point into the middle of a character.
        let before = text.as_bytes().iter().take(self.at.start);
        let line = before.filter(|byte| **byte == b'\n').count();
        ProfileError {
            file: file.to_owned(),
            line: Some(line + 1),
            marked: marked(text, line, &self.at),
            reason: self.reason,
        }
    }
}

/// The faults of a file, in its order.
#[derive(Debug)]
pub(crate) struct Faults {
    /// The one that is told where one is.
    pub first: Fault,
    /// Those behind it.
    pub more: Vec<Fault>,
}

impl Faults {
    pub(crate) fn one(first: Fault) -> Self {
        Self {
            first,
            more: Vec::new(),
        }
    }

    /// None where there is no fault.
    pub(crate) fn of(mut faults: Vec<Fault>) -> Option<Self> {
        faults.sort_by_key(|fault| fault.at.start);
        let mut faults = faults.into_iter();
        let first = faults.next()?;
        Some(Self {
            first,
            more: faults.collect(),
        })
    }
}

/// How a private key of age and one in PEM begin, in small letters.
const PRIVATE: [&str; 2] = ["age-secret-key-", "private key-"];

/// The line with its mark; none where the fault goes over several lines, such as a missing key, which stands nowhere. A
/// private key that somebody pasted is never shown: what is told of a file is read aloud, shared and logged.
fn marked(text: &str, line: usize, at: &Range<usize>) -> Option<Marked> {
    let whole = text.split('\n').nth(line)?;
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let from = whole.get(..at.start.checked_sub(start)?)?;
    let place = whole.get(from.len()..at.end.checked_sub(start)?.max(from.len()));
    let text = whole.trim_end_matches('\r');
    let lower = text.to_lowercase();
    if PRIVATE.iter().any(|sign| lower.contains(sign)) {
        return None;
    }
    Some(Marked {
        text: text.to_owned(),
        from: from.chars().count().min(text.chars().count()),
        length: place?.trim_end().chars().count().max(1),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, at: Range<usize>) -> Option<(String, usize, usize)> {
        let error = Fault::new(at, "it is wrong").in_file("a.toml", text);
        error
            .marked
            .map(|marked| (marked.text, marked.from, marked.length))
    }

    #[test]
    fn a_mark_stands_under_its_place() {
        let text = "a = 1\r\nname = \"Ü\"\r\n";
        let line = || String::from("name = \"Ü\"");
        assert_eq!(mark(text, 14..18), Some((line(), 7, 3)));
        // Behind the end of a line, at the end of the file, within a character, and over several lines.
        assert_eq!(mark(text, 18..19), Some((line(), 10, 1)));
        assert_eq!(mark(text, 20..20), Some((String::new(), 0, 1)));
        assert_eq!(mark(text, 16..18), None);
        assert_eq!(mark(text, 0..20), None);
        assert_eq!(mark(text, 400..500), None);
    }

    #[test]
    fn a_private_key_is_never_shown() {
        let private = [
            "AGE-SECRET-KEY-1QQQ",
            "age-secret-key-1qqq",
            "-----BEGIN PRIVATE KEY-----MII",
        ];
        for key in private {
            let text = format!("value = \"{key}\"");
            assert_eq!(mark(&text, 0..5), None, "{key}");
        }
    }
}
