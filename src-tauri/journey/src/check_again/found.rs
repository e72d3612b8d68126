//! What a check finds: a stable code for programs, how much it matters, and what is said of it.

use domain::finding::Why;
use domain::ids::MailboxId;
use domain::message;
use domain::message::{Arg, Join, Kind, Message, Part};
use domain::permission::Permission;
use domain::problem::{Code, Problem};
use engine::basis::Reason;
use jiff::Timestamp;

use crate::reasons;

/// How much a finding matters, what matters most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something isn't as it was recorded, or will end soon.
    Differs,
    /// Something couldn't be told.
    Unknown,
    /// Good to know; what was recorded still holds.
    Notice,
}

/// A mailbox that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Which {
    /// Its object id.
    pub mailbox: MailboxId,
    /// Its address.
    pub address: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The app, or its own key, isn't what it was: it is gone, switched off, or refused.
    App(Box<Problem>),
    /// The secret ended.
    SecretEnded {
        /// When.
        ends_at: Timestamp,
    },
    /// The secret ends within 30 days.
    SecretEndsSoon {
        /// When.
        ends_at: Timestamp,
        /// In how many whole days.
        days: i64,
    },
    /// A mailbox answers that must refuse the app.
    Reached {
        /// Which.
        which: Which,
        /// For these permissions.
        permissions: Vec<Permission>,
    },
    /// A mailbox refuses the app that the platform needs.
    Refused {
        /// Which.
        which: Which,
        /// For these permissions.
        permissions: Vec<Permission>,
    },
    /// A mailbox that the platform needs is gone.
    MailboxGone {
        /// Which.
        which: Which,
    },
    /// A mailbox that was refused is gone, and others are refused still.
    ControlGone {
        /// Which.
        which: Which,
    },
    /// A call proved nothing.
    ProvedNothing {
        /// Of which mailbox.
        which: Which,
        /// For these permissions.
        permissions: Vec<Permission>,
        /// Why.
        why: Why,
    },
    /// The record names a permission that this version doesn't know, so it wasn't tried.
    UnknownPermission {
        /// Its name in the record.
        name: String,
    },
    /// Microsoft still applies something that was changed a moment ago.
    Waiting {
        /// When to look again.
        look_at: Timestamp,
    },
    /// The look ended without a proof, for what none of the others says.
    NotProven,
    /// This computer has another secret for the connection than the record names.
    NewerSecret,
    /// This computer's notes ask for other mailboxes than the record names.
    OtherMailboxes,
    /// Something isn't as it was asked for, as an administrator's sign-in shows.
    Different(Reason),
}

