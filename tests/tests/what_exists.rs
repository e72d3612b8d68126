//! What a problem says to exist is true: where it isn't known what came of a request, it says so.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::Arc;

use jiff::SignedDuration;
use journeys::bench::{ADMIN, Bench};
use journeys::reader::Reader;
use practice::{Answer, Wrong};
use reqwest::Method;
use rpc::request::Request;
use rpc::view::{Content, View};

const CREATE: &str = "PATCH /applications(uniqueName)";
const PRINCIPAL: &str = "POST /servicePrincipals";
const ADD: &str = "POST /applications/{id}/addPassword";
const REMOVE: &str = "POST /applications/{id}/removePassword";
const DELETE: &str = "DELETE /applications/{id}";
/// The first call of each read that a proof is made of.
const SURVEY: &str = "POST /$batch (how the app stands)";
const LOOK_FOR_APP: &str = "POST /$batch (look for the app)";
const STANDING: &str = "POST /$batch (read the app back)";
/// As often as a call that is the same the second time is sent.
const TRIES: usize = 5;

fn status(status: u16) -> Answer {
    Answer {
        status: Some(status),
        ..Answer::default()
    }
}

/// The request takes effect and its answer gets lost.
fn lost() -> Answer {
    Answer {
        drop: true,
        takes_effect: true,
        ..Answer::default()
    }
}

fn exists(view: &View) -> String {
    let Content::Problem { facts, .. } = &view.page.content else {
        panic!("no problem: {:?}", view.page)
    };
    let found = facts.iter().find(|fact| fact.term == "What exists now");
    found.map(|fact| fact.value.clone()).unwrap_or_default()
}

fn stopped(view: &View) -> String {
    match &view.page.content {
        Content::Problem {
            stopped: Some(stopped),
            ..
        } => stopped.message.title.clone(),
        other => panic!("the plan didn't stop: {other:?}"),
    }
}

/// The limit was set a moment ago, and the look that is to confirm it fails.
#[tokio::test]
async fn a_limit_that_was_just_set_was_set() {
    let mut bench = Bench::new("just set").await;
    bench.go_on(Some("plan")).await;
    bench.plan(SURVEY, TRIES, status(503));
    let view = bench.press(Request::Commit).await;
    assert_eq!(
        exists(&view),
        "The limit was set in Exchange; it isn't confirmed yet."
    );
    bench.end().await;
}

/// A page, what is pressed there, the call, how often it is answered how, and what is said to exist.
type Case = (
    &'static str,
    Request,
    &'static str,
    Vec<(usize, Answer)>,
    &'static str,
);

/// Each request answered in some ways, and what is said to exist.
#[tokio::test]
async fn what_a_request_did_is_said_only_where_it_is_known() {
    const MADE: &str = "An app registration may have been made; the next look says.";
    const SECRET: &str = "A secret may have been made; the next look says.";
    const REMOVED: &str = "The secret may be removed by now; the next look says.";
    let cases: [Case; 10] = [
        ("app", Request::Commit, CREATE, vec![(TRIES, lost())], MADE),
        ("app", Request::Commit, CREATE, vec![(TRIES, status(503))], MADE),
        // The first sending may have made it, whatever the second is refused for.
        (
            "app",
            Request::Commit,
            CREATE,
            vec![(1, status(503)), (1, status(403))],
            MADE,
        ),
        (
            "app",
            Request::Commit,
            CREATE,
            vec![(1, status(403))],
            "No app registration was made by this step.",
        ),
        (
            "app",
            Request::Commit,
            PRINCIPAL,
            vec![(1, lost())],
            "The app registration exists; its service principal may have been made, the next look says.",
        ),
        ("secret", Request::Commit, ADD, vec![(1, status(500))], SECRET),
        (
            "secret",
            Request::Commit,
            ADD,
            vec![(1, status(403))],
            "The app from the earlier step is unchanged. No secret was made.",
        ),
        (
            "secret-done",
            Request::Undo,
            REMOVE,
            vec![(TRIES, status(503))],
            REMOVED,
        ),
        (
            "secret-done",
            Request::Undo,
            REMOVE,
            vec![(1, status(403))],
            "The secret still exists.",
        ),
        (
            "app-done",
            Request::Undo,
            DELETE,
            vec![(TRIES, status(503))],
            "The app registration may be deleted by now; the next look says.",
        ),
    ];
    for (number, (page, request, call, answers, said)) in cases.into_iter().enumerate() {
        let mut bench = Bench::new(&format!("known {number}")).await;
        bench.go_on(Some(page)).await;
        for (times, answer) in answers {
            bench.plan(call, times, answer);
        }
        let view = bench.press(request).await;
        assert_eq!(exists(&view), said, "{number}: {call}");
        bench.end().await;
    }
}

