//! Which scopes were asked for, which are granted, and who may grant them (microsoft-facts §2.3 and §2.7).

use super::failure::{Failure, unknown_resource};
use super::sign_ins::RequestedScopes;
use crate::objects::{PermissionGrant, ServicePrincipal};
use crate::organisation::{Organisation, new_id};
use crate::people::CONSENT_ROLES;
use crate::permissions::{GRAPH, OPENID_SCOPES, Resource, Scope, resource_by_uri};

/// Sorts out a `scope` parameter. Scopes of two APIs cannot be asked for at once (AADSTS700022).
pub(super) fn parse_scopes(organisation: &Organisation, text: &str) -> Result<RequestedScopes, Failure> {
    let mut resource: Option<&'static Resource> = None;
    let mut values = Vec::new();
    let mut openid = Vec::new();
    let mut default = false;
    for scope in text.split_whitespace() {
        if let Some(known) = OPENID_SCOPES
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(scope))
        {
            openid.push(known);
            continue;
        }
        let (uri, value) = match scope.rsplit_once('/') {
            Some((uri, value)) if uri.contains(':') || uuid::Uuid::try_parse(uri).is_ok() => (uri, value),
            Some(_) => return Err(invalid_scope(scope)),
            None => (GRAPH.audience, scope),
        };
        let own = uri.trim_end_matches('/') == organisation.origin;
        let found = if own { Some(&GRAPH) } else { resource_by_uri(uri) };
        let found = found.ok_or_else(|| unknown_resource(organisation, uri))?;
        if resource.is_some_and(|earlier| earlier.app_id != found.app_id) {
            return Err(Failure::new(
                "invalid_scope",
                700_022,
                format!(
                    "The provided value for scope {text} is not valid because it contains more than one resource."
                ),
            ));
        }
        resource = Some(found);
        if value.eq_ignore_ascii_case(".default") {
            default = true;
        } else {
            let known = found.scope_by_value(value).ok_or_else(|| invalid_scope(scope))?;
            if !values.contains(&known.value) {
                values.push(known.value);
            }
        }
    }
    if resource.is_none() && openid.is_empty() {
        return Err(invalid_scope(text));
    }
    if default && !values.is_empty() {
        return Err(invalid_scope(text));
    }
    Ok(RequestedScopes {
        resource: resource.unwrap_or(&GRAPH),
        values,
        openid,
        default,
    })
}

fn invalid_scope(scope: &str) -> Failure {
    Failure::new(
        "invalid_scope",
        70011,
        format!(
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."
        ),
    )
}

/// The asked-for scopes that nobody has granted yet.
pub(super) fn missing_scopes(
    organisation: &Organisation,
    client: &ServicePrincipal,
    person_id: &str,
    scopes: &RequestedScopes,
) -> Vec<&'static Scope> {
    let granted = organisation.granted_scopes(client, scopes.resource, person_id);
    let wanted = |value: &&&'static str| !granted.iter().any(|held| held.eq_ignore_ascii_case(value));
    scopes
        .values
        .iter()
        .filter(wanted)
        .filter_map(|value| scopes.resource.scope_by_value(value))
        .collect()
}

/// Whether the person may grant all of these; admin scopes need a consenting role.
pub(super) fn may_consent(organisation: &Organisation, person_id: &str, scopes: &[&Scope]) -> bool {
    organisation.has_any_role(person_id, &CONSENT_ROLES) || scopes.iter().all(|scope| !scope.admin)
}

/// Writes the consent down as Entra does: as a delegated permission grant, for one person or for everybody.
pub(super) fn grant(
    organisation: &mut Organisation,
    client_id: &str,
    resource: &Resource,
    person_id: Option<&str>,
    scopes: &[&Scope],
) {
    let Some(resource_id) = organisation
        .resource_principal(resource)
        .map(|found| found.id.clone())
    else {
        return;
    };
    let existing = organisation.objects.permission_grants.iter_mut().find(|grant| {
        grant.client_id == client_id
            && grant.resource_id == resource_id
            && grant.principal_id.as_deref() == person_id
    });
    let values: Vec<&str> = scopes.iter().map(|scope| scope.value).collect();
    match existing {
        Some(grant) => {
            for value in values {
                if !grant.has(value) {
                    grant.scope = format!("{} {value}", grant.scope).trim().to_owned();
                }
            }
        }
        None => organisation.objects.permission_grants.push(PermissionGrant {
            id: new_id(),
            client_id: client_id.to_owned(),
            principal_id: person_id.map(str::to_owned),
            resource_id,
            scope: values.join(" "),
        }),
    }
    organisation.touch();
}
