//! What follows from the refusals of mailboxes that were drawn at random.

use std::collections::BTreeSet;

use domain::finding::{Finding, Why};
use domain::ids::MailboxId;

use crate::mailboxes::{Drawn, Mailbox};
use crate::proof::{Expected, ProofRow, Said};

/// So many mailboxes make a statement: where none of 59 drawn at random can be reached, with 95 % certainty fewer than 5
/// in 100 of all others can.
pub const STATEMENT: usize = 59;

impl Drawn {
    /// All of them.
    pub fn mailboxes(&self) -> impl Iterator<Item = &Mailbox> {
        self.sample.iter().chain(&self.kinds)
    }

    /// Those that are left without some, which are neither a part of a statement any more.
    pub fn without(&self, those: &BTreeSet<MailboxId>) -> Self {
        let left = |from: &[Mailbox]| {
            let left = from.iter().filter(|one| !those.contains(&one.object_id));
            left.cloned().collect()
        };
        let missing = self.sample.iter().any(|one| those.contains(&one.object_id));
        Self {
            sample: left(&self.sample),
            kinds: left(&self.kinds),
            all: self.all && !missing,
            fair: self.fair,
        }
    }
}

/// What follows from the rows of those that were drawn; nothing while one of them isn't refused, or where none was drawn.
pub fn said(rows: &[ProofRow], drawn: &Drawn) -> Option<Said> {
    let refused = |mailbox: &Mailbox| {
        let row = rows.iter().find(|row| row.mailbox == mailbox.object_id);
        row.is_some_and(|row| {
            row.expected == Expected::RefusedRandom
                && row.configured.finding == Finding::Refused
                && !row.observed.is_empty()
                && row
                    .observed
                    .iter()
                    .all(|(_, seen)| seen.finding == Finding::Refused)
        })
    };
    if drawn.sample.is_empty() || !drawn.mailboxes().all(refused) {
        return None;
    }
    let kinds: BTreeSet<&str> = drawn.mailboxes().map(|one| one.kind.as_str()).collect();
    Some(Said {
        drawn: drawn.sample.len(),
        of_kinds: drawn.kinds.len(),
        kinds: kinds.len(),
        every_other: drawn.all,
        fewer_than: (drawn.fair && !drawn.all).then(|| fewer_than(drawn.sample.len())),
    })
}

/// Of so many drawn at random none could be reached: with 95 % certainty it is fewer than so many in 100 of all. The
/// least whole number of which as many drawn would all be missed with a chance of 5 % at most, which is
/// `1 - 0.05^(1/n)` rounded up. That the same mailbox isn't drawn twice makes it more certain, never less.
pub fn fewer_than(drawn: usize) -> u8 {
    let times = i32::try_from(drawn).unwrap_or(i32::MAX);
    let missed = |percent: &u8| (f64::from(100 - percent) / 100.0).powi(times) <= 0.05;
    (1..100).find(missed).unwrap_or(100)
}

/// The drawn mailboxes of which nothing can be proven, whoever asks: they don't exist any more, aren't in Exchange Online
/// or hold nothing that could have been refused. Others are drawn in their place.
pub fn prove_nothing(rows: &[ProofRow]) -> BTreeSet<MailboxId> {
    let of_itself = |finding: &Finding| {
        matches!(
            finding,
            Finding::Unknown {
                why: Why::NotInExchange
                    | Why::NoMailbox
                    | Why::HoldsNothing
                    | Why::NotFound
                    | Why::SwitchedOff
                    | Why::Answered { .. }
            }
        )
    };
    rows.iter()
        .filter(|row| row.expected == Expected::RefusedRandom)
        .filter(|row| {
            let mut findings =
                std::iter::once(&row.configured).chain(row.observed.iter().map(|(_, seen)| seen));
            findings.any(|seen| of_itself(&seen.finding))
        })
        .filter(|row| !reached(row))
        .map(|row| row.mailbox)
        .collect()
}

/// Whether anything says that the app can reach it: such a row is never left out.
fn reached(row: &ProofRow) -> bool {
    let broad = |finding: &Finding| *finding == Finding::TooBroad;
    broad(&row.configured.finding) || row.observed.iter().any(|(_, seen)| broad(&seen.finding))
}

