//! The main job, without a window: from the first screen to the sealed file, against the practice organisation.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use domain::trace::{Point, Trace};
use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use practice::{Answer, ClockKind, Handle, Options};
use rpc::request::{Request, Submit};
use rpc::view::{Content, LineState, View};
use serde_json::Value;

const ADMIN: &str = "dana.reyes@contoso.example";

async fn practice() -> Handle {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    practice::start(Options {
        clock: ClockKind::Explicit { start },
        ..Options::default()
    })
    .await
    .unwrap()
}

/// What a person does from "signed in" on, one press or one pasted text at a time: at most so much for two mailboxes.
const MOST_ACTIONS: usize = 8;

/// The fast way: the questions, one plan, the work, the proof, the export. No press leads anywhere but on.
#[tokio::test]
async fn one_commit_makes_and_proves_everything() {
    let mut bench = Bench::new("fast route").await;
    bench.go_on(Some("signed-in")).await;
    let mut actions = 0;
    let mailboxes = bench.press(Request::Continue).await;
    actions += 1;
    assert_eq!(mailboxes.page.key, "mailboxes");
    // Two texts are pasted, and the plan is asked for.
    let answers = Submit::Mailboxes {
        allowed: MAILBOXES.into(),
        refused: REFUSED.into(),
    };
    let plan = bench.session().send(answers).await.unwrap();
    actions += 3;
    assert_eq!(plan.page.key, "plan");
    assert_eq!(plan.page.lead.as_deref(), Some("You can do all 4 parts."));
    assert_eq!(
        plan.frame.step_line.as_deref(),
        Some("Step 5 of 7: Plan"),
        "{:?}",
        plan.frame.steps
    );
    let Content::Parts { plan: by_parts, .. } = &plan.page.content else {
        panic!("{:?}", plan.page)
    };
    let changes = by_parts.parts.iter().flat_map(|part| &part.lines);
    let changes = changes.filter(|line| line.state == LineState::Todo).count();
    let commit = &plan.page.actions[0];
    assert_eq!(commit.label, format!("Make these {changes} changes"));
    assert_eq!(bench.ours(), 0, "nothing is made before it");
    assert_eq!(plan.page.actions[1].label, "One part at a time");
    let from = bench.session().shown.lock().unwrap().len();
    let commit = commit.request.clone();
    let proof = bench.press(commit).await;
    actions += 1;
    assert_eq!(proof.page.key, "verify", "the proof follows without a press");
    each_line_was_ticked_in_its_turn(&bench.session().shown.lock().unwrap()[from..], changes);
    // The limit still waits: the clock stands there, and the look that is due is made by itself.
    let proven = bench
        .session()
        .until("the proof", |view| {
            view.page
                .actions
                .first()
                .is_some_and(|action| action.request == Request::Continue)
        })
        .await
        .unwrap();
    assert_eq!(proven.page.key, "verify");
    let export = bench.press(Request::Continue).await;
    actions += 1;
    assert_eq!(export.page.key, "export");
    bench.go_on(None).await;
    actions += 1;
    assert_eq!(bench.session().page(), "exported");
    assert!(actions <= MOST_ACTIONS, "{actions}");
    println!("actions from signed in to exported: {actions}");
    bench.end().await;
}

/// Each line of each part goes through spinner and tick, part after part, and is checked before the next part begins.
fn each_line_was_ticked_in_its_turn(shown: &[View], changes: usize) {
    let plans: Vec<_> = shown
        .iter()
        .filter_map(|view| match &view.page.content {
            Content::Parts { plan, .. } if view.page.busy.is_some() => Some(plan),
            _ => None,
        })
        .collect();
    let done = |state: LineState| matches!(state, LineState::Made | LineState::Checked);
    let mut before = 0;
    for plan in &plans {
        let lines: Vec<_> = plan.parts.iter().flat_map(|part| &part.lines).collect();
        let made = lines.iter().take_while(|line| done(line.state)).count();
        assert!(lines.iter().skip(made).all(|line| !done(line.state)), "{lines:?}");
        assert!(made >= before, "a tick went away");
        before = made;
        let working = lines.iter().filter(|line| line.state == LineState::Working);
        assert!(working.count() <= 1);
        // What comes after a part waits for its check.
        for pair in plan.parts.windows(2) {
            if pair[1].lines.iter().any(|line| done(line.state)) {
                let checked = pair[0].lines.iter().all(|line| line.state == LineState::Checked);
                assert!(checked, "{:?}", pair[0]);
            }
        }
        for line in lines.iter().filter(|line| line.state == LineState::Checked) {
            let stamp = line.stamp.as_deref().unwrap_or_default();
            assert!(stamp.starts_with("Checked 10:3"), "{stamp}");
        }
    }
    assert!(plans.len() > changes, "{} views of {changes} lines", plans.len());
}

