//! A request to Microsoft Graph v1.0.

use crate::Repeat;
use crate::slot::{Arg, Ids, Slot, Text};

/// What is done with what the path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Makes, or asks for an action.
    Post,
    /// Writes some of its properties.
    Patch,
    /// Removes.
    Delete,
}

impl Verb {
    /// As HTTP writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Its name with placeholders for ids, for evidence and counting: `POST /applications/{id}/addPassword`.
    pub name: &'static str,
    /// What is done.
    pub verb: Verb,
    /// Where, below `v1.0/`, escaped as a URL is. A next page is a whole address.
    pub path: Text,
    /// Further headers, in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: Option<Arg>,
    /// Whether it may be sent again.
    pub repeat: Repeat,
    /// Which of its answer's fields are ids that later calls need.
    pub gives: &'static [(Slot, &'static str)],
}

impl Request {
    /// Reads.
    pub fn get(name: &'static str, path: impl Into<Text>) -> Self {
        Self {
            name,
            verb: Verb::Get,
            path: path.into(),
            headers: Vec::new(),
            body: None,
            repeat: Repeat::Safe,
            gives: &[],
        }
    }

    /// Removes; a second removal changes nothing more.
    pub fn delete(name: &'static str, path: impl Into<Text>) -> Self {
        Self {
            verb: Verb::Delete,
            ..Self::get(name, path)
        }
    }

    /// Makes something, each time another.
    pub fn post(name: &'static str, path: impl Into<Text>, body: Arg) -> Self {
        Self {
            verb: Verb::Post,
            body: Some(body),
            repeat: Repeat::Never,
            ..Self::get(name, path)
        }
    }

    /// Writes properties.
    pub fn patch(name: &'static str, path: impl Into<Text>, body: Arg) -> Self {
        Self {
            verb: Verb::Patch,
            body: Some(body),
            ..Self::get(name, path)
        }
    }

    /// The same, which may be sent again so far.
    pub fn repeated(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// The same with one more header.
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, whose answer gives ids.
    pub fn giving(mut self, gives: &'static [(Slot, &'static str)]) -> Self {
        self.gives = gives;
        self
    }

    /// Whether it changes something.
    pub fn changes(&self) -> bool {
        self.verb != Verb::Get
    }

    pub(crate) fn filled(&self, ids: &Ids) -> Result<Self, Slot> {
        Ok(Self {
            path: self.path.filled(ids)?.into(),
            body: self.body.as_ref().map(|body| body.filled(ids)).transpose()?,
            ..self.clone()
        })
    }
}
