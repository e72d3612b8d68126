//! What stands around the page: the strip, the rail, line 1.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::parts::Button;
use crate::request::Request;

/// What stands around the page: strip, rail, line 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    /// The strip of a practice connection; none for a real organisation.
    pub practice: Option<PracticeStrip>,
    /// Heading of the rail; none on the start screen and in the list of connections, which have a header instead.
    pub connection: Option<ConnectionName>,
    /// The rail, empty where there is none.
    pub steps: Vec<RailStep>,
    /// "Step 5 of 7: Plan", where the page belongs to a step.
    pub step_line: Option<String>,
    /// Whether Back is offered.
    pub back: Option<Request>,
    /// Whether presenting mode is on.
    pub presenting: bool,
    /// Whether the page is the help that lies over another, which Escape closes.
    pub helping: bool,
    /// "Saved 10:42", where something is saved.
    pub saved: Option<String>,
}

/// The strip over every screen of a practice connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PracticeStrip {
    /// Bold: "Practice organisation".
    pub label: String,
    /// What that means, in one line.
    pub note: String,
    /// "Leave practice".
    pub leave: Button,
}

/// The heading of the rail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionName {
    /// Such as "Sinch Contact Pro"; "New connection" before one is chosen.
    pub platform: String,
    /// Such as "Contoso Practice"; empty before the sign-in.
    pub organisation: String,
}

/// One station in the rail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RailStep {
    /// Stable name of the station, such as `sign-in`.
    pub id: String,
    /// From 1.
    pub number: u8,
    /// Such as "Sign-in".
    pub name: String,
    /// What its line shows.
    pub state: RailState,
    /// The word beside it, only for waiting, ask somebody, too broad and problem.
    pub note: Option<String>,
    /// Whether it is the open one.
    pub current: bool,
    /// The request that opens it, where it may be opened.
    pub open: Option<Request>,
}

/// What a line of the rail shows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RailState {
    /// Not begun.
    Todo,
    /// Finished.
    Done,
    /// Microsoft still applies it.
    Waiting,
    /// Somebody else is needed.
    AskSomebody,
    /// The app reaches too much.
    TooBroad,
    /// Stopped by a problem.
    Problem,
}
