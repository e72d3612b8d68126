//! A platform that no profile knows: its name and what it may do are asked, and nothing more is given than was ticked.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::organisation::client_that_trusts;
use practice::Handle;
use rpc::request::{Request, Submit};
use rpc::view::{Content, View};

const NAME: &str = "Northwind Tickets";

fn choose(name: &str, access: &[&str]) -> Submit {
    Submit::Choose {
        value: Some("generic-graph".into()),
        name: name.into(),
        access: access.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn troubled(view: &View) -> Vec<&str> {
    let problems = view.page.field_problems.iter();
    problems.map(|problem| problem.field.as_str()).collect()
}

/// The roles that the app was given in Exchange; other apps have some of theirs.
fn roles(handle: &Handle) -> Vec<String> {
    let snapshot = serde_json::to_value(handle.snapshot()).unwrap();
    let mut roles: Vec<String> = snapshot["exchange"]["assignments"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|assignment| assignment["foreign"] == false)
        .map(|assignment| assignment["role"].as_str().unwrap().to_owned())
        .collect();
    roles.sort();
    roles
}

#[tokio::test]
async fn a_platform_without_a_profile_is_named_and_gets_what_was_ticked() {
    let mut bench = Bench::new("own platform").await;
    let export = bench.export();
    let handle = std::sync::Arc::clone(&bench.handle);
    let session = bench.session();
    let first = session.press(Request::StartPractice).await.unwrap();
    let Content::Choose { own, .. } = &first.page.content else {
        panic!("{:?}", first.page)
    };
    let own = own.iter().find(|own| own.value == "generic-graph").unwrap();
    // From the least to the most, and nothing is ticked.
    let offered: Vec<(&str, bool)> = own
        .access
        .iter()
        .map(|extra| (extra.value.as_str(), extra.on))
        .collect();
    assert_eq!(
        offered,
        [
            ("Mail.ReadBasic", false),
            ("Mail.Read", false),
            ("Mail.ReadWrite", false),
            ("Mail.Send", false),
            ("Calendars.Read", false),
            ("Calendars.ReadWrite", false),
            ("Contacts.Read", false),
            ("Contacts.ReadWrite", false),
            ("MailboxSettings.Read", false),
            ("MailboxSettings.ReadWrite", false),
        ]
    );
    let long = "n".repeat(81);
    for (name, access, fields) in [
        ("", &[][..], &["platform-name", "access"][..]),
        (" \u{200b} ", &["Mail.Read"], &["platform-name"]),
        (NAME, &[], &["access"]),
        (NAME, &["Tasks.Read"], &["access"]),
        ("sinch contact PRO", &["Mail.Read"], &["platform-name"]),
        (&long, &["Mail.Read"], &["platform-name"]),
    ] {
        let told = session.send(choose(name, access)).await.unwrap();
        assert_eq!(told.page.key, "platform");
        assert_eq!(troubled(&told), fields, "{name:?} {access:?}");
    }
    session
        .send(choose(
            " Northwind\u{202e}\nTickets ",
            &["Mail.ReadWrite", "Mail.Read"],
        ))
        .await
        .unwrap();
    session.press(Request::Back).await.unwrap();
    session.send(choose(NAME, &["Mail.Read"])).await.unwrap();
    session
        .go_on(Some("export"), "support@contoso.example", "ceo@contoso.example")
        .await
        .unwrap();
    assert_eq!(roles(&handle), ["Application Mail.Read"]);
    let view = session.view();
    assert_eq!(view.frame.connection.unwrap().platform, NAME);
    assert!(
        handle
            .snapshot()
            .applications
            .iter()
            .any(|app| !app.foreign && app.display_name.contains(NAME))
    );

    // The app exists: that the platform stays is said before anything is pressed, and Continue is no red page.
    let platform = Request::GoTo {
        step: "platform".into(),
    };
    let stays = session.press(platform).await.unwrap();
    assert_eq!(stays.page.heading, format!("This connection is for {NAME}"));
    assert!(stays.page.lead.unwrap().contains("the platform stays"));
    let Content::Choose { choices, own, .. } = stays.page.content else {
        panic!("the platform page")
    };
    let own = &own[0];
    assert_eq!(choices.len(), 1);
    assert!(own.name_fixed);
    assert_eq!(own.name, NAME);
    // More access is a change of the limit, with a plan of its own.
    let more = session
        .send(choose("Another name", &["Mail.Read", "Mail.Send"]))
        .await
        .unwrap();
    assert_eq!(
        more.page.key, "signed-in",
        "the method has one answer, so it is not asked for"
    );
    // The plan says what is added, and nothing of what was until now.
    let _ = session.go_on(Some("limit"), "", "").await;
    if session.page() == "problem-sign-in.expired" {
        session.press(Request::TryAgain).await.unwrap();
        session.go_on(Some("limit"), "", "").await.unwrap();
    }
    let limit = session.view();
    let Content::Plan { plan, .. } = &limit.page.content else {
        panic!("{:?}", limit.page)
    };
    let lines: Vec<(&str, &str, bool)> = plan
        .will
        .iter()
        .map(|line| (line.title.as_str(), line.detail.as_str(), line.done))
        .collect();
    assert!(
        lines.contains(&("One permission within it", "Send mail", false)),
        "{lines:?}"
    );
    assert!(lines.contains(&("One permission within it", "Read mail, as it is", true)));
    assert!(!limit.page.lead.unwrap().contains("Until now"));
    // The organisation took hours over the first proof, and the sign-in ran out meanwhile.
    for _ in 0..3 {
        if session.go_on(None, "", "").await.is_err() {
            assert_eq!(session.page(), "problem-sign-in.expired");
            session.press(Request::TryAgain).await.unwrap();
        }
    }
    assert_eq!(session.page(), "exported");
    assert_eq!(roles(&handle), ["Application Mail.Read", "Application Mail.Send"]);
    assert_eq!(session.view().frame.connection.unwrap().platform, NAME);
    let record = std::fs::read_dir(export)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "html"))
        .unwrap();
    let record = std::fs::read_to_string(record).unwrap();
    assert!(
        record.contains(NAME) && !record.contains("Another platform"),
        "{record}"
    );
    let list = session.press(Request::SaveAndClose).await.unwrap();
    let Content::Connections {
        first: Some(card), ..
    } = list.page.content
    else {
        panic!("the list")
    };
    assert_eq!(card.platform, NAME);
    bench.end().await;
}

