//! Every remote call of a renewal goes wrong, one at a time and in one of twenty ways, while a platform reads mail four times a
//! second. None of its calls fails, and the renewal comes to its end with what it may take for that: pressing on.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use journeys::Outcome;
use journeys::bench::Bench;
use journeys::faults::faults;
use journeys::renew::{self, To};
use journeys::tour::say;
use practice::Answer;
use rpc::request::Request;

const WORKERS: usize = 2;
/// A reader who meets one fault presses this often at most before the work goes on.
const MOST_PRESSES: usize = 12;

/// What one renewal told.
struct Lived {
    calls: usize,
    of_platform: usize,
}

/// Renews with a fault at one call, from 1, or without any.
async fn live(name: &str, fault: Option<(usize, &Answer)>) -> Outcome<Lived> {
    let mut bench = Bench::handed_over(name).await;
    let platform = bench.platform();
    let first = bench.sent().len();
    if let Some((call, answer)) = fault {
        bench.plan_number(first + call, answer.clone());
    }
    press_on(&mut bench, To::TheFile).await?;
    platform.given(&bench.bundle())?;
    platform.moved().await?;
    press_on(&mut bench, To::TheEnd).await?;
    platform.round().await?;
    let report = platform.stop().await;
    let calls = bench.sent().len() - first;
    let (secrets, changed) = (bench.secrets(), bench.handle.snapshot().foreign_changes.len());
    let struck = fault.is_none_or(|(call, _)| call <= calls);
    bench.end().await;
    if !report.failed.is_empty() {
        return Err(format!(
            "{} calls failed: {:?}",
            report.failed.len(),
            report.failed.first()
        ));
    }
    if (secrets, changed) != (1, 0) {
        return Err(format!(
            "{secrets} secrets are left, {changed} of somebody else's changed"
        ));
    }
    if !struck {
        return Err("the call was never made".into());
    }
    Ok(Lived {
        calls,
        of_platform: report.calls,
    })
}

/// Goes on to there with the button that each problem's page offers first.
async fn press_on(bench: &mut Bench, to: To) -> Outcome {
    let mut last = String::new();
    for _ in 0..MOST_PRESSES {
        match renew::go_on(bench.session(), to).await {
            Ok(()) => return Ok(()),
            Err(why) => last = why,
        }
        let view = bench.session().view();
        if !view.page.key.starts_with("problem-") || view.page.key == "problem-mailgrant.internal" {
            return Err(last);
        }
        let copies = |request: &Request| request.copies();
        let action = view.page.actions.iter().find(|action| !copies(&action.request));
        let action = action.ok_or_else(|| format!("no way on: {last}"))?;
        bench.session().press(action.request.clone()).await?;
    }
    Err(format!("no end: {last}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_at_any_call_costs_the_platform_none_of_its_own() {
    let whole = live("renewal faults whole", None).await.unwrap();
    let kinds = Arc::new(faults());
    // Each call once and each fault about twice; all pairs take an hour and are asked for by name.
    let all = std::env::var_os("MAILGRANT_EVERY_FAULT").is_some();
    let runs: Vec<(usize, usize)> = (1..=whole.calls)
        .flat_map(|call| (0..kinds.len()).map(move |fault| (call, fault)))
        .filter(|(call, fault)| all || (call * 7 + fault) % 20 == 0)
        .collect();
    let enumerated = runs.len();
    let (runs, next) = (Arc::new(runs), Arc::new(AtomicUsize::new(0)));
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (runs, kinds, next) = (Arc::clone(&runs), Arc::clone(&kinds), Arc::clone(&next));
            tokio::spawn(async move {
                let (mut executed, mut calls, mut failures) = (0, 0, Vec::new());
                while let Some((call, fault)) = runs.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let (name, answer) = &kinds[*fault];
                    match live(&format!("renewal faults {call} {fault}"), Some((*call, answer))).await {
                        Ok(lived) => calls += lived.of_platform,
                        Err(why) => failures.push(format!("call {call}, {name}: {why}")),
                    }
                    executed += 1;
                }
                (executed, calls, failures)
            })
        })
        .collect();
    let (mut executed, mut calls, mut failures) = (0, whole.of_platform, Vec::new());
    for worker in workers {
        let (done, called, failed) = worker.await.unwrap();
        executed += done;
        calls += called;
        failures.extend(failed);
    }
    say(&format!(
        "faults in a renewal: {} calls, enumerated {enumerated}, executed {executed}; the platform made {calls} calls; \
         violations {}",
        whole.calls,
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(executed, enumerated);
}
