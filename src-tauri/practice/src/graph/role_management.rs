//! Directory roles as `roleManagement/directory` shows and changes them: definitions, assignments, and the eligible
//! roles that a person activates (microsoft-facts §2.8, PIM).

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, list_full, not_found};
use super::objects::{any, directory_role, group};
use super::path::Key;
use super::{body, query, schema};
use crate::access::bearer::Caller;
use crate::clock::graph_time;
use crate::organisation::Organisation;
use crate::organisation::graph::{OBJECTS_AT_MOST, ScheduleRequest};
use crate::organisation::ids::new_id;
use crate::organisation::registrations::DirectoryRoleAssignment;
use crate::people::roles::{
    GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR, Role, all_roles, role_by_template,
};
use crate::scenario::PeoplesRoles;
use crate::wire::{Call, Reply};

const READERS: [&str; 8] = [
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagement.Read.All",
    "RoleAssignmentSchedule.Read.Directory",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleEligibilitySchedule.Read.Directory",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
const WRITERS: [&str; 1] = ["RoleManagement.ReadWrite.Directory"];
const ACTIVATORS: [&str; 2] = [
    "RoleManagement.ReadWrite.Directory",
    "RoleAssignmentSchedule.ReadWrite.Directory",
];
const ADMINISTRATORS: [Role; 2] = [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR];

fn may_read(caller: &Caller) -> Result<(), Failure> {
    caller.holds(&READERS).then_some(()).ok_or_else(denied)
}

fn definition(role: &Role) -> Value {
    json!({
        "id": role.template_id,
        "description": directory_role::description(role),
        "displayName": role.display_name,
        "isBuiltIn": true,
        "isEnabled": true,
        "resourceScopes": ["/"],
        "rolePermissions": [],
        "templateId": role.template_id,
        "version": "1",
    })
}

/// `GET /roleManagement/directory/roleDefinitions`.
pub(super) fn definitions(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let all = all_roles().map(|role| definition(&role)).collect();
    let context = "roleManagement/directory/roleDefinitions";
    query::directory(organisation, call, context, "unifiedRoleDefinition", all)
}

/// `GET /roleManagement/directory/roleDefinitions/{id}`.
pub(super) fn get_definition(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let role = role_by_template(&key.value).ok_or_else(|| not_found(&key.value))?;
    let context = "roleManagement/directory/roleDefinitions/$entity";
    Ok(query::object(organisation, call, 200, context, definition(&role)))
}

/// An assignment as Graph shows it, with what `$expand` asks for.
fn assignment(organisation: &Organisation, call: &Call, held: &DirectoryRoleAssignment) -> Value {
    let shown = json!({
        "id": held.id,
        "principalId": held.principal_id,
        "directoryScopeId": "/",
        "roleDefinitionId": held.role_template_id,
    });
    expanded(organisation, call, held, shown)
}

fn expanded(
    organisation: &Organisation,
    call: &Call,
    held: &DirectoryRoleAssignment,
    mut shown: Value,
) -> Value {
    let narrowed = |object: Value, names: Option<Vec<String>>| match names {
        Some(names) => query::only(object, &names),
        None => object,
    };
    if let Some(names) = query::expands(call, "roleDefinition")
        && let Some(role) = role_by_template(&held.role_template_id)
    {
        shown["roleDefinition"] = narrowed(definition(&role), names);
    }
    if let Some(names) = query::expands(call, "principal") {
        let principal = any::shown(organisation, &held.principal_id);
        shown["principal"] = principal.map_or(Value::Null, |principal| narrowed(principal, names));
    }
    shown
}

/// `GET /roleManagement/directory/roleAssignments`: roles in force only.
pub(super) fn assignments(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let held = organisation
        .objects
        .directory_roles
        .iter()
        .filter(|held| organisation.in_force(held));
    let all = held.map(|held| assignment(organisation, call, held)).collect();
    let context = "roleManagement/directory/roleAssignments";
    query::directory(organisation, call, context, "unifiedRoleAssignment", all)
}

/// `GET /roleManagement/directory/roleAssignments/{id}`.
pub(super) fn get_assignment(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let mut all = organisation.objects.directory_roles.iter();
    let held = all
        .find(|held| organisation.in_force(held) && held.id == key.value)
        .ok_or_else(|| not_found(&key.value))?;
    let context = "roleManagement/directory/roleAssignments/$entity";
    let shown = assignment(organisation, call, held);
    Ok(query::object(organisation, call, 200, context, shown))
}

/// Whether the caller may give directory roles to others.
pub(super) fn may_assign(caller: &Caller) -> Result<(), Failure> {
    let may = caller.holds(&WRITERS) && caller.has_role(&ADMINISTRATORS);
    may.then_some(()).ok_or_else(denied)
}

fn required<'a>(body: &'a Map<String, Value>, name: &str, kind: &str) -> Result<&'a str, Failure> {
    body.get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .ok_or_else(|| {
            bad_request(format!(
                "A value is required for property '{name}' of resource '{kind}'."
            ))
        })
}

