//! What a grant in Entra opens: mailboxes, more rights, or nothing that matters here.
//!
//! A grant of an app role reaches every mailbox of the organisation, whatever Exchange's limit says, so one that opens
//! a mailbox makes an app too broad. One that opens none, such as a sign-in scope, is named and is no fault.

use serde::{Deserialize, Serialize};

/// The application id of Microsoft Graph (microsoft-facts §2.2).
pub const MICROSOFT_GRAPH: &str = "00000003-0000-0000-c000-000000000000";
/// The application id of Office 365 Exchange Online (microsoft-facts §3.3).
pub const EXCHANGE_ONLINE: &str = "00000002-0000-0ff1-ce00-000000000000";
/// The application id of Azure AD Graph, the directory's older interface.
const DIRECTORY_GRAPH: &str = "00000002-0000-0000-c000-000000000000";

/// What a grant opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opens {
    /// Mail, calendars, contacts or settings of mailboxes.
    Mailboxes,
    /// No mailbox by itself, but the right to give itself or others one.
    MoreRights,
    /// No mailbox, now or later.
    Nothing,
    /// It could not be read what it opens. It counts as if it opened mailboxes.
    #[default]
    Unknown,
}

/// A grant in Entra to our app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntraGrant {
    /// Microsoft's id of the grant.
    pub id: String,
    /// The API it is on, such as "Microsoft Graph".
    pub resource: String,
    /// That API's application id: its name can be anybody's. Empty where the API couldn't be read; older records do not say.
    #[serde(default)]
    pub api: String,
    /// The permission, such as `Mail.Read`; several with spaces between them for delegated scopes. Its id where the
    /// API does not name it.
    pub permission: String,
    /// Whether it is an app role (true) or a delegated scope.
    pub app_role: bool,
    /// What it opens. Older records do not say.
    #[serde(default)]
    pub opens: Opens,
}

/// Names of permissions that reach what lies in mailboxes, by how they begin (microsoft-facts §3.1 to §3.3 and the
/// published list of Graph's app roles, microsoftgraph/microsoft-graph-devx-content `permissions-descriptions.json`).
///
/// `Group.Read.All`, `Group.ReadWrite.All` and `Group-Conversation.*` are among them: by that list they read the
/// conversations of every group, which lie in the mailboxes of Microsoft 365 groups, and `GET /groups/{id}/conversations`
/// takes them as app roles (graph docs, `group-list-conversations`). A message trace shows who wrote to whom about what.
const MAILBOXES: &[&str] = &[
    "BackupRestore-Restore.",
    "BackupRestore-Search.",
    "Calendars.",
    "Contacts.",
    "EAS.",
    "EWS.",
    "ExchangeMessageTrace.",
    "Group-Conversation.",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "IMAP.",
    "Mail-Advanced.",
    "Mail.",
    "Mailbox.",
    "MailboxConfigItem.",
    "MailboxFolder.",
    "MailboxItem.",
    "MailboxSettings.",
    "POP.",
    "SMTP.",
    "SecurityAnalyzedMessage.",
    "Tasks.",
    "eDiscovery.",
    "full_access_as_",
];

/// Names of permissions that lead to more rights: to roles, grants, credentials or people's sign-ins, by how they begin.
///
/// Less plain ones, each by the published list of Graph's app roles or the docs of the call that it is for:
/// `Application.ReadWrite.OwnedBy` makes credentials of the apps that it owns; `Domain.ReadWrite.All` says who vouches for
/// people's sign-ins (`domain-post-federationconfiguration`), and so does `Organization.ReadWrite.All` by certificate
/// authorities (`certificatebasedauthconfiguration-post-certificatebasedauthconfiguration`);
/// `Policy.ReadWrite.AuthenticationMethod` says how people may sign in; `RoleManagementPolicy.ReadWrite.*` says who may
/// activate a role without being asked.
const MORE_RIGHTS: &[&str] = &[
    "AppRoleAssignment.ReadWrite",
    "Application.ReadUpdate.All",
    "Application.ReadWrite.",
    "DelegatedPermissionGrant.ReadWrite",
    "Directory.AccessAsUser",
    "Directory.ReadWrite.All",
    "Domain.ReadWrite.All",
    "EntitlementManagement.ReadWrite",
    "Exchange.AdminAPI.",
    "Exchange.Manage",
    "Organization.ReadWrite.All",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.ReadWrite.PermissionGrant",
    "PrivilegedAccess.ReadWrite",
    "PrivilegedAssignmentSchedule.ReadWrite",
    "PrivilegedEligibilitySchedule.ReadWrite",
    "RoleAssignmentSchedule.ReadWrite",
    "RoleEligibilitySchedule.ReadWrite",
    "RoleManagement.ReadWrite",
    "RoleManagementPolicy.ReadWrite",
    "User-PasswordProfile.ReadWrite",
    "UserAuthenticationMethod.ReadWrite",
];

