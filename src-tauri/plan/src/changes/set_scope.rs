//! Makes the scope hold exactly the chosen mailboxes, by object id: it is made, or changed.

use std::collections::BTreeSet;

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::ids::MailboxId;
use serde::{Deserialize, Serialize};

use super::{Change, Kind, RemoveScope};
use crate::observed::{Owner, Scope, Seen, SeenApp};
use crate::part::{Part, Role, Takes};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetScope {
    /// Its name.
    pub name: String,
    /// Whether it is there and changed, or else made.
    pub exists: bool,
    /// The mailboxes that it holds then.
    pub mailboxes: BTreeSet<MailboxId>,
}

impl Kind for SetScope {
    fn part(&self) -> Part {
        Part::Scope
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        let filter = exchange::by_id(&self.mailboxes);
        vec![Call::Exchange(match self.exists {
            true => exchange::set_scope(&self.name, &filter),
            false => exchange::new_scope(&self.name, &filter),
        })]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn effect(&self, app: &mut SeenApp) {
        let held = app.scope.known().and_then(Option::as_ref);
        app.scope = Seen::Known(Some(Scope {
            name: self.name.clone(),
            owner: held.map_or(Owner::Ours, |scope| scope.owner),
            mailboxes: self.mailboxes.clone(),
            open: false,
        }));
    }

    fn done(&self, app: &SeenApp) -> bool {
        let scope = app.scope.known().and_then(Option::as_ref);
        scope.is_some_and(|scope| !scope.open && scope.mailboxes == self.mailboxes)
    }

    /// One that held others by a rule doesn't get the rule back.
    fn inverse(&self, before: &SeenApp) -> Option<Change> {
        match before.scope.known()? {
            None => Some(Change::RemoveScope(RemoveScope {
                name: self.name.clone(),
                mailboxes: self.mailboxes.clone(),
            })),
            Some(scope) if scope.open => None,
            Some(scope) => Some(Change::SetScope(Self {
                name: scope.name.clone(),
                exists: true,
                mailboxes: scope.mailboxes.clone(),
            })),
        }
    }

    fn takes(&self) -> Takes {
        Takes::Limit
    }
}
