//! The secret is in the keychain and in the sealed file, and nowhere else: after a whole onboarding, with and without
//! trouble, every place that it could have slipped into is searched for it in every form.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use domain::trace::{Point, Trace};
use journeys::headless::{Headless, Start};
use journeys::leak::{Find, Search, files_below};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use practice::{Answer, ClockKind, Options, Trouble};
use rpc::request::Request;

/// It has everything that makes forms differ: quotes, a backslash, a slash, a plus, a space, a letter beyond ASCII.
const PLANTED: &str = "aB3~\"x\\/+ zé8Q~qwertyuiop-0123456789.";

#[test]
fn the_search_finds_what_is_planted_in_every_form() {
    let search = Search::of(PLANTED).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (number, (form, bytes)) in search.forms().enumerate() {
        let mut text = b"before ".to_vec();
        text.extend_from_slice(bytes);
        text.extend_from_slice(b" after");
        let below = folder.path().join(format!("{number}"));
        std::fs::create_dir(&below).unwrap();
        std::fs::write(below.join("file"), &text).unwrap();
        let found = search.in_folder(&below).unwrap();
        assert!(found.iter().any(|find| find.form == form), "{form} wasn't found");
    }
    let forms = search.forms().count();
    println!("leak forms planted: {forms}, found {forms}");
    assert_eq!(search.in_bytes("nothing", b"nothing to see here at all"), []);
}

#[test]
fn the_search_finds_a_secret_inside_a_longer_encoded_text() {
    let secret = "Q8Q~abcdefghijklmnopqrstuvwxyz.0123456789";
    let search = Search::of(secret).unwrap();
    for before in ["", "a", "ab", "{\"key\":\""] {
        let text = format!("{before}{secret}\"}}");
        for (alphabet, form) in [("base64", "base64"), ("base64 | tr '+/' '-_'", "base64url")] {
            let encoded = piped(
                &["sh", "-c", &format!("{alphabet} | tr -d '\\n'")],
                text.as_bytes(),
            );
            let found = search.in_bytes("encoded", &encoded);
            assert!(
                found.iter().any(|find| find.form.starts_with(form)),
                "{before:?} {form}"
            );
        }
    }
}

