//! A client of the mail protocols that knows lines and nothing else, and the permissions that a mail app needs.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::common::{DANA, EXCHANGE_SCOPES, GRAPH_SCOPES, PRIYA, Practice};

const PATIENCE: Duration = Duration::from_secs(20);
const EXCHANGE_APP: &str = "00000002-0000-0ff1-ce00-000000000000";

pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

pub struct Lines {
    stream: Option<Box<dyn Stream>>,
    buffer: Vec<u8>,
    connector: TlsConnector,
}

fn port(address: &str) -> u16 {
    address
        .rsplit(':')
        .next()
        .expect("a port")
        .parse()
        .expect("a number")
}

impl Lines {
    /// A connection without encryption.
    pub async fn plain(practice: &Practice, address: &str) -> Self {
        let mut roots = rustls::RootCertStore::empty();
        let pem = practice.handle.root_certificate_pem();
        let root = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate");
        roots.add(root).expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let stream = TcpStream::connect(("127.0.0.1", port(address)))
            .await
            .expect("a connection");
        Self {
            stream: Some(Box::new(stream)),
            buffer: Vec::new(),
            connector: TlsConnector::from(Arc::new(config)),
        }
    }

    /// A connection that is encrypted from the first byte.
    pub async fn tls(practice: &Practice, address: &str) -> Self {
        let mut lines = Self::plain(practice, address).await;
        lines.encrypt().await;
        lines
    }

    pub async fn encrypt(&mut self) {
        let name = ServerName::try_from("localhost").expect("a name");
        let plain = self.stream.take().expect("a stream");
        let encrypted = self.connector.connect(name, plain).await.expect("a handshake");
        self.stream = Some(Box::new(encrypted));
        self.buffer.clear();
    }

    pub async fn send(&mut self, bytes: &[u8]) {
        let stream = self.stream.as_mut().expect("a stream");
        // The server may have ended the connection already; reading tells.
        let _ = stream.write_all(bytes).await;
        let _ = stream.flush().await;
    }

    /// The next line without its line end, or nothing at the end of the connection.
    pub async fn line(&mut self) -> Option<String> {
        loop {
            if let Some(at) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=at).collect();
                return Some(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            let mut chunk = [0; 4096];
            let stream = self.stream.as_mut().expect("a stream");
            let read = tokio::time::timeout(PATIENCE, stream.read(&mut chunk))
                .await
                .expect("an answer in time");
            match read {
                Ok(0) | Err(_) => return None,
                Ok(read) => self.buffer.extend_from_slice(&chunk[..read]),
            }
        }
    }

    /// Sends one line and reads one.
    pub async fn ask(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n").as_bytes()).await;
        self.line().await.unwrap_or_default()
    }

    /// Sends an IMAP command with the tag `t` and reads everything up to its result.
    pub async fn imap(&mut self, command: &str) -> String {
        self.send(format!("t {command}\r\n").as_bytes()).await;
        self.until("t ").await
    }

    /// Everything up to the line that begins so.
    pub async fn until(&mut self, start: &str) -> String {
        let mut all = String::new();
        while let Some(line) = self.line().await {
            let last = line.starts_with(start);
            all.push_str(&line);
            all.push('\n');
            if last {
                break;
            }
        }
        all
    }

    /// An answer of SMTP with all its lines.
    pub async fn smtp(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n").as_bytes()).await;
        self.smtp_answer().await
    }

    pub async fn smtp_answer(&mut self) -> String {
        let mut all = String::new();
        while let Some(line) = self.line().await {
            let more = line.as_bytes().get(3) == Some(&b'-');
            all.push_str(&line);
            all.push('\n');
            if !more {
                break;
            }
        }
        all
    }
}

/// What XOAUTH2 sends.
pub fn xoauth2(mailbox: &str, token: &str) -> String {
    STANDARD.encode(format!("user={mailbox}\u{1}auth=Bearer {token}\u{1}\u{1}"))
}

/// Dana's own token for a mail protocol.
pub async fn own_token(practice: &Practice, scopes: &str) -> String {
    let scopes: Vec<String> = scopes
        .split(' ')
        .map(|scope| format!("https://outlook.office.com/{scope}"))
        .collect();
    practice.sign_in(DANA, &scopes.join(" ")).await
}

/// An app with a permission of Office 365 Exchange Online: its id, the id of its enterprise application, its secret.
pub async fn mail_app(practice: &Practice, role: &str) -> (String, String, String) {
    let graph = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let (app_id, principal, secret) = practice.app(&graph, "Mail app").await;
    let filter = format!("/servicePrincipals(appId='{EXCHANGE_APP}')");
    let resource = practice.graph(&graph, "GET", &filter, None).await.ok(200);
    let roles = resource["appRoles"].as_array().expect("roles");
    let role = roles
        .iter()
        .find(|known| known["value"] == role)
        .unwrap_or_else(|| panic!("no role {role}"));
    let body = json!({"principalId": principal, "resourceId": resource["id"], "appRoleId": role["id"]});
    let path = format!("/servicePrincipals/{principal}/appRoleAssignments");
    practice.graph(&graph, "POST", &path, Some(body)).await.ok(201);
    (app_id, principal, secret)
}

/// The app's token for Exchange.
pub async fn app_token(practice: &Practice, app_id: &str, secret: &str) -> String {
    let answer = practice
        .token(&[
            ("client_id", app_id),
            ("client_secret", secret),
            ("grant_type", "client_credentials"),
            ("scope", "https://outlook.office365.com/.default"),
        ])
        .await
        .ok(200);
    answer["access_token"].as_str().expect("a token").to_owned()
}

/// Runs a cmdlet as an Exchange administrator.
pub async fn cmdlet(practice: &Practice, name: &str, parameters: serde_json::Value) {
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    practice.cmdlet(&token, name, parameters).await.ok(200);
}
