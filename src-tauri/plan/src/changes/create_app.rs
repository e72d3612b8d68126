//! Makes the app registration: for this organisation only, without any permission, under a unique name that holds the id
//! of its connection, so that it is found again and never made twice.

use std::collections::BTreeSet;

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::message;
use domain::message::{Arg, Kind as Name, Message};
use serde::{Deserialize, Serialize};

use super::{Change, DeleteApp, Kind, Known};
use crate::names::PRODUCT;
use crate::observed::{Owner, Registration, Seen, SeenApp};
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CreateApp {
    /// Its unique name.
    pub unique: String,
    /// Its tag.
    pub tag: String,
    /// Its display name.
    pub name: String,
}

impl Kind for CreateApp {
    fn part(&self) -> Part {
        Part::App
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Graph(entra::create_app(
            &self.unique,
            &self.name,
            &[PRODUCT, &self.tag],
        ))]
    }

    fn place(&self) -> Place {
        Place::NewRegistration
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-create-app", name = Arg::name(Name::Ours, &self.name))
    }

    fn effect(&self, app: &mut SeenApp) {
        // A new app has nothing: what is unknown of what hung on another one before is no more.
        // A scope is an object of its own, and a switch is its mailbox's.
        let (deleted, scope, shared_with) = (app.deleted.clone(), app.scope.clone(), app.shared_with.clone());
        let switches = app.switches.clone();
        *app = SeenApp {
            registration: Seen::Known(Some(Registration {
                object: None,
                client: None,
                name: self.name.clone(),
                owner: Owner::Ours,
                tags: BTreeSet::from([PRODUCT.to_owned(), self.tag.clone()]),
                audience: entra::THIS_ORGANISATION.to_owned(),
            })),
            deleted,
            scope,
            shared_with,
            switches,
            ..SeenApp::nothing()
        };
    }

    fn done(&self, app: &SeenApp) -> bool {
        let registration = app.registration.known().and_then(Option::as_ref);
        registration.is_some_and(|registration| registration.owner.may_be_changed())
    }

    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        Some(Change::DeleteApp(DeleteApp {}))
    }
}
