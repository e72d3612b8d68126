//! The text of a journal: one record a line, each bound to the one before by a key of this computer's.
//!
//! A line is `h`, the HMAC-SHA256 over the previous line's digest and the record, a space, and the record as JSON. The
//! first line is bound to the connection, so that a journal can't be passed off as another connection's. A line that a
//! power cut tore is the last one and has no line feed: it never counted, because nothing is done before the write is
//! durable.
//!
//! A journal that the key doesn't fit is still read, so that its reader can look at it, but it is not believed: see
//! [`Trust`]. The first form of journals bound its lines by SHA-256 without a key, which anybody can write.

use domain::ids::ConnectionId;
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::event::{Event, Record};
use crate::v1;

/// What the first line of the first form is bound to.
const UNSIGNED_START: &str = "mailgrant-journal-1";
/// What the first line of this form is bound to, before the connection's id.
const START: &str = "mailgrant-journal-2";
/// Begins each digest of this form. No hexadecimal digit, so the first form never begins with it.
const SIGNED: char = 'h';

/// How far a journal can be believed. Only one that is ours may be acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Every line was written with the key.
    Ours,
    /// Written in the first form, which carries no key.
    Unsigned,
    /// Not written with this key: on another computer, by another user, or there is no key at all.
    Foreign,
    /// Written with the key up to a line that was not.
    Edited {
        /// The first line that doesn't fit, from 1.
        line: usize,
    },
    /// Ours, with something in it that only a newer version knows.
    Newer,
}

/// Why a journal cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A line does not follow from the one before.
    #[error("line {line} of the journal was changed or does not follow from the line before")]
    Broken {
        /// From 1.
        line: usize,
    },
    /// A line is no record.
    #[error("line {line} of the journal is not a record: {why}")]
    NotARecord {
        /// From 1.
        line: usize,
        /// What the parser says.
        why: String,
    },
    /// There is no whole line in it. A journal is begun with its first record, so it was emptied.
    #[error("the journal is empty")]
    Empty,
    /// It is larger than any journal of ours.
    #[error("the journal is larger than {} MiB", MOST_BYTES / 1024 / 1024)]
    TooLarge,
}

/// No journal grows beyond this: 256 MiB, many times what the longest list of mailboxes and years of looking leave.
pub const MOST_BYTES: usize = 256 * 1024 * 1024;

/// A journal as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    /// Its records in order.
    pub records: Vec<Record>,
    /// The digest that the next line is bound to.
    pub tail: String,
    /// How many bytes of the text count; a torn last line lies after them.
    pub length: usize,
    /// How far it can be believed.
    pub trust: Trust,
}

impl Journal {
    /// The journal of a connection before its first record.
    pub fn begin(connection: ConnectionId) -> Self {
        Self {
            records: Vec::new(),
            tail: format!("{START}:{connection}"),
            length: 0,
            trust: Trust::Ours,
        }
    }

