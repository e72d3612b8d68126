//! Which key was used last, as the product's own client reads it at the practice organisation.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeMap;
use std::time::Duration;

use domain::ids::{ClientId, KeyId, TenantId};
use domain::secret::Secret;
use domain::trace::Trace;
use jiff::{SignedDuration, Timestamp};
use journeys::colleague::Colleague;
use journeys::organisation::Organisation;
use journeys::second_admin::{Registered, token_of};
use microsoft::clock::Clock;
use microsoft::entra::app_token;
use microsoft::entra::claims::Claims;
use microsoft::entra::rights::Right;
use microsoft::graph::sign_in_log::{Closed, SignInLog, Uses, last_uses, may_read};
use microsoft::http::Http;
use practice::{ClockKind, Handle, Options, Scenario};

const START: &str = "2026-11-22T10:30:00Z";

struct Stand {
    handle: Handle,
    http: Http,
    colleague: Colleague,
    app: Registered,
    secrets: [(KeyId, String); 2],
}

fn start() -> Timestamp {
    START.parse().unwrap()
}

impl Stand {
    async fn new() -> Self {
        let handle = practice::start(Options {
            clock: ClockKind::Explicit { start: start() },
            mailboxes: 300,
            ..Options::default()
        })
        .await
        .unwrap();
        let colleague = Colleague::of(&handle).await.unwrap();
        let app = colleague
            .register("Somebody's help desk", |step| handle.advance(step))
            .await
            .unwrap();
        let mut secrets = Vec::new();
        for name in ["old", "new"] {
            let made = colleague.add_secret(&app.object, name).await.unwrap();
            secrets.push((made.key.parse().unwrap(), made.value));
        }
        handle.advance(Duration::from_secs(20));
        let cloud = Organisation::from(&handle).cloud().unwrap();
        // This computer's clock is wrong by a day; what counts is Microsoft's.
        let wrong = start().checked_sub(SignedDuration::from_hours(24)).unwrap();
        let clock = Clock::new(move || wrong, |_| Box::pin(std::future::ready(())));
        Self {
            http: Http::new(cloud, clock, Trace::default()).unwrap(),
            colleague,
            app,
            secrets: secrets.try_into().unwrap(),
            handle,
        }
    }

    /// Somebody else takes a token with one of the secrets.
    async fn used(&self, which: usize) {
        let scope = "https://graph.microsoft.com/.default";
        self.colleague
            .token(&self.app.client, &self.secrets[which].1, scope)
            .await
            .unwrap();
    }

    /// We take one, to prove it.
    async fn proven(&self, which: usize) {
        let tenant: TenantId = self.handle.tenant_id().parse().unwrap();
        let client: ClientId = self.app.client.parse().unwrap();
        let secret = Secret::new(self.secrets[which].1.clone());
        app_token::graph_token(&self.http, tenant, client, &secret)
            .await
            .unwrap();
    }

    fn now(&self) -> Timestamp {
        self.handle.snapshot().now.parse().unwrap()
    }

    async fn log(&self, since: Timestamp) -> SignInLog {
        let keys = [self.secrets[0].0, self.secrets[1].0];
        let client = self.app.client.parse().unwrap();
        // A colleague's token ends after an hour.
        let colleague = Colleague::of(&self.handle).await.unwrap();
        let token = Secret::new(colleague.tokens().0.to_owned());
        last_uses(&self.http, &token, client, &keys, since).await.unwrap()
    }

    async fn uses(&self, since: Timestamp) -> Uses {
        match self.log(since).await {
            SignInLog::Read(uses) => uses,
            SignInLog::Closed { why, refusal } => panic!("{why:?} {refusal:?}"),
        }
    }

    fn calls(&self) -> u64 {
        let requests = self.handle.snapshot().requests;
        requests
            .iter()
            .filter(|(name, _)| name.contains("auditLogs"))
            .map(|(_, times)| times)
            .sum()
    }
}

