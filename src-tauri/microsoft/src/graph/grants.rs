//! Grants in Entra to our app: app roles and delegated scopes (microsoft-facts §2.3).
//!
//! On the RBAC route the app needs none, and any mail grant would reach every mailbox, because grants in Entra and in
//! Exchange add up.

use domain::ids::ServicePrincipalId;
use domain::secret::Secret;
use serde_json::Value;

use super::{GraphCall, quoted, read_batch, send};
use crate::error::Error;
use crate::http::Http;

/// A grant to our app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Microsoft's id of the grant.
    pub id: String,
    /// Display name of the API, such as "Microsoft Graph"; its id for a delegated grant.
    pub resource: String,
    /// Name of the permission where it is known, its id otherwise.
    pub permission: String,
    /// Whether it is an app role.
    pub app_role: bool,
}

/// App roles of Microsoft Graph that reach mail, by id (microsoft-facts §3.1). The ids of Mail.Read, Mail.ReadWrite
/// and Mail.Send are the same on Office 365 Exchange Online, so a grant is always named with its resource.
const MAIL_ROLES: [(&str, &str); 12] = [
    ("810c84a8-4a9e-49e6-bf7d-12d183f40d01", "Mail.Read"),
    ("6be147d2-ea4f-4b5a-a3fa-3eab6f3c140a", "Mail.ReadBasic"),
    ("693c5e45-0940-467d-9b8a-1022fb9d42ef", "Mail.ReadBasic.All"),
    ("e2a3a72e-5f79-4c64-b1b1-878b674786c9", "Mail.ReadWrite"),
    ("b633e1c5-b582-4048-a93e-9f11b44c7e96", "Mail.Send"),
    ("40f97065-369a-49f4-947c-6a255697ae91", "MailboxSettings.Read"),
    (
        "6931bccd-447a-43d1-b442-00a195474933",
        "MailboxSettings.ReadWrite",
    ),
    ("99280d24-a782-4793-93cc-0888549957f6", "MailboxFolder.Read.All"),
    ("7d9f353d-a7bd-4fbb-822a-26d5dd39a3ce", "MailboxItem.Read.All"),
    ("798ee544-9d2d-430c-a058-570e29e34338", "Calendars.Read"),
    ("dc890d15-9560-4a4c-9b7f-a736ec74ec40", "full_access_as_app"),
    ("5e5addcd-3e8d-4e90-baf5-964efab2b20a", "IMAP.AccessAsApp"),
];

/// Reads every grant to the app, in one call.
pub async fn list(http: &Http, token: &Secret, principal: ServicePrincipalId) -> Result<Vec<Grant>, Error> {
    let parts = [
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
    ];
    let mut outcomes = read_batch(http, token, "POST /$batch (grants)", &parts)
        .await?
        .into_iter();
    let mut values = || -> Result<Vec<Value>, Error> {
        let body = outcomes.next().transpose()?.unwrap_or_default();
        // Another page would be grants that were not looked at: that is no proof.
        let incomplete = body.get("@odata.nextLink").is_some();
        match body.get("value").and_then(Value::as_array) {
            Some(values) if !incomplete => Ok(values.clone()),
            _ => Err(Error::Unexpected {
                call: "grants".into(),
                status: 200,
                why: "the list of grants is incomplete".into(),
                request_id: None,
            }),
        }
    };
    let text = |value: &Value, field: &str| {
        value
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let mut grants: Vec<Grant> = values()?
        .iter()
        .map(|value| {
            let role = text(value, "appRoleId");
            let name = MAIL_ROLES
                .iter()
                .find(|(id, _)| *id == role)
                .map_or(role.clone(), |(_, name)| (*name).to_owned());
            Grant {
                id: text(value, "id"),
                resource: text(value, "resourceDisplayName"),
                permission: name,
                app_role: true,
            }
        })
        .collect();
    grants.extend(values()?.iter().map(|value| Grant {
        id: text(value, "id"),
        resource: text(value, "resourceId"),
        permission: text(value, "scope").trim().to_owned(),
        app_role: false,
    }));
    Ok(grants)
}

/// Removes a grant of our own app. Already gone is success.
pub async fn remove(
    http: &Http,
    token: &Secret,
    principal: ServicePrincipalId,
    grant: &Grant,
) -> Result<(), Error> {
    let call = if grant.app_role {
        GraphCall::delete(
            "DELETE /servicePrincipals/{id}/appRoleAssignments/{id}",
            format!(
                "servicePrincipals/{principal}/appRoleAssignments/{}",
                super::escaped(&grant.id)
            ),
        )
    } else {
        GraphCall::delete(
            "DELETE /oauth2PermissionGrants/{id}",
            format!("oauth2PermissionGrants/{}", super::escaped(&grant.id)),
        )
    };
    match send(http, token, call).await {
        Err(error) if error.status() != Some(404) => Err(error),
        _ => Ok(()),
    }
}
