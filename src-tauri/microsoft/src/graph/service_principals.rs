//! Service principals (microsoft-facts §2.2). An app made through Graph has none until one is created.

use calls::graph::Request;
use domain::ids::{ClientId, ServicePrincipalId};
use domain::secret::Secret;
use serde::Deserialize;
use serde_json::Value;

use super::{GraphCall, quoted, read, send_described};
use crate::error::{Error, if_there};
use crate::http::{Http, unexpected};

/// A service principal ("enterprise application"), as far as we look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePrincipal {
    /// Object id.
    pub id: ServicePrincipalId,
    /// The app that it stands for.
    pub client_id: ClientId,
    /// Tags: ours says which connection made it.
    pub tags: Vec<String>,
    /// Whether the app may sign in in this organisation (microsoft-facts §2.2). Switched off, its key is answered with
    /// AADSTS7000112 (microsoft-facts §12).
    pub enabled: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    id: ServicePrincipalId,
    app_id: ClientId,
    #[serde(default)]
    tags: Vec<String>,
    account_enabled: Option<bool>,
}

impl From<Wire> for ServicePrincipal {
    fn from(wire: Wire) -> Self {
        Self {
            id: wire.id,
            client_id: wire.app_id,
            tags: wire.tags,
            enabled: wire.account_enabled.unwrap_or(true),
        }
    }
}

pub(super) const SELECT: &str = "$select=id,appId,tags,accountEnabled";

/// A service principal out of an answer that was asked for with [`SELECT`].
pub(super) fn of(value: &Value) -> Option<ServicePrincipal> {
    serde_json::from_value::<Wire>(value.clone())
        .ok()
        .map(ServicePrincipal::from)
}

/// Finds the service principal of an app.
///
/// # Errors
/// Whatever Microsoft answers but 404, which is `None`.
pub async fn find(http: &Http, token: &Secret, client: ClientId) -> Result<Option<ServicePrincipal>, Error> {
    let path = format!(
        "servicePrincipals(appId={})?{SELECT}",
        quoted(&client.to_string())
    );
    let found = read::<Wire>(http, token, GraphCall::get("GET /servicePrincipals(appId)", path)).await;
    Ok(if_there(found)?.map(ServicePrincipal::from))
}

/// Creates the service principal of an app, as [`calls::entra::create_principal`] describes it. One that exists already is
/// found instead: an app has one at most (409, microsoft-facts §2.2), so it is this app's whoever made it.
///
/// # Errors
/// 400 or 404 while Microsoft does not show the app yet; 409 while it does not show a service principal that is there.
pub async fn create(
    http: &Http,
    token: &Secret,
    request: &Request,
    client: ClientId,
) -> Result<ServicePrincipal, Error> {
    let outcome = send_described(http, token, request).await;
    match outcome {
        Ok(answer) => answer
            .json()
            .and_then(|value| serde_json::from_value::<Wire>(value).ok())
            .map(ServicePrincipal::from)
            .ok_or_else(|| unexpected(request.name, answer.status, &answer)),
        Err(error) if error.status() == Some(409) => find(http, token, client).await?.ok_or(error),
        Err(error) => Err(error),
    }
}

/// Whether [`create`] may only have come before Microsoft shows everywhere what it needs: 404, or 400 because the app's
/// id refers to nothing yet; or 409 without the service principal that is there (microsoft-facts §2.2, §2.11).
pub fn not_yet(error: &Error) -> bool {
    matches!(error.status(), Some(400 | 404 | 409))
}
