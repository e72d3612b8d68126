//! One idea for everything that is changed: what is wanted, what is observed, and the changes between them.
//!
//! ```text
//! answers ──wanted()──▶ Wanted ─┐
//!                               ├─compare()──▶ rows: as wanted, change, blocked, unknown ──order──▶ changes
//! organisation ──survey──▶ Observed ─┘
//! ```
//!
//! Onboarding, going on after a crash, changing mailboxes, renewing and revoking differ only in what they want and in
//! their [`operations::Phase`]s. The plan that is read, the PowerShell and what is sent come from the same
//! [`changes::Change`].
//!
//! Pure: nothing here knows a network, a file, a clock or chance.

pub mod changes;
pub mod compare;
pub mod given;
pub mod names;
pub mod observed;
pub mod operations;
pub mod part;
pub mod pending;
#[cfg(test)]
mod properties;
pub mod reach;
pub mod route;
pub mod switches;
pub mod wanted;
