//! A mail program's access beside what other people did: what is theirs stays, what stands in the way is named, and nothing that
//! was given here is forgotten.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::adopting::{AtWork, commit, press};
use journeys::bench::{Bench, MAILBOXES, REFUSED, offered, planned};
use journeys::by_hand::Text;
use journeys::colleague::Colleague;
use practice::Snapshot;
use reqwest::Method;
use rpc::request::{ListName, Request, Submit};
use rpc::view::{Content, View};
use serde_json::json;

const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";
const SUPPORT: &str = "support@contoso.example";
const BILLING: &str = "billing@contoso.example";

async fn choose(bench: &mut Bench, profile: &str) -> View {
    let platform = Submit::Choose {
        value: Some(profile.into()),
        name: "Northwind Tickets".into(),
        access: vec!["Mail.Read".into()],
    };
    bench.session().send(platform).await.unwrap()
}

async fn handed_over(name: &str, profile: &str) -> Bench {
    let mut bench = Bench::new(name).await;
    bench.press(Request::StartPractice).await;
    choose(&mut bench, profile).await;
    bench.session().by_plan = true;
    let session = bench.session();
    session.go_on(None, MAILBOXES, REFUSED).await.unwrap();
    assert_eq!(session.page(), "exported");
    bench
}

/// The object id of our enterprise application.
fn principal(bench: &Bench) -> String {
    let principals = bench.handle.snapshot().service_principals;
    let ours = principals.into_iter().find(|one| !one.foreign);
    ours.unwrap().id
}

async fn gives_full_access(colleague: &Colleague, principal: &str, mailbox: &str) {
    let right = json!({ "Identity": mailbox, "User": principal, "AccessRights": "FullAccess" });
    colleague.run("Add-MailboxPermission", right).await.unwrap();
}

/// How many mailboxes give an app full access.
fn open_to(snapshot: &Snapshot, principal: &str) -> usize {
    let prints = snapshot.prints.keys();
    let open = prints.filter(|print| print.starts_with("mailboxPermission") && print.contains(principal));
    open.count()
}

/// What somebody gave the app of a platform that goes by Graph is theirs: taking everything of ours away leaves it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_gave_an_app_of_graph_stays_theirs() {
    let mut bench = handed_over("others graph", "sinch-contact-pro").await;
    let (colleague, app) = (bench.colleague().await, principal(&bench));
    colleague.grant(&app, EXCHANGE, "IMAP.AccessAsApp").await.unwrap();
    gives_full_access(&colleague, &app, SUPPORT).await;
    bench
        .press(Request::GoTo {
            step: "permissions".into(),
        })
        .await;
    press(&mut bench, Request::Check).await;
    bench.press(Request::SaveAndClose).await;
    bench
        .press_what(|request| matches!(request, Request::Revoke { .. }))
        .await;
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    let sent = bench.sent();
    assert!(
        !sent.iter().any(|call| call.contains("Remove-MailboxPermission")),
        "{sent:#?}"
    );
    bench.end().await;
}

/// Nobody knows it before the proof; then the page that grants it again is one press away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lets_it_in_is_granted_again() {
    let mut bench = handed_over("others granted again", "logicaldoc").await;
    lets_in_no_more(&bench).await;
    bench.press(Request::SaveAndClose).await;
    bench
        .press_what(|request| matches!(request, Request::CheckAgain { .. }))
        .await;
    let view = bench.press(Request::SignIn).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    let to = || Request::GoTo {
        step: "permissions".into(),
    };
    let Content::Proof { top, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let mut acts = top.iter().filter_map(|message| message.action.as_ref());
    assert!(acts.any(|act| act.request == to()), "{top:?}");
    let view = bench.press(to()).await;
    assert_eq!(view.page.key, "permissions-to-grant", "{:?}", view.page);
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "permissions", "{:?}", view.page);
    bench.end().await;
}

/// Somebody takes away what lets our app in.
async fn lets_in_no_more(bench: &Bench) {
    let (colleague, app) = (bench.colleague().await, principal(bench));
    let grants = bench.handle.snapshot().app_role_assignments;
    let grant = grants
        .into_iter()
        .find(|grant| grant.principal_id == app)
        .unwrap();
    let path = format!("servicePrincipals/{app}/appRoleAssignments/{}", grant.id);
    colleague.graph(Method::DELETE, &path, None).await.unwrap();
}

/// A platform that no profile knows goes by Graph, whatever somebody granted its app.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_that_goes_by_graph_is_found_again_as_it_is() {
    let mut bench = handed_over("others found again", "generic-graph").await;
    let (colleague, app) = (bench.colleague().await, principal(&bench));
    colleague.grant(&app, EXCHANGE, "IMAP.AccessAsApp").await.unwrap();
    bench.at_another_computer();
    let view = bench.found_again().await;
    assert!(
        !serde_json::to_string(&view).unwrap().contains("LogicalDOC"),
        "{:?}",
        view.page
    );
    let (allowed, refused) = (String::new(), REFUSED.to_owned());
    let view = bench
        .session()
        .send(Submit::Mailboxes { allowed, refused })
        .await
        .unwrap();
    let lines = planned(&view);
    assert!(
        !lines.iter().any(|line| line.contains("Full access")),
        "{lines:?}"
    );
    bench.end().await;
}

