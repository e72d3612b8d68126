//! The key that signs this organisation's tokens, and the tokens themselves.
//!
//! The RSA key is made fresh at every start, off the serving threads, unless the organisation is kept in a folder:
//! then its key is too, so that the tokens which clients have cached outlive a restart, as they do at Microsoft.
//! `graviola` makes a key in about a tenth of a second even in a debug build (the `rsa` crate took three seconds
//! there) and needs no C compiler.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use graviola::signing::rsa::{KeySize, SigningKey};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

/// Why no signing key could be made.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The processor lacks the instructions that the cryptography is written in.
    #[error("this processor lacks instructions that the practice organisation needs to sign tokens")]
    Processor,
    /// The key could not be made.
    #[error("a token signing key could not be made: {0}")]
    Key(String),
}

/// The organisation's token signing key.
pub(crate) struct TokenKey {
    private: SigningKey,
    key_id: String,
    modulus: String,
    exponent: String,
    /// A certificate of the key, in base64, as key sets carry one.
    certificate: String,
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TokenKey")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

impl TokenKey {
    /// Makes a fresh 2048-bit key; slow enough to be kept off the serving threads.
    pub(crate) fn generate() -> Result<Self, SigningError> {
        check_processor()?;
        Self::of(SigningKey::generate(KeySize::Rsa2048).map_err(failed)?)
    }

    /// The key that [`TokenKey::private_pem`] gave. Its certificate is made again, the same to the last byte, so that
    /// the key keeps its name.
    ///
    /// # Errors
    /// When the text holds no RSA key in PKCS#8, or the processor cannot use it.
    pub(crate) fn from_private_pem(pem: &[u8]) -> Result<Self, SigningError> {
        check_processor()?;
        let der =
            PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|error| SigningError::Key(error.to_string()))?;
        Self::of(SigningKey::from_pkcs8_der(der.secret_pkcs8_der()).map_err(failed)?)
    }

    /// The private key in PKCS#8 as PEM, for the file of a kept organisation.
    pub(crate) fn private_pem(&self) -> Result<String, SigningError> {
        let der = private_der(&self.private).map_err(SigningError::Key)?;
        let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
        for line in STANDARD.encode(der).as_bytes().chunks(64) {
            pem.push_str(&String::from_utf8_lossy(line));
            pem.push('\n');
        }
        pem.push_str("-----END PRIVATE KEY-----\n");
        Ok(pem)
    }

    fn of(private: SigningKey) -> Result<Self, SigningError> {
        let public = private.public_key();
        let mut buffer = [0u8; 1024];
        let der = public.to_pkcs1_der(&mut buffer).map_err(failed)?;
        let (modulus, exponent) = public_numbers(der)
            .ok_or_else(|| SigningError::Key("its public half could not be read".into()))?;
        let certificate = certificate(&private).map_err(SigningError::Key)?;
        Ok(Self {
            // Microsoft names a key by the SHA-1 of its certificate.
            key_id: URL_SAFE_NO_PAD.encode(Sha1::digest(&certificate)),
            certificate: STANDARD.encode(&certificate),
            modulus: URL_SAFE_NO_PAD.encode(modulus),
            exponent: URL_SAFE_NO_PAD.encode(exponent),
            private,
        })
    }

    /// The key set document of `discovery/v2.0/keys`.
    pub(crate) fn key_set(&self, issuer: &str) -> Value {
        json!({"keys": [{
            "kty": "RSA", "use": "sig", "kid": self.key_id, "x5t": self.key_id,
            "n": self.modulus, "e": self.exponent, "x5c": [self.certificate], "issuer": issuer,
            "cloud_instance_name": "microsoftonline.com",
        }]})
    }

    /// The claims as a signed RS256 token, as version 1 tokens are: with the thumbprint beside the key id.
    pub(crate) fn sign(&self, claims: &Value) -> Option<String> {
        let header = json!({"typ": "JWT", "alg": "RS256", "x5t": self.key_id, "kid": self.key_id});
        self.sign_under(&header, claims)
    }

    /// The same as version 2 tokens are: their head names the key by `kid` alone (captured).
    pub(crate) fn sign_without_thumbprint(&self, claims: &Value) -> Option<String> {
        let header = json!({"typ": "JWT", "alg": "RS256", "kid": self.key_id});
        self.sign_under(&header, claims)
    }

    fn sign_under(&self, header: &Value, claims: &Value) -> Option<String> {
        let mut token = URL_SAFE_NO_PAD.encode(header.to_string());
        token.push('.');
        token.push_str(&URL_SAFE_NO_PAD.encode(claims.to_string()));
        let mut buffer = [0u8; 512];
        let signature = self
            .private
            .sign_pkcs1_sha256(&mut buffer, token.as_bytes())
            .ok()?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        token.push('.');
        token.push_str(&signature);
        Some(token)
    }

