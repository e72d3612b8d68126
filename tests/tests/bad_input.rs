//! What people give wrongly, and organisations that lack something: each is answered with a code or a sentence at the field,
//! with what to do next and who can do it, and nothing is lost or made.
//!
//! Each is provoked through its real cause at the practice organisation. Not here, because the product doesn't do it yet: the
//! access policy beyond the last that an organisation can have, and a shared mailbox where a scope by group is wanted.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::adopting::AtWork;
use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::by_hand::Text;
use journeys::colleague::text;
use reqwest::Method;
use rpc::request::{ListName, Request, Submit};
use rpc::view::{Content, View};
use serde_json::json;

/// The facts of a problem's page that a reader goes by.
fn told(view: &View) -> (String, Vec<(String, String)>) {
    let Content::Problem { code, facts, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let facts = facts.iter().map(|fact| (fact.term.clone(), fact.value.clone()));
    (code.clone(), facts.collect())
}

/// A problem of this code: three sentences, who can fix it, and what there is.
fn is_told(view: &View, code: &str, who: &str, next: &str) {
    let (found, facts) = told(view);
    assert_eq!(found, code, "{facts:?}");
    let fact = |term: &str| {
        let found = facts.iter().find(|(known, _)| known == term);
        found
            .map(|(_, value)| value.as_str())
            .unwrap_or_else(|| panic!("{term}: {facts:?}"))
    };
    assert!(!fact("What happened").is_empty() && !fact("Why").is_empty());
    assert!(fact("What to do").contains(next), "{facts:?}");
    assert!(fact("Who can fix it").contains(who), "{facts:?}");
}

fn at_field(view: &View, field: &str) -> String {
    let mut problems = view.page.field_problems.iter();
    let found = problems.find(|problem| problem.field == field);
    found.unwrap_or_else(|| panic!("{:?}", view.page)).words.clone()
}

/// What is said of each entry that was given as a mailbox that must work.
#[tokio::test]
async fn what_is_given_for_a_mailbox_and_is_none() {
    let mut bench = Bench::new("bad mailboxes").await;
    let colleague = bench.colleague().await;
    let of_kind = async |kind: &str| {
        let filter = format!("RecipientTypeDetails -eq '{kind}'");
        let found = colleague
            .run("Get-Recipient", json!({ "Filter": filter, "ResultSize": 1 }))
            .await;
        text(found.unwrap().first(), "PrimarySmtpAddress").unwrap()
    };
    let unified = of_kind("GroupMailbox").await;
    let list = of_kind("MailUniversalDistributionGroup").await;
    // A group within a group: its members are named one by one, because no scope reaches them through it.
    let nested = json!({ "Name": "Nested", "Type": "Security", "Members": [list] });
    colleague.run("New-DistributionGroup", nested).await.unwrap();
    let outer = colleague
        .run("Get-DistributionGroup", json!({ "Identity": "Nested" }))
        .await
        .unwrap();
    let outer = text(outer.first(), "PrimarySmtpAddress").unwrap();
    bench.go_on(Some("mailboxes")).await;
    let cases = [
        (
            "e8f4eefc-046g-4084-9b4b-2ab8f144b59f",
            "This looks like an ID, but a digit is wrong or missing",
        ),
        (
            "e7e4dbfc-046f-4074-9b3b2ae8f144f59b",
            "This looks like an ID, but a digit is wrong or missing",
        ),
        (
            "4b1c7f3e-0000-4000-8000-000000000007",
            "No mailbox in your organisation has this id.",
        ),
        (unified.as_str(), "This is a Microsoft 365 group of "),
        (list.as_str(), "This is a group of "),
        (outer.as_str(), "This is a group of 1"),
        (
            "warehouse@contoso.example",
            "Its mailbox isn't in Exchange Online",
        ),
        ("contractor@contoso.example", "This person has no mailbox"),
        ("nobody.at.all@contoso.example", "There's no such mailbox"),
    ];
    let typed: Vec<&str> = cases.iter().map(|(typed, _)| *typed).collect();
    let allowed = typed.join("\n");
    let refused = REFUSED.to_owned();
    let view = bench
        .session()
        .send(Submit::Mailboxes { allowed, refused })
        .await
        .unwrap();
    assert_eq!(view.page.key, "mailboxes", "nothing goes on with them");
    assert!(at_field(&view, "allowed-needs-you").contains("repair or remove them"));
    let Content::Mailboxes { allowed, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    for (typed, words) in cases {
        let row = allowed.rows.iter().find(|row| row.address == typed);
        let row = row.unwrap_or_else(|| panic!("{typed} is lost: {:?}", allowed.rows));
        assert_eq!(row.finding.word, "Needs you", "{typed}");
        assert!(row.detail.starts_with(words), "{typed}: {}", row.detail);
    }
    // The members come in the place of both groups, the inner one's too.
    let list = ListName::Allowed;
    let typed = outer.clone();
    let view = bench.press(Request::UseMembers { list, typed }).await;
    let Content::Mailboxes { allowed, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(allowed.rows.iter().all(|row| row.address != outer));
    assert!(allowed.rows.iter().any(|row| row.finding.word == "Found"));
    assert_eq!(bench.ours(), 0);
    bench.end().await;
}

/// What is given for the app that a platform uses.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_given_for_an_app_and_is_none() {
    let mut bench = Bench::new("bad apps").await;
    let at_work = AtWork::of(&bench, Text::Shipfix).await;
    let secret = at_work.app.key.clone();
    let cases = [
        (
            "e8f4eefc-046g-4084-9b4b-2ab8f144b59f",
            "a digit is wrong or missing",
        ),
        (
            "e7e4dbfc-046f-4074-9b3b2ae8f144f59b",
            "a digit is wrong or missing",
        ),
        // A secret's id: it is the one id of an app that finds nothing, and it is said that a secret has one.
        (
            secret.as_str(),
            "A secret has an ID of its own, which isn't the app's.",
        ),
        ("Nothing is called so", "has a name that begins like this"),
        ("", "Give the client ID"),
    ];
    at_work.look(&mut bench, "shipfix", "Nothing is called so").await;
    for (typed, words) in cases {
        let text = typed.to_owned();
        let view = bench.session().send(Submit::FindApp { text }).await.unwrap();
        assert_eq!(view.page.key, "existing-app", "{typed}");
        let said = at_field(&view, "app");
        assert!(said.contains(words), "{typed}: {said}");
        let Content::FindApp { text, .. } = &view.page.content else {
            panic!("{:?}", view.page)
        };
        assert_eq!(text, typed, "what was typed is still there");
    }
    // The right one of another kind is understood: the enterprise application's id leads to its app.
    let text = at_work.app.principal.clone();
    let view = bench.session().send(Submit::FindApp { text }).await.unwrap();
    assert_eq!(view.page.key, "app-found", "{:?}", view.page);
    at_work.ended_well().await;
    bench.end().await;
}

/// Two platforms on one app: the second can't take over what the first one's connection has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_that_a_connection_has_is_not_taken_over() {
    let mut bench = Bench::new("two platforms").await;
    bench.session().by_plan = true;
    bench.session().go_on(None, MAILBOXES, REFUSED).await.unwrap();
    let (_, client) = bench.app();
    bench.press(Request::SaveAndClose).await;
    bench.press(Request::StartPractice).await;
    let choose = Submit::Choose {
        value: Some("shipfix".into()),
        name: String::new(),
        access: Vec::new(),
    };
    bench.session().send(choose).await.unwrap();
    bench.go_on(Some("signed-in")).await;
    bench.press(Request::ChooseExistingApp).await;
    let text = client.clone();
    let view = bench.session().send(Submit::FindApp { text }).await.unwrap();
    assert_eq!(view.page.key, "app-found", "{:?}", view.page);
    assert!(
        view.page.heading.contains("can't be taken over"),
        "{:?}",
        view.page
    );
    let is_commit = |request: &Request| *request == Request::Commit;
    assert!(!view.page.actions.iter().any(|action| is_commit(&action.request)));
    assert_eq!(bench.ours(), 1);
    bench.end().await;
}

/// An organisation without Exchange Online has no such service to sign in to.
#[tokio::test]
async fn an_organisation_without_exchange() {
    let mut bench = Bench::new("no exchange").await;
    let colleague = bench.colleague().await;
    let exchange = colleague
        .api("00000002-0000-0ff1-ce00-000000000000")
        .await
        .unwrap();
    let path = format!("servicePrincipals/{}", exchange["id"].as_str().unwrap());
    colleague.graph(Method::DELETE, &path, None).await.unwrap();
    bench.wait(60);
    bench.go_on(Some("sign-in")).await;
    let view = bench.press(Request::SignIn).await;
    is_told(
        &view,
        "sign-in.no-organisation",
        "You",
        "Check that the organisation has Exchange Online",
    );
    assert_eq!(bench.ours(), 0);
    bench.end().await;
}

/// An app whose list of secrets is full when it is renewed: nothing is made, nothing goes, and the way out is named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_with_too_many_secrets() {
    let mut bench = Bench::handed_over("too many secrets").await;
    let colleague = bench.colleague().await;
    let (object, _) = bench.app();
    let before = bench.keys();
    let path = format!("applications/{object}/addPassword");
    let body = || Some(json!({ "passwordCredential": { "displayName": "somebody's" } }));
    while colleague.graph(Method::POST, &path, body()).await.is_ok() {}
    let full = bench.secrets();
    bench
        .press_what(|request| matches!(request, Request::Renew { .. }))
        .await;
    bench.press(Request::SignIn).await;
    let view = bench.press(Request::Commit).await;
    is_told(
        &view,
        "secret.too-many",
        "Application Administrator",
        "remove the secrets that nothing uses",
    );
    assert_eq!(bench.secrets(), full);
    assert!(
        before.iter().all(|key| bench.keys().contains(key)),
        "the platform's stays"
    );
    // Once there is room, the same press goes on.
    let spare = bench
        .keys()
        .into_iter()
        .find(|key| !before.contains(key))
        .unwrap();
    let path = format!("applications/{object}/removePassword");
    colleague
        .graph(Method::POST, &path, Some(json!({ "keyId": spare })))
        .await
        .unwrap();
    let view = bench.press(Request::TryAgain).await;
    assert_ne!(view.page.key, "problem-secret.too-many", "{:?}", view.page);
    bench.end().await;
}

/// Microsoft lets an app that personal accounts may use have two secrets: it is limited to its organisation before it gets
/// another, so taking it over meets no refusal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_of_personal_accounts_with_two_secrets() {
    let mut bench = Bench::new("personal accounts").await;
    let at_work = AtWork::of(&bench, Text::Shipfix).await;
    let colleague = bench.colleague().await;
    let path = format!("applications/{}", at_work.app.object);
    let audience = json!({ "signInAudience": "AzureADandPersonalMicrosoftAccount" });
    colleague
        .graph(Method::PATCH, &path, Some(audience))
        .await
        .unwrap();
    let add = async || {
        let body = json!({ "passwordCredential": { "displayName": "somebody's" } });
        colleague
            .graph(Method::POST, &format!("{path}/addPassword"), Some(body))
            .await
    };
    add().await.unwrap();
    let refused = add().await.unwrap_err();
    assert!(refused.contains("TooManyAppPasswords"), "{refused}");
    let view = at_work.to_the_wait(&mut bench, "shipfix").await;
    assert_eq!(view.page.key, "old-permissions", "{:?}", view.page);
    at_work.ended_well().await;
    bench.end().await;
}
