//! Grants in Entra to our app: app roles and delegated scopes (microsoft-facts §2.3), by their names.
//!
//! A permission's name is what its API says: `Mail.Read` has the same id on Microsoft Graph and on Office 365 Exchange
//! Online, so a grant is always told with its API.

use std::collections::{BTreeMap, BTreeSet};

use domain::grant::{EntraGrant, opens, scopes_open};
use domain::ids::ServicePrincipalId;
use domain::secret::Secret;
use serde_json::Value;

use super::{quoted, read_batch, whole_list};
use crate::error::Error;
use crate::http::Http;

/// The parts of a batch that read every grant.
pub(super) fn parts(principal: ServicePrincipalId) -> [(&'static str, String); 2] {
    [
        (
            "GET /servicePrincipals/{id}/appRoleAssignments",
            format!("servicePrincipals/{principal}/appRoleAssignments?$top=999"),
        ),
        (
            "GET /oauth2PermissionGrants",
            format!(
                "oauth2PermissionGrants?$filter=clientId%20eq%20{}",
                quoted(&principal.to_string())
            ),
        ),
    ]
}

/// Reads every grant to the app, in one call, or in two where there are any: the second asks the APIs for the names.
pub async fn list(
    http: &Http,
    token: &Secret,
    principal: ServicePrincipalId,
) -> Result<Vec<EntraGrant>, Error> {
    let mut outcomes = read_batch(http, token, "POST /$batch (grants)", &parts(principal))
        .await?
        .into_iter();
    let mut next = || outcomes.next().unwrap_or(Ok(Value::Null));
    let (roles, scopes) = (next()?, next()?);
    named(http, token, &roles, &scopes).await
}

/// An API, as far as grants need it.
struct Api {
    app_id: String,
    name: String,
    roles: BTreeMap<String, String>,
}

/// The grants in the answers to [`parts`], with the names that their APIs give them.
pub(super) async fn named(
    http: &Http,
    token: &Secret,
    roles: &Value,
    scopes: &Value,
) -> Result<Vec<EntraGrant>, Error> {
    let (roles, scopes) = (whole_list("grants", roles)?, whole_list("grants", scopes)?);
    let ids: BTreeSet<String> = roles
        .iter()
        .chain(scopes)
        .map(|grant| text(grant, "resourceId"))
        .collect();
    let apis = apis(http, token, ids.into_iter().collect()).await?;
    let api = |grant: &Value| apis.get(&text(grant, "resourceId"));
    let app_id = |grant: &Value| api(grant).map_or("", |api| api.app_id.as_str());
    let of_role = |grant: &Value| {
        let role = text(grant, "appRoleId");
        let name = api(grant).and_then(|api| api.roles.get(&role));
        EntraGrant {
            id: text(grant, "id"),
            resource: text(grant, "resourceDisplayName"),
            api: app_id(grant).to_owned(),
            opens: opens(app_id(grant), name.map(String::as_str)),
            permission: name.cloned().unwrap_or(role),
            app_role: true,
        }
    };
    let of_scope = |grant: &Value| {
        let scopes = grant.get("scope").and_then(Value::as_str).map(str::trim);
        EntraGrant {
            id: text(grant, "id"),
            resource: api(grant).map_or_else(|| text(grant, "resourceId"), |api| api.name.clone()),
            api: app_id(grant).to_owned(),
            opens: match scopes {
                Some(scopes) => scopes_open(app_id(grant), scopes),
                None => opens(app_id(grant), None),
            },
            permission: scopes.unwrap_or_default().to_owned(),
            app_role: false,
        }
    };
    Ok(roles
        .iter()
        .map(of_role)
        .chain(scopes.iter().map(of_scope))
        .collect())
}

/// Reads what the APIs call themselves and their app roles, by the object ids of their service principals.
async fn apis(http: &Http, token: &Secret, ids: Vec<String>) -> Result<BTreeMap<String, Api>, Error> {
    let mut apis = BTreeMap::new();
    for chunk in ids.chunks(20) {
        let parts: Vec<(&'static str, String)> = chunk
            .iter()
            .map(|id| {
                (
                    "GET /servicePrincipals/{id}",
                    format!(
                        "servicePrincipals/{}?$select=id,appId,displayName,appRoles",
                        super::escaped(id)
                    ),
                )
            })
            .collect();
        let answers = read_batch(http, token, "POST /$batch (names of permissions)", &parts).await?;
        for (id, answer) in chunk.iter().zip(answers) {
            // An API that can't be read leaves its grants without a name, which counts as the worst.
            let Ok(answer) = answer else { continue };
            let roles = answer.get("appRoles").and_then(Value::as_array);
            apis.insert(
                id.clone(),
                Api {
                    app_id: text(&answer, "appId"),
                    name: text(&answer, "displayName"),
                    roles: roles
                        .into_iter()
                        .flatten()
                        .map(|role| (text(role, "id"), text(role, "value")))
                        .filter(|(_, name)| !name.is_empty())
                        .collect(),
                },
            );
        }
    }
    Ok(apis)
}

fn text(value: &Value, field: &str) -> String {
    value
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
