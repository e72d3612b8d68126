//! What many pages are made of: buttons, findings, messages, facts, choices.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::request::Request;

/// A button or a link and what it asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Button {
    /// Names the act.
    pub label: String,
    /// How it is drawn.
    pub kind: ButtonKind,
    /// What it sends. `submit` takes the content's form along.
    pub request: Request,
    /// Its icon, where it has one.
    pub icon: Option<ActIcon>,
    /// Words for a screen reader where the label is not unique, such as "Remove support@contoso.example".
    pub full_label: Option<String>,
}

/// How a button is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ButtonKind {
    /// The one filled button.
    Primary,
    /// With a border.
    Secondary,
    /// Without.
    Subtle,
    /// Underlined text.
    Link,
}

/// The icon of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ActIcon {
    /// Takes something away.
    Delete,
    /// Copies something.
    Copy,
    /// Adds something.
    Add,
    /// Leads to the practice organisation.
    Practice,
}

/// A state with its word; the icon follows from the tone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Which icon and colour.
    pub tone: Tone,
    /// The word, such as "Works".
    pub word: String,
}

/// Icon and colour of a state.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Works, found, ready.
    Works,
    /// Refused, as it must be.
    Refused,
    /// Too broad.
    TooBroad,
    /// A problem.
    Problem,
    /// Microsoft still applies it.
    Waiting,
    /// The reader is needed.
    NeedsYou,
    /// Ends soon.
    EndsSoon,
    /// Proves nothing either way.
    Unknown,
    /// Not needed.
    NotNeeded,
}

/// A tinted message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its tint and icon.
    pub tone: MessageTone,
    /// Bold first line.
    pub title: String,
    /// Up to three sentences.
    pub text: Option<String>,
    /// A button inside it.
    pub action: Option<Button>,
}

/// Tint and icon of a message.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MessageTone {
    /// Plain, with a lock: about the secret.
    Secret,
    /// Plain, with a flask: about practice.
    Practice,
    /// Needs the reader.
    NeedsYou,
    /// A problem or too broad.
    Problem,
    /// Waiting.
    Waiting,
    /// Good.
    Good,
}

/// A line of a plan, a summary or a record: a term and what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// Such as "Platform".
    pub term: String,
    /// Such as "Sinch Contact Pro, through Microsoft Graph".
    pub value: String,
    /// An id by its ends, drawn in the mono face after the value.
    pub id: Option<String>,
    /// Findings after the value, such as "2 of 2 work".
    pub findings: Vec<Finding>,
    /// What can be done with it, which names its row: Change or Copy.
    pub change: Option<Button>,
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanLine {
    /// Bold.
    pub title: String,
    /// What it means.
    pub detail: String,
    /// Whether it is done, for a step that is under way.
    pub done: bool,
    /// Whether it takes away something that is there.
    pub takes_away: bool,
}

/// One thing that happened, with its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Happening {
    /// Its state.
    pub tone: Tone,
    /// Bold.
    pub title: String,
    /// What it means.
    pub detail: String,
    /// "10:43:58".
    pub at: String,
}

/// A choice in a list of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// Sent when chosen.
    pub value: String,
    /// Bold.
    pub title: String,
    /// Second line.
    pub detail: String,
    /// At the right end, such as "Checked 3 Nov 2026".
    pub side: Option<String>,
    /// "Recommended", where it is.
    pub tag: Option<String>,
}

/// Something that can be on or off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Extra {
    /// Its name in the request.
    pub value: String,
    /// "Send mail".
    pub title: String,
    /// Why it may be wanted.
    pub detail: String,
    /// Whether it is on.
    pub on: bool,
    /// Whether it is needed and can't be left out.
    pub needed: bool,
}

/// Text behind a disclosure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Disclosure {
    /// What is pressed.
    pub label: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}
