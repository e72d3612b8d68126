//! A renewal: a new secret beside the old one, proven, handed over, and the old one removed once somebody said that the
//! platform has moved.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::{Bench, first_card, offered};
use journeys::checking::codes;
use journeys::reader::Reader;
use reqwest::Method;
use rpc::request::Request;
use rpc::view::{Content, View};
use serde_json::json;

async fn renew(bench: &mut Bench) -> View {
    bench
        .press_what(|request| matches!(request, Request::Renew { .. }))
        .await;
    bench.press(Request::SignIn).await
}

/// From the sign-in to the new sealed file, the actions counted.
async fn to_the_new_file(bench: &mut Bench) -> (View, usize) {
    let view = renew(bench).await;
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    let view = bench.press(Request::Continue).await;
    assert_eq!(view.page.key, "export", "{:?}", view.page);
    let view = bench.seal().await;
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    (view, 3)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_is_renewed_beside_the_old_one() {
    let mut bench = Bench::handed_over("renewal").await;
    let old = bench.keys();
    let (_, actions) = to_the_new_file(&mut bench).await;
    assert!(actions <= 4);
    assert_eq!(bench.secrets(), 2);
    let view = bench.press(Request::Continue).await;
    assert_eq!(view.page.key, "platform-moved", "{:?}", view.page);
    let view = bench.press(Request::PlatformMoved { moved: true }).await;
    assert_eq!(view.page.key, "old-secret");
    assert_eq!(bench.secrets(), 2, "nothing is removed by saying so");
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    assert_eq!(view.page.heading, "It works, and only where it should");
    let left = bench.keys();
    assert!(left.len() == 1 && left[0] != old[0]);
    let view = bench.press(Request::Continue).await;
    assert_eq!(view.page.key, "exported");
    let view = bench.press(Request::SaveAndClose).await;
    let first = first_card(&view);
    assert_eq!(first.finding.word, "Handed over");
}

/// The program ends after the file was sealed; whoever comes back says that the platform has moved.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewal_waits_for_the_platform_while_the_window_is_closed() {
    let mut bench = Bench::handed_over("waits").await;
    to_the_new_file(&mut bench).await;
    bench.wait(3 * 86_400);
    let view = bench.reopen().await;
    let first = first_card(&view);
    assert_eq!(first.finding.word, "Waits for the platform");
    let open = first.actions[0].request.clone();
    let view = bench.press(open).await;
    assert_eq!(view.page.key, "platform-moved");
    bench.press(Request::PlatformMoved { moved: true }).await;
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "sign-in");
    let view = bench.press(Request::SignIn).await;
    assert_eq!(view.page.key, "old-secret", "{:?}", view.page);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    assert_eq!(bench.secrets(), 1);
}

/// A check between the new file and the platform's move: the new record is as recorded, and by the old one only the newer secret
/// is worth a word. What the platform still signs in with is no fault.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_during_a_renewal_raises_no_alarm() {
    let mut bench = Bench::handed_over("checked").await;
    to_the_new_file(&mut bench).await;
    bench.wait(86_400);
    let records = bench.records();
    let [old, new] = records.as_slice() else {
        panic!("{records:?}")
    };
    for (record, sign_in, notices) in [
        (new, false, &[][..]),
        (new, true, &[]),
        (old, true, &["record.older-secret"]),
    ] {
        let answer = bench.checked(record.clone(), sign_in).await;
        assert_eq!(codes(&answer).unwrap(), [] as [String; 0], "{}", answer.text);
        let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        let all = told["findings"].as_array().unwrap().iter();
        let all: Vec<&str> = all.filter_map(|one| one["code"].as_str()).collect();
        assert_eq!(all, notices, "{}", answer.text);
    }
    assert_eq!(bench.secrets(), 2, "a check changes nothing");
}

/// What was said too early is taken back, as long as nothing is removed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_the_platform_has_moved_can_be_unsaid() {
    let mut bench = Bench::handed_over("unsaid").await;
    to_the_new_file(&mut bench).await;
    bench.press(Request::Continue).await;
    bench.press(Request::PlatformMoved { moved: true }).await;
    let view = bench.press(Request::PlatformMoved { moved: false }).await;
    assert_eq!(view.page.key, "platform-moved");
    assert_eq!(bench.secrets(), 2);
}

