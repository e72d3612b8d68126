//! Who is a member of a group: directly, or through groups inside it.
//!
//! The difference matters: access policies count members of nested groups, role assignments count direct members
//! only (microsoft-facts §4a and §4b).

use std::collections::BTreeSet;

use crate::organisation::exchange::{ExchangeObjects, Group};

/// Whether an address is a member of the group of this address, through any number of groups.
pub(crate) fn is_member(exchange: &ExchangeObjects, group: &str, address: &str) -> bool {
    let mut found = false;
    walk(exchange, group, &mut |member| found |= member == address);
    found
}

/// Every member of the group of this address, through any number of groups; the groups themselves count too.
pub(crate) fn members(exchange: &ExchangeObjects, group: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    walk(exchange, group, &mut |member| {
        all.insert(member.to_owned());
    });
    all
}

/// Visits each member; a group that contains itself is visited once.
fn walk(exchange: &ExchangeObjects, group: &str, visit: &mut dyn FnMut(&str)) {
    let by_address = |address: &str| -> Option<&Group> {
        exchange.groups.iter().find(|held| held.primary_smtp == address)
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut pending: Vec<&Group> = by_address(group).into_iter().collect();
    while let Some(group) = pending.pop() {
        if !seen.insert(&group.primary_smtp) {
            continue;
        }
        for member in &group.members {
            visit(member);
            pending.extend(by_address(member));
        }
    }
}