    /// The claims of a token that this key signed, or `None` for anything else.
    pub(crate) fn verify(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (_, claims) = signed.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.private
            .public_key()
            .verify_pkcs1_sha256(&signature, signed.as_bytes())
            .ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}

fn check_processor() -> Result<(), SigningError> {
    if graviola::util::is_cpu_supported() {
        Ok(())
    } else {
        Err(SigningError::Processor)
    }
}

fn failed(error: graviola::Error) -> SigningError {
    SigningError::Key(format!("{error:?}"))
}

fn private_der(private: &SigningKey) -> Result<Vec<u8>, String> {
    let mut buffer = [0u8; 4096];
    private
        .to_pkcs8_der(&mut buffer)
        .map(<[u8]>::to_vec)
        .map_err(|error| format!("{error:?}"))
}

/// A certificate that the key signed for itself, because clients are used to finding one in a key set.
fn certificate(private: &SigningKey) -> Result<Vec<u8>, String> {
    let key = PrivatePkcs8KeyDer::from(private_der(private)?);
    let key = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&key, &rcgen::PKCS_RSA_SHA256)
        .map_err(|error| error.to_string())?;
    let mut certificate = rcgen::CertificateParams::default();
    certificate
        .distinguished_name
        .push(rcgen::DnType::CommonName, "practice organisation token signing");
    let certificate = certificate.self_signed(&key).map_err(|error| error.to_string())?;
    Ok(certificate.der().to_vec())
}

/// Modulus and exponent of a PKCS#1 public key: one sequence of two integers.
fn public_numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (sequence, _) = element(der, 0x30)?;
    let (modulus, rest) = element(sequence, 0x02)?;
    let (exponent, _) = element(rest, 0x02)?;
    Some((unsigned(modulus), unsigned(exponent)))
}

/// The content of one DER element of this tag, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = der.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first & 0x80 != 0 {
        length = 0;
        for _ in 0..(first & 0x7f) {
            let (&byte, tail) = rest.split_first()?;
            length = length.checked_mul(256)?.checked_add(usize::from(byte))?;
            rest = tail;
        }
    }
    (found == tag && length <= rest.len()).then(|| rest.split_at(length))
}

/// An integer's bytes without the zero that only marks it as positive.
fn unsigned(bytes: &[u8]) -> &[u8] {
    match bytes.split_first() {
        Some((0, rest)) if !rest.is_empty() => rest,
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_verifies_and_a_changed_one_does_not() {
        let key = TokenKey::generate().expect("a key");
        let token = key
            .sign(&json!({"aud": "https://graph.microsoft.com"}))
            .expect("a token");
        assert_eq!(
            key.verify(&token).expect("valid")["aud"],
            "https://graph.microsoft.com"
        );
        let forged = token.replacen("eyJ", "eyK", 1);
        assert!(key.verify(&forged).is_none());
        for rubbish in ["", ".", "..", "a.b.c", "a"] {
            assert!(key.verify(rubbish).is_none(), "{rubbish:?}");
        }
    }

    #[test]
    fn a_kept_key_is_the_same_key_under_the_same_name() {
        let key = TokenKey::generate().expect("a key");
        let kept = TokenKey::from_private_pem(key.private_pem().expect("text").as_bytes()).expect("a key");
        assert_eq!(kept.key_set("https://issuer"), key.key_set("https://issuer"));
        let token = key.sign(&json!({"aud": "a"})).expect("a token");
        assert_eq!(kept.verify(&token).expect("valid")["aud"], "a");
        let no_key = b"-----BEGIN PRIVATE KEY-----\nbm90aGluZw==\n-----END PRIVATE KEY-----\n";
        for rubbish in [&b"nothing"[..], no_key] {
            assert!(matches!(
                TokenKey::from_private_pem(rubbish),
                Err(SigningError::Key(_))
            ));
        }
    }

    #[test]
    fn the_key_set_has_a_2048_bit_modulus() {
        let key = TokenKey::generate().expect("a key");
        let set = key.key_set("https://issuer");
        let modulus = set["keys"][0]["n"].as_str().expect("a modulus");
        assert_eq!(URL_SAFE_NO_PAD.decode(modulus).expect("base64url").len(), 256);
        assert_eq!(set["keys"][0]["e"], "AQAB");
    }

    #[test]
    fn a_truncated_public_key_is_refused() {
        assert!(public_numbers(&[0x30, 0x82, 0x01]).is_none());
        assert!(public_numbers(&[]).is_none());
    }
}
