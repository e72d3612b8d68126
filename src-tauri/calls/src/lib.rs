//! What is sent to Microsoft, as data.
//!
//! A call is described once. The same description is sent by `microsoft`, written as PowerShell for a person, and shown
//! on the plan, so that what is read and what is done can't differ. An id that Microsoft hasn't given yet is a [`Slot`]: it
//! is filled in when the call is sent, and written as a variable for a person.
//!
//! Nothing here knows a network, a clock or a token.

pub mod cmdlet;
pub mod entra;
pub mod exchange;
pub mod graph;
pub mod portal;
pub mod powershell;
pub mod slot;

use cmdlet::Cmdlet;
use graph::Request;
use slot::{Ids, Slot};

/// Whether sending a call twice could change more than sending it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Reading, or writing a value that is the same the second time.
    Safe,
    /// It makes something under a name that Microsoft keeps unique, so that a second sending is refused where the first
    /// took effect. Sent again after 429 only, which need not mean that nothing was made.
    Named,
    /// It makes something, each time another. Never sent again by itself: whoever sends it looks for what was made first.
    Never,
}

/// A call to Microsoft.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// To Microsoft Graph.
    Graph(Request),
    /// To Exchange.
    Exchange(Cmdlet),
}

impl Call {
    /// The same with every slot filled in.
    ///
    /// # Errors
    /// The first slot whose id isn't known.
    pub fn filled(&self, ids: &Ids) -> Result<Self, Slot> {
        Ok(match self {
            Self::Graph(request) => Self::Graph(request.filled(ids)?),
            Self::Exchange(cmdlet) => Self::Exchange(cmdlet.filled(ids)?),
        })
    }

    /// Whether it changes something in the organisation.
    pub fn changes(&self) -> bool {
        match self {
            Self::Graph(request) => request.changes(),
            Self::Exchange(cmdlet) => cmdlet.changes(),
        }
    }
}
