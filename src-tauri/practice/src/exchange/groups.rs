//! Distribution lists and mail-enabled security groups, which only Exchange may change (microsoft-facts §2.9
//! and §4d, group cmdlets).

use serde_json::{Value, json};

use super::change::change;
use super::failure::{Failure, Outcome};
use super::group_members::{bounded, member_address};
use super::output::Output;
use super::parameters::Parameters;
use super::recipients::{self, Among, Found, truth};
use crate::organisation::Organisation;
use crate::organisation::exchange::{Group, distinguished_name};
use crate::organisation::ids::new_id;
use crate::people::domains::{DEFAULT_DOMAIN, IDN_DOMAIN, IDN_DOMAIN_ASCII, INITIAL_DOMAIN};
use crate::people::names::address_part;

/// Groups in all; more is refused so that no caller can fill the memory.
const GROUPS_AT_MOST: usize = 10_000;

fn of_kind(group: fn(&Group) -> bool) -> Among {
    Among {
        entry: |_| false,
        group,
    }
}

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

/// Where the group stands that an identity names.
pub(super) fn position(organisation: &Organisation, identity: &str) -> Option<usize> {
    let identity = identity.trim();
    organisation.objects.exchange.groups.iter().position(|group| {
        [
            &group.name,
            &group.display_name,
            &group.alias,
            &group.primary_smtp,
            &group.guid,
            &group.distinguished_name,
        ]
        .iter()
        .any(|held| held.eq_ignore_ascii_case(identity))
    })
}

/// The group that an identity names.
pub(super) fn resolve<'a>(organisation: &'a Organisation, identity: &str) -> Option<&'a Group> {
    position(organisation, identity).and_then(|at| organisation.objects.exchange.groups.get(at))
}

/// Where the group stands, or the error that it is not there.
pub(super) fn require(organisation: &Organisation, identity: &str) -> Result<usize, Failure> {
    position(organisation, identity).ok_or_else(|| Failure::not_found(identity))
}

/// `Get-Group`: groups of every kind.
pub(super) fn get_any(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    recipients::find(organisation, parameters, &of_kind(|_| true), recipients::shown)
}

/// `Get-DistributionGroup`: distribution lists and mail-enabled security groups.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let among = of_kind(|group| !group.unified && group.filter.is_none());
    recipients::find(organisation, parameters, &among, recipients::shown)
}

/// `Get-DynamicDistributionGroup`.
pub(super) fn get_dynamic(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let among = of_kind(|group| group.filter.is_some());
    recipients::find(organisation, parameters, &among, recipients::shown)
}

/// `Get-UnifiedGroup`: Microsoft 365 groups.
pub(super) fn get_unified(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    recipients::find(
        organisation,
        parameters,
        &of_kind(|group| group.unified),
        recipients::shown,
    )
}

/// An address for a group: something before an `@`, and one of the organisation's domains behind it.
pub(super) fn checked_address(address: &str) -> Result<String, Failure> {
    let address = address.trim().to_lowercase();
    let invalid = |text: String| {
        Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            text,
        ))
    };
    let Some((local, domain)) = address.rsplit_once('@') else {
        return invalid(format!("The SMTP address \"{address}\" isn't valid."));
    };
    let plain =
        |character: char| character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(character);
    if local.is_empty()
        || local.len() > 64
        || !local.chars().all(plain)
        || local.starts_with('.')
        || local.ends_with('.')
    {
        return invalid(format!("The SMTP address \"{address}\" isn't valid."));
    }
    if ![DEFAULT_DOMAIN, INITIAL_DOMAIN, IDN_DOMAIN, IDN_DOMAIN_ASCII].contains(&domain) {
        return invalid(format!(
            "You can't use the domain because it's not an accepted domain for your organization: {domain}."
        ));
    }
    Ok(address.replace(IDN_DOMAIN, IDN_DOMAIN_ASCII))
}

/// `New-DistributionGroup`.
pub(super) fn create(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let name = parameters.require("Name")?.trim();
    if name.is_empty() || name.chars().count() > 64 {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "The length of the property \"Name\" is not between 1 and 64 characters. The maximum length is 64.",
        ));
    }
    let alias = parameters
        .text("Alias")
        .map_or_else(|| address_part(name).replace('.', ""), str::to_owned);
    let primary_smtp = checked_address(
        &parameters
            .text("PrimarySmtpAddress")
            .map_or_else(|| format!("{alias}@{DEFAULT_DOMAIN}"), str::to_owned),
    )?;
    if position(organisation, name).is_some() || recipients::resolve(organisation, name).is_some() {
        return Err(Failure::exists("group", name));
    }
    let groups = &organisation.objects.exchange.groups;
    let taken = recipients::resolve(organisation, &primary_smtp).is_some()
        || organisation.directory.by_alias(&alias).is_some()
        || groups.iter().any(|group| {
            group.alias.eq_ignore_ascii_case(&alias) || group.primary_smtp.eq_ignore_ascii_case(&primary_smtp)
        });
    if taken {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.Directory.ProxyAddressExistsException",
            format!(
                "The proxy address \"SMTP:{primary_smtp}\" is already being used by another recipient. It already exists."
            ),
        ));
    }
    if groups.len() >= GROUPS_AT_MOST {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "There are too many groups in this practice organization.",
        ));
    }
    let mut members: Vec<String> = Vec::new();
    for member in parameters.list("Members") {
        let address = member_address(organisation, member)?;
        if !members.contains(&address) {
            members.push(address);
        }
    }
    bounded(&members)?;
    let group = Group {
        name: name.to_owned(),
        display_name: parameters.text("DisplayName").unwrap_or(name).to_owned(),
        alias,
        primary_smtp,
        guid: new_id(),
        distinguished_name: distinguished_name(name),
        security: parameters.text("Type") == Some("Security"),
        unified: false,
        filter: None,
        hidden: false,
        members,
    };
    let output = Output::of(vec![shown(&group)]);
    change(organisation, |exchange| exchange.groups.push(group));
    Ok(output)
}

/// `Set-DistributionGroup`.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let at = require(organisation, parameters.require("Identity")?)?;
    let address = parameters
        .text("PrimarySmtpAddress")
        .map(checked_address)
        .transpose()?;
    if let Some(address) = &address {
        let taken =
            recipients::resolve_any(organisation, address).is_some_and(|found| found != Found::Group(at));
        if taken {
            return Err(Failure::bad(
                "Microsoft.Exchange.Data.Directory.ProxyAddressExistsException",
                format!(
                    "The proxy address \"SMTP:{address}\" is already being used by another recipient. It already exists."
                ),
            ));
        }
    }
    change(organisation, |exchange| {
        let Some(group) = exchange.groups.get_mut(at) else {
            return;
        };
        if let Some(hidden) = parameters.flag("HiddenFromAddressListsEnabled") {
            group.hidden = hidden;
        }
        if let Some(name) = parameters.text("DisplayName") {
            name.clone_into(&mut group.display_name);
        }
        if let Some(address) = address {
            let old = std::mem::replace(&mut group.primary_smtp, address.clone());
            for holder in &mut exchange.groups {
                for member in holder.members.iter_mut().filter(|member| **member == old) {
                    member.clone_from(&address);
                }
            }
        }
    });
    Ok(Output::nothing())
}

/// `Remove-DistributionGroup`; it leaves the groups that it was in.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let at = require(organisation, parameters.require("Identity")?)?;
    change(organisation, |exchange| {
        let gone = exchange.groups.remove(at);
        for group in &mut exchange.groups {
            group.members.retain(|member| *member != gone.primary_smtp);
        }
    });
    Ok(Output::nothing())
}
