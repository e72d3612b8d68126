//! Lists whose pages overlap: an object that moved while a client was reading turns up twice, so each page after the
//! first begins with the last object of the page before (security-and-reliability §3.8).

use std::collections::VecDeque;

use axum::body::Bytes;
use serde_json::Value;

use crate::wire::{Call, Reply};

/// Next pages that are remembered; a client that takes longer gets its page without the repetition.
const AT_MOST: usize = 256;

/// The last object of each page whose next page may still be asked for.
#[derive(Debug, Default)]
pub(crate) struct RepeatedPages {
    last: VecDeque<(Address, Value)>,
}

/// A path and its query, however they were escaped.
type Address = (String, Vec<(String, String)>);

/// Repeats what the page before ended with, and remembers what this page ends with.
pub(crate) fn apply(pages: &mut RepeatedPages, call: &Call, reply: Reply) -> Reply {
    if reply.status != 200 {
        return reply;
    }
    let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) else {
        return reply;
    };
    let next = body
        .get("@odata.nextLink")
        .and_then(Value::as_str)
        .and_then(|link| url::Url::parse(link).ok())
        .map(|url| (url.path().to_owned(), url.query_pairs().into_owned().collect()));
    let Some(items) = body.get_mut("value").and_then(Value::as_array_mut) else {
        return reply;
    };
    if let (Some(next), Some(last)) = (next, items.last()) {
        let last = last.clone();
        pages.last.retain(|(address, _)| *address != next);
        pages.last.push_back((next, last));
        if pages.last.len() > AT_MOST {
            pages.last.pop_front();
        }
    }
    let asked: Address = (call.path.clone(), call.query.clone());
    let Some((_, repeated)) = pages.last.iter().find(|(address, _)| *address == asked) else {
        return reply;
    };
    items.insert(0, repeated.clone());
    Reply {
        body: Bytes::from(body.to_string()),
        ..reply
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderMap, Method};
    use serde_json::json;

    fn call(path: &str) -> Call {
        Call::new(Method::GET, path, HeaderMap::new(), Bytes::new())
    }

    #[test]
    fn the_next_page_begins_with_the_last_object() {
        let mut pages = RepeatedPages::default();
        let link = "https://localhost:1/v1.0/users?$top=2&$skiptoken=a%2Bb";
        let first = Reply::json(200, &json!({"value": [1, 2], "@odata.nextLink": link}));
        let body = first.body.clone();
        assert_eq!(apply(&mut pages, &call("/v1.0/users?$top=2"), first).body, body);
        let second = || Reply::json(200, &json!({"value": [3]}));
        for _ in 0..2 {
            let shown = apply(
                &mut pages,
                &call("/v1.0/users?%24top=2&$skiptoken=a%2bb"),
                second(),
            );
            let shown: Value = serde_json::from_slice(&shown.body).expect("JSON");
            assert_eq!(shown["value"], json!([2, 3]));
        }
        let other = apply(&mut pages, &call("/v1.0/users?$top=2&$skiptoken=c"), second());
        assert_eq!(other.body, second().body);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut pages = RepeatedPages::default();
        for number in 0..AT_MOST + 10 {
            let link = format!("https://localhost/v1.0/users?$skiptoken={number}");
            let reply = Reply::json(200, &json!({"value": [number], "@odata.nextLink": link}));
            apply(&mut pages, &call("/v1.0/users"), reply);
        }
        assert_eq!(pages.last.len(), AT_MOST);
    }
}
