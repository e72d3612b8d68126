//! Trouble on demand: what should go wrong, and for which requests.

use serde::{Deserialize, Serialize};

use crate::opath::wildcard;

/// One thing that goes wrong.
///
/// As JSON: `{"on":"POST /v1.0/applications*","times":1,"answer":{"status":429,"retry_after":2}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trouble {
    /// Method and path; `*` stands for anything, also as the method.
    pub on: String,
    /// How many requests it strikes; 0 means every one.
    #[serde(default = "once")]
    pub times: u32,
    /// How many matching requests pass first.
    #[serde(default)]
    pub skip: u32,
    /// What happens to a request that it strikes.
    pub answer: Answer,
}

fn once() -> u32 {
    1
}

/// What a stricken request gets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// Answers this HTTP status instead of the true one.
    pub status: Option<u16>,
    /// Adds a `Retry-After` header of this many seconds.
    pub retry_after: Option<u32>,
    /// The error code in the body; a fitting one is chosen otherwise.
    pub code: Option<String>,
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
}

impl Answer {
    /// Whether the true answer is made at all.
    pub(crate) fn runs(&self) -> bool {
        self.takes_effect || self.truncate || !(self.drop || self.status.is_some() || self.captive_portal)
    }

    /// The code of the error body.
    pub(crate) fn error_code(&self) -> String {
        self.code.clone().unwrap_or_else(|| {
            match self.status {
                Some(429) => "TooManyRequests",
                Some(503) => "ServiceUnavailable",
                Some(504) => "GatewayTimeout",
                Some(401) => "InvalidAuthenticationToken",
                Some(403) => "Authorization_RequestDenied",
                Some(404) => "Request_ResourceNotFound",
                Some(400) => "Request_BadRequest",
                _ => "UnknownError",
            }
            .to_owned()
        })
    }
}

/// Switches of the organisation that change what it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// App management policy forbids new secrets (microsoft-facts §2.6).
    pub secrets_forbidden: bool,
    /// The longest life of a secret in days; `None` means that no policy limits it.
    pub secret_days_at_most: Option<u32>,
    /// Conditional Access refuses every sign-in with AADSTS53003.
    pub sign_in_refused: bool,
    /// Whether people without a role may register apps (microsoft-facts §2.7).
    pub users_may_create_apps: bool,
    /// The organisation was never customised: scopes need `Enable-OrganizationCustomization` first.
    pub dehydrated: bool,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            secrets_forbidden: false,
            secret_days_at_most: Some(365),
            sign_in_refused: false,
            users_may_create_apps: true,
            dehydrated: false,
        }
    }
}

/// The troubles that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    pending: Vec<(Trouble, u32)>,
}

impl Troubles {
    /// Replaces all troubles.
    pub(crate) fn set(&mut self, troubles: Vec<Trouble>) {
        self.pending = troubles.into_iter().map(|trouble| (trouble, 0)).collect();
    }

    /// What strikes this request; each match is counted.
    pub(crate) fn strike(&mut self, method: &str, path: &str) -> Option<Answer> {
        let request = format!("{method} {path}").to_lowercase();
        for (trouble, seen) in &mut self.pending {
            if !wildcard(&trouble.on.to_lowercase(), &request) {
                continue;
            }
            *seen = seen.saturating_add(1);
            let in_turn = *seen > trouble.skip;
            let left = trouble.times == 0 || *seen <= trouble.skip.saturating_add(trouble.times);
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
                    .strike("POST", "/v1.0/applications/1/addPassword")
                    .is_some()
            })
            .collect();
        assert_eq!(struck, [false, true, true, false, false]);
        assert!(troubles.strike("GET", "/v1.0/applications").is_none());
    }

    #[test]
    fn zero_times_means_always() {
        let mut troubles = Troubles::default();
        troubles.set(vec![trouble(
            r#"{"on":"* /v1.0/me","times":0,"answer":{"drop":true}}"#,
        )]);
        assert!((0..9).all(|_| troubles.strike("GET", "/v1.0/me").is_some()));
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
