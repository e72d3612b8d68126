//! IMAP4rev1 as Exchange Online speaks it (microsoft-facts §4c).

pub(crate) mod command;
mod fetch;
mod folders;
pub(crate) mod mailbox_name;
mod search;
mod selected;
mod session;

pub(crate) use session::serve;
