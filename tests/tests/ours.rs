//! Only what is ours: look-alikes, forged notes, answers that lie and clocks that are wrong, against the practice
//! organisation. Whatever the wizard is made to do, nothing of anybody else's changes, and nothing counts as removed
//! that still lives.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::time::Duration;

use jiff::SignedDuration;
use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::colleague::text;
use practice::{Answer, Handle};
use reqwest::Method;
use rpc::request::Request;
use rpc::view::{Content, View};
use serde_json::{Value, json};

fn status(status: u16) -> Answer {
    Answer {
        status: Some(status),
        ..Answer::default()
    }
}

fn unseen() -> Answer {
    Answer {
        code: Some("Request_ResourceNotFound".into()),
        ..status(404)
    }
}

/// Microsoft Graph's application id.
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

fn label(view: &View) -> &str {
    view.page.actions.first().map_or("", |action| &action.label)
}

fn will(view: &View) -> Vec<String> {
    match &view.page.content {
        Content::Plan { plan, .. } => plan.will.iter().map(|line| line.title.clone()).collect(),
        other => panic!("no plan: {other:?}"),
    }
}

/// Everything of the organisation but its time and what was asked of it, for comparing.
fn state(handle: &Handle) -> Value {
    let mut state = serde_json::to_value(handle.snapshot()).unwrap();
    for name in ["now", "requests"] {
        state.as_object_mut().unwrap().remove(name);
    }
    state
}

#[tokio::test]
async fn an_app_that_lost_its_marks_is_not_deleted() {
    let mut bench = Bench::new("marks").await;
    bench.go_on(Some("app-done")).await;
    let (object, _) = bench.app();
    let path = format!("applications/{object}");
    let colleague = bench.colleague().await;
    colleague
        .graph(Method::PATCH, &path, Some(json!({ "tags": ["Payroll"] })))
        .await
        .unwrap();
    let before = state(&bench.handle);
    let view = bench.press(Request::Undo).await;
    assert_eq!(view.page.key, "problem-app.not-ours");
    assert!(state(&bench.handle) == before, "the organisation changed");
}

/// What is added to an app is added only while it carries our marks, and a grant of another's stays.
#[tokio::test]
async fn nothing_is_added_to_or_taken_from_an_app_that_lost_its_marks() {
    let mut bench = Bench::new("marks later").await;
    bench.go_on(Some("permissions")).await;
    let (object, client) = bench.app();
    let colleague = bench.colleague().await;
    let principals = format!("servicePrincipals?$filter=appId eq '{client}'");
    let found = colleague.graph(Method::GET, &principals, None).await.unwrap();
    let principal = text(found["value"].get(0), "id").unwrap();
    let tags = json!({ "tags": ["Payroll"] });
    let path = format!("applications/{object}");
    colleague.grant(&principal, GRAPH, "Mail.Read").await.unwrap();
    bench.press(Request::Check).await;
    let path_of_grants = format!("servicePrincipals/{principal}/appRoleAssignments");
    let grants = async || {
        let held = colleague.graph(Method::GET, &path_of_grants, None).await.unwrap();
        let held = held["value"].as_array().unwrap().iter();
        held.filter_map(|grant| text(Some(grant), "id"))
            .collect::<Vec<_>>()
    };
    let id = grants().await.remove(0);
    let marks = colleague.graph(Method::GET, &path, None).await.unwrap();
    colleague
        .graph(Method::PATCH, &path, Some(tags.clone()))
        .await
        .unwrap();
    let view = bench.press(Request::RemoveGrant { id: id.clone() }).await;
    assert_eq!(view.page.key, "problem-app.not-ours", "{:?}", view.page);
    assert_eq!(grants().await, [id]);

    // Without its enterprise application, the wizard would make another one.
    let own = json!({ "tags": marks["tags"] });
    colleague.graph(Method::PATCH, &path, Some(own)).await.unwrap();
    colleague
        .graph(Method::DELETE, &format!("servicePrincipals/{principal}"), None)
        .await
        .unwrap();
    bench.wait(120);
    bench.press(Request::GoTo { step: "app".into() }).await;
    let view = bench.press(Request::Check).await;
    assert_eq!(view.page.key, "problem-app.principal-gone");
    bench.press(Request::TryAgain).await;
    colleague.graph(Method::PATCH, &path, Some(tags)).await.unwrap();
    bench.wait(120);
    let before = state(&bench.handle);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "problem-app.not-ours", "{:?}", view.page);
    assert!(state(&bench.handle) == before, "the organisation changed");
}

