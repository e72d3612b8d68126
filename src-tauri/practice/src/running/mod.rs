//! A running organisation: what all connections share. The organisation stands behind its lock here, beside the counts of
//! what was asked, what is to go wrong, the folder that it is kept in, and the places of those who are connected.

pub(crate) mod crowd;
pub(crate) mod platform;
pub(crate) mod requests;
pub(crate) mod store;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::{Clock, http_date};
use crate::organisation::Organisation;
use crate::organisation::ids::opaque;
use crate::organisation::snapshot::{Snapshot, take};
use crate::organisation::standing::AdministratorSecret;
use crate::running::platform::PlatformIdentity;
use crate::running::requests::RequestLog;
use crate::running::store::Store;
use crate::scenario::throttling::{self, Asked, Running};
use crate::scenario::trouble::{Answer, Trouble, Troubles};
use crate::scenario::{Scenario, Throttling};
use crate::wire::refusal::Service;
use crate::wire::{Call, Reply};

/// Room for bodies of requests that are being read, in KiB; further ones wait for it.
const BODIES_AT_MOST_KIB: usize = 256 * 1024;

/// What all connections share.
#[derive(Debug)]
pub(crate) struct RunningOrganisation {
    organisation: Mutex<Organisation>,
    troubles: Mutex<Troubles>,
    log: Mutex<RequestLog>,
    save_error: Mutex<Option<String>>,
    /// `Scenario::clock_skew_seconds`, beside the lock because every answer asks for it.
    skew_seconds: AtomicI32,
    /// Whether `Scenario::throttling` is documented, for the same reason.
    limited: AtomicBool,
    running: Mutex<Running>,
    /// Room for bodies of requests, in KiB.
    pub(crate) bodies: tokio::sync::Semaphore,
    /// The turn to save; it holds which news of mail was saved last.
    saving: tokio::sync::Mutex<Option<u64>>,
    clock: Arc<Clock>,
    pub(crate) store: Option<Store>,
    pub(crate) platform: PlatformIdentity,
    pub(crate) origin: String,
    pub(crate) tenant_id: String,
    control_token: String,
    pub(crate) administrator_secret: AdministratorSecret,
}

/// A running request to a mailbox; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Entered {
    running: Arc<RunningOrganisation>,
    mailbox: String,
}

