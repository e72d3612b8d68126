//! An organisation full of look-alikes: whatever is made, undone, removed, restored or looked at again, at every step,
//! with answers that lie and notes that are forged, nothing of anybody else's changes.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use journeys::Outcome;
use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::look_alikes::LookAlikes;
use journeys::tour::say;
use practice::Answer;
use reqwest::Method;
use rpc::request::Request;

const WORKERS: usize = 2;
/// A reader presses this often at most before a problem is over.
const MOST_PRESSES: usize = 12;
/// The consent that the admin gives at the sign-in is for the wizard and none of the connection's making.
const CONSENT: &str = "oauth2PermissionGrant ";
/// A deleted app can be restored for 30 days, and its enterprise application with it.
const SIGN_IN_AND_APP: [&str; 3] = [CONSENT, "application ", "servicePrincipal "];
/// What our app is called.
const DISPLAY: &str = "Mailgrant: Sinch Contact Pro";

/// What is done, one after the other.
#[derive(Clone, Debug)]
enum Act {
    /// Goes on to a page; problems on the way are met with their first button.
    To(&'static str),
    /// Goes on to the sealed file.
    Export,
    Press(Request),
    /// Opens a step and takes back what it made, problems and all.
    Undo(&'static str),
    /// The next call of this name goes wrong.
    Strike(&'static str, Answer),
    /// Ends the wizard and starts it again.
    Reopen,
    /// Somebody deletes our app, and for good where `true`.
    Deleted(bool),
    /// Somebody puts the ids of a look-alike in place of ours into the wizard's notes.
    Forge,
    /// Takes the connection off the list, puts it back.
    OffAndBack,
    /// Only the app that can be restored is left of ours.
    NothingLives,
    /// One of everything is there, and an export.
    Whole,
}

use Act::{Deleted, Export, Forge, NothingLives, OffAndBack, Press, Reopen, Strike, To, Undo, Whole};

/// Calls that make something, where an answer that is lost makes the wizard look for what it made.
const MAKING: [&str; 6] = [
    "PATCH /applications(uniqueName)",
    "POST /servicePrincipals",
    "POST /applications/{id}/addPassword",
    "Exchange New-ServicePrincipal",
    "Exchange New-ManagementScope",
    "Exchange New-ManagementRoleAssignment",
];
/// Calls that look before something is made or removed.
const LOOKING: [&str; 4] = [
    "POST /$batch (look for the app)",
    "POST /$batch (read the app back)",
    "GET /applications/{id}",
    "Exchange $batch (5 × Get-ServicePrincipal)",
];
/// Calls that remove something, and the step that they take back.
const REMOVING: [(&str, &str); 5] = [
    ("DELETE /applications/{id}", "app"),
    ("POST /applications/{id}/removePassword", "secret"),
    ("Exchange Remove-ManagementRoleAssignment", "limit"),
    ("Exchange Remove-ManagementScope", "limit"),
    ("Exchange Remove-ServicePrincipal", "limit"),
];

fn answers() -> Vec<(&'static str, Answer)> {
    let status = |status: u16| Answer {
        status: Some(status),
        ..Answer::default()
    };
    vec![
        ("not there", status(404)),
        ("there already", status(409)),
        ("done, and nothing was", status(204)),
        (
            "cut after effect",
            Answer {
                drop: true,
                takes_effect: true,
                ..Answer::default()
            },
        ),
    ]
}

/// Everything that the wizard can be made to do, by name.
fn scenarios() -> Vec<(String, Vec<Act>)> {
    let mut all: Vec<(String, Vec<Act>)> = Vec::new();
    let mut add = |name: &str, acts: Vec<Act>| all.push((name.to_owned(), acts));
    for (step, done) in [
        ("app", "app-done"),
        ("secret", "secret-done"),
        ("limit", "limit-done"),
    ] {
        let make = || vec![To(done), Undo(step)];
        add(&format!("{step} undone"), make());
        add(
            &format!("{step} undone and made again"),
            [make(), vec![Export, Whole]].concat(),
        );
        add(
            &format!("{step} undone after a restart"),
            vec![To(done), Reopen, Undo(step)],
        );
        add(
            &format!("{step} looked at again"),
            vec![To(done), Press(Request::Check), Export, Whole],
        );
        for purged in [false, true] {
            let gone = if purged { "deleted for good" } else { "deleted" };
            add(
                &format!("{step}: our app {gone} by somebody"),
                vec![To(done), Deleted(purged), Export, Whole],
            );
        }
        add(
            &format!("{step}: notes forged"),
            vec![To(done), Forge, Undo(step)],
        );
    }
    let undo = || vec![Undo("limit"), Undo("secret"), Undo("app"), NothingLives];
    add("exported, undone", [vec![Export, Whole], undo()].concat());
    add(
        "exported, undone and made again",
        [vec![Export], undo(), vec![Export, Whole]].concat(),
    );
    add(
        "exported, forged, undone",
        [
            vec![Export, Forge],
            vec![Undo("limit"), Undo("secret"), Undo("app")],
        ]
        .concat(),
    );
    add(
        "exported, the limit set again",
        vec![Export, Press(Request::SetLimitAgain), Export, Whole],
    );
    add(
        "exported, off the list and back, undone",
        [vec![Export, OffAndBack], undo()].concat(),
    );
    add(
        "exported, restarted, undone",
        [vec![Export, Reopen], undo()].concat(),
    );
    for (kind, answer) in answers() {
        for call in MAKING {
            add(
                &format!("{call}: {kind}"),
                [vec![Strike(call, answer.clone()), Export, Whole], undo()].concat(),
            );
        }
        for call in LOOKING {
            add(
                &format!("{call}: {kind}"),
                [vec![Strike(call, answer.clone()), Export, Whole], undo()].concat(),
            );
        }
        for (call, step) in REMOVING {
            add(
                &format!("{call}: {kind}, at the undo of the {step}"),
                [vec![Export, Strike(call, answer.clone())], undo()].concat(),
            );
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_theirs_changes() {
    let scenarios = Arc::new(scenarios());
    let next = Arc::new(AtomicUsize::new(0));
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (scenarios, next) = (Arc::clone(&scenarios), Arc::clone(&next));
            tokio::spawn(async move {
                let (mut executed, mut watched, mut failures) = (0, 0, Vec::new());
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    let Some((name, acts)) = scenarios.get(number) else {
                        return (executed, watched, failures);
                    };
                    match play(number, acts).await {
                        Ok(count) => watched += count,
                        Err(why) => failures.push(format!("{name}: {why}")),
                    }
                    executed += 1;
                }
            })
        })
        .collect();
    let (mut executed, mut watched, mut failures) = (0, 0, Vec::new());
    for worker in workers {
        let (done, objects, failed) = worker.await.unwrap();
        executed += done;
        watched += objects;
        failures.extend(failed);
    }
    // Past the test runner, which would keep it to itself.
    say(&format!(
        "look-alikes: enumerated {}, executed {executed}, objects compared after every act {watched}, violations {}",
        scenarios.len(),
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(executed, scenarios.len());
}

/// The comparison itself: one field of one object of theirs, and it is named.
#[tokio::test]
async fn a_change_of_theirs_is_found() {
    let bench = Bench::new("look-alikes control").await;
    let theirs = LookAlikes::before(&bench, DISPLAY).await.unwrap();
    assert!(theirs.changed(&bench.handle).is_empty());
    let (object, _) = theirs.apps.first().unwrap();
    let colleague = bench.colleague().await;
    let path = format!("applications/{object}");
    let body = serde_json::json!({ "notes": "Payroll" });
    colleague.graph(Method::PATCH, &path, Some(body)).await.unwrap();
    assert_eq!(theirs.changed(&bench.handle), [format!("application {object}")]);
}

/// How many objects of theirs were compared, over all acts.
async fn play(number: usize, acts: &[Act]) -> Outcome<usize> {
    let mut bench = Bench::new(&format!("look-alikes {number}")).await;
    let mut theirs = LookAlikes::before(&bench, DISPLAY).await?;
    let (mut beside, mut watched) = (false, 0);
    for act in acts {
        perform(&mut bench, act, &theirs)
            .await
            .map_err(|why| format!("{act:?}: {why}"))?;
        let changed = theirs.changed(&bench.handle);
        if !changed.is_empty() {
            return Err(format!("{act:?} changed {changed:?}"));
        }
        if !beside && matches!(act, To(_) | Export) {
            theirs.beside(&bench).await?;
            beside = true;
        }
        watched += theirs.count();
    }
    bench.end().await;
    Ok(watched)
}

async fn perform(bench: &mut Bench, act: &Act, theirs: &LookAlikes) -> Outcome {
    match act {
        To(page) => on(bench, Some(page)).await,
        Export => on(bench, None).await,
        Press(request) => bench.session().press(request.clone()).await.map(drop),
        Undo(step) => undo(bench, step).await,
        Strike(call, answer) => {
            bench.plan(call, 1, answer.clone());
            Ok(())
        }
        Reopen => {
            bench.reopen().await;
            Ok(())
        }
        Deleted(purged) => {
            let object = ours(bench, theirs)?.0;
            let colleague = bench.colleague().await;
            colleague
                .graph(Method::DELETE, &format!("applications/{object}"), None)
                .await?;
            if *purged {
                let path = format!("directory/deletedItems/{object}");
                colleague.graph(Method::DELETE, &path, None).await?;
            }
            Ok(())
        }
        Forge => {
            let (object, client) = ours(bench, theirs)?;
            let (their_object, their_client) = theirs.apps.last().ok_or("nobody to point at")?;
            let journal = bench.journal();
            drop(bench.session.take());
            let text = std::fs::read_to_string(&journal).map_err(|error| error.to_string())?;
            let text = text.replace(&object, their_object).replace(&client, their_client);
            std::fs::write(&journal, text).map_err(|error| error.to_string())?;
            bench.reopen().await;
            Ok(())
        }
        OffAndBack => {
            let journal = bench.journal();
            let folder = journal
                .parent()
                .and_then(|folder| folder.file_name())
                .ok_or("no folder")?;
            let id = folder.to_string_lossy().into_owned();
            let session = bench.session();
            session.press(Request::ShowConnections).await?;
            session.press(Request::TakeOff { id: id.clone() }).await?;
            session.press(Request::PutBack { id }).await.map(drop)
        }
        NothingLives => {
            let left: Vec<String> = theirs
                .ours(&bench.handle)
                .into_iter()
                .filter(|key| !SIGN_IN_AND_APP.iter().any(|kind| key.starts_with(kind)))
                .collect();
            let live = bench
                .handle
                .snapshot()
                .applications
                .iter()
                .filter(|app| {
                    !app.deleted
                        && theirs
                            .ours(&bench.handle)
                            .contains(&format!("application {}", app.id))
                })
                .count();
            if left.is_empty() && live == 0 {
                Ok(())
            } else {
                Err(format!("{live} apps live, and {left:?}"))
            }
        }
        Whole => {
            let mut kinds: Vec<String> = theirs
                .ours(&bench.handle)
                .iter()
                .filter(|key| !key.starts_with(CONSENT))
                .filter_map(|key| key.split(' ').next().map(str::to_owned))
                .collect();
            kinds.sort();
            let whole = [
                "application",
                "exchangeServicePrincipal",
                "managementRoleAssignment",
                "managementRoleAssignment",
                "managementScope",
                "servicePrincipal",
            ];
            let exported = bench.session().page() == "exported";
            if exported && kinds == whole {
                Ok(())
            } else {
                Err(format!("{}: {kinds:?}", bench.session().page()))
            }
        }
    }
}

/// Object id and client id of our app.
fn ours(bench: &Bench, theirs: &LookAlikes) -> Outcome<(String, String)> {
    let keys = theirs.ours(&bench.handle);
    let apps = bench.handle.snapshot().applications;
    let mine = apps
        .iter()
        .find(|app| keys.contains(&format!("application {}", app.id)));
    mine.map(|app| (app.id.clone(), app.app_id.clone()))
        .ok_or_else(|| "no app of ours".to_owned())
}

async fn on(bench: &mut Bench, until: Option<&str>) -> Outcome {
    for _ in 0..MOST_PRESSES {
        match bench.session().go_on(until, MAILBOXES, REFUSED).await {
            Ok(()) => return Ok(()),
            Err(_) if bench.session().page().starts_with("problem-") => press_on(bench).await?,
            Err(why) => return Err(why),
        }
    }
    Err(format!("no end at {}", bench.session().page()))
}

async fn undo(bench: &mut Bench, step: &str) -> Outcome {
    for _ in 0..MOST_PRESSES {
        let view = bench.session().view();
        let key = view.page.key.as_str();
        if key == step {
            return Ok(());
        } else if key == "problem-journal.read-only" {
            // Nothing can be undone from notes that aren't believed; the presses are sent all the same.
            for request in [
                Request::UndoAfterAll,
                Request::Undo,
                Request::Commit,
                Request::Check,
            ] {
                bench.session().press(request).await?;
            }
            return Ok(());
        } else if key.starts_with("problem-") {
            press_on(bench).await?;
        } else if key == format!("{step}-done") {
            bench.session().press(Request::UndoAfterAll).await?;
        } else if let Some(open) = opens(&view) {
            bench.session().press(open).await?;
        } else if key == "sign-in" || key == "signed-in" {
            let action = view.page.actions.first().ok_or("no way on")?;
            bench.session().press(action.request.clone()).await?;
        } else {
            bench
                .session()
                .press(Request::GoTo {
                    step: step.to_owned(),
                })
                .await?;
        }
    }
    Err(format!("no end at {}", bench.session().page()))
}

/// What opens the first connection of the list.
fn opens(view: &rpc::view::View) -> Option<Request> {
    match &view.page.content {
        rpc::view::Content::Connections {
            first: Some(card), ..
        } => Some(Request::OpenConnection { id: card.id.clone() }),
        _ => None,
    }
}

async fn press_on(bench: &mut Bench) -> Outcome {
    let view = bench.session().view();
    let action = view.page.actions.iter().find(|action| {
        !matches!(
            action.request,
            Request::CopyRequest | Request::CopyDetails | Request::CopyAddress
        )
    });
    let request = action.map(|action| action.request.clone()).ok_or("no way on")?;
    bench.session().press(request).await.map(drop)
}
