//! The work itself: a round every 250 ms.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Client;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PSS_SHA256, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::Outcome;
use crate::organisation::{Organisation, client_that_trusts};
use crate::platform::count::{Failed, Progress, State, lock};
use crate::platform::credentials::{Credentials, Errand, Key, Mailbox};
use crate::platform::imap::Imap;

/// How it names itself in each request.
pub const AGENT: &str = "Journey Mail Platform/1";
/// From the beginning of one round to that of the next.
const EVERY: Duration = Duration::from_millis(250);

pub(super) struct Work {
    client: Client,
    imap: Imap,
    state: Arc<Mutex<State>>,
    progress: watch::Sender<Progress>,
}

impl Work {
    pub(super) fn new(
        organisation: &Organisation,
        state: Arc<Mutex<State>>,
        progress: watch::Sender<Progress>,
    ) -> Outcome<Self> {
        Ok(Self {
            client: client_that_trusts(Some(&organisation.root))?,
            imap: Imap::of(organisation)?,
            state,
            progress,
        })
    }

    pub(super) async fn go_on(self, mut stopped: watch::Receiver<bool>) {
        let mut ticks = tokio::time::interval(EVERY);
        // A round that takes longer puts off the next one; two are never under way.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                _ = stopped.wait_for(|stopped| *stopped) => return,
            }
            let Some(held) = lock(&self.state).held.clone() else {
                continue;
            };
            self.progress.send_modify(|progress| progress.begun += 1);
            let good = self.round(&held).await;
            self.progress.send_modify(|progress| {
                progress.ended += 1;
                if good {
                    progress.good_with = Some(held.key.clone());
                }
            });
        }
    }

    /// One round; whether nothing in it failed.
    async fn round(&self, held: &Credentials) -> bool {
        let mut good = true;
        let mut token = self.token(held).await;
        for mailbox in &held.mailboxes {
            let Some(first) = &token else { return false };
            let mut answer = self.errand(held, mailbox, first).await;
            if matches!(answer, Err((401, _))) {
                // The explicit clock may have leapt past the token's end.
                token = self.token(held).await;
                let Some(second) = &token else { return false };
                answer = self.errand(held, mailbox, second).await;
            }
            good &= answer.is_ok();
            let what = format!("{} {}", held.errand.word(), mailbox.id);
            self.count(held, &what, answer.err());
        }
        good
    }

    async fn token(&self, held: &Credentials) -> Option<String> {
        let mut answer = self.asked(held).await;
        if matches!(&answer, Err((_, told)) if told.contains("AADSTS700024")) {
            // The explicit clock may have leapt past the end of what was signed.
            answer = self.asked(held).await;
        }
        let token = answer.and_then(|body| match body.get("access_token").and_then(Value::as_str) {
            Some(token) => Ok(token.to_owned()),
            None => Err((200, "no token in the answer".into())),
        });
        let (token, failed) = match token {
            Ok(token) => (Some(token), None),
            Err(failed) => (None, Some(failed)),
        };
        self.count(held, "token", failed);
        token
    }

    /// Asks for a token with the key that it holds.
    async fn asked(&self, held: &Credentials) -> Result<Value, Failed> {
        let mut form = vec![
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", held.client.clone()),
            ("scope", held.scope.clone()),
        ];
        match &held.key_of {
            Key::Secret(value) => form.push(("client_secret", value.clone())),
            Key::Signs { key, thumbprint } => {
                let now = self.time_there(held).await?;
                let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                form.push(("client_assertion_type", kind.to_owned()));
                let signed = signed(held, key, thumbprint, now).map_err(|told| (0, told))?;
                form.push(("client_assertion", signed));
            }
        }
        sent(self.client.post(&held.token_url).form(&form)).await
    }

    /// What time it is where it works, in seconds. By the explicit clock it is another than here.
    async fn time_there(&self, held: &Credentials) -> Result<i64, Failed> {
        let told = |error: String| (0, error);
        let asked = self.client.get(&held.token_url).header("user-agent", AGENT);
        let answer = asked.send().await.map_err(|error| told(error.to_string()))?;
        let date = answer.headers().get("date").and_then(|date| date.to_str().ok());
        let date = date.ok_or_else(|| told("no date in the answer".into()))?;
        let at = jiff::fmt::rfc2822::parse(date).map_err(|error| told(error.to_string()))?;
        Ok(at.timestamp().as_second())
    }

    async fn errand(&self, held: &Credentials, mailbox: &Mailbox, token: &str) -> Result<(), Failed> {
        let user = format!("{}/users/{}", held.graph, mailbox.id);
        let request = match held.errand {
            Errand::Reads => self.client.get(format!("{user}/messages?$top=1")),
            Errand::Sends => self
                .client
                .post(format!("{user}/sendMail"))
                .json(&note_to(&mailbox.address)),
            Errand::ReadsByImap => return self.imap.read(&mailbox.address, token).await,
        };
        sent(request.bearer_auth(token)).await.map(drop)
    }

    fn count(&self, held: &Credentials, what: &str, failed: Option<Failed>) {
        lock(&self.state).count(held, what, failed);
    }
}

/// What says that it is the app, signed with its private key as `docs/bundle.md` has it. The key is read by other libraries
/// than the one that made it.
fn signed(held: &Credentials, key: &str, thumbprint: &str, now: i64) -> Outcome<String> {
    let key = PrivatePkcs8KeyDer::from_pem_slice(key.as_bytes()).map_err(|error| error.to_string())?;
    let pair = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).map_err(|error| error.to_string())?;
    let bytes: Result<Vec<u8>, _> = (0..thumbprint.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(thumbprint.get(at..at + 2).unwrap_or_default(), 16))
        .collect();
    let bytes = bytes.map_err(|error| format!("the thumbprint: {error}"))?;
    let header = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": URL_SAFE_NO_PAD.encode(bytes) });
    let claims = json!({ "aud": held.token_url, "iss": held.client, "sub": held.client,
        "jti": uuid::Uuid::new_v4(), "nbf": now, "exp": now + 300 });
    let text = [header, claims]
        .map(|part| URL_SAFE_NO_PAD.encode(part.to_string()))
        .join(".");
    let mut signature = vec![0; pair.public().modulus_len()];
    let random = SystemRandom::new();
    pair.sign(&RSA_PSS_SHA256, &random, text.as_bytes(), &mut signature)
        .map_err(|error| error.to_string())?;
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// A note from a mailbox to itself, of which no copy is kept.
fn note_to(address: &str) -> Value {
    json!({
        "message": {
            "subject": "A notice",
            "body": { "contentType": "Text", "content": "Sent as it is every day." },
            "toRecipients": [{ "emailAddress": { "address": address } }],
        },
        "saveToSentItems": false,
    })
}

/// The body of a good answer, or the status and what was said; status 0 where nothing was answered.
async fn sent(request: reqwest::RequestBuilder) -> Result<Value, Failed> {
    let told = |error: reqwest::Error| (0, error.to_string());
    let answer = request.header("user-agent", AGENT).send().await.map_err(told)?;
    let status = answer.status();
    let text = answer.text().await.map_err(told)?;
    if !status.is_success() {
        // The answers of Entra and Graph begin with what is wrong; no secret is in them.
        return Err((status.as_u16(), text.chars().take(300).collect()));
    }
    // What was sent is answered with nothing (microsoft-facts §2.10).
    if text.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&text).map_err(|error| (status.as_u16(), error.to_string()))
}
