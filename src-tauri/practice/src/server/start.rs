//! Starts an organisation: makes or reads it, takes its ports, and serves it.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use super::handle::{CONNECTIONS_AT_MOST, Handle};
use super::listen::{listen_on, serve};
use super::options::{Options, StartError};
use super::proxy::Ports;
use super::{certificate, proxy};
use crate::clock::Clock;
use crate::mail;
use crate::organisation::objects::Objects;
use crate::organisation::sign_ins::SignIns;
use crate::organisation::signing::TokenKey;
use crate::organisation::standing::{self, AdministratorSecret};
use crate::organisation::{Organisation, Replica, seed};
use crate::people::directory::Directory;
use crate::running::RunningOrganisation;
use crate::running::crowd::Crowd;
use crate::running::platform::PlatformIdentity;
use crate::running::store::Store;
use crate::scenario::repeated_pages::RepeatedPages;
use crate::scenario::throttling::Usage;
use crate::scenario::trouble::Troubles;

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
    let no_random = || StartError::Interrupted("no random numbers".into());
    let administrator_secret = AdministratorSecret::generate().ok_or_else(no_random)?;
    let organisation = Organisation {
        objects: prepared.objects,
        directory: prepared.directory,
        clock,
        sign_ins: SignIns::new(administrator_secret.expose()),
        exchange_links: crate::organisation::exchange_links::Links::default(),
        replica: Replica::default(),
        usage: Usage::default(),
        repeated_pages: RepeatedPages::default(),
        scenario: options.scenario,
        token_key: Arc::new(prepared.token_key),
        origin: format!("https://localhost:{port}"),
        changed: true,
    };
    let mut troubles = Troubles::default();
    troubles.set(options.trouble);
    let running = RunningOrganisation::new(
        organisation,
        troubles,
        prepared.store,
        prepared.platform,
        administrator_secret,
    );
    let running = Arc::new(running.ok_or_else(no_random)?);
    running.save().await;

    let router = Router::new().fallback(serve).with_state(running.clone());
    let (stopping, stopped) = watch::channel(false);
    let asked = mail::listen::Asked {
        imap: options.imap_port,
        imap_starttls: options.imap_starttls_port,
        pop: options.pop_port,
        pop_starttls: options.pop_starttls_port,
        smtp: options.smtp_port,
        smtp_tls: options.smtp_tls_port,
    };
    let (mail, mail_tasks) = mail::listen::start(&running, &prepared.tls, asked, &stopped)
        .await
        .map_err(|(port, error)| StartError::Port { port, error })?;
    let acceptor = TlsAcceptor::from(Arc::new(prepared.tls));
    let crowd = Crowd::new(CONNECTIONS_AT_MOST);
    let tunnels = tokio::spawn(proxy::listen_on(
        proxy,
        running.clone(),
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
        running,
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
