//! App registrations that are there already, for whoever looks for the one that a platform uses: by an id, whichever of an
//! app's ids somebody copied, or by how its name begins.
//!
//! `displayName` can be filtered by `startswith` and `appId` by `eq` without the advanced query of Microsoft Graph (its
//! reference of `application`).

use domain::secret::Secret;
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::applications::{self, Application, SELECT, part_missing};
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
    begun(&body)
}

/// The apps of a list, up to [`MOST`], and whether there are more.
fn begun(body: &Value) -> Result<(Vec<Existing>, bool), Error> {
    let all = body.get("value").and_then(Value::as_array);
    let all = all.ok_or_else(|| part_missing(LIST))?;
    let found: Result<Vec<Existing>, Error> = all.iter().take(MOST).map(of).collect();
    Ok((found?, all.len() > MOST || body.get("@odata.nextLink").is_some()))
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
    if let Some(found) = object {
        return of(&found).map(Some);
    }
    let Some(principal) = principal else {
        return Ok(None);
    };
    let client = principal.get("appId").and_then(Value::as_str);
    let client = client.ok_or_else(|| part_missing(BY_ID))?;
    let outcome = read_batch(http, token, BY_ID, &[by_client(client)]).await?;
    let found = outcome.into_iter().next().map_or(Ok(None), if_there)?;
    found.as_ref().map(first).transpose().map(Option::flatten)
}

/// What is asked of each beside what tells whose it is.
const MORE: &str = ",createdDateTime,passwordCredentials,keyCredentials";

fn first(body: &Value) -> Result<Option<Existing>, Error> {
    let found = whole_list("applications with this id", body)?.first();
    found.map(of).transpose()
}

fn of(value: &Value) -> Result<Existing, Error> {
    let time = |value: &Value, name: &str| value.get(name)?.as_str()?.parse().ok();
    let listed = |field: &str| value.get(field).and_then(Value::as_array).into_iter().flatten();
    Ok(Existing {
        app: applications::of(value).ok_or_else(|| part_missing(LIST))?,
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
    }

    /// What can't be read isn't an app that isn't there.
    #[test]
    fn what_cannot_be_read_is_no_empty_list() {
        let (found, more) = begun(&json!({ "value": [] })).unwrap();
        assert_eq!((found, more), (Vec::new(), false));
        assert!(begun(&json!({})).is_err());
        assert!(begun(&json!({ "value": [{ "id": "nothing" }] })).is_err());
        assert_eq!(first(&json!({ "value": [] })).unwrap(), None);
        assert!(first(&json!({ "value": [{ "id": "nothing" }] })).is_err());
    }
}
