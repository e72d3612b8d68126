//! What was in the organisation before anybody practised: other people's apps, grants, scopes and groups.
//! Nothing of it is the wizard's, so that "never touch what isn't ours" can be tested.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::organisation::PUBLIC_CLIENT_ID;
use crate::organisation::exchange::{
    AdministrativeUnit, ClientAccess, ExchangeServicePrincipal, Group, ManagementScope, RoleAssignment,
    distinguished_name,
};
use crate::organisation::ids::{hex_sha256, stable_id};
use crate::organisation::objects::Objects;
use crate::organisation::registrations::{
    AppRoleAssignment, Application, DirectoryRoleAssignment, KeyCredential, PasswordCredential,
    PermissionGrant, ServicePrincipal,
};
use crate::people::administrators::PEOPLE;
use crate::people::directory::{Directory, IdKind};
use crate::people::domains::DEFAULT_DOMAIN;
use crate::published::permissions::{EXCHANGE, GRAPH, RESOURCES, Resource};

/// The apps of other people: name and the application permissions on Microsoft Graph that they hold.
const APPS: [(&str, &[&str]); 23] = [
    ("Backup for Mailboxes", &["Mail.ReadWrite", "User.Read.All"]),
    ("Badge Printing", &[]),
    ("Canteen Menu", &[]),
    ("CRM Mail Sync", &["Mail.Read"]),
    ("Device Inventory", &["Directory.Read.All"]),
    ("Expense Robot", &["Mail.Send"]),
    ("Fleet Tracker", &[]),
    ("HR Onboarding", &["User.Read.All", "Group.Read.All"]),
    ("Invoice Scanner", &["Mail.Read", "Mail.Send"]),
    ("Legal Hold Export", &["Mail.ReadBasic.All"]),
    ("Meeting Room Panels", &["Calendars.Read"]),
    ("Newsletter Sender", &["Mail.Send"]),
    ("Old Help Desk", &["Mail.ReadWrite"]),
    ("Password Portal", &["User.Read.All"]),
    ("Payroll Bridge", &[]),
    ("Phone Directory", &["User.ReadBasic.All"]),
    ("Power Reports", &["Organization.Read.All"]),
    ("Printer Gateway", &["Mail.Send"]),
    ("Sinch CP pilot", &["Mail.ReadWrite", "Mail.Send"]),
    ("Survey Tool", &[]),
    ("Ticketing Connector", &[]),
    ("Travel Booking", &[]),
    ("Visitor Register", &[]),
];

/// The objects of a new organisation.
pub(crate) fn objects(seed: u64, tenant_id: &str) -> Objects {
    let mut objects = Objects {
        tenant_id: tenant_id.to_owned(),
        seed,
        ..Objects::default()
    };
    let founded = instant("2024-02-01T08:00:00Z");
    for resource in RESOURCES {
        objects.service_principals.push(ServicePrincipal {
            id: stable_id(seed, resource.display_name),
            app_id: resource.app_id.into(),
            display_name: resource.display_name.into(),
            created: founded,
            visible_at: founded,
            tags: Vec::new(),
            account_enabled: true,
            owner_tenant: "f8cdef31-a31e-4b4a-93e4-5f571e91255a".into(),
        });
    }
    objects.service_principals.push(ServicePrincipal {
        id: stable_id(seed, "public client"),
        app_id: PUBLIC_CLIENT_ID.into(),
        display_name: "Mailgrant (practice)".into(),
        created: founded,
        visible_at: founded,
        tags: vec!["WindowsAzureActiveDirectoryIntegratedApp".into()],
        account_enabled: true,
        owner_tenant: stable_id(seed, "publisher tenant"),
    });
    for (number, (name, roles)) in APPS.into_iter().enumerate() {
        foreign_app(&mut objects, seed, number, name, roles);
    }
    foreign_exchange(&mut objects, seed);
    protocols_off(&mut objects);
    objects.directory_roles = directory_roles(seed);
    objects.foreign = objects.fingerprints();
    crate::organisation::standing::add(&mut objects);
    objects
}

/// Somebody switched the mail programs' protocols off for a mailbox, as many organisations do.
fn protocols_off(objects: &mut Objects) {
    let off = ClientAccess {
        imap: false,
        pop: false,
        ..ClientAccess::default()
    };
    let mailbox = "claims@contoso.example".to_owned();
    objects.exchange.client_access.insert(mailbox, off);
}

