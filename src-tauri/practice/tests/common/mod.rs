//! A small client for the tests: it knows the wire, not the server's types.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::time::Duration;

use practice::{ClockKind, Handle, Options};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use url::Url;

pub const DANA: &str = "dana.reyes@contoso.example";
pub const PRIYA: &str = "priya.nair@contoso.example";
pub const GRAPH_SCOPES: &str = "openid profile User.Read Application.ReadWrite.All Directory.Read.All \
     AppRoleAssignment.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All Policy.Read.All Organization.Read.All \
     Domain.Read.All User.Read.All";
pub const EXCHANGE_SCOPES: &str = "https://outlook.office365.com/Exchange.Manage";
/// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub struct Practice {
    pub handle: Handle,
    pub client: Client,
}

pub fn explicit() -> Options {
    let start = "2026-11-22T08:00:00Z".parse().expect("a time");
    Options {
        clock: ClockKind::Explicit { start },
        mailboxes: 300,
        ..Options::default()
    }
}

pub async fn begin(options: Options) -> Practice {
    let handle = practice::start(options).await.expect("a practice organisation");
    let client = client(&handle);
    Practice { handle, client }
}

pub fn client(handle: &Handle) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let root = reqwest::Certificate::from_pem(handle.root_certificate_pem().as_bytes()).expect("a root");
    Client::builder()
        .tls_certs_only([root])
        .no_proxy()
        .https_only(true)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(20))
        .build()
        .expect("a client")
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub async fn read(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self {
            status,
            headers,
            text: response.text().await.expect("a body"),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// Graph's error code.
    pub fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    #[track_caller]
    pub fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    #[track_caller]
    pub fn fails(self, status: u16, code: &str) {
        assert_eq!(
            (self.status, self.code().as_str()),
            (status, code),
            "{}",
            self.text
        );
    }
}

impl Practice {
    pub fn origin(&self) -> &str {
        self.handle.origin()
    }

    pub fn authorize_url(&self, scope: &str) -> Url {
        let base = format!(
            "{}/{}/oauth2/v2.0/authorize",
            self.origin(),
            self.handle.tenant_id()
        );
        Url::parse_with_params(
            &base,
            [
                ("client_id", self.handle.public_client_id()),
                ("response_type", "code"),
                ("redirect_uri", "http://localhost:51234"),
                ("response_mode", "query"),
                ("scope", scope),
                ("state", "s-1"),
                ("nonce", "n-1"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
            ],
        )
        .expect("an address")
    }

    /// The code of a sign-in.
    pub fn code(&self, account: &str, scope: &str) -> String {
        let location = self
            .handle
            .answer_sign_in(self.authorize_url(scope).as_str(), account, true)
            .expect("a code");
        let url = Url::parse(&location).expect("a location");
        assert!(location.starts_with("http://localhost:51234/?"), "{location}");
        url.query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap_or_else(|| panic!("no code in {location}"))
            .1
            .into_owned()
    }

    pub async fn token(&self, form: &[(&str, &str)]) -> Answer {
        let url = format!("{}/{}/oauth2/v2.0/token", self.origin(), self.handle.tenant_id());
        Answer::read(self.client.post(url).form(form).send().await.expect("an answer")).await
    }

    pub async fn redeem(&self, code: &str) -> Answer {
        self.token(&[
            ("client_id", self.handle.public_client_id()),
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", "http://localhost:51234"),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    /// An access token for a person.
    pub async fn sign_in(&self, account: &str, scope: &str) -> String {
        let body = self.redeem(&self.code(account, scope)).await.ok(200);
        body["access_token"].as_str().expect("a token").to_owned()
    }

    pub async fn app_token(&self, app_id: &str, secret: &str) -> Answer {
        self.token(&[
            ("client_id", app_id),
            ("grant_type", "client_credentials"),
            ("client_secret", secret),
            ("scope", "https://graph.microsoft.com/.default"),
        ])
        .await
    }

    pub async fn graph(&self, token: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
        self.graph_with(token, method, path, body, &[]).await
    }

    pub async fn graph_with(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self
            .client
            .request(method, format!("{}/v1.0{path}", self.origin()))
            .bearer_auth(token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::read(request.send().await.expect("an answer")).await
    }

    pub async fn cmdlet(&self, token: &str, name: &str, parameters: Value) -> Answer {
        let url = format!(
            "{}/adminapi/beta/{}/InvokeCommand",
            self.origin(),
            self.handle.tenant_id()
        );
        let body = json!({"CmdletInput": {"CmdletName": name, "Parameters": parameters}});
        Answer::read(
            self.client
                .post(url)
                .bearer_auth(token)
                .json(&body)
                .send()
                .await
                .expect("an answer"),
        )
        .await
    }

    pub async fn control(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self
            .client
            .request(method, format!("{}/_practice/{path}", self.origin()))
            .bearer_auth(self.handle.control_token());
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::read(request.send().await.expect("an answer")).await
    }

    pub fn wait(&self, seconds: u64) {
        self.handle.advance(Duration::from_secs(seconds));
    }

    /// An app with enterprise application and a working secret: app id, service principal id, secret.
    pub async fn app(&self, graph: &str, name: &str) -> (String, String, String) {
        let app = self
            .graph(
                graph,
                "POST",
                "/applications",
                Some(json!({"displayName": name, "tags": ["mailgrant"]})),
            )
            .await
            .ok(201);
        let app_id = app["appId"].as_str().expect("an app id").to_owned();
        self.wait(6);
        let principal = self
            .graph(
                graph,
                "POST",
                "/servicePrincipals",
                Some(json!({"appId": app_id})),
            )
            .await
            .ok(201);
        let principal = principal["id"].as_str().expect("an id").to_owned();
        let end =
            json!({"passwordCredential": {"displayName": "first", "endDateTime": "2027-05-01T00:00:00Z"}});
        let secret = self
            .graph(
                graph,
                "POST",
                &format!("/applications(appId='{app_id}')/addPassword"),
                Some(end),
            )
            .await
            .ok(200);
        let secret = secret["secretText"].as_str().expect("a secret").to_owned();
        self.wait(9);
        (app_id, principal, secret)
    }
}

pub fn claims(token: &str) -> Value {
    use base64::Engine as _;
    let part = token.split('.').nth(1).expect("three parts");
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(part)
        .expect("base64url");
    serde_json::from_slice(&bytes).expect("claims")
}

pub const OK: u16 = StatusCode::OK.as_u16();
