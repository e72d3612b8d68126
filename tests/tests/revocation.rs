//! Everything of a connection taken away: nothing of ours is left alive, nothing of anybody else's changes, and the key no
//! longer works.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::{Bench, alive_of_ours, first_card};
use journeys::colleague::text;
use journeys::renew::{self, To};
use practice::Answer;
use reqwest::Method;
use rpc::request::Request;
use rpc::view::{Content, View};
use serde_json::json;

fn revoke(request: &Request) -> bool {
    matches!(request, Request::Revoke { .. })
}

fn alive(bench: &Bench) -> usize {
    alive_of_ours(&bench.handle.snapshot())
}

fn facts(view: &View) -> Vec<String> {
    match &view.page.content {
        Content::Done { facts, .. } => facts.iter().map(|fact| fact.value.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

async fn revoked(bench: &mut Bench) -> View {
    let view = bench.press_what(revoke).await;
    assert_eq!(view.page.key, "revoke", "{:?}", view.page);
    // Whoever revokes is to see whether the organisation is a real one.
    assert!(view.frame.practice.is_some());
    let view = bench.press(Request::SignIn).await;
    assert_eq!(view.page.key, "revoke", "{:?}", view.page);
    let Content::Plan { plan, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(plan.will.iter().all(|line| line.takes_away), "{:?}", plan.will);
    assert!(!plan.wont.iter().any(|line| line.takes_away), "{:?}", plan.wont);
    bench.press(Request::Commit).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_ours_is_left_and_the_key_is_refused() {
    let mut bench = Bench::handed_over("revoked").await;
    assert!(alive(&bench) > 0);
    let view = revoked(&mut bench).await;
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    let Content::Done { happened, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(happened[0].title, "The key no longer works");
    assert!(
        facts(&view)[0].contains("can be restored until"),
        "{:?}",
        facts(&view)
    );
    assert!(
        facts(&view).last().unwrap().contains("calendar"),
        "{:?}",
        facts(&view)
    );
    assert_eq!(alive(&bench), 0);
    assert_eq!(bench.secrets(), 0);
    assert!(bench.handle.snapshot().foreign_changes.is_empty());
    let view = bench.reopen().await;
    let first = first_card(&view);
    assert_eq!(first.finding.word, "Revoked");
}

/// Both secrets of a renewal that waits for the platform go, so that a deleted app that is restored signs nobody in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_secrets_of_a_renewal_go() {
    let mut bench = Bench::handed_over("revoked in a renewal").await;
    renew::go_on(bench.session(), To::TheFile).await.unwrap();
    assert_eq!(bench.secrets(), 2);
    bench.press(Request::SaveAndClose).await;
    bench.press_what(revoke).await;
    let view = bench.press(Request::Commit).await;
    let view = match view.page.key.as_str() {
        "sign-in" => {
            bench.press(Request::SignIn).await;
            bench.press(Request::Commit).await
        }
        _ => view,
    };
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    assert_eq!((alive(&bench), bench.secrets()), (0, 0));
}

/// It stops half way and is gone on with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revocation_that_stopped_is_gone_on_with() {
    let mut bench = Bench::handed_over("revoked in two").await;
    let refused = Answer {
        status: Some(403),
        ..Answer::default()
    };
    bench.plan("POST /applications/{id}/removePassword", 1, refused);
    bench.press_what(revoke).await;
    bench.press(Request::SignIn).await;
    let view = bench.press(Request::Commit).await;
    assert!(view.page.key.starts_with("problem-"), "{:?}", view.page);
    assert!(alive(&bench) > 0);
    bench.reopen().await;
    let view = revoked(&mut bench).await;
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    assert_eq!(alive(&bench), 0);
}

/// What somebody else made on the app stays with it, and is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_else_made_is_told() {
    let mut bench = Bench::handed_over("revoked with a stranger").await;
    let colleague = bench.colleague().await;
    let (object, client) = bench.app();
    let body = json!({ "passwordCredential": { "displayName": "Somebody's" } });
    let path = format!("applications/{object}/addPassword");
    colleague.graph(Method::POST, &path, Some(body)).await.unwrap();
    bench.wait(60);
    // What wasn't known is named before anything is taken away.
    let view = revoked(&mut bench).await;
    assert_eq!(view.page.key, "revoke", "{:?}", view.page);
    assert!(alive(&bench) > 1);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    let told = facts(&view);
    assert!(
        told.iter()
            .any(|fact| fact.contains("that Mailgrant didn't make")),
        "{told:?}"
    );
    assert_eq!(alive(&bench), 0);
    let deleted = colleague
        .graph(
            Method::GET,
            "directory/deletedItems/microsoft.graph.application",
            None,
        )
        .await
        .unwrap();
    let ours = deleted["value"].as_array().unwrap().iter();
    let ours = ours
        .filter(|app| text(Some(app), "appId").as_deref() == Some(&client))
        .count();
    assert_eq!(ours, 1);
}

/// An app that somebody deleted meanwhile: the limit goes all the same, and it is said that the app may come back with its
/// secrets.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_left_of_a_deleted_app_goes() {
    let mut bench = Bench::handed_over("revoked after deletion").await;
    let colleague = bench.colleague().await;
    let (object, _) = bench.app();
    let path = format!("applications/{object}");
    colleague.graph(Method::DELETE, &path, None).await.unwrap();
    bench.wait(120);
    let view = revoked(&mut bench).await;
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    assert_eq!(alive(&bench), 0);
    let told = facts(&view);
    assert!(told[0].contains("with what secrets it still holds"), "{told:?}");
}