/// What a program writes when it is given something to read.
fn piped(program: &[&str], given: &[u8]) -> Vec<u8> {
    let mut child = Command::new(program[0])
        .args(&program[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(given).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program:?}");
    output.stdout
}

#[tokio::test]
async fn an_onboarding_leaks_nothing() {
    let finds = onboard(false).await;
    println!("leaks: {}", finds.len());
    assert_eq!(finds, []);
}

#[tokio::test]
async fn an_onboarding_full_of_trouble_leaks_nothing() {
    let finds = onboard(true).await;
    println!("leaks with trouble: {}", finds.len());
    assert_eq!(finds, []);
}

/// Troubles that spoil an answer after it was made: what is told of it might quote it.
const SPOILT: [&str; 7] = [
    "POST /token (authorization code)",
    "PATCH /applications(uniqueName)",
    "POST /applications/{id}/addPassword",
    "POST /token (client credentials)",
    "Exchange New-ManagementScope",
    "POST /$batch (probes with the app's own key)",
    "GET /me",
];

/// Onboards, and looks for the secret that is in the sealed file everywhere else.
async fn onboard(trouble: bool) -> Vec<Find> {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    let state = tempfile::tempdir().unwrap();
    let handle = practice::start(Options {
        clock: ClockKind::Explicit { start },
        mailboxes: 300,
        state: Some(state.path().to_owned()),
        ..Options::default()
    });
    let handle = Arc::new(handle.await.unwrap());
    let organisation = Organisation::from(&*handle);
    let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let points = Arc::new(Mutex::new(Vec::new()));
    let (told, strikes) = (Arc::clone(&points), Arc::downgrade(&handle));
    let mut left: Vec<&str> = if trouble { SPOILT.to_vec() } else { Vec::new() };
    let left = Mutex::new(std::mem::take(&mut left));
    let trace = Trace::to(move |point| {
        told.lock().unwrap().push(format!("{point:?}"));
        let (Point::Sending(call), Some(handle)) = (point, strikes.upgrade()) else {
            return;
        };
        let mut left = left.lock().unwrap();
        let due = left.iter().position(|name| *name == call);
        let answer = Answer {
            truncate: true,
            ..Answer::default()
        };
        let strike = due.map(|place| {
            left.remove(place);
            Trouble {
                on: "*".into(),
                answer,
                ..Trouble::default()
            }
        });
        handle.set_trouble(strike.into_iter().collect());
    });
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new("dana.reyes@contoso.example"),
        data: data.path(),
        export: export.path(),
        keychain: "mailgrant leak test",
        clock: clock_of(&organisation).await.unwrap(),
        trace,
    });
    let mut problems = 0;
    while session.page() != "exported" {
        let outcome = session
            .go_on(
                None,
                "support@contoso.example, o'brien@contoso.example",
                "ceo@contoso.example",
            )
            .await;
        if session.page().starts_with("problem-") {
            problems += 1;
            assert!(problems < 30, "{}", session.page());
            session.press(Request::CopyDetails).await.unwrap();
            session.press(Request::TryAgain).await.unwrap();
        } else {
            outcome.unwrap();
        }
    }
    assert_eq!(problems > 3, trouble, "{problems} problems");

    let sealed = sealed_files(export.path());
    assert_eq!(sealed.len(), 1);
    // EXPOSE: the practice platform opens its own file, to learn which secret is to be looked for.
    let opened = opened(&sealed[0], handle.platform_identity().expose());
    let secret = secret_in(&opened);
    let search = Search::of(&secret).unwrap();
    // What is searched for is the true secret, and it is where it belongs.
    assert!(!search.in_bytes("sealed", opened.as_bytes()).is_empty());

    let mut finds = search.in_folder(data.path()).unwrap();
    finds.extend(search.in_folder(export.path()).unwrap());
    // Microsoft itself keeps no secret that can be read back, and neither does its stand-in.
    finds.extend(search.in_folder(state.path()).unwrap());
    let views = serde_json::to_vec(&*session.shown.lock().unwrap()).unwrap();
    assert!(views.len() > 10_000);
    finds.extend(search.in_bytes("views", &views));
    finds.extend(search.in_bytes("trace", points.lock().unwrap().join("\n").as_bytes()));
    finds.extend(search.in_bytes("clipboard", session.copied.lock().unwrap().join("\n").as_bytes()));
    let snapshot = serde_json::to_vec(&handle.snapshot()).unwrap();
    finds.extend(search.in_bytes("read-out of the organisation", &snapshot));
    // Every access token is a JWT, and each of those begins with the base64 of a brace, a quote and a letter.
    assert!(!holds_a_token(&views), "a token in a view");
    for folder in [data.path(), export.path()] {
        let files = files_below(folder).unwrap();
        // What is encrypted holds any three letters by chance.
        for file in files
            .iter()
            .filter(|file| file.extension().is_none_or(|end| end != "age"))
        {
            let bytes = std::fs::read(file).unwrap();
            assert!(!holds_a_token(&bytes), "a token in {}", file.display());
        }
    }
    finds
}

fn holds_a_token(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|window| window == b"eyJ")
}

fn sealed_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let files = files_below(folder).unwrap();
    files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == "age"))
        .collect()
}

/// Opens a sealed file as the platform's people would, with the plain `age` program.
fn opened(file: &Path, identity: &str) -> String {
    let mut key = tempfile::NamedTempFile::new().unwrap();
    key.write_all(identity.as_bytes()).unwrap();
    let output = Command::new("age")
        .args(["--decrypt", "--identity"])
        .arg(key.path())
        .arg(file)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn secret_in(opened: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(opened).unwrap();
    value["credential"]["value"].as_str().unwrap().to_owned()
}
