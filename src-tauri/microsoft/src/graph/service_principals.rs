//! Service principals (microsoft-facts §2.2). An app made through Graph has none until one is created.

use domain::ids::{ClientId, ServicePrincipalId};
use domain::secret::Secret;
use serde::Deserialize;
use serde_json::json;

use super::{GraphCall, quoted, read};
use crate::error::Error;
use crate::http::Http;

#[derive(Deserialize)]
struct Wire {
    id: ServicePrincipalId,
}

/// Finds the service principal of an app.
pub async fn find(
    http: &Http,
    token: &Secret,
    client: ClientId,
) -> Result<Option<ServicePrincipalId>, Error> {
    let path = format!(
        "servicePrincipals(appId={})?$select=id,appId",
        quoted(&client.to_string())
    );
    match read::<Wire>(http, token, GraphCall::get("GET /servicePrincipals(appId)", path)).await {
        Ok(wire) => Ok(Some(wire.id)),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Creates the service principal of an app. One that exists already is found instead.
pub async fn create(http: &Http, token: &Secret, client: ClientId) -> Result<ServicePrincipalId, Error> {
    let body = json!({ "appId": client, "tags": ["Mailgrant"] });
    match read::<Wire>(
        http,
        token,
        GraphCall::post("POST /servicePrincipals", "servicePrincipals", body),
    )
    .await
    {
        Ok(wire) => Ok(wire.id),
        Err(error) if error.status() == Some(409) => find(http, token, client).await?.ok_or(error),
        Err(error) => Err(error),
    }
}
