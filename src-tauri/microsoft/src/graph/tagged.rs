//! App registrations that carry a tag, for whoever looks for what somebody else made with this product.
//!
//! `tags` can be filtered by `any` and `eq` without the advanced query of Microsoft Graph (its reference of `application`:
//! "Supports $filter (eq, not, ge, le, startsWith)").

use domain::secret::Secret;
use jiff::Timestamp;
use serde_json::Value;

use super::applications::{self, Application, SELECT, part_missing};
use super::{GraphCall, quoted, read, whole_list};
use crate::error::Error;
use crate::http::Http;

const LIST: &str = "GET /applications (by their tag)";

/// An app registration with when it was made and how long its secrets last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The registration.
    pub app: Application,
    /// When it was made, where Microsoft says.
    pub made_at: Option<Timestamp>,
    /// When each of its secrets ends, with the secret's name.
    pub secrets: Vec<(String, Option<Timestamp>)>,
}

/// Every live app registration with this tag, up to 999.
///
/// # Errors
/// Whatever Microsoft answers; where there are more, because a list that is cut short could lack the one that is looked for.
pub async fn list(http: &Http, token: &Secret, tag: &str) -> Result<Vec<Tagged>, Error> {
    let path = format!(
        "applications?$filter=tags/any(t:t eq {})&{SELECT},createdDateTime,passwordCredentials&$top=999",
        quoted(tag)
    );
    let body: Value = read(http, token, GraphCall::get(LIST, path)).await?;
    let all = whole_list(LIST, &body)?;
    // One that can't be read could be the one that is looked for.
    let read = all
        .iter()
        .map(|value| of(value).ok_or_else(|| part_missing(LIST)));
    read.collect()
}

fn of(value: &Value) -> Option<Tagged> {
    let time = |value: &Value, name: &str| value.get(name)?.as_str()?.parse().ok();
    let secrets = value.get("passwordCredentials").and_then(Value::as_array);
    Some(Tagged {
        app: applications::of(value)?,
        made_at: time(value, "createdDateTime"),
        secrets: secrets
            .into_iter()
            .flatten()
            .map(|secret| {
                let name = secret.get("displayName").and_then(Value::as_str);
                (name.unwrap_or_default().to_owned(), time(secret, "endDateTime"))
            })
            .collect(),
    })
}
