//! Who is in a group, directly or through other groups, and the changes of that (microsoft-facts §2.9).

use serde_json::{Map, Value};

use super::failure::{Answer, Failure, bad_request, duplicate_reference, list_full, not_found};
use super::groups::{Found, MEMBERS_AT_MOST, find, lookup, may_read, own_position};
use super::path::Key;
use super::{body, directory_objects, query};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::graph::DirectoryGroup;
use crate::people::directory::IdKind;
use crate::wire::{Call, Reply};

const MEMBER_WRITERS: [&str; 3] = [
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "Directory.ReadWrite.All",
];

/// The ids of the direct members.
pub(super) fn member_ids(organisation: &Organisation, found: &Found<'_>) -> Vec<String> {
    match found {
        Found::Directory(group) => group.members.clone(),
        Found::Exchange(group) => group
            .members
            .iter()
            .filter_map(|address| member_id(organisation, address))
            .collect(),
    }
}

fn member_id(organisation: &Organisation, address: &str) -> Option<String> {
    if let Some(at) = organisation.directory.by_address(address) {
        return Some(organisation.directory.id(IdKind::Directory, at));
    }
    let mut groups = organisation.objects.exchange.groups.iter();
    groups
        .find(|group| group.primary_smtp.eq_ignore_ascii_case(address))
        .map(|group| group.guid.clone())
}

/// The ids of all groups that hold this object, directly or, if asked, through other groups.
pub(super) fn holding(organisation: &Organisation, id: &str, transitive: bool) -> Vec<String> {
    let objects = &organisation.objects;
    let now = organisation.seen_at();
    let address_of = |id: &str| {
        let mut groups = objects.exchange.groups.iter();
        organisation
            .directory
            .by_id(IdKind::Directory, id)
            .and_then(|at| organisation.directory.entry(at))
            .map(crate::people::entry::Entry::address)
            .or_else(|| {
                groups
                    .find(|group| group.guid == id)
                    .map(|group| group.primary_smtp.clone())
            })
    };
    let mut found: Vec<String> = Vec::new();
    let mut open = vec![id.to_owned()];
    while let Some(id) = open.pop() {
        let address = address_of(&id);
        let of_exchange = objects
            .exchange
            .groups
            .iter()
            .filter(|group| {
                let same = |member: &String| {
                    address
                        .as_ref()
                        .is_some_and(|address| member.eq_ignore_ascii_case(address))
                };
                group.members.iter().any(same)
            })
            .map(|group| &group.guid);
        let own = objects
            .graph
            .groups
            .iter()
            .filter(|group| group.deleted.is_none() && now >= group.visible_at && group.members.contains(&id))
            .map(|group| &group.id);
        for group in of_exchange.chain(own) {
            // A ring of groups ends where it began.
            if !found.contains(group) {
                found.push(group.clone());
                if transitive {
                    open.push(group.clone());
                }
            }
        }
    }
    found
}

/// The ids of all members, also through other groups.
fn transitive_member_ids(organisation: &Organisation, found: &Found<'_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut open = member_ids(organisation, found);
    while let Some(id) = open.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        if let Some(inner) = lookup(organisation, &id) {
            open.extend(member_ids(organisation, &inner));
        }
        all.push(id);
    }
    all.reverse();
    all
}

/// `GET /groups/{id}/members` and `/transitiveMembers`, with the type that a cast asks for.
pub(super) fn members(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    transitive: bool,
    cast: Option<&str>,
) -> Answer {
    may_read(caller)?;
    let found = find(organisation, &key.value)?;
    let ids = if transitive {
        transitive_member_ids(organisation, &found)
    } else {
        member_ids(organisation, &found)
    };
    let objects = ids
        .iter()
        .filter(|id| cast.is_none() || directory_objects::kind(organisation, id) == cast)
        .filter_map(|id| directory_objects::shown(organisation, id))
        .collect();
    let (context, kind) = match cast {
        Some("user") => ("users", "user"),
        Some("group") => ("groups", "group"),
        _ => ("directoryObjects", ""),
    };
    query::directory(organisation, call, context, kind, objects)
}

