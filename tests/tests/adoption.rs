//! An app that somebody registered by hand, taken over while its platform works: what is wrong with it is said, and what
//! goes, goes only after what takes its place works.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::time::Duration;

use journeys::adopting::{AtWork, commit, faults, granted, press};
use journeys::bench::{Bench, REFUSED, alive_of_ours, first_card, offered};
use journeys::by_hand::{ByHand, Text};
use journeys::tour::say;
use practice::{Answer, ApplicationView};
use reqwest::Method;
use rpc::request::{Request, Submit};
use rpc::view::{Content, View};
use serde_json::json;

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const SHIPFIX: &str = "shipfix";

/// An app that nothing limits, and its platform.
async fn at_work(bench: &Bench) -> AtWork {
    AtWork::of(bench, Text::Shipfix).await
}

fn registration(bench: &Bench, app: &ByHand) -> ApplicationView {
    let applications = bench.handle.snapshot().applications;
    applications
        .into_iter()
        .find(|held| held.id == app.object)
        .unwrap()
}

/// Whether anybody consented to the right to remove grants, for the wizard: other tools may have it already.
fn may_remove_grants(bench: &Bench) -> bool {
    let snapshot = bench.handle.snapshot();
    let mut principals = snapshot.service_principals.iter();
    let wizard = principals.find(|held| held.app_id == bench.handle.public_client_id());
    let wizard = &wizard.unwrap().id;
    let mut consents = snapshot.permission_grants.iter();
    consents.any(|consent| {
        consent.client_id == *wizard && consent.scope.contains("AppRoleAssignment.ReadWrite.All")
    })
}

/// Opens the first connection of the list, after the window was closed.
async fn reopened(bench: &mut Bench) -> View {
    let view = bench.reopen().await;
    let card = first_card(&view);
    assert_eq!(card.finding.word, "Needs you", "{card:?}");
    let open = card.actions[0].request.clone();
    bench.press(open).await
}

