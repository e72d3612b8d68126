//! A problem in words.

use domain::message::{Arg, Part};
use domain::problem::{Problem, Said, Words};

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
        let said = |said: &Said| self.value(&said.into());
        let part = |part: Part| match (&problem.words, part) {
            (Words::Message(message), part) => self.value(&Arg::part(part, message.clone())),
            (Words::Sentences(all), Part::Happened) => said(&all.happened),
            (Words::Sentences(all), Part::Why) => said(&all.why),
            (Words::Sentences(all), Part::Next) => said(&all.next),
            (Words::Sentences(all), _) => said(&all.title),
        };
        Written {
            title: part(Part::Title),
            happened: match &problem.happened {
                Some(happened) => said(happened),
                None => part(Part::Happened),
            },
            why: part(Part::Why),
            next: part(Part::Next),
            exists: problem.exists.as_ref().map(said),
            request: problem.request.as_ref().map(said),
        }
    }
}
