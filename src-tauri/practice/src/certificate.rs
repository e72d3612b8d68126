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

/// What the leaf answers for besides Microsoft's names.
const OWN_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The host names of Microsoft that are played, in lower case.
///
/// The mail and API hosts are those of microsoft-facts §6; the sign-in hosts are every name that instance discovery
/// gives the worldwide cloud (microsoft-facts §1.6), because a client may use any of them; the last three
/// are what Azure CLI asks for subscriptions and for admin consent.
pub(crate) const MICROSOFT_NAMES: [&str; 11] = [
    "login.microsoftonline.com",
    "login.windows.net",
    "login.microsoft.com",
    "sts.windows.net",
    "graph.microsoft.com",
    "outlook.office365.com",
    "outlook.office.com",
    "smtp.office365.com",
    "management.azure.com",
    "management.core.windows.net",
    "main.iam.ad.ext.azure.com",
];

/// Which of Microsoft's played names this is, in any case, with or without the final dot of a full name.
pub(crate) fn microsoft_name(host: &str) -> Option<&'static str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    MICROSOFT_NAMES
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(host))
}

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
            .chain(MICROSOFT_NAMES)
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

    #[test]
    fn microsofts_names_are_known_in_every_spelling() {
        assert_eq!(microsoft_name("Graph.Microsoft.COM"), Some("graph.microsoft.com"));
        assert_eq!(microsoft_name("sts.windows.net."), Some("sts.windows.net"));
        for other in [
            "localhost",
            "127.0.0.1",
            "evil-graph.microsoft.com",
            "graph.microsoft.com.example",
            "",
        ] {
            assert_eq!(microsoft_name(other), None, "{other}");
        }
    }

    /// Strict verifiers ask for both key identifiers; without them `VERIFY_X509_STRICT` of Python refuses the chain.
    #[test]
    fn the_leaf_and_the_root_name_their_keys() {
        let certificates = generate().expect("certificates");
        let leaf = certificates.chain[0].as_ref();
        let holds = |wanted: &[u8]| leaf.windows(wanted.len()).any(|bytes| bytes == wanted);
        // The object identifiers 2.5.29.14 (subject key) and 2.5.29.35 (authority key), in DER.
        assert!(holds(&[0x06, 0x03, 0x55, 0x1d, 0x0e]) && holds(&[0x06, 0x03, 0x55, 0x1d, 0x23]));
        assert!(MICROSOFT_NAMES.iter().all(|name| holds(name.as_bytes())));
    }
}
