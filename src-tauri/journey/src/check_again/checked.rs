//! What a check comes to: the calls that it made, what it found, and the one verdict.

use domain::finding::{Finding, Observation, Why};
use domain::ids::MailboxId;
use domain::message;
use domain::message::Message;
use domain::permission::Permission;
use jiff::{SignedDuration, Timestamp};

use super::found::{Found, Level, Which};

/// How long before the end of the secret the check begins to say so: 30 days, as the record's `renewBy` has it.
pub const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a mailbox of the record was to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// Answer.
    Answer,
    /// Refuse.
    Refuse,
}

/// One live call with the app's own key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Which mailbox.
    pub mailbox: MailboxId,
    /// Its address, as the record or Exchange has it.
    pub address: String,
    /// Which permission.
    pub permission: Permission,
    /// What it was to do.
    pub must: Must,
    /// What it did.
    pub seen: Observation,
}

impl Tried {
    /// Whether it did what it was to do.
    pub fn as_it_must(&self) -> bool {
        match self.must {
            Must::Answer => self.seen.finding == Finding::Works,
            Must::Refuse => self.seen.finding == Finding::Refused,
        }
    }
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything that was looked at is as it was recorded.
    AsRecorded,
    /// Something isn't.
    Differs,
    /// Nothing is known to differ, and something couldn't be told.
    NotChecked,
}

/// A finished check.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// When it ended.
    pub at: Timestamp,
    /// Every live call, in the order of the record.
    pub tried: Vec<Tried>,
    /// What was found, what matters most first.
    pub found: Vec<Found>,
    /// What wasn't looked at: the name of each part, and a message about it.
    pub unseen: Vec<(&'static str, Message)>,
    /// When the secret ends.
    pub ends_at: Timestamp,
}

impl Checked {
    /// The verdict: something that differs weighs more than something that couldn't be told.
    pub fn verdict(&self) -> Verdict {
        let any = |level| self.found.iter().any(|found| found.level() == level);
        if any(Level::Differs) {
            Verdict::Differs
        } else if any(Level::Unknown) {
            Verdict::NotChecked
        } else {
            Verdict::AsRecorded
        }
    }

    /// How many whole days the secret has left; below 0 once it ended.
    pub fn days_left(&self) -> i64 {
        days_left(self.ends_at, self.at)
    }

    pub(super) fn put_in_order(mut self) -> Self {
        self.found.sort_by_key(Found::level);
        self
    }
}

/// Whole days from one time to another, below 0 where it is past.
fn days_left(ends_at: Timestamp, now: Timestamp) -> i64 {
    ends_at.duration_since(now).as_secs().div_euclid(24 * 60 * 60)
}

/// What is said of the end of the secret, where that is near or past.
pub(super) fn of_the_end(ends_at: Timestamp, now: Timestamp) -> Option<Found> {
    let left = ends_at.duration_since(now);
    if left <= SignedDuration::ZERO {
        Some(Found::SecretEnded { ends_at })
    } else if left <= SOON {
        let days = days_left(ends_at, now);
        Some(Found::SecretEndsSoon { ends_at, days })
    } else {
        None
    }
}

/// What is said of the live calls. A mailbox that was refused and is gone is missed only where no other one is refused.
pub(super) fn of_the_calls(tried: &[Tried]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let still_refused = |permission| {
        let mut tried = tried.iter();
        tried.any(|one| one.must == Must::Refuse && one.permission == permission && one.as_it_must())
    };
    for one in tried.iter().filter(|one| !one.as_it_must()) {
        let which = Which {
            mailbox: one.mailbox,
            address: one.address.clone(),
        };
        let new = match (one.must, &one.seen.finding) {
            (Must::Refuse, Finding::TooBroad | Finding::Works) => Found::Reached {
                which,
                permissions: vec![one.permission],
            },
            (Must::Answer, Finding::Refused) => Found::Refused {
                which,
                permissions: vec![one.permission],
            },
            (Must::Answer, finding) if is_gone(finding) => Found::MailboxGone { which },
            (Must::Refuse, finding) if is_gone(finding) && still_refused(one.permission) => {
                Found::ControlGone { which }
            }
            // A call that wasn't made, because the app can't sign in; that is a finding of its own.
            (
                _,
                Finding::Unknown {
                    why: Why::AppDisabled | Why::SecretGone,
                },
            ) => continue,
            (_, Finding::Unknown { why }) => Found::ProvedNothing {
                which,
                permissions: vec![one.permission],
                why: why.clone(),
            },
            (_, Finding::Waiting { look_at }) => Found::Waiting { look_at: *look_at },
            // What there is nothing to be refused of.
            (Must::Refuse, Finding::NotApplicable) => continue,
            (_, _) => Found::ProvedNothing {
                which,
                permissions: vec![one.permission],
                why: Why::NotAnAnswer,
            },
        };
        // One line for each mailbox, whatever its permissions.
        if !found.iter_mut().any(|known| known.takes_in(&new)) {
            found.push(new);
        }
    }
    found
}

