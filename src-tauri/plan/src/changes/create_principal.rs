//! Makes the app's service principal: an app made through Graph has none, and can do nothing without it (microsoft-facts
//! §2.2).

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::message;
use domain::message::Message;
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::names::PRODUCT;
use crate::observed::{Principal, Seen, SeenApp};
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CreatePrincipal {
    /// Its tag.
    pub tag: String,
}

impl Kind for CreatePrincipal {
    fn part(&self) -> Part {
        Part::App
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(entra::create_principal(&[PRODUCT, &self.tag]))]
    }

    fn place(&self) -> Place {
        Place::App
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-create-principal")
    }

    fn effect(&self, app: &mut SeenApp) {
        app.principal = Seen::Known(Some(Principal {
            id: None,
            tags: [PRODUCT.to_owned(), self.tag.clone()].into(),
        }));
    }

    fn done(&self, app: &SeenApp) -> bool {
        matches!(&app.principal, Seen::Known(Some(_)))
    }

    /// It goes with its app.
    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        None
    }
}
