//! Who calls: the access token of a request, checked as the APIs check it.

use serde_json::Value;

use crate::organisation::Organisation;
use crate::people::roles::Role;
use crate::published::permissions::Resource;
use crate::wire::hosts::{is_of_another_cloud, uri_in_cloud};
use crate::wire::{Call, text};

/// Who a token speaks for.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    /// An application as itself.
    Application {
        principal_id: String,
        /// The `roles` claim: application permissions.
        roles: Vec<String>,
        directory_roles: Vec<Role>,
    },
    /// An application on behalf of a person.
    Person {
        id: String,
        scopes: Vec<String>,
        directory_roles: Vec<Role>,
    },
}

impl Caller {
    /// Whether the token carries one of these permissions, delegated or of the app itself.
    pub(crate) fn holds(&self, permissions: &[&str]) -> bool {
        let held = match self {
            Self::Application { roles, .. } => roles,
            Self::Person { scopes, .. } => scopes,
        };
        held.iter()
            .any(|held| permissions.iter().any(|wanted| wanted.eq_ignore_ascii_case(held)))
    }

    /// Whether the caller is an application with the permission, or a person with one of these active roles.
    pub(crate) fn has_role(&self, roles: &[Role]) -> bool {
        match self {
            Self::Application { .. } => true,
            Self::Person { .. } => self.has_directory_role(roles),
        }
    }

    /// Whether one of these directory roles is in force for the caller itself.
    pub(crate) fn has_directory_role(&self, roles: &[Role]) -> bool {
        let (Self::Application { directory_roles, .. } | Self::Person { directory_roles, .. }) = self;
        directory_roles.iter().any(|role| roles.contains(role))
    }

    /// The directory id of the person or service principal.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Application { principal_id, .. } => principal_id,
            Self::Person { id, .. } => id,
        }
    }
}

/// Why a token was refused (microsoft-facts §2.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    Missing,
    Malformed,
    Expired,
    Audience,
}

impl Refused {
    /// The message that the APIs write.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Missing => "Access token is empty.",
            Self::Malformed => "CompactToken parsing failed with error code: 80049217",
            Self::Expired => "Access token has expired or is not yet valid.",
            Self::Audience => "Access token validation failure. Invalid audience.",
        }
    }
}

/// The caller of a request to this API.
pub(crate) fn caller(
    organisation: &Organisation,
    call: &Call,
    resource: &Resource,
) -> Result<Caller, Refused> {
    let token = call
        .bearer()
        .filter(|token| !token.is_empty())
        .ok_or(Refused::Missing)?;
    let cloud = organisation.scenario.cloud;
    if call.front.is_some_and(|host| is_of_another_cloud(host, cloud)) {
        return Err(Refused::Audience);
    }
    caller_with(organisation, token, resource)
}

/// The caller that an access token to this API speaks for, however the token came in: mail programs send it by SASL.
pub(crate) fn caller_with(
    organisation: &Organisation,
    token: &str,
    resource: &Resource,
) -> Result<Caller, Refused> {
    let claims = organisation.token_key.verify(token).ok_or(Refused::Malformed)?;
    let now = organisation.clock.now().as_second();
    let instant = |name: &str| claims.get(name).and_then(Value::as_i64).unwrap_or_default();
    if now >= instant("exp") || now < instant("nbf") {
        return Err(Refused::Expired);
    }
    if text(&claims, "aud") != Some(uri_in_cloud(resource.audience, organisation.scenario.cloud).as_str()) {
        return Err(Refused::Audience);
    }
    let id = text(&claims, "oid").unwrap_or_default().to_owned();
    if text(&claims, "idtyp") == Some("app") {
        let roles = claims
            .get("roles")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let roles = roles
            .filter_map(|role| role.as_str().map(str::to_owned))
            .collect();
        // A token outlives the enterprise application by a while; its calls do not.
        if organisation.objects.service_principal(&id).is_none() {
            return Err(Refused::Malformed);
        }
        let directory_roles = organisation.active_roles(&id);
        return Ok(Caller::Application {
            principal_id: id,
            roles,
            directory_roles,
        });
    }
    // Everybody in the directory may sign in, not only the people of the sign-in page.
    organisation
        .directory
        .by_id(crate::people::directory::IdKind::Directory, &id)
        .ok_or(Refused::Malformed)?;
    let scopes = text(&claims, "scp")
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let directory_roles = organisation.active_roles(&id);
    Ok(Caller::Person {
        id,
        scopes,
        directory_roles,
    })
}
