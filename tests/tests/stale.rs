//! Answers of a replica that lags behind: what it doesn't show lives on all the same. Nothing of a connection counts as
//! gone by one such answer, nothing is made twice for it, and no secret's only copy is dropped.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::Bench;
use practice::{Answer, Wrong};
use rpc::request::Request;
use rpc::view::Content;

const SECRETS: &str = "GET /applications/{id}";
const ADD: &str = "POST /applications/{id}/addPassword";
const REMOVE: &str = "POST /applications/{id}/removePassword";
const STANDING: &str = "POST /$batch (read the app back)";

fn stale() -> Answer {
    Answer {
        wrong: Some(Wrong::Stale),
        ..Answer::default()
    }
}

fn status(status: u16) -> Answer {
    Answer {
        status: Some(status),
        ..Answer::default()
    }
}

/// The calls of this name answer in this order; `true` is a stale answer.
fn answers(bench: &Bench, call: &str, stale_ones: &[bool]) {
    for is_stale in stale_ones {
        let answer = if *is_stale { stale() } else { Answer::default() };
        bench.plan(call, 1, answer);
    }
}

fn titles(bench: &mut Bench) -> Vec<String> {
    match bench.session().view().page.content {
        Content::Plan { plan, .. } => plan.will.into_iter().map(|line| line.title).collect(),
        other => panic!("no plan: {other:?}"),
    }
}

/// The key ids of what our app holds.
fn keys(bench: &Bench) -> Vec<String> {
    let apps = bench.handle.snapshot().applications;
    apps.iter()
        .filter(|app| !app.foreign)
        .flat_map(|app| app.passwords.iter().map(|held| held.key_id.clone()))
        .collect()
}

/// Whichever of the reads around a removal is stale, the removal is sent, and the secret is gone once the page says so.
#[tokio::test]
async fn a_secret_that_a_stale_list_hides_is_removed_all_the_same() {
    let reads: [&[bool]; 4] = [&[true], &[true, true], &[false, true], &[true, false, true]];
    for (number, reads) in reads.into_iter().enumerate() {
        let mut bench = Bench::new(&format!("hidden {number}")).await;
        bench.go_on(Some("secret-done")).await;
        answers(&bench, SECRETS, reads);
        let view = bench.press(Request::Undo).await;
        assert_eq!(view.page.heading, "The secret was removed", "{number}");
        assert_eq!(bench.secrets(), 0, "{number}");
        assert_eq!(bench.sent().iter().filter(|call| *call == REMOVE).count(), 1);
        bench.go_on(None).await;
        assert_eq!(bench.secrets(), 1, "{number}");
    }
}

/// A removal that Microsoft refused is none, also where one read after it doesn't show the secret: its value stays in
/// the keychain, and the connection goes on to the end with it.
#[tokio::test]
async fn a_refused_removal_is_none_whatever_one_list_says() {
    for refusal in [403, 404, 409] {
        let mut bench = Bench::new(&format!("refused {refusal}")).await;
        bench.go_on(Some("secret-done")).await;
        let before = keys(&bench);
        bench.plan(REMOVE, 1, status(refusal));
        answers(&bench, SECRETS, &[false, true]);
        let view = bench.press(Request::Undo).await;
        assert!(
            view.page.key.starts_with("problem-"),
            "{refusal}: {}",
            view.page.key
        );
        assert_eq!(keys(&bench), before, "{refusal}");
        bench.press(Request::GoTo { step: "limit".into() }).await;
        bench.go_on(None).await;
        assert_eq!(keys(&bench), before, "{refusal}");
    }
}

/// Even where every read after it is stale, a refused removal is sent once more before it counts.
#[tokio::test]
async fn a_removal_counts_only_once_microsoft_took_it() {
    let mut bench = Bench::new("sent again").await;
    bench.go_on(Some("secret-done")).await;
    bench.plan(REMOVE, 1, status(403));
    answers(&bench, SECRETS, &[false, true, true]);
    let view = bench.press(Request::Undo).await;
    assert_eq!(view.page.heading, "The secret was removed");
    assert_eq!(bench.secrets(), 0);
    let mut bench = Bench::new("refused again").await;
    bench.go_on(Some("secret-done")).await;
    bench.plan(REMOVE, 2, status(403));
    answers(&bench, SECRETS, &[false, true, true]);
    let view = bench.press(Request::Undo).await;
    assert!(view.page.key.starts_with("problem-"), "{}", view.page.key);
    assert_eq!(bench.secrets(), 1);
}

/// The step is entered again while a new secret isn't taken yet: one list without it takes nothing from it.
#[tokio::test]
async fn a_secret_stays_held_where_one_list_lacks_it() {
    let mut bench = Bench::new("held").await;
    bench.go_on(Some("secret")).await;
    let refused = Answer {
        aadsts: Some(7_000_215),
        ..status(401)
    };
    bench.plan("POST /token (client credentials)", 25, refused);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "problem-secret.not-accepted");
    let before = keys(&bench);
    answers(&bench, SECRETS, &[true]);
    bench.press(Request::TryAgain).await;
    bench.go_on(None).await;
    assert_eq!(keys(&bench), before);
}

/// A secret whose value got lost on its way is found, and named in the plan, behind stale lists as well.
#[tokio::test]
async fn a_lost_secret_is_found_behind_stale_lists() {
    let cut = Answer {
        drop: true,
        takes_effect: true,
        ..Answer::default()
    };
    let slow_down = Answer {
        retry_after: Some(2),
        takes_effect: true,
        ..status(429)
    };
    // What is read before the secret is made is another call, so each of these comes after it.
    let ways: [(Answer, &[bool]); 3] = [
        (cut, &[true, true]),
        (slow_down.clone(), &[true]),
        (slow_down, &[false, true]),
    ];
    for (number, (answer, reads)) in ways.into_iter().enumerate() {
        let mut bench = Bench::new(&format!("lost {number}")).await;
        bench.go_on(Some("secret")).await;
        bench.plan(ADD, 1, answer);
        answers(&bench, SECRETS, reads);
        for _ in 0..3 {
            let view = bench.press(Request::Commit).await;
            if view.page.key.starts_with("problem-") {
                bench.press(Request::TryAgain).await;
            }
            if bench.session().page() != "secret" {
                break;
            }
            assert_eq!(
                titles(&mut bench)[0],
                "One lost secret, removed first",
                "{number}"
            );
        }
        assert_eq!(bench.session().page(), "secret-done", "{number}");
        assert_eq!(bench.secrets(), 1, "{number}");
        bench.go_on(None).await;
        assert_eq!(bench.secrets(), 1, "{number}");
    }
}

/// An app that two stale answers don't show isn't given up, and its secret's value stays where it is.
#[tokio::test]
async fn an_app_that_stale_answers_hide_is_not_given_up() {
    let mut bench = Bench::new("given up").await;
    bench.go_on(Some("secret-done")).await;
    let (before, app) = (keys(&bench), bench.app());
    let unseen = Answer {
        code: Some("Request_ResourceNotFound".into()),
        ..status(404)
    };
    bench.plan(SECRETS, 13, unseen);
    // It is told as gone once no look shows it for as long as replication may take; two more are stale after that.
    bench.plan(STANDING, 13 + 2, stale());
    let view = bench.press(Request::Undo).await;
    assert_eq!(view.page.key, "problem-app.gone");
    bench.press(Request::TryAgain).await;
    bench.go_on(None).await;
    assert_eq!((bench.ours(), bench.app()), (1, app));
    assert_eq!(keys(&bench), before);
}
