//! A proven connection that goes wrong afterwards: every way is made in the practice organisation by calls of somebody
//! else's, and none may be exported or called proven; each is named with its cause. And the right ones: changes that
//! take nothing away from the proof stop nobody.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

mod checked;
mod proven;
mod somebody;
mod ways;

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use journeys::Outcome;
use journeys::tour::say;
use rpc::request::Request;
use rpc::view::{RailState, View};
use serde_json::Value;

use proven::{By, Proven};
use ways::{Way, right, right_of_mail_programs, wrong, wrong_of_mail_programs};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_afterwards_is_never_exported() {
    let ways = Arc::new(wrong());
    let (executed, failures) = each(&ways, |way| Box::pin(goes_wrong(By::Graph, way))).await;
    say(&format!(
        "drift: enumerated {}, executed {executed}, violations {}",
        ways.len(),
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(executed, ways.len());
    assert!(ways.len() >= 50);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_right_stops_nobody() {
    let ways = Arc::new(right());
    let (executed, failures) = each(&ways, |way| Box::pin(stays_right(By::Graph, way))).await;
    say(&format!(
        "drift: right ones enumerated {}, executed {executed}, false alarms {}",
        ways.len(),
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(executed >= 15);
}

/// The same of a platform that opens mailboxes as a mail program.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_with_a_mail_program_is_never_exported() {
    let ways = Arc::new(wrong_of_mail_programs());
    let (executed, failures) = each(&ways, |way| Box::pin(goes_wrong(By::MailProgram, way))).await;
    say(&format!(
        "drift of mail programs: enumerated {}, executed {executed}, violations {}",
        ways.len(),
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // With those of Graph, as many as a verdict has to tell apart.
    assert!(executed == ways.len() && executed + wrong().len() >= 80);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_right_with_a_mail_program_stops_nobody() {
    let ways = Arc::new(right_of_mail_programs());
    let (executed, failures) = each(&ways, |way| Box::pin(stays_right(By::MailProgram, way))).await;
    say(&format!(
        "drift of mail programs: right ones enumerated {}, executed {executed}, false alarms {}",
        ways.len(),
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(executed + right().len() >= 30);
}

/// What the page of a proof says where it holds, of a limit that can be listed and of one that can't.
const WORKS: [&str; 2] = [
    "It works, and only where it should",
    "It works, and the others that were tried refuse it",
];

type Run = Pin<Box<dyn Future<Output = Outcome>>>;

/// Runs every way, a few at a time on this thread; the organisations and sessions have threads of their own.
async fn each(ways: &Arc<Vec<Way>>, run: fn(Way) -> Run) -> (usize, Vec<String>) {
    let next = AtomicUsize::new(0);
    let worker = async || {
        let (mut executed, mut failures) = (0, Vec::new());
        while let Some(way) = ways.get(next.fetch_add(1, Ordering::SeqCst)) {
            if let Err(why) = run(*way).await {
                failures.push(format!("{}: {why}", way.0));
            }
            executed += 1;
        }
        (executed, failures)
    };
    let ((first, mut failures), (second, more)) = tokio::join!(worker(), worker());
    failures.extend(more);
    (first + second, failures)
}

async fn goes_wrong(by: By, (name, cause, make): Way) -> Outcome {
    let mut proven = Proven::start_by(by, name).await?;
    make(&mut proven)
        .await
        .map_err(|why| format!("it couldn't be made: {why}"))?;
    // What a reader sees from here on, and must find the cause in.
    let mut told = words(&proven.session().view());
    if proven.session().page() == "export" && !words(&proven.session().view()).contains("Back to the proof") {
        let after = proven.export().await?;
        if after.page.key == "exported" {
            return Err("it was exported".into());
        }
        told.push_str(&words(&after));
    }
    let looked = proven
        .session()
        .press(Request::GoTo {
            step: "verify".into(),
        })
        .await;
    if let Ok(view) = looked {
        if WORKS.contains(&view.page.heading.as_str()) {
            return Err("it is still called proven".into());
        }
        if !view.page.key.starts_with("problem")
            && on_rail(&view, "verify") == Some(RailState::Problem)
            && on_rail(&view, "plan") == Some(RailState::Done)
        {
            return Err("the plan is still ticked".into());
        }
        told.push_str(&words(&view));
    }
    if proven.sealed() > 0 {
        return Err("a sealed file was written".into());
    }
    if told.contains(cause) {
        Ok(())
    } else {
        Err(format!("{cause:?} isn't among the words: {told}"))
    }
}

async fn stays_right(by: By, (name, _, make): Way) -> Outcome {
    let mut proven = Proven::start_by(by, name).await?;
    make(&mut proven)
        .await
        .map_err(|why| format!("it couldn't be made: {why}"))?;
    let after = proven.export().await?;
    if after.page.key == "exported" && proven.sealed() == 1 {
        Ok(())
    } else {
        Err(format!("it stopped at {}: {}", after.page.key, words(&after)))
    }
}

fn on_rail(view: &View, id: &str) -> Option<RailState> {
    let mut steps = view.frame.steps.iter();
    steps.find(|step| step.id == id).map(|step| step.state)
}

/// Every text of a page.
fn words(view: &View) -> String {
    fn texts(value: &Value, all: &mut String) {
        match value {
            Value::String(text) => {
                all.push_str(text);
                all.push('\n');
            }
            Value::Array(values) => values.iter().for_each(|value| texts(value, all)),
            Value::Object(fields) => fields.values().for_each(|value| texts(value, all)),
            _ => {}
        }
    }
    let mut all = String::new();
    texts(&serde_json::to_value(&view.page).unwrap_or_default(), &mut all);
    all
}
