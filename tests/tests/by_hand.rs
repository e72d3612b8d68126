//! Apps that were registered by hand after each of the five published procedures: they work, and each leaves wrong what
//! it leaves wrong, as the organisation holds it and as the app's own key shows it.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::time::Duration;

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use journeys::by_hand::{ByHand, Reached, Text, Tries, Wrong, organisation, register};
use journeys::colleague::Colleague;
use journeys::organisation::Organisation;
use journeys::platform::Platform;
use practice::{ClockKind, Handle, Options, Scenario, Snapshot};
use reqwest::Method;
use serde_json::json;

/// Rounds of a platform at work.
const ROUNDS: usize = 4;

async fn registered(handle: &Handle, text: Text) -> ByHand {
    register(text, handle, |step: Duration| handle.advance(step))
        .await
        .unwrap()
}

/// Its platform works for some rounds, and nothing fails.
async fn works(handle: &Handle, app: &ByHand) {
    let organisation = Organisation::from(handle);
    let platform = Platform::start(&organisation, app.credentials(&organisation)).unwrap();
    platform.moved().await.unwrap();
    for _ in 0..ROUNDS {
        platform.round().await.unwrap();
    }
    let report = platform.stop().await;
    assert_eq!(report.failed, Vec::<String>::new(), "{:?}", app.text);
    assert!(
        report.calls >= ROUNDS * (1 + app.mailboxes.len()),
        "{:?}: {report:?}",
        app.text
    );
}

/// The ways into its own mailboxes, and into the others; all of a kind are alike.
async fn reached(handle: &Handle, app: &ByHand) -> (Reached, Reached) {
    let tries = Tries::of(app, &Organisation::from(handle)).await.unwrap();
    let mut both = Vec::new();
    for mailboxes in [&app.mailboxes, &app.refused] {
        let mut seen = Vec::new();
        for (address, id) in mailboxes {
            seen.push(tries.mailbox(address, id).await.unwrap());
        }
        seen.dedup();
        assert_eq!(seen.len(), 1, "{:?}: {seen:?}", app.text);
        both.push(seen[0]);
    }
    (both[0], both[1])
}

/// What Entra granted it: the API's name and the permission.
fn granted(snapshot: &Snapshot, app: &ByHand) -> Vec<(String, String)> {
    let mut all: Vec<_> = snapshot
        .app_role_assignments
        .iter()
        .filter(|held| held.principal_id == app.principal)
        .map(|held| (held.resource.clone(), held.role.clone()))
        .collect();
    all.sort();
    all
}

/// How many years its secret lives.
fn years(snapshot: &Snapshot, app: &ByHand) -> i32 {
    let registration = snapshot.applications.iter().find(|one| one.id == app.object);
    let secret = registration.unwrap().passwords.first().unwrap();
    assert_eq!(secret.key_id, app.key);
    let zoned = |time: &str| time.parse::<Timestamp>().unwrap().to_zoned(TimeZone::UTC);
    let (now, end) = (zoned(&snapshot.now), zoned(&secret.end));
    (0..)
        .find(|years| now.checked_add((*years + 1).years()).unwrap() > end)
        .unwrap()
}

const ON_GRAPH: Reached = Reached {
    reads: true,
    sends: true,
    imap: false,
};

#[tokio::test]
async fn shipfixs_app_reaches_every_mailbox() {
    let handle = organisation().await.unwrap();
    let app = registered(&handle, Text::Shipfix).await;
    works(&handle, &app).await;
    assert_eq!(reached(&handle, &app).await, (ON_GRAPH, ON_GRAPH));
    assert!(app.wrong.contains(&Wrong::EveryMailbox));
    let snapshot = handle.snapshot();
    assert_eq!(granted(&snapshot, &app).len(), 2);
    assert!(
        !snapshot
            .exchange
            .assignments
            .iter()
            .any(|held| held.app == app.principal)
    );
    assert!(
        !snapshot
            .exchange
            .service_principals
            .iter()
            .any(|held| held.detail == app.principal)
    );
    assert_eq!(years(&snapshot, &app), 0, "a year, of which three hours are gone");
    handle.stop().await;
}

#[tokio::test]
async fn emailgistics_limit_takes_nothing_away() {
    let handle = organisation().await.unwrap();
    let app = registered(&handle, Text::Emailgistics).await;
    works(&handle, &app).await;
    assert_eq!(reached(&handle, &app).await, (ON_GRAPH, ON_GRAPH));
    assert!(app.wrong.contains(&Wrong::LimitWithoutEffect));
    let snapshot = handle.snapshot();
    let assigned = snapshot.exchange.assignments.iter();
    assert_eq!(assigned.filter(|held| held.app == app.principal).count(), 2);
    assert_eq!(granted(&snapshot, &app).len(), 3);
    // Without what Entra granted the limit holds, and the platform works on.
    let colleague = Colleague::of(&handle).await.unwrap();
    for held in &snapshot.app_role_assignments {
        if held.principal_id == app.principal {
            let path = format!(
                "servicePrincipals/{}/appRoleAssignments/{}",
                app.principal, held.id
            );
            colleague.graph(Method::DELETE, &path, None).await.unwrap();
        }
    }
    handle.advance(Duration::from_secs(60));
    works(&handle, &app).await;
    assert_eq!(reached(&handle, &app).await, (ON_GRAPH, Reached::NOT_AT_ALL));
    handle.stop().await;
}

