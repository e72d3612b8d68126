//! Gives the app registration the name that was answered.

use calls::Call;
use calls::graph::Request;
use calls::portal::Place;
use calls::slot::{Arg, Slot, Text};
use domain::message;
use domain::message::{Arg as Word, Kind as Name, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RenameApp {
    /// What it is called then.
    pub name: String,
}

impl Kind for RenameApp {
    fn part(&self) -> Part {
        Part::App
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(Request::patch(
            "PATCH /applications/{id}",
            Text::from("applications/").then(Slot::AppObject),
            Arg::map([("displayName", self.name.as_str().into())]),
        ))]
    }

    fn place(&self) -> Place {
        Place::App
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-rename-app", name = Word::name(Name::Ours, &self.name))
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(Some(registration)) = app.registration.known_mut() {
            registration.name.clone_from(&self.name);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let registration = app.registration.known().and_then(Option::as_ref);
        registration.is_some_and(|registration| registration.name == self.name)
    }

    fn inverse(&self, before: &SeenApp) -> Option<Change> {
        let name = before.registration.known()?.as_ref()?.name.clone();
        Some(Change::RenameApp(Self { name }))
    }
}
