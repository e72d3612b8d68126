//! Mailbox addresses as people paste them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A mailbox address: one `@`, something on both sides, no white space, at most 254 characters, lower case.
///
/// The domain may be written in any script; whether it exists is for Exchange to say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// Why a text is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAddress {
    /// There is no `@`, or nothing beside it.
    #[error("an address has a name, an @ and a domain")]
    Shape,
    /// More than 254 characters.
    #[error("an address has at most 254 characters")]
    TooLong,
    /// A control character, a quotation mark or white space.
    #[error("an address has no spaces, quotation marks or control characters")]
    Character,
}

impl Address {
    /// Reads an address, whatever its case and the space around it.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim().to_lowercase();
        if text.chars().count() > 254 {
            return Err(NotAnAddress::TooLong);
        }
        if text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | ',' | ';'))
        {
            return Err(NotAnAddress::Character);
        }
        match text.split_once('@') {
            Some((name, domain))
                if !name.is_empty()
                    && domain.contains('.')
                    && !domain.contains('@')
                    && !domain.starts_with('.')
                    && !domain.ends_with('.') =>
            {
                Ok(Self(text))
            }
            _ => Err(NotAnAddress::Shape),
        }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    pub fn name(&self) -> &str {
        self.0.split_once('@').map_or("", |(name, _)| name)
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

/// One entry of a pasted list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It reads as an address.
    Address(Address),
    /// It doesn't; the text is kept so that nothing typed is lost.
    Unreadable(String),
}

/// Reads a pasted list: addresses apart by line breaks, commas, semicolons or tabs, with or without a name, with
/// or without angle brackets, quotation marks or `smtp:` before them. Each address once, in the order given.
pub fn read_list(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for line in text.split(['\n', '\r']) {
        let pieces: Vec<&str> = line.split([',', ';', '\t']).map(trimmed).collect();
        for (index, piece) in pieces.iter().enumerate() {
            let found = addresses_in(piece);
            if found.is_empty() && !piece.is_empty() {
                // A name beside its address, as in `Weber, Ada <ada@…>` or in the column of a table, is no entry.
                let before_brackets = pieces.get(index + 1).is_some_and(|next| next.contains('<'));
                let beside_an_address = line.contains('@') && !piece.contains(['@', '.']);
                let name = before_brackets || line.contains('\t') || piece.contains(char::is_whitespace);
                if !(beside_an_address && name) {
                    push_once(&mut entries, Entry::Unreadable((*piece).to_owned()));
                }
            }
            for address in found {
                push_once(&mut entries, Entry::Address(address));
            }
        }
    }
    entries
}

fn trimmed(piece: &str) -> &str {
    piece
        .trim()
        .trim_matches(|c| matches!(c, '"' | '“' | '”' | '•' | '·'))
        .trim()
}

fn addresses_in(piece: &str) -> Vec<Address> {
    piece
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '“' | '”')
        })
        .map(|word| {
            word.trim_start_matches("mailto:")
                .trim_start_matches("smtp:")
                .trim_start_matches("SMTP:")
        })
        .map(|word| word.trim_end_matches('.'))
        .filter_map(|word| Address::parse(word).ok())
        .collect()
}

fn push_once(entries: &mut Vec<Entry>, entry: Entry) {
    if !entries.contains(&entry) {
        entries.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<String> {
        read_list(text)
            .into_iter()
            .map(|entry| match entry {
                Entry::Address(address) => address.to_string(),
                Entry::Unreadable(text) => format!("?{text}"),
            })
            .collect()
    }

    #[test]
    fn a_list_pasted_from_anywhere_is_read() {
        let text = "Support <Support@contoso.example>; billing@contoso.example,\n\"O'Brien, Ada\" <o'brien@contoso.example>\tsupport@contoso.example\nsmtp:info@bücher.example.";
        assert_eq!(
            addresses(text),
            [
                "support@contoso.example",
                "billing@contoso.example",
                "o'brien@contoso.example",
                "info@bücher.example"
            ]
        );
    }

    #[test]
    fn a_name_beside_its_address_is_no_entry() {
        for text in [
            "Weber, Ada <ada@contoso.example>",
            "Weber\tAda\tada@contoso.example",
            "Ada Weber;ada@contoso.example",
        ] {
            assert_eq!(addresses(text), ["ada@contoso.example"], "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_kept() {
        assert_eq!(addresses("support@contoso"), ["?support@contoso"]);
        assert_eq!(addresses("support"), ["?support"]);
        assert_eq!(
            addresses("support, billing@contoso.example\nnot an address"),
            ["?support", "billing@contoso.example", "?not an address"]
        );
        assert_eq!(
            addresses("a@contoso.example b@contoso.example"),
            ["a@contoso.example", "b@contoso.example"]
        );
    }

    #[test]
    fn an_address_refuses_what_would_break_a_filter() {
        assert_eq!(
            Address::parse("a\"b@contoso.example"),
            Err(NotAnAddress::Character)
        );
        assert_eq!(Address::parse("@contoso.example"), Err(NotAnAddress::Shape));
        assert_eq!(
            Address::parse(&format!("{}@contoso.example", "a".repeat(250))),
            Err(NotAnAddress::TooLong)
        );
    }
}
