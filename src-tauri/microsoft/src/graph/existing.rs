//! App registrations that are there already, for whoever looks for the one that a platform uses: by an id, whichever of an
//! app's ids somebody copied, or by how its name begins.
//!
//! `displayName` can be filtered by `startswith` and `appId` by `eq` without the advanced query of Microsoft Graph (its
//! reference of `application`).

use domain::secret::Secret;
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::applications::{self, Application, SELECT};
use super::{GraphCall, escaped, read, read_batch, whole_list};
use crate::error::{Error, if_there};
use crate::http::Http;

const LIST: &str = "GET /applications (by name)";
const BY_ID: &str = "POST /$batch (which app has this id)";

/// How many of a name are read; of a longer list the reader is asked for more of the name.
pub const MOST: usize = 50;

/// An app registration with when it was made and how long its credentials last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Existing {
    /// The registration.
    pub app: Application,
    /// When it was made, where Microsoft says.
    pub made_at: Option<Timestamp>,
    /// When each of its secrets and certificates ends, where Microsoft says.
    pub ends: Vec<Option<Timestamp>>,
}

/// Every live app registration whose name begins like this, up to [`MOST`], and whether there are more.
///
/// # Errors
/// Whatever Microsoft answers.
pub async fn by_name(http: &Http, token: &Secret, name: &str) -> Result<(Vec<Existing>, bool), Error> {
    let filter = escaped(&format!("startswith(displayName,'{}')", name.replace('\'', "''")));
    let path = format!("applications?$filter={filter}&{SELECT}{MORE}&$top={}", MOST + 1);
    let body: Value = read(http, token, GraphCall::get(LIST, path)).await?;
    let all = body.get("value").and_then(Value::as_array);
    let mut found: Vec<Existing> = all.into_iter().flatten().filter_map(of).collect();
    let more = found.len() > MOST || body.get("@odata.nextLink").is_some();
    found.truncate(MOST);
    Ok((found, more))
}

/// The live app registration with this id: its client id, its object id, or that of its enterprise application.
///
/// # Errors
/// Whatever Microsoft answers but 404.
pub async fn by_id(http: &Http, token: &Secret, id: Uuid) -> Result<Option<Existing>, Error> {
    let by_client = |client: &str| {
        let filter = escaped(&format!("appId eq '{client}'"));
        (
            "GET /applications(appId)",
            format!("applications?$filter={filter}&{SELECT}{MORE}"),
        )
    };
    let parts = [
        by_client(&id.to_string()),
        (
            "GET /applications/{id}",
            format!("applications/{id}?{SELECT}{MORE}"),
        ),
        (
            "GET /servicePrincipals/{id}",
            format!("servicePrincipals/{id}?$select=id,appId"),
        ),
    ];
    let mut outcomes = read_batch(http, token, BY_ID, &parts).await?.into_iter();
    let mut next = || outcomes.next().map_or(Ok(None), if_there);
    let (client, object, principal) = (next()?, next()?, next()?);
    if let Some(found) = client.as_ref().map(first).transpose()?.flatten() {
        return Ok(Some(found));
    }
    if let Some(found) = object.as_ref().and_then(of) {
        return Ok(Some(found));
    }
    let client = principal.as_ref().and_then(|found| found.get("appId")?.as_str());
    let Some(client) = client else { return Ok(None) };
    let outcome = read_batch(http, token, BY_ID, &[by_client(client)]).await?;
    let found = outcome.into_iter().next().map_or(Ok(None), if_there)?;
    found.as_ref().map(first).transpose().map(Option::flatten)
}

/// What is asked of each beside what tells whose it is.
const MORE: &str = ",createdDateTime,passwordCredentials,keyCredentials";

fn first(body: &Value) -> Result<Option<Existing>, Error> {
    Ok(whole_list("applications with this id", body)?
        .first()
        .and_then(of))
}

fn of(value: &Value) -> Option<Existing> {
    let time = |value: &Value, name: &str| value.get(name)?.as_str()?.parse().ok();
    let listed = |field: &str| value.get(field).and_then(Value::as_array).into_iter().flatten();
    Some(Existing {
        app: applications::of(value)?,
        made_at: time(value, "createdDateTime"),
        ends: listed("passwordCredentials")
            .chain(listed("keyCredentials"))
            .map(|credential| time(credential, "endDateTime"))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_app_is_read_with_the_ends_of_all_that_signs_in_as_it() {
        let value = json!({
            "id": "6f1b2c3d-0000-4000-8000-000000000001", "appId": "6f1b2c3d-0000-4000-8000-000000000002",
            "displayName": "Contact Pro", "tags": [], "signInAudience": "AzureADMyOrg",
            "createdDateTime": "2022-10-05T08:00:00Z",
            "passwordCredentials": [{ "endDateTime": "2299-12-31T00:00:00Z" }],
            "keyCredentials": [{ "endDateTime": null }],
        });
        let found = of(&value).unwrap();
        assert_eq!(found.app.name, "Contact Pro");
        assert_eq!(found.made_at, Some("2022-10-05T08:00:00Z".parse().unwrap()));
        assert_eq!(found.ends, [Some("2299-12-31T00:00:00Z".parse().unwrap()), None]);
        assert_eq!(of(&json!({ "id": "nothing" })), None);
    }
}
