//! Enterprise applications (microsoft-facts §2.2). An app made through Graph has none until one is made.

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, list_full, quota, too_large};
use super::objects::owners::Of;
use super::objects::service_principal::{self, OWNED_BY, WRITERS, find, may_change};
use super::objects::{any, application};
use super::path::Key;
use super::{app_role_assignments, body, certificates, owners, permission_grants, policies, query, schema};
use crate::access::bearer::Caller;
use crate::clock::Delay;
use crate::organisation::Organisation;
use crate::organisation::graph::{DeletedPrincipal, OBJECTS_AT_MOST, VALUES_AT_MOST};
use crate::organisation::ids::new_id;
use crate::organisation::registrations::ServicePrincipal;
use crate::wire::{Call, Reply, text};

const READERS: [&str; 4] = [
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// What `PATCH` may change.
const WRITABLE: [&str; 15] = [
    "accountEnabled",
    "alternativeNames",
    "appRoleAssignmentRequired",
    "appRoles",
    "customSecurityAttributes",
    "description",
    "displayName",
    "homepage",
    "loginUrl",
    "notes",
    "notificationEmailAddresses",
    "preferredSingleSignOnMode",
    "replyUrls",
    "tags",
    "tokenEncryptionKeyId",
];

/// Adds what `$expand` asks for.
fn expand(organisation: &Organisation, call: &Call, id: &str, mut shown: Value) -> Value {
    let narrowed = |objects: Vec<Value>, names: Option<Vec<String>>| -> Value {
        let only = |object| {
            names.as_ref().map_or_else(
                || Value::clone(&object),
                |names| query::only(object.clone(), names),
            )
        };
        objects.into_iter().map(only).collect()
    };
    if let Some(names) = query::expands(call, "owners") {
        shown["owners"] = owners::expanded(organisation, Of::ServicePrincipal, id, names.as_deref());
    }
    if let Some(names) = query::expands(call, "appRoleAssignments") {
        shown["appRoleAssignments"] = narrowed(app_role_assignments::of_principal(organisation, id), names);
    }
    if let Some(names) = query::expands(call, "appRoleAssignedTo") {
        shown["appRoleAssignedTo"] = narrowed(app_role_assignments::of_resource(organisation, id), names);
    }
    if let Some(names) = query::expands(call, "oauth2PermissionGrants") {
        shown["oauth2PermissionGrants"] = narrowed(permission_grants::of_client(organisation, id), names);
    }
    shown
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
    let all = visible
        .map(|object| {
            expand(
                organisation,
                call,
                &object.id,
                service_principal::shown(organisation, object),
            )
        })
        .collect();
    query::directory(organisation, call, "servicePrincipals", "servicePrincipal", all)
}

/// `GET /servicePrincipals/{id}` and `(appId='…')`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    query::check_names(call, "servicePrincipal")?;
    let object = &organisation.objects.service_principals[find(organisation, key)?];
    let asked = query::selected(call).unwrap_or_default();
    let with_keys = asked
        .iter()
        .any(|name| name.eq_ignore_ascii_case("keyCredentials"));
    let shown = service_principal::shown_with(organisation, object, with_keys);
    let shown = expand(organisation, call, &object.id, shown);
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
    if !caller.holds(&WRITERS) && !caller.holds(&OWNED_BY) {
        return Err(denied());
    }
    let body = body::object(call)?;
    make(organisation, call, caller, body)
}

