//! A network that breaks, stalls or answers with something else, and a Microsoft that does.

use std::sync::Arc;

use domain::trace::Trace;
use journeys::headless::{Headless, Start, step};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use practice::{Answer, ClockKind, Options};
use rpc::request::Request;

use crate::bench::{Bench, DANA, Plans, at, fact, status, told_well};

/// What makes something, in the order of the journey: the call and the step that makes it.
const MAKING: [(&str, &str); 6] = [
    ("PATCH /applications(uniqueName)", "app"),
    ("POST /servicePrincipals", "app"),
    ("POST /applications/{id}/addPassword", "secret"),
    ("Exchange New-ServicePrincipal", "limit"),
    ("Exchange New-ManagementScope", "limit"),
    ("Exchange New-ManagementRoleAssignment", "limit"),
];

/// One journey in which every call that makes something meets the same trouble once.
async fn every_making_call_meets(answer: Answer) -> (Bench, Vec<(String, String)>) {
    let mut bench = Bench::new(DANA).await;
    for (call, _) in MAKING {
        bench.plan(call, 1, answer.clone());
    }
    let met = bench.whatever_comes().await;
    bench.all_is_well();
    assert!(
        bench.plans.lock().unwrap().iter().all(|(_, left, _)| *left == 0),
        "a trouble never struck"
    );
    (bench, met)
}

/// The first call writes what it would write again, so it is repeated silently; the others are told.
const ALL_BUT_THE_FIRST: [&str; 5] = ["app", "secret", "limit", "limit", "limit"];

#[tokio::test]
async fn a_fault_of_microsofts_before_it_acted_makes_nothing_twice() {
    let (_, met) = every_making_call_meets(status(500)).await;
    assert_eq!(met, at("network.fault", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn a_fault_of_microsofts_after_it_acted_makes_nothing_twice() {
    let (_, met) = every_making_call_meets(Answer {
        takes_effect: true,
        ..status(500)
    })
    .await;
    assert_eq!(met, at("network.fault", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn a_connection_that_breaks_before_microsoft_acted_makes_nothing_twice() {
    let (_, met) = every_making_call_meets(Answer {
        drop: true,
        ..Answer::default()
    })
    .await;
    assert_eq!(met, at("network.unreachable", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn a_connection_that_breaks_after_microsoft_acted_makes_nothing_twice() {
    let answer = Answer {
        drop: true,
        takes_effect: true,
        ..Answer::default()
    };
    let (_, met) = every_making_call_meets(answer).await;
    assert_eq!(met, at("network.unreachable", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn half_an_answer_is_told_and_makes_nothing_twice() {
    let (_, met) = every_making_call_meets(Answer {
        truncate: true,
        ..Answer::default()
    })
    .await;
    assert_eq!(met, at("network.unexpected", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn the_page_of_a_guest_network_is_told_as_one() {
    let (_, met) = every_making_call_meets(Answer {
        captive_portal: true,
        ..Answer::default()
    })
    .await;
    assert_eq!(met, at("network.unexpected", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn a_short_request_to_slow_down_is_waited_out() {
    let mut untroubled = Bench::new(DANA).await;
    assert_eq!(untroubled.whatever_comes().await, []);
    untroubled.all_is_well();
    let (bench, met) = every_making_call_meets(Answer {
        retry_after: Some(2),
        ..status(429)
    })
    .await;
    assert_eq!(met, []);
    let time = |bench: &Bench| {
        bench
            .handle
            .snapshot()
            .now
            .parse::<jiff::Timestamp>()
            .unwrap()
            .as_second()
    };
    let waited = time(&bench) - time(&untroubled);
    assert!(waited >= 2 * 6, "waited {waited} s for six requests to wait 2 s");
}

#[tokio::test]
async fn a_long_request_to_slow_down_is_shown_with_its_time() {
    let mut bench = Bench::new(DANA).await;
    let slow = Answer {
        retry_after: Some(600),
        ..status(429)
    };
    for (call, _) in MAKING {
        bench.plan(call, 1, slow.clone());
    }
    let view = bench.meets("network.throttled").await;
    // The organisation's clock stands at half past ten, give or take a wait.
    assert!(
        fact(&view, "Try again from").contains("10:4"),
        "{:?}",
        fact(&view, "Try again from")
    );
    assert_eq!(fact(&view, "Who can fix it"), "Microsoft. Waiting usually helps.");
    let met = bench.whatever_comes().await;
    let steps: Vec<&str> = MAKING.iter().map(|(_, step)| *step).collect();
    assert_eq!(met, at("network.throttled", &steps));
    bench.all_is_well();
}

#[tokio::test]
async fn without_a_network_nothing_is_lost_and_the_journey_goes_on_later() {
    let state = tempfile::tempdir().unwrap();
    let options = |start: &str| Options {
        clock: ClockKind::Explicit {
            start: start.parse().unwrap(),
        },
        mailboxes: 300,
        state: Some(state.path().to_owned()),
        ..Options::default()
    };
    let handle = practice::start(options("2026-11-22T10:30:00Z")).await.unwrap();
    let mut bench = Bench::with(handle, DANA).await;
    bench.go_on(Some("limit")).await;
    // Nobody listens there any more.
    let Bench {
        handle,
        mut session,
        data,
        export,
        ..
    } = bench;
    let handle = Arc::into_inner(handle).expect("nobody else holds it");
    handle.stop().await;
    let view = session.press(Request::Commit).await.unwrap();
    assert_eq!(view.page.key, "problem-network.unreachable");
    told_well(&view);
    assert_eq!(step(&view), "limit");
    let view = session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "problem-network.unreachable");
    drop(session);

    // The organisation is there again, at another address, as a laptop would find it the next day.
    let handle = Arc::new(practice::start(options("2026-11-23T09:00:00Z")).await.unwrap());
    let organisation = Organisation::from(&*handle);
    let clock = clock_of(&organisation).await.unwrap();
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(DANA),
        data: data.path(),
        export: export.path(),
        keychain: "mailgrant problems test",
        clock: clock.clone(),
        trace: Trace::default(),
    });
    // The first window's lock ends with its thread, a moment after it.
    for _ in 0..200 {
        if session.page() != "problem-instance.second" {
            break;
        }
        session.press(Request::TryAgain).await.unwrap();
    }
    session.go_on(None, "", "").await.unwrap();
    assert_eq!(session.page(), "exported");
    let (plans, typed) = (Plans::default(), session.typed);
    assert_eq!(typed, 0, "something was typed again");
    session.typed = 2;
    let bench = Bench {
        handle,
        organisation,
        session,
        clock,
        plans,
        data,
        export,
    };
    bench.all_is_well();
}
