//! Names of mailboxes as IMAP writes them: modified UTF-7 (RFC 3501 §5.1.3).

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

const CODING: GeneralPurpose = GeneralPurpose::new(
    &IMAP_MUTF7,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A name as it travels.
pub(crate) fn encode(name: &str) -> String {
    let mut out = String::new();
    let mut wide: Vec<u8> = Vec::new();
    for letter in name.chars() {
        if matches!(letter, ' '..='~') {
            flush(&mut wide, &mut out);
            out.push(letter);
            if letter == '&' {
                out.push('-');
            }
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                wide.extend(unit.to_be_bytes());
            }
        }
    }
    flush(&mut wide, &mut out);
    out
}

fn flush(wide: &mut Vec<u8>, out: &mut String) {
    if !wide.is_empty() {
        out.push('&');
        out.push_str(&CODING.encode(&*wide));
        out.push('-');
        wide.clear();
    }
}

/// A name as it is meant. What is not modified UTF-7 is taken as UTF-8, as some programs send it.
pub(crate) fn decode(name: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(name) else {
        return String::from_utf8_lossy(name).into_owned();
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let shifted = &rest[at + 1..];
        let decoded = shifted.find('-').and_then(|end| {
            let inner = &shifted[..end];
            if inner.is_empty() {
                return Some(("&".to_owned(), end));
            }
            let bytes = CODING.decode(inner).ok()?;
            let units: Vec<u16> = bytes
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16(&units).ok().map(|text| (text, end))
        });
        match decoded {
            Some((letters, end)) => {
                out.push_str(&letters);
                rest = &shifted[end + 1..];
            }
            None => {
                out.push('&');
                rest = shifted;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Whether a name fits a pattern of `LIST`: `*` is anything, `%` anything below the next `/`.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().take(1_000).collect();
    let name: Vec<char> = name.chars().collect();
    // reach[i]: the first i letters of the name fit the pattern so far.
    let mut reach = vec![false; name.len() + 1];
    reach[0] = true;
    for wanted in pattern {
        match wanted {
            '*' | '%' => {
                for at in 0..name.len() {
                    if reach[at] && (wanted == '*' || name[at] != '/') {
                        reach[at + 1] = true;
                    }
                }
            }
            _ => {
                for at in (0..name.len()).rev() {
                    reach[at + 1] = reach[at] && name[at].eq_ignore_ascii_case(&wanted);
                }
                reach[0] = false;
            }
        }
    }
    reach[name.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_written_as_the_standard_does() {
        assert_eq!(
            encode("~peter/mail/台北/日本語"),
            "~peter/mail/&U,BTFw-/&ZeVnLIqe-"
        );
        assert_eq!(encode("Büro & Co"), "B&APw-ro &- Co");
        assert_eq!(decode(b"B&APw-ro &- Co"), "Büro & Co");
        assert_eq!(decode(b"a&b"), "a&b");
        assert_eq!(decode(b"&!!!-x"), "&!!!-x");
        assert_eq!(decode("Büro".as_bytes()), "Büro");
    }

    #[test]
    fn patterns_fit() {
        assert!(fits("*", "INBOX/a/b") && fits("%", "INBOX") && !fits("%", "INBOX/a"));
        assert!(fits("INBOX/%", "INBOX/a") && !fits("INBOX/%", "INBOX/a/b"));
        assert!(fits("inbox", "INBOX") && fits("I*X", "INBOX") && !fits("I*Y", "INBOX"));
        assert!(!fits("", "INBOX") && fits("", ""));
        assert!(!fits(&"*a".repeat(400), &"b".repeat(200)));
    }

    proptest! {
        #[test]
        fn every_name_comes_back(name in "\\PC{0,40}") {
            prop_assert_eq!(decode(encode(&name).as_bytes()), name);
        }

        #[test]
        fn any_bytes_are_a_name(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = encode(&decode(&bytes));
        }
    }
}
