//! The enterprise applications that stand in the organisation for those who come without one of their own: an
//! administrator that is an application, and the public clients that Microsoft's own tools sign people in with.
//!
//! Their registrations live in other tenants, so that the organisation's own list of app registrations holds
//! only what its people made.

use jiff::Timestamp;

use crate::organisation::exchange::{
    ExchangeServicePrincipal, FULL_ACCESS, MailboxPermission, RecipientPermission,
};
use crate::organisation::ids::{secret_text, stable_id};
use crate::organisation::objects::Objects;
use crate::organisation::registrations::{AppRoleAssignment, DirectoryRoleAssignment, ServicePrincipal};
use crate::people::domains::DEFAULT_DOMAIN;
use crate::people::roles::{EXCHANGE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, Role};
use crate::published::permissions::{AZURE_MANAGEMENT, AZURE_PORTAL, EXCHANGE, GRAPH, Resource};

/// The app id of "Practice Administrator", the same in every practice organisation. Its secret is made afresh at
/// each start.
pub(crate) const ADMINISTRATOR_CLIENT_ID: &str = "0a51f3c4-9d27-4b8e-b1c6-52e7d48f9a03";

/// The tenant that publishes Microsoft's own clients ("Microsoft Services").
pub(crate) const MICROSOFT_TENANT: &str = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

/// The clear text of the administrator's secret, for the one who started the organisation.
pub(crate) struct AdministratorSecret(String);

impl AdministratorSecret {
    /// A fresh secret, or `None` when the system gives no random numbers.
    pub(crate) fn generate() -> Option<Self> {
        secret_text().map(Self)
    }

    /// The clear text.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for AdministratorSecret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("AdministratorSecret")
    }
}

/// What the administrator may do on Microsoft Graph.
const ON_GRAPH: [&str; 19] = [
    "Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "AuditLog.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.ReadWrite.All",
    "User.Read.All",
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "Organization.Read.All",
    "Domain.Read.All",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagement.ReadWrite.Exchange",
    "Policy.Read.All",
    "Policy.ReadWrite.ApplicationConfiguration",
    "Mail.ReadWrite",
    "Mail.Send",
    "MailboxSettings.ReadWrite",
    "Calendars.Read",
    "Contacts.Read",
];

/// What the administrator may do on Exchange Online.
const ON_EXCHANGE: [&str; 4] = [
    "Exchange.ManageAsApp",
    "IMAP.AccessAsApp",
    "POP.AccessAsApp",
    "SMTP.SendAsApp",
];

/// The directory roles of the administrator; `Exchange.ManageAsApp` alone opens nothing (microsoft-facts §4d).
const DIRECTORY_ROLES: [Role; 2] = [GLOBAL_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR];

/// A public client of Microsoft's own (microsoft-facts §1.7).
#[derive(Debug)]
pub(crate) struct FirstParty {
    pub(crate) app_id: &'static str,
    pub(crate) display_name: &'static str,
    /// Where it may be sent back to.
    pub(crate) redirects: &'static [&'static str],
    /// The APIs whose tokens it may have at all, with the scopes that nobody has to consent to; any other API
    /// answers AADSTS65002.
    pub(crate) allowed: &'static [Allowed],
}

/// One API that a first-party client may ask for.
#[derive(Debug)]
pub(crate) struct Allowed {
    pub(crate) resource: &'static str,
    /// Scopes that are granted without anybody's consent.
    pub(crate) preauthorised: &'static [&'static str],
    /// Whether further scopes may be asked for and consented to.
    pub(crate) others: bool,
}

/// Redirect addresses that native clients of Microsoft's share.
const NATIVE: &[&str] = &[
    "http://localhost",
    "http://127.0.0.1",
    "https://login.microsoftonline.com/common/oauth2/nativeclient",
    "urn:ietf:wg:oauth:2.0:oob",
];