/// The computer's clock is put wrong between two changes of one part: what was made before isn't denied.
#[tokio::test]
async fn what_was_made_before_the_clock_went_wrong_stays() {
    let mut bench = Bench::new("clock between").await;
    bench.go_on(Some("app")).await;
    let time = Arc::clone(&bench.time);
    bench.before(CREATE, 1, move |_| {
        *time.lock().unwrap() += SignedDuration::from_mins(10);
    });
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "problem-clock.wrong");
    assert_eq!(
        exists(&view),
        "The next change wasn't sent; what was made before it stays."
    );
    assert_eq!(bench.ours(), 1);
    bench.end().await;
}

/// An app was asked for and the answer got lost; then another call is refused, which says nothing of the app.
#[tokio::test]
async fn a_refusal_of_another_call_says_nothing_of_what_was_sent() {
    let mut bench = Bench::new("another call").await;
    bench.go_on(Some("plan")).await;
    bench.plan(CREATE, TRIES, lost());
    let begun = "0 of 7 made, and one more was begun";
    let view = bench.press(Request::Commit).await;
    assert_eq!(stopped(&view), begun);
    bench.plan(LOOK_FOR_APP, 1, status(401));
    bench.press(Request::TryAgain).await;
    if bench.session().page() == "plan" {
        bench.press(Request::Commit).await;
    }
    let view = bench.session().view();
    assert_eq!(stopped(&view), begun);
    assert_eq!(
        exists(&view),
        "An app registration may have been made; the next look says."
    );
    bench.end().await;
}

/// What exists is what was just read, not what was known before.
#[tokio::test]
async fn a_deleted_app_is_not_said_to_exist() {
    let mut bench = Bench::new("deleted").await;
    bench.go_on(Some("app-done")).await;
    let (object, _) = bench.app();
    let colleague = bench.colleague().await;
    colleague
        .graph(Method::DELETE, &format!("applications/{object}"), None)
        .await
        .unwrap();
    bench.wait(120);
    let view = bench.press(Request::Check).await;
    assert_eq!(view.page.key, "problem-app.deleted");
    assert_eq!(
        exists(&view),
        "The app registration lies among the deleted ones; its scope may be left in Exchange."
    );
    bench.end().await;
}

/// One look that doesn't show the app can be that of a server which lags behind.
#[tokio::test]
async fn an_app_is_not_gone_for_good_by_one_look() {
    let mut bench = Bench::new("one look").await;
    bench.go_on(Some("secret-done")).await;
    bench.plan(REMOVE, 1, status(404));
    let stale = Answer {
        wrong: Some(Wrong::Stale),
        ..Answer::default()
    };
    bench.plan(STANDING, 1, stale);
    let view = bench.press(Request::Undo).await;
    assert!(view.page.key.starts_with("problem-"), "{}", view.page.key);
    assert_ne!(view.page.key, "problem-app.gone");
    assert_eq!(bench.ours(), 1);
    bench.end().await;
}

/// Whoever presses Cancel on one page may have accepted what another listed.
#[tokio::test]
async fn a_cancelled_sign_in_denies_no_consent() {
    let mut bench = Bench::new("cancelled").await;
    bench.go_on(Some("sign-in")).await;
    *bench.session().reader.lock().unwrap() = Reader::new(ADMIN).who_declines();
    let view = bench.press(Request::SignIn).await;
    let lead = view.page.lead.unwrap_or_default();
    assert!(
        lead.contains("apart from what you may have accepted there"),
        "{lead}"
    );
    bench.end().await;
}
