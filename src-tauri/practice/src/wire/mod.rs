//! One request and one answer, as every part of the organisation sees them.
//!
//! Handlers are plain functions from a `Call` to a `Reply`, so a part of a `$batch` takes exactly the path
//! that the same request takes alone.

pub(crate) mod hosts;
pub(crate) mod refusal;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;
use url::form_urlencoded;
use uuid::Uuid;

use hosts::{beside, microsoft_name};

/// A request, read whole.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// The path as sent, without the query; still percent-encoded.
    pub(crate) path: String,
    /// The query, decoded, in the order sent.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The Microsoft host name that the client believes it talks to, when it came in by one.
    pub(crate) front: Option<&'static str>,
    /// The id that the answer carries, for the record of a proof.
    pub(crate) request_id: Uuid,
}

impl Call {
    /// A request from its parts; the query is decoded here.
    pub(crate) fn new(method: Method, path_and_query: &str, headers: HeaderMap, body: Bytes) -> Self {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let host = headers.get("host").and_then(|host| host.to_str().ok());
        let front = host.and_then(microsoft_host);
        Self {
            front,
            method,
            path: path.to_owned(),
            query,
            headers,
            body,
            request_id: Uuid::new_v4(),
        }
    }

    /// The address that answers must begin with for this client: its own Microsoft host, or this server, whose address
    /// `own` is.
    pub(crate) fn origin(&self, own: &str) -> String {
        match self.front {
            Some(front) => format!("https://{front}"),
            None => own.to_owned(),
        }
    }

    /// The address of one of Microsoft's hosts as this client sees it: that host, or its like in the client's cloud, when the
    /// client uses Microsoft's names at all, otherwise this server at `own`, which plays them all.
    pub(crate) fn origin_of(&self, own: &str, host: &'static str) -> String {
        match self.front {
            Some(front) => format!("https://{}", beside(front, host)),
            None => own.to_owned(),
        }
    }

    /// A header as text, or `None` when it is absent or not text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The first value of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The bearer token of the `Authorization` header.
    pub(crate) fn bearer(&self) -> Option<&str> {
        let (kind, token) = self.header("authorization")?.split_once(' ')?;
        kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    /// The body as JSON; an empty body is an empty object.
    pub(crate) fn json(&self) -> Option<Value> {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Some(Value::Object(serde_json::Map::new()));
        }
        serde_json::from_slice(&self.body).ok()
    }

    /// The body as form fields.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// A cookie of this name.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.header("cookie")?.split(';').find_map(|part| {
            let (key, value) = part.trim().split_once('=')?;
            (key == name).then_some(value)
        })
    }
}

/// Which of the played host names a `Host` header names, with or without a port.
fn microsoft_host(host: &str) -> Option<&'static str> {
    microsoft_name(host.split(':').next().unwrap_or(host))
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// An answer of this media type.
    pub(crate) fn text(status: u16, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut reply = Self {
            status,
            headers: HeaderMap::new(),
            body: body.into(),
        };
        reply
            .headers
            .insert("content-type", HeaderValue::from_static(media_type));
        reply
    }

    /// A JSON answer.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json; charset=utf-8", body.to_string())
    }

    /// A redirect that the browser follows with GET.
    pub(crate) fn redirect(location: &str) -> Self {
        Self::empty(302).with("location", location)
    }

    /// The same answer with one more header; a value that no header may hold is left out.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(HeaderName::from_static(name), value);
        }
        self
    }

    /// Whether the request succeeded, so that a dependent part of a batch may run.
    pub(crate) fn succeeded(&self) -> bool {
        (200..400).contains(&self.status)
    }
}

/// A text member of a JSON object.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// Undoes percent-encoding in a path segment; bytes that are not UTF-8 are replaced.
pub(crate) fn decode(segment: &str) -> String {
    let bytes = segment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let escaped = (bytes[index] == b'%')
            .then(|| segment.get(index + 1..index + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = escaped {
            out.push(byte);
            index += 3;
        } else {
            out.push(bytes[index]);
            index += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(path: &str, headers: &[(&'static str, &str)]) -> Call {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).expect("a header value"));
        }
        Call::new(Method::GET, path, map, Bytes::new())
    }

    #[test]
    fn the_query_is_decoded_once() {
        let call = call("/v1.0/users?$filter=mail%20eq%20%27a%2Bb%40c%27&$top=1", &[]);
        assert_eq!(call.path, "/v1.0/users");
        assert_eq!(call.query("$filter"), Some("mail eq 'a+b@c'"));
        assert_eq!(call.query("$top"), Some("1"));
    }

    #[test]
    fn bearer_and_cookies_are_found_among_others() {
        let call = call(
            "/",
            &[("authorization", "bearer  abc"), ("cookie", "a=1; practice=2")],
        );
        assert_eq!(call.bearer(), Some("abc"));
        assert_eq!(call.cookie("practice"), Some("2"));
        assert_eq!(call.cookie("b"), None);
    }

    #[test]
    fn decoding_never_fails() {
        assert_eq!(decode("o%27brien%40contoso.example"), "o'brien@contoso.example");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%"), "%zz%");
        assert_eq!(decode("%ü1"), "%ü1");
    }
}
