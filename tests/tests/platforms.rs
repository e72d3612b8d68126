//! One table: every platform that the product brings, with each method, each kind of limit and each kind of credential that its
//! profile allows, to the end and back, and with what nobody asked for.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::credential::CredentialKind;
use domain::permission::Method;
use journeys::adopting::commit;
use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::look_alikes::LookAlikes;
use journeys::tour::say;
use profiles::Profile;
use rpc::request::{ListName, Request, Submit};
use rpc::view::{Content, View};
use serde_json::json;

const WORKERS: usize = 2;
/// A group with the mailboxes of every journey.
const GROUP: &str = "help.desk@contoso.example";
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";

/// How a row of the table ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ends {
    /// Handed over, and taken back with nothing left and nothing of anybody else's changed.
    AndBack,
    /// Somebody grants the app a permission that reaches every mailbox.
    BroadGrant,
    /// Somebody gives the app a way into a mailbox that has to stay refused.
    OtherMailbox,
    /// Somebody takes the limit away.
    NoLimit,
}

impl Ends {
    const ALL: [Self; 4] = [Self::AndBack, Self::BroadGrant, Self::OtherMailbox, Self::NoLimit];
}

#[derive(Clone, Debug)]
struct Row {
    profile: Profile,
    method: Method,
    /// Whether the limit goes by a group, and not by the mailboxes themselves.
    by_group: bool,
    credential: CredentialKind,
    ends: Ends,
}

impl Row {
    fn name(&self) -> String {
        format!(
            "{}, {}{}, {}, {:?}",
            self.profile.id,
            self.method.name(),
            if self.by_group { " by a group" } else { "" },
            self.credential.name(),
            self.ends
        )
    }
}

/// Every row that the profiles allow.
fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for profile in profiles::shipped().unwrap() {
        for method in &profile.methods {
            // No group holds a mail program: each mailbox gives it access by itself.
            let kinds: &[bool] = match method.is_by_mail_program() {
                true => &[false],
                false => &[false, true],
            };
            for credential in &profile.credential.kinds {
                for by_group in kinds {
                    rows.extend(Ends::ALL.map(|ends| Row {
                        profile: profile.clone(),
                        method: *method,
                        by_group: *by_group,
                        credential: *credential,
                        ends,
                    }));
                }
            }
        }
    }
    rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_platform_in_every_way_that_it_allows() {
    let rows = Arc::new(rows());
    let (next, enumerated) = (Arc::new(AtomicUsize::new(0)), rows.len());
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (rows, next) = (Arc::clone(&rows), Arc::clone(&next));
            tokio::spawn(async move {
                let mut done = Vec::new();
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::SeqCst)) {
                    done.push((row.name(), lived(row).await));
                }
                done
            })
        })
        .collect();
    let mut table = Vec::new();
    for worker in workers {
        table.extend(worker.await.unwrap());
    }
    table.sort();
    for (row, outcome) in &table {
        let outcome = outcome
            .as_ref()
            .map_or_else(|why| format!("FAILED: {why}"), |seen| seen.clone());
        say(&format!("platforms: {row}: {outcome}"));
    }
    let failed = table.iter().filter(|(_, outcome)| outcome.is_err()).count();
    say(&format!(
        "platforms: enumerated {enumerated}, executed {}, violations {failed}",
        table.len()
    ));
    assert_eq!((table.len(), failed), (enumerated, 0));
}

/// One row: what was seen at its end, or why it isn't as expected.
async fn lived(row: &Row) -> Result<String, String> {
    let mut bench = Bench::new(&row.name()).await;
    let members: Vec<&str> = MAILBOXES.split(", ").collect();
    let group = json!({ "Name": "Help desk", "Alias": "help.desk", "Type": "Security", "PrimarySmtpAddress": GROUP, "Members": members });
    let colleague = bench.colleague().await;
    colleague.run("New-DistributionGroup", group).await?;
    let told = match row.ends {
        Ends::AndBack => and_back(&mut bench, row).await,
        wrong => refused(&mut bench, row, wrong).await,
    };
    bench.end().await;
    told
}

/// As far as this page.
async fn towards(bench: &mut Bench, row: &Row, page: Option<&str>) -> Result<(), String> {
    let session = bench.session();
    session.press(Request::StartPractice).await?;
    let platform = Submit::Choose {
        value: Some(row.profile.id.clone()),
        name: match row.profile.open {
            true => "Northwind Desk".into(),
            false => String::new(),
        },
        access: match row.profile.open {
            true => row
                .profile
                .permissions
                .iter()
                .map(|one| one.permission.name().into())
                .collect(),
            false => Vec::new(),
        },
    };
    session.send(platform).await?;
    session.by_plan = true;
    if row.by_group {
        session.go_on(Some("mailboxes"), MAILBOXES, REFUSED).await?;
        let (list, text) = (ListName::Allowed, GROUP.to_owned());
        session.send(Submit::AddMailboxes { list, text }).await?;
        let typed = GROUP.to_owned();
        session.press(Request::UseGroup { typed }).await?;
    }
    session.go_on(Some("plan"), MAILBOXES, REFUSED).await?;
    let kinds = &row.profile.credential.kinds;
    if kinds.len() > 1 {
        let (field, value) = ("credential".into(), row.credential.name().into());
        session.send(Submit::Option { field, value }).await?;
    }
    session.go_on(page, MAILBOXES, REFUSED).await
}

