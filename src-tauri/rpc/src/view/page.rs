//! One page: its heading, its buttons, what is under way on it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::content::Content;
use super::parts::Button;

/// One page: heading, content, actions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The main heading. A change of `key` moves the focus to it.
    pub heading: String,
    /// Names the page; changes when another page is shown, not when its content does.
    pub key: String,
    /// One or two sentences under the heading.
    pub lead: Option<String>,
    /// What stands between heading and actions.
    pub content: Content,
    /// Problems with what was typed, for the summary at the top and the fields.
    pub field_problems: Vec<FieldProblem>,
    /// The buttons of the action bar: one primary, at most two others.
    pub actions: Vec<Button>,
    /// A short sentence beside the buttons, such as "Can be undone for 30 days".
    pub action_note: Option<String>,
    /// Set while something is under way.
    pub busy: Option<Busy>,
    /// Said to a screen reader once when it changes, such as the result of a check.
    pub announcement: Option<String>,
}

/// Something under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Busy {
    /// What is being done, such as "Looking up 2 mailboxes".
    pub words: String,
    /// "Waiting for Microsoft to answer.": shown after 10 seconds.
    pub waiting_for: String,
    /// Where busy belongs: `bar` keeps the content and turns in the button that was pressed, `page` replaces the content.
    pub place: BusyPlace,
    /// How far it is, where that is known.
    pub progress: Option<BusyProgress>,
    /// The request that gives it up, where it can be given up.
    pub cancel: Option<Button>,
    /// The button of the bar that turns meanwhile: the one that was pressed.
    pub button: Option<BusyButton>,
}

/// A button that turns while what it asked for is under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BusyButton {
    /// Its place among the page's actions, from 0.
    pub at: u32,
    /// What it says meanwhile, such as "Creating…"; short, because the button keeps its width.
    pub words: String,
}

/// How far something is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BusyProgress {
    /// "Microsoft's own test: 12 of 296".
    pub words: String,
    /// How many are done.
    pub done: u32,
    /// Of how many.
    pub of: u32,
}

/// Where busy is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BusyPlace {
    /// In the button that was pressed; the content stays.
    Bar,
    /// In place of the content.
    Page,
}

/// A problem with one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// The id of the field in the page.
    pub field: String,
    /// The same words in the summary and under the field.
    pub words: String,
}
