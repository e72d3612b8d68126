//! Takes a permission within the scope away that is no longer asked for.

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::message;
use domain::message::Message;
use domain::permission::Permission;
use serde::{Deserialize, Serialize};

use super::{AssignRole, Change, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role, Takes};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnassignRole {
    /// The name of the assignment.
    pub name: String,
    /// What it permits, for the way back.
    pub permission: Permission,
    /// The name of the scope, for the way back.
    pub scope: String,
}

impl Kind for UnassignRole {
    fn part(&self) -> Part {
        Part::Scope
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
        message!("changes-unassign-role", access = self.permission.said())
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

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::AssignRole(AssignRole {
            name: self.name.clone(),
            permission: self.permission,
            scope: self.scope.clone(),
        }))
    }

    fn takes(&self) -> Takes {
        Takes::Limit
    }

    fn subject(&self) -> Option<String> {
        Some(self.permission.name().to_owned())
    }

    fn takes_away(&self) -> bool {
        true
    }
}
