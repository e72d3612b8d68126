//! The main job, without a window: from the first screen to the sealed file, against the practice organisation.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use domain::trace::{Point, Trace};
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use practice::{ClockKind, Handle, Options};
use rpc::request::{Request, Submit};
use rpc::view::Content;
use serde_json::Value;

const ADMIN: &str = "dana.reyes@contoso.example";

async fn practice() -> Handle {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    practice::start(Options {
        clock: ClockKind::Explicit { start },
        ..Options::default()
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn from_the_first_screen_to_the_sealed_file() {
    let handle = practice().await;
    let organisation = Organisation::from(&handle);
    let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let calls = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&calls);
    let trace = Trace::to(move |point| {
        if let Point::Sending(call) = point {
            told.lock().unwrap().push(call);
        }
    });
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(ADMIN),
        data: data.path(),
        export: export.path(),
        keychain: "mailgrant onboarding test",
        clock: clock_of(&organisation).await.unwrap(),
        trace,
    });
    let (mailboxes, refused) = (
        "support@contoso.example, billing@contoso.example",
        "ceo@contoso.example",
    );
    session.go_on(Some("export"), mailboxes, refused).await.unwrap();
    let to_proof = calls.lock().unwrap().len();
    session.go_on(None, mailboxes, refused).await.unwrap();
    assert_eq!(session.page(), "exported");
    let calls = calls.lock().unwrap().clone();
    for call in &calls {
        println!("{call}");
    }
    println!(
        "remote calls: {to_proof} to the proof, {} to the sealed file",
        calls.len()
    );
    assert!(to_proof <= 40);
    the_record_tells_mailboxes_by_their_objects(export.path());
}

/// What the limit held, and each row of the proof, by object id with the address beside it.
fn the_record_tells_mailboxes_by_their_objects(export: &std::path::Path) {
    let files = std::fs::read_dir(export).unwrap().flatten();
    let record = files
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "json"))
        .unwrap();
    let record: Value = serde_json::from_slice(&std::fs::read(record).unwrap()).unwrap();
    let of = |list: &Value, address: &str| -> BTreeSet<(String, String)> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| {
            let text = |field: &str| one[field].as_str().unwrap().to_owned();
            (text("objectId"), text(address))
        })
        .collect()
    };
    let chosen = of(&record["mailboxes"], "address");
    assert_eq!(chosen.len(), 2);
    assert_eq!(of(&record["scope"]["holds"], "address"), chosen);
    let tried = of(&record["proof"]["rows"], "mailbox");
    assert!(chosen.is_subset(&tried));
    assert_eq!(record["proof"]["fingerprint"].as_str().unwrap().len(), 64);
}

#[tokio::test]
async fn help_opens_and_closes_where_the_reader_is() {
    let handle = practice().await;
    let organisation = Organisation::from(&handle);
    let folder = tempfile::tempdir().unwrap();
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(ADMIN),
        data: folder.path(),
        export: folder.path(),
        keychain: "mailgrant help test",
        clock: clock_of(&organisation).await.unwrap(),
        trace: Trace::default(),
    });
    session.go_on(Some("method"), "", "").await.unwrap();
    for close in [Request::Help, Request::Back] {
        let help = session.press(Request::Help).await.unwrap();
        assert_eq!(help.page.key, "help");
        assert_eq!(help.page.heading, "Help with step 2: Method");
        session.press(close).await.unwrap();
        assert_eq!(session.page(), "method");
    }
}

/// What a platform can do without is off until somebody chooses it, and then isn't given.
#[tokio::test]
async fn a_platform_gets_only_what_it_needs() {
    let handle = practice().await;
    let organisation = Organisation::from(&handle);
    let folder = tempfile::tempdir().unwrap();
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(ADMIN),
        data: folder.path(),
        export: folder.path(),
        keychain: "mailgrant least privilege test",
        clock: clock_of(&organisation).await.unwrap(),
        trace: Trace::default(),
    });
    session.go_on(Some("method"), "", "").await.unwrap();
    let Content::Choose { choices, extras, .. } = session.view().page.content else {
        panic!("no choice on the method page");
    };
    let on = |name: &str| {
        extras
            .iter()
            .find(|extra| extra.value == name)
            .map(|extra| (extra.on, extra.needed))
    };
    assert_eq!(on("Mail.ReadWrite"), Some((true, true)));
    assert_eq!(on("Mail.Send"), Some((false, false)));
    let value = choices.first().map(|choice| choice.value.clone());
    session
        .send(Submit::Choose {
            value,
            name: String::new(),
            access: Vec::new(),
        })
        .await
        .unwrap();
    let (mailboxes, refused) = ("support@contoso.example", "ceo@contoso.example");
    session.go_on(Some("export"), mailboxes, refused).await.unwrap();
    let assigned = handle.snapshot().exchange.assignments;
    let roles: Vec<_> = assigned
        .iter()
        .filter(|one| !one.foreign)
        .map(|one| one.role.clone())
        .collect();
    assert_eq!(roles, ["Application Mail.ReadWrite"]);
}
