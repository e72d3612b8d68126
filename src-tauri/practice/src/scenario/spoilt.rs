//! The answers that trouble makes: each error in the shape of the service that was asked, and bodies that are wrong,
//! cut, or slow to arrive.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::body::{Frame, SizeHint};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::time::{Instant, Sleep};

use crate::scenario::trouble::{Answer, Wrong};
use crate::wire::refusal::Refusal;
use crate::wire::{Call, Reply};

const HTML: &str = "<!doctype html><html><head><title>Service unavailable</title></head><body><h1>Service unavailable</h1></body></html>\n";
const PORTAL: &str = "<!doctype html><html><head><title>Welcome to Hotel Wi-Fi</title></head><body>Please accept the terms.</body></html>";

/// How long what precedes a cut has to leave.
const BEFORE_CUT: Duration = Duration::from_millis(50);

/// The answer that takes the place of the true one, or `None` when the true one is only bent.
pub(crate) fn instead(answer: &Answer, call: &Call, now: Timestamp) -> Option<Reply> {
    if answer.captive_portal {
        return Some(Reply::text(200, "text/html", PORTAL));
    }
    if answer.claims_challenge {
        return Some(challenge(call, now));
    }
    let refusal = Refusal {
        status: answer.status?,
        code: answer.code.as_deref(),
        aadsts: answer.aadsts,
        message: answer.message.as_deref().unwrap_or("Trouble on demand."),
    };
    Some(refusal.reply(call, now))
}

/// Does to a true answer what trouble says.
pub(crate) fn bend(answer: &Answer, mut reply: Reply, now: Timestamp) -> Reply {
    if let Some(wrong) = answer.wrong {
        reply = made_wrong(reply, wrong);
    }
    if let Some(seconds) = answer.retry_after {
        let value = if answer.retry_after_as_date {
            let at = crate::clock::after(now, Duration::from_secs(u64::from(seconds)));
            crate::clock::http_date(at)
        } else {
            seconds.to_string()
        };
        reply = reply.with("retry-after", &value);
    }
    if answer.truncate {
        reply.body = reply.body.slice(..reply.body.len() / 2);
    }
    reply
}

/// The body as trouble lets it arrive.
pub(crate) fn body(answer: &Answer, whole: Bytes) -> Body {
    if answer.cut_after.is_none() && answer.drip_milliseconds.is_none() {
        return Body::from(whole);
    }
    let declared = whole.len();
    let length = answer.cut_after.unwrap_or(declared).min(declared);
    Body::new(Unsteady {
        left: whole.slice(..length),
        declared: u64::try_from(declared).unwrap_or(u64::MAX),
        cut: answer.cut_after.is_some(),
        pace: answer.drip_milliseconds.map(Duration::from_millis),
        pause: None,
        sent: false,
    })
}

/// 401 with a claims challenge, as continuous access evaluation sends it. The header's form is documented in
/// Microsoft's identity platform pages ("Claims challenges"); the text of the body is UNVERIFIED.
fn challenge(call: &Call, now: Timestamp) -> Reply {
    let claims = json!({"access_token": {"nbf": {"essential": true, "value": now.as_second().to_string()}}});
    let claims = STANDARD.encode(claims.to_string());
    let authority = match call.front {
        Some(_) => "https://login.microsoftonline.com".to_owned(),
        None => format!("https://{}", call.header("host").unwrap_or("localhost")),
    };
    let header = format!(
        "Bearer realm=\"\", authorization_uri=\"{authority}/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{claims}\""
    );
    let refusal = Refusal {
        status: 401,
        code: Some("InvalidAuthenticationToken"),
        aadsts: None,
        message: "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: \
                  TokenIssuedBeforeRevocationTimestamp",
    };
    refusal.reply(call, now).with("www-authenticate", &header)
}

fn made_wrong(reply: Reply, wrong: Wrong) -> Reply {
    const JSON: &str = "application/json; charset=utf-8";
    let status = reply.status;
    let parsed = || serde_json::from_slice::<Value>(&reply.body).ok();
    match wrong {
        Wrong::Empty => Reply {
            body: Bytes::new(),
            ..reply
        },
        Wrong::Html => Reply::text(status, "text/html; charset=utf-8", HTML),
        Wrong::HtmlAsJson => Reply::text(status, JSON, HTML),
        Wrong::Null => Reply::text(status, JSON, "null"),
        Wrong::EmptyObject => Reply::text(status, JSON, "{}"),
        Wrong::EmptyList => Reply::text(status, JSON, "[]"),
        Wrong::OtherType => Reply::text(
            status,
            JSON,
            r##"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#subscriptions","value":{"resource":7,"items":"none"}}"##,
        ),
        Wrong::WithoutIds => match parsed() {
            Some(value) => Reply {
                body: without(value, &["id", "appId", "keyId", "secretText"])
                    .to_string()
                    .into(),
                ..reply
            },
            None => reply,
        },
        Wrong::WithoutKeys => match parsed() {
            Some(value) => Reply {
                body: without(value, &["key"]).to_string().into(),
                ..reply
            },
            None => reply,
        },
        Wrong::Text => match parsed() {
            Some(value) => Reply {
                body: as_text(value).to_string().into(),
                ..reply
            },
            None => reply,
        },
        Wrong::Stale => match parsed() {
            Some(value) => Reply {
                body: stale(value).to_string().into(),
                ..reply
            },
            None => reply,
        },
    }
}