/// Somebody registers the name first, by hand: it isn't taken over, and neither name, audience nor tags change.
#[tokio::test]
async fn a_look_alike_with_our_name_stays_as_it_is() {
    let mut bench = Bench::new("look-alike").await;
    bench.go_on(Some("app")).await;
    let folder = bench.journal().parent().unwrap().to_owned();
    let connection = folder.file_name().unwrap().to_string_lossy().into_owned();
    let colleague = bench.colleague().await;
    let app = json!({ "displayName": "Payroll", "signInAudience": "AzureADMultipleOrgs", "uniqueName": format!("mailgrant-{connection}"), "tags": ["Payroll"] });
    colleague
        .graph(Method::POST, "applications", Some(app))
        .await
        .unwrap();
    bench.handle.advance(Duration::from_secs(10));
    let before = state(&bench.handle);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "problem-app.reserved");
    assert!(state(&bench.handle) == before, "the organisation changed");
}

#[tokio::test]
async fn a_deleted_app_is_restored_once_the_plan_says_so() {
    let mut bench = Bench::new("restore").await;
    bench.go_on(Some("app-done")).await;
    let (object, _) = bench.app();
    let view = bench.press(Request::Undo).await;
    assert_eq!(view.page.heading, "The app registration was deleted");
    assert!(view.page.lead.unwrap().contains("Restorable until"));
    assert_eq!(label(&bench.session().view()), "Restore the app registration");
    assert!(will(&bench.session().view())[0].contains("restored"));
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "app-done");
    assert_eq!(bench.app().0, object, "another app was made");
    bench.go_on(None).await;
    assert_eq!(bench.secrets(), 1);
}

/// One stale 404, one page instead of an answer: neither makes an app count as gone while it lives.
#[tokio::test]
async fn a_removal_counts_only_once_it_is_read_back() {
    for (number, lie) in [
        unseen(),
        Answer {
            captive_portal: true,
            ..Answer::default()
        },
        status(204),
    ]
    .into_iter()
    .enumerate()
    {
        let mut bench = Bench::new(&format!("stale {number}")).await;
        bench.go_on(Some("app-done")).await;
        bench.plan("DELETE /applications/{id}", 1, lie);
        let view = bench.press(Request::Undo).await;
        assert!(
            view.page.key.starts_with("problem-"),
            "{number}: {}",
            view.page.key
        );
        assert_eq!(bench.ours(), 1);
        let view = bench.press(Request::TryAgain).await;
        assert_eq!(view.page.heading, "The app registration was deleted");
        assert_eq!(live(&bench), 0);
    }
}

fn live(bench: &Bench) -> usize {
    let state = state(&bench.handle);
    let apps = state["applications"].as_array().unwrap();
    apps.iter()
        .filter(|app| app["foreign"] == false && app["deleted"].as_bool() != Some(true))
        .count()
}

#[tokio::test]
async fn a_secret_counts_as_removed_only_once_it_is_read_back() {
    for (number, lie) in [unseen(), status(204)].into_iter().enumerate() {
        let mut bench = Bench::new(&format!("stale secret {number}")).await;
        bench.go_on(Some("secret-done")).await;
        bench.plan("POST /applications/{id}/removePassword", 1, lie);
        let view = bench.press(Request::Undo).await;
        assert!(
            view.page.key.starts_with("problem-"),
            "{number}: {}",
            view.page.key
        );
        assert_eq!(bench.secrets(), 1);
        let view = bench.press(Request::TryAgain).await;
        assert_eq!(view.page.heading, "The secret was removed");
        assert_eq!(bench.secrets(), 0);
    }
}

/// A request to slow down that had taken effect: the secret is found by its tag, shown in the plan, removed, and one is
/// made, whatever the answer was.
#[tokio::test]
async fn a_secret_made_behind_a_refusal_is_found_before_another_is_made() {
    for (number, answer) in [
        Answer {
            retry_after: Some(2),
            takes_effect: true,
            ..status(429)
        },
        Answer {
            retry_after: Some(600),
            takes_effect: true,
            ..status(429)
        },
        Answer {
            takes_effect: true,
            ..status(503)
        },
        Answer {
            takes_effect: true,
            ..unseen()
        },
    ]
    .into_iter()
    .enumerate()
    {
        let mut bench = Bench::new(&format!("429 {number}")).await;
        bench.go_on(Some("secret")).await;
        bench.plan("POST /applications/{id}/addPassword", 1, answer);
        let mut view = bench.press(Request::Commit).await;
        if view.page.key.starts_with("problem-") {
            view = bench.press(Request::TryAgain).await;
        }
        assert_eq!(view.page.key, "secret", "{number}");
        assert_eq!(will(&view)[0], "One lost secret, removed first", "{number}");
        assert_eq!(bench.secrets(), 1);
        let view = bench.press(Request::Commit).await;
        assert_eq!(view.page.key, "secret-done", "{number}");
        assert_eq!(bench.secrets(), 1, "{number}");
        bench.go_on(None).await;
        assert_eq!(bench.secrets(), 1);
    }
}

