//! What the reader declines, and what an organisation forbids or was never made ready for.

use journeys::headless::step;
use journeys::reader::Reader;
use practice::Scenario;
use rpc::request::Request;
use rpc::view::{Content, View};

use crate::bench::{Bench, DANA, at, fact, practice_with};

#[tokio::test]
async fn a_declined_consent_is_no_problem_and_can_be_accepted() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("sign-in")).await;
    bench.sits(Reader::new(DANA).who_declines());
    let view = bench.session.press(Request::SignIn).await.unwrap();
    assert_eq!(
        (view.page.key.as_str(), step(&view).as_str()),
        ("sign-in", "sign-in")
    );
    assert!(!view.title.starts_with("Problem"), "{}", view.title);
    let lead = view.page.lead.clone().unwrap();
    assert!(lead.starts_with("The sign-in was cancelled"), "{lead}");
    bench.sits(Reader::new(DANA));
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn conditional_access_is_told_with_whom_to_ask() {
    let refused = Scenario {
        sign_in_refused: true,
        ..Scenario::default()
    };
    let mut bench = Bench::with(practice_with(refused).await, DANA).await;
    let view = bench.meets("sign-in.blocked").await;
    assert!(fact(&view, "Who can fix it").contains("Conditional Access Administrator"));
    bench.handle.set_scenario(Scenario::default());
    assert_eq!(bench.whatever_comes().await, at("sign-in.blocked", &["sign-in"]));
    bench.all_is_well();
}

#[tokio::test]
async fn a_policy_against_secrets_is_told_when_it_bites() {
    let forbidden = Scenario {
        secrets_forbidden: true,
        ..Scenario::default()
    };
    let mut bench = Bench::with(practice_with(forbidden).await, DANA).await;
    let view = bench.meets("secret.forbidden").await;
    assert_eq!(step(&view), "secret");
    assert!(fact(&view, "Who can fix it").contains("Security Administrator"));
    assert_eq!(secrets(&bench), 0);
    bench.handle.set_scenario(Scenario::default());
    assert_eq!(bench.whatever_comes().await, at("secret.forbidden", &["secret"]));
    bench.all_is_well();
}

fn secrets(bench: &Bench) -> usize {
    let applications = bench.handle.snapshot().applications;
    applications
        .iter()
        .filter(|app| !app.foreign)
        .map(|app| app.passwords.len())
        .sum()
}

#[tokio::test]
async fn a_policy_for_short_lives_is_respected() {
    let short = Scenario {
        secret_days_at_most: Some(90),
        ..Scenario::default()
    };
    let mut bench = Bench::with(practice_with(short).await, DANA).await;
    let view = bench.go_on(Some("secret")).await;
    assert_eq!(lives(&view), ["90"]);
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn a_policy_that_became_stricter_meanwhile_is_told() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("secret")).await;
    bench.handle.set_scenario(Scenario {
        secret_days_at_most: Some(30),
        ..Scenario::default()
    });
    let view = bench.meets("secret.too-long").await;
    assert_eq!(step(&view), "secret");
    // The next sign-in reads the policy, and then only what it allows is offered.
    let view = bench.session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "secret");
    assert_eq!(lives(&view), ["30"]);
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

fn lives(view: &View) -> Vec<&str> {
    let Content::Plan { options, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let choices = options.iter().flat_map(|group| &group.choices);
    choices.map(|choice| choice.value.as_str()).collect()
}

#[tokio::test]
async fn an_organisation_that_was_never_customised_is_told_so() {
    let fresh = Scenario {
        dehydrated: true,
        ..Scenario::default()
    };
    let mut bench = Bench::with(practice_with(fresh).await, DANA).await;
    let view = bench.meets("exchange.not-customised").await;
    assert_eq!(step(&view), "limit");
    assert!(fact(&view, "What to do").contains("Enable-OrganizationCustomization"));
    bench.handle.set_scenario(Scenario::default());
    assert_eq!(
        bench.whatever_comes().await,
        at("exchange.not-customised", &["limit"])
    );
    bench.all_is_well();
}
