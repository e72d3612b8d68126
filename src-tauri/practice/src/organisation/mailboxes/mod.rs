//! The mailboxes of the organisation: what every mailbox holds from the start, and what was changed since.

pub(crate) mod html;
mod letters;
pub(crate) mod mailbox;
mod seeded;
pub(crate) mod store;
