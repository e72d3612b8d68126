//! Application permissions, granted and taken back (microsoft-facts §2.3).

use serde_json::{Value, json};

use super::failure::{Answer, bad_request, denied, not_found, quota};
use super::objects::service_principal;
use super::path::Key;
use super::{body, query, schema};
use crate::access::bearer::Caller;
use crate::clock::graph_time;
use crate::organisation::Organisation;
use crate::organisation::graph::OBJECTS_AT_MOST;
use crate::organisation::ids::new_id;
use crate::organisation::registrations::AppRoleAssignment;
use crate::people::roles::{CONSENT_ROLES, GRAPH_CONSENT_ROLES};
use crate::published::permissions::{GRAPH, resource_by_app_id};
use crate::wire::{Call, Reply, text};

/// A grant as Graph shows it.
fn shown(organisation: &Organisation, held: &AppRoleAssignment) -> Value {
    let name = |id: &str| {
        organisation
            .objects
            .service_principal(id)
            .map(|found| found.display_name.clone())
    };
    json!({
        "id": held.id,
        "deletedDateTime": null,
        "appRoleId": held.app_role_id,
        "createdDateTime": graph_time(held.created),
        "principalDisplayName": name(&held.principal_id),
        "principalId": held.principal_id,
        "principalType": "ServicePrincipal",
        "resourceDisplayName": name(&held.resource_id),
        "resourceId": held.resource_id,
    })
}

const READERS: [&str; 5] = [
    "Application.Read.All",
    "Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

/// What an enterprise application was given.
pub(super) fn of_principal(organisation: &Organisation, id: &str) -> Vec<Value> {
    let all = organisation.objects.app_role_assignments.iter();
    all.filter(|held| held.principal_id == id)
        .map(|held| shown(organisation, held))
        .collect()
}

/// What was given of an API.
pub(super) fn of_resource(organisation: &Organisation, id: &str) -> Vec<Value> {
    let all = organisation.objects.app_role_assignments.iter();
    all.filter(|held| held.resource_id == id)
        .map(|held| shown(organisation, held))
        .collect()
}

/// Which side of a grant a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Principal,
    Resource,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Principal => "appRoleAssignments",
            Self::Resource => "appRoleAssignedTo",
        }
    }

    fn all(self, organisation: &Organisation, id: &str) -> Vec<Value> {
        match self {
            Self::Principal => of_principal(organisation, id),
            Self::Resource => of_resource(organisation, id),
        }
    }
}

/// `GET /servicePrincipals/{…}/appRoleAssignments` and `…/appRoleAssignedTo`.
pub(super) fn list(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    side: Side,
    key: &Key,
) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let id = organisation.objects.service_principals[service_principal::find(organisation, key)?]
        .id
        .clone();
    let context = format!("servicePrincipals('{id}')/{}", side.name());
    query::directory(
        organisation,
        call,
        &context,
        "appRoleAssignment",
        side.all(organisation, &id),
    )
}

/// `GET /servicePrincipals/{…}/appRoleAssignments/{id}` and `…/appRoleAssignedTo/{id}`.
pub(super) fn get(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    side: Side,
    key: &Key,
    wanted: &Key,
) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let id = organisation.objects.service_principals[service_principal::find(organisation, key)?]
        .id
        .clone();
    let mut all = side.all(organisation, &id).into_iter();
    let found = all
        .find(|held| held["id"] == wanted.value.as_str())
        .ok_or_else(|| not_found(&wanted.value))?;
    let context = format!("servicePrincipals('{id}')/{}/$entity", side.name());
    Ok(query::object(organisation, call, 200, &context, found))
}

/// `GET /users/{…}/appRoleAssignments`: nobody is assigned to an app here, so that the list is empty.
pub(super) fn of_user(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = super::users::readable(organisation, caller, key)?;
    let id = organisation
        .directory
        .id(crate::people::directory::IdKind::Directory, position);
    let context = format!("users('{id}')/appRoleAssignments");
    query::directory(organisation, call, &context, "appRoleAssignment", Vec::new())
}

