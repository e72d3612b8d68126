//! A certificate as what the app signs in with: made, proven and handed over; in place of a secret and the other way round
//! while the platform works; and beside somebody else's, who writes the same list.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::colleague::Colleague;
use journeys::headless::as_it_stands;
use practice::{Answer, Handle, Wrong};
use reqwest::Method;
use rpc::request::{Request, Submit};
use rpc::view::{Content, OptionGroup, View};
use serde_json::{Value, json};

/// Both half-years of a key, but for nine days.
const NEARLY_OVER: u32 = 171 * 86_400;

/// A wizard on the page where the credential is made, for a platform that takes either.
async fn at_the_credential(name: &str, before: impl AsyncFnOnce(&Colleague)) -> Bench {
    let mut bench = Bench::new(name).await;
    before(&bench.colleague().await).await;
    let session = bench.session();
    session.press(Request::StartPractice).await.unwrap();
    let platform = Submit::Choose {
        value: Some("generic-graph".into()),
        name: "Northwind Tickets".into(),
        access: vec!["Mail.Read".into()],
    };
    session.send(platform).await.unwrap();
    session.go_on(Some("secret"), MAILBOXES, REFUSED).await.unwrap();
    bench
}

fn question(view: &View) -> Option<OptionGroup> {
    let options = match &view.page.content {
        Content::Plan { options, .. } => options.clone(),
        Content::Parts { plan, .. } => plan
            .parts
            .iter()
            .flat_map(|part| &part.details)
            .map(|detail| detail.group.clone())
            .collect(),
        _ => Vec::new(),
    };
    options.into_iter().find(|group| group.field == "credential")
}

async fn choose(bench: &mut Bench, kind: &str) -> View {
    let view = bench.session().view();
    assert!(question(&view).is_some(), "{:?}", view.page);
    let (field, value) = ("credential".into(), kind.into());
    let view = bench
        .session()
        .send(Submit::Option { field, value })
        .await
        .unwrap();
    assert_eq!(question(&view).unwrap().chosen, kind);
    view
}

async fn handed_over(name: &str, kind: &str) -> Bench {
    let mut bench = at_the_credential(name, async |_: &Colleague| {}).await;
    choose(&mut bench, kind).await;
    bench.go_on(None).await;
    assert_eq!(bench.session().page(), "exported");
    bench
}

/// How many secrets and how many certificates our app has.
async fn held(bench: &Bench) -> (usize, usize) {
    let app = app(bench).await;
    let count = |field: &str| app[field].as_array().unwrap().len();
    (count("passwordCredentials"), count("keyCredentials"))
}

async fn app(bench: &Bench) -> Value {
    let (object, _) = bench.app();
    let path = format!("applications/{object}?$select=passwordCredentials,keyCredentials");
    bench
        .colleague()
        .await
        .graph(Method::GET, &path, None)
        .await
        .unwrap()
}

