//! Six words drawn as a passphrase: shown until the file is sealed, hidden while somebody presents, and they open it.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::io::Read as _;
use std::path::Path;

use domain::secret::Secret;
use journeys::bench::Bench;
use rpc::request::{Request, Submit};
use rpc::view::{Content, PassphraseBox, View};

/// What the export page says of the passphrase.
fn shown(view: &View) -> PassphraseBox {
    match &view.page.content {
        Content::Export { passphrase, .. } => passphrase.clone(),
        other => panic!("not the export page: {other:?}"),
    }
}

/// The six words on the page.
fn words(view: &View) -> String {
    shown(view).drawn.unwrap().0
}

/// Whether a passphrase opens the sealed file in a folder.
fn opens(folder: &Path, passphrase: &str) -> bool {
    let sealed = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "age"))
        .unwrap();
    let decryptor = age::Decryptor::new(std::fs::File::open(sealed).unwrap()).unwrap();
    let identity = age::scrypt::Identity::new(passphrase.to_owned().into());
    let Ok(mut reader) = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)) else {
        return false;
    };
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    text.contains("contoso.example")
}

#[tokio::test]
async fn six_words_drawn_open_the_file_and_are_shown_nowhere_else() {
    let mut bench = Bench::new("passphrases").await;
    let (data, export) = (bench.data(), bench.export());
    let session = bench.session();
    session
        .go_on(Some("export"), "support@contoso.example", "ceo@contoso.example")
        .await
        .unwrap();
    // What is asked of one that is typed is told before anything is.
    let before = shown(&session.view());
    assert!(before.hint.contains("At least 12 characters"), "{}", before.hint);
    assert_eq!(before.drawn, None);

    let first = words(&session.press(Request::DrawWords).await.unwrap());
    assert_eq!(first.split(' ').count(), 6);
    let second = words(&session.press(Request::DrawWords).await.unwrap());
    assert_ne!(first, second);
    let hidden = session.press(Request::SetPresenting { on: true }).await.unwrap();
    let text = serde_json::to_string(&hidden).unwrap();
    assert!(!text.contains(&second), "{text}");
    let again = session.press(Request::SetPresenting { on: false }).await.unwrap();
    assert_eq!(words(&again), second);
    assert!(!format!("{again:?}").contains(&second));

    // Another opener, and they are gone.
    let opener = |opener| Submit::Opener {
        opener,
        given_key: String::new(),
    };
    session
        .send(opener(rpc::request::Opener::GivenKey))
        .await
        .unwrap();
    let back = session
        .send(opener(rpc::request::Opener::Passphrase))
        .await
        .unwrap();
    assert_eq!(shown(&back).drawn, None);
    let drawn = words(&session.press(Request::DrawWords).await.unwrap());
    let typed = session.press(Request::TypeOwn).await.unwrap();
    assert_eq!(shown(&typed).drawn, None);
    assert_ne!(words(&session.press(Request::DrawWords).await.unwrap()), drawn);

    // A folder that is missing keeps them: they may be written down already.
    let seal = |folder: &str| Submit::Export {
        opener: rpc::request::Opener::Passphrase,
        given_key: String::new(),
        key_compared: false,
        passphrase: Secret::new(String::new()),
        passphrase_again: Secret::new(String::new()),
        folder: folder.into(),
    };
    let drawn = words(&session.view());
    let told = session.send(seal(" ")).await.unwrap();
    assert_eq!(told.page.field_problems.len(), 1);
    assert_eq!(words(&told), drawn);
    let done = session.send(seal(&export.display().to_string())).await.unwrap();
    assert_eq!(done.page.key, "exported");
    assert!(!serde_json::to_string(&done).unwrap().contains(&drawn));
    assert!(opens(&export, &drawn));
    assert!(!opens(&export, &second));

    // Nothing that was written says them.
    let mut folders = vec![data, export];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                let text = String::from_utf8_lossy(&bytes);
                assert!(!text.contains(&drawn), "{}", path.display());
            }
        }
    }
    bench.end().await;
}