/// `POST /roleManagement/directory/roleAssignments`, for people, enterprise applications and role-assignable groups. A
/// group's role is listed as the group's, not as its members'; what it lets the members do isn't played.
pub(super) fn assign(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    may_assign(caller)?;
    let body = schema::checked("unifiedRoleAssignment", body::object(call)?)?;
    let principal = required(&body, "principalId", "RoleAssignment")?;
    let wanted = required(&body, "roleDefinitionId", "RoleAssignment")?;
    if body.get("directoryScopeId").and_then(Value::as_str) != Some("/") {
        return Err(bad_request(
            "The only supported value of 'directoryScopeId' here is '/'.",
        ));
    }
    let role = role_by_template(wanted).ok_or_else(|| not_found(wanted))?;
    let kind = any::kind(organisation, principal).ok_or_else(|| not_found(principal))?;
    let assignable = kind == "group" && group::is_role_assignable(organisation, principal);
    if kind != "user" && kind != "servicePrincipal" && !assignable {
        // The rule is Entra's (entra docs, `groups-concept`); its words are UNVERIFIED.
        return Err(bad_request(
            "The principal of a role assignment must be a user, a service principal or a role-assignable group.",
        ));
    }
    let principal = principal.to_lowercase();
    let exists = organisation.objects.directory_roles.iter().any(|held| {
        held.active && held.principal_id == principal && held.role_template_id == role.template_id
    });
    if exists {
        return Err(bad_request(
            "A conflicting object with one or more of the specified property values is present in the directory.",
        ));
    }
    let held = give(organisation, &principal, &role)?;
    let shown = assignment(organisation, call, &held);
    let context = "roleManagement/directory/roleAssignments/$entity";
    Ok(query::object(organisation, call, 201, context, shown))
}

/// Gives somebody a directory role.
pub(super) fn give(
    organisation: &mut Organisation,
    principal: &str,
    role: &Role,
) -> Result<DirectoryRoleAssignment, Failure> {
    let roles = &mut organisation.objects.directory_roles;
    if roles.len() >= OBJECTS_AT_MOST {
        return Err(list_full("roleAssignments"));
    }
    let held = DirectoryRoleAssignment {
        id: new_id(),
        principal_id: principal.to_owned(),
        role_template_id: role.template_id.to_owned(),
        active: true,
    };
    roles.push(held.clone());
    organisation.touch();
    Ok(held)
}

/// `DELETE /roleManagement/directory/roleAssignments/{id}`.
pub(super) fn unassign(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    may_assign(caller)?;
    let before = organisation.objects.directory_roles.len();
    organisation
        .objects
        .directory_roles
        .retain(|held| !held.active || held.id != key.value);
    if organisation.objects.directory_roles.len() == before {
        return Err(not_found(&key.value));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}

/// Which of the two lists of instances is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Instances {
    Eligible,
    Assigned,
}