impl Drop for Entered {
    fn drop(&mut self) {
        lock(&self.running.running).leave(&self.mailbox);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl RunningOrganisation {
    /// An organisation that begins to run, or `None` when the system gives no random numbers.
    pub(crate) fn new(
        organisation: Organisation,
        troubles: Troubles,
        store: Option<Store>,
        platform: PlatformIdentity,
        administrator_secret: AdministratorSecret,
    ) -> Option<Self> {
        let scenario = &organisation.scenario;
        Some(Self {
            troubles: Mutex::new(troubles),
            log: Mutex::default(),
            save_error: Mutex::default(),
            skew_seconds: AtomicI32::new(scenario.clock_skew_seconds),
            limited: AtomicBool::new(scenario.throttling == Throttling::Documented),
            running: Mutex::default(),
            bodies: tokio::sync::Semaphore::new(BODIES_AT_MOST_KIB),
            saving: tokio::sync::Mutex::new(None),
            clock: organisation.clock.clone(),
            store,
            platform,
            origin: organisation.origin.clone(),
            tenant_id: organisation.objects.tenant_id.clone(),
            control_token: opaque()?,
            administrator_secret,
            organisation: Mutex::new(organisation),
        })
    }

    /// The token that `/_practice/*` needs.
    pub(crate) fn control_token(&self) -> &str {
        &self.control_token
    }

    /// Reads or changes the organisation with its lock held; nothing in `act` may wait.
    pub(crate) fn with_organisation<T>(&self, act: impl FnOnce(&mut Organisation) -> T) -> T {
        act(&mut lock(&self.organisation))
    }

    /// How often each kind of request was counted.
    pub(crate) fn request_counts(&self) -> BTreeMap<String, u64> {
        lock(&self.log).counts()
    }

    /// How many requests were told to slow down by Microsoft's limits.
    pub(crate) fn slowed_down(&self) -> u64 {
        lock(&self.organisation).usage.slowed
    }

    /// The organisation at this instant.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let counts = self.request_counts();
        let save_error = lock(&self.save_error).clone();
        take(&lock(&self.organisation), counts, save_error)
    }

    /// Moves an explicit clock on; a quick one is left alone and says so with `false`.
    pub(crate) fn advance(&self, by: Duration) -> bool {
        self.clock.advance(by)
    }

    /// Counts a request.
    pub(crate) fn count(&self, call: &Call) {
        lock(&self.log).count(call.method.as_str(), &call.path);
    }

    /// Counts a request to the proxy, by host and port.
    pub(crate) fn count_tunnel(&self, asked: &str, refused: bool) {
        lock(&self.log).count_tunnel(asked, refused);
    }

    /// What strikes a request, if anything does.
    pub(crate) fn strike(&self, call: &Call) -> Option<Answer> {
        let agent = call.header("user-agent").unwrap_or_default();
        lock(&self.troubles).strike(call.method.as_str(), &call.path, agent)
    }

    /// Counts a command of a mail protocol; what strikes it, if anything does.
    pub(crate) fn strike_command(&self, protocol: &str, verb: &str) -> Option<Answer> {
        lock(&self.log).count(protocol, verb);
        lock(&self.troubles).strike(protocol, verb, "")
    }

    /// The organisation's time as Graph writes it.
    pub(crate) fn time(&self) -> String {
        lock(&self.organisation).time()
    }

    /// Replaces everything that is to go wrong.
    pub(crate) fn set_trouble(&self, troubles: Vec<Trouble>) {
        lock(&self.troubles).set(troubles);
    }

    /// Every trouble that was set, whether or not it is used up.
    pub(crate) fn troubles(&self) -> Vec<Trouble> {
        lock(&self.troubles).all()
    }

    /// The switches as they are.
    pub(crate) fn scenario(&self) -> Scenario {
        lock(&self.organisation).scenario.clone()
    }

    /// Replaces the switches.
    pub(crate) fn set_scenario(&self, scenario: Scenario) {
        let mut organisation = lock(&self.organisation);
        // An administrator may have changed these two since; only a switch that is moved moves them.
        if scenario.dehydrated != organisation.scenario.dehydrated {
            organisation.objects.exchange.dehydrated = scenario.dehydrated;
        }
        if scenario.smtp_auth_off != organisation.scenario.smtp_auth_off {
            organisation.objects.exchange.transport.smtp_auth_disabled = scenario.smtp_auth_off;
        }
        self.clock
            .ask(scenario.replication_seconds, scenario.secret_seconds);
        self.skew_seconds
            .store(scenario.clock_skew_seconds, Ordering::Relaxed);
        self.limited
            .store(scenario.throttling == Throttling::Documented, Ordering::Relaxed);
        organisation.scenario = scenario;
        organisation.touch();
    }

    /// The organisation's time.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// What the `Date` of an answer says: the organisation's time, skewed where that was asked for.
    pub(crate) fn date(&self) -> String {
        let skew = self.skew_seconds.load(Ordering::Relaxed);
        let skew = jiff::SignedDuration::from_secs(i64::from(skew));
        let now = self.clock.now();
        http_date(now.checked_add(skew).unwrap_or(now))
    }

    /// Saves what has changed since the last save. A save that has begun goes on when nobody waits for it any more, as
    /// when a client leaves in the middle: without its turn, an older state could be written over a newer one.
    pub(crate) async fn save(self: &Arc<Self>) {
        if self.store.is_some() {
            let running = self.clone();
            let _ = tokio::spawn(async move { running.save_in_turn().await }).await;
        }
    }

    /// One save at a time, each of the newest state: whoever waits for a turn finds its change saved by the one before,
    /// so many writes at once cost one save and not one each.
    async fn save_in_turn(&self) {
        let Some(store) = self.store.clone() else { return };
        let mut saved_mail = self.saving.lock().await;
        let (objects, mail, news) = {
            let mut organisation = lock(&self.organisation);
            if !std::mem::take(&mut organisation.changed) {
                return;
            }
            organisation.objects.saved_at = self.clock.now();
            let news = *organisation.objects.mail.news().borrow();
            // The copy shares the messages' bodies; it is written out after the lock is given back.
            let mail = (*saved_mail != Some(news)).then(|| organisation.objects.mail.clone());
            (serde_json::to_vec(&organisation.objects), mail, news)
        };
        let write = move || -> Result<(), String> {
            let objects = objects.map_err(|error| error.to_string())?;
            if let Some(mail) = mail {
                store.save_mail(&mail).map_err(|error| error.to_string())?;
            }
            store.save(&objects).map_err(|error| error.to_string())
        };
        let outcome = tokio::task::spawn_blocking(write)
            .await
            .map_err(|error| error.to_string())
            .flatten();
        if outcome.is_ok() {
            *saved_mail = Some(news);
        } else {
            lock(&self.organisation).changed = true;
        }
        *lock(&self.save_error) = outcome.err();
    }

    /// Notes that a request to a mailbox is running, from before trouble slows it until its answer is made; the
    /// refusal when too many are.
    pub(crate) fn enter(self: &Arc<Self>, call: &Call) -> Result<Option<Entered>, Reply> {
        if !self.limited.load(Ordering::Relaxed) || Service::of(&call.path) != Service::Graph {
            return Ok(None);
        }
        let mut organisation = lock(&self.organisation);
        let Some(mailbox) = Asked::of(&organisation.directory, call).and_then(Asked::mailbox) else {
            return Ok(None);
        };
        if !lock(&self.running).enter(&mailbox) {
            organisation.usage.slowed += 1;
            return Err(throttling::mailbox_concurrency(call, organisation.clock.now()));
        }
        Ok(Some(Entered {
            running: self.clone(),
            mailbox,
        }))
    }
}
