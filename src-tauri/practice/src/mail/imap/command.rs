//! What a mail program says by IMAP, read from bytes (RFC 3501, with SASL-IR, UIDPLUS, MOVE, ID, UNSELECT, IDLE,
//! NAMESPACE and LITERAL+).
//!
//! A pure function over bytes. The stable release of the known codec crate lacks several of these extensions, so the
//! grammar is written out here.

use jiff::civil::Date;
use jiff::{Timestamp, tz};

use super::mailbox_name;
use crate::mail::store::flag;

/// Lists and search keys within each other beyond this are refused.
const DEPTH_AT_MOST: usize = 16;

/// A command with its tag.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// `*` when the line has no tag that could be answered.
    pub(crate) tag: String,
    pub(crate) command: Result<Command, Fault>,
}

/// What is wrong with a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No such command.
    Unknown,
    /// The command is known, its arguments are not understood.
    Arguments,
    /// A character set that searching does not know.
    Charset,
}

/// A command.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Command {
    Capability,
    Noop,
    Logout,
    StartTls,
    Authenticate {
        mechanism: String,
        initial: Option<String>,
    },
    Login,
    Id,
    Namespace,
    Idle,
    Select {
        mailbox: String,
        read_only: bool,
    },
    Create(String),
    Delete(String),
    Rename {
        from: String,
        to: String,
    },
    Subscribe {
        mailbox: String,
        subscribed: bool,
    },
    List {
        reference: String,
        pattern: String,
        kind: ListKind,
    },
    Status {
        mailbox: String,
        items: Vec<StatusItem>,
    },
    Append {
        mailbox: String,
        flags: u8,
        date: Option<Timestamp>,
        message: Vec<u8>,
    },
    Check,
    Close,
    Unselect,
    Expunge(Option<Set>),
    Search {
        by_uid: bool,
        keys: Vec<Key>,
    },
    Fetch {
        by_uid: bool,
        set: Set,
        items: Vec<Item>,
    },
    Store {
        by_uid: bool,
        set: Set,
        change: FlagChange,
        flags: u8,
        silent: bool,
    },
    Copy {
        by_uid: bool,
        set: Set,
        mailbox: String,
        moving: bool,
    },
}

/// The three ways to list mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListKind {
    List,
    Lsub,
    Xlist,
}

impl ListKind {
    /// The name of the answer.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::List => "LIST",
            Self::Lsub => "LSUB",
            Self::Xlist => "XLIST",
        }
    }
}

/// What `STATUS` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusItem {
    Messages,
    Recent,
    UidNext,
    UidValidity,
    Unseen,
}

/// How `STORE` changes flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlagChange {
    Replace,
    Add,
    Remove,
}

/// A set of message numbers or UIDs: ranges in rising order that do not touch. `u32::MAX` stands for `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set(Vec<(u32, u32)>);

impl Set {
    fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        for range in &mut ranges {
            if range.0 > range.1 {
                *range = (range.1, range.0);
            }
        }
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.0 <= last.1.saturating_add(1) => last.1 = last.1.max(range.1),
                _ => merged.push(range),
            }
        }
        Self(merged)
    }

    /// Whether the number is in the set; `last` is what `*` stands for.
    pub(crate) fn holds(&self, number: u32, last: u32) -> bool {
        let at = self.0.partition_point(|range| range.1 < number);
        if self.0.get(at).is_some_and(|range| range.0 <= number) {
            return true;
        }
        // "*" and "n:*" with n beyond the end mean the last message.
        number == last && self.0.last().is_some_and(|range| range.1 == u32::MAX)
    }

    /// The largest number that was written out.
    pub(crate) fn largest(&self) -> u32 {
        let written = |range: &(u32, u32)| {
            if range.1 == u32::MAX { range.0 } else { range.1 }
        };
        self.0
            .iter()
            .map(written)
            .filter(|number| *number != u32::MAX)
            .max()
            .unwrap_or(1)
    }
}

