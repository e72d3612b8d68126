//! Makes the app known to Exchange, so that Exchange can give it access.

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::message;
use domain::message::Message;
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, UnregisterInExchange};
use crate::observed::{Owner, Seen, SeenApp};
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RegisterInExchange {
    /// The app's display name.
    pub name: String,
}

impl Kind for RegisterInExchange {
    fn part(&self) -> Part {
        Part::Scope
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(exchange::register(&self.name))]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-register")
    }

    fn effect(&self, app: &mut SeenApp) {
        app.entry = Seen::Known(Some(Owner::Ours));
    }

    fn done(&self, app: &SeenApp) -> bool {
        matches!(&app.entry, Seen::Known(Some(owner)) if owner.may_be_changed())
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::UnregisterInExchange(UnregisterInExchange {
            name: self.name.clone(),
        }))
    }
}
