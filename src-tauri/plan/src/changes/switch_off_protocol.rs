//! Sets the switch of a protocol of one mailbox back to how it was, where this connection switched it on and nobody changed it
//! since. Other mail programs that came to use it meanwhile are shut out with it (microsoft-facts §4c).

use calls::Call;
use calls::portal::Place;
use domain::ids::MailboxId;
use domain::mail_protocol::{MailProtocol, MailboxProtocol};
use domain::message;
use domain::message::{Arg, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, SwitchOnProtocol};
use crate::observed::SeenApp;
use crate::part::{Part, Role};
use crate::switches::{Off, Switch};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SwitchOffProtocol {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// The protocol.
    pub protocol: MailProtocol,
    /// How it was off before it was switched on.
    pub to: Off,
}

impl SwitchOffProtocol {
    /// What it switches.
    pub fn of(&self) -> MailboxProtocol {
        MailboxProtocol {
            mailbox: self.mailbox,
            protocol: self.protocol,
        }
    }
}

impl Kind for SwitchOffProtocol {
    fn part(&self) -> Part {
        Part::Protocols
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(self.to.set_back(self.of()))]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, known: &Known<'_>) -> Message {
        message!(
            "changes-switch-off-protocol",
            protocol = Arg::term(self.protocol.name()),
            mailbox = known.mailbox(self.mailbox)
        )
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(switches) = app.switches.known_mut() {
            switches.insert(self.of(), Switch::Off(self.to));
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let switches = app.switches.known();
        switches.is_some_and(|switches| !matches!(switches.get(&self.of()), Some(Switch::Ours(_))))
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::SwitchOnProtocol(SwitchOnProtocol {
            mailbox: self.mailbox,
            protocol: self.protocol,
            was: self.to,
        }))
    }

    fn subject(&self) -> Option<String> {
        Some(format!("{} {}", self.protocol.name(), self.mailbox))
    }

    fn takes_away(&self) -> bool {
        true
    }
}
