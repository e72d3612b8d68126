//! Platforms without a profile of their own that reach mail as mail programs do: what is made for them, and that curl gets into
//! the named mailboxes with what was handed over and into no other.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::{Bench, MAILBOXES, REFUSED, planned};
use journeys::curl::{Try, works};
use rpc::request::{Request, Submit};
use rpc::view::Content;
use serde_json::{Value, json};

const SUPPORT: &str = "support@contoso.example";
const BILLING: &str = "billing@contoso.example";

/// A connection of a platform that is described so, as far as its plan.
async fn begun(name: &str, profile: &str, access: &[&str]) -> Bench {
    let mut bench = Bench::new(name).await;
    bench.described(profile, access).await;
    bench
}

/// The same, handed over.
async fn handed_over(name: &str, profile: &str, access: &[&str]) -> Bench {
    let mut bench = begun(name, profile, access).await;
    bench.go_on(None).await;
    let view = bench.session().view();
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    bench
}

/// What was granted to the app in Entra.
fn granted(bench: &Bench) -> Vec<String> {
    let snapshot = bench.handle.snapshot();
    let ours = snapshot
        .service_principals
        .iter()
        .find(|one| !one.foreign)
        .unwrap();
    let held = snapshot.app_role_assignments.iter();
    let held = held.filter(|grant| grant.principal_id == ours.id);
    held.map(|grant| grant.role.clone()).collect()
}

/// The id of a grant of ours.
fn grant_of(bench: &Bench, role: &str) -> String {
    let held = bench.handle.snapshot().app_role_assignments.into_iter();
    let mut held = held.filter(|grant| !grant.foreign && grant.role == role);
    held.next().unwrap().id
}

/// The server that the file names for a permission.
fn server(bundle: &Value, permission: &str) -> String {
    let servers = bundle["protocol"]["servers"].as_array().unwrap();
    let found = servers
        .iter()
        .find(|server| server["permission"] == permission)
        .unwrap();
    format!("{}:{}", found["host"].as_str().unwrap(), found["port"])
}

fn labels(bundle: &Value) -> Vec<&str> {
    let form = bundle["form"].as_array().unwrap();
    form.iter()
        .map(|entry| entry["label"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_reads_and_sends_as_a_mail_program_gets_into_its_mailboxes_alone() {
    let all = ["IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp"];
    let bench = handed_over("mail program", "generic-imap", &all).await;
    let mut held = granted(&bench);
    held.sort();
    assert_eq!(held, all);
    let bundle = bench.bundle();
    let token = bench.token(&bundle).await;
    let root = bench.handle.root_certificate_pem().to_owned();
    for (what, permission) in [Try::Imap, Try::Pop, Try::Smtp].into_iter().zip(all) {
        let server = server(&bundle, permission);
        for (address, expected) in [(SUPPORT, true), (BILLING, true), (REFUSED, false)] {
            let works = works(what, &server, &root, address, &token).await.unwrap();
            assert_eq!(works, expected, "{what:?} {address}");
        }
    }
    assert!(labels(&bundle).contains(&"POP server"));
    bench.end().await;
}

/// What wasn't asked for isn't granted, and its fields aren't filled in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_was_ticked_is_granted() {
    let bench = handed_over("pop alone", "generic-imap", &["POP.AccessAsApp"]).await;
    assert_eq!(granted(&bench), ["POP.AccessAsApp"]);
    let bundle = bench.bundle();
    let token = bench.token(&bundle).await;
    let root = bench.handle.root_certificate_pem().to_owned();
    let pop = server(&bundle, "POP.AccessAsApp");
    assert!(works(Try::Pop, &pop, &root, SUPPORT, &token).await.unwrap());
    let imap = bench.handle.imap();
    assert!(!works(Try::Imap, &imap, &root, SUPPORT, &token).await.unwrap());
    let labels = labels(&bundle);
    assert!(
        labels.contains(&"POP server") && !labels.contains(&"IMAP server"),
        "{labels:?}"
    );
    bench.end().await;
}

/// A platform that only sends is held by a scope, has nothing in Entra, and opens nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_sends_is_held_by_a_scope_and_opens_nothing() {
    let bench = handed_over("smtp", "generic-smtp", &["Application SMTP.SendAsApp"]).await;
    assert_eq!(granted(&bench), [] as [&str; 0]);
    let bundle = bench.bundle();
    assert_eq!(bundle["scope"]["method"], "rbacForApplications");
    assert_eq!(
        bundle["permissions"],
        json!([{
            "api": "Office 365 Exchange Online",
            "name": "Application SMTP.SendAsApp",
            "authority": "exchangeRbac",
            "reason": "to send mail from the mailboxes by SMTP",
        }])
    );
    let token = bench.token(&bundle).await;
    let root = bench.handle.root_certificate_pem().to_owned();
    let smtp = server(&bundle, "Application SMTP.SendAsApp");
    for (address, expected) in [(SUPPORT, true), (BILLING, true), (REFUSED, false)] {
        let works = works(Try::Smtp, &smtp, &root, address, &token).await.unwrap();
        assert_eq!(works, expected, "{address}");
    }
    let imap = bench.handle.imap();
    assert!(!works(Try::Imap, &imap, &root, SUPPORT, &token).await.unwrap());
    bench.end().await;
}

/// Somebody whose computer knows nothing of it takes it up as what it is: nothing that the platform uses is taken away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_found_again_as_what_it_is() {
    for (profile, access) in [
        ("generic-imap", &["POP.AccessAsApp", "SMTP.SendAsApp"][..]),
        ("generic-smtp", &["Application SMTP.SendAsApp"]),
    ] {
        let mut bench = handed_over(&format!("{profile} again"), profile, access).await;
        found_again_as_it_is(&mut bench).await;
        bench.end().await;
    }
}

