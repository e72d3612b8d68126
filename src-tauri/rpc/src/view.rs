//! What the window is told: one [`View`], whole, after every change.
//!
//! The window draws it and decides nothing: every word that people read comes from here, every button carries the
//! request that it sends. No type here can hold a secret, because none of them can be made from one.

mod content;
mod frame;
mod page;
mod parts;
mod window;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use content::{
    ConnectionCard, Content, DrawnChoice, DrawnWords, Ends, EndsWith, EndsWithLine, EndsWithRow,
    ExportedFile, FileIcon, FoundApp, KeyFact, LanguageChoice, LanguageName, LineState, MailboxList,
    MailboxRow, OptionGroup, OwnPlatform, PartLine, PassphraseBox, Plan, PlanByParts, PlanDetail, PlanPart,
    PreflightRow, ProofCell, ProofGroup, ProofRow, SearchResult, SearchRow, SignInWait, Stage, Stopped,
};
pub use frame::{ConnectionName, Frame, PracticeStrip, RailState, RailStep};
pub use page::{Busy, BusyButton, BusyPlace, BusyProgress, FieldProblem, Page};
pub use parts::{
    ActIcon, Button, ButtonKind, Choice, Disclosure, Extra, Fact, Finding, Happening, Message, MessageTone,
    PlanLine, Tone,
};
pub use window::Words;

/// Everything the window shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Grows with every change; the window drops an older view that arrives late.
    pub revision: u32,
    /// The tag of the language that everything is said in.
    pub language: String,
    /// The words that are the window's own.
    pub words: Words,
    /// The title of the window. Begins with "Problem: " where there is one.
    pub title: String,
    /// What stands around the page.
    pub frame: Frame,
    /// The page itself.
    pub page: Page,
}
