//! Measures the remote calls of an onboarding without a window against the same calls made by hand.
//!
//! `cargo xtask bench` runs it on its private desktop, because a journey needs a keychain. Practice runs in this
//! process on an explicit clock, which is moved instead of waited for, so that only calls take time.

#![allow(clippy::print_stdout, reason = "what it measures is its output")]

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use domain::trace::{Point, Trace};
use jiff::{SignedDuration, Timestamp};
use journey::Clock;
use journeys::Outcome;
use journeys::bare::{self, Timed, wait_name};
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::reader::Reader;
use practice::{ClockKind, Handle, Options};

/// How often each of the two is measured, in turns: so often that the median of two runs differs by little.
const ROUNDS: usize = 21;
/// The journey's calls may take this much of what the same calls take by hand.
const RATIO_AT_MOST: f64 = 1.2;
/// From the sign-in to the proof, for two mailboxes.
const CALLS_AT_MOST: usize = 28;

const ADMIN: &str = "dana.reyes@contoso.example";
const ALLOWED: [&str; 2] = ["support@contoso.example", "billing@contoso.example"];
const REFUSED: &str = "ceo@contoso.example";

#[tokio::main]
async fn main() -> ExitCode {
    match measure().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            println!("calls: {why}");
            ExitCode::FAILURE
        }
    }
}

/// What an onboarding did.
struct Journey {
    made: Vec<Timed>,
    whole: Duration,
}

/// Measures, prints, and says whether every bound is kept.
async fn measure() -> Outcome<bool> {
    if std::env::var_os("MAILGRANT_PRIVATE_KEYCHAIN").is_none() {
        return Err("it writes to the keychain, so it runs on a private desktop: `cargo xtask bench`".into());
    }
    let (mut ours, mut bare, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let (mut count, mut memory) = (0, None);
    for round in 0..ROUNDS {
        let journey = journey(round).await?;
        if round == 0 {
            memory = resident();
        }
        let by_hand = by_hand().await?;
        same_calls(&journey.made, &by_hand)?;
        count = journey.made.iter().filter(|made| is_call(made)).count();
        whole.push(journey.whole);
        ours.push(sum(&journey.made));
        bare.push(sum(&by_hand));
    }
    let ratio = median(&mut ours).as_secs_f64() / median(&mut bare).as_secs_f64();
    let kept = ratio <= RATIO_AT_MOST;
    let few = count <= CALLS_AT_MOST;
    println!("the journey's remote calls: {}", spread(&mut ours));
    println!("the same calls by hand: {}", spread(&mut bare));
    println!(
        "calls of the journey against by hand: {ratio:.2} (at most {RATIO_AT_MOST}) {}",
        verdict(kept)
    );
    println!(
        "the whole journey, with journal, keychain and sign-in pages: {}",
        spread(&mut whole)
    );
    println!(
        "remote calls from sign-in to proof, two mailboxes: {count} (at most {CALLS_AT_MOST}) {}",
        verdict(few)
    );
    match memory {
        Some(memory) => println!(
            "memory of a session without a window at the end of its journey, practice included: {memory:.1} MB"
        ),
        None => println!("memory of a session: this system doesn't tell"),
    }
    Ok(kept && few)
}

fn verdict(kept: bool) -> &'static str {
    if kept { "PASS" } else { "FAIL" }
}

/// A fresh organisation, the same every time.
async fn organisation() -> Outcome<Arc<Handle>> {
    let start = "2026-11-22T10:30:00Z"
        .parse()
        .map_err(|error| format!("the start: {error}"))?;
    let options = Options {
        clock: ClockKind::Explicit { start },
        ..Options::default()
    };
    let handle = practice::start(options)
        .await
        .map_err(|error| error.to_string())?;
    Ok(Arc::new(handle))
}

