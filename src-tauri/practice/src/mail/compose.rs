//! A message as a client describes it by its properties, and the MIME that it becomes.

use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;
use mail_parser::HeaderName;

use super::mime::{self, Kind, Party};

/// A file in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) inline: bool,
    /// Without angle brackets.
    pub(crate) content_id: Option<String>,
}

/// A message before it is MIME.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Composed {
    pub(crate) subject: String,
    pub(crate) is_html: bool,
    pub(crate) body: String,
    pub(crate) from: Option<Party>,
    pub(crate) sender: Option<Party>,
    pub(crate) to: Vec<Party>,
    pub(crate) cc: Vec<Party>,
    pub(crate) bcc: Vec<Party>,
    pub(crate) reply_to: Vec<Party>,
    /// `low`, `normal` or `high`.
    pub(crate) importance: String,
    pub(crate) message_id: String,
    pub(crate) date: i64,
    pub(crate) in_reply_to: Option<String>,
    /// Ids of the thread, without angle brackets.
    pub(crate) references: Vec<String>,
    pub(crate) read_receipt: bool,
    pub(crate) delivery_receipt: bool,
    /// Further header fields; only names that begin with `x-` come this way.
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) files: Vec<File>,
}

/// Text as a header field may hold it: in one line.
fn line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn address(party: &Party) -> Address<'static> {
    // Nothing but an address may stand between the angle brackets.
    let clean: String = party
        .1
        .chars()
        .filter(|letter| !letter.is_control() && !letter.is_whitespace() && !"<>,;".contains(*letter))
        .collect();
    let name = party.0.as_deref().map(line).filter(|name| !name.is_empty());
    Address::new_address(name, clean)
}

fn list(parties: &[Party]) -> Address<'static> {
    Address::new_list(parties.iter().map(address).collect())
}

fn id(text: &str) -> String {
    line(text)
        .chars()
        .filter(|letter| !letter.is_whitespace() && !"<>".contains(*letter))
        .collect()
}

impl Composed {
    /// Everybody it goes to.
    pub(crate) fn recipients(&self) -> Vec<String> {
        [&self.to, &self.cc, &self.bcc]
            .into_iter()
            .flatten()
            .map(|party| party.1.clone())
            .collect()
    }