/// A condition of `SEARCH`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Key {
    All,
    /// Messages that do not exist: `NEW`, `RECENT` and keywords, none of which Exchange keeps.
    Nothing,
    Numbers(Set),
    Uids(Set),
    Flag {
        flag: u8,
        set: bool,
    },
    /// A header field holds this text; any value when it is empty.
    Header {
        name: String,
        text: String,
    },
    Body(String),
    Text(String),
    /// Received on this day (`0`), before it (`-1`) or on it and later (`1`).
    Received {
        day: Date,
        side: i8,
    },
    /// The same for the `Date` field.
    Sent {
        day: Date,
        side: i8,
    },
    Larger(u32),
    Smaller(u32),
    Not(Box<Key>),
    Or(Box<Key>, Box<Key>),
    And(Vec<Key>),
}

/// What `FETCH` asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Flags,
    InternalDate,
    Size,
    Envelope,
    Body,
    BodyStructure,
    Uid,
    Section(Section),
}

/// A part of a message as `FETCH` names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// How the answer names it: `BODY[1.MIME]<0>`.
    pub(crate) label: String,
    pub(crate) peek: bool,
    /// The numbers of the parts on the way.
    pub(crate) path: Vec<u32>,
    pub(crate) what: Portion,
    /// The first byte and the most bytes.
    pub(crate) partial: Option<(u32, u32)>,
}

/// Which bytes of a part are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Portion {
    Whole,
    Header,
    Fields { names: Vec<String>, not: bool },
    Text,
    Mime,
}

/// Reads one command: the line without its line end, literals within it as `{5}CRLF` and five bytes.
pub(crate) fn parse(bytes: &[u8]) -> Request {
    let mut reader = Reader { bytes, at: 0 };
    let tag = reader.take_while(is_tag);
    let tag = String::from_utf8_lossy(tag).into_owned();
    if tag.is_empty() || tag.len() > 256 || reader.space().is_none() {
        return Request {
            tag: "*".into(),
            command: Err(Fault::Unknown),
        };
    }
    let command = reader.command();
    Request { tag, command }
}

fn is_tag(byte: u8) -> bool {
    byte > b' ' && byte < 0x7f && !b"(){%*\"\\+".contains(&byte)
}

fn is_atom(byte: u8) -> bool {
    byte > b' ' && byte < 0x7f && !b"(){%*\"\\]".contains(&byte)
}

