//! An enterprise application: as Graph shows it, how a request names it, who may change it.

use serde_json::{Value, json};

use super::application;
use super::owners::{self, Of};
use crate::access::bearer::Caller;
use crate::graph::certificates;
use crate::graph::failure::{Failure, not_found};
use crate::graph::path::Key;
use crate::organisation::Organisation;
use crate::organisation::registrations::ServicePrincipal;
use crate::people::roles::APPLICATION_ROLES;
use crate::published::permissions::resource_by_app_id;

pub(crate) const WRITERS: [&str; 2] = ["Application.ReadWrite.All", "Directory.ReadWrite.All"];

pub(crate) const OWNED_BY: [&str; 1] = ["Application.ReadWrite.OwnedBy"];

/// An enterprise application as Graph shows it.
pub(crate) fn shown(organisation: &Organisation, object: &ServicePrincipal) -> Value {
    shown_with(organisation, object, false)
}

pub(crate) fn shown_with(organisation: &Organisation, object: &ServicePrincipal, with_keys: bool) -> Value {
    let resource = resource_by_app_id(&object.app_id);
    let roles: Vec<Value> = resource.map_or_else(Vec::new, |resource| {
        let role = |role: &crate::published::permissions::AppRole| {
            json!({"allowedMemberTypes": ["Application"], "description": role.display_name,
                "displayName": role.display_name, "id": role.id, "isEnabled": true, "origin": "Application",
                "value": role.value})
        };
        resource.app_roles.iter().map(role).collect()
    });
    let scopes: Vec<Value> = resource.map_or_else(Vec::new, |resource| {
        let scope = |scope: &crate::published::permissions::Scope| {
            json!({"adminConsentDescription": scope.display_name, "adminConsentDisplayName": scope.display_name,
                "id": scope.id, "isEnabled": true, "type": if scope.admin { "Admin" } else { "User" },
                "userConsentDescription": scope.display_name, "userConsentDisplayName": scope.display_name,
                "value": scope.value})
        };
        resource.scopes.iter().map(scope).collect()
    });
    let application = organisation.objects.application_by_app_id(&object.app_id);
    let of_application = |pointer: &str| {
        let mut parts = pointer.split('/');
        let first = application.and_then(|found| found.writable.get(parts.next().unwrap_or_default()));
        parts
            .try_fold(first?, |inner, part| inner.get(part))
            .filter(|value| !value.is_null())
            .cloned()
    };
    let graph = &organisation.objects.graph;
    let mut names = vec![json!(object.app_id)];
    names.extend(
        of_application("identifierUris")
            .and_then(|uris| uris.as_array().cloned())
            .into_iter()
            .flatten(),
    );
    if let Some(resource) = resource {
        names.push(json!(resource.audience));
    }
    let roles = match of_application("appRoles") {
        Some(own) if resource.is_none() => own,
        _ => Value::from(roles),
    };
    let scopes = match of_application("api/oauth2PermissionScopes") {
        Some(own) if resource.is_none() => own,
        _ => Value::from(scopes),
    };
    let reply_urls: Vec<Value> = [
        "web/redirectUris",
        "spa/redirectUris",
        "publicClient/redirectUris",
    ]
    .into_iter()
    .filter_map(of_application)
    .filter_map(|uris| uris.as_array().cloned())
    .flatten()
    .collect();
    let audience = of_application("signInAudience").unwrap_or_else(|| json!("AzureADMultipleOrgs"));
    let mut shown = json!({
        "id": object.id,
        "deletedDateTime": null,
        "accountEnabled": object.account_enabled,
        "alternativeNames": [],
        "appDescription": null,
        "appDisplayName": object.display_name,
        "appId": object.app_id,
        "appOwnerOrganizationId": Some(&object.owner_tenant).filter(|id| uuid::Uuid::try_parse(id).is_ok()),
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
        "replyUrls": reply_urls,
        "servicePrincipalNames": names,
        "servicePrincipalType": "Application",
        "signInAudience": audience,
        "tags": object.tags,
        "addIns": [],
        "appRoles": roles,
        "customSecurityAttributes": null,
        "info": of_application("info"),
        "keyCredentials": graph.principal_keys(&object.id).iter().map(|key| certificates::shown(key, with_keys))
            .collect::<Value>(),
        "oauth2PermissionScopes": scopes,
        "passwordCredentials": graph.principal_passwords(&object.id).iter().map(application::password)
            .collect::<Value>(),
        "preferredTokenSigningKeyThumbprint": null,
        "resourceSpecificApplicationPermissions": [],
        "samlSingleSignOnSettings": null,
        "tokenEncryptionKeyId": null,
        "verifiedPublisher": {"displayName": null, "verifiedPublisherId": null, "addedDateTime": null},
    });
    let details = graph.principals.get(&object.id);
    for (name, value) in details.into_iter().flat_map(|details| &details.writable) {
        shown[name] = value.clone();
    }
    shown
}

/// Whether the caller may change this enterprise application: with a role or permission for all, or because it or its
/// registration is theirs.
pub(crate) fn may_change(organisation: &Organisation, caller: &Caller, id: &str) -> bool {
    let theirs = || {
        let registration = organisation
            .objects
            .service_principal(id)
            .and_then(|found| organisation.objects.application_by_app_id(&found.app_id));
        owners::ids(organisation, Of::ServicePrincipal, id)
            .iter()
            .any(|owner| owner == caller.id())
            || registration.is_some_and(|object| {
                owners::ids(organisation, Of::Application, &object.id)
                    .iter()
                    .any(|owner| owner == caller.id())
            })
    };
    match caller {
        Caller::Application { .. } => caller.holds(&WRITERS) || caller.holds(&OWNED_BY) && theirs(),
        Caller::Person { .. } => caller.holds(&WRITERS) && (caller.has_role(&APPLICATION_ROLES) || theirs()),
    }
}

/// The position of the enterprise application that a request names, once it has replicated.
pub(crate) fn find(organisation: &Organisation, key: &Key) -> Result<usize, Failure> {
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