/// It stops at the first surprise, says what was made, and takes it back or goes on.
#[tokio::test]
async fn the_plan_stops_at_the_first_surprise() {
    for undo in [false, true] {
        let mut bench = Bench::new(&format!("surprise {undo}")).await;
        bench.go_on(Some("plan")).await;
        bench.plan(
            "POST /applications/{id}/addPassword",
            1,
            Answer {
                status: Some(403),
                ..Answer::default()
            },
        );
        let stopped = bench.press(Request::Commit).await;
        let Content::Problem {
            stopped: Some(stopped),
            ..
        } = &stopped.page.content
        else {
            panic!("{:?}", stopped.page)
        };
        assert_eq!(stopped.message.title, "2 of 7 made, nothing else touched");
        let states: Vec<Vec<LineState>> = stopped
            .plan
            .parts
            .iter()
            .map(|part| part.lines.iter().map(|line| line.state).collect())
            .collect();
        assert!(
            states[..2]
                .iter()
                .flatten()
                .all(|state| *state == LineState::Checked)
        );
        assert!(
            states[2..]
                .iter()
                .flatten()
                .all(|state| *state == LineState::Todo)
        );
        assert_eq!((bench.ours(), bench.secrets()), (1, 0));
        if undo {
            let undo = stopped.message.action.clone().unwrap();
            assert_eq!(undo.label, "Undo everything that was made");
            let plan = bench.press(undo.request).await;
            assert_eq!((plan.page.key.as_str(), bench.secrets()), ("plan", 0));
            let live = bench.handle.snapshot().applications;
            assert!(live.iter().all(|app| app.foreign || app.deleted));
        } else {
            bench.press(Request::TryAgain).await;
            bench.session().by_plan = true;
            bench.go_on(None).await;
            assert_eq!(bench.ours(), 1);
        }
        bench.end().await;
    }
}

/// Afterwards the plan says what is true of each part, and takes it back in the order in which that goes.
#[tokio::test]
async fn every_part_can_be_taken_back_from_the_plan() {
    let mut bench = Bench::new("taken back").await;
    bench.session().by_plan = true;
    bench.go_on(Some("export")).await;
    let plan = Request::GoTo { step: "plan".into() };
    let mut view = bench.press(plan).await;
    assert_eq!(view.page.key, "plan-done");
    for (part, others) in [("limit", vec!["secret"]), ("secret", vec![]), ("app", vec![])] {
        let Content::Parts { plan, .. } = &view.page.content else {
            panic!("{:?}", view.page)
        };
        let offered = |part: &str| {
            let part = plan.parts.iter().find(|known| known.kind == part).unwrap();
            part.acts.first().map(|act| act.request.clone())
        };
        for other in others {
            assert!(offered(other).is_some(), "{other}");
        }
        assert_eq!(offered("permissions"), None);
        assert_eq!(offered("app").is_some(), part == "app", "{part}");
        let remove = offered(part).unwrap();
        view = bench.press(remove).await;
        assert_eq!(view.page.key, "plan", "{part}");
    }
    assert_eq!(bench.secrets(), 0);
    let scopes = bench.handle.snapshot().exchange.scopes;
    assert!(scopes.iter().all(|scope| scope.foreign));
    bench.end().await;
}

