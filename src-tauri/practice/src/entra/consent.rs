//! Which scopes were asked for, which are granted, and who may grant them (microsoft-facts §2.3 and §2.7).

use serde_json::Value;

use super::apis::{api_by_app_id, api_by_uri};
use super::clients::Client;
use super::failure::{Failure, unknown_resource};
use crate::organisation::Organisation;
use crate::organisation::ids::new_id;
use crate::organisation::registrations::{AppRoleAssignment, PermissionGrant};
use crate::organisation::sign_ins::api::{Api, Wanted};
use crate::organisation::sign_ins::request::RequestedScopes;
use crate::people::roles::{CONSENT_ROLES, GRAPH_CONSENT_ROLES};
use crate::published::permissions::{GRAPH, OPENID_SCOPES};
use crate::wire::text;

/// Sorts out a `scope` parameter. Scopes of two APIs cannot be asked for at once (AADSTS700022).
pub(super) fn parse_scopes(organisation: &Organisation, asked: &str) -> Result<RequestedScopes, Failure> {
    let mut api: Option<Api> = None;
    let mut values: Vec<String> = Vec::new();
    let mut openid = Vec::new();
    let mut default = false;
    let mut in_full = false;
    for scope in asked.split_whitespace() {
        if let Some(known) = OPENID_SCOPES
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(scope))
        {
            // Once is enough: what was asked for is remembered, and however long a list may not fill the memory.
            if !openid.contains(&known) {
                openid.push(known);
            }
            continue;
        }
        let (uri, value) = match scope.rsplit_once('/') {
            Some((uri, value)) if uri.contains(':') || uuid::Uuid::try_parse(uri).is_ok() => (uri, value),
            Some(_) => return Err(invalid_scope(scope)),
            None => (GRAPH.audience, scope),
        };
        in_full |= scope.contains('/');
        let found = api_by_uri(organisation, uri).ok_or_else(|| unknown_resource(organisation, uri))?;
        if api
            .as_ref()
            .is_some_and(|earlier| earlier.app_id() != found.app_id())
        {
            return Err(Failure::new(
                "invalid_scope",
                700_022,
                format!(
                    "The provided value for scope {asked} is not valid because it contains more than one resource."
                ),
            ));
        }
        if value.eq_ignore_ascii_case(".default") {
            default = true;
        } else {
            let known = found.scope(value).ok_or_else(|| invalid_scope(scope))?;
            if !values.contains(&known.value) {
                values.push(known.value);
            }
        }
        api = Some(found);
    }
    // A token is for an enterprise application of this organisation, and that one may have been removed.
    if let Some(found) = &api
        && organisation
            .objects
            .service_principal_by_app_id(found.app_id())
            .is_none()
    {
        return Err(unknown_resource(organisation, found.prefix()));
    }
    if api.is_none() && openid.is_empty() {
        return Err(invalid_scope(asked));
    }
    if default && !values.is_empty() {
        return Err(invalid_scope(asked));
    }
    Ok(RequestedScopes {
        api: api.unwrap_or(Api::Known(&GRAPH)),
        values,
        openid,
        default,
        in_full,
    })
}

