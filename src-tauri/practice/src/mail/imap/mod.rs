//! IMAP4rev1 as Exchange Online speaks it (microsoft-facts §4c).

pub(crate) mod command;
mod fetch;
mod folders;
pub(crate) mod mailbox_name;
mod search;
mod selected;
mod session;

pub(crate) use session::serve;

/// What every item of `FETCH` says about a message of these bytes; for a fuzzer.
pub(crate) fn fetched(bytes: &[u8]) -> Vec<u8> {
    use crate::organisation::mailboxes::mailbox::{Content, Message};
    let message = Message {
        number: 1,
        folder: 2,
        uid: 1,
        content: Content::Seeded(0),
        received: jiff::Timestamp::UNIX_EPOCH,
        flags: 0,
        categories: Vec::new(),
        changed: 1,
    };
    let line = b"a FETCH 1 (ENVELOPE BODY BODYSTRUCTURE RFC822.HEADER BODY[1] BODY[1.MIME] BODY[2.1.HEADER] BODY[TEXT]<1.9>)";
    let mut out = Vec::new();
    if let Ok(command::Command::Fetch { items, .. }) = command::parse(line).command {
        fetch::write(&mut out, 1, &message, bytes, &items);
    }
    out
}