    /// Reads the text of a connection's journal, in time that grows with its length alone. Without a key nothing in it
    /// is believed.
    ///
    /// # Errors
    /// When a line is no record, or when a line of the first form does not follow from the one before.
    pub fn read(text: &[u8], connection: ConnectionId, key: Option<&Secret>) -> Result<Self, Unreadable> {
        if text.len() > MOST_BYTES {
            return Err(Unreadable::TooLarge);
        }
        let mut journal = Self::begin(connection);
        let signed = text.first() == Some(&(SIGNED as u8));
        if !signed {
            journal.tail = UNSIGNED_START.to_owned();
            journal.trust = Trust::Unsigned;
        }
        let mut rest = text;
        let mut line = 0;
        let mut newer = false;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            line += 1;
            let (digest, body) = std::str::from_utf8(&rest[..end])
                .ok()
                .and_then(|text| text.split_once(' '))
                .ok_or(Unreadable::Broken { line })?;
            if !signed && digest != unsigned(&journal.tail, body) {
                return Err(Unreadable::Broken { line });
            }
            if signed && journal.trust == Trust::Ours {
                let fits = key.is_some_and(|key| fits(key, &journal.tail, body, digest));
                journal.trust = match fits {
                    true => Trust::Ours,
                    false if line == 1 => Trust::Foreign,
                    false => Trust::Edited { line },
                };
            }
            let (records, known) = records(body, connection).map_err(|error| Unreadable::NotARecord {
                line,
                why: error.to_string(),
            })?;
            newer |= !known;
            journal.records.extend(records);
            digest.clone_into(&mut journal.tail);
            journal.length += end + 1;
            rest = &rest[end + 1..];
        }
        if journal.records.is_empty() {
            return Err(Unreadable::Empty);
        }
        if newer && journal.trust == Trust::Ours {
            journal.trust = Trust::Newer;
        }
        Ok(journal)
    }

    /// The line to append for a record. Call [`Journal::appended`] once it is durable.
    ///
    /// # Errors
    /// When the record cannot be written as JSON.
    pub fn line(&self, record: &Record, key: &Secret) -> Result<String, serde_json::Error> {
        let body = serde_json::to_string(record)?;
        let digest = signing(key, &self.tail, &body).finalize().into_bytes();
        Ok(format!("{SIGNED}{} {body}\n", hex(&digest)))
    }

    /// Takes over a line that was made by [`Journal::line`] and is now durable.
    pub fn appended(&mut self, record: Record, line: &str) {
        self.tail = line.split(' ').next().unwrap_or_default().to_owned();
        self.length += line.len();
        self.records.push(record);
    }
}

/// The records of a line, and whether all of it is known here. What a newer version added keeps its time and nothing
/// else; what the first form wrote is read as what it means today.
fn records(body: &str, connection: ConnectionId) -> Result<(Vec<Record>, bool), serde_json::Error> {
    #[derive(Deserialize)]
    struct Time {
        at: Timestamp,
    }
    let read = serde_json::from_str::<Record>(body);
    if let Ok(record) = &read
        && record.event != Event::Unknown
    {
        return Ok((vec![record.clone()], true));
    }
    let at = match (&read, serde_json::from_str::<Time>(body)) {
        (Ok(record), _) => record.at,
        (Err(_), Ok(Time { at })) => at,
        (Err(_), Err(_)) => return read.map(|record| (vec![record], false)),
    };
    Ok(match v1::read(body, connection) {
        Some(events) => (
            events.into_iter().map(|event| Record { at, event }).collect(),
            true,
        ),
        None => (
            vec![Record {
                at,
                event: Event::Unknown,
            }],
            false,
        ),
    })
}

fn signing(key: &Secret, tail: &str, body: &str) -> Hmac<Sha256> {
    // EXPOSE: the key is what a line is signed with; only the digest leaves this function.
    let mut signing = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    signing.update(tail.as_bytes());
    signing.update(b"\n");
    signing.update(body.as_bytes());
    signing
}

/// Compares in a time that tells nothing of where two digests differ.
fn fits(key: &Secret, tail: &str, body: &str, digest: &str) -> bool {
    digest
        .strip_prefix(SIGNED)
        .and_then(unhex)
        .is_some_and(|given| signing(key, tail, body).verify_slice(&given).is_ok())
}

