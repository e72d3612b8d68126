//! Takes the app registration back from the deleted ones, as it was, with what secrets it still holds (microsoft-facts
//! §2.1). Its unique name stays taken while it lies there, so no other can be made.

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::message;
use domain::message::{Arg, Kind as Name, Message};
use serde::{Deserialize, Serialize};

use super::{Change, DeleteApp, Kind, Known};
use crate::observed::{Seen, SeenApp, Why};
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RestoreApp {}

impl Kind for RestoreApp {
    fn part(&self) -> Part {
        Part::App
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(entra::restore_app())]
    }

    fn place(&self) -> Place {
        Place::Registrations
    }

    fn said(&self, known: &Known<'_>) -> Message {
        let deleted = known.before.deleted.known().and_then(Option::as_ref);
        let name = deleted.map(|app| app.name.as_str()).unwrap_or_default();
        message!("changes-restore-app", name = Arg::name(Name::Ours, name))
    }

    fn effect(&self, app: &mut SeenApp) {
        app.registration = app.deleted.clone();
        app.deleted = Seen::Known(None);
        // What comes back with it is read, not guessed.
        app.credentials = Seen::Unknown(Why::HangsOn);
        app.principal = Seen::Unknown(Why::HangsOn);
        app.grants = Seen::Unknown(Why::HangsOn);
    }

    fn done(&self, app: &SeenApp) -> bool {
        matches!(&app.registration, Seen::Known(Some(registration)) if registration.owner.may_be_changed())
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::DeleteApp(DeleteApp {}))
    }

    fn is_told_first(&self) -> bool {
        true
    }
}
