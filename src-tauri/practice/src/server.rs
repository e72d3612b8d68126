//! The server: one origin on the loopback interface that finds out which part of Microsoft 365 was asked.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::Method;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::clock::{Clock, ClockKind, http_date};
use crate::crowd::Crowd;
use crate::listen::{BODIES_AT_MOST_KIB, FAREWELL, listen_on, serve};
use crate::organisation::ids::opaque;
use crate::organisation::objects::Objects;
use crate::organisation::sign_ins::SignIns;
use crate::organisation::signing::{SigningError, TokenKey};
use crate::organisation::snapshot::{Snapshot, take};
use crate::organisation::standing::{self, ADMINISTRATOR_CLIENT_ID, AdministratorSecret};
use crate::organisation::{Organisation, PUBLIC_CLIENT_ID, Replica, TENANT_ID, seed};
use crate::people::directory::Directory;
use crate::platform::PlatformIdentity;
use crate::proxy::{self, Ports};
use crate::requests::RequestLog;
use crate::scenario::repeated_pages::RepeatedPages;
use crate::scenario::throttling::{self, Asked, Running, Usage};
use crate::scenario::trouble::{Answer, Trouble, Troubles};
use crate::scenario::{Scenario, Throttling};
use crate::store::{Store, StoreError};
use crate::wire::refusal::{Refusal, Service};
use crate::wire::{Call, Reply};
use crate::{arm, certificate, control, entra, gateway, mail};

/// Who comes when so many are connected takes the place of an idle one, or waits while all are busy.
const CONNECTIONS_AT_MOST: usize = 512;

/// How an organisation is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on the loopback interface; 0 takes a free one.
    pub port: u16,
    /// The proxy's port on the loopback interface; 0 takes a free one.
    pub proxy_port: u16,
    /// The port of IMAP with TLS; 0 takes a free one.
    pub imap_port: u16,
    /// The port of IMAP with STARTTLS; 0 takes a free one.
    pub imap_starttls_port: u16,
    /// The port of POP3 with TLS; 0 takes a free one.
    pub pop_port: u16,
    /// The port of POP3 with STLS; 0 takes a free one.
    pub pop_starttls_port: u16,
    /// The port of SMTP submission with STARTTLS; 0 takes a free one.
    pub smtp_port: u16,
    /// The port of SMTP submission with TLS from the start; 0 takes a free one.
    pub smtp_tls_port: u16,
    /// About how many mailboxes there are; the named ones are always there.
    pub mailboxes: usize,
    /// Which clock it runs by.
    pub clock: ClockKind,
    /// The folder in which the organisation is kept between starts.
    pub state: Option<PathBuf>,
    /// What people and ids are made from. A kept organisation keeps its own.
    pub seed: u64,
    /// The tenant id. A kept organisation keeps its own.
    pub tenant_id: String,
    /// Switches that change what it answers.
    pub scenario: Scenario,
    /// What goes wrong from the start.
    pub trouble: Vec<Trouble>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            proxy_port: 0,
            imap_port: 0,
            imap_starttls_port: 0,
            pop_port: 0,
            pop_starttls_port: 0,
            smtp_port: 0,
            smtp_tls_port: 0,
            mailboxes: 2_000,
            clock: ClockKind::Quick { speed: 60.0 },
            state: None,
            seed: 365,
            tenant_id: TENANT_ID.to_owned(),
            scenario: Scenario::default(),
            trouble: Vec::new(),
        }
    }
}

/// Why an organisation could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port could not be taken.
    #[error("port {port} on 127.0.0.1 could not be taken: {error}")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        error: std::io::Error,
    },
    /// The certificates could not be made.
    #[error("the certificates could not be made: {0}")]
    Certificate(String),
    /// The token signing key could not be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The kept organisation could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The tenant id is not a GUID.
    #[error("the tenant id {0:?} is not a GUID")]
    TenantId(String),
    /// The system gave no random numbers, or a part of the start was stopped.
    #[error("the start was interrupted: {0}")]
    Interrupted(String),
}

/// A running organisation.
#[derive(Debug)]
pub struct Handle {
    server: Arc<Server>,
    root_pem: String,
    proxy: String,
    mail: mail::listen::Ports,
    stopping: watch::Sender<bool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
    /// Who is connected by HTTP.
    crowd: Arc<Crowd>,
}

