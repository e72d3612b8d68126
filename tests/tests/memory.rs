//! After "Save and close" the wizard's memory holds no secret, no token and no passphrase any more: a process of its
//! own onboards, seals with a passphrase and goes back to the list, and is searched from outside.
//!
//! What is searched for is found in the same process before, and again once it is planted there.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use journeys::leak::Search;
use journeys::memory::{Copy, Held, Wanted, claims, tokens};
use journeys::onboard::Run;
use journeys::organisation::Organisation;
use journeys::tour::say;
use keychain::Keychain;
use practice::{ClockKind, Handle, Options};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_hold_still");
/// A run that takes longer to its next place hangs.
const PATIENCE: Duration = Duration::from_secs(90);

/// A run that holds still at one place after the other.
struct Holding {
    child: Child,
    places: Lines<BufReader<ChildStdout>>,
    go_on: ChildStdin,
}

impl Holding {
    fn start(folder: &Path, held: &Held) -> Self {
        let told = folder.join("told.json");
        std::fs::write(&told, serde_json::to_vec(held).unwrap()).unwrap();
        let mut child = Command::new(PROGRAM)
            .arg(&told)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let places = BufReader::new(child.stdout.take().unwrap()).lines();
        let go_on = child.stdin.take().unwrap();
        Self { child, places, go_on }
    }

    fn process(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Waits until it holds still at a place.
    async fn at(&mut self, place: &str) {
        let said = tokio::time::timeout(PATIENCE, self.places.next_line()).await;
        assert_eq!(said.unwrap().unwrap().as_deref(), Some(place));
    }

    async fn go_on(&mut self) {
        self.go_on.write_all(b"\n").await.unwrap();
    }
}

fn held(handle: &Handle, folder: &Path, passphrase: &str) -> Held {
    Held {
        run: Run {
            organisation: Organisation::from(handle),
            account: "dana.reyes@contoso.example".into(),
            data: folder.join("data"),
            export: folder.join("export"),
            keychain: "mailgrant memory test".into(),
            mailboxes: "support@contoso.example, billing@contoso.example".into(),
            refused: "ceo@contoso.example".into(),
            kill_at: None,
        },
        passphrase: passphrase.into(),
        plant: folder.join("plant"),
    }
}

/// The secret of the one connection, out of the keychain.
fn secret(handle: &Handle, held: &Held) -> String {
    let apps = handle.snapshot().applications;
    let ours = apps.iter().find(|app| !app.foreign).unwrap();
    let mut folders = std::fs::read_dir(&held.run.data).unwrap().flatten();
    let connection = folders
        .find(|entry| entry.path().join("journal").exists())
        .unwrap();
    let account = format!(
        "{}/{}",
        connection.file_name().to_string_lossy(),
        ours.passwords[0].key_id
    );
    let keychain = Keychain::open(format!("{} practice", held.run.keychain));
    let found = keychain.get(&account).unwrap().unwrap();
    // EXPOSE: it is what the other process's memory is searched for.
    found.expose().to_owned()
}

/// Whose tokens these are, by what stands in them.
fn named(tokens: &BTreeSet<String>) -> BTreeMap<String, String> {
    let text = |claims: &serde_json::Value, name: &str| claims[name].as_str().unwrap_or_default().to_owned();
    let named = tokens.iter().filter_map(|token| {
        let claims = claims(token)?;
        let whose = if claims.get("scp").is_some() {
            "admin"
        } else {
            "app"
        };
        let name = format!(
            "{whose}'s token for {}, {}",
            text(&claims, "aud"),
            text(&claims, "uti")
        );
        Some((name, token.clone()))
    });
    named.collect()
}

/// How many copies there are of what in which form.
fn counted(copies: &[Copy]) -> String {
    let mut counts = BTreeMap::new();
    for copy in copies {
        *counts.entry((&copy.of, copy.form, &copy.place)).or_insert(0) += 1;
    }
    counts
        .into_iter()
        .fold(String::new(), |mut text, ((of, form, place), count)| {
            let _ = write!(text, "\n  {of}, {form}: {count} in {place}");
            text
        })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_left_in_memory_after_save_and_close() {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    let handle = practice::start(Options {
        clock: ClockKind::Explicit { start },
        ..Options::default()
    });
    let handle = handle.await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    // It can't be guessed; quotes, a backslash and a letter beyond ASCII make the forms differ.
    let passphrase = format!("{} ve\"ran\\dah é quartz", uuid::Uuid::new_v4());
    let held = held(&handle, folder.path(), &passphrase);
    let mut run = Holding::start(folder.path(), &held);

    run.at("probing").await;
    // While they are needed they are there, which is how the search learns them.
    let tokens_at_work = named(&tokens(run.process()).unwrap());
    let kinds: BTreeSet<&str> = tokens_at_work
        .keys()
        .filter_map(|name| name.split(", ").next())
        .collect();
    assert_eq!(
        kinds.len(),
        3,
        "the admin's token for Graph, that for Exchange, and the app's: {kinds:?}"
    );
    let secret = secret(&handle, &held);
    let mut things: Vec<(&str, &str)> = vec![("secret", &secret), ("passphrase", &passphrase)];
    things.extend(
        tokens_at_work
            .iter()
            .map(|(name, token)| (name.as_str(), token.as_str())),
    );
    let wanted = Wanted::of(things.iter().copied()).unwrap();
    say(&format!(
        "memory: {} things in {} forms",
        things.len(),
        wanted.len()
    ));
    say(&format!(
        "while the app's token is in use:{}",
        counted(&wanted.in_process(run.process()).unwrap())
    ));
    run.go_on().await;

    run.at("exported").await;
    let copies = wanted.in_process(run.process()).unwrap();
    say(&format!("once the files are saved:{}", counted(&copies)));
    run.go_on().await;

    run.at("closed").await;
    let copies = wanted.in_process(run.process()).unwrap();
    say(&format!(
        "after \"Save and close\", copies: {}{}",
        copies.len(),
        counted(&copies)
    ));
    assert_eq!(copies, []);
    let left = tokens(run.process()).unwrap();
    assert_eq!(named(&left).keys().collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(left.len(), 0);
    let mut plant = String::new();
    for (_, value) in &things {
        for (_, bytes) in Search::of(value).unwrap().forms() {
            bytes.iter().for_each(|byte| write!(plant, "{byte:02x}").unwrap());
            plant.push('\n');
        }
    }
    std::fs::write(&held.plant, plant).unwrap();
    run.go_on().await;

    run.at("planted").await;
    let found: BTreeSet<_> = wanted
        .in_process(run.process())
        .unwrap()
        .into_iter()
        .map(|copy| (copy.of, copy.form))
        .collect();
    say(&format!("planted: {}, found: {}", wanted.len(), found.len()));
    assert_eq!(found.len(), wanted.len());
    run.go_on().await;

    run.at("dropped").await;
    assert_eq!(wanted.in_process(run.process()).unwrap(), []);
    run.go_on().await;
    handle.stop().await;
}