/// `GET …/roleEligibilityScheduleInstances` and `…/roleAssignmentScheduleInstances`, of everybody or, with
/// `filterByCurrentUser(on='principal')`, of the caller.
pub(super) fn instances(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    which: Instances,
    on: Option<&Key>,
) -> Answer {
    if on.is_none() {
        may_read(caller)?;
    } else if !caller.holds(&READERS) && !caller.holds(&ACTIVATORS) {
        return Err(denied());
    }
    if let Some(key) = on
        && !(key.name.as_deref() == Some("on") && key.value == "principal")
    {
        return Err(bad_request("Invalid value specified for parameter 'on'."));
    }
    let active = which == Instances::Assigned;
    let held = organisation.objects.directory_roles.iter().filter(|held| {
        let shown = if active {
            organisation.in_force(held)
        } else {
            organisation.is_eligible(held)
        };
        shown && (on.is_none() || held.principal_id == caller.id())
    });
    let all = held.map(|held| {
        let schedule = if active {
            "roleAssignmentScheduleId"
        } else {
            "roleEligibilityScheduleId"
        };
        let mut shown = json!({
            "id": held.id,
            "principalId": held.principal_id,
            "roleDefinitionId": held.role_template_id,
            "directoryScopeId": "/",
            "appScopeId": null,
            "startDateTime": "2024-02-01T08:00:00Z",
            "endDateTime": null,
            "memberType": "Direct",
        });
        shown[schedule] = json!(held.id);
        if active {
            shown["assignmentType"] = json!(if is_activation(organisation, held) {
                "Activated"
            } else {
                "Assigned"
            });
            shown["roleAssignmentOriginId"] = json!(held.id);
        }
        expanded(organisation, call, held, shown)
    });
    let (list, kind) = match which {
        Instances::Eligible => (
            "roleEligibilityScheduleInstances",
            "unifiedRoleEligibilityScheduleInstance",
        ),
        Instances::Assigned => (
            "roleAssignmentScheduleInstances",
            "unifiedRoleAssignmentScheduleInstance",
        ),
    };
    let context = match on {
        None => format!("roleManagement/directory/{list}"),
        Some(_) => format!("Collection(microsoft.graph.{kind})"),
    };
    query::directory(organisation, call, &context, kind, all.collect())
}

/// Whether a role in force is an activation of an eligible one.
fn is_activation(organisation: &Organisation, held: &DirectoryRoleAssignment) -> bool {
    organisation.objects.directory_roles.iter().any(|other| {
        !other.active
            && other.principal_id == held.principal_id
            && other.role_template_id == held.role_template_id
    })
}

/// Whether the scenario, not the directory, says that roles are eligible only.
fn is_by_scenario(organisation: &Organisation) -> bool {
    organisation.scenario.peoples_roles == PeoplesRoles::Eligible
}

fn request(held: &ScheduleRequest) -> Value {
    json!({
        "id": held.id,
        "status": "Provisioned",
        "createdDateTime": graph_time(held.created),
        "completedDateTime": graph_time(held.created),
        "approvalId": null,
        "customData": null,
        "action": held.action,
        "principalId": held.principal_id,
        "roleDefinitionId": held.role_template_id,
        "directoryScopeId": "/",
        "appScopeId": null,
        "isValidationOnly": false,
        "targetScheduleId": held.id,
        "justification": held.justification,
        "createdBy": {"application": null, "device": null,
            "user": {"displayName": null, "id": held.created_by}},
        "scheduleInfo": {"startDateTime": graph_time(held.created), "recurrence": null,
            "expiration": {"type": "afterDuration", "endDateTime": null, "duration": "PT8H"}},
        "ticketInfo": {"ticketNumber": null, "ticketSystem": null},
    })
}

const REQUESTS: &str = "roleManagement/directory/roleAssignmentScheduleRequests";

