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

/// Characters that no address of a mailbox has, and that mean something in a list or a filter.
const FORBIDDEN: &[char] = &[
    '"', '<', '>', ',', ';', '(', ')', '[', ']', '{', '}', '\\', '|', '…', '“', '”', '„',
];

/// A part of a domain between two full stops, in whichever script: letters, digits and hyphens.
fn is_label(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || !c.is_ascii())
        && !label.contains('@')
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
            .any(|c| c.is_whitespace() || c.is_control() || FORBIDDEN.contains(&c))
        {
            return Err(NotAnAddress::Character);
        }
        match text.split_once('@') {
            Some((name, domain))
                if !name.is_empty() && domain.contains('.') && domain.split('.').all(is_label) =>
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

#[cfg(test)]
mod tests {
    use super::*;

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