impl Handle {
    /// `https://localhost:PORT`. Authority, Graph and Exchange are paths below it.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.server.origin
    }

    /// Where a person's browser signs in: the same port without encryption, for the sign-in pages only, because no
    /// browser trusts the root certificate of this start.
    #[must_use]
    pub fn browser_origin(&self) -> String {
        self.server.origin.replacen("https://", "http://", 1)
    }

    /// `http://127.0.0.1:PORT`: what a client with Microsoft's host names built in is given as `HTTPS_PROXY`. It leads
    /// to this organisation under Microsoft's names and refuses every other host.
    #[must_use]
    pub fn proxy(&self) -> &str {
        &self.proxy
    }

    /// IMAP with TLS: `localhost:PORT`. The proxy leads outlook.office365.com:993 here.
    #[must_use]
    pub fn imap(&self) -> String {
        format!("localhost:{}", self.mail.imap)
    }

    /// IMAP with STARTTLS: `localhost:PORT`. The proxy leads outlook.office365.com:143 here.
    #[must_use]
    pub fn imap_starttls(&self) -> String {
        format!("localhost:{}", self.mail.imap_starttls)
    }

    /// POP3 with TLS: `localhost:PORT`. The proxy leads outlook.office365.com:995 here.
    #[must_use]
    pub fn pop(&self) -> String {
        format!("localhost:{}", self.mail.pop)
    }

    /// POP3 with STLS: `localhost:PORT`.
    #[must_use]
    pub fn pop_starttls(&self) -> String {
        format!("localhost:{}", self.mail.pop_starttls)
    }

    /// SMTP submission with STARTTLS: `localhost:PORT`. The proxy leads smtp.office365.com:587 here.
    #[must_use]
    pub fn smtp(&self) -> String {
        format!("localhost:{}", self.mail.smtp)
    }

    /// SMTP submission with TLS from the start: `localhost:PORT`.
    #[must_use]
    pub fn smtp_tls(&self) -> String {
        format!("localhost:{}", self.mail.smtp_tls)
    }

    /// The certificate to trust, made for this start.
    #[must_use]
    pub fn root_certificate_pem(&self) -> &str {
        &self.root_pem
    }

    /// The tenant id.
    #[must_use]
    pub fn tenant_id(&self) -> &str {
        &self.server.tenant_id
    }

    /// The client id with which people are signed in; a public client with redirect `http://localhost`.
    #[must_use]
    pub fn public_client_id(&self) -> &str {
        PUBLIC_CLIENT_ID
    }

    /// The client id of "Practice Administrator", an application that may administer the whole organisation.
    #[must_use]
    pub fn admin_client_id(&self) -> &str {
        ADMINISTRATOR_CLIENT_ID
    }

    /// Its client secret, made for this start and kept nowhere.
    #[must_use]
    pub fn admin_client_secret(&self) -> &str {
        self.server.administrator_secret.expose()
    }

    /// The token that `/_practice/*` needs.
    #[must_use]
    pub fn control_token(&self) -> &str {
        &self.server.control_token
    }

    /// The public key that a bundle for the practice platform is sealed to.
    #[must_use]
    pub fn platform_recipient(&self) -> &str {
        self.server.platform.recipient()
    }

    /// The private key that opens such a bundle.
    #[must_use]
    pub fn platform_identity(&self) -> PlatformIdentity {
        self.server.platform.clone()
    }

    /// The file that holds the private key, when the organisation is kept in a folder.
    #[must_use]
    pub fn platform_identity_file(&self) -> Option<PathBuf> {
        self.server.store.as_ref().map(Store::identity_file)
    }

    /// Moves an explicit clock on; a quick clock goes by itself and is left alone.
    pub fn advance(&self, by: Duration) {
        self.server.advance(by);
    }

    /// Replaces everything that is to go wrong.
    pub fn set_trouble(&self, trouble: Vec<Trouble>) {
        self.server.set_trouble(trouble);
    }

    /// Replaces the switches.
    pub fn set_scenario(&self, scenario: Scenario) {
        self.server.set_scenario(scenario);
    }

    /// Plays a person without a browser: what the browser would be sent to at the end of this authorisation
    /// address, or the text of the page that it stops at.
    ///
    /// # Errors
    /// When the sign-in ends on a page instead of going back to the client.
    pub fn answer_sign_in(&self, url: &str, account: &str, accept: bool) -> Result<String, String> {
        control::authorize_location(&self.server, url, account, accept)
    }

    /// Plays a person who types the user code of a waiting device and lets it in or not.
    ///
    /// # Errors
    /// When no device waits with this code, or the person may not sign in there.
    pub fn answer_device_code(&self, user_code: &str, account: &str, accept: bool) -> Result<(), String> {
        control::device(&self.server, user_code, account, accept)
    }

    /// The organisation at this instant.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.server.snapshot()
    }

    /// Stops serving and saves what is still unsaved.
    pub async fn stop(self) {
        let _ = self.stopping.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
        // Requests that have begun may end, and what they change is saved.
        let _ = tokio::time::timeout(FAREWELL, self.crowd.gone(CONNECTIONS_AT_MOST)).await;
        self.server.save().await;
    }
}

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Server {
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
    store: Option<Store>,
    platform: PlatformIdentity,
    origin: String,
    tenant_id: String,
    control_token: String,
    administrator_secret: AdministratorSecret,
}

