//! `Test-ServicePrincipalAuthorization`: what Exchange has configured, at once and without Entra's grants
//! (microsoft-facts §4b). One row per assignment even when the mailbox is out of scope.

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::parameters::Parameters;
use super::{Output, recipients, service_principals};
use crate::access::configured;
use crate::application_roles::granted_permissions;
use crate::organisation::Organisation;

/// The rows; `InScope` is text, "Not Run" without a resource.
pub(super) fn run(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let identity = parameters.require("Identity")?;
    let principal =
        service_principals::resolve(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
    let resource = match parameters.text("Resource") {
        None => None,
        Some(resource) => {
            Some(recipients::resolve(organisation, resource).ok_or_else(|| Failure::not_found(resource))?)
        }
    };
    let exchange = &organisation.objects.exchange;
    let rights = configured(exchange, &principal.object_id);
    let held = exchange
        .assignments
        .iter()
        .filter(|held| held.app == principal.object_id);
    let rows: Vec<Value> = held
        .zip(rights)
        .map(|(held, right)| {
            let in_scope = match resource {
                None => "Not Run",
                Some(position) if right.reaches(&organisation.directory, position) => "True",
                Some(_) => "False",
            };
            json!({
                "RoleName": held.role,
                "GrantedPermissions": granted_permissions(&held.role),
                "AllowedResourceScope": held.scope.as_deref().unwrap_or("Organization"),
                "ScopeType": if held.scope.is_some() { "CustomRecipientScope" } else { "Organization" },
                "InScope": in_scope,
            })
        })
        .collect();
    Ok(Output::of(rows))
}
