//! `POST /$batch` (microsoft-facts §2.12).

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure};
use super::path::{Step, is_beta, steps};
use crate::organisation::Organisation;
use crate::wire::{Call, Reply, text};

const AT_MOST: usize = 20;

/// What answers one part of a batch: it gets the part as it stands in the batch and the request that it makes. Who calls
/// Graph hands it over, because a part passes through what lies before Graph like a request of its own.
pub(crate) type Parts<'a> = &'a mut dyn FnMut(&mut Organisation, &Value, &Call) -> Reply;

fn bad(message: impl Into<String>) -> Failure {
    Failure::new(400, "BadRequest", message)
}

/// Runs the parts, each after those that it depends on; a part whose dependency failed answers 424.
pub(super) fn run(organisation: &mut Organisation, call: &Call, parts: Parts<'_>) -> Answer {
    let body = call.json().ok_or_else(|| bad("Invalid batch payload format."))?;
    let requests = body
        .get("requests")
        .and_then(Value::as_array)
        .ok_or_else(|| bad("Invalid batch payload format."))?;
    if requests.is_empty() {
        return Err(bad("Invalid batch payload format."));
    }
    if requests.len() > AT_MOST {
        return Err(bad(format!(
            "Number of batch request steps exceeds the maximum value of {AT_MOST}."
        )));
    }
    let mut ids = BTreeSet::new();
    for request in requests {
        let id = id_of(request).ok_or_else(|| bad("Invalid batch payload format. Id is missing."))?;
        if ids.contains(&id) {
            return Err(bad(format!("Duplicate request id '{id}'.")));
        }
        ids.insert(id);
    }
    for request in requests {
        if let Some(unknown) = needed(request).find(|needed| !ids.contains(*needed)) {
            let id = id_of(request).unwrap_or_default();
            return Err(bad(format!(
                "The request '{id}' depends on the unknown request '{unknown}'."
            )));
        }
    }
    let mut succeeded: BTreeMap<String, bool> = BTreeMap::new();
    let mut responses = Vec::with_capacity(requests.len());
    for request in in_order(requests)? {
        let id = id_of(request).unwrap_or_default();
        let failed = needed(request).any(|needed| succeeded.get(needed) != Some(&true));
        let reply = if failed {
            let failure = Failure::new(424, "FailedDependency", "A request this one depends on failed.");
            failure.reply(organisation, call)
        } else {
            match part(call, request) {
                Some(part) => parts(organisation, request, &part),
                None => bad("The url or method of the request is not valid.").reply(organisation, call),
            }
        };
        succeeded.insert(id.clone(), reply.succeeded());
        responses.push(response(&id, &reply));
    }
    Ok(Reply::json(200, &json!({"responses": responses})))
}

/// The parts, each after those that it depends on; known before the first one runs, because a batch that is refused
/// must have changed nothing.
fn in_order(requests: &[Value]) -> Result<Vec<&Value>, Failure> {
    let mut waiting: Vec<&Value> = requests.iter().collect();
    let mut done = BTreeSet::new();
    let mut order = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let next = waiting
            .iter()
            .position(|request| needed(request).all(|needed| done.contains(needed)))
            .ok_or_else(|| bad("The dependencies of the requests form a circle."))?;
        let request = waiting.remove(next);
        done.extend(id_of(request));
        order.push(request);
    }
    Ok(order)
}

/// What a part is called. The documentation asks for text, but clients write numbers too (CLI for Microsoft 365 11.11
/// does where it adds owners to a group).
fn id_of(request: &Value) -> Option<String> {
    match request.get("id")? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// The ids that a part depends on.
fn needed(request: &Value) -> impl Iterator<Item = &str> {
    let named = request.get("dependsOn").and_then(Value::as_array);
    named.into_iter().flatten().filter_map(Value::as_str)
}

/// One part as a request of its own. The token of the batch counts for every part; other headers do not.
fn part(call: &Call, request: &Value) -> Option<Call> {
    let method = Method::from_bytes(text(request, "method")?.to_uppercase().as_bytes()).ok()?;
    let url = text(request, "url")?;
    if url.contains("://") {
        return None;
    }
    let version = if is_beta(call) { "beta" } else { "v1.0" };
    let bare = url.trim_start_matches('/');
    let bare = bare
        .strip_prefix(version)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(bare);
    let url = format!("/{version}/{bare}");
    let mut headers = HeaderMap::new();
    for name in ["authorization", "host"] {
        if let Some(value) = call.headers.get(name) {
            headers.insert(name, value.clone());
        }
    }
    for (name, value) in request
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let name = HeaderName::from_bytes(name.to_lowercase().as_bytes()).ok()?;
        headers.insert(name, HeaderValue::from_str(value.as_str()?).ok()?);
    }
    let body = match request.get("body") {
        None | Some(Value::Null) => Bytes::new(),
        // A body that is no JSON travels as text, in base64 when its type says so.
        Some(Value::String(text)) => Bytes::from(text.clone()),
        Some(body) => {
            // A part that sends an object says so by it; Microsoft asks for the header, which clients forget.
            let json = HeaderValue::from_static("application/json");
            headers.entry("content-type").or_insert(json);
            Bytes::from(body.to_string())
        }
    };
    let part = Call::new(method, &url, headers, body);
    // A batch in a batch is refused, however its name is written: each level would hold twenty of the next.
    let is_batch = |step: &Step| matches!(step, Step::Text(name) if name.eq_ignore_ascii_case("$batch"));
    (!steps(&part.path).iter().any(is_batch)).then_some(part)
}

fn response(id: &str, reply: &Reply) -> Value {
    let headers: Map<String, Value> = reply
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), json!(value.to_str().ok()?))))
        .collect();
    let mut response = json!({"id": id, "status": reply.status, "headers": headers});
    if !reply.body.is_empty() {
        response["body"] = serde_json::from_slice(&reply.body)
            .unwrap_or_else(|_| json!(String::from_utf8_lossy(&reply.body).into_owned()));
    }
    response
}
