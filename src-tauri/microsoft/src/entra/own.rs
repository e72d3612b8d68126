//! The mark of our own sign-ins as an app, by which the organisation's log tells them from the platform's.
//!
//! A client names its request in the header `client-request-id`, and the log shows it as `correlationId`: "the identifier
//! that's sent from the client when sign-in is initiated" (graph docs, `signin`). Anybody can send the same; who does
//! only passes for us. `docs/sign-in-log.md` says what of this is UNVERIFIED.

use uuid::Uuid;

/// What each of them begins with: `mlgrnt`.
const BEGINS: u128 = 0x6d6c_6772_6e74;
/// The bits after it.
const REST: u32 = 80;

/// The header that carries it.
pub(crate) const HEADER: &str = "client-request-id";

/// An id of its own for one request of ours.
pub(crate) fn mark() -> Uuid {
    let random = Uuid::new_v4().as_u128() & ((1 << REST) - 1);
    Uuid::from_u128(BEGINS << REST | random)
}

/// Whether a request was ours.
pub(crate) fn is_ours(correlation: &str) -> bool {
    Uuid::try_parse(correlation).is_ok_and(|id| id.as_u128() >> REST == BEGINS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_are_told_from_others_and_from_one_another() {
        let mark = mark();
        assert!(mark.to_string().starts_with("6d6c6772-6e74-4"), "{mark}");
        assert!(is_ours(&mark.to_string().to_uppercase()));
        assert_ne!(mark, super::mark());
        assert!(!is_ours(&Uuid::new_v4().to_string()) && !is_ours("") && !is_ours("6d6c6772-6e74"));
    }
}
