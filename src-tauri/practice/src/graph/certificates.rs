//! Certificates that an application signs in with: read, judged and kept (microsoft-facts §2.5).

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use graviola::signing::rsa::VerifyingKey;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha1::{Digest as _, Sha1};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::failure::Failure;
use crate::clock::{after, graph_time};
use crate::organisation::ids::new_id;
use crate::organisation::registrations::KeyCredential;

/// How far a credential's dates may lie outside its certificate's (this organisation's own number).
const SLACK: Duration = Duration::from_secs(60);

fn refused(code: &str, message: &str) -> Failure {
    Failure::new(400, code, message)
}

/// The texts are those of Azure CLI's issue tracker; the codes beside `KeyCredentialsInvalidEndDate` are UNVERIFIED.
fn invalid_certificate() -> Failure {
    refused(
        "KeyCredentialsInvalidCertificate",
        "Key value is invalid certificate",
    )
}

/// Base64 without the line ends that a PEM text leaves in it, as Azure CLI sends it.
pub(super) fn unwrapped(key: &str) -> String {
    key.chars()
        .filter(|character| !character.is_ascii_whitespace())
        .collect()
}

/// DER from what a caller sent: base64 of DER, or base64 of a PEM text.
fn der(key: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(unwrapped(key)).ok()?;
    match std::str::from_utf8(&bytes) {
        Ok(text) if text.contains("-----BEGIN CERTIFICATE-----") => {
            let body: String = text
                .lines()
                .filter(|line| !line.contains("-----"))
                .map(str::trim)
                .collect();
            STANDARD.decode(body).ok()
        }
        _ => Some(bytes),
    }
}

/// The credentials that a body's array means. An entry without key material names one that is there already; one that is
/// sent again with the material that it has stays what it is. A new one is good from `usable_at` on.
///
/// # Errors
/// 400 for another certificate under a key id that is there (the text is that of Azure PowerShell's issues 6784 and 6855),
/// for an entry that is neither, for key material that is no certificate, and for dates outside of its life.
pub(super) fn replaced(
    asked: &[Value],
    held: &[KeyCredential],
    usable_at: Timestamp,
) -> Result<Vec<KeyCredential>, Failure> {
    asked
        .iter()
        .map(|entry| {
            let entry = entry.as_object().ok_or_else(invalid_certificate)?;
            let key_id = entry.get("keyId").and_then(Value::as_str);
            let known = held
                .iter()
                .find(|key| key_id.is_some_and(|id| key.key_id.eq_ignore_ascii_case(id)));
            match (known, entry.get("key").and_then(Value::as_str)) {
                (Some(known), None) => Ok(known.clone()),
                (Some(known), Some(key))
                    if der(key).map(|der| STANDARD.encode(der)) == Some(known.certificate.clone()) =>
                {
                    Ok(known.clone())
                }
                (Some(known), Some(_)) => Err(refused(
                    "Request_BadRequest",
                    &format!(
                        "Update to existing credential with KeyId '{}' is not allowed.",
                        known.key_id
                    ),
                )),
                (None, _) => made(entry, usable_at),
            }
        })
        .collect()
}

/// One credential from what a caller sent.
pub(super) fn made(entry: &Map<String, Value>, usable_at: Timestamp) -> Result<KeyCredential, Failure> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    let (kind, usage) = (
        text("type").unwrap_or_default(),
        text("usage").unwrap_or_default(),
    );
    if kind != "AsymmetricX509Cert" || usage != "Verify" {
        return Err(refused(
            "Request_BadRequest",
            "Invalid value specified for property 'keyCredentials' of resource 'Application'.",
        ));
    }
    let bytes = text("key").and_then(der).ok_or_else(invalid_certificate)?;
    let (_, certificate) = X509Certificate::from_der(&bytes).map_err(|_| invalid_certificate())?;
    let instant =
        |time: x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp()).unwrap_or_default();
    let (first, last) = (
        instant(certificate.validity().not_before),
        instant(certificate.validity().not_after),
    );
    let asked = |name: &str| text(name).and_then(|text| text.parse::<Timestamp>().ok());
    let (start, end) = (
        asked("startDateTime").unwrap_or(first),
        asked("endDateTime").unwrap_or(last),
    );
    // Clients reckon both ends from their own clock, a moment beside the certificate's.
    if end > after(last, SLACK) || end <= start {
        return Err(refused(
            "KeyCredentialsInvalidEndDate",
            "Key credential end date is invalid.",
        ));
    }
    if after(start, SLACK) < first {
        return Err(refused(
            "KeyCredentialsInvalidStartDate",
            "Key credential start date is invalid.",
        ));
    }
    let (start, end) = (start.max(first), end.min(last));
    Ok(KeyCredential {
        key_id: text("keyId")
            .filter(|id| uuid::Uuid::try_parse(id).is_ok())
            .map_or_else(new_id, str::to_owned),
        display_name: Some(
            text("displayName").map_or_else(|| certificate.subject().to_string(), str::to_owned),
        ),
        start,
        end,
        kind: kind.to_owned(),
        usage: usage.to_owned(),
        certificate: STANDARD.encode(&bytes),
        custom_key_identifier: Some(
            text("customKeyIdentifier").map_or_else(|| thumbprint(&bytes), str::to_owned),
        ),
        usable_at,
    })
}

