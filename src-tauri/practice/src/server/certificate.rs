//! The root certificate that a client is told to trust, and the leaf that the server shows.
//!
//! The leaf also carries Microsoft's host names, so that a client with those built in can be pointed here by
//! a proxy (practice-organisation notes, "Names the leaf certificate needs").

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::clock::real_now;
use crate::wire::hosts::microsoft_names;

/// What the leaf answers for besides Microsoft's names.
const OWN_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// A root made for one start, and the chain that it signed.
pub(crate) struct Certificates {
    /// The root to trust, as PEM.
    pub(crate) root_pem: String,
    /// What the server shows: the leaf alone, because the client already has the root.
    pub(crate) chain: Vec<CertificateDer<'static>>,
    /// The leaf's private key.
    pub(crate) key: PrivateKeyDer<'static>,
}

/// Makes a fresh root and leaf. They are dated by real time, because clients judge them by theirs.
pub(crate) fn generate() -> Result<Certificates, rcgen::Error> {
    let now = real_now().as_second();
    let day = 24 * 60 * 60;
    let instant = |seconds: i64| {
        let civil = jiff::Timestamp::from_second(seconds)
            .unwrap_or_default()
            .to_zoned(jiff::tz::TimeZone::UTC);
        let month = u8::try_from(civil.month()).unwrap_or(1);
        let day_of_month = u8::try_from(civil.day()).unwrap_or(1);
        rcgen::date_time_ymd(i32::from(civil.year()), month, day_of_month)
    };

    let root_key = KeyPair::generate()?;
    let mut root = CertificateParams::default();
    root.distinguished_name
        .push(DnType::CommonName, "Mailgrant practice organisation root");
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    root.not_before = instant(now - 2 * day);
    root.not_after = instant(now + 397 * day);
    let root_certificate = root.self_signed(&root_key)?;
    let issuer = Issuer::new(root, root_key);

    let leaf_key = KeyPair::generate()?;
    let mut leaf = CertificateParams::new(
        OWN_NAMES
            .into_iter()
            .chain(microsoft_names())
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    )?;
    leaf.distinguished_name.push(DnType::CommonName, "localhost");
    leaf.is_ca = IsCa::ExplicitNoCa;
    leaf.use_authority_key_identifier_extension = true;
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.not_before = instant(now - 2 * day);
    leaf.not_after = instant(now + 397 * day);
    let leaf_certificate = leaf.signed_by(&leaf_key, &issuer)?;

    Ok(Certificates {
        root_pem: root_certificate.pem(),
        chain: vec![leaf_certificate.der().clone()],
        key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_start_has_a_root_of_its_own() {
        let (first, second) = (
            generate().expect("certificates"),
            generate().expect("certificates"),
        );
        assert_ne!(first.root_pem, second.root_pem);
        assert!(first.root_pem.starts_with("-----BEGIN CERTIFICATE-----"));
        assert_eq!(first.chain.len(), 1);
    }

    /// Strict verifiers ask for both key identifiers; without them `VERIFY_X509_STRICT` of Python refuses the chain.
    #[test]
    fn the_leaf_and_the_root_name_their_keys() {
        let certificates = generate().expect("certificates");
        let leaf = certificates.chain[0].as_ref();
        let holds = |wanted: &[u8]| leaf.windows(wanted.len()).any(|bytes| bytes == wanted);
        // The object identifiers 2.5.29.14 (subject key) and 2.5.29.35 (authority key), in DER.
        assert!(holds(&[0x06, 0x03, 0x55, 0x1d, 0x0e]) && holds(&[0x06, 0x03, 0x55, 0x1d, 0x23]));
        assert!(microsoft_names().all(|name| holds(name.as_bytes())));
    }
}
