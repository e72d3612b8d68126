//! IMAP as a mail program speaks it, by somebody else's library.

use std::sync::Arc;
use std::time::Duration;

use async_imap::{Authenticator, Client};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::Outcome;
use crate::organisation::Organisation;
use crate::platform::count::Failed;

/// A mailbox that takes longer than this counts as failed.
const WITHIN: Duration = Duration::from_secs(20);

/// Where IMAP is, and whom to trust there.
pub(crate) struct Imap {
    /// `localhost:PORT`, with TLS from the first byte.
    server: String,
    connector: TlsConnector,
}

/// SASL's XOAUTH2, as Microsoft writes it (microsoft-facts §4c).
struct XOAuth2(String);

impl Authenticator for XOAuth2 {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.0.clone()
    }
}

impl Imap {
    /// The server of an organisation, whose root certificate is trusted and no other.
    pub(crate) fn of(organisation: &Organisation) -> Outcome<Self> {
        let told = |error: &dyn std::error::Error| error.to_string();
        let root =
            CertificateDer::from_pem_slice(organisation.root.as_bytes()).map_err(|error| told(&error))?;
        let mut roots = RootCertStore::empty();
        roots.add(root).map_err(|error| told(&error))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| told(&error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            server: organisation.imap.clone(),
            connector: TlsConnector::from(Arc::new(config)),
        })
    }

    /// Opens the inbox of a mailbox, reads the head of its first message and changes nothing.
    ///
    /// # Errors
    /// 401 where the token was refused, 403 where it was good and the mailbox is out of reach, which shows itself on the
    /// command after it (microsoft-facts §4c); 0 where nothing was answered.
    pub(crate) async fn read(&self, mailbox: &str, token: &str) -> Result<(), Failed> {
        tokio::time::timeout(WITHIN, self.read_at_leisure(mailbox, token))
            .await
            .unwrap_or_else(|_| Err((0, "IMAP took too long".into())))
    }

    async fn read_at_leisure(&self, mailbox: &str, token: &str) -> Result<(), Failed> {
        let lost = |error: std::io::Error| (0, error.to_string());
        let plain = TcpStream::connect(&self.server).await.map_err(lost)?;
        let host = self.server.split(':').next().unwrap_or_default().to_owned();
        let name = ServerName::try_from(host).map_err(|error| (0, error.to_string()))?;
        let stream = self.connector.connect(name, plain).await.map_err(lost)?;
        let mut client = Client::new(stream);
        client.read_response().await.map_err(lost)?;
        let blob = XOAuth2(format!("user={mailbox}\u{1}auth=Bearer {token}\u{1}\u{1}"));
        let mut session = client
            .authenticate("XOAUTH2", blob)
            .await
            .map_err(|(error, _)| (401, error.to_string()))?;
        let out_of_reach = |error: async_imap::error::Error| (403, error.to_string());
        let inbox = session.examine("INBOX").await.map_err(out_of_reach)?;
        if inbox.exists > 0 {
            session
                .run_command_and_check_ok("FETCH 1 (UID BODY.PEEK[HEADER])")
                .await
                .map_err(out_of_reach)?;
        }
        session.logout().await.map_err(out_of_reach)
    }
}
