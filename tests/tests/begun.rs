//! A connection that was begun and of which nothing was answered leaves nothing behind; one answer is kept.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::Bench;
use rpc::request::{Request, Submit};
use rpc::view::Content;

#[tokio::test]
async fn start_then_back_leaves_nothing_behind() {
    let mut bench = Bench::new("begun").await;
    let data = bench.data();
    let folders = || {
        std::fs::read_dir(&data)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().is_dir())
            .count()
    };
    let session = bench.session();
    for begin in [Request::StartPractice, Request::StartReal] {
        for leave in [Request::Back, Request::SaveAndClose, Request::ShowConnections] {
            let view = session.press(begin.clone()).await.unwrap();
            assert_eq!(view.page.key, "platform");
            assert_eq!(view.frame.saved, None);
            let left = session.press(leave).await.unwrap();
            assert!(
                matches!(left.page.content, Content::Start { .. }),
                "{:?}",
                left.page
            );
            assert_eq!(folders(), 0);
        }
    }
    // What was answered is kept.
    session.press(Request::StartPractice).await.unwrap();
    let choose = Submit::Choose {
        value: Some("sinch-contact-pro".into()),
        name: String::new(),
        access: Vec::new(),
    };
    let chosen = session.send(choose).await.unwrap();
    assert!(chosen.frame.saved.is_some());
    session.press(Request::Back).await.unwrap();
    let list = session.press(Request::Back).await.unwrap();
    let Content::Connections {
        first: Some(card), ..
    } = list.page.content
    else {
        panic!("no list: {:?}", list.page)
    };
    assert_eq!(card.platform, "Sinch Contact Pro");
    assert_eq!(folders(), 1);
    let opened = session
        .press(Request::OpenConnection { id: card.id })
        .await
        .unwrap();
    assert_eq!(opened.frame.connection.unwrap().platform, "Sinch Contact Pro");
    bench.end().await;
}
