//! Rubbish of every kind, over real sockets: no request may make the server panic, hang or forget how to answer.
//!
//! How many requests are sent is set by `MAILGRANT_FUZZ_REQUESTS`, and the seed by `MAILGRANT_FUZZ_SEED`; both are
//! printed, so that a run can be repeated. `cargo xtask fuzz` sends a million, built for release.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends at the first thing that is not as it should be, is told how much to send, and says what it sent"
)]

#[path = "fuzz/bytes.rs"]
mod bytes;
#[path = "fuzz/http.rs"]
mod http;
#[path = "fuzz/lines.rs"]
mod lines;
#[path = "common/say.rs"]
mod say;
#[path = "fuzz/templates.rs"]
mod templates;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Rubbish;
use practice::{ClockKind, Options};
use say::say;
use serde_json::json;

/// A request that isn't answered or closed within this time hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
const WORKERS: u64 = 4;

static PANICS: AtomicU64 = AtomicU64::new(0);

/// What the workers share: where the server is and the tokens that let rubbish get past the first check.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) origin: String,
    pub(crate) tenant: String,
    pub(crate) imap: String,
    pub(crate) pop: String,
    pub(crate) smtp: String,
    pub(crate) proxy: String,
    pub(crate) graph_token: String,
    pub(crate) exchange_token: String,
    pub(crate) client: reqwest::Client,
    pub(crate) tls: tokio_rustls::TlsConnector,
}

#[tokio::test(flavor = "multi_thread")]
async fn no_rubbish_makes_it_panic_or_hang() {
    let requests = setting("MAILGRANT_FUZZ_REQUESTS", 20_000);
    let seed = setting("MAILGRANT_FUZZ_SEED", 3_652_026);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |problem| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        before(problem);
    }));
    let handle = practice::start(Options {
        mailboxes: 300,
        clock: ClockKind::Quick { speed: 60.0 },
        ..Options::default()
    })
    .await
    .expect("it starts");
    let target = target(&handle).await;

    let sent: Arc<Mutex<BTreeMap<&'static str, u64>>> = Arc::default();
    let mut workers = Vec::new();
    for worker in 0..WORKERS {
        let (target, sent) = (target.clone(), sent.clone());
        workers.push(tokio::spawn(async move {
            let mut rubbish = Rubbish::new(seed ^ (worker << 32));
            let share = requests / WORKERS;
            let mut done = 0;
            while done < share {
                let (kind, count) = one(&target, &mut rubbish).await;
                done += count;
                *sent.lock().expect("no panic").entry(kind).or_default() += count;
            }
        }));
    }
    for worker in workers {
        worker.await.expect("nothing hung and every answer could be read");
    }

    let sent = sent.lock().expect("no panic").clone();
    say(&format!(
        "fuzzed with seed {seed}: {} requests {sent:?}",
        sent.values().sum::<u64>()
    ));
    assert_eq!(PANICS.load(Ordering::SeqCst), 0, "the server panicked");
    assert!(sent.len() >= 8, "not every kind was sent: {sent:?}");
    // It still knows its organisation, and its answers are the right ones.
    let organization = target
        .client
        .get(format!("{}/v1.0/organization", target.origin))
        .bearer_auth(&target.graph_token);
    let answer: serde_json::Value = organization
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(answer["value"][0]["id"], json!(target.tenant));
    handle.stop().await;
}

/// Sends one piece of rubbish, or a conversation of several; gives its kind and how many requests it was.
async fn one(target: &Target, rubbish: &mut Rubbish) -> (&'static str, u64) {
    match rubbish.below(100) {
        0..=3 => ("raw HTTP", http::raw(target, rubbish).await),
        4..=5 => ("proxy", http::proxy(target, rubbish).await),
        6..=25 => ("JSON", http::json(target, rubbish).await),
        26..=30 => ("forms", http::form(target, rubbish).await),
        31..=45 => ("paths", http::path(target, rubbish).await),
        46..=62 => ("OData queries", http::odata(target, rubbish).await),
        63..=92 => ("OPATH filters", http::opath(target, rubbish).await),
        // One of these is a whole conversation.
        93..=96 => ("IMAP lines", lines::imap(target, rubbish).await),
        97..=98 => ("SMTP lines", lines::smtp(target, rubbish).await),
        _ => ("POP3 lines", lines::pop(target, rubbish).await),
    }
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

async fn target(handle: &practice::Handle) -> Target {
    let root = handle.root_certificate_pem();
    let certificate = reqwest::Certificate::from_pem(root.as_bytes()).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .tls_certs_only([certificate])
        .no_proxy()
        .timeout(PATIENCE)
        .build()
        .expect("a client");
    let mut roots = rustls::RootCertStore::empty();
    let der = <rustls::pki_types::CertificateDer<'_> as rustls::pki_types::pem::PemObject>::from_pem_slice(
        root.as_bytes(),
    )
    .expect("a certificate");
    roots.add(der).expect("a root");
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut target = Target {
        origin: handle.origin().to_owned(),
        tenant: handle.tenant_id().to_owned(),
        imap: handle.imap(),
        pop: handle.pop(),
        smtp: handle.smtp(),
        proxy: handle.proxy().to_owned(),
        graph_token: String::new(),
        exchange_token: String::new(),
        client,
        tls: tokio_rustls::TlsConnector::from(Arc::new(tls)),
    };
    target.graph_token = token(&target, handle, "https://graph.microsoft.com/.default").await;
    target.exchange_token = token(&target, handle, "https://outlook.office365.com/.default").await;
    target
}

async fn token(target: &Target, handle: &practice::Handle, scope: &str) -> String {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", handle.admin_client_id()),
        ("client_secret", handle.admin_client_secret()),
        ("scope", scope),
    ];
    let url = format!("{}/{}/oauth2/v2.0/token", target.origin, target.tenant);
    let answer = target
        .client
        .post(url)
        .form(&form)
        .send()
        .await
        .expect("an answer");
    let answer: serde_json::Value = answer.json().await.expect("JSON");
    answer["access_token"].as_str().expect("a token").to_owned()
}
