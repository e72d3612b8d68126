//! What a proof is made of: everything that decides what the app can reach, as it was read in the organisation.
//!
//! A proof holds for this state and no other. The same is read again just before anything is sealed; where it differs
//! in any part, the look is repeated. [`reasons`] compares it with what was asked for.

mod reasons;

use std::collections::{BTreeMap, BTreeSet};

use domain::credential::CredentialKind;
use domain::ids::{KeyId, MailboxId};
use domain::permission::Permission;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::reasons::{Asked, FULL_ACCESS, Reason, Which, names_only, reasons};

use domain::grant::EntraGrant;

/// Something with an id and a name for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Its id; what is compared.
    pub id: String,
    /// Its name when it was read.
    pub name: String,
}

/// The management scope as Exchange keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeSeen {
    /// Its name.
    pub name: String,
    /// Its stored filter. Exchange may write it in its own way, so it is compared with [`names_only`] and not by its
    /// text.
    pub filter: String,
    /// Every recipient that the filter matches and that has an object in the directory, with its address.
    pub holds: BTreeMap<MailboxId, String>,
    /// Recipients that it matches and that have none, by name.
    pub holds_others: BTreeSet<String>,
    /// Whether it matches more than were listed.
    pub holds_more: bool,
}

/// A role that Exchange gives the app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AssignmentSeen {
    /// The role, such as `Application Mail.Read`.
    pub role: String,
    /// The scope's name; empty where it has none and reaches every mailbox.
    pub scope: String,
    /// Its own name.
    pub name: String,
}

/// A right on a mailbox that was given to the app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MailboxRight {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Its address when it was read.
    pub address: String,
    /// Such as `FullAccess`.
    pub right: String,
}

/// A credential of the app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CredentialSeen {
    /// Its key id.
    pub key: KeyId,
    /// Its display name, where it has one.
    pub name: String,
    /// What it is.
    pub kind: CredentialKind,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
}

/// What the proof was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Whether the enterprise application is switched on.
    pub enabled: bool,
    /// Whether our tag is on the app registration.
    pub tagged: bool,
    /// For whom the app is: `AzureADMyOrg`.
    pub audience: String,
    /// Redirect addresses, public and web; an app of ours has none.
    pub redirects: BTreeSet<String>,
    /// The management scope, where it exists.
    pub scope: Option<ScopeSeen>,
    /// Every role that Exchange gives the app.
    pub assignments: BTreeSet<AssignmentSeen>,
    /// Roles that Exchange gives others within our scope.
    pub shared_with: BTreeSet<Named>,
    /// Every grant in Entra.
    pub grants: BTreeSet<EntraGrant>,
    /// Every directory role on the app.
    pub directory_roles: BTreeSet<Named>,
    /// Rights on mailboxes of the table that were given to the app.
    pub mailbox_rights: BTreeSet<MailboxRight>,
    /// Recipients as which the app was given the right to send, by name.
    pub send_as: BTreeSet<String>,
    /// Every secret and certificate, on the registration and on the enterprise application.
    pub credentials: BTreeSet<CredentialSeen>,
    /// Federated identity credentials.
    pub federated: BTreeSet<Named>,
    /// Owners of the registration and of the enterprise application.
    pub owners: BTreeSet<Named>,
    /// The platform's profile, and its version.
    pub profile: (String, u32),
    /// The permissions that were asked for.
    pub permissions: BTreeSet<Permission>,
    /// A digest of the secret's value that gives nothing of it away.
    pub secret: String,
}

impl Basis {
    /// SHA-256 of all of it in hexadecimal digits, but for the secret's digest, which only this computer can make.
    ///
    /// Two readings of the same state have the same one, whoever reads and in whatever order Microsoft answers.
    ///
    /// # Errors
    ///
    /// Where it can't be written as JSON, which would be a fault of ours.
    pub fn fingerprint(&self) -> serde_json::Result<String> {
        let told = Self {
            secret: String::new(),
            ..self.clone()
        };
        let digest = Sha256::digest(serde_json::to_vec(&told)?);
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

#[cfg(test)]
pub(crate) mod tests;
