//! What Exchange keeps for itself: groups, roles and scopes, permissions on mailboxes, policies and switches.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::people::changes::replace_address;

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

/// Everything of a mailbox may be read, changed and deleted; sending is another permission.
pub(crate) const FULL_ACCESS: &str = "FullAccess";

/// One entry in a mailbox's list of permissions (`Get-MailboxPermission`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MailboxPermission {
    /// The mailbox's primary address, in lower case.
    pub(crate) mailbox: String,
    /// The directory id of a person, the object id of a service principal, or the GUID of a group.
    pub(crate) trustee: String,
    /// In Exchange's spelling, such as `FullAccess` and `ReadPermission`.
    pub(crate) rights: Vec<String>,
    /// A denial counts more than anything that allows.
    pub(crate) deny: bool,
    pub(crate) inherited: bool,
}

/// A right to send as a recipient (`Get-RecipientPermission`); `SendAs` is the only one there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecipientPermission {
    /// The primary address of the mailbox or group, in lower case.
    pub(crate) recipient: String,
    /// As in [`MailboxPermission::trustee`].
    pub(crate) trustee: String,
    pub(crate) deny: bool,
}

/// Which protocols reach one mailbox (`Get-CASMailbox`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ClientAccess {
    pub(crate) imap: bool,
    pub(crate) pop: bool,
    /// `None` follows the organisation's switch (microsoft-facts §4c).
    pub(crate) smtp_auth_disabled: Option<bool>,
    pub(crate) ews: Option<bool>,
    pub(crate) owa: bool,
    pub(crate) active_sync: bool,
    pub(crate) mapi: bool,
}

impl Default for ClientAccess {
    /// A new mailbox: everything on, SMTP AUTH as the organisation has it.
    fn default() -> Self {
        Self {
            imap: true,
            pop: true,
            smtp_auth_disabled: None,
            ews: None,
            owa: true,
            active_sync: true,
            mapi: true,
        }
    }
}

/// What of `Get-TransportConfig` can be changed here.
///
/// SMTP AUTH is on for a new practice organisation, so that a mailbox can send as soon as somebody may send from
/// it; real organisations are found with either setting (microsoft-facts §4c and §5).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct TransportConfig {
    pub(crate) smtp_auth_disabled: bool,
}

/// What `Set-Mailbox` changed of a mailbox.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MailboxSettings {
    pub(crate) hidden: bool,
    /// Who may send "on behalf of" the mailbox: trustees as in [`MailboxPermission::trustee`].
    pub(crate) send_on_behalf: Vec<String>,
    /// `CustomAttribute1` to `CustomAttribute15`, where they differ from what the directory has.
    pub(crate) custom_attributes: BTreeMap<u8, String>,
}

/// What a policy does with the mailboxes of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AccessRight {
    /// The app reaches these and no others.
    RestrictAccess,
    /// The app reaches all but these.
    DenyAccess,
}

impl AccessRight {
    /// As the cmdlets write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::RestrictAccess => "RestrictAccess",
            Self::DenyAccess => "DenyAccess",
        }
    }
}

/// An application access policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccessPolicy {
    /// The app's id, or [`EVERY_APP`].
    pub(crate) app_id: String,
    pub(crate) right: AccessRight,
    /// The GUID of a mail-enabled security group, or the directory id of a person.
    pub(crate) scope_id: String,
    /// The scope's name when the policy was made.
    pub(crate) scope_name: String,
    pub(crate) description: String,
    pub(crate) created: Timestamp,
}

/// A person's rights in a folder of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FolderPermission {
    /// The mailbox's primary address, in lower case.
    pub(crate) mailbox: String,
    /// The folder's path, such as `\Calendar`.
    pub(crate) folder: String,
    /// A directory id, or "Default" or "Anonymous".
    pub(crate) user: String,
    pub(crate) rights: Vec<String>,
}

impl FolderPermission {
    /// Follows a mailbox whose primary address changed.
    pub(crate) fn readdress(&mut self, old: &str, new: &str) {
        replace_address(std::slice::from_mut(&mut self.mailbox), old, new);
    }
}

/// What of `Get-OrganizationConfig` can be changed here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct OrganizationSettings {
    /// Off since October 2026 unless the organisation asked otherwise (microsoft-facts §5).
    pub(crate) ews_enabled: Option<bool>,
    pub(crate) ews_allowed_app_ids: Vec<String>,
}

impl Default for OrganizationSettings {
    fn default() -> Self {
        Self {
            ews_enabled: Some(false),
            ews_allowed_app_ids: Vec::new(),
        }
    }
}

/// The distinguished name that Exchange gives an object of this name.
pub(crate) fn distinguished_name(name: &str) -> String {
    format!(
        "CN={name},OU=contoso.onmicrosoft.example,OU=Microsoft Exchange Hosted Organizations,\
         DC=PRACTICE001,DC=PROD,DC=OUTLOOK,DC=EXAMPLE"
    )
}
