//! A read-out of the organisation for tests: what was made, by whom it looks to be, what was touched.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clock::graph_time;
use crate::organisation::Organisation;
use crate::organisation::objects::Objects;
use crate::published::permissions::resource_by_app_id;

/// The organisation at one instant. No secret is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// The organisation's time.
    pub now: String,
    /// Every app registration, deleted ones too.
    pub applications: Vec<ApplicationView>,
    /// Every enterprise application.
    pub service_principals: Vec<ServicePrincipalView>,
    /// Every application permission granted in Entra.
    pub app_role_assignments: Vec<AppRoleAssignmentView>,
    /// Every delegated permission granted in Entra.
    pub permission_grants: Vec<PermissionGrantView>,
    /// What Exchange keeps.
    pub exchange: ExchangeView,
    /// Objects that were there from the start and are now different or gone, as "kind id".
    pub foreign_changes: Vec<String>,
    /// SHA-256 of the whole content of every object, by "kind id"; for telling what changed, whoever made it.
    pub prints: BTreeMap<String, String>,
    /// Requests so far, by "METHOD path template".
    pub requests: BTreeMap<String, u64>,
    /// Why the organisation could not be saved, if it could not.
    pub save_error: Option<String>,
}

/// An app registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicationView {
    /// Object id.
    pub id: String,
    /// App id.
    pub app_id: String,
    /// Display name.
    pub display_name: String,
    /// Unique name.
    pub unique_name: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Whether it is soft-deleted.
    pub deleted: bool,
    /// Whether it was there from the start.
    pub foreign: bool,
    /// Its secrets.
    pub passwords: Vec<PasswordView>,
    /// The key ids of its certificates.
    pub certificates: Vec<String>,
}

/// A client secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PasswordView {
    /// Key id.
    pub key_id: String,
    /// Display name.
    pub display_name: Option<String>,
    /// When it ends.
    pub end: String,
}

/// An enterprise application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServicePrincipalView {
    /// Object id.
    pub id: String,
    /// App id.
    pub app_id: String,
    /// Display name.
    pub display_name: String,
    /// Whether it was there from the start.
    pub foreign: bool,
}

/// An application permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppRoleAssignmentView {
    /// Assignment id.
    pub id: String,
    /// The holder's object id.
    pub principal_id: String,
    /// The API's name.
    pub resource: String,
    /// The permission's value.
    pub role: String,
    /// Whether it was there from the start.
    pub foreign: bool,
}

/// A delegated permission grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PermissionGrantView {
    /// Grant id.
    pub id: String,
    /// The client's object id.
    pub client_id: String,
    /// The one person, or nobody for the whole organisation.
    pub principal_id: Option<String>,
    /// The API's name.
    pub resource: String,
    /// The scopes, separated by spaces.
    pub scope: String,
    /// Whether it was there from the start.
    pub foreign: bool,
}

/// Exchange's objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExchangeView {
    /// Whether `Enable-OrganizationCustomization` is still needed.
    pub dehydrated: bool,
    /// Object id and display name of each service principal.
    pub service_principals: Vec<NamedView>,
    /// Management scopes: name and filter.
    pub scopes: Vec<NamedView>,
    /// Role assignments: name and "role → app @ scope".
    pub assignments: Vec<RoleAssignmentView>,
    /// Groups.
    pub groups: Vec<GroupView>,
}

/// Something with a name and one telling detail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedView {
    /// The name.
    pub name: String,
    /// Object id of a service principal, filter of a scope.
    pub detail: String,
    /// Whether it was there from the start.
    pub foreign: bool,
}

/// A role assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleAssignmentView {
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Object id of the app's service principal.
    pub app: String,
    /// Scope, or none for the whole organisation.
    pub scope: Option<String>,
    /// Whether it was there from the start.
    pub foreign: bool,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Distinguished name.
    pub distinguished_name: String,
    /// Whether it is a mail-enabled security group.
    pub security: bool,
    /// Addresses of the direct members.
    pub members: Vec<String>,
    /// Whether it was there from the start.
    pub foreign: bool,
}

