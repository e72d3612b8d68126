//! Removes the scope, once no role lies within it.

use std::collections::BTreeSet;

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::ids::MailboxId;
use domain::message;
use domain::message::{Arg, Kind as Name, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, SetScope};
use crate::observed::{Seen, SeenApp};
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RemoveScope {
    /// Its name.
    pub name: String,
    /// The mailboxes that it holds, for the way back.
    pub mailboxes: BTreeSet<MailboxId>,
}

impl Kind for RemoveScope {
    fn part(&self) -> Part {
        Part::Scope
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        vec![Call::Exchange(exchange::remove_scope(&self.name))]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-remove-scope", name = Arg::name(Name::Scope, &self.name))
    }

    fn effect(&self, app: &mut SeenApp) {
        app.scope = Seen::Known(None);
    }

    fn done(&self, app: &SeenApp) -> bool {
        matches!(app.scope, Seen::Known(None))
    }

    fn inverse(&self, before: &SeenApp) -> Option<Change> {
        let scope = before.scope.known()?.as_ref()?;
        (!scope.open).then(|| {
            Change::SetScope(SetScope {
                name: scope.name.clone(),
                exists: false,
                mailboxes: scope.mailboxes.clone(),
                group: None,
            })
        })
    }

    fn takes_away(&self) -> bool {
        true
    }
}
