//! After "Save and close" the wizard's memory holds no secret, no token and no passphrase any more: a process of its
//! own onboards, seals with a passphrase and goes back to the list, and is searched from outside.
//!
//! What is searched for is found in the same process before, and again once it is planted there.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use journeys::leak::Search;
use journeys::memory::{Held, Wanted, counted, kept_secret, named, tokens};
use journeys::onboard::Run;
use journeys::organisation::Organisation;
use journeys::tour::say;
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
            platform: None,
            by_plan: false,
            renew: None,
            adopt: None,
            kill_at: None,
        },
        passphrase: passphrase.into(),
        plant: folder.join("plant"),
    }
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

    run.at("half-way").await;
    // While they are needed they are there, which is how the search learns them.
    let at_work = named(&tokens(run.process()).unwrap());
    let secret = kept_secret(&held.run.data, &format!("{} practice", held.run.keychain)).unwrap();
    let mut things: Vec<(&str, &str)> = vec![("secret", &secret)];
    things.extend(
        at_work
            .iter()
            .map(|(name, token)| (name.as_str(), token.as_str())),
    );
    let wanted = Wanted::of(things).unwrap();
    let copies = wanted.in_process(run.process()).unwrap();
    say(&format!("half-way, the secret made:{}", counted(&copies)));
    let admins = copies.iter().filter(|copy| copy.of.starts_with("admin"));
    assert!(admins.count() >= 2, "{copies:?}");
    // It lies in the keychain, and nothing needs it now.
    assert!(copies.iter().all(|copy| copy.of != "secret"), "{copies:?}");
    run.go_on().await;

    run.at("left half-way").await;
    let copies = wanted.left_in_process(run.process()).await.unwrap();
    say(&format!(
        "left half-way, copies: {}{}",
        copies.len(),
        counted(&copies)
    ));
    assert_eq!(copies, []);
    run.go_on().await;

    run.at("probing").await;
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
    assert!(
        copies.iter().all(|copy| copy.of.starts_with("admin")),
        "{copies:?}"
    );
    run.go_on().await;

    run.at("closed").await;
    let copies = wanted.left_in_process(run.process()).await.unwrap();
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
    assert_eq!(wanted.left_in_process(run.process()).await.unwrap(), []);
    run.go_on().await;
    handle.stop().await;
}