/// Each of the four procedures that Microsoft Graph serves: its faults are named, its platform meets no failure, and in the
/// end the app reaches its own mailboxes by the limit and nothing else.
async fn comes_to_least_privilege(text: Text, profile: &str, told: &[&str]) {
    if !text.can_be_followed() {
        return;
    }
    let mut bench = Bench::new(&format!("adoption {text:?}")).await;
    let at_work = AtWork::of(&bench, text).await;
    let view = at_work.look(&mut bench, profile, &at_work.app.client).await;
    assert_eq!(view.page.key, "app-found", "{:?}", view.page);
    let faults = faults(&view);
    for words in told {
        assert!(
            faults.iter().any(|fault| fault.contains(words)),
            "{words}: {faults:#?}"
        );
    }
    bench.press(Request::LookForAnother).await;
    bench.press(Request::SaveAndClose).await;
    bench.press(Request::StartPractice).await;
    at_work.to_the_wait(&mut bench, profile).await;
    assert!(!granted(&bench.handle.snapshot(), &at_work.app).is_empty());
    assert!(!may_remove_grants(&bench));
    at_work.platform.round().await.unwrap();
    let view = at_work.to_the_end(&mut bench).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    assert_eq!(view.page.heading, "It works, and only where it should");
    let snapshot = bench.handle.snapshot();
    assert!(may_remove_grants(&bench));
    // What opens no mailbox is the platform's and stays.
    let granted = granted(&snapshot, &at_work.app);
    assert!(
        granted.iter().all(|role| role.starts_with("User.Read")),
        "{granted:?}"
    );
    let app = registration(&bench, &at_work.app);
    assert_eq!(app.passwords.len(), 1, "only the new secret is left");
    let ours = app.passwords[0].key_id.clone();
    assert_ne!(ours, at_work.app.key);
    let assigned = snapshot.exchange.assignments.iter();
    let assigned: Vec<&str> = assigned
        .filter(|held| held.app == at_work.app.principal)
        .map(|held| held.name.as_str())
        .collect();
    assert!(
        !assigned.is_empty() && assigned.iter().all(|name| name.starts_with("Mailgrant ")),
        "{assigned:?}"
    );
    let calls = at_work.ended_well().await;
    say(&format!("{text:?}: {calls} calls of its platform, 0 failed"));
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_of_shipfixs_article_comes_to_least_privilege() {
    comes_to_least_privilege(
        Text::Shipfix,
        SHIPFIX,
        &["Mail.ReadWrite on Microsoft Graph reaches every mailbox"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_of_emailgistics_guide_comes_to_least_privilege() {
    let told = ["reaches every mailbox", "go past that"];
    comes_to_least_privilege(Text::Emailgistics, "emailgistics", &told).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_of_sinchs_manual_comes_to_least_privilege() {
    let told = [
        "Only an access policy holds it back",
        "An access policy holds it to",
    ];
    comes_to_least_privilege(Text::SinchContactPro, "sinch-contact-pro", &told).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_of_sureclouds_article_comes_to_least_privilege() {
    let told = ["lasts until", "An access policy holds it to"];
    comes_to_least_privilege(Text::SureCloud, "surecloud", &told).await;
}

/// An app that was only given roles in Exchange: nobody is asked for the right to remove grants, nor told that it takes it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_removes_no_grant_is_not_asked_for_the_right_to() {
    let mut bench = Bench::new("adoption roles").await;
    let at_work = AtWork::of(&bench, Text::Emailgistics).await;
    let colleague = bench.colleague().await;
    let principal = &at_work.app.principal;
    let grants = bench.handle.snapshot().app_role_assignments.into_iter();
    for grant in grants.filter(|grant| grant.principal_id == *principal && grant.role.starts_with("Mail.")) {
        let path = format!("servicePrincipals/{principal}/appRoleAssignments/{}", grant.id);
        colleague.graph(Method::DELETE, &path, None).await.unwrap();
    }
    let view = at_work.to_the_wait(&mut bench, "emailgistics").await;
    let note = view.page.action_note.unwrap_or_default();
    assert_eq!(note, "Takes Exchange Administrator.");
    at_work.to_the_end(&mut bench).await;
    assert!(!may_remove_grants(&bench));
    at_work.ended_well().await;
    bench.end().await;
}

/// Somebody deleted the app after it was found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_that_is_gone_is_told_as_gone() {
    let mut bench = Bench::new("adoption gone").await;
    let at_work = at_work(&bench).await;
    let view = at_work.look(&mut bench, SHIPFIX, &at_work.app.client).await;
    assert_eq!(view.page.key, "app-found", "{:?}", view.page);
    let colleague = bench.colleague().await;
    colleague.delete_app(&at_work.app.object).await.unwrap();
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "existing-app", "{:?}", view.page);
    let told = serde_json::to_string(&view.page.field_problems).unwrap();
    assert!(told.contains("isn't there any more"), "{told}");
    at_work.platform.stop().await;
    bench.end().await;
}

/// The fifth procedure's platform reads by IMAP, so what lets it in stays, with full access to its mailbox and to no other that
/// is known. What reached every mailbox goes at once: nothing of it was used.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_of_logicaldocs_page_comes_to_least_privilege() {
    let mut bench = Bench::new("adoption logicaldoc").await;
    let at_work = AtWork::of(&bench, Text::LogicalDoc).await;
    let view = at_work.look(&mut bench, "logicaldoc", &at_work.app.client).await;
    assert_eq!(view.page.key, "app-found", "{:?}", view.page);
    let faults = faults(&view);
    for words in [
        "full_access_as_app on Office 365 Exchange Online reaches every mailbox",
        "Mail.ReadWrite on Microsoft Graph reaches every mailbox",
    ] {
        assert!(
            faults.iter().any(|fault| fault.contains(words)),
            "{words}: {faults:#?}"
        );
    }
    assert!(
        !faults.iter().any(|fault| fault.contains("IMAP.AccessAsApp")),
        "{faults:#?}"
    );
    bench.press(Request::LookForAnother).await;
    bench.press(Request::SaveAndClose).await;
    bench.press(Request::StartPractice).await;
    let view = at_work.to_the_wait(&mut bench, "logicaldoc").await;
    assert_eq!(
        granted(&bench.handle.snapshot(), &at_work.app).len(),
        9,
        "{:?}",
        view.page
    );
    let view = at_work.to_the_end(&mut bench).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    let snapshot = bench.handle.snapshot();
    assert_eq!(granted(&snapshot, &at_work.app), ["IMAP.AccessAsApp"]);
    assert_eq!(registration(&bench, &at_work.app).passwords.len(), 1);
    let calls = at_work.ended_well().await;
    say(&format!("LogicalDoc: {calls} calls of its platform, 0 failed"));
    bench.end().await;
}

/// Where a platform is said to read through Graph, an app that may also sign in to mailboxes by IMAP stays as it is: the limit
/// doesn't hold that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_that_may_use_imap_as_well_is_left_alone() {
    let mut bench = Bench::new("adoption imap").await;
    let at_work = AtWork::of(&bench, Text::LogicalDoc).await;
    let before = registration(&bench, &at_work.app);
    let view = at_work.look(&mut bench, SHIPFIX, &at_work.app.client).await;
    assert_eq!(view.page.key, "app-found");
    assert!(
        faults(&view)[0].contains("IMAP.AccessAsApp"),
        "{:?}",
        faults(&view)
    );
    assert!(offered(&view, |request| *request == Request::Commit).is_none());
    assert_eq!(registration(&bench, &at_work.app), before);
    at_work.ended_well().await;
    bench.end().await;
}

/// The window is closed while Microsoft applies the limit; the list says what the connection waits for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taken_over_app_waits_while_the_window_is_closed() {
    let mut bench = Bench::new("adoption waits").await;
    let at_work = at_work(&bench).await;
    at_work.to_the_wait(&mut bench, SHIPFIX).await;
    let view = reopened(&mut bench).await;
    assert_eq!(view.page.key, "old-permissions", "{:?}", view.page);
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    assert_eq!(granted(&bench.handle.snapshot(), &at_work.app).len(), 0);
    at_work.ended_well().await;
    bench.end().await;
}

