//! What follows from the mailboxes that were drawn at random, in words: on the page of the proof and in the record.

use domain::message;
use domain::message::Message;
use engine::proof::Said;

/// The sentence; nothing where a single one was drawn, because next to nothing follows from it.
pub fn said(said: &Said) -> Option<Message> {
    let all = said.drawn + said.of_kinds;
    Some(match said.fewer_than {
        _ if said.every_other => message!("verify-drawn-every-other", count = said.drawn),
        Some(percent) if said.drawn > 1 => message!(
            "verify-drawn-statement",
            count = said.drawn,
            percent = usize::from(percent),
            more = said.of_kinds,
            kinds = said.kinds
        ),
        _ if all > 1 => message!("verify-drawn-few", count = all, kinds = said.kinds),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the sentences it is.
    #[test]
    fn no_more_is_said_than_follows() {
        let of = |drawn, of_kinds, every_other, fewer_than| {
            let told = Said {
                drawn,
                of_kinds,
                kinds: 1 + of_kinds,
                every_other,
                fewer_than,
            };
            said(&told).map(|message| message.id())
        };
        assert_eq!(of(59, 1, false, Some(5)), Some("verify-drawn-statement"));
        assert_eq!(of(12, 0, true, None), Some("verify-drawn-every-other"));
        assert_eq!(of(1, 0, true, None), Some("verify-drawn-every-other"));
        assert_eq!(of(1, 3, false, Some(95)), Some("verify-drawn-few"));
        // The first page of a long list is no sample.
        assert_eq!(of(59, 1, false, None), Some("verify-drawn-few"));
        assert_eq!(of(1, 0, false, Some(95)), None);
    }
}
