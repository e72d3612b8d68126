//! Access past the limit that somebody gives the app meanwhile: it is told, and stops the journey until it is gone.

use journeys::headless::step;
use journeys::reader::{Browser, Reader};
use rpc::request::Request;
use rpc::view::{Content, View};
use serde_json::json;

use crate::bench::{Bench, DANA, grants};
use crate::colleague::Colleague;

#[tokio::test]
async fn a_broad_grant_in_entra_blocks_until_it_is_removed() {
    // To remove a grant on Graph takes more than Dana's roles, so Priya works here.
    let mut bench = Bench::new("priya.nair@contoso.example").await;
    bench.go_on(Some("app-done")).await;
    bench.somebody_grants_too_much().await;
    let view = bench.session.press(Request::Continue).await.unwrap();
    assert_eq!(view.page.key, "permissions-too-broad");
    let Content::Done { messages, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(messages[0].title.contains("Mail.Read"), "{messages:?}");
    let remove = messages[0].action.clone().unwrap().request;
    // Neither looking again nor going on leads past it.
    assert_eq!(
        bench.session.press(Request::Check).await.unwrap().page.key,
        "permissions-too-broad"
    );
    assert_eq!(
        bench.session.press(Request::Continue).await.unwrap().page.key,
        "permissions-too-broad"
    );
    assert_eq!(
        bench
            .session
            .press(Request::GoTo {
                step: "secret".into()
            })
            .await
            .unwrap()
            .page
            .key,
        "permissions-too-broad"
    );
    // Whoever changes their mind in the browser, or stops waiting for it, is back where they were, and nothing is removed.
    bench.sits(Reader::new("priya.nair@contoso.example").who_declines());
    let view = bench.session.press(remove.clone()).await.unwrap();
    assert_eq!(view.page.key, "permissions-too-broad");
    assert_eq!(grants(&bench.handle.snapshot()), 1);
    bench.sits(Reader::new("priya.nair@contoso.example").with(Browser::LeftAlone));
    bench.session.ask(remove.clone());
    let waits = |view: &View| matches!(&view.page.content, Content::SignIn { waiting: Some(_), .. });
    let view = bench.session.until("the wait", waits).await.unwrap();
    let Content::SignIn { scopes, .. } = &view.page.content else {
        panic!("{:?}", view.page.key)
    };
    assert!(
        scopes
            .iter()
            .any(|scope| scope.detail.contains("AppRoleAssignment.ReadWrite.All")),
        "{scopes:?}"
    );
    bench.session.ask(Request::CancelSignIn);
    let view = bench
        .session
        .until("the end of the wait", |view| view.page.busy.is_none())
        .await
        .unwrap();
    assert_eq!(view.page.key, "permissions-too-broad");
    assert_eq!(grants(&bench.handle.snapshot()), 1);
    bench.sits(Reader::new("priya.nair@contoso.example"));
    assert_eq!(bench.session.press(remove).await.unwrap().page.key, "permissions");
    assert_eq!(grants(&bench.handle.snapshot()), 0);
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn a_broad_grant_that_appears_later_is_seen_by_the_proof() {
    let mut bench = Bench::new("priya.nair@contoso.example").await;
    bench.go_on(Some("limit")).await;
    bench.somebody_grants_too_much().await;
    bench.go_on(Some("limit-done")).await;
    bench.session.press(Request::Continue).await.unwrap();
    let view = bench.session.press(Request::Check).await.unwrap();
    let Content::Proof { top, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(
        top.iter()
            .any(|message| message.title.contains("oo broad") || message.title.contains("too much")),
        "{top:?}"
    );
    let refused = bench
        .session
        .press(Request::GoTo {
            step: "export".into(),
        })
        .await
        .unwrap();
    assert_ne!(refused.page.key, "export");
    let remove = top
        .iter()
        .find_map(|message| message.action.clone())
        .unwrap()
        .request;
    bench.session.press(remove).await.unwrap();
    assert_eq!(grants(&bench.handle.snapshot()), 0);
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn another_role_in_exchange_is_too_broad_and_nothing_is_exported() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("limit-done")).await;
    let dana = Colleague::signs_in(&bench, DANA, "https://outlook.office365.com/Exchange.Manage").await;
    let parameters =
        json!({ "Name": "Somebody else's", "Role": "Application Mail.Read", "App": bench.our_principal() });
    dana.runs("New-ManagementRoleAssignment", parameters).await;
    bench.session.press(Request::Continue).await.unwrap();
    let view = bench.session.press(Request::Check).await.unwrap();
    let Content::Proof { groups, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(
        groups
            .iter()
            .flat_map(|group| &group.rows)
            .any(|row| row.too_broad),
        "{groups:?}"
    );
    let refused = bench
        .session
        .press(Request::GoTo {
            step: "export".into(),
        })
        .await
        .unwrap();
    assert_ne!(refused.page.key, "export");
    assert_eq!(std::fs::read_dir(bench.export.path()).unwrap().count(), 0);
    let dana = Colleague::signs_in(&bench, DANA, "https://outlook.office365.com/Exchange.Manage").await;
    dana.runs(
        "Remove-ManagementRoleAssignment",
        json!({ "Identity": "Somebody else's", "Confirm": false }),
    )
    .await;
    // Microsoft applies that as late as it applies a limit, and a sign-in doesn't last that long.
    bench.clock.wait(std::time::Duration::from_secs(3 * 3600)).await;
    bench.session.press(Request::Check).await.unwrap();
    let view = bench.meets("sign-in.expired").await;
    assert_eq!(step(&view), "verify");
    let view = bench.session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "verify");
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}