fn make(organisation: &mut Organisation, call: &Call, caller: &Caller, body: Map<String, Value>) -> Answer {
    let body = Value::Object(schema::checked("servicePrincipal", body)?);
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
    if !application::may_change(organisation, caller, application) {
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
        return Err(name_in_use(&app_id));
    }
    if organisation.objects.service_principals.len() >= OBJECTS_AT_MOST {
        return Err(quota());
    }
    let owner = vec![caller.id().to_owned()];
    let id = object.id.clone();
    organisation.objects.service_principals.push(object);
    organisation
        .objects
        .graph
        .principal_owners
        .insert(id.clone(), owner);
    let mut asked = body.as_object().cloned().unwrap_or_default();
    asked.retain(|name, _| WRITABLE.contains(&name.as_str()) && name != "tags" && name != "accountEnabled");
    write(organisation, &id, asked);
    let created = organisation.objects.service_principals.last();
    let shown = created.map_or(Value::Null, |object| {
        service_principal::shown(organisation, object)
    });
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

/// 409: an enterprise application of this app is there already (microsoft-facts §2.2).
pub(super) fn name_in_use(app_id: &str) -> Failure {
    Failure::new(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        format!(
            "The service principal cannot be created, updated, or restored because the service principal name {app_id} is already in use."
        ),
    )
}

/// Keeps what was written about an enterprise application.
fn write(organisation: &mut Organisation, id: &str, body: Map<String, Value>) {
    let objects = &mut organisation.objects;
    let Some(object) = objects
        .service_principals
        .iter_mut()
        .find(|object| object.id == id)
    else {
        return;
    };
    for (name, value) in body {
        match (name.as_str(), value) {
            ("displayName", Value::String(text)) => object.display_name = text,
            ("accountEnabled", Value::Bool(enabled)) => object.account_enabled = enabled,
            ("tags", Value::Array(tags)) => {
                object.tags = tags
                    .iter()
                    .filter_map(|tag| tag.as_str().map(str::to_owned))
                    .collect();
            }
            (_, value) => {
                let details = objects.graph.principals.entry(id.to_owned()).or_default();
                details.writable.insert(name, value);
            }
        }
    }
    organisation.touch();
}

/// `PATCH /servicePrincipals/{…}`; with `appId` and `Prefer: create-if-missing` it creates what is missing.
pub(super) fn update(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&WRITERS) && !caller.holds(&OWNED_BY) {
        return Err(denied());
    }
    let missing = key.name.as_deref() == Some("appId")
        && organisation
            .objects
            .service_principal_by_app_id(&key.value)
            .is_none();
    let create = call
        .header("prefer")
        .is_some_and(|prefer| prefer.to_lowercase().contains("create-if-missing"));
    if missing && create {
        let mut body = body::object(call)?;
        body.insert("appId".into(), json!(key.value));
        return make(organisation, call, caller, body);
    }
    let object = &organisation.objects.service_principals[find(organisation, key)?];
    let (id, created) = (object.id.clone(), object.created);
    if !may_change(organisation, caller, &id) {
        return Err(denied());
    }
    let mut body = schema::checked("servicePrincipal", body::object(call)?)?;
    // The whole array is replaced, as for an app registration (microsoft-facts §2.5).
    let held = organisation.objects.graph.principal_keys(&id);
    let keys = match body.remove("keyCredentials") {
        Some(Value::Array(asked)) if asked.len() > VALUES_AT_MOST => return Err(too_large()),
        Some(Value::Array(asked)) => Some(certificates::replaced(
            &asked,
            held,
            organisation.clock.due(Delay::Secret),
        )?),
        _ => None,
    };
    let new: Vec<_> = keys
        .iter()
        .flatten()
        .filter(|key| !held.contains(key))
        .cloned()
        .collect();
    let subject = policies::Subject {
        id: &id,
        created,
        is_application: false,
    };
    policies::enforce_for_keys(organisation, &subject, &new)?;
    for (name, value) in &body {
        if !WRITABLE.contains(&name.as_str()) {
            return Err(bad_request(format!(
                "Property '{name}' is read-only and cannot be set."
            )));
        }
        if value
            .as_array()
            .is_some_and(|values| values.len() > VALUES_AT_MOST)
        {
            return Err(list_full(name));
        }
    }
    // Nothing is written before all of it was judged.
    if let Some(keys) = keys {
        let principals = &mut organisation.objects.graph.principals;
        principals.entry(id.clone()).or_default().keys = keys;
    }
    write(organisation, &id, body);
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `GET /servicePrincipals/{…}/oauth2PermissionGrants`.
pub(super) fn grants(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let id = &organisation.objects.service_principals[find(organisation, key)?].id;
    let grants = permission_grants::of_client(organisation, id);
    query::directory(
        organisation,
        call,
        "oauth2PermissionGrants",
        "oAuth2PermissionGrant",
        grants,
    )
}

/// `GET /servicePrincipals/{…}/ownedObjects`: what it made and owns.
pub(super) fn owned(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let id = organisation.objects.service_principals[find(organisation, key)?]
        .id
        .clone();
    let objects = any::owned_by(organisation, &id);
    query::directory(organisation, call, "directoryObjects", "", objects)
}

/// `DELETE /servicePrincipals/{…}`; its grants and Exchange's pointer to it go with it (microsoft-facts §4b).
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    let at = find(organisation, key)?;
    if !may_change(
        organisation,
        caller,
        &organisation.objects.service_principals[at].id,
    ) {
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
    objects.directory_roles.retain(|held| held.principal_id != id);
    let deleted = organisation.clock.now();
    if let Some(at) = objects.service_principals.iter().position(|held| held.id == id) {
        let object = objects.service_principals.remove(at);
        if objects.graph.deleted_principals.len() >= OBJECTS_AT_MOST {
            objects.graph.deleted_principals.remove(0);
        }
        objects
            .graph
            .deleted_principals
            .push(DeletedPrincipal { object, deleted });
    }
    for group in &mut objects.graph.groups {
        group.members.retain(|member| *member != id);
    }
}
