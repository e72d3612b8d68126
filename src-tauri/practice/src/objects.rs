//! Everything in the organisation that can change, in the form in which it is saved.
//!
//! Passwords are kept as SHA-256 only: the value is shown once and is then nowhere (microsoft-facts §2.4).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::access::mailbox_permissions::{
    ClientAccess, MailboxPermission, MailboxSettings, RecipientPermission, TransportConfig,
};
use crate::access::policies::AccessPolicy;
use crate::access::{StalePolicies, StaleRights};
use crate::entra::RefreshToken;
use crate::exchange::{FolderPermission, OrganizationSettings};
use crate::mail::store::MailStore;

/// The organisation's changeable objects.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Objects {
    /// What the directory was made from; kept, because ids depend on it.
    pub(crate) seed: u64,
    pub(crate) tenant_id: String,
    pub(crate) applications: Vec<Application>,
    pub(crate) service_principals: Vec<ServicePrincipal>,
    pub(crate) app_role_assignments: Vec<AppRoleAssignment>,
    pub(crate) permission_grants: Vec<PermissionGrant>,
    /// Directory roles of people and of service principals, active and eligible.
    #[serde(default)]
    pub(crate) directory_roles: Vec<DirectoryRoleAssignment>,
    /// Refresh tokens that were handed out, by their SHA-256.
    #[serde(default)]
    pub(crate) refresh_tokens: Vec<RefreshToken>,
    pub(crate) exchange: ExchangeObjects,
    /// What was changed of people and mailboxes, by directory id.
    #[serde(default)]
    pub(crate) recipients: BTreeMap<String, crate::recipient_changes::RecipientChanges>,
    /// What Graph keeps beside these.
    #[serde(default)]
    pub(crate) graph: crate::graph::state::GraphObjects,
    /// What live calls still believe about an app's Exchange rights, by service principal object id.
    pub(crate) stale_rights: BTreeMap<String, StaleRights>,
    /// What live calls still believe about access policies, by app id in lower case or `*`, oldest change first.
    #[serde(default)]
    pub(crate) stale_policies: BTreeMap<String, Vec<StalePolicies>>,
    /// What each object that was there from the start looked like, to show that nobody touched it.
    pub(crate) foreign: BTreeMap<String, String>,
    /// What was changed in mailboxes. It is saved in a file of its own, because it is large and changes at other times
    /// than the rest; an earlier version kept it here.
    #[serde(default, skip_serializing)]
    pub(crate) mail: MailStore,
    pub(crate) saved_at: Timestamp,
}

/// An app registration (microsoft-facts §2.1).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Application {
    pub(crate) id: String,
    pub(crate) app_id: String,
    pub(crate) unique_name: Option<String>,
    pub(crate) created: Timestamp,
    /// Reads and dependents answer 404 before this instant (microsoft-facts §2.11).
    pub(crate) visible_at: Timestamp,
    pub(crate) deleted: Option<Timestamp>,
    /// The properties that a caller may write, by their Graph names.
    pub(crate) writable: Map<String, Value>,
    pub(crate) passwords: Vec<PasswordCredential>,
    #[serde(default)]
    pub(crate) keys: Vec<KeyCredential>,
    pub(crate) created_by: Option<String>,
}

impl Application {
    /// The display name, or nothing.
    pub(crate) fn display_name(&self) -> &str {
        self.writable
            .get("displayName")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

/// A client secret, without its value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PasswordCredential {
    pub(crate) key_id: String,
    pub(crate) display_name: Option<String>,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) hint: String,
    pub(crate) sha256: String,
    /// The secret is refused with 7000215 before this instant (microsoft-facts §2.11).
    pub(crate) usable_at: Timestamp,
}

/// A certificate that an application may sign its assertions with (microsoft-facts §2.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyCredential {
    pub(crate) key_id: String,
    pub(crate) display_name: Option<String>,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    /// `AsymmetricX509Cert`.
    pub(crate) kind: String,
    /// `Verify`.
    pub(crate) usage: String,
    /// The certificate in DER, in base64; empty for one that nobody here holds.
    pub(crate) certificate: String,
    /// The thumbprint that Graph shows as `customKeyIdentifier`: SHA-1 of the certificate in capitals.
    pub(crate) custom_key_identifier: Option<String>,
}

/// A directory role that somebody holds (microsoft-facts §2.7 and §2.8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DirectoryRoleAssignment {
    pub(crate) id: String,
    /// The directory id of a person or of a service principal.
    pub(crate) principal_id: String,
    pub(crate) role_template_id: String,
    /// Whether it is in force; an eligible role must be activated first (PIM) and shows nowhere until then.
    pub(crate) active: bool,
}

