//! Reading a record back: from the bytes of a file to what a check needs, or to the reason why that can't be.
//!
//! A record outlives the version that wrote it, is moved by people, and lies beside three files that look like it. So
//! what a file is in place of a record is told, and nothing that it says is used before it was seen to be whole.

use domain::credential::CredentialKind;
use domain::ids::{AppObjectId, ClientId, ConnectionId, KeyId, MailboxId, ServicePrincipalId, TenantId};
use domain::permission::{Method, Permission};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::integrity;
use crate::plaintext::RECORD_KIND;

/// The largest record that is read, in bytes. One of 10,000 mailboxes with two permissions has about 16 million.
pub const MOST_BYTES: usize = 32 << 20;

/// The first version with a digest over the record.
const WITH_DIGEST: (u32, u32) = (1, 2);

/// The first number of the versions that can be read.
const MAJOR: u32 = 1;

/// Why a file can't be read as a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// It has more than [`MOST_BYTES`].
    #[error("the file is larger than any record")]
    TooLarge,
    /// It is the record's page for people.
    #[error("the file is the record's page")]
    Page,
    /// It is a sealed file.
    #[error("the file is sealed")]
    Sealed,
    /// It isn't JSON.
    #[error("the file is not JSON")]
    NotJson,
    /// It ends in the middle.
    #[error("the file ends in the middle of the record")]
    Truncated,
    /// It is JSON, and no record.
    #[error("the file is no record")]
    NotARecord,
    /// A newer version wrote it, in a form that this one would read wrongly.
    #[error("the record has version {version}")]
    Newer {
        /// The version of its form, at most 20 characters.
        version: String,
    },
    /// It isn't as it was written.
    #[error("the record was changed after it was written")]
    Edited,
}

/// A mailbox of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxRead {
    /// Its object id.
    pub id: MailboxId,
    /// Its address when the record was made.
    pub address: String,
}

/// What a record says, as far as a check needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRead {
    /// The version of its form.
    pub version: (u32, u32),
    /// Whether it is of the practice organisation.
    pub practice: bool,
    /// The id of the platform's profile.
    pub profile: String,
    /// The platform's name.
    pub platform: String,
    /// Where the app signs in, as it was then. Nothing is ever sent there because a file says so.
    pub authority: String,
    /// Where Microsoft Graph answered it, by which clouds that share a sign-in are told apart. Nothing is sent there either.
    pub graph: String,
    /// The connection. Records before version 1.2 don't say.
    pub connection: Option<ConnectionId>,
    /// The organisation.
    pub tenant: TenantId,
    /// Its name.
    pub organisation: String,
    /// The app's name.
    pub app: String,
    /// Its client id.
    pub client: ClientId,
    /// The object id of its registration.
    pub object: AppObjectId,
    /// The object id of its service principal.
    pub principal: ServicePrincipalId,
    /// What it signs in with. Records before version 1.3 knew secrets only.
    pub kind: CredentialKind,
    /// The key id of its secret or certificate.
    pub key: KeyId,
    /// When that ends.
    pub ends_at: Timestamp,
    /// Microsoft's names of the permissions.
    pub permissions: Vec<String>,
    /// The mailboxes that the platform may use.
    pub mailboxes: Vec<MailboxRead>,
    /// The name of the scope.
    pub scope: String,
    /// What the scope held.
    pub holds: Vec<MailboxId>,
    /// The mailboxes that were refused by live calls. Records before version 1.1 don't give their ids, and none is here.
    pub refused: Vec<MailboxRead>,
    /// When the connection was proven.
    pub tested_at: Timestamp,
    /// When the record was made.
    pub made_at: Timestamp,
    /// The version of Mailgrant that made it.
    pub generator: String,
}

impl RecordRead {
    /// How the platform reaches mail, by the permissions that it was given.
    pub fn method(&self) -> Method {
        let mut known = self
            .permissions
            .iter()
            .filter_map(|name| Permission::of_name(name));
        known.next().map_or(Method::RECOMMENDED, Permission::method)
    }
}

