//! A mail platform as a stranger would build one: it takes what it needs out of the sealed file and reads mail all day.
//!
//! It runs beside a journey and counts what fails, so that "no mail was missed" is measured and not argued. Every 250 ms
//! of real time it takes a token with its key and reads one message of each of its mailboxes by object id. It has an HTTP
//! client of its own and uses no code of the product's clients.
//!
//! **It changes its key only when it is given a new sealed file**, and then at once and without trying it. A real platform
//! may be as careless. So the file may be given to it only after the key in it was proven: Entra refuses a new secret for
//! its first seconds as if it were wrong (AADSTS7000215; 4 to 18 seconds were seen, microsoft-facts §2.11; the practice
//! organisation refuses it for 8, or for 3 by its quick clock), and each round of a platform with such a key fails. A
//! renewal that exports before the proof shows itself here as failures.
//!
//! **Clocks.** By the quick clock everything is real time. By the explicit one time stands still between the rounds and may
//! leap within one, past the end of the token that was just taken; as mail programs do, it then takes one new token and
//! asks again, once, and only what fails after that counts. A key that was removed fails all the same: it gives no token.
//! A new secret that nobody lets time pass for stays refused, and [`Platform::moved`] ends with that.
//!
//! **Trouble.** What a test lets go wrong for the wizard would strike the platform as well. Trouble that is set with
//! `spares: Some(AGENT.into())` passes it by; [`crate::bench`] sets all of its own so.
//!
//! Polling keeps Exchange's stale decisions alive (microsoft-facts §4b): while it runs, a changed limit takes 2 hours
//! instead of 30 minutes to be applied to its app.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use practice::Handle;
use reqwest::Client;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use crate::Outcome;
use crate::eventually::PATIENCE;
use crate::organisation::{Organisation, client_that_trusts};

/// How it names itself in each request.
pub const AGENT: &str = "Journey Mail Platform/1";
/// From the beginning of one round to that of the next.
const EVERY: Duration = Duration::from_millis(250);
/// Failures that are kept with their text; the rest is only counted.
const TEXTS: usize = 200;

/// What a platform signs in with and what it reads, as the sealed file tells it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The client id.
    pub client: String,
    /// The id of the key, which names it and is no secret.
    pub key: String,
    /// The object ids of its mailboxes.
    pub mailboxes: Vec<String>,
    token_url: String,
    scope: String,
    graph: String,
    secret: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Credentials({})", self.key)
    }
}

impl Credentials {
    /// What the opened sealed file says, as `docs/bundle.md` describes it.
    ///
    /// # Errors
    /// Where something is missing that is needed.
    pub fn of_bundle(bundle: &Value) -> Outcome<Self> {
        let text = |place: &str| {
            let found = bundle.pointer(place).and_then(Value::as_str);
            found
                .map(str::to_owned)
                .ok_or_else(|| format!("the file has no {place}"))
        };
        let mailboxes = bundle.get("mailboxes").and_then(Value::as_array);
        let mailboxes: Vec<String> = mailboxes
            .into_iter()
            .flatten()
            .filter_map(|mailbox| mailbox.get("objectId")?.as_str().map(str::to_owned))
            .collect();
        if mailboxes.is_empty() {
            return Err("the file names no mailbox".into());
        }
        let authority = text("/cloud/authority")?;
        Ok(Self {
            client: text("/app/clientId")?,
            key: text("/credential/keyId")?,
            mailboxes,
            token_url: format!(
                "{}/{}/oauth2/v2.0/token",
                authority.trim_end_matches('/'),
                text("/tenantId")?
            ),
            scope: text("/protocol/tokenScope")?,
            graph: text("/protocol/host")?.trim_end_matches('/').to_owned(),
            secret: text("/credential/value")?,
        })
    }

    /// The same without a sealed file, for an app that no wizard made.
    pub fn by_hand(
        organisation: &Organisation,
        client: &str,
        key: &str,
        secret: &str,
        mailboxes: &[String],
    ) -> Self {
        Self {
            client: client.to_owned(),
            key: key.to_owned(),
            mailboxes: mailboxes.to_vec(),
            token_url: format!(
                "{}/{}/oauth2/v2.0/token",
                organisation.origin, organisation.tenant
            ),
            scope: "https://graph.microsoft.com/.default".into(),
            graph: format!("{}/v1.0", organisation.origin),
            secret: secret.to_owned(),
        }
    }
}

/// Opens a sealed file with the practice platform's own key, as its people would.
///
/// # Errors
/// Where it can't be read, or isn't sealed to that key.
pub fn open(file: &Path, handle: &Handle) -> Outcome<Value> {
    let identity = handle.platform_identity();
    // EXPOSE: the practice platform's own key, to read the file as the platform does.
    let identity: age::x25519::Identity = identity
        .expose()
        .trim()
        .parse()
        .map_err(|error| format!("the platform's key: {error}"))?;
    let sealed = std::fs::read(file).map_err(|error| error.to_string())?;
    let opened = age::decrypt(&identity, &sealed).map_err(|error| error.to_string())?;
    serde_json::from_slice(&opened).map_err(|error| error.to_string())
}

/// Calls with one key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Requests that were sent.
    pub calls: usize,
    /// Those that failed.
    pub failed: usize,
}

/// What a platform saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Requests that were sent: tokens and messages.
    pub calls: usize,
    /// What failed, with what was answered; the first 200 by their text.
    pub failed: Vec<String>,
    /// The same by key id.
    pub by_key: BTreeMap<String, Count>,
}

#[derive(Default)]
struct State {
    report: Report,
    held: Option<Credentials>,
}