/// Whether the key of a certificate (DER in base64) signed this JWT, with RS256 or PS256.
pub(super) fn has_signed(certificate: &str, token: &str) -> bool {
    let checked = || {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let header = URL_SAFE_NO_PAD.decode(signed.split('.').next()?).ok()?;
        let header: Value = serde_json::from_slice(&header).ok()?;
        let bytes = STANDARD.decode(certificate).ok()?;
        let (_, parsed) = X509Certificate::from_der(&bytes).ok()?;
        let key = VerifyingKey::from_pkcs1_der(&parsed.public_key().subject_public_key.data).ok()?;
        match header.get("alg").and_then(Value::as_str)? {
            "RS256" => key.verify_pkcs1_sha256(&signature, signed.as_bytes()).ok(),
            "PS256" => key.verify_pss_sha256(&signature, signed.as_bytes()).ok(),
            _ => None,
        }
    };
    checked().is_some()
}

/// The thumbprint that Graph shows: SHA-1 of the certificate in capitals.
fn thumbprint(bytes: &[u8]) -> String {
    Sha1::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect()
}

/// A credential as Graph shows it. Key material only when one object was asked for it (microsoft-facts §2.5).
pub(super) fn shown(held: &KeyCredential, with_key: bool) -> Value {
    let key = Some(&held.certificate).filter(|key| with_key && !key.is_empty());
    json!({
        "customKeyIdentifier": held.custom_key_identifier,
        "displayName": held.display_name,
        "endDateTime": graph_time(held.end),
        "key": key,
        "keyId": held.key_id,
        "startDateTime": graph_time(held.start),
        "type": held.kind,
        "usage": held.usage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn certificate() -> Vec<u8> {
        let mut parameters = rcgen::CertificateParams::default();
        parameters.not_before = rcgen::date_time_ymd(2026, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(2027, 1, 1);
        parameters
            .distinguished_name
            .push(rcgen::DnType::CommonName, "Acme");
        let key = rcgen::KeyPair::generate().expect("a key");
        parameters
            .self_signed(&key)
            .expect("a certificate")
            .der()
            .to_vec()
    }

    fn entry(change: Value) -> Map<String, Value> {
        let mut entry =
            json!({"type": "AsymmetricX509Cert", "usage": "Verify", "key": STANDARD.encode(certificate())});
        for (name, value) in change.as_object().expect("an object") {
            entry[name] = value.clone();
        }
        entry.as_object().expect("an object").clone()
    }

    #[test]
    fn a_certificate_gives_its_own_dates_and_thumbprint() {
        let held = made(&entry(json!({})), NOW).expect("a credential");
        assert_eq!(graph_time(held.end), "2027-01-01T00:00:00Z");
        assert_eq!(held.custom_key_identifier.as_ref().map(String::len), Some(40));
        assert_eq!(held.display_name.as_deref(), Some("CN=Acme"));
        assert!(shown(&held, false)["key"].is_null());
        assert_eq!(shown(&held, true)["key"], json!(held.certificate));
    }

    #[test]
    fn a_key_with_line_ends_is_read_all_the_same() {
        let broken: String = STANDARD
            .encode(certificate())
            .chars()
            .enumerate()
            .flat_map(|(at, letter)| [Some(letter), (at % 64 == 63).then_some('\n')])
            .flatten()
            .collect();
        assert!(made(&entry(json!({"key": broken})), NOW).is_ok());
    }

    #[test]
    fn what_is_no_certificate_or_outlives_it_is_refused() {
        for (change, code) in [
            (json!({"key": "AAAA"}), "KeyCredentialsInvalidCertificate"),
            (json!({"key": null}), "KeyCredentialsInvalidCertificate"),
            (json!({"type": "Symmetric"}), "Request_BadRequest"),
            (
                json!({"endDateTime": "2028-01-01T00:00:00Z"}),
                "KeyCredentialsInvalidEndDate",
            ),
            (
                json!({"startDateTime": "2025-01-01T00:00:00Z"}),
                "KeyCredentialsInvalidStartDate",
            ),
        ] {
            let refused = made(&entry(change.clone()), NOW).map_err(|failure| failure.code);
            assert_eq!(refused.map(|_| ()), Err(code.to_owned()), "{change}");
        }
    }

    #[test]
    fn an_entry_without_key_keeps_what_is_there() {
        let held = made(&entry(json!({})), NOW).expect("a credential");
        let again = replaced(
            &[json!({"keyId": held.key_id, "key": null})],
            std::slice::from_ref(&held),
            NOW,
        );
        assert_eq!(again.ok(), Some(vec![held]));
    }

    /// What was told of a certificate can be sent again, later too; another one under its key id can't.
    #[test]
    fn an_entry_that_is_sent_again_stays_and_is_not_changed() {
        let held = made(&entry(json!({})), NOW).expect("a credential");
        let later = "2026-11-22T08:00:00Z".parse().expect("a time");
        let again = |entry: Value| replaced(&[entry], std::slice::from_ref(&held), later);
        assert_eq!(again(shown(&held, true)).ok(), Some(vec![held.clone()]));
        let mut other = shown(&held, true);
        other["key"] = json!(STANDARD.encode(certificate()));
        let refused = again(other).map_err(|failure| failure.message);
        let text = format!(
            "Update to existing credential with KeyId '{}' is not allowed.",
            held.key_id
        );
        assert_eq!(refused.err(), Some(text));
    }
}
