//! Adds a certificate. Its key is made and kept before anything is sent, so no value can be lost on the way.

use calls::Call;
use calls::entra;
use calls::portal::Place;
use calls::slot::{Slot, Text};
use domain::message;
use domain::message::{Arg, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, hold_planned, planned_away};
use crate::observed::SeenApp;
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AddCertificate {
    /// How its name begins; each try has an end of its own.
    pub name: String,
    /// For how many days it works.
    pub days: i32,
}

impl Kind for AddCertificate {
    fn part(&self) -> Part {
        Part::Credential
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    /// Microsoft replaces the whole list, so it is read first.
    fn calls(&self) -> Vec<Call> {
        let name = Text::from(self.name.as_str()).then(Slot::Try);
        vec![
            Call::Graph(entra::read_certificates()),
            Call::Graph(entra::add_certificate(
                name,
                Slot::InDays(0).into(),
                Slot::InDays(self.days).into(),
            )),
        ]
    }

    fn place(&self) -> Place {
        Place::Credentials
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!(
            "changes-add-certificate",
            days = Arg::Count(u64::try_from(self.days).unwrap_or_default())
        )
    }

    fn effect(&self, app: &mut SeenApp) {
        hold_planned(app, true);
    }

    fn done(&self, _app: &SeenApp) -> bool {
        true
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(planned_away(true))
    }
}
