//! The direct members of a group (microsoft-facts §4d, group cmdlets). A member can be a group itself.

use serde_json::Value;

use super::change;
use super::failure::{Failure, Outcome};
use super::identity::{self, member_address, required_group};
use super::output::Output;
use super::parameters::Parameters;
use super::recipients;
use crate::organisation::Organisation;

/// Members of one group; Exchange refuses more than 100,000 (UNVERIFIED).
const MEMBERS_AT_MOST: usize = 100_000;

/// Refuses a group that grows too large.
pub(super) fn bounded(members: &[String]) -> Result<(), Failure> {
    if members.len() < MEMBERS_AT_MOST {
        return Ok(());
    }
    Err(Failure::bad(
        "Microsoft.Exchange.Data.DataValidationException",
        "The group has too many members.",
    ))
}

/// `Get-DistributionGroupMember`: direct members only.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let at = required_group(organisation, parameters.require("Identity")?)?;
    let members = organisation.objects.exchange.groups.get(at);
    let shown: Vec<Value> = members
        .into_iter()
        .flat_map(|group| &group.members)
        .take(parameters.result_size().0)
        .filter_map(|address| identity::any(organisation, address))
        .map(|found| recipients::shown(organisation, found))
        .collect();
    Ok(Output::of(shown))
}

/// `Get-DynamicDistributionGroupMember`: whom the group's filter matches now.
pub(super) fn of_dynamic(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let group = identity::group(organisation, identity);
    let filter = group
        .and_then(|group| group.filter.as_deref())
        .ok_or_else(|| Failure::not_found(identity))?;
    let filter = crate::published::opath::parse(filter).map_err(|_| Failure::not_found(identity))?;
    let all = recipients::matching(organisation, &filter, parameters.result_size().0);
    Ok(Output::of(all))
}

/// `Get-UnifiedGroupLinks`; a group of this organisation has members and nothing else.
pub(super) fn links(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    if parameters.text("LinkType") == Some("Members") {
        return get(organisation, parameters);
    }
    required_group(organisation, parameters.require("Identity")?)?;
    Ok(Output::nothing())
}

/// `Add-DistributionGroupMember`.
pub(super) fn add(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let at = required_group(organisation, parameters.require("Identity")?)?;
    let member = parameters.require("Member")?;
    let address = member_address(organisation, member)?;
    let group = &organisation.objects.exchange.groups[at];
    if group.members.contains(&address) {
        return Err(Failure::bad(
            "Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException",
            format!(
                "The recipient \"{member}\" is already a member of the group \"{}\".",
                group.name
            ),
        ));
    }
    if group.primary_smtp == address {
        return Err(Failure::bad(
            "Microsoft.Exchange.Management.Tasks.RecipientTaskException",
            format!("The group \"{}\" can't be a member of itself.", group.name),
        ));
    }
    bounded(&group.members)?;
    change::change(organisation, |exchange| exchange.groups[at].members.push(address));
    Ok(Output::nothing())
}

/// `Remove-DistributionGroupMember`.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let at = required_group(organisation, parameters.require("Identity")?)?;
    let member = parameters.require("Member")?;
    let address = member_address(organisation, member)?;
    let group = &organisation.objects.exchange.groups[at];
    if !group.members.contains(&address) {
        return Err(Failure::bad(
            "Microsoft.Exchange.Management.Tasks.MemberNotFoundException",
            format!(
                "The recipient \"{member}\" isn't a member of the group \"{}\".",
                group.name
            ),
        ));
    }
    change::change(organisation, |exchange| {
        exchange.groups[at].members.retain(|held| *held != address);
    });
    Ok(Output::nothing())
}

/// `Update-DistributionGroupMember`: these are the members from now on.
pub(super) fn update(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let at = required_group(organisation, parameters.require("Identity")?)?;
    let change = parameters.change("Members").unwrap_or_default();
    let addresses = |names: &[String]| -> Result<Vec<String>, Failure> {
        names
            .iter()
            .map(|name| member_address(organisation, name))
            .collect()
    };
    let mut members = match &change.replace {
        Some(all) => addresses(all)?,
        None => organisation.objects.exchange.groups[at].members.clone(),
    };
    members.extend(addresses(&change.add)?);
    let gone = addresses(&change.remove)?;
    members.retain(|member| !gone.contains(member));
    let mut seen = std::collections::BTreeSet::new();
    members.retain(|member| seen.insert(member.clone()));
    bounded(&members)?;
    change::change(organisation, |exchange| exchange.groups[at].members = members);
    Ok(Output::nothing())
}
