//! Removes the app's entry in Exchange, once no role is left.

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::message;
use domain::message::Message;
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, RegisterInExchange};
use crate::observed::{Seen, SeenApp};
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnregisterInExchange {
    /// The app's display name, for the way back.
    pub name: String,
}

impl Kind for UnregisterInExchange {
    fn part(&self) -> Part {
        Part::Scope
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(exchange::unregister())]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-unregister")
    }

    fn effect(&self, app: &mut SeenApp) {
        app.entry = Seen::Known(None);
        // Exchange forgets an app's roles with its entry (microsoft-facts §4b); they are taken away before it.
        app.roles = Seen::Known(Default::default());
    }

    fn done(&self, app: &SeenApp) -> bool {
        matches!(app.entry, Seen::Known(None))
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::RegisterInExchange(RegisterInExchange {
            name: self.name.clone(),
        }))
    }

    fn takes_away(&self) -> bool {
        true
    }
}
