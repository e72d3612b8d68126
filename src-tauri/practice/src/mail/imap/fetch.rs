//! What `FETCH` answers about one message.

use mail_parser::HeaderName;

use super::command::{Item, Portion, Section, write_date};
use crate::mail::mime::{self, Kind, Part, Party};
use crate::organisation::mailboxes::mailbox::{Message, flag};
use crate::organisation::mailboxes::store::MESSAGE_AT_MOST;

/// The most that is said of one message, in bytes: a client that asks for everything twice gets it, one that asks for the
/// same thousands of times would fill the memory.
const ANSWER_AT_MOST: usize = 2 * MESSAGE_AT_MOST + 1024 * 1024;

/// Writes `* n FETCH (…)`; `false`, and nothing written, when that would be more than [`ANSWER_AT_MOST`].
pub(crate) fn write(out: &mut Vec<u8>, number: usize, message: &Message, raw: &[u8], items: &[Item]) -> bool {
    let start = out.len();
    out.extend_from_slice(format!("* {number} FETCH (").as_bytes());
    // Finding the parts costs something and most questions need none.
    let needs_parts = items.iter().any(|item| {
        matches!(
            item,
            Item::Envelope | Item::Body | Item::BodyStructure | Item::Section(_)
        )
    });
    let whole = needs_parts.then(|| mime::structure(raw));
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        match (item, &whole) {
            (Item::Flags, _) => {
                out.extend_from_slice(b"FLAGS ");
                flags(out, message.flags);
            }
            (Item::InternalDate, _) => {
                out.extend_from_slice(
                    format!("INTERNALDATE \"{}\"", write_date(message.received)).as_bytes(),
                );
            }
            (Item::Size, _) => out.extend_from_slice(format!("RFC822.SIZE {}", raw.len()).as_bytes()),
            (Item::Uid, _) => out.extend_from_slice(format!("UID {}", message.uid).as_bytes()),
            (Item::Envelope, Some(whole)) => {
                out.extend_from_slice(b"ENVELOPE ");
                envelope(out, &raw[whole.header.clone()]);
            }
            (Item::Body, Some(whole)) => {
                out.extend_from_slice(b"BODY ");
                structure(out, raw, whole, false);
            }
            (Item::BodyStructure, Some(whole)) => {
                out.extend_from_slice(b"BODYSTRUCTURE ");
                structure(out, raw, whole, true);
            }
            (Item::Section(section), Some(whole)) => {
                out.extend_from_slice(section.label.as_bytes());
                out.push(b' ');
                match bytes_of(raw, whole, section) {
                    Some(bytes) => literal(out, &bytes),
                    None => out.extend_from_slice(b"NIL"),
                }
            }
            (_, None) => {}
        }
        if out.len() - start > ANSWER_AT_MOST {
            out.truncate(start);
            return false;
        }
    }
    out.extend_from_slice(b")\r\n");
    true
}

/// The flags as a list in parentheses.
pub(crate) fn flags(out: &mut Vec<u8>, flags: u8) {
    let names = [
        (flag::SEEN, "\\Seen"),
        (flag::ANSWERED, "\\Answered"),
        (flag::FLAGGED, "\\Flagged"),
        (flag::DELETED, "\\Deleted"),
        (flag::DRAFT, "\\Draft"),
        (flag::MDN_SENT, "$MDNSent"),
    ];
    let set: Vec<&str> = names
        .into_iter()
        .filter(|(bit, _)| flags & bit != 0)
        .map(|(_, name)| name)
        .collect();
    out.extend_from_slice(format!("({})", set.join(" ")).as_bytes());
}

fn literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(format!("{{{}}}\r\n", bytes.len()).as_bytes());
    // No literal may hold a NUL (RFC 3501 §4.3.1).
    out.extend(bytes.iter().map(|byte| if *byte == 0 { b' ' } else { *byte }));
}

