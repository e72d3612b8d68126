//! One connection as plain facts: what both the sealed file and the record are made of.
//!
//! The secret isn't here. It stands apart and joins these facts only inside the sealed file, so that everything in
//! this module may be shown, stored and logged.

use jiff::Timestamp;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// Everything about one connection but its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Whether it was made in the practice organisation, where nothing is real.
    pub practice: bool,
    /// Mailgrant's id of the connection, the same for as long as it is kept.
    pub connection_id: String,
    /// The mail platform it is for.
    pub platform: Platform,
    /// Which of Microsoft's clouds it is in.
    pub cloud: CloudName,
    /// The directory (tenant) id.
    pub tenant_id: String,
    /// The organisation's display name.
    pub organisation: String,
    /// Its primary domain.
    pub domain: String,
    /// The app that the platform signs in as.
    pub app: App,
    /// Which secret it signs in with, and how long that one is valid.
    pub credential: Credential,
    /// What the app may do.
    pub permissions: Vec<PermissionGiven>,
    /// Where it may do that.
    pub mailboxes: Vec<MailboxGiven>,
    /// How mail is reached.
    pub protocol: Protocol,
    /// How the app is held to those mailboxes.
    pub scope: Scope,
    /// What was tried and what came of it.
    pub proof: Proof,
    /// When the secret should be renewed at the latest.
    pub renew_by: Timestamp,
    /// Whom to ask in the organisation.
    pub contact: String,
    /// The platform's own form, field by field, in its order.
    pub form: Vec<FormEntry>,
    /// When this was put together.
    pub made_at: Timestamp,
    /// The program and version that put it together.
    pub generator: String,
}

/// The mail platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Platform {
    /// The id of its profile.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The version of the profile.
    pub profile_version: u32,
}

/// One of Microsoft's clouds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CloudName {
    /// Its name.
    pub name: String,
    /// Where sign-in happens.
    pub authority: String,
    /// Where Microsoft Graph answers.
    pub graph: String,
    /// How Exchange Online PowerShell is opened there: for people, and in no file for programs.
    #[serde(skip)]
    pub connect_exchange: String,
}

/// The app and its three ids, which are easily mixed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Its display name.
    pub name: String,
    /// The application (client) id, which platforms ask for.
    pub client_id: String,
    /// The object id of the app registration.
    pub object_id: String,
    /// The object id of the service principal ("enterprise application"), which Exchange knows.
    pub service_principal_id: String,
}

/// The secret or certificate by its id and its dates, never by what only the sealed file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// The certificate, where it is one. A secret has no such part.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// The id under which Microsoft lists it.
    pub key_id: String,
    /// From when it is valid.
    pub starts_at: Timestamp,
    /// Until when it is valid.
    pub ends_at: Timestamp,
}

/// The public half of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// The certificate, as PEM.
    #[serde(skip)]
    pub pem: String,
    /// Its SHA-1 thumbprint, by which Microsoft's portals name it, in capitals.
    pub thumbprint: String,
    /// Its SHA-256 thumbprint, in capitals.
    pub thumbprint_sha256: String,
}

/// One permission and why it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionGiven {
    /// The service it is for, such as Microsoft Graph.
    pub api: String,
    /// Microsoft's name for it, such as `Mail.Read`.
    pub name: String,
    /// Who gives it: `exchangeRbac`, or `mailbox` where each mailbox does.
    pub authority: String,
    /// Why the platform needs it, in one sentence.
    pub reason: String,
}

/// One mailbox that the app may use, as the published schema has it: its names and forms are held for others, whatever
/// becomes of the journal's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MailboxGiven {
    /// Its primary address.
    pub address: String,
    /// Its object id in the directory.
    pub object_id: String,
    /// What sort it is, such as a shared mailbox.
    pub kind: String,
    /// Its display name.
    pub name: String,
}

/// How mail is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Protocol {
    /// The host that answers.
    pub host: String,
    /// What to ask a token for.
    pub token_scope: String,
    /// Where each protocol answers that a mail program may use; empty where the platform goes by Microsoft Graph.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<MailServer>,
}

/// Where a protocol of mail programs answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MailServer {
    /// Microsoft's name of the permission that lets the app in, such as `IMAP.AccessAsApp`.
    pub permission: String,
    /// The host.
    pub host: String,
    /// The port.
    pub port: u16,
    /// `tls`, or `starttls` where the encryption is begun after a greeting in the clear.
    pub encryption: String,
}

/// How the app is held to its mailboxes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// The method: `rbacForApplications`, or `fullAccess`, which has neither a name nor a filter nor assignments.
    pub method: String,
    /// The name of the management scope.
    pub name: String,
    /// Its recipient filter.
    pub filter: String,
    /// Every mailbox that the filter matched when it was read last.
    pub holds: Vec<Held>,
    /// The names of the role assignments.
    pub assignments: Vec<String>,
}

/// One mailbox that the scope holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// Its object id in the directory.
    pub object_id: String,
    /// Its address at that time.
    pub address: String,
}

/// What was tried before anything was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// When the last check ended.
    pub tested_at: Timestamp,
    /// SHA-256, in hexadecimal digits, of everything in the organisation that the proof was made of. Two proofs with
    /// the same one were made of the same state.
    pub fingerprint: String,
    /// How many of the chosen mailboxes answered.
    pub works: Count,
    /// How many of the other mailboxes were refused.
    pub refused: Count,
    /// Every check, one by one.
    pub rows: Vec<ProofRow>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// How many there are.
    pub of: usize,
    /// How many of them came out as they should.
    pub n: usize,
}

/// One check of one permission in one mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofRow {
    /// The mailbox's address.
    pub mailbox: String,
    /// Its object id in the directory, by which it was tried.
    pub object_id: String,
    /// Which permission was tried.
    pub permission: String,
    /// What should happen: `works` or `refused`.
    pub expected: String,
    /// What did: `works`, `refused`, `tooBroad`, `waiting`, `unknown` or `notApplicable`.
    pub finding: String,
    /// What that rests on: `observed` with the app's own token, or `configured` by Microsoft's test.
    pub stamp: String,
    /// When the answer came.
    pub at: Timestamp,
    /// Microsoft's id of the request, to quote to support.
    pub request_id: Option<String>,
}

/// One field of the platform's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormEntry {
    /// The platform's own label.
    pub label: String,
    /// What to put there.
    pub value: FormValue,
}

/// What to put into a field of the platform's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormValue {
    /// This text.
    Text(String),
    /// The secret, which is filled in only inside the sealed file.
    Secret,
}

impl Serialize for FormEntry {
    /// Writes the same three fields as the sealed file does, with `null` where the secret stands in there.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = match &self.value {
            FormValue::Text(text) => Some(text.as_str()),
            FormValue::Secret => None,
        };
        let mut entry = serializer.serialize_struct("FormEntry", 3)?;
        entry.serialize_field("label", &self.label)?;
        entry.serialize_field("value", &value)?;
        entry.serialize_field("secret", &value.is_none())?;
        entry.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_the_form_is_named_and_not_given() {
        let entry = |value| {
            serde_json::to_string(&FormEntry {
                label: "Secret".into(),
                value,
            })
            .unwrap()
        };
        assert_eq!(
            entry(FormValue::Secret),
            r#"{"label":"Secret","value":null,"secret":true}"#
        );
        assert_eq!(
            entry(FormValue::Text("x".into())),
            r#"{"label":"Secret","value":"x","secret":false}"#
        );
    }
}
