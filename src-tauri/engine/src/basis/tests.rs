use domain::grant::{MICROSOFT_GRAPH, Opens};

use super::reasons::*;
use super::*;

pub(crate) const SCOPE: &str = "Mailgrant Contoso 12345678";

pub(crate) fn mailbox(number: u128) -> MailboxId {
    MailboxId(uuid::Uuid::from_u128(number))
}

fn key(number: u128) -> KeyId {
    KeyId(uuid::Uuid::from_u128(number))
}

fn named(name: &str) -> Named {
    Named {
        id: name.to_owned(),
        name: name.to_owned(),
    }
}

pub(crate) fn asked() -> Asked {
    Asked {
        group: None,
        mailboxes: BTreeMap::from([(mailbox(1), "support@contoso.example".to_owned())]),
        permissions: BTreeSet::from([Permission::MailReadWrite]),
        scope: Some(SCOPE.to_owned()),
        in_use: BTreeSet::new(),
        key: Some(key(7)),
        owners: BTreeSet::from(["dana".to_owned()]),
    }
}

fn credential(number: u128) -> CredentialSeen {
    CredentialSeen {
        key: key(number),
        name: "Mailgrant".into(),
        kind: CredentialKind::Secret,
        ends_at: None,
    }
}

fn assignment(role: &str, scope: &str) -> AssignmentSeen {
    AssignmentSeen {
        role: role.into(),
        scope: scope.into(),
        name: format!("{role} in {scope}"),
    }
}

pub(crate) fn good() -> Basis {
    Basis {
        enabled: true,
        tagged: true,
        audience: "AzureADMyOrg".into(),
        redirects: BTreeSet::new(),
        scope: Some(ScopeSeen {
            name: SCOPE.into(),
            filter: format!("ExternalDirectoryObjectId -eq '{}'", mailbox(1)),
            holds: asked().mailboxes,
            holds_others: BTreeSet::new(),
            holds_more: false,
        }),
        assignments: BTreeSet::from([assignment("Application Mail.ReadWrite", SCOPE)]),
        shared_with: BTreeSet::new(),
        grants: BTreeSet::new(),
        directory_roles: BTreeSet::new(),
        mailbox_rights: BTreeSet::new(),
        send_as: BTreeSet::new(),
        credentials: BTreeSet::from([credential(7)]),
        federated: BTreeSet::new(),
        owners: BTreeSet::from([named("dana")]),
        profile: ("contoso".into(), 1),
        permissions: asked().permissions,
        secret: "digest".into(),
    }
}

fn grant(opens: Opens) -> EntraGrant {
    EntraGrant {
        id: "g".into(),
        resource: "Microsoft Graph".into(),
        api: MICROSOFT_GRAPH.into(),
        permission: "x".into(),
        app_role: true,
        opens,
    }
}

