//! A finished connection that is opened again: what is known of it can be looked at without a sign-in, dated, and without
//! a word about now.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::Bench;
use rpc::request::Request;
use rpc::view::View;

const LOOKED_AT: [&str; 5] = ["app", "permissions", "secret", "limit", "verify"];

async fn to(bench: &mut Bench, step: &str) -> View {
    bench.press(Request::GoTo { step: step.into() }).await
}

#[tokio::test]
async fn what_is_known_is_shown_without_a_sign_in() {
    let mut bench = Bench::new("remembered").await;
    let sealed = bench.go_on(None).await;
    assert_eq!(
        sealed.page.heading,
        "Sinch Contact Pro can use 2 mailboxes, and no others"
    );
    let view = bench.reopen().await;
    let rpc::view::Content::Connections { first, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let id = first.as_ref().unwrap().id.clone();
    let view = bench.press(Request::OpenConnection { id }).await;
    assert_eq!(view.page.key, "exported");
    // Another run read it; this one hasn't.
    assert_eq!(
        view.page.heading,
        "Sinch Contact Pro was given 2 mailboxes on 22 November 2026"
    );
    let before = bench.sent().len();
    for step in LOOKED_AT {
        let view = to(&mut bench, step).await;
        let key = view.page.key.as_str();
        assert!(key == step || key == format!("{step}-done"), "{step}: {key}");
        let lead = view.page.lead.clone().unwrap_or_default();
        assert!(
            lead.starts_with("This is from the connection's notes, last written about it at "),
            "{step}: {lead}"
        );
        assert_ne!(view.page.heading, "It works, and only where it should");
        let first = view.page.actions.first().map(|action| action.request.clone());
        assert_eq!(first, Some(Request::SignIn), "{step}");
        // Help lies over it and is itself.
        let help = bench.press(Request::Help).await;
        assert!(!help.page.lead.unwrap_or_default().contains("notes"));
        bench.press(Request::Help).await;
        // What would have to look asks for the sign-in, and changes nothing.
        if step != "verify" {
            bench.press(Request::UndoAfterAll).await;
            let asked = bench.session().page();
            assert!(asked == "sign-in" || asked == key, "{step}: {asked}");
        }
    }
    let view = to(&mut bench, "plan").await;
    let lead = view.page.lead.clone().unwrap_or_default();
    assert!(
        lead.starts_with("This is from the connection's notes, last written about it"),
        "{lead}"
    );
    let sign_in = |action: &rpc::view::Button| action.request == Request::SignIn;
    assert!(view.page.actions.iter().any(sign_in));
    assert_eq!(bench.sent().len(), before, "something was asked of Microsoft");
    // Signed in, the same step is as it is now.
    to(&mut bench, "verify").await;
    bench.press(Request::SignIn).await;
    bench.go_on(Some("verify")).await;
    let view = bench.session().view();
    assert!(!view.page.lead.unwrap_or_default().contains("notes"));
    // Nobody looked in this run: it is said of the day on which somebody did.
    assert_eq!(
        view.page.heading,
        "On 22 November 2026 it worked, and only where it should"
    );
    let view = bench.press(Request::Check).await;
    assert_eq!(view.page.heading, "It works, and only where it should");
}