/// An enterprise application (microsoft-facts §2.2).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ServicePrincipal {
    pub(crate) id: String,
    pub(crate) app_id: String,
    pub(crate) display_name: String,
    pub(crate) created: Timestamp,
    pub(crate) visible_at: Timestamp,
    pub(crate) tags: Vec<String>,
    pub(crate) account_enabled: bool,
    /// The tenant that the app registration lives in; another one for a vendor's multi-tenant app.
    pub(crate) owner_tenant: String,
}

/// An application permission that was granted (microsoft-facts §2.3).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AppRoleAssignment {
    pub(crate) id: String,
    pub(crate) app_role_id: String,
    pub(crate) principal_id: String,
    pub(crate) resource_id: String,
    pub(crate) created: Timestamp,
}

/// A delegated permission that was granted (microsoft-facts §2.3).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PermissionGrant {
    pub(crate) id: String,
    pub(crate) client_id: String,
    /// `None` for the whole organisation, otherwise the one person.
    pub(crate) principal_id: Option<String>,
    pub(crate) resource_id: String,
    pub(crate) scope: String,
}

impl PermissionGrant {
    /// Whether the grant holds this scope.
    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scope
            .split_whitespace()
            .any(|held| held.eq_ignore_ascii_case(scope))
    }
}

/// What Exchange keeps for itself (microsoft-facts §4b).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct ExchangeObjects {
    pub(crate) dehydrated: bool,
    pub(crate) service_principals: Vec<ExchangeServicePrincipal>,
    pub(crate) scopes: Vec<ManagementScope>,
    pub(crate) assignments: Vec<RoleAssignment>,
    pub(crate) groups: Vec<Group>,
    #[serde(default)]
    pub(crate) mailbox_permissions: Vec<MailboxPermission>,
    #[serde(default)]
    pub(crate) recipient_permissions: Vec<RecipientPermission>,
    /// The protocol switches of each mailbox that differs from a new one, by primary address in lower case.
    #[serde(default)]
    pub(crate) client_access: BTreeMap<String, ClientAccess>,
    /// What was changed of mailboxes, by primary address in lower case.
    #[serde(default)]
    pub(crate) mailbox_settings: BTreeMap<String, MailboxSettings>,
    #[serde(default)]
    pub(crate) transport: TransportConfig,
    #[serde(default)]
    pub(crate) organization: OrganizationSettings,
    #[serde(default)]
    pub(crate) access_policies: Vec<AccessPolicy>,
    #[serde(default)]
    pub(crate) folder_permissions: Vec<FolderPermission>,
    #[serde(default)]
    pub(crate) administrative_units: Vec<AdministrativeUnit>,
}

/// Exchange's pointer to an enterprise application.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ExchangeServicePrincipal {
    pub(crate) app_id: String,
    pub(crate) object_id: String,
    pub(crate) display_name: String,
    pub(crate) guid: String,
}

/// A filter over recipients that role assignments can be limited to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ManagementScope {
    pub(crate) name: String,
    pub(crate) filter: String,
    pub(crate) guid: String,
    /// An exclusive scope keeps other administrators out; apps it does not restrict (microsoft-facts §4b).
    #[serde(default)]
    pub(crate) exclusive: bool,
}

/// An application role given to an app, for a scope or for the whole organisation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RoleAssignment {
    pub(crate) name: String,
    pub(crate) role: String,
    /// The object id of the Exchange service principal.
    pub(crate) app: String,
    pub(crate) scope: Option<String>,
    /// The GUID of the group whose direct members it reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) group_scope: Option<String>,
    /// The id of the administrative unit whose members it reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) administrative_unit: Option<String>,
    pub(crate) guid: String,
}

/// A part of the directory with administrators of its own (microsoft-facts §4b, scope by administrative unit).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AdministrativeUnit {
    pub(crate) id: String,
    pub(crate) display_name: String,
    /// Primary addresses in lower case.
    pub(crate) members: Vec<String>,
}

/// A group that Exchange owns and Graph may only read (microsoft-facts §2.9).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) display_name: String,
    pub(crate) alias: String,
    pub(crate) primary_smtp: String,
    pub(crate) guid: String,
    pub(crate) distinguished_name: String,
    /// Whether it is a mail-enabled security group rather than a distribution list.
    pub(crate) security: bool,
    /// Whether it is a Microsoft 365 group, which has a mailbox of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unified: bool,
    /// The filter of a dynamic distribution group, which has no list of members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) filter: Option<String>,
    pub(crate) hidden: bool,
    /// Primary addresses of the direct members, in lower case.
    pub(crate) members: Vec<String>,
}