/// Each change to a good state is named, and whether it makes the app too broad.
#[test]
fn every_change_has_its_reason() {
    assert_eq!(reasons(&good(), &asked()), []);
    type Change = (&'static str, bool, fn(&mut Basis));
    let changes: [Change; 23] = [
        ("scope grew", true, |b| {
            let scope = b.scope.as_mut().unwrap();
            scope.holds.insert(mailbox(2), "ceo@contoso.example".into());
        }),
        ("scope holds a group", true, |b| {
            b.scope.as_mut().unwrap().holds_others.insert("All".into());
        }),
        ("scope holds more than was listed", true, |b| {
            b.scope.as_mut().unwrap().holds_more = true;
        }),
        ("scope shrank", false, |b| b.scope.as_mut().unwrap().holds.clear()),
        ("scope gone", false, |b| b.scope = None),
        ("another role", true, |b| {
            b.assignments.insert(assignment("Application Mail.Read", SCOPE));
        }),
        ("the same role elsewhere", true, |b| {
            b.assignments
                .insert(assignment("Application Mail.ReadWrite", "All staff"));
        }),
        ("the same role everywhere", true, |b| {
            b.assignments.insert(assignment("Application Mail.ReadWrite", ""));
        }),
        ("no role", false, |b| b.assignments.clear()),
        ("a mail grant", true, |b| {
            b.grants.insert(grant(Opens::Mailboxes));
        }),
        ("a grant that leads to more", true, |b| {
            b.grants.insert(grant(Opens::MoreRights));
        }),
        ("a grant nobody can read", true, |b| {
            b.grants.insert(grant(Opens::Unknown));
        }),
        ("a directory role", true, |b| {
            b.directory_roles.insert(named("Exchange Administrator"));
        }),
        ("a mailbox right", true, |b| {
            b.mailbox_rights.insert(MailboxRight {
                mailbox: mailbox(1),
                address: String::new(),
                right: "FullAccess".into(),
            });
        }),
        ("send as", true, |b| {
            b.send_as.insert("support".into());
        }),
        ("another secret", false, |b| {
            b.credentials.insert(credential(8));
        }),
        ("our secret gone", false, |b| b.credentials.clear()),
        ("federated", false, |b| {
            b.federated.insert(named("repo"));
        }),
        ("owner", false, |b| {
            b.owners.insert(named("eve"));
        }),
        ("disabled", false, |b| b.enabled = false),
        ("tag gone", false, |b| b.tagged = false),
        ("other organisations", false, |b| {
            b.audience = "AzureADMultipleOrgs".into()
        }),
        ("a redirect", false, |b| {
            b.redirects.insert("https://evil.example".into());
        }),
    ];
    for (what, broad, change) in changes {
        let mut basis = good();
        change(&mut basis);
        let found = reasons(&basis, &asked());
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert_eq!(found[0].too_broad(), broad, "{what}");
    }
}

#[test]
fn what_opens_no_mailbox_is_no_reason() {
    let mut basis = good();
    basis.grants.insert(grant(Opens::Nothing));
    basis.owners.clear();
    assert_eq!(reasons(&basis, &asked()), []);
}

#[test]
fn a_fingerprint_is_of_the_state_and_not_of_who_read_it() {
    let here = good().fingerprint().unwrap();
    let elsewhere = Basis {
        secret: "another computer's digest".into(),
        ..good()
    };
    assert_eq!(elsewhere.fingerprint().unwrap(), here);
    let mut wider = good();
    if let Some(scope) = &mut wider.scope {
        scope.holds.insert(mailbox(2), "hr@contoso.example".into());
    }
    assert_ne!(wider.fingerprint().unwrap(), here);
    assert_eq!(here.len(), 64);
}

#[test]
fn a_filter_that_names_the_objects_is_known_however_it_is_written() {
    let (one, two) = (mailbox(1), mailbox(2));
    let both = [&one, &two];
    for filter in [
        format!("ExternalDirectoryObjectId -eq '{one}' -or ExternalDirectoryObjectId -eq '{two}'"),
        format!("((ExternalDirectoryObjectId -EQ \"{two}\") -OR (externalDirectoryObjectId -eq '{one}'))"),
        format!("ExternalDirectoryObjectId  -eq  '{one}'\n-or ExternalDirectoryObjectId -eq '{two}'"),
    ] {
        assert!(names_only(&filter, both), "{filter}");
    }
    for filter in [
        String::new(),
        "Department -eq 'Support'".to_owned(),
        format!("ExternalDirectoryObjectId -eq '{one}'"),
        format!("ExternalDirectoryObjectId -eq '{one}' -and ExternalDirectoryObjectId -eq '{two}'"),
        format!("ExternalDirectoryObjectId -eq '{one}' -or ExternalDirectoryObjectId -like '{two}'"),
        format!(
            "ExternalDirectoryObjectId -eq '{one}' -or ExternalDirectoryObjectId -eq '{two}' -or CustomAttribute1 -eq 'x'"
        ),
        format!("-not(ExternalDirectoryObjectId -eq '{one}' -or ExternalDirectoryObjectId -eq '{two}')"),
    ] {
        assert!(!names_only(&filter, both), "{filter}");
    }
}

#[test]
fn a_rule_that_matches_the_right_mailboxes_today_is_no_proof() {
    let mut basis = good();
    if let Some(scope) = &mut basis.scope {
        scope.filter = "CustomAttribute1 -eq 'desk'".into();
    }
    let found = reasons(&basis, &asked());
    assert!(
        matches!(found.as_slice(), [Reason::ScopeFilter { .. }]),
        "{found:?}"
    );
}
