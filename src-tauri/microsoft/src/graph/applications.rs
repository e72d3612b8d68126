//! App registrations (microsoft-facts §2.1).

use domain::ids::{AppObjectId, ClientId};
use domain::secret::Secret;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{GraphCall, quoted, read, read_batch, send};
use crate::error::{Error, Refusal};
use crate::http::{Http, Repeat};

/// An app registration, as far as we look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Object id.
    pub object_id: AppObjectId,
    /// Client id.
    pub client_id: ClientId,
    /// Display name.
    pub name: String,
    /// Tags: ours says which connection made it.
    pub tags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    id: AppObjectId,
    app_id: ClientId,
    display_name: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
}

impl From<Wire> for Application {
    fn from(wire: Wire) -> Self {
        Self {
            object_id: wire.id,
            client_id: wire.app_id,
            name: wire.display_name.unwrap_or_default(),
            tags: wire.tags,
        }
    }
}

const SELECT: &str = "$select=id,appId,displayName,tags";

/// Finds an app registration by its unique name.
pub async fn find(http: &Http, token: &Secret, unique_name: &str) -> Result<Option<Application>, Error> {
    let path = format!("applications(uniqueName={})?{SELECT}", quoted(unique_name));
    match read::<Wire>(http, token, GraphCall::get("GET /applications(uniqueName)", path)).await {
        Ok(wire) => Ok(Some(wire.into())),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Creates an app registration under a unique name, or finds the one that has it: sending it twice makes one app.
///
/// It is for this organisation only, without redirect addresses and without any permission. What the update form
/// answers on an existing app is 204 without a body, so it is read back (security-and-reliability §0.2).
///
/// Fails with 404 while Microsoft accepts the app and does not show it yet; the call can then be repeated.
pub async fn create_or_find(
    http: &Http,
    token: &Secret,
    unique_name: &str,
    display_name: &str,
    tag: &str,
) -> Result<Application, Error> {
    const NAME: &str = "PATCH /applications(uniqueName)";
    let body =
        json!({ "displayName": display_name, "signInAudience": "AzureADMyOrg", "tags": ["Mailgrant", tag] });
    let prefer = [("prefer", "create-if-missing".to_owned())];
    let path = format!("applications(uniqueName={})", quoted(unique_name));
    let call = GraphCall {
        name: NAME,
        method: Method::PATCH,
        path,
        headers: &prefer,
        body: Some(body),
        repeat: Repeat::Safe,
    };
    let answer = send(http, token, call).await?;
    if let Some(wire) = answer
        .json()
        .and_then(|value| serde_json::from_value::<Wire>(value).ok())
    {
        return Ok(wire.into());
    }
    // An app that was made a moment ago may be there and not be shown yet.
    let unseen = || {
        Error::Refused(Box::new(Refusal {
            call: NAME.into(),
            status: 404,
            request_id: answer.request_id.clone(),
            at: answer.at,
            ..Refusal::default()
        }))
    };
    find(http, token, unique_name).await?.ok_or_else(unseen)
}

/// Whether Microsoft shows an app registration and its service principal, read in one call.
pub async fn is_visible(
    http: &Http,
    token: &Secret,
    unique_name: &str,
    client: ClientId,
) -> Result<bool, Error> {
    let parts = [
        (
            "GET /applications(uniqueName)",
            format!("applications(uniqueName={})?$select=id", quoted(unique_name)),
        ),
        (
            "GET /servicePrincipals(appId)",
            format!(
                "servicePrincipals(appId={})?$select=id",
                quoted(&client.to_string())
            ),
        ),
    ];
    let mut visible = true;
    for outcome in read_batch(http, token, "POST /$batch (read the app back)", &parts).await? {
        match outcome {
            Err(error) if error.status() == Some(404) => visible = false,
            other => drop(other?),
        }
    }
    Ok(visible)
}

/// An app registration among the deleted ones, where its name stays taken for 30 days.
pub async fn find_deleted(
    http: &Http,
    token: &Secret,
    unique_name: &str,
) -> Result<Option<AppObjectId>, Error> {
    let path =
        "directory/deletedItems/microsoft.graph.application?$select=id,displayName,uniqueName&$top=999";
    let body: Value = read(http, token, GraphCall::get("GET /directory/deletedItems", path)).await?;
    let values = body.get("value").and_then(Value::as_array);
    Ok(values
        .into_iter()
        .flatten()
        .find(|value| value.get("uniqueName").and_then(Value::as_str) == Some(unique_name))
        .and_then(|value| value.get("id")?.as_str()?.parse().ok()))
}

/// Takes an app registration back from the deleted ones.
pub async fn restore(http: &Http, token: &Secret, id: AppObjectId) -> Result<(), Error> {
    let call = GraphCall {
        repeat: Repeat::Safe,
        ..GraphCall::post(
            "POST /directory/deletedItems/{id}/restore",
            format!("directory/deletedItems/{id}/restore"),
            json!({}),
        )
    };
    send(http, token, call).await.map(drop)
}

/// Deletes an app registration; Microsoft keeps it restorable for 30 days. Already gone is success.
pub async fn delete(http: &Http, token: &Secret, id: AppObjectId) -> Result<(), Error> {
    match send(
        http,
        token,
        GraphCall::delete("DELETE /applications/{id}", format!("applications/{id}")),
    )
    .await
    {
        Err(error) if error.status() != Some(404) => Err(error),
        _ => Ok(()),
    }
}
