//! The assertion of a client that has a certificate: a short JWT that its private key signed (entra-docs
//! `certificate-credentials`, microsoft-facts §1.3).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use graviola::signing::rsa::VerifyingKey;
use jiff::Timestamp;
use serde_json::Value;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::failure::Failure;
use crate::organisation::registrations::KeyCredential;
use crate::wire::text;

/// How far the clocks of client and server may be apart, in seconds.
const LEEWAY_SECONDS: i64 = 300;
/// The longest assertion that is looked at; one with a whole certificate chain in its head stays far below.
const LENGTH_AT_MOST: usize = 64 * 1024;

/// What an assertion must say.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    pub(super) client_id: &'a str,
    /// Every spelling of the token endpoint and of the issuer that clients name, without a slash at the end.
    pub(super) audiences: &'a [String],
    pub(super) now: Timestamp,
}

/// An assertion taken apart.
struct Parts<'a> {
    signed: &'a str,
    header: Value,
    claims: Value,
    signature: Vec<u8>,
}

fn parts(token: &str) -> Option<Parts<'_>> {
    if token.len() > LENGTH_AT_MOST {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let json = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    Some(Parts {
        signed,
        header: json(header)?,
        claims: json(claims)?,
        signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
    })
}

/// Who an assertion says it is of, unchecked: for a client that names itself nowhere else.
pub(super) fn subject(token: &str) -> Option<String> {
    text(&parts(token)?.claims, "sub").map(str::to_owned)
}

/// The certificate that an assertion names, whether or not it is any good.
pub(super) fn named<'a>(token: &str, keys: &'a [KeyCredential]) -> Option<&'a KeyCredential> {
    find_key(&parts(token)?.header, keys)
}

/// Checks an assertion against the certificates of its application.
///
/// # Errors
/// AADSTS50027 for what is no JWT, 700021 for another subject, 700023 for another audience, 700024 outside its time,
/// 700027 for an unknown certificate or a wrong signature, 1000502 for a certificate outside its own time.
pub(super) fn check(token: &str, keys: &[KeyCredential], expected: &Expected<'_>) -> Result<(), Failure> {
    let malformed =
        || Failure::unauthenticated("invalid_client", 50027, "JWT token is invalid or malformed.");
    let parts = parts(token).ok_or_else(malformed)?;
    let claims = &parts.claims;
    let of_client =
        |name: &str| text(claims, name).is_some_and(|id| id.eq_ignore_ascii_case(expected.client_id));
    if !of_client("sub") || !of_client("iss") {
        return Err(Failure::unauthenticated(
            "invalid_client",
            700_021,
            "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at \
             https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
        ));
    }
    let for_us = |audience: &str| {
        let audience = audience.trim_end_matches('/');
        expected
            .audiences
            .iter()
            .any(|known| known.eq_ignore_ascii_case(audience))
    };
    let named = match claims.get("aud") {
        Some(Value::String(one)) => for_us(one),
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).any(for_us),
        _ => false,
    };
    if !named {
        return Err(Failure::unauthenticated(
            "invalid_client",
            700_023,
            "Client assertion audience claim does not match Realm issuer. Review the documentation at \
             https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
        ));
    }
    check_time(claims, expected.now)?;
    let usable = |key: &&KeyCredential| expected.now >= key.usable_at;
    let key = find_key(&parts.header, keys).filter(usable).ok_or_else(|| {
        let named = ["x5t", "x5t#S256", "kid"]
            .into_iter()
            .find_map(|name| text(&parts.header, name))
            .unwrap_or_default();
        unregistered(expected.client_id, "The key was not found.", named)
    })?;
    if expected.now < key.start || expected.now >= key.end {
        return Err(Failure::unauthenticated(
            "invalid_client",
            1_000_502,
            "The provided certificate is not within its specified validity period.",
        ));
    }
    let verified = public_key(key).is_some_and(|public| match text(&parts.header, "alg") {
        Some("RS256") => public
            .verify_pkcs1_sha256(&parts.signature, parts.signed.as_bytes())
            .is_ok(),
        Some("PS256") => public
            .verify_pss_sha256(&parts.signature, parts.signed.as_bytes())
            .is_ok(),
        _ => false,
    });
    if verified {
        Ok(())
    } else {
        Err(unregistered(
            expected.client_id,
            "The key was found, but use of the key to verify the signature failed.",
            &key.key_id,
        ))
    }
}

fn unregistered(client_id: &str, reason: &str, named: &str) -> Failure {
    Failure::unauthenticated(
        "invalid_client",
        700_027,
        format!(
            "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - \
             {reason}, Thumbprint of key used by client: '{named}', Configured keys are not shown. Please visit the Azure \
             Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{client_id}'.]"
        ),
    )
}

