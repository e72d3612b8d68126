//! Client secrets of an app registration (microsoft-facts §2.4).

use calls::graph::Request;
use domain::ids::{AppObjectId, KeyId};
use domain::secret::Secret;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::app_standing::{Credential, credentials_in};
use super::applications::{self, Application};
use super::{GraphCall, read, send_described};
use crate::error::Error;
use crate::http::Http;

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
) -> Result<(Application, Vec<Credential>), Error> {
    const NAME: &str = "GET /applications/{id}";
    let path = format!("applications/{app}?{},passwordCredentials", applications::SELECT);
    let value: Value = read(http, token, GraphCall::get(NAME, path)).await?;
    let application = applications::of(&value).ok_or_else(|| applications::part_missing(NAME))?;
    Ok((application, credentials_in(&value, "passwordCredentials", false)?))
}

/// Makes a secret, as [`calls::entra::add_password`] describes it. It is never sent twice on its own, because each call
/// makes another one.
///
/// # Errors
/// Whatever Microsoft answers; where no whole answer came, one may have been made.
pub async fn add(http: &Http, token: &Secret, request: &Request) -> Result<NewPassword, Error> {
    let answer = send_described(&http.apart(), token, request).await?;
    serde_json::from_slice(&answer.body)
        .map_err(|_| crate::http::unexpected(request.name, answer.status, &answer))
}