/// Every first-party client that the organisation plays.
pub(crate) const FIRST_PARTY: [FirstParty; 4] = [
    FirstParty {
        app_id: "14d82eec-204b-4c2f-b7e8-296a70dab67e",
        display_name: "Microsoft Graph Command Line Tools",
        redirects: NATIVE,
        allowed: &[
            Allowed {
                resource: GRAPH.app_id,
                preauthorised: &[],
                others: true,
            },
            // A token comes, but it carries a scope only after somebody granted one (microsoft-facts §1.7).
            Allowed {
                resource: EXCHANGE.app_id,
                preauthorised: &[],
                others: true,
            },
        ],
    },
    FirstParty {
        app_id: "fb78d390-0c51-40cd-8e17-fdbfab77341b",
        display_name: "Microsoft Exchange REST API Based Powershell",
        redirects: NATIVE,
        allowed: &[Allowed {
            resource: EXCHANGE.app_id,
            preauthorised: &["Exchange.Manage"],
            others: false,
        }],
    },
    FirstParty {
        app_id: "a0c73c16-a7e3-4564-9a95-2bdf47383716",
        display_name: "Microsoft Exchange Online Remote PowerShell",
        redirects: NATIVE,
        allowed: &[Allowed {
            resource: EXCHANGE.app_id,
            preauthorised: &["Exchange.Manage"],
            others: false,
        }],
    },
    // Which scopes Azure CLI is pre-authorised for on Graph is UNVERIFIED (microsoft-facts §1.7 [K]); these are what its
    // tokens are seen to carry.
    FirstParty {
        app_id: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
        display_name: "Microsoft Azure CLI",
        redirects: NATIVE,
        allowed: &[
            Allowed {
                resource: GRAPH.app_id,
                preauthorised: &[
                    "Application.ReadWrite.All",
                    "AppRoleAssignment.ReadWrite.All",
                    "AuditLog.Read.All",
                    "DelegatedPermissionGrant.ReadWrite.All",
                    "Directory.AccessAsUser.All",
                    "Group.ReadWrite.All",
                    "User.Read.All",
                    "User.ReadWrite.All",
                ],
                others: false,
            },
            Allowed {
                resource: AZURE_MANAGEMENT.app_id,
                preauthorised: &["user_impersonation"],
                others: false,
            },
            Allowed {
                resource: AZURE_PORTAL.app_id,
                preauthorised: &["user_impersonation"],
                others: false,
            },
        ],
    },
];

/// The first-party client with this app id.
pub(crate) fn first_party(app_id: &str) -> Option<&'static FirstParty> {
    FIRST_PARTY
        .iter()
        .find(|client| client.app_id.eq_ignore_ascii_case(app_id))
}

impl FirstParty {
    /// What the client may ask of this API, or `None` when it may not ask for it at all.
    pub(crate) fn on(&self, resource_app_id: &str) -> Option<&'static Allowed> {
        self.allowed
            .iter()
            .find(|allowed| allowed.resource.eq_ignore_ascii_case(resource_app_id))
    }
}

/// Adds what is missing of the standing enterprise applications and marks it as there from the start. An
/// organisation that an earlier version kept gets them too.
pub(crate) fn add(objects: &mut Objects) {
    let before = objects.fingerprints();
    let (seed, founded) = (objects.seed, instant("2024-02-01T08:00:00Z"));
    for azure in [&AZURE_MANAGEMENT, &AZURE_PORTAL] {
        principal(
            objects,
            azure.app_id,
            azure.display_name,
            MICROSOFT_TENANT,
            founded,
        );
    }
    for client in &FIRST_PARTY {
        principal(
            objects,
            client.app_id,
            client.display_name,
            MICROSOFT_TENANT,
            founded,
        );
    }
    let publisher = stable_id(seed, "administrator's publisher");
    let new = principal(
        objects,
        ADMINISTRATOR_CLIENT_ID,
        "Practice Administrator",
        &publisher,
        founded,
    );
    if let Some(id) = new {
        authorise(objects, &id, founded);
        register_in_exchange(objects, ADMINISTRATOR_CLIENT_ID, &id, "Practice Administrator");
    }
    for (key, print) in objects.fingerprints() {
        if !before.contains_key(&key) {
            objects.foreign.insert(key, print);
        }
    }
}

/// Gives the administrator everything that it may do.
fn authorise(objects: &mut Objects, id: &str, founded: Timestamp) {
    let seed = objects.seed;
    let wanted = [(&GRAPH, &ON_GRAPH[..]), (&EXCHANGE, &ON_EXCHANGE[..])];
    for (resource, values) in wanted {
        for value in values {
            grant(objects, seed, id, resource, value, founded);
        }
    }
    for role in DIRECTORY_ROLES {
        objects.directory_roles.push(DirectoryRoleAssignment {
            id: stable_id(seed, &format!("{ADMINISTRATOR_CLIENT_ID} {}", role.template_id)),
            principal_id: id.to_owned(),
            role_template_id: role.template_id.into(),
            active: true,
        });
    }
}