/// A running request to a mailbox; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Entered {
    server: Arc<Server>,
    mailbox: String,
}

impl Drop for Entered {
    fn drop(&mut self) {
        lock(&self.server.running).leave(&self.mailbox);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
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
        lock(&self.troubles).strike(call.method.as_str(), &call.path)
    }

    /// Counts a command of a mail protocol; what strikes it, if anything does.
    pub(crate) fn strike_command(&self, protocol: &str, verb: &str) -> Option<Answer> {
        lock(&self.log).count(protocol, verb);
        lock(&self.troubles).strike(protocol, verb)
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
            let server = self.clone();
            let _ = tokio::spawn(async move { server.save_in_turn().await }).await;
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
        let organisation = lock(&self.organisation);
        let Some(mailbox) = Asked::of(&organisation.directory, call).and_then(Asked::mailbox) else {
            return Ok(None);
        };
        if !lock(&self.running).enter(&mailbox) {
            return Err(throttling::mailbox_concurrency(call, organisation.clock.now()));
        }
        Ok(Some(Entered {
            server: self.clone(),
            mailbox,
        }))
    }

    /// The true answer to a request.
    pub(crate) fn answer(&self, call: &Call) -> Reply {
        let path = call.path.as_str();
        if path.starts_with("/_practice/") {
            return control::answer(self, call);
        }
        let mut organisation = lock(&self.organisation);
        if Service::of(path) == Service::Graph {
            return gateway::graph(&mut organisation, call);
        }
        // Public clients write "AdminApi" as well.
        let admin = path.get(.."/adminapi/".len());
        if admin.is_some_and(|start| start.eq_ignore_ascii_case("/adminapi/")) {
            return gateway::exchange(&mut organisation, call);
        }
        if let Some(reply) = arm::answer(&mut organisation, call) {
            return reply;
        }
        if let Some(reply) = entra::answer(&mut organisation, call) {
            return gateway::entra(call, reply);
        }
        if path == "/" && call.method == Method::GET {
            let (origin, tenant) = (&self.origin, &self.tenant_id);
            let text = format!(
                "This is a Mailgrant practice organisation. Nothing here is real.\n\n\
                 Sign-in   {origin}/{tenant}\n\
                 Graph     {origin}/v1.0\n\
                 Exchange  {origin}/adminapi/beta/{tenant}\n"
            );
            return Reply::text(200, "text/plain; charset=utf-8", text);
        }
        if call.front == Some("graph.microsoft.com") {
            let version = path.split('/').nth(1).unwrap_or_default();
            let message = format!("Invalid version: {version}.");
            let refusal = Refusal {
                status: 400,
                code: Some("BadRequest"),
                aadsts: None,
                message: &message,
            };
            return refusal.reply(call, self.clock.now());
        }
        Reply::text(
            404,
            "text/plain; charset=utf-8",
            "The practice organisation does not play this address.\n",
        )
    }
}

