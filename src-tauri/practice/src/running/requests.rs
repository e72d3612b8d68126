//! Counts of the requests that came in, by method and path template. No id, address or token is kept.

use std::collections::BTreeMap;

use crate::wire::decode;

/// The counts.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    counts: BTreeMap<String, u64>,
}

impl RequestLog {
    /// Counts one request. The number of templates is bounded, so that nobody can fill the memory.
    pub(crate) fn count(&mut self, method: &str, path: &str) {
        self.add(format!("{method} {}", template(path)), "other");
    }

    /// Counts a request to the proxy. A refused one stays recognisable as refused even when the table is full.
    pub(crate) fn count_tunnel(&mut self, asked: &str, refused: bool) {
        if refused {
            self.add(format!("CONNECT {asked} refused"), "CONNECT other refused");
        } else {
            self.add(format!("CONNECT {asked}"), "CONNECT other");
        }
    }

    fn add(&mut self, key: String, otherwise: &str) {
        let key = if self.counts.len() >= 1_000 && !self.counts.contains_key(&key) {
            otherwise.to_owned()
        } else {
            key
        };
        *self.counts.entry(key).or_default() += 1;
    }

    /// The counts so far.
    pub(crate) fn counts(&self) -> BTreeMap<String, u64> {
        self.counts.clone()
    }
}

/// A path with ids, addresses and keys replaced.
fn template(path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/') {
        let part = decode(part);
        let named = part.split_once('(').filter(|_| part.ends_with(')'));
        let shown = if uuid::Uuid::try_parse(&part).is_ok() {
            "{id}".to_owned()
        } else if let Some((name, key)) = named {
            match key.split_once('=') {
                Some((key, _)) => format!("{name}({key}={{key}})"),
                None => format!("{name}({{key}})"),
            }
        } else if part.contains('@') {
            "{address}".to_owned()
        } else if part.len() > 48 {
            "{long}".to_owned()
        } else {
            part
        };
        parts.push(shown);
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_addresses_are_not_kept() {
        for (path, expected) in [
            (
                "/v1.0/users/a%40b.example/messages",
                "/v1.0/users/{address}/messages",
            ),
            (
                "/v1.0/applications(appId='1')/addPassword",
                "/v1.0/applications(appId={key})/addPassword",
            ),
            (
                "/v1.0/applications/5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de",
                "/v1.0/applications/{id}",
            ),
            (
                "/adminapi/beta/5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de/$batch",
                "/adminapi/beta/{id}/$batch",
            ),
        ] {
            assert_eq!(template(path), expected);
        }
    }

    #[test]
    fn the_table_is_bounded_and_a_refusal_stays_one() {
        let mut log = RequestLog::default();
        for number in 0..5_000 {
            log.count("GET", &format!("/path{number}"));
            log.count_tunnel(&format!("host{number}.example:443"), true);
        }
        let counts = log.counts();
        assert!(counts.len() <= 1_003, "{}", counts.len());
        assert!(
            counts
                .get("CONNECT other refused")
                .is_some_and(|count| *count > 4_000)
        );
        assert!(counts.get("other").is_some_and(|count| *count > 4_000));
    }
}
