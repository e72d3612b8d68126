//! The journal of a connection and the state it adds up to.
//!
//! The journal is an intent log: what was answered, what is about to be changed in the organisation and what came
//! of it. Folding it gives the [`state::State`]; [`progress`] says from the state what may happen next. Everything
//! here is a pure function: no file, no network, no clock. The organisation, not the journal, is the truth; after a
//! crash each step looks there first.

pub mod basis;
pub mod controls;
pub mod event;
pub mod journal;
pub mod mailboxes;
pub mod notes;
pub mod progress;
pub mod proof;
pub mod state;
mod switched;
mod switches;
mod v1;
