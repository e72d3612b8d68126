//! The verification of many mailboxes stops before Microsoft's limits, not because of them. Only calls, waits and refusals
//! are counted; how long it takes is for `cargo xtask bench`.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::Arc;
use std::time::Duration;

use journeys::many::Many;
use practice::{ClockKind, Options};

const HOW_MANY: usize = 300;

async fn many() -> Many {
    let options = Options {
        clock: ClockKind::Explicit {
            start: "2026-11-22T10:30:00Z".parse().unwrap(),
        },
        ..Options::default()
    };
    let handle = practice::start(options).await.unwrap();
    Many::begin(Arc::new(handle), HOW_MANY).await.unwrap()
}

/// Ten cmdlets in a call and twenty probes in a call, and not one call more than the list of a scope takes.
#[tokio::test]
async fn it_takes_as_few_calls_as_there_can_be_and_waits_for_nothing() {
    let took = many().await.verify().await.unwrap();
    let cmdlets = 5 + 2 * HOW_MANY.div_ceil(40);
    let tests = 1 + 2 * HOW_MANY;
    assert_eq!(took.exchange, cmdlets.div_ceil(10) + tests.div_ceil(10));
    assert_eq!(took.graph, (2 * HOW_MANY).div_ceil(20));
    assert_eq!((took.proven, took.slowed), (HOW_MANY, 0));
    assert_eq!(took.waited, Duration::ZERO);
}

/// A thousand calls in five minutes is what the practice organisation lets Exchange take. When they are used up in the
/// middle, the rest is asked for once the window ends.
#[tokio::test]
async fn it_waits_for_the_end_of_a_window_and_is_never_told_to() {
    let many = many().await;
    many.use_up(970).await.unwrap();
    let took = many.verify().await.unwrap();
    assert_eq!((took.proven, took.slowed), (HOW_MANY, 0));
    assert_eq!(took.waited, Duration::from_secs(300));
}
