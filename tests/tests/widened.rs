//! A limit that somebody widened, or that was left behind: what it held besides is tried until Microsoft refuses it, a rule
//! is no list, and a scope is found and removed under the name that it was made with.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use jiff::SignedDuration;
use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::colleague::text;
use rpc::request::{ListName, Request};
use rpc::view::{Content, Message, View};
use serde_json::{Value, json};

const HR: &str = "hr@contoso.example";

fn go_to(step: &str) -> Request {
    Request::GoTo { step: step.into() }
}

fn top(view: &View) -> Vec<Message> {
    let Content::Proof { top, .. } = &view.page.content else {
        panic!("no proof: {:?}", view.page)
    };
    top.clone()
}

/// Every address of the table.
fn rows(view: &View) -> Vec<String> {
    let Content::Proof { groups, .. } = &view.page.content else {
        panic!("no proof: {:?}", view.page)
    };
    let rows = groups.iter().flat_map(|group| &group.rows);
    rows.map(|row| row.mailbox.clone()).collect()
}

async fn scopes(bench: &Bench) -> Vec<Value> {
    let scopes = bench
        .colleague()
        .await
        .run("Get-ManagementScope", json!({}))
        .await
        .unwrap();
    let ours = |row: &Value| text(Some(row), "Name").is_some_and(|name| name.starts_with("Mailgrant "));
    scopes.into_iter().filter(ours).collect()
}

async fn filter(bench: &Bench) -> (String, String) {
    let scopes = scopes(bench).await;
    assert_eq!(scopes.len(), 1, "{scopes:?}");
    let field = |name| text(scopes.first(), name).unwrap();
    (field("Name"), field("RecipientFilter"))
}

async fn widen(bench: &Bench, by: &str) {
    let (name, filter) = filter(bench).await;
    let wider = json!({ "Identity": name, "RecipientRestrictionFilter": format!("({filter}) -or {by}") });
    bench
        .colleague()
        .await
        .run("Set-ManagementScope", wider)
        .await
        .unwrap();
}

/// Seals the file with what the page proposes.
async fn seal(bench: &mut Bench) -> View {
    bench.session().go_on(None, "", "").await.unwrap();
    bench.session().view()
}

#[tokio::test]
async fn what_came_in_is_tried_until_microsoft_refuses_it() {
    let mut bench = Bench::new("widened").await;
    bench.go_on(Some("export")).await;
    let hr = bench.colleague().await.mailbox(HR).await.unwrap();
    widen(&bench, &format!("ExternalDirectoryObjectId -eq '{hr}'")).await;
    // Microsoft serves the wider limit by now.
    bench.wait(3 * 3_600);
    bench.press(go_to("verify")).await;
    let found = look(&mut bench).await;
    assert!(top(&found)[0].title.contains(HR), "{:?}", top(&found));
    let set = bench.now();
    bench.press(Request::SetLimitAgain).await;
    let (_, filter) = filter(&bench).await;
    assert!(!filter.contains(&hr), "{filter}");
    let late = proven(&mut bench).await;
    assert!(rows(&late).contains(&HR.to_owned()), "{:?}", rows(&late));
    assert!(
        bench.now().duration_since(set) >= SignedDuration::from_mins(30),
        "Microsoft served it until then"
    );
    // It is deleted meanwhile, and stops nobody.
    let gone = json!({ "Identity": HR, "Confirm": false });
    bench.colleague().await.run("Remove-Mailbox", gone).await.unwrap();
    let after = look(&mut bench).await;
    assert_eq!(after.page.heading, "It works, and only where it should");
    assert_eq!(seal(&mut bench).await.page.key, "exported");
    bench.end().await;
}

/// Looks, and waits with the wizard until it says that it works. The wait takes no real time; where the sign-in ran out
/// meanwhile, it looks once more.
async fn proven(bench: &mut Bench) -> View {
    let works = |view: &View| view.page.heading == "It works, and only where it should";
    for _ in 0..3 {
        look(bench).await;
        let over = |view: &View| works(view) || view.page.key == "problem-sign-in.expired";
        let view = bench
            .session()
            .until("the proof", |view| over(view) && view.page.busy.is_none())
            .await
            .unwrap();
        if works(&view) {
            return view;
        }
        sign_in_again(bench).await;
    }
    panic!("no proof: {:?}", bench.session().view().page)
}

async fn sign_in_again(bench: &mut Bench) {
    bench.press(Request::TryAgain).await;
    if bench.session().page() == "signed-in" {
        bench.press(Request::Continue).await;
    }
}

/// Runs the checks now, after a sign-in where the last one ran out.
async fn look(bench: &mut Bench) -> View {
    for _ in 0..3 {
        let view = bench.press(Request::Check).await;
        if view.page.key == "verify" {
            return view;
        }
        assert_eq!(view.page.key, "problem-sign-in.expired");
        sign_in_again(bench).await;
    }
    panic!("no look: {:?}", bench.session().view().page)
}