/// Atoms of mailbox names may also hold `]`, and bytes outside ASCII from programs that do not encode names.
fn is_astring(byte: u8) -> bool {
    is_atom(byte) || byte == b']' || byte >= 0x80
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    fn space(&mut self) -> Option<()> {
        self.eat(b' ')?;
        while self.eat(b' ').is_some() {}
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        while self.eat(b' ').is_some() {}
        (self.at == self.bytes.len()).then_some(())
    }

    fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(&fits) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn atom(&mut self) -> Option<String> {
        let atom = self.take_while(is_atom);
        (!atom.is_empty()).then(|| String::from_utf8_lossy(atom).into_owned())
    }

    fn word(&mut self) -> Option<String> {
        self.atom().map(|atom| atom.to_ascii_uppercase())
    }

    fn number(&mut self) -> Option<u32> {
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    fn quoted(&mut self) -> Option<Vec<u8>> {
        self.eat(b'"')?;
        let mut text = Vec::new();
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(text);
                }
                b'\\' => {
                    self.at += 1;
                    text.push(self.peek()?);
                }
                b'\r' | b'\n' => return None,
                byte => text.push(byte),
            }
            self.at += 1;
        }
    }

    fn literal(&mut self) -> Option<&'a [u8]> {
        self.eat(b'{')?;
        let length = usize::try_from(self.number()?).ok()?;
        let _ = self.eat(b'+');
        self.eat(b'}')?;
        self.eat(b'\r')?;
        self.eat(b'\n')?;
        let literal = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(literal)
    }

    fn string(&mut self) -> Option<Vec<u8>> {
        match self.peek()? {
            b'"' => self.quoted(),
            b'{' => self.literal().map(<[u8]>::to_vec),
            _ => None,
        }
    }

    fn astring(&mut self) -> Option<Vec<u8>> {
        if let Some(b'"' | b'{') = self.peek() {
            return self.string();
        }
        let atom = self.take_while(is_astring);
        (!atom.is_empty()).then(|| atom.to_vec())
    }

    fn mailbox(&mut self) -> Option<String> {
        self.astring().map(|name| mailbox_name::decode(&name))
    }

    fn set(&mut self) -> Option<Set> {
        let mut ranges = Vec::new();
        loop {
            let first = self.set_number()?;
            let last = if self.eat(b':').is_some() {
                self.set_number()?
            } else {
                first
            };
            ranges.push((first, last));
            if self.eat(b',').is_none() {
                return Some(Set::new(ranges));
            }
        }
    }

    fn set_number(&mut self) -> Option<u32> {
        if self.eat(b'*').is_some() {
            return Some(u32::MAX);
        }
        self.number().filter(|number| *number > 0)
    }

    fn command(&mut self) -> Result<Command, Fault> {
        let name = self.word().ok_or(Fault::Unknown)?;
        let by_uid = name == "UID";
        let name = if by_uid {
            self.space().ok_or(Fault::Arguments)?;
            let name = self.word().ok_or(Fault::Arguments)?;
            if !matches!(
                name.as_str(),
                "FETCH" | "STORE" | "COPY" | "MOVE" | "SEARCH" | "EXPUNGE"
            ) {
                return Err(Fault::Unknown);
            }
            name
        } else {
            name
        };
        if name == "SEARCH" {
            return self.search(by_uid);
        }
        let command = self.arguments(&name, by_uid)?;
        self.end().ok_or(Fault::Arguments)?;
        Ok(command)
    }

    fn arguments(&mut self, name: &str, by_uid: bool) -> Result<Command, Fault> {
        let without = match name {
            "CAPABILITY" => Some(Command::Capability),
            "NOOP" => Some(Command::Noop),
            "LOGOUT" => Some(Command::Logout),
            "STARTTLS" => Some(Command::StartTls),
            "NAMESPACE" => Some(Command::Namespace),
            "IDLE" => Some(Command::Idle),
            "CHECK" => Some(Command::Check),
            "CLOSE" => Some(Command::Close),
            "UNSELECT" => Some(Command::Unselect),
            "EXPUNGE" if !by_uid => Some(Command::Expunge(None)),
            _ => None,
        };
        if let Some(command) = without {
            return Ok(command);
        }
        let known = [
            "AUTHENTICATE",
            "LOGIN",
            "ID",
            "SELECT",
            "EXAMINE",
            "CREATE",
            "DELETE",
            "RENAME",
            "SUBSCRIBE",
            "UNSUBSCRIBE",
            "LIST",
            "LSUB",
            "XLIST",
            "STATUS",
            "APPEND",
            "EXPUNGE",
            "FETCH",
            "STORE",
            "COPY",
            "MOVE",
        ];
        if !known.contains(&name) {
            return Err(Fault::Unknown);
        }
        self.space()
            .and_then(|()| self.with_arguments(name, by_uid))
            .ok_or(Fault::Arguments)
    }

    fn with_arguments(&mut self, name: &str, by_uid: bool) -> Option<Command> {
        Some(match name {
            "AUTHENTICATE" => {
                let mechanism = self.word()?;
                let initial = self.space().map(|()| {
                    let blob = self.take_while(|byte| byte > b' ');
                    String::from_utf8_lossy(blob).into_owned()
                });
                Command::Authenticate {
                    mechanism,
                    initial: initial.filter(|initial| !initial.is_empty()),
                }
            }
            "LOGIN" => {
                self.astring()?;
                self.space()?;
                self.astring()?;
                Command::Login
            }
            "ID" => {
                self.id()?;
                Command::Id
            }
            "SELECT" | "EXAMINE" => {
                let mailbox = self.mailbox()?;
                // Parameters such as (CONDSTORE) belong to extensions that are not announced.
                Command::Select {
                    mailbox,
                    read_only: name == "EXAMINE",
                }
            }
            "CREATE" => Command::Create(self.mailbox()?),
            "DELETE" => Command::Delete(self.mailbox()?),
            "RENAME" => {
                let from = self.mailbox()?;
                self.space()?;
                let to = self.mailbox()?;
                Command::Rename { from, to }
            }
            "SUBSCRIBE" | "UNSUBSCRIBE" => Command::Subscribe {
                mailbox: self.mailbox()?,
                subscribed: name == "SUBSCRIBE",
            },
            "LIST" | "LSUB" | "XLIST" => {
                let reference = self.mailbox()?;
                self.space()?;
                let pattern = self.list_pattern()?;
                let kind = match name {
                    "LIST" => ListKind::List,
                    "LSUB" => ListKind::Lsub,
                    _ => ListKind::Xlist,
                };
                Command::List {
                    reference,
                    pattern,
                    kind,
                }
            }
            "STATUS" => {
                let mailbox = self.mailbox()?;
                self.space()?;
                let items = self.list(|reader| {
                    Some(match reader.word()?.as_str() {
                        "MESSAGES" => StatusItem::Messages,
                        "RECENT" => StatusItem::Recent,
                        "UIDNEXT" => StatusItem::UidNext,
                        "UIDVALIDITY" => StatusItem::UidValidity,
                        "UNSEEN" => StatusItem::Unseen,
                        _ => return None,
                    })
                })?;
                Command::Status { mailbox, items }
            }
            "APPEND" => self.append()?,
            "EXPUNGE" => Command::Expunge(Some(self.set()?)),
            "FETCH" => {
                let set = self.set()?;
                self.space()?;
                let mut items = self.fetch_items()?;
                if by_uid && !items.contains(&Item::Uid) {
                    items.insert(0, Item::Uid);
                }
                Command::Fetch { by_uid, set, items }
            }
            "STORE" => self.store(by_uid)?,
            _ => {
                let set = self.set()?;
                self.space()?;
                Command::Copy {
                    by_uid,
                    set,
                    mailbox: self.mailbox()?,
                    moving: name == "MOVE",
                }
            }
        })
    }

    fn id(&mut self) -> Option<()> {
        if self.eat(b'(').is_none() {
            return self.word().filter(|word| word == "NIL").map(|_| ());
        }
        while self.eat(b')').is_none() {
            if self.peek() == Some(b'"') || self.peek() == Some(b'{') {
                self.string()?;
            } else {
                self.word().filter(|word| word == "NIL")?;
            }
            let _ = self.space();
        }
        Some(())
    }

    fn list_pattern(&mut self) -> Option<String> {
        if let Some(b'"' | b'{') = self.peek() {
            return self.mailbox();
        }
        let atom = self.take_while(|byte| is_astring(byte) || byte == b'%' || byte == b'*');
        (!atom.is_empty()).then(|| mailbox_name::decode(atom))
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.eat(b'(')?;
        let mut items = Vec::new();
        while self.eat(b' ').is_some() {}
        while self.eat(b')').is_none() {
            items.push(item(self)?);
            if self.space().is_none() && self.peek() != Some(b')') {
                return None;
            }
        }
        Some(items)
    }

    fn flag(&mut self) -> Option<u8> {
        let system = self.eat(b'\\').is_some();
        let name = self.word()?;
        Some(match (system, name.as_str()) {
            (true, "SEEN") => flag::SEEN,
            (true, "ANSWERED") => flag::ANSWERED,
            (true, "FLAGGED") => flag::FLAGGED,
            (true, "DELETED") => flag::DELETED,
            (true, "DRAFT") => flag::DRAFT,
            (false, "$MDNSENT") => flag::MDN_SENT,
            // \Recent cannot be set, and other keywords are not kept: PERMANENTFLAGS says so.
            _ => 0,
        })
    }

    fn append(&mut self) -> Option<Command> {
        let mailbox = self.mailbox()?;
        self.space()?;
        let mut flags = 0;
        if self.peek() == Some(b'(') {
            flags = self.list(Self::flag)?.into_iter().fold(0, |all, flag| all | flag);
            self.space()?;
        }
        let mut date = None;
        if self.peek() == Some(b'"') {
            let text = String::from_utf8(self.quoted()?).ok()?;
            date = Some(internal_date(&text)?);
            self.space()?;
        }
        let message = self.literal()?.to_vec();
        Some(Command::Append {
            mailbox,
            flags,
            date,
            message,
        })
    }

    fn store(&mut self, by_uid: bool) -> Option<Command> {
        let set = self.set()?;
        self.space()?;
        let change = match self.peek()? {
            b'+' => FlagChange::Add,
            b'-' => FlagChange::Remove,
            _ => FlagChange::Replace,
        };
        if change != FlagChange::Replace {
            self.at += 1;
        }
        let silent = match self.word()?.as_str() {
            "FLAGS" => false,
            "FLAGS.SILENT" => true,
            _ => return None,
        };
        self.space()?;
        let flags = if self.peek() == Some(b'(') {
            self.list(Self::flag)?
        } else {
            let mut flags = vec![self.flag()?];
            while self.space().is_some() && self.at < self.bytes.len() {
                flags.push(self.flag()?);
            }
            flags
        };
        Some(Command::Store {
            by_uid,
            set,
            change,
            flags: flags.into_iter().fold(0, |all, flag| all | flag),
            silent,
        })
    }

    fn fetch_items(&mut self) -> Option<Vec<Item>> {
        if self.peek() == Some(b'(') {
            let items = self.list(Self::fetch_item)?;
            return (!items.is_empty()).then_some(items);
        }
        let start = self.at;
        let fast = [Item::Flags, Item::InternalDate, Item::Size];
        match self.word()?.as_str() {
            "FAST" => return Some(fast.to_vec()),
            "ALL" => return Some([&fast[..], &[Item::Envelope]].concat()),
            "FULL" => return Some([&fast[..], &[Item::Envelope, Item::Body]].concat()),
            _ => self.at = start,
        }
        self.fetch_item().map(|item| vec![item])
    }

    fn fetch_item(&mut self) -> Option<Item> {
        let name = self.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        let name = String::from_utf8_lossy(name).to_ascii_uppercase();
        let section = |what: Portion, peek: bool, label: &str| {
            Item::Section(Section {
                label: label.to_owned(),
                peek,
                path: Vec::new(),
                what,
                partial: None,
            })
        };
        Some(match name.as_str() {
            "FLAGS" => Item::Flags,
            "INTERNALDATE" => Item::InternalDate,
            "RFC822.SIZE" => Item::Size,
            "ENVELOPE" => Item::Envelope,
            "BODYSTRUCTURE" => Item::BodyStructure,
            "UID" => Item::Uid,
            "RFC822" => section(Portion::Whole, false, "RFC822"),
            "RFC822.HEADER" => section(Portion::Header, true, "RFC822.HEADER"),
            "RFC822.TEXT" => section(Portion::Text, false, "RFC822.TEXT"),
            "BODY" if self.peek() != Some(b'[') => Item::Body,
            "BODY" | "BODY.PEEK" => Item::Section(self.section(name == "BODY.PEEK")?),
            _ => return None,
        })
    }

    fn section(&mut self, peek: bool) -> Option<Section> {
        self.eat(b'[')?;
        let mut path = Vec::new();
        let mut what = Portion::Whole;
        let mut label = String::from("BODY[");
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            let number = self.number().filter(|number| *number > 0)?;
            path.push(number);
            if path.len() > 64 {
                return None;
            }
            label.push_str(&number.to_string());
            if self.eat(b'.').is_none() {
                break;
            }
            label.push('.');
        }
        if label.ends_with('.') || path.is_empty() {
            let name = self.take_while(|byte| byte.is_ascii_alphabetic() || byte == b'.');
            let name = String::from_utf8_lossy(name).to_ascii_uppercase();
            label.push_str(&name);
            what = match name.as_str() {
                "" if path.is_empty() => Portion::Whole,
                "HEADER" => Portion::Header,
                "TEXT" => Portion::Text,
                "MIME" if !path.is_empty() => Portion::Mime,
                "HEADER.FIELDS" | "HEADER.FIELDS.NOT" => {
                    self.space()?;
                    let names = self.list(|reader| {
                        reader
                            .astring()
                            .map(|name| String::from_utf8_lossy(&name).into_owned())
                    })?;
                    let shown: Vec<String> = names.iter().map(|name| field_name(name)).collect();
                    label.push_str(&format!(" ({})", shown.join(" ")));
                    Portion::Fields {
                        names,
                        not: name == "HEADER.FIELDS.NOT",
                    }
                }
                _ => return None,
            };
        }
        self.eat(b']')?;
        label.push(']');
        let mut partial = None;
        if self.eat(b'<').is_some() {
            let first = self.number()?;
            self.eat(b'.')?;
            let most = self.number().filter(|most| *most > 0)?;
            self.eat(b'>')?;
            label.push_str(&format!("<{first}>"));
            partial = Some((first, most));
        }
        Some(Section {
            label,
            peek,
            path,
            what,
            partial,
        })
    }

    fn search(&mut self, by_uid: bool) -> Result<Command, Fault> {
        let mut charset = "utf-8".to_owned();
        let start = self.at;
        if self.space().is_some() && self.word().as_deref() == Some("CHARSET") {
            self.space().ok_or(Fault::Arguments)?;
            let name = self.astring().ok_or(Fault::Arguments)?;
            charset = String::from_utf8_lossy(&name).into_owned();
            if !crate::mail::mime::knows_charset(&charset) {
                return Err(Fault::Charset);
            }
        } else {
            self.at = start;
        }
        let mut keys = Vec::new();
        while self.space().is_some() && self.at < self.bytes.len() {
            keys.push(self.key(&charset, 0).ok_or(Fault::Arguments)?);
        }
        if keys.is_empty() || self.at != self.bytes.len() {
            return Err(Fault::Arguments);
        }
        Ok(Command::Search { by_uid, keys })
    }

    fn text(&mut self, charset: &str) -> Option<String> {
        self.space()?;
        let bytes = self.astring()?;
        Some(crate::mail::mime::decode_charset(charset, &bytes))
    }

    fn day(&mut self) -> Option<Date> {
        self.space()?;
        let text = String::from_utf8(self.astring()?).ok()?;
        Date::strptime("%d-%b-%Y", &text).ok()
    }

    fn key(&mut self, charset: &str, depth: usize) -> Option<Key> {
        if depth > DEPTH_AT_MOST {
            return None;
        }
        match self.peek()? {
            b'(' => {
                self.at += 1;
                let mut keys = vec![self.key(charset, depth + 1)?];
                while self.eat(b')').is_none() {
                    self.space()?;
                    keys.push(self.key(charset, depth + 1)?);
                }
                return Some(Key::And(keys));
            }
            b'*' | b'0'..=b'9' => return self.set().map(Key::Numbers),
            _ => {}
        }
        let header = |name: &str, text: String| Key::Header {
            name: name.to_owned(),
            text,
        };
        let is = |flag: u8, set: bool| Key::Flag { flag, set };
        Some(match self.word()?.as_str() {
            "ALL" => Key::All,
            "ANSWERED" => is(flag::ANSWERED, true),
            "UNANSWERED" => is(flag::ANSWERED, false),
            "DELETED" => is(flag::DELETED, true),
            "UNDELETED" => is(flag::DELETED, false),
            "DRAFT" => is(flag::DRAFT, true),
            "UNDRAFT" => is(flag::DRAFT, false),
            "FLAGGED" => is(flag::FLAGGED, true),
            "UNFLAGGED" => is(flag::FLAGGED, false),
            "SEEN" => is(flag::SEEN, true),
            "UNSEEN" => is(flag::SEEN, false),
            // No message is ever "recent" here, as with Exchange.
            "NEW" | "RECENT" => Key::Nothing,
            "OLD" => Key::All,
            "KEYWORD" => {
                self.space()?;
                match self.flag()? {
                    0 => Key::Nothing,
                    flag => is(flag, true),
                }
            }
            "UNKEYWORD" => {
                self.space()?;
                match self.flag()? {
                    0 => Key::All,
                    flag => is(flag, false),
                }
            }
            "FROM" => header("From", self.text(charset)?),
            "TO" => header("To", self.text(charset)?),
            "CC" => header("Cc", self.text(charset)?),
            "BCC" => header("Bcc", self.text(charset)?),
            "SUBJECT" => header("Subject", self.text(charset)?),
            "HEADER" => {
                let name = self.text(charset)?;
                header(&name, self.text(charset)?)
            }
            "BODY" => Key::Body(self.text(charset)?),
            "TEXT" => Key::Text(self.text(charset)?),
            "BEFORE" => Key::Received {
                day: self.day()?,
                side: -1,
            },
            "ON" => Key::Received {
                day: self.day()?,
                side: 0,
            },
            "SINCE" => Key::Received {
                day: self.day()?,
                side: 1,
            },
            "SENTBEFORE" => Key::Sent {
                day: self.day()?,
                side: -1,
            },
            "SENTON" => Key::Sent {
                day: self.day()?,
                side: 0,
            },
            "SENTSINCE" => Key::Sent {
                day: self.day()?,
                side: 1,
            },
            "LARGER" => {
                self.space()?;
                Key::Larger(self.number()?)
            }
            "SMALLER" => {
                self.space()?;
                Key::Smaller(self.number()?)
            }
            "UID" => {
                self.space()?;
                Key::Uids(self.set()?)
            }
            "NOT" => {
                self.space()?;
                Key::Not(Box::new(self.key(charset, depth + 1)?))
            }
            "OR" => {
                self.space()?;
                let left = self.key(charset, depth + 1)?;
                self.space()?;
                Key::Or(Box::new(left), Box::new(self.key(charset, depth + 1)?))
            }
            _ => return None,
        })
    }
}