/// What a `resource` parameter of the version 1 endpoints asks for: everything that was granted on one API.
pub(super) fn parse_resource(
    organisation: &Organisation,
    resource: &str,
) -> Result<RequestedScopes, Failure> {
    let api = api_by_uri(organisation, resource).ok_or_else(|| unknown_resource(organisation, resource))?;
    Ok(RequestedScopes {
        api,
        values: Vec::new(),
        openid: vec!["openid", "profile", "offline_access"],
        default: true,
        in_full: false,
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

/// Refuses what one of Microsoft's own clients is not pre-authorised for (AADSTS65002).
pub(super) fn check_first_party(client: &Client, scopes: &RequestedScopes) -> Result<(), Failure> {
    let Some(first_party) = client.first_party else {
        return Ok(());
    };
    let allowed = first_party.on(scopes.api.app_id()).is_some_and(|allowed| {
        let listed = |value: &String| {
            allowed
                .preauthorised
                .iter()
                .any(|held| held.eq_ignore_ascii_case(value))
        };
        allowed.others || scopes.values.iter().all(listed)
    });
    if allowed {
        return Ok(());
    }
    Err(Failure::new(
        "invalid_request",
        65002,
        format!(
            "Consent between first party application '{}' and first party resource '{}' must be configured via \
             preauthorization - applications owned and operated by Microsoft must get approval from the API owner before \
             requesting tokens for that API.",
            client.app_id,
            scopes.api.app_id()
        ),
    ))
}

/// The delegated permissions that a client has for a person on one API: granted ones, and those that Microsoft
/// pre-authorised its own clients for.
pub(super) fn granted(
    organisation: &Organisation,
    client: &Client,
    api: &Api,
    person_id: &str,
) -> Vec<String> {
    let mut held: Vec<String> = client
        .first_party
        .and_then(|first_party| first_party.on(api.app_id()))
        .map(|allowed| {
            allowed
                .preauthorised
                .iter()
                .map(|value| (*value).to_owned())
                .collect()
        })
        .unwrap_or_default();
    let api_principal = organisation.objects.service_principal_by_app_id(api.app_id());
    let (Some(client_id), Some(api_principal)) = (&client.principal_id, api_principal) else {
        return held;
    };
    for grant in &organisation.objects.permission_grants {
        let for_person = grant
            .principal_id
            .as_deref()
            .is_none_or(|id| id.eq_ignore_ascii_case(person_id));
        if grant.client_id != *client_id || grant.resource_id != api_principal.id || !for_person {
            continue;
        }
        for scope in grant.scope.split_whitespace() {
            if !held.iter().any(|known| known.eq_ignore_ascii_case(scope)) {
                held.push(scope.to_owned());
            }
        }
    }
    held
}

/// The asked-for scopes that nobody has granted yet. With `.default`, that is what the registration declares, but
/// only while nothing at all was granted (entra-docs `scopes-oidc`, "the .default scope").
pub(super) fn missing_scopes(
    organisation: &Organisation,
    client: &Client,
    person_id: &str,
    scopes: &RequestedScopes,
) -> Vec<Wanted> {
    let held = granted(organisation, client, &scopes.api, person_id);
    if scopes.default {
        return if held.is_empty() {
            declared_scopes(organisation, &client.app_id, &scopes.api)
        } else {
            Vec::new()
        };
    }
    scopes
        .values
        .iter()
        .filter(|value| !held.iter().any(|known| known.eq_ignore_ascii_case(value)))
        .filter_map(|value| scopes.api.scope(value))
        .collect()
}

/// What a page asks consent to when the client wants to be asked again (`prompt=consent`).
pub(super) fn all_scopes(
    organisation: &Organisation,
    client: &Client,
    scopes: &RequestedScopes,
) -> Vec<Wanted> {
    if scopes.default {
        return declared_scopes(organisation, &client.app_id, &scopes.api);
    }
    let named = scopes.values.iter().filter_map(|value| scopes.api.scope(value));
    named.collect()
}

/// The delegated permissions that a registration declares on one API (`requiredResourceAccess`).
pub(super) fn declared_scopes(organisation: &Organisation, app_id: &str, api: &Api) -> Vec<Wanted> {
    declared(organisation, app_id)
        .into_iter()
        .filter(|(found, ..)| found.app_id() == api.app_id())
        .filter(|(_, kind, _)| kind == "Scope")
        .filter_map(|(_, _, id)| api.scope_by_id(&id))
        .collect()
}

/// Everything that a registration declares: API, `Role` or `Scope`, and id.
pub(super) fn declared(organisation: &Organisation, app_id: &str) -> Vec<(Api, String, String)> {
    let application = organisation.objects.application_by_app_id(app_id);
    let access = application
        .and_then(|application| application.writable.get("requiredResourceAccess"))
        .and_then(Value::as_array);
    let mut all = Vec::new();
    for resource in access.into_iter().flatten() {
        let Some(api) = text(resource, "resourceAppId").and_then(|id| api_by_app_id(organisation, id)) else {
            continue;
        };
        let listed = resource.get("resourceAccess").and_then(Value::as_array);
        for entry in listed.into_iter().flatten() {
            if let (Some(kind), Some(id)) = (text(entry, "type"), text(entry, "id")) {
                all.push((api.clone(), kind.to_owned(), id.to_owned()));
            }
        }
    }
    all
}

/// Why a person may not consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NeedsAdministrator {
    /// A page says so and that is all (AADSTS90094).
    Refused,
    /// The person may ask for approval, because the organisation takes such requests (AADSTS90095).
    MayAsk,
}

impl NeedsAdministrator {
    pub(super) fn code(self) -> u64 {
        match self {
            Self::Refused => 90094,
            Self::MayAsk => 90095,
        }
    }
}

/// Whether the person may grant all of these; admin scopes need a consenting role, and so does everything where the
/// organisation lets nobody else consent (microsoft-facts §2.7 and §8).
pub(super) fn may_consent(
    organisation: &Organisation,
    person_id: &str,
    scopes: &[Wanted],
) -> Result<(), NeedsAdministrator> {
    let scenario = &organisation.scenario;
    let by_anybody = !scenario.user_consent_forbidden && scopes.iter().all(|scope| !scope.admin);
    if by_anybody || organisation.has_any_role(person_id, &CONSENT_ROLES) {
        Ok(())
    } else if scenario.consent_requests {
        Err(NeedsAdministrator::MayAsk)
    } else {
        Err(NeedsAdministrator::Refused)
    }
}

/// Whether the person may grant application permissions of these APIs: Graph's are kept from the two application
/// administrators (microsoft-facts §2.7).
pub(super) fn may_grant_roles<'a>(
    organisation: &Organisation,
    person_id: &str,
    mut apis: impl Iterator<Item = &'a Api>,
) -> bool {
    if apis.any(|api| api.is(&GRAPH)) {
        organisation.has_any_role(person_id, &GRAPH_CONSENT_ROLES)
    } else {
        organisation.has_any_role(person_id, &CONSENT_ROLES)
    }
}

/// Writes the consent down as Entra does: as a delegated permission grant, for one person or for everybody.
pub(super) fn grant(
    organisation: &mut Organisation,
    client_id: &str,
    api: &Api,
    person_id: Option<&str>,
    scopes: &[Wanted],
) {
    let found = organisation.objects.service_principal_by_app_id(api.app_id());
    let Some(resource_id) = found.map(|found| found.id.clone()) else {
        return;
    };
    if scopes.is_empty() {
        return;
    }
    let existing = organisation.objects.permission_grants.iter_mut().find(|grant| {
        grant.client_id == client_id
            && grant.resource_id == resource_id
            && grant.principal_id.as_deref() == person_id
    });
    match existing {
        Some(grant) => {
            for scope in scopes {
                if !grant.has(&scope.value) {
                    grant.scope = format!("{} {}", grant.scope, scope.value).trim().to_owned();
                }
            }
        }
        None => {
            let values: Vec<&str> = scopes.iter().map(|scope| scope.value.as_str()).collect();
            organisation.objects.permission_grants.push(PermissionGrant {
                id: new_id(),
                client_id: client_id.to_owned(),
                principal_id: person_id.map(str::to_owned),
                resource_id,
                scope: values.join(" "),
            });
        }
    }
    organisation.touch();
}

/// Grants an application permission; one that is granted already stays as it is.
pub(super) fn grant_role(organisation: &mut Organisation, client_id: &str, api: &Api, role_id: &str) {
    let found = organisation.objects.service_principal_by_app_id(api.app_id());
    let Some(resource_id) = found.map(|found| found.id.clone()) else {
        return;
    };
    let exists = organisation.objects.app_role_assignments.iter().any(|held| {
        held.principal_id == client_id
            && held.resource_id == resource_id
            && held.app_role_id.eq_ignore_ascii_case(role_id)
    });
    if exists || api.role_value(role_id).is_none() {
        return;
    }
    let created = organisation.clock.now();
    organisation.objects.app_role_assignments.push(AppRoleAssignment {
        id: new_id(),
        app_role_id: role_id.to_owned(),
        principal_id: client_id.to_owned(),
        resource_id,
        created,
    });
    organisation.touch();
}

/// Whether the person may consent to what is still missing; otherwise what a page says, and its code.
pub(super) fn ensure_allowed(
    organisation: &Organisation,
    person_id: &str,
    client: &str,
    wanted: &[Wanted],
) -> Result<(), (String, u64)> {
    may_consent(organisation, person_id, wanted).map_err(|needs| {
        let text = format!(
            "{client} needs permission to access resources in your organization that only an admin can grant. Please ask an \
             admin to grant permission to this app before you can use it."
        );
        (text, needs.code())
    })
}