/// How far it is: rounds that have begun and ended, and the key of the last one without a failure.
#[derive(Clone, Debug, Default)]
struct Progress {
    begun: usize,
    ended: usize,
    good_with: Option<String>,
}

/// A platform at work.
pub struct Platform {
    state: Arc<Mutex<State>>,
    progress: watch::Receiver<Progress>,
    stopping: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Platform {
    /// Starts to read mail, with what it was given.
    ///
    /// # Errors
    /// Where the organisation's certificate can't be used.
    pub fn start(organisation: &Organisation, credentials: Credentials) -> Outcome<Self> {
        let state = Arc::new(Mutex::new(State {
            held: Some(credentials),
            ..State::default()
        }));
        let (progress, seen) = watch::channel(Progress::default());
        let (stopping, stopped) = watch::channel(false);
        let work = Work {
            client: client_that_trusts(Some(&organisation.root))?,
            state: Arc::clone(&state),
            progress,
        };
        Ok(Self {
            state,
            progress: seen,
            stopping,
            task: tokio::spawn(work.go_on(stopped)),
        })
    }

    /// Gives it a new sealed file, opened. It uses what is in it from the next round on.
    ///
    /// # Errors
    /// Where the file lacks something that is needed; it then goes on with what it has.
    pub fn given(&self, bundle: &Value) -> Outcome {
        self.turn_to(Credentials::of_bundle(bundle)?);
        Ok(())
    }

    /// The same for what was made without a wizard.
    pub fn turn_to(&self, credentials: Credentials) {
        lock(&self.state).held = Some(credentials);
    }

    /// The id of the key that it holds.
    pub fn key(&self) -> String {
        lock(&self.state)
            .held
            .as_ref()
            .map_or_else(String::new, |held| held.key.clone())
    }

    /// Waits until a whole round was good with the key that it holds now.
    ///
    /// # Errors
    /// Where none is within half a minute; with what failed last.
    pub async fn moved(&self) -> Outcome {
        let key = self.key();
        self.until("a whole round with the key it holds", |progress| {
            progress.good_with.as_ref() == Some(&key)
        })
        .await
    }

    /// Waits until a whole round that began after this was done, good or not: whatever is changed before it has met at
    /// least one call for each mailbox.
    ///
    /// # Errors
    /// Where none is within half a minute.
    pub async fn round(&self) -> Outcome {
        let begun = self.progress.borrow().begun;
        self.until("another round", |progress| progress.ended > begun)
            .await
    }

    async fn until(&self, what: &str, there: impl Fn(&Progress) -> bool) -> Outcome {
        let mut progress = self.progress.clone();
        match tokio::time::timeout(PATIENCE, progress.wait_for(|progress| there(progress))).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err("the platform ended".into()),
            Err(_) => Err(format!(
                "waited in vain for {what}; failed last: {:?}",
                lock(&self.state).report.failed.last()
            )),
        }
    }

    /// What it saw so far.
    pub fn so_far(&self) -> Report {
        lock(&self.state).report.clone()
    }

    /// Lets the round end that is under way, and tells what it saw.
    pub async fn stop(self) -> Report {
        self.stopping.send_replace(true);
        // A task that panicked has told so itself; what it counted before stands.
        drop(self.task.await);
        lock(&self.state).report.clone()
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Work {
    client: Client,
    state: Arc<Mutex<State>>,
    progress: watch::Sender<Progress>,
}

impl Work {
    async fn go_on(self, mut stopped: watch::Receiver<bool>) {
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
            let mut answer = self.message(held, mailbox, first).await;
            if matches!(answer, Err((401, _))) {
                // The explicit clock may have leapt past the token's end.
                token = self.token(held).await;
                let Some(second) = &token else { return false };
                answer = self.message(held, mailbox, second).await;
            }
            good &= answer.is_ok();
            self.count(held, &format!("message of {mailbox}"), answer.err());
        }
        good
    }

    async fn token(&self, held: &Credentials) -> Option<String> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", held.client.as_str()),
            ("client_secret", held.secret.as_str()),
            ("scope", held.scope.as_str()),
        ];
        let answer = sent(self.client.post(&held.token_url).form(&form)).await;
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

    async fn message(&self, held: &Credentials, mailbox: &str, token: &str) -> Result<(), (u16, String)> {
        let url = format!("{}/users/{mailbox}/messages?$top=1", held.graph);
        sent(self.client.get(url).bearer_auth(token)).await.map(drop)
    }

    fn count(&self, held: &Credentials, what: &str, failed: Option<(u16, String)>) {
        let report = &mut lock(&self.state).report;
        let count = report.by_key.entry(held.key.clone()).or_default();
        report.calls += 1;
        count.calls += 1;
        if let Some((status, why)) = failed {
            count.failed += 1;
            if report.failed.len() < TEXTS {
                report.failed.push(format!(
                    "call {}, key {}, {what}: {status} {why}",
                    report.calls, held.key
                ));
            }
        }
    }
}

/// The body of a good answer, or the status and what was said; status 0 where nothing was answered.
async fn sent(request: reqwest::RequestBuilder) -> Result<Value, (u16, String)> {
    let told = |error: reqwest::Error| (0, error.to_string());
    let answer = request.header("user-agent", AGENT).send().await.map_err(told)?;
    let status = answer.status();
    let text = answer.text().await.map_err(told)?;
    if !status.is_success() {
        // The answers of Entra and Graph begin with what is wrong; no secret is in them.
        return Err((status.as_u16(), text.chars().take(300).collect()));
    }
    serde_json::from_str(&text).map_err(|error| (status.as_u16(), error.to_string()))
}
