//! What Graph keeps beside the objects that Entra and Exchange share: owners, what was written about enterprise
//! applications and people, groups of the directory, and app management policies.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::organisation::registrations::{KeyCredential, PasswordCredential, ServicePrincipal};

/// Objects that callers make are refused beyond this, as a tenant's quota refuses them (the number is this
/// organisation's own).
pub(crate) const OBJECTS_AT_MOST: usize = 5_000;
/// Values in one list of one object are refused beyond this.
pub(crate) const VALUES_AT_MOST: usize = 500;

/// Graph's own part of the organisation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct GraphObjects {
    /// Directory ids of the owners, by the object id of an app registration.
    pub(crate) application_owners: BTreeMap<String, Vec<String>>,
    /// Directory ids of the owners, by the object id of an enterprise application.
    pub(crate) principal_owners: BTreeMap<String, Vec<String>>,
    /// What was written about enterprise applications, by object id.
    pub(crate) principals: BTreeMap<String, PrincipalDetails>,
    pub(crate) deleted_principals: Vec<DeletedPrincipal>,
    pub(crate) groups: Vec<DirectoryGroup>,
    /// Properties of people and mailboxes that were changed, by directory id.
    pub(crate) users: BTreeMap<String, Map<String, Value>>,
    pub(crate) app_policies: Vec<AppManagementPolicy>,
    /// Ids of the policies that are assigned, by the object id of an app registration or enterprise application.
    pub(crate) app_policy_links: BTreeMap<String, Vec<String>>,
    /// The tenant's app management policy as it was written; until then the scenario decides.
    pub(crate) default_app_policy: Option<Map<String, Value>>,
    /// Federated credentials by the object id of an app registration.
    pub(crate) federated_credentials: BTreeMap<String, Vec<Map<String, Value>>>,
    /// Requests to activate or deactivate roles, newest last.
    pub(crate) schedule_requests: Vec<ScheduleRequest>,
}

impl GraphObjects {
    /// The client secrets that an enterprise application has of its own.
    pub(crate) fn principal_passwords(&self, id: &str) -> &[PasswordCredential] {
        self.principals.get(id).map_or(&[], |found| &found.passwords)
    }

    /// The certificates that an enterprise application has of its own.
    pub(crate) fn principal_keys(&self, id: &str) -> &[KeyCredential] {
        self.principals.get(id).map_or(&[], |found| &found.keys)
    }
}

/// What was written about an enterprise application.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PrincipalDetails {
    /// Properties by their Graph names.
    pub(crate) writable: Map<String, Value>,
    pub(crate) passwords: Vec<PasswordCredential>,
    pub(crate) keys: Vec<KeyCredential>,
}

/// An enterprise application that was deleted and can be restored for 30 days (microsoft-facts §2.1).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DeletedPrincipal {
    pub(crate) object: ServicePrincipal,
    pub(crate) deleted: Timestamp,
}

/// A group that Graph may write: a security group or a Microsoft 365 group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DirectoryGroup {
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    pub(crate) visible_at: Timestamp,
    pub(crate) deleted: Option<Timestamp>,
    /// The properties by their Graph names.
    pub(crate) writable: Map<String, Value>,
    /// Directory ids of the direct members and of the owners.
    pub(crate) members: Vec<String>,
    pub(crate) owners: Vec<String>,
}

impl DirectoryGroup {
    /// Whether it is a Microsoft 365 group.
    pub(crate) fn is_unified(&self) -> bool {
        let kinds = self.writable.get("groupTypes").and_then(Value::as_array);
        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "Unified"))
    }
}

/// A policy about the credentials of the apps that it is assigned to (microsoft-facts §2.6).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AppManagementPolicy {
    pub(crate) id: String,
    pub(crate) writable: Map<String, Value>,
}

/// A request to activate, deactivate or assign a directory role.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ScheduleRequest {
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    pub(crate) action: String,
    pub(crate) principal_id: String,
    pub(crate) role_template_id: String,
    pub(crate) justification: Option<String>,
    pub(crate) created_by: String,
}
