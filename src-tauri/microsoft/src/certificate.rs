//! A certificate for an app: its key pair is made here, its private half is kept as one text, and what it signs in with is
//! signed by it (microsoft-facts §1.3, §2.5).
//!
//! RSA with 2,048 bits, which is what Microsoft's own page about self-signed certificates makes and what every client of
//! Entra takes. The certificate is signed by its own key: Entra compares it with what was uploaded and follows no chain.
//!
//! What the keychain holds is `certificate:`, the SHA-256 thumbprint, `:`, and the private key (PKCS#8 in base64). A client
//! secret has no colon in it, so one is told from the other, and whoever has the text alone can sign in: about 1,700 bytes,
//! below the 2,560 that Windows takes.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::credential::CredentialKind;
use domain::ids::ClientId;
use domain::secret::Secret;
use graviola::signing::rsa::{KeySize, SigningKey};
use jiff::Timestamp;
use rcgen::{CertificateParams, DnType, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What stands before the thumbprint in a kept key.
const MARK: &str = "certificate:";
/// For how long an assertion is good, in seconds: clocks may differ by minutes, and it is used at once.
const ASSERTION_SECONDS: i64 = 600;
/// The bytes of a PKCS#8 key of 2,048 bits stay below this.
const ROOM: usize = 4096;

/// A certificate that was made, with its private key as it is kept.
pub struct Made {
    /// The public half, DER.
    pub der: Vec<u8>,
    /// The private half, as it is kept.
    pub key: Secret,
}

/// A key or certificate could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no certificate could be made: {0}")]
pub struct NotMade(String);

/// Whether this computer can make one: the library asks for processors since about 2014 (decision 0012).
pub fn can_be_made() -> bool {
    graviola::util::is_cpu_supported()
}

/// Makes a key pair and a certificate of this name. It takes a tenth of a second or so.
///
/// # Errors
/// Where the processor is too old or a time lies outside a certificate's.
pub fn make(name: &str, starts_at: Timestamp, ends_at: Timestamp) -> Result<Made, NotMade> {
    let failed = |why: &dyn std::fmt::Debug| NotMade(format!("{why:?}"));
    if !can_be_made() {
        return Err(NotMade("this processor is too old".to_owned()));
    }
    let private = SigningKey::generate(KeySize::Rsa2048).map_err(|why| failed(&why))?;
    let mut room = Zeroizing::new([0u8; ROOM]);
    let pkcs8 = private.to_pkcs8_der(&mut *room).map_err(|why| failed(&why))?;
    let pair = KeyPair::from_pkcs8_der_and_sign_algo(&PrivatePkcs8KeyDer::from(pkcs8), &PKCS_RSA_SHA256)
        .map_err(|why| failed(&why))?;
    let mut wanted = CertificateParams::default();
    wanted.distinguished_name = rcgen::DistinguishedName::new();
    wanted.distinguished_name.push(DnType::CommonName, name);
    wanted.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let moment = |at: Timestamp| {
        let seconds = u64::try_from(at.as_second()).map_err(|why| failed(&why))?;
        Ok(date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds))
    };
    wanted.not_before = moment(starts_at)?;
    wanted.not_after = moment(ends_at)?;
    let der = wanted
        .self_signed(&pair)
        .map_err(|why| failed(&why))?
        .der()
        .to_vec();
    let encoded = Zeroizing::new(STANDARD.encode(pkcs8));
    let mut kept = String::with_capacity(MARK.len() + 44 + encoded.len());
    kept.push_str(MARK);
    kept.push_str(&URL_SAFE_NO_PAD.encode(Sha256::digest(&der)));
    kept.push(':');
    kept.push_str(&encoded);
    let key = Secret::new(kept);
    Ok(Made { der, key })
}

/// What a kept value is of.
pub fn kind_of(kept: &Secret) -> CredentialKind {
    CredentialKind::of(parts(kept).is_some())
}

/// The thumbprint and the key in base64.
fn parts(kept: &Secret) -> Option<(&str, &str)> {
    // EXPOSE: its beginning tells what it is; what comes of it stays in this file.
    kept.expose().strip_prefix(MARK)?.split_once(':')
}

/// Whether a kept value is the private half of this certificate (DER in base64).
pub fn is_of(kept: &Secret, certificate: &str) -> bool {
    let der = STANDARD.decode(certificate);
    let named = |der: Vec<u8>| URL_SAFE_NO_PAD.encode(Sha256::digest(der));
    matches!((parts(kept), der.map(named)), (Some((thumbprint, _)), Ok(named)) if thumbprint == named)
}

/// What an app signs in with: a short statement that its private key signed. Nothing where the value is no private key.
pub(crate) fn assertion(kept: &Secret, client: ClientId, audience: &str, now: Timestamp) -> Option<Secret> {
    let (thumbprint, key) = parts(kept)?;
    let pkcs8 = Zeroizing::new(STANDARD.decode(key).ok()?);
    let private = SigningKey::from_pkcs8_der(&pkcs8).ok()?;
    let encoded = |part: serde_json::Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let header = serde_json::json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": thumbprint });
    let from = now.as_second();
    let claims = serde_json::json!({
        "aud": audience,
        "iss": client,
        "sub": client,
        "jti": Uuid::new_v4(),
        "iat": from,
        "nbf": from,
        "exp": from + ASSERTION_SECONDS,
    });
    let signed = format!("{}.{}", encoded(header), encoded(claims));
    let mut room = [0u8; 512];
    let signature = private.sign_pss_sha256(&mut room, signed.as_bytes()).ok()?;
    Some(Secret::new(format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(signature)
    )))
}

