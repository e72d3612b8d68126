//! Each of Microsoft's clouds by its own host names, through the proxy of a practice organisation that lives there.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::cloud::CloudId;
use domain::trace::Trace;
use journey::Clock;
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::reader::Reader;
use microsoft::cloud::{Cloud, Server};
use practice::{ClockKind, Handle, Options, Setting};
use reqwest::Client;
use rpc::request::Request;
use rpc::view::Content;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

/// An organisation that lives in a cloud, and a client that has Microsoft's names built in.
struct Lives {
    handle: Handle,
    client: Client,
}

impl Lives {
    async fn within(cloud: CloudId) -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let scenario = match cloud {
            CloudId::Global => Setting::default(),
            national => Setting::named(national.name()).unwrap(),
        }
        .scenario;
        let start = "2026-11-22T08:00:00Z".parse().unwrap();
        let options = Options {
            clock: ClockKind::Explicit { start },
            mailboxes: 30,
            scenario,
            ..Options::default()
        };
        let handle = practice::start(options).await.unwrap();
        let root = reqwest::Certificate::from_pem(handle.root_certificate_pem().as_bytes()).unwrap();
        let client = Client::builder()
            .tls_certs_only([root])
            .proxy(reqwest::Proxy::all(handle.proxy()).unwrap())
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        Self { handle, client }
    }

    /// What the sign-in of a cloud answers to the key of the organisation's own app.
    async fn token(&self, cloud: &Cloud, resource: &str) -> (u16, Value) {
        let at = format!("{}{}/oauth2/v2.0/token", cloud.authority, self.handle.tenant_id());
        let scope = format!("{resource}/.default");
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", self.handle.admin_client_id()),
            ("client_secret", self.handle.admin_client_secret()),
            ("scope", scope.as_str()),
        ];
        let answer = self.client.post(at).form(&form).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn its_token(&self, cloud: &Cloud, resource: &str) -> String {
        let (status, body) = self.token(cloud, resource).await;
        assert_eq!(status, 200, "{body}");
        body["access_token"].as_str().unwrap().to_owned()
    }

    async fn read(&self, at: Url, token: &str) -> (u16, Value) {
        let answer = self.client.get(at).bearer_auth(token).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn cmdlet(&self, cloud: &Cloud, token: &str) -> u16 {
        let path = format!("{}/InvokeCommand", self.handle.tenant_id());
        let body = json!({"CmdletInput": {"CmdletName": "Get-Mailbox", "Parameters": {"ResultSize": 2}}});
        let at = cloud.exchange.join(&path).unwrap();
        let call = self.client.post(at).bearer_auth(token).json(&body);
        call.send().await.unwrap().status().as_u16()
    }

    /// What a server of mail programs says first, where it has a certificate of its host at once.
    async fn greeting(&self, server: &Server, encrypted: bool) -> String {
        let (host, port) = (&server.host, server.port);
        let proxy = self.handle.proxy().trim_start_matches("http://").to_owned();
        let mut stream = TcpStream::connect(proxy).await.unwrap();
        let head = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.unwrap());
        }
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{host}");
        let mut greeting = [0; 4];
        if encrypted {
            let mut roots = RootCertStore::empty();
            let pem = self.handle.root_certificate_pem();
            roots
                .add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap())
                .unwrap();
            let config = ClientConfig::builder()
                .with_root_certificates(roots)
                .with_no_client_auth();
            let name = ServerName::try_from(host.clone()).unwrap();
            let connector = TlsConnector::from(Arc::new(config));
            let mut stream = connector.connect(name, stream).await.unwrap();
            stream.read_exact(&mut greeting).await.unwrap();
        } else {
            stream.read_exact(&mut greeting).await.unwrap();
        }
        String::from_utf8_lossy(&greeting).into_owned()
    }

    async fn discovery(&self, cloud: &Cloud) -> (u16, Value) {
        let path = format!(
            "{}/v2.0/.well-known/openid-configuration",
            self.handle.tenant_id()
        );
        let answer = self
            .client
            .get(cloud.authority.join(&path).unwrap())
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

/// What this cloud is for tokens, Graph, Exchange and IMAP, with nothing but what its table says.
#[tokio::test]
async fn each_cloud_is_reached_by_its_own_hosts() {
    for id in CloudId::ALL {
        let (cloud, lives) = (Cloud::of(id), Lives::within(id).await);
        let (status, found) = lives.discovery(&cloud).await;
        assert_eq!(status, 200, "{found}");
        for endpoint in ["token_endpoint", "authorization_endpoint", "jwks_uri"] {
            let endpoint = Url::parse(found[endpoint].as_str().unwrap()).unwrap();
            assert_eq!(endpoint.origin(), cloud.authority.origin(), "{}", id.name());
        }
        assert_eq!(found["msgraph_host"], cloud.graph.host_str().unwrap());

        let token = lives.its_token(&cloud, &cloud.graph_resource).await;
        let (status, page) = lives
            .read(cloud.graph.join("users?$top=2").unwrap(), &token)
            .await;
        assert_eq!(status, 200, "{page}");
        // The next page is asked for where the token may go.
        let next = Url::parse(page["@odata.nextLink"].as_str().unwrap()).unwrap();
        assert!(cloud.owns(&next), "{next}");
        assert_eq!(lives.read(next, &token).await.0, 200);

        let for_exchange = lives.its_token(&cloud, &cloud.exchange_resource).await;
        assert_eq!(lives.cmdlet(&cloud, &for_exchange).await, 200);
        // A token of Graph's is none for Exchange, in any cloud.
        assert_eq!(lives.cmdlet(&cloud, &token).await, 401);

        let mail = &cloud.mail;
        assert_eq!(lives.greeting(&mail.imap, true).await, "* OK", "{}", id.name());
        assert_eq!(lives.greeting(&mail.pop, true).await, "+OK ", "{}", id.name());
        // SMTP begins without encryption.
        assert_eq!(lives.greeting(&mail.smtp, false).await, "220 ", "{}", id.name());
        lives.handle.stop().await;
    }
}

/// An organisation isn't known in another cloud, by its tenant or by a token of its own.
#[tokio::test]
async fn a_tenant_asked_in_the_wrong_cloud_is_refused() {
    for id in CloudId::ALL {
        let (cloud, lives) = (Cloud::of(id), Lives::within(id).await);
        let token = lives.its_token(&cloud, &cloud.graph_resource).await;
        for wrong in CloudId::ALL.into_iter().filter(|wrong| *wrong != id) {
            let case = format!("{} asked in {}", id.name(), wrong.name());
            let other = Cloud::of(wrong);
            let (status, _) = lives
                .read(other.graph.join("users?$top=2").unwrap(), &token)
                .await;
            assert_eq!(status, 401, "{case}");
            let (status, body) = lives.token(&other, &other.graph_resource).await;
            assert_eq!(status, 400, "{case}: {body}");
            let number = &body["error_codes"][0];
            if other.authority == cloud.authority {
                // The sign-in knows the tenant, and the tenant doesn't know that Graph.
                assert_eq!(number, 500_011, "{case}: {body}");
                continue;
            }
            let across = [id, wrong].contains(&CloudId::Global) && ![id, wrong].contains(&CloudId::China);
            assert_eq!(number, if across { 900_382 } else { 90_002 }, "{case}: {body}");
            let (status, body) = lives.discovery(&other).await;
            assert_eq!((status, &body["error_codes"][0]), (400, &json!(90_002)), "{case}");
        }
        lives.handle.stop().await;
    }
}

/// What is said of the cloud before the sign-in, in a session that was started for one.
async fn told(folder: &Path, organisation: &Organisation, started_for: CloudId) -> Vec<String> {
    let (data, export) = (folder.join("data"), folder.join("export"));
    let start = Start {
        organisation,
        reader: Reader::new("dana.reyes@contoso.example"),
        data: &data,
        export: &export,
        keychain: "clouds",
        clock: Clock::system(),
        trace: Trace::default(),
    };
    let mut session = Headless::start_in(start, started_for);
    if matches!(session.view().page.content, Content::Start { .. }) {
        session.press(Request::StartReal).await.unwrap();
    }
    session.go_on(Some("sign-in"), "", "").await.unwrap();
    let Content::SignIn { messages, .. } = session.view().page.content else {
        panic!("the sign-in")
    };
    session.press(Request::SaveAndClose).await.unwrap();
    messages
        .into_iter()
        .map(|message| format!("{}: {}", message.title, message.text.unwrap_or_default()))
        .collect()
}

/// A connection stays in the cloud in which it was begun, and the reader is told which that is and what of it isn't certain.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_national_cloud_is_named_before_the_sign_in() {
    let lives = Lives::within(CloudId::Global).await;
    let organisation = Organisation::from(&lives.handle);
    let folder = tempfile::tempdir().unwrap();
    for started_for in [CloudId::China, CloudId::Global] {
        let told = told(folder.path(), &organisation, started_for).await.join("\n");
        assert!(
            told.contains("You sign in to Microsoft 365 in China, operated by 21Vianet: "),
            "{told}"
        );
        assert!(
            told.contains("partner.outlook.cn, smtp.partner.outlook.cn (SMTP)"),
            "{told}"
        );
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let told = told(elsewhere.path(), &organisation, CloudId::Global)
        .await
        .join("\n");
    assert!(!told.contains("You sign in to"), "{told}");
    lives.handle.stop().await;
}
