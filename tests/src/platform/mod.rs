//! A mail platform as a stranger would build one: it takes what it needs out of the sealed file and works all day.
//!
//! It runs beside a journey and counts what fails, so that "no mail was missed" is measured and not argued. Every 250 ms
//! of real time it takes a token with its key and does its errand in each of its mailboxes: it reads a message through
//! Graph, sends one through Graph, or reads one by IMAP ([`Errand`]). Its HTTP client is its own, IMAP is spoken by
//! somebody else's library, and it uses no code of the product's clients.
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

mod count;
mod credentials;
pub(crate) mod imap;
mod work;

use std::path::Path;
use std::sync::{Arc, Mutex};

use practice::Handle;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::Outcome;
use crate::eventually::PATIENCE;
use crate::organisation::Organisation;
use crate::platform::count::{Progress, State, lock};
use crate::platform::work::Work;

pub use crate::platform::count::{Count, Report};
pub use crate::platform::credentials::{Credentials, Errand, Mailbox};
pub use crate::platform::work::AGENT;

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

/// A platform at work.
pub struct Platform {
    state: Arc<Mutex<State>>,
    progress: watch::Receiver<Progress>,
    stopping: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Platform {
    /// Starts to work, with what it was given.
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
        let work = Work::new(organisation, Arc::clone(&state), progress)?;
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