fn is_gone(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::Unknown {
            why: Why::NotFound | Why::NotInExchange | Why::NoMailbox
        }
    )
}

/// What a check with the app's own key alone can't see.
pub(super) fn unseen_by_the_app() -> Vec<(&'static str, Message)> {
    vec![
        ("grants", message!("check-unseen-grants")),
        ("limit", message!("check-unseen-limit")),
        ("roles", message!("check-unseen-roles")),
        ("credentials", message!("check-unseen-credentials")),
        ("otherMailboxes", message!("check-unseen-others")),
    ]
}

#[cfg(test)]
mod tests {
    use domain::finding::Stamp;

    use super::*;

    fn tried(must: Must, number: u128, permission: Permission, finding: Finding) -> Tried {
        Tried {
            mailbox: MailboxId(uuid::Uuid::from_u128(number)),
            address: format!("m{number}@x.example"),
            permission,
            must,
            seen: Observation {
                finding,
                stamp: Stamp::Observed,
                at: Timestamp::UNIX_EPOCH,
                status: None,
                code: None,
                request_id: None,
            },
        }
    }

    fn checked(tried: Vec<Tried>) -> Checked {
        Checked {
            at: Timestamp::UNIX_EPOCH,
            found: of_the_calls(&tried),
            tried,
            unseen: Vec::new(),
            ends_at: Timestamp::MAX,
        }
        .put_in_order()
    }

    const GONE: Finding = Finding::Unknown { why: Why::NotFound };

    #[test]
    fn what_is_as_it_was_gives_nothing_to_say() {
        let all = checked(vec![
            tried(Must::Answer, 1, Permission::MailRead, Finding::Works),
            tried(Must::Refuse, 2, Permission::MailRead, Finding::Refused),
        ]);
        assert_eq!((all.found.len(), all.verdict()), (0, Verdict::AsRecorded));
    }

    /// What reaches too much comes before what reaches too little, and both before what couldn't be told.
    #[test]
    fn a_mailbox_is_named_once_and_the_worst_comes_first() {
        let slow = || Finding::Unknown { why: Why::SlowDown };
        let all = checked(vec![
            tried(Must::Answer, 1, Permission::MailRead, slow()),
            tried(Must::Answer, 1, Permission::MailSend, slow()),
            tried(Must::Refuse, 2, Permission::MailRead, Finding::TooBroad),
            tried(Must::Refuse, 2, Permission::MailSend, Finding::TooBroad),
        ]);
        let codes: Vec<&str> = all.found.iter().map(Found::code).collect();
        assert_eq!(codes, ["mailbox.reached", "probe.unknown"]);
        assert_eq!(all.verdict(), Verdict::Differs);
        assert_eq!(
            checked(vec![tried(Must::Answer, 1, Permission::MailRead, slow())]).verdict(),
            Verdict::NotChecked
        );
    }

    /// A control that went away takes nothing from the rest while another one is still refused.
    #[test]
    fn a_control_that_is_gone_is_missed_where_it_was_the_last() {
        let answers = || tried(Must::Answer, 1, Permission::MailRead, Finding::Works);
        let gone = || tried(Must::Refuse, 2, Permission::MailRead, GONE);
        let other = tried(Must::Refuse, 3, Permission::MailRead, Finding::Refused);
        let with = checked(vec![answers(), gone(), other]);
        assert_eq!(with.verdict(), Verdict::AsRecorded);
        assert_eq!(with.found[0].code(), "control.gone");
        assert_eq!(checked(vec![answers(), gone()]).verdict(), Verdict::NotChecked);
        // One that must work is missed in any case.
        let lost = checked(vec![tried(Must::Answer, 1, Permission::MailRead, GONE)]);
        assert_eq!(lost.verdict(), Verdict::Differs);
        assert_eq!(lost.found[0].code(), "mailbox.gone");
    }

    #[test]
    fn days_are_whole_and_the_end_is_said_in_time() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let end = at("2027-05-21T10:41:00Z");
        for (now, days, code) in [
            ("2027-04-21T10:40:59Z", 30, None),
            ("2027-04-21T10:41:00Z", 30, Some("secret.ends-soon")),
            ("2027-05-20T10:41:01Z", 0, Some("secret.ends-soon")),
            ("2027-05-21T10:41:00Z", 0, Some("secret.ended")),
            ("2027-05-21T10:41:01Z", -1, Some("secret.ended")),
        ] {
            assert_eq!(days_left(end, at(now)), days, "{now}");
            let told = of_the_end(end, at(now)).map(|found| found.code());
            assert_eq!(told, code, "{now}");
        }
    }
}
