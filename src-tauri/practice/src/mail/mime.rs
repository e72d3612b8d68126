//! The shape of a message: its parts, where each begins and ends, and what its headers say.
//!
//! Parts are found here and not by the crate that reads headers, because a message may be nested as deeply as a
//! hostile client likes and IMAP needs the exact place of each part.

use std::ops::Range;

use mail_parser::{Address, HeaderName, HeaderValue, MessageParser, PartType};

/// Parts nested more deeply than this are shown as one opaque part.
const DEPTH_AT_MOST: usize = 12;
/// Parts beyond this number are left in the one before.
const PARTS_AT_MOST: usize = 1_000;

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Leaf,
    Multipart(Vec<Part>),
    Message(Box<Part>),
}

/// A part of a message, by its place in the bytes of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The header with the empty line that ends it.
    pub(crate) header: Range<usize>,
    pub(crate) body: Range<usize>,
    pub(crate) kind: Kind,
    /// In lower case: `text`.
    pub(crate) media: String,
    /// In lower case: `plain`.
    pub(crate) subtype: String,
    pub(crate) parameters: Vec<(String, String)>,
    /// In lower case; `7bit` when the header says nothing.
    pub(crate) encoding: String,
    pub(crate) disposition: Option<(String, Vec<(String, String)>)>,
    pub(crate) id: Option<String>,
    pub(crate) description: Option<String>,
}

impl Part {
    /// The value of a parameter of the content type.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        value_of(&self.parameters, name)
    }

    /// The name of the file, from the disposition or the content type.
    pub(crate) fn file_name(&self) -> Option<&str> {
        self.disposition
            .as_ref()
            .and_then(|(_, parameters)| value_of(parameters, "filename"))
            .or_else(|| self.parameter("name"))
    }

    /// `text/plain`.
    pub(crate) fn content_type(&self) -> String {
        format!("{}/{}", self.media, self.subtype)
    }

    /// Whether the part is shown among other parts rather than saved as a file.
    pub(crate) fn is_inline(&self) -> bool {
        match &self.disposition {
            Some((disposition, _)) => disposition == "inline",
            None => self.id.is_some(),
        }
    }

    /// The decoded body of a part without parts of its own.
    pub(crate) fn decoded(&self, raw: &[u8]) -> Vec<u8> {
        let body = &raw[self.body.clone()];
        if !matches!(self.encoding.as_str(), "base64" | "quoted-printable") {
            return body.to_vec();
        }
        let header = format!(
            "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: {}\r\n\r\n",
            self.encoding
        );
        let single = [header.as_bytes(), body].concat();
        match MessageParser::new().parse(&single[..]) {
            Some(message) => match message.parts.into_iter().next().map(|part| part.body) {
                Some(PartType::Binary(bytes) | PartType::InlineBinary(bytes)) => bytes.into_owned(),
                Some(PartType::Text(text) | PartType::Html(text)) => text.into_owned().into_bytes(),
                _ => body.to_vec(),
            },
            None => body.to_vec(),
        }
    }

    /// The text of a text part, decoded from its character set; bytes that fit none are replaced.
    pub(crate) fn text(&self, raw: &[u8]) -> String {
        let bytes = self.decoded(raw);
        let charset = self.parameter("charset").unwrap_or("utf-8");
        decode_charset(charset, &bytes)
    }

    /// Every leaf of the message in order; an attached message is one leaf.
    pub(crate) fn leaves(&self) -> Vec<&Self> {
        let mut leaves = Vec::new();
        let mut stack = vec![self];
        while let Some(part) = stack.pop() {
            match &part.kind {
                Kind::Multipart(parts) => stack.extend(parts.iter().rev()),
                Kind::Leaf | Kind::Message(_) => leaves.push(part),
            }
        }
        leaves
    }
}

fn value_of<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