/// Delegated scopes that open no mailbox and lead to no rights: signing in, and reading what stands in the directory.
/// Each is on the published list of Graph's delegated permissions (microsoft-facts §3.2), whose descriptions speak of no
/// content but the directory's. `Group.Read.All` isn't among them: it reads the conversations of groups.
const HARMLESS_SCOPES: &[&str] = &[
    "Application.Read.All",
    "Directory.Read.All",
    "Domain.Read.All",
    "GroupMember.Read.All",
    "Organization.Read.All",
    "User.Read",
    "User.Read.All",
    "User.ReadBasic.All",
    "email",
    "offline_access",
    "openid",
    "profile",
];

/// What a role's name holds that lets it do more than read; where the role is on no list, nobody knows how much. A verb
/// stands behind a full stop, so that reading the management of something isn't taken for managing it.
const CHANGES: &[&str] = &["readwrite", "accessas", ".manage", ".write", ".fullcontrol"];

/// The only app roles of Exchange Online that open nothing (microsoft-facts §3.3).
const HARMLESS_IN_EXCHANGE: &[&str] = &["Organization.Read.All", "User.Read.All", "User.ReadBasic.All"];

/// Whether mail can be reached through this API, by its application id.
fn reaches_mail(api: &str) -> bool {
    [MICROSOFT_GRAPH, EXCHANGE_ONLINE, DIRECTORY_GRAPH]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(api))
}

