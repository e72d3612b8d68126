//! A platform that reads by IMAP, from the first page to the last: one permission in Entra, full access mailbox by mailbox, a
//! proof by IMAP, a file that works; and what becomes of it later.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::adopting::commit;
use journeys::bench::{Bench, MAILBOXES, REFUSED, alive_of_ours, planned};
use journeys::checking::codes;
use journeys::renew::{self, To};
use rpc::request::{ListName, Request, Submit};
use rpc::view::{Content, View};
use serde_json::json;

const SUPPORT: &str = "support@contoso.example";
const BILLING: &str = "billing@contoso.example";
/// The secret's half-year, but for nine days.
const NEARLY_OVER: u32 = 171 * 86_400;
const SALES: &str = "sales@contoso.example";

/// A wizard that was told that the platform is LogicalDOC, on the way to this page.
async fn towards(name: &str, page: Option<&str>) -> Bench {
    let mut bench = Bench::new(name).await;
    let session = bench.session();
    session.press(Request::StartPractice).await.unwrap();
    let platform = Submit::Choose {
        value: Some("logicaldoc".into()),
        name: String::new(),
        access: Vec::new(),
    };
    session.send(platform).await.unwrap();
    session.by_plan = true;
    session.go_on(page, MAILBOXES, REFUSED).await.unwrap();
    bench
}

async fn handed_over(name: &str) -> Bench {
    let mut bench = towards(name, None).await;
    let view = bench.session().view();
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    bench.press(Request::SaveAndClose).await;
    bench
}

/// The addresses of the mailboxes that give the app full access, of those that the tests speak of.
async fn open(bench: &Bench) -> Vec<&'static str> {
    let colleague = bench.colleague().await;
    let principal = bench.handle.snapshot().service_principals;
    let principal = principal
        .iter()
        .find(|one| !one.foreign)
        .map(|one| one.id.clone());
    let mut open = Vec::new();
    for address in [SUPPORT, BILLING, SALES, REFUSED] {
        let asked = json!({ "Identity": address, "User": principal });
        let rows = colleague
            .run("Get-MailboxPermission", asked)
            .await
            .unwrap_or_default();
        if principal.is_some() && !rows.is_empty() {
            open.push(address);
        }
    }
    open
}

fn granted(bench: &Bench) -> Vec<String> {
    let app = bench.handle.snapshot();
    let ours = app.service_principals.iter().find(|one| !one.foreign);
    let ours = ours.map(|one| one.id.clone()).unwrap_or_default();
    let held = app.app_role_assignments.iter();
    held.filter(|grant| grant.principal_id == ours)
        .map(|grant| grant.role.clone())
        .collect()
}

