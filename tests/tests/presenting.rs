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
/// was made, whole and by their ends, in small letters.
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
        let keys = app.passwords.iter().map(|secret| &secret.key_id);
        for id in [&app.id, &app.app_id].into_iter().chain(keys) {
            all.extend([id.clone(), domain::ids::ends(id)]);
        }
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
        list: rpc::request::ListName::Allowed,
        text: "suport@contoso.example; Nobody Known <nobody.known@contoso.example>".into(),
    };
    bench.session().send(slips).await.unwrap();
    let list = rpc::request::ListName::Allowed;
    bench.press(Request::RemoveAllMailboxes { list }).await;
    bench.press(Request::Commit).await;
    bench.go_on(None).await;
    for step in [
        "method",
        "sign-in",
        "mailboxes",
        "plan",
        "app",
        "permissions",
        "secret",
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
    // What is removed below is told of before it.
    let mut told = telling(&bench).await;
    bench.reopen().await;
    bench.go_on(None).await;
    for step in ["limit", "secret", "app"] {
        bench.press(Request::GoTo { step: step.into() }).await;
        bench.press(Request::UndoAfterAll).await;
    }
    told.extend(telling(&bench).await);
    shown.extend(bench.session().shown.lock().unwrap().clone());
    shown.retain(|view| view.frame.presenting);
    let (mut pages, mut leaks) = (BTreeSet::new(), BTreeSet::new());
    for view in &shown {
        pages.insert(view.page.key.clone());
        for text in texts(view)
            .iter()
            .filter(|text| !text.contains(SAID_TO_EVERYBODY))
        {
            for one in told.iter().filter(|one| text.contains(one.as_str())) {
                leaks.insert(format!("{}: {one:?} in {text:?}", view.page.key));
            }
        }
    }
    say(&format!(
        "presenting: {} views of {} pages searched for {} names, addresses and ids, leaks {}",
        shown.len(),
        pages.len(),
        told.len(),
        leaks.len()
    ));
    assert!(
        leaks.is_empty(),
        "{}",
        leaks.into_iter().collect::<Vec<_>>().join("\n")
    );
    assert!(shown.len() > 20 && told.len() > 300, "too little was looked at");
}

/// The search itself: the same journey without the mode is full of names.
#[tokio::test]
async fn without_it_names_are_found() {
    let mut bench = Bench::new("not presenting").await;
    bench.go_on(Some("limit")).await;
    let telling = telling(&bench).await;
    let shown = bench.session().shown.lock().unwrap().clone();
    let found = shown
        .iter()
        .flat_map(texts)
        .filter(|text| telling.iter().any(|one| text.contains(one.as_str())))
        .count();
    assert!(found > 5);
}

/// A text of somebody's that stands on a page must not be shown while presenting, and must be shown without it.
async fn hides(bench: &mut Bench, planted: &str) {
    let on = bench.press(Request::SetPresenting { on: true }).await;
    let planted = planted.to_lowercase();
    let told: Vec<String> = texts(&on)
        .into_iter()
        .filter(|text| text.contains(&planted))
        .collect();
    assert!(told.is_empty(), "{planted}: {told:?}");
    let off = bench.press(Request::SetPresenting { on: false }).await;
    assert!(
        texts(&off).iter().any(|text| text.contains(&planted)),
        "{planted} isn't there"
    );
}

/// Names that one page only tells, and that no part of the connection holds.
#[tokio::test]
async fn names_that_one_page_tells_are_hidden_there() {
    let mut bench = Bench::new("one page").await;
    bench.go_on(Some("mailboxes")).await;
    let list = "Hi Dana,\nplease connect support@contoso.example\n\nThanks\nWilhelmina Oberhausen\n";
    bench
        .session()
        .send(Submit::AddMailboxes {
            list: rpc::request::ListName::Allowed,
            text: list.into(),
        })
        .await
        .unwrap();
    hides(&mut bench, "wilhelmina").await;
    bench
        .session()
        .send(Submit::SearchMailboxes {
            text: "Project Falcon".into(),
        })
        .await
        .unwrap();
    hides(&mut bench, "project falcon").await;
    bench.go_on(Some("export")).await;
    // A role and a rule of somebody's, which the proof names.
    let colleague = bench.colleague().await;
    let scopes = colleague
        .run("Get-ManagementScope", serde_json::json!({}))
        .await
        .unwrap();
    let ours = scopes
        .iter()
        .find(|row| text(Some(row), "Name").unwrap().starts_with("Mailgrant "))
        .unwrap();
    let (scope, filter) = (
        text(Some(ours), "Name").unwrap(),
        text(Some(ours), "RecipientFilter").unwrap(),
    );
    let rule = serde_json::json!({ "Identity": scope, "RecipientRestrictionFilter": format!("({filter}) -or CustomAttribute1 -eq 'Falcon desk'") });
    colleague.run("Set-ManagementScope", rule).await.unwrap();
    let held = colleague
        .run(
            "Get-ManagementRoleAssignment",
            serde_json::json!({ "CustomRecipientWriteScope": scope }),
        )
        .await
        .unwrap();
    let app = text(held.first(), "App").unwrap();
    let more = serde_json::json!({ "Name": "Falcon by hand", "App": app, "Role": "Application Mail.Read" });
    colleague.run("New-ManagementRoleAssignment", more).await.unwrap();
    bench
        .press(Request::GoTo {
            step: "verify".into(),
        })
        .await;
    bench.press(Request::Check).await;
    hides(&mut bench, "falcon by hand").await;
    hides(&mut bench, "falcon desk").await;
    // Taken off the list, after a restart: nothing but the list knows the organisation.
    let id = rpc_id(&bench);
    bench.press(Request::SaveAndClose).await;
    bench.press(Request::SetPresenting { on: true }).await;
    bench.press(Request::SetPresenting { on: false }).await;
    bench.press(Request::TakeOff { id }).await;
    bench.reopen().await;
    hides(&mut bench, "contoso practice").await;
    bench.end().await;
}

/// The id of the one connection.
fn rpc_id(bench: &Bench) -> String {
    let folder = bench.journal();
    folder
        .parent()
        .unwrap()
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned()
}

/// A mask never gets into the organisation: what was masked when it was drawn is sent back as it was.
#[tokio::test]
async fn a_platform_that_is_named_like_the_organisation_keeps_its_name() {
    let mut bench = Bench::new("masked platform").await;
    let choose = |name: &str| Submit::Choose {
        value: Some("generic-graph".into()),
        name: name.into(),
        access: vec!["Mail.Read".into()],
    };
    bench.press(Request::StartPractice).await;
    bench.session().send(choose("Contoso tickets")).await.unwrap();
    bench.go_on(Some("app")).await;
    bench.press(Request::SetPresenting { on: true }).await;
    let drawn = bench
        .press(Request::GoTo {
            step: "platform".into(),
        })
        .await;
    let rpc::view::Content::Choose { own, .. } = &drawn.page.content else {
        panic!("{:?}", drawn.page)
    };
    let own = &own[0];
    assert!(!own.name.contains("Contoso"), "{}", own.name);
    let name = own.name.clone();
    bench.session().send(choose(&name)).await.unwrap();
    let shown = bench.press(Request::SetPresenting { on: false }).await;
    assert_eq!(shown.frame.connection.unwrap().platform, "Contoso tickets");
    bench.end().await;
}
