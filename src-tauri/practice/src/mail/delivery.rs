//! Sending: a message goes into the mailboxes of the organisation that it is addressed to, and never further.

use std::collections::BTreeSet;

use super::mime;
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::{Purpose, Refusal, flag};

/// The most recipients of one message, the limit of Exchange Online unless an administrator changes it.
pub(crate) const RECIPIENTS_AT_MOST: usize = 500;
/// The most mailboxes that one message is put into, groups taken apart.
const MAILBOXES_AT_MOST: usize = 2_000;

/// Sends a message: puts it into the inboxes of its recipients and, if asked, into the sender's sent items. Recipients
/// outside the organisation get nothing; the copy in the sent items is all that is left of theirs.
///
/// # Errors
/// When the message is too large or a mailbox is full. Nothing is delivered then.
pub(crate) fn send(
    organisation: &mut Organisation,
    sender: usize,
    message: &[u8],
    recipients: &[String],
    keep_copy: bool,
) -> Result<(), Refusal> {
    let now = organisation.clock.now();
    let whole = completed(organisation, sender, message);
    let mailboxes = mailboxes(organisation, recipients);
    let inboxes: Vec<(usize, u32)> = mailboxes
        .into_iter()
        .map(|position| (position, Purpose::Inbox.number()))
        .collect();
    let (directory, store) = (&organisation.directory, &mut organisation.objects.mail);
    let copy = if keep_copy {
        let sent = [(sender, Purpose::Sent.number())];
        store.add(directory, &sent, whole.clone(), now, flag::SEEN)?
    } else {
        Vec::new()
    };
    let delivered = store.add(directory, &inboxes, without_bcc(&whole), now, 0);
    if delivered.is_err() {
        // What was not sent is not among what was sent.
        store.remove(directory, sender, &copy);
    }
    organisation.touch();
    delivered.map(|_| ())
}

/// The mailboxes that these addresses lead to, each once; groups are taken apart, also within each other.
fn mailboxes(organisation: &Organisation, addresses: &[String]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<String> = addresses.iter().map(|address| address.to_lowercase()).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(address) = waiting.pop() {
        if found.len() >= MAILBOXES_AT_MOST || !seen.insert(address.clone()) {
            continue;
        }
        if let Some(position) = organisation.directory.by_address(&address) {
            let has_mailbox = organisation
                .directory
                .entry(position)
                .is_some_and(|entry| entry.kind.has_mailbox());
            if has_mailbox {
                found.insert(position);
            }
            continue;
        }
        let group = organisation
            .objects
            .exchange
            .groups
            .iter()
            .find(|group| group.primary_smtp.eq_ignore_ascii_case(&address));
        if let Some(group) = group {
            waiting.extend(group.members.iter().cloned());
        }
    }
    found
}

/// The message with the fields that every message has: a date, an id, and somebody whom it is from.
fn completed(organisation: &Organisation, sender: usize, message: &[u8]) -> Vec<u8> {
    let header = &message[..mime::header_length(message)];
    let has = |name: &str| mime::raw_value(header, name).is_some();
    let mut added = String::new();
    if !has("From") {
        let address = organisation
            .directory
            .entry(sender)
            .map(|entry| entry.address())
            .unwrap_or_default();
        added.push_str(&format!("From: <{address}>\r\n"));
    }
    if !has("Date") {
        let date = organisation.clock.now().strftime("%a, %-d %b %Y %H:%M:%S +0000");
        added.push_str(&format!("Date: {date}\r\n"));
    }
    if !has("Message-ID") {
        added.push_str(&format!("Message-ID: <{}>\r\n", new_message_id()));
    }
    // A message that begins with an empty line, or with none, has no header of its own.
    let separator: &[u8] = if header.is_empty() || mime::fields(header).is_empty() {
        if message.starts_with(b"\r\n") {
            b""
        } else {
            b"\r\n"
        }
    } else {
        b""
    };
    [added.as_bytes(), separator, message].concat()
}

/// An id for a message that has none.
pub(crate) fn new_message_id() -> String {
    format!("{}@mail.contoso.example", uuid::Uuid::new_v4().simple())
}

/// The message as its recipients get it: without the field that names the hidden ones.
fn without_bcc(message: &[u8]) -> Vec<u8> {
    let (header, body) = message.split_at(mime::header_length(message));
    let mut kept = Vec::with_capacity(message.len());
    for line in mime::lines(header) {
        if !mime::field_name(line).is_some_and(|name| name.eq_ignore_ascii_case(b"Bcc")) {
            kept.extend_from_slice(line);
        }
    }
    kept.extend_from_slice(body);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_recipients_are_not_told() {
        let message =
            b"To: a@b.example\r\nBCC: c@d.example,\r\n e@f.example\r\nSubject: x\r\n\r\nBcc: stays\r\n";
        assert_eq!(
            without_bcc(message),
            b"To: a@b.example\r\nSubject: x\r\n\r\nBcc: stays\r\n"
        );
        // A line that is no field hides nobody's address and uncovers none.
        assert_eq!(
            without_bcc(b"no field\r\nTo: a@b.example\r\nBcc: c@d.example\r\n\r\nHello.\r\n"),
            b"no field\r\nTo: a@b.example\r\n\r\nHello.\r\n"
        );
        assert_eq!(without_bcc(b""), b"");
        assert_eq!(without_bcc(b"\r\nx"), b"\r\nx");
    }
}
