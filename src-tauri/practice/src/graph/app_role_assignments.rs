//! Application permissions, granted and taken back (microsoft-facts §2.3).

use serde_json::{Value, json};

use super::failure::{Answer, bad_request, denied, not_found};
use super::{Key, query, service_principals};
use crate::bearer::Caller;
use crate::clock::graph_time;
use crate::objects::AppRoleAssignment;
use crate::organisation::{Organisation, new_id, text};
use crate::people::{CONSENT_ROLES, GRAPH_CONSENT_ROLES};
use crate::permissions::{GRAPH, resource_by_app_id};
use crate::wire::{Call, Reply};

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

/// `GET /servicePrincipals/{…}/appRoleAssignments`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "Directory.Read.All",
    ]) {
        return Err(denied());
    }
    let id = organisation.objects.service_principals[service_principals::find(organisation, key)?]
        .id
        .clone();
    let held = organisation
        .objects
        .app_role_assignments
        .iter()
        .filter(|held| held.principal_id == id);
    let context = format!("servicePrincipals('{id}')/appRoleAssignments");
    query::collection(
        organisation,
        call,
        &context,
        held.map(|held| shown(organisation, held)).collect(),
    )
}

/// `POST /servicePrincipals/{…}/appRoleAssignments`, or `…/appRoleAssignedTo` of the resource.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&["AppRoleAssignment.ReadWrite.All"]) {
        return Err(denied());
    }
    service_principals::find(organisation, key)?;
    let body = call
        .json()
        .ok_or_else(|| bad_request("Unable to read JSON request payload."))?;
    let field = |name: &str| text(&body, name).map(str::to_owned).unwrap_or_default();
    let (principal_id, resource_id, role_id) =
        (field("principalId"), field("resourceId"), field("appRoleId"));
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
    if resource_by_app_id(&resource_app_id)
        .and_then(|resource| resource.role_by_id(&role_id))
        .is_none()
    {
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
        "appRoleAssignments/$entity",
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