/// What somebody else granted is among what the app has. That it was taken from there is said, with the way to untick it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_taken_from_the_app_is_said() {
    let mut bench = handed_over("granted more", "generic-imap", &["IMAP.AccessAsApp"]).await;
    bench.press(Request::SaveAndClose).await;
    let colleague = bench.colleague().await;
    let snapshot = bench.handle.snapshot();
    let mut ours = snapshot.service_principals.iter().filter(|one| !one.foreign);
    let exchange = domain::grant::EXCHANGE_ONLINE;
    let granted = colleague.grant(&ours.next().unwrap().id, exchange, "POP.AccessAsApp");
    granted.await.unwrap();
    bench.at_another_computer();
    let view = bench.found_again().await;
    let Content::Mailboxes { messages, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let [told] = messages.as_slice() else {
        panic!("{messages:?}")
    };
    for permission in ["IMAP.AccessAsApp", "POP.AccessAsApp"] {
        let text = told.text.as_deref().unwrap();
        assert!(text.contains(permission), "{text}");
    }
    let change = told.action.as_ref().unwrap().request.clone();
    assert_eq!(bench.press(change).await.page.key, "platform");
    bench.end().await;
}

/// Takes a connection up at another computer, and goes to the end with it: nothing of it is taken away.
async fn found_again_as_it_is(bench: &mut Bench) {
    bench.press(Request::SaveAndClose).await;
    let before = (granted(bench), roles(bench), given(bench));
    bench.at_another_computer();
    bench.found_again().await;
    bench.session().by_plan = true;
    bench.go_on(Some("plan")).await;
    let lines = planned(&bench.session().view());
    assert!(!lines.iter().any(|line| line.contains("taken")), "{lines:?}");
    bench.go_on(None).await;
    let view = bench.session().view();
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    assert_eq!((granted(bench), roles(bench), given(bench)), before);
}

/// The rights on mailboxes that there are.
fn given(bench: &Bench) -> Vec<String> {
    let prints = bench.handle.snapshot().prints.into_keys();
    prints
        .filter(|print| print.starts_with("mailboxPermission"))
        .collect()
}

/// The roles of the app in Exchange.
fn roles(bench: &Bench) -> Vec<String> {
    let snapshot = serde_json::to_value(bench.handle.snapshot()).unwrap();
    let held = snapshot["exchange"]["assignments"].as_array().unwrap();
    let ours = held.iter().filter(|held| held["foreign"] == false);
    ours.map(|held| held["role"].as_str().unwrap().to_owned())
        .collect()
}

/// A mailbox for which the protocol is switched off is told, rather than waited for, and proven once it is switched on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_protocol_that_is_switched_off_is_named() {
    let mut bench = begun(
        "switched off",
        "generic-imap",
        &["IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp"],
    )
    .await;
    let switch = async |bench: &Bench, name: &str, value: bool| {
        let asked = json!({ "Identity": SUPPORT, name: value });
        let colleague = bench.colleague().await;
        colleague.run("Set-CASMailbox", asked).await.unwrap();
    };
    switch(&bench, "PopEnabled", false).await;
    switch(&bench, "SmtpClientAuthenticationDisabled", true).await;
    bench.go_on(Some("verify")).await;
    // The limit is in force by now.
    bench.wait(3600);
    let view = bench.checked_now().await;
    let Content::Proof { top, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let titles: Vec<&str> = top.iter().map(|message| message.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "POP3 is switched off for support@contoso.example",
            "SMTP is switched off for support@contoso.example"
        ]
    );
    switch(&bench, "PopEnabled", true).await;
    switch(&bench, "SmtpClientAuthenticationDisabled", false).await;
    bench.checked_now().await;
    bench.go_on(None).await;
    assert_eq!(bench.session().page(), "exported");
    bench.end().await;
}

