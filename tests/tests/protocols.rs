//! Protocols of mail programs that are switched off for mailboxes: asked about before anything is switched on, proven once they
//! are on, and set back to just how they were.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeMap;

use journeys::bench::{Bench, MAILBOXES, REFUSED, alive_of_ours, planned};
use practice::Answer;
use rpc::request::Request;
use rpc::view::{Content, Message, PlanPart, View};
use serde_json::{Value, json};

const SUPPORT: &str = "support@contoso.example";
const BILLING: &str = "billing@contoso.example";
const ALL: [&str; 3] = ["IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp"];
const SMTP: &str = "SmtpClientAuthenticationDisabled";

/// A connection of a platform that is described so, as far as its plan, in an organisation where this is set.
async fn begun(name: &str, profile: &str, access: &[&str], set: &[(&str, &str, Value)]) -> Bench {
    let mut bench = Bench::new(name).await;
    switch(&bench, set).await;
    bench.described(profile, access).await;
    bench
}

/// A colleague sets switches: of a mailbox, or of the organisation where none is named.
async fn switch(bench: &Bench, set: &[(&str, &str, Value)]) {
    let colleague = bench.colleague().await;
    for (mailbox, name, value) in set {
        let (cmdlet, asked) = match *mailbox {
            "" => ("Set-TransportConfig", json!({ *name: value })),
            mailbox => ("Set-CASMailbox", json!({ "Identity": mailbox, *name: value })),
        };
        colleague.run(cmdlet, asked).await.unwrap();
    }
}

/// How the mailboxes' switches stand that aren't as they are from the start, by their content.
fn switches(bench: &Bench) -> BTreeMap<String, String> {
    let prints = bench.handle.snapshot().prints.into_iter();
    prints.filter(|(of, _)| of.starts_with("clientAccess")).collect()
}

async fn row(bench: &Bench, mailbox: &str) -> Value {
    let colleague = bench.colleague().await;
    let asked = json!({ "Identity": mailbox });
    colleague.run("Get-CASMailbox", asked).await.unwrap().remove(0)
}

async fn organisations_own(bench: &Bench) -> Value {
    let colleague = bench.colleague().await;
    let rows = colleague.run("Get-TransportConfig", json!({})).await.unwrap();
    rows[0][SMTP].clone()
}

fn parts(view: &View) -> &[PlanPart] {
    match &view.page.content {
        Content::Parts { plan, .. } => &plan.parts,
        other => panic!("{other:?}"),
    }
}

/// What the plan's part about protocols says; nothing where it has none.
fn asked(view: &View) -> &[Message] {
    let part = parts(view).iter().find(|part| part.kind == "protocols");
    part.map_or(&[], |part| &part.messages)
}

fn titles(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.title.as_str()).collect()
}

/// Answers every question of the plan with yes.
async fn switch_on(bench: &mut Bench) -> View {
    let mut view = bench.session().view();
    let open = |message: &Message| message.action.clone().map(|action| action.request);
    while let Some(request) = asked(&view).iter().filter_map(open).find(is_yes) {
        view = bench.press(request).await;
    }
    view
}

fn is_yes(request: &Request) -> bool {
    matches!(request, Request::SwitchProtocol { on: true, .. })
}

/// The lines of the record that set protocols back.
fn undone(bench: &Bench) -> Vec<String> {
    let record = std::fs::read_to_string(bench.records().last().unwrap()).unwrap();
    let record: Value = serde_json::from_str(&record).unwrap();
    let lines = record["undo"].as_array().unwrap().iter();
    let lines = lines.map(|line| line.as_str().unwrap().to_owned());
    lines.filter(|line| line.starts_with("Set-CASMailbox")).collect()
}

async fn to_the_end(bench: &mut Bench) {
    // What is switched on is waited for as a limit is, and the sign-in runs out meanwhile.
    for _ in 0..3 {
        if bench.session().go_on(None, MAILBOXES, REFUSED).await.is_err() {
            assert_eq!(bench.session().page(), "problem-sign-in.expired");
            bench.press(Request::TryAgain).await;
        }
    }
    let view = bench.session().view();
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
}