/// `GET /roleManagement/directory/roleAssignmentScheduleRequests`.
pub(super) fn requests(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let all = organisation
        .objects
        .graph
        .schedule_requests
        .iter()
        .map(request)
        .collect();
    query::directory(
        organisation,
        call,
        REQUESTS,
        "unifiedRoleAssignmentScheduleRequest",
        all,
    )
}

/// `GET /roleManagement/directory/roleAssignmentScheduleRequests/{id}`.
pub(super) fn get_request(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let mut all = organisation.objects.graph.schedule_requests.iter();
    let held = all
        .find(|held| held.id == key.value)
        .ok_or_else(|| not_found(&key.value))?;
    let context = format!("{REQUESTS}/$entity");
    Ok(query::object(organisation, call, 200, &context, request(held)))
}

/// `POST /roleManagement/directory/roleAssignmentScheduleRequests`: a person activates or deactivates a role that they
/// are eligible for, or an administrator assigns or removes one. An activation stays in force until it is taken back.
pub(super) fn make_request(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&ACTIVATORS) {
        return Err(denied());
    }
    let body = schema::checked("unifiedRoleAssignmentScheduleRequest", body::object(call)?)?;
    let kind = "RoleAssignmentScheduleRequest";
    let action = required(&body, "action", kind)?.to_owned();
    let principal = required(&body, "principalId", kind)?.to_lowercase();
    let wanted = required(&body, "roleDefinitionId", kind)?;
    let role = role_by_template(wanted).ok_or_else(|| not_found(wanted))?;
    let holds = |passes: &dyn Fn(&DirectoryRoleAssignment) -> bool| {
        organisation.objects.directory_roles.iter().any(|held| {
            held.principal_id == principal && held.role_template_id == role.template_id && passes(held)
        })
    };
    let eligible = holds(&|held| organisation.is_eligible(held));
    let active = holds(&|held| organisation.in_force(held));
    // When the scenario makes every role eligible, it also keeps who has activated theirs.
    let by_scenario = is_by_scenario(organisation);
    let of_self = action.starts_with("self");
    if of_self && principal != caller.id() {
        return Err(denied());
    }
    if !of_self {
        may_assign(caller)?;
        any::kind(organisation, &principal).ok_or_else(|| not_found(&principal))?;
    }
    match action.as_str() {
        "selfActivate" if !eligible => {
            return Err(Failure::new(
                404,
                "RoleAssignmentDoesNotExist",
                "The Role assignment does not exist.",
            ));
        }
        "selfActivate" | "adminAssign" if active => {
            return Err(Failure::new(
                400,
                "RoleAssignmentExists",
                "The Role assignment already exists.",
            ));
        }
        "selfDeactivate" | "adminRemove" if !active => {
            return Err(Failure::new(
                404,
                "RoleAssignmentDoesNotExist",
                "The Role assignment does not exist.",
            ));
        }
        "selfActivate" | "selfDeactivate" if by_scenario => {
            organisation
                .sign_ins
                .activate_roles(&principal, action == "selfActivate");
        }
        "selfActivate" | "adminAssign" => {
            give(organisation, &principal, &role)?;
        }
        "selfDeactivate" | "adminRemove" => organisation.objects.directory_roles.retain(|held| {
            !(held.active && held.principal_id == principal && held.role_template_id == role.template_id)
        }),
        _ => {
            return Err(bad_request(format!(
                "The action '{action}' is not supported here."
            )));
        }
    }
    let held = ScheduleRequest {
        id: new_id(),
        created: organisation.clock.now(),
        action,
        principal_id: principal,
        role_template_id: role.template_id.to_owned(),
        justification: body
            .get("justification")
            .and_then(Value::as_str)
            .map(str::to_owned),
        created_by: caller.id().to_owned(),
    };
    let answer = request(&held);
    let requests = &mut organisation.objects.graph.schedule_requests;
    if requests.len() >= OBJECTS_AT_MOST {
        requests.remove(0);
    }
    requests.push(held);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        201,
        &format!("{REQUESTS}/$entity"),
        answer,
    ))
}
