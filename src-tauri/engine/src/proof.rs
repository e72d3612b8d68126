//! The proof: which mailbox answered, which was refused, what it all rests on, and the one verdict.

use domain::address::Address;
use domain::finding::{Finding, Observation};
use domain::ids::MailboxId;
use domain::permission::Permission;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::basis::{Basis, Reason};

/// What a mailbox must do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// Answer.
    Works,
    /// Be refused; the admin named it.
    Refused,
    /// Be refused; it was picked at random.
    RefusedRandom,
    /// Be refused; it was one of those that must work, and was taken out.
    RefusedRemoved,
}

/// One mailbox of the proof. The mailbox is its object id; the address stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofRow {
    /// Which.
    pub mailbox: MailboxId,
    /// Its address at the time of the look.
    pub address: Address,
    /// What it must do.
    pub expected: Expected,
    /// What Microsoft's test cmdlet says: in scope or not, over all permissions.
    pub configured: Observation,
    /// What a live call with the app's own token saw, for each permission.
    pub observed: Vec<(Permission, Observation)>,
}

/// What follows from mailboxes that were drawn at random and all refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// How many were drawn from all.
    pub drawn: usize,
    /// How many more, of kinds that weren't among them.
    pub of_kinds: usize,
    /// Of how many kinds all of them are.
    pub kinds: usize,
    /// Whether they are all the others there are.
    pub every_other: bool,
    /// With 95 % certainty fewer than so many in 100 of the others can be reached.
    pub fewer_than: Option<u8>,
}

/// A whole proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// When it ended.
    pub at: Timestamp,
    /// Its rows.
    pub rows: Vec<ProofRow>,
    /// What it was made of. It holds for this state and no other.
    pub basis: Basis,
    /// Every way in which that isn't what was asked for.
    pub reasons: Vec<Reason>,
    /// How often the app was tried live since the limit was set.
    pub looks: u32,
    /// The verdict over everything.
    pub verdict: Verdict,
    /// What follows from those that were drawn at random; older versions didn't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
}

impl Proof {
    /// Whether the limit holds the mailbox of a row: as everything that its filter matches was listed. Where that wasn't
    /// read whole, only a no of Microsoft's own test tells, because its yes is of any role of the app. `None` where
    /// neither tells.
    pub fn limit_holds(&self, row: &ProofRow) -> Option<bool> {
        match &self.basis.scope {
            Some(scope) if scope.holds.contains_key(&row.mailbox) => Some(true),
            Some(scope) if !scope.holds_more => Some(false),
            _ => (row.configured.finding == Finding::Refused).then_some(false),
        }
    }
}

/// The one verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Verdict {
    /// Every mailbox did live what it must, and everything is as it was asked for.
    Proven,
    /// Microsoft still applies the limit.
    Waiting {
        /// When we look next.
        look_at: Timestamp,
    },
    /// A mailbox answers that must not, or something reaches more than was asked for.
    TooBroad,
    /// Something isn't as it was asked for, and a person has to decide.
    Different,
    /// Microsoft should have applied the limit by now.
    Overdue,
    /// Something proved nothing either way.
    Unknown,
}

/// The verdict of rows and reasons.
///
/// Too broad weighs more than anything, because it is the one outcome that must never be exported. `look_at` is when
/// to look next if something still waits, or `None` once waiting has gone on for longer than Microsoft takes.
pub fn verdict(rows: &[ProofRow], reasons: &[Reason], look_at: Option<Timestamp>) -> Verdict {
    let findings = || {
        rows.iter()
            .flat_map(|row| std::iter::once(&row.configured).chain(row.observed.iter().map(|(_, seen)| seen)))
    };
    let broad = reasons.iter().any(Reason::too_broad);
    if broad || findings().any(|seen| seen.finding == Finding::TooBroad) {
        return Verdict::TooBroad;
    }
    if !reasons.is_empty() {
        return Verdict::Different;
    }
    match look_at {
        Some(look_at) if microsoft_applies_it(rows) || untried(rows) => return Verdict::Waiting { look_at },
        None if microsoft_applies_it(rows) => return Verdict::Overdue,
        _ => {}
    }
    let observed_as_expected = |row: &ProofRow| {
        let wanted = match row.expected {
            Expected::Works => Finding::Works,
            Expected::Refused | Expected::RefusedRandom | Expected::RefusedRemoved => Finding::Refused,
        };
        // A mailbox that was in the limit once and doesn't exist any more has nothing to refuse.
        let gone =
            row.expected == Expected::RefusedRemoved && row.configured.finding == Finding::NotApplicable;
        let right = |finding: &Finding| *finding == wanted || gone && *finding == Finding::NotApplicable;
        right(&row.configured.finding)
            && !row.observed.is_empty()
            && row.observed.iter().all(|(_, seen)| right(&seen.finding))
    };
    let both_ways = rows.iter().any(|row| row.expected == Expected::Works)
        && rows.iter().any(|row| row.expected != Expected::Works);
    if both_ways && rows.iter().all(observed_as_expected) {
        Verdict::Proven
    } else {
        Verdict::Unknown
    }
}