/// Who may read the log of sign-ins.
const READER: &str = "priya.nair@contoso.example";

/// A renewal of which nothing is made is given up, and everything is as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewal_is_given_up_before_anything_is_made() {
    let mut bench = Bench::handed_over("given up").await;
    renew(&mut bench).await;
    let view = bench.press(Request::DropRenewal).await;
    assert_eq!(view.page.key, "connections");
    assert_eq!(bench.secrets(), 1);
    let view = bench.session().view();
    assert!(offered(&view, |request| matches!(request, Request::Renew { .. })).is_some());
}

/// Another secret of the connection's name, made at another computer: somebody renews it there, and neither is removed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_admins_who_renew_at_once_are_told_so() {
    let mut bench = Bench::handed_over("two admins").await;
    let colleague = bench.colleague().await;
    let (object, _) = bench.app();
    let name = colleague
        .graph(Method::GET, &format!("applications/{object}"), None)
        .await
        .unwrap()["passwordCredentials"][0]["displayName"]
        .as_str()
        .unwrap()
        .to_owned();
    let name = format!("{}deadbeef", &name[..name.len() - 8]);
    let body = json!({ "passwordCredential": { "displayName": name } });
    colleague
        .graph(
            Method::POST,
            &format!("applications/{object}/addPassword"),
            Some(body),
        )
        .await
        .unwrap();
    bench.wait(60);
    let view = renew(&mut bench).await;
    assert_eq!(view.page.key, "problem-renewal.under-way", "{:?}", view.page);
    assert_eq!(bench.secrets(), 2);
}

/// Somebody removes the new secret after the platform was said to use it: the old one isn't removed then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_old_secret_stays_where_the_new_one_is_gone() {
    let mut bench = Bench::handed_over("new one gone").await;
    let old = bench.keys();
    to_the_new_file(&mut bench).await;
    bench.press(Request::Continue).await;
    bench.press(Request::PlatformMoved { moved: true }).await;
    let new = bench.keys().into_iter().find(|key| *key != old[0]).unwrap();
    let (object, _) = bench.app();
    let colleague = bench.colleague().await;
    colleague
        .graph(
            Method::POST,
            &format!("applications/{object}/removePassword"),
            Some(json!({ "keyId": new })),
        )
        .await
        .unwrap();
    bench.wait(120);
    let view = bench.press(Request::Commit).await;
    assert_eq!(bench.keys(), old, "{:?}", view.page);
    // It is said, and the way leads back to the plan, where another is made beside the old one.
    assert!(!view.page.actions.is_empty(), "{:?}", view.page);
}

/// Microsoft doesn't take the new secret any more: the old one isn't removed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_old_secret_stays_where_the_new_one_does_not_work() {
    let mut bench = Bench::handed_over("new one refused").await;
    to_the_new_file(&mut bench).await;
    bench.press(Request::Continue).await;
    bench.press(Request::PlatformMoved { moved: true }).await;
    let refused = practice::Answer {
        status: Some(401),
        code: Some("invalid_client".into()),
        ..practice::Answer::default()
    };
    bench.plan("POST /token (client credentials)", 1, refused);
    let view = bench.press(Request::Commit).await;
    assert!(view.page.key.starts_with("problem-"), "{:?}", view.page);
    assert_eq!(bench.secrets(), 2);
}

fn used_last(view: &View) -> String {
    let Content::Done { facts, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    facts[0].value.clone()
}

/// Who may not read the log of sign-ins is told that nothing is known, never that nothing was used.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn which_secret_was_used_is_unknown_to_who_may_not_read_it() {
    let mut bench = Bench::handed_over("log closed").await;
    to_the_new_file(&mut bench).await;
    let view = bench.press(Request::Continue).await;
    assert!(used_last(&view).starts_with("Unknown"), "{:?}", used_last(&view));
    let view = bench.press(Request::SeeLastUse).await;
    assert_eq!(view.page.key, "platform-moved", "{:?}", view.page);
    assert_eq!(
        used_last(&view),
        "Unknown: reading the log of sign-ins takes a role such as Reports Reader"
    );
}

