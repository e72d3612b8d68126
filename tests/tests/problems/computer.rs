//! The reader's own computer: a folder that can't be written, a second window, no keychain.

use journeys::organisation::Organisation;
use rpc::request::{Opener, Request, Submit};

use crate::bench::{Bench, DANA, MAILBOXES, REFUSED, practice, told_well};

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told_and_another_one_works() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("export")).await;
    let file = bench.export.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    let export = |folder: &std::path::Path| Submit::Export {
        opener: Opener::ProfileKey,
        given_key: String::new(),
        key_compared: false,
        passphrase: domain::secret::Secret::new(String::new()),
        passphrase_again: domain::secret::Secret::new(String::new()),
        folder: folder.display().to_string(),
    };
    let view = bench.session.send(export(&file.join("below"))).await.unwrap();
    assert_eq!(view.page.key, "problem-file.not-written");
    told_well(&view);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "in the way");
    assert_eq!(std::fs::read_dir(bench.export.path()).unwrap().count(), 1);
    let view = bench.session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "export");
    let view = bench
        .session
        .send(export(&bench.export.path().join("other")))
        .await
        .unwrap();
    assert_eq!(view.page.key, "exported");
    bench.all_is_well();
}

#[tokio::test]
async fn a_second_window_is_told_and_goes_on_once_the_first_is_closed() {
    let bench = Bench::new(DANA).await;
    let mut second = bench.another_window().await;
    let view = second
        .until("the problem", |view| view.revision > 0)
        .await
        .unwrap();
    assert_eq!(view.page.key, "problem-instance.second");
    assert_eq!(
        second.press(Request::TryAgain).await.unwrap().page.key,
        "problem-instance.second"
    );
    drop(bench.session);
    // The first window's thread ends by itself a moment after it.
    for _ in 0..200 {
        if second.press(Request::TryAgain).await.unwrap().page.key == "start" {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the second window never went on");
}

#[tokio::test]
async fn without_a_keychain_nothing_is_made() {
    let handle = practice().await;
    let folder = tempfile::tempdir().unwrap();
    let told = journeys::onboard::Run {
        organisation: Organisation::from(&handle),
        account: DANA.into(),
        data: folder.path().join("data"),
        export: folder.path().join("export"),
        keychain: "mailgrant problems test".into(),
        mailboxes: MAILBOXES.into(),
        refused: REFUSED.into(),
        platform: None,
        by_plan: false,
        renew: None,
        adopt: None,
        kill_at: None,
    };
    let file = folder.path().join("run");
    std::fs::write(&file, serde_json::to_string(&told).unwrap()).unwrap();
    // The keychain belongs to the process's session bus, so a process without one has none.
    let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_onboard"))
        .arg(&file)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(std::time::Duration::from_secs(60), output)
        .await
        .unwrap()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(said.contains("keychain.missing"), "{said}");
    assert!(
        said.contains("What exists now: Nothing was made or changed."),
        "{said}"
    );
    let snapshot = handle.snapshot();
    assert_eq!(snapshot.foreign_changes, Vec::<String>::new());
    // Neither a secret nor the key that signs the notes could be kept, so nothing was begun.
    assert_eq!(snapshot.applications.iter().filter(|app| !app.foreign).count(), 0);
    // With the keychain back, a connection goes to its end.
    let went = journeys::onboard::run(std::path::Path::new(env!("CARGO_BIN_EXE_onboard")), &told)
        .await
        .unwrap();
    assert!(matches!(went, journeys::onboard::Went::Ended(_)), "{went:?}");
    let snapshot = handle.snapshot();
    let secrets = snapshot
        .applications
        .iter()
        .filter(|app| !app.foreign)
        .map(|app| app.passwords.len());
    assert_eq!(secrets.sum::<usize>(), 1);
}
