//! Deleted objects: listed by type, restored or removed for good within 30 days (microsoft-facts §2.1).

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::failure::{Answer, Failure, denied, not_found};
use super::objects::{self, application, group, service_principal};
use super::path::Key;
use super::{groups, query, service_principals, users};
use crate::access::bearer::Caller;
use crate::clock::{after, graph_time};
use crate::organisation::Organisation;
use crate::organisation::graph::GraphObjects;
use crate::organisation::recipients::change_recipient;
use crate::people::changes::{Kept, Removal};
use crate::people::directory::IdKind;
use crate::people::entry::Entry;
use crate::wire::{Call, Reply};

/// How long what was deleted can be restored (microsoft-facts §2.1).
const RETENTION: Duration = Duration::from_secs(30 * 24 * 60 * 60);

const READERS: [&str; 4] = [
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
const GROUP_READERS: [&str; 2] = ["Group.Read.All", "Group.ReadWrite.All"];

/// The types that can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Application,
    ServicePrincipal,
    Group,
    User,
}

impl Of {
    fn set_and_kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Application => ("applications", "application"),
            Self::ServicePrincipal => ("servicePrincipals", "servicePrincipal"),
            Self::Group => ("groups", "group"),
            Self::User => ("users", "user"),
        }
    }
}

/// Removes for good what was deleted longer ago than it can be restored, which also frees its unique name. Nobody sees
/// such an object any more, so it is enough to ask for this before deleted objects are looked at.
pub(super) fn end_retention(organisation: &mut Organisation) {
    let now = organisation.clock.now();
    let over = |deleted: Timestamp| now >= after(deleted, RETENTION);
    let objects = &mut organisation.objects;
    let graph = &mut objects.graph;
    let count = |applications: usize, graph: &GraphObjects| {
        applications + graph.deleted_principals.len() + graph.groups.len()
    };
    let before = count(objects.applications.len(), graph);
    objects.applications.retain(|object| {
        let gone = object.deleted.is_some_and(over);
        if gone {
            forget_application(graph, &object.id);
        }
        !gone
    });
    let (gone, kept) = std::mem::take(&mut graph.deleted_principals)
        .into_iter()
        .partition::<Vec<_>, _>(|held| over(held.deleted));
    graph.deleted_principals = kept;
    for held in gone {
        forget_principal(graph, &held.object.id);
    }
    graph.groups.retain(|group| !group.deleted.is_some_and(over));
    if count(objects.applications.len(), graph) < before {
        organisation.touch();
    }
}

fn forget_application(graph: &mut GraphObjects, id: &str) {
    graph.application_owners.remove(id);
    graph.app_policy_links.remove(id);
    graph.federated_credentials.remove(id);
}

fn forget_principal(graph: &mut GraphObjects, id: &str) {
    graph.principal_owners.remove(id);
    graph.principals.remove(id);
}

/// Where a deleted object is.
enum Found {
    Application(usize),
    ServicePrincipal(usize),
    Group(usize),
    User(usize),
}

fn find(organisation: &mut Organisation, key: &Key) -> Result<Found, Failure> {
    end_retention(organisation);
    let objects = &organisation.objects;
    let same = |id: &str| id.eq_ignore_ascii_case(&key.value);
    let application = || {
        let mut all = objects.applications.iter();
        all.position(|object| object.deleted.is_some() && same(&object.id))
    };
    let principal = || {
        let mut all = objects.graph.deleted_principals.iter();
        all.position(|held| same(&held.object.id))
    };
    let group = || {
        let mut all = objects.graph.groups.iter();
        all.position(|group| group.deleted.is_some() && same(&group.id))
    };
    let user = || {
        let directory = &organisation.directory;
        let found = directory.by_id_of_any(IdKind::Directory, &key.value)?;
        let entry = directory.entry(found)?;
        is_deleted_user(organisation, entry).then_some(found)
    };
    application()
        .map(Found::Application)
        .or_else(|| principal().map(Found::ServicePrincipal))
        .or_else(|| group().map(Found::Group))
        .or_else(|| user().map(Found::User))
        .ok_or_else(|| not_found(&key.value))
}

/// Whether a user was deleted and can still be restored.
fn is_deleted_user(organisation: &Organisation, entry: &Entry) -> bool {
    let now = organisation.clock.now();
    entry.kind.is_user()
        && entry
            .removal()
            .is_some_and(|removal| removal.kept == Kept::SoftDeleted && now < after(removal.at, RETENTION))
}

fn user(organisation: &Organisation, position: usize) -> Value {
    let mut shown = objects::user::shown(organisation, position, None);
    let removal = organisation.directory.entry(position).and_then(Entry::removal);
    shown["deletedDateTime"] = removal.map(|removal| graph_time(removal.at)).into();
    shown
}

fn principal(organisation: &Organisation, at: usize) -> Value {
    let held = &organisation.objects.graph.deleted_principals[at];
    let mut shown = service_principal::shown(organisation, &held.object);
    shown["deletedDateTime"] = graph_time(held.deleted).into();
    shown
}