/// Reads the organisation out.
pub(crate) fn take(
    organisation: &Organisation,
    requests: BTreeMap<String, u64>,
    save_error: Option<String>,
) -> Snapshot {
    let objects = &organisation.objects;
    let api = |id: &str| {
        objects
            .service_principal(id)
            .map_or_else(|| id.to_owned(), |found| found.display_name.clone())
    };
    Snapshot {
        now: organisation.time(),
        applications: applications(objects),
        service_principals: objects
            .service_principals
            .iter()
            .map(|held| ServicePrincipalView {
                id: held.id.clone(),
                app_id: held.app_id.clone(),
                display_name: held.display_name.clone(),
                foreign: objects.is_foreign("servicePrincipal", &held.id),
            })
            .collect(),
        app_role_assignments: objects
            .app_role_assignments
            .iter()
            .map(|held| {
                let resource = objects.service_principal(&held.resource_id);
                let role = resource
                    .and_then(|found| resource_by_app_id(&found.app_id))
                    .and_then(|resource| resource.role_by_id(&held.app_role_id));
                AppRoleAssignmentView {
                    id: held.id.clone(),
                    principal_id: held.principal_id.clone(),
                    resource: api(&held.resource_id),
                    role: role.map_or_else(|| held.app_role_id.clone(), |role| role.value.to_owned()),
                    foreign: objects.is_foreign("appRoleAssignment", &held.id),
                }
            })
            .collect(),
        permission_grants: objects
            .permission_grants
            .iter()
            .map(|held| PermissionGrantView {
                id: held.id.clone(),
                client_id: held.client_id.clone(),
                principal_id: held.principal_id.clone(),
                resource: api(&held.resource_id),
                scope: held.scope.clone(),
                foreign: objects.is_foreign("oauth2PermissionGrant", &held.id),
            })
            .collect(),
        exchange: exchange(objects),
        foreign_changes: objects.foreign_changes(),
        prints: objects.fingerprints(),
        requests,
        save_error,
    }
}

fn applications(objects: &Objects) -> Vec<ApplicationView> {
    let view = |held: &crate::organisation::registrations::Application| {
        let tags = held
            .writable
            .get("tags")
            .and_then(|tags| tags.as_array())
            .into_iter()
            .flatten();
        ApplicationView {
            id: held.id.clone(),
            app_id: held.app_id.clone(),
            display_name: held.display_name().to_owned(),
            unique_name: held.unique_name.clone(),
            tags: tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
            deleted: held.deleted.is_some(),
            foreign: objects.is_foreign("application", &held.id),
            certificates: held.keys.iter().map(|key| key.key_id.clone()).collect(),
            passwords: held
                .passwords
                .iter()
                .map(|password| PasswordView {
                    key_id: password.key_id.clone(),
                    display_name: password.display_name.clone(),
                    end: graph_time(password.end),
                })
                .collect(),
        }
    };
    objects.applications.iter().map(view).collect()
}

fn exchange(objects: &Objects) -> ExchangeView {
    let held = &objects.exchange;
    ExchangeView {
        dehydrated: held.dehydrated,
        service_principals: held
            .service_principals
            .iter()
            .map(|found| NamedView {
                name: found.display_name.clone(),
                detail: found.object_id.clone(),
                foreign: objects.is_foreign("exchangeServicePrincipal", &found.object_id),
            })
            .collect(),
        scopes: held
            .scopes
            .iter()
            .map(|found| NamedView {
                name: found.name.clone(),
                detail: found.filter.clone(),
                foreign: objects.is_foreign("managementScope", &found.name),
            })
            .collect(),
        assignments: held
            .assignments
            .iter()
            .map(|found| RoleAssignmentView {
                name: found.name.clone(),
                role: found.role.clone(),
                app: found.app.clone(),
                scope: found.scope.clone(),
                foreign: objects.is_foreign("managementRoleAssignment", &found.name),
            })
            .collect(),
        groups: held
            .groups
            .iter()
            .map(|found| GroupView {
                name: found.name.clone(),
                address: found.primary_smtp.clone(),
                distinguished_name: found.distinguished_name.clone(),
                security: found.security,
                members: found.members.clone(),
                foreign: objects.is_foreign("group", &found.guid),
            })
            .collect(),
    }
}
