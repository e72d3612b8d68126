//! What Entra keeps: app registrations, enterprise applications, and what each of them was granted.
//!
//! Passwords are kept as SHA-256 only: the value is shown once and is then nowhere (microsoft-facts §2.4).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

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
    /// What it signs is refused with 700027 before this instant, as a new secret is (microsoft-facts §2.11 has it of
    /// secrets; of certificates it is UNVERIFIED).
    #[serde(default)]
    pub(crate) usable_at: Timestamp,
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

/// The properties that a caller may write, with what they are when nobody did.
pub(crate) fn application_defaults() -> Map<String, Value> {
    let defaults = json!({
        "addIns": [], "api": {"acceptMappedClaims": null, "knownClientApplications": [],
            "requestedAccessTokenVersion": null, "oauth2PermissionScopes": [], "preAuthorizedApplications": []},
        "appRoles": [], "description": null, "displayName": null, "groupMembershipClaims": null, "identifierUris": [],
        "info": {"logoUrl": null, "marketingUrl": null, "privacyStatementUrl": null, "supportUrl": null,
            "termsOfServiceUrl": null},
        "isDeviceOnlyAuthSupported": null, "isFallbackPublicClient": null, "notes": null,
        "optionalClaims": null, "parentalControlSettings": {"countriesBlockedForMinors": [], "legalAgeGroupRule": "Allow"},
        "publicClient": {"redirectUris": []}, "requiredResourceAccess": [], "serviceManagementReference": null,
        "signInAudience": "AzureADMyOrg", "spa": {"redirectUris": []}, "tags": [], "tokenEncryptionKeyId": null,
        "samlMetadataUrl": null, "defaultRedirectUri": null, "nativeAuthenticationApisEnabled": null,
        "servicePrincipalLockConfiguration": null, "requestSignatureVerification": null,
        "web": {"homePageUrl": null, "logoutUrl": null, "redirectUris": [], "redirectUriSettings": [],
            "implicitGrantSettings": {"enableAccessTokenIssuance": false, "enableIdTokenIssuance": false}},
    });
    match defaults {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
