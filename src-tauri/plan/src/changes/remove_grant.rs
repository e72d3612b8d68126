//! Takes a grant in Entra away that opens more than was asked for: grants in Entra and roles in Exchange add up, so one
//! such grant reaches every mailbox (microsoft-facts §4b). It was somebody else's, and the admin said that it goes.

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::message;
use domain::message::{Arg, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RemoveGrant {
    /// Microsoft's id of it.
    pub id: String,
    /// Whether it is an app role, or else a delegated one.
    pub app_role: bool,
}

impl Kind for RemoveGrant {
    fn part(&self) -> Part {
        Part::Permissions
    }

    fn role(&self) -> Role {
        Role::Grants
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(match self.app_role {
            true => entra::remove_app_role(&self.id),
            false => entra::remove_delegated(&self.id),
        })]
    }

    fn place(&self) -> Place {
        Place::Permissions
    }

    fn said(&self, known: &Known<'_>) -> Message {
        let grants = known.before.grants.known();
        let grant = grants.and_then(|grants| grants.get(&self.id));
        message!(
            "changes-remove-grant",
            permission = Arg::term(
                grant
                    .map(|(grant, _)| grant.permission.as_str())
                    .unwrap_or_default()
            ),
            resource = Arg::term(
                grant
                    .map(|(grant, _)| grant.resource.as_str())
                    .unwrap_or_default()
            )
        )
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(grants) = app.grants.known_mut() {
            grants.remove(&self.id);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        app.grants
            .known()
            .is_some_and(|grants| !grants.contains_key(&self.id))
    }

    /// Granting again takes more rights than this program asks for.
    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        None
    }

    fn subject(&self) -> Option<String> {
        Some(self.id.clone())
    }

    fn takes_away(&self) -> bool {
        true
    }
}