#[cfg(test)]
mod tests {
    use domain::address::Address;
    use domain::finding::{Observation, Stamp};
    use domain::permission::Permission;
    use jiff::Timestamp;

    use super::*;
    use crate::basis::tests::mailbox as id;

    fn mailbox(number: u128, kind: &str) -> Mailbox {
        Mailbox {
            address: Address::parse("a@contoso.example").unwrap(),
            object_id: id(number),
            kind: kind.into(),
            name: String::new(),
        }
    }

    fn row(number: u128, finding: Finding) -> ProofRow {
        let seen = |finding| Observation {
            finding,
            stamp: Stamp::Observed,
            at: Timestamp::UNIX_EPOCH,
            status: None,
            code: None,
            request_id: None,
        };
        ProofRow {
            mailbox: id(number),
            address: Address::parse("a@contoso.example").unwrap(),
            expected: Expected::RefusedRandom,
            configured: seen(Finding::Refused),
            observed: vec![(Permission::MailRead, seen(finding))],
        }
    }

    #[test]
    fn fifty_nine_make_the_statement() {
        for (drawn, percent) in [
            (0, 100),
            (1, 95),
            (2, 78),
            (10, 26),
            (58, 6),
            (59, 5),
            (60, 5),
            (299, 1),
        ] {
            assert_eq!(fewer_than(drawn), percent, "{drawn}");
            let exact = 100.0 * (1.0 - 0.05_f64.powf(1.0 / f64::from(u32::try_from(drawn).unwrap())));
            assert_eq!(f64::from(percent), exact.ceil(), "{drawn}");
        }
    }

    #[test]
    fn only_refusals_of_all_that_were_drawn_say_something() {
        let drawn = Drawn {
            sample: (1..=59).map(|number| mailbox(number, "UserMailbox")).collect(),
            kinds: vec![mailbox(60, "RoomMailbox")],
            all: false,
            fair: true,
        };
        let mut rows: Vec<ProofRow> = (1..=60).map(|number| row(number, Finding::Refused)).collect();
        let told = said(&rows, &drawn).unwrap();
        assert_eq!((told.drawn, told.of_kinds, told.kinds), (59, 1, 2));
        assert_eq!((told.every_other, told.fewer_than), (false, Some(5)));
        // Not all were drawn by the same chance: then it is said of those alone.
        let unfair = Drawn {
            fair: false,
            ..drawn.clone()
        };
        assert_eq!(said(&rows, &unfair).unwrap().fewer_than, None);
        let all = Drawn {
            all: true,
            ..drawn.clone()
        };
        let told = said(&rows, &all).unwrap();
        assert_eq!((told.every_other, told.fewer_than), (true, None));
        // One that was left out is no part of it.
        let left = all.without(&BTreeSet::from([id(7)]));
        let told = said(&rows, &left).unwrap();
        assert_eq!(
            (told.drawn, told.every_other, told.fewer_than),
            (58, false, Some(6))
        );
        rows[3] = row(4, Finding::TooBroad);
        assert_eq!(said(&rows, &drawn), None);
        assert_eq!(said(&rows[..3], &drawn), None);
        assert_eq!(said(&rows, &Drawn::default()), None);
    }

    #[test]
    fn what_can_be_reached_is_never_left_out() {
        let unknown = |why| Finding::Unknown { why };
        let found = row(1, unknown(Why::NotFound));
        assert_eq!(
            prove_nothing(std::slice::from_ref(&found)),
            BTreeSet::from([id(1)])
        );
        for why in [Why::NoAnswer, Why::SlowDown, Why::Fault, Why::TokenRefused] {
            assert_eq!(prove_nothing(&[row(1, unknown(why))]), BTreeSet::new());
        }
        let mut broad = found.clone();
        broad.configured.finding = Finding::TooBroad;
        assert_eq!(prove_nothing(&[broad]), BTreeSet::new());
        // Whom the admin named is the admin's to change.
        let named = ProofRow {
            expected: Expected::Refused,
            ..found
        };
        assert_eq!(prove_nothing(&[named]), BTreeSet::new());
    }
}