    /// The message as MIME.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut builder = MessageBuilder::new()
            .date(self.date)
            .message_id(id(&self.message_id))
            .subject(line(&self.subject));
        if let Some(from) = &self.from {
            builder = builder.from(address(from));
        }
        if let Some(sender) = self
            .sender
            .as_ref()
            .filter(|sender| Some(*sender) != self.from.as_ref())
        {
            builder = builder.sender(address(sender));
        }
        for (name, parties) in [
            ("To", &self.to),
            ("Cc", &self.cc),
            ("Bcc", &self.bcc),
            ("Reply-To", &self.reply_to),
        ] {
            if !parties.is_empty() {
                builder = builder.header(name, list(parties));
            }
        }
        if let Some(parent) = &self.in_reply_to {
            builder = builder.in_reply_to(id(parent));
        }
        if !self.references.is_empty() {
            let references: Vec<String> = self.references.iter().map(|reference| id(reference)).collect();
            builder = builder.references(references);
        }
        if matches!(self.importance.as_str(), "low" | "high") {
            builder = builder.header("Importance", Raw::new(self.importance.clone()));
        }
        if let Some(from) = &self.from {
            if self.read_receipt {
                builder = builder.header("Disposition-Notification-To", address(from));
            }
            if self.delivery_receipt {
                builder = builder.header("Return-Receipt-To", address(from));
            }
        }
        for (name, value) in &self.fields {
            let fits = name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if fits && !name.is_empty() {
                builder = builder.header(name.clone(), Text::new(line(value)));
            }
        }
        builder.body(self.body_part()).write_to_vec().unwrap_or_default()
    }

    fn body_part(&self) -> MimePart<'static> {
        let text = self.body.replace("\r\n", "\n").replace('\n', "\r\n");
        let kind = if self.is_html { "text/html" } else { "text/plain" };
        let body = MimePart::new(kind, text);
        if self.files.is_empty() {
            return body;
        }
        let mut parts = vec![body];
        parts.extend(self.files.iter().map(file_part));
        let related = self.is_html && self.files.iter().all(|file| file.inline);
        MimePart::new(
            if related {
                "multipart/related"
            } else {
                "multipart/mixed"
            },
            parts,
        )
    }

    /// What an existing message says.
    pub(crate) fn read(raw: &[u8]) -> Self {
        let whole = mime::structure(raw);
        let header = &raw[whole.header.clone()];
        let people = |name: HeaderName<'static>| mime::parties(header, name);
        let text = |name: &str| {
            mime::raw_value(header, name).map(|value| String::from_utf8_lossy(&value).into_owned())
        };
        let ids = |name: &str| -> Vec<String> {
            let value = text(name).unwrap_or_default();
            value
                .split_whitespace()
                .map(id)
                .filter(|id| !id.is_empty())
                .take(100)
                .collect()
        };
        let (is_html, body) = body_of(raw, &whole);
        let shown = body_index(&whole);
        let files = whole
            .leaves()
            .into_iter()
            .enumerate()
            .filter(|(index, _)| !shown.contains(index))
            .map(|(_, part)| File {
                name: part.file_name().unwrap_or("attachment").to_owned(),
                content_type: part.content_type(),
                bytes: part.decoded(raw),
                inline: part.is_inline(),
                content_id: part.id.as_deref().map(id),
            });
        let fields = mime::fields(header)
            .into_iter()
            .filter(|(name, _)| name.len() > 2 && name[..2].eq_ignore_ascii_case(b"x-"))
            .filter(|(name, _)| !name.eq_ignore_ascii_case(b"x-priority"))
            .filter_map(|(name, _)| {
                let name = String::from_utf8_lossy(name).into_owned();
                text(&name).map(|value| (name, value))
            });
        Self {
            subject: mime::text_value(header, HeaderName::Subject).unwrap_or_default(),
            is_html,
            body,
            from: people(HeaderName::From).into_iter().next(),
            sender: people(HeaderName::Sender).into_iter().next(),
            to: people(HeaderName::To),
            cc: people(HeaderName::Cc),
            bcc: people(HeaderName::Bcc),
            reply_to: people(HeaderName::ReplyTo),
            importance: importance(header),
            message_id: ids("Message-ID").into_iter().next().unwrap_or_default(),
            date: mime::date(header).map_or(0, jiff::Timestamp::as_second),
            in_reply_to: ids("In-Reply-To").into_iter().next(),
            references: ids("References"),
            read_receipt: text("Disposition-Notification-To").is_some(),
            delivery_receipt: text("Return-Receipt-To").is_some(),
            fields: fields.take(50).collect(),
            files: files.collect(),
        }
    }
}

fn file_part(file: &File) -> MimePart<'static> {
    let declared = line(&file.content_type);
    // A part that claims to hold parts would be taken apart by whoever reads it.
    let content_type = match declared.split_once('/') {
        Some((media, _)) if media.eq_ignore_ascii_case("multipart") => "application/octet-stream".to_owned(),
        Some((media, sub))
            if !media.is_empty() && !sub.is_empty() && declared.is_ascii() && !declared.contains(' ') =>
        {
            declared
        }
        _ => "application/octet-stream".to_owned(),
    };
    let is_message = content_type.eq_ignore_ascii_case("message/rfc822");
    let disposition = ContentType::new(if file.inline { "inline" } else { "attachment" })
        .attribute("filename", line(&file.name));
    let part = MimePart::new(ContentType::new(content_type), file.bytes.clone())
        .header("Content-Disposition", HeaderType::from(disposition));
    // A message in a message must not be encoded (RFC 2046 §5.2.1).
    let part = if is_message {
        part.transfer_encoding("8bit")
    } else {
        part
    };
    match &file.content_id {
        Some(content_id) => part.cid(id(content_id)),
        None => part,
    }
}

