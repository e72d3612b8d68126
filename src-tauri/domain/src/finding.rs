//! What a check saw. Never a bare boolean.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The outcome of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Finding {
    /// It answered, and it should.
    Works,
    /// It was refused, and it should be.
    Refused,
    /// It answered although it must be refused.
    TooBroad,
    /// Microsoft still applies the change.
    Waiting {
        /// When we look next. One look, not a loop, because polling keeps a stale denial alive.
        look_at: Timestamp,
    },
    /// The answer proves nothing either way.
    Unknown {
        /// Why.
        why: Why,
    },
    /// The check does not apply here.
    NotApplicable,
}

/// Why an answer proves nothing. A code; its words are made where they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Not tried, because the app is switched off.
    AppDisabled,
    /// Not tried, because the app's secret is gone.
    SecretGone,
    /// Exchange knows no such mailbox any more.
    NotInExchange,
    /// There is no mailbox in Exchange Online behind the address.
    NoMailbox,
    /// The mailbox holds nothing that could have been read.
    HoldsNothing,
    /// Microsoft's test didn't answer for the mailbox.
    TestSilent,
    /// Microsoft's test wasn't run for the mailbox.
    TestNotRun,
    /// Microsoft's test says that the mailbox isn't within the limit.
    NotWithinLimit,
    /// The app is refused, and Microsoft's test doesn't say that it may.
    RefusedAsTested,
    /// The app is refused, and no mailbox that must work answered with the same key or waits for the limit.
    NothingAnswered,
    /// Microsoft took a message without a recipient.
    MessageTaken,
    /// What came back isn't a mailbox's answer.
    NotAnAnswer,
    /// Microsoft found no mailbox for the object.
    NotFound,
    /// Microsoft didn't take the app's token.
    TokenRefused,
    /// Exchange lets no mail program of the app in: its permission or its entry in Exchange isn't applied yet, or is wrong.
    NotLetIn,
    /// The protocol is switched off, for the mailbox or for the organisation: nobody can use the mailbox so.
    SwitchedOff,
    /// Microsoft asked to slow down.
    SlowDown,
    /// Microsoft had a fault.
    Fault,
    /// Microsoft answered something else.
    Answered {
        /// HTTP status.
        status: u16,
        /// Microsoft's code.
        code: String,
    },
    /// Microsoft gave no usable answer.
    NoAnswer,
    /// What an older version wrote as a sentence.
    #[serde(untagged)]
    Told(String),
}

/// Which kind of evidence a finding rests on. Only an observed one is called proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stamp {
    /// Microsoft's test cmdlet says so.
    Configured,
    /// A live call with the app's own token said so.
    Observed,
}

/// One cell of the proof: what was seen, when, and what to quote to support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// What was seen.
    pub finding: Finding,
    /// What it rests on.
    pub stamp: Stamp,
    /// When the answer came.
    pub at: Timestamp,
    /// HTTP status, where there was one.
    pub status: Option<u16>,
    /// Microsoft's error code, where there was one.
    pub code: Option<String>,
    /// Microsoft's request id, to quote to support.
    pub request_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code is written as a word; what an older version wrote as a sentence is kept as it was.
    #[test]
    fn a_reason_is_a_code_and_an_older_sentence_is_read() {
        for (why, written) in [
            (Why::TestNotRun, r#"{"kind":"unknown","why":"test-not-run"}"#),
            (
                Why::Told("Microsoft had a bad day".into()),
                r#"{"kind":"unknown","why":"Microsoft had a bad day"}"#,
            ),
        ] {
            let finding = Finding::Unknown { why };
            assert_eq!(serde_json::to_string(&finding).unwrap(), written);
            assert_eq!(serde_json::from_str::<Finding>(written).unwrap(), finding);
        }
        let answered = Finding::Unknown {
            why: Why::Answered {
                status: 409,
                code: "Conflict".into(),
            },
        };
        let written = serde_json::to_string(&answered).unwrap();
        assert_eq!(serde_json::from_str::<Finding>(&written).unwrap(), answered);
    }
}
