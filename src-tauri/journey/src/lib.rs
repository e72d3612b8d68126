//! The product: what is asked, what is made of it, what is proved and handed over.
//!
//! What changes the organisation is no step: [`carry_out`] reads what is there, compares it with what is wanted, makes the
//! changes one by one and reads them back. Every state-changing call is journalled as intended before it is sent and as
//! done after; after a crash the organisation is read first, because it and not the journal is the truth. The steps ask,
//! sign in, prove and write files.

pub mod adopt;
mod blocked;
pub mod carry_out;
mod changes;
pub mod check_again;
pub mod client_id;
pub mod data_folder;
pub mod drawn;
pub mod entra_refusals;
pub mod found_again;
pub mod journal_file;
pub mod live_calls;
pub mod make_good;
mod nearest;
mod observe;
pub mod ownership;
pub mod parts;
pub mod plan;
mod preflight;
pub mod problems;
pub mod read_back;
pub mod reasons;
pub mod record_file;
pub mod renew;
mod replication;
pub mod revoke;
pub mod route;
pub mod secret_life;
pub mod standing;
pub mod steps;
mod survey;
pub mod switches;
mod take_up;
mod wanted;
mod without_mailbox;
pub mod wizard;

// What the floor above hands through without knowing the floor below; `floors.rs` lists it.
pub use microsoft::clock::{Clock, Pause};
pub use microsoft::cloud::Cloud;
pub use microsoft::entra::rights::Right;
