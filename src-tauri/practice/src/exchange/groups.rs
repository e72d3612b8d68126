//! Distribution lists and mail-enabled security groups, which only Exchange may change (microsoft-facts §2.9
//! and §4d, group cmdlets).

use super::change::change;
use super::failure::{Failure, Outcome};
use super::group_members::bounded;
use super::group_properties::shown;
use super::identity::{self, Found, group_position, member_address, required_group};
use super::output::Output;
use super::parameters::Parameters;
use super::recipients::{self, Among};
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
    if group_position(organisation, name).is_some() || identity::recipient(organisation, name).is_some() {
        return Err(Failure::exists("group", name));
    }
    let groups = &organisation.objects.exchange.groups;
    let taken = identity::recipient(organisation, &primary_smtp).is_some()
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
    let at = required_group(organisation, parameters.require("Identity")?)?;
    let address = parameters
        .text("PrimarySmtpAddress")
        .map(checked_address)
        .transpose()?;
    if let Some(address) = &address {
        let taken = identity::any(organisation, address).is_some_and(|found| found != Found::Group(at));
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
    let at = required_group(organisation, parameters.require("Identity")?)?;
    change(organisation, |exchange| {
        let gone = exchange.groups.remove(at);
        for group in &mut exchange.groups {
            group.members.retain(|member| *member != gone.primary_smtp);
        }
    });
    Ok(Output::nothing())
}
