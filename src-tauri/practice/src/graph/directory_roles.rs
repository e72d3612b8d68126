//! The directory roles in force, their templates and their members (microsoft-facts §2.7 and §2.8).

use serde_json::{Value, json};

use super::failure::{Answer, Failure, bad_request, denied, duplicate_reference, not_found};
use super::objects::any;
use super::objects::directory_role::{description, role_by_id, shown};
use super::path::Key;
use super::{body, query, role_management};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::people::roles::{Role, all_roles, role_by_template};
use crate::wire::{Call, Reply};

const READERS: [&str; 5] = [
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagement.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

fn may_read(caller: &Caller) -> Result<(), Failure> {
    caller.holds(&READERS).then_some(()).ok_or_else(denied)
}

fn find(key: &Key) -> Result<Role, Failure> {
    let found = match key.name.as_deref() {
        None => role_by_id(&key.value),
        Some(name) if name.eq_ignore_ascii_case("roleTemplateId") => role_by_template(&key.value),
        Some(_) => None,
    };
    found.ok_or_else(|| not_found(&key.value))
}

/// `GET /directoryRoles`: only roles that somebody holds are there; a role nobody was ever given is not.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let held = &organisation.objects.directory_roles;
    let activated =
        all_roles().filter(|role| held.iter().any(|held| held.role_template_id == role.template_id));
    query::directory(
        organisation,
        call,
        "directoryRoles",
        "directoryRole",
        activated.map(shown).collect(),
    )
}

/// `GET /directoryRoles/{id}` and `(roleTemplateId='…')`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    Ok(query::object(
        organisation,
        call,
        200,
        "directoryRoles/$entity",
        shown(find(key)?),
    ))
}

/// `GET /directoryRoles/{…}/members`: who holds the role in force.
pub(super) fn members(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let role = find(key)?;
    let held = organisation.objects.directory_roles.iter();
    let members =
        held.filter(|held| organisation.in_force(held) && held.role_template_id == role.template_id);
    let objects = members
        .filter_map(|held| any::shown(organisation, &held.principal_id))
        .collect();
    query::directory(organisation, call, "directoryObjects", "", objects)
}

/// `POST /directoryRoles`: makes a role that nobody held yet appear. Every role of this organisation can be given at
/// once, so that nothing else comes of it.
pub(super) fn activate(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    role_management::may_assign(caller)?;
    let body = body::object(call)?;
    let wanted = body
        .get("roleTemplateId")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let role = role_by_template(wanted).ok_or_else(|| not_found(wanted))?;
    Ok(query::object(
        organisation,
        call,
        201,
        "directoryRoles/$entity",
        shown(role),
    ))
}

/// `POST /directoryRoles/{…}/members/$ref`: the older way to give a role.
pub(super) fn add(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    role_management::may_assign(caller)?;
    let role = find(key)?;
    let principal = body::reference(call)?.to_lowercase();
    let kind = any::kind(organisation, &principal).ok_or_else(|| not_found(&principal))?;
    if kind != "user" && kind != "servicePrincipal" {
        return Err(bad_request(
            "The reference target type is not allowed for the 'members' property.",
        ));
    }
    if organisation.has_any_role(&principal, &[role]) {
        return Err(duplicate_reference("members"));
    }
    role_management::give(organisation, &principal, &role)?;
    Ok(Reply::empty(204))
}

/// `DELETE /directoryRoles/{…}/members/{id}/$ref`.
pub(super) fn remove(organisation: &mut Organisation, caller: &Caller, key: &Key, member: &Key) -> Answer {
    role_management::may_assign(caller)?;
    let role = find(key)?;
    let held = &mut organisation.objects.directory_roles;
    let before = held.len();
    held.retain(|held| {
        let same = held.principal_id.eq_ignore_ascii_case(&member.value)
            && held.role_template_id == role.template_id;
        !(same && held.active)
    });
    if held.len() == before {
        return Err(not_found(&member.value));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}

fn template(role: Role) -> Value {
    json!({
        "id": role.template_id,
        "deletedDateTime": null,
        "description": description(&role),
        "displayName": role.display_name,
    })
}

/// `GET /directoryRoleTemplates`.
pub(super) fn templates(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let all = all_roles().map(template).collect();
    query::directory(
        organisation,
        call,
        "directoryRoleTemplates",
        "directoryRoleTemplate",
        all,
    )
}

/// `GET /directoryRoleTemplates/{id}`.
pub(super) fn get_template(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let role = role_by_template(&key.value).ok_or_else(|| not_found(&key.value))?;
    Ok(query::object(
        organisation,
        call,
        200,
        "directoryRoleTemplates/$entity",
        template(role),
    ))
}
