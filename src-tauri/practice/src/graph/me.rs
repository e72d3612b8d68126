//! The directory roles that a person has in force (microsoft-facts §2.8).

use serde_json::{Value, json};

use super::failure::{Answer, denied, not_found, unsupported_query};
use super::{Key, query, users};
use crate::bearer::Caller;
use crate::directory::IdKind;
use crate::organisation::{Organisation, stable_id};
use crate::wire::Call;

/// `GET /me/transitiveMemberOf/microsoft.graph.directoryRole`: active roles only, matched by template id.
/// Without `ConsistencyLevel: eventual` and `$count=true` the cast is refused.
pub(super) fn roles(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = users::find(organisation, &key.value).ok_or_else(|| not_found(&key.value))?;
    let id = organisation.directory.id(IdKind::Directory, position);
    let own = id == caller.id() && caller.holds(&["User.Read"]);
    if !own
        && !caller.holds(&[
            "Directory.Read.All",
            "RoleManagement.Read.Directory",
            "RoleManagement.Read.All",
        ])
    {
        return Err(denied());
    }
    if !(query::eventual(call) && query::wants_count(call)) {
        return Err(unsupported_query(
            "Request with $count and OData cast needs the header 'ConsistencyLevel: eventual'.",
        ));
    }
    let roles: Vec<Value> = organisation
        .active_roles(&id)
        .iter()
        .map(|role| {
            json!({
                "@odata.type": "#microsoft.graph.directoryRole",
                "id": stable_id(0, role.template_id),
                "displayName": role.display_name,
                "description": role.display_name,
                "roleTemplateId": role.template_id,
            })
        })
        .collect();
    query::collection(
        organisation,
        call,
        "directoryObjects/microsoft.graph.directoryRole",
        roles,
    )
}