#[tokio::test]
async fn the_last_use_of_each_key_is_told_and_our_own_proof_is_none() {
    let stand = Stand::new().await;
    let [(old, _), (new, _)] = stand.secrets.clone();
    let hour = Duration::from_secs(3600);
    stand.used(0).await;
    let first = stand.now();
    stand.handle.advance(hour);
    stand.proven(1).await;
    let handed_over = stand.now();
    stand.handle.advance(Duration::from_secs(400));
    // The platform hasn't moved: the new key was used by us alone.
    let uses = stand.uses(start()).await;
    assert_eq!(uses.last, BTreeMap::from([(old, first)]));
    assert_eq!(uses.unnamed, None);
    assert_eq!((uses.from, stand.calls()), (start(), 1));
    assert_eq!(uses.silent_until(old, handed_over), None, "too early to say");

    stand.used(1).await;
    let moved = stand.now();
    stand.handle.advance(3 * hour);
    let uses = stand.uses(start()).await;
    assert_eq!(uses.last, BTreeMap::from([(old, first), (new, moved)]));
    let until = uses.silent_until(old, handed_over).unwrap();
    assert_eq!(
        until,
        stand.now().checked_sub(SignedDuration::from_hours(2)).unwrap()
    );
    assert_eq!(uses.silent_until(old, start()), None, "it was used since then");

    // Somebody uses the old one again.
    stand.used(0).await;
    stand.handle.advance(3 * hour);
    assert_eq!(stand.uses(start()).await.silent_until(old, handed_over), None);
    stand.handle.stop().await;
}

#[tokio::test]
async fn an_app_that_signs_in_all_day_is_read_in_few_calls_and_what_was_not_read_is_unknown() {
    let stand = Stand::new().await;
    let [(old, _), (new, _)] = stand.secrets.clone();
    stand.used(0).await;
    let first = stand.now();
    for _ in 0..1_050 {
        stand.handle.advance(Duration::from_secs(10));
        stand.used(1).await;
    }
    let last = stand.now();
    stand.handle.advance(Duration::from_secs(3 * 3600));
    let uses = stand.uses(start()).await;
    assert_eq!(stand.calls(), 5);
    assert_eq!(uses.last, BTreeMap::from([(new, last)]));
    assert!(uses.from > first);
    assert_eq!(
        uses.silent_until(old, start()),
        None,
        "nobody looked that far back"
    );
    assert!(uses.silent_until(old, uses.from).is_some());
    stand.handle.stop().await;
}

/// Who makes the app may not read who signs in as it; who may read both says so by the roles in the token.
#[tokio::test]
async fn what_the_sign_in_asks_for_is_enough_for_those_with_the_role() {
    let stand = Stand::new().await;
    stand.used(0).await;
    stand.handle.advance(Duration::from_secs(400));
    let client: ClientId = stand.app.client.parse().unwrap();
    let scopes: Vec<&str> = Right::ReadSignIns
        .scopes()
        .iter()
        .map(|(name, _)| *name)
        .collect();
    for (account, reads) in [
        ("priya.nair@contoso.example", true),
        ("dana.reyes@contoso.example", false),
    ] {
        let token = token_of(&stand.handle, account, &scopes).await.unwrap();
        let token = Secret::new(token);
        assert_eq!(may_read(&Claims::of(&token).roles.unwrap()), reads, "{account}");
        let keys = [stand.secrets[0].0];
        let log = last_uses(&stand.http, &token, client, &keys, start())
            .await
            .unwrap();
        match log {
            SignInLog::Read(uses) => assert!(reads && uses.last.contains_key(&keys[0]), "{account}"),
            SignInLog::Closed { why, .. } => assert!(!reads && why == Closed::Role, "{account}"),
        }
    }
    stand.handle.stop().await;
}

#[tokio::test]
async fn a_log_that_cannot_be_read_says_why_and_nothing_of_any_key() {
    let stand = Stand::new().await;
    stand.used(0).await;
    stand.handle.set_scenario(Scenario {
        premium_missing: true,
        ..Scenario::default()
    });
    let SignInLog::Closed { why, refusal } = stand.log(start()).await else {
        panic!("it was read");
    };
    assert_eq!(why, Closed::Licence);
    assert_eq!(refusal.status, 403);
    stand.handle.set_scenario(Scenario::default());

    // The app itself may not read it either.
    let tenant: TenantId = stand.handle.tenant_id().parse().unwrap();
    let client: ClientId = stand.app.client.parse().unwrap();
    let secret = Secret::new(stand.secrets[0].1.clone());
    let own = app_token::graph_token(&stand.http, tenant, client, &secret)
        .await
        .unwrap();
    let log = last_uses(&stand.http, &own, client, &[], start()).await.unwrap();
    assert!(
        matches!(
            log,
            SignInLog::Closed {
                why: Closed::Permission,
                ..
            }
        ),
        "{log:?}"
    );
    // A token that is none is an error, and not a log that can't be read.
    let none = Secret::new("nothing".into());
    last_uses(&stand.http, &none, client, &[], start())
        .await
        .unwrap_err();
    stand.handle.stop().await;
}