async fn revoked(bench: &mut Bench) {
    bench.press(Request::SaveAndClose).await;
    bench
        .press_what(|request| matches!(request, Request::Revoke { .. }))
        .await;
    let mut view = bench.press(Request::Commit).await;
    if view.page.key == "sign-in" {
        bench.press(Request::SignIn).await;
        view = bench.press(Request::Commit).await;
    }
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    let snapshot = bench.handle.snapshot();
    assert_eq!(alive_of_ours(&snapshot), 0);
    assert!(
        snapshot.foreign_changes.is_empty(),
        "{:?}",
        snapshot.foreign_changes
    );
}

/// Every protocol, off in every way that there is: asked, on, proven, and taken away as if it had never been.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_off_is_asked_about_switched_on_proven_and_set_back() {
    let set = [
        (SUPPORT, "ImapEnabled", json!(false)),
        (SUPPORT, "PopEnabled", json!(false)),
        (BILLING, "PopEnabled", json!(false)),
        (SUPPORT, SMTP, json!(true)),
    ];
    let mut bench = begun("switched on", "generic-imap", &ALL, &set).await;
    let before = switches(&bench);
    let view = bench.session().view();
    assert_eq!(
        titles(asked(&view)),
        [
            "IMAP is switched off for 1 of 2 mailboxes",
            "POP3 is switched off for 2 of 2 mailboxes",
            "SMTP is switched off for 1 of 2 mailboxes",
        ]
    );
    let text = asked(&view)[0].text.clone().unwrap();
    assert!(text.contains(SUPPORT) && !text.contains(BILLING), "{text}");
    assert!(text.contains("-ImapEnabled:$true"), "{text}");
    // Nothing of it is planned before somebody asked.
    assert!(!planned(&view).iter().any(|line| line.contains("switched on")));
    let view = switch_on(&mut bench).await;
    let lines = planned(&view);
    let on = |name: &str| {
        let title = format!("{name}, switched on for one mailbox");
        lines.iter().filter(|line| **line == title).count()
    };
    assert_eq!((on("IMAP"), on("POP3"), on("SMTP")), (1, 2, 1), "{lines:?}");
    assert_eq!(switches(&bench), before, "only the plan was changed");
    to_the_end(&mut bench).await;
    assert_eq!(undone(&bench).len(), 4);
    for (mailbox, smtp) in [(SUPPORT, json!(false)), (BILLING, Value::Null)] {
        let row = row(&bench, mailbox).await;
        assert_eq!(
            (&row["ImapEnabled"], &row["PopEnabled"]),
            (&json!(true), &json!(true))
        );
        assert_eq!(row[SMTP], smtp);
    }
    revoked(&mut bench).await;
    assert_eq!(switches(&bench), before);
    bench.end().await;
}

/// What is on needs no word, and nothing of it is set back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_on_before_is_never_switched_off() {
    let set = [
        (SUPPORT, SMTP, json!(false)),
        (BILLING, "EwsEnabled", json!(false)),
    ];
    let mut bench = begun("on before", "generic-imap", &ALL, &set).await;
    let before = switches(&bench);
    let view = bench.session().view();
    assert!(!parts(&view).iter().any(|part| part.kind == "protocols"));
    to_the_end(&mut bench).await;
    assert_eq!(undone(&bench), [""; 0]);
    revoked(&mut bench).await;
    assert_eq!(switches(&bench), before);
    bench.end().await;
}