/// Somebody changed the limit while it was waited for: it is found otherwise, and nothing is taken away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_goes_where_the_limit_is_not_as_it_was_set() {
    let mut bench = Bench::new("adoption spoilt").await;
    let at_work = at_work(&bench).await;
    at_work.to_the_wait(&mut bench, SHIPFIX).await;
    let colleague = bench.colleague().await;
    let assignments = bench.handle.snapshot().exchange.assignments;
    let role = assignments
        .iter()
        .find(|role| role.app == at_work.app.principal)
        .unwrap();
    let gone = serde_json::json!({ "Identity": role.name, "Confirm": false });
    colleague
        .run("Remove-ManagementRoleAssignment", gone)
        .await
        .unwrap();
    bench.wait(3 * 3600);
    reopened(&mut bench).await;
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "problem-exchange.rejected", "{:?}", view.page);
    assert_eq!(granted(&bench.handle.snapshot(), &at_work.app).len(), 2);
    // It is set again and waited for anew.
    let view = bench.press(Request::TryAgain).await;
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    bench.session().by_plan = true;
    bench.press(Request::Commit).await;
    let session = bench.session();
    session
        .until("that they may go", |view| view.page.key == "old-permissions")
        .await
        .unwrap();
    assert_eq!(granted(&bench.handle.snapshot(), &at_work.app).len(), 2);
    at_work.to_the_end(&mut bench).await;
    at_work.ended_well().await;
    bench.end().await;
}

/// An app that is given back is as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_is_given_back_as_it_was() {
    let mut bench = Bench::new("adoption given back").await;
    let at_work = at_work(&bench).await;
    let before = bench.handle.snapshot().prints;
    let tags = registration(&bench, &at_work.app).tags;
    at_work.to_the_plan(&mut bench, SHIPFIX).await;
    bench.press(Request::GoTo { step: "app".into() }).await;
    bench.press(Request::Commit).await;
    assert_ne!(registration(&bench, &at_work.app).tags, tags);
    let view = bench.press(Request::Undo).await;
    assert_eq!(view.page.key, "existing-app", "{:?}", view.page);
    assert_eq!(registration(&bench, &at_work.app).tags, tags);
    let after = bench.handle.snapshot().prints;
    let other = before.keys().chain(after.keys());
    // What is left are the sign-in's own consents, which the end offers to remove.
    let other: Vec<&String> = other
        .filter(|what| before.get(*what) != after.get(*what) && !what.starts_with("oauth2PermissionGrant"))
        .collect();
    assert_eq!(other, [] as [&String; 0]);
    // Another could be taken over now, or the same again.
    let text = at_work.app.client.clone();
    let view = bench.session().send(Submit::FindApp { text }).await.unwrap();
    assert_eq!(view.page.key, "app-found", "{:?}", view.page);
    at_work.ended_well().await;
    bench.end().await;
}

