//! POP3 as Exchange Online speaks it (microsoft-facts §4c): the inbox, as it was when the client signed in.

use std::sync::Arc;
use std::time::Duration;

use super::door::Door;
use super::line::{Connection, Ended};
use super::mime;
use super::sasl;
use super::trouble::{self, Struck};
use crate::access::protocols::{Opened, Protocol};
use crate::organisation::mailboxes::mailbox::{Content, Purpose, flag};

/// How long a client may be silent: ten minutes is the least that the protocol allows (RFC 1939 §3).
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// How long before it has signed in.
const PATIENCE_BEFORE: Duration = Duration::from_secs(60);
/// A client that signs in wrongly this often is disconnected.
const FAILURES_AT_MOST: u32 = 10;

const NOT_SIGNED_IN: &str = "-ERR Authentication failure: unknown user name or bad password.";
const UNKNOWN: &str = "-ERR Protocol error. 14";
const NO_MESSAGE: &str = "-ERR The requested message does not exist.";

/// A message of the inbox as it was at sign-in.
struct Entry {
    number: u32,
    uid: String,
    size: usize,
    content: Content,
    deleted: bool,
}

struct Session {
    connection: Connection,
    door: Arc<Door>,
    encrypted: bool,
    mailbox: Option<usize>,
    entries: Vec<Entry>,
    failures: u32,
}

/// A command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command {
    /// In capitals.
    pub(crate) name: String,
    pub(crate) arguments: Vec<String>,
}

/// Reads one line without its line end. A pure function.
pub(crate) fn parse(line: &[u8]) -> Command {
    let text = String::from_utf8_lossy(line);
    let mut words = text.split_whitespace();
    Command {
        name: words.next().unwrap_or_default().to_ascii_uppercase(),
        arguments: words.take(4).map(str::to_owned).collect(),
    }
}

/// Speaks POP3 until the client goes.
pub(crate) async fn serve(connection: Connection, door: Arc<Door>, encrypted: bool) {
    let mut session = Session {
        connection,
        door,
        encrypted,
        mailbox: None,
        entries: Vec::new(),
        failures: 0,
    };
    if session.run().await == Err(Ended::TooLong) {
        let _ = session.connection.write(b"-ERR The line is too long.\r\n").await;
    }
    session.connection.close().await;
}

impl Session {
    async fn run(&mut self) -> Result<(), Ended> {
        self.say("+OK The Microsoft Exchange POP3 service is ready. [UFJBQ1RJQ0U=]")
            .await?;
        loop {
            let patience = if self.mailbox.is_some() {
                PATIENCE
            } else {
                PATIENCE_BEFORE
            };
            let line = self.connection.line(patience).await?;
            let struck = trouble::strike(&self.door.running, "POP", &line).await;
            match &struck {
                Struck::Pass => {}
                Struck::Cut => return Err(Ended::Closed),
                Struck::CutAfter => self.connection.mute_after(0),
                Struck::Refuse(text) => {
                    self.connection.write(text.as_bytes()).await?;
                    continue;
                }
            }
            let command = parse(&line);
            if command.name == "QUIT" {
                self.quit().await?;
                return Ok(());
            }
            match self.mailbox {
                None => self.before(command).await?,
                Some(mailbox) => self.inside(mailbox, command).await?,
            }
            if self.failures >= FAILURES_AT_MOST {
                return Ok(());
            }
            if struck == Struck::CutAfter {
                return Err(Ended::Closed);
            }
        }
    }

    async fn say(&mut self, text: &str) -> Result<(), Ended> {
        self.connection.write(format!("{text}\r\n").as_bytes()).await
    }