#[tokio::test]
async fn sinchs_app_is_held_by_an_old_policy() {
    if !Text::SinchContactPro.can_be_followed() {
        return;
    }
    let handle = organisation().await.unwrap();
    let app = registered(&handle, Text::SinchContactPro).await;
    works(&handle, &app).await;
    assert_eq!(reached(&handle, &app).await, (ON_GRAPH, Reached::NOT_AT_ALL));
    assert_eq!(app.wrong, [Wrong::OldPolicy]);
    let snapshot = handle.snapshot();
    let group = snapshot
        .exchange
        .groups
        .iter()
        .find(|group| Some(&group.address) == app.group.as_ref());
    assert_eq!(group.unwrap().members.len(), 2);
    // The person who signed in with MSAL made it, and so owns it; what an app makes is owned by nobody.
    let colleague = Colleague::of(&handle).await.unwrap();
    let path = format!("applications/{}/owners", app.object);
    let owners = colleague.graph(Method::GET, &path, None).await.unwrap();
    assert_eq!(
        owners["value"][0]["userPrincipalName"],
        "priya.nair@contoso.example"
    );
    handle.stop().await;
}

#[tokio::test]
async fn surecloud_secret_outlives_everybody() {
    let handle = organisation().await.unwrap();
    let app = registered(&handle, Text::SureCloud).await;
    works(&handle, &app).await;
    let own = Reached {
        reads: false,
        ..ON_GRAPH
    };
    assert_eq!(reached(&handle, &app).await, (own, Reached::NOT_AT_ALL));
    assert!(app.wrong.contains(&Wrong::SecretForDecades));
    assert_eq!(years(&handle.snapshot(), &app), 98);
    handle.stop().await;
}

#[tokio::test]
async fn logicaldocs_app_reads_one_mailbox_by_imap_and_all_of_them_by_graph() {
    let handle = organisation().await.unwrap();
    let app = registered(&handle, Text::LogicalDoc).await;
    works(&handle, &app).await;
    let own = Reached {
        imap: true,
        ..ON_GRAPH
    };
    assert_eq!(reached(&handle, &app).await, (own, ON_GRAPH));
    assert!(app.wrong.contains(&Wrong::OverAsked));
    let snapshot = handle.snapshot();
    let granted = granted(&snapshot, &app);
    assert_eq!(granted.len(), 9);
    let on_exchange = granted
        .iter()
        .filter(|(api, _)| api == "Office 365 Exchange Online");
    let on_exchange: Vec<&str> = on_exchange.map(|(_, role)| role.as_str()).collect();
    assert_eq!(
        on_exchange,
        ["IMAP.AccessAsApp", "Mail.Read", "Mail.Send", "full_access_as_app"]
    );

    // Its platform feels it when the mailbox is taken away, and a leap past the end of its token costs it nothing.
    let organisation = Organisation::from(&handle);
    let platform = Platform::start(&organisation, app.credentials(&organisation)).unwrap();
    platform.moved().await.unwrap();
    handle.advance(Duration::from_secs(2 * 60 * 60));
    platform.round().await.unwrap();
    assert_eq!(platform.so_far().failed, Vec::<String>::new());
    let taken =
        json!({ "Identity": app.mailboxes[0].0, "User": app.principal, "AccessRights": ["FullAccess"] });
    let colleague = Colleague::of(&handle).await.unwrap();
    colleague.run("Remove-MailboxPermission", taken).await.unwrap();
    platform.round().await.unwrap();
    let failed = platform.stop().await.failed;
    let last = failed.last().unwrap();
    assert!(last.contains("User is authenticated but not connected"), "{last}");
    handle.stop().await;
}

/// All five live in one organisation, and by the quick clock as well.
#[tokio::test]
async fn all_five_live_side_by_side() {
    let options = Options {
        // MSAL runs beside it in real time: its code is good for half a second at this speed.
        clock: ClockKind::Quick { speed: 1200.0 },
        scenario: Scenario {
            replication_seconds: Some(0),
            secret_seconds: Some(1),
            ..Scenario::default()
        },
        mailboxes: 300,
        ..Options::default()
    };
    let handle = practice::start(options).await.unwrap();
    for text in Text::ALL.into_iter().filter(|text| text.can_be_followed()) {
        let app = registered(&handle, text).await;
        let organisation = Organisation::from(&handle);
        let platform = Platform::start(&organisation, app.credentials(&organisation)).unwrap();
        platform.moved().await.unwrap();
        platform.stop().await;
    }
    handle.stop().await;
}
