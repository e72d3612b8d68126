//! Switches a protocol of mail programs on for one mailbox, where it is off and somebody asked for that. The organisation's own
//! switch stays as it is: a mailbox's goes before it (microsoft-facts §4c). How soon Exchange goes by it is UNVERIFIED: it is
//! taken to be seen once its servers have told each other, and the proof looks again where it isn't.

use calls::Call;
use calls::portal::Place;
use calls::protocols::{self, To};
use domain::ids::MailboxId;
use domain::mail_protocol::{MailProtocol, MailboxProtocol};
use domain::message;
use domain::message::{Arg, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, SwitchOffProtocol};
use crate::observed::SeenApp;
use crate::part::{Part, Role};
use crate::switches::{Off, Switch};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SwitchOnProtocol {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The protocol.
    pub protocol: MailProtocol,
    /// How it is off before.
    pub was: Off,
}

impl SwitchOnProtocol {
    /// What it switches.
    pub fn of(&self) -> MailboxProtocol {
        MailboxProtocol {
            mailbox: self.mailbox,
            protocol: self.protocol,
        }
    }
}

impl Kind for SwitchOnProtocol {
    fn part(&self) -> Part {
        Part::Protocols
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(protocols::set(self.of(), To::On))]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, known: &Known<'_>) -> Message {
        message!(
            "changes-switch-on-protocol",
            protocol = Arg::term(self.protocol.name()),
            mailbox = known.mailbox(self.mailbox)
        )
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(switches) = app.switches.known_mut() {
            switches.insert(self.of(), Switch::Ours(self.was));
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let switches = app.switches.known();
        switches.is_some_and(|switches| matches!(switches.get(&self.of()), Some(Switch::Ours(_))))
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::SwitchOffProtocol(SwitchOffProtocol {
            mailbox: self.mailbox,
            protocol: self.protocol,
            to: self.was,
        }))
    }

    /// It lets every mail program in, not only the app's.
    fn is_told_first(&self) -> bool {
        true
    }

    fn subject(&self) -> Option<String> {
        Some(format!("{} {}", self.protocol.name(), self.mailbox))
    }
}
