//! Microsoft Graph v1.0, and of beta the log of sign-ins: one file for each kind of thing.

pub mod api;
pub mod app_seen;
pub mod app_standing;
pub mod applications;
pub mod credentials;
pub mod existing;
pub mod grants;
pub mod mail;
pub mod organisation;
pub mod service_principals;
pub mod sign_in_log;
pub mod tagged;

use calls::graph::{Request, Verb};
use domain::secret::Secret;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use crate::batch::{self, Parts};
use crate::error::{Error, Refusal, shorten};
use crate::http::{Answer, Body, Call, Http, Repeat, unexpected};

/// A call to Graph that reads: its name for evidence, its path below `/v1.0/`, what is asked. What changes something is a
/// [`Request`] of [`calls`].
pub(crate) struct GraphCall<'a> {
    pub name: &'a str,
    pub path: String,
    pub body: Option<Value>,
    pub repeat: Repeat,
}

impl<'a> GraphCall<'a> {
    /// Reads.
    pub fn get(name: &'a str, path: impl Into<String>) -> Self {
        Self {
            name,
            path: path.into(),
            body: None,
            repeat: Repeat::Safe,
        }
    }

    /// Asks something that has a body.
    pub fn asking(name: &'a str, path: impl Into<String>, body: Value, repeat: Repeat) -> Self {
        Self {
            body: Some(body),
            repeat,
            ..Self::get(name, path)
        }
    }
}

/// Sends a call and returns the whole answer.
pub(crate) async fn send(http: &Http, token: &Secret, call: GraphCall<'_>) -> Result<Answer, Error> {
    let url = address(http, call.name, &call.path)?;
    let sending = Call {
        name: call.name,
        method: if call.body.is_some() {
            Method::POST
        } else {
            Method::GET
        },
        url,
        token: Some(token),
        headers: &[],
        body: call.body.as_ref().map_or(Body::None, Body::Json),
        repeat: call.repeat,
    };
    http.send(&sending, refusal).await
}

/// Sends what changes something, as it is described, and returns the whole answer. One with an id that isn't known yet is
/// never sent.
pub(crate) async fn send_described(http: &Http, token: &Secret, request: &Request) -> Result<Answer, Error> {
    let unfilled = || Error::Unreachable {
        call: request.name.to_owned(),
        why: "an id in it isn't known yet".into(),
    };
    let path = request.path.plain().ok_or_else(unfilled)?;
    let body = match &request.body {
        Some(body) => Some(body.json().ok_or_else(unfilled)?),
        None => None,
    };
    let sending = Call {
        name: request.name,
        method: match request.verb {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Patch => Method::PATCH,
            Verb::Delete => Method::DELETE,
        },
        url: address(http, request.name, &path)?,
        token: Some(token),
        headers: &request.headers,
        body: body.as_ref().map_or(Body::None, Body::Json),
        repeat: match request.repeat {
            calls::Repeat::Safe => Repeat::Safe,
            calls::Repeat::Named => Repeat::Named,
            calls::Repeat::Never => Repeat::Never,
        },
    };
    http.send(&sending, refusal).await
}

/// Sends what changes something. What came of it is not in the answer: a 404 can be a replica that lags behind, and a 2xx
/// somebody else's page. The caller reads afterwards.
///
/// # Errors
/// Whatever Microsoft answers, 404 included.
pub async fn change(http: &Http, token: &Secret, request: &Request) -> Result<(), Error> {
    send_described(http, token, request).await.map(drop)
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
        let call = GraphCall::asking(name, "$batch", batch::body(each), Repeat::Safe);
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
        sent_before: false,
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
