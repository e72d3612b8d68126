//! `GET /me` and the roles of the person who is signed in (microsoft-facts §2.8).

use serde_json::{Value, json};

use super::failure::{Answer, Failure, bad_request, denied, unsupported_query};
use super::{query, users};
use crate::bearer::Caller;
use crate::directory::IdKind;
use crate::organisation::{Organisation, stable_id};
use crate::wire::Call;

fn person(caller: &Caller) -> Result<&str, Failure> {
    match caller {
        Caller::Person { id, .. } => Ok(id),
        Caller::Application { .. } => Err(bad_request(
            "/me request is only valid with delegated authentication flow.",
        )),
    }
}

/// `GET /me`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    let id = person(caller)?;
    if !caller.holds(&[
        "User.Read",
        "User.ReadBasic.All",
        "User.Read.All",
        "Directory.Read.All",
    ]) {
        return Err(denied());
    }
    let position = organisation
        .directory
        .by_id(IdKind::Directory, id)
        .ok_or_else(|| super::failure::not_found(id))?;
    Ok(query::object(
        organisation,
        call,
        200,
        "users/$entity",
        users::user(organisation, position, query::selected(call).as_deref()),
    ))
}

/// `GET /me/transitiveMemberOf/microsoft.graph.directoryRole`: active roles only, matched by template id.
/// Without `ConsistencyLevel: eventual` and `$count=true` the cast is refused.
pub(super) fn roles(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    let id = person(caller)?;
    if !caller.holds(&[
        "User.Read",
        "Directory.Read.All",
        "RoleManagement.Read.Directory",
        "RoleManagement.Read.All",
    ]) {
        return Err(denied());
    }
    if !(query::eventual(call) && query::wants_count(call)) {
        return Err(unsupported_query(
            "Request with $count and OData cast needs the header 'ConsistencyLevel: eventual'.",
        ));
    }
    let roles: Vec<Value> = organisation
        .active_roles(id)
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
