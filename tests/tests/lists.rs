//! Lists of mailboxes as people bring them, from the box or a file to what the page says of each entry.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::trace::Trace;
use journeys::bench::Bench;
use journeys::colleague::text;
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use practice::{ClockKind, Options};
use rpc::request::{Request, Submit};
use rpc::view::{Content, MailboxList, View};
use serde_json::json;

const DANA: &str = "dana.reyes@contoso.example";
const GROUP: &str = "finance-approvers@contoso.example";

fn allowed(view: &View) -> &MailboxList {
    let Content::Mailboxes { allowed, .. } = &view.page.content else {
        panic!("no list: {}", view.page.key)
    };
    allowed
}

fn addresses(view: &View) -> Vec<&str> {
    let rows = &allowed(view).rows;
    rows.iter().map(|row| row.address.as_str()).collect()
}

#[tokio::test]
async fn every_entry_is_told_for_what_it_is() {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    let handle = practice::start(Options {
        clock: ClockKind::Explicit { start },
        mailboxes: 300,
        ..Options::default()
    })
    .await
    .unwrap();
    let organisation = Organisation::from(&handle);
    let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(DANA),
        data: data.path(),
        export: export.path(),
        keychain: "mailgrant lists test",
        clock: clock_of(&organisation).await.unwrap(),
        trace: Trace::default(),
    });
    session.go_on(Some("mailboxes"), "", "").await.unwrap();

    // A file: an export with a group in it that its own column gives away, and a plus address.
    let file = "\u{feff}Display name,Email address,Recipient type\r\n\
        Support,support@contoso.example,SharedMailbox\r\n\
        Approvers,all@contoso.example,MailUniversalSecurityGroup\r\n\
        Web,billing+web@contoso.example,SharedMailbox\r\n";
    let view = session
        .send(Submit::OpenList {
            list: rpc::request::ListName::Allowed,
            base64: BASE64.encode(file),
        })
        .await
        .unwrap();
    let told = allowed(&view).read.clone().unwrap_or_default();
    assert!(
        told.contains("Email address") && told.contains("3 rows"),
        "{told}"
    );
    assert!(told.contains("1 group"), "{told}");
    assert_eq!(
        addresses(&view),
        ["billing+web@contoso.example", "support@contoso.example"]
    );
    let plus = &allowed(&view).rows[0];
    assert!(
        plus.detail.contains("plus address of billing@contoso.example"),
        "{}",
        plus.detail
    );

    // The link of the error leads to the first row that needs the reader.
    let view = session
        .send(Submit::Mailboxes {
            allowed: String::new(),
            refused: "ceo@contoso.example".into(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "mailboxes");
    assert_eq!(view.page.field_problems[0].field, "allowed-needs-you");

    // The repair puts the mailbox in its place; a group gives its members, each once.
    let repair = allowed(&view).rows[0].repair.clone().unwrap().request;
    session.press(repair).await.unwrap();
    let view = session
        .send(Submit::AddMailboxes {
            list: rpc::request::ListName::Allowed,
            text: GROUP.into(),
        })
        .await
        .unwrap();
    let group = &allowed(&view).rows[0];
    assert!(group.detail.contains("This is a group"), "{}", group.detail);
    assert!(matches!(
        group.repair.as_ref().map(|repair| &repair.request),
        Some(Request::UseMembers { .. })
    ));
    let members = group.repair.clone().unwrap().request;
    let view = session.press(members).await.unwrap();
    assert_eq!(
        addresses(&view),
        [
            "support@contoso.example",
            "billing@contoso.example",
            "priya.nair@contoso.example"
        ]
    );
}

/// What no mailbox has is told for what it is: a group by how many are in it, of either kind, somebody without a mailbox,
/// and mailboxes that are gone.
#[tokio::test]
async fn what_is_no_mailbox_is_told_by_its_kind() {
    let mut bench = Bench::new("kinds").await;
    let colleague = bench.colleague().await;
    let parameters = json!({ "Identity": "orders@contoso.example", "Confirm": false });
    colleague.run("Remove-Mailbox", parameters).await.unwrap();
    let parameters = json!({ "Filter": "RecipientTypeDetails -eq 'GroupMailbox'", "ResultSize": 1 });
    let unified = colleague.run("Get-Recipient", parameters).await.unwrap();
    let unified = text(unified.first(), "PrimarySmtpAddress").unwrap();
    let inactive = colleague
        .run("Get-Mailbox", json!({ "InactiveMailboxOnly": true }))
        .await
        .unwrap();
    let inactive = text(inactive.first(), "PrimarySmtpAddress").unwrap();
    bench.go_on(Some("mailboxes")).await;
    let expected = [
        (GROUP, "This is a group of "),
        (unified.as_str(), "This is a Microsoft 365 group of "),
        ("contractor@contoso.example", "This person has no mailbox"),
        (inactive.as_str(), "This mailbox is inactive"),
        ("orders@contoso.example", "This mailbox was deleted"),
        ("nobody.at.all@contoso.example", "There's no such mailbox"),
    ];
    let typed: Vec<&str> = expected.iter().map(|(address, _)| *address).collect();
    let add = Submit::AddMailboxes {
        list: rpc::request::ListName::Allowed,
        text: typed.join("\n"),
    };
    let view = bench.session().send(add).await.unwrap();
    for (address, words) in expected {
        let rows = &allowed(&view).rows;
        let row = rows.iter().find(|row| row.address == address).unwrap();
        assert!(row.detail.starts_with(words), "{address}: {}", row.detail);
    }
    // The members of a Microsoft 365 group come in its place, as those of the others do.
    let members = Request::UseMembers {
        list: rpc::request::ListName::Allowed,
        typed: unified.clone(),
    };
    let view = bench.press(members).await;
    assert!(!addresses(&view).contains(&unified.as_str()));
    assert!(addresses(&view).len() > typed.len() - 1);
}

/// People know the name they sign in with, and exports of users list it; it need not be an address of their mailbox.
#[tokio::test]
async fn a_sign_in_name_leads_to_its_mailbox() {
    let mut bench = Bench::new("sign-in names").await;
    bench.go_on(Some("mailboxes")).await;
    let add = Submit::AddMailboxes {
        list: rpc::request::ListName::Allowed,
        text: "aberg@contoso.onmicrosoft.example\npat.lindqvist_fabrikam.example#EXT#@contoso.onmicrosoft.example"
            .into(),
    };
    let view = bench.session().send(add).await.unwrap();
    let rows = &allowed(&view).rows;
    let told = |at: usize| (rows[at].address.as_str(), rows[at].detail.as_str());
    let works = rows
        .iter()
        .position(|row| row.address.starts_with("anja"))
        .unwrap();
    assert_eq!(
        told(works),
        (
            "anja.berg@contoso.example",
            "User mailbox, Anja Berg. You named it aberg@contoso.onmicrosoft.example"
        )
    );
    let guest = told(1 - works).1;
    assert!(
        guest.starts_with("This is a guest of another organisation"),
        "{guest}"
    );
}
