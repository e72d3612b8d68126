//! Interrupted work: the wizard is killed at every remote call and every durable write in turn, started again, and
//! must come to the same end. Points are enumerated, not sampled.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;
use std::path::Path;

use journeys::lives::in_turn;
use journeys::onboard::{Run, ended, killed};
use journeys::organisation::Organisation;
use journeys::other_platform;
use journeys::tour::say;
use practice::{ClockKind, Handle, Options};

const PROGRAM: &str = env!("CARGO_BIN_EXE_onboard");
const WORKERS: usize = 2;

async fn practice() -> Handle {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    practice::start(Options {
        clock: ClockKind::Explicit { start },
        ..Options::default()
    })
    .await
    .unwrap()
}

/// How it is onboarded.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// By the plan, in one commit.
    Plan,
    /// By one part at a time.
    Parts,
    /// By the plan, with a certificate.
    Certificate,
    /// By the plan, for a platform that reads by IMAP.
    Imap,
    /// By the plan, for a platform that only sends, by SMTP.
    Smtp,
}

impl Way {
    /// Whether a test run kills at a part of the points only.
    fn is_sampled(self) -> bool {
        matches!(self, Self::Certificate | Self::Imap | Self::Smtp)
    }
}

/// Of so many points one is killed at in a test run, where a part of them is enough.
const ONE_OF: usize = 5;

fn told(handle: &Handle, folder: &Path, keychain: &str, way: Way, kill_at: Option<usize>) -> Run {
    let data = folder.join("data");
    let certificate = way == Way::Certificate;
    if certificate {
        other_platform::write(&data, &["certificate"], 6).unwrap();
    }
    Run {
        organisation: Organisation::from(handle),
        account: "dana.reyes@contoso.example".into(),
        data,
        export: folder.join("export"),
        keychain: keychain.into(),
        mailboxes: "support@contoso.example, billing@contoso.example".into(),
        refused: "ceo@contoso.example".into(),
        platform: match way {
            Way::Plan | Way::Parts => None,
            Way::Certificate => Some(other_platform::ID.into()),
            Way::Imap => Some("logicaldoc".into()),
            Way::Smtp => Some("generic-smtp".into()),
        },
        by_plan: way != Way::Parts,
        renew: None,
        adopt: None,
        kill_at,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_in_the_one_commit_it_comes_to_the_same_end() {
    kill_everywhere(Way::Plan).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_it_comes_to_the_same_end() {
    kill_everywhere(Way::Parts).await;
}

/// Its key is made here and kept before anything is sent: whatever moment ends the program, one certificate is there and its
/// key with it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_a_certificate_comes_to_the_same_end() {
    kill_everywhere(Way::Certificate).await;
}

/// What lets a mail program in is granted once, and full access given once to each mailbox and to no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_a_mail_program_comes_to_the_same_end() {
    kill_everywhere(Way::Imap).await;
}

/// Of the one role that it has there is one, within one scope, and nothing in Entra.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_what_only_sends_comes_to_the_same_end() {
    kill_everywhere(Way::Smtp).await;
}

/// Kills at every point of an onboarding by the plan, or by one part at a time, and goes on in the same way.
async fn kill_everywhere(way: Way) {
    let handle = practice().await;
    let folder = tempfile::tempdir().unwrap();
    let keychain = format!("mailgrant kills {way:?} {}", std::process::id());
    let whole = told(&handle, folder.path(), &keychain, way, None);
    let whole = ended(Path::new(PROGRAM), &whole).await.unwrap();
    handle.stop().await;
    let every = !way.is_sampled() || std::env::var_os("MAILGRANT_EVERY_FAULT").is_some();
    let points: Vec<usize> = (1..=whole.points)
        .filter(|point| every || point % ONE_OF == 0)
        .collect();
    let enumerated = points.len();
    let begin = async |_: usize| Ok(keychain.clone());
    let lived = in_turn(points, WORKERS, begin, move |keychain, point| async move {
        kill_and_go_on(point, way, &format!("{keychain} {point}")).await
    })
    .await;
    // Past the test runner, which would keep it to itself.
    say(&format!(
        "kills by {way:?}: {} points, enumerated {enumerated}, executed {}, violations {}",
        whole.points,
        lived.executed,
        lived.failures.len()
    ));
    say(&format!(
        "remote calls of one onboarding by {way:?}: {}",
        whole.calls
    ));
    assert!(lived.failures.is_empty(), "{}", lived.failures.join("\n"));
    assert_eq!(lived.executed, enumerated);
}