/// Text from bytes of a character set.
pub(crate) fn decode_charset(charset: &str, bytes: &[u8]) -> String {
    match mail_parser::decoders::charsets::map::charset_decoder(charset.as_bytes()) {
        Some(decode) => decode(bytes),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Whether text in this character set can be read.
pub(crate) fn knows_charset(charset: &str) -> bool {
    ["utf-8", "us-ascii"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(charset))
        || mail_parser::decoders::charsets::map::charset_decoder(charset.as_bytes()).is_some()
}

/// Finds the parts of a message.
pub(crate) fn structure(raw: &[u8]) -> Part {
    let mut budget = PARTS_AT_MOST;
    part(raw, 0..raw.len(), 0, false, &mut budget)
}

fn part(raw: &[u8], range: Range<usize>, depth: usize, in_digest: bool, budget: &mut usize) -> Part {
    *budget = budget.saturating_sub(1);
    let split = range.start + header_length(&raw[range.clone()]);
    let (header, body) = (range.start..split, split..range.end);
    let parsed = MessageParser::new().parse_headers(&raw[header.clone()]);
    let value = |name: HeaderName<'static>| parsed.as_ref().and_then(|message| message.header(name));
    let content_type = value(HeaderName::ContentType).and_then(HeaderValue::as_content_type);
    let default = if in_digest {
        ("message", "rfc822")
    } else {
        ("text", "plain")
    };
    let (media, subtype) = match content_type {
        Some(found) => (
            found.ctype().to_ascii_lowercase(),
            found.subtype().unwrap_or("octet-stream").to_ascii_lowercase(),
        ),
        None => (default.0.to_owned(), default.1.to_owned()),
    };
    let pairs = |found: &mail_parser::ContentType<'_>| {
        found
            .attributes()
            .unwrap_or_default()
            .iter()
            .map(|attribute| (attribute.name.to_lowercase(), attribute.value.to_string()))
            .collect::<Vec<_>>()
    };
    let parameters = content_type.map(pairs).unwrap_or_default();
    let text = |name: HeaderName<'static>| value(name).and_then(HeaderValue::as_text).map(str::to_owned);
    let encoding = text(HeaderName::ContentTransferEncoding).map_or_else(
        || "7bit".to_owned(),
        |encoding| encoding.trim().to_ascii_lowercase(),
    );
    let disposition = value(HeaderName::ContentDisposition)
        .and_then(HeaderValue::as_content_type)
        .map(|found| (found.ctype().to_ascii_lowercase(), pairs(found)));
    let boundary = value_of(&parameters, "boundary").unwrap_or_default().to_owned();
    let deeper = depth < DEPTH_AT_MOST && *budget > 0;
    let kind = if media == "multipart" && !boundary.is_empty() && deeper {
        let parts: Vec<Part> = split_at_boundary(raw, body.clone(), boundary.as_bytes(), *budget)
            .into_iter()
            .map(|range| part(raw, range, depth + 1, subtype == "digest", budget))
            .collect();
        if parts.is_empty() {
            Kind::Leaf
        } else {
            Kind::Multipart(parts)
        }
    } else if media == "message" && subtype == "rfc822" && deeper && is_identity(&encoding) {
        Kind::Message(Box::new(part(raw, body.clone(), depth + 1, false, budget)))
    } else {
        Kind::Leaf
    };
    // What claims to be made of parts and is not must not be shown as if it were.
    let (media, subtype) = match (&kind, media.as_str()) {
        (Kind::Leaf, "multipart") => ("text".to_owned(), "plain".to_owned()),
        (Kind::Leaf, "message") if subtype == "rfc822" => {
            ("application".to_owned(), "octet-stream".to_owned())
        }
        _ => (media, subtype),
    };
    let id = text(HeaderName::ContentId);
    let description = text(HeaderName::ContentDescription);
    Part {
        header,
        body,
        kind,
        media,
        subtype,
        parameters,
        encoding,
        disposition,
        id,
        description,
    }
}

fn is_identity(encoding: &str) -> bool {
    matches!(encoding, "7bit" | "8bit" | "binary")
}

/// How many bytes the header takes, with the empty line after it.
pub(crate) fn header_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        if matches!(&bytes[at..end], b"\r\n" | b"\n") {
            return end;
        }
        at = end;
    }
    bytes.len()
}

