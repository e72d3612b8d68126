//! The end: to whom the file goes, how it is opened, and every id with what copies it.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use domain::secret::Secret;
use journeys::bench::Bench;
use rpc::request::{Request, Submit};
use rpc::view::{Content, Fact, View};

const ALLOWED: &str = "support@contoso.example, billing@contoso.example";

/// Everything on the page that can be copied: its request, and what it is.
fn to_copy(view: &View) -> Vec<(Fact, Request)> {
    let Content::Exported {
        opening, form, ids, ..
    } = &view.page.content
    else {
        panic!("not the end: {:?}", view.page)
    };
    let facts = opening.iter().chain(form).chain(ids);
    facts
        .filter_map(|fact| Some((fact.clone(), fact.change.clone()?.request)))
        .collect()
}

#[tokio::test]
async fn the_end_says_who_gets_the_file_and_every_id_can_be_copied() {
    let mut bench = Bench::new("end page").await;
    let export = bench.export();
    let handle = std::sync::Arc::clone(&bench.handle);
    let session = bench.session();
    session.press(Request::StartPractice).await.unwrap();
    let choose = Submit::Choose {
        value: Some("surecloud".into()),
        name: String::new(),
        access: Vec::new(),
    };
    session.send(choose).await.unwrap();
    session
        .go_on(Some("export"), ALLOWED, "ceo@contoso.example")
        .await
        .unwrap();
    session.press(Request::DrawWords).await.unwrap();
    let seal = Submit::Export {
        opener: rpc::request::Opener::Passphrase,
        given_key: String::new(),
        key_compared: false,
        passphrase: Secret::new(String::new()),
        passphrase_again: Secret::new(String::new()),
        folder: export.display().to_string(),
    };
    let end = session.send(seal).await.unwrap();
    let Content::Exported {
        files,
        hand_over,
        opening,
        form,
        ids,
        ..
    } = &end.page.content
    else {
        panic!("{:?}", end.page)
    };
    let sealed = &files[0].name;
    assert!(hand_over[0].contains(sealed) && hand_over[0].contains("the person who runs SureCloud"));
    assert!(hand_over[0].contains("passphrase"), "{hand_over:?}");
    assert_eq!(opening[0].id, Some(format!("age --decrypt {sealed}")));

    // Each object id stands with the address of its mailbox.
    let uuids: Vec<&Fact> = form
        .iter()
        .filter(|fact| fact.term == "UUID of the mailbox")
        .collect();
    let addresses: Vec<&str> = uuids.iter().map(|fact| fact.value.as_str()).collect();
    assert_eq!(addresses.join(", "), ALLOWED);
    let snapshot = handle.snapshot();
    for fact in uuids {
        assert_eq!(fact.id.as_ref().unwrap().len(), 36, "{fact:?}");
    }
    // What isn't in the form stands below it, so that tenant, client and object ids are all there.
    let app = snapshot.applications.iter().find(|app| !app.foreign).unwrap();
    let all: Vec<&str> = form.iter().chain(ids).map(|fact| fact.value.as_str()).collect();
    for id in [&app.id, &app.app_id] {
        assert!(all.contains(&id.as_str()), "{id}: {all:?}");
    }

    // Each copy says so at its own button, is announced, and is forgotten with the next act.
    let copies = to_copy(&end);
    assert!(copies.len() >= 8, "{copies:?}");
    for (fact, request) in &copies {
        let told = session.press(request.clone()).await.unwrap();
        let wanted = fact.id.as_ref().unwrap_or(&fact.value);
        assert_eq!(session.copied.lock().unwrap().last(), Some(wanted));
        let said: Vec<Request> = to_copy(&told)
            .into_iter()
            .filter(|(fact, _)| fact.change.as_ref().is_some_and(|act| act.label == "Copied"))
            .map(|(_, request)| request)
            .collect();
        assert_eq!(said, std::slice::from_ref(request), "{}", fact.term);
        assert_eq!(told.page.announcement.as_deref(), Some("Copied."));
    }
    let again = session.press(copies[copies.len() - 1].1.clone()).await.unwrap();
    assert_eq!(
        again.page.announcement.as_deref(),
        Some("Copied again, 2 times now.")
    );

    // While somebody presents, no id shows and each is copied as it is.
    let hidden = session.press(Request::SetPresenting { on: true }).await.unwrap();
    let text = serde_json::to_string(&hidden).unwrap();
    for (fact, request) in copies
        .iter()
        .zip(to_copy(&hidden))
        .map(|(one, other)| (&one.0, other.1))
    {
        let wanted = fact.id.clone().unwrap_or_else(|| fact.value.clone());
        assert!(fact.id.is_none() || !text.contains(&wanted), "{wanted} shows");
        session.press(request).await.unwrap();
        assert_eq!(session.copied.lock().unwrap().last(), Some(&wanted));
        let more = session.view();
        assert!(!serde_json::to_string(&more).unwrap().contains(&app.app_id));
    }
    bench.end().await;
}
