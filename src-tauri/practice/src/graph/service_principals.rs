//! Enterprise applications (microsoft-facts §2.2). An app made through Graph has none until one is made.

use serde_json::{Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found};
use super::{Key, query};
use crate::bearer::Caller;
use crate::objects::ServicePrincipal;
use crate::organisation::{Organisation, new_id, text};
use crate::people::APPLICATION_ROLES;
use crate::permissions::resource_by_app_id;
use crate::wire::{Call, Reply};

const READERS: [&str; 4] = [
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
const WRITERS: [&str; 2] = ["Application.ReadWrite.All", "Directory.ReadWrite.All"];

/// An enterprise application as Graph shows it.
pub(super) fn service_principal(object: &ServicePrincipal) -> Value {
    let resource = resource_by_app_id(&object.app_id);
    let roles: Vec<Value> = resource.map_or_else(Vec::new, |resource| {
        let role = |role: &crate::permissions::AppRole| {
            json!({"allowedMemberTypes": ["Application"], "description": role.display_name,
                "displayName": role.display_name, "id": role.id, "isEnabled": true, "origin": "Application",
                "value": role.value})
        };
        resource.app_roles.iter().map(role).collect()
    });
    let scopes: Vec<Value> = resource.map_or_else(Vec::new, |resource| {
        let scope = |scope: &crate::permissions::Scope| {
            json!({"adminConsentDescription": scope.display_name, "adminConsentDisplayName": scope.display_name,
                "id": scope.id, "isEnabled": true, "type": if scope.admin { "Admin" } else { "User" },
                "userConsentDescription": scope.display_name, "userConsentDisplayName": scope.display_name,
                "value": scope.value})
        };
        resource.scopes.iter().map(scope).collect()
    });
    json!({
        "id": object.id,
        "deletedDateTime": null,
        "accountEnabled": object.account_enabled,
        "alternativeNames": [],
        "appDescription": null,
        "appDisplayName": object.display_name,
        "appId": object.app_id,
        "appOwnerOrganizationId": object.owner_tenant,
        "appRoleAssignmentRequired": false,
        "applicationTemplateId": null,
        "description": null,
        "disabledByMicrosoftStatus": null,
        "displayName": object.display_name,
        "homepage": null,
        "loginUrl": null,
        "logoutUrl": null,
        "notes": null,
        "notificationEmailAddresses": [],
        "preferredSingleSignOnMode": null,
        "replyUrls": [],
        "servicePrincipalNames": [object.app_id],
        "servicePrincipalType": "Application",
        "signInAudience": if object.owner_tenant.is_empty() { "AzureADMyOrg" } else { "AzureADMultipleOrgs" },
        "tags": object.tags,
        "tokenEncryptionKeyId": null,
        "addIns": [],
        "appRoles": roles,
        "keyCredentials": [],
        "oauth2PermissionScopes": scopes,
        "passwordCredentials": [],
    })
}

/// The position of the enterprise application that a request names, once it has replicated.
pub(super) fn find(organisation: &Organisation, key: &Key) -> Result<usize, Failure> {
    let now = organisation.seen_at();
    let matches = |object: &ServicePrincipal| match key.name.as_deref() {
        None => object.id.eq_ignore_ascii_case(&key.value),
        Some("appId") => object.app_id.eq_ignore_ascii_case(&key.value),
        Some(_) => false,
    };
    organisation
        .objects
        .service_principals
        .iter()
        .position(|object| now >= object.visible_at && matches(object))
        .ok_or_else(|| not_found(&key.value))
}

/// `GET /servicePrincipals`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let now = organisation.seen_at();
    let visible = organisation
        .objects
        .service_principals
        .iter()
        .filter(|object| now >= object.visible_at);
    query::collection(
        organisation,
        call,
        "servicePrincipals",
        visible.map(service_principal).collect(),
    )
}

/// `GET /servicePrincipals/{id}` and `(appId='…')`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let shown = service_principal(&organisation.objects.service_principals[find(organisation, key)?]);
    Ok(query::object(
        organisation,
        call,
        200,
        "servicePrincipals/$entity",
        shown,
    ))
}

/// `POST /servicePrincipals`.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&WRITERS) {
        return Err(denied());
    }
    let body = call
        .json()
        .ok_or_else(|| bad_request("Unable to read JSON request payload."))?;
    let app_id = text(&body, "appId").unwrap_or_default().to_owned();
    if app_id.is_empty() {
        return Err(bad_request(
            "A value is required for property 'appId' of resource 'ServicePrincipal'.",
        ));
    }
    let now = organisation.seen_at();
    let found = organisation.objects.application_by_app_id(&app_id);
    // An app that has not replicated yet is as unknown as one that does not exist (microsoft-facts §2.11).
    let application = found.filter(|application| now >= application.visible_at).ok_or_else(|| {
        bad_request(format!(
            "When using this permission, the backing application of the service principal being created must in the local tenant. The appId '{app_id}' of the service principal does not reference a valid application object."
        ))
    })?;
    let may = caller.has_role(&APPLICATION_ROLES) || application.created_by.as_deref() == Some(caller.id());
    if !may {
        return Err(denied());
    }
    let object = ServicePrincipal {
        id: new_id(),
        app_id: application.app_id.clone(),
        display_name: application.display_name().to_owned(),
        created: now,
        visible_at: organisation.visible_at(),
        tags: string_list(&body, "tags"),
        account_enabled: body
            .get("accountEnabled")
            .and_then(Value::as_bool)
            .unwrap_or(true),
        owner_tenant: organisation.objects.tenant_id.clone(),
    };
    if organisation
        .objects
        .service_principal_by_app_id(&app_id)
        .is_some()
    {
        return Err(Failure::new(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            format!(
                "The service principal cannot be created, updated, or restored because the service principal name {app_id} is already in use."
            ),
        ));
    }
    let shown = service_principal(&object);
    organisation.objects.service_principals.push(object);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        201,
        "servicePrincipals/$entity",
        shown,
    ))
}

fn string_list(body: &Value, name: &str) -> Vec<String> {
    let items = body.get(name).and_then(Value::as_array).into_iter().flatten();
    items
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// `DELETE /servicePrincipals/{…}`; its grants and Exchange's pointer to it go with it (microsoft-facts §4b).
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&WRITERS) || !caller.has_role(&APPLICATION_ROLES) {
        return Err(denied());
    }
    let app_id = organisation.objects.service_principals[find(organisation, key)?]
        .app_id
        .clone();
    remove_by_app_id(organisation, &app_id);
    organisation.touch();
    Ok(Reply::empty(204))
}

/// Removes an enterprise application with everything that hangs on it.
pub(super) fn remove_by_app_id(organisation: &mut Organisation, app_id: &str) {
    let Some(id) = organisation
        .objects
        .service_principal_by_app_id(app_id)
        .map(|found| found.id.clone())
    else {
        return;
    };
    crate::exchange::forget_service_principal(organisation, &id);
    let objects = &mut organisation.objects;
    objects
        .app_role_assignments
        .retain(|held| held.principal_id != id && held.resource_id != id);
    objects
        .permission_grants
        .retain(|held| held.client_id != id && held.resource_id != id);
    objects.service_principals.retain(|held| held.id != id);
}