/// A header field's name as an answer repeats it: as an atom if it is one.
fn field_name(name: &str) -> String {
    if !name.is_empty() && name.bytes().all(is_atom) {
        name.to_ascii_uppercase()
    } else {
        let safe: String = name
            .chars()
            .filter(|letter| !letter.is_control() && *letter != '"' && *letter != '\\' && letter.is_ascii())
            .collect();
        format!("\"{safe}\"")
    }
}

/// `17-Jul-1996 02:44:25 -0700`, with a leading space or zero in the day.
fn internal_date(text: &str) -> Option<Timestamp> {
    let text = text.trim_start();
    let time = jiff::fmt::strtime::parse("%d-%b-%Y %H:%M:%S %z", text).ok()?;
    time.to_timestamp().ok()
}

/// An instant as IMAP writes it.
pub(crate) fn write_date(instant: Timestamp) -> String {
    instant
        .to_zoned(tz::TimeZone::UTC)
        .strftime("%d-%b-%Y %H:%M:%S +0000")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn command(line: &str) -> Result<Command, Fault> {
        parse(line.as_bytes()).command
    }

    #[test]
    fn commands_of_real_programs_are_read() {
        assert_eq!(parse(b"A1 CAPABILITY").tag, "A1");
        assert_eq!(
            command("1 authenticate xoauth2 dXNlcj0="),
            Ok(Command::Authenticate {
                mechanism: "XOAUTH2".into(),
                initial: Some("dXNlcj0=".into())
            })
        );
        assert_eq!(
            command("a SELECT \"INBOX/Projekte &- B&APw-ro\""),
            Ok(Command::Select {
                mailbox: "INBOX/Projekte & Büro".into(),
                read_only: false
            })
        );
        for line in [
            "a ID (\"name\" \"x\" \"version\" NIL)",
            "a ID NIL",
            "a LIST \"\" *",
            "a LIST \"\" \"%\"",
            "a LSUB \"\" INBOX/%",
            "a STATUS INBOX (MESSAGES UIDNEXT UNSEEN)",
            "a UID FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (Date From \"X-A\")] RFC822.SIZE)",
            "a FETCH 1,3:5,* (BODY[1.2.MIME]<0.2048> BODY[TEXT] BODY[])",
            "a fetch 2 full",
            "a FETCH 1 BODY[]",
            "a STORE 1:2 +FLAGS.SILENT (\\Seen \\Deleted $Forwarded)",
            "a STORE 1 -FLAGS \\Seen",
            "a UID SEARCH CHARSET UTF-8 OR (FROM \"a\" SINCE 1-Jan-2026) NOT SUBJECT {2}\r\n\u{e9} 1:3",
            "a SEARCH UNDELETED ALL",
            "a UID EXPUNGE 4:5",
            "a APPEND \"Sent Items\" (\\Seen) \" 7-Jul-2026 02:44:25 -0700\" {3}\r\nabc",
            "a APPEND Drafts {3+}\r\na\r\n",
            "a UID MOVE 3 Archive",
            "a RENAME a {1}\r\nb",
        ] {
            assert!(command(line).is_ok(), "{line}: {:?}", command(line));
        }
    }

    #[test]
    fn faults_are_told_apart() {
        assert_eq!(command("a XYZZY"), Err(Fault::Unknown));
        assert_eq!(command("a FETCH"), Err(Fault::Arguments));
        assert_eq!(command("a FETCH 0 FLAGS"), Err(Fault::Arguments));
        assert_eq!(command("a FETCH 1 (FLAGS"), Err(Fault::Arguments));
        assert_eq!(command("a SEARCH CHARSET x-none ALL"), Err(Fault::Charset));
        assert_eq!(command("a UID NOOP"), Err(Fault::Unknown));
        assert_eq!(parse(b"").tag, "*");
        assert_eq!(parse(b"\0\xff").tag, "*");
        let deep = format!("a SEARCH {}ALL", "NOT ".repeat(5000));
        assert_eq!(command(&deep), Err(Fault::Arguments));
        let deep = format!("a SEARCH {}ALL", "(".repeat(5000));
        assert_eq!(command(&deep), Err(Fault::Arguments));
    }

    #[test]
    fn sets_hold_what_they_say() {
        let Ok(Command::Fetch { set, .. }) = command("a FETCH 7:5,2,9:* FLAGS") else {
            panic!("a set");
        };
        let held: Vec<u32> = (1..=12).filter(|number| set.holds(*number, 12)).collect();
        assert_eq!(held, [2, 5, 6, 7, 9, 10, 11, 12]);
        let Ok(Command::Fetch { set, .. }) = command("a UID FETCH 100:* FLAGS") else {
            panic!("a set");
        };
        assert!(set.holds(12, 12) && !set.holds(11, 12));
        assert_eq!(set.largest(), 100);
    }

    #[test]
    fn dates_go_there_and_back() {
        let instant = internal_date("01-Nov-2026 08:05:03 +0100").expect("a date");
        assert_eq!(write_date(instant), "01-Nov-2026 07:05:03 +0000");
        assert_eq!(internal_date(" 1-Nov-2026 08:05:03 +0100"), Some(instant));
        assert_eq!(internal_date("99-Nov-2026 08:05:03 +0100"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_request(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn any_words_are_a_request(words in proptest::collection::vec("[A-Z.]{1,7}|\\(|\\)|\\[|\\]|1:\\*|\\{1\\}\r\nx|\"a\"|FETCH|UID|SEARCH|BODY\\[|<0.1>", 0..12)) {
            let _ = parse(format!("a {}", words.join(" ")).as_bytes());
            let _ = parse(format!("a {}", words.concat()).as_bytes());
        }
    }
}