/// `GET /groups/{id}/owners`, with the type that a cast asks for.
pub(super) fn owners(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    cast: Option<&str>,
) -> Answer {
    may_read(caller)?;
    let ids = match find(organisation, &key.value)? {
        Found::Directory(group) => group.owners.clone(),
        Found::Exchange(_) => Vec::new(),
    };
    let objects = ids
        .iter()
        .filter(|id| cast.is_none() || directory_objects::kind(organisation, id) == cast)
        .filter_map(|id| directory_objects::shown(organisation, id))
        .collect();
    let (context, kind) = match cast {
        Some("user") => ("users", "user"),
        _ => ("directoryObjects", ""),
    };
    query::directory(organisation, call, context, kind, objects)
}

/// Which list of a group is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Members,
    Owners,
}

impl List {
    fn name(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Owners => "owners",
        }
    }

    fn of(self, group: &mut DirectoryGroup) -> &mut Vec<String> {
        match self {
            Self::Members => &mut group.members,
            Self::Owners => &mut group.owners,
        }
    }
}

/// Objects that one request can bind to a list (Graph's documentation of "Add members").
const BOUND_AT_MOST: usize = 20;

/// The ids that `members@odata.bind` or `owners@odata.bind` names; it is taken out of the body.
///
/// # Errors
/// 400 for more than 20, for what is no list of addresses, and for an object that cannot be in this list; 404 for an
/// object that does not exist.
pub(super) fn bound(
    organisation: &Organisation,
    body: &mut Map<String, Value>,
    list: List,
) -> Result<Vec<String>, Failure> {
    let Some(items) = body.remove(&format!("{}@odata.bind", list.name())) else {
        return Ok(Vec::new());
    };
    let items = items
        .as_array()
        .filter(|items| items.iter().all(Value::is_string))
        .ok_or_else(|| bad_request("The value of an 'odata.bind' annotation must be a list of addresses."))?;
    if items.len() > BOUND_AT_MOST {
        return Err(list_full(list.name()));
    }
    let mut ids = Vec::new();
    for address in items.iter().filter_map(Value::as_str) {
        let id = body::last_key(address).to_lowercase();
        check_target(organisation, &id, list)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// A list with what is added to it.
///
/// # Errors
/// 400 when it holds one of them already, or when it is full.
pub(super) fn extended(held: &[String], added: Vec<String>, list: List) -> Result<Vec<String>, Failure> {
    if added.iter().any(|id| held.contains(id)) {
        return Err(duplicate_reference(list.name()));
    }
    if held.len() + added.len() > MEMBERS_AT_MOST {
        return Err(list_full(list.name()));
    }
    Ok([held, &added].concat())
}

/// Refuses an object that does not exist or cannot be in a list of this kind.
fn check_target(organisation: &Organisation, id: &str, list: List) -> Result<(), Failure> {
    let kind = directory_objects::kind(organisation, id).ok_or_else(|| not_found(id))?;
    if kind == "application" || kind == "directoryRole" || list == List::Owners && kind == "group" {
        return Err(target_not_allowed(list));
    }
    Ok(())
}

fn target_not_allowed(list: List) -> Failure {
    bad_request(format!(
        "The reference target type is not allowed for the '{}' property.",
        list.name()
    ))
}

/// `POST /groups/{id}/members/$ref` and `…/owners/$ref`.
pub(super) fn add(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    list: List,
) -> Answer {
    let at = own_position(organisation, caller, &MEMBER_WRITERS, key)?;
    let id = body::reference(call)?.to_lowercase();
    check_target(organisation, &id, list)?;
    if organisation.objects.graph.groups[at].id == id {
        return Err(target_not_allowed(list));
    }
    let held = list.of(&mut organisation.objects.graph.groups[at]);
    *held = extended(held, vec![id], list)?;
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `DELETE /groups/{id}/members/{member}/$ref` and `…/owners/{owner}/$ref`.
pub(super) fn remove(
    organisation: &mut Organisation,
    caller: &Caller,
    key: &Key,
    id: &Key,
    list: List,
) -> Answer {
    let at = own_position(organisation, caller, &MEMBER_WRITERS, key)?;
    let held = list.of(&mut organisation.objects.graph.groups[at]);
    let before = held.len();
    held.retain(|held| !held.eq_ignore_ascii_case(&id.value));
    if held.len() == before {
        return Err(not_found(&id.value));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}