/// The directory roles that people have from the start.
pub(crate) fn directory_roles(seed: u64) -> Vec<DirectoryRoleAssignment> {
    // The people who can sign in are the first entries of every directory, whatever its size.
    let directory = Directory::generate(seed, 0);
    let mut held = Vec::new();
    for person in &PEOPLE {
        let Some(position) = directory.by_alias(person.alias) else {
            continue;
        };
        let roles = person.roles.iter().map(|role| (role, true));
        for (role, active) in roles.chain(person.eligible.iter().map(|role| (role, false))) {
            held.push(DirectoryRoleAssignment {
                id: stable_id(seed, &format!("{} {}", person.alias, role.template_id)),
                principal_id: directory.id(IdKind::Directory, position),
                role_template_id: role.template_id.into(),
                active,
            });
        }
    }
    held
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap_or_default()
}

fn foreign_app(objects: &mut Objects, seed: u64, number: usize, name: &str, roles: &[&str]) {
    let created = instant(&format!(
        "2024-{:02}-{:02}T10:15:00Z",
        number % 12 + 1,
        number % 27 + 1
    ));
    let app_id = stable_id(seed, &format!("{name} app id"));
    let principal_id = stable_id(seed, &format!("{name} principal"));
    let declared: Vec<Value> = roles
        .iter()
        .filter_map(|role| GRAPH.role_by_value(role))
        .map(|role| json!({"id": role.id, "type": "Role"}))
        .collect();
    let mut writable = Map::new();
    for (property, value) in crate::organisation::registrations::application_defaults() {
        writable.insert(property, value);
    }
    writable.insert("displayName".into(), json!(name));
    if !declared.is_empty() {
        let access = json!([{"resourceAppId": GRAPH.app_id, "resourceAccess": declared}]);
        writable.insert("requiredResourceAccess".into(), access);
    }
    let keys = number.is_multiple_of(5).then(|| KeyCredential {
        usable_at: created,
        key_id: stable_id(seed, &format!("{name} key")),
        display_name: Some("CN=foreign".into()),
        start: instant("2025-05-01T00:00:00Z"),
        end: instant("2027-05-01T00:00:00Z"),
        kind: "AsymmetricX509Cert".into(),
        usage: "Verify".into(),
        certificate: String::new(),
        custom_key_identifier: None,
    });
    let password = PasswordCredential {
        key_id: stable_id(seed, &format!("{name} secret")),
        display_name: Some(format!("{name} 2025")),
        start: instant("2025-06-01T00:00:00Z"),
        end: instant("2027-06-01T00:00:00Z"),
        hint: "q8T".into(),
        sha256: hex_sha256(format!("{seed} {name} nobody knows this").as_bytes()),
        usable_at: created,
    };
    objects.applications.push(Application {
        id: stable_id(seed, &format!("{name} object")),
        app_id: app_id.clone(),
        unique_name: None,
        created,
        visible_at: created,
        deleted: None,
        writable,
        passwords: if number.is_multiple_of(3) {
            Vec::new()
        } else {
            vec![password]
        },
        keys: keys.into_iter().collect(),
        created_by: None,
    });
    objects.service_principals.push(ServicePrincipal {
        id: principal_id.clone(),
        app_id,
        display_name: name.into(),
        created,
        visible_at: created,
        tags: vec!["WindowsAzureActiveDirectoryIntegratedApp".into()],
        account_enabled: true,
        owner_tenant: objects.tenant_id.clone(),
    });
    for role in roles {
        grant_role(objects, seed, &principal_id, &GRAPH, role, created);
    }
    if name == "Old Help Desk" {
        grant_role(
            objects,
            seed,
            &principal_id,
            &EXCHANGE,
            "full_access_as_app",
            created,
        );
    }
    if name == "CRM Mail Sync" {
        objects.permission_grants.push(PermissionGrant {
            id: stable_id(seed, "CRM grant"),
            client_id: principal_id,
            principal_id: None,
            resource_id: stable_id(seed, GRAPH.display_name),
            scope: "openid profile User.Read Mail.Read".into(),
        });
    }
}

fn grant_role(
    objects: &mut Objects,
    seed: u64,
    principal: &str,
    resource: &Resource,
    role: &str,
    created: Timestamp,
) {
    if let Some(found) = resource.role_by_value(role) {
        objects.app_role_assignments.push(AppRoleAssignment {
            id: stable_id(seed, &format!("{principal} {} {role}", resource.app_id)),
            app_role_id: found.id.into(),
            principal_id: principal.to_owned(),
            resource_id: stable_id(seed, resource.display_name),
            created,
        });
    }
}

