//! Onboards or renews once without a window, and kills itself at one point where it is told to.
//!
//! It is a process of its own so that the kill is a real one: no destructor runs, nothing is flushed.

#![allow(clippy::print_stdout, reason = "what it found out is its output")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::trace::{Point, Trace};
use journeys::Outcome;
use journeys::adopting;
use journeys::headless::{Headless, Start};
use journeys::onboard::{Ended, Run};
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use journeys::renew;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1).map(PathBuf::from) else {
        println!("which run?");
        return ExitCode::FAILURE;
    };
    match run(&path) {
        Ok(ended) => {
            println!("{}", serde_json::to_string(&ended).unwrap_or_default());
            ExitCode::SUCCESS
        }
        Err(why) => {
            println!("{why}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(path: &std::path::Path) -> Outcome<Ended> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let run: Run = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let (points, calls) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counted, called, kill_at) = (Arc::clone(&points), Arc::clone(&calls), run.kill_at);
    let trace = Trace::to(move |point| {
        if matches!(point, Point::Sending(_)) {
            called.fetch_add(1, Ordering::SeqCst);
        }
        let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
        if Some(number) == kill_at {
            journeys::onboard::kill_this_process(&format!("{point:?}"));
        }
    });
    let start = Start {
        organisation: &run.organisation,
        reader: Reader::new(&run.account),
        data: &run.data,
        export: &run.export,
        keychain: &run.keychain,
        clock: clock_of(&run.organisation).await?,
        trace,
    };
    // As the program itself does it.
    let mut session = Headless::start_with(start, Some(run.data.join("profiles")));
    session.by_plan = run.by_plan;
    session.platform = run.platform.clone();
    match (run.renew, &run.adopt) {
        (Some(to), _) => renew::go_on(&mut session, to).await?,
        (None, Some((profile, client))) => {
            adopting::go_on(&mut session, profile, client, &run.mailboxes, &run.refused).await?;
        }
        (None, None) => session.go_on(None, &run.mailboxes, &run.refused).await?,
    }
    Ok(Ended {
        points: points.load(Ordering::SeqCst),
        calls: calls.load(Ordering::SeqCst),
        typed: session.typed,
    })
}
