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
use journeys::lives::{copy, in_turn};
use journeys::onboard::{Ended, Run, Went, run};
use journeys::organisation::Organisation;
use journeys::platform::{Credentials, Platform, open};
use journeys::renew::{To, sealed};
use journeys::tour::say;
use practice::{ClockKind, Handle, Options};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_onboard");
const WORKERS: usize = 2;
const START: &str = "2026-11-22T10:30:00Z";
/// Nine days before the secret ends.
const MONTHS: u64 = 171 * 86_400;

/// An organisation in which a connection was handed over, to begin from as often as it takes.
struct Template {
    folder: TempDir,
    keychain: String,
    port: u16,
    now: jiff::Timestamp,
}

impl Template {
    async fn new(number: usize) -> Outcome<Self> {
        let template = Self {
            folder: tempfile::tempdir().map_err(|error| error.to_string())?,
            keychain: format!("mailgrant renewal kills {number} {}", std::process::id()),
            port: 0,
            now: START.parse().unwrap(),
        };
        let handle = template.practice(template.folder.path()).await?;
        let onboarding = Run {
            renew: None,
            ..template.told(&handle, template.folder.path(), To::TheFile, None)
        };
        ended(&onboarding).await?;
        handle.advance(std::time::Duration::from_secs(MONTHS));
        let port = handle
            .origin()
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok());
        let port = port.ok_or("an organisation without a port")?;
        let now = handle.snapshot().now.parse().unwrap();
        handle.stop().await;
        Ok(Self {
            port,
            now,
            ..template
        })
    }

    async fn practice(&self, folder: &Path) -> Outcome<Handle> {
        let options = Options {
            clock: ClockKind::Explicit { start: self.now },
            state: Some(folder.join("practice")),
            port: self.port,
            ..Options::default()
        };
        practice::start(options).await.map_err(|error| error.to_string())
    }

    fn told(&self, handle: &Handle, folder: &Path, to: To, kill_at: Option<usize>) -> Run {
        Run {
            organisation: Organisation::from(handle),
            account: ADMIN.into(),
            data: folder.join("data"),
            export: folder.join("export"),
            keychain: self.keychain.clone(),
            mailboxes: MAILBOXES.into(),
            refused: REFUSED.into(),
            by_plan: true,
            renew: Some(to),
            adopt: None,
            kill_at,
        }
    }
}

async fn ended(told: &Run) -> Outcome<Ended> {
    match run(Path::new(PROGRAM), told).await? {
        Went::Ended(ended) => Ok(ended),
        Went::Killed(place) => Err(format!("nobody asked for a kill at {place}")),
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

/// Lives through a whole renewal with at most one kill, with a platform beside it.
async fn live(template: &Template, kill: Kill) -> Outcome<Lived> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    copy(template.folder.path(), folder.path())?;
    let handle = template.practice(folder.path()).await?;
    let before = sealed(&folder.path().join("export"))?;
    let platform = Platform::start(
        &Organisation::from(&handle),
        Credentials::of_bundle(&open(&before, &handle)?)?,
    )?;
    let mut lived = Lived::default();
    let bring = async |to: To, kill_at: Option<usize>| -> Outcome<usize> {
        if let Some(point) = kill_at {
            match run(
                Path::new(PROGRAM),
                &template.told(&handle, folder.path(), to, Some(point)),
            )
            .await?
            {
                Went::Killed(_) => {}
                Went::Ended(_) => return Err("the kill didn't happen".into()),
            }
        }
        let ended = ended(&template.told(&handle, folder.path(), to, None)).await?;
        Ok(ended.points)
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
async fn revoke(template: &Template, kill_at: Option<usize>) -> Outcome<usize> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    copy(template.folder.path(), folder.path())?;
    let handle = template.practice(folder.path()).await?;
    let told = |kill_at| template.told(&handle, folder.path(), To::Revoked, kill_at);
    if kill_at.is_some()
        && let Went::Ended(_) = run(Path::new(PROGRAM), &told(kill_at)).await?
    {
        return Err("the kill didn't happen".into());
    }
    let points = ended(&told(None)).await?.points;
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
    let template = Template::new(0).await.unwrap();
    let whole = live(&template, Kill::Never).await.unwrap();
    let revoking = revoke(&template, None).await.unwrap();
    drop(template);
    let kills: Vec<Kill> = (1..=whole.to_the_file)
        .map(Kill::ToTheFile)
        .chain((1..=whole.to_the_end).map(Kill::ToTheEnd))
        .chain((1..=revoking).map(Kill::Revoking))
        .collect();
    let enumerated = kills.len();
    let lived = in_turn(
        kills,
        WORKERS,
        Template::new,
        |template: Arc<Template>, kill| async move {
            match kill {
                Kill::Revoking(point) => revoke(&template, Some(point)).await.map(|_| 0),
                kill => live(&template, kill).await.map(|lived| lived.calls),
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
