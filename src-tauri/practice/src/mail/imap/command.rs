//! What a mail program says by IMAP, read from bytes (RFC 3501, with SASL-IR, UIDPLUS, MOVE, ID, UNSELECT, IDLE,
//! NAMESPACE and LITERAL+).
//!
//! A pure function over bytes. The stable release of the known codec crate lacks several of these extensions, so the
//! grammar is written out here.

mod arguments;
mod items;
mod keys;
mod reader;
mod set;

use jiff::civil::Date;
use jiff::{Timestamp, tz};

use reader::{Reader, is_tag};
pub(crate) use set::Set;

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
    let mut reader = Reader::new(bytes);
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
