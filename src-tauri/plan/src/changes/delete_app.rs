//! Deletes the app registration; its service principal and its secrets go with it. Microsoft keeps it restorable for 30
//! days (microsoft-facts §2.1).

use std::collections::BTreeMap;

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::message;
use domain::message::{Arg, Kind as Name, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, RestoreApp};
use crate::observed::{Seen, SeenApp};
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeleteApp {}

impl Kind for DeleteApp {
    fn part(&self) -> Part {
        Part::App
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(entra::delete_app())]
    }

    fn place(&self) -> Place {
        Place::App
    }

    fn said(&self, known: &Known<'_>) -> Message {
        let app = known.before.registration.known().and_then(Option::as_ref);
        let name = app.map(|app| app.name.as_str()).unwrap_or_default();
        message!("changes-delete-app", name = Arg::name(Name::Ours, name))
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Seen::Known(Some(_)) = app.registration {
            app.deleted = app.registration.clone();
        }
        app.registration = Seen::Known(None);
        app.principal = Seen::Known(None);
        app.credentials = Seen::Known(BTreeMap::new());
        app.grants = Seen::Known(BTreeMap::new());
    }

    fn done(&self, app: &SeenApp) -> bool {
        matches!(app.registration, Seen::Known(None)) && matches!(app.principal, Seen::Known(None))
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::RestoreApp(RestoreApp {}))
    }

    fn takes_away(&self) -> bool {
        true
    }
}
