//! A directory role: as Graph shows it, and its object id.

use serde_json::{Value, json};

use crate::organisation::ids::stable_id;
use crate::people::roles::{Role, all_roles};

/// The object id of a role, which differs from its template's id.
pub(crate) fn role_id(role: &Role) -> String {
    stable_id(0, role.template_id)
}

/// The role with this object id.
pub(crate) fn role_by_id(id: &str) -> Option<Role> {
    all_roles().find(|role| role_id(role).eq_ignore_ascii_case(id))
}

/// A role as Graph shows it.
pub(crate) fn shown(role: Role) -> Value {
    json!({
        "id": role_id(&role),
        "deletedDateTime": null,
        "description": description(&role),
        "displayName": role.display_name,
        "roleTemplateId": role.template_id,
    })
}

/// A role's description, in this organisation's own words.
pub(crate) fn description(role: &Role) -> String {
    format!("Holds the rights of the role {}.", role.display_name)
}