/// Every text that a page says.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// The sentences of a page that speak of a secret. Keys and requests are no sentences, and the help is about all there is.
fn of_a_secret(view: &View) -> Vec<String> {
    let mut found = Vec::new();
    let page = serde_json::to_value(&view.page).unwrap();
    texts(&page, &mut found);
    texts(&serde_json::to_value(&view.title).unwrap(), &mut found);
    found.retain(|text| text.contains(' ') && text.to_lowercase().contains("secret"));
    // What the question itself offers.
    found.retain(|text| !text.starts_with("A secret") && !text.starts_with("Signs in with a secret"));
    // What Microsoft's page is called, and what is looked at of everybody's.
    found.retain(|text| {
        !text.contains("secrets and certificates") && !text.contains("Certificates & secrets")
    });
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_is_made_proven_and_handed_over() {
    let mut bench = at_the_credential("certificate", async |_: &Colleague| {}).await;
    let view = bench.session().view();
    assert_eq!(question(&view).unwrap().chosen, "secret");
    let view = choose(&mut bench, "certificate").await;
    assert_eq!(of_a_secret(&view), Vec::<String>::new());
    assert_eq!(view.page.heading, "Create the app's certificate");
    while bench.session().page() != "exported" {
        let before = bench.session().page();
        let view = bench.session().view();
        assert_eq!(of_a_secret(&view), Vec::<String>::new(), "{before}");
        bench.go_one().await;
    }
    assert_eq!(of_a_secret(&bench.session().view()), Vec::<String>::new());
    assert_eq!(held(&bench).await, (0, 1));

    // The file holds the key, the record and the notes don't.
    let bundle = bench.bundle();
    let credential = &bundle["credential"];
    assert_eq!(credential["type"], "certificate");
    let key = credential["privateKey"].as_str().unwrap();
    assert!(key.starts_with("-----BEGIN PRIVATE KEY-----"));
    let inner: String = key.lines().filter(|line| !line.contains("-----")).collect();
    let mut files = vec![bench.journal()];
    files.extend(
        std::fs::read_dir(bench.export())
            .unwrap()
            .map(|entry| entry.unwrap().path()),
    );
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&inner[64..128]), "{}", file.display());
        if file.extension().is_some_and(|end| end == "html" || end == "ics") {
            let speaks = text.to_lowercase().contains("secret");
            assert!(!speaks, "{}: {text}", file.display());
        }
    }
    let labels: Vec<&str> = bundle["form"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["label"].as_str().unwrap())
        .collect();
    assert!(
        labels.contains(&"Private key (PEM)") && !labels.contains(&"Client secret"),
        "{labels:?}"
    );
    let listed = app(&bench).await;
    let listed = &listed["keyCredentials"][0];
    assert_eq!(listed["keyId"], credential["keyId"]);
    assert_eq!(listed["customKeyIdentifier"], credential["thumbprint"]);
    let public = credential["certificate"].as_str().unwrap();
    let public: String = public.lines().filter(|line| !line.contains("-----")).collect();
    assert_eq!(listed["key"], json!(public));

    // A platform that signs with a library of its own reads with it.
    let platform = bench.platform();
    platform.moved().await.unwrap();
    let report = platform.stop().await;
    assert!(report.failed.is_empty(), "{:?}", report.failed);
}

/// From the list to the new sealed file, in which another kind of key lies.
async fn renew(bench: &mut Bench, kind: &str) {
    renew_by(bench, kind, |_| {}).await;
}