/// What is ticked later is granted, what is no longer ticked is taken away, and each is proven before a file tells of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_ticked_can_be_changed() {
    let mut bench = handed_over("ticked", "generic-imap", &["IMAP.AccessAsApp"]).await;
    for (ticked, by_smtp) in [
        (&["IMAP.AccessAsApp", "SMTP.SendAsApp"][..], true),
        (&["IMAP.AccessAsApp"], false),
    ] {
        bench.go_to("platform").await;
        let changed = Submit::Choose {
            value: Some("generic-imap".into()),
            name: "Northwind Desk".into(),
            access: ticked.iter().map(|&name| name.to_owned()).collect(),
        };
        bench.session().send(changed).await.unwrap();
        if !by_smtp {
            // What was granted for it is named, and one press takes it away.
            let id = grant_of(&bench, "SMTP.SendAsApp");
            let view = bench.go_to("plan").await;
            assert!(
                serde_json::to_string(&view.page).unwrap().contains(&id),
                "{:?}",
                view.page
            );
            bench.press(Request::RemoveGrant { id }).await;
        }
        // What is granted is waited for as a limit is, and the sign-in runs out meanwhile.
        for _ in 0..3 {
            if bench.session().go_on(None, MAILBOXES, REFUSED).await.is_err() {
                assert_eq!(bench.session().page(), "problem-sign-in.expired");
                bench.press(Request::TryAgain).await;
            }
        }
        let view = bench.session().view();
        assert_eq!(view.page.key, "exported", "{ticked:?}: {:?}", view.page);
        assert_eq!(granted(&bench), ticked);
        let bundle = bench.bundle();
        let token = bench.token(&bundle).await;
        let root = bench.handle.root_certificate_pem().to_owned();
        let smtp = bench.handle.smtp();
        let works = works(Try::Smtp, &smtp, &root, SUPPORT, &token).await.unwrap();
        assert_eq!(works, by_smtp, "{ticked:?}");
        // The platform keeps its secret; the record tells what it may do now.
        let record = std::fs::read_to_string(bench.records().last().unwrap()).unwrap();
        let record: Value = serde_json::from_str(&record).unwrap();
        let told = record["permissions"].as_array().unwrap();
        let told: Vec<&str> = told.iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(told, ticked);
    }
    bench.end().await;
}

/// A vendor's own profile can have several methods. The connection goes by the one that it was made with, and not by the first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_with_two_methods_is_found_again_by_the_one_that_it_has() {
    let mut bench = Bench::new("two methods").await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("northwind-two.toml"), TWO_METHODS).unwrap();
    bench.profiles = Some(folder.path().to_owned());
    bench.reopen().await;
    let session = bench.session();
    session.press(Request::StartPractice).await.unwrap();
    for (page, value) in [("platform", "northwind-two"), ("method", "smtp-app-only")] {
        assert_eq!(session.page(), page);
        let chosen = Submit::Choose {
            value: Some(value.into()),
            name: String::new(),
            access: Vec::new(),
        };
        session.send(chosen).await.unwrap();
    }
    session.by_plan = true;
    session.go_on(None, MAILBOXES, REFUSED).await.unwrap();
    assert_eq!(session.page(), "exported");
    assert_eq!(roles(&bench), ["Application SMTP.SendAsApp"]);
    found_again_as_it_is(&mut bench).await;
    bench.end().await;
}

const TWO_METHODS: &str = r#"
id = "northwind-two"
name = "Northwind Two"
vendor = "Northwind Traders"
version = 1
summary = "Reads through Microsoft Graph, or sends by SMTP."
last-verified = 2026-11-28
methods = ["graph-app-only", "smtp-app-only"]
scope-methods = ["rbac-for-applications"]
apps = 1
form = [{ label = "Client ID", field = "client-id" }, { label = "Secret", field = "secret-value" }]

[[permissions]]
permission = "Mail.Read"
reason = "to read"

[[permissions]]
permission = "Application SMTP.SendAsApp"
reason = "to send"

[credential]
longest-months = 24
usual-months = 12
"#;
