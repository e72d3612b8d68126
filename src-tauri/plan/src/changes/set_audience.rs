//! Closes an app that was taken over to the accounts of other organisations, and opens it to them again where it is given back:
//! the procedures that vendors publish let an admin choose any kind of accounts, and a platform that signs in as the app itself
//! needs none but this organisation's.

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::message;
use domain::message::Message;
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetAudience {
    /// Whose accounts may use it then, in Microsoft's words.
    pub audience: String,
}

impl Kind for SetAudience {
    fn part(&self) -> Part {
        Part::App
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(entra::set_audience(&self.audience))]
    }

    fn place(&self) -> Place {
        Place::App
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        match self.audience == entra::THIS_ORGANISATION {
            true => message!("changes-set-audience"),
            false => message!("changes-open-audience"),
        }
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(Some(registration)) = app.registration.known_mut() {
            registration.audience.clone_from(&self.audience);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let registration = app.registration.known().and_then(Option::as_ref);
        registration.is_some_and(|registration| registration.audience == self.audience)
    }

    fn inverse(&self, before: &SeenApp) -> Option<Change> {
        let audience = before.registration.known()?.as_ref()?.audience.clone();
        Some(Change::SetAudience(Self { audience }))
    }
}