/// A secret that is only to be looked at is gone: none is made behind the button that said nothing of it.
#[tokio::test]
async fn a_secret_that_is_gone_is_made_anew_once_the_plan_says_so() {
    let mut bench = Bench::new("gone secret").await;
    bench.go_on(Some("secret")).await;
    bench.plan("POST /token (client credentials)", 1, status(400));
    let view = bench.press(Request::Commit).await;
    assert!(view.page.key.starts_with("problem-"), "{}", view.page.key);
    assert_eq!(bench.secrets(), 1);
    let (object, _) = bench.app();
    let snapshot = bench.handle.snapshot();
    let app = snapshot.applications.iter().find(|app| !app.foreign).unwrap();
    let key = json!({ "keyId": app.passwords[0].key_id });
    let path = format!("applications/{object}/removePassword");
    let colleague = bench.colleague().await;
    colleague.graph(Method::POST, &path, Some(key)).await.unwrap();
    bench.wait(120);
    let view = bench.press(Request::TryAgain).await;
    assert_eq!(view.page.key, "secret", "{:?}", view.page);
    assert!(will(&view)[0].contains("secret"), "{:?}", will(&view));
    assert_eq!(bench.secrets(), 0);
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "secret-done");
    assert_eq!(bench.secrets(), 1);
}

/// A request to slow down that took no effect is waited out, and one secret is made.
#[tokio::test]
async fn a_refused_secret_is_asked_for_again_by_itself() {
    let mut bench = Bench::new("slow").await;
    bench.go_on(Some("secret")).await;
    bench.plan(
        "POST /applications/{id}/addPassword",
        2,
        Answer {
            retry_after: Some(2),
            ..status(429)
        },
    );
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "secret-done");
    assert_eq!(bench.secrets(), 1);
}

/// Wrong by one and by ten years, either way: stopped before anything is made, and both times are named.
#[tokio::test]
async fn a_wrong_clock_stops_before_anything_is_made() {
    for days in [365, -365, 3652, -3652] {
        let mut bench = Bench::new(&format!("clock {days}")).await;
        *bench.time.lock().unwrap() += SignedDuration::from_hours(24 * days);
        let view = bench.go_on(Some("problem-clock.wrong")).await;
        assert_eq!(view.page.key, "problem-clock.wrong", "{days}");
        let Content::Problem { facts, .. } = &view.page.content else {
            panic!("{:?}", view.page)
        };
        assert!(facts[0].value.contains("22 November 2026"), "{}", facts[0].value);
        assert_eq!(bench.ours(), 0);
        // And a clock that goes wrong on the way stops the next thing that would be made.
        *bench.time.lock().unwrap() -= SignedDuration::from_hours(24 * days);
        bench.press(Request::TryAgain).await;
        bench.go_on(Some("secret")).await;
        *bench.time.lock().unwrap() += SignedDuration::from_hours(24 * days);
        bench.press(Request::Commit).await;
        assert_eq!(bench.secrets(), 0, "{days}");
        assert_eq!(bench.session().page(), "problem-clock.wrong", "{days}");
    }
}

