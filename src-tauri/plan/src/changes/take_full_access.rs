//! Takes the app's full access to one mailbox away, which is no longer asked for.

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::ids::MailboxId;
use domain::message;
use domain::message::Message;
use serde::{Deserialize, Serialize};

use super::{Change, GiveFullAccess, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TakeFullAccess {
    /// The mailbox.
    pub mailbox: MailboxId,
}

impl Kind for TakeFullAccess {
    fn part(&self) -> Part {
        Part::Scope
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(exchange::take_full_access(self.mailbox))]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, known: &Known<'_>) -> Message {
        message!("changes-take-full-access", mailbox = known.mailbox(self.mailbox))
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(held) = app.full_access.known_mut() {
            held.remove(&self.mailbox);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let held = app.full_access.known();
        held.is_some_and(|held| !held.contains_key(&self.mailbox))
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::GiveFullAccess(GiveFullAccess {
            mailbox: self.mailbox,
        }))
    }

    fn subject(&self) -> Option<String> {
        Some(self.mailbox.to_string())
    }

    fn takes_away(&self) -> bool {
        true
    }
}
