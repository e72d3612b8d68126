//! Takes a role in Exchange away that somebody gave an app before it was taken over: roles add up, and what it reaches is in
//! no proof of ours. Which mailboxes its scope holds is theirs, and the scope stays.

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::message;
use domain::message::{Arg, Kind as Named, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role, Takes};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RemoveOldRole {
    /// The name of the assignment.
    pub name: String,
}

impl Kind for RemoveOldRole {
    fn part(&self) -> Part {
        Part::Permissions
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(exchange::unassign(&self.name))]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!(
            "changes-remove-old-role",
            name = Arg::name(Named::Assignment, &self.name)
        )
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(roles) = app.roles.known_mut() {
            roles.remove(&self.name);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        app.roles
            .known()
            .is_some_and(|roles| !roles.contains_key(&self.name))
    }

    /// Its scope and how it was filtered are somebody else's.
    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        None
    }

    fn takes(&self) -> Takes {
        Takes::Limit
    }

    fn subject(&self) -> Option<String> {
        Some(self.name.clone())
    }

    fn takes_away(&self) -> bool {
        true
    }
}
