//! RBAC for Applications: Exchange roles given to apps, and whom each reaches (microsoft-facts §4b).

use std::collections::BTreeMap;

use super::acts::Act;
use super::recipients::recipient_property;
use crate::organisation::exchange::{ExchangeObjects, Group, RoleAssignment};
use crate::organisation::stale::Right;
use crate::people::directory::Directory;
use crate::published::opath;

impl Right {
    /// Whether the role allows this at all, wherever it reaches.
    pub(crate) fn allows(&self, act: Act) -> bool {
        let role = self.role.strip_prefix("Application ").unwrap_or(&self.role);
        act.exchange_roles().contains(&role)
    }

    /// Whether the mailbox at this position is in scope. An assignment without any scope reaches the whole
    /// organisation; a filter that no longer parses reaches nobody.
    pub(crate) fn reaches(&self, directory: &Directory, position: usize) -> bool {
        let Some(entry) = directory.entry(position) else {
            return false;
        };
        let address = entry.address();
        if let Some(addresses) = &self.addresses {
            return addresses.contains(&address);
        }
        let Some(filter) = &self.filter else { return true };
        let Ok(filter) = opath::parse_again(filter) else {
            return false;
        };
        filter.matches(&|property| {
            // Only direct members count: a member of a nested group is out of scope (microsoft-facts §4b).
            if property == "MemberOfGroup" {
                return self
                    .members
                    .iter()
                    .filter(|(_, members)| members.contains(&address))
                    .map(|(group, _)| group.clone())
                    .collect();
            }
            let number = property
                .strip_prefix("CustomAttribute")
                .and_then(|number| number.parse::<u8>().ok());
            let changed = number.and_then(|number| self.attributes.get(&address)?.get(&number));
            match changed {
                Some(value) => vec![value.clone()],
                None => recipient_property(directory, position, entry, property),
            }
        })
    }
}

/// The rights as Exchange has them configured now; `Test-ServicePrincipalAuthorization` sees these at once
/// (microsoft-facts §4b), live calls only after a while.
pub(crate) fn configured(exchange: &ExchangeObjects, principal_id: &str) -> Vec<Right> {
    exchange
        .assignments
        .iter()
        .filter(|held| held.app.eq_ignore_ascii_case(principal_id))
        .map(|assignment| right(exchange, assignment))
        .collect()
}

/// One assignment as a right.
pub(crate) fn right(exchange: &ExchangeObjects, assignment: &RoleAssignment) -> Right {
    let filter = assignment.scope.as_ref().map(|name| {
        let found = exchange
            .scopes
            .iter()
            .find(|scope| scope.name.eq_ignore_ascii_case(name));
        // A scope that vanished reaches nobody rather than everybody.
        found.map_or_else(|| "Alias -eq ''".to_owned(), |scope| scope.filter.clone())
    });
    let members = filter
        .as_deref()
        .map(|filter| members_named(exchange, filter))
        .unwrap_or_default();
    let names_attribute = filter
        .as_deref()
        .is_some_and(|filter| filter.to_ascii_lowercase().contains("customattribute"));
    let attributes = if names_attribute {
        let changed = exchange.mailbox_settings.iter();
        changed
            .filter(|(_, settings)| !settings.custom_attributes.is_empty())
            .map(|(address, settings)| (address.clone(), settings.custom_attributes.clone()))
            .collect()
    } else {
        BTreeMap::new()
    };
    let in_group = assignment.group_scope.as_ref().map(|guid| {
        let group = exchange.groups.iter().find(|group| group.guid == *guid);
        group.map(|group| group.members.clone()).unwrap_or_default()
    });
    let in_unit = assignment.administrative_unit.as_ref().map(|id| {
        let unit = exchange.administrative_units.iter().find(|unit| unit.id == *id);
        unit.map(|unit| unit.members.clone()).unwrap_or_default()
    });
    Right {
        role: assignment.role.clone(),
        filter,
        members,
        attributes,
        addresses: in_group.or(in_unit),
    }
}

fn members_named(exchange: &ExchangeObjects, filter: &str) -> BTreeMap<String, Vec<String>> {
    let Ok(filter) = opath::parse_again(filter) else {
        return BTreeMap::new();
    };
    let group_of = |name: &str| exchange.groups.iter().find(|group| group_is(group, name));
    filter
        .groups()
        .into_iter()
        .filter_map(|name| group_of(name).map(|group| (name.to_owned(), group.members.clone())))
        .collect()
}

fn group_is(group: &Group, name: &str) -> bool {
    [&group.distinguished_name, &group.guid, &group.name]
        .iter()
        .any(|held| held.eq_ignore_ascii_case(name))
}