async fn kill_and_go_on(point: usize, way: Way, keychain: &str) -> Result<(), String> {
    let handle = practice().await;
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(PROGRAM);
    let told = |kill_at| told(&handle, folder.path(), keychain, way, kill_at);
    let place = killed(program, &told(Some(point))).await?;
    let ended = ended(program, &told(None))
        .await
        .map_err(|why| format!("{place}: {why}"))?;
    let wrong = look(&handle, folder.path(), way, ended.typed).await;
    handle.stop().await;
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{place}: {}", wrong.join("; ")))
    }
}

/// What must be true at the end, whatever happened before.
async fn look(handle: &Handle, folder: &Path, way: Way, typed: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |what: &str, is: usize, should: usize| {
        if is != should {
            wrong.push(format!("{what}: {is} instead of {should}"));
        }
    };
    let snapshot = handle.snapshot();
    let ours: Vec<_> = snapshot.applications.iter().filter(|app| !app.foreign).collect();
    expect("apps", ours.len(), 1);
    let certificates = usize::from(way == Way::Certificate);
    expect(
        "secrets",
        ours.iter().map(|app| app.passwords.len()).sum(),
        1 - certificates,
    );
    expect(
        "certificates",
        ours.iter().map(|app| app.certificates.len()).sum(),
        certificates,
    );
    expect(
        "service principals",
        snapshot
            .service_principals
            .iter()
            .filter(|principal| !principal.foreign)
            .count(),
        1,
    );
    expect(
        "service principals in Exchange",
        snapshot
            .exchange
            .service_principals
            .iter()
            .filter(|principal| !principal.foreign)
            .count(),
        1,
    );
    expect(
        "scopes",
        snapshot
            .exchange
            .scopes
            .iter()
            .filter(|scope| !scope.foreign)
            .count(),
        usize::from(way != Way::Imap),
    );
    expect(
        "role assignments",
        snapshot
            .exchange
            .assignments
            .iter()
            .filter(|assignment| !assignment.foreign)
            .count(),
        match way {
            Way::Imap => 0,
            Way::Smtp => 1,
            Way::Plan | Way::Parts | Way::Certificate => 2,
        },
    );
    expect(
        "grants in Entra",
        snapshot
            .app_role_assignments
            .iter()
            .filter(|grant| !grant.foreign)
            .count(),
        usize::from(way == Way::Imap),
    );
    let principal = snapshot.service_principals.iter().find(|one| !one.foreign);
    let principal = principal.map(|one| one.id.clone()).unwrap_or_default();
    let given = snapshot.prints.keys();
    let given = given.filter(|print| print.starts_with("mailboxPermission") && print.contains(&principal));
    expect(
        "mailboxes that give full access",
        given.count(),
        if way == Way::Imap { 2 } else { 0 },
    );
    expect("foreign objects changed", snapshot.foreign_changes.len(), 0);
    // What was typed before the kill is not typed again; what the kill came before of is typed once.
    if typed > 2 {
        expect("texts typed after the kill", typed, 2);
    }
    let connections = std::fs::read_dir(folder.join("data"))
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().join("journal").exists())
        .count();
    expect("connections with a journal", connections, 1);
    let kinds: BTreeSet<String> = std::fs::read_dir(folder.join("export"))
        .unwrap()
        .flatten()
        .map(|entry| {
            entry
                .path()
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let known: BTreeSet<String> = ["age", "html", "ics", "json"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    expect("kinds of files", kinds.difference(&known).count(), 0);
    expect(
        "kinds of files that are there",
        kinds.intersection(&known).count(),
        4,
    );
    wrong
}
