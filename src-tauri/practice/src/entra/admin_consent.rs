//! Admin consent: one administrator grants an app what it asks for, for everybody (microsoft-facts §1.5 and §2.7).

use url::Url;

use super::accounts::{self, Account};
use super::authorization_request::{Parameters, matching_redirect, redirect_mismatch};
use super::clients::{self, Client};
use super::consent::{declared, declared_scopes, grant, grant_role, may_grant_roles, parse_scopes};
use super::discovery;
use super::failure::Failure;
use super::pages;
use super::version::Version;
use crate::organisation::Organisation;
use crate::organisation::sign_ins::api::{Api, Wanted};
use crate::organisation::sign_ins::request::{AdminConsent, Flow};
use crate::people::roles::CONSENT_ROLES;
use crate::wire::{Call, Reply};

/// `GET /{t}/adminconsent` and `GET /{t}/v2.0/adminconsent`.
pub(super) fn start(organisation: &mut Organisation, call: &Call, tenant: &str, version: Version) -> Reply {
    let asked = match read(organisation, call, tenant, version) {
        Ok(asked) => asked,
        Err(failure) => return pages::error(&failure.description(organisation, call)),
    };
    let target = asked.redirect_uri.clone();
    let now = organisation.clock.now();
    match organisation
        .sign_ins
        .remember(Flow::AdminConsent(Box::new(asked)), now)
    {
        Some(flow) => pages::sign_in(
            &organisation.objects.tenant_id,
            &flow,
            call.query("login_hint"),
            None,
            target.as_deref(),
        ),
        None => Reply::empty(500),
    }
}

fn read(
    organisation: &Organisation,
    call: &Call,
    tenant: &str,
    version: Version,
) -> Result<AdminConsent, Failure> {
    discovery::check_tenant(organisation, tenant, "invalid_request")?;
    let given = Parameters::of(call)?;
    let client = clients::find(organisation, given.require("client_id")?)?;
    if version == Version::Two && ["common", "consumers"].contains(&tenant.to_lowercase().as_str()) {
        let text = "The request is not supported over the /common or /consumers endpoints. Please use the /organizations or \
                    tenant-specific endpoint.";
        return Err(Failure::new("invalid_request", 9_001_023, text));
    }
    let redirect_uri = match given.get("redirect_uri") {
        None => None,
        Some(asked) => Some(
            matching_redirect(&client.redirects, asked)
                .map(|(_, uri)| uri)
                .ok_or_else(|| redirect_mismatch(asked, &client.app_id))?,
        ),
    };
    let scopes = match version {
        Version::One => {
            if declared(organisation, &client.app_id).is_empty() {
                return Err(Failure::new(
                    "invalid_client",
                    650_056,
                    "Misconfigured application. This could be due to one of the following: the client has not listed any \
                     permissions for any API in the requested permissions in the client's application registration.",
                ));
            }
            None
        }
        Version::Two => {
            let scope = given.require("scope")?;
            Some((parse_scopes(organisation, scope)?, scope.to_owned()))
        }
    };
    Ok(AdminConsent {
        client_id: client.app_id,
        redirect_uri,
        state: given.get("state").map(str::to_owned),
        scopes,
    })
}

/// What is to be granted.
struct Grants {
    scopes: Vec<(Api, Vec<Wanted>)>,
    /// API and id of each application permission.
    roles: Vec<(Api, String)>,
}

fn grants(organisation: &Organisation, asked: &AdminConsent) -> Grants {
    let (of_api, named) = match &asked.scopes {
        Some((scopes, _)) if scopes.default => (Some(scopes.api.app_id()), None),
        Some((scopes, _)) => (Some(scopes.api.app_id()), Some(scopes)),
        None => (None, None),
    };
    if let Some(scopes) = named {
        let wanted = scopes.values.iter().filter_map(|value| scopes.api.scope(value));
        return Grants {
            scopes: vec![(scopes.api.clone(), wanted.collect())],
            roles: Vec::new(),
        };
    }
    declared_grants(organisation, &asked.client_id, of_api)
}

/// What a registration declares, on one API or on all.
fn declared_grants(organisation: &Organisation, app_id: &str, of_api: Option<&str>) -> Grants {
    let mut found = Grants {
        scopes: Vec::new(),
        roles: Vec::new(),
    };
    for (api, kind, id) in declared(organisation, app_id) {
        if of_api.is_some_and(|wanted| wanted != api.app_id()) {
            continue;
        }
        if kind == "Role" {
            found.roles.push((api, id));
        } else if !found
            .scopes
            .iter()
            .any(|(known, _)| known.app_id() == api.app_id())
        {
            let wanted = declared_scopes(organisation, app_id, &api);
            found.scopes.push((api, wanted));
        }
    }
    found
}

/// Whether the person may grant all of it; otherwise the page's text.
fn refusal(organisation: &Organisation, account: &Account, client: &str, grants: &Grants) -> Option<String> {
    let allowed = organisation.has_any_role(&account.id, &CONSENT_ROLES)
        && may_grant_roles(organisation, &account.id, grants.roles.iter().map(|(api, _)| api));
    (!allowed).then(|| {
        format!(
            "{client} needs permissions that {} may not grant: application permissions of Microsoft Graph take a Global \
             Administrator or a Privileged Role Administrator, everything else at least an application administrator.",
            account.display_name
        )
    })
}

