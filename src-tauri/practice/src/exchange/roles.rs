//! The roles and role groups that Exchange comes with (microsoft-facts §4b).

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::output::Output;
use super::parameters::Parameters;
use crate::organisation::Organisation;
use crate::organisation::ids::stable_id;
use crate::people::directory::IdKind;
use crate::people::roles::EXCHANGE_ADMINISTRATOR;
use crate::published::application_roles::all_roles;

/// The role groups that matter here: which part of the endpoint each opens.
const GROUPS: [(&str, &str); 3] = [
    (
        "Organization Management",
        "Members of this management role group have permissions to manage Exchange objects and their properties in the Exchange organization.",
    ),
    (
        "Recipient Management",
        "Members of this management role group have rights to create, manage, and remove Exchange recipient objects in the Exchange organization.",
    ),
    (
        "View-Only Organization Management",
        "Members of this management role group can view recipient and configuration objects and their properties in the Exchange organization.",
    ),
];

/// `Get-ManagementRole`: the application roles.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let seed = organisation.objects.seed;
    let shown = |name: String| -> Value {
        json!({
            "Guid": stable_id(seed, &name),
            "RoleType": name.replace([' ', '.', '-'], ""),
            "IsRootRole": true,
            "IsEndUserRole": false,
            "Parent": "",
            "Description": "",
            "Identity": name,
            "Name": name,
            "IsValid": true,
        })
    };
    let roles: Vec<String> = all_roles().collect();
    match parameters.text("Identity") {
        None => Ok(Output::of(roles.into_iter().map(shown).collect())),
        Some(identity) => {
            let pattern = identity.to_lowercase();
            let matching: Vec<String> = roles
                .into_iter()
                .filter(|name| crate::published::opath::wildcard(&pattern, &name.to_lowercase()))
                .collect();
            if matching.is_empty() && !pattern.contains('*') {
                return Err(Failure::not_found(identity));
            }
            Ok(Output::of(matching.into_iter().map(shown).collect()))
        }
    }
}

/// `Get-RoleGroup`.
pub(super) fn groups(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let wanted = parameters.text("Identity");
    let rows: Vec<Value> = GROUPS
        .iter()
        .filter(|(name, _)| wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(name)))
        .map(|(name, description)| {
            json!({
                "Name": name,
                "DisplayName": name,
                "Identity": name,
                "Description": description,
                "Guid": stable_id(organisation.objects.seed, name),
                "RoleGroupType": "Standard",
                "IsValid": true,
            })
        })
        .collect();
    match wanted {
        Some(identity) if rows.is_empty() => Err(Failure::not_found(identity)),
        _ => Ok(Output::of(rows)),
    }
}

/// `Get-RoleGroupMember`: for Organization Management, those whose directory role makes them members.
pub(super) fn group_members(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let name = GROUPS
        .iter()
        .map(|(name, _)| *name)
        .find(|name| name.eq_ignore_ascii_case(identity))
        .ok_or_else(|| Failure::not_found(identity))?;
    if name != GROUPS[0].0 {
        return Ok(Output::nothing());
    }
    let directory = &organisation.directory;
    let holders = organisation
        .objects
        .directory_roles
        .iter()
        .filter(|held| held.active && held.role_template_id == EXCHANGE_ADMINISTRATOR.template_id);
    let rows = holders
        .filter_map(|held| directory.by_id(IdKind::Directory, &held.principal_id))
        .filter_map(|position| Some((position, directory.entry(position)?)))
        .map(|(position, entry)| {
            json!({
                "Name": entry.alias,
                "DisplayName": entry.display_name,
                "PrimarySmtpAddress": entry.address(),
                "RecipientType": "UserMailbox",
                "Guid": directory.id(IdKind::Exchange, position),
                "ExternalDirectoryObjectId": held_id(organisation, position),
            })
        });
    Ok(Output::of(rows.collect()))
}

fn held_id(organisation: &Organisation, position: usize) -> String {
    organisation.directory.id(IdKind::Directory, position)
}
