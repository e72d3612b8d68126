//! A running practice organisation as journeys see it: over its sockets, from this process or another.

use domain::ids::TenantId;
use jiff::Timestamp;
use microsoft::cloud::{Cloud, MailServers, REAL_WAITS};
use rpc::host::Practice;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::Outcome;

/// Where it is and how to steer it. It can be handed to another process as JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Organisation {
    /// `https://localhost:PORT`.
    pub origin: String,
    /// Where a browser signs in.
    pub browser: String,
    /// Its root certificate as PEM.
    pub root: String,
    /// Its tenant.
    pub tenant: String,
    /// The wizard's public client in it.
    pub client: String,
    /// Its platform's public key.
    pub platform_key: String,
    /// What `/_practice/*` asks for.
    pub control: String,
    /// `localhost:PORT` of its IMAP with TLS.
    pub imap: String,
    /// The same of its POP3 with TLS.
    pub pop: String,
    /// The same of its SMTP, with STARTTLS.
    pub smtp: String,
}

/// The code in the address that a sign-in leads back to.
///
/// # Errors
/// When it is no address or holds none.
pub fn code_in(back: &str) -> Outcome<String> {
    let back = Url::parse(back).map_err(|error| error.to_string())?;
    let mut query = back.query_pairs();
    let code = query.find(|(name, _)| name == "code");
    Ok(code.ok_or("no code came back")?.1.into_owned())
}

/// An HTTP client that trusts one root certificate, or none at all, and follows no redirect.
pub fn client_that_trusts(root: Option<&str>) -> Outcome<reqwest::Client> {
    // Installed once per process; a second installation is refused and changes nothing.
    drop(rustls::crypto::ring::default_provider().install_default());
    let roots = match root {
        Some(pem) => vec![reqwest::Certificate::from_pem(pem.as_bytes()).map_err(|error| error.to_string())?],
        None => Vec::new(),
    };
    reqwest::Client::builder()
        .tls_certs_only(roots)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| error.to_string())
}

impl From<&practice::Handle> for Organisation {
    fn from(handle: &practice::Handle) -> Self {
        Self {
            origin: handle.origin().to_owned(),
            browser: handle.browser_origin(),
            root: handle.root_certificate_pem().to_owned(),
            tenant: handle.tenant_id().to_owned(),
            client: handle.public_client_id().to_owned(),
            platform_key: handle.platform_recipient().to_owned(),
            control: handle.control_token().to_owned(),
            imap: handle.imap(),
            pop: handle.pop(),
            smtp: handle.smtp(),
        }
    }
}

impl Organisation {
    /// The cloud that the wizard speaks to. Everything takes as long as it does at Microsoft.
    pub fn cloud(&self) -> Outcome<Cloud> {
        let tenant: TenantId = self.tenant.parse().map_err(|error| format!("tenant: {error}"))?;
        let mail = MailServers::parse([&self.imap, &self.pop, &self.smtp]);
        let cloud = Cloud::practice(
            &self.origin,
            mail.ok_or("a server for mail programs has no address")?,
            &self.browser,
            &self.root,
            tenant,
            &self.client,
            REAL_WAITS,
        );
        cloud.map_err(|error| error.to_string())
    }

    /// What a program is told that is to practise in it.
    ///
    /// # Errors
    /// As [`Self::cloud`].
    pub fn to_practise(&self) -> Outcome<Practice> {
        Ok(Practice {
            cloud: self.cloud()?,
            platform_key: self.platform_key.clone(),
        })
    }

    /// What time it is there.
    pub async fn now(&self) -> Outcome<Timestamp> {
        self.state()
            .await?
            .get("now")
            .and_then(Value::as_str)
            .and_then(|now| now.parse().ok())
            .ok_or_else(|| "no time in the state".to_owned())
    }

    /// Everything in it, for tests.
    pub async fn state(&self) -> Outcome<Value> {
        self.ask(reqwest::Method::GET, "state", None).await
    }

    /// Moves its time.
    pub async fn advance(&self, seconds: u64) -> Outcome {
        self.ask(
            reqwest::Method::POST,
            "advance",
            Some(json!({ "seconds": seconds })),
        )
        .await
        .map(drop)
    }

    async fn ask(&self, method: reqwest::Method, what: &str, body: Option<Value>) -> Outcome<Value> {
        let client = client_that_trusts(Some(&self.root))?;
        let mut request = client
            .request(method, format!("{}/_practice/{what}", self.origin))
            .bearer_auth(&self.control);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.map_err(|error| format!("{what}: {error}"))?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| error.to_string())?;
        if !status.is_success() {
            return Err(format!("{what}: {status} {text}"));
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}
