//! Application access policies ("RAOP"): a fence around permissions that were granted in Entra (microsoft-facts §4a).
//!
//! A policy never gives anything. It takes away from an app's Entra permissions the mailboxes outside its group, or
//! those inside it; an Exchange role assignment is not touched by it.

use std::collections::{BTreeMap, BTreeSet};

use super::membership;
use crate::organisation::exchange::{AccessRight, ExchangeObjects};
use crate::organisation::stale::PolicyInForce;
use crate::people::directory::{Directory, IdKind};

/// The app id of a policy that holds for every app.
pub(crate) const EVERY_APP: &str = "*";

/// The total size of all policies is fixed; about this many fit (microsoft-facts §4a).
pub(crate) const POLICIES_AT_MOST: usize = 300;

/// The policies whose `AppId` is exactly this text, as Exchange has them configured now.
pub(crate) fn configured_for(
    exchange: &ExchangeObjects,
    directory: &Directory,
    app_id: &str,
) -> Vec<PolicyInForce> {
    exchange
        .access_policies
        .iter()
        .filter(|policy| policy.app_id.eq_ignore_ascii_case(app_id))
        .map(|policy| PolicyInForce {
            right: policy.right,
            matches: matched(exchange, directory, &policy.scope_id),
        })
        .collect()
}

/// All policies by their `AppId` in lower case, as Exchange has them configured now.
pub(crate) fn by_app(
    exchange: &ExchangeObjects,
    directory: &Directory,
) -> BTreeMap<String, Vec<PolicyInForce>> {
    let mut all: BTreeMap<String, Vec<PolicyInForce>> = BTreeMap::new();
    for policy in &exchange.access_policies {
        all.entry(policy.app_id.to_lowercase())
            .or_default()
            .push(PolicyInForce {
                right: policy.right,
                matches: matched(exchange, directory, &policy.scope_id),
            });
    }
    all
}

/// Every policy that holds for an app; `Test-ApplicationAccessPolicy` judges by these at once (microsoft-facts §4a).
pub(crate) fn configured(
    exchange: &ExchangeObjects,
    directory: &Directory,
    app_id: &str,
) -> Vec<PolicyInForce> {
    let mut policies = configured_for(exchange, directory, app_id);
    policies.extend(configured_for(exchange, directory, EVERY_APP));
    policies
}

/// Members of nested groups count, unlike in a role assignment's scope (microsoft-facts §4a). A scope that is gone
/// matches nobody.
fn matched(exchange: &ExchangeObjects, directory: &Directory, scope_id: &str) -> BTreeSet<String> {
    if let Some(group) = exchange.groups.iter().find(|group| group.guid == scope_id) {
        return membership::members(exchange, &group.primary_smtp);
    }
    directory
        .by_id(IdKind::Directory, scope_id)
        .and_then(|position| directory.entry(position))
        .map(|entry| entry.address())
        .into_iter()
        .collect()
}

/// The decision, in Microsoft's order (microsoft-facts §4a, "Decision"):
/// 1. a policy that denies and matches → denied;
/// 2. a policy that restricts and matches → granted;
/// 3. policies that restrict, of which none matches → denied;
/// 4. otherwise → granted, everywhere.
pub(crate) fn grants(policies: &[PolicyInForce], address: &str) -> bool {
    let matching = |right: AccessRight| {
        policies
            .iter()
            .any(|policy| policy.right == right && policy.matches.contains(address))
    };
    if matching(AccessRight::DenyAccess) {
        return false;
    }
    if matching(AccessRight::RestrictAccess) {
        return true;
    }
    !policies
        .iter()
        .any(|policy| policy.right == AccessRight::RestrictAccess)
}

/// Whether policies hold back this permission at all. Those of mail, settings, calendars and contacts they do, and
/// `full_access_as_app`; `MailboxFolder.*`, `MailboxItem.*` and the mail protocols they do not (microsoft-facts §4a).
pub(crate) fn covers(permission: &str) -> bool {
    let family = permission.split('.').next().unwrap_or_default();
    matches!(family, "Mail" | "MailboxSettings" | "Calendars" | "Contacts")
        || permission == "full_access_as_app"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_decision() {
        let policy = |right, alias: &str| PolicyInForce {
            right,
            matches: BTreeSet::from([alias.to_owned()]),
        };
        use AccessRight::{DenyAccess as Deny, RestrictAccess as Restrict};
        for (policies, expected) in [
            (vec![], true),
            (vec![policy(Deny, "other")], true),
            (vec![policy(Deny, "it")], false),
            (vec![policy(Restrict, "it")], true),
            (vec![policy(Restrict, "other")], false),
            (vec![policy(Restrict, "other"), policy(Restrict, "it")], true),
            (vec![policy(Restrict, "it"), policy(Deny, "it")], false),
            (vec![policy(Restrict, "other"), policy(Deny, "other")], false),
        ] {
            assert_eq!(grants(&policies, "it"), expected, "{policies:?}");
        }
    }

    #[test]
    fn only_mailbox_permissions_of_the_listed_families_are_covered() {
        for permission in [
            "Mail.Read",
            "Mail.ReadBasic.All",
            "MailboxSettings.Read",
            "Calendars.Read",
        ] {
            assert!(covers(permission), "{permission}");
        }
        for permission in [
            "MailboxFolder.Read.All",
            "MailboxItem.Read.All",
            "IMAP.AccessAsApp",
            "User.Read.All",
        ] {
            assert!(!covers(permission), "{permission}");
        }
    }
}
