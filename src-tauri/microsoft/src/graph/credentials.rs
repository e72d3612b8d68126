//! Client secrets of an app registration (microsoft-facts §2.4).

use domain::ids::{AppObjectId, KeyId};
use domain::secret::Secret;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::{GraphCall, read, send};
use crate::error::Error;
use crate::http::{Http, Repeat};

/// A secret as Microsoft lists it: without its value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordCredential {
    /// Its key id.
    #[serde(rename = "keyId")]
    pub key: KeyId,
    /// The name we gave it.
    #[serde(rename = "displayName")]
    pub name: Option<String>,
    /// When its life begins.
    pub start_date_time: Option<Timestamp>,
    /// When it ends.
    pub end_date_time: Option<Timestamp>,
}

/// A secret that was just made. Its value is told this once.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewPassword {
    /// Its key id.
    #[serde(rename = "keyId")]
    pub key: KeyId,
    /// When its life begins.
    pub start_date_time: Timestamp,
    /// When it ends.
    pub end_date_time: Timestamp,
    /// Its value.
    pub secret_text: Secret,
}

/// Lists the secrets of an app.
pub async fn list(http: &Http, token: &Secret, app: AppObjectId) -> Result<Vec<PasswordCredential>, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Wire {
        password_credentials: Vec<PasswordCredential>,
    }
    let path = format!("applications/{app}?$select=id,passwordCredentials");
    let wire: Wire = read(http, token, GraphCall::get("GET /applications/{id}", path)).await?;
    Ok(wire.password_credentials)
}

/// Makes a secret. It is never sent twice on its own, because each call makes another one.
pub async fn add(
    http: &Http,
    token: &Secret,
    app: AppObjectId,
    name: &str,
    ends_at: Timestamp,
) -> Result<NewPassword, Error> {
    const NAME: &str = "POST /applications/{id}/addPassword";
    let body = json!({ "passwordCredential": { "displayName": name, "endDateTime": ends_at } });
    let answer = send(
        &http.apart(),
        token,
        GraphCall::post(NAME, format!("applications/{app}/addPassword"), body),
    )
    .await?;
    serde_json::from_slice(&answer.body).map_err(|_| crate::http::unexpected(NAME, answer.status, &answer))
}

/// Removes a secret. Already gone is success.
pub async fn remove(http: &Http, token: &Secret, app: AppObjectId, key: KeyId) -> Result<(), Error> {
    let call = GraphCall {
        repeat: Repeat::Safe,
        ..GraphCall::post(
            "POST /applications/{id}/removePassword",
            format!("applications/{app}/removePassword"),
            json!({ "keyId": key }),
        )
    };
    match send(http, token, call).await {
        Ok(_) => Ok(()),
        Err(error) => match list(http, token, app).await {
            Ok(credentials) if credentials.iter().all(|credential| credential.key != key) => Ok(()),
            Err(listing) if listing.status() == Some(404) => Ok(()),
            _ => Err(error),
        },
    }
}
