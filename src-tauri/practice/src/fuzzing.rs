//! The parsers of what comes from clients, for a fuzzer: each takes any bytes and must come back.

use crate::mail::compose::Composed;
use crate::mail::{html, mime};

/// A command of IMAP, with its literals inside.
pub fn imap(bytes: &[u8]) {
    let _ = crate::mail::imap::command::parse(bytes);
}

/// The name of a mailbox as IMAP writes it, used also as a pattern.
pub fn imap_mailbox_name(bytes: &[u8]) {
    use crate::mail::imap::mailbox_name::{decode, encode, fits};
    let name = decode(bytes);
    let _ = (encode(&name), fits(&name, "INBOX/a"));
}

/// What `FETCH` answers about a message of these bytes.
pub fn imap_fetch(bytes: &[u8]) {
    let _ = crate::mail::imap::fetched(bytes);
}

/// A command line of SMTP.
pub fn smtp(bytes: &[u8]) {
    let _ = crate::mail::smtp::command::parse(bytes);
}

/// A command line of POP3.
pub fn pop(bytes: &[u8]) {
    let _ = crate::mail::pop::parse(bytes);
}

/// The answer that a client gives to XOAUTH2.
pub fn xoauth2(bytes: &[u8]) {
    let _ = crate::mail::sasl::read(bytes);
}

/// A message: its parts, its texts, and what Graph makes of it.
pub fn message(bytes: &[u8]) {
    let whole = mime::structure(bytes);
    for part in whole.leaves() {
        let _ = html::to_words(&part.text(bytes));
    }
    let _ = Composed::read(&Composed::read(bytes).write());
}
