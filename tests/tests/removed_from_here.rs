//! A connection removed from this computer: its notes and its secret here are gone, and what it made in the organisation, which
//! a platform goes on with, is as it was.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::Bench;
use keychain::Keychain;
use rpc::request::Request;
use rpc::view::Content;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_notes_and_its_secret_go_and_nothing_else() {
    let mut bench = Bench::handed_over("removed from here").await;
    let platform = bench.platform();
    let journal = bench.journal();
    let connection = journal.parent().unwrap().file_name().unwrap().to_owned();
    let account = format!("{}/{}", connection.to_string_lossy(), bench.keys()[0]);
    let keychain = Keychain::open(bench.keychain());
    assert!(keychain.get(&account).unwrap().is_some());
    let id = connection.to_string_lossy().into_owned();
    bench.press(Request::TakeOff { id }).await;
    let ask = |request: &Request| matches!(request, Request::AskRemoval { .. });
    let view = bench.press_what(ask).await;
    assert_eq!(view.page.key, "asking-removal", "{:?}", view.page);
    let remove = |request: &Request| matches!(request, Request::RemoveFromHere { .. });
    let view = bench.press_what(remove).await;
    assert!(
        matches!(view.page.content, Content::Start { .. }),
        "{:?}",
        view.page
    );
    assert!(keychain.get(&account).unwrap().is_none());
    let left = std::fs::read_dir(bench.data().join("removed")).unwrap().count();
    assert_eq!(left, 0);
    platform.round().await.unwrap();
    let report = platform.stop().await;
    assert!(report.failed.is_empty(), "{:?}", report.failed);
    assert_eq!(bench.secrets(), 1);
}
