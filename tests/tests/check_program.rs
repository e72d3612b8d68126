//! The program's command line: `mailgrant check` as a scheduler runs it, without a display, and what it is told wrong.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::trace::Trace;
use jiff::{SignedDuration, Timestamp};
use journey::Clock;
use journeys::driver::wizard;
use journeys::fake_browser::FakeBrowser;
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::reader::Reader;
use practice::{ClockKind, Handle, Options};
use serde_json::Value;
use tokio::process::Command;

const ADMIN: &str = "dana.reyes@contoso.example";
/// The program's own name for what it keeps.
const IDENTIFIER: &str = "com.mailgrant.wizard";
/// A check that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program without a display, which tells its answer and how it ended.
fn program() -> Command {
    let mut command = Command::new(wizard().unwrap());
    command
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn ended(command: &mut Command) -> (i32, String, String) {
    let output: Output = tokio::time::timeout(PATIENCE, command.output())
        .await
        .unwrap()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

async fn run(arguments: &[&str]) -> (i32, String, String) {
    ended(program().args(arguments)).await
}

#[tokio::test]
async fn a_line_that_is_not_understood_is_no_outcome_of_a_check() {
    for wrong in [
        &["check"][..],
        &["check", "a.json", "b.json"],
        &["check", "a.json", "--secret", "x"],
        &["chekc", "a.json"],
        &["--endpoint", "https://elsewhere.example"],
        &["check", "a.json", "--language", "tlh"],
    ] {
        let (code, out, err) = run(wrong).await;
        assert_eq!((code, out.as_str()), (64, ""), "{wrong:?}");
        assert!(!err.is_empty());
    }
    let (code, help, _) = run(&["check", "--help"]).await;
    assert_eq!(code, 0);
    for told in [
        "0  everything",
        "1  something differs",
        "2  it couldn't",
        "64  the command line",
    ] {
        assert!(help.contains(told), "{help}");
    }
    assert_eq!(run(&["--version"]).await.0, 0);
}

#[tokio::test]
async fn a_file_that_is_no_record_is_told_without_a_display() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("record.html"));
    std::fs::write(&file, "<!DOCTYPE html><title>Record</title>").unwrap();
    let (data, file) = (data.to_str().unwrap(), file.to_str().unwrap());
    let (code, out, _) = run(&["check", file, "--data", data, "--language", "de"]).await;
    assert_eq!(code, 2);
    assert!(
        out.starts_with("Das ist die Seite des Protokolls  [record.page]\n"),
        "{out}"
    );
    let (code, out, err) = run(&["check", "nowhere.json", "--data", data, "--json"]).await;
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, err.as_str()), (2, ""));
    assert_eq!(
        (&told["problem"]["code"], &told["exitCode"]),
        (&"record.no-file".into(), &2.into())
    );
    assert!(
        !Path::new(data).exists(),
        "a check that ends there makes no folder"
    );
}

#[tokio::test]
async fn a_profile_is_looked_at_without_a_display() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("desk.toml"));
    let good = include_str!("../../src-tauri/profiles/data/shipfix.toml").replace("\"shipfix\"", "\"desk\"");
    let (data_text, file_text) = (data.to_str().unwrap(), file.to_str().unwrap());
    let line = [
        "profile",
        "check",
        file_text,
        "--data",
        data_text,
        "--language",
        "de",
    ];
    assert_eq!(run(&line).await.0, 2);
    std::fs::write(&file, &good).unwrap();
    let (code, out, err) = run(&line).await;
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(
        out.starts_with("desk.toml ist in Ordnung") && out.contains(data_text),
        "{out}"
    );
    std::fs::write(&file, good.replace("apps = 1", "apps = 2")).unwrap();
    let (code, out, _) = run(&line).await;
    assert_eq!(code, 1);
    assert!(out.contains("| apps = 2\n"), "{out}");
    assert_eq!(run(&["profile", "check"]).await.0, 64);
    assert!(!data.exists(), "a look makes no folder");
}

/// A connection that was made in the practice organisation of a folder, and its record. The organisation is saved there, as
/// the wizard keeps its own.
async fn exported(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    let start = Clock::system().now() - SignedDuration::from_hours(6);
    let options = Options {
        state: Some(data.join("practice")),
        clock: ClockKind::Explicit { start },
        ..Options::default()
    };
    let handle = Arc::new(practice::start(options).await.unwrap());
    let export = folder.join("export");
    let mut session = Headless::start(Start {
        organisation: &Organisation::from(&*handle),
        reader: Reader::new(ADMIN),
        data: &data,
        export: &export,
        keychain: IDENTIFIER,
        clock: clock(&handle, start),
        trace: Trace::default(),
    });
    session
        .go_on(
            None,
            "support@contoso.example, billing@contoso.example",
            "ceo@contoso.example",
        )
        .await
        .unwrap();
    drop(session);
    let mut handle = handle;
    let handle = loop {
        match Arc::try_unwrap(handle) {
            Ok(handle) => break handle,
            // The session's thread ends in its own time.
            Err(shared) => handle = shared,
        }
        tokio::task::yield_now().await;
    };
    handle.stop().await;
    let mut records = std::fs::read_dir(export)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    records
        .find(|path| path.extension().is_some_and(|end| end == "json"))
        .unwrap()
}

fn clock(handle: &Arc<Handle>, start: Timestamp) -> Clock {
    let now = Arc::new(Mutex::new(start));
    let (reading, moving, handle) = (Arc::clone(&now), now, Arc::downgrade(handle));
    Clock::new(
        move || *reading.lock().unwrap(),
        move |pause: Duration| {
            let by = Duration::from_secs(pause.as_secs() + 1);
            if let Some(handle) = handle.upgrade() {
                handle.advance(by);
            }
            *moving.lock().unwrap() += SignedDuration::try_from(by).unwrap();
            Box::pin(async {})
        },
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_is_checked_by_the_program_itself() {
    let folder = tempfile::tempdir().unwrap();
    let record = exported(folder.path()).await;
    let data = folder.path().join("data");
    let (record, data) = (record.to_str().unwrap(), data.to_str().unwrap());
    let line = ["check", record, "--practice", "--data", data, "--language", "en"];
    let (code, out, err) = run(&line).await;
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(
        out.contains("As recorded: nothing that was looked at has changed."),
        "{out}"
    );
    // It is said to be of practice, and is never taken for a real one.
    let (code, out, _) = run(&["check", record, "--data", data, "--json"]).await;
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &told["problem"]["code"]), (2, &"record.practice".into()));

    // With a sign-in: the browser is opened, and its address is told where none opens.
    let browser = FakeBrowser::new().unwrap();
    let mut command = program();
    command
        .args(line)
        .arg("--sign-in")
        .env("PATH", browser.path().unwrap());
    let signing_in = async {
        let address = browser.next(0).await.unwrap();
        Reader::new(ADMIN).visit(&address).await.unwrap();
        address
    };
    let ((code, out, err), address) = tokio::join!(ended(&mut command), signing_in);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("with an administrator's sign-in"), "{out}");
    assert!(err.contains(&address), "{err}");
}
