//! Client secrets and certificates of an app registration (microsoft-facts §2.4, §2.5).

use std::collections::{BTreeMap, BTreeSet};

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

/// What an app registration holds, as it was read in one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The registration.
    pub app: Application,
    /// Its secrets and certificates.
    pub credentials: Vec<Credential>,
    /// Its certificates as Microsoft tells them, for [`calls::slot::Slot::Keys`].
    pub certificates: String,
}

/// Reads an app registration together with what it signs in with, so that whose it is and what it holds are of one moment.
///
/// # Errors
/// Whatever Microsoft answers; 404 where it shows no such app.
pub async fn of_app(http: &Http, token: &Secret, app: AppObjectId) -> Result<Held, Error> {
    const NAME: &str = "GET /applications/{id}";
    let path = format!(
        "applications/{app}?{},passwordCredentials,keyCredentials",
        applications::SELECT
    );
    let value: Value = read(http, token, GraphCall::get(NAME, path)).await?;
    let application = applications::of(&value).ok_or_else(|| applications::part_missing(NAME))?;
    let mut credentials = credentials_in(&value, "passwordCredentials", false)?;
    credentials.extend(credentials_in(&value, "keyCredentials", true)?);
    Ok(Held {
        app: application,
        credentials,
        certificates: value
            .get("keyCredentials")
            .map(Value::to_string)
            .unwrap_or_default(),
    })
}

impl Held {
    /// The names of certificates that Microsoft tells without their public half, but for this one.
    pub fn untold(&self, but: KeyId) -> Vec<String> {
        listed(self, but)
            .iter()
            .filter(|(_, entry)| entry.get("key").and_then(Value::as_str).is_none())
            .map(|(key, entry)| called(key, entry))
            .collect()
    }
}

/// The certificates by key id, but for this one.
fn listed(held: &Held, but: KeyId) -> BTreeMap<String, Value> {
    let list: Vec<Value> = serde_json::from_str(&held.certificates).unwrap_or_default();
    let named = list.into_iter().filter_map(|entry| {
        let key = entry.get("keyId").and_then(Value::as_str)?.to_ascii_lowercase();
        Some((key, entry))
    });
    named.filter(|(key, _)| *key != but.to_string()).collect()
}

/// One without a name is called by its key id.
fn called(key: &str, entry: &Value) -> String {
    let name = entry.get("displayName").and_then(Value::as_str);
    name.unwrap_or(key).to_owned()
}

/// The names of certificates that aren't the same in both readings, but for this one: gone, new, or another under the same
/// key id.
pub fn other_certificates(before: &Held, after: &Held, but: KeyId) -> Vec<String> {
    let (before, after) = (listed(before, but), listed(after, but));
    let differs = |key: &&String| before.get(*key) != after.get(*key);
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).filter(differs).collect();
    let name = |key: &&String| {
        let entry = before.get(*key).or_else(|| after.get(*key));
        entry.map_or_else(|| (*key).clone(), |entry| called(key, entry))
    };
    keys.iter().map(name).collect()
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

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    /// Whatever becomes of somebody else's certificate is seen, and what becomes of ours is no matter of it.
    #[test]
    fn somebody_elses_certificate_that_is_not_as_it_was_is_named() {
        let id = |number| KeyId(Uuid::from_u128(number));
        let held = |list: Value| Held {
            app: applications::of(&json!({ "id": Uuid::nil(), "appId": Uuid::nil() })).unwrap(),
            credentials: Vec::new(),
            certificates: list.to_string(),
        };
        let (ours, theirs) = (
            json!({ "keyId": id(1), "displayName": "Ours", "key": "AAAA" }),
            json!({ "keyId": id(2).to_string().to_uppercase(), "displayName": "Theirs", "key": "BBBB" }),
        );
        let both = held(json!([theirs, ours]));
        let changed = |after: Value| other_certificates(&both, &held(after), id(1));
        assert!(changed(json!([ours, theirs])).is_empty() && changed(json!([theirs])).is_empty());
        assert_eq!(changed(json!([ours])), ["Theirs"]);
        let mut other = theirs.clone();
        other["key"] = "CCCC".into();
        assert_eq!(changed(json!([other])), ["Theirs"]);
        let nameless = json!({ "keyId": id(3), "displayName": null });
        let untold = held(json!([theirs, nameless]));
        assert_eq!(untold.untold(id(1)), [id(3).to_string()]);
        assert!(untold.untold(id(3)).is_empty());
        assert_eq!(changed(json!([theirs, nameless])), [id(3).to_string()]);
    }
}
