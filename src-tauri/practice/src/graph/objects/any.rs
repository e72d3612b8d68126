//! Any object of the directory, by its id: its type, and as a collection of objects of every type shows it.

use serde_json::{Map, Value, json};

use super::{application, directory_role, group, service_principal, user};
use crate::organisation::Organisation;
use crate::people::directory::IdKind;

/// The type of the object with this id, without its namespace.
pub(crate) fn kind(organisation: &Organisation, id: &str) -> Option<&'static str> {
    let objects = &organisation.objects;
    if user::find(organisation, id).is_some() {
        Some("user")
    } else if group::exists(organisation, id) {
        Some("group")
    } else if objects.service_principal(id).is_some() {
        Some("servicePrincipal")
    } else if objects
        .applications
        .iter()
        .any(|object| object.deleted.is_none() && object.id.eq_ignore_ascii_case(id))
    {
        Some("application")
    } else if directory_role::role_by_id(id).is_some() {
        Some("directoryRole")
    } else {
        None
    }
}

/// The object with this id as a collection of directory objects shows it, with its type.
pub(crate) fn shown(organisation: &Organisation, id: &str) -> Option<Value> {
    let objects = &organisation.objects;
    let kind = kind(organisation, id)?;
    let object = match kind {
        "user" => user::shown(
            organisation,
            organisation.directory.by_id(IdKind::Directory, id)?,
            None,
        ),
        "group" => group::shown_by_id(organisation, id)?,
        "servicePrincipal" => service_principal::shown(organisation, objects.service_principal(id)?),
        "application" => application::shown(
            objects
                .applications
                .iter()
                .find(|object| object.id.eq_ignore_ascii_case(id))?,
        ),
        _ => directory_role::shown(directory_role::role_by_id(id)?),
    };
    let mut typed = Map::new();
    typed.insert("@odata.type".into(), json!(format!("#microsoft.graph.{kind}")));
    if let Value::Object(object) = object {
        typed.extend(object);
    }
    Some(Value::Object(typed))
}

/// Everything that somebody owns.
pub(crate) fn owned_by(organisation: &Organisation, id: &str) -> Vec<Value> {
    let graph = &organisation.objects.graph;
    let owns = |owners: &Vec<String>| owners.iter().any(|owner| owner.eq_ignore_ascii_case(id));
    let lists = graph.application_owners.iter().chain(&graph.principal_owners);
    let groups = graph
        .groups
        .iter()
        .filter(|group| owns(&group.owners))
        .map(|group| &group.id);
    lists
        .filter(|(_, owners)| owns(owners))
        .map(|(object, _)| object)
        .chain(groups)
        .filter_map(|object| shown(organisation, object))
        .collect()
}