/// Where the line that begins at `at` ends, with its line break.
fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |length| at + length + 1)
}

fn split_at_boundary(raw: &[u8], range: Range<usize>, boundary: &[u8], most: usize) -> Vec<Range<usize>> {
    let bytes = &raw[..range.end];
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = range.start;
    while at < range.end {
        let end = line_end(bytes, at);
        let line = bytes[at..end].trim_ascii_end();
        if let Some(rest) = line
            .strip_prefix(b"--")
            .and_then(|line| line.strip_prefix(boundary))
        {
            let last = rest == b"--";
            if last || rest.is_empty() {
                if let Some(start) = open {
                    parts.push(start..without_line_break(bytes, start, at));
                }
                open = (!last).then_some(end);
                if last || parts.len() >= most {
                    return parts;
                }
            }
        }
        at = end;
    }
    if let Some(start) = open.filter(|start| *start < range.end) {
        parts.push(start..range.end);
    }
    parts
}

/// The line break before a boundary belongs to the boundary.
fn without_line_break(bytes: &[u8], start: usize, at: usize) -> usize {
    let text = &bytes[start..at];
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    start + text.len()
}

/// A header cut before each line that continues none: its fields, and whatever else stands among them. Put together
/// again, it is the header.
pub(crate) fn lines(header: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < header.len() {
        let mut end = line_end(header, at);
        while matches!(header.get(end), Some(b' ' | b'\t')) {
            end = line_end(header, end);
        }
        lines.push(&header[at..end]);
        at = end;
    }
    lines
}

/// The name of a field, or `None` for a line of a header that is none.
pub(crate) fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    Some(line[..colon].trim_ascii())
}

/// The fields of a header: the name, and the field whole with its line breaks.
pub(crate) fn fields(header: &[u8]) -> Vec<(&[u8], &[u8])> {
    lines(header)
        .into_iter()
        .filter_map(|line| Some((field_name(line)?, line)))
        .collect()
}

/// The value of the first field of this name, as it stands there, in one line.
pub(crate) fn raw_value(header: &[u8], name: &str) -> Option<Vec<u8>> {
    let (found, field) = fields(header)
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes()))?;
    let colon = field.iter().position(|byte| *byte == b':').unwrap_or(found.len());
    let value = field.get(colon + 1..).unwrap_or_default();
    let line: Vec<u8> = value
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\r' | b'\n' | 0))
        .collect();
    Some(line.trim_ascii().to_vec())
}

/// Someone in an address field: a name, decoded, and an address.
pub(crate) type Party = (Option<String>, String);

/// The people in all address fields of this name.
pub(crate) fn parties(header: &[u8], name: HeaderName<'static>) -> Vec<Party> {
    let Some(parsed) = MessageParser::new().parse_headers(header) else {
        return Vec::new();
    };
    let mut parties = Vec::new();
    for value in parsed.header_values(name) {
        let Some(address) = value.as_address() else {
            continue;
        };
        let addresses: Vec<&mail_parser::Addr<'_>> = match address {
            Address::List(list) => list.iter().collect(),
            Address::Group(groups) => groups.iter().flat_map(|group| &group.addresses).collect(),
        };
        for found in addresses {
            let Some(address) = found.address.as_deref().filter(|address| !address.is_empty()) else {
                continue;
            };
            parties.push((found.name.as_deref().map(str::to_owned), address.to_owned()));
        }
    }
    parties
}

/// The decoded text of the first field of this name.
pub(crate) fn text_value(header: &[u8], name: HeaderName<'static>) -> Option<String> {
    let parsed = MessageParser::new().parse_headers(header)?;
    match parsed.header(name)? {
        HeaderValue::Text(text) => Some(text.to_string()),
        HeaderValue::TextList(list) => list.last().map(ToString::to_string),
        _ => None,
    }
}