/// Once something was handed over, taking a part back is asked first, from the plan as well.
#[tokio::test]
async fn what_a_platform_may_use_is_asked_about_on_the_plan() {
    let mut bench = Bench::new("asked first").await;
    bench.session().by_plan = true;
    bench.go_on(None).await;
    bench.press(Request::GoTo { step: "plan".into() }).await;
    let remove = Request::RemovePart {
        part: "secret".into(),
    };
    let asked = bench.press(remove.clone()).await;
    assert_eq!(asked.page.key, "asking-undo");
    let kept = bench.press(Request::Back).await;
    assert_eq!((kept.page.key.as_str(), bench.secrets()), ("plan-done", 1));
    bench.press(remove).await;
    let gone = bench.press(Request::UndoAfterAll).await;
    assert_eq!((gone.page.key.as_str(), bench.secrets()), ("plan", 0));
    bench.end().await;
}

/// A part that this person may not do is not begun; what they may do is done, and it is said whom to ask.
#[tokio::test]
async fn what_somebody_may_not_do_is_not_begun() {
    let mut bench = Bench::new("half the roles").await;
    *bench.session().reader.lock().unwrap() = Reader::new("tom.okafor@contoso.example");
    let plan = bench.go_on(Some("plan")).await;
    assert_eq!(plan.page.actions[0].label, "Make these 3 changes");
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "plan");
    let Content::Parts { plan, messages, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let standing: Vec<&str> = plan.parts.iter().map(|part| part.finding.word.as_str()).collect();
    assert_eq!(
        standing,
        ["Done", "Done", "Done", "Ask an Exchange Administrator"]
    );
    assert_eq!(messages[0].action.as_ref().unwrap().request, Request::CopyRequest);
    assert!(
        !bench.sent().iter().any(|call| call.contains("New-")),
        "{:?}",
        bench.sent()
    );
    // An Exchange Administrator comes, chooses the mailboxes, and does the rest.
    *bench.session().reader.lock().unwrap() = Reader::new("mei.lindqvist@contoso.example");
    bench.session().by_plan = true;
    bench.go_on(None).await;
    assert_eq!(bench.session().page(), "exported");
    bench.end().await;
}

/// Closed anywhere, a connection opens where it was left.
#[tokio::test]
async fn reopened_it_stands_at_the_plan() {
    let mut bench = Bench::new("reopened").await;
    for (until, label) in [
        ("plan", "Make these 7 changes"),
        ("app-done", "Make these 5 changes"),
    ] {
        bench.go_on(Some(until)).await;
        bench.reopen().await;
        let listed = bench.session().view();
        let Content::Connections {
            first: Some(card), ..
        } = &listed.page.content
        else {
            panic!("{:?}", listed.page)
        };
        assert_eq!(card.detail, "Stopped at step 5 of 7: Plan");
        let id = card.id.clone();
        let opened = bench.press(Request::OpenConnection { id }).await;
        assert_eq!(opened.page.key, "plan");
        let signs_in = &opened.page.actions[0];
        assert_eq!(signs_in.label, "Sign in to go on");
        let back = bench.press(Request::SignIn).await;
        assert_eq!(back.page.key, "plan");
        assert_eq!(back.page.actions[0].label, label);
        let mailboxes = bench.press(Request::Back).await;
        assert_eq!(mailboxes.page.key, "mailboxes");
        let Content::Mailboxes { allowed, .. } = &mailboxes.page.content else {
            panic!("{:?}", mailboxes.page)
        };
        assert_eq!(allowed.rows.len(), 2, "Back loses nothing");
        bench.press(Request::GoTo { step: "plan".into() }).await;
    }
    bench.end().await;
}

/// By the plan as one, and one part at a time, which looks once more at what the app is allowed.
#[tokio::test]
async fn from_the_first_screen_to_the_sealed_file() {
    for (by_plan, at_most) in [(true, 28), (false, 30)] {
        let to_proof = from_first_to_last(by_plan).await;
        assert!(to_proof <= at_most, "{to_proof} calls to the proof");
    }
}

