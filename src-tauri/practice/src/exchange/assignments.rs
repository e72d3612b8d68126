//! Application roles given to apps, for a scope or for the whole organisation (microsoft-facts §4b).

use serde_json::{Value, json};

use super::change::change;
use super::failure::{Failure, Outcome};
use super::organization_config::require_customization;
use super::output::Output;
use super::parameters::{Parameters, ambiguous};
use super::{identity, scopes};
use crate::organisation::Organisation;
use crate::organisation::exchange::{AdministrativeUnit, RoleAssignment};
use crate::organisation::ids::new_id;
use crate::published::application_roles::known_role;

/// Assignments in all; more is refused so that no caller can fill the memory.
const ASSIGNMENTS_AT_MOST: usize = 50_000;

/// The name of what an assignment is limited to: a management scope, a group or an administrative unit.
pub(super) fn scope_name(organisation: &Organisation, held: &RoleAssignment) -> Option<String> {
    if let Some(guid) = &held.group_scope {
        let groups = &organisation.objects.exchange.groups;
        let group = groups.iter().find(|group| group.guid == *guid);
        return Some(group.map_or_else(|| guid.clone(), |group| group.name.clone()));
    }
    held.administrative_unit.clone().or_else(|| held.scope.clone())
}

/// The kind of limit as the test cmdlet calls it. How it calls a limit to a group is UNVERIFIED.
pub(super) fn scope_type(held: &RoleAssignment) -> &'static str {
    match write_scope(held) {
        "Group" => "CustomRecipientScope",
        other => other,
    }
}

/// The kind of limit as an assignment shows it.
///
/// Two projects measured a limit to a group against live tenants and say `Group`, with no `CustomRecipientWriteScope`
/// (ehlo-pl/EXORBACforAppManagement, spaarke-dev/spaarke); the second says that a management scope reads
/// `CustomRecipientScope`. The first found the group's name in `CustomResourceScope` with an id behind it, the second
/// without one, which is played here because it is the one that can be confused. An administrative unit is UNVERIFIED.
fn write_scope(held: &RoleAssignment) -> &'static str {
    if held.administrative_unit.is_some() {
        "AdministrativeUnit"
    } else if held.group_scope.is_some() {
        "Group"
    } else if held.scope.is_some() {
        "CustomRecipientScope"
    } else {
        "Organization"
    }
}

fn shown(organisation: &Organisation, held: &RoleAssignment) -> Value {
    let principal = organisation
        .objects
        .exchange
        .service_principals
        .iter()
        .find(|found| found.object_id == held.app);
    let name = principal.map_or(held.app.as_str(), |found| found.display_name.as_str());
    let scope = scope_name(organisation, held);
    json!({
        "Name": held.name,
        "Identity": held.name,
        "Guid": held.guid,
        "Role": held.role,
        "RoleAssignee": held.app,
        "RoleAssigneeName": name,
        "RoleAssigneeType": "ServicePrincipal",
        "App": held.app,
        "AssignmentMethod": "Direct",
        "AssignmentChain": "",
        "RoleAssignmentDelegationType": "Regular",
        "EffectiveUserName": name,
        "CustomResourceScope": scope.clone(),
        "CustomRecipientWriteScope": if held.group_scope.is_some() { None } else { scope },
        "RecipientReadScope": "Organization",
        "RecipientWriteScope": write_scope(held),
        "ConfigReadScope": "None",
        "ConfigWriteScope": "None",
        "Enabled": true,
        "IsValid": true,
    })
}

fn position(organisation: &Organisation, identity: &str) -> Option<usize> {
    organisation
        .objects
        .exchange
        .assignments
        .iter()
        .position(|held| held.name.eq_ignore_ascii_case(identity) || held.guid.eq_ignore_ascii_case(identity))
}

/// `Get-ManagementRoleAssignment`.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    if let Some(identity) = parameters.text("Identity") {
        let at = position(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
        return Ok(Output::of(vec![shown(
            organisation,
            &organisation.objects.exchange.assignments[at],
        )]));
    }
    let assignee = match parameters.text("RoleAssignee") {
        None => None,
        Some(identity) => Some(
            identity::service_principal(organisation, identity)
                .map(|found| found.object_id.clone())
                .ok_or_else(|| Failure::not_found(identity))?,
        ),
    };
    let role = parameters.text("Role");
    let scope = parameters.text("CustomRecipientWriteScope");
    let kind = parameters.text("RoleAssigneeType");
    let all = organisation.objects.exchange.assignments.iter().filter(|held| {
        assignee.as_ref().is_none_or(|assignee| held.app == *assignee)
            && role.is_none_or(|role| held.role.eq_ignore_ascii_case(role))
            && kind.is_none_or(|kind| kind == "ServicePrincipal")
            && parameters.flag("Enabled") != Some(false)
            && scope.is_none_or(|scope| {
                held.scope
                    .as_ref()
                    .is_some_and(|name| name.eq_ignore_ascii_case(scope))
            })
    });
    Ok(Output::of(all.map(|held| shown(organisation, held)).collect()))
}

