//! XOAUTH2: how a mail program hands over an access token (microsoft-facts §4c).

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::access::bearer::{Caller, caller_with};
use crate::access::protocols::{Opened, Protocol, open};
use crate::organisation::Organisation;
use crate::published::permissions::EXCHANGE;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The mailbox and the token in a client's answer: `user=…^Aauth=Bearer …^A^A` in base64.
pub(crate) fn read(answer: &[u8]) -> Option<(String, String)> {
    let bytes = BASE64.decode(answer.trim_ascii()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (mut user, mut token) = (None, None);
    for part in text.split('\u{1}') {
        if let Some(value) = part.strip_prefix("user=") {
            user = Some(value.to_owned());
        } else if let Some(value) = part.strip_prefix("auth=") {
            let (kind, value) = value.split_once(' ')?;
            if !kind.eq_ignore_ascii_case("bearer") {
                return None;
            }
            token = Some(value.trim().to_owned());
        }
    }
    Some((user?, token?))
}

/// Who came in by a mail protocol, and how far.
#[derive(Debug, Clone)]
pub(crate) struct Entrance {
    pub(crate) caller: Caller,
    pub(crate) opened: Opened,
}

/// Judges a client's answer. `None` when not even the token is good for Exchange.
pub(crate) fn enter(organisation: &Organisation, answer: &[u8], protocol: Protocol) -> Option<Entrance> {
    let (user, token) = read(answer)?;
    let caller = caller_with(organisation, &token, &EXCHANGE).ok()?;
    let opened = open(organisation, &caller, &user, protocol);
    (opened != Opened::NotAuthenticated).then_some(Entrance { caller, opened })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_answer_of_a_client_is_taken_apart() {
        let answer = BASE64.encode("user=a@b.example\u{1}auth=Bearer x.y.z\u{1}\u{1}");
        let expected = Some(("a@b.example".to_owned(), "x.y.z".to_owned()));
        assert_eq!(read(answer.as_bytes()), expected);
        assert_eq!(read(answer.trim_end_matches('=').as_bytes()), expected);
        let swapped = BASE64.encode("auth=bearer x.y.z\u{1}user=a@b.example\u{1}\u{1}");
        assert_eq!(read(swapped.as_bytes()), expected);
        for wrong in [
            "user=a\u{1}\u{1}",
            "auth=Basic x\u{1}user=a",
            "",
            "user=a\u{1}auth=\u{1}",
        ] {
            assert_eq!(read(BASE64.encode(wrong).as_bytes()), None, "{wrong:?}");
        }
        assert_eq!(read(b"*"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = (read(&bytes), read(BASE64.encode(&bytes).as_bytes()));
        }
    }
}