/// What is added to the app after it was taken over is somebody else's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_later_is_not_taken_over() {
    let mut bench = Bench::new("adoption later").await;
    let at_work = at_work(&bench).await;
    at_work.to_the_wait(&mut bench, SHIPFIX).await;
    let colleague = bench.colleague().await;
    let app = &at_work.app;
    colleague
        .grant(&app.principal, GRAPH, "Calendars.Read")
        .await
        .unwrap();
    let later = colleague.add_secret(&app.object, "Another").await.unwrap();
    bench.wait(3 * 3600);
    reopened(&mut bench).await;
    let view = commit(&mut bench).await;
    // The plan says what stands in the way of the proof now.
    assert_eq!(view.page.key, "plan", "{:?}", view.page);
    assert_eq!(
        granted(&bench.handle.snapshot(), app).len(),
        1,
        "the other one is somebody else's"
    );
    let secrets = registration(&bench, app).passwords;
    assert!(secrets.iter().any(|secret| secret.key_id == later.key));
    at_work.ended_well().await;
    bench.end().await;
}

/// By a name that several begin with, and by ids that aren't the client's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_is_found_by_name_and_by_any_of_its_ids() {
    let mut bench = Bench::new("adoption found").await;
    let at_work = at_work(&bench).await;
    let pass = |time: Duration| bench.wait(u32::try_from(time.as_secs()).unwrap());
    let colleague = bench.colleague().await;
    let name = at_work.app.name.clone();
    colleague.register(&format!("{name} test"), pass).await.unwrap();
    let view = at_work.look(&mut bench, SHIPFIX, &name.to_lowercase()).await;
    let Content::FindApp { found, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert_eq!(found.len(), 2, "{found:?}");
    let this = found.iter().find(|found| found.name == name).unwrap();
    let view = bench.press(this.act.request.clone()).await;
    assert_eq!(view.page.key, "app-found", "{:?}", view.page);
    for id in [&at_work.app.object, &at_work.app.principal] {
        bench.press(Request::LookForAnother).await;
        let text = id.clone();
        let view = bench.session().send(Submit::FindApp { text }).await.unwrap();
        assert_eq!(view.page.key, "app-found", "{:?}", view.page);
        assert!(view.page.heading.contains(&name));
    }
    bench.press(Request::LookForAnother).await;
    for nothing in ["", "Nobody's app", "6f1b2c3d-0000-4000-8000-00000000abcd"] {
        let text = nothing.to_owned();
        let view = bench.session().send(Submit::FindApp { text }).await.unwrap();
        assert_eq!(view.page.key, "existing-app");
        assert_eq!(view.page.field_problems.len(), 1, "{nothing}");
    }
    at_work.ended_well().await;
    bench.end().await;
}

/// Another computer finds a connection that took an app over, and everything of it is taken away there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taken_over_app_is_found_again_and_revoked() {
    let mut bench = Bench::new("adoption again").await;
    let at_work = at_work(&bench).await;
    at_work.to_the_wait(&mut bench, SHIPFIX).await;
    at_work.to_the_end(&mut bench).await;
    let app = at_work.app.clone();
    at_work.ended_well().await;
    bench.at_another_computer();
    bench.press(Request::FindAgain { practice: true }).await;
    let view = bench.press(Request::SignIn).await;
    let Content::Connections {
        first: Some(card),
        rest,
        ..
    } = &view.page.content
    else {
        panic!("{:?}", view.page)
    };
    assert!(rest.is_empty());
    let view = bench.press(card.actions[0].request.clone()).await;
    assert_eq!(view.page.key, "mailboxes", "{:?}", view.page);
    bench.session().by_plan = true;
    let view = bench.go_on(Some("plan")).await;
    assert!(view.page.heading.contains("Shipfix"), "{:?}", view.page);
    bench.press(Request::SaveAndClose).await;
    bench
        .press_what(|request| matches!(request, Request::Revoke { .. }))
        .await;
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    let deleted = registration(&bench, &app);
    assert!(deleted.deleted && deleted.passwords.is_empty(), "{deleted:?}");
    assert_eq!(alive_of_ours(&bench.handle.snapshot()), 0, "{:?}", view.page);
    bench.end().await;
}

