//! `POST /adminapi/beta/{tenant}/$batch`: several cmdlets in one request (microsoft-facts §4d(i)).

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Map, Value, json};

use super::failure::Failure;
use super::output::json_reply;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply, text};

/// Public clients send chunks of ten; more than this is refused here (the true limit is UNVERIFIED).
const AT_MOST: usize = 20;

/// Runs the parts one after the other; each is answered by `invoke`.
pub(super) fn run(
    organisation: &mut Organisation,
    call: &Call,
    mut invoke: impl FnMut(&mut Organisation, &Call) -> Reply,
) -> Reply {
    let malformed = |text: &str| Failure::request(text).reply();
    let Some(body) = call.json() else {
        return malformed("The batch is not valid JSON.");
    };
    let Some(requests) = body.get("requests").and_then(Value::as_array) else {
        return malformed("The batch holds no requests.");
    };
    if requests.is_empty() || requests.len() > AT_MOST {
        return malformed("The batch holds too many requests, or none.");
    }
    let responses: Vec<Value> = requests
        .iter()
        .map(|request| {
            let reply = match part(call, request) {
                Some(part) => invoke(organisation, &part),
                None => malformed("A part of the batch is not a cmdlet call."),
            };
            let headers: Map<String, Value> = reply
                .headers
                .iter()
                .filter_map(|(name, value)| Some((name.to_string(), json!(value.to_str().ok()?))))
                .collect();
            let mut response = json!({"id": request.get("id"), "status": reply.status, "headers": headers});
            if let Ok(body) = serde_json::from_slice::<Value>(&reply.body) {
                response["body"] = body;
            }
            response
        })
        .collect();
    json_reply(200, &json!({"responses": responses}))
}

fn part(call: &Call, request: &Value) -> Option<Call> {
    let url = text(request, "url")?;
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    if !path.trim_start_matches('/').eq_ignore_ascii_case("InvokeCommand")
        && !path.to_lowercase().ends_with("/invokecommand")
    {
        return None;
    }
    let mut headers = HeaderMap::new();
    for (name, value) in request
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let name = HeaderName::from_bytes(name.to_lowercase().as_bytes()).ok()?;
        headers.insert(name, HeaderValue::from_str(value.as_str()?).ok()?);
    }
    if !headers.contains_key("prefer")
        && let Some(prefer) = call.headers.get("prefer")
    {
        headers.insert("prefer", prefer.clone());
    }
    let body = Bytes::from(request.get("body")?.to_string());
    let part = Call::new(Method::POST, &format!("/InvokeCommand?{query}"), headers, body);
    Some(Call {
        front: call.front,
        ..part
    })
}
