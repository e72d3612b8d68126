//! The text of a journal: one record a line, each bound to the one before.
//!
//! A line is the SHA-256 of the previous line's digest and the record, a space, and the record as JSON. A line that a
//! power cut tore is the last one and has no line feed: it never counted, because nothing is done before the write
//! is durable. Damage anywhere else is refused, never guessed over.

use sha2::{Digest, Sha256};

use crate::event::Record;

/// The digest that the first line is bound to.
const START: &str = "mailgrant-journal-1";

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
}

/// A journal as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    /// Its records in order.
    pub records: Vec<Record>,
    /// The digest that the next line is bound to.
    pub tail: String,
    /// How many bytes of the text count; a torn last line lies after them.
    pub length: usize,
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            records: Vec::new(),
            tail: START.to_owned(),
            length: 0,
        }
    }
}

impl Journal {
    /// Reads the text of a journal.
    pub fn read(text: &[u8]) -> Result<Self, Unreadable> {
        let mut journal = Self::default();
        let mut rest = text;
        let mut line = 0;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            line += 1;
            let (digest, body) = std::str::from_utf8(&rest[..end])
                .ok()
                .and_then(|text| text.split_once(' '))
                .ok_or(Unreadable::Broken { line })?;
            if digest != bind(&journal.tail, body) {
                return Err(Unreadable::Broken { line });
            }
            let record = serde_json::from_str(body).map_err(|error| Unreadable::NotARecord {
                line,
                why: error.to_string(),
            })?;
            journal.records.push(record);
            journal.tail = digest.to_owned();
            journal.length += end + 1;
            rest = &rest[end + 1..];
        }
        Ok(journal)
    }

    /// The line to append for a record. Call [`Journal::appended`] once it is durable.
    pub fn line(&self, record: &Record) -> Result<String, serde_json::Error> {
        let body = serde_json::to_string(record)?;
        Ok(format!("{} {body}\n", bind(&self.tail, &body)))
    }

    /// Takes over a line that was made by [`Journal::line`] and is now durable.
    pub fn appended(&mut self, record: Record, line: &str) {
        self.tail = line.split(' ').next().unwrap_or_default().to_owned();
        self.length += line.len();
        self.records.push(record);
    }
}

fn bind(tail: &str, body: &str) -> String {
    let digest = Sha256::new()
        .chain_update(tail)
        .chain_update(b"\n")
        .chain_update(body)
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use domain::ids::ConnectionId;
    use jiff::Timestamp;

    use super::*;
    use crate::event::{Event, Tenancy};

    fn written() -> String {
        let mut journal = Journal::default();
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
            let line = journal.line(&record).unwrap();
            text.push_str(&line);
            journal.appended(record, &line);
        }
        text
    }

    #[test]
    fn what_was_written_is_read() {
        let text = written();
        let journal = Journal::read(text.as_bytes()).unwrap();
        assert_eq!(journal.records.len(), 3);
        assert_eq!(journal.length, text.len());
    }

    /// Cut at every length, a journal either reads up to its last whole line or, never, to something else.
    #[test]
    fn a_torn_tail_never_counted() {
        let text = written();
        for cut in 0..text.len() {
            let journal = Journal::read(&text.as_bytes()[..cut]).unwrap();
            assert_eq!(
                journal.records.len(),
                text[..cut].matches('\n').count(),
                "cut at {cut}"
            );
            assert!(journal.length <= cut);
        }
    }

    #[test]
    fn a_flipped_byte_is_refused() {
        let text = written();
        for place in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 0x01;
            let whole = Journal::read(text.as_bytes()).unwrap().records;
            match Journal::read(&bytes) {
                Err(_) => {}
                // The last line feed gone makes the last line a torn one.
                Ok(journal) => assert_eq!(journal.records, whole[..journal.records.len()], "byte {place}"),
            }
        }
    }

    #[test]
    fn swapped_lines_are_refused() {
        let text = written();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.swap(0, 1);
        assert_eq!(
            Journal::read((lines.join("\n") + "\n").as_bytes()),
            Err(Unreadable::Broken { line: 1 })
        );
    }

    /// A record's own fields and its event's share one JSON object, so a name used by both would make it unreadable.
    #[test]
    fn no_event_hides_a_field_of_its_record() {
        use crate::event::{Exported, Intent, MailboxAnswers};
        use crate::proof::{Proof, Verdict};
        let at = Timestamp::UNIX_EPOCH;
        let key = domain::ids::KeyId(Default::default());
        let exported = Exported {
            folder: "f".into(),
            files: vec!["a".into()],
            sealed: "s".into(),
            at,
        };
        let proof = Proof {
            at,
            rows: Vec::new(),
            basis: crate::basis::tests::good(),
            reasons: Vec::new(),
            looks: 1,
            verdict: Verdict::Proven,
        };
        for event in [
            Event::Exported { exported },
            Event::Proved { proof },
            Event::Intended {
                intent: Intent::AddSecret { tag: "t".into() },
            },
            Event::Intended {
                intent: Intent::RemoveSecret { key },
            },
            Event::Intended {
                intent: Intent::AssignRole {
                    permission: domain::permission::Permission::MailSend,
                },
            },
            Event::SecretSaved {
                key,
                starts_at: at,
                ends_at: at,
            },
            Event::MailboxesAnswered {
                answers: MailboxAnswers::default(),
            },
            Event::ScopeSet {
                name: "n".into(),
                filter: "f".into(),
                mailboxes: Vec::new(),
            },
        ] {
            let record = Record { at, event };
            let line = Journal::default().line(&record).unwrap();
            assert_eq!(Journal::read(line.as_bytes()).unwrap().records, [record]);
        }
    }

    #[test]
    fn a_newer_event_is_kept_as_unknown() {
        let body = r#"{"at":"1970-01-01T00:00:00Z","event":"renewed-by-magic","key":"x"}"#;
        let text = format!("{} {body}\n", bind(START, body));
        assert_eq!(
            Journal::read(text.as_bytes()).unwrap().records[0].event,
            Event::Unknown
        );
    }
}
