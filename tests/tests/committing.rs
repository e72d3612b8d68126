//! While something is changed, the plan stays on screen: each line gets its tick when it is done, and the button that was
//! pressed says what it does.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::Bench;
use rpc::request::{Request, Submit};
use rpc::view::{BusyButton, Content, View};

/// What was shown from here on while something was under way in the bar.
fn under_way(bench: &mut Bench, from: usize) -> Vec<View> {
    let shown = bench.session().shown.lock().unwrap();
    shown
        .iter()
        .skip(from)
        .filter(|view| view.page.busy.is_some())
        .cloned()
        .collect()
}

fn shown_until_now(bench: &mut Bench) -> usize {
    bench.session().shown.lock().unwrap().len()
}

/// Presses a button and says how the ticks came, each state once, and what the button said.
async fn ticks(bench: &mut Bench, request: Request) -> (Vec<Vec<bool>>, BusyButton) {
    let from = shown_until_now(bench);
    bench.press(request).await;
    let views = under_way(bench, from);
    let buttons: Vec<BusyButton> = views
        .iter()
        .map(|view| view.page.busy.clone().unwrap().button.unwrap())
        .collect();
    assert!(buttons.iter().all(|button| *button == buttons[0]), "{buttons:?}");
    let mut ticks: Vec<Vec<bool>> = views
        .iter()
        .filter_map(|view| match &view.page.content {
            Content::Plan { plan, .. } => Some(plan.will.iter().map(|line| line.done).collect()),
            _ => None,
        })
        .collect();
    ticks.dedup();
    (ticks, buttons[0].clone())
}

#[tokio::test]
async fn each_line_gets_its_tick_when_it_is_done() {
    let mut bench = Bench::new("committing").await;
    bench.go_on(Some("app")).await;
    let (app, button) = ticks(&mut bench, Request::Commit).await;
    assert_eq!(app, [vec![false, false], vec![true, false], vec![true, true]]);
    assert_eq!((button.at, button.words.as_str()), (0, "Creating\u{2026}"));

    bench.go_on(Some("secret")).await;
    let (secret, _) = ticks(&mut bench, Request::Commit).await;
    assert_eq!(secret, [vec![false], vec![true]]);

    bench.go_on(Some("limit")).await;
    let (limit, button) = ticks(&mut bench, Request::Commit).await;
    assert_eq!(
        limit,
        [
            vec![false, false, false, false],
            vec![true, false, false, false],
            vec![true, true, false, false],
            vec![true, true, true, false],
            vec![true, true, true, true]
        ]
    );
    assert_eq!(button.words, "Setting\u{2026}");

    // The way back turns in its own button, not in the one that goes on.
    assert_eq!(bench.session().page(), "limit-done");
    let (none, button) = ticks(&mut bench, Request::Undo).await;
    assert!(none.is_empty());
    assert_eq!((button.at, button.words.as_str()), (1, "Removing\u{2026}"));
    bench.end().await;
}

#[tokio::test]
async fn a_question_with_one_sensible_answer_is_not_asked() {
    let choose = |platform: &str| Submit::Choose {
        value: Some(platform.into()),
        name: String::new(),
        access: Vec::new(),
    };
    let mut bench = Bench::new("one answer").await;
    let session = bench.session();
    session.press(Request::StartPractice).await.unwrap();
    // This one has a choice: what the platform can do without.
    assert_eq!(
        session.send(choose("sinch-contact-pro")).await.unwrap().page.key,
        "method"
    );
    session.press(Request::Back).await.unwrap();
    // This one has none: one method, one permission that it needs.
    let next = session.send(choose("surecloud")).await.unwrap();
    assert!(
        matches!(next.page.content, Content::SignIn { .. }),
        "{:?}",
        next.page
    );
    let mut stations = next.frame.steps.iter();
    assert!(
        stations.all(|step| step.id != "method"),
        "nor does it stand on the rail"
    );
    assert_eq!(session.press(Request::Back).await.unwrap().page.key, "platform");
    // The answer stands in the plan, with a way to what it means.
    let plan = bench.go_on(Some("plan")).await;
    let Content::Parts { answers, .. } = &plan.page.content else {
        panic!("{:?}", plan.page)
    };
    let told: Vec<(&str, &str)> = answers
        .iter()
        .map(|fact| (fact.term.as_str(), fact.value.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Method", "Microsoft Graph, chosen mailboxes only"),
            ("Access", "Send mail")
        ]
    );
    let leads = answers[1].change.clone().unwrap();
    let method = bench.press(leads.request).await;
    assert_eq!(method.page.key, "method");
    bench.end().await;
}
