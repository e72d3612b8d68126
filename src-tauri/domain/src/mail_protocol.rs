//! The protocols of mail programs.

use serde::{Deserialize, Serialize};

use crate::ids::MailboxId;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailProtocol {
    /// IMAP.
    Imap,
    /// POP3.
    Pop,
    /// SMTP, as a mail program hands a message in.
    Smtp,
}

impl MailProtocol {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Imap, Self::Pop, Self::Smtp];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imap => "IMAP",
            Self::Pop => "POP3",
            Self::Smtp => "SMTP",
        }
    }
}

/// A protocol of one mailbox: what Exchange has a switch for (microsoft-facts §4c).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MailboxProtocol {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The protocol.
    pub protocol: MailProtocol,
}
