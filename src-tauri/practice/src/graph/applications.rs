//! App registrations (microsoft-facts §2.1), with the traps of security-and-reliability §0.2 and §0.3: every
//! plain create makes a new object, a taken unique name answers 400, and a soft-deleted app keeps its name.

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found};
use super::{Key, query};
use crate::bearer::Caller;
use crate::clock::graph_time;
use crate::directory::DEFAULT_DOMAIN;
use crate::objects::{Application, PasswordCredential};
use crate::organisation::{Organisation, new_id};
use crate::people::APPLICATION_ROLES;
use crate::wire::{Call, Reply};

const READERS: [&str; 5] = [
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Application.ReadWrite.OwnedBy",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
const WRITERS: [&str; 3] = [
    "Application.ReadWrite.All",
    "Application.ReadWrite.OwnedBy",
    "Directory.ReadWrite.All",
];

/// The properties that a caller may write, with what they are when nobody did.
pub(crate) fn defaults() -> Map<String, Value> {
    let defaults = json!({
        "addIns": [], "api": {"acceptMappedClaims": null, "knownClientApplications": [],
            "requestedAccessTokenVersion": null, "oauth2PermissionScopes": [], "preAuthorizedApplications": []},
        "appRoles": [], "description": null, "displayName": null, "groupMembershipClaims": null, "identifierUris": [],
        "info": {"logoUrl": null, "marketingUrl": null, "privacyStatementUrl": null, "supportUrl": null,
            "termsOfServiceUrl": null},
        "isDeviceOnlyAuthSupported": null, "isFallbackPublicClient": null, "keyCredentials": [], "notes": null,
        "optionalClaims": null, "parentalControlSettings": {"countriesBlockedForMinors": [], "legalAgeGroupRule": "Allow"},
        "publicClient": {"redirectUris": []}, "requiredResourceAccess": [], "serviceManagementReference": null,
        "signInAudience": "AzureADMyOrg", "spa": {"redirectUris": []}, "tags": [], "tokenEncryptionKeyId": null,
        "web": {"homePageUrl": null, "logoutUrl": null, "redirectUris": [],
            "implicitGrantSettings": {"enableAccessTokenIssuance": false, "enableIdTokenIssuance": false}},
    });
    match defaults {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// A registration as Graph shows it. The value of a secret is never in it.
pub(super) fn application(object: &Application) -> Value {
    let mut shown = object.writable.clone();
    // Key material comes back empty in listings (microsoft-facts §2.5).
    if let Some(Value::Array(keys)) = shown.get_mut("keyCredentials") {
        for key in keys {
            key["key"] = Value::Null;
        }
    }
    let mut value = Value::Object(shown);
    value["id"] = json!(object.id);
    value["appId"] = json!(object.app_id);
    value["uniqueName"] = json!(object.unique_name);
    value["createdDateTime"] = json!(graph_time(object.created));
    value["deletedDateTime"] = json!(object.deleted.map(graph_time));
    value["publisherDomain"] = json!(DEFAULT_DOMAIN);
    value["applicationTemplateId"] = Value::Null;
    value["disabledByMicrosoftStatus"] = Value::Null;
    value["verifiedPublisher"] =
        json!({"displayName": null, "verifiedPublisherId": null, "addedDateTime": null});
    value["passwordCredentials"] = object.passwords.iter().map(password).collect();
    value
}

/// A secret as Graph shows it after it was made.
pub(super) fn password(held: &PasswordCredential) -> Value {
    json!({
        "customKeyIdentifier": null,
        "displayName": held.display_name,
        "endDateTime": graph_time(held.end),
        "hint": held.hint,
        "keyId": held.key_id,
        "secretText": null,
        "startDateTime": graph_time(held.start),
    })
}

/// The position of the live registration that a request names, once it has replicated.
pub(super) fn find(organisation: &Organisation, key: &Key) -> Result<usize, Failure> {
    let now = organisation.seen_at();
    let matches = |object: &Application| match key.name.as_deref() {
        None => object.id.eq_ignore_ascii_case(&key.value),
        Some("appId") => object.app_id.eq_ignore_ascii_case(&key.value),
        Some("uniqueName") => object.unique_name.as_deref() == Some(&key.value),
        Some(_) => false,
    };
    organisation
        .objects
        .applications
        .iter()
        .position(|object| object.deleted.is_none() && now >= object.visible_at && matches(object))
        .ok_or_else(|| not_found(&key.value))
}

/// Whether the caller may change this registration: with a role, or because they made it.
pub(super) fn may_change(caller: &Caller, object: &Application) -> bool {
    caller.holds(&WRITERS)
        && (caller.has_role(&APPLICATION_ROLES) || object.created_by.as_deref() == Some(caller.id()))
}

/// `GET /applications`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let now = organisation.seen_at();
    let visible = |object: &&Application| object.deleted.is_none() && now >= object.visible_at;
    let all = organisation
        .objects
        .applications
        .iter()
        .filter(visible)
        .map(application)
        .collect();
    query::collection(organisation, call, "applications", all)
}

/// `GET /applications/{id}`, `(appId='…')`, `(uniqueName='…')`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let position = find(organisation, key)?;
    Ok(query::object(
        organisation,
        call,
        200,
        "applications/$entity",
        application(&organisation.objects.applications[position]),
    ))
}

/// `POST /applications`: always a new object, even with a display name that exists.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    may_create(organisation, caller)?;
    let body = body(call)?;
    make(organisation, call, caller, body, None)
}