/// Where the app is deleted, deleted for good, without its enterprise application or switched off, each step says so,
/// and its button leads back to a finished journey.
#[tokio::test]
async fn an_app_that_is_gone_or_off_is_recognised_at_every_step() {
    let steps = ["app-done", "permissions", "secret", "limit", "limit-done"];
    let fates = ["deleted", "purged", "principal", "off"];
    for at in steps {
        for fate in fates {
            // From the limit on, the proof reads it with everything else and names it itself (`drift/ways/app.rs`).
            if fate == "off" && at.starts_with("limit") {
                continue;
            }
            let mut bench = Bench::new(&format!("{at} {fate}")).await;
            bench.go_on(Some(at)).await;
            let (object, client) = bench.app();
            let colleague = bench.colleague().await;
            let app = format!("applications/{object}");
            let principal = format!("servicePrincipals(appId='{client}')");
            let gone = format!("directory/deletedItems/{object}");
            match fate {
                "deleted" => drop(colleague.graph(Method::DELETE, &app, None).await.unwrap()),
                "purged" => {
                    colleague.graph(Method::DELETE, &app, None).await.unwrap();
                    colleague.graph(Method::DELETE, &gone, None).await.unwrap();
                }
                "principal" => drop(colleague.graph(Method::DELETE, &principal, None).await.unwrap()),
                _ => {
                    let off = json!({ "accountEnabled": false });
                    colleague
                        .graph(Method::PATCH, &principal, Some(off))
                        .await
                        .unwrap();
                }
            }
            let expected: &[&str] = match fate {
                "deleted" => &["problem-app.deleted"],
                "purged" => &["problem-app.gone"],
                "principal" => &["problem-app.principal-gone"],
                _ => &["problem-app.disabled"],
            };
            let mut met = Vec::new();
            for _ in 0..12 {
                let outcome = bench.session().go_on(None, MAILBOXES, REFUSED).await;
                let page = bench.session().page();
                if !page.starts_with("problem-") {
                    outcome.unwrap_or_else(|error| panic!("{at} {fate}: {error}"));
                    break;
                }
                met.push(page);
                if fate == "off" {
                    let on = json!({ "accountEnabled": true });
                    colleague
                        .graph(Method::PATCH, &principal, Some(on))
                        .await
                        .unwrap();
                }
                bench.press(Request::TryAgain).await;
            }
            assert_eq!(bench.session().page(), "exported", "{at} {fate}: {met:?}");
            assert_eq!(met, expected, "{at} {fate}");
            assert_eq!(live(&bench), 1, "{at} {fate}");
            assert_eq!(bench.secrets(), 1, "{at} {fate}");
        }
    }
}

/// Ten kinds of notes that aren't this computer's own. Each opens to be looked at at most; whatever is pressed then,
/// nothing in the organisation changes.
#[tokio::test]
async fn notes_from_elsewhere_change_nothing() {
    let mut bench = Bench::new("forged").await;
    bench.go_on(Some("limit-done")).await;
    let path = bench.journal();
    let text = std::fs::read_to_string(&path).unwrap();
    drop(bench.session.take());
    let bodies: Vec<&str> = text.lines().map(|line| line.split_once(' ').unwrap().1).collect();
    let foreign = bench
        .handle
        .snapshot()
        .applications
        .iter()
        .find(|app| app.foreign)
        .map(|app| (app.id.clone(), app.app_id.clone()))
        .unwrap();
    let (object, client) = bench.app();
    let swapped = |text: &str| text.replace(&object, &foreign.0).replace(&client, &foreign.1);
    let unsigned = |bodies: &[String]| {
        use sha2::Digest;
        let mut tail = "mailgrant-journal-1".to_owned();
        let mut text = String::new();
        for body in bodies {
            let digest = sha2::Sha256::new()
                .chain_update(&tail)
                .chain_update(b"\n")
                .chain_update(body)
                .finalize();
            tail = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            text.push_str(&format!("{tail} {body}\n"));
        }
        text
    };
    let owned: Vec<String> = bodies.iter().map(|body| (*body).to_owned()).collect();
    let first = text.lines().next().unwrap().to_owned();
    let zeros = |bodies: &[String]| {
        let line = |body: &String| format!("h{} {body}\n", "0".repeat(64));
        bodies.iter().map(line).collect::<String>()
    };
    let mut without = text.lines().map(str::to_owned).collect::<Vec<_>>();
    without.remove(3);
    let mut twice = text.lines().map(str::to_owned).collect::<Vec<_>>();
    twice.push(twice.last().unwrap().clone());
    let proved = format!(
        "{}{} {}\n",
        text,
        &first[..65],
        r#"{"at":"2026-11-22T11:30:00Z","event":"app-checked"}"#
    );
    let kinds: Vec<(&str, String)> = vec![
        ("a stranger's app in signed notes", swapped(&text)),
        ("a stranger's app in old notes", swapped(&unsigned(&owned))),
        ("old notes of our own app", unsigned(&owned)),
        ("signed by nobody", zeros(&owned)),
        ("a line taken out", without.join("\n") + "\n"),
        ("a line twice", twice.join("\n") + "\n"),
        ("a line added", proved),
        ("other mailboxes", text.replace("support@", "ceo@")),
        (
            "another connection's id",
            text.replace(&bodies[0][40..60], &bodies[0][41..61]),
        ),
        ("nothing at all", String::new()),
    ];
    let before = state(&bench.handle);
    let mut looked_at = 0;
    for (kind, forged) in kinds {
        assert_ne!(forged, text, "{kind}");
        std::fs::write(&path, &forged).unwrap();
        let view = bench.reopen().await;
        let Content::Connections { first, .. } = &view.page.content else {
            panic!("{kind}: {:?}", view.page)
        };
        let card = first.clone().unwrap();
        assert!(
            card.finding.word == "Only to look at" || card.finding.word == "Problem",
            "{kind}: {:?}",
            card.finding
        );
        let view = bench.press(Request::OpenConnection { id: card.id.clone() }).await;
        if view.page.key != "connections" {
            looked_at += 1;
            assert_eq!(view.page.key, "problem-journal.read-only", "{kind}");
        }
        for request in [
            Request::TryAgain,
            Request::Commit,
            Request::Undo,
            Request::UndoAfterAll,
            Request::GoTo { step: "limit".into() },
            Request::UndoAfterAll,
            Request::TryAgain,
            Request::GoTo {
                step: "secret".into(),
            },
            Request::UndoAfterAll,
            Request::TryAgain,
            Request::GoTo { step: "app".into() },
            Request::UndoAfterAll,
            Request::Check,
        ] {
            let pressed = format!("{request:?}");
            bench.press(request).await;
            let after = state(&bench.handle);
            for (what, held) in before.as_object().unwrap() {
                assert!(after[what] == *held, "{kind}: {pressed} changed {what}");
            }
        }
        drop(bench.session.take());
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            forged,
            "{kind}: the notes were written to"
        );
    }
    assert!(looked_at >= 7, "only {looked_at} could be looked at");
    // Its own notes, put back, are believed again.
    std::fs::write(&path, &text).unwrap();
    let view = bench.reopen().await;
    let Content::Connections { first, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_ne!(first.as_ref().unwrap().finding.word, "Only to look at");
}