/// What an assignment is to be limited to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Limit {
    scope: Option<String>,
    group_scope: Option<String>,
    administrative_unit: Option<String>,
}

/// The limit that the parameters name; at most one of the three (they belong to different parameter sets).
fn limit(organisation: &Organisation, parameters: &Parameters) -> Result<Limit, Failure> {
    const LIMITS: [&str; 3] = [
        "CustomResourceScope",
        "RecipientGroupScope",
        "RecipientAdministrativeUnitScope",
    ];
    if LIMITS.iter().filter(|name| parameters.is_given(name)).count() > 1 {
        return Err(ambiguous());
    }
    let mut limit = Limit::default();
    if let Some(identity) = parameters.text("CustomResourceScope") {
        let scope = scopes::resolve(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
        limit.scope = Some(scope.name.clone());
    }
    if let Some(identity) = parameters.text("RecipientGroupScope") {
        // Distribution lists and mail-enabled security groups are both taken (microsoft-facts §4b, scope facts).
        let group = identity::group(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
        limit.group_scope = Some(group.guid.clone());
    }
    if let Some(identity) = parameters.text("RecipientAdministrativeUnitScope") {
        let unit = unit(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
        limit.administrative_unit = Some(unit.id.clone());
    }
    Ok(limit)
}

fn unit<'a>(organisation: &'a Organisation, identity: &str) -> Option<&'a AdministrativeUnit> {
    organisation
        .objects
        .exchange
        .administrative_units
        .iter()
        .find(|unit| {
            unit.id.eq_ignore_ascii_case(identity) || unit.display_name.eq_ignore_ascii_case(identity)
        })
}

/// `New-ManagementRoleAssignment`.
pub(super) fn create(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    require_customization(organisation, "New-ManagementRoleAssignment")?;
    if ["User", "SecurityGroup", "Policy", "Computer"]
        .iter()
        .any(|name| parameters.is_given(name))
    {
        return if parameters.is_given("App") {
            Err(ambiguous())
        } else {
            Err(Failure::bad(
                "Microsoft.Exchange.Configuration.Tasks.TaskInvalidOperationException",
                "This practice organization assigns roles to applications only. Use the parameter App.",
            ))
        };
    }
    let app = parameters.require("App")?;
    let role = parameters.require("Role")?;
    let role = known_role(role).ok_or_else(|| Failure::not_found(role))?;
    let principal = identity::service_principal(organisation, app).ok_or_else(|| Failure::not_found(app))?;
    let (app, display_name) = (principal.object_id.clone(), principal.display_name.clone());
    let limit = limit(organisation, parameters)?;
    let name = parameters
        .text("Name")
        .map_or_else(|| format!("{role}-{display_name}"), str::to_owned);
    if position(organisation, &name).is_some() {
        return Err(Failure::exists("management role assignment", &name));
    }
    if organisation.objects.exchange.assignments.len() >= ASSIGNMENTS_AT_MOST {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "There are too many role assignments in this practice organization.",
        ));
    }
    let held = RoleAssignment {
        name,
        role,
        app,
        scope: limit.scope,
        group_scope: limit.group_scope,
        administrative_unit: limit.administrative_unit,
        guid: new_id(),
    };
    let output = Output::of(vec![shown(organisation, &held)]);
    change(organisation, |exchange| exchange.assignments.push(held));
    Ok(output)
}

/// `Set-ManagementRoleAssignment`: another limit. Without one of the three parameters nothing changes.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let at = position(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
    let limit = limit(organisation, parameters)?;
    if limit == Limit::default() {
        return Ok(Output::warning(format!(
            "The command completed successfully but no settings of '{identity}' have been modified."
        )));
    }
    change(organisation, |exchange| {
        if let Some(held) = exchange.assignments.get_mut(at) {
            held.scope = limit.scope;
            held.group_scope = limit.group_scope;
            held.administrative_unit = limit.administrative_unit;
        }
    });
    Ok(Output::nothing())
}

/// `Remove-ManagementRoleAssignment`.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let at = position(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
    change(organisation, |exchange| exchange.assignments.remove(at));
    Ok(Output::nothing())
}

/// `Get-AdministrativeUnit`.
pub(super) fn administrative_units(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let shown = |unit: &AdministrativeUnit| {
        json!({
            "Name": unit.id,
            "DisplayName": unit.display_name,
            "ExternalDirectoryObjectId": unit.id,
            "Guid": unit.id,
            "Identity": unit.id,
            "IsValid": true,
        })
    };
    match parameters.text("Identity") {
        None => {
            let units = organisation.objects.exchange.administrative_units.iter();
            Ok(Output::of(units.map(shown).collect()))
        }
        Some(identity) => unit(organisation, identity)
            .map(|unit| Output::of(vec![shown(unit)]))
            .ok_or_else(|| Failure::not_found(identity)),
    }
}
