//! Delegated permissions: listed, granted, taken back (microsoft-facts §2.3).

use serde_json::{Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found, quota};
use super::path::Key;
use super::{body, query, schema};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::graph::OBJECTS_AT_MOST;
use crate::organisation::ids::new_id;
use crate::organisation::registrations::PermissionGrant;
use crate::people::directory::IdKind;
use crate::people::roles::CONSENT_ROLES;
use crate::wire::{Call, Reply, text};

fn shown(grant: &PermissionGrant) -> Value {
    json!({
        "id": grant.id,
        "clientId": grant.client_id,
        "consentType": if grant.principal_id.is_some() { "Principal" } else { "AllPrincipals" },
        "principalId": grant.principal_id,
        "resourceId": grant.resource_id,
        "scope": grant.scope,
    })
}

const READERS: [&str; 5] = [
    "DelegatedPermissionGrant.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
];
const WRITERS: [&str; 1] = ["DelegatedPermissionGrant.ReadWrite.All"];
/// Microsoft's own limit of the length of `scope`.
const SCOPE_AT_MOST: usize = 3_850;

/// What people granted to an enterprise application.
pub(super) fn of_client(organisation: &Organisation, id: &str) -> Vec<Value> {
    let all = organisation.objects.permission_grants.iter();
    all.filter(|grant| grant.client_id == id).map(shown).collect()
}

/// `GET /oauth2PermissionGrants`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let all = organisation.objects.permission_grants.iter().map(shown).collect();
    query::directory(
        organisation,
        call,
        "oauth2PermissionGrants",
        "oAuth2PermissionGrant",
        all,
    )
}

fn position(organisation: &Organisation, id: &Key) -> Result<usize, Failure> {
    let mut all = organisation.objects.permission_grants.iter();
    all.position(|grant| grant.id == id.value)
        .ok_or_else(|| not_found(&id.value))
}

/// `GET /oauth2PermissionGrants/{id}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, id: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let grant = &organisation.objects.permission_grants[position(organisation, id)?];
    Ok(query::object(
        organisation,
        call,
        200,
        "oauth2PermissionGrants/$entity",
        shown(grant),
    ))
}

/// `GET /users/{…}/oauth2PermissionGrants`: what was granted for this person alone.
pub(super) fn of_user(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let position = super::users::readable(organisation, caller, key)?;
    let id = organisation
        .directory
        .id(crate::people::directory::IdKind::Directory, position);
    let all = organisation.objects.permission_grants.iter();
    let own = all.filter(|grant| grant.principal_id.as_deref() == Some(&id));
    let context = "oauth2PermissionGrants";
    query::directory(
        organisation,
        call,
        context,
        "oAuth2PermissionGrant",
        own.map(shown).collect(),
    )
}

/// The scopes of a body, one space between each.
fn scopes(body: &Value) -> Result<String, Failure> {
    let words: Vec<&str> = text(body, "scope")
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let scope = words.join(" ");
    if scope.len() > SCOPE_AT_MOST {
        return Err(bad_request(
            "Invalid value specified for property 'scope' of resource 'OAuth2PermissionGrant'.",
        ));
    }
    Ok(scope)
}

/// `PATCH /oauth2PermissionGrants/{id}`: only the scopes can be changed, and they are replaced.
pub(super) fn update(organisation: &mut Organisation, call: &Call, caller: &Caller, id: &Key) -> Answer {
    if !caller.holds(&WRITERS) || !caller.has_role(&CONSENT_ROLES) {
        return Err(denied());
    }
    let at = position(organisation, id)?;
    let body = schema::checked("oAuth2PermissionGrant", body::object(call)?)?;
    if let Some(name) = body.keys().find(|name| *name != "scope") {
        return Err(bad_request(format!(
            "Property '{name}' is read-only and cannot be set."
        )));
    }
    let scope = scopes(&Value::Object(body))?;
    organisation.objects.permission_grants[at].scope = scope;
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `POST /oauth2PermissionGrants`.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&WRITERS) || !caller.has_role(&CONSENT_ROLES) {
        return Err(denied());
    }
    let body = schema::checked("oAuth2PermissionGrant", body::object(call)?)?;
    for required in ["clientId", "consentType", "resourceId"] {
        if body.get(required).is_none_or(Value::is_null) {
            return Err(bad_request(format!(
                "A value is required for property '{required}' of resource 'OAuth2PermissionGrant'."
            )));
        }
    }
    if organisation.objects.permission_grants.len() >= OBJECTS_AT_MOST {
        return Err(quota());
    }
    let body = Value::Object(body);
    let id_of = |name: &str| {
        let id = text(&body, name).unwrap_or_default();
        organisation
            .objects
            .service_principal(id)
            .map(|found| found.id.clone())
            .ok_or_else(|| not_found(id))
    };
    let (client_id, resource_id) = (id_of("clientId")?, id_of("resourceId")?);
    let principal_id = match text(&body, "consentType") {
        Some("AllPrincipals") if text(&body, "principalId").is_some() => {
            return Err(bad_request(
                "The property 'principalId' must be null when 'consentType' is 'AllPrincipals'.",
            ));
        }
        Some("AllPrincipals") => None,
        Some("Principal") => Some(
            text(&body, "principalId")
                .ok_or_else(|| {
                    bad_request(
                        "A value is required for property 'principalId' of resource 'OAuth2PermissionGrant'.",
                    )
                })
                .and_then(|id| {
                    let found = organisation.directory.by_id(IdKind::Directory, id);
                    found.map(|_| id.to_lowercase()).ok_or_else(|| not_found(id))
                })?,
        ),
        _ => return Err(bad_request("Invalid value specified for property 'consentType'.")),
    };
    let same = |held: &PermissionGrant| {
        held.client_id == client_id && held.resource_id == resource_id && held.principal_id == principal_id
    };
    if organisation.objects.permission_grants.iter().any(same) {
        return Err(Failure::new(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            "Permission entry already exists.",
        ));
    }
    let scope = scopes(&body)?;
    let grant = PermissionGrant {
        id: new_id(),
        client_id,
        principal_id,
        resource_id,
        scope,
    };
    let answer = shown(&grant);
    organisation.objects.permission_grants.push(grant);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        201,
        "oauth2PermissionGrants/$entity",
        answer,
    ))
}

/// `DELETE /oauth2PermissionGrants/{id}`. People may take back what they granted for themselves.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, id: &Key) -> Answer {
    if !caller.holds(&WRITERS) {
        return Err(denied());
    }
    let position = position(organisation, id)?;
    let own = organisation.objects.permission_grants[position]
        .principal_id
        .as_deref()
        == Some(caller.id());
    if !own && !caller.has_role(&CONSENT_ROLES) {
        return Err(denied());
    }
    organisation.objects.permission_grants.remove(position);
    organisation.touch();
    Ok(Reply::empty(204))
}