/// Who may read it sees which of the two the platform signed in with, before and after it moved.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn which_secret_was_used_last_is_shown() {
    let mut bench = Bench::handed_over("log read").await;
    let platform = bench.platform();
    to_the_new_file(&mut bench).await;
    bench.wait(60);
    platform.round().await.unwrap();
    bench.wait(600);
    *bench.session().reader.lock().unwrap() = Reader::new(READER);
    bench.press(Request::Continue).await;
    let view = bench.press(Request::SeeLastUse).await;
    assert_eq!(view.page.key, "platform-moved", "{:?}", view.page);
    assert!(
        used_last(&view).starts_with("The old one"),
        "{:?}",
        used_last(&view)
    );
    let report = platform.stop().await;
    assert!(report.failed.is_empty(), "{:?}", report.failed);
}

/// A secret that has ended already is renewed in the same way; nothing of it keeps working, and that is said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_that_has_ended_is_renewed() {
    let mut bench = Bench::handed_over("ended").await;
    bench.wait(20 * 86_400);
    bench.reopen().await;
    let old = bench.keys();
    to_the_new_file(&mut bench).await;
    assert_eq!(bench.secrets(), 2);
    let view = bench.press(Request::Continue).await;
    let page = serde_json::to_string(&view.page).unwrap();
    assert!(!page.contains("works too"), "{page}");
    let lead = view.page.lead.unwrap_or_default();
    assert_eq!(lead, "The old secret has ended. It stays until you say so.");
    bench.press(Request::PlatformMoved { moved: true }).await;
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    let left = bench.keys();
    assert!(left.len() == 1 && left != old);
}

/// The organisation's policy became stricter: the new secret lasts as long as that allows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_that_became_stricter_is_kept() {
    let mut bench = Bench::handed_over("stricter").await;
    let platform = bench.platform();
    bench.colleague().await.shorten_secrets(45).await.unwrap();
    bench.wait(60);
    to_the_new_file(&mut bench).await;
    let ends = bench.bundle()["credential"]["endsAt"]
        .as_str()
        .unwrap()
        .to_owned();
    let ends: jiff::Timestamp = ends.parse().unwrap();
    let days = ends.duration_since(bench.now()).as_hours() / 24;
    assert!((43..=45).contains(&days), "{days}");
    let report = platform.stop().await;
    assert!(report.failed.is_empty(), "{:?}", report.failed);
}

/// Secrets are forbidden by now: that is told, nothing is made, and the platform goes on with what it has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_that_forbids_secrets_is_told_and_interrupts_nothing() {
    let mut bench = Bench::handed_over("forbidden").await;
    let platform = bench.platform();
    let old = bench.keys();
    bench.colleague().await.forbid_secrets().await.unwrap();
    bench.wait(60);
    renew(&mut bench).await;
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "problem-secret.forbidden", "{:?}", view.page);
    assert_eq!(bench.keys(), old);
    platform.round().await.unwrap();
    let report = platform.stop().await;
    assert!(report.failed.is_empty(), "{:?}", report.failed);
}

/// Somebody else's secret on the app, and the old one removed by somebody: both are found, and neither stops the renewal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_that_somebody_else_added_stays() {
    let mut bench = Bench::handed_over("somebody's").await;
    let colleague = bench.colleague().await;
    let (object, _) = bench.app();
    let body = json!({ "passwordCredential": { "displayName": "Somebody's" } });
    let path = format!("applications/{object}/addPassword");
    let made = colleague.graph(Method::POST, &path, Some(body)).await.unwrap();
    let theirs = made["keyId"].as_str().unwrap().to_owned();
    bench.wait(120);
    renew(&mut bench).await;
    bench.press(Request::Commit).await;
    assert!(bench.keys().contains(&theirs));
    assert_eq!(bench.secrets(), 3);
    // It can sign in as the app, so that nothing is handed over before somebody looked at it.
    let view = bench.session().view();
    assert_eq!(view.page.key, "verify");
    assert_ne!(view.page.heading, "It works, and only where it should");
}
