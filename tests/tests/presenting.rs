//! Presenting mode over a whole life of a connection: whatever page is shown, nothing on it says who or where.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;

use journeys::bench::Bench;
use journeys::colleague::text;
use journeys::tour::say;
use reqwest::Method;
use rpc::request::{Request, Submit};
use rpc::view::View;
use serde_json::Value;

/// Before anybody signs in, the practice organisation's page recommends its made-up admin, the same for every reader.
const SAID_TO_EVERYBODY: &str = "dana reyes holds everything this needs";

/// Everything that tells who and where: names and addresses of everybody, the organisation's, and the ids of all that
/// was made, in small letters.
async fn telling(bench: &Bench) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let colleague = bench.colleague().await;
    let people = colleague
        .graph(
            Method::GET,
            "users?$top=999&$select=id,displayName,mail,userPrincipalName",
            None,
        )
        .await
        .unwrap();
    for person in people["value"].as_array().unwrap() {
        // A single word, such as "Support", is one that the pages use for other things.
        all.extend(text(Some(person), "displayName").filter(|name| name.contains(' ')));
        all.extend(text(Some(person), "id"));
        for field in ["mail", "userPrincipalName"] {
            let Some(address) = text(Some(person), field) else {
                continue;
            };
            all.extend(
                address
                    .split_once('@')
                    .map(|(local, _)| local.to_owned())
                    .filter(|local| local.contains('.')),
            );
            all.insert(address);
        }
    }
    let snapshot = bench.handle.snapshot();
    for app in snapshot.applications.iter().filter(|app| !app.foreign) {
        all.extend([app.id.clone(), app.app_id.clone()]);
        all.extend(app.passwords.iter().map(|secret| secret.key_id.clone()));
        all.extend(
            app.unique_name
                .as_ref()
                .map(|name| name["mailgrant-".len()..][..8].to_owned()),
        );
    }
    all.insert("contoso".to_owned());
    all.insert(bench.handle.tenant_id().to_owned());
    all.iter().map(|telling| telling.to_lowercase()).collect()
}

/// Every text of a view, as the window gets it.
fn texts(view: &View) -> Vec<String> {
    fn collect(value: &Value, all: &mut Vec<String>) {
        match value {
            Value::String(text) => all.push(text.to_lowercase()),
            Value::Array(values) => values.iter().for_each(|value| collect(value, all)),
            Value::Object(fields) => fields.values().for_each(|value| collect(value, all)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    collect(&serde_json::to_value(view).unwrap(), &mut all);
    all
}

#[tokio::test]
async fn no_page_says_who_or_where() {
    let mut bench = Bench::new("presenting").await;
    bench.press(Request::SetPresenting { on: true }).await;
    bench.go_on(Some("mailboxes")).await;
    let search = Submit::SearchMailboxes { text: "pri".into() };
    bench.session().send(search).await.unwrap();
    // A slip, which gets a suggestion, and one that nobody knows.
    let slips = Submit::AddMailboxes {
        list: "allowed".into(),
        text: "suport@contoso.example; Nobody Known <nobody.known@contoso.example>".into(),
    };
    bench.session().send(slips).await.unwrap();
    let list = "allowed".to_owned();
    bench.press(Request::RemoveAllMailboxes { list }).await;
    bench.press(Request::Commit).await;
    bench.go_on(None).await;
    for step in [
        "method",
        "sign-in",
        "app",
        "permissions",
        "secret",
        "mailboxes",
        "limit",
        "verify",
        "export",
    ] {
        bench.press(Request::GoTo { step: step.into() }).await;
    }
    bench.press(Request::Help).await;
    bench.press(Request::Help).await;
    bench.press(Request::ShowConnections).await;
    let mut shown = bench.session().shown.lock().unwrap().clone();
    bench.reopen().await;
    bench.go_on(None).await;
    for step in ["limit", "secret", "app"] {
        bench.press(Request::GoTo { step: step.into() }).await;
        bench.press(Request::UndoAfterAll).await;
    }
    let telling = telling(&bench).await;
    shown.extend(bench.session().shown.lock().unwrap().clone());
    shown.retain(|view| view.frame.presenting);
    let (mut pages, mut leaks) = (BTreeSet::new(), BTreeSet::new());
    for view in &shown {
        pages.insert(view.page.key.clone());
        for text in texts(view)
            .iter()
            .filter(|text| !text.contains(SAID_TO_EVERYBODY))
        {
            for one in telling.iter().filter(|one| text.contains(one.as_str())) {
                leaks.insert(format!("{}: {one:?} in {text:?}", view.page.key));
            }
        }
    }
    say(&format!(
        "presenting: {} views of {} pages searched for {} names, addresses and ids, leaks {}",
        shown.len(),
        pages.len(),
        telling.len(),
        leaks.len()
    ));
    assert!(
        leaks.is_empty(),
        "{}",
        leaks.into_iter().collect::<Vec<_>>().join("\n")
    );
    assert!(
        shown.len() > 20 && telling.len() > 300,
        "too little was looked at"
    );
}

/// The search itself: the same journey without the mode is full of names.
#[tokio::test]
async fn without_it_names_are_found() {
    let mut bench = Bench::new("not presenting").await;
    bench.go_on(Some("app")).await;
    let telling = telling(&bench).await;
    let shown = bench.session().shown.lock().unwrap().clone();
    let found = shown
        .iter()
        .flat_map(texts)
        .filter(|text| telling.iter().any(|one| text.contains(one.as_str())))
        .count();
    assert!(found > 5);
}