impl Objects {
    /// The live app registration with this app id.
    pub(crate) fn application_by_app_id(&self, app_id: &str) -> Option<&Application> {
        self.applications
            .iter()
            .find(|app| app.deleted.is_none() && app.app_id.eq_ignore_ascii_case(app_id))
    }

    /// The enterprise application with this object id.
    pub(crate) fn service_principal(&self, id: &str) -> Option<&ServicePrincipal> {
        self.service_principals
            .iter()
            .find(|principal| principal.id.eq_ignore_ascii_case(id))
    }

    /// The enterprise application with this app id.
    pub(crate) fn service_principal_by_app_id(&self, app_id: &str) -> Option<&ServicePrincipal> {
        self.service_principals
            .iter()
            .find(|principal| principal.app_id.eq_ignore_ascii_case(app_id))
    }

    /// A fingerprint of every object, by kind and id.
    pub(crate) fn fingerprints(&self) -> BTreeMap<String, String> {
        let mut prints = BTreeMap::new();
        let mut add = |kind: &str, key: &str, object: Value| {
            prints.insert(format!("{kind} {key}"), hex_sha256(object.to_string().as_bytes()));
        };
        let value = |object: Result<Value, serde_json::Error>| object.unwrap_or_default();
        for object in &self.applications {
            add("application", &object.id, value(serde_json::to_value(object)));
        }
        for object in &self.service_principals {
            add(
                "servicePrincipal",
                &object.id,
                value(serde_json::to_value(object)),
            );
        }
        for object in &self.app_role_assignments {
            add(
                "appRoleAssignment",
                &object.id,
                value(serde_json::to_value(object)),
            );
        }
        for object in &self.permission_grants {
            add(
                "oauth2PermissionGrant",
                &object.id,
                value(serde_json::to_value(object)),
            );
        }
        for object in &self.exchange.service_principals {
            add(
                "exchangeServicePrincipal",
                &object.object_id,
                value(serde_json::to_value(object)),
            );
        }
        for object in &self.exchange.scopes {
            add(
                "managementScope",
                &object.name,
                value(serde_json::to_value(object)),
            );
        }
        for object in &self.exchange.assignments {
            add(
                "managementRoleAssignment",
                &object.name,
                value(serde_json::to_value(object)),
            );
        }
        for object in &self.exchange.groups {
            add("group", &object.guid, value(serde_json::to_value(object)));
        }
        for object in &self.exchange.mailbox_permissions {
            let key = format!("{} {} {}", object.mailbox, object.trustee, object.deny);
            add("mailboxPermission", &key, value(serde_json::to_value(object)));
        }
        for object in &self.exchange.recipient_permissions {
            let key = format!("{} {} {}", object.recipient, object.trustee, object.deny);
            add("recipientPermission", &key, value(serde_json::to_value(object)));
        }
        for object in &self.exchange.access_policies {
            let key = format!("{} {}", object.app_id, object.scope_id);
            add(
                "applicationAccessPolicy",
                &key,
                value(serde_json::to_value(object)),
            );
        }
        prints
    }

    /// The objects that were there from the start and are now different or gone.
    pub(crate) fn foreign_changes(&self) -> Vec<String> {
        let present = self.fingerprints();
        self.foreign
            .iter()
            .filter(|(key, print)| present.get(*key) != Some(print))
            .map(|(key, _)| key.clone())
            .collect()
    }

    /// Whether an object was there from the start.
    pub(crate) fn is_foreign(&self, kind: &str, key: &str) -> bool {
        self.foreign.contains_key(&format!("{kind} {key}"))
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn hex_sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_or_missing_object_is_named() {
        let mut objects = Objects::default();
        for name in ["kept", "changed", "removed"] {
            objects.exchange.scopes.push(ManagementScope {
                name: name.into(),
                filter: "Alias -eq 'a'".into(),
                guid: String::new(),
                exclusive: false,
            });
        }
        objects.foreign = objects.fingerprints();
        assert!(objects.foreign_changes().is_empty());
        objects.exchange.scopes[1].filter = "Alias -eq 'b'".into();
        objects.exchange.scopes.remove(2);
        assert_eq!(
            objects.foreign_changes(),
            ["managementScope changed", "managementScope removed"]
        );
    }

    #[test]
    fn hexadecimal_is_lower_case() {
        assert_eq!(hex_sha256(b"")[..8], *"e3b0c442");
    }
}
