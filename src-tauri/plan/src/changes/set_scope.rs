//! Makes the scope hold exactly the chosen mailboxes, by object id: it is made, or changed.

use std::collections::BTreeSet;

use calls::Call;
use calls::exchange;
use calls::portal::Place;
use domain::group::Group;
use domain::ids::MailboxId;
use domain::message;
use domain::message::{Arg, Join, Kind as Name, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known, RemoveScope};
use crate::observed::{Owner, Scope, Seen, SeenApp};
use crate::part::{Part, Role, Takes};
use crate::wanted::holds;

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetScope {
    /// Its name.
    pub name: String,
    /// Whether it is there and changed, or else made.
    pub exists: bool,
    /// The mailboxes that it holds then.
    pub mailboxes: BTreeSet<MailboxId>,
    /// The group whose members they are, where it holds those, whoever they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
}

impl Kind for SetScope {
    fn part(&self) -> Part {
        Part::Scope
    }

    fn role(&self) -> Role {
        Role::Exchange
    }

    fn calls(&self) -> Vec<Call> {
        let filter = match &self.group {
            Some(group) => exchange::by_group(group),
            None => exchange::by_id(&self.mailboxes),
        };
        vec![Call::Exchange(match self.exists {
            true => exchange::set_scope(&self.name, &filter),
            false => exchange::new_scope(&self.name, &filter),
        })]
    }

    fn place(&self) -> Place {
        Place::Console
    }

    fn said(&self, known: &Known<'_>) -> Message {
        let held = known.before.scope.known().and_then(Option::as_ref);
        let held = held.filter(|scope| !scope.open && !scope.mailboxes.is_empty());
        let named = |ids: &mut dyn Iterator<Item = &MailboxId>| named(known, ids);
        if let Some(group) = &self.group {
            let (count, mailboxes) = named(&mut self.mailboxes.iter());
            let group = Arg::name(Name::Group, &group.name);
            return message!(
                "changes-scope-by-group",
                group = group,
                count = count,
                mailboxes = mailboxes
            );
        }
        let Some(held) = held else {
            let before = known.before.scope.known().and_then(Option::as_ref);
            let by_group = before.is_some_and(|scope| scope.group.is_some());
            let (count, mailboxes) = named(&mut self.mailboxes.iter());
            return match before.is_some() {
                true if by_group => {
                    message!("changes-scope-left-group", count = count, mailboxes = mailboxes)
                }
                true => message!("changes-scope-by-mailbox", count = count, mailboxes = mailboxes),
                false => message!("changes-new-scope", count = count, mailboxes = mailboxes),
            };
        };
        let (more, added) = named(&mut self.mailboxes.difference(&held.mailboxes));
        let (less, removed) = named(&mut held.mailboxes.difference(&self.mailboxes));
        message!(
            "changes-set-scope",
            more = more,
            added = added,
            less = less,
            removed = removed,
            stay = self.mailboxes.intersection(&held.mailboxes).count()
        )
    }

    fn effect(&self, app: &mut SeenApp) {
        let held = app.scope.known().and_then(Option::as_ref);
        app.scope = Seen::Known(Some(Scope {
            name: self.name.clone(),
            owner: held.map_or(Owner::Ours, |scope| scope.owner),
            mailboxes: self.mailboxes.clone(),
            open: self.group.is_some(),
            group: self.group.as_ref().map(|group| group.distinguished_name.clone()),
        }));
    }

    fn done(&self, app: &SeenApp) -> bool {
        let scope = app.scope.known().and_then(Option::as_ref);
        scope.is_some_and(|scope| holds(scope, &self.mailboxes, self.group.as_ref()))
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
                group: None,
            })),
        }
    }

    fn takes(&self) -> Takes {
        Takes::Limit
    }
}

/// A plan that lists hundreds is read by nobody: so many are named, where there are clearly more.
const NAMED: usize = 3;
/// So many are all named.
const ALL_NAMED: usize = 6;

/// How many there are, and which; of many the first few. One whose address nobody knows is told by its id.
fn named(known: &Known<'_>, ids: &mut dyn Iterator<Item = &MailboxId>) -> (usize, Arg) {
    let mut mailboxes: Vec<Arg> = ids.map(|id| known.mailbox(*id)).collect();
    let count = mailboxes.len();
    if count <= ALL_NAMED {
        return (count, Arg::list(Join::Commas, mailboxes));
    }
    mailboxes.truncate(NAMED);
    let first = Arg::list(Join::Commas, mailboxes);
    let named = message!("changes-and-more", first = first, more = count - NAMED);
    (count, named.into())
}
