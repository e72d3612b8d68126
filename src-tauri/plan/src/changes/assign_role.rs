//! Gives the app one permission within the scope. This is all the access that it gets.

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::message;
use domain::message::Message;
use domain::permission::Permission;
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, UnassignRole};
use crate::observed::{Assignment, Owner, SeenApp};
use crate::part::{Part, Role, Takes};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AssignRole {
    /// The name of the assignment.
    pub name: String,
    /// What it permits.
    pub permission: Permission,
    /// The name of the scope.
    pub scope: String,
}

impl Kind for AssignRole {
    fn part(&self) -> Part {
        Part::Scope
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(exchange::assign(
            &self.name,
            self.permission,
            &self.scope,
        ))]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-assign-role", access = self.permission.said())
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(roles) = app.roles.known_mut() {
            roles.insert(
                self.name.clone(),
                Assignment {
                    owner: Owner::Ours,
                    permission: Some(self.permission),
                    in_scope: true,
                },
            );
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        app.roles.known().into_iter().flatten().any(|(_, role)| {
            role.in_scope && role.owner.may_be_changed() && role.permission == Some(self.permission)
        })
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::UnassignRole(UnassignRole {
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
}