fn may_create(organisation: &Organisation, caller: &Caller) -> Result<(), Failure> {
    let allowed = caller.holds(&WRITERS)
        && (caller.has_role(&APPLICATION_ROLES) || organisation.scenario.users_may_create_apps);
    allowed.then_some(()).ok_or_else(denied)
}

fn body(call: &Call) -> Result<Map<String, Value>, Failure> {
    match call.json() {
        Some(Value::Object(body)) => Ok(body),
        _ => Err(bad_request(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
        )),
    }
}

fn make(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    mut body: Map<String, Value>,
    unique_name: Option<String>,
) -> Answer {
    let named = body
        .remove("uniqueName")
        .and_then(|name| name.as_str().map(str::to_owned));
    let unique_name = unique_name.or(named);
    if let Some(name) = &unique_name {
        // Soft-deleted registrations reserve their names too, and the answer is 400, not 409.
        if organisation
            .objects
            .applications
            .iter()
            .any(|object| object.unique_name.as_ref() == Some(name))
        {
            return Err(bad_request(
                "Another object with the same value for property uniqueName already exists.",
            ));
        }
    }
    let name = body
        .get("displayName")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if name.trim().is_empty() {
        return Err(bad_request(
            "A value is required for property 'displayName' of resource 'Application'.",
        ));
    }
    let mut writable = defaults();
    merge(&mut writable, body)?;
    let now = organisation.clock.now();
    let object = Application {
        id: new_id(),
        app_id: new_id(),
        unique_name,
        created: now,
        visible_at: organisation.visible_at(),
        deleted: None,
        writable,
        passwords: Vec::new(),
        keys: Vec::new(),
        created_by: Some(caller.id().to_owned()),
    };
    let shown = application(&object);
    organisation.objects.applications.push(object);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        201,
        "applications/$entity",
        shown,
    ))
}

/// Writes the given properties; unknown ones and ones that cannot be set are refused.
fn merge(writable: &mut Map<String, Value>, body: Map<String, Value>) -> Result<(), Failure> {
    for (name, value) in body {
        match name.as_str() {
            _ if name.contains('@') => {}
            "passwordCredentials" if value.as_array().is_some_and(Vec::is_empty) => {}
            // A secret can be made by addPassword only (microsoft-facts §2.1).
            "passwordCredentials" => {
                return Err(bad_request(
                    "New password credentials must be generated with service actions.",
                ));
            }
            "id" | "appId" | "createdDateTime" | "publisherDomain" | "deletedDateTime" => {
                return Err(bad_request(format!(
                    "Property '{name}' is read-only and cannot be set."
                )));
            }
            _ if writable.contains_key(&name) => {
                let merged = match (writable.get(&name), value) {
                    (Some(Value::Object(old)), Value::Object(new)) => {
                        let mut all = old.clone();
                        all.extend(new);
                        Value::Object(all)
                    }
                    (_, value) => value,
                };
                writable.insert(name, merged);
            }
            _ => return Err(bad_request(format!("Invalid property '{name}'."))),
        }
    }
    Ok(())
}

/// `PATCH /applications/{…}`; with `uniqueName` and `Prefer: create-if-missing` it creates what is missing.
pub(super) fn update(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&WRITERS) {
        return Err(denied());
    }
    let mut body = body(call)?;
    let create_if_missing = call
        .header("prefer")
        .is_some_and(|prefer| prefer.to_lowercase().contains("create-if-missing"));
    if key.name.as_deref() == Some("uniqueName") {
        // The write path is strongly consistent: an app that reads do not show yet is found all the same, so
        // a repeated upsert never makes a second one.
        let exists = organisation
            .objects
            .applications
            .iter()
            .any(|object| object.deleted.is_none() && object.unique_name.as_deref() == Some(&key.value));
        if !exists {
            if !create_if_missing {
                return Err(not_found(&key.value));
            }
            may_create(organisation, caller)?;
            return make(organisation, call, caller, body, Some(key.value.clone()));
        }
        body.remove("uniqueName");
    }
    let position = match find(organisation, key) {
        Ok(position) => position,
        Err(missing) => organisation
            .objects
            .applications
            .iter()
            .position(|object| {
                object.deleted.is_none()
                    && key.name.as_deref() == Some("uniqueName")
                    && object.unique_name.as_deref() == Some(&key.value)
            })
            .ok_or(missing)?,
    };
    if !may_change(caller, &organisation.objects.applications[position]) {
        return Err(denied());
    }
    let mut writable = organisation.objects.applications[position].writable.clone();
    merge(&mut writable, body)?;
    organisation.objects.applications[position].writable = writable;
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `DELETE /applications/{…}`: soft, for 30 days; the enterprise application goes with it.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&WRITERS) {
        return Err(denied());
    }
    let position = find(organisation, key)?;
    if !may_change(caller, &organisation.objects.applications[position]) {
        return Err(denied());
    }
    let now = organisation.clock.now();
    let object = &mut organisation.objects.applications[position];
    object.deleted = Some(now);
    let app_id = object.app_id.clone();
    super::service_principals::remove_by_app_id(organisation, &app_id);
    organisation.touch();
    Ok(Reply::empty(204))
}
