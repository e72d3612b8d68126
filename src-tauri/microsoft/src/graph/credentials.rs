//! Client secrets of an app registration (microsoft-facts §2.4).

use domain::ids::{AppObjectId, KeyId};
use domain::secret::Secret;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::applications::{self, Application};
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

/// Reads an app registration together with its secrets, so that whose it is and what it holds are of one moment.
///
/// # Errors
/// Whatever Microsoft answers; 404 where it shows no such app.
pub async fn of_app(
    http: &Http,
    token: &Secret,
    app: AppObjectId,
) -> Result<(Application, Vec<PasswordCredential>), Error> {
    const NAME: &str = "GET /applications/{id}";
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Wire {
        password_credentials: Vec<PasswordCredential>,
    }
    let path = format!("applications/{app}?{},passwordCredentials", applications::SELECT);
    let value: Value = read(http, token, GraphCall::get(NAME, path)).await?;
    let shape = || Error::Unexpected {
        call: NAME.into(),
        status: 200,
        why: "the answer does not have the shape that Microsoft documents".into(),
        request_id: None,
    };
    let application = applications::of(&value).ok_or_else(shape)?;
    let wire: Wire = serde_json::from_value(value).map_err(|_| shape())?;
    Ok((application, wire.password_credentials))
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

/// Asks for the removal of a secret. What came of it is not in the answer; the caller reads [`of_app`] afterwards.
///
/// # Errors
/// Whatever Microsoft answers: 400 where the app holds no such secret, 404 where a replica does not show the app.
pub async fn remove(http: &Http, token: &Secret, app: AppObjectId, key: KeyId) -> Result<(), Error> {
    let call = GraphCall {
        repeat: Repeat::Safe,
        ..GraphCall::post(
            "POST /applications/{id}/removePassword",
            format!("applications/{app}/removePassword"),
            json!({ "keyId": key }),
        )
    };
    send(http, token, call).await.map(drop)
}
