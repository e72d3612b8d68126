//! The text inside the sealed file: JSON as docs/bundle.schema.json describes it.
//!
//! It is the one text of this crate that holds the secret. It is written in one go into a buffer of the right size,
//! because a buffer that grows leaves unwiped copies of itself behind.

use std::io::{self, Write};

use domain::secret::Secret;
use jiff::Timestamp;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::connection::{
    App, CloudName, Connection, FormValue, MailboxGiven, PermissionGiven, Platform, Proof, Protocol, Scope,
};

/// The version of the schema. A change that old readers can't take raises the first number.
pub(crate) const SCHEMA_VERSION: &str = "1.4";

/// What the record calls itself. The text inside the sealed file has no such field, so neither is taken for the other.
pub(crate) const RECORD_KIND: &str = "mailgrantRecord";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema_version: &'static str,
    practice: bool,
    connection_id: &'a str,
    platform: &'a Platform,
    cloud: &'a CloudName,
    tenant_id: &'a str,
    organisation: &'a str,
    domain: &'a str,
    app: &'a App,
    credential: CredentialWithValue<'a>,
    permissions: &'a [PermissionGiven],
    mailboxes: &'a [MailboxGiven],
    protocol: &'a Protocol,
    scope: &'a Scope,
    proof: &'a Proof,
    renew_by: Timestamp,
    contact: &'a str,
    form: Vec<EntryWithValue<'a>>,
    made_at: Timestamp,
    generator: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CredentialWithValue<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    private_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbprint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbprint_sha256: Option<&'a str>,
    key_id: &'a str,
    starts_at: Timestamp,
    ends_at: Timestamp,
}

#[derive(Serialize)]
struct EntryWithValue<'a> {
    label: &'a str,
    value: &'a str,
    secret: bool,
}

/// The whole text, which wipes itself when it is dropped. `secret` is the client secret, or the private key as PEM where it
/// is a certificate.
pub(crate) fn write(
    connection: &Connection,
    secret: &Secret,
) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
    // Taking the connection apart makes a field that was forgotten here a compile error.
    let Connection {
        practice,
        connection_id,
        platform,
        cloud,
        tenant_id,
        organisation,
        domain,
        app,
        credential,
        permissions,
        mailboxes,
        protocol,
        scope,
        proof,
        renew_by,
        contact,
        form,
        made_at,
        generator,
    } = connection;
    // EXPOSE: the sealed file exists to carry the secret to the platform; this text is encrypted and wiped by `seal`.
    let value = secret.expose();
    let of = credential.certificate.as_ref();
    let document = Document {
        schema_version: SCHEMA_VERSION,
        practice: *practice,
        connection_id,
        platform,
        cloud,
        tenant_id,
        organisation,
        domain,
        app,
        credential: CredentialWithValue {
            kind: match of {
                Some(_) => "certificate",
                None => "clientSecret",
            },
            value: of.is_none().then_some(value),
            private_key: of.map(|_| value),
            certificate: of.map(|certificate| certificate.pem.as_str()),
            thumbprint: of.map(|certificate| certificate.thumbprint.as_str()),
            thumbprint_sha256: of.map(|certificate| certificate.thumbprint_sha256.as_str()),
            key_id: &credential.key_id,
            starts_at: credential.starts_at,
            ends_at: credential.ends_at,
        },
        permissions,
        mailboxes,
        protocol,
        scope,
        proof,
        renew_by: *renew_by,
        contact,
        form: form
            .iter()
            .map(|entry| match &entry.value {
                FormValue::Text(text) => EntryWithValue {
                    label: &entry.label,
                    value: text,
                    secret: false,
                },
                FormValue::Secret => EntryWithValue {
                    label: &entry.label,
                    value,
                    secret: true,
                },
            })
            .collect(),
        made_at: *made_at,
        generator,
    };
    let mut counted = Counted(0);
    serde_json::to_writer_pretty(&mut counted, &document)?;
    let mut text = Zeroizing::new(Vec::with_capacity(counted.0));
    serde_json::to_writer_pretty(&mut *text, &document)?;
    Ok(text)
}

/// Counts what is written and keeps none of it.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{SECRET, connection, secret};

    fn text(connection: &Connection) -> String {
        String::from_utf8(write(connection, &secret()).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn the_buffer_never_grows() {
        let text = write(&connection(), &secret()).unwrap();
        assert_eq!(text.capacity(), text.len());
    }

    #[test]
    fn the_secret_stands_in_two_places_only() {
        let text = text(&connection());
        assert_eq!(text.matches(SECRET).count(), 2);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["credential"]["value"], SECRET);
        let entry = json["form"]
            .as_array()
            .unwrap()
            .iter()
            .find(|entry| entry["secret"] == true)
            .unwrap();
        assert_eq!(entry["value"], SECRET);
    }

    /// A reader that takes it for a secret finds none, rather than sending a private key to Microsoft.
    #[test]
    fn a_certificate_has_a_private_key_and_no_value() {
        let mut certified = connection();
        certified.credential.certificate = Some(crate::sample::certificate());
        let json: serde_json::Value = serde_json::from_str(&text(&certified)).unwrap();
        let credential = &json["credential"];
        assert_eq!(
            (&credential["type"], &credential["privateKey"]),
            (&"certificate".into(), &SECRET.into())
        );
        assert!(credential.get("value").is_none());
        assert_eq!(credential["thumbprint"], crate::sample::certificate().thumbprint);
        insta::assert_snapshot!(text(&certified));
    }

    #[test]
    fn the_text_is_stable() {
        insta::assert_snapshot!(text(&connection()));
    }

    #[test]
    fn the_published_schema_describes_it() {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../../docs/bundle.schema.json")).unwrap();
        jsonschema::meta::validate(&schema).unwrap();
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap();
        let mut practice = connection();
        practice.practice = false;
        let mut certified = connection();
        certified.credential.certificate = Some(crate::sample::certificate());
        let key = || Secret::new("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n".into());
        for (one, value) in [(connection(), secret()), (practice, secret()), (certified, key())] {
            let text = write(&one, &value).unwrap();
            let json: serde_json::Value = serde_json::from_slice(&text).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&json)
                .map(|error| error.to_string())
                .collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }

    #[test]
    fn the_published_schema_refuses_what_is_not_a_connection() {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../../docs/bundle.schema.json")).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text(&connection())).unwrap();
        // What came with a later second number is missing from earlier files, which are as good.
        let since = ["connectionId"];
        for field in json.as_object().unwrap().keys() {
            if since.contains(&field.as_str()) {
                continue;
            }
            let mut cut = json.clone();
            cut.as_object_mut().unwrap().remove(field);
            assert!(!validator.is_valid(&cut), "{field} may be left out");
        }
        let mut next = json.clone();
        next["schemaVersion"] = "2.0".into();
        assert!(
            !validator.is_valid(&next),
            "an unknown first number must be refused"
        );
        next["schemaVersion"] = "1.7".into();
        next["new"] = "field".into();
        assert!(validator.is_valid(&next), "a later addition must be accepted");
    }
}