/// What somebody gave the app in Exchange before stays where the limit is taken back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn taking_the_limit_back_leaves_what_was_there_before() {
    let mut bench = Bench::new("adoption limit back").await;
    let at_work = AtWork::of(&bench, Text::Emailgistics).await;
    let of_app = |bench: &Bench| {
        let exchange = bench.handle.snapshot().exchange;
        let entries = exchange.service_principals.iter();
        let roles = exchange.assignments.iter();
        (
            entries
                .filter(|held| held.detail == at_work.app.principal)
                .count(),
            roles.filter(|held| held.app == at_work.app.principal).count(),
        )
    };
    let before = of_app(&bench);
    assert_eq!(before, (1, 2));
    at_work.to_the_wait(&mut bench, "emailgistics").await;
    assert_eq!(of_app(&bench).0, 1);
    bench.press(Request::GoTo { step: "plan".into() }).await;
    let view = press(&mut bench, Request::RemovePart { part: "limit".into() }).await;
    assert_eq!(of_app(&bench), before, "{:?}", view.page);
    at_work.ended_well().await;
    bench.end().await;
}

/// The first computer is lost in the middle: at another one it is gone on with, and nothing goes before the limit is in force.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_elsewhere_is_gone_on_with() {
    let mut bench = Bench::new("adoption elsewhere").await;
    let at_work = at_work(&bench).await;
    at_work.to_the_plan(&mut bench, SHIPFIX).await;
    bench.press(Request::GoTo { step: "app".into() }).await;
    bench.press(Request::Commit).await;
    bench.at_another_computer();
    bench.found_again().await;
    assert_eq!(granted(&bench.handle.snapshot(), &at_work.app).len(), 2);
    bench.session().by_plan = true;
    let (mailboxes, refused) = (at_work.mailboxes(), at_work.app.refused[0].0.clone());
    let session = bench.session();
    session.go_on(Some("plan"), &mailboxes, &refused).await.unwrap();
    bench.press(Request::Commit).await;
    let session = bench.session();
    session
        .until("that they may go", |view| view.page.key == "old-permissions")
        .await
        .unwrap();
    assert_eq!(granted(&bench.handle.snapshot(), &at_work.app).len(), 2);
    at_work.to_the_end(&mut bench).await;
    at_work.ended_well().await;
    bench.end().await;
}

/// A policy about every app limits the others too: it stays, and nobody is told to remove it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_about_every_app_is_left_to_the_others() {
    let mut bench = Bench::new("adoption every app").await;
    let at_work = at_work(&bench).await;
    let policy = json!({ "AppId": "*", "PolicyScopeGroupId": REFUSED, "AccessRight": "DenyAccess" });
    let colleague = bench.colleague().await;
    colleague
        .run("New-ApplicationAccessPolicy", policy)
        .await
        .unwrap();
    let view = at_work.to_the_wait(&mut bench, SHIPFIX).await;
    let Content::Plan { messages, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let text = messages[0].text.clone().unwrap_or_default();
    assert!(text.contains("It limits other apps as well"), "{text}");
    assert!(!text.contains("Remove-ApplicationAccessPolicy"), "{text}");
    at_work.ended_well().await;
    bench.end().await;
}