fn waits(seen: &Observation) -> bool {
    matches!(seen.finding, Finding::Waiting { .. })
}

/// Whether all that is missing is that Microsoft applies the limit: one of the mailboxes that must work is refused, and
/// Microsoft's own test says of each of them that it may.
fn microsoft_applies_it(rows: &[ProofRow]) -> bool {
    let must_work = || rows.iter().filter(|row| row.expected == Expected::Works);
    must_work().any(|row| row.observed.iter().any(|(_, seen)| waits(seen)))
        && must_work().all(|row| row.configured.finding == Finding::Works)
}

/// Whether no mailbox was called yet, because that isn't due: then it is waited for, whatever Microsoft's own test says.
fn untried(rows: &[ProofRow]) -> bool {
    let observed = || rows.iter().flat_map(|row| &row.observed);
    observed().next().is_some() && observed().all(|(_, seen)| waits(seen) && seen.status.is_none())
}

#[cfg(test)]
mod tests {
    use domain::finding::Stamp;

    use super::*;
    use crate::basis::tests::mailbox;
    use domain::grant::{EntraGrant, MICROSOFT_GRAPH, Opens};

    fn seen(finding: Finding) -> Observation {
        Observation {
            finding,
            stamp: Stamp::Observed,
            at: Timestamp::UNIX_EPOCH,
            status: None,
            code: None,
            request_id: None,
        }
    }

    fn row(expected: Expected, configured: Finding, observed: Finding) -> ProofRow {
        ProofRow {
            mailbox: mailbox(1),
            address: Address::parse("a@contoso.example").unwrap(),
            expected,
            configured: seen(configured),
            observed: vec![(Permission::MailReadWrite, seen(observed))],
        }
    }

    /// Every pair of what an allowed and a refused mailbox can show: exactly one of them is a proof.
    #[test]
    fn one_cell_of_the_truth_table_is_proven() {
        let findings = || {
            [
                Finding::Works,
                Finding::Refused,
                Finding::TooBroad,
                Finding::Waiting {
                    look_at: Timestamp::UNIX_EPOCH,
                },
                Finding::Unknown {
                    why: domain::finding::Why::NoAnswer,
                },
                Finding::NotApplicable,
            ]
        };
        let mut proven = Vec::new();
        for a in findings() {
            for b in findings() {
                for c in findings() {
                    for d in findings() {
                        let rows = [
                            row(Expected::Works, a.clone(), b.clone()),
                            row(Expected::Refused, c.clone(), d.clone()),
                        ];
                        match verdict(&rows, &[], None) {
                            Verdict::Proven => proven.push((a.clone(), b.clone(), c.clone(), d.clone())),
                            Verdict::TooBroad => assert!([&a, &b, &c, &d].contains(&&Finding::TooBroad)),
                            _ => {}
                        }
                    }
                }
            }
        }
        assert_eq!(
            proven,
            [(Finding::Works, Finding::Works, Finding::Refused, Finding::Refused)]
        );
    }

    /// Only a mailbox that nobody asks for any more may be gone, and only where nothing answers for it.
    #[test]
    fn a_mailbox_that_is_gone_stops_no_proof_once_nobody_asks_for_it() {
        let works = row(Expected::Works, Finding::Works, Finding::Works);
        let with = |expected, configured, observed| {
            verdict(&[works.clone(), row(expected, configured, observed)], &[], None)
        };
        let (gone, refused) = (Finding::NotApplicable, Finding::Refused);
        let removed = Expected::RefusedRemoved;
        assert_eq!(with(removed, gone.clone(), gone.clone()), Verdict::Proven);
        assert_eq!(with(removed, gone.clone(), refused.clone()), Verdict::Proven);
        assert_eq!(with(removed, refused.clone(), gone.clone()), Verdict::Unknown);
        assert_eq!(with(removed, gone.clone(), Finding::TooBroad), Verdict::TooBroad);
        assert_eq!(
            with(Expected::Refused, gone.clone(), gone.clone()),
            Verdict::Unknown
        );
        assert_eq!(
            with(Expected::RefusedRandom, gone.clone(), gone),
            Verdict::Unknown
        );
    }

    #[test]
    fn one_side_alone_proves_nothing() {
        assert_eq!(
            verdict(&[row(Expected::Works, Finding::Works, Finding::Works)], &[], None),
            Verdict::Unknown
        );
        assert_eq!(
            verdict(
                &[row(Expected::Refused, Finding::Refused, Finding::Refused)],
                &[],
                None
            ),
            Verdict::Unknown
        );
        assert_eq!(verdict(&[], &[], None), Verdict::Unknown);
    }