/// A string: quoted where that is possible, as a literal otherwise.
pub(crate) fn string(out: &mut Vec<u8>, text: &[u8]) {
    let plain = text.len() < 1_000 && text.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if !plain {
        return literal(out, text);
    }
    out.push(b'"');
    for byte in text {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

fn nil_or_string(out: &mut Vec<u8>, text: Option<&[u8]>) {
    match text {
        Some(text) => string(out, text),
        None => out.extend_from_slice(b"NIL"),
    }
}

/// Text that may hold any letter, as an encoded word when it must be one (RFC 2047).
fn encoded(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.as_bytes().to_vec();
    }
    let coded = base64::engine::general_purpose::STANDARD.encode(text);
    format!("=?utf-8?B?{coded}?=").into_bytes()
}

fn envelope(out: &mut Vec<u8>, header: &[u8]) {
    let raw = |name: &str| mime::raw_value(header, name);
    let people = |name: HeaderName<'static>| mime::parties(header, name);
    out.push(b'(');
    nil_or_string(out, raw("Date").as_deref());
    out.push(b' ');
    nil_or_string(out, raw("Subject").as_deref());
    out.push(b' ');
    let from = people(HeaderName::From);
    let or_from = |found: Vec<Party>| if found.is_empty() { from.clone() } else { found };
    addresses(out, &from);
    out.push(b' ');
    addresses(out, &or_from(people(HeaderName::Sender)));
    out.push(b' ');
    addresses(out, &or_from(people(HeaderName::ReplyTo)));
    for name in [HeaderName::To, HeaderName::Cc, HeaderName::Bcc] {
        out.push(b' ');
        addresses(out, &people(name));
    }
    out.push(b' ');
    nil_or_string(out, raw("In-Reply-To").as_deref());
    out.push(b' ');
    nil_or_string(out, raw("Message-ID").as_deref());
    out.push(b')');
}

fn addresses(out: &mut Vec<u8>, parties: &[Party]) {
    if parties.is_empty() {
        out.extend_from_slice(b"NIL");
        return;
    }
    out.push(b'(');
    for (name, address) in parties {
        let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
        out.push(b'(');
        nil_or_string(out, name.as_deref().map(encoded).as_deref());
        out.extend_from_slice(b" NIL ");
        string(out, local.as_bytes());
        out.push(b' ');
        string(out, domain.as_bytes());
        out.push(b')');
    }
    out.push(b')');
}

fn parameters(out: &mut Vec<u8>, parameters: &[(String, String)]) {
    if parameters.is_empty() {
        out.extend_from_slice(b"NIL");
        return;
    }
    out.push(b'(');
    for (index, (name, value)) in parameters.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        string(out, name.as_bytes());
        out.push(b' ');
        string(out, &encoded(value));
    }
    out.push(b')');
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

fn structure(out: &mut Vec<u8>, raw: &[u8], part: &Part, extended: bool) {
    out.push(b'(');
    if let Kind::Multipart(parts) = &part.kind {
        for inner in parts {
            structure(out, raw, inner, extended);
        }
        out.push(b' ');
        string(out, part.subtype.as_bytes());
        if extended {
            out.push(b' ');
            parameters(out, &part.parameters);
            disposition(out, part);
        }
        out.push(b')');
        return;
    }
    string(out, part.media.as_bytes());
    out.push(b' ');
    string(out, part.subtype.as_bytes());
    out.push(b' ');
    let implied = [("charset".to_owned(), "us-ascii".to_owned())];
    let shown = match (part.media.as_str(), part.parameters.is_empty()) {
        ("text", true) => &implied[..],
        _ => &part.parameters,
    };
    parameters(out, shown);
    out.push(b' ');
    let id = part
        .id
        .as_ref()
        .map(|id| format!("<{}>", id.trim_matches(['<', '>'])));
    nil_or_string(out, id.as_deref().map(str::as_bytes));
    out.push(b' ');
    nil_or_string(out, part.description.as_deref().map(encoded).as_deref());
    out.push(b' ');
    string(out, part.encoding.as_bytes());
    let body = &raw[part.body.clone()];
    out.extend_from_slice(format!(" {}", body.len()).as_bytes());
    if let Kind::Message(inner) = &part.kind {
        out.push(b' ');
        envelope(out, &raw[inner.header.clone()]);
        out.push(b' ');
        structure(out, raw, inner, extended);
    }
    if part.media == "text" || matches!(part.kind, Kind::Message(_)) {
        out.extend_from_slice(format!(" {}", lines(body)).as_bytes());
    }
    if extended {
        out.extend_from_slice(b" NIL");
        disposition(out, part);
    }
    out.push(b')');
}

/// The disposition, the language and the location.
fn disposition(out: &mut Vec<u8>, part: &Part) {
    match &part.disposition {
        Some((kind, pairs)) => {
            out.extend_from_slice(b" (");
            string(out, &encoded(kind));
            out.push(b' ');
            parameters(out, pairs);
            out.push(b')');
        }
        None => out.extend_from_slice(b" NIL"),
    }
    out.extend_from_slice(b" NIL NIL");
}

/// The bytes of a section; `None` when the message has no such part.
fn bytes_of(raw: &[u8], whole: &Part, section: &Section) -> Option<Vec<u8>> {
    // A section number goes into the parts of an attached message, not to the message itself.
    let mut part = whole;
    let mut at_message = true;
    for number in &section.path {
        let index = usize::try_from(*number).ok()?.checked_sub(1)?;
        let holder = match &part.kind {
            Kind::Message(inner) if !at_message => inner,
            _ => part,
        };
        part = match &holder.kind {
            Kind::Multipart(parts) => parts.get(index)?,
            // The one part of a message without parts is its body; only a message can be asked so.
            _ if index == 0 && (at_message || !std::ptr::eq(holder, part)) => holder,
            _ => return None,
        };
        at_message = false;
    }
    let inner = match &part.kind {
        _ if section.path.is_empty() => Some(part),
        Kind::Message(inner) => Some(&**inner),
        _ => None,
    };
    let bytes = match &section.what {
        Portion::Whole if section.path.is_empty() => raw.to_vec(),
        Portion::Whole => raw[part.body.clone()].to_vec(),
        Portion::Mime => raw[part.header.clone()].to_vec(),
        Portion::Header => raw[inner?.header.clone()].to_vec(),
        Portion::Text => raw[inner?.body.clone()].to_vec(),
        Portion::Fields { names, not } => {
            let header = &raw[inner?.header.clone()];
            let mut chosen = Vec::new();
            for (name, field) in mime::fields(header) {
                let named = names
                    .iter()
                    .any(|wanted| wanted.as_bytes().eq_ignore_ascii_case(name));
                if named != *not {
                    chosen.extend_from_slice(field);
                }
            }
            chosen.extend_from_slice(b"\r\n");
            chosen
        }
    };
    Some(match section.partial {
        Some((first, most)) => {
            let first = usize::try_from(first).unwrap_or(usize::MAX).min(bytes.len());
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            let last = first.saturating_add(most).min(bytes.len());
            bytes[first..last].to_vec()
        }
        None => bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::imap::command::{Command, parse};
    use crate::organisation::mailboxes::mailbox::Content;
    use proptest::prelude::*;

    const MAIL: &[u8] = b"From: =?utf-8?q?J=C3=BCrgen?= <j@b.example>\r\nTo: a@b.example, \"C, D\" <c@d.example>\r\nSubject: Hi \"you\"\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\none\r\ntwo\r\n--x\r\n\
        Content-Type: message/rfc822\r\n\r\nSubject: in\r\nFrom: e@f.example\r\n\r\ninner text\r\n--x--\r\n";

    fn message() -> Message {
        Message {
            number: 1,
            folder: 2,
            uid: 7,
            content: Content::Seeded(0),
            received: "2026-11-22T08:00:00Z".parse().expect("a time"),
            flags: flag::SEEN | flag::DRAFT,
            categories: vec![],
            changed: 1,
        }
    }

    fn items(text: &str) -> Vec<Item> {
        match parse(format!("a FETCH 1 {text}").as_bytes()).command {
            Ok(Command::Fetch { items, .. }) => items,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn fetch(text: &str) -> String {
        let mut out = Vec::new();
        assert!(write(&mut out, 3, &message(), MAIL, &items(text)));
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn one_message_asked_for_a_hundred_times_does_not_fill_the_memory() {
        let raw = vec![b'x'; 1024 * 1024];
        let twice = items("(BODY[] BODY.PEEK[TEXT])");
        let mut out = b"before".to_vec();
        assert!(write(&mut out, 1, &message(), &raw, &twice));
        out.truncate(6);
        let often = items(&format!("({})", vec!["BODY[]"; 100].join(" ")));
        assert!(!write(&mut out, 1, &message(), &raw, &often));
        assert_eq!(out, b"before");
    }

    #[test]
    fn items_are_written_as_the_standard_does() {
        assert_eq!(
            fetch("(UID FLAGS INTERNALDATE)"),
            "* 3 FETCH (UID 7 FLAGS (\\Seen \\Draft) INTERNALDATE \"22-Nov-2026 08:00:00 +0000\")\r\n"
        );
        assert_eq!(
            fetch("ENVELOPE"),
            "* 3 FETCH (ENVELOPE (NIL \"Hi \\\"you\\\"\" ((\"=?utf-8?B?SsO8cmdlbg==?=\" NIL \"j\" \"b.example\")) \
             ((\"=?utf-8?B?SsO8cmdlbg==?=\" NIL \"j\" \"b.example\")) ((\"=?utf-8?B?SsO8cmdlbg==?=\" NIL \"j\" \"b.example\")) \
             ((NIL NIL \"a\" \"b.example\")(\"C, D\" NIL \"c\" \"d.example\")) NIL NIL NIL NIL))\r\n"
        );
        assert_eq!(
            fetch("BODY"),
            "* 3 FETCH (BODY ((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" 8 1)(\"message\" \"rfc822\" NIL NIL NIL \
             \"7bit\" 44 (NIL \"in\" ((NIL NIL \"e\" \"f.example\")) ((NIL NIL \"e\" \"f.example\")) ((NIL NIL \"e\" \"f.example\")) \
             NIL NIL NIL NIL NIL) (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 10 0) 3) \"mixed\"))\r\n"
        );
    }

    #[test]
    fn sections_are_cut_at_the_right_places() {
        assert!(fetch("BODY[1]").ends_with("BODY[1] {8}\r\none\r\ntwo)\r\n"));
        assert!(fetch("BODY[1]<4.2>").ends_with("BODY[1]<4> {2}\r\n\nt)\r\n"));
        assert!(fetch("BODY.PEEK[2.HEADER.FIELDS (FROM)]").contains("{21}\r\nFrom: e@f.example\r\n\r\n)"));
        assert!(fetch("BODY[2.1]").ends_with("{10}\r\ninner text)\r\n"));
        assert!(fetch("BODY[2.TEXT]").ends_with("{10}\r\ninner text)\r\n"));
        assert!(fetch("BODY[2.1.MIME]").contains("{34}\r\nSubject: in"));
        assert!(fetch("BODY[3]").ends_with("BODY[3] NIL)\r\n"));
        assert!(fetch("BODY[1.1]").ends_with("NIL)\r\n"));
        assert!(fetch("BODY[HEADER.FIELDS.NOT (From To)]").contains("Subject: Hi"));
        let whole = format!("{{{}}}\r\n", MAIL.len());
        assert!(fetch("BODY[]").contains(&whole) && fetch("RFC822").contains(&whole));
        assert!(fetch("BODY[]<999999.1>").contains("{0}\r\n"));
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_fetched(raw in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(crate::mail::imap::fetched(&raw).ends_with(b")\r\n"));
        }
    }
}