/// After the person said who they are.
pub(super) fn confirm(organisation: &mut Organisation, asked: AdminConsent, account: &Account) -> Reply {
    let tenant = organisation.objects.tenant_id.clone();
    let Ok(client) = clients::find(organisation, &asked.client_id) else {
        return pages::error("The application is gone.");
    };
    let found = grants(organisation, &asked);
    let refused = refusal(organisation, account, &client.display_name, &found);
    let apis: Vec<&str> = found.scopes.iter().map(|(api, _)| api.display_name()).collect();
    let apis = apis.join(" and ");
    let wanted: Vec<Wanted> = found.scopes.into_iter().flat_map(|(_, wanted)| wanted).collect();
    let roles: Vec<(String, String)> = found
        .roles
        .into_iter()
        .filter_map(|(api, id)| Some((api.display_name().to_owned(), api.role_value(&id)?)))
        .collect();
    let target = asked.redirect_uri.clone();
    let now = organisation.clock.now();
    let Some(flow) = organisation
        .sign_ins
        .remember(Flow::AdminConsent(Box::new(asked)), now)
    else {
        return Reply::empty(500);
    };
    match refused {
        Some(text) => pages::refused(
            &tenant,
            &flow,
            "Need admin approval",
            &text,
            90094,
            target.as_deref(),
        ),
        None => pages::consent(
            &tenant,
            &flow,
            &pages::Asked {
                client: &client.display_name,
                account: None,
                api: &apis,
                wanted: &wanted,
                roles: &roles,
                for_everybody: false,
                on_device: false,
                target: target.as_deref(),
            },
        ),
    }
}

/// Writes everything down for everybody, and makes the enterprise application if there is none yet.
fn write(organisation: &mut Organisation, client: &Client, found: &Grants) {
    let principal = clients::ensure_principal(organisation, client);
    for (api, wanted) in &found.scopes {
        grant(organisation, &principal, api, None, wanted);
    }
    for (api, id) in &found.roles {
        grant_role(organisation, &principal, api, id);
    }
}

/// Ends it as the person decided: grants everything, or nothing, and goes back.
pub(super) fn finish(
    organisation: &mut Organisation,
    call: &Call,
    asked: &AdminConsent,
    account: &Account,
    accept: bool,
) -> Reply {
    let client = match clients::find(organisation, &asked.client_id) {
        Ok(client) => client,
        Err(failure) => return pages::error(&failure.description(organisation, call)),
    };
    let found = grants(organisation, asked);
    let refused = refusal(organisation, account, &client.display_name, &found).is_some();
    let granted = accept && !refused && !organisation.scenario.consent_declined;
    if granted {
        write(organisation, &client, &found);
    }
    let Some(mut url) = asked.redirect_uri.as_deref().and_then(|uri| Url::parse(uri).ok()) else {
        return pages::consent_done(granted);
    };
    let fields = back(organisation, call, asked, granted, refused);
    url.query_pairs_mut().extend_pairs(fields);
    Reply::redirect(url.as_str()).with("cache-control", "no-store")
}

/// What goes back to the client. Version 2 says `admin_consent=True` even when nothing was granted.
fn back(
    organisation: &Organisation,
    call: &Call,
    asked: &AdminConsent,
    granted: bool,
    refused: bool,
) -> Vec<(&'static str, String)> {
    let tenant = organisation.objects.tenant_id.clone();
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    match &asked.scopes {
        None if granted => {
            fields.push(("tenant", tenant));
            fields.extend(asked.state.clone().map(|state| ("state", state)));
            fields.push(("admin_consent", "True".into()));
        }
        None => {
            fields.push(("error", "permission_denied".into()));
            fields.push(("error_description", "The admin canceled the request".into()));
            fields.extend(asked.state.clone().map(|state| ("state", state)));
        }
        Some((_, scope)) => {
            if !granted {
                let failure = if refused {
                    Failure::new("access_denied", 90094, "The grant requires admin permission.")
                } else {
                    Failure::new(
                        "consent_required",
                        65004,
                        "The resource owner or authorization server denied the request.",
                    )
                };
                fields.push(("error", failure.error().to_owned()));
                fields.push(("error_description", failure.description(organisation, call)));
                if !refused {
                    fields.push(("error_subcode", "cancel".into()));
                }
            }
            fields.push(("admin_consent", "True".into()));
            fields.push(("tenant", tenant));
            if granted {
                fields.push(("scope", scope.clone()));
            }
            fields.extend(asked.state.clone().map(|state| ("state", state)));
        }
    }
    fields
}

/// Plays an administrator without a browser.
pub(super) fn answer_as_person(
    organisation: &mut Organisation,
    call: &Call,
    tenant: &str,
    account: &Account,
    accept: bool,
) -> Reply {
    let version = if call.path.contains("/v2.0/") {
        Version::Two
    } else {
        Version::One
    };
    match read(organisation, call, tenant, version) {
        Ok(asked) => finish(organisation, call, &asked, account, accept),
        Err(failure) => pages::error(&failure.description(organisation, call)),
    }
}

/// Grants an app everything that it declares, for everybody, as the portal's button does.
///
/// # Errors
/// The words for a person who may not grant it, or for an app that does not exist.
pub(crate) fn grant_for_everybody(
    organisation: &mut Organisation,
    app_id: &str,
    person_id: &str,
) -> Result<(), NotGranted> {
    let account = accounts::by_id(organisation, person_id).ok_or(NotGranted::Forbidden)?;
    let client = clients::find(organisation, app_id).map_err(|_| NotGranted::Unknown)?;
    let found = declared_grants(organisation, app_id, None);
    if refusal(organisation, &account, &client.display_name, &found).is_some() {
        return Err(NotGranted::Forbidden);
    }
    write(organisation, &client, &found);
    organisation.touch();
    Ok(())
}

/// Why nothing was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotGranted {
    /// The person may not.
    Forbidden,
    /// There is no such app.
    Unknown,
}
