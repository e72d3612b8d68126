//! The product: one file per step, and what the steps share.
//!
//! A step that makes something plans (pure), acts (after looking for its own work), checks (reading only), and can be
//! taken back; the others ask, sign in, prove or write files, and have what of it they need. Every
//! state-changing call is journalled as intended before it is sent and as done after; after a crash the step looks in
//! the organisation first, because the organisation and not the journal is the truth.

pub mod client_id;
pub mod data_folder;
pub mod entra_refusals;
pub mod journal_file;
mod nearest;
pub mod ownership;
pub mod parts;
pub mod plan;
mod preflight;
pub mod problems;
pub mod reasons;
mod replication;
pub mod standing;
pub mod steps;
mod survey;
mod without_mailbox;
pub mod wizard;

// What the floor above hands through without knowing the floor below; `floors.rs` lists it.
pub use microsoft::clock::{Clock, Pause};
pub use microsoft::cloud::Cloud;
pub use microsoft::entra::rights::Right;