fn check_time(claims: &Value, now: Timestamp) -> Result<(), Failure> {
    let instant = |name: &str| claims.get(name).and_then(Value::as_f64);
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a number that is no time of ours is outside the range all the same"
    )]
    let whole = |seconds: f64| seconds as i64;
    let second = now.as_second();
    let (from, until) = (instant("nbf").map(whole), instant("exp").map(whole));
    let early = from.is_some_and(|from| from > second.saturating_add(LEEWAY_SECONDS));
    let late = until.is_none_or(|until| until.saturating_add(LEEWAY_SECONDS) <= second);
    if !early && !late {
        return Ok(());
    }
    let show = |instant: Option<i64>| {
        instant
            .and_then(|second| Timestamp::from_second(second).ok())
            .map_or_else(|| "(none)".to_owned(), |instant| instant.to_string())
    };
    Err(Failure::unauthenticated(
        "invalid_client",
        700_024,
        format!(
            "Client assertion is not within its valid time range. Current time: {now}, assertion valid from {}, expiry time \
             of assertion {}. Review the documentation at \
             https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
            show(from),
            show(until)
        ),
    ))
}

/// The certificate that the head names: by SHA-256 or SHA-1 thumbprint, or by a key id that is one of them.
fn find_key<'a>(header: &Value, keys: &'a [KeyCredential]) -> Option<&'a KeyCredential> {
    let bytes = |name: &str| {
        let named = text(header, name)?
            .trim_end_matches('=')
            .replace('+', "-")
            .replace('/', "_");
        URL_SAFE_NO_PAD.decode(named).ok()
    };
    let hexadecimal = text(header, "kid").and_then(unhex);
    let named: Vec<Vec<u8>> = [bytes("x5t#S256"), bytes("x5t"), bytes("kid"), hexadecimal]
        .into_iter()
        .flatten()
        .collect();
    keys.iter().find(|key| {
        let Some(der) = certificate(key) else { return false };
        let (short, long) = (Sha1::digest(&der), Sha256::digest(&der));
        named
            .iter()
            .any(|wanted| wanted.as_slice() == short.as_slice() || wanted.as_slice() == long.as_slice())
            || text(header, "kid").is_some_and(|id| id.eq_ignore_ascii_case(&key.key_id))
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

fn certificate(key: &KeyCredential) -> Option<Vec<u8>> {
    STANDARD
        .decode(&key.certificate)
        .ok()
        .filter(|der| !der.is_empty())
}

/// The RSA key of a certificate.
fn public_key(key: &KeyCredential) -> Option<VerifyingKey> {
    let der = certificate(key)?;
    let (_, parsed) = x509_parser::parse_x509_certificate(&der).ok()?;
    VerifyingKey::from_pkcs1_der(&parsed.public_key().subject_public_key.data).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use graviola::signing::rsa::{KeySize, SigningKey};
    use rustls::pki_types::PrivatePkcs8KeyDer;
    use serde_json::json;

    const CLIENT: &str = "2ea87e03-1b5f-4b5e-8a2d-91d5c1b9e7a4";
    const ENDPOINT: &str = "https://login.microsoftonline.com/t/oauth2/v2.0/token";

    struct Certified {
        private: SigningKey,
        key: KeyCredential,
        der: Vec<u8>,
    }

    fn now() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().expect("a time")
    }

    fn certified() -> Certified {
        let private = SigningKey::generate(KeySize::Rsa2048).expect("a key");
        let mut buffer = [0u8; 4096];
        let pkcs8 = PrivatePkcs8KeyDer::from(private.to_pkcs8_der(&mut buffer).expect("pkcs8").to_vec());
        let pair =
            rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8, &rcgen::PKCS_RSA_SHA256).expect("a pair");
        let certificate = rcgen::CertificateParams::default()
            .self_signed(&pair)
            .expect("a certificate");
        let der = certificate.der().to_vec();
        let key = KeyCredential {
            key_id: "9f6c7e0a-3a55-4b6d-8f6e-2b1f0f5f7a11".into(),
            display_name: None,
            start: "2026-01-01T00:00:00Z".parse().expect("a time"),
            end: "2027-01-01T00:00:00Z".parse().expect("a time"),
            kind: "AsymmetricX509Cert".into(),
            usage: "Verify".into(),
            certificate: STANDARD.encode(&der),
            custom_key_identifier: None,
            usable_at: Timestamp::UNIX_EPOCH,
        };
        Certified { private, key, der }
    }

    impl Certified {
        fn assertion(&self, header: &Value, change: impl FnOnce(&mut Value)) -> String {
            let second = now().as_second();
            let mut claims = json!({"aud": ENDPOINT, "iss": CLIENT, "sub": CLIENT, "jti": "1",
                "nbf": second, "exp": second + 600});
            change(&mut claims);
            let signed = format!(
                "{}.{}",
                URL_SAFE_NO_PAD.encode(header.to_string()),
                URL_SAFE_NO_PAD.encode(claims.to_string())
            );
            let mut buffer = [0u8; 512];
            let signature = match text(header, "alg") {
                Some("PS256") => self.private.sign_pss_sha256(&mut buffer, signed.as_bytes()),
                _ => self.private.sign_pkcs1_sha256(&mut buffer, signed.as_bytes()),
            };
            format!(
                "{signed}.{}",
                URL_SAFE_NO_PAD.encode(signature.expect("a signature"))
            )
        }

        fn short(&self) -> String {
            URL_SAFE_NO_PAD.encode(Sha1::digest(&self.der))
        }

        fn check(&self, assertion: &str) -> Result<(), u64> {
            let audiences = [ENDPOINT.to_owned()];
            let expected = Expected {
                client_id: CLIENT,
                audiences: &audiences,
                now: now(),
            };
            check(assertion, std::slice::from_ref(&self.key), &expected).map_err(|failure| failure.code())
        }
    }

    #[test]
    fn both_algorithms_and_every_name_of_the_certificate_are_taken() {
        let certified = certified();
        let long = URL_SAFE_NO_PAD.encode(Sha256::digest(&certified.der));
        let hexadecimal: String = Sha1::digest(&certified.der)
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        for header in [
            json!({"alg": "RS256", "x5t": certified.short()}),
            json!({"alg": "RS256", "x5t": format!("{}=", certified.short())}),
            json!({"alg": "PS256", "x5t#S256": long}),
            json!({"alg": "PS256", "kid": hexadecimal}),
        ] {
            let assertion = certified.assertion(&header, |_| ());
            assert_eq!(certified.check(&assertion), Ok(()), "{header}");
            assert_eq!(subject(&assertion).as_deref(), Some(CLIENT));
        }
    }

    #[test]
    fn every_flaw_has_its_own_code() {
        let certified = certified();
        let good = json!({"alg": "RS256", "x5t": certified.short()});
        let second = now().as_second();
        let stranger = "11111111-1b5f-4b5e-8a2d-91d5c1b9e7a4";
        let flaws: [(&str, Value, u64); 7] = [
            ("sub", json!(stranger), 700_021),
            ("iss", json!(stranger), 700_021),
            ("aud", json!("https://login.example/t/oauth2/v2.0/token"), 700_023),
            ("exp", json!(second - 301), 700_024),
            ("nbf", json!(second + 301), 700_024),
            ("exp", Value::Null, 700_024),
            ("exp", json!("soon"), 700_024),
        ];
        for (name, value, code) in flaws {
            let assertion = certified.assertion(&good, |claims| claims[name] = value.clone());
            assert_eq!(certified.check(&assertion), Err(code), "{name} {value}");
        }
        for (header, code) in [
            (json!({"alg": "RS256", "x5t": "bm90aGluZw"}), 700_027),
            (json!({"alg": "RS256"}), 700_027),
            (json!({"alg": "none", "x5t": certified.short()}), 700_027),
            (json!({"alg": "HS256", "x5t": certified.short()}), 700_027),
        ] {
            let assertion = certified.assertion(&header, |_| ());
            assert_eq!(certified.check(&assertion), Err(code), "{header}");
        }
        let other = self::certified();
        let forged = other.assertion(&good, |_| ());
        assert_eq!(certified.check(&forged), Err(700_027));
        for rubbish in ["", ".", "a.b.c", "é.é.é"] {
            assert_eq!(certified.check(rubbish), Err(50027), "{rubbish}");
        }
        let mut new = self::certified();
        new.key.usable_at = "2026-11-22T08:00:01Z".parse().expect("a time");
        let assertion = new.assertion(&json!({"alg": "RS256", "x5t": new.short()}), |_| ());
        assert_eq!(new.check(&assertion), Err(700_027));
        let mut late = certified;
        late.key.end = now();
        let assertion = late.assertion(&good, |_| ());
        assert_eq!(late.check(&assertion), Err(1_000_502));
    }

    #[test]
    fn a_certificate_that_is_none_verifies_nothing() {
        let mut certified = certified();
        certified.key.certificate = STANDARD.encode(b"not a certificate");
        let header = json!({"alg": "RS256", "kid": certified.key.key_id});
        let assertion = certified.assertion(&header, |_| ());
        assert_eq!(certified.check(&assertion), Err(700_027));
    }
}
