//! The PowerShell that the product writes says the same as what it sends: read back, every line is the call that it was
//! written for, and run line by line it leaves the same organisation behind.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::{BTreeMap, BTreeSet};

use calls::powershell::line;
use calls::slot::{Ids, Slot};
use domain::app_key::AppKey;
use domain::app_role::AppRole;
use domain::credential::CredentialKind;
use domain::ids::{ConnectionId, KeyId, MailboxId};
use domain::mail_protocol::MailProtocol;
use domain::permission::{Method, Permission};
use journeys::colleague::{Colleague, text};
use journeys::powershell::{Console, Line};
use plan::changes::{
    Change, GiveFullAccess, GrantAppRole, RemoveCredential, RemoveGrant, SwitchOffProtocol, SwitchOnProtocol,
    TagPrincipal, TakeFullAccess,
};
use plan::compare::compare;
use plan::names::Names;
use plan::observed::{Observed, SeenApp};
use plan::switches::Off;
use plan::wanted::{Answers, Wanted, wanted};
use practice::{ClockKind, Options, Scenario};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;
use uuid::Uuid;

/// The key id that a person draws.
const NEW_KEY: &str = "5d6f1ed5-48bd-44da-8cf6-3b5d5b516ed8";

/// The certificates that an app holds.
fn held_keys() -> serde_json::Value {
    json!([
        { "keyId": Uuid::from_u128(7), "displayName": "Somebody's", "key": "AAAA" },
        { "keyId": Uuid::from_u128(8), "displayName": "Another's" },
    ])
}

/// What fills the places of the values that are known only later.
fn console(now: &str) -> (Console, Ids) {
    let variables = BTreeMap::from([
        (
            "$app".to_owned(),
            json!({ "id": "app-object", "appId": "app-client" }),
        ),
        ("$servicePrincipal".to_owned(), json!({ "id": "principal" })),
        ("$secret".to_owned(), json!({ "keyId": "key" })),
        ("$held".to_owned(), json!({ "keyCredentials": held_keys() })),
        ("$exchangeOnline".to_owned(), json!({ "id": "exchange-online" })),
    ]);
    let ids = Ids::from([
        (Slot::AppObject, "app-object".to_owned()),
        (Slot::AppClient, "app-client".to_owned()),
        (Slot::Principal, "principal".to_owned()),
        (Slot::ExchangeOnline, "exchange-online".to_owned()),
        (Slot::Key, "key".to_owned()),
        (Slot::NewKey, NEW_KEY.to_owned()),
        (Slot::Certificate, "MIIC".to_owned()),
        (Slot::Keys, held_keys().to_string()),
        (Slot::InDays(0), now.to_owned()),
        (Slot::Try, "1a2b3c4d".to_owned()),
        (Slot::InDays(180), now.to_owned()),
    ]);
    let console = Console {
        variables,
        later: now.to_owned(),
        guid: "1a2b3c4d".to_owned(),
        key: NEW_KEY.to_owned(),
        certificate: "MIIC".to_owned(),
    };
    (console, ids)
}

/// Names as people give them, and as people give them who mean harm.
fn name() -> impl Strategy<Value = String> {
    let letters = prop::sample::select("aZ9 '‘’‚‛\"`$(){}@;,:-+#ä日\\%&|<>".chars().collect::<Vec<_>>());
    prop::collection::vec(letters, 1..24).prop_map(|letters| letters.into_iter().collect())
}

fn mailboxes() -> impl Strategy<Value = BTreeSet<MailboxId>> {
    prop::collection::btree_set(
        (1_u128..9).prop_map(|number| MailboxId(Uuid::from_u128(number))),
        1..4,
    )
}

fn answers() -> impl Strategy<Value = Answers> {
    let of_graph = prop::sample::subsequence(
        Permission::of_method(Method::GraphAppOnly).collect::<Vec<_>>(),
        1..=3,
    );
    let by_protocol = Permission::of_method(Method::MailProtocols).collect::<Vec<_>>();
    let by_protocol = prop::sample::subsequence(by_protocol, 1..=3);
    let permissions =
        prop_oneof![3 => of_graph, 1 => by_protocol, 1 => Just(vec![Permission::SmtpWithinScope])];
    let kind = prop::sample::select(CredentialKind::ALL.to_vec());
    (name(), permissions, mailboxes(), kind).prop_map(|(platform, permissions, mailboxes, credential)| {
        Answers {
            groups: BTreeMap::new(),
            method: permissions[0].method(),
            platform,
            permissions: permissions.into_iter().collect(),
            mailboxes: BTreeMap::from([(AppKey::default(), mailboxes)]),
            credential,
            days: 180,
            in_use: BTreeMap::new(),
            granted: BTreeMap::new(),
            switch_on: BTreeSet::new(),
        }
    })
}

