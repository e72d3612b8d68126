//! The simulated platform itself: it reads mail without a failure, and it can fail.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::time::Duration;

use domain::grant::MICROSOFT_GRAPH;
use journeys::bench::{Bench, REFUSED};
use journeys::colleague::Colleague;
use journeys::organisation::Organisation;
use journeys::platform::{AGENT, Credentials, Errand, Mailbox, Platform};
use journeys::second_admin::{MadeSecret, Registered};
use practice::{ClockKind, Handle, Options, Scenario, Trouble};

const MAILBOXES: [&str; 2] = ["support@contoso.example", "billing@contoso.example"];

/// An organisation in which somebody registered an app by hand that may read all mail.
struct Stand {
    handle: Handle,
    colleague: Colleague,
    app: Registered,
    mailboxes: Vec<Mailbox>,
}

impl Stand {
    async fn new(clock: ClockKind, scenario: Scenario) -> Self {
        let options = Options {
            clock,
            scenario,
            mailboxes: 300,
            ..Options::default()
        };
        let handle = practice::start(options).await.unwrap();
        let colleague = Colleague::of(&handle).await.unwrap();
        let app = colleague
            .register("Somebody's help desk", |step| handle.advance(step))
            .await
            .unwrap();
        colleague
            .grant(&app.principal, MICROSOFT_GRAPH, "Mail.Read")
            .await
            .unwrap();
        let mut mailboxes = Vec::new();
        for address in MAILBOXES {
            mailboxes.push(Mailbox {
                id: colleague.mailbox(address).await.unwrap(),
                address: address.to_owned(),
            });
        }
        Self {
            handle,
            colleague,
            app,
            mailboxes,
        }
    }

    fn credentials(&self, secret: &MadeSecret) -> Credentials {
        Credentials::by_hand(
            &Organisation::from(&self.handle),
            &self.app.client,
            &secret.key,
            &secret.value,
            &self.mailboxes,
            Errand::Reads,
        )
    }

    fn platform(&self, secret: &MadeSecret) -> Platform {
        Platform::start(&Organisation::from(&self.handle), self.credentials(secret)).unwrap()
    }

    async fn secret(&self, name: &str) -> MadeSecret {
        self.colleague.add_secret(&self.app.object, name).await.unwrap()
    }
}