/// Looking at the mailboxes again writes nothing down, so what was proven stays proven.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_mailboxes_are_looked_at_again_without_a_trace() {
    let mut bench = handed_over("others looked at", "logicaldoc").await;
    bench.at_another_computer();
    bench.found_again().await;
    let written = |bench: &Bench| std::fs::metadata(bench.journal()).unwrap().len();
    let before = written(&bench);
    let step = || Request::GoTo {
        step: "mailboxes".into(),
    };
    let view = bench.press(step()).await;
    assert_eq!(view.page.key, "mailboxes", "{:?}", view.page);
    assert_eq!(written(&bench), before);
    bench.end().await;
}

/// An app that was granted something here can't be given back as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_that_was_granted_something_is_not_given_back_as_it_was() {
    let mut bench = Bench::new("others granted").await;
    let colleague = bench.colleague().await;
    let pass = |time: std::time::Duration| bench.wait(u32::try_from(time.as_secs()).unwrap());
    let theirs = colleague.register("Filing cabinet", pass).await.unwrap();
    colleague.add_secret(&theirs.object, "its own").await.unwrap();
    bench.press(Request::StartPractice).await;
    choose(&mut bench, "logicaldoc").await;
    bench.go_on(Some("signed-in")).await;
    bench.press(Request::ChooseExistingApp).await;
    let text = theirs.client.clone();
    bench.session().send(Submit::FindApp { text }).await.unwrap();
    bench.press(Request::Commit).await;
    bench.session().by_plan = false;
    bench.go_on(Some("permissions-to-grant")).await;
    let undo = |request: &Request| *request == Request::Undo;
    let app = || Request::GoTo { step: "app".into() };
    assert!(offered(&bench.press(app()).await, undo).is_some());
    bench
        .press(Request::GoTo {
            step: "permissions".into(),
        })
        .await;
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "permissions", "{:?}", view.page);
    let view = bench.press(app()).await;
    assert!(offered(&view, undo).is_none(), "{:?}", view.page);
    bench.end().await;
}

/// What an app had in Exchange when it was taken over is written down, so nothing is left to be made; and full access to a
/// mailbox that must stay refused is named, with the mailbox, and stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_taken_over_app_has_in_exchange_is_known() {
    let mut bench = Bench::new("others taken over").await;
    let at_work = AtWork::of(&bench, Text::LogicalDoc).await;
    let (colleague, app) = (bench.colleague().await, at_work.app.principal.clone());
    let other = at_work.app.refused[0].0.clone();
    gives_full_access(&colleague, &app, &other).await;
    at_work.to_the_plan(&mut bench, "logicaldoc").await;
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "problem-scope.too-broad", "{:?}", view.page);
    assert!(
        serde_json::to_string(&view.page).unwrap().contains(&other),
        "{:?}",
        view.page
    );
    assert_eq!(open_to(&bench.handle.snapshot(), &app), 2);
    let right = json!({ "Identity": other, "User": app, "AccessRights": "FullAccess", "Confirm": false });
    colleague.run("Remove-MailboxPermission", right).await.unwrap();
    let view = bench.press(Request::TryAgain).await;
    if view.page.key == "plan" {
        bench.press(Request::Commit).await;
    }
    let session = bench.session();
    session
        .until("that they may go", |view| view.page.key == "old-permissions")
        .await
        .unwrap();
    let view = bench.press(Request::GoTo { step: "plan".into() }).await;
    assert_eq!(view.page.key, "plan-done", "{:?}", view.page);
    at_work.ended_well().await;
    bench.end().await;
}

/// Somebody took the permission away while a mailbox was to be taken off: the mailbox goes first, then the app is let in again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_would_open_too_much_goes_before_the_app_is_let_in_again() {
    let mut bench = handed_over("others let in again", "logicaldoc").await;
    let app = principal(&bench);
    lets_in_no_more(&bench).await;
    bench.press(Request::SaveAndClose).await;
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
    let (allowed, refused) = (String::new(), String::new());
    let view = bench
        .session()
        .send(Submit::Mailboxes { allowed, refused })
        .await
        .unwrap();
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    let step = "permissions".into();
    bench.press(Request::GoTo { step }).await;
    let view = press(&mut bench, Request::Check).await;
    assert_eq!(view.page.key, "permissions-to-grant", "{:?}", view.page);
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "permissions", "{:?}", view.page);
    let snapshot = bench.handle.snapshot();
    assert_eq!(open_to(&snapshot, &app), 1);
    assert!(
        snapshot
            .app_role_assignments
            .iter()
            .any(|grant| grant.principal_id == app)
    );
    bench.end().await;
}

/// Another platform is another way to reach mail.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_platform_brings_its_own_method() {
    let mut bench = Bench::new("others method").await;
    bench.press(Request::StartPractice).await;
    choose(&mut bench, "logicaldoc").await;
    bench
        .press(Request::GoTo {
            step: "platform".into(),
        })
        .await;
    choose(&mut bench, "sinch-contact-pro").await;
    bench.session().by_plan = true;
    let session = bench.session();
    session.go_on(Some("sign-in"), MAILBOXES, REFUSED).await.unwrap();
    session.go_on(Some("plan"), MAILBOXES, REFUSED).await.unwrap();
    let lines = planned(&session.view());
    assert!(lines.iter().any(|line| line == "One limit"), "{lines:?}");
    bench.end().await;
}
