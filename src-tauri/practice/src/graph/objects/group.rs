//! A group, of the directory or of Exchange: as Graph shows it, and how a request names it.

use serde_json::{Value, json};

use crate::clock::graph_time;
use crate::graph::failure::{Failure, not_found};
use crate::organisation::Organisation;
use crate::organisation::exchange::Group;
use crate::organisation::graph::DirectoryGroup;
use crate::people::domains::DEFAULT_DOMAIN;

/// A group of either kind.
pub(crate) enum Found<'a> {
    Directory(&'a DirectoryGroup),
    Exchange(&'a Group),
}

/// The group with this id.
///
/// # Errors
/// 404 when there is none, or it has not replicated yet.
pub(crate) fn find<'a>(organisation: &'a Organisation, id: &str) -> Result<Found<'a>, Failure> {
    lookup(organisation, id).ok_or_else(|| not_found(id))
}

/// The group with this id, once it has replicated.
pub(crate) fn lookup<'a>(organisation: &'a Organisation, id: &str) -> Option<Found<'a>> {
    let now = organisation.seen_at();
    let objects = &organisation.objects;
    let of_exchange = objects
        .exchange
        .groups
        .iter()
        .find(|group| group.filter.is_none() && group.guid.eq_ignore_ascii_case(id));
    let own = || {
        let mut all = objects.graph.groups.iter();
        all.find(|group| {
            group.deleted.is_none() && now >= group.visible_at && group.id.eq_ignore_ascii_case(id)
        })
    };
    of_exchange
        .map(Found::Exchange)
        .or_else(|| own().map(Found::Directory))
}

/// Whether there is a group with this id.
pub(crate) fn exists(organisation: &Organisation, id: &str) -> bool {
    lookup(organisation, id).is_some()
}

/// Whether it is a security group, mail-enabled or not.
pub(crate) fn is_security(organisation: &Organisation, id: &str) -> bool {
    match lookup(organisation, id) {
        Some(Found::Exchange(group)) => group.security,
        Some(Found::Directory(group)) => group.writable.get("securityEnabled") == Some(&json!(true)),
        None => false,
    }
}

/// Whether directory roles can be given to the group with this id.
pub(crate) fn is_role_assignable(organisation: &Organisation, id: &str) -> bool {
    matches!(lookup(organisation, id), Some(Found::Directory(group))
        if group.writable.get("isAssignableToRole") == Some(&json!(true)))
}

/// The group with this id as Graph shows it.
pub(crate) fn shown_by_id(organisation: &Organisation, id: &str) -> Option<Value> {
    lookup(organisation, id).map(|found| match found {
        Found::Exchange(group) => of_exchange(group),
        Found::Directory(group) => of_directory(group),
    })
}

fn empty() -> Value {
    json!({
        "id": null, "deletedDateTime": null, "classification": null, "createdDateTime": null, "description": null,
        "displayName": null, "expirationDateTime": null, "groupTypes": [], "isAssignableToRole": null, "mail": null,
        "mailEnabled": false, "mailNickname": null, "membershipRule": null, "membershipRuleProcessingState": null,
        "onPremisesDomainName": null, "onPremisesLastSyncDateTime": null, "onPremisesNetBiosName": null,
        "onPremisesProvisioningErrors": [], "onPremisesSamAccountName": null, "onPremisesSecurityIdentifier": null,
        "onPremisesSyncEnabled": null, "preferredDataLocation": null, "preferredLanguage": null, "proxyAddresses": [],
        "renewedDateTime": null, "resourceBehaviorOptions": [], "resourceProvisioningOptions": [],
        "securityEnabled": false, "securityIdentifier": null, "serviceProvisioningErrors": [], "theme": null,
        "uniqueName": null, "visibility": null,
    })
}

/// A group of Exchange: mail-enabled, without a type, and to be told apart by `securityEnabled` only.
pub(crate) fn of_exchange(group: &Group) -> Value {
    let mut value = empty();
    value["id"] = json!(group.guid);
    value["createdDateTime"] = json!("2024-02-01T08:00:00Z");
    value["renewedDateTime"] = json!("2024-02-01T08:00:00Z");
    value["displayName"] = json!(group.display_name);
    value["mail"] = json!(group.primary_smtp);
    value["mailEnabled"] = json!(true);
    value["mailNickname"] = json!(group.alias);
    value["proxyAddresses"] = json!([format!("SMTP:{}", group.primary_smtp)]);
    value["securityEnabled"] = json!(group.security);
    if group.unified {
        value["groupTypes"] = json!(["Unified"]);
        value["visibility"] = json!("Private");
    }
    value["securityIdentifier"] = json!(sid(&group.guid));
    value
}

/// A group of the directory as Graph shows it.
pub(crate) fn of_directory(group: &DirectoryGroup) -> Value {
    let mut value = empty();
    for (name, inner) in &group.writable {
        value[name] = inner.clone();
    }
    value["id"] = json!(group.id);
    value["createdDateTime"] = json!(graph_time(group.created));
    value["renewedDateTime"] = json!(graph_time(group.created));
    value["deletedDateTime"] = json!(group.deleted.map(graph_time));
    value["securityIdentifier"] = json!(sid(&group.id));
    if group.is_unified() {
        let nickname = group
            .writable
            .get("mailNickname")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let address = format!("{nickname}@{DEFAULT_DOMAIN}");
        value["proxyAddresses"] = json!([format!("SMTP:{address}")]);
        value["mail"] = json!(address);
        value["mailEnabled"] = json!(true);
    }
    value
}

/// The SID that Entra makes of an object id: its four 32-bit parts after `S-1-12-1`.
fn sid(id: &str) -> String {
    let bytes = uuid::Uuid::try_parse(id).unwrap_or_default().to_bytes_le();
    let parts = bytes.chunks_exact(4).map(|part| {
        let number = part
            .iter()
            .rev()
            .fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        number.to_string()
    });
    format!("S-1-12-1-{}", parts.collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_is_made_of_the_id() {
        assert_eq!(
            sid("00000001-0002-0003-0405-060708090a0b"),
            "S-1-12-1-1-196610-117835012-185207048"
        );
    }
}
