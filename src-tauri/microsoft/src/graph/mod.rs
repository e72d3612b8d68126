//! Microsoft Graph v1.0: one file for each kind of thing.

pub mod app_standing;
pub mod applications;
pub mod credentials;
pub mod grants;
pub mod mail;
pub mod organisation;
pub mod service_principals;

use domain::secret::Secret;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use crate::batch::{self, Parts};
use crate::error::{Error, Refusal, shorten};
use crate::http::{Answer, Body, Call, Http, Repeat, unexpected};

/// A call to Graph: its name for evidence, its path below `/v1.0/`, what is sent.
pub(crate) struct GraphCall<'a> {
    pub name: &'a str,
    pub method: Method,
    pub path: String,
    pub headers: &'a [(&'static str, String)],
    pub body: Option<Value>,
    pub repeat: Repeat,
}

impl<'a> GraphCall<'a> {
    /// Reads.
    pub fn get(name: &'a str, path: impl Into<String>) -> Self {
        Self {
            name,
            method: Method::GET,
            path: path.into(),
            headers: &[],
            body: None,
            repeat: Repeat::Safe,
        }
    }

    /// Deletes; a second delete changes nothing more.
    pub fn delete(name: &'a str, path: impl Into<String>) -> Self {
        Self {
            method: Method::DELETE,
            ..Self::get(name, path)
        }
    }

    /// Makes something.
    pub fn post(name: &'a str, path: impl Into<String>, body: Value) -> Self {
        Self {
            name,
            method: Method::POST,
            path: path.into(),
            headers: &[],
            body: Some(body),
            repeat: Repeat::Never,
        }
    }
}

/// Sends a call and returns the whole answer.
pub(crate) async fn send(http: &Http, token: &Secret, call: GraphCall<'_>) -> Result<Answer, Error> {
    let url = address(http, call.name, &call.path)?;
    let body = call.body.as_ref().map_or(Body::None, Body::Json);
    let sending = Call {
        name: call.name,
        method: call.method,
        url,
        token: Some(token),
        headers: call.headers,
        body,
        repeat: call.repeat,
    };
    http.send(&sending, refusal).await
}

/// Sends a call and reads its answer.
pub(crate) async fn read<T: DeserializeOwned>(
    http: &Http,
    token: &Secret,
    call: GraphCall<'_>,
) -> Result<T, Error> {
    let name = call.name;
    let answer = send(http, token, call).await?;
    answer
        .json()
        .and_then(|value| serde_json::from_value(value).ok())
        .ok_or_else(|| unexpected(name, answer.status, &answer))
}

fn address(http: &Http, call: &str, path: &str) -> Result<Url, Error> {
    let wrong = |why: String| Error::Unreachable {
        call: call.to_owned(),
        why,
    };
    let base = &http.cloud().graph;
    // The next page comes as a whole address; whether it lies in this cloud is checked where it is sent.
    if path.starts_with("https://") {
        return Url::parse(path).map_err(|error| wrong(error.to_string()));
    }
    base.join(path).map_err(|error| wrong(error.to_string()))
}

/// Reads several things in one call, at most 20 (microsoft-facts §2.12). Each part has its own outcome.
pub(crate) async fn read_batch(
    http: &Http,
    token: &Secret,
    name: &str,
    parts: &[(&'static str, String)],
) -> Result<Parts<Value>, Error> {
    batch::read(http.clock(), async || {
        let each = parts.iter().map(|(_, path)| {
            json!({ "method": "GET", "url": format!("/{path}"), "headers": { "ConsistencyLevel": "eventual" } })
        });
        let call = GraphCall {
            repeat: Repeat::Safe,
            ..GraphCall::post(name, "$batch", batch::body(each))
        };
        let answer = send(http, token, call).await?;
        batch::parts(name, &answer, parts.iter().map(|(call, _)| *call), of_body)
    })
    .await
}

/// The values of a list that came whole. Another page would be something that was not looked at, which proves nothing.
pub(crate) fn whole_list<'a>(what: &str, body: &'a Value) -> Result<&'a [Value], Error> {
    match body.get("value").and_then(Value::as_array) {
        Some(values) if body.get("@odata.nextLink").is_none() => Ok(values),
        _ => Err(Error::Unexpected {
            call: what.to_owned(),
            status: 200,
            why: format!("the list of {what} is incomplete"),
            request_id: None,
        }),
    }
}

/// Reads Graph's error envelope (microsoft-facts §2).
pub(crate) fn refusal(call: &str, answer: &Answer) -> Option<Refusal> {
    of_body(call, answer.status, &answer.json()?, answer)
}

fn of_body(call: &str, status: u16, body: &Value, answer: &Answer) -> Option<Refusal> {
    let error = body.get("error")?;
    let inner = error
        .pointer("/innerError/request-id")
        .and_then(Value::as_str)
        .map(str::to_owned);
    Some(Refusal {
        call: call.to_owned(),
        status,
        code: error.get("code")?.as_str()?.to_owned(),
        message: shorten(error.get("message").and_then(Value::as_str).unwrap_or_default()),
        request_id: inner.or_else(|| answer.request_id.clone()),
        at: answer.at,
    })
}

/// A text as an OData string: quotation marks doubled, percent-encoded for a path or query.
pub(crate) fn quoted(text: &str) -> String {
    let literal = format!("'{}'", text.replace('\'', "''"));
    escaped(&literal)
}

/// A text for one segment of a path.
pub(crate) fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_stays_inside_its_literal() {
        assert_eq!(
            quoted("o'brien@contoso.example"),
            "%27o%27%27brien%40contoso.example%27"
        );
    }
}
