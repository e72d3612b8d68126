//! A connection found again in the organisation by somebody whose computer knows nothing of it.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use journeys::bench::{Bench, REFUSED};
use journeys::renew::{self, To};
use rpc::request::{Request, Submit};
use rpc::view::{Content, View};

/// Signs in to look for earlier connections.
async fn look(bench: &mut Bench) -> View {
    let view = bench.press(Request::FindAgain { practice: true }).await;
    assert_eq!(view.page.key, "find-again", "{:?}", view.page);
    assert!(view.frame.practice.is_some());
    bench.press(Request::SignIn).await
}

fn take_up(request: &Request) -> bool {
    matches!(request, Request::TakeUp { .. })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_who_has_never_seen_it_finds_it_and_renews_it() {
    let mut bench = Bench::handed_over("found again").await;
    let old = bench.keys();
    bench.at_another_computer();
    bench.session().by_plan = true;
    let view = look(&mut bench).await;
    assert_eq!(view.page.key, "found-again", "{:?}", view.page);
    assert_eq!(view.page.heading, "1 connection in Contoso Practice");
    let view = bench.press_what(take_up).await;
    // Which mailboxes must stay refused stands in no organisation, so it is asked.
    let Content::Mailboxes { allowed, refused, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(
        (allowed.rows.len(), refused.rows.len()),
        (2, 0),
        "{:?}",
        view.page
    );
    let view = bench
        .session()
        .send(Submit::Mailboxes {
            allowed: String::new(),
            refused: REFUSED.into(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    assert_eq!(view.page.heading, "Renew Sinch Contact Pro");
    renew::go_on(bench.session(), To::TheFile).await.unwrap();
    let keys = bench.keys();
    assert!(keys.len() == 2 && keys.contains(&old[0]), "the old secret stays");
    renew::go_on(bench.session(), To::TheEnd).await.unwrap();
    let keys = bench.keys();
    assert!(keys.len() == 1 && keys != old, "{keys:?}");
    assert!(bench.handle.snapshot().foreign_changes.is_empty());
}

/// One that is on this computer already is opened, and not made a second time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_is_known_is_opened() {
    let mut bench = Bench::handed_over("found known").await;
    look(&mut bench).await;
    let view = bench.press_what(take_up).await;
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    let view = bench.press(Request::SaveAndClose).await;
    let Content::Connections { rest, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(rest.is_empty());
}

/// An organisation without any says so, and looking leaves nothing behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_without_any_says_so() {
    let mut bench = Bench::new("found none").await;
    let view = look(&mut bench).await;
    assert_eq!(view.page.heading, "No earlier connection in Contoso Practice");
    let view = bench.press(Request::SaveAndClose).await;
    assert_eq!(view.page.key, "start", "{:?}", view.page);
}

/// The record of the connection, as its file holds it.
fn record(bench: &Bench) -> Vec<u8> {
    let mut files = std::fs::read_dir(bench.export()).unwrap().flatten();
    let path = files
        .find(|entry| entry.path().extension().is_some_and(|end| end == "json"))
        .unwrap();
    std::fs::read(path.path()).unwrap()
}

async fn open(bench: &mut Bench, bytes: &[u8]) -> View {
    let base64 = BASE64.encode(bytes);
    bench.session().send(Submit::OpenRecord { base64 }).await.unwrap()
}

/// A record says which mailboxes must stay refused, so that nothing is asked but the sign-in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_leads_to_its_connection_at_another_computer() {
    let mut bench = Bench::handed_over("found by record").await;
    let record = record(&bench);
    bench.at_another_computer();
    bench.session().by_plan = true;
    bench.press(Request::FindAgain { practice: true }).await;
    let view = open(&mut bench, &record).await;
    assert_eq!(view.page.key, "find-again", "{:?}", view.page);
    assert!(view.frame.practice.is_some());
    let lead = view.page.lead.unwrap_or_default();
    assert!(lead.contains("Sinch Contact Pro in Contoso Practice"), "{lead}");
    let view = bench.press(Request::SignIn).await;
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    renew::go_on(bench.session(), To::TheFile).await.unwrap();
    assert_eq!(bench.secrets(), 2);
}

/// At the computer that made it, it opens the connection; and what is no record says what it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_of_a_known_connection_opens_it() {
    let mut bench = Bench::handed_over("known record").await;
    let record = record(&bench);
    bench.press(Request::FindAgain { practice: true }).await;
    let edited = String::from_utf8(record.clone())
        .unwrap()
        .replace("support@", "sales@");
    for (bytes, problem) in [
        (edited.as_bytes(), "problem-record.edited"),
        (&record[..record.len() / 2], "problem-record.truncated"),
        (b"age-encryption.org/v1\n".as_slice(), "problem-record.sealed"),
    ] {
        let view = open(&mut bench, bytes).await;
        assert_eq!(view.page.key, problem, "{:?}", view.page);
        bench.press(Request::Back).await;
        bench.press(Request::FindAgain { practice: true }).await;
    }
    let view = open(&mut bench, &record).await;
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
}

/// A renewal beside a key of another computer that is given up, and begun again: that key is nobody's to remove.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_of_another_computer_stays_when_a_renewal_is_given_up() {
    let mut bench = Bench::handed_over("given up elsewhere").await;
    let (record, old) = (record(&bench), bench.keys());
    bench.at_another_computer();
    bench.session().by_plan = true;
    bench.press(Request::FindAgain { practice: true }).await;
    open(&mut bench, &record).await;
    bench.press(Request::SignIn).await;
    bench.press(Request::DropRenewal).await;
    renew::go_on(bench.session(), To::TheFile).await.unwrap();
    let keys = bench.keys();
    assert!(keys.len() == 2 && keys.contains(&old[0]), "{keys:?}");
}

/// A colleague renewed it at another computer and took the old key away: here it is renewed beside theirs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_colleague_renewed_elsewhere_is_renewed_beside_theirs() {
    let mut bench = Bench::handed_over("renewed elsewhere").await;
    let record = record(&bench);
    bench.at_another_computer();
    bench.session().by_plan = true;
    bench.press(Request::FindAgain { practice: true }).await;
    open(&mut bench, &record).await;
    bench.press(Request::SignIn).await;
    renew::go_on(bench.session(), To::TheFile).await.unwrap();
    renew::go_on(bench.session(), To::TheEnd).await.unwrap();
    let theirs = bench.keys();
    assert_eq!(theirs.len(), 1);
    bench.back_at_the_first();
    bench.session().by_plan = true;
    renew::go_on(bench.session(), To::TheFile).await.unwrap();
    let keys = bench.keys();
    assert!(keys.len() == 2 && keys.contains(&theirs[0]), "{keys:?}");
}
