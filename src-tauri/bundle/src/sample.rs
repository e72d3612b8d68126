//! One made-up connection for the tests.

use domain::message::Voice;
use domain::secret::Secret;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use words::{Language, Speaker};

use crate::connection::*;
use crate::record::{Person, Record};
use crate::reminder::Reminder;

/// A value of the form that Microsoft gives, with characters that JSON and HTML have to escape.
pub(crate) const SECRET: &str = "Zq8~made.up<for>tests&only_0123456789abc";

pub(crate) fn secret() -> Secret {
    Secret::new(SECRET.to_owned())
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn mailbox(address: &str, object_id: &str, kind: &str, name: &str) -> MailboxGiven {
    MailboxGiven {
        address: address.into(),
        object_id: object_id.into(),
        kind: kind.into(),
        name: name.into(),
    }
}

fn row(mailbox: &str, number: usize, permission: &str, stamp: &str, works: bool, second: u8) -> ProofRow {
    let word = if works { "works" } else { "refused" };
    ProofRow {
        mailbox: mailbox.into(),
        object_id: format!("11111111-aaaa-4bbb-8ccc-{:012}", number + 1),
        permission: permission.into(),
        expected: word.into(),
        finding: word.into(),
        stamp: stamp.into(),
        at: at(&format!("2026-11-22T10:56:{second:02}Z")),
        request_id: (stamp == "observed").then(|| format!("7c1f0a54-2b6d-4e0e-9a3b-0000000000{second:02}")),
    }
}

pub(crate) fn connection() -> Connection {
    let entry = |label: &str, text: &str| FormEntry {
        label: label.into(),
        value: FormValue::Text(text.into()),
    };
    let tenant = "2f6d1c1e-8a35-4a5e-9d0b-52f6a7c0d111";
    let client = "4b1c7f3e-0000-4000-8000-000000009e07";
    let mut rows = Vec::new();
    for (n, (address, works)) in [
        ("support@northwind.example", true),
        ("orders@northwind.example", true),
        ("ceo@northwind.example", false),
    ]
    .into_iter()
    .enumerate()
    {
        let second = n as u8 * 10;
        rows.push(row(address, n, "Set up in Exchange", "configured", works, second));
        rows.push(row(address, n, "Mail.ReadWrite", "observed", works, second + 1));
        rows.push(row(address, n, "Mail.Send", "observed", works, second + 2));
    }
    Connection {
        practice: true,
        connection_id: "0d9f6a3e-5b1c-4c57-8f0e-3a2b1c0d9e8f".into(),
        platform: Platform { id: "sinch-contact-pro".into(), name: "Sinch Contact Pro".into(), profile_version: 3 },
        cloud: CloudName {
            name: "Worldwide".into(),
            authority: "https://login.microsoftonline.com/".into(),
            graph: "https://graph.microsoft.com/".into(),
            connect_exchange: "Connect-ExchangeOnline".into(),
        },
        tenant_id: tenant.into(),
        organisation: "Northwind Traders".into(),
        domain: "northwind.example".into(),
        app: App {
            name: "Sinch Contact Pro mail".into(),
            client_id: client.into(),
            object_id: "90a8e7d2-1111-4222-8333-444455556666".into(),
            service_principal_id: "c3d9b5aa-7777-4888-9999-aaaabbbbcccc".into(),
        },
        credential: Credential {
            certificate: None,
            key_id: "5e2b9f10-3c4d-4e5f-8a6b-7c8d9e0f1a2b".into(),
            starts_at: at("2026-11-22T10:41:00Z"),
            ends_at: at("2027-05-21T10:41:00Z"),
        },
        permissions: [
            ("Mail.ReadWrite", "to read queue mail and file it"),
            ("Mail.Send", "to send answers from the queue's own address"),
        ]
        .into_iter()
        .map(|(name, reason)| PermissionGiven {
            api: "Microsoft Graph".into(),
            name: name.into(),
            authority: "exchangeRbac".into(),
            reason: reason.into(),
        })
        .collect(),
        mailboxes: vec![
            mailbox("support@northwind.example", "11111111-aaaa-4bbb-8ccc-000000000001", "SharedMailbox", "Support"),
            mailbox("orders@northwind.example", "11111111-aaaa-4bbb-8ccc-000000000002", "SharedMailbox", "Orders & returns"),
        ],
        protocol: Protocol {
            host: "https://graph.microsoft.com/".into(),
            token_scope: "https://graph.microsoft.com/.default".into(),
            servers: Vec::new(),
        },
        scope: Scope {
            method: "rbacForApplications".into(),
            name: "Mailgrant 4b1c7f3e".into(),
            filter: "ExternalDirectoryObjectId -eq '11111111-aaaa-4bbb-8ccc-000000000001' -or ExternalDirectoryObjectId -eq '11111111-aaaa-4bbb-8ccc-000000000002'"
                .into(),
            holds: vec![
                Held { object_id: "11111111-aaaa-4bbb-8ccc-000000000001".into(), address: "support@northwind.example".into() },
                Held { object_id: "11111111-aaaa-4bbb-8ccc-000000000002".into(), address: "orders@northwind.example".into() },
            ],
            assignments: vec!["Mailgrant 4b1c7f3e read".into(), "Mailgrant 4b1c7f3e send".into()],
        },
        proof: Proof {
            tested_at: at("2026-11-22T10:56:22Z"),
            fingerprint: "9f2c4e1b7a6d5f3082c1b0a99f2c4e1b7a6d5f3082c1b0a99f2c4e1b7a6d5f30".into(),
            works: Count { of: 2, n: 2 },
            refused: Count { of: 1, n: 1 },
            rows,
        },
        renew_by: at("2027-04-21T10:41:00Z"),
        contact: "ada@northwind.example".into(),
        form: vec![
            entry("Address", &format!("https://login.microsoftonline.com/{tenant}")),
            entry("Authentication type", "OAuth Service"),
            entry("Client ID", client),
            FormEntry { label: "Secret".into(), value: FormValue::Secret },
            entry("Email queue address", "support@northwind.example, orders@northwind.example"),
        ],
        made_at: at("2026-11-22T10:58:03Z"),
        generator: "Mailgrant 0.1.0".into(),
    }
}

pub(crate) fn record() -> Record {
    Record {
        connection: connection(),
        exported_by: Person {
            name: "Ada Example".into(),
            user_name: "ada@northwind.example".into(),
        },
        made_by: vec![
            Person {
                name: "Ada Example".into(),
                user_name: "ada@northwind.example".into(),
            },
            Person {
                name: "Grace Example".into(),
                user_name: "grace@northwind.example".into(),
            },
        ],
        undo: vec![
            "Remove-ManagementRoleAssignment -Identity 'Mailgrant 4b1c7f3e read' -Confirm:$false".into(),
            "Remove-ManagementRoleAssignment -Identity 'Mailgrant 4b1c7f3e send' -Confirm:$false".into(),
            "Remove-ManagementScope -Identity 'Mailgrant 4b1c7f3e' -Confirm:$false".into(),
            "Remove-ServicePrincipal -Identity 'c3d9b5aa-7777-4888-9999-aaaabbbbcccc' -Confirm:$false".into(),
            "Entra admin center, App registrations, Sinch Contact Pro mail, Delete".into(),
        ],
        not_proven: vec![
            "That the app may change and delete mail, not only read it, rests on Microsoft's own test."
                .into(),
            "Mailboxes that are not in the table were not tried.".into(),
        ],
        sealed: "to the key age1qz…w7k9".into(),
    }
}

pub(crate) fn reminder() -> Reminder {
    let connection = connection();
    Reminder {
        connection_id: connection.connection_id,
        key_id: connection.credential.key_id,
        platform: connection.platform.name,
        organisation: connection.organisation,
        ends_at: connection.credential.ends_at,
        made_at: connection.made_at,
        practice: false,
    }
}

/// English in UTC.
pub(crate) fn english() -> Voice {
    voice(Language::English)
}

/// German in UTC.
pub(crate) fn german() -> Voice {
    voice(Language::German)
}

fn voice(language: Language) -> Voice {
    Speaker::new(language, TimeZone::UTC, at("2026-11-22T10:58:03Z")).voice()
}

/// The public half of a certificate.
pub(crate) fn certificate() -> Certificate {
    Certificate {
        pem: "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n".into(),
        thumbprint: "4809D6EA89A7C43F69FFAC84656F8CBCB571B1F9".into(),
        thumbprint_sha256: "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08".into(),
    }
}