fn explicit() -> ClockKind {
    ClockKind::Explicit {
        start: "2026-11-22T10:30:00Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn it_reads_for_two_seconds_without_a_failure_and_sees_its_secret_go() {
    let stand = Stand::new(explicit(), Scenario::default()).await;
    let first = stand.secret("first").await;
    stand.handle.advance(Duration::from_secs(20));
    let platform = stand.platform(&first);
    // A round each 250 ms: eight of them are two seconds.
    for _ in 0..8 {
        platform.round().await.unwrap();
    }
    let before = platform.so_far();
    assert!(before.calls >= 8 * 3, "{}", before.calls);
    assert_eq!(before.failed, Vec::<String>::new());

    stand
        .colleague
        .remove_secret(&stand.app.object, &first.key)
        .await
        .unwrap();
    platform.round().await.unwrap();
    platform.round().await.unwrap();
    let report = platform.stop().await;
    let failed = report.by_key[&first.key].failed;
    assert!((1..=3).contains(&failed), "{report:?}");
    assert_eq!(report.failed.len(), failed);
    assert!(report.failed[0].contains("AADSTS7000215"), "{:?}", report.failed);
    assert!(!report.failed.join(" ").contains(&first.value));
    assert_eq!(report.by_key[&first.key].calls, report.calls);
    stand.handle.stop().await;
}

#[tokio::test]
async fn a_leap_of_time_costs_it_nothing() {
    let stand = Stand::new(explicit(), Scenario::default()).await;
    let first = stand.secret("first").await;
    stand.handle.advance(Duration::from_secs(20));
    let platform = stand.platform(&first);
    for _ in 0..4 {
        // Each leap outlives the token of the round that is under way.
        stand.handle.advance(Duration::from_secs(2 * 60 * 60));
        platform.round().await.unwrap();
    }
    assert_eq!(platform.stop().await.failed, Vec::<String>::new());
    stand.handle.stop().await;
}

/// What the file says must have been proven before it is handed over: a new secret is refused as if it were wrong.
#[tokio::test]
async fn a_key_that_it_is_given_too_early_fails_until_entra_knows_it() {
    for clock in [explicit(), ClockKind::Quick { speed: 60.0 }] {
        let quick = matches!(clock, ClockKind::Quick { .. });
        let scenario = Scenario {
            replication_seconds: Some(0),
            secret_seconds: quick.then_some(1),
            ..Scenario::default()
        };
        let stand = Stand::new(clock, scenario).await;
        let first = stand.secret("first").await;
        stand.handle.advance(Duration::from_secs(20));
        let platform = stand.platform(&first);
        if quick {
            // The first secret is as new.
            platform.moved().await.unwrap();
        }
        platform.moved().await.unwrap();
        let before = platform.so_far().failed.len();
        let second = stand.secret("second").await;
        platform.turn_to(stand.credentials(&second));
        assert_eq!(platform.key(), second.key);
        platform.round().await.unwrap();
        stand.handle.advance(Duration::from_secs(20));
        platform.moved().await.unwrap();
        let report = platform.stop().await;
        assert!(report.failed.len() > before, "{report:?}");
        assert!(report.by_key[&second.key].failed < report.by_key[&second.key].calls);
        stand.handle.stop().await;
    }
}

/// The whole way: what the wizard seals opens for the platform, and what goes wrong for the wizard passes it by.
#[tokio::test]
async fn it_reads_with_what_the_wizard_sealed() {
    let mut bench = Bench::new("platform").await;
    bench.go_on(None).await;
    let platform = bench.platform();
    platform.moved().await.unwrap();
    assert_eq!(
        platform.key(),
        bench
            .handle
            .snapshot()
            .applications
            .iter()
            .find(|app| !app.foreign)
            .unwrap()
            .passwords[0]
            .key_id
    );
    let cut = |spares: Option<&str>| Trouble {
        times: 0,
        spares: spares.map(str::to_owned),
        answer: practice::Answer {
            drop: true,
            ..practice::Answer::default()
        },
        ..Trouble::default()
    };
    bench.handle.set_trouble(vec![cut(Some(AGENT))]);
    platform.round().await.unwrap();
    platform.round().await.unwrap();
    assert_eq!(platform.so_far().failed, Vec::<String>::new());
    // What spares nobody strikes it too, so that the wizard's trouble has to spare it.
    bench.handle.set_trouble(vec![cut(None)]);
    platform.round().await.unwrap();
    bench.handle.set_trouble(Vec::new());
    assert!(!platform.so_far().failed.is_empty());
    let report = platform.stop().await;
    assert!(report.calls >= 3);
    // It reads what it was given, and a mailbox that must stay refused is none of that.
    let refused = bench.colleague().await.mailbox(REFUSED).await.unwrap();
    let bundle = bench.bundle();
    assert!(
        !Credentials::of_bundle(&bundle)
            .unwrap()
            .mailboxes
            .iter()
            .any(|mailbox| mailbox.id == refused)
    );
    bench.end().await;
}

/// A colleague with other tools can do each of what a renewal may meet.
#[tokio::test]
async fn another_administrator_can_do_what_a_renewal_may_meet() {
    let stand = Stand::new(explicit(), Scenario::default()).await;
    let (theirs, app) = (&stand.colleague, &stand.app);
    let first = stand.secret("first").await;
    stand.handle.advance(Duration::from_secs(20));
    let platform = stand.platform(&first);
    platform.moved().await.unwrap();

    let second = stand.secret("second").await;
    assert_eq!(theirs.secrets(&app.object).await.unwrap().len(), 2);
    let person = stand.mailboxes[0].id.clone();
    theirs.add_owner(&app.object, &person).await.unwrap();
    theirs.add_owner(&app.object, &person).await.unwrap_err();

    theirs.forbid_secrets().await.unwrap();
    let refused = theirs.add_secret(&app.object, "third").await.err().unwrap();
    assert!(refused.contains("CredentialTypeNotAllowed"), "{refused}");
    theirs.shorten_secrets(30).await.unwrap();
    // Without an end of its own a secret lives for two years.
    theirs.add_secret(&app.object, "third").await.err().unwrap();
    theirs.allow_secrets().await.unwrap();
    stand.secret("third").await;
    theirs.remove_secret(&app.object, &second.key).await.unwrap();
    assert_eq!(theirs.secrets(&app.object).await.unwrap().len(), 2);
    platform.round().await.unwrap();
    assert_eq!(
        platform.so_far().failed,
        Vec::<String>::new(),
        "none of that stops mail"
    );

    theirs.switch(&app.principal, false).await.unwrap();
    platform.round().await.unwrap();
    let off = platform.so_far().failed;
    assert!(off.last().unwrap().contains("AADSTS7000112"), "{off:?}");
    theirs.switch(&app.principal, true).await.unwrap();
    platform.round().await.unwrap();
    theirs.delete_app(&app.object).await.unwrap();
    platform.round().await.unwrap();
    assert!(platform.so_far().failed.len() > off.len());
    theirs.restore_app(app).await.unwrap();
    stand.handle.advance(Duration::from_secs(60));
    // What it was granted went with it.
    theirs
        .grant(&app.principal, MICROSOFT_GRAPH, "Mail.Read")
        .await
        .unwrap();
    let before = platform.so_far().failed.len();
    platform.round().await.unwrap();
    platform.round().await.unwrap();
    let report = platform.stop().await;
    // At most the round that was under way still failed.
    assert!(
        report.failed.len() <= before + 1,
        "{:?}",
        &report.failed[before..]
    );
    stand.handle.stop().await;
}