/// Exchange refuses to say what the limit is: that is no other limit, and nothing is waited for anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_that_could_not_be_read_is_no_other_limit() {
    let mut bench = Bench::new("adoption unread").await;
    let at_work = at_work(&bench).await;
    at_work.to_the_wait(&mut bench, SHIPFIX).await;
    let read = bench.sent().into_iter();
    let read = read
        .rev()
        .find(|call| call.starts_with("Exchange $batch"))
        .unwrap();
    let refused = Answer {
        status: Some(400),
        ..Answer::default()
    };
    bench.plan(&read, 1, refused);
    let view = commit(&mut bench).await;
    assert_eq!(view.page.key, "problem-exchange.rejected", "{:?}", view.page);
    let view = press(&mut bench, Request::TryAgain).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    at_work.ended_well().await;
    bench.end().await;
}

/// What a policy names can be somebody's own mailbox, or a group that is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_about_a_mailbox_or_a_lost_group_holds_nothing_up() {
    let mut bench = Bench::new("adoption policies").await;
    let at_work = at_work(&bench).await;
    let colleague = bench.colleague().await;
    let run = async |cmdlet: &str, parameters| colleague.run(cmdlet, parameters).await.unwrap();
    let group = json!({ "Name": "Gone", "Alias": "gone", "Type": "Security", "PrimarySmtpAddress": "gone@contoso.example" });
    run("New-DistributionGroup", group).await;
    for scope in ["gone", REFUSED] {
        let client = &at_work.app.client;
        let policy = json!({ "AppId": client, "PolicyScopeGroupId": scope, "AccessRight": "RestrictAccess" });
        run("New-ApplicationAccessPolicy", policy).await;
    }
    let gone = json!({ "Identity": "gone", "Confirm": false });
    run("Remove-DistributionGroup", gone).await;
    at_work.look(&mut bench, SHIPFIX, &at_work.app.client).await;
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "mailboxes", "{:?}", view.page);
    assert_eq!(must_work(&view), [REFUSED]);
    at_work.platform.stop().await;
    bench.end().await;
}

/// The mailboxes that must work, as the page lists them.
fn must_work(view: &View) -> Vec<String> {
    let Content::Mailboxes { allowed, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    allowed.rows.iter().map(|row| row.address.clone()).collect()
}

/// What was answered by taking an app over is as it was before, once the app is given back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn giving_back_takes_the_answers_back() {
    if !Text::SinchContactPro.can_be_followed() {
        return;
    }
    let mut bench = Bench::new("adoption answers").await;
    let at_work = AtWork::of(&bench, Text::SinchContactPro).await;
    at_work
        .look(&mut bench, "sinch-contact-pro", &at_work.app.client)
        .await;
    let view = bench.press(Request::Commit).await;
    assert_eq!(must_work(&view).len(), 2);
    press(&mut bench, Request::RemovePart { part: "app".into() }).await;
    bench.press(Request::MakeNewApp).await;
    let view = bench.go_on(Some("mailboxes")).await;
    assert_eq!(must_work(&view), [] as [String; 0]);
    at_work.ended_well().await;
    bench.end().await;
}

/// An app that accounts of other organisations could use is opened to them again only after a question.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_is_opened_again_only_after_a_question() {
    let mut bench = Bench::new("adoption audience").await;
    let at_work = at_work(&bench).await;
    let colleague = bench.colleague().await;
    let path = format!("applications/{}", at_work.app.object);
    let open = "AzureADMultipleOrgs";
    let body = Some(json!({ "signInAudience": open }));
    colleague.graph(Method::PATCH, &path, body).await.unwrap();
    let audience = async || {
        let app = colleague.graph(Method::GET, &path, None).await.unwrap();
        app["signInAudience"].clone()
    };
    at_work.to_the_plan(&mut bench, SHIPFIX).await;
    let view = bench.press(Request::GoTo { step: "app".into() }).await;
    let lead = view.page.lead.unwrap_or_default();
    assert!(lead.contains("accounts of other organisations"), "{lead}");
    bench.press(Request::Commit).await;
    assert_ne!(audience().await, open);
    let view = bench.press(Request::Undo).await;
    assert_eq!(view.page.key, "asking-undo", "{:?}", view.page);
    let asked = serde_json::to_string(&view.page.content).unwrap();
    assert!(asked.contains("accounts of other organisations"), "{asked}");
    bench.press(Request::UndoAfterAll).await;
    assert_eq!(audience().await, open);
    at_work.ended_well().await;
    bench.end().await;
}

