//! What a sign-in is for, and the delegated scopes that takes (microsoft-facts §2 and §3.2).
//!
//! Each visit of the browser asks only for what the parts need that are left, and of each person only what that
//! person's parts need. `User.Read` alone tells who came and in which organisation: with it Graph gives an
//! organisation's id, name and verified domains (graph docs, `organization-list`).

use std::collections::BTreeSet;

use domain::message;
use domain::message::Message;

/// A scope and what it is for.
pub type Scope = (&'static str, fn() -> Message);

/// Asked for first, of everybody: it takes no admin's consent.
pub const WHO: [Scope; 1] = [("User.Read", || message!("scopes-who"))];

const READ_APP: [Scope; 3] = [
    ("Application.Read.All", || message!("scopes-see-app")),
    ("DelegatedPermissionGrant.Read.All", || {
        message!("scopes-see-grants")
    }),
    ("RoleManagement.Read.Directory", || message!("scopes-see-roles")),
];

const MAKE_APP: [Scope; 4] = [
    ("Application.ReadWrite.All", || message!("scopes-create-app")),
    ("Policy.Read.All", || message!("scopes-see-policy")),
    ("DelegatedPermissionGrant.Read.All", || {
        message!("scopes-see-grants")
    }),
    ("RoleManagement.Read.Directory", || message!("scopes-see-roles")),
];

const REMOVE_GRANTS: [Scope; 2] = [
    ("AppRoleAssignment.ReadWrite.All", || {
        message!("scopes-remove-grant")
    }),
    ("DelegatedPermissionGrant.ReadWrite.All", || {
        message!("scopes-remove-consent")
    }),
];

/// Microsoft's page of `serviceprincipal-post-approleassignments` asks for it with reading apps (microsoft-facts §2.3).
const GRANT_APP_ROLE: [Scope; 2] = [
    ("Application.Read.All", || message!("scopes-see-app")),
    ("AppRoleAssignment.ReadWrite.All", || {
        message!("scopes-grant-app-role")
    }),
];

/// Microsoft's page of `signin-list` asks for both (delegated, no higher one available); `docs/sign-in-log.md` has it.
const READ_SIGN_INS: [Scope; 2] = [
    ("AuditLog.Read.All", || message!("scopes-see-sign-ins")),
    ("Directory.Read.All", || message!("scopes-see-licence")),
];

/// What a sign-in may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Read the app, its keys, grants and roles.
    ReadApp,
    /// Make, change and delete the app and its secret. Whoever may do that may read them too.
    MakeApp,
    /// Remove grants (microsoft-facts §2.3). Far stronger than the rest, so asked for only when somebody presses that
    /// button.
    RemoveGrants,
    /// Grant the app a permission of Exchange Online, without which no mail program gets in (microsoft-facts §2.3 and §4c).
    /// Far stronger than the rest, so asked for only where a platform reads mail so.
    GrantAppRole,
    /// Read the log of sign-ins, to see which key of the app was used last. It reads far more than that, so it is asked for
    /// only when somebody wants to see it.
    ReadSignIns,
    /// Everything in Exchange: mailboxes, the limit, Microsoft's own test.
    Exchange,
}

impl Right {
    /// The Graph scopes that it takes; none for Exchange, whose scopes belong to the client that signs in.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Self::ReadApp => &READ_APP,
            Self::MakeApp => &MAKE_APP,
            Self::RemoveGrants => &REMOVE_GRANTS,
            Self::GrantAppRole => &GRANT_APP_ROLE,
            Self::ReadSignIns => &READ_SIGN_INS,
            Self::Exchange => &[],
        }
    }

    /// Whether these granted Graph scopes are enough for it.
    pub fn within(self, granted: &BTreeSet<String>) -> bool {
        let has = |scope: &str| granted.iter().any(|held| held.eq_ignore_ascii_case(scope));
        let stronger = |scope: &str| match scope {
            "Application.Read.All" => has("Application.ReadWrite.All"),
            "DelegatedPermissionGrant.Read.All" => has("DelegatedPermissionGrant.ReadWrite.All"),
            "Directory.Read.All" => has("Directory.ReadWrite.All"),
            _ => false,
        };
        self != Self::Exchange
            && self
                .scopes()
                .iter()
                .all(|(scope, _)| has(scope) || stronger(scope))
    }
}

/// The Graph scopes of these rights, each once, without `User.Read`.
pub fn graph_scopes(rights: &[Right]) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = Vec::new();
    for scope in rights.iter().flat_map(|right| right.scopes()) {
        if !scopes.iter().any(|(name, _)| *name == scope.0) {
            scopes.push(*scope);
        }
    }
    scopes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(scopes: &[&str]) -> BTreeSet<String> {
        scopes.iter().map(|scope| (*scope).to_owned()).collect()
    }

    #[test]
    fn who_may_make_may_read_and_not_the_other_way_round() {
        let maker = granted(&[
            "User.Read",
            "Application.ReadWrite.All",
            "Policy.Read.All",
            "DelegatedPermissionGrant.Read.All",
            "rolemanagement.read.directory",
        ]);
        assert!(Right::MakeApp.within(&maker) && Right::ReadApp.within(&maker));
        assert!(!Right::RemoveGrants.within(&maker) && !Right::Exchange.within(&maker));
        let reader = granted(&[
            "Application.Read.All",
            "DelegatedPermissionGrant.Read.All",
            "RoleManagement.Read.Directory",
        ]);
        assert!(Right::ReadApp.within(&reader) && !Right::MakeApp.within(&reader));
        assert!(!Right::ReadApp.within(&granted(&["User.Read"])));
        let of_the_log = granted(&["AuditLog.Read.All", "Directory.ReadWrite.All"]);
        assert!(Right::ReadSignIns.within(&of_the_log) && !Right::ReadSignIns.within(&reader));
    }

    #[test]
    fn a_scope_is_asked_for_once() {
        let asked = graph_scopes(&[Right::MakeApp, Right::ReadApp, Right::Exchange]);
        let names: BTreeSet<&str> = asked.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), asked.len());
        assert!(!names.contains("Exchange.Manage"));
    }
}
