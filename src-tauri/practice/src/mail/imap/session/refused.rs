//! What a client reads whose change to its mailbox was refused.

use crate::organisation::mailboxes::mailbox::Refusal;

/// The words after `NO`.
pub(super) fn reason(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TooLarge => "The message is larger than the server takes.",
        Refusal::Full => "The mailbox is full.",
        Refusal::NoFolder => "The folder does not exist.",
        Refusal::Exists => "The folder exists already.",
        Refusal::Distinguished => "The folder belongs to the mailbox and stays.",
        Refusal::Name => "The name is not valid.",
    }
}
