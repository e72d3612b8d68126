//! Takes an application access policy away that held an app to some mailboxes before it was taken over. It limits only what the
//! app is granted in Entra (microsoft-facts §4a), so it goes last, when nothing of that is left: without it a grant that still
//! stood would open every mailbox. The group that it names is somebody's and stays.

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::message;
use domain::message::{Arg, Kind as Named, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RemoveAccessPolicy {
    /// Exchange's identity of the policy.
    pub identity: String,
    /// What the group is called that it names.
    pub group: String,
}

impl Kind for RemoveAccessPolicy {
    fn part(&self) -> Part {
        Part::Permissions
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(exchange::remove_access_policy(&self.identity))]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!(
            "changes-remove-access-policy",
            group = Arg::name(Named::Group, &self.group)
        )
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(policies) = app.policies.known_mut() {
            policies.remove(&self.identity);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let policies = app.policies.known();
        policies.is_some_and(|policies| !policies.contains_key(&self.identity))
    }

    /// Nothing is left that it would limit, and a new one would be another one of this connection's.
    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        None
    }

    fn subject(&self) -> Option<String> {
        Some(self.identity.clone())
    }

    fn takes_away(&self) -> bool {
        true
    }
}