impl Found {
    /// Its name for programs. It never changes; docs/check.md lists them.
    pub fn code(&self) -> &'static str {
        match self {
            Self::App(problem) => problem.code.as_str(),
            Self::SecretEnded { .. } => "secret.ended",
            Self::SecretEndsSoon { .. } => "secret.ends-soon",
            Self::Reached { .. } => "mailbox.reached",
            Self::Refused { .. } => "mailbox.refused",
            Self::MailboxGone { .. } => "mailbox.gone",
            Self::ControlGone { .. } => "control.gone",
            Self::ProvedNothing { .. } => "probe.unknown",
            Self::UnknownPermission { .. } => "permission.unknown",
            Self::Waiting { .. } => "proof.waiting",
            Self::NotProven => "proof.none",
            Self::NewerSecret => "record.older-secret",
            Self::OtherMailboxes => "record.other-mailboxes",
            Self::Different(reason) => of_reason(reason),
        }
    }

    /// How much it matters.
    pub fn level(&self) -> Level {
        match self {
            Self::ProvedNothing { .. }
            | Self::UnknownPermission { .. }
            | Self::Waiting { .. }
            | Self::NotProven => Level::Unknown,
            Self::ControlGone { .. } | Self::NewerSecret => Level::Notice,
            _ => Level::Differs,
        }
    }

    /// The mailbox that it is about, where it is about one.
    pub fn which(&self) -> Option<&Which> {
        match self {
            Self::Reached { which, .. }
            | Self::Refused { which, .. }
            | Self::MailboxGone { which }
            | Self::ControlGone { which }
            | Self::ProvedNothing { which, .. } => Some(which),
            _ => None,
        }
    }

    /// The permissions that it is about.
    pub fn permissions(&self) -> &[Permission] {
        match self {
            Self::Reached { permissions, .. }
            | Self::Refused { permissions, .. }
            | Self::ProvedNothing { permissions, .. } => permissions,
            _ => &[],
        }
    }

    /// What it is, in one sentence or a heading.
    pub fn sentence(&self) -> Arg {
        match self {
            Self::App(problem) => Arg::part(Part::Title, problem.words.clone()),
            Self::Different(reason) => Arg::part(Part::Title, reasons::message(reason)),
            other => Arg::part(Part::Title, other.words()),
        }
    }

    /// What it means and what to do.
    pub fn way_out(&self) -> Arg {
        match self {
            Self::App(problem) => {
                let part = |part| Arg::part(part, problem.words.clone());
                Arg::list(Join::Sentences, [part(Part::Why), part(Part::Next)])
            }
            Self::Different(reason) => Arg::part(Part::Text, reasons::message(reason)),
            other => Arg::part(Part::Text, other.words()),
        }
    }

    /// Whether it is the same kind of finding about the same mailbox.
    pub(super) fn is_of_the_same(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && self.which() == other.which()
    }

    /// Takes in what is said of another permission of the same mailbox. Whether it is of that kind.
    pub(super) fn takes_in(&mut self, other: &Self) -> bool {
        if !self.is_of_the_same(other) {
            return false;
        }
        match (&mut *self, other) {
            (Self::ProvedNothing { why, .. }, Self::ProvedNothing { why: new, .. }) if why != new => false,
            (Self::Reached { permissions, .. }, other)
            | (Self::Refused { permissions, .. }, other)
            | (Self::ProvedNothing { permissions, .. }, other) => {
                permissions.extend(other.permissions());
                true
            }
            (Self::MailboxGone { .. } | Self::ControlGone { .. } | Self::Waiting { .. }, _) => true,
            _ => false,
        }
    }

    /// The message of what has words of its own here.
    fn words(&self) -> Message {
        let named = |which: &Which| Arg::name(Kind::Mailbox, &which.address);
        let joined = |permissions: &[Permission]| Arg::list(Join::And, permissions.iter().copied());
        match self {
            Self::SecretEnded { ends_at } => message!("check-secret-ended", day = Arg::date(*ends_at)),
            Self::SecretEndsSoon { ends_at, days } => message!(
                "check-secret-ends-soon",
                day = Arg::date(*ends_at),
                days = u64::try_from(*days).unwrap_or_default()
            ),
            Self::Reached { which, permissions } => message!(
                "check-reached",
                mailbox = named(which),
                permissions = joined(permissions)
            ),
            Self::Refused { which, permissions } => message!(
                "check-refused",
                mailbox = named(which),
                permissions = joined(permissions)
            ),
            Self::MailboxGone { which } => message!("check-mailbox-gone", mailbox = named(which)),
            Self::ControlGone { which } => message!("check-control-gone", mailbox = named(which)),
            Self::ProvedNothing { which, why, .. } => {
                message!(
                    "check-proved-nothing",
                    mailbox = named(which),
                    why = reasons::why(why)
                )
            }
            Self::UnknownPermission { name } => {
                message!("check-permission-unknown", permission = Arg::term(name))
            }
            Self::Waiting { look_at } => message!("check-waiting", at = Arg::soon_when(*look_at)),
            Self::NotProven => message!("check-not-proven"),
            Self::NewerSecret => message!("check-newer-secret"),
            Self::OtherMailboxes | Self::App(_) | Self::Different(_) => message!("check-other-mailboxes"),
        }
    }
}

/// The codes of problems that mean that the app in the organisation isn't as it was. Everything else that ends a look, such
/// as the network or a rule about places, says nothing of the connection.
pub(super) fn is_of_the_connection(code: Code) -> bool {
    matches!(
        code,
        Code::SecretRefused
            | Code::AppDisabled
            | Code::AppGone
            | Code::AppDeleted
            | Code::AppPrincipalGone
            | Code::AppNotOurs
            | Code::AppReserved
            | Code::AppRejected
    )
}

fn of_reason(reason: &Reason) -> &'static str {
    match reason {
        Reason::ScopeGrew { .. } => "scope.grew",
        Reason::ScopeShrank { .. } => "scope.shrank",
        Reason::GroupChanged { .. } => "scope.group-changed",
        Reason::ScopeFilter { .. } => "scope.by-rule",
        Reason::ScopeGone => "scope.gone",
        Reason::ScopeShared { .. } => "scope.shared",
        Reason::OtherAssignment { .. } => "role.other",
        Reason::AssignmentMissing { .. } => "role.missing",
        Reason::GrantMissing { .. } => "grant.missing",
        Reason::FullAccessMissing { .. } => "mailbox-right.missing",
        Reason::Grant { .. } => "grant.other",
        Reason::DirectoryRole { .. } => "directory-role.other",
        Reason::MailboxRight { .. } => "mailbox-right.other",
        Reason::SendAs { .. } => "send-as.other",
        Reason::OtherCredential { .. } => "credential.other",
        Reason::CredentialGone => "secret.removed",
        Reason::Federated { .. } => "credential.federated",
        Reason::Owner { .. } => "owner.other",
        Reason::Disabled => Code::AppDisabled.as_str(),
        Reason::TagGone => "app.tag-gone",
        Reason::Audience { .. } => "app.audience",
        Reason::Redirect { .. } => "app.redirect",
    }
}