/// A connection's life: made, given other mailboxes and permissions, and taken away again. Each stage is its changes.
fn life(connection: ConnectionId, first: &Answers, second: &Answers) -> Vec<Vec<Change>> {
    let mut seen = Observed {
        apps: BTreeMap::from([(AppKey::default(), SeenApp::nothing())]),
        ..Observed::default()
    };
    let second = Answers {
        platform: first.platform.clone(),
        ..second.clone()
    };
    let goals = [
        wanted(connection, first),
        wanted(connection, &second),
        Wanted::default(),
    ];
    goals
        .iter()
        .map(|goal| {
            let changes = compare(goal, &seen).changes();
            for (app, change) in &changes {
                change.effect(app, &mut seen);
            }
            changes.into_iter().map(|(_, change)| change).collect()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_is_the_call_that_it_was_written_for(
        first in answers(),
        second in answers(),
        tags in prop::collection::btree_set(name(), 1..4),
        grant in name(),
        app_role in any::<bool>(),
    ) {
        let connection = ConnectionId(Uuid::from_u128(0x6f1b_2c3d));
        let (console, ids) = console("2027-05-25T00:00:00Z");
        let mut changes: Vec<Change> = life(connection, &first, &second).concat();
        // What a life brings no random texts into.
        changes.push(Change::TagPrincipal(TagPrincipal { tags }));
        changes.extend([7, 9].map(|key| {
            Change::RemoveCredential(RemoveCredential { key: KeyId(Uuid::from_u128(key)), certificate: true })
        }));
        changes.push(Change::RemoveGrant(RemoveGrant { id: grant, app_role }));
        // What no life asks for yet.
        changes.extend(AppRole::ALL.map(|role| Change::GrantAppRole(GrantAppRole { role })));
        for mailbox in first.mailboxes.values().flatten().copied() {
            changes.push(Change::GiveFullAccess(GiveFullAccess { mailbox }));
            changes.push(Change::TakeFullAccess(TakeFullAccess { mailbox }));
            for protocol in MailProtocol::ALL {
                changes.push(Change::SwitchOnProtocol(SwitchOnProtocol { mailbox, protocol, was: Off::Here }));
                for to in [Off::Here, Off::Everywhere] {
                    changes.push(Change::SwitchOffProtocol(SwitchOffProtocol { mailbox, protocol, to }));
                }
            }
        }
        for call in changes.iter().flat_map(Change::calls) {
            let written = line(&call);
            let read = match console.read(&written) {
                Ok(Line::Graph { method, uri, headers, body, .. }) => Line::Graph { variable: None, method, uri, headers, body },
                Ok(line) => line,
                Err(why) => return Err(TestCaseError::fail(format!("{why}\n{written}"))),
            };
            prop_assert_eq!(read, Line::of(&call.filled(&ids).unwrap()), "{}", written);
        }
    }
}

/// What the organisation holds of a connection, with what differs from one to another written alike.
async fn held(colleague: &Colleague, connection: ConnectionId, ids: [Option<String>; 3]) -> String {
    let names = Names::new(connection, AppKey::default());
    let path = format!(
        "applications(uniqueName='{}')?$select=displayName,tags,signInAudience,uniqueName,passwordCredentials",
        names.unique()
    );
    let app = colleague.graph(reqwest::Method::GET, &path, None).await;
    let mut told = String::new();
    if let Ok(app) = &app {
        let secrets = app["passwordCredentials"].as_array().unwrap();
        let ends = secrets
            .iter()
            .map(|secret| &secret["endDateTime"])
            .collect::<Vec<_>>();
        told += &format!(
            "{} {} {} secrets {ends:?}\n",
            app["displayName"], app["tags"], app["signInAudience"]
        );
    }
    let [_, client, principal] = ids;
    if let (Some(client), Some(principal)) = (client, principal) {
        let enterprise = colleague
            .graph(
                reqwest::Method::GET,
                &format!("servicePrincipals(appId='{client}')"),
                None,
            )
            .await;
        told += &format!(
            "enterprise {:?}\n",
            enterprise.map(|enterprise| enterprise["tags"].clone()).ok()
        );
        let entry = colleague
            .run("Get-ServicePrincipal", json!({ "Identity": principal }))
            .await;
        told += &format!(
            "entry {:?}\n",
            entry.ok().and_then(|rows| text(rows.first(), "DisplayName"))
        );
        let roles = colleague
            .run(
                "Get-ManagementRoleAssignment",
                json!({ "RoleAssignee": principal }),
            )
            .await
            .unwrap_or_default();
        let mut roles: Vec<String> = roles
            .iter()
            .map(|row| {
                format!(
                    "role {} {} in {}\n",
                    row["Name"], row["Role"], row["CustomResourceScope"]
                )
            })
            .collect();
        roles.sort();
        told += &roles.concat();
    }
    let scopes = colleague.run("Get-ManagementScope", json!({})).await.unwrap();
    for scope in scopes
        .iter()
        .filter(|scope| names.in_exchange(&text(Some(scope), "Name").unwrap_or_default()))
    {
        told += &format!("scope {} {}\n", scope["Name"], scope["RecipientFilter"]);
    }
    let short = &connection.to_string()[..8];
    told.replace(&connection.to_string(), "<connection>")
        .replace(short, "<short>")
}

/// 300 random connections, each made twice: once by the calls themselves, once by the lines. After every stage the
/// organisation holds the same of both.
#[tokio::test]
async fn run_line_by_line_it_leaves_the_same_organisation() {
    let options = Options {
        clock: ClockKind::Explicit {
            start: "2026-11-26T09:00:00Z".parse().unwrap(),
        },
        // What Microsoft shows late is waited for by the product, and by a person.
        scenario: Scenario {
            replication_seconds: Some(0),
            ..Scenario::default()
        },
        ..Options::default()
    };
    let handle = practice::start(options).await.unwrap();
    let colleague = Colleague::of(&handle).await.unwrap();
    let (support, billing) = (
        colleague.mailbox("support@contoso.example").await.unwrap(),
        colleague.mailbox("billing@contoso.example").await.unwrap(),
    );
    let known: [MailboxId; 2] = [support.parse().unwrap(), billing.parse().unwrap()];
    let mut runner = TestRunner::deterministic();
    let (mut stages, mut removed) = (0, 0);
    for case in 0..300_u128 {
        let real = |answers: Answers| {
            let chosen = known
                .iter()
                .take(1 + usize::from(answers.permissions.len() > 1))
                .copied()
                .collect();
            Answers {
                mailboxes: BTreeMap::from([(AppKey::default(), chosen)]),
                credential: CredentialKind::Secret,
                ..answers
            }
        };
        // What a mail program was granted is taken away by Microsoft's id of it, which nobody reads back here.
        let mut drawn = || loop {
            let answers = answers().new_tree(&mut runner).unwrap().current();
            if !answers.method.is_by_mail_program() {
                break real(answers);
            }
        };
        let (first, second) = (drawn(), drawn());
        let [direct, lines] = [0x1000_0000, 0x2000_0000]
            .map(|half: u128| ConnectionId(Uuid::from_u128((half + case) << 96 | case)));
        let (mut console, mut ids) = console("2027-05-25T00:00:00Z");
        console.variables.clear();
        ids.retain(|slot, _| matches!(slot, Slot::Try | Slot::InDays(_)));
        let lives = life(direct, &first, &second)
            .into_iter()
            .zip(life(lines, &first, &second));
        for (of_direct, of_lines) in lives {
            for change in of_direct {
                // The secret that is taken away is the one that was made; its id is told when it is made.
                let change = match (change, ids.get(&Slot::Key)) {
                    (Change::RemoveCredential(_), Some(key)) => {
                        removed += 1;
                        Change::RemoveCredential(RemoveCredential {
                            key: key.parse::<Uuid>().map(KeyId).unwrap(),
                            certificate: false,
                        })
                    }
                    (change, _) => change,
                };
                for call in change.calls() {
                    colleague.send(&call, &mut ids).await.unwrap();
                }
            }
            for change in of_lines {
                let key = console
                    .variables
                    .get("$secret")
                    .and_then(|secret| text(Some(secret), "keyId"));
                let change = match (change, key) {
                    (Change::RemoveCredential(_), Some(key)) => Change::RemoveCredential(RemoveCredential {
                        key: key.parse::<Uuid>().map(KeyId).unwrap(),
                        certificate: false,
                    }),
                    (change, _) => change,
                };
                for call in change.calls() {
                    let written = line(&call);
                    console
                        .run(&written, &colleague)
                        .await
                        .unwrap_or_else(|why| panic!("{why}\n{written}"));
                }
            }
            let by_calls =
                [Slot::AppObject, Slot::AppClient, Slot::Principal].map(|slot| ids.get(&slot).cloned());
            let of = |variable: &str, field: &str| {
                console
                    .variables
                    .get(variable)
                    .and_then(|value| text(Some(value), field))
            };
            let by_lines = [
                of("$app", "id"),
                of("$app", "appId"),
                of("$servicePrincipal", "id"),
            ];
            let after_calls = held(&colleague, direct, by_calls).await;
            assert_eq!(after_calls, held(&colleague, lines, by_lines).await);
            stages += 1;
        }
    }
    assert_eq!((stages, removed), (900, 300));
    handle.stop().await;
}

#[test]
fn a_console_refuses_what_powershell_would_refuse() {
    let (console, _) = console("2027-05-25T00:00:00Z");
    for wrong in [
        "Get-Mailbox -Identity 'o'brien'",
        "Get-Mailbox -Identity 'open",
        "Get-Mailbox -Identity $nobody.id",
        "Get-Mailbox; Remove-Mailbox -Identity 'x'",
        "Get-Mailbox -Identity ’x’",
    ] {
        assert!(console.read(wrong).is_err(), "{wrong}");
    }
}
