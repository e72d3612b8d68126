//! What a token can be for: one of Microsoft's APIs, or an API that an app registration of this organisation exposes.

use serde_json::Value;

use crate::organisation::registrations::Application;
use crate::published::permissions::Resource;
use crate::wire::text;

/// An API.
#[derive(Debug, Clone)]
pub(crate) enum Api {
    /// One of Microsoft's.
    Known(&'static Resource),
    /// One of the organisation's own.
    Own(Box<OwnApi>),
}

/// An API that an app registration exposes.
#[derive(Debug, Clone)]
pub(crate) struct OwnApi {
    app_id: String,
    display_name: String,
    /// As the client named it; a version 1 token has it as its audience.
    asked_as: String,
    /// Whether the registration asks for tokens of version 2 (`api.requestedAccessTokenVersion`).
    version_two: bool,
    scopes: Vec<Wanted>,
    /// Id and value of each app role.
    roles: Vec<(String, String)>,
}

/// A delegated permission that a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) id: String,
    pub(crate) value: String,
    pub(crate) display_name: String,
    /// Whether only an administrator may consent to it.
    pub(crate) admin: bool,
}

impl Api {
    /// The app id.
    pub(crate) fn app_id(&self) -> &str {
        match self {
            Self::Known(resource) => resource.app_id,
            Self::Own(own) => &own.app_id,
        }
    }

    /// The name.
    pub(crate) fn display_name(&self) -> &str {
        match self {
            Self::Known(resource) => resource.display_name,
            Self::Own(own) => &own.display_name,
        }
    }

    /// The `aud` claim of its access tokens: a token of version 2 always names the app id.
    pub(crate) fn audience(&self) -> &str {
        match self {
            Self::Known(resource) => resource.audience,
            Self::Own(own) if own.version_two => &own.app_id,
            Self::Own(own) => &own.asked_as,
        }
    }

    /// What stands before a scope's value in full.
    pub(crate) fn prefix(&self) -> &str {
        match self {
            Self::Known(resource) => resource.audience.trim_end_matches('/'),
            Self::Own(own) => &own.asked_as,
        }
    }

    /// Whether its access tokens are of version 2.
    pub(crate) fn version_two(&self) -> bool {
        matches!(self, Self::Own(own) if own.version_two)
    }

    /// Whether it is this one of Microsoft's.
    pub(crate) fn is(&self, resource: &Resource) -> bool {
        self.app_id() == resource.app_id
    }

    /// The delegated permission of this value, without regard to case.
    pub(crate) fn scope(&self, value: &str) -> Option<Wanted> {
        match self {
            Self::Known(resource) => resource.scope_by_value(value).map(known),
            Self::Own(own) => own
                .scopes
                .iter()
                .find(|scope| scope.value.eq_ignore_ascii_case(value))
                .cloned(),
        }
    }

    /// The delegated permission of this GUID.
    pub(crate) fn scope_by_id(&self, id: &str) -> Option<Wanted> {
        match self {
            Self::Known(resource) => resource
                .scopes
                .iter()
                .find(|scope| scope.id.eq_ignore_ascii_case(id))
                .map(known),
            Self::Own(own) => own
                .scopes
                .iter()
                .find(|scope| scope.id.eq_ignore_ascii_case(id))
                .cloned(),
        }
    }

    /// The value of the app role with this GUID.
    pub(crate) fn role_value(&self, id: &str) -> Option<String> {
        match self {
            Self::Known(resource) => resource.role_by_id(id).map(|role| role.value.to_owned()),
            Self::Own(own) => own
                .roles
                .iter()
                .find(|(held, _)| held.eq_ignore_ascii_case(id))
                .map(|(_, value)| value.clone()),
        }
    }
}

fn known(scope: &crate::published::permissions::Scope) -> Wanted {
    Wanted {
        id: scope.id.to_owned(),
        value: scope.value.to_owned(),
        display_name: scope.display_name.to_owned(),
        admin: scope.admin,
    }
}

impl OwnApi {
    /// What a registration says of the API that it exposes.
    pub(crate) fn of(application: &Application, asked_as: &str) -> Self {
        let api = application.writable.get("api").cloned().unwrap_or_default();
        let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
        let scopes = list(api.get("oauth2PermissionScopes"))
            .iter()
            .filter_map(|scope| {
                Some(Wanted {
                    id: text(scope, "id")?.to_owned(),
                    value: text(scope, "value")?.to_owned(),
                    display_name: text(scope, "adminConsentDisplayName")
                        .unwrap_or_default()
                        .to_owned(),
                    admin: text(scope, "type") == Some("Admin"),
                })
            })
            .collect();
        let roles = list(application.writable.get("appRoles"))
            .iter()
            .filter_map(|role| Some((text(role, "id")?.to_owned(), text(role, "value")?.to_owned())))
            .collect();
        Self {
            app_id: application.app_id.clone(),
            display_name: application.display_name().to_owned(),
            asked_as: asked_as.to_owned(),
            version_two: api.get("requestedAccessTokenVersion").and_then(Value::as_i64) == Some(2),
            scopes,
            roles,
        }
    }
}