/// The same, with something done just before it is committed.
async fn renew_by(bench: &mut Bench, kind: &str, before: impl FnOnce(&Bench)) {
    bench.reopen().await;
    bench.session().by_plan = true;
    bench
        .press_what(|request| matches!(request, Request::Renew { .. }))
        .await;
    let view = bench.press(Request::SignIn).await;
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    choose(bench, kind).await;
    before(bench);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    bench.press(Request::Continue).await;
    let view = bench.session().view();
    let Content::Export { opener, folder, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let submit = as_it_stands(*opener, folder);
    let view = bench.session().send(submit).await.unwrap();
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
}

/// The platform has moved: what it used goes.
async fn finish(bench: &mut Bench) {
    let view = bench.press(Request::Continue).await;
    assert_eq!(view.page.key, "platform-moved", "{:?}", view.page);
    assert_eq!(of_a_secret(&view), Vec::<String>::new());
    let view = bench.press(Request::PlatformMoved { moved: true }).await;
    assert_eq!(view.page.key, "old-secret", "{:?}", view.page);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    assert_eq!(view.page.heading, "It works, and only where it should");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_becomes_a_certificate_and_a_secret_again_without_a_failed_call() {
    let mut bench = handed_over("back and forth", "secret").await;
    let platform = bench.platform();
    platform.moved().await.unwrap();
    let mut kinds = vec![held(&bench).await];
    for kind in ["certificate", "certificate", "secret"] {
        bench.wait(NEARLY_OVER);
        renew(&mut bench, kind).await;
        platform.round().await.unwrap();
        platform.given(&bench.bundle()).unwrap();
        platform.moved().await.unwrap();
        let (secrets, certificates) = held(&bench).await;
        assert_eq!(
            secrets + certificates,
            2,
            "both are there until the platform has moved"
        );
        finish(&mut bench).await;
        platform.round().await.unwrap();
        platform.moved().await.unwrap();
        kinds.push(held(&bench).await);
    }
    assert_eq!(kinds, [(1, 0), (0, 1), (0, 1), (1, 0)]);
    let report = platform.stop().await;
    assert!(report.failed.is_empty(), "{:?}", report.failed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_secrets_are_forbidden_a_certificate_is_made_and_the_reason_said() {
    let forbid = async |colleague: &Colleague| colleague.forbid_secrets().await.unwrap();
    let mut bench = at_the_credential("forbidden", forbid).await;
    let view = bench.session().view();
    assert!(question(&view).is_none());
    let Content::Plan { messages, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(
        messages.iter().any(|message| message
            .text
            .as_ref()
            .is_some_and(|text| text.contains("gets a certificate"))),
        "{messages:?}"
    );
    bench.go_on(None).await;
    assert_eq!(bench.session().page(), "exported");
    assert_eq!(held(&bench).await, (0, 1));
}

/// The policy restricts certificates in a way that is no limit of their life: ours might be refused, so none is offered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_is_not_offered_where_the_policy_may_refuse_it() {
    let restrict = async |colleague: &Colleague| colleague.restrict_certificates().await.unwrap();
    let mut bench = at_the_credential("restricted", restrict).await;
    assert!(question(&bench.session().view()).is_none());
    bench.go_on(None).await;
    assert_eq!(bench.session().page(), "exported");
    assert_eq!(held(&bench).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_lasts_no_longer_than_the_policy_allows() {
    let shorten = async |colleague: &Colleague| colleague.shorten_certificates(60).await.unwrap();
    let mut bench = at_the_credential("short", shorten).await;
    choose(&mut bench, "certificate").await;
    bench.go_on(None).await;
    assert_eq!(bench.session().page(), "exported");
    let credential = &bench.bundle()["credential"];
    let at = |field: &str| -> jiff::Timestamp { credential[field].as_str().unwrap().parse().unwrap() };
    let days = at("endsAt").duration_since(at("startsAt")).as_hours() / 24;
    assert_eq!(days, 60);
}

const LIST: &str = "GET /applications/{id}";
const WRITE: &str = "PATCH /applications/{id}";

/// The next readings of the list answer in this order; `true` is one of a replica that lags far behind.
fn readings(bench: &Bench, stale: &[bool]) {
    for stale in stale {
        let wrong = stale.then_some(Wrong::Stale);
        let answer = Answer {
            wrong,
            ..Answer::default()
        };
        bench.plan(LIST, 1, answer);
    }
}

fn written(bench: &Bench) -> usize {
    bench.sent().iter().filter(|call| *call == WRITE).count()
}

/// Whichever of the readings around a removal is stale, it is sent, and the certificate is gone once the page says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_stale_lists_hide_is_removed_all_the_same() {
    let readings_of: [&[bool]; 4] = [
        &[true],
        &[true, true, true],
        &[false, true, true],
        &[false, false, false, true],
    ];
    for (number, stale) in readings_of.into_iter().enumerate() {
        let mut bench = at_the_credential(&format!("hidden {number}"), async |_: &Colleague| {}).await;
        choose(&mut bench, "certificate").await;
        bench.go_on(Some("secret-done")).await;
        assert_eq!(held(&bench).await, (0, 1));
        let before = written(&bench);
        readings(&bench, stale);
        let view = bench.press(Request::Undo).await;
        assert_eq!(view.page.heading, "The certificate was removed", "{number}");
        assert_eq!(held(&bench).await, (0, 0), "{number}");
        assert_eq!(written(&bench), before + 1, "{number}");
    }
}

/// A list that lacks the certificate which the platform uses is no list to write by.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stale_lists_take_no_certificate_away_that_works() {
    let mut bench = handed_over("stale renewal", "certificate").await;
    let platform = bench.platform();
    platform.moved().await.unwrap();
    bench.wait(NEARLY_OVER);
    renew_by(&mut bench, "certificate", |bench| readings(bench, &[true, true])).await;
    assert_eq!(held(&bench).await, (0, 2));
    platform.round().await.unwrap();
    let report = platform.stop().await;
    assert!(report.failed.is_empty(), "{:?}", report.failed);
}

/// A request to slow down is waited out, and what somebody else's certificate was before it counts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_to_slow_down_is_waited_out() {
    for takes_effect in [false, true] {
        let mut bench = at_the_credential(&format!("slowed {takes_effect}"), async |_: &Colleague| {}).await;
        choose(&mut bench, "certificate").await;
        let slowed = Answer {
            status: Some(429),
            retry_after: Some(30),
            takes_effect,
            ..Answer::default()
        };
        bench.plan(WRITE, 1, slowed);
        let before = bench.now();
        bench.go_on(Some("secret-done")).await;
        assert_eq!(held(&bench).await, (0, 1), "{takes_effect}");
        assert_eq!(written(&bench), if takes_effect { 1 } else { 2 });
        assert!(bench.now().duration_since(before).as_secs() >= 30);
    }
}

/// What Microsoft doesn't tell can't be sent again, so nothing is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_is_not_told_whole_is_left_alone() {
    let mut bench = at_the_credential("untold", async |_: &Colleague| {}).await;
    choose(&mut bench, "certificate").await;
    let new = certificate(&bench.handle, "CN=Theirs");
    theirs(&bench.handle, |list| list.push(new)).await;
    let before = app(&bench).await;
    let answer = Answer {
        wrong: Some(Wrong::WithoutKeys),
        ..Answer::default()
    };
    bench.plan(LIST, 40, answer);
    let page = bench
        .session()
        .go_on(Some("secret-done"), MAILBOXES, REFUSED)
        .await;
    drop(page);
    let view = bench.session().view();
    assert_eq!(
        view.page.key, "problem-certificate.list-incomplete",
        "{:?}",
        view.page
    );
    assert!(serde_json::to_string(&view.page).unwrap().contains("CN=Theirs"));
    assert_eq!(written(&bench), 0);
    assert_eq!(app(&bench).await["keyCredentials"], before["keyCredentials"]);
}

/// A certificate of somebody else's for our app, in the list of the app's certificates.
async fn theirs(handle: &Handle, change: impl FnOnce(&mut Vec<Value>)) {
    let colleague = Colleague::of(handle).await.unwrap();
    let apps = handle.snapshot().applications;
    let app = apps.iter().find(|app| !app.foreign).unwrap();
    let path = format!("applications/{}", app.id);
    let list = colleague
        .graph(Method::GET, &format!("{path}?$select=keyCredentials"), None)
        .await
        .unwrap();
    let mut list = list["keyCredentials"].as_array().unwrap().clone();
    change(&mut list);
    let body = json!({ "keyCredentials": list });
    colleague.graph(Method::PATCH, &path, Some(body)).await.unwrap();
}

fn certificate(handle: &Handle, name: &str) -> Value {
    let now: jiff::Timestamp = handle.snapshot().now.parse().unwrap();
    let ends = now + jiff::SignedDuration::from_hours(24 * 90);
    let made = microsoft::certificate::make(name, now, ends).unwrap();
    json!({ "type": "AsymmetricX509Cert", "usage": "Verify", "displayName": name, "key": STANDARD.encode(made.der) })
}

/// The same from the wizard's own thread, which waits until it is done.
fn meanwhile(handle: &Arc<Handle>, change: impl FnOnce(&mut Vec<Value>) + Send + 'static) {
    let handle = Arc::clone(handle);
    let changing = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(theirs(&handle, change));
    });
    changing.join().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_elses_certificate_stays_when_ours_comes_and_goes() {
    let mut bench = at_the_credential("theirs", async |_: &Colleague| {}).await;
    choose(&mut bench, "certificate").await;
    let new = certificate(&bench.handle, "CN=Theirs");
    theirs(&bench.handle, |list| list.push(new)).await;
    bench.go_on(Some("secret-done")).await;
    assert_eq!(held(&bench).await, (0, 2));
    bench.press(Request::Undo).await;
    if bench.session().page() != "secret" {
        bench.press_what(|request| matches!(request, Request::Undo)).await;
    }
    let left = app(&bench).await;
    assert_eq!(left["keyCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(left["keyCredentials"][0]["displayName"], "CN=Theirs");
}

/// Somebody else writes the list between our writing and our reading back: it is told, whichever way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_becomes_of_somebody_elses_certificate_meanwhile_is_told() {
    for (name, adds) in [("appeared", true), ("vanished", false)] {
        let mut bench = at_the_credential(name, async |_: &Colleague| {}).await;
        choose(&mut bench, "certificate").await;
        let before = certificate(&bench.handle, "CN=Before");
        theirs(&bench.handle, |list| list.push(before)).await;
        let (handle, sent) = (Arc::clone(&bench.handle), bench.sent().len());
        let calls = bench.calls_seen();
        let new = certificate(&bench.handle, "CN=Meanwhile");
        let mut new = Some(new);
        bench.before("GET /applications/{id}", 40, move |_| {
            let written = calls()
                .iter()
                .skip(sent)
                .any(|call| call == "PATCH /applications/{id}");
            let Some(new) = new.take_if(|_| written) else {
                return;
            };
            meanwhile(&handle, move |list| match adds {
                true => list.push(new),
                false => list.retain(|entry| entry["displayName"] != "CN=Before"),
            });
        });
        drop(
            bench
                .session()
                .go_on(Some("secret-done"), MAILBOXES, REFUSED)
                .await,
        );
        let view = bench.session().view();
        assert_eq!(
            view.page.key, "problem-certificate.changed-meanwhile",
            "{name}: {:?}",
            view.page
        );
        let named = serde_json::to_string(&view.page).unwrap();
        assert!(
            named.contains(if adds { "CN=Meanwhile" } else { "CN=Before" }),
            "{named}"
        );
        // Ours is there, and looking again goes on with it.
        bench.press(Request::TryAgain).await;
        bench.go_on(Some("secret-done")).await;
        let ours = if adds { 3 } else { 1 };
        assert_eq!(held(&bench).await, (0, ours), "{name}");
    }
}

/// A colleague whose list was read before ours was written takes ours away: it is made good by the next press, with the same
/// key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ours_that_a_colleague_wrote_over_is_sent_again() {
    let mut bench = at_the_credential("written over", async |_: &Colleague| {}).await;
    choose(&mut bench, "certificate").await;
    let (handle, sent, calls) = (Arc::clone(&bench.handle), bench.sent().len(), bench.calls_seen());
    bench.before("GET /applications/{id}", 40, move |_| {
        if calls()
            .iter()
            .skip(sent)
            .any(|call| call == "PATCH /applications/{id}")
        {
            meanwhile(&handle, Vec::clear);
        }
    });
    drop(
        bench
            .session()
            .go_on(Some("secret-done"), MAILBOXES, REFUSED)
            .await,
    );
    assert_eq!(bench.session().page(), "problem-certificate.changed-meanwhile");
    bench.forget_before();
    bench.press(Request::TryAgain).await;
    bench.go_on(None).await;
    assert_eq!(bench.session().page(), "exported");
    assert_eq!(held(&bench).await, (0, 1));
    let made = std::fs::read_to_string(bench.journal()).unwrap();
    assert_eq!(made.matches("\"certificate-made\"").count(), 1);
}
