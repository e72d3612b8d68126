//! What was read of the switches of protocols.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::MailboxId;
use domain::mail_protocol::{MailProtocol, MailboxProtocol};
use jiff::Timestamp;
use plan::switches::Off;

/// What was read last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Switched {
    /// What is off.
    pub(crate) off: BTreeMap<MailboxProtocol, Off>,
    /// Of what Exchange didn't say how it stands.
    pub(crate) unread: BTreeSet<MailboxProtocol>,
    /// Of which mailboxes and protocols.
    pub(crate) of: (BTreeSet<MailboxId>, BTreeSet<MailProtocol>),
    /// When.
    pub(crate) read_at: Option<Timestamp>,
}
