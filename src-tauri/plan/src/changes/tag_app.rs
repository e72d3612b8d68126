//! Writes our tags onto an app registration that somebody else made and that the connection took over. Its unique name can't
//! be given to it any more: Microsoft describes that as the key of an upsert and as nothing that an update changes
//! (UNVERIFIED: no page says what an update of it answers), so an app that was taken over is known by its ids and found again
//! by its tags.

use std::collections::BTreeSet;

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::message;
use domain::message::{Arg, Kind as Named, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TagApp {
    /// Every tag that it has then.
    pub tags: BTreeSet<String>,
}

impl Kind for TagApp {
    fn part(&self) -> Part {
        Part::App
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(entra::tag_app(self.tags.iter().map(String::as_str)))]
    }

    fn place(&self) -> Place {
        Place::App
    }

    fn said(&self, known: &Known<'_>) -> Message {
        let app = known.before.registration.known().and_then(Option::as_ref);
        let name = app.map(|app| app.name.as_str()).unwrap_or_default();
        message!("changes-tag-app", name = Arg::name(Named::App, name))
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(Some(registration)) = app.registration.known_mut() {
            registration.tags.clone_from(&self.tags);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let registration = app.registration.known().and_then(Option::as_ref);
        registration.is_some_and(|registration| self.tags == registration.tags)
    }

    fn inverse(&self, before: &SeenApp) -> Option<Change> {
        let tags = before.registration.known()?.as_ref()?.tags.clone();
        Some(Change::TagApp(Self { tags }))
    }
}
