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
        /// Why, in one sentence.
        why: String,
    },
    /// The check does not apply here.
    NotApplicable,
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
