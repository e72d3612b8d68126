//! How the protocols of mail programs stand for mailboxes (microsoft-facts §4c).
//!
//! A switch belongs to its mailbox and not to an app: whoever switches it off shuts out every mail program. So nothing is
//! switched on that nobody asked for, and only what was switched on here is ever switched off.

use std::collections::{BTreeMap, BTreeSet};

use calls::cmdlet::Cmdlet;
use calls::protocols::{self, To};
use domain::mail_protocol::MailboxProtocol;
use serde::{Deserialize, Serialize};

/// What of some mailboxes is switched off, and what this connection switched on. What isn't in it is on, or nobody asked.
pub type Switches = BTreeMap<MailboxProtocol, Switch>;

/// One switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Switch {
    /// It is off.
    Off(Off),
    /// This connection switched it on, and it stands as it was set. How it was before.
    Ours(Off),
}

/// How a switch is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Off {
    /// For the mailbox itself.
    Here,
    /// The mailbox follows the organisation's switch, which is off. Only SMTP has one.
    Everywhere,
}

impl Off {
    /// What sets the switch of a mailbox so.
    pub fn set_back(self, of: MailboxProtocol) -> Cmdlet {
        let to = match self {
            Self::Here => To::Off,
            Self::Everywhere => To::AsTheOrganisation,
        };
        protocols::set(of, to)
    }
}

/// What this connection switched on, with how it was before.
pub fn ours(switches: &Switches) -> impl Iterator<Item = (MailboxProtocol, Off)> {
    switches.iter().filter_map(|(of, switch)| match switch {
        Switch::Ours(before) => Some((*of, *before)),
        Switch::Off(_) => None,
    })
}

/// What is switched off, of what is asked for.
pub fn off_of(switches: &Switches, asked: &BTreeSet<MailboxProtocol>) -> BTreeMap<MailboxProtocol, Off> {
    let off = switches.iter().filter_map(|(of, switch)| match switch {
        Switch::Off(how) if asked.contains(of) => Some((*of, *how)),
        Switch::Off(_) | Switch::Ours(_) => None,
    });
    off.collect()
}