/// Holds an app to the mailboxes of its platform by an access policy, some of them in a group within the group.
async fn held_by_a_policy(bench: &Bench, at_work: &AtWork) {
    let colleague = bench.colleague().await;
    let run = async |cmdlet: &str, parameters| colleague.run(cmdlet, parameters).await.unwrap();
    let group = |name: &str, alias: &str, members: Vec<String>| json!({ "Name": name, "Alias": alias, "Type": "Security", "PrimarySmtpAddress": format!("{alias}@contoso.example"), "Members": members });
    let addresses = at_work.app.mailboxes.iter().map(|(address, _)| address.clone());
    run(
        "New-DistributionGroup",
        group("Inner mailboxes", "inner", addresses.collect()),
    )
    .await;
    let members = vec!["inner@contoso.example".to_owned()];
    run(
        "New-DistributionGroup",
        group("Platform mailboxes", "platform", members),
    )
    .await;
    let policy = json!({ "AppId": at_work.app.client, "PolicyScopeGroupId": "platform@contoso.example", "AccessRight": "RestrictAccess" });
    run("New-ApplicationAccessPolicy", policy).await;
}

/// What Exchange lists by a cmdlet.
async fn listed(bench: &Bench, cmdlet: &str) -> Vec<serde_json::Value> {
    let colleague = bench.colleague().await;
    colleague.run(cmdlet, json!({})).await.unwrap()
}

/// How many access policies there are about an app.
async fn policies(bench: &Bench, app: &ByHand) -> usize {
    let held = listed(bench, "Get-ApplicationAccessPolicy").await;
    held.iter()
        .filter(|policy| policy["AppId"] == app.client.as_str())
        .count()
}

