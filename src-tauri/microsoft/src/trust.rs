//! Whom we speak to: clients that trust what a cloud says, and whether a failed connection was a matter of trust.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, ClientBuilder};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::cloud::Trust;
use crate::error::Error;

/// Clients that follow no redirects, repeat nothing and trust nobody else.
pub(crate) struct Trusting {
    /// Keeps its connections.
    pub client: Client,
    /// Closes each connection after its call.
    pub apart: Client,
    /// The same trust for what isn't HTTP.
    pub tls: Arc<ClientConfig>,
}

impl Trusting {
    /// Clients that trust whom the cloud trusts.
    ///
    /// # Errors
    /// Where a certificate or this computer's store of them can't be used.
    pub fn new(trust: &Trust) -> Result<Self, Error> {
        let tls = config(trust)?;
        let mut of_http = tls.clone();
        of_http.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let builder = || {
            let builder = Client::builder()
                .https_only(true)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .connect_timeout(Duration::from_secs(10))
                .timeout(Duration::from_secs(60))
                .user_agent(concat!("Mailgrant/", env!("CARGO_PKG_VERSION")))
                .tls_backend_preconfigured(of_http.clone());
            match trust {
                Trust::Root(_) => builder.no_proxy(),
                Trust::System => builder,
            }
        };
        let built = |builder: ClientBuilder| builder.build().map_err(|error| unusable(&error));
        Ok(Self {
            client: built(builder())?,
            apart: built(builder().pool_max_idle_per_host(0))?,
            tls: Arc::new(tls),
        })
    }
}

/// The one policy: ring, TLS 1.2 and later, and the roots that the cloud names.
fn config(trust: &Trust) -> Result<ClientConfig, Error> {
    // reqwest is built without a crypto provider so that only ring is linked.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(&error))?;
    Ok(match trust {
        Trust::Root(pem) => {
            let root = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|error| unusable(&error))?;
            let mut roots = RootCertStore::empty();
            roots.add(root).map_err(|error| unusable(&error))?;
            builder.with_root_certificates(roots).with_no_client_auth()
        }
        Trust::System => {
            use rustls_platform_verifier::BuilderVerifierExt;
            let verifying = builder.with_platform_verifier();
            verifying.map_err(|error| unusable(&error))?.with_no_client_auth()
        }
    })
}

fn unusable(error: &dyn std::error::Error) -> Error {
    Error::Untrusted {
        call: "set-up".into(),
        why: error.to_string(),
    }
}

/// Whether the certificate of the other side was the reason, by the type of the error and never by its words.
pub(crate) fn untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return matches!(
                tls,
                rustls::Error::InvalidCertificate(_)
                    | rustls::Error::InvalidCertRevocationList(_)
                    | rustls::Error::NoCertificatesPresented
            );
        }
        // What an I/O error was made of isn't among its sources: those begin one further down.
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("connecting failed")]
    struct Outer(#[source] std::io::Error);

    fn failed_with(error: rustls::Error) -> Outer {
        Outer(std::io::Error::new(std::io::ErrorKind::InvalidData, error))
    }

    #[test]
    fn trust_is_told_by_the_type_of_the_error() {
        use rustls::CertificateError;
        for reason in [
            CertificateError::UnknownIssuer,
            CertificateError::Expired,
            CertificateError::Revoked,
            CertificateError::NotValidForName,
            CertificateError::Other(rustls::OtherError(Arc::new(std::io::Error::other(
                "in another language",
            )))),
        ] {
            let error = failed_with(rustls::Error::InvalidCertificate(reason));
            assert!(untrusted(&error), "{error:?}");
        }
    }

    /// Words that speak of certificates don't make it a matter of trust.
    #[test]
    fn words_decide_nothing() {
        let words = Outer(std::io::Error::other(
            "the certificate store: UnknownIssuer, NotValidForName",
        ));
        assert!(!untrusted(&words));
        assert!(!untrusted(&failed_with(rustls::Error::AlertReceived(
            rustls::AlertDescription::CertificateRequired
        ))));
        assert!(!untrusted(&failed_with(rustls::Error::HandshakeNotComplete)));
    }
}
