//! What a group shows: to filters, property by property, and as an object.

use serde_json::{Value, json};

use super::values::truth;
use crate::organisation::Organisation;
use crate::organisation::exchange::Group;

/// What Exchange calls this type of group.
pub(super) fn details(group: &Group) -> &'static str {
    if group.filter.is_some() {
        "DynamicDistributionGroup"
    } else if group.unified {
        "GroupMailbox"
    } else if group.security {
        "MailUniversalSecurityGroup"
    } else {
        "MailUniversalDistributionGroup"
    }
}

/// A group's filterable property.
pub(super) fn property(organisation: &Organisation, group: &Group, name: &str) -> Vec<String> {
    match name {
        "PrimarySmtpAddress" | "WindowsEmailAddress" => vec![group.primary_smtp.clone()],
        "EmailAddresses" => vec![format!("SMTP:{}", group.primary_smtp)],
        "DisplayName" => vec![group.display_name.clone()],
        "Name" => vec![group.name.clone()],
        "Alias" => vec![group.alias.clone()],
        "RecipientTypeDetails" | "RecipientType" => vec![details(group).into()],
        "Guid" => vec![group.guid.clone()],
        // A dynamic distribution group is no object of the directory.
        "ExternalDirectoryObjectId" if group.filter.is_none() => vec![group.guid.clone()],
        "DistinguishedName" => vec![group.distinguished_name.clone()],
        "HiddenFromAddressListsEnabled" => vec![truth(group.hidden)],
        "IsSecurityPrincipal" => vec![truth(group.security)],
        "MemberOfGroup" => organisation
            .objects
            .exchange
            .groups
            .iter()
            .filter(|outer| outer.members.contains(&group.primary_smtp))
            .map(|outer| outer.distinguished_name.clone())
            .collect(),
        _ => Vec::new(),
    }
}

/// A group as the endpoint shows it.
pub(super) fn shown(group: &Group) -> Value {
    let mut object = shown_in_common(group);
    if let Some(filter) = &group.filter {
        object["RecipientFilter"] = json!(filter);
        object["ExternalDirectoryObjectId"] = json!("");
    }
    object
}

fn shown_in_common(group: &Group) -> Value {
    json!({
        "Name": group.name,
        "DisplayName": group.display_name,
        "Alias": group.alias,
        "Identity": group.name,
        "Id": group.name,
        "PrimarySmtpAddress": group.primary_smtp,
        "WindowsEmailAddress": group.primary_smtp,
        "EmailAddresses": [format!("SMTP:{}", group.primary_smtp)],
        "GroupType": if group.security { "Universal, SecurityEnabled" } else { "Universal" },
        "RecipientType": details(group),
        "RecipientTypeDetails": details(group),
        "Guid": group.guid,
        "ExchangeObjectId": group.guid,
        "ExternalDirectoryObjectId": group.guid,
        "DistinguishedName": group.distinguished_name,
        "ManagedBy": ["Organization Management"],
        "MemberJoinRestriction": if group.security { "Closed" } else { "Open" },
        "MemberDepartRestriction": if group.security { "Closed" } else { "Open" },
        "RequireSenderAuthenticationEnabled": true,
        "IsDirSynced": false,
        "IsValid": true,
        "HiddenFromAddressListsEnabled": group.hidden,
    })
}