async fn and_back(bench: &mut Bench, row: &Row) -> Result<String, String> {
    let look_alikes = LookAlikes::before(bench, &format!("Mailgrant: {}", row.profile.name)).await?;
    towards(bench, row, None).await?;
    let page = bench.session().page();
    if page != "exported" {
        return Err(format!("ends at {page}"));
    }
    let bundle = bench.bundle();
    let kind = bundle["credential"]["type"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let scope = bundle["scope"]["method"].as_str().unwrap_or_default().to_owned();
    let expected = (
        match row.credential {
            CredentialKind::Secret => "clientSecret",
            CredentialKind::Certificate => "certificate",
        },
        match row.method.is_by_mail_program() {
            true => "fullAccess",
            false => "rbacForApplications",
        },
    );
    if (kind.as_str(), scope.as_str()) != expected {
        return Err(format!("the file has {kind} and {scope}"));
    }
    bench.press(Request::SaveAndClose).await;
    bench
        .press_what(|request| matches!(request, Request::Revoke { .. }))
        .await;
    let view = commit(bench).await;
    if view.page.key != "revoked" {
        return Err(format!("taking it back ends at {}", view.page.key));
    }
    let snapshot = bench.handle.snapshot();
    // The app stays among the deleted ones for 30 days, and the sign-in's own consent until it is taken back.
    let mut left = look_alikes.ours(&bench.handle);
    let is_deleted = |key: &String| {
        let mut apps = snapshot.applications.iter().filter(|app| app.deleted);
        apps.any(|app| *key == format!("application {}", app.id))
    };
    left.retain(|key| !is_deleted(key) && !key.starts_with("oauth2PermissionGrant "));
    let changed = look_alikes.changed(&bench.handle);
    let filter = bundle["scope"]["filter"].as_str().unwrap_or_default();
    if filter.contains("MemberOfGroup") != row.by_group {
        return Err(format!("the limit goes by {filter}"));
    }
    let by = if row.by_group { " by a group" } else { "" };
    match left.is_empty() && changed.is_empty() && snapshot.foreign_changes.is_empty() {
        true => Ok(format!("proven with {kind}, held by {scope}{by}, taken back")),
        false => Err(format!("left: {left:?}, others changed: {changed:?}")),
    }
}

/// What nobody asked for is named, and nothing is handed over.
async fn refused(bench: &mut Bench, row: &Row, wrong: Ends) -> Result<String, String> {
    towards(bench, row, Some("export")).await?;
    let colleague = bench.colleague().await;
    let snapshot = bench.handle.snapshot();
    let mut ours = snapshot.service_principals.iter().filter(|one| !one.foreign);
    let principal = ours.next().map(|one| one.id.clone()).ok_or("no app")?;
    let right =
        |mailbox: &str| json!({ "Identity": mailbox, "User": principal, "AccessRights": "FullAccess" });
    let by_mailbox = row.method.is_by_mail_program();
    match wrong {
        Ends::BroadGrant if by_mailbox => {
            colleague
                .grant(&principal, EXCHANGE, "full_access_as_app")
                .await?;
        }
        Ends::BroadGrant => colleague.grant(&principal, GRAPH, "Mail.ReadWrite").await?,
        Ends::OtherMailbox => {
            colleague.run("Add-MailboxPermission", right(REFUSED)).await?;
        }
        Ends::NoLimit if by_mailbox => {
            let mut gone = right("support@contoso.example");
            gone["Confirm"] = json!(false);
            colleague.run("Remove-MailboxPermission", gone).await?;
        }
        _ => {
            let held = serde_json::to_value(&snapshot.exchange).map_err(|error| error.to_string())?;
            let held = held["assignments"].as_array().cloned().unwrap_or_default();
            let ours = held.iter().filter(|one| one["foreign"] == false);
            for name in ours.filter_map(|one| one["name"].as_str()) {
                let gone = json!({ "Identity": name, "Confirm": false });
                colleague.run("Remove-ManagementRoleAssignment", gone).await?;
            }
        }
    }
    // Long enough for everything to be in force.
    bench.wait(3 * 3600);
    let view = bench.checked_now().await;
    let said = reasons(&view);
    let goes_on = view
        .page
        .actions
        .iter()
        .any(|button| button.request == Request::Continue);
    match said.is_empty() || goes_on {
        true => Err(format!("it is proven: {:?}", view.page.heading)),
        false => Ok(format!("not proven: {}", said.join("; "))),
    }
}

fn reasons(view: &View) -> Vec<String> {
    match &view.page.content {
        Content::Proof { top, .. } => top.iter().map(|message| message.title.clone()).collect(),
        _ => Vec::new(),
    }
}