    #[test]
    fn what_was_not_asked_for_is_never_proven_whatever_answers() {
        let rows = [
            row(Expected::Works, Finding::Works, Finding::Works),
            row(Expected::Refused, Finding::Refused, Finding::Refused),
        ];
        assert_eq!(verdict(&rows, &[], None), Verdict::Proven);
        let grant = EntraGrant {
            id: "g".into(),
            resource: "Microsoft Graph".into(),
            api: MICROSOFT_GRAPH.into(),
            permission: "Mail.Read".into(),
            app_role: true,
            opens: Opens::Mailboxes,
        };
        assert_eq!(
            verdict(&rows, &[Reason::Grant { grant }], None),
            Verdict::TooBroad
        );
        assert_eq!(verdict(&rows, &[Reason::Disabled], None), Verdict::Different);
    }

    #[test]
    fn waiting_ends() {
        let look_at = Timestamp::UNIX_EPOCH;
        let rows = [
            row(Expected::Works, Finding::Works, Finding::Waiting { look_at }),
            row(Expected::Refused, Finding::Refused, Finding::Refused),
        ];
        assert_eq!(verdict(&rows, &[], Some(look_at)), Verdict::Waiting { look_at });
        assert_eq!(verdict(&rows, &[], None), Verdict::Overdue);
    }

    /// Microsoft is waited for only where its own test lets every mailbox in that must work, and one of them is refused.
    #[test]
    fn only_a_refused_mailbox_that_microsofts_test_lets_in_is_waited_for() {
        let look_at = Timestamp::UNIX_EPOCH;
        let fault = Finding::Unknown {
            why: domain::finding::Why::Fault,
        };
        let denied = |expected, configured| {
            let mut row = row(expected, configured, Finding::Waiting { look_at });
            row.observed[0].1.status = Some(403);
            row
        };
        let control = denied(Expected::Refused, Finding::Refused);
        let refused = denied(Expected::Works, Finding::Works);
        let untested = denied(Expected::Works, fault.clone());
        let silent = row(Expected::Works, Finding::Works, fault.clone());
        let both = |rows: &[&ProofRow]| {
            let rows: Vec<ProofRow> = rows.iter().map(|row| (*row).clone()).collect();
            [verdict(&rows, &[], Some(look_at)), verdict(&rows, &[], None)]
        };
        assert_eq!(both(&[&silent, &control]), [Verdict::Unknown, Verdict::Unknown]);
        assert_eq!(both(&[&untested, &control]), [Verdict::Unknown, Verdict::Unknown]);
        assert_eq!(
            both(&[&refused, &untested, &control]),
            [Verdict::Unknown, Verdict::Unknown]
        );
        assert_eq!(
            both(&[&refused, &silent, &control]),
            [Verdict::Waiting { look_at }, Verdict::Overdue]
        );
        // Before anything is called, time is all that is waited for.
        let uncalled = row(Expected::Works, fault, Finding::Waiting { look_at });
        assert_eq!(both(&[&uncalled])[0], Verdict::Waiting { look_at });
    }

    /// What its filter matches says whether the limit holds a mailbox; Microsoft's own test speaks of any role.
    #[test]
    fn the_list_of_the_limit_says_whom_it_holds() {
        let unknown = Finding::Unknown {
            why: domain::finding::Why::TestSilent,
        };
        let of = |number, configured| ProofRow {
            mailbox: mailbox(number),
            ..row(Expected::Refused, configured, Finding::TooBroad)
        };
        let mut proof = Proof {
            at: Timestamp::UNIX_EPOCH,
            rows: Vec::new(),
            basis: crate::basis::tests::good(),
            reasons: Vec::new(),
            looks: 1,
            verdict: Verdict::TooBroad,
            said: None,
        };
        assert_eq!(proof.limit_holds(&of(1, Finding::TooBroad)), Some(true));
        assert_eq!(proof.limit_holds(&of(1, unknown.clone())), Some(true));
        // A role without a limit, for one.
        assert_eq!(proof.limit_holds(&of(2, Finding::TooBroad)), Some(false));
        assert_eq!(proof.limit_holds(&of(2, unknown.clone())), Some(false));
        for cut in [true, false] {
            match &mut proof.basis.scope {
                Some(scope) if cut => scope.holds_more = true,
                scope => *scope = None,
            }
            assert_eq!(proof.limit_holds(&of(2, Finding::TooBroad)), None);
            assert_eq!(proof.limit_holds(&of(2, unknown.clone())), None);
            assert_eq!(proof.limit_holds(&of(2, Finding::Refused)), Some(false));
        }
    }
}
