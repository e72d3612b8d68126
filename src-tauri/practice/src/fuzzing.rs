//! The parsers of what comes from clients, for a fuzzer: each takes any bytes and must come back.

use crate::mail::compose::Composed;
use crate::mail::mime;
use crate::organisation::mailboxes::html;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::organisation::mailboxes::mailbox::Content;
    use crate::organisation::mailboxes::store::MailStore;
    use crate::people::directory::Directory;

    proptest! {
        #[test]
        fn damaged_mail_is_read_to_its_end(
            position in 0usize..40,
            index in 0u32..30,
            damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 0..12),
        ) {
            let directory = Directory::generate(365, 40);
            let mut bytes = MailStore::default().bytes(&directory, position, Content::Seeded(index)).to_vec();
            for (at, byte, kind) in damage {
                if bytes.is_empty() {
                    break;
                }
                let at = at.index(bytes.len());
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.truncate(at),
                    2 => bytes.insert(at, byte),
                    _ => {
                        let copy = bytes[at..bytes.len().min(at + 200)].to_vec();
                        bytes.extend(copy);
                    }
                }
            }
            super::message(&bytes);
            super::imap_fetch(&bytes);
        }

        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            super::message(&bytes);
            super::imap_fetch(&bytes);
            super::imap(&bytes);
            super::imap_mailbox_name(&bytes);
            super::smtp(&bytes);
            super::pop(&bytes);
            super::xoauth2(&bytes);
        }
    }
}