    fn capabilities(&self) -> &'static str {
        if self.encrypted {
            "+OK\r\nTOP\r\nUIDL\r\nSASL PLAIN XOAUTH2\r\nUSER\r\n."
        } else {
            "+OK\r\nTOP\r\nUIDL\r\nSTLS\r\n."
        }
    }

    async fn before(&mut self, command: Command) -> Result<(), Ended> {
        match (command.name.as_str(), command.arguments.as_slice()) {
            ("CAPA", _) => self.say(self.capabilities()).await,
            ("STLS", _) if !self.encrypted => {
                self.say("+OK Begin TLS negotiation.").await?;
                let tls = self.door.tls.clone();
                self.connection.start_tls(&tls).await?;
                self.encrypted = true;
                Ok(())
            }
            ("USER" | "PASS" | "AUTH" | "APOP", _) if !self.encrypted => {
                self.say("-ERR Command is not valid in this state.").await
            }
            ("AUTH", []) => self.say("+OK\r\nPLAIN\r\nXOAUTH2\r\n.").await,
            ("AUTH", [mechanism, rest @ ..]) => {
                let mechanism = mechanism.to_ascii_uppercase();
                let initial = rest.first().cloned();
                self.authenticate(&mechanism, initial).await
            }
            ("USER", [_, ..]) => self.say("+OK").await,
            // Passwords are refused, right or wrong: basic authentication is off (microsoft-facts §5).
            ("PASS", _) => {
                self.failures += 1;
                self.say("-ERR Logon failure: unknown user name or bad password.")
                    .await
            }
            ("STAT" | "LIST" | "UIDL" | "RETR" | "TOP" | "DELE" | "RSET" | "NOOP", _) => {
                self.say("-ERR Command is not valid in this state.").await
            }
            _ => self.say(UNKNOWN).await,
        }
    }

    async fn authenticate(&mut self, mechanism: &str, initial: Option<String>) -> Result<(), Ended> {
        if !matches!(mechanism, "XOAUTH2" | "PLAIN") {
            return self.say(UNKNOWN).await;
        }
        let answer = match initial {
            Some(initial) => initial.into_bytes(),
            None => {
                self.say("+ ").await?;
                self.connection.line(PATIENCE_BEFORE).await?
            }
        };
        let opened = if mechanism == "XOAUTH2" {
            self.door.running.with_organisation(|organisation| {
                sasl::enter(organisation, &answer, Protocol::Pop).map(|entrance| entrance.opened)
            })
        } else {
            None
        };
        // UNVERIFIED: what POP answers when the token is good and the mailbox is out of reach; here it refuses at once.
        let Some(Opened::Mailbox(mailbox)) = opened else {
            self.failures += 1;
            return self.say(NOT_SIGNED_IN).await;
        };
        self.entries = self.door.running.with_organisation(|organisation| {
            let store = &organisation.objects.mail;
            let found = store.mailbox(&organisation.directory, mailbox);
            let inbox = Purpose::Inbox.number();
            let validity = found.folder(inbox).map_or(0, |folder| folder.uid_validity);
            let entries = found.in_folder(inbox).map(|message| Entry {
                number: message.number,
                uid: format!("{validity:x}-{}", message.uid),
                size: store
                    .bytes(&organisation.directory, mailbox, message.content)
                    .len(),
                content: message.content,
                deleted: false,
            });
            entries.collect()
        });
        self.mailbox = Some(mailbox);
        self.connection.stay();
        self.say("+OK User successfully authenticated.").await
    }

    /// The place of a message that was not deleted in this session.
    fn place(&self, argument: Option<&String>) -> Option<usize> {
        let place = argument?.parse::<usize>().ok()?.checked_sub(1)?;
        self.entries
            .get(place)
            .filter(|entry| !entry.deleted)
            .map(|_| place)
    }

    async fn inside(&mut self, mailbox: usize, command: Command) -> Result<(), Ended> {
        let first = command.arguments.first();
        let left = |session: &Self| {
            let entries = session.entries.iter().filter(|entry| !entry.deleted);
            entries.fold((0usize, 0usize), |(count, size), entry| {
                (count + 1, size + entry.size)
            })
        };
        match command.name.as_str() {
            "CAPA" => self.say(self.capabilities()).await,
            "NOOP" => self.say("+OK").await,
            "STAT" => {
                let (count, size) = left(self);
                self.say(&format!("+OK {count} {size}")).await
            }
            "RSET" => {
                for entry in &mut self.entries {
                    entry.deleted = false;
                }
                self.say("+OK").await
            }
            "LIST" | "UIDL" => {
                let sizes = command.name == "LIST";
                let line = |place: usize, entry: &Entry| {
                    if sizes {
                        format!("{} {}", place + 1, entry.size)
                    } else {
                        format!("{} {}", place + 1, entry.uid)
                    }
                };
                let text = match (first, self.place(first)) {
                    (Some(_), None) => NO_MESSAGE.to_owned(),
                    (Some(_), Some(place)) => format!("+OK {}", line(place, &self.entries[place])),
                    (None, _) => {
                        let (count, size) = left(self);
                        let mut text = if sizes {
                            format!("+OK {count} {size}")
                        } else {
                            "+OK".to_owned()
                        };
                        for (place, entry) in self.entries.iter().enumerate() {
                            if !entry.deleted {
                                text.push_str("\r\n");
                                text.push_str(&line(place, entry));
                            }
                        }
                        text.push_str("\r\n.");
                        text
                    }
                };
                self.say(&text).await
            }
            "DELE" => match self.place(first) {
                Some(place) => {
                    self.entries[place].deleted = true;
                    self.say("+OK").await
                }
                None => self.say(NO_MESSAGE).await,
            },
            "RETR" | "TOP" => {
                let lines = match (
                    command.name.as_str(),
                    command.arguments.get(1).map(|text| text.parse::<usize>()),
                ) {
                    ("RETR", _) => None,
                    (_, Some(Ok(lines))) => Some(lines),
                    _ => return self.say(UNKNOWN).await,
                };
                let Some(place) = self.place(first) else {
                    return self.say(NO_MESSAGE).await;
                };
                let bytes = self.read(mailbox, place, lines.is_none());
                self.door.running.save().await;
                self.connection.write(&multiline(&bytes, lines)).await
            }
            _ => self.say(UNKNOWN).await,
        }
    }

    fn read(&self, mailbox: usize, place: usize, marks: bool) -> Arc<[u8]> {
        let entry = &self.entries[place];
        self.door.running.with_organisation(|organisation| {
            let store = &mut organisation.objects.mail;
            let found = store.mailbox(&organisation.directory, mailbox);
            let flags = found.message(entry.number).map(|message| message.flags);
            if let Some(flags) = flags.filter(|flags| marks && flags & flag::SEEN == 0) {
                store
                    .change(&organisation.directory, mailbox)
                    .set_flags(entry.number, flags | flag::SEEN);
                organisation.changed = true;
            }
            organisation
                .objects
                .mail
                .bytes(&organisation.directory, mailbox, entry.content)
        })
    }

    /// Removes what was deleted, which happens only when a client says good-bye (RFC 1939 §6).
    async fn quit(&mut self) -> Result<(), Ended> {
        let doomed: Vec<u32> = self
            .entries
            .iter()
            .filter(|entry| entry.deleted)
            .map(|entry| entry.number)
            .collect();
        if let Some(mailbox) = self.mailbox.filter(|_| !doomed.is_empty()) {
            self.door.running.with_organisation(|organisation| {
                organisation
                    .objects
                    .mail
                    .remove(&organisation.directory, mailbox, &doomed);
                organisation.touch();
            });
            self.door.running.save().await;
        }
        self.say("+OK Microsoft Exchange Server POP3 server signing off.")
            .await
    }
}

/// A message as POP3 sends it: dots at the beginning of a line doubled, a dot alone at the end; of the body only so
/// many lines as were asked.
fn multiline(bytes: &[u8], lines: Option<usize>) -> Vec<u8> {
    let header = mime::header_length(bytes);
    let mut out = b"+OK\r\n".to_vec();
    let mut at = 0;
    let mut shown = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if at >= header {
            if lines.is_some_and(|lines| shown >= lines) {
                break;
            }
            shown += 1;
        }
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
        at += line.len();
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dots_are_doubled_and_lines_are_counted() {
        let mail = b"A: b\r\n\r\n.one\r\n..two\r\nthree";
        assert_eq!(
            multiline(mail, None),
            b"+OK\r\nA: b\r\n\r\n..one\r\n...two\r\nthree\r\n.\r\n"
        );
        assert_eq!(multiline(mail, Some(1)), b"+OK\r\nA: b\r\n\r\n..one\r\n.\r\n");
        assert_eq!(multiline(mail, Some(0)), b"+OK\r\nA: b\r\n\r\n.\r\n");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_line_and_a_message(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = parse(&bytes);
            prop_assert!(multiline(&bytes, Some(2)).ends_with(b"\r\n.\r\n"));
        }
    }
}
