//! A connection that was handed over gets other mailboxes: a plan, a proof and a fresh record, and a new sealed file only where
//! the platform needs one.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;

use journeys::bench::Bench;
use rpc::request::{ListName, Opener, Request, Submit};
use rpc::view::{Content, View};

fn change(request: &Request) -> bool {
    matches!(request, Request::ChangeMailboxes { .. })
}

/// The kinds of files that were written with a number after their name.
fn written(bench: &Bench, number: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(bench.export()).unwrap().flatten();
    let names = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .filter_map(|name| {
            let (stem, end) = name.rsplit_once('.')?;
            stem.ends_with(number).then(|| end.to_owned())
        })
        .collect()
}

async fn at_the_mailboxes(bench: &mut Bench) -> View {
    bench.press_what(change).await;
    let view = bench.press(Request::SignIn).await;
    assert_eq!(view.page.key, "mailboxes", "{:?}", view.page);
    view
}

/// From the mailboxes to the record. What is asked on the way is what the session offers first.
async fn to_the_record(bench: &mut Bench, allowed: &str) -> View {
    let view = bench
        .session()
        .send(Submit::Mailboxes {
            allowed: allowed.into(),
            refused: String::new(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    bench.session().go_on(Some("export"), "", "").await.unwrap();
    let view = bench.session().view();
    let Content::Export { opener, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(*opener, Opener::NoFile, "the platform has this secret already");
    bench.session().go_on(None, "", "").await.unwrap();
    bench.session().view()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_more_mailbox_gets_a_plan_a_proof_and_a_record() {
    let mut bench = Bench::handed_over("one more mailbox").await;
    at_the_mailboxes(&mut bench).await;
    let keys = bench.keys();
    let view = to_the_record(&mut bench, "sales@contoso.example").await;
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    assert_eq!(
        view.page.heading,
        "Sinch Contact Pro can use 3 mailboxes, and no others"
    );
    let kinds: Vec<String> = written(&bench, "-2").into_iter().collect();
    assert_eq!(kinds, ["html", "ics", "json"]);
    assert_eq!(bench.keys(), keys, "the secret is as it was");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_mailbox_less_is_refused_from_then_on() {
    let mut bench = Bench::handed_over("one mailbox less").await;
    at_the_mailboxes(&mut bench).await;
    bench
        .press(Request::RemoveMailbox {
            list: ListName::Allowed,
            address: "billing@contoso.example".into(),
        })
        .await;
    let view = to_the_record(&mut bench, "").await;
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    assert_eq!(
        view.page.heading,
        "Sinch Contact Pro can use 1 mailbox, and no others"
    );
}