/// Starts an organisation on the loopback interface.
///
/// # Errors
/// When the port is taken, or the kept organisation cannot be read.
pub async fn start(options: Options) -> Result<Handle, StartError> {
    if uuid::Uuid::try_parse(&options.tenant_id).is_err() {
        return Err(StartError::TenantId(options.tenant_id));
    }
    let prepared = options.clone();
    let prepared = tokio::task::spawn_blocking(move || prepare(&prepared))
        .await
        .map_err(|error| StartError::Interrupted(error.to_string()))??;
    let (listener, port) = bind(options.port).await?;
    let (proxy, proxy_port) = bind(options.proxy_port).await?;
    // A client may look "localhost" up as ::1 first; where that address is missing, it falls back by itself.
    let second = TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port)))
        .await
        .ok();

    let clock = Arc::new(Clock::new(options.clock));
    clock.not_before(prepared.objects.saved_at);
    clock.ask(
        options.scenario.replication_seconds,
        options.scenario.secret_seconds,
    );
    let origin = format!("https://localhost:{port}");
    let tenant_id = prepared.objects.tenant_id.clone();
    let no_random = || StartError::Interrupted("no random numbers".into());
    let administrator_secret = AdministratorSecret::generate().ok_or_else(no_random)?;
    let skew_seconds = options.scenario.clock_skew_seconds;
    let limited = options.scenario.throttling == Throttling::Documented;
    let organisation = Organisation {
        objects: prepared.objects,
        directory: prepared.directory,
        clock: clock.clone(),
        sign_ins: SignIns::new(administrator_secret.expose()),
        exchange_links: crate::organisation::exchange_links::Links::default(),
        replica: Replica::default(),
        usage: Usage::default(),
        repeated_pages: RepeatedPages::default(),
        scenario: options.scenario,
        token_key: Arc::new(prepared.token_key),
        origin: origin.clone(),
        changed: true,
    };
    let mut troubles = Troubles::default();
    troubles.set(options.trouble);
    let server = Arc::new(Server {
        organisation: Mutex::new(organisation),
        troubles: Mutex::new(troubles),
        log: Mutex::default(),
        save_error: Mutex::default(),
        skew_seconds: AtomicI32::new(skew_seconds),
        limited: AtomicBool::new(limited),
        running: Mutex::default(),
        bodies: tokio::sync::Semaphore::new(BODIES_AT_MOST_KIB),
        saving: tokio::sync::Mutex::new(None),
        clock,
        store: prepared.store,
        platform: prepared.platform,
        origin,
        tenant_id,
        control_token: opaque().ok_or_else(no_random)?,
        administrator_secret,
    });
    server.save().await;

    let router = Router::new().fallback(serve).with_state(server.clone());
    let (stopping, stopped) = watch::channel(false);
    let asked = mail::listen::Asked {
        imap: options.imap_port,
        imap_starttls: options.imap_starttls_port,
        pop: options.pop_port,
        pop_starttls: options.pop_starttls_port,
        smtp: options.smtp_port,
        smtp_tls: options.smtp_tls_port,
    };
    let (mail, mail_tasks) = mail::listen::start(&server, &prepared.tls, asked, &stopped)
        .await
        .map_err(|(port, error)| StartError::Port { port, error })?;
    let acceptor = TlsAcceptor::from(Arc::new(prepared.tls));
    let crowd = Crowd::new(CONNECTIONS_AT_MOST);
    let tunnels = tokio::spawn(proxy::listen_on(
        proxy,
        server.clone(),
        Ports::https(port)
            .with(993, mail.imap)
            .with(143, mail.imap_starttls)
            .with(995, mail.pop)
            .with(110, mail.pop_starttls)
            .with(587, mail.smtp)
            .with(25, mail.smtp)
            .with(465, mail.smtp_tls),
        stopped.clone(),
    ));
    let tasks = std::iter::once(listener)
        .chain(second)
        .map(|listener| {
            tokio::spawn(listen_on(
                listener,
                acceptor.clone(),
                router.clone(),
                stopped.clone(),
                crowd.clone(),
            ))
        })
        .chain([tunnels])
        .chain(mail_tasks)
        .collect();
    Ok(Handle {
        server,
        root_pem: prepared.root_pem,
        proxy: format!("http://127.0.0.1:{proxy_port}"),
        mail,
        stopping,
        tasks,
        crowd,
    })
}

/// Takes a port on the IPv4 loopback address; 0 takes a free one.
async fn bind(port: u16) -> Result<(TcpListener, u16), StartError> {
    let refused = |error| StartError::Port { port, error };
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .map_err(refused)?;
    let port = listener.local_addr().map_err(refused)?.port();
    Ok((listener, port))
}

/// What takes time or touches the disk at the start.
struct Prepared {
    objects: Objects,
    directory: Directory,
    token_key: TokenKey,
    root_pem: String,
    tls: rustls::ServerConfig,
    store: Option<Store>,
    platform: PlatformIdentity,
}

fn prepare(options: &Options) -> Result<Prepared, StartError> {
    let store = options.state.as_deref().map(Store::open).transpose()?;
    let kept = store.as_ref().map(Store::load).transpose()?.flatten();
    let mut objects = kept.unwrap_or_else(|| {
        let mut objects = seed::objects(options.seed, &options.tenant_id);
        objects.exchange.dehydrated = options.scenario.dehydrated;
        objects
    });
    if options.scenario.smtp_auth_off {
        objects.exchange.transport.smtp_auth_disabled = true;
    }
    // An organisation that was kept by an earlier version knew no assignments of directory roles.
    if objects.directory_roles.is_empty() {
        objects.directory_roles = seed::directory_roles(objects.seed);
    }
    standing::add(&mut objects);
    let platform = match &store {
        Some(store) => store.identity()?,
        None => PlatformIdentity::generate(),
    };
    let certificate_error = |error: &dyn std::fmt::Display| StartError::Certificate(error.to_string());
    let certificates = certificate::generate().map_err(|error| certificate_error(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| certificate_error(&error))?
        .with_no_client_auth()
        .with_single_cert(certificates.chain, certificates.key)
        .map_err(|error| certificate_error(&error))?;
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let token_key = match &store {
        Some(store) => store.token_key()?,
        None => TokenKey::generate()?,
    };
    let mut directory = Directory::generate(objects.seed, options.mailboxes);
    crate::organisation::recipients::lay_over(&objects, &mut directory);
    Ok(Prepared {
        directory,
        token_key,
        objects,
        root_pem: certificates.root_pem,
        tls,
        store,
        platform,
    })
}