/// Onboards as a person would, through the session, to the proof. What sealing reads once more isn't part of it.
async fn journey(round: usize) -> Outcome<Journey> {
    let handle = organisation().await?;
    let organisation = Organisation::from(&*handle);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let made = Arc::new(Mutex::new(Vec::new()));
    let now = organisation.now().await?;
    let begun = Instant::now();
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(ADMIN),
        data: &folder.path().join("data"),
        export: &folder.path().join("export"),
        keychain: &format!("mailgrant bench {round}"),
        clock: clock_of(now, Arc::downgrade(&handle), Arc::clone(&made)),
        trace: trace_to(Arc::clone(&made)),
    });
    session.by_plan = true;
    session
        .go_on(Some("export"), &ALLOWED.join(", "), REFUSED)
        .await?;
    let whole = begun.elapsed();
    drop(session);
    let made = std::mem::take(&mut *made.lock().unwrap_or_else(PoisonError::into_inner));
    stop(handle).await;
    Ok(Journey { made, whole })
}

/// The same calls by hand, on a thread and runtime of their own as the session has.
async fn by_hand() -> Outcome<Vec<Timed>> {
    let handle = organisation().await?;
    let practice = Arc::clone(&handle);
    let made = tokio::task::spawn_blocking(move || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?
            .block_on(bare::onboard(practice, ADMIN, ALLOWED, REFUSED))
    })
    .await
    .map_err(|error| error.to_string())??;
    stop(handle).await;
    Ok(made)
}

async fn stop(handle: Arc<Handle>) {
    // Where a session still winds up, the organisation goes with the process.
    if let Some(handle) = Arc::into_inner(handle) {
        handle.stop().await;
    }
}

/// Times each call from its sending to the end of its answer. The session makes them one after another.
fn trace_to(made: Arc<Mutex<Vec<Timed>>>) -> Trace {
    let sent = Mutex::new(None);
    Trace::to(move |point| match point {
        Point::Sending(_) => {
            *sent.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
        Point::Answered(name) => {
            let sent = sent.lock().unwrap_or_else(PoisonError::into_inner).take();
            let took = sent.map_or(Duration::ZERO, |sent: Instant| sent.elapsed());
            made.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(Timed { name, took });
        }
        Point::Writing(_) | Point::Written(_) => {}
    })
}

/// The organisation's explicit clock, moved in this process: over HTTP it would add calls of its own.
fn clock_of(now: Timestamp, handle: Weak<Handle>, made: Arc<Mutex<Vec<Timed>>>) -> Clock {
    let time = Arc::new(Mutex::new(now));
    let reading = Arc::clone(&time);
    let now = move || *reading.lock().unwrap_or_else(PoisonError::into_inner);
    Clock::new(now, move |pause: Duration| {
        let (time, handle, made) = (Arc::clone(&time), Weak::clone(&handle), Arc::clone(&made));
        Box::pin(async move {
            // The organisation counts whole seconds; a shorter wait is rounded up, never down.
            let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
            let Some(handle) = handle.upgrade() else { return };
            handle.advance(Duration::from_secs(seconds));
            *time.lock().unwrap_or_else(PoisonError::into_inner) +=
                SignedDuration::from_secs(i64::try_from(seconds).unwrap_or_default());
            made.lock().unwrap_or_else(PoisonError::into_inner).push(Timed {
                name: wait_name(seconds),
                took: Duration::ZERO,
            });
        })
    })
}

fn is_call(made: &Timed) -> bool {
    !made.name.starts_with("wait ")
}

/// The two may differ in nothing but what surrounds the calls.
fn same_calls(ours: &[Timed], bare: &[Timed]) -> Outcome {
    let names = |made: &[Timed]| made.iter().map(|made| made.name.clone()).collect::<Vec<_>>();
    let (ours, bare) = (names(ours), names(bare));
    if ours == bare {
        return Ok(());
    }
    Err(format!(
        "the calls by hand aren't the journey's any more; the journey made\n{}\nand by hand\n{}",
        ours.join("\n"),
        bare.join("\n")
    ))
}

fn sum(made: &[Timed]) -> Duration {
    made.iter().map(|made| made.took).sum()
}

fn median(all: &mut [Duration]) -> Duration {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

fn spread(all: &mut [Duration]) -> String {
    let milliseconds = |one: Option<&Duration>| one.map_or(0.0, |one| one.as_secs_f64() * 1e3);
    let median = median(all);
    format!(
        "{:.0} ms, median of {} ({:.0} to {:.0})",
        median.as_secs_f64() * 1e3,
        all.len(),
        milliseconds(all.first()),
        milliseconds(all.last())
    )
}

/// What this process holds in memory, in megabytes, where the system tells.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}
