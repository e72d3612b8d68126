//! App registrations (microsoft-facts §2.1).

use calls::graph::Request;
use domain::ids::{AppObjectId, ClientId};
use domain::secret::Secret;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::service_principals::{self, ServicePrincipal};
use super::{GraphCall, quoted, read, read_batch, send_described};
use crate::error::{Error, Refusal, if_there};
use crate::http::Http;

/// An app registration, as far as we look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Object id.
    pub object_id: AppObjectId,
    /// Client id.
    pub client_id: ClientId,
    /// Display name.
    pub name: String,
    /// The name that Microsoft keeps unique in the organisation, where it has one.
    pub unique_name: Option<String>,
    /// Tags: ours says which connection made it.
    pub tags: Vec<String>,
    /// Whose accounts may use it: `AzureADMyOrg` is this organisation's only.
    pub audience: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    id: AppObjectId,
    app_id: ClientId,
    display_name: Option<String>,
    unique_name: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    sign_in_audience: Option<String>,
}

impl From<Wire> for Application {
    fn from(wire: Wire) -> Self {
        Self {
            object_id: wire.id,
            client_id: wire.app_id,
            name: wire.display_name.unwrap_or_default(),
            unique_name: wire.unique_name,
            tags: wire.tags,
            audience: wire.sign_in_audience.unwrap_or_default(),
        }
    }
}

/// What is asked of an app registration: all that tells whose it is.
pub(super) const SELECT: &str = "$select=id,appId,displayName,uniqueName,tags,signInAudience";

/// An app registration out of an answer that was asked for with [`SELECT`].
pub(super) fn of(value: &Value) -> Option<Application> {
    serde_json::from_value::<Wire>(value.clone())
        .ok()
        .map(Application::from)
}

const FIND: &str = "GET /applications(uniqueName)";

/// Finds an app registration by its unique name.
///
/// # Errors
/// Whatever Microsoft answers but 404, which is `None`.
pub async fn find(http: &Http, token: &Secret, unique_name: &str) -> Result<Option<Application>, Error> {
    let path = format!("applications(uniqueName={})?{SELECT}", quoted(unique_name));
    let found = read::<Wire>(http, token, GraphCall::get(FIND, path)).await;
    Ok(if_there(found)?.map(Application::from))
}

/// A deleted app registration, which can be restored for 30 days (microsoft-facts §2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// What it was.
    pub app: Application,
    /// When it was deleted, where Microsoft says.
    pub at: Option<Timestamp>,
}

/// The deleted ones, with all that tells whose each is.
pub(super) const DELETED: &str = "directory/deletedItems/microsoft.graph.application?$select=id,appId,displayName,uniqueName,tags,signInAudience,deletedDateTime&$top=999";

/// A deleted app registration out of an answer that was asked for with [`DELETED`] or whole.
pub(super) fn deleted_of(value: &Value) -> Option<Deleted> {
    Some(Deleted {
        app: of(value)?,
        at: value
            .get("deletedDateTime")
            .and_then(Value::as_str)
            .and_then(|at| at.parse().ok()),
    })
}

pub(super) fn part_missing(call: &str) -> Error {
    Error::Unexpected {
        call: call.to_owned(),
        status: 200,
        why: "the answer does not have the shape that Microsoft documents".into(),
        request_id: None,
    }
}

/// Creates an app registration under a unique name that was found free, as [`calls::entra::create_app`] describes it.
/// Sending it twice makes one app.
///
/// What the update form answers on an app that is there by now is 204 without a body, so it is read back
/// (security-and-reliability §0.2); the caller then judges whose it is.
///
/// # Errors
/// 404 while Microsoft accepts the app and does not show it yet; the call can then be repeated.
pub async fn create(
    http: &Http,
    token: &Secret,
    request: &Request,
    unique_name: &str,
) -> Result<Application, Error> {
    let answer = send_described(http, token, request).await?;
    if let Some(wire) = answer
        .json()
        .and_then(|value| serde_json::from_value::<Wire>(value).ok())
    {
        return Ok(wire.into());
    }
    // An app that was made a moment ago may be there and not be shown yet: it is the look that finds nothing.
    let unseen = || {
        Error::Refused(Box::new(Refusal {
            call: FIND.into(),
            status: 404,
            request_id: answer.request_id.clone(),
            at: answer.at,
            ..Refusal::default()
        }))
    };
    find(http, token, unique_name).await?.ok_or_else(unseen)
}

/// An app as it stands: its registration, its enterprise application, and whether it lies among the deleted ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The registration, where it is live.
    pub app: Option<Application>,
    /// The enterprise application, where there is one.
    pub principal: Option<ServicePrincipal>,
    /// The registration among the deleted ones, where it can be restored from.
    pub deleted: Option<Deleted>,
}

/// Reads how an app stands, in one call, by its own ids.
///
/// # Errors
/// Whatever Microsoft answers but 404 for a part, which is `None`.
pub async fn standing(
    http: &Http,
    token: &Secret,
    object: AppObjectId,
    client: ClientId,
) -> Result<Standing, Error> {
    const NAME: &str = "POST /$batch (read the app back)";
    let parts = [
        (
            "GET /applications/{id}",
            format!("applications/{object}?{SELECT}"),
        ),
        (
            "GET /servicePrincipals(appId)",
            format!(
                "servicePrincipals(appId={})?{}",
                quoted(&client.to_string()),
                service_principals::SELECT
            ),
        ),
        (
            "GET /directory/deletedItems/{id}",
            format!("directory/deletedItems/{object}"),
        ),
    ];
    let mut found = Vec::new();
    for outcome in read_batch(http, token, NAME, &parts).await? {
        found.push(if_there(outcome)?);
    }
    let [app, principal, deleted]: [Option<Value>; 3] = found.try_into().map_err(|_| part_missing(NAME))?;
    let shaped = |part: usize| move || part_missing(parts_name(part));
    Ok(Standing {
        app: app.map(|value| of(&value).ok_or_else(shaped(0))).transpose()?,
        principal: principal
            .map(|value| service_principals::of(&value).ok_or_else(shaped(1)))
            .transpose()?,
        deleted: deleted
            .map(|value| deleted_of(&value).ok_or_else(shaped(2)))
            .transpose()?,
    })
}

fn parts_name(part: usize) -> &'static str {
    match part {
        0 => "GET /applications/{id}",
        1 => "GET /servicePrincipals(appId)",
        _ => "GET /directory/deletedItems/{id}",
    }
}