/// An object with its type, as a collection of directory objects shows it.
fn typed(organisation: &Organisation, found: &Found) -> Value {
    let (kind, mut shown) = match found {
        Found::Application(at) => (
            "application",
            application::shown(&organisation.objects.applications[*at]),
        ),
        Found::ServicePrincipal(at) => ("servicePrincipal", principal(organisation, *at)),
        Found::Group(at) => (
            "group",
            group::of_directory(&organisation.objects.graph.groups[*at]),
        ),
        Found::User(at) => ("user", user(organisation, *at)),
    };
    shown["@odata.type"] = format!("#microsoft.graph.{kind}").into();
    shown
}

/// `GET /directory/deletedItems/microsoft.graph.application` and the other types.
pub(super) fn list(organisation: &mut Organisation, call: &Call, caller: &Caller, of: Of) -> Answer {
    let readers: &[&str] = match of {
        Of::Group => &GROUP_READERS,
        Of::User => &super::users::READERS,
        Of::Application | Of::ServicePrincipal => &READERS,
    };
    if !caller.holds(&READERS[2..]) && !caller.holds(readers) {
        return Err(denied());
    }
    end_retention(organisation);
    let organisation = &*organisation;
    let objects = &organisation.objects;
    let deleted = match of {
        Of::Application => {
            let all = objects
                .applications
                .iter()
                .filter(|object| object.deleted.is_some());
            all.map(application::shown).collect()
        }
        Of::ServicePrincipal => (0..objects.graph.deleted_principals.len())
            .map(|at| principal(organisation, at))
            .collect(),
        Of::Group => {
            let all = objects
                .graph
                .groups
                .iter()
                .filter(|group| group.deleted.is_some());
            all.map(group::of_directory).collect()
        }
        Of::User => {
            let all = organisation.directory.entries().iter().enumerate();
            let deleted = all.filter(|(_, entry)| is_deleted_user(organisation, entry));
            deleted
                .map(|(position, _)| user(organisation, position))
                .collect()
        }
    };
    let (set, kind) = of.set_and_kind();
    query::directory(organisation, call, set, kind, deleted)
}

/// `GET /directory/deletedItems/{id}`.
pub(super) fn get(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) && !caller.holds(&GROUP_READERS) {
        return Err(denied());
    }
    let found = find(organisation, key)?;
    let shown = typed(organisation, &found);
    Ok(query::object(
        organisation,
        call,
        200,
        "directoryObjects/$entity",
        shown,
    ))
}

fn may_change(organisation: &Organisation, caller: &Caller, found: &Found) -> Result<(), Failure> {
    let may = match found {
        Found::Application(at) => {
            application::may_change(organisation, caller, &organisation.objects.applications[*at])
        }
        Found::ServicePrincipal(at) => {
            let id = &organisation.objects.graph.deleted_principals[*at].object.id;
            service_principal::may_change(organisation, caller, id)
        }
        Found::Group(at) => groups::may_change(caller, &organisation.objects.graph.groups[*at]),
        Found::User(_) => users::may_administer(caller),
    };
    may.then_some(()).ok_or_else(denied)
}

/// `POST /directory/deletedItems/{id}/restore`. The enterprise application does not come back with its registration;
/// whether it does in the real directory is UNVERIFIED.
pub(super) fn restore(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let found = find(organisation, key)?;
    may_change(organisation, caller, &found)?;
    let mut shown = typed(organisation, &found);
    shown["deletedDateTime"] = Value::Null;
    let visible_at = organisation.visible_at();
    let objects = &mut organisation.objects;
    match found {
        Found::Application(at) => {
            objects.applications[at].deleted = None;
            objects.applications[at].visible_at = visible_at;
        }
        Found::ServicePrincipal(at) => {
            let app_id = &objects.graph.deleted_principals[at].object.app_id;
            if objects.service_principal_by_app_id(app_id).is_some() {
                return Err(service_principals::name_in_use(app_id));
            }
            let mut object = objects.graph.deleted_principals.remove(at).object;
            object.visible_at = visible_at;
            objects.service_principals.push(object);
        }
        Found::Group(at) => {
            objects.graph.groups[at].deleted = None;
            objects.graph.groups[at].visible_at = visible_at;
        }
        Found::User(at) => {
            let mut changes = organisation
                .directory
                .entry(at)
                .map(Entry::changes)
                .unwrap_or_default();
            changes.removed = None;
            change_recipient(organisation, at, changes);
        }
    }
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        200,
        "directoryObjects/$entity",
        shown,
    ))
}

/// `DELETE /directory/deletedItems/{id}`: for good, which also frees the unique name.
pub(super) fn purge(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    let found = find(organisation, key)?;
    may_change(organisation, caller, &found)?;
    let graph = &mut organisation.objects.graph;
    match found {
        Found::Application(at) => {
            let id = organisation.objects.applications.remove(at).id;
            forget_application(graph, &id);
        }
        Found::ServicePrincipal(at) => {
            let id = graph.deleted_principals.remove(at).object.id;
            forget_principal(graph, &id);
        }
        Found::Group(at) => {
            graph.groups.remove(at);
        }
        Found::User(at) => {
            let mut changes = organisation
                .directory
                .entry(at)
                .map(Entry::changes)
                .unwrap_or_default();
            changes.removed = Some(Removal {
                at: organisation.clock.now(),
                kept: Kept::Not,
            });
            change_recipient(organisation, at, changes);
        }
    }
    organisation.touch();
    Ok(Reply::empty(204))
}
