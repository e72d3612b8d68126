//! An API in the organisation: the object that grants are made on, whose id differs from one organisation to another
//! (microsoft-facts §2.2).

use std::collections::BTreeMap;

use calls::graph::Request;
use domain::app_role::AppRole;
use domain::secret::Secret;
use serde::Deserialize;

use super::send_described;
use crate::error::Error;
use crate::http::{Http, unexpected};

/// An API, as far as a grant needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// Object id of its service principal.
    pub id: String,
    /// The ids of its app roles, in lower case, by their names.
    pub roles: BTreeMap<String, String>,
}

impl Api {
    /// Whether the API has this app role under the id that is known of it. `call` is what read it.
    ///
    /// # Errors
    /// Where it has not: then nothing may be granted by that id.
    pub fn gives(&self, call: &str, role: AppRole) -> Result<(), Error> {
        match self.roles.get(role.name()) == Some(&role.id().to_string()) {
            true => Ok(()),
            false => Err(Error::Unexpected {
                call: call.to_owned(),
                status: 200,
                why: format!("the API has no {} under the id that is known", role.name()),
                request_id: None,
            }),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    id: String,
    app_roles: Vec<WireRole>,
}

#[derive(Deserialize)]
struct WireRole {
    id: String,
    value: Option<String>,
}

/// Reads it, as [`calls::entra::exchange_online`] describes it.
///
/// # Errors
/// As Microsoft answers; 404 where the organisation has no such API.
pub async fn read(http: &Http, token: &Secret, request: &Request) -> Result<Api, Error> {
    let answer = send_described(http, token, request).await?;
    let wire = answer
        .json()
        .and_then(|value| serde_json::from_value::<Wire>(value).ok());
    let wire = wire.ok_or_else(|| unexpected(request.name, answer.status, &answer))?;
    let roles = wire.app_roles.into_iter();
    Ok(Api {
        id: wire.id,
        roles: roles
            .filter_map(|role| Some((role.value?, role.id.to_lowercase())))
            .collect(),
    })
}