/// The private key as a PEM text, for whoever is to sign in with it.
pub fn private_key_pem(kept: &Secret) -> Option<Secret> {
    let (_, key) = parts(kept)?;
    Some(Secret::new(pem("PRIVATE KEY", key)))
}

/// The certificate as a PEM text.
pub fn certificate_pem(der: &[u8]) -> String {
    pem("CERTIFICATE", &STANDARD.encode(der))
}

/// Lines of 64 letters, as RFC 7468 asks for; written into one buffer, so that no copy stays behind.
fn pem(label: &str, encoded: &str) -> String {
    let mut text = String::with_capacity(encoded.len() + encoded.len() / 64 + 2 * label.len() + 64);
    text.push_str(&format!("-----BEGIN {label}-----\n"));
    let mut rest = encoded;
    while !rest.is_empty() {
        let (line, next) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = next;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

/// The thumbprint by which Microsoft's portals name a certificate: SHA-1 in capitals.
pub fn thumbprint(der: &[u8]) -> String {
    Sha1::digest(der)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect()
}

/// The SHA-256 thumbprint, in capitals.
pub fn thumbprint_sha256(der: &[u8]) -> String {
    Sha256::digest(der)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Made {
        let at = |text: &str| text.parse().unwrap();
        make(
            "Mailgrant 1234abcd",
            at("2027-01-01T00:00:00Z"),
            at("2027-06-30T00:00:00Z"),
        )
        .unwrap()
    }

    /// Windows takes 2,560 bytes (microsoft-facts has none of it; `windows-native-keyring-store`, `utils.rs`).
    #[test]
    fn a_kept_key_fits_into_every_keychain() {
        // EXPOSE: a key that was made for this test.
        let kept = made().key.expose().len();
        assert!(kept < 2_000, "{kept}");
    }

    #[test]
    fn a_kept_key_is_told_from_a_secret() {
        assert_eq!(kind_of(&made().key), CredentialKind::Certificate);
        for other in ["abc~EXAMPLE", "", "certificate", "certificate:abc"] {
            assert_eq!(
                kind_of(&Secret::new(other.into())),
                CredentialKind::Secret,
                "{other}"
            );
        }
        let none = Secret::new("certificate:abc:AAAA".into());
        let (client, now) = (ClientId(Uuid::nil()), Timestamp::UNIX_EPOCH);
        assert!(assertion(&none, client, "https://login.example", now).is_none());
    }

    /// What is kept signs, and what was uploaded says that it did; no other certificate does.
    #[test]
    fn the_public_half_knows_what_the_private_one_signed() {
        let (made, other) = (made(), made());
        let client = ClientId(Uuid::from_u128(7));
        let said = assertion(
            &made.key,
            client,
            "https://login.example/t",
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
        // EXPOSE: an assertion that was made for this test.
        let (signed, signature) = said.expose().rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let verifies = |der: &[u8]| {
            let (_, parsed) = x509_parser::parse_x509_certificate(der).unwrap();
            let key = graviola::signing::rsa::VerifyingKey::from_pkcs1_der(
                &parsed.public_key().subject_public_key.data,
            );
            key.unwrap()
                .verify_pss_sha256(&signature, signed.as_bytes())
                .is_ok()
        };
        assert!(verifies(&made.der) && !verifies(&other.der));
        let is_of = |der: &[u8]| is_of(&made.key, &STANDARD.encode(der));
        assert!(is_of(&made.der) && !is_of(&other.der));
        let (header, claims) = signed.split_once('.').unwrap();
        let json = |part: &str| -> serde_json::Value {
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
        };
        let thumbprint = URL_SAFE_NO_PAD.encode(Sha256::digest(&made.der));
        assert_eq!(json(header)["x5t#S256"], thumbprint);
        assert_eq!(
            (&json(claims)["sub"], &json(claims)["exp"]),
            (&json(claims)["iss"], &600.into())
        );
    }

    #[test]
    fn its_name_its_days_and_its_texts_are_those_asked_for() {
        let made = made();
        let (_, parsed) = x509_parser::parse_x509_certificate(&made.der).unwrap();
        assert_eq!(parsed.subject().to_string(), "CN=Mailgrant 1234abcd");
        let days = parsed.validity().not_after.timestamp() - parsed.validity().not_before.timestamp();
        assert_eq!(days, 180 * 86_400);
        assert_eq!(thumbprint(&made.der).len(), 40);
        assert_eq!(thumbprint_sha256(&made.der).len(), 64);
        let (_, again) = x509_parser::pem::parse_x509_pem(certificate_pem(&made.der).as_bytes()).unwrap();
        assert_eq!(again.contents, made.der);
        let key = private_key_pem(&made.key).unwrap();
        // EXPOSE: a key that was made for this test.
        let key = key.expose();
        assert!(
            key.starts_with("-----BEGIN PRIVATE KEY-----\nMII")
                && key.ends_with("\n-----END PRIVATE KEY-----\n")
        );
        assert!(key.lines().all(|line| line.len() <= 64));
        assert!(private_key_pem(&Secret::new("secret".into())).is_none());
    }
}