/// Reads a record.
///
/// Fields that aren't known are ignored, so a record of a later version with the same first number can be read. A record
/// that was edited is noticed by the digest in it, where it has one; that guards against accidents and not against
/// somebody who makes the digest anew.
///
/// # Errors
/// What the bytes are in place of a record.
pub fn record(bytes: &[u8]) -> Result<RecordRead, RecordError> {
    if bytes.len() > MOST_BYTES {
        return Err(RecordError::TooLarge);
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if let Some(other) = in_its_place(bytes) {
        return Err(other);
    }
    let value = json(bytes)?;
    if value.get("kind").and_then(Value::as_str) != Some(RECORD_KIND) {
        return Err(RecordError::NotARecord);
    }
    let written = value.get("schemaVersion").and_then(Value::as_str);
    let written = written.ok_or(RecordError::NotARecord)?;
    let version = version(written).ok_or(RecordError::NotARecord)?;
    if version.0 > MAJOR {
        return Err(RecordError::Newer {
            version: written.chars().take(20).collect(),
        });
    }
    if version.0 < MAJOR {
        return Err(RecordError::NotARecord);
    }
    // One that has a digest is held to it, whatever number somebody wrote over it.
    let has_digest = version >= WITH_DIGEST || integrity::is_in(&value);
    if has_digest && !integrity::is_whole(&value) {
        return Err(RecordError::Edited);
    }
    // A record is written whole, so one that lacks a field or has another kind of value there was changed.
    let form = serde_json::from_value::<Form>(value).map_err(|_| RecordError::Edited)?;
    // So was one of no mailbox or no permission: nothing is exported without a proof of both, and a check of nothing would
    // find nothing wrong.
    if form.mailboxes.is_empty() || form.permissions.is_empty() {
        return Err(RecordError::Edited);
    }
    Ok(form.read(version))
}

/// What lies beside a record and is easily given in its place.
fn in_its_place(bytes: &[u8]) -> Option<RecordError> {
    let head: Vec<u8> = bytes
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take(40)
        .map(u8::to_ascii_lowercase)
        .collect();
    let begins = |with: &str| head.starts_with(with.as_bytes());
    if begins("<!doctype html") || begins("<html") {
        Some(RecordError::Page)
    } else if begins("age-encryption.org/") || begins("-----begin age encrypted file-----") {
        Some(RecordError::Sealed)
    } else {
        None
    }
}

fn json(bytes: &[u8]) -> Result<Value, RecordError> {
    // A cut in the middle of a character is a cut like any other.
    let (whole, cut) = match std::str::from_utf8(bytes) {
        Ok(_) => (bytes, false),
        Err(error) if error.error_len().is_none() => {
            (bytes.get(..error.valid_up_to()).unwrap_or_default(), true)
        }
        Err(_) => return Err(RecordError::NotJson),
    };
    match serde_json::from_slice::<Value>(whole) {
        Ok(value) if !cut => Ok(value),
        Err(error) if error.is_eof() => Err(RecordError::Truncated),
        _ => Err(RecordError::NotJson),
    }
}

/// The two numbers of a version, such as `1.2`.
fn version(text: &str) -> Option<(u32, u32)> {
    let (first, second) = text.split_once('.')?;
    let number = |text: &str| -> Option<u32> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok())?
    };
    // A number too large to be one of ours is newer than any.
    let first_number = number(first).or_else(|| is_number(first).then_some(u32::MAX))?;
    Some((
        first_number,
        number(second).or_else(|| is_number(second).then_some(u32::MAX))?,
    ))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The fields of a record that are read; docs/record.md says what each means.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Form {
    practice: bool,
    platform: PlatformForm,
    cloud: CloudForm,
    connection_id: Option<ConnectionId>,
    tenant_id: TenantId,
    organisation: String,
    app: AppForm,
    credential: CredentialForm,
    permissions: Vec<PermissionForm>,
    mailboxes: Vec<MailboxForm>,
    scope: ScopeForm,
    proof: ProofForm,
    made_at: Timestamp,
    generator: String,
}

#[derive(Deserialize)]
struct PlatformForm {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct CloudForm {
    authority: String,
    graph: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AppForm {
    name: String,
    client_id: ClientId,
    object_id: AppObjectId,
    service_principal_id: ServicePrincipalId,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CredentialForm {
    thumbprint: Option<String>,
    key_id: KeyId,
    ends_at: Timestamp,
}

#[derive(Deserialize)]
struct PermissionForm {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MailboxForm {
    address: String,
    object_id: MailboxId,
}

#[derive(Deserialize)]
struct ScopeForm {
    name: String,
    #[serde(default)]
    holds: Vec<HeldForm>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HeldForm {
    object_id: MailboxId,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProofForm {
    tested_at: Timestamp,
    rows: Vec<RowForm>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RowForm {
    mailbox: String,
    object_id: Option<MailboxId>,
    expected: String,
    finding: String,
    stamp: String,
}

impl RowForm {
    /// Whether a live call with the app's own key was refused, as it should be.
    fn was_refused(&self) -> bool {
        self.stamp == "observed" && self.expected == "refused" && self.finding == "refused"
    }
}

impl Form {
    fn read(self, version: (u32, u32)) -> RecordRead {
        let mut refused: Vec<MailboxRead> = Vec::new();
        for row in self.proof.rows.iter().filter(|row| row.was_refused()) {
            // The rows of a mailbox follow one another, one for each permission.
            if let Some(id) = row.object_id
                && refused.last().is_none_or(|last| last.id != id)
            {
                refused.push(MailboxRead {
                    id,
                    address: row.mailbox.clone(),
                });
            }
        }
        let mailboxes = self.mailboxes.into_iter().map(|mailbox| MailboxRead {
            id: mailbox.object_id,
            address: mailbox.address,
        });
        RecordRead {
            version,
            practice: self.practice,
            profile: self.platform.id,
            platform: self.platform.name,
            authority: self.cloud.authority,
            graph: self.cloud.graph,
            connection: self.connection_id,
            tenant: self.tenant_id,
            organisation: self.organisation,
            app: self.app.name,
            client: self.app.client_id,
            object: self.app.object_id,
            principal: self.app.service_principal_id,
            kind: CredentialKind::of(self.credential.thumbprint.is_some()),
            key: self.credential.key_id,
            ends_at: self.credential.ends_at,
            permissions: self.permissions.into_iter().map(|one| one.name).collect(),
            mailboxes: mailboxes.collect(),
            scope: self.scope.name,
            holds: self.scope.holds.into_iter().map(|held| held.object_id).collect(),
            refused,
            tested_at: self.proof.tested_at,
            made_at: self.made_at,
            generator: self.generator,
        }
    }
}

#[cfg(test)]
mod tests;