/// The limit is taken away, a mailbox is taken off the list, and the limit is set anew at once: Microsoft serves the old one
/// meanwhile, and only what is tried by name can be called refused.
#[tokio::test]
async fn what_a_removed_limit_held_is_tried_until_microsoft_refuses_it() {
    const BILLING: &str = "billing@contoso.example";
    let mut bench = Bench::new("removed limit").await;
    bench.go_on(Some("export")).await;
    bench.press(go_to("limit")).await;
    let removed = signed_in(&mut bench, Request::Undo).await;
    assert!(!removed.page.key.starts_with("problem-"), "{:?}", removed.page);
    assert_eq!(scopes(&bench).await, Vec::<Value>::new());
    bench.press(go_to("mailboxes")).await;
    let off = Request::RemoveMailbox {
        list: ListName::Allowed,
        address: BILLING.into(),
    };
    bench.press(off).await;
    go_on_signed_in(&mut bench, "verify").await;
    let found = look(&mut bench).await;
    assert!(rows(&found).contains(&BILLING.to_owned()), "{:?}", rows(&found));
    // Nobody asks meanwhile, so Microsoft lets go of it.
    bench.wait(45 * 60);
    let proven = proven(&mut bench).await;
    assert!(rows(&proven).contains(&BILLING.to_owned()), "{:?}", rows(&proven));
    // After two hours nothing is held on to any more.
    bench.wait(2 * 3_600);
    let late = look(&mut bench).await;
    assert!(!rows(&late).contains(&BILLING.to_owned()), "{:?}", rows(&late));
    assert_eq!(late.page.heading, "It works, and only where it should");
    bench.end().await;
}

/// A role that somebody took away counts from when it is set again, however old the limit is.
#[tokio::test]
async fn a_role_that_is_set_again_is_waited_for_anew() {
    let mut bench = Bench::new("role again").await;
    bench.go_on(Some("export")).await;
    let (name, _) = filter(&bench).await;
    let ours = json!({ "CustomRecipientWriteScope": name });
    let colleague = bench.colleague().await;
    let held = colleague.run("Get-ManagementRoleAssignment", ours).await.unwrap();
    let gone = json!({ "Identity": text(held.first(), "Name").unwrap(), "Confirm": false });
    colleague
        .run("Remove-ManagementRoleAssignment", gone)
        .await
        .unwrap();
    bench.wait(3 * 3_600);
    bench.press(go_to("verify")).await;
    let found = look(&mut bench).await;
    let again = |message: &Message| {
        let action = message.action.as_ref();
        action.is_some_and(|action| action.request == Request::SetLimitAgain)
    };
    assert!(top(&found).iter().any(again), "{:?}", top(&found));
    let set = bench.now();
    let waits = bench.press(Request::SetLimitAgain).await;
    assert_eq!(top(&waits), [], "nobody is told that Microsoft takes too long");
    let works = |view: &View| view.page.heading == "It works, and only where it should";
    bench
        .session()
        .until("the look that is due", works)
        .await
        .unwrap();
    assert!(
        bench.now().duration_since(set) >= SignedDuration::from_mins(30),
        "the app isn't asked for before that"
    );
    bench.end().await;
}

/// Goes on to a page, and once more after a sign-in where the last one ran out: Microsoft lets one last for 60 to 90 minutes,
/// as it pleases.
async fn go_on_signed_in(bench: &mut Bench, until: &str) {
    let went = bench.session().go_on(Some(until), MAILBOXES, REFUSED).await;
    if bench.session().page() == "problem-sign-in.expired" {
        sign_in_again(bench).await;
        bench.go_on(Some(until)).await;
        return;
    }
    went.unwrap();
}

/// Presses, and once more after a sign-in where the last one ran out.
async fn signed_in(bench: &mut Bench, request: Request) -> View {
    let view = bench.press(request.clone()).await;
    if view.page.key != "problem-sign-in.expired" {
        return view;
    }
    sign_in_again(bench).await;
    bench.press(request).await
}

#[tokio::test]
async fn another_role_that_was_taken_away_is_waited_for() {
    let mut bench = Bench::new("another role").await;
    bench.go_on(Some("export")).await;
    let (name, _) = filter(&bench).await;
    let ours = json!({ "CustomRecipientWriteScope": name });
    let colleague = bench.colleague().await;
    let held = colleague.run("Get-ManagementRoleAssignment", ours).await.unwrap();
    let app = text(held.first(), "App").unwrap();
    let more = json!({ "Name": "By hand", "App": app, "Role": "Application Mail.Read" });
    colleague.run("New-ManagementRoleAssignment", more).await.unwrap();
    bench.press(go_to("verify")).await;
    let found = look(&mut bench).await;
    assert!(
        top(&found)[0].title.contains("Application Mail.Read"),
        "{:?}",
        top(&found)
    );
    // Microsoft's own test says that a role holds it; the limit doesn't.
    let other = top(&found)
        .into_iter()
        .find(|message| message.title.contains("ceo@contoso.example"));
    let other = other.and_then(|message| message.text).unwrap();
    assert!(
        other.starts_with("Exchange's limit doesn't contain it"),
        "{other}"
    );
    let gone = json!({ "Identity": "By hand", "Confirm": false });
    colleague
        .run("Remove-ManagementRoleAssignment", gone)
        .await
        .unwrap();
    let taken = bench.now();
    proven(&mut bench).await;
    assert!(
        bench.now().duration_since(taken) >= SignedDuration::from_hours(2),
        "Microsoft may serve it until then"
    );
    bench.end().await;
}