/// Adds an enterprise application unless it is there; answers the object id of a new one.
fn principal(
    objects: &mut Objects,
    app_id: &str,
    display_name: &str,
    owner_tenant: &str,
    founded: Timestamp,
) -> Option<String> {
    if objects.service_principal_by_app_id(app_id).is_some() {
        return None;
    }
    let id = stable_id(objects.seed, &format!("{app_id} principal"));
    objects.service_principals.push(ServicePrincipal {
        id: id.clone(),
        app_id: app_id.to_owned(),
        display_name: display_name.to_owned(),
        created: founded,
        visible_at: founded,
        tags: vec!["WindowsAzureActiveDirectoryIntegratedApp".into()],
        account_enabled: true,
        owner_tenant: owner_tenant.to_owned(),
    });
    Some(id)
}

fn grant(
    objects: &mut Objects,
    seed: u64,
    principal_id: &str,
    resource: &Resource,
    value: &str,
    created: Timestamp,
) {
    let resource_id = objects
        .service_principal_by_app_id(resource.app_id)
        .map(|held| held.id.clone());
    if let (Some(role), Some(resource_id)) = (resource.role_by_value(value), resource_id) {
        objects.app_role_assignments.push(AppRoleAssignment {
            id: stable_id(seed, &format!("{principal_id} {} {value}", resource.app_id)),
            app_role_id: role.id.into(),
            principal_id: principal_id.to_owned(),
            resource_id,
            created,
        });
    }
}

/// The shared mailboxes that the application may open and send from. Every other one answers "User is authenticated
/// but not connected", as it does until somebody runs `Add-MailboxPermission` (microsoft-facts §4c).
const MAILBOXES: [&str; 4] = ["support", "billing", "orders", "sales"];

/// Registers an application with Exchange and gives it its mailboxes, so that mail clients can be tried at once with
/// the credentials that the start prints.
fn register_in_exchange(objects: &mut Objects, app_id: &str, object_id: &str, display_name: &str) {
    let guid = stable_id(objects.seed, &format!("{app_id} pointer"));
    objects
        .exchange
        .service_principals
        .push(ExchangeServicePrincipal {
            app_id: app_id.to_owned(),
            object_id: object_id.to_owned(),
            display_name: display_name.to_owned(),
            guid,
        });
    for alias in MAILBOXES {
        let mailbox = format!("{alias}@{DEFAULT_DOMAIN}");
        objects.exchange.mailbox_permissions.push(MailboxPermission {
            mailbox: mailbox.clone(),
            trustee: object_id.to_owned(),
            rights: vec![FULL_ACCESS.to_owned()],
            deny: false,
            inherited: false,
        });
        objects.exchange.recipient_permissions.push(RecipientPermission {
            recipient: mailbox,
            trustee: object_id.to_owned(),
            deny: false,
        });
    }
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_administrator_has_all_that_is_listed_and_counts_as_there_from_the_start() {
        let mut objects = crate::organisation::seed::objects(7, "t");
        let administrator = objects
            .service_principal_by_app_id(ADMINISTRATOR_CLIENT_ID)
            .expect("the administrator")
            .clone();
        let roles = objects
            .app_role_assignments
            .iter()
            .filter(|held| held.principal_id == administrator.id)
            .count();
        assert_eq!(roles, ON_GRAPH.len() + ON_EXCHANGE.len());
        let held = objects
            .directory_roles
            .iter()
            .filter(|held| held.active && held.principal_id == administrator.id);
        assert_eq!(held.count(), 2);
        assert!(objects.is_foreign("servicePrincipal", &administrator.id));
        assert!(objects.application_by_app_id(ADMINISTRATOR_CLIENT_ID).is_none());
        // Adding them again changes nothing.
        let before = objects.fingerprints();
        add(&mut objects);
        assert_eq!(objects.fingerprints(), before);
        assert!(objects.foreign_changes().is_empty());
    }

    #[test]
    fn a_first_party_client_is_held_to_its_apis() {
        let powershell = first_party("FB78D390-0c51-40cd-8e17-fdbfab77341b").expect("Exchange PowerShell");
        assert!(powershell.on(GRAPH.app_id).is_none());
        assert_eq!(
            powershell.on(EXCHANGE.app_id).expect("Exchange").preauthorised,
            ["Exchange.Manage"]
        );
        for client in &FIRST_PARTY {
            for resource in [&GRAPH, &EXCHANGE] {
                for value in client
                    .on(resource.app_id)
                    .map_or(&[][..], |held| held.preauthorised)
                {
                    assert!(resource.scope_by_value(value).is_some(), "{value}");
                }
            }
        }
    }
}
