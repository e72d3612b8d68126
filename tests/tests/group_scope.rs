//! A limit that goes by a group: whoever is in it is reached, and the proof has tried them all.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use journeys::bench::{Bench, MAILBOXES, REFUSED, alive_of_ours, planned};
use rpc::request::{ListName, Request, Submit};
use rpc::view::{Content, View};
use serde_json::{Value, json};

const GROUP: &str = "help.desk@contoso.example";

/// Runs a cmdlet as an administrator elsewhere.
async fn run(bench: &Bench, cmdlet: &str, parameters: Value) {
    let colleague = bench.colleague().await;
    colleague.run(cmdlet, parameters).await.unwrap();
}

/// A group with the two mailboxes of every journey.
async fn group(bench: &Bench) {
    let members: Vec<&str> = MAILBOXES.split(", ").collect();
    let group = json!({ "Name": "O'Neill's help desk", "Alias": "help.desk", "Type": "Security", "PrimarySmtpAddress": GROUP, "Members": members });
    run(bench, "New-DistributionGroup", group).await;
}

async fn member(bench: &Bench, cmdlet: &str, address: &str) {
    let member = json!({ "Identity": GROUP, "Member": address, "Confirm": false });
    run(bench, cmdlet, member).await;
}

/// What the mailboxes page says of the group, and what it offers to do.
fn told(view: &View) -> (String, Option<Request>) {
    let Content::Mailboxes { messages, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let told = messages.first();
    let text = told.map(|told| format!("{} {}", told.title, told.text.clone().unwrap_or_default()));
    let act = told.and_then(|told| told.action.as_ref());
    (text.unwrap_or_default(), act.map(|act| act.request.clone()))
}

fn allowed(view: &View) -> Vec<String> {
    let Content::Mailboxes { allowed, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    allowed.rows.iter().map(|row| row.address.clone()).collect()
}

async fn typed(bench: &mut Bench, text: &str) -> View {
    let text = text.to_owned();
    let list = ListName::Allowed;
    bench
        .session()
        .send(Submit::AddMailboxes { list, text })
        .await
        .unwrap()
}

/// To the mailboxes, with the limit going by the group.
async fn by_the_group(bench: &mut Bench) -> View {
    group(bench).await;
    bench.go_on(Some("mailboxes")).await;
    let view = typed(bench, GROUP).await;
    let (words, act) = told(&view);
    assert!(
        words.contains("can go by help.desk@contoso.example itself"),
        "{words}"
    );
    bench.press(act.unwrap()).await
}

/// On to the sealed file.
async fn to_the_file(bench: &mut Bench) -> View {
    bench.session().by_plan = true;
    let session = bench.session();
    session.go_on(None, "", REFUSED).await.unwrap();
    session.view()
}

fn rows(view: &View) -> usize {
    let Content::Proof { groups, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    groups[0].rows.len()
}

fn filters(bench: &Bench) -> Vec<String> {
    let scopes = bench.handle.snapshot().exchange.scopes;
    let ours = scopes.into_iter().filter(|scope| !scope.foreign);
    ours.map(|scope| scope.detail).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_goes_by_a_group_and_follows_it() {
    let mut bench = Bench::new("group").await;
    let view = by_the_group(&mut bench).await;
    let (words, _) = told(&view);
    assert!(words.contains("2 mailboxes are in it now"), "{words}");
    assert_eq!(allowed(&view).join(", "), MAILBOXES);
    bench.session().by_plan = true;
    let session = bench.session();
    session.go_on(Some("plan"), "", REFUSED).await.unwrap();
    let plan = planned(&bench.session().view()).join("\n");
    assert!(plan.contains("by the group O'Neill's help desk"), "{plan}");
    let view = to_the_file(&mut bench).await;
    assert_eq!(view.page.key, "exported", "{:?}", view.page);
    assert!(
        view.page
            .heading
            .contains("2 mailboxes of O'Neill's help desk, and whoever joins it"),
        "{:?}",
        view.page.heading
    );
    let filters = filters(&bench);
    assert!(
        filters
            .iter()
            .any(|filter| filter.contains("MemberOfGroup -eq 'CN=O''Neill''s help desk")),
        "{filters:?}"
    );
    let html = |file: &PathBuf| file.extension().is_some_and(|end| end == "html");
    let record = written(&bench).into_iter().find(html).unwrap();
    let record = std::fs::read_to_string(record).unwrap();
    assert!(record.contains("goes by a group"), "{record}");
    assert!(
        !record.contains("no other") && !record.contains("only in these"),
        "{record}"
    );
    // Who joins is reached without anybody asking, so the proof says so and tries them.
    member(&bench, "Add-DistributionGroupMember", "sales@contoso.example").await;
    bench.wait(3 * 3600);
    let view = bench.checked_now().await;
    let text = serde_json::to_string(&view.page).unwrap();
    assert!(text.contains("New in the group: sales@contoso.example"), "{text}");
    assert_eq!(top(&view), Request::ReadGroupAgain);
    let view = bench.press(Request::ReadGroupAgain).await;
    assert_eq!(
        view.page.heading, "It works, and only where it should",
        "{:?}",
        view.page
    );
    assert_eq!(rows(&view), 3);
    // Nothing was set anew for that.
    assert_eq!(self::filters(&bench), filters);
    member(&bench, "Remove-DistributionGroupMember", "sales@contoso.example").await;
    bench.wait(3 * 3600);
    let view = bench.checked_now().await;
    let text = serde_json::to_string(&view.page).unwrap();
    assert!(
        text.contains("No longer in the group: sales@contoso.example"),
        "{text}"
    );
    // Whoever left is tried from then on, as whoever is taken out of a limit.
    let view = bench.press(Request::ReadGroupAgain).await;
    assert_eq!(rows(&view), 2);
    assert!(
        refused(&view).contains(&"sales@contoso.example".to_owned()),
        "{:?}",
        view.page
    );
    assert_eq!(view.page.heading, "It works, and only where it should");
    // Somebody puts a rule in its place: that is as broad as it would be of any other limit.
    let scopes = bench.handle.snapshot().exchange.scopes;
    let ours = scopes.into_iter().find(|scope| !scope.foreign).unwrap();
    let rule = json!({ "Identity": ours.name, "RecipientRestrictionFilter": "RecipientTypeDetails -eq 'SharedMailbox'" });
    run(&bench, "Set-ManagementScope", rule).await;
    bench.wait(3 * 3600);
    let view = bench.checked_now().await;
    let text = serde_json::to_string(&view.page).unwrap();
    assert!(text.contains("Too broad: the limit also holds"), "{text}");
    bench.end().await;
}

/// The files that were written.
fn written(bench: &Bench) -> Vec<PathBuf> {
    let files = std::fs::read_dir(bench.export()).unwrap().flatten();
    files.map(|entry| entry.path()).collect()
}

/// The mailboxes that must be refused, as the proof lists them.
fn refused(view: &View) -> Vec<String> {
    let Content::Proof { groups, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    groups[1].rows.iter().map(|row| row.mailbox.clone()).collect()
}

/// Who has no mailbox here can never be tried, so such a group holds no limit either.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_with_somebody_without_a_mailbox_holds_no_limit() {
    let mut bench = Bench::new("group of others").await;
    group(&bench).await;
    let colleague = bench.colleague().await;
    let guests = json!({ "Filter": "RecipientTypeDetails -eq 'MailUser'", "ResultSize": 1 });
    let guests = colleague.run("Get-Recipient", guests).await.unwrap();
    let guest = guests[0]["PrimarySmtpAddress"].as_str().unwrap().to_owned();
    member(&bench, "Add-DistributionGroupMember", &guest).await;
    bench.go_on(Some("mailboxes")).await;
    let view = typed(&mut bench, GROUP).await;
    let view = bench.press(told(&view).1.unwrap()).await;
    let text = serde_json::to_string(&view.page).unwrap();
    assert!(text.contains("has no mailbox here"), "{text}");
    assert_eq!(told(&view).1, None);
    bench.end().await;
}

/// Whoever stands on the other list is taken off there; the limit goes by the group still.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overlap_is_settled_and_the_group_stays() {
    let mut bench = Bench::new("group overlap").await;
    group(&bench).await;
    member(&bench, "Add-DistributionGroupMember", REFUSED).await;
    bench.go_on(Some("mailboxes")).await;
    let list = ListName::Refused;
    let text = REFUSED.to_owned();
    bench
        .session()
        .send(Submit::AddMailboxes { list, text })
        .await
        .unwrap();
    let view = typed(&mut bench, GROUP).await;
    let view = bench.press(told(&view).1.unwrap()).await;
    let text = serde_json::to_string(&view.page).unwrap();
    assert!(text.contains("other list"), "{text}");
    let address = REFUSED.to_owned();
    let view = bench.press(Request::RemoveMailbox { list, address }).await;
    assert!(told(&view).0.contains("goes by the group"), "{:?}", view.page);
    assert_eq!(allowed(&view).len(), 3);
    bench.end().await;
}

/// A group that stands elsewhere has another name in its limit: nobody is reached, which is told, and reading it again sets it anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_is_gone_is_told_as_gone() {
    let mut bench = Bench::new("group gone").await;
    by_the_group(&mut bench).await;
    to_the_file(&mut bench).await;
    run(
        &bench,
        "Remove-DistributionGroup",
        json!({ "Identity": GROUP, "Confirm": false }),
    )
    .await;
    bench.wait(3 * 3600);
    let view = bench.checked_now().await;
    let text = serde_json::to_string(&view.page).unwrap();
    assert!(text.contains("matches none of"), "{text}");
    let view = bench.press(Request::ReadGroupAgain).await;
    assert_eq!(view.page.key, "problem-mailbox.gone", "{:?}", view.page);
    bench.end().await;
}

/// The action of the first message on top of a proof.
fn top(view: &View) -> Request {
    let Content::Proof { top, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let mut acts = top.iter().filter_map(|message| message.action.as_ref());
    acts.next().unwrap().request.clone()
}

/// A limit by a group doesn't reach who is in groups within it, so such a group is told as that and nothing goes by it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_of_groups_holds_no_limit() {
    let mut bench = Bench::new("group of groups").await;
    let inner = json!({ "Name": "Inner", "Alias": "inner", "Type": "Security", "PrimarySmtpAddress": "inner@contoso.example" });
    run(&bench, "New-DistributionGroup", inner).await;
    group(&bench).await;
    member(&bench, "Add-DistributionGroupMember", "inner@contoso.example").await;
    bench.go_on(Some("mailboxes")).await;
    let view = typed(&mut bench, GROUP).await;
    let view = bench.press(told(&view).1.unwrap()).await;
    assert_eq!(allowed(&view), [GROUP]);
    let text = serde_json::to_string(&view.page).unwrap();
    assert!(text.contains("has groups in it"), "{text}");
    assert_eq!(told(&view).1, None);
    // Its members one by one are still one press away.
    let Content::Mailboxes { allowed: list, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let repair = list.rows[0].repair.clone().unwrap().request;
    let view = bench.press(repair).await;
    assert_eq!(allowed(&view).join(", "), MAILBOXES);
    bench.end().await;
}

/// Whoever changes the list by hand names each mailbox from there on, and so does whoever asks for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_changed_by_hand_names_each_mailbox() {
    let mut bench = Bench::new("group left").await;
    let view = by_the_group(&mut bench).await;
    let remove = Request::RemoveMailbox {
        list: ListName::Allowed,
        address: allowed(&view)[0].clone(),
    };
    let view = bench.press(remove).await;
    assert_eq!(told(&view), (String::new(), None));
    bench
        .press(Request::RemoveAllMailboxes {
            list: ListName::Allowed,
        })
        .await;
    let view = typed(&mut bench, GROUP).await;
    let view = bench.press(told(&view).1.unwrap()).await;
    let (_, leave) = told(&view);
    assert_eq!(leave, Some(Request::LeaveGroup));
    let view = bench.press(Request::LeaveGroup).await;
    assert_eq!(allowed(&view).join(", "), MAILBOXES);
    let view = to_the_file(&mut bench).await;
    assert!(
        view.page.heading.ends_with("can use 2 mailboxes, and no others"),
        "{:?}",
        view.page
    );
    let filters = filters(&bench);
    let by_group = filters.iter().any(|filter| filter.contains("MemberOfGroup"));
    assert!(!filters.is_empty() && !by_group, "{filters:?}");
    bench.end().await;
}

/// Another computer finds the connection and knows by what its limit goes; taken away, nothing of it is left, and the group is as
/// it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_by_a_group_is_found_again_and_taken_away() {
    let mut bench = Bench::new("group found again").await;
    by_the_group(&mut bench).await;
    let before = others(&bench);
    to_the_file(&mut bench).await;
    bench.at_another_computer();
    let view = bench.found_again().await;
    let (words, act) = told(&view);
    assert!(words.contains("goes by the group O'Neill's help desk"), "{words}");
    assert_eq!(act, Some(Request::LeaveGroup));
    assert_eq!(allowed(&view).join(", "), MAILBOXES);
    bench.session().by_plan = true;
    let session = bench.session();
    session.go_on(Some("plan"), "", REFUSED).await.unwrap();
    bench.press(Request::SaveAndClose).await;
    bench
        .press_what(|request| matches!(request, Request::Revoke { .. }))
        .await;
    let view = journeys::adopting::commit(&mut bench).await;
    assert_eq!(view.page.key, "revoked", "{:?}", view.page);
    assert_eq!(alive_of_ours(&bench.handle.snapshot()), 0);
    assert_eq!(others(&bench), before);
    bench.end().await;
}

/// What there was before the connection, without consents of the wizard's own sign-in.
fn others(bench: &Bench) -> BTreeMap<String, String> {
    let prints = bench.handle.snapshot().prints;
    let own = |what: &String| what.starts_with("oauth2PermissionGrant");
    let groups = |what: &String| what.to_lowercase().contains("group") && !own(what);
    prints.into_iter().filter(|(what, _)| groups(what)).collect()
}
