//! Values that must never be seen.
//!
//! A [`Secret`] has no `Debug`, `Display`, `Clone` or `Serialize`, so that formatting, copying or storing one by
//! accident does not compile. Each use of [`Secret::expose`] carries a comment that begins with `EXPOSE:`.

use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A client secret, a token, a code verifier or a passphrase.
///
/// It can be read from outside (a token answer, a typed passphrase), never written.
///
/// ```compile_fail
/// let secret = domain::secret::Secret::new(String::from("x"));
/// println!("{secret:?}");
/// ```
/// ```compile_fail
/// let secret = domain::secret::Secret::new(String::from("x"));
/// println!("{secret}");
/// ```
/// ```compile_fail
/// let secret = domain::secret::Secret::new(String::from("x"));
/// let second = secret.clone();
/// # drop((secret, second));
/// ```
/// ```compile_fail
/// fn written(value: impl serde::Serialize) { drop(value) }
/// written(domain::secret::Secret::new(String::from("x")));
/// ```
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the value over; the caller keeps no copy.
    pub fn new(value: String) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value itself. Every caller says why in a comment that begins with `EXPOSE:`.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether two secrets are the same, without an early return that timing could tell.
    pub fn same_as(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }

    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparison_sees_length_and_content() {
        let secret = |text: &str| Secret::new(text.to_owned());
        assert!(secret("a~b").same_as(&secret("a~b")));
        assert!(!secret("a~b").same_as(&secret("a~c")));
        assert!(!secret("a~b").same_as(&secret("a~b.")));
    }
}
