//! Application roles given to apps, for a scope or for the whole organisation (microsoft-facts §4b).

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::organization_config::require_customization;
use super::parameters::Parameters;
use super::{Output, scopes, service_principals};
use crate::application_roles::known_role;
use crate::objects::RoleAssignment;
use crate::organisation::{Organisation, new_id};

fn shown(organisation: &Organisation, held: &RoleAssignment) -> Value {
    let principal = organisation
        .objects
        .exchange
        .service_principals
        .iter()
        .find(|found| found.object_id == held.app);
    let name = principal.map_or(held.app.as_str(), |found| found.display_name.as_str());
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
        "EffectiveUserName": name,
        "CustomResourceScope": held.scope,
        "CustomRecipientWriteScope": held.scope,
        "RecipientWriteScope": if held.scope.is_some() { "CustomRecipientScope" } else { "Organization" },
        "Enabled": true,
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
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
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
            service_principals::resolve(organisation, identity)
                .map(|found| found.object_id.clone())
                .ok_or_else(|| Failure::not_found(identity))?,
        ),
    };
    let role = parameters.text("Role");
    let scope = parameters.text("CustomRecipientWriteScope");
    let all = organisation.objects.exchange.assignments.iter().filter(|held| {
        assignee.as_ref().is_none_or(|assignee| held.app == *assignee)
            && role.is_none_or(|role| held.role.eq_ignore_ascii_case(role))
            && scope.is_none_or(|scope| {
                held.scope
                    .as_deref()
                    .is_some_and(|name| name.eq_ignore_ascii_case(scope))
            })
    });
    Ok(Output::of(all.map(|held| shown(organisation, held)).collect()))
}

/// `New-ManagementRoleAssignment`.
pub(super) fn create(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    require_customization(organisation, "New-ManagementRoleAssignment")?;
    let app = parameters.require("App")?;
    let role = parameters.require("Role")?;
    let role = known_role(role).ok_or_else(|| Failure::not_found(role))?;
    let principal = service_principals::resolve(organisation, app).ok_or_else(|| Failure::not_found(app))?;
    let (app, display_name) = (principal.object_id.clone(), principal.display_name.clone());
    for unsupported in ["RecipientAdministrativeUnitScope", "RecipientGroupScope"] {
        if let Some(identity) = parameters.text(unsupported) {
            return Err(Failure::not_found(identity));
        }
    }
    let scope = match parameters.text("CustomResourceScope") {
        None => None,
        Some(identity) => Some(
            scopes::resolve(organisation, identity)
                .map(|found| found.name.clone())
                .ok_or_else(|| Failure::not_found(identity))?,
        ),
    };
    let name = parameters
        .text("Name")
        .map_or_else(|| format!("{role}-{display_name}"), str::to_owned);
    if position(organisation, &name).is_some() {
        return Err(Failure::exists("management role assignment", &name));
    }
    let held = RoleAssignment {
        name,
        role,
        app,
        scope,
        group_scope: None,
        administrative_unit: None,
        guid: new_id(),
    };
    let output = Output::of(vec![shown(organisation, &held)]);
    super::change(organisation, |exchange| exchange.assignments.push(held));
    organisation.touch();
    Ok(output)
}

/// `Remove-ManagementRoleAssignment`.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let identity = parameters.require("Identity")?;
    let at = position(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
    super::change(organisation, |exchange| exchange.assignments.remove(at));
    organisation.touch();
    Ok(Output::nothing())
}