fn foreign_exchange(objects: &mut Objects, seed: u64) {
    for (name, alias, security, members) in [
        (
            "Ticketing mailboxes",
            "ticketing-mailboxes",
            true,
            &["info", "orders"][..],
        ),
        (
            "All Sales",
            "all-sales",
            false,
            &["sales", "dana.reyes", "tom.okafor"][..],
        ),
        (
            "Finance Approvers",
            "finance-approvers",
            true,
            &["billing", "priya.nair"][..],
        ),
    ] {
        objects.exchange.groups.push(Group {
            name: name.into(),
            display_name: name.into(),
            alias: alias.into(),
            primary_smtp: format!("{alias}@{DEFAULT_DOMAIN}"),
            guid: stable_id(seed, &format!("{name} group")),
            distinguished_name: distinguished_name(name),
            security,
            unified: false,
            filter: None,
            hidden: false,
            members: members
                .iter()
                .map(|alias| format!("{alias}@{DEFAULT_DOMAIN}"))
                .collect(),
        });
    }
    let member = |alias: &str| format!("{alias}@{DEFAULT_DOMAIN}");
    for (name, alias, unified, filter, members) in [
        // A group in a group: its members' members count for access policies and not for scopes.
        (
            "Every desk",
            "every-desk",
            false,
            None,
            vec![member("ticketing-mailboxes"), member("hr")],
        ),
        (
            "Project Aurora",
            "project-aurora",
            true,
            None,
            vec![member("dana.reyes"), member("sales")],
        ),
        (
            "Everyone in Finance",
            "everyone-finance",
            false,
            Some("Department -eq 'Finance'".to_owned()),
            vec![],
        ),
    ] {
        objects.exchange.groups.push(Group {
            name: name.into(),
            display_name: name.into(),
            alias: alias.into(),
            primary_smtp: member(alias),
            guid: stable_id(seed, &format!("{name} group")),
            distinguished_name: distinguished_name(name),
            security: alias == "every-desk",
            unified,
            filter,
            hidden: false,
            members,
        });
    }
    objects.exchange.administrative_units.push(AdministrativeUnit {
        id: stable_id(seed, "Customer Care unit"),
        display_name: "Customer Care".into(),
        members: ["support", "info", "orders"]
            .map(|alias| format!("{alias}@{DEFAULT_DOMAIN}"))
            .to_vec(),
    });
    let principal = stable_id(seed, "Ticketing Connector principal");
    objects
        .exchange
        .service_principals
        .push(ExchangeServicePrincipal {
            app_id: stable_id(seed, "Ticketing Connector app id"),
            object_id: principal.clone(),
            display_name: "Ticketing Connector".into(),
            guid: stable_id(seed, "Ticketing Connector pointer"),
        });
    for (name, filter) in [
        (
            "Ticketing scope",
            format!(
                "MemberOfGroup -eq '{}'",
                distinguished_name("Ticketing mailboxes")
            ),
        ),
        ("Marine division", "CustomAttribute1 -eq 'Marine'".to_owned()),
    ] {
        objects.exchange.scopes.push(ManagementScope {
            name: name.into(),
            filter,
            guid: stable_id(seed, &format!("{name} scope")),
            exclusive: false,
        });
    }
    for role in ["Application Mail.Read", "Application Mail.Send"] {
        objects.exchange.assignments.push(RoleAssignment {
            name: format!("Ticketing-{}", role.trim_start_matches("Application ")),
            role: role.into(),
            app: principal.clone(),
            scope: Some("Ticketing scope".into()),
            group_scope: None,
            administrative_unit: None,
            guid: stable_id(seed, &format!("Ticketing {role}")),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_organisation_has_other_peoples_things_and_nothing_of_ours() {
        let objects = objects(1, "t");
        assert_eq!(objects.applications.len(), 23);
        assert!(
            objects
                .applications
                .iter()
                .any(|app| app.display_name() == "Sinch CP pilot")
        );
        assert!(objects.app_role_assignments.len() > 15);
        assert!(objects.foreign_changes().is_empty());
        assert!(objects.foreign.len() > 70);
    }

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let ids = |seed| {
            objects(seed, "t")
                .applications
                .into_iter()
                .map(|app| app.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(3), ids(3));
        assert_ne!(ids(3), ids(4));
    }
}