/// The organisation's own switch stays off. Left alone, the proof says what stands in the way, and leads to the plan that switches it on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn left_off_it_is_named_by_the_proof_which_leads_to_the_plan() {
    let set = [("", SMTP, json!(true))];
    let mut bench = begun("left off", "generic-smtp", &["Application SMTP.SendAsApp"], &set).await;
    let before = switches(&bench);
    assert_eq!(
        titles(asked(&bench.session().view())),
        ["SMTP is switched off for 2 of 2 mailboxes"]
    );
    bench.go_on(Some("verify")).await;
    assert_eq!(switches(&bench), before, "nobody asked");
    // The limit is in force by now.
    bench.wait(3600);
    let view = bench.checked_now().await;
    let Content::Proof { top, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(top[0].title, format!("SMTP is switched off for {SUPPORT}"));
    let way_out = top[0].action.clone().unwrap().request;
    let view = bench.press(way_out).await;
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    assert_eq!(titles(asked(&view)), ["SMTP will be switched on for 2 mailboxes"]);
    to_the_end(&mut bench).await;
    assert_eq!(undone(&bench).len(), 2);
    assert!(undone(&bench)[0].ends_with(&format!("-{SMTP} $null")));
    assert_eq!(row(&bench, BILLING).await[SMTP], json!(false));
    revoked(&mut bench).await;
    assert_eq!(switches(&bench), before);
    assert_eq!(organisations_own(&bench).await, json!(true));
    bench.end().await;
}

/// What somebody changed since it was switched on here stays as they set it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_since_is_left_as_it_is() {
    let set = [
        (SUPPORT, "ImapEnabled", json!(false)),
        (BILLING, "ImapEnabled", json!(false)),
        (SUPPORT, SMTP, json!(true)),
    ];
    let access = ["IMAP.AccessAsApp", "SMTP.SendAsApp"];
    let mut bench = begun("changed since", "generic-imap", &access, &set).await;
    switch_on(&mut bench).await;
    to_the_end(&mut bench).await;
    let since = [
        (SUPPORT, "ImapEnabled", json!(false)),
        (SUPPORT, SMTP, Value::Null),
    ];
    switch(&bench, &since).await;
    revoked(&mut bench).await;
    let (support, billing) = (row(&bench, SUPPORT).await, row(&bench, BILLING).await);
    assert_eq!(support["ImapEnabled"], json!(false));
    assert_eq!(support[SMTP], Value::Null, "it follows the organisation now");
    assert_eq!(billing["ImapEnabled"], json!(false), "that one was set back");
    bench.end().await;
}

/// A mailbox that is taken off the list is set back by the same plan, and the others stay on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_that_is_taken_off_the_list_is_set_back() {
    let off = |mailbox| (mailbox, "ImapEnabled", json!(false));
    let set = [off(SUPPORT), off(BILLING)];
    let mut bench = begun("off the list", "generic-imap", &["IMAP.AccessAsApp"], &set).await;
    switch_on(&mut bench).await;
    to_the_end(&mut bench).await;
    bench.go_to("mailboxes").await;
    let list = rpc::request::ListName::Allowed;
    let address = BILLING.into();
    bench.press(Request::RemoveMailbox { list, address }).await;
    bench.go_on(Some("plan")).await;
    let lines = planned(&bench.session().view());
    let back = "IMAP, switched back off for one mailbox";
    assert!(lines.iter().any(|line| line == back), "{lines:?}");
    to_the_end(&mut bench).await;
    assert_eq!(row(&bench, BILLING).await["ImapEnabled"], json!(false));
    assert_eq!(row(&bench, SUPPORT).await["ImapEnabled"], json!(true));
    revoked(&mut bench).await;
    assert_eq!(row(&bench, SUPPORT).await["ImapEnabled"], json!(false));
    bench.end().await;
}

/// An answer that got lost, and a window that ended there: what was switched on is known again, and is set back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_switched_on_without_an_answer_is_set_back_too() {
    let set = [(SUPPORT, "ImapEnabled", json!(false))];
    let mut bench = begun("lost", "generic-imap", &["IMAP.AccessAsApp"], &set).await;
    let before = switches(&bench);
    switch_on(&mut bench).await;
    let lost = Answer {
        drop: true,
        takes_effect: true,
        ..Answer::default()
    };
    bench.plan("Exchange Set-CASMailbox", 1, lost);
    bench.press(Request::Commit).await;
    let page = bench.session().page();
    assert!(page.starts_with("problem-"), "{page}");
    bench.reopen().await;
    bench.session().by_plan = true;
    to_the_end(&mut bench).await;
    revoked(&mut bench).await;
    assert_eq!(switches(&bench), before);
    bench.end().await;
}