fn unsigned(tail: &str, body: &str) -> String {
    let digest = Sha256::new()
        .chain_update(tail)
        .chain_update(b"\n")
        .chain_update(body)
        .finalize();
    hex(&digest)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::app_key::AppKey;
    use domain::ids::ConnectionId;
    use jiff::Timestamp;
    use plan::changes::{AddSecret, AssignRole, Change, RemoveCredential, RemoveGrant, SetScope};

    use super::*;
    use crate::event::Tenancy;

    fn connection() -> ConnectionId {
        ConnectionId(Default::default())
    }

    fn this_key() -> Secret {
        Secret::new("a key of this computer's".to_owned())
    }

    fn read(text: &[u8]) -> Result<Journal, Unreadable> {
        Journal::read(text, connection(), Some(&this_key()))
    }

    fn written() -> String {
        let mut journal = Journal::begin(connection());
        let mut text = String::new();
        for event in [
            Event::Opened {
                connection: ConnectionId(Default::default()),
                tenancy: Tenancy::Practice,
            },
            Event::PlatformChosen {
                profile: "sinch-contact-pro".into(),
            },
            Event::OrganisationConfirmed,
        ] {
            let record = Record {
                at: Timestamp::UNIX_EPOCH,
                event,
            };
            let line = journal.line(&record, &this_key()).unwrap();
            text.push_str(&line);
            journal.appended(record, &line);
        }
        text
    }

    #[test]
    fn what_was_written_is_read() {
        let text = written();
        let journal = read(text.as_bytes()).unwrap();
        assert_eq!(journal.records.len(), 3);
        assert_eq!(journal.trust, Trust::Ours);
        assert_eq!(journal.length, text.len());
    }

    /// Cut at every length, a journal either reads up to its last whole line or, never, to something else.
    #[test]
    fn a_torn_tail_never_counted() {
        let text = written();
        for cut in 0..text.len() {
            let lines = text[..cut].matches('\n').count();
            match read(&text.as_bytes()[..cut]) {
                Ok(journal) => {
                    assert_eq!(journal.records.len(), lines, "cut at {cut}");
                    assert!(journal.length <= cut);
                    assert_eq!(journal.trust, Trust::Ours);
                }
                Err(error) => assert_eq!((error, lines), (Unreadable::Empty, 0), "cut at {cut}"),
            }
        }
    }

    #[test]
    fn a_flipped_byte_is_never_believed() {
        let text = written();
        let whole = read(text.as_bytes()).unwrap().records;
        for place in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 0x01;
            match read(&bytes) {
                Err(_) => {}
                Ok(journal) if journal.trust != Trust::Ours => {}
                // The last line feed gone makes the last line a torn one.
                Ok(journal) => assert_eq!(journal.records, whole[..journal.records.len()], "byte {place}"),
            }
        }
    }

    #[test]
    fn swapped_lines_are_never_believed() {
        let text = written();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.swap(1, 2);
        let swapped = read((lines.join("\n") + "\n").as_bytes()).unwrap();
        assert_eq!(swapped.trust, Trust::Edited { line: 2 });
    }

    /// Another computer has another key, and another connection another first line.
    #[test]
    fn a_journal_from_elsewhere_is_read_and_not_believed() {
        let text = written();
        let other = Secret::new("a key of another computer's".to_owned());
        for (connection, key) in [
            (connection(), Some(&other)),
            (connection(), None),
            (ConnectionId(uuid::Uuid::from_u128(7)), Some(&this_key())),
        ] {
            let journal = Journal::read(text.as_bytes(), connection, key).unwrap();
            assert_eq!(journal.trust, Trust::Foreign);
            assert_eq!(journal.records.len(), 3);
        }
    }

    #[test]
    fn a_journal_of_the_first_form_is_read_and_not_believed() {
        let bodies = written();
        let bodies = bodies.lines().map(|line| line.split_once(' ').unwrap().1);
        let mut tail = UNSIGNED_START.to_owned();
        let mut text = String::new();
        for body in bodies {
            tail = unsigned(&tail, body);
            text.push_str(&format!("{tail} {body}\n"));
        }
        let journal = read(text.as_bytes()).unwrap();
        assert_eq!((journal.trust, journal.records.len()), (Trust::Unsigned, 3));
        let changed = text.replace("sinch", "other");
        assert_eq!(read(changed.as_bytes()), Err(Unreadable::Broken { line: 2 }));
    }

    #[test]
    fn an_emptied_journal_is_told() {
        assert_eq!(read(b""), Err(Unreadable::Empty));
    }

    /// Ten times as long takes about ten times as long, and not a hundred times.
    #[test]
    fn a_long_journal_is_read_in_a_time_that_grows_with_its_length() {
        let text = |lines: usize| {
            let mut journal = Journal::begin(connection());
            let mut text = String::new();
            for line in 0..lines {
                let record = Record {
                    at: Timestamp::UNIX_EPOCH,
                    event: Event::Intended {
                        app: AppKey::default(),
                        change: Change::RemoveGrant(RemoveGrant {
                            id: line.to_string(),
                            app_role: true,
                        }),
                        tag: None,
                    },
                };
                let line = journal.line(&record, &this_key()).unwrap();
                text.push_str(&line);
                journal.appended(record, &line);
            }
            text
        };
        let (short, long) = (text(300), text(30_000));
        let state = |text: &str| crate::state::State::of(&read(text.as_bytes()).unwrap().records);
        // Counted in what is kept, because a clock says nothing on a busy machine: a state that keeps every intent
        // compares each new one with all of them.
        let kept = |text: &str| state(text).at_hand().open.len();
        assert_eq!(kept(&short), kept(&long));
    }

    /// A record's own fields and its event's share one JSON object, so a name used by both would make it unreadable.
    #[test]
    fn no_event_hides_a_field_of_its_record() {
        use plan::given::{Given, GivenSecret};

        use crate::event::Exported;
        use crate::mailboxes::MailboxAnswers;
        use crate::proof::{Proof, Verdict};
        let at = Timestamp::UNIX_EPOCH;
        let key = domain::ids::KeyId(Default::default());
        let exported = Exported {
            folder: "f".into(),
            files: vec!["a".into()],
            sealed: "s".into(),
            opens: None,
            secret: None,
            at,
        };
        let proof = Proof {
            at,
            rows: Vec::new(),
            basis: crate::basis::tests::good(),
            reasons: Vec::new(),
            looks: 1,
            verdict: Verdict::Proven,
            said: None,
        };
        for event in [
            Event::Exported { exported },
            Event::Proved { proof },
            Event::Intended {
                app: AppKey::default(),
                change: Change::AddSecret(AddSecret {
                    name: "t".into(),
                    days: 180,
                }),
                tag: Some("t 1".into()),
            },
            Event::Done {
                app: AppKey::default(),
                change: Change::RemoveCredential(RemoveCredential {
                    key,
                    certificate: false,
                }),
                given: Given::default(),
            },
            Event::Done {
                app: AppKey::default(),
                change: Change::SetScope(SetScope {
                    name: "n".into(),
                    exists: false,
                    mailboxes: [crate::basis::tests::mailbox(1)].into(),
                    group: None,
                }),
                given: Given {
                    name: Some("n".into()),
                    secret: Some(GivenSecret {
                        key,
                        starts_at: at,
                        ends_at: at,
                    }),
                    ..Given::default()
                },
            },
            Event::NotDone {
                app: AppKey::default(),
                change: Change::AssignRole(AssignRole {
                    name: "r".into(),
                    permission: domain::permission::Permission::MailSend,
                    scope: "n".into(),
                }),
            },
            Event::MailboxesAnswered {
                answers: MailboxAnswers::default(),
            },
        ] {
            let record = Record { at, event };
            let line = Journal::begin(connection()).line(&record, &this_key()).unwrap();
            assert_eq!(read(line.as_bytes()).unwrap().records, [record]);
        }
    }

    /// An event, a change, a method or a permission of a newer version: each is read around, and nothing is acted on.
    #[test]
    fn what_a_newer_version_wrote_is_read_around() {
        for body in [
            r#"{"at":"1970-01-01T00:00:00Z","event":"renewed-by-magic","key":"x"}"#,
            r#"{"at":"1970-01-01T00:00:00Z","event":"intended","call":"polish-app"}"#,
            r#"{"at":"1970-01-01T00:00:00Z","event":"intended","app":"main","change":{"change":"polish-app"}}"#,
            r#"{"at":"1970-01-01T00:00:00Z","event":"done","app":"main","change":{"change":"polish-app"},"given":{}}"#,
            r#"{"at":"1970-01-01T00:00:00Z","event":"method-chosen","method":"carrier-pigeon"}"#,
            r#"{"at":"1970-01-01T00:00:00Z","event":"role-assigned","permission":"Stars.Read","name":"n"}"#,
        ] {
            let begun = Journal::begin(connection());
            let digest = signing(&this_key(), &begun.tail, body).finalize().into_bytes();
            let text = format!("{SIGNED}{} {body}\n", hex(&digest));
            let journal = read(text.as_bytes()).unwrap();
            assert_eq!(journal.trust, Trust::Newer, "{body}");
            assert_eq!(journal.records[0].event, Event::Unknown);
        }
    }
}