/// The whole way, and how many remote calls it took to the proof.
async fn from_first_to_last(by_plan: bool) -> usize {
    let handle = practice().await;
    let organisation = Organisation::from(&handle);
    let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let calls = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&calls);
    let trace = Trace::to(move |point| {
        if let Point::Sending(call) = point {
            told.lock().unwrap().push(call);
        }
    });
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(ADMIN),
        data: data.path(),
        export: export.path(),
        keychain: "mailgrant onboarding test",
        clock: clock_of(&organisation).await.unwrap(),
        trace,
    });
    session.by_plan = by_plan;
    let (mailboxes, refused) = (
        "support@contoso.example, billing@contoso.example",
        "ceo@contoso.example",
    );
    session.go_on(Some("export"), mailboxes, refused).await.unwrap();
    let to_proof = calls.lock().unwrap().len();
    session.go_on(None, mailboxes, refused).await.unwrap();
    assert_eq!(session.page(), "exported");
    let calls = calls.lock().unwrap().clone();
    for call in &calls {
        println!("{call}");
    }
    let way = if by_plan {
        "by the plan"
    } else {
        "one part at a time"
    };
    println!(
        "remote calls {way}: {to_proof} to the proof, {} to the sealed file",
        calls.len()
    );
    the_record_tells_mailboxes_by_their_objects(export.path());
    to_proof
}

/// What the limit held, and each row of the proof, by object id with the address beside it.
fn the_record_tells_mailboxes_by_their_objects(export: &std::path::Path) {
    let files = std::fs::read_dir(export).unwrap().flatten();
    let record = files
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "json"))
        .unwrap();
    let record: Value = serde_json::from_slice(&std::fs::read(record).unwrap()).unwrap();
    let of = |list: &Value, address: &str| -> BTreeSet<(String, String)> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| {
            let text = |field: &str| one[field].as_str().unwrap().to_owned();
            (text("objectId"), text(address))
        })
        .collect()
    };
    let chosen = of(&record["mailboxes"], "address");
    assert_eq!(chosen.len(), 2);
    assert_eq!(of(&record["scope"]["holds"], "address"), chosen);
    let tried = of(&record["proof"]["rows"], "mailbox");
    assert!(chosen.is_subset(&tried));
    assert_eq!(record["proof"]["fingerprint"].as_str().unwrap().len(), 64);
}

#[tokio::test]
async fn help_opens_and_closes_where_the_reader_is() {
    let handle = practice().await;
    let organisation = Organisation::from(&handle);
    let folder = tempfile::tempdir().unwrap();
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(ADMIN),
        data: folder.path(),
        export: folder.path(),
        keychain: "mailgrant help test",
        clock: clock_of(&organisation).await.unwrap(),
        trace: Trace::default(),
    });
    session.go_on(Some("method"), "", "").await.unwrap();
    for close in [Request::Help, Request::Back] {
        let help = session.press(Request::Help).await.unwrap();
        assert_eq!(help.page.key, "help");
        assert_eq!(help.page.heading, "Help with step 2: Method");
        session.press(close).await.unwrap();
        assert_eq!(session.page(), "method");
    }
}

/// What a platform can do without is off until somebody chooses it, and then isn't given.
#[tokio::test]
async fn a_platform_gets_only_what_it_needs() {
    let handle = practice().await;
    let organisation = Organisation::from(&handle);
    let folder = tempfile::tempdir().unwrap();
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(ADMIN),
        data: folder.path(),
        export: folder.path(),
        keychain: "mailgrant least privilege test",
        clock: clock_of(&organisation).await.unwrap(),
        trace: Trace::default(),
    });
    session.go_on(Some("method"), "", "").await.unwrap();
    let Content::Choose { choices, extras, .. } = session.view().page.content else {
        panic!("no choice on the method page");
    };
    let on = |name: &str| {
        extras
            .iter()
            .find(|extra| extra.value == name)
            .map(|extra| (extra.on, extra.needed))
    };
    assert_eq!(on("Mail.ReadWrite"), Some((true, true)));
    assert_eq!(on("Mail.Send"), Some((false, false)));
    let value = choices.first().map(|choice| choice.value.clone());
    session
        .send(Submit::Choose {
            value,
            name: String::new(),
            access: Vec::new(),
        })
        .await
        .unwrap();
    let (mailboxes, refused) = ("support@contoso.example", "ceo@contoso.example");
    session.go_on(Some("export"), mailboxes, refused).await.unwrap();
    let assigned = handle.snapshot().exchange.assignments;
    let roles: Vec<_> = assigned
        .iter()
        .filter(|one| !one.foreign)
        .map(|one| one.role.clone())
        .collect();
    assert_eq!(roles, ["Application Mail.ReadWrite"]);
}
