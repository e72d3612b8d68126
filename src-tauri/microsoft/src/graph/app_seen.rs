//! What there is of an app in Entra, in one call: who holds its name, live or deleted, its service principal, its secrets,
//! its grants. What isn't there is told as not there; what couldn't be read fails.

use domain::grant::EntraGrant;
use domain::ids::{AppObjectId, ClientId, ServicePrincipalId};
use domain::secret::Secret;
use serde_json::Value;

use super::app_standing::{Credential, credentials_in};
use super::applications::{self, Application, DELETED, Deleted, deleted_of};
use super::service_principals::{self, ServicePrincipal};
use super::{grants, quoted, read_batch};
use crate::error::{Error, if_there};
use crate::http::Http;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Sought {
    /// The name that Microsoft keeps unique.
    pub unique_name: String,
    /// The ids of the registration, where they are known.
    pub ids: Option<(AppObjectId, ClientId)>,
    /// The id of the service principal, where it is known.
    pub principal: Option<ServicePrincipalId>,
}

/// An app registration with what signs in as it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// The registration.
    pub app: Application,
    /// Its secrets and certificates.
    pub credentials: Vec<Credential>,
}

/// What there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppSeen {
    /// The live registration: the one with the known ids, or else the one that has the name.
    pub live: Option<Live>,
    /// One among the deleted ones that has the name or the ids. A name stays taken for 30 days (microsoft-facts §2.1, §12;
    /// security-and-reliability §0.3).
    pub deleted: Option<Deleted>,
    /// The service principal of the live one.
    pub principal: Option<ServicePrincipal>,
    /// What it is granted; nothing is known of it where there is no service principal.
    pub grants: Option<Vec<EntraGrant>>,
}

const NAME: &str = "POST /$batch (look for the app)";

/// Reads all of it: in one call where the ids are known or there is no such app, in up to three where they aren't.
///
/// # Errors
/// Whatever Microsoft answers but 404 for a part.
pub async fn read(http: &Http, token: &Secret, sought: &Sought) -> Result<AppSeen, Error> {
    let mut parts = vec![
        (
            "GET /applications(uniqueName)",
            format!(
                "applications(uniqueName={})?{}",
                quoted(&sought.unique_name),
                LIVE.as_str()
            ),
        ),
        ("GET /directory/deletedItems", DELETED.to_owned()),
    ];
    if let Some((object, client)) = sought.ids {
        parts.push((
            "GET /applications/{id}",
            format!("applications/{object}?{}", LIVE.as_str()),
        ));
        parts.push(principal_part(client));
    }
    if let Some(principal) = sought.principal {
        parts.extend(grants::parts(principal));
    }
    let outcomes = read_batch(http, token, NAME, &parts).await?;
    let mut outcomes = outcomes.into_iter();
    let mut next = || outcomes.next().map_or(Ok(None), if_there);
    let (named, deleted) = (next()?, next()?);
    let (mut recorded, mut principal) = (None, None);
    if sought.ids.is_some() {
        (recorded, principal) = (next()?, next()?);
    }
    let mut seen = AppSeen {
        live: match recorded.or(named) {
            Some(value) => Some(live(&value)?),
            None => None,
        },
        deleted: deleted_one(deleted.as_ref(), sought)?,
        principal: principal.as_ref().map(principal_of).transpose()?,
        grants: None,
    };
    if let Some(live) = seen.live.as_ref().filter(|_| sought.ids.is_none()) {
        let client = live.app.client_id;
        let outcome = read_batch(http, token, NAME, &[principal_part(client)]).await?;
        let found = outcome.into_iter().next().map_or(Ok(None), if_there)?;
        seen.principal = found.as_ref().map(principal_of).transpose()?;
    }
    let of_grants = seen.principal.as_ref().map(|principal| principal.id);
    if let Some(id) = of_grants {
        seen.grants = Some(if sought.principal == Some(id) {
            let (roles, scopes) = (next()?, next()?);
            let whole = roles
                .zip(scopes)
                .ok_or_else(|| applications::part_missing(NAME))?;
            grants::named(http, token, &whole.0, &whole.1).await?
        } else {
            grants::list(http, token, id).await?
        });
    }
    Ok(seen)
}

/// What is asked of a live registration.
static LIVE: std::sync::LazyLock<String> =
    std::sync::LazyLock::new(|| format!("{},passwordCredentials,keyCredentials", applications::SELECT));

fn principal_part(client: ClientId) -> (&'static str, String) {
    (
        "GET /servicePrincipals(appId)",
        format!(
            "servicePrincipals(appId={})?{}",
            quoted(&client.to_string()),
            service_principals::SELECT
        ),
    )
}

fn principal_of(value: &Value) -> Result<ServicePrincipal, Error> {
    service_principals::of(value).ok_or_else(|| applications::part_missing(NAME))
}

fn live(value: &Value) -> Result<Live, Error> {
    let mut credentials = Vec::new();
    for (field, certificate) in [("passwordCredentials", false), ("keyCredentials", true)] {
        credentials.extend(credentials_in(value, field, certificate)?);
    }
    Ok(Live {
        app: applications::of(value).ok_or_else(|| applications::part_missing(NAME))?,
        credentials,
    })
}

fn deleted_one(list: Option<&Value>, sought: &Sought) -> Result<Option<Deleted>, Error> {
    let list = list.ok_or_else(|| applications::part_missing(NAME))?;
    // More than are listed on a page are read no further: a name that one of those holds is refused when it is used.
    let deleted = list
        .get("value")
        .and_then(Value::as_array)
        .ok_or_else(|| applications::part_missing(NAME))?;
    let of_ours = |held: &Deleted| {
        held.app.unique_name.as_deref() == Some(sought.unique_name.as_str())
            || sought.ids.is_some_and(|(object, _)| held.app.object_id == object)
    };
    Ok(deleted.iter().filter_map(deleted_of).find(of_ours))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn item(object: u128, name: &str) -> Value {
        json!({ "id": Uuid::from_u128(object), "appId": Uuid::from_u128(9), "displayName": "A", "uniqueName": name,
                "tags": [], "signInAudience": "AzureADMyOrg", "deletedDateTime": "2027-01-01T00:00:00Z" })
    }

    /// One of ours is known by its name, and by its id also where somebody changed the name.
    #[test]
    fn a_deleted_app_is_found_by_name_or_id_and_nothing_else() {
        let sought = |ids| Sought {
            unique_name: "ours".into(),
            ids,
            principal: None,
        };
        let ids = Some((AppObjectId(Uuid::from_u128(2)), ClientId(Uuid::from_u128(9))));
        let list = json!({ "value": [item(1, "other"), item(2, "renamed")] });
        assert_eq!(deleted_one(Some(&list), &sought(None)), Ok(None));
        let found = deleted_one(Some(&list), &sought(ids)).unwrap().unwrap();
        assert_eq!(found.app.object_id, AppObjectId(Uuid::from_u128(2)));
        let list = json!({ "value": [item(3, "ours")] });
        assert!(deleted_one(Some(&list), &sought(None)).unwrap().is_some());
        assert!(deleted_one(Some(&json!({})), &sought(None)).is_err());
        assert!(deleted_one(None, &sought(None)).is_err());
    }
}
