//! Writes our tag onto the service principal, where somebody else made it or an older version of this program did.

use std::collections::BTreeSet;

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
pub struct TagPrincipal {
    /// Every tag that it has then.
    pub tags: BTreeSet<String>,
}

impl Kind for TagPrincipal {
    fn part(&self) -> Part {
        Part::App
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(entra::tag_principal(
            self.tags.iter().map(String::as_str),
        ))]
    }

    fn place(&self) -> Place {
        Place::App
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-tag-principal")
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(Some(principal)) = app.principal.known_mut() {
            principal.tags.clone_from(&self.tags);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let principal = app.principal.known().and_then(Option::as_ref);
        principal.is_some_and(|principal| self.tags.is_subset(&principal.tags))
    }

    fn inverse(&self, before: &SeenApp) -> Option<Change> {
        let tags = before.principal.known()?.as_ref()?.tags.clone();
        Some(Change::TagPrincipal(Self { tags }))
    }
}
