//! The body of a request as JSON, with the errors that Graph answers before any endpoint sees it.

use serde_json::{Map, Value};

use super::failure::Failure;
use crate::wire::Call;

fn refused(message: &str) -> Failure {
    Failure::new(400, "BadRequest", message)
}

/// The body as an object.
///
/// # Errors
/// 400 `BadRequest` when there is none, it is no JSON, or it does not say that it is JSON (the three texts are those of
/// public reports, such as microsoft-graph-docs issues 6259 and 4648).
pub(super) fn object(call: &Call) -> Result<Map<String, Value>, Failure> {
    if call.body.iter().all(u8::is_ascii_whitespace) {
        return Err(refused("Empty Payload. JSON content expected."));
    }
    let media_type = call
        .header("content-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    if !media_type.is_empty() && !media_type.contains("json") {
        return Err(refused(
            "Entity only allows writes with a JSON Content-Type header.",
        ));
    }
    match (media_type.is_empty(), serde_json::from_slice(&call.body)) {
        (false, Ok(Value::Object(body))) => Ok(body),
        _ => Err(refused(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
        )),
    }
}

/// The body of an action that needs none.
pub(super) fn object_if_any(call: &Call) -> Result<Map<String, Value>, Failure> {
    if call.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    object(call)
}

/// The id at the end of an `@odata.id` or, for an action, of a reference in a body.
///
/// # Errors
/// 400 when there is no reference in it.
pub(super) fn reference(call: &Call) -> Result<String, Failure> {
    let body = object(call)?;
    let address = body.get("@odata.id").and_then(Value::as_str).ok_or_else(|| {
        super::failure::bad_request("The payload is missing the required property '@odata.id'.")
    })?;
    let id = last_key(address);
    if uuid::Uuid::try_parse(id).is_err() {
        return Err(super::failure::bad_request(format!(
            "Invalid object identifier '{id}'."
        )));
    }
    Ok(id.to_owned())
}

/// The key that an address ends in: `…/users/1` or `…/users('1')`.
pub(super) fn last_key(address: &str) -> &str {
    let last = address
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    last.split_once('(')
        .map_or(last, |(_, key)| key.trim_end_matches(')').trim_matches('\''))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, Method};

    use super::*;

    fn call(media_type: Option<&'static str>, body: &'static str) -> Call {
        let mut headers = HeaderMap::new();
        if let Some(media_type) = media_type {
            headers.insert("content-type", HeaderValue::from_static(media_type));
        }
        Call::new(Method::POST, "/v1.0/applications", headers, body.into())
    }

    #[test]
    fn only_json_that_says_so_is_read() {
        let json = Some("application/json; charset=utf-8");
        assert_eq!(
            object(&call(json, "{\"a\":1}")).map(|body| body.len()).ok(),
            Some(1)
        );
        for (media_type, body) in [
            (json, ""),
            (json, "[]"),
            (json, "{"),
            (None, "{}"),
            (Some("text/plain"), "{}"),
        ] {
            let refused = object(&call(media_type, body)).map_err(|failure| (failure.status, failure.code));
            assert_eq!(refused, Err((400, "BadRequest".into())), "{media_type:?} {body}");
        }
        assert!(object_if_any(&call(None, " ")).is_ok_and(|body| body.is_empty()));
    }

    #[test]
    fn references_come_in_several_spellings() {
        let json = Some("application/json");
        for body in [
            r#"{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de"}"#,
            r#"{"@odata.id":"https://graph.microsoft.com/v1.0/users('5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de')"}"#,
        ] {
            assert_eq!(
                reference(&call(json, body)).ok().as_deref(),
                Some("5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de")
            );
        }
        assert!(
            reference(&call(
                json,
                r#"{"@odata.id":"https://graph.microsoft.com/v1.0/users/x"}"#
            ))
            .is_err()
        );
    }
}