/// The instant in the `Date` field.
pub(crate) fn date(header: &[u8]) -> Option<jiff::Timestamp> {
    let parsed = MessageParser::new().parse_headers(header)?;
    let date = parsed.header(HeaderName::Date)?.as_datetime()?;
    date.is_valid()
        .then(|| jiff::Timestamp::from_second(date.to_timestamp()).ok())
        .flatten()
}

/// Line ends as mail has them: every CR, LF and CRLF becomes CRLF.
pub(crate) fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 32);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\r' => {
                out.extend_from_slice(b"\r\n");
                if bytes.get(at + 1) == Some(&b'\n') {
                    at += 1;
                }
            }
            b'\n' => out.extend_from_slice(b"\r\n"),
            byte => out.push(*byte),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NESTED: &[u8] = b"From: \"A\" <a@b.example>\r\nSubject: =?utf-8?q?H=C3=A9?=\r\n =?utf-8?q?llo?=\r\n\
        Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\npreamble\r\n--x\r\n\r\nplain\r\n--x\r\n\
        Content-Type: message/rfc822\r\n\r\nSubject: in\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
        --y\r\n\r\none\r\n--y\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+w7w8L2I+\r\n--y--\r\n\
        --x--\r\nepilogue\r\n";

    #[test]
    fn parts_are_found_at_their_places() {
        let whole = structure(NESTED);
        let Kind::Multipart(parts) = &whole.kind else {
            panic!("{whole:?}");
        };
        assert_eq!(&NESTED[parts[0].body.clone()], b"plain");
        let Kind::Message(inner) = &parts[1].kind else {
            panic!("{:?}", parts[1]);
        };
        let leaves = inner.leaves();
        assert_eq!(leaves.len(), 2);
        assert_eq!(leaves[1].text(NESTED), "<b>ü</b>");
        assert_eq!(
            text_value(&NESTED[whole.header.clone()], HeaderName::Subject).as_deref(),
            Some("Héllo")
        );
        assert_eq!(
            raw_value(&NESTED[whole.header.clone()], "subject").as_deref(),
            Some(&b"=?utf-8?q?H=C3=A9?= =?utf-8?q?llo?="[..])
        );
        assert_eq!(
            parties(&NESTED[whole.header], HeaderName::From),
            [(Some("A".into()), "a@b.example".into())]
        );
    }

    #[test]
    fn a_message_nested_without_end_is_opaque_below_a_bound() {
        let deep = b"Content-Type: message/rfc822\r\n\r\n".repeat(50_000);
        let mut part = structure(&deep);
        let mut depth = 0;
        while let Kind::Message(inner) = part.kind {
            part = *inner;
            depth += 1;
        }
        assert_eq!(depth, DEPTH_AT_MOST);
    }

    #[test]
    fn many_parts_are_bounded() {
        let mut many = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n".to_vec();
        many.extend(b"--x\r\n\r\na\r\n".repeat(20_000));
        let Kind::Multipart(parts) = structure(&many).kind else {
            panic!("parts");
        };
        assert!(parts.len() <= PARTS_AT_MOST);
    }

    #[test]
    fn line_ends_become_crlf_once() {
        assert_eq!(with_crlf(b"a\nb\r\nc\rd\r\r\n"), b"a\r\nb\r\nc\r\nd\r\n\r\n");
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_structure(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let part = structure(&bytes);
            for leaf in part.leaves() {
                let _ = leaf.text(&bytes);
            }
            let _ = (fields(&bytes), date(&bytes), parties(&bytes, HeaderName::From));
        }

        #[test]
        fn any_mixture_of_mail_has_a_structure(pieces in proptest::collection::vec(0usize..8, 0..60)) {
            let words: [&[u8]; 8] = [b"Content-Type: multipart/mixed; boundary=x\r\n", b"\r\n", b"--x\r\n", b"--x--\r\n",
                b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\r\n", b"Subject: =?x?b?", b"text"];
            let bytes: Vec<u8> = pieces.iter().flat_map(|piece| words[*piece].to_vec()).collect();
            for leaf in structure(&bytes).leaves() {
                let _ = leaf.text(&bytes);
            }
        }
    }
}