/// `POST /servicePrincipals/{…}/appRoleAssignments`, or `…/appRoleAssignedTo` of the resource.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&["AppRoleAssignment.ReadWrite.All"]) {
        return Err(denied());
    }
    let addressed = service_principal::find(organisation, key)?;
    let addressed = organisation.objects.service_principals[addressed].id.clone();
    let body = schema::checked("appRoleAssignment", body::object(call)?)?;
    for required in ["principalId", "resourceId", "appRoleId"] {
        if body.get(required).is_none_or(Value::is_null) {
            return Err(bad_request(format!(
                "A value is required for property '{required}' of resource 'AppRoleAssignment'."
            )));
        }
    }
    let body = Value::Object(body);
    let field = |name: &str| text(&body, name).map(str::to_owned).unwrap_or_default();
    let (principal_id, resource_id, role_id) =
        (field("principalId"), field("resourceId"), field("appRoleId"));
    if addressed != principal_id.to_lowercase() && addressed != resource_id.to_lowercase() {
        return Err(bad_request(
            "The principal or the resource in the body is not the one in the address.",
        ));
    }
    if organisation.objects.app_role_assignments.len() >= OBJECTS_AT_MOST {
        return Err(quota());
    }
    let now = organisation.seen_at();
    let visible = |id: &str| {
        organisation
            .objects
            .service_principal(id)
            .filter(|found| now >= found.visible_at)
            .ok_or_else(|| not_found(id))
    };
    let principal_id = visible(&principal_id)?.id.clone();
    let resource = visible(&resource_id)?;
    // Roles of Microsoft Graph need a stronger administrator than all others (microsoft-facts §2.7).
    let roles = if resource.app_id == GRAPH.app_id {
        &GRAPH_CONSENT_ROLES[..]
    } else {
        &CONSENT_ROLES[..]
    };
    if !caller.has_role(roles) {
        return Err(denied());
    }
    let (resource_id, resource_app_id) = (resource.id.clone(), resource.app_id.clone());
    let own_roles = organisation.objects.application_by_app_id(&resource_app_id);
    let own_roles = own_roles.and_then(|found| found.writable.get("appRoles")?.as_array());
    let published = match resource_by_app_id(&resource_app_id) {
        Some(resource) => resource.role_by_id(&role_id).is_some(),
        None => own_roles.is_some_and(|roles| {
            let same = |role: &Value| text(role, "id").is_some_and(|id| id.eq_ignore_ascii_case(&role_id));
            roles.iter().any(same)
        }),
    };
    if !published {
        return Err(bad_request(format!(
            "Permission being assigned was not found on application '{resource_app_id}'."
        )));
    }
    let duplicate = organisation.objects.app_role_assignments.iter().any(|held| {
        held.principal_id == principal_id
            && held.resource_id == resource_id
            && held.app_role_id.eq_ignore_ascii_case(&role_id)
    });
    if duplicate {
        return Err(bad_request(
            "Permission being assigned already exists on the object",
        ));
    }
    let held = AppRoleAssignment {
        id: new_id(),
        app_role_id: role_id,
        principal_id,
        resource_id,
        created: now,
    };
    let answer = shown(organisation, &held);
    organisation.objects.app_role_assignments.push(held);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        201,
        &format!("servicePrincipals('{addressed}')/appRoleAssignments/$entity"),
        answer,
    ))
}

/// `DELETE /servicePrincipals/{…}/appRoleAssignments/{id}`.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, id: &Key) -> Answer {
    if !caller.holds(&["AppRoleAssignment.ReadWrite.All"]) || !caller.has_role(&CONSENT_ROLES) {
        return Err(denied());
    }
    let before = organisation.objects.app_role_assignments.len();
    organisation
        .objects
        .app_role_assignments
        .retain(|held| held.id != id.value);
    if organisation.objects.app_role_assignments.len() == before {
        return Err(not_found(&id.value));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}
