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
pub mod protocols;
mod repeat;
pub mod slot;

use cmdlet::Cmdlet;
use graph::Request;
use slot::{Ids, Slot};

pub use repeat::Repeat;

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
