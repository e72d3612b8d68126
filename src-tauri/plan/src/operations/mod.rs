//! What can be done with a connection, each as a list of phases: a state to be reached, and what must hold before the
//! next one is begun.
//!
//! Most of them have one phase. Gates stand where one order must not be reversed in time: mail is never interrupted, what
//! is new is proven before what is old is removed, and nothing is opened before what would come with it is closed
//! everywhere.

mod adopt;
mod onboard;
mod renew;
mod revoke;

use crate::observed::Observed;
use crate::wanted::{Answers, Wanted};
use domain::ids::ConnectionId;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Makes the connection, goes on with it, or gives it other mailboxes.
    Onboard,
    /// Looks whether everything is as it was made. It changes nothing.
    Check,
    /// Makes a new secret or certificate beside the one that the platform uses, and takes the old one away once the platform moved.
    Renew,
    /// Takes over an app that somebody else registered.
    Adopt,
    /// Takes everything of ours away.
    Revoke,
}

/// What must hold before the next phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// The organisation was read again: what came back with something isn't guessed.
    SurveyedAgain,
    /// Microsoft's time has passed, so that what was closed is closed everywhere.
    Waited,
    /// The app's own key reached what it shall reach, and nothing else.
    Proven,
    /// The platform has the sealed file.
    HandedOver,
    /// A person said that the platform uses what is new.
    PlatformMoved,
}

/// A state to be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// What must be true at its end.
    pub wanted: Wanted,
    /// What must hold after it, before the next one; several hold together.
    pub gates: Vec<Gate>,
}

/// The phases of an operation, as things stand. They are derived anew after each one, so a phase that is reached already
/// isn't among them.
pub fn phases(
    operation: Operation,
    connection: ConnectionId,
    answers: &Answers,
    observed: &Observed,
) -> Vec<Phase> {
    match operation {
        Operation::Onboard | Operation::Check => onboard::phases(connection, answers, observed),
        Operation::Renew => renew::phases(connection, answers, observed),
        Operation::Adopt => adopt::phases(connection, answers, observed),
        Operation::Revoke => revoke::phases(observed),
    }
}
