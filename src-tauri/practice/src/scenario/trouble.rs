//! Trouble on demand: what should go wrong, and for which requests.

use serde::{Deserialize, Serialize};

use crate::published::opath::wildcard;

/// One thing that goes wrong.
///
/// As JSON: `{"on":"POST /v1.0/applications*","times":1,"answer":{"status":429,"retry_after":2}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trouble {
    /// Method and path; `*` stands for anything, also as the method.
    pub on: String,
    /// How many requests it strikes; 0 means no end.
    #[serde(default = "once")]
    pub times: u32,
    /// How many matching requests pass first.
    #[serde(default)]
    pub skip: u32,
    /// Of the requests that match after that, each so-many-th is struck; 1 and 0 mean each one.
    #[serde(default = "once")]
    pub every: u32,
    /// Whose requests pass and aren't counted, by their `User-Agent`; `*` stands for anything. Absent means nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spares: Option<String>,
    /// What happens to a request that it strikes.
    pub answer: Answer,
}

fn once() -> u32 {
    1
}

impl Default for Trouble {
    /// The next request, whatever it is, and nothing wrong with its answer yet.
    fn default() -> Self {
        Self {
            on: "*".to_owned(),
            times: once(),
            skip: 0,
            every: once(),
            spares: None,
            answer: Answer::default(),
        }
    }
}

/// An answer that arrives whole and in time and is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrong {
    /// No body at all.
    Empty,
    /// A page instead of JSON.
    Html,
    /// A page that says it is JSON.
    HtmlAsJson,
    /// JSON, but `null`.
    Null,
    /// JSON, but an empty object.
    EmptyObject,
    /// JSON, but an empty list.
    EmptyList,
    /// The true answer without any member named `id`, `appId`, `keyId` or `secretText`.
    WithoutIds,
    /// The true answer without what a certificate's public half is in, as lists of apps tell it (microsoft-facts §2.5).
    WithoutKeys,
    /// The true answer with every number, truth value and `null` turned into text.
    Text,
    /// What a replica answers that lags far behind (microsoft-facts §2.11): an object without its secrets and keys, an
    /// empty list, and in a batch each of these, with 404 for an object.
    Stale,
    /// The true answer under the name of another type of body.
    OtherType,
}

/// What a stricken request gets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// Answers this HTTP status instead of the true one.
    pub status: Option<u16>,
    /// Adds a `Retry-After` header of this many seconds.
    pub retry_after: Option<u32>,
    /// Writes that header as a date instead of a number, as RFC 9110 allows.
    pub retry_after_as_date: bool,
    /// The error code in the body; a fitting one is chosen otherwise.
    pub code: Option<String>,
    /// The AADSTS number in the body of a sign-in or token error.
    pub aadsts: Option<u32>,
    /// The message in the body.
    pub message: Option<String>,
    /// Whether the request takes effect although its answer is spoilt.
    pub takes_effect: bool,
    /// Cuts the connection instead of answering.
    pub drop: bool,
    /// Waits this long before answering.
    pub slow_milliseconds: Option<u64>,
    /// Cuts the true answer's body in half.
    pub truncate: bool,
    /// Answers the page of a hotel's network instead.
    pub captive_portal: bool,
    /// Answers the wrong thing with the true status.
    pub wrong: Option<Wrong>,
    /// Sends this many bytes of the answer's body, then cuts the connection.
    pub cut_after: Option<usize>,
    /// Sends the body a byte at a time, with this wait between two.
    pub drip_milliseconds: Option<u64>,
    /// Answers 401 with a claims challenge: the token was revoked before its time (continuous access evaluation).
    pub claims_challenge: bool,
}

impl Answer {
    /// Whether the true answer is made at all.
    pub(crate) fn runs(&self) -> bool {
        let replaced = self.drop || self.status.is_some() || self.captive_portal || self.claims_challenge;
        self.takes_effect || self.truncate || !replaced
    }
}

/// More troubles than this are not kept: each is compared with every request.
pub(crate) const AT_MOST: usize = 256;

/// The troubles that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    pending: Vec<(Trouble, u32)>,
}

