//! Long lists come in pages: how many objects one answer holds, and what the link to the next page says.
//!
//! Sources disagree on whether a link can be used twice, so both are played (microsoft-facts §4d: the same body is
//! posted to the link, which is good for five to ten minutes; practice-organisation notes: 400 "Expired or Invalid
//! pagination request" on a replay).

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::clock::after;
use crate::organisation::exchange_links::Links;
use crate::organisation::ids::hex_sha256;
use crate::wire::Call;

/// The largest page, and the one of a client that asks for none.
const LARGEST: usize = 1_000;

/// How long a link is good.
const LINK_LIFE: Duration = Duration::from_secs(10 * 60);

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// Where the search goes on: an index into what the cmdlet looks through.
    pub(super) start: usize,
    /// How many objects earlier pages held.
    pub(super) before: usize,
    /// How many objects this page may hold.
    pub(super) size: usize,
}

impl Page {
    /// The first page.
    pub(super) fn first(size: usize) -> Self {
        Self {
            start: 0,
            before: 0,
            size,
        }
    }

    /// The page that a request asks for, or `None` when its link is not good (any more).
    pub(super) fn asked(call: &Call, links: &mut Links, now: Timestamp, once: bool) -> Option<Self> {
        let size = call
            .header("prefer")
            .and_then(|prefer| {
                prefer
                    .split([',', ';'])
                    .find_map(|part| part.trim().strip_prefix("odata.maxpagesize="))
            })
            .and_then(|digits| digits.trim_matches('"').parse::<usize>().ok())
            .filter(|size| *size >= 1)
            .map_or(LARGEST, |size| size.min(LARGEST));
        let Some(token) = call.query("$skiptoken") else {
            return Some(Self::first(size));
        };
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let mut parts = text.split(' ');
        let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok());
        let (start, before, issued) = (number()?, number()?, number()?);
        let (start, before) = (usize::try_from(start).ok()?, usize::try_from(before).ok()?);
        let issued = Timestamp::from_second(issued).ok()?;
        // The link is good for the request that it was made for only.
        if parts.next()? != print(call) || now >= after(issued, LINK_LIFE) {
            return None;
        }
        if once && !links.use_up(token) {
            return None;
        }
        Some(Self { start, before, size })
    }

    /// The token of the page after this one, which held `count` objects and stopped its search at `next`.
    pub(super) fn token(
        self,
        call: &Call,
        links: &mut Links,
        now: Timestamp,
        next: usize,
        count: usize,
    ) -> String {
        links.made = links.made.wrapping_add(1);
        let text = format!(
            "{next} {} {} {} {}",
            self.before.saturating_add(count),
            now.as_second(),
            print(call),
            links.made
        );
        URL_SAFE_NO_PAD.encode(text)
    }
}

/// What identifies the request behind a link: its body.
fn print(call: &Call) -> String {
    let canonical = call.json().unwrap_or_default().to_string();
    hex_sha256(canonical.as_bytes())
        .get(..16)
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use axum::http::{HeaderMap, HeaderValue, Method};

    use super::*;

    fn call(query: &str, prefer: Option<&str>, body: &str) -> Call {
        let mut headers = HeaderMap::new();
        if let Some(prefer) = prefer {
            headers.insert("prefer", HeaderValue::from_str(prefer).expect("a header"));
        }
        Call::new(
            Method::POST,
            &format!("/adminapi/beta/t/InvokeCommand{query}"),
            headers,
            Bytes::from(body.to_owned()),
        )
    }

    fn now() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().expect("a time")
    }

    #[test]
    fn the_size_comes_from_the_preference_within_bounds() {
        for (prefer, size) in [
            (None, 1_000),
            (Some("odata.maxpagesize=5"), 5),
            (Some("return=minimal, odata.maxpagesize=7"), 7),
            (Some("odata.maxpagesize=5000"), 1_000),
            (Some("odata.maxpagesize=0"), 1_000),
            (Some("odata.maxpagesize=many"), 1_000),
        ] {
            let page = Page::asked(&call("", prefer, "{}"), &mut Links::default(), now(), false);
            assert_eq!(page, Some(Page::first(size)), "{prefer:?}");
        }
    }

    #[test]
    fn a_link_is_good_for_its_own_request_and_ten_minutes() {
        let mut links = Links::default();
        let first = call("", None, r#"{"a":1}"#);
        let token = Page::first(10).token(&first, &mut links, now(), 40, 10);
        let query = format!("?$skiptoken={token}");
        let mut asked =
            |body: &str, at: Timestamp, once| Page::asked(&call(&query, None, body), &mut links, at, once);
        let page = Page {
            start: 40,
            before: 10,
            size: 1_000,
        };
        assert_eq!(asked(r#"{ "a": 1 }"#, now(), false), Some(page));
        assert_eq!(asked(r#"{"a":1}"#, now(), false), Some(page));
        assert_eq!(asked(r#"{"a":2}"#, now(), false), None);
        assert_eq!(asked(r#"{"a":1}"#, after(now(), LINK_LIFE), false), None);
        assert_eq!(asked(r#"{"a":1}"#, now(), true), Some(page));
        assert_eq!(asked(r#"{"a":1}"#, now(), true), None);
    }

    #[test]
    fn rubbish_is_no_link() {
        for token in ["x", "", "AAAA", "MSAyIDM", "_____"] {
            let call = call(&format!("?$skiptoken={token}"), None, "{}");
            assert_eq!(
                Page::asked(&call, &mut Links::default(), now(), false),
                None,
                "{token}"
            );
        }
    }
}