/// What a platform with a profile needs isn't asked, and it stays once its app exists.
#[tokio::test]
async fn the_platform_of_an_app_stays() {
    let mut bench = Bench::new("own platform").await;
    bench.go_on(Some("secret")).await;
    let session = bench.session();
    let platform = Request::GoTo {
        step: "platform".into(),
    };
    let stays = session.press(platform).await.unwrap();
    let Content::Choose {
        choices, chosen, own, ..
    } = &stays.page.content
    else {
        panic!("{:?}", stays.page)
    };
    assert_eq!(choices.len(), 1);
    assert_eq!(chosen.as_deref(), Some(choices[0].value.as_str()));
    assert!(own.is_empty());
    assert!(
        stays
            .page
            .lead
            .as_ref()
            .unwrap()
            .contains("begin a new connection")
    );
    let value = chosen.clone();
    let next = session
        .send(Submit::Choose {
            value,
            name: String::new(),
            access: Vec::new(),
        })
        .await
        .unwrap();
    assert_eq!(next.page.key, "method");
    bench.end().await;
}

/// What was ticked for a platform of another kind isn't taken for this one.
#[tokio::test]
async fn what_is_not_offered_is_not_taken() {
    let mut bench = Bench::new("own platform of another kind").await;
    let session = bench.session();
    session.press(Request::StartPractice).await.unwrap();
    let by_imap = |access: &[&str]| Submit::Choose {
        value: Some("generic-imap".into()),
        name: NAME.into(),
        access: access.iter().map(|&name| name.to_owned()).collect(),
    };
    let told = session.send(by_imap(&["Mail.Read"])).await.unwrap();
    assert_eq!(
        (told.page.key.as_str(), troubled(&told)),
        ("platform", vec!["access"])
    );
    let told = session
        .send(by_imap(&["Mail.Read", "POP.AccessAsApp"]))
        .await
        .unwrap();
    assert_eq!(told.page.key, "sign-in");
    let view = session
        .press(Request::GoTo {
            step: "platform".into(),
        })
        .await
        .unwrap();
    let Content::Choose { own, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let ticked = own.iter().flat_map(|own| &own.access).filter(|extra| extra.on);
    let ticked: Vec<&str> = ticked.map(|extra| extra.value.as_str()).collect();
    // What there is only one of is ticked beforehand.
    assert_eq!(ticked, ["POP.AccessAsApp", "Application SMTP.SendAsApp"]);
    drop(view);
    bench.end().await;
}

/// Calendars, contacts and settings are given, proved and limited as mail is.
#[tokio::test]
async fn what_is_no_mail_is_limited_as_mail_is() {
    let mut bench = Bench::new("own platform without mail").await;
    let session = bench.session();
    session.press(Request::StartPractice).await.unwrap();
    let ticked = ["Calendars.Read", "Contacts.ReadWrite", "MailboxSettings.Read"];
    session.send(choose(NAME, &ticked)).await.unwrap();
    session.by_plan = true;
    session.go_on(None, MAILBOXES, REFUSED).await.unwrap();
    assert_eq!(session.view().page.key, "exported", "{:?}", session.view().page);
    let given = ticked.map(|name| format!("Application {name}"));
    assert_eq!(roles(&bench.handle), given);
    let token = bench.token(&bench.bundle()).await;
    let client = client_that_trusts(Some(bench.handle.root_certificate_pem())).unwrap();
    let origin = bench.handle.origin().to_owned();
    let status = async |address: &str, path: &str| {
        let asked = client.get(format!("{origin}/v1.0/users/{address}/{path}"));
        asked.bearer_auth(&token).send().await.unwrap().status().as_u16()
    };
    for path in ["calendar", "contacts", "mailboxSettings/userPurpose"] {
        assert_eq!(status("support@contoso.example", path).await, 200, "{path}");
        assert_eq!(status(REFUSED, path).await, 403, "{path}");
    }
    // No mail was asked for.
    assert_eq!(status("support@contoso.example", "messages").await, 403);
    bench.end().await;
}
