//! An app that is taken over, with the wizard killed at remote calls and durable writes in turn and gone on with. All the while
//! a platform works four times a second: none of its calls fails, and everything comes to the same end.
//!
//! The points are enumerated. A test run kills at each tenth of them; with `MAILGRANT_EVERY_FAULT` set, at every one.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use journeys::Outcome;
use journeys::adopting::granted;
use journeys::bench::ADMIN;
use journeys::by_hand::{ByHand, Text, register};
use journeys::lives::{Beginning, in_turn};
use journeys::onboard::{Run, ended, killed};
use journeys::organisation::Organisation;
use journeys::platform::{Platform, open};
use journeys::renew::{To, sealed};
use journeys::tour::say;
use practice::Handle;

const PROGRAM: &str = env!("CARGO_BIN_EXE_onboard");
const WORKERS: usize = 2;
/// Of so many points one is killed at in a test run.
const ONE_OF: usize = 10;

/// An organisation in which an app was registered by hand.
struct Template {
    beginning: Beginning,
    app: ByHand,
}

impl Template {
    async fn new(number: usize) -> Outcome<Self> {
        let keychain = format!("mailgrant adoption kills {number} {}", std::process::id());
        let mut beginning = Beginning::new(keychain)?;
        let handle = beginning.practice(beginning.folder.path()).await?;
        let app = register(Text::Shipfix, &handle, |step: Duration| handle.advance(step)).await?;
        beginning.keep(handle).await?;
        Ok(Self { beginning, app })
    }

    fn told(&self, handle: &Handle, folder: &Path, kill_at: Option<usize>) -> Run {
        let addresses: Vec<&str> = self
            .app
            .mailboxes
            .iter()
            .map(|(address, _)| address.as_str())
            .collect();
        Run {
            organisation: Organisation::from(handle),
            account: ADMIN.into(),
            data: folder.join("data"),
            export: folder.join("export"),
            keychain: self.beginning.keychain.clone(),
            mailboxes: addresses.join(", "),
            refused: self.app.refused[0].0.clone(),
            platform: None,
            by_plan: true,
            renew: None,
            adopt: Some(("shipfix".into(), self.app.client.clone())),
            kill_at,
        }
    }
}

/// What one life told.
struct Lived {
    points: usize,
    calls: usize,
}

/// Takes the app over with at most one kill, up to the end of the old secret, with its platform beside it.
async fn live(template: Arc<Template>, kill_at: Option<usize>) -> Outcome<Lived> {
    let program = Path::new(PROGRAM);
    let folder = template.beginning.copied()?;
    let handle = template.beginning.practice(folder.path()).await?;
    let organisation = Organisation::from(&handle);
    let platform = Platform::start(&organisation, template.app.credentials(&organisation))?;
    platform.moved().await?;
    if kill_at.is_some() {
        killed(program, &template.told(&handle, folder.path(), kill_at)).await?;
    }
    let whole = ended(program, &template.told(&handle, folder.path(), None)).await?;
    platform.given(&open(&sealed(&folder.path().join("export"))?, &handle)?)?;
    platform.moved().await?;
    let to_the_end = Run {
        renew: Some(To::TheEnd),
        ..template.told(&handle, folder.path(), None)
    };
    ended(program, &to_the_end).await?;
    platform.round().await?;
    let report = platform.stop().await;
    let end = handle.snapshot();
    handle.stop().await;
    if let Some(first) = report.failed.first() {
        return Err(format!("{} calls failed: {first}", report.failed.len()));
    }
    let app = end.applications.iter().find(|one| one.id == template.app.object);
    let secrets = app.map_or(0, |app| app.passwords.len());
    let of_app = end.exchange.assignments.iter();
    let roles = of_app.filter(|held| held.app == template.app.principal).count();
    let others = end.applications.iter().filter(|one| !one.foreign).count();
    match (
        granted(&end, &template.app).len(),
        secrets,
        roles,
        others,
        end.foreign_changes.len(),
    ) {
        (0, 1, 2, 1, 0) => Ok(Lived {
            points: whole.points,
            calls: report.calls,
        }),
        (grants, secrets, roles, apps, changed) => Err(format!(
            "{grants} grants, {secrets} secrets, {roles} roles, {apps} apps, {changed} of somebody else's changed"
        )),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_no_call_of_the_platform_fails() {
    let template = Arc::new(Template::new(0).await.unwrap());
    let whole = live(template, None).await.unwrap();
    let every = std::env::var_os("MAILGRANT_EVERY_FAULT").is_some();
    let points: Vec<Option<usize>> = (1..=whole.points)
        .filter(|point| every || point % ONE_OF == 0)
        .map(Some)
        .collect();
    let enumerated = points.len();
    let lived = in_turn(points, WORKERS, Template::new, live).await;
    let calls: usize = lived.well.iter().map(|lived| lived.calls).sum();
    say(&format!(
        "kills while an app is taken over: {} points; enumerated {enumerated}, executed {}; the platform made {} calls; \
         violations {}",
        whole.points,
        lived.executed,
        whole.calls + calls,
        lived.failures.len()
    ));
    assert!(lived.failures.is_empty(), "{}", lived.failures.join("\n"));
    assert_eq!(lived.executed, enumerated);
}
