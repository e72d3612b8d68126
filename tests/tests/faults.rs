//! Every remote call of an onboarding and of a full undo goes wrong in twenty ways, one at a time. Each run comes to
//! its end with nothing made twice, and back with nothing left over.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use journeys::faults;
use journeys::tour::say;

const WORKERS: usize = 2;

/// Every call, and every fault at a tenth of the calls, each pair in its turn. All pairs take minutes: `cargo xtask faults`
/// asks for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_at_any_call_leads_to_the_end_and_back() {
    let all = std::env::var_os("MAILGRANT_EVERY_FAULT").is_some();
    strike(|call, fault| all || (call + fault) % 10 == 0).await;
}

async fn strike(chosen: impl Fn(usize, usize) -> bool) {
    let whole = faults::whole("faults whole").await.unwrap();
    let kinds = faults::faults();
    let runs: Vec<(usize, usize)> = (1..=whole.calls.len())
        .flat_map(|call| (0..kinds.len()).map(move |fault| (call, fault)))
        .filter(|(call, fault)| chosen(*call, *fault))
        .collect();
    let enumerated = runs.len();
    let (runs, kinds, next) = (Arc::new(runs), Arc::new(kinds), Arc::new(AtomicUsize::new(0)));
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (runs, kinds, next) = (Arc::clone(&runs), Arc::clone(&kinds), Arc::clone(&next));
            tokio::spawn(async move {
                let (mut executed, mut failures) = (0, Vec::new());
                while let Some((call, fault)) = runs.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let (name, answer) = &kinds[*fault];
                    let bench = format!("faults {call} {fault}");
                    if let Err(why) = faults::with(*call, answer, &bench).await {
                        failures.push(format!("call {call}, {name}: {why}"));
                    }
                    executed += 1;
                }
                (executed, failures)
            })
        })
        .collect();
    let (mut executed, mut failures) = (0, Vec::new());
    for worker in workers {
        let (done, failed) = worker.await.unwrap();
        executed += done;
        failures.extend(failed);
    }
    // Past the test runner, which would keep it to itself.
    say(&format!(
        "faults: {} calls to the export and {} back, enumerated {enumerated}, executed {executed}, violations {}",
        whole.onboarding,
        whole.calls.len() - whole.onboarding,
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(executed, enumerated);
}