/// What the proof finds wrong, as the page says it.
fn reasons(view: &View) -> Vec<String> {
    let Content::Proof { top, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    top.iter().map(|message| message.title.clone()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_that_reads_by_imap_is_connected() {
    let mut bench = towards("imap", Some("plan")).await;
    let lines = planned(&bench.session().view());
    assert!(
        lines
            .iter()
            .any(|line| line == "One permission of Exchange Online"),
        "{lines:?}"
    );
    assert_eq!(
        lines
            .iter()
            .filter(|line| *line == "Full access to one mailbox")
            .count(),
        2,
        "{lines:?}"
    );
    bench.go_on(Some("verify")).await;
    bench.go_on(Some("export")).await;
    // What is shown of a cell is what was asked, and nothing promises what can't be known.
    let view = bench
        .press(Request::GoTo {
            step: "verify".into(),
        })
        .await;
    let page = serde_json::to_string(&view.page).unwrap();
    for (words, said) in [
        ("IMAP EXAMINE INBOX", true),
        ("Get-MailboxPermission", true),
        ("Test-ServicePrincipalAuthorization", false),
        ("/users/", false),
        ("only where it should", false),
    ] {
        assert_eq!(page.contains(words), said, "{words}: {page}");
    }
    bench.go_on(None).await;
    let view = bench.session().view();
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    assert_eq!(
        view.page.heading,
        "LogicalDOC can use 2 mailboxes; each of the others that were tried refused it"
    );
    assert_eq!(granted(&bench), ["IMAP.AccessAsApp"]);
    assert_eq!(open(&bench).await, [SUPPORT, BILLING]);
    let bundle = bench.bundle();
    assert_eq!(bundle["scope"]["method"], "fullAccess");
    assert_eq!(bundle["scope"]["holds"].as_array().unwrap().len(), 2);
    assert_eq!(bundle["permissions"][0]["api"], "Office 365 Exchange Online");
    assert_eq!(bundle["permissions"][0]["authority"], "mailbox");
    assert_eq!(bundle["protocol"]["host"], bench.handle.imap());
    // The platform's own client, with nothing but the file.
    let platform = bench.platform();
    platform.moved().await.unwrap();
    assert_eq!(platform.stop().await.failed, Vec::<String>::new());
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_mailboxes_are_changed_and_it_is_revoked() {
    let mut bench = handed_over("imap changed").await;
    bench
        .press_what(|request| matches!(request, Request::ChangeMailboxes { .. }))
        .await;
    bench.press(Request::SignIn).await;
    bench
        .press(Request::RemoveMailbox {
            list: ListName::Allowed,
            address: BILLING.into(),
        })
        .await;
    let view = bench
        .session()
        .send(Submit::Mailboxes {
            allowed: SALES.into(),
            refused: String::new(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    bench.session().go_on(None, "", "").await.unwrap();
    let view = bench.session().view();
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    assert_eq!(open(&bench).await, [SUPPORT, SALES]);
    // It was tried in the mailbox that was taken off, and refused there.
    let record = std::fs::read_to_string(bench.records().last().unwrap()).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    let rows = record["proof"]["rows"].as_array().unwrap();
    assert!(
        rows.iter().any(|row| row["mailbox"] == BILLING
            && row["finding"] == "refused"
            && row["stamp"] == "observed"),
        "{rows:#?}"
    );
    bench.press(Request::SaveAndClose).await;
    let view = bench
        .press_what(|request| matches!(request, Request::Revoke { .. }))
        .await;
    assert_eq!(view.page.key, "revoke", "{:?}", view.page);
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    let snapshot = bench.handle.snapshot();
    assert_eq!(alive_of_ours(&snapshot), 0);
    assert!(snapshot.foreign_changes.is_empty());
    assert_eq!(open(&bench).await, [] as [&str; 0]);
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_secret_is_renewed_while_it_works() {
    let mut bench = handed_over("imap renewed").await;
    let platform = bench.platform();
    platform.moved().await.unwrap();
    let before = bench.keys();
    bench.wait(NEARLY_OVER);
    renew::go_on(bench.session(), To::TheFile).await.unwrap();
    platform.given(&bench.bundle()).unwrap();
    platform.moved().await.unwrap();
    renew::go_on(bench.session(), To::TheEnd).await.unwrap();
    platform.round().await.unwrap();
    assert_eq!(platform.stop().await.failed, Vec::<String>::new());
    let after = bench.keys();
    assert_eq!(after.len(), 1);
    assert_ne!(after, before);
    bench.end().await;
}

/// With the app's own key from the command line, and with a sign-in: what somebody changed is named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_changed_is_named() {
    let mut bench = handed_over("imap checked").await;
    let record = bench.records().pop().unwrap();
    for sign_in in [false, true] {
        let checked = bench.checked(record.clone(), sign_in).await;
        assert_eq!(codes(&checked).unwrap(), [] as [&str; 0], "{sign_in}");
    }
    let colleague = bench.colleague().await;
    let snapshot = bench.handle.snapshot();
    let ours = snapshot
        .service_principals
        .iter()
        .find(|one| !one.foreign)
        .unwrap();
    let right = |mailbox: &str| json!({ "Identity": mailbox, "User": ours.id, "AccessRights": "FullAccess" });
    colleague
        .run("Add-MailboxPermission", right(REFUSED))
        .await
        .unwrap();
    let mut gone = right(BILLING);
    gone["Confirm"] = json!(false);
    colleague.run("Remove-MailboxPermission", gone).await.unwrap();
    bench.wait(3 * 3600);
    let alone = bench.checked(record.clone(), false).await;
    assert_eq!(codes(&alone).unwrap(), ["mailbox.refused", "mailbox.reached"]);
    let signed_in = codes(&bench.checked(record, true).await).unwrap();
    for code in ["mailbox-right.other", "mailbox-right.missing"] {
        assert!(signed_in.iter().any(|found| found == code), "{signed_in:?}");
    }
    // The window names them too, with what can be done.
    bench.open();
    bench
        .press_what(|request| matches!(request, Request::CheckAgain { .. }))
        .await;
    let view = bench.press(Request::SignIn).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    let reasons = reasons(&view);
    assert!(
        reasons
            .iter()
            .any(|reason| reason.contains("the app has FullAccess on")),
        "{reasons:#?}"
    );
    bench.end().await;
}

/// Found again at a computer that knows nothing of it: its mailboxes are named anew, and nothing is given twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_found_again_at_another_computer() {
    let mut bench = handed_over("imap found again").await;
    bench.at_another_computer();
    bench.found_again().await;
    bench.session().by_plan = true;
    let before = bench.handle.snapshot();
    bench.go_on(Some("plan")).await;
    let lines = planned(&bench.session().view());
    assert!(!lines.iter().any(|line| line.contains("taken")), "{lines:?}");
    assert_eq!(granted(&bench), ["IMAP.AccessAsApp"]);
    assert_eq!(
        bench.handle.snapshot().app_role_assignments.len(),
        before.app_role_assignments.len()
    );
    assert_eq!(open(&bench).await, [SUPPORT, BILLING]);
    bench.end().await;
}
