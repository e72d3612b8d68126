//! `Test-ServicePrincipalAuthorization`: what Exchange has configured, at once and without Entra's grants
//! (microsoft-facts §4b). One row per assignment even when the mailbox is out of scope.

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::output::Output;
use super::parameters::Parameters;
use super::values::truth;
use super::{assignments, identity};
use crate::access::right;
use crate::organisation::Organisation;
use crate::published::application_roles::granted_permissions;

/// The rows. `InScope` is a word in some answers and a boolean in others, and "Not Run" without a resource
/// (practice-organisation notes); the scenario says which.
pub(super) fn run(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let principal =
        identity::service_principal(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
    let resource = match parameters.text("Resource") {
        None => None,
        Some(resource) => {
            Some(identity::recipient(organisation, resource).ok_or_else(|| Failure::not_found(resource))?)
        }
    };
    let exchange = &organisation.objects.exchange;
    let held = exchange
        .assignments
        .iter()
        .filter(|held| held.app.eq_ignore_ascii_case(&principal.object_id));
    let rows: Vec<Value> = held
        .map(|held| {
            let reached =
                resource.map(|position| right(exchange, held).reaches(&organisation.directory, position));
            let in_scope = match reached {
                None => json!("Not Run"),
                Some(reached) if organisation.scenario.authorization_booleans => json!(reached),
                Some(reached) => json!(truth(reached)),
            };
            json!({
                "RoleName": held.role,
                "GrantedPermissions": granted_permissions(&held.role),
                "AllowedResourceScope": assignments::scope_name(organisation, held).unwrap_or_else(|| "Organization".into()),
                "ScopeType": assignments::scope_type(held),
                "InScope": in_scope,
            })
        })
        .collect();
    Ok(Output::of(rows))
}
