//! A renewal, and a revocation, killed at every remote call and every durable write in turn, and gone on with. While it is
//! renewed a platform reads mail four times a second: none of its calls fails. Everything comes to the same end. Points are
//! enumerated.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::path::Path;
use std::sync::Arc;

use journeys::Outcome;
use journeys::bench::{ADMIN, MAILBOXES, REFUSED, alive_of_ours};
use journeys::lives::{Beginning, in_turn};
use journeys::onboard::{Run, ended, killed};
use journeys::organisation::Organisation;
use journeys::platform::{Credentials, Platform, open};
use journeys::renew::{To, sealed};
use journeys::tour::say;
use practice::Handle;

const PROGRAM: &str = env!("CARGO_BIN_EXE_onboard");
const WORKERS: usize = 2;
/// Nine days before the secret ends.
const MONTHS: u64 = 171 * 86_400;

/// An organisation in which a connection was handed over.
async fn begin(number: usize) -> Outcome<Beginning> {
    let keychain = format!("mailgrant renewal kills {number} {}", std::process::id());
    let mut beginning = Beginning::new(keychain)?;
    let handle = beginning.practice(beginning.folder.path()).await?;
    let onboarding = Run {
        renew: None,
        ..told(&beginning, &handle, beginning.folder.path(), To::TheFile, None)
    };
    ended(Path::new(PROGRAM), &onboarding).await?;
    handle.advance(std::time::Duration::from_secs(MONTHS));
    beginning.keep(handle).await?;
    Ok(beginning)
}

fn told(beginning: &Beginning, handle: &Handle, folder: &Path, to: To, kill_at: Option<usize>) -> Run {
    Run {
        organisation: Organisation::from(handle),
        account: ADMIN.into(),
        data: folder.join("data"),
        export: folder.join("export"),
        keychain: beginning.keychain.clone(),
        mailboxes: MAILBOXES.into(),
        refused: REFUSED.into(),
        platform: None,
        by_plan: true,
        renew: Some(to),
        adopt: None,
        kill_at,
    }
}

/// Where one life is killed: in the run to the new file, in the run to the renewal's end, in a revocation, or not at all.
#[derive(Clone, Copy, Debug)]
enum Kill {
    Never,
    ToTheFile(usize),
    ToTheEnd(usize),
    Revoking(usize),
}

/// What one life told.
#[derive(Default)]
struct Lived {
    to_the_file: usize,
    to_the_end: usize,
    calls: usize,
}

/// Runs with at most one kill, goes on to the end, and says how many points that passes.
async fn gone_on(told: impl Fn(Option<usize>) -> Run, kill_at: Option<usize>) -> Outcome<usize> {
    let program = Path::new(PROGRAM);
    if kill_at.is_some() {
        killed(program, &told(kill_at)).await?;
    }
    Ok(ended(program, &told(None)).await?.points)
}

/// Lives through a whole renewal with at most one kill, with a platform beside it.
async fn live(beginning: &Beginning, kill: Kill) -> Outcome<Lived> {
    let folder = beginning.copied()?;
    let handle = beginning.practice(folder.path()).await?;
    let before = sealed(&folder.path().join("export"))?;
    let platform = Platform::start(
        &Organisation::from(&handle),
        Credentials::of_bundle(&open(&before, &handle)?)?,
    )?;
    let mut lived = Lived::default();
    let bring = async |to: To, kill_at: Option<usize>| {
        let told = |kill_at| told(beginning, &handle, folder.path(), to, kill_at);
        gone_on(told, kill_at).await
    };
    let at_file = match kill {
        Kill::ToTheFile(point) => Some(point),
        _ => None,
    };
    lived.to_the_file = bring(To::TheFile, at_file).await?;
    let held = handle.snapshot();
    if secrets(&held) != 2 {
        return Err(format!("{} secrets beside each other", secrets(&held)));
    }
    let after = sealed(&folder.path().join("export"))?;
    if after == before {
        return Err("no new file was sealed".into());
    }
    platform.given(&open(&after, &handle)?)?;
    platform.moved().await?;
    let at_end = match kill {
        Kill::ToTheEnd(point) => Some(point),
        _ => None,
    };
    lived.to_the_end = bring(To::TheEnd, at_end).await?;
    platform.round().await?;
    let report = platform.stop().await;
    lived.calls = report.calls;
    let end = handle.snapshot();
    handle.stop().await;
    if !report.failed.is_empty() {
        return Err(format!(
            "{} calls failed: {:?}",
            report.failed.len(),
            report.failed.first()
        ));
    }
    if secrets(&end) != 1 || !end.foreign_changes.is_empty() {
        return Err(format!(
            "{} secrets are left, {} of somebody else's changed",
            secrets(&end),
            end.foreign_changes.len()
        ));
    }
    Ok(lived)
}

/// Revokes with at most one kill, and says how many points a whole run passes.
async fn revoke(beginning: &Beginning, kill_at: Option<usize>) -> Outcome<usize> {
    let folder = beginning.copied()?;
    let handle = beginning.practice(folder.path()).await?;
    let told = |kill_at| told(beginning, &handle, folder.path(), To::Revoked, kill_at);
    let points = gone_on(told, kill_at).await?;
    let end = handle.snapshot();
    handle.stop().await;
    match (alive_of_ours(&end), secrets(&end), end.foreign_changes.len()) {
        (0, 0, 0) => Ok(points),
        (alive, secrets, changed) => Err(format!(
            "{alive} objects live, {secrets} secrets are left, {changed} of somebody else's changed"
        )),
    }
}

/// How many secrets our apps hold, deleted ones too.
fn secrets(snapshot: &practice::Snapshot) -> usize {
    let ours = snapshot.applications.iter().filter(|app| !app.foreign);
    ours.map(|app| app.passwords.len()).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_no_call_of_the_platform_fails() {
    let beginning = begin(0).await.unwrap();
    let whole = live(&beginning, Kill::Never).await.unwrap();
    let revoking = revoke(&beginning, None).await.unwrap();
    drop(beginning);
    let kills: Vec<Kill> = (1..=whole.to_the_file)
        .map(Kill::ToTheFile)
        .chain((1..=whole.to_the_end).map(Kill::ToTheEnd))
        .chain((1..=revoking).map(Kill::Revoking))
        .collect();
    let enumerated = kills.len();
    let lived = in_turn(
        kills,
        WORKERS,
        begin,
        |beginning: Arc<Beginning>, kill| async move {
            match kill {
                Kill::Revoking(point) => revoke(&beginning, Some(point)).await.map(|_| 0),
                kill => live(&beginning, kill).await.map(|lived| lived.calls),
            }
        },
    )
    .await;
    say(&format!(
        "kills in a renewal: {} points to the file and {} to the end; in a revocation: {revoking}; enumerated {enumerated}, \
         executed {}; the platform made {} calls; violations {}",
        whole.to_the_file,
        whole.to_the_end,
        lived.executed,
        whole.calls + lived.well.iter().sum::<usize>(),
        lived.failures.len()
    ));
    assert!(lived.failures.is_empty(), "{}", lived.failures.join("\n"));
    assert_eq!(lived.executed, enumerated);
}
