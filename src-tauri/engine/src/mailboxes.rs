//! What was answered about mailboxes: which must work, which must stay refused, and what was drawn at random.

use domain::address::Address;
use domain::group::Group;
use domain::ids::MailboxId;
use domain::list::Aside;
use serde::{Deserialize, Serialize};

/// A mailbox as Exchange knows it. Unlike a recipient of Exchange's it surely has an object in the directory, and it is
/// what a journal holds, so that it doesn't change with what is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// Its primary address when it was looked up.
    pub address: Address,
    /// Its directory object id: the mailbox itself, whatever its address is now.
    pub object_id: MailboxId,
    /// Exchange's `RecipientTypeDetails`, such as `SharedMailbox`.
    pub kind: String,
    /// Its display name.
    pub name: String,
}

/// Why an entry can't be given to an app. A code; its words are made where they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unfit {
    /// It is on the other list as well.
    OnTheOtherList,
    /// A distribution list or a mail-enabled security group, whose members can be used.
    Group,
    /// A group in which there is nobody.
    EmptyGroup,
    /// A group with groups in it, whose members a limit by it wouldn't reach.
    GroupOfGroups,
    /// A group with somebody in it who has no mailbox here.
    GroupOfOthers,
    /// A Microsoft 365 group.
    GroupMailbox,
    /// A group whose members are computed.
    DynamicGroup,
    /// A guest of another organisation.
    Guest,
    /// A contact outside the organisation.
    Contact,
    /// A mailbox that isn't in Exchange Online.
    OnPremises,
    /// A mailbox that searches use.
    Discovery,
    /// A mailbox whose person is gone and that a hold keeps.
    Inactive,
    /// A mailbox that was deleted and can be restored for a while.
    Deleted,
    /// Somebody of the organisation who has no mailbox, such as for want of a licence.
    NoMailbox,
    /// The id is the app's, not a mailbox's.
    AppId,
    /// No object has this id.
    UnknownId,
    /// Anything else that isn't a mailbox, and what older versions wrote as a sentence.
    #[serde(other)]
    NotUsable,
}

/// What became of one entry of a list of mailboxes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Entry {
    /// Found.
    Found {
        /// As typed, which may be an alias.
        typed: String,
        /// What Exchange knows.
        mailbox: Mailbox,
        /// What else was typed and is the same mailbox.
        #[serde(default)]
        also: Vec<String>,
    },
    /// There is no such mailbox.
    Missing {
        /// As typed.
        typed: String,
        /// A mailbox with nearly this address.
        suggestion: Option<Address>,
    },
    /// It exists, but the app cannot be given it.
    Unfit {
        /// As typed.
        typed: String,
        /// Why.
        why: Unfit,
        /// The mailbox that it is, where it is only on the other list as well.
        #[serde(default)]
        mailbox: Option<Mailbox>,
        /// How many members it has itself, where it is a group and they were counted.
        #[serde(default)]
        members: Option<usize>,
    },
    /// It is no address.
    Unreadable {
        /// As typed.
        typed: String,
    },
}

impl Entry {
    /// The text that was typed.
    pub fn typed(&self) -> &str {
        match self {
            Self::Found { typed, .. }
            | Self::Missing { typed, .. }
            | Self::Unfit { typed, .. }
            | Self::Unreadable { typed } => typed,
        }
    }

    /// The mailbox, where it was found.
    pub fn mailbox(&self) -> Option<&Mailbox> {
        match self {
            Self::Found { mailbox, .. } => Some(mailbox),
            _ => None,
        }
    }
}

/// How a list was read last: told to the reader, so that a wrong column is noticed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadAs {
    /// The heading of the column that held the addresses, where it was a table.
    pub column: Option<String>,
    /// How many rows the table had.
    pub rows: usize,
    /// How many rows were set aside, by what they are.
    pub aside: Vec<(Aside, usize)>,
    /// What names them, at most the first hundred.
    pub named: Vec<String>,
}

/// How many mailboxes are drawn at random that must stay refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Controls {
    /// One, of any kind.
    #[default]
    One,
    /// One of every kind that there is.
    EveryKind,
    /// As many as make a statement, and one of every kind that isn't among them.
    Statement,
}

/// Mailboxes that were drawn at random and must stay refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Drawn from all that are on no list, each with the same chance where it is `fair`.
    pub sample: Vec<Mailbox>,
    /// One of each kind that isn't among them.
    #[serde(default)]
    pub kinds: Vec<Mailbox>,
    /// Whether the sample is every mailbox that is on no list, and the list of all was read to its end.
    #[serde(default)]
    pub all: bool,
    /// Whether each had the same chance.
    #[serde(default)]
    pub fair: bool,
}

/// The answers of the mailboxes step, saved whole whenever one changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxAnswers {
    /// Mailboxes that must work.
    pub allowed: Vec<Entry>,
    /// Mailboxes that must stay refused.
    pub refused: Vec<Entry>,
    /// Whether more are picked at random.
    pub also_random: bool,
    /// How many, where they are; older versions picked one.
    #[serde(default)]
    pub controls: Controls,
    /// Still in the box of allowed ones, not read yet.
    #[serde(default)]
    pub typed_allowed: String,
    /// Still in the box of refused ones, not read yet.
    #[serde(default)]
    pub typed_refused: String,
    /// How the list of allowed ones was read last.
    #[serde(default)]
    pub read_allowed: Option<ReadAs>,
    /// How the list of refused ones was read last.
    #[serde(default)]
    pub read_refused: Option<ReadAs>,
    /// The group whose members those that must work are, where the limit goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
}
