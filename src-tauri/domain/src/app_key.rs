//! Which app of a connection.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The short name of one app of a connection, as its platform's profile gives it. A connection with one app calls it
/// `main`.
///
/// It stands in names that Microsoft keeps, so it is at most 20 small letters, digits and hyphens, and begins with a
/// letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AppKey(String);

/// The longest key, in characters.
const LONGEST: usize = 20;

impl AppKey {
    /// Reads a key.
    ///
    /// # Errors
    /// The text, where it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let letter = |c: char| c.is_ascii_lowercase();
        let fits = text.len() <= LONGEST
            && text.starts_with(letter)
            && text.chars().all(|c| letter(c) || c.is_ascii_digit() || c == '-');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(text.to_owned())
        }
    }

    /// Whether it is the one of a connection with one app, which stands in no name.
    pub fn is_main(&self) -> bool {
        self.0 == "main"
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for AppKey {
    fn default() -> Self {
        Self("main".to_owned())
    }
}

impl TryFrom<String> for AppKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|text| format!("\u{201c}{text}\u{201d} is no name of an app"))
    }
}

impl From<AppKey> for String {
    fn from(key: AppKey) -> Self {
        key.0
    }
}

impl fmt::Display for AppKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_plain() {
        assert!(AppKey::default().is_main());
        for good in ["main", "a", "desk-2"] {
            assert_eq!(AppKey::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "Main", "2nd", "-a", "a b", "ä", "aaaaaaaaaaaaaaaaaaaaa"] {
            assert!(AppKey::parse(bad).is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<AppKey>("\"Not A Key\"").is_err());
    }
}
