//! Who is in a group, directly or through other groups, and the changes of that (microsoft-facts §2.9).

use super::failure::{Answer, not_found};
use super::group_lists::{List, check_target, extended, member_ids, target_not_allowed};
use super::groups::{may_read, own_position};
use super::objects::any;
use super::objects::group::{Found, find, lookup};
use super::path::Key;
use super::{body, query};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::people::directory::IdKind;
use crate::wire::{Call, Reply};

const MEMBER_WRITERS: [&str; 3] = [
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "Directory.ReadWrite.All",
];

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
        .filter(|id| cast.is_none() || any::kind(organisation, id) == cast)
        .filter_map(|id| any::shown(organisation, id))
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
        .filter(|id| cast.is_none() || any::kind(organisation, id) == cast)
        .filter_map(|id| any::shown(organisation, id))
        .collect();
    let (context, kind) = match cast {
        Some("user") => ("users", "user"),
        _ => ("directoryObjects", ""),
    };
    query::directory(organisation, call, context, kind, objects)
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