/// An answer as it was before anything of what it tells was made.
fn stale(mut value: Value) -> Value {
    for list in ["value", "passwordCredentials", "keyCredentials"] {
        if let Some(list) = value.get_mut(list).filter(|list| list.is_array()) {
            *list = json!([]);
        }
    }
    let parts = value.get_mut("responses").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        match part.get_mut("body") {
            Some(list) if list.get("value").is_some() => *list = stale(list.take()),
            _ => {
                part["status"] = json!(404);
                part["body"] = json!({"error": {"code": "Request_ResourceNotFound", "message": "Resource does not exist."}});
            }
        }
    }
    value
}

fn without(value: Value, names: &[&str]) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| without(item, names)).collect(),
        Value::Object(members) => members
            .into_iter()
            .filter(|(name, _)| !names.contains(&name.as_str()))
            .map(|(name, value)| (name, without(value, names)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

fn as_text(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(as_text).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, as_text(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::String(text) => Value::String(text),
        other => Value::String(other.to_string()),
    }
}

/// A body that declares its whole length, and then comes slowly or not to its end.
struct Unsteady {
    left: Bytes,
    declared: u64,
    cut: bool,
    pace: Option<Duration>,
    pause: Option<Pin<Box<Sleep>>>,
    /// Whether what precedes a cut was given time to leave.
    sent: bool,
}

impl HttpBody for Unsteady {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(pause) = self.pause.as_mut() {
            match pause.as_mut().poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(()) => self.pause = None,
            }
        }
        if self.left.is_empty() {
            if self.cut && !std::mem::replace(&mut self.sent, true) {
                // HTTP/2 forgets what it has not sent yet when a stream breaks off; it has to leave first.
                self.pause = Some(Box::pin(tokio::time::sleep(BEFORE_CUT)));
                return self.poll_frame(context);
            }
            let cut = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "trouble on demand");
            return Poll::Ready(self.cut.then_some(Err(cut)));
        }
        let Some(pace) = self.pace else {
            let all = std::mem::take(&mut self.left);
            return Poll::Ready(Some(Ok(Frame::data(all))));
        };
        let one = self.left.split_to(1);
        self.pause = Some(Box::pin(tokio::time::sleep_until(Instant::now() + pace)));
        Poll::Ready(Some(Ok(Frame::data(one))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.declared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderMap, Method};

    fn call(path: &str) -> Call {
        Call::new(Method::GET, path, HeaderMap::new(), Bytes::new())
    }

    #[test]
    fn wrong_answers_are_wrong_in_the_way_that_was_asked() {
        let honest = || {
            Reply::json(
                200,
                &json!({"id": "1", "value": [{"appId": "2", "n": 3, "flag": true}]}),
            )
        };
        let bent = |wrong| {
            let reply = made_wrong(honest(), wrong);
            assert_eq!(reply.status, 200);
            String::from_utf8_lossy(&reply.body).into_owned()
        };
        assert_eq!(bent(Wrong::Empty), "");
        assert_eq!(bent(Wrong::Null), "null");
        assert_eq!(bent(Wrong::WithoutIds), r#"{"value":[{"flag":true,"n":3}]}"#);
        assert_eq!(
            bent(Wrong::Text),
            r#"{"id":"1","value":[{"appId":"2","flag":"true","n":"3"}]}"#
        );
        assert!(bent(Wrong::HtmlAsJson).starts_with('<'));
    }

    #[test]
    fn a_stale_answer_knows_nothing_that_was_made() {
        let app = json!({"id": "1", "passwordCredentials": [{"keyId": "2"}], "tags": ["a"]});
        assert_eq!(
            stale(app.clone()),
            json!({"id": "1", "passwordCredentials": [], "tags": ["a"]})
        );
        let list = json!({"value": [app.clone()]});
        let parts = json!({"responses": [{"id": "1", "status": 200, "body": app}, {"id": "2", "status": 200, "body": list}]});
        let answer = stale(parts);
        assert_eq!(answer["responses"][0]["status"], 404);
        assert_eq!(
            answer["responses"][1],
            json!({"id": "2", "status": 200, "body": {"value": []}})
        );
    }

    #[test]
    fn a_challenge_carries_claims_that_can_be_read() {
        let reply = challenge(&call("/v1.0/me"), Timestamp::UNIX_EPOCH);
        let header = reply.headers["www-authenticate"]
            .to_str()
            .expect("text")
            .to_owned();
        let claims = header
            .split_once("claims=\"")
            .and_then(|(_, rest)| rest.strip_suffix('"'))
            .expect("claims");
        let claims: Value = serde_json::from_slice(&STANDARD.decode(claims).expect("base64")).expect("JSON");
        assert_eq!(claims["access_token"]["nbf"]["value"], "0");
    }
}
