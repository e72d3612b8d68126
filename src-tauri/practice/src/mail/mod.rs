//! Mail itself: mailboxes with messages in them, and the protocols by which mail programs reach them.
//!
//! One store of mailboxes ([`store`]) stands behind Graph, IMAP, POP3 and SMTP, so that what one of them changes
//! the others see. Nothing that is sent leaves the machine: it is put into the mailboxes of the organisation that it
//! is addressed to, and everything else is only kept with the sender (microsoft-facts §2.10 and §4c).

pub(crate) mod compose;
pub(crate) mod delivery;
mod door;
pub(crate) mod imap;
mod line;
pub(crate) mod listen;
pub(crate) mod mime;
pub(crate) mod pop;
pub(crate) mod sasl;
pub(crate) mod smtp;
pub(crate) mod trouble;
