//! Mailboxes that are picked at random and must stay refused: how many, of which kinds, and what is said to follow from it.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;

use journeys::bench::{Bench, MAILBOXES, REFUSED};
use practice::Options;
use rpc::request::{ControlsName, Request};
use rpc::view::{Content, View};
use serde_json::{Value, json};

/// Goes to the proof with so many picked at random.
async fn proven(bench: &mut Bench, controls: ControlsName) -> View {
    bench.session().by_plan = true;
    bench.go_on(Some("mailboxes")).await;
    let view = bench.press(Request::DrawControls { controls }).await;
    let Content::Mailboxes { drawn, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(drawn.chosen, controls);
    bench.go_on(Some("export")).await;
    bench.go_to("verify").await
}

/// The sentences below the table.
fn said(view: &View) -> Vec<String> {
    let Content::Proof { bottom, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    bottom.iter().filter_map(|message| message.text.clone()).collect()
}

/// The last draw that the journal holds.
fn drawn(bench: &Bench) -> Value {
    let journal = std::fs::read_to_string(bench.journal()).unwrap();
    let last = journal.lines().rev().find_map(|line| {
        let start = line.find('{')?;
        let record: Value = serde_json::from_str(&line[start..]).ok()?;
        found(&record, "drawn").cloned()
    });
    last.unwrap_or_else(|| panic!("{journal}"))
}

/// A field, wherever it stands.
fn found<'a>(value: &'a Value, field: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => fields
            .get(field)
            .filter(|value| value.is_object())
            .or_else(|| fields.values().find_map(|inner| found(inner, field))),
        Value::Array(all) => all.iter().find_map(|inner| found(inner, field)),
        _ => None,
    }
}

fn kinds(drawn: &Value) -> BTreeSet<String> {
    let each = ["sample", "kinds"].map(|list| drawn[list].as_array().unwrap().clone());
    let each = each.concat();
    each.iter()
        .map(|mailbox| mailbox["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn fifty_nine_of_every_kind_make_a_statement() {
    let mut bench = Bench::new("controls statement").await;
    let view = proven(&mut bench, ControlsName::Statement).await;
    let told = said(&view);
    assert!(
        told[0].starts_with(
            "Of 59 picked at random from all the others that hold anything none answered: with 95 % certainty fewer than 5 in 100 of those could."
        ),
        "{told:?}"
    );
    let drawn = drawn(&bench);
    assert_eq!(drawn["sample"].as_array().unwrap().len(), 59);
    let all = BTreeSet::from(
        ["EquipmentMailbox", "RoomMailbox", "SharedMailbox", "UserMailbox"].map(str::to_owned),
    );
    assert!(kinds(&drawn).is_superset(&all), "{:?}", kinds(&drawn));
    // None of the named ones is among them.
    let named = format!("{MAILBOXES}, {REFUSED}");
    let sample = drawn["sample"].as_array().unwrap();
    let of_named = sample
        .iter()
        .filter(|one| named.contains(one["address"].as_str().unwrap()));
    assert_eq!(of_named.count(), 0);
    // What agrees is one row, and the record says the same as the page.
    let Content::Proof { groups, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(groups[1].rows.len() < 5, "{:?}", groups[1].rows.len());
    bench.go_to("export").await;
    bench.seal().await;
    let record = std::fs::read_to_string(bench.records().pop().unwrap()).unwrap();
    let record: Value = serde_json::from_str(&record).unwrap();
    let not_proven = record["notProven"].as_array().unwrap();
    assert!(not_proven.contains(&json!(told[0])), "{not_proven:?}");
    bench.end().await;
}

#[tokio::test]
async fn one_of_every_kind_says_that_it_says_little() {
    let mut bench = Bench::new("controls kinds").await;
    let view = proven(&mut bench, ControlsName::EveryKind).await;
    assert_eq!(
        said(&view),
        [
            "4 picked at random, of 4 kinds, didn't answer. So few say nothing of how many of the others could."
        ]
    );
    assert_eq!(kinds(&drawn(&bench)).len(), 4);
    bench.end().await;
}

#[tokio::test]
async fn a_single_one_says_nothing_and_none_is_none() {
    let mut bench = Bench::new("controls one").await;
    let view = proven(&mut bench, ControlsName::One).await;
    assert_eq!(said(&view), Vec::<String>::new());
    bench.end().await;
    let mut bench = Bench::new("controls none").await;
    let view = proven(&mut bench, ControlsName::None).await;
    assert_eq!(said(&view), Vec::<String>::new());
    assert_eq!(drawn(&bench)["sample"], json!([]));
    bench.end().await;
}

/// Where there are fewer than 59 others, all of them are tried.
#[tokio::test]
async fn a_small_organisation_is_tried_whole() {
    let options = Options {
        mailboxes: 1,
        ..Options::default()
    };
    let mut bench = Bench::in_organisation("controls small", options).await;
    let view = proven(&mut bench, ControlsName::Statement).await;
    let drawn = drawn(&bench);
    let others = drawn["sample"].as_array().unwrap().len();
    assert!((2..59).contains(&others), "{others}");
    assert_eq!(
        said(&view),
        [format!(
            "All {others} other mailboxes were tried: none of the others answered."
        )]
    );
    bench.end().await;
}

/// One that was drawn and is gone proves nothing: another is drawn in its place, and the proof stands.
#[tokio::test]
async fn another_is_drawn_in_place_of_one_that_is_gone() {
    let mut bench = Bench::new("controls gone").await;
    proven(&mut bench, ControlsName::Statement).await;
    let before = drawn(&bench);
    let gone = before["sample"][7]["address"].as_str().unwrap().to_owned();
    let colleague = bench.colleague().await;
    colleague
        .run("Remove-Mailbox", json!({ "Identity": gone, "Confirm": false }))
        .await
        .unwrap();
    let view = bench.checked_now().await;
    assert_eq!(view.page.key, "verify");
    assert!(
        said(&view)[0].starts_with("Of 59 picked at random"),
        "{:?}",
        said(&view)
    );
    let after = drawn(&bench);
    assert_eq!(after["sample"].as_array().unwrap().len(), 59);
    let still = after["sample"].as_array().unwrap().iter();
    assert_eq!(still.filter(|one| one["address"] == json!(gone)).count(), 0);
    bench.end().await;
}