impl Troubles {
    /// Replaces all troubles; more than `AT_MOST` are cut off.
    pub(crate) fn set(&mut self, troubles: Vec<Trouble>) {
        self.pending = troubles
            .into_iter()
            .take(AT_MOST)
            .map(|trouble| (trouble, 0))
            .collect();
    }

    /// Every trouble, whether or not it is used up.
    pub(crate) fn all(&self) -> Vec<Trouble> {
        self.pending.iter().map(|(trouble, _)| trouble.clone()).collect()
    }

    /// What strikes this request; each match is counted.
    pub(crate) fn strike(&mut self, method: &str, path: &str, agent: &str) -> Option<Answer> {
        let (request, agent) = (format!("{method} {path}").to_lowercase(), agent.to_lowercase());
        for (trouble, seen) in &mut self.pending {
            let spared =
                (trouble.spares.as_ref()).is_some_and(|spares| wildcard(&spares.to_lowercase(), &agent));
            if spared || !wildcard(&trouble.on.to_lowercase(), &request) {
                continue;
            }
            *seen = seen.saturating_add(1);
            let every = trouble.every.max(1);
            let matched = seen.saturating_sub(trouble.skip);
            let in_turn = matched > 0 && matched.is_multiple_of(every);
            let left = trouble.times == 0 || matched / every <= trouble.times;
            if in_turn && left {
                return Some(trouble.answer.clone());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(text: &str) -> Trouble {
        serde_json::from_str(text).expect("a trouble")
    }

    #[test]
    fn it_strikes_as_often_as_asked() {
        let mut troubles = Troubles::default();
        troubles.set(vec![trouble(
            r#"{"on":"POST /v1.0/applications*","times":2,"skip":1,"answer":{"status":429,"retry_after":2}}"#,
        )]);
        let struck: Vec<bool> = (0..5)
            .map(|_| {
                troubles
                    .strike("POST", "/v1.0/applications/1/addPassword", "")
                    .is_some()
            })
            .collect();
        assert_eq!(struck, [false, true, true, false, false]);
        assert!(troubles.strike("GET", "/v1.0/applications", "").is_none());
    }

    #[test]
    fn it_strikes_every_so_many_th() {
        let mut troubles = Troubles::default();
        troubles.set(vec![trouble(
            r#"{"on":"*","times":2,"skip":1,"every":3,"answer":{"status":503}}"#,
        )]);
        let struck: Vec<usize> = (1..=12)
            .filter(|_| troubles.strike("GET", "/", "").is_some())
            .collect();
        assert_eq!(struck, [4, 7]);
    }

    #[test]
    fn zero_times_means_always() {
        let mut troubles = Troubles::default();
        troubles.set(vec![trouble(
            r#"{"on":"* /v1.0/me","times":0,"answer":{"drop":true}}"#,
        )]);
        assert!((0..9).all(|_| troubles.strike("GET", "/v1.0/me", "").is_some()));
    }

    #[test]
    fn whom_it_spares_passes_and_is_not_counted() {
        let mut troubles = Troubles::default();
        troubles.set(vec![trouble(
            r#"{"on":"*","spares":"Mail Platform/*","answer":{"drop":true}}"#,
        )]);
        assert!((0..3).all(|_| troubles.strike("GET", "/", "mail platform/1").is_none()));
        assert!(troubles.strike("GET", "/", "").is_some());
        assert!(troubles.strike("GET", "/", "").is_none());
    }

    #[test]
    fn a_misspelt_field_is_refused() {
        assert!(serde_json::from_str::<Trouble>(r#"{"on":"*","answer":{"sttus":500}}"#).is_err());
    }

    #[test]
    fn only_what_spoils_the_answer_afterwards_takes_effect() {
        assert!(
            !Answer {
                status: Some(503),
                ..Answer::default()
            }
            .runs()
        );
        assert!(
            Answer {
                status: Some(503),
                takes_effect: true,
                ..Answer::default()
            }
            .runs()
        );
        assert!(
            Answer {
                truncate: true,
                ..Answer::default()
            }
            .runs()
        );
        assert!(
            !Answer {
                drop: true,
                ..Answer::default()
            }
            .runs()
        );
        assert!(
            Answer {
                slow_milliseconds: Some(1),
                ..Answer::default()
            }
            .runs()
        );
    }
}