/// Whether a name begins so. Entra takes the names of permissions in any letter case.
fn begins(name: &str, start: &str) -> bool {
    name.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// What a permission on one of the lists opens, app role or scope.
fn listed(name: &str) -> Option<Opens> {
    let on = |list: &[&str]| list.iter().any(|start| begins(name, start));
    let takes_over_sign_ins =
        begins(name, "UserAuthMethod-") && name.to_ascii_lowercase().contains(".readwrite");
    if on(MAILBOXES) {
        Some(Opens::Mailboxes)
    } else if on(MORE_RIGHTS) || takes_over_sign_ins {
        Some(Opens::MoreRights)
    } else {
        None
    }
}

/// What one app role opens. `api` is the application id of the API, `name` the role's name where the API tells it.
///
/// On an API through which mail can be reached, a role without a name is unknown, and so is one that is on no list and
/// does more than read; on any other API a role opens nothing, because such an API keeps no mailbox.
pub fn opens(api: &str, name: Option<&str>) -> Opens {
    if api.is_empty() {
        return Opens::Unknown;
    }
    if !reaches_mail(api) {
        return Opens::Nothing;
    }
    let Some(name) = name else { return Opens::Unknown };
    let unlisted = || {
        let small = name.to_ascii_lowercase();
        let harmless = if api.eq_ignore_ascii_case(EXCHANGE_ONLINE) {
            HARMLESS_IN_EXCHANGE
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
        } else {
            !CHANGES.iter().any(|change| small.contains(change))
        };
        if harmless { Opens::Nothing } else { Opens::Unknown }
    };
    listed(name).unwrap_or_else(unlisted)
}

/// What several scopes of one delegated grant open together: the most serious of them. Only scopes that are known to be
/// harmless open nothing; one that is on no list is unknown.
pub fn scopes_open(api: &str, scopes: &str) -> Opens {
    let one = |scope: &str| {
        let harmless = HARMLESS_SCOPES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(scope));
        if api.is_empty() {
            Opens::Unknown
        } else if harmless || !reaches_mail(api) {
            Opens::Nothing
        } else {
            listed(scope).unwrap_or(Opens::Unknown)
        }
    };
    scopes
        .split_whitespace()
        .map(one)
        .min_by_key(|opens| match opens {
            Opens::Mailboxes => 0,
            Opens::MoreRights => 1,
            Opens::Unknown => 2,
            Opens::Nothing => 3,
        })
        .unwrap_or(Opens::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_known_by_its_api_and_name() {
        let graph = |name| opens(MICROSOFT_GRAPH, Some(name));
        for name in [
            "Mail.Read",
            "Mail.ReadBasic.All",
            "Calendars.Read",
            "MailboxItem.Export.All",
            "Contacts.ReadWrite",
            "Group.Read.All",
            "Group.ReadWrite.All",
            "Group-Conversation.Read.All",
            "ExchangeMessageTrace.Read.All",
        ] {
            assert_eq!(graph(name), Opens::Mailboxes, "{name}");
        }
        for name in [
            "User.Read.All",
            "User.Read",
            "Organization.Read.All",
            "GroupMember.Read.All",
            "Directory.Read.All",
            "RoleManagement.Read.All",
            "MailTips.ReadBasic.All",
        ] {
            assert_eq!(graph(name), Opens::Nothing, "{name}");
        }
        for name in [
            "AppRoleAssignment.ReadWrite.All",
            "RoleManagement.ReadWrite.Directory",
            "UserAuthMethod-TAP.ReadWrite.All",
            "Application.ReadWrite.OwnedBy",
            "Domain.ReadWrite.All",
            "Organization.ReadWrite.All",
            "Policy.ReadWrite.AuthenticationMethod",
            "RoleManagementPolicy.ReadWrite.AzureADGroup",
            "RoleManagementPolicy.ReadWrite.Directory",
        ] {
            assert_eq!(graph(name), Opens::MoreRights, "{name}");
        }
        assert_eq!(
            opens(EXCHANGE_ONLINE, Some("full_access_as_app")),
            Opens::Mailboxes
        );
        assert_eq!(opens(EXCHANGE_ONLINE, Some("IMAP.AccessAsApp")), Opens::Mailboxes);
        assert_eq!(
            opens(EXCHANGE_ONLINE, Some("Exchange.ManageAsApp")),
            Opens::MoreRights
        );
    }

    /// A role that changes something and is on no list could lead anywhere.
    #[test]
    fn a_role_that_changes_and_is_on_no_list_is_unknown() {
        for name in [
            "GroupMember.ReadWrite.All",
            "User.ManageIdentities.All",
            "User-Mail.ReadWrite.All",
            "files.readwrite.all",
            "FileIngestionHybridOnboarding.Manage",
            "Something.AccessAsApp",
            "Sites.FullControl.All",
        ] {
            assert_eq!(opens(MICROSOFT_GRAPH, Some(name)), Opens::Unknown, "{name}");
        }
        let exchange = |name| opens(EXCHANGE_ONLINE, Some(name));
        assert_eq!(exchange("Mailbox.Migration"), Opens::Mailboxes);
        assert_eq!(exchange("User.Read.All"), Opens::Nothing);
        // Exchange keeps mail and little else.
        assert_eq!(exchange("Something.Read"), Opens::Unknown);
    }

    /// What cannot be named is never taken for harmless where mail can be reached.
    #[test]
    fn an_unnamed_permission_fails_closed() {
        assert_eq!(opens(MICROSOFT_GRAPH, None), Opens::Unknown);
        assert_eq!(opens(EXCHANGE_ONLINE, None), Opens::Unknown);
        assert_eq!(opens("", None), Opens::Unknown);
        assert_eq!(
            opens("5e3ce6c0-2b1f-4285-8d4b-75ee78787346", None),
            Opens::Nothing
        );
    }

    #[test]
    fn a_delegated_grant_is_as_serious_as_its_worst_scope() {
        let graph = |scopes| scopes_open(MICROSOFT_GRAPH, scopes);
        assert_eq!(graph("openid profile User.Read"), Opens::Nothing);
        assert_eq!(graph("User.Read Mail.Read"), Opens::Mailboxes);
        assert_eq!(graph("User.Read Directory.AccessAsUser.All"), Opens::MoreRights);
        assert_eq!(graph(""), Opens::Nothing);
    }

    /// Entra honours a scope in any letter case, and gives the token the API's spelling.
    #[test]
    fn a_scope_is_the_same_in_any_letter_case() {
        let graph = |scopes| scopes_open(MICROSOFT_GRAPH, scopes);
        for mail in [
            "mail.readwrite",
            "MAIL.SEND.SHARED",
            "eWS.accessAsUser.all",
            "imap.AccessAsUser.All",
        ] {
            assert_eq!(graph(mail), Opens::Mailboxes, "{mail}");
        }
        assert_eq!(graph("directory.accessasuser.all"), Opens::MoreRights);
        assert_eq!(graph("OpenID user.read OFFLINE_ACCESS"), Opens::Nothing);
        assert_eq!(opens(MICROSOFT_GRAPH, Some("mail.read")), Opens::Mailboxes);
        assert_eq!(
            scopes_open(&EXCHANGE_ONLINE.to_uppercase(), "mail.read"),
            Opens::Mailboxes
        );
    }

    /// Only what is known to be harmless is.
    #[test]
    fn a_scope_that_is_on_no_list_is_unknown() {
        for scope in [
            "Files.ReadWrite.All",
            "Chat.Read",
            "Something.New",
            "https://graph.microsoft.com/Mail.Read",
            ".default",
        ] {
            assert_eq!(
                scopes_open(MICROSOFT_GRAPH, &format!("openid {scope}")),
                Opens::Unknown,
                "{scope}"
            );
        }
        // An API that keeps no mailbox opens none.
        let other = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
        assert_eq!(scopes_open(other, "user_impersonation"), Opens::Nothing);
    }
}
