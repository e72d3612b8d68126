//! A problem in words.

use domain::message::{Arg, Part};
use domain::problem::Problem;

use crate::Speaker;

/// What is said of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The heading, in a few words.
    pub title: String,
    /// What happened: one sentence.
    pub happened: String,
    /// Why: one sentence.
    pub why: String,
    /// What to do next: one sentence.
    pub next: String,
    /// What exists in the organisation by now.
    pub exists: Option<String>,
    /// A message that the reader can send to the one who can fix it.
    pub request: Option<String>,
}

impl Speaker {
    /// A problem in words.
    pub fn problem(&self, problem: &Problem) -> Written {
        let part = |part: Part| self.value(&Arg::part(part, problem.words.clone()));
        Written {
            title: part(Part::Title),
            happened: match &problem.happened {
                Some(happened) => self.say(happened),
                None => part(Part::Happened),
            },
            why: part(Part::Why),
            next: part(Part::Next),
            exists: problem.exists.as_ref().map(|message| self.say(message)),
            request: problem.request.as_ref().map(|message| self.say(message)),
        }
    }
}