/// `low`, `normal` or `high`.
pub(crate) fn importance(header: &[u8]) -> String {
    let value = mime::raw_value(header, "Importance")
        .or_else(|| mime::raw_value(header, "Priority"))
        .unwrap_or_default()
        .to_ascii_lowercase();
    match value.as_slice() {
        b"high" | b"urgent" => "high".into(),
        b"low" | b"non-urgent" => "low".into(),
        _ => "normal".into(),
    }
}

/// Which leaves are the message's own text: the first text, and the HTML that says the same.
pub(crate) fn body_index(whole: &mime::Part) -> Vec<usize> {
    let leaves = whole.leaves();
    let is_body = |part: &mime::Part, subtype: &str| {
        part.media == "text"
            && part.subtype == subtype
            && part
                .disposition
                .as_ref()
                .is_none_or(|(disposition, _)| disposition != "attachment")
            && part.file_name().is_none()
    };
    let first = |subtype: &str| leaves.iter().position(|part| is_body(part, subtype));
    [first("html"), first("plain")].into_iter().flatten().collect()
}

/// Whether the body is HTML, and the body.
pub(crate) fn body_of(raw: &[u8], whole: &mime::Part) -> (bool, String) {
    let leaves = whole.leaves();
    match body_index(whole).first().and_then(|index| leaves.get(*index)) {
        Some(part) => (part.subtype == "html", part.text(raw)),
        None => (false, String::new()),
    }
}

/// Whether the message has files that are not shown inside it.
pub(crate) fn has_attachments(whole: &mime::Part) -> bool {
    let shown = body_index(whole);
    whole.leaves().iter().enumerate().any(|(index, part)| {
        !shown.contains(&index) && (!part.is_inline() || matches!(part.kind, Kind::Message(_)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composed() -> Composed {
        Composed {
            subject: "Größe\r\nBcc: evil@x.example".into(),
            is_html: true,
            body: "<p>é</p>\n".into(),
            from: Some((Some("Dana, \"D\"".into()), "dana@contoso.example".into())),
            to: vec![(None, "a@b.example>\r\nX: y".into())],
            bcc: vec![(Some("Ü".into()), "c@d.example".into())],
            importance: "high".into(),
            message_id: "1@x".into(),
            date: 1_795_000_000,
            references: vec!["0@x".into(), "1@x".into()],
            files: vec![File {
                name: "ä.bin".into(),
                content_type: "multipart/mixed; boundary=x".into(),
                bytes: vec![0, 1, 2, 255],
                inline: false,
                content_id: None,
            }],
            ..Composed::default()
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written = composed();
        let read = Composed::read(&written.write());
        assert_eq!(read.subject, "Größe  Bcc: evil@x.example");
        assert_eq!((read.is_html, read.body.as_str()), (true, "<p>é</p>\r\n"));
        assert_eq!(read.from, written.from);
        assert_eq!(read.to[0].1, "a@b.exampleX:y");
        assert_eq!(read.bcc, written.bcc);
        assert_eq!((read.importance.as_str(), read.date), ("high", 1_795_000_000));
        assert_eq!(read.references, written.references);
        assert_eq!(read.files[0].bytes, [0, 1, 2, 255]);
        assert_eq!(read.files[0].name, "ä.bin");
        assert_eq!(read.files[0].content_type, "application/octet-stream");
    }

    #[test]
    fn nothing_can_be_slipped_into_the_header() {
        let bytes = composed().write();
        let header = &bytes[..mime::header_length(&bytes)];
        let names: Vec<String> = mime::fields(header)
            .iter()
            .map(|(name, _)| String::from_utf8_lossy(name).to_lowercase())
            .collect();
        assert_eq!(names.iter().filter(|name| *name == "bcc").count(), 1);
        assert!(!names.contains(&"x".to_owned()), "{names:?}");
    }
}