/// The button that removes the policy, where the proof offers it, and the words about it.
fn policy_left(view: &View) -> (Option<Request>, String) {
    let Content::Proof { bottom, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let [told] = bottom.as_slice() else {
        panic!("{bottom:?}")
    };
    let text = format!("{} {}", told.title, told.text.clone().unwrap_or_default());
    let act = told.action.as_ref().map(|act| act.request.clone());
    (act, text)
}

/// To the proof of an app that a policy held to its mailboxes, a day after.
async fn a_day_after(bench: &mut Bench, at_work: &AtWork) -> Request {
    at_work.to_the_wait(bench, SHIPFIX).await;
    let view = at_work.to_the_end(bench).await;
    assert_eq!(view.page.key, "verify", "{:?}", view.page);
    let (act, told) = policy_left(&view);
    assert_eq!(act, None, "{told}");
    assert!(
        told.contains("Platform mailboxes limits nothing any more"),
        "{told}"
    );
    bench.wait(25 * 3600);
    let view = press(bench, Request::Check).await;
    policy_left(&view).0.unwrap()
}

/// The policy goes last of all: a day after the permissions that it limits, so that no key says any more that there are any. Its
/// group stays, and who is in groups within it is named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_access_policy_goes_last() {
    let mut bench = Bench::new("adoption policy").await;
    let at_work = at_work(&bench).await;
    held_by_a_policy(&bench, &at_work).await;
    let view = at_work.look(&mut bench, SHIPFIX, &at_work.app.client).await;
    let told = faults(&view).join("\n");
    for words in [
        "also those of groups in it: Inner mailboxes",
        "can be removed here then",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    bench.press(Request::LookForAnother).await;
    bench.press(Request::SaveAndClose).await;
    bench.press(Request::StartPractice).await;
    let remove = a_day_after(&mut bench, &at_work).await;
    assert_eq!(policies(&bench, &at_work.app).await, 1);
    let groups = listed(&bench, "Get-DistributionGroup").await;
    let view = press(&mut bench, remove).await;
    assert_eq!(policies(&bench, &at_work.app).await, 0, "{:?}", view.page);
    let Content::Proof { bottom, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(bottom.is_empty(), "{bottom:?}");
    assert_eq!(listed(&bench, "Get-DistributionGroup").await, groups);
    at_work.ended_well().await;
    bench.end().await;
}

/// Somebody granted a permission since: without the policy it would open every mailbox.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_access_policy_stays_while_it_limits_something() {
    let mut bench = Bench::new("adoption policy stays").await;
    let at_work = at_work(&bench).await;
    held_by_a_policy(&bench, &at_work).await;
    let remove = a_day_after(&mut bench, &at_work).await;
    let colleague = bench.colleague().await;
    colleague
        .grant(&at_work.app.principal, GRAPH, "Mail.Read")
        .await
        .unwrap();
    let view = press(&mut bench, remove).await;
    assert_eq!(view.page.key, "problem-scope.too-broad", "{:?}", view.page);
    assert_eq!(policies(&bench, &at_work.app).await, 1);
    at_work.ended_well().await;
    bench.end().await;
}

/// Somebody removed it already: that is written down, and nothing is asked for any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_access_policy_that_is_gone_is_no_more_spoken_of() {
    let mut bench = Bench::new("adoption policy gone").await;
    let at_work = at_work(&bench).await;
    held_by_a_policy(&bench, &at_work).await;
    let remove = a_day_after(&mut bench, &at_work).await;
    let Request::RemovePolicy { identity } = &remove else {
        panic!("{remove:?}")
    };
    let gone = json!({ "Identity": identity, "Confirm": false });
    let colleague = bench.colleague().await;
    colleague
        .run("Remove-ApplicationAccessPolicy", gone)
        .await
        .unwrap();
    let view = press(&mut bench, remove).await;
    let Content::Proof { bottom, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(bottom.is_empty(), "{bottom:?}");
    at_work.ended_well().await;
    bench.end().await;
}

/// "All but these" can't be said by a limit, and a limit isn't held back by a policy: such an app stays as it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_that_a_policy_shuts_out_is_left_alone() {
    let mut bench = Bench::new("adoption shut out").await;
    let at_work = at_work(&bench).await;
    let policy =
        json!({ "AppId": at_work.app.client, "PolicyScopeGroupId": REFUSED, "AccessRight": "DenyAccess" });
    let colleague = bench.colleague().await;
    colleague
        .run("New-ApplicationAccessPolicy", policy)
        .await
        .unwrap();
    let before = bench.handle.snapshot().prints;
    let view = at_work.look(&mut bench, SHIPFIX, &at_work.app.client).await;
    assert!(
        view.page.heading.contains("can't be taken over"),
        "{:?}",
        view.page
    );
    assert!(faults(&view)[0].contains("all but these"), "{:?}", faults(&view));
    assert!(offered(&view, |request| *request == Request::Commit).is_none());
    let after = bench.handle.snapshot().prints;
    let consents = |what: &&String| !what.starts_with("oauth2PermissionGrant");
    let changed: Vec<&String> = after
        .keys()
        .filter(|what| before.get(*what) != after.get(*what))
        .filter(consents)
        .collect();
    assert_eq!(changed, [] as [&String; 0]);
    at_work.ended_well().await;
    bench.end().await;
}

/// What a policy about every app shuts out isn't put on the list by one that lets this app in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_every_app_is_shut_out_of_is_left_off_the_list() {
    let mut bench = Bench::new("adoption left off").await;
    let at_work = at_work(&bench).await;
    held_by_a_policy(&bench, &at_work).await;
    let (first, rest) = at_work.app.mailboxes.split_first().unwrap();
    let colleague = bench.colleague().await;
    let run = async |cmdlet: &str, parameters| colleague.run(cmdlet, parameters).await.unwrap();
    let group = json!({ "Name": "Kept apart", "Alias": "apart", "Type": "Security", "PrimarySmtpAddress": "apart@contoso.example", "Members": [first.0] });
    run("New-DistributionGroup", group).await;
    let policy =
        json!({ "AppId": "*", "PolicyScopeGroupId": "apart@contoso.example", "AccessRight": "DenyAccess" });
    run("New-ApplicationAccessPolicy", policy).await;
    at_work.look(&mut bench, SHIPFIX, &at_work.app.client).await;
    let view = bench.press(Request::Commit).await;
    assert_eq!(view.page.key, "mailboxes", "{:?}", view.page);
    let rest: Vec<&str> = rest.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(must_work(&view), rest);
    at_work.platform.stop().await;
    bench.end().await;
}