#[tokio::test]
async fn a_rule_that_matches_the_chosen_mailboxes_today_is_not_proven() {
    let mut bench = Bench::new("a rule").await;
    bench.go_on(Some("export")).await;
    let (_, asked) = filter(&bench).await;
    widen(&bench, "CustomAttribute1 -eq 'nobody has this'").await;
    let refused = {
        bench.session().go_on(None, "", "").await.ok();
        bench.session().view()
    };
    assert_ne!(refused.page.key, "exported");
    bench.press(go_to("verify")).await;
    let found = look(&mut bench).await;
    let message = top(&found)[0].clone();
    assert_eq!(
        message.title,
        "The limit goes by a rule, and others can come under it"
    );
    assert_eq!(message.action.unwrap().request, Request::SetLimitAgain);
    bench.press(Request::SetLimitAgain).await;
    assert_eq!(filter(&bench).await.1, asked);
    proven(&mut bench).await;
    bench.end().await;
}

#[tokio::test]
async fn the_scope_of_an_app_that_is_gone_is_found_and_removed() {
    let mut bench = Bench::new("left behind").await;
    bench.go_on(Some("limit-done")).await;
    let (object, _) = bench.app();
    let colleague = bench.colleague().await;
    colleague
        .graph(reqwest::Method::DELETE, &format!("applications/{object}"), None)
        .await
        .unwrap();
    colleague
        .graph(
            reqwest::Method::DELETE,
            &format!("directory/deletedItems/{object}"),
            None,
        )
        .await
        .unwrap();
    bench.wait(120);
    let told = bench.press(Request::Continue).await;
    assert!(told.page.key.starts_with("problem-app."), "{:?}", told.page.key);
    let again = bench.press(Request::TryAgain).await;
    assert_eq!(again.page.key, "app");
    assert_eq!(scopes(&bench).await.len(), 1);
    let left = bench.press(go_to("limit")).await;
    assert_eq!(left.page.key, "limit-left", "{:?}", left.page);
    let removed = bench.press(left.page.actions[0].request.clone()).await;
    assert!(!removed.page.key.starts_with("problem-"), "{:?}", removed.page);
    assert_eq!(scopes(&bench).await, Vec::<Value>::new());
    bench.end().await;
}

#[tokio::test]
async fn a_scope_is_removed_under_the_name_that_it_was_made_with() {
    let mut bench = Bench::new("renamed profile").await;
    let profiles = tempfile::tempdir().unwrap();
    let shipped = include_str!("../../src-tauri/profiles/data/surecloud.toml");
    let profile = |name: &str| {
        shipped
            .replace("id = \"surecloud\"", "id = \"own-desk\"")
            .replace("name = \"SureCloud\"", &format!("name = \"{name}\""))
    };
    std::fs::write(profiles.path().join("own-desk.toml"), profile("Desk One")).unwrap();
    bench.profiles = Some(profiles.path().to_owned());
    bench.reopen().await;
    bench.press(Request::StartPractice).await;
    let choose = rpc::request::Submit::Choose {
        value: Some("own-desk".into()),
        name: String::new(),
        access: Vec::new(),
    };
    bench.session().send(choose).await.unwrap();
    bench.go_on(Some("limit-done")).await;
    assert!(filter(&bench).await.0.contains("Desk One"));
    std::fs::write(profiles.path().join("own-desk.toml"), profile("Desk Two")).unwrap();
    bench.reopen().await;
    let opened = bench.session().view();
    let Content::Connections {
        first: Some(card), ..
    } = opened.page.content
    else {
        panic!("{:?}", opened.page)
    };
    bench.press(Request::UndoFirst { id: card.id }).await;
    for _ in 0..3 {
        match bench.session().page().as_str() {
            "limit-done" => break,
            "signed-in" => drop(bench.press(Request::Continue).await),
            "sign-in" => drop(bench.press(Request::SignIn).await),
            other => panic!("{other}"),
        }
    }
    let removed = bench.press(Request::Undo).await;
    assert!(!removed.page.key.starts_with("problem-"), "{:?}", removed.page);
    assert_eq!(scopes(&bench).await, Vec::<Value>::new());
    bench.end().await;
}
