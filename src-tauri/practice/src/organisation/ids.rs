//! Ids, random texts and fingerprints.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// A fresh random id.
pub(crate) fn new_id() -> String {
    Uuid::new_v4().to_string()
}

/// An id that is the same at every start with the same seed.
pub(crate) fn stable_id(seed: u64, name: &str) -> String {
    let digest = hex_sha256(format!("{seed} {name}").as_bytes());
    let number = u128::from_str_radix(&digest[..32], 16).unwrap_or_default();
    uuid::Builder::from_random_bytes(number.to_be_bytes())
        .into_uuid()
        .to_string()
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    graviola::random::fill(&mut bytes).ok().map(|()| bytes)
}

/// An unguessable name.
pub(crate) fn opaque() -> Option<String> {
    use base64::Engine as _;
    random::<32>().map(|bytes| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

/// 40 random characters that include what clients forget to encode.
pub(crate) fn secret_text() -> Option<String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    let bytes = random::<37>()?;
    let mut text: String = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte & 63)]))
        .collect();
    // Real ones look like this: a tilde near the front, a dot inside.
    text.insert(4, '8');
    text.insert(5, '~');
    text.insert(20, '.');
    Some(text)
}

/// SHA-256 in hexadecimal.
pub(crate) fn hex_sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_forty_characters_and_needs_encoding() {
        let (first, second) = (secret_text().expect("random"), secret_text().expect("random"));
        assert_eq!(first.len(), 40);
        assert!(first.contains('~') && first.contains('.'));
        assert_ne!(first, second);
    }

    #[test]
    fn hexadecimal_is_lower_case() {
        assert_eq!(hex_sha256(b"")[..8], *"e3b0c442");
    }
}
