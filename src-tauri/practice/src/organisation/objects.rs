//! Everything in the organisation that can change, in the form in which it is saved.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::organisation::exchange::ExchangeObjects;
use crate::organisation::ids::hex_sha256;
use crate::organisation::mailboxes::store::MailStore;
use crate::organisation::registrations::{
    AppRoleAssignment, Application, DirectoryRoleAssignment, PermissionGrant, ServicePrincipal,
};
use crate::organisation::sign_ins::refresh_token::RefreshToken;
use crate::organisation::stale::{StalePolicies, StaleRights};

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
    pub(crate) recipients: BTreeMap<String, crate::people::changes::RecipientChanges>,
    /// What Graph keeps beside these.
    #[serde(default)]
    pub(crate) graph: crate::organisation::graph::GraphObjects,
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
        for (mailbox, object) in &self.exchange.client_access {
            add("clientAccess", mailbox, value(serde_json::to_value(object)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::exchange::ManagementScope;

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
}
