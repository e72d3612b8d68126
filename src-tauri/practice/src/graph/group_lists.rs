//! The two lists of a group, its members and its owners: who is in them, and what can be added.

use serde_json::{Map, Value};

use super::body;
use super::failure::{Failure, bad_request, duplicate_reference, list_full, not_found};
use super::objects::any;
use super::objects::group::Found;
use crate::organisation::Organisation;
use crate::organisation::graph::DirectoryGroup;
use crate::people::directory::IdKind;

/// Members that Graph takes into one group here.
pub(super) const MEMBERS_AT_MOST: usize = 5_000;

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

    pub(super) fn of(self, group: &mut DirectoryGroup) -> &mut Vec<String> {
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
pub(super) fn check_target(organisation: &Organisation, id: &str, list: List) -> Result<(), Failure> {
    let kind = any::kind(organisation, id).ok_or_else(|| not_found(id))?;
    if kind == "application" || kind == "directoryRole" || list == List::Owners && kind == "group" {
        return Err(target_not_allowed(list));
    }
    Ok(())
}

/// 400: an object of this type can't be in such a list.
pub(super) fn target_not_allowed(list: List) -> Failure {
    bad_request(format!(
        "The reference target type is not allowed for the '{}' property.",
        list.name()
    ))
}