/// After the export, taking something back asks first, and says afterwards when it was.
#[tokio::test]
async fn what_a_platform_may_use_is_taken_back_only_after_a_question() {
    let mut bench = Bench::new("asks").await;
    bench.go_on(None).await;
    bench
        .press(Request::GoTo {
            step: "secret".into(),
        })
        .await;
    let view = bench.press(Request::Undo).await;
    assert_eq!(view.page.key, "asking-undo");
    assert_eq!(label(&view), "Keep it");
    assert_eq!(bench.secrets(), 1);
    let kept = bench.press(view.page.actions[0].request.clone()).await;
    assert_eq!((kept.page.key.as_str(), bench.secrets()), ("secret-done", 1));
    bench.press(Request::Undo).await;
    let view = bench.press(Request::UndoAfterAll).await;
    if view.page.key == "sign-in" {
        panic!("nobody is signed in");
    }
    assert_eq!(view.page.heading, "The secret was removed");
    assert!(view.page.lead.unwrap().starts_with("Removed at "));
    assert_eq!(bench.secrets(), 0);
}

/// Off the list and back: what lives on is named, nothing in the organisation changes, and the secret still works.
#[tokio::test]
async fn a_connection_leaves_the_list_and_comes_back() {
    let mut bench = Bench::new("list").await;
    bench.go_on(None).await;
    let view = bench.press(Request::ShowConnections).await;
    let Content::Connections { first, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let id = first.as_ref().unwrap().id.clone();
    let before = state(&bench.handle);
    let view = bench.press(Request::ForgetConnection { id: id.clone() }).await;
    assert_eq!(view.page.key, "asking-take-off");
    assert_eq!(label(&view), "Undo it in Microsoft 365 first");
    let Content::Plan { plan, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(plan.wont.len(), 3, "{:?}", plan.wont);
    let view = bench.press(Request::TakeOff { id: id.clone() }).await;
    let Content::Connections { first, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(first.as_ref().unwrap().finding.word, "Taken off");
    let view = bench
        .press(first.as_ref().unwrap().actions[0].request.clone())
        .await;
    let Content::Connections { first, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(first.as_ref().unwrap().finding.word, "Handed over");
    assert!(state(&bench.handle) == before, "the organisation changed");
    let view = bench.press(Request::UndoFirst { id }).await;
    assert!(
        ["limit-done", "sign-in"].contains(&view.page.key.as_str()),
        "{}",
        view.page.key
    );
}

/// What hangs on something else is not taken back, whatever the window sends.
#[tokio::test]
async fn an_app_with_a_secret_is_not_deleted() {
    let mut bench = Bench::new("order").await;
    bench.go_on(Some("secret-done")).await;
    bench.press(Request::GoTo { step: "app".into() }).await;
    let view = bench.press(Request::UndoAfterAll).await;
    assert_eq!(view.page.key, "problem-undo.not-yet");
    assert_eq!(live(&bench), 1);
}
