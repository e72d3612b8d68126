//! What was handed over, in the hands of Microsoft's own token library: it opens the named mailboxes and no other.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::msal;
use journeys::organisation::client_that_trusts;
use rpc::request::{Request, Submit};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn msal_opens_the_named_mailboxes_with_a_secret_and_with_a_certificate() {
    if !msal::is_there() {
        return;
    }
    for kind in ["secret", "certificate"] {
        let mut bench = Bench::new(&format!("delivered {kind}")).await;
        let session = bench.session();
        session.press(Request::StartPractice).await.unwrap();
        let platform = Submit::Choose {
            value: Some("generic-graph".into()),
            name: "Northwind Desk".into(),
            access: vec!["Mail.Read".into()],
        };
        session.send(platform).await.unwrap();
        session.by_plan = true;
        session.go_on(Some("plan"), MAILBOXES, REFUSED).await.unwrap();
        let (field, value) = ("credential".into(), kind.into());
        session.send(Submit::Option { field, value }).await.unwrap();
        bench.go_on(None).await;
        let token = msal::apps_token(&bench.handle, &bench.bundle()).await.unwrap();
        let client = client_that_trusts(Some(bench.handle.root_certificate_pem())).unwrap();
        for address in MAILBOXES.split(", ").chain([REFUSED]) {
            let messages = format!("{}/v1.0/users/{address}/messages?$top=1", bench.handle.origin());
            let answer = client.get(messages).bearer_auth(&token).send().await.unwrap();
            let expected = if address == REFUSED { 403 } else { 200 };
            assert_eq!(answer.status().as_u16(), expected, "{kind}, {address}");
        }
        bench.end().await;
    }
}
