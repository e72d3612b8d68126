//! Delegated permissions: listed, granted, taken back (microsoft-facts §2.3).

use serde_json::{Value, json};

use super::failure::{Answer, bad_request, denied, not_found};
use super::{Key, query};
use crate::bearer::Caller;
use crate::objects::PermissionGrant;
use crate::organisation::{Organisation, new_id, text};
use crate::people::CONSENT_ROLES;
use crate::wire::{Call, Reply};

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

/// `GET /oauth2PermissionGrants`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&[
        "DelegatedPermissionGrant.Read.All",
        "DelegatedPermissionGrant.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ]) {
        return Err(denied());
    }
    let all = organisation.objects.permission_grants.iter().map(shown).collect();
    query::collection(organisation, call, "oauth2PermissionGrants", all)
}

/// `POST /oauth2PermissionGrants`.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&["DelegatedPermissionGrant.ReadWrite.All"]) || !caller.has_role(&CONSENT_ROLES) {
        return Err(denied());
    }
    let body = call
        .json()
        .ok_or_else(|| bad_request("Unable to read JSON request payload."))?;
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
        Some("AllPrincipals") => None,
        Some("Principal") => Some(
            text(&body, "principalId")
                .map(str::to_owned)
                .ok_or_else(|| bad_request("A value is required for property 'principalId'."))?,
        ),
        _ => return Err(bad_request("Invalid value specified for property 'consentType'.")),
    };
    let same = |held: &PermissionGrant| {
        held.client_id == client_id && held.resource_id == resource_id && held.principal_id == principal_id
    };
    if organisation.objects.permission_grants.iter().any(same) {
        return Err(super::Failure::new(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            "Permission entry already exists.",
        ));
    }
    let scope = text(&body, "scope").unwrap_or_default().trim().to_owned();
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
    if !caller.holds(&["DelegatedPermissionGrant.ReadWrite.All"]) {
        return Err(denied());
    }
    let position = organisation
        .objects
        .permission_grants
        .iter()
        .position(|grant| grant.id == id.value)
        .ok_or_else(|| not_found(&id.value))?;
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
