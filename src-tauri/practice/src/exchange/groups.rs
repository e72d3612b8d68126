//! Distribution lists and mail-enabled security groups, which only Exchange may change (microsoft-facts §2.9
//! and §4d, group cmdlets).

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::parameters::Parameters;
use super::{Output, recipients};
use crate::access::distinguished_name;
use crate::directory::{DEFAULT_DOMAIN, Entry};
use crate::names::address_part;
use crate::objects::Group;
use crate::organisation::{Organisation, new_id};

/// What Exchange calls this type of group.
pub(super) fn details(group: &Group) -> &'static str {
    if group.security {
        "MailUniversalSecurityGroup"
    } else {
        "MailUniversalDistributionGroup"
    }
}

/// A group's filterable property.
pub(super) fn property(organisation: &Organisation, group: &Group, name: &str) -> Vec<String> {
    match name {
        "PrimarySmtpAddress" => vec![group.primary_smtp.clone()],
        "EmailAddresses" => vec![format!("SMTP:{}", group.primary_smtp)],
        "DisplayName" => vec![group.display_name.clone()],
        "Name" => vec![group.name.clone()],
        "Alias" => vec![group.alias.clone()],
        "RecipientTypeDetails" | "RecipientType" => vec![details(group).into()],
        "Guid" | "ExternalDirectoryObjectId" => vec![group.guid.clone()],
        "DistinguishedName" => vec![group.distinguished_name.clone()],
        "HiddenFromAddressListsEnabled" => vec![if group.hidden { "True" } else { "False" }.into()],
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
    json!({
        "Name": group.name,
        "DisplayName": group.display_name,
        "Alias": group.alias,
        "Identity": group.name,
        "PrimarySmtpAddress": group.primary_smtp,
        "EmailAddresses": [format!("SMTP:{}", group.primary_smtp)],
        "GroupType": if group.security { "Universal, SecurityEnabled" } else { "Universal" },
        "RecipientType": details(group),
        "RecipientTypeDetails": details(group),
        "Guid": group.guid,
        "ExternalDirectoryObjectId": group.guid,
        "DistinguishedName": group.distinguished_name,
        "HiddenFromAddressListsEnabled": group.hidden,
    })
}

fn position(organisation: &Organisation, identity: &str) -> Option<usize> {
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

fn require(organisation: &Organisation, identity: &str) -> Result<usize, Failure> {
    position(organisation, identity).ok_or_else(|| Failure::not_found(identity))
}

/// The address of a member to be: a recipient or another group.
fn member_address(organisation: &Organisation, member: &str) -> Result<String, Failure> {
    recipients::resolve(organisation, member)
        .and_then(|at| organisation.directory.entry(at))
        .map(Entry::address)
        .or_else(|| resolve(organisation, member).map(|group| group.primary_smtp.clone()))
        .ok_or_else(|| Failure::not_found(member))
}

/// `Get-DistributionGroup`.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    if let Some(identity) = parameters.text("Identity") {
        let group = resolve(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
        return Ok(Output::of(vec![shown(group)]));
    }
    let filter = recipients::filter(parameters)?;
    let anr = parameters.text("Anr").map(str::to_lowercase);
    let types = parameters.list("RecipientTypeDetails");
    let groups = organisation.objects.exchange.groups.iter().filter(|group| {
        filter
            .as_ref()
            .is_none_or(|filter| filter.matches(&|name| property(organisation, group, name)))
            && anr
                .as_ref()
                .is_none_or(|start| group.display_name.to_lowercase().starts_with(start))
            && (types.is_empty()
                || types
                    .iter()
                    .any(|wanted| wanted.eq_ignore_ascii_case(details(group))))
    });
    let limit = parameters.result_size()?.unwrap_or(usize::MAX);
    Ok(Output::of(groups.take(limit).map(shown).collect()))
}

/// `New-DistributionGroup`.
pub(super) fn create(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let name = parameters.require("Name")?.trim();
    if name.chars().count() > 64 {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "The length of the property is too long. The maximum length is 64.",
        ));
    }
    let alias = parameters
        .text("Alias")
        .map_or_else(|| address_part(name).replace('.', ""), str::to_owned);
    let primary_smtp = parameters
        .text("PrimarySmtpAddress")
        .map_or_else(|| format!("{alias}@{DEFAULT_DOMAIN}"), str::to_lowercase);
    if position(organisation, name).is_some() || recipients::resolve(organisation, name).is_some() {
        return Err(Failure::exists("group", name));
    }
    let taken = recipients::resolve(organisation, &primary_smtp).is_some()
        || organisation.directory.by_alias(&alias).is_some()
        || organisation.objects.exchange.groups.iter().any(|group| {
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
    let security = match parameters.text("Type") {
        None => false,
        Some(kind) if kind.eq_ignore_ascii_case("Distribution") => false,
        Some(kind) if kind.eq_ignore_ascii_case("Security") => true,
        Some(kind) => {
            return Err(Failure::bad(
                "System.Management.Automation.ParameterBindingException",
                format!(
                    "Cannot bind parameter 'Type' to the target: \"{kind}\" is not Distribution or Security."
                ),
            ));
        }
    };
    let members: Result<Vec<String>, Failure> = parameters
        .list("Members")
        .into_iter()
        .map(|member| member_address(organisation, member))
        .collect();
    let group = Group {
        name: name.to_owned(),
        display_name: parameters.text("DisplayName").unwrap_or(name).to_owned(),
        alias,
        primary_smtp,
        guid: new_id(),
        distinguished_name: distinguished_name(name),
        security,
        hidden: false,
        members: members?,
    };
    let output = Output::of(vec![shown(&group)]);
    super::change(organisation, |exchange| exchange.groups.push(group));
    organisation.touch();
    Ok(output)
}

/// `Set-DistributionGroup`.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let at = require(organisation, parameters.require("Identity")?)?;
    let group = &mut organisation.objects.exchange.groups[at];
    if let Some(hidden) = parameters.flag("HiddenFromAddressListsEnabled") {
        group.hidden = hidden;
    }
    if let Some(name) = parameters.text("DisplayName") {
        name.clone_into(&mut group.display_name);
    }
    organisation.touch();
    Ok(Output::nothing())
}

/// `Remove-DistributionGroup`.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let at = require(organisation, parameters.require("Identity")?)?;
    super::change(organisation, |exchange| exchange.groups.remove(at));
    organisation.touch();
    Ok(Output::nothing())
}

/// `Get-DistributionGroupMember`: direct members only.
pub(super) fn members(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let at = require(organisation, parameters.require("Identity")?)?;
    let limit = parameters.result_size()?.unwrap_or(usize::MAX);
    let members = organisation.objects.exchange.groups[at]
        .members
        .iter()
        .take(limit);
    let shown = members.filter_map(|address| {
        let found = organisation.directory.by_address(address);
        found
            .and_then(|at| {
                organisation
                    .directory
                    .entry(at)
                    .map(|entry| recipients::shown(organisation, at, entry))
            })
            .or_else(|| resolve(organisation, address).map(shown))
    });
    Ok(Output::of(shown.collect()))
}

/// `Add-DistributionGroupMember`.
pub(super) fn add_member(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let at = require(organisation, parameters.require("Identity")?)?;
    let member = parameters.require("Member")?;
    let address = member_address(organisation, member)?;
    let group = &organisation.objects.exchange.groups[at];
    if group.members.contains(&address) {
        return Err(Failure::bad(
            "Microsoft.Exchange.Management.RecipientTasks.MemberAlreadyExistsException",
            format!(
                "The recipient \"{member}\" is already a member of the group \"{}\".",
                group.name
            ),
        ));
    }
    super::change(organisation, |exchange| exchange.groups[at].members.push(address));
    organisation.touch();
    Ok(Output::nothing())
}

/// `Remove-DistributionGroupMember`.
pub(super) fn remove_member(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let at = require(organisation, parameters.require("Identity")?)?;
    let member = parameters.require("Member")?;
    let address = member_address(organisation, member)?;
    let group = &organisation.objects.exchange.groups[at];
    if !group.members.contains(&address) {
        return Err(Failure::bad(
            "Microsoft.Exchange.Management.RecipientTasks.MemberNotFoundException",
            format!(
                "The recipient \"{member}\" isn't a member of the group \"{}\".",
                group.name
            ),
        ));
    }
    super::change(organisation, |exchange| {
        exchange.groups[at].members.retain(|held| *held != address);
    });
    organisation.touch();
    Ok(Output::nothing())
}
