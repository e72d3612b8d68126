//! One IMAP connection from its greeting to its end.
//!
//! The answers to signing in, the greeting and the capabilities are those of microsoft-facts §4c and of public logs of
//! clients. UNVERIFIED: the words after `NO` for folders and messages that are missing, `XLIST`, and the numbers behind
//! `BAD Command Error.`; programs go by the status alone.

mod folder_changes;
mod messages;
mod refused;

use std::sync::Arc;
use std::time::Duration;

use folder_changes::{append, change_folders};

use super::command::{Command, Fault, Request, parse};
use super::folders;
use super::selected::Selected;
use crate::access::protocols::{Opened, Protocol};
use crate::mail::door::Door;
use crate::mail::line::{Connection, Ended, LINE_AT_MOST};
use crate::mail::mime;
use crate::mail::sasl::{self, Entrance};
use crate::mail::trouble::{self, Struck};
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::{Mailbox, flag};
use crate::organisation::mailboxes::store::MESSAGE_AT_MOST;

/// How long a client may be silent before it has signed in.
const PATIENCE_BEFORE: Duration = Duration::from_secs(60);
/// How long afterwards: half an hour is the least that the protocol allows (RFC 3501 §5.4).
const PATIENCE_AFTER: Duration = Duration::from_secs(30 * 60);
/// How long a part of a literal may take.
const PATIENCE_LITERAL: Duration = Duration::from_secs(60);
/// A client that signs in wrongly this often is disconnected.
const FAILURES_AT_MOST: u32 = 10;
/// Literals beyond this size wait their turn, so that a few clients cannot fill the memory.
const LARGE: usize = 1024 * 1024;
/// Answers are sent in pieces of about this size.
const PIECE: usize = 256 * 1024;

/// What Exchange Online announces once the connection is encrypted.
const CAPABILITIES: &str = "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+";
/// The same before encryption: no way to sign in.
const CAPABILITIES_PLAIN: &str = "IMAP4 IMAP4rev1 LOGINDISABLED STARTTLS SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+";

struct Session {
    connection: Connection,
    door: Arc<Door>,
    encrypted: bool,
    entrance: Option<Entrance>,
    selected: Option<Selected>,
    failures: u32,
}

/// What happens after a command.
enum Next {
    Go,
    /// The connection ends.
    End,
}

/// Speaks IMAP until the client goes.
pub(crate) async fn serve(connection: Connection, door: Arc<Door>, encrypted: bool) {
    let mut session = Session {
        connection,
        door,
        encrypted,
        entrance: None,
        selected: None,
        failures: 0,
    };
    if let Err(ended) = session.run().await {
        let farewell: &[u8] = match ended {
            Ended::Closed => b"",
            Ended::Silent => b"* BYE Connection is closed. 13\r\n",
            Ended::TooLong => b"* BYE Command line is too long.\r\n",
        };
        if !farewell.is_empty() {
            let _ = session.connection.write(farewell).await;
        }
    }
    session.connection.close().await;
}

impl Session {
    async fn run(&mut self) -> Result<(), Ended> {
        self.connection
            .write(b"* OK The Microsoft Exchange IMAP4 service is ready. [UFJBQ1RJQ0U=]\r\n")
            .await?;
        loop {
            let Some(bytes) = self.read_command().await? else {
                continue;
            };
            let struck = trouble::strike(&self.door.running, "IMAP", &bytes).await;
            if let Struck::Refuse(text) = &struck {
                self.connection.write(text.as_bytes()).await?;
                continue;
            }
            if struck == Struck::Cut {
                return Err(Ended::Closed);
            }
            if struck == Struck::CutAfter {
                self.connection.mute_after(0);
            }
            let request = parse(&bytes);
            drop(bytes);
            let next = self.answer(request).await?;
            self.door.running.save().await;
            if struck == Struck::CutAfter {
                return Err(Ended::Closed);
            }
            if matches!(next, Next::End) {
                return Ok(());
            }
        }
    }

    fn patience(&self) -> Duration {
        if self.entrance.is_some() {
            PATIENCE_AFTER
        } else {
            PATIENCE_BEFORE
        }
    }

    /// Reads a line with all literals that belong to it. `None` when it was refused and answered.
    async fn read_command(&mut self) -> Result<Option<Vec<u8>>, Ended> {
        let mut command = self.connection.line(self.patience()).await?;
        let mut turn = None;
        loop {
            let Some((length, waits)) = literal_length(&command) else {
                return Ok(Some(command));
            };
            let appends = self.entrance.is_some() && is_append(&command);
            let most = if appends { MESSAGE_AT_MOST } else { LINE_AT_MOST };
            if length > most || (!appends && command.len() + length > 2 * LINE_AT_MOST) {
                let tag = parse(&command).tag;
                let text = format!("{tag} NO The literal is larger than the server takes.\r\n");
                self.connection.write(text.as_bytes()).await?;
                // A client that has not waited sends the bytes anyway; they must not be read as commands.
                return if waits { Ok(None) } else { Err(Ended::Closed) };
            }
            if length > LARGE && turn.is_none() {
                turn = self.door.large.clone().acquire_owned().await.ok();
            }
            if waits {
                self.connection
                    .write(b"+ Ready for additional command text.\r\n")
                    .await?;
            }
            let literal = self.connection.exactly(length, PATIENCE_LITERAL).await?;
            command.extend_from_slice(b"\r\n");
            command.extend(literal);
            let rest = self.connection.line(PATIENCE_LITERAL).await?;
            // What follows is looked at alone, so that a literal's own end is not taken for the line's.
            let more = literal_length(&rest).is_some();
            command.extend(rest);
            if !more {
                return Ok(Some(command));
            }
            if command.len() > MESSAGE_AT_MOST + 2 * LINE_AT_MOST {
                return Err(Ended::TooLong);
            }
        }
    }

    async fn say(&mut self, text: &str) -> Result<Next, Ended> {
        self.connection.write(text.as_bytes()).await?;
        Ok(Next::Go)
    }

    async fn answer(&mut self, request: Request) -> Result<Next, Ended> {
        let tag = request.tag;
        let command = match request.command {
            Ok(command) => command,
            Err(fault) => {
                let text = match fault {
                    Fault::Unknown => format!("{tag} BAD Command Error. 12\r\n"),
                    Fault::Arguments => format!("{tag} BAD Command Argument Error. 11\r\n"),
                    Fault::Charset => {
                        format!(
                            "{tag} NO [BADCHARSET (US-ASCII UTF-8)] The specified charset is not supported.\r\n"
                        )
                    }
                };
                return self.say(&text).await;
            }
        };
        match command {
            Command::Capability => {
                let list = if self.encrypted {
                    CAPABILITIES
                } else {
                    CAPABILITIES_PLAIN
                };
                let text = format!("* CAPABILITY {list}\r\n{tag} OK CAPABILITY completed.\r\n");
                self.say(&text).await
            }
            Command::Logout => {
                let text = format!(
                    "* BYE Microsoft Exchange Server IMAP4 server signing off.\r\n{tag} OK LOGOUT completed.\r\n"
                );
                self.say(&text).await?;
                Ok(Next::End)
            }
            Command::Id => {
                let text = format!(
                    "* ID (\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\" \"version\" \"15.20\")\r\n{tag} OK ID completed\r\n"
                );
                self.say(&text).await
            }
            Command::StartTls if !self.encrypted => {
                self.say(&format!("{tag} OK Begin TLS negotiation now.\r\n"))
                    .await?;
                let tls = self.door.tls.clone();
                self.connection.start_tls(&tls).await?;
                self.encrypted = true;
                Ok(Next::Go)
            }
            Command::Authenticate { mechanism, initial } if self.entrance.is_none() => {
                self.authenticate(&tag, &mechanism, initial).await
            }
            Command::Login if self.entrance.is_none() => {
                if !self.encrypted {
                    return self
                        .say(&format!("{tag} NO LOGIN is disabled. Use STARTTLS first.\r\n"))
                        .await;
                }
                // Passwords are refused, right or wrong: basic authentication is off (microsoft-facts §5).
                self.failed(&format!("{tag} NO LOGIN failed.\r\n")).await
            }
            Command::StartTls | Command::Authenticate { .. } | Command::Login => {
                self.say(&format!("{tag} BAD Command received in Invalid state.\r\n"))
                    .await
            }
            Command::Noop if self.entrance.is_none() => {
                self.say(&format!("{tag} OK NOOP completed.\r\n")).await
            }
            command => {
                let Some(entrance) = &self.entrance else {
                    return self
                        .say(&format!("{tag} BAD Command received in Invalid state.\r\n"))
                        .await;
                };
                match entrance.opened {
                    Opened::Mailbox(position) => self.in_mailbox(&tag, position, command).await,
                    // The second stage: the token was good, the mailbox is out of reach (microsoft-facts §4c).
                    _ => {
                        let text = format!("{tag} BAD User is authenticated but not connected.\r\n");
                        self.say(&text).await
                    }
                }
            }
        }
    }

    async fn failed(&mut self, text: &str) -> Result<Next, Ended> {
        self.failures += 1;
        self.say(text).await?;
        if self.failures >= FAILURES_AT_MOST {
            self.say("* BYE Connection is closed. 13\r\n").await?;
            return Ok(Next::End);
        }
        Ok(Next::Go)
    }

    async fn authenticate(
        &mut self,
        tag: &str,
        mechanism: &str,
        initial: Option<String>,
    ) -> Result<Next, Ended> {
        let failed = format!("{tag} NO AUTHENTICATE failed.\r\n");
        if !self.encrypted || !matches!(mechanism, "XOAUTH2" | "PLAIN") {
            return self.failed(&failed).await;
        }
        let answer = match initial {
            Some(initial) => initial.into_bytes(),
            None => {
                self.say("+ \r\n").await?;
                self.connection.line(PATIENCE_BEFORE).await?
            }
        };
        if mechanism == "PLAIN" || answer == b"*" {
            return self.failed(&failed).await;
        }
        let entrance = self
            .door
            .running
            .with_organisation(|organisation| sasl::enter(organisation, &answer, Protocol::Imap));
        match entrance {
            Some(entrance) => {
                self.entrance = Some(entrance);
                self.connection.stay();
                self.say(&format!("{tag} OK AUTHENTICATE completed.\r\n")).await
            }
            None => self.failed(&failed).await,
        }
    }

    /// Reads or changes the mailbox with the organisation's lock held.
    fn with<T>(&self, act: impl FnOnce(&mut Organisation) -> T) -> T {
        self.door.running.with_organisation(act)
    }

    fn look<T>(&self, position: usize, look: impl FnOnce(&Mailbox) -> T) -> T {
        self.with(|organisation| {
            look(
                &organisation
                    .objects
                    .mail
                    .mailbox(&organisation.directory, position),
            )
        })
    }

    /// Ends a command: what has changed meanwhile, then its result.
    async fn done(
        &mut self,
        tag: &str,
        position: usize,
        may_renumber: bool,
        result: &str,
    ) -> Result<Next, Ended> {
        let mut out = Vec::new();
        if let Some(mut selected) = self.selected.take() {
            out = self.look(position, |mailbox| selected.refresh(mailbox, may_renumber));
            self.selected = Some(selected);
        }
        out.extend_from_slice(format!("{tag} {result}\r\n").as_bytes());
        self.connection.write(&out).await?;
        Ok(Next::Go)
    }

    async fn in_mailbox(&mut self, tag: &str, position: usize, command: Command) -> Result<Next, Ended> {
        match command {
            Command::Noop => self.done(tag, position, true, "OK NOOP completed.").await,
            Command::Namespace => {
                let text = format!("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n{tag} OK NAMESPACE completed.\r\n");
                self.say(&text).await
            }
            Command::Idle => self.idle(tag, position).await,
            Command::Select { mailbox, read_only } => self.select(tag, position, &mailbox, read_only).await,
            Command::List {
                reference,
                pattern,
                kind,
            } => {
                let out = self.look(position, |mailbox| {
                    folders::list(mailbox, &reference, &pattern, kind)
                });
                self.connection.write(&out).await?;
                let result = format!("OK {} completed.", kind.name());
                self.done(tag, position, true, &result).await
            }
            Command::Status { mailbox, items } => {
                let out = self.look(position, |found| {
                    folders::by_name(found, &mailbox).map(|folder| folders::status(found, folder, &items))
                });
                let Some(out) = out else {
                    return self.missing(tag, &mailbox).await;
                };
                self.connection.write(&out).await?;
                self.done(tag, position, true, "OK STATUS completed.").await
            }
            Command::Create(_) | Command::Delete(_) | Command::Rename { .. } | Command::Subscribe { .. } => {
                let result = self.with(|organisation| change_folders(organisation, position, &command));
                self.done(tag, position, true, &result).await
            }
            Command::Append {
                mailbox,
                flags,
                date,
                message,
            } => {
                let message = mime::with_crlf(&message);
                let result =
                    self.with(|organisation| append(organisation, position, &mailbox, flags, date, message));
                self.done(tag, position, true, &result).await
            }
            command => self.in_folder(tag, position, command).await,
        }
    }

    async fn missing(&mut self, tag: &str, name: &str) -> Result<Next, Ended> {
        let name: String = name
            .chars()
            .filter(|letter| !letter.is_control())
            .take(200)
            .collect();
        self.say(&format!("{tag} NO {name} doesn't exist.\r\n")).await
    }

    async fn select(
        &mut self,
        tag: &str,
        position: usize,
        name: &str,
        read_only: bool,
    ) -> Result<Next, Ended> {
        self.selected = None;
        let found = self.look(position, |mailbox| {
            let folder = folders::by_name(mailbox, name)?.clone();
            Some((Selected::new(mailbox, folder.number, read_only), folder))
        });
        let Some((selected, folder)) = found else {
            return self.missing(tag, name).await;
        };
        let unseen = selected
            .known
            .iter()
            .position(|message| message.flags & flag::SEEN == 0);
        let mut text = format!("* {} EXISTS\r\n* 0 RECENT\r\n", selected.known.len());
        let flags = "\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent";
        let permanent = if read_only { "" } else { flags };
        text.push_str(&format!("* FLAGS ({flags})\r\n"));
        text.push_str(&format!(
            "* OK [PERMANENTFLAGS ({permanent})] Permanent flags\r\n"
        ));
        if let Some(first) = unseen {
            text.push_str(&format!(
                "* OK [UNSEEN {}] Is the first unseen message\r\n",
                first + 1
            ));
        }
        text.push_str(&format!(
            "* OK [UIDVALIDITY {}] UIDVALIDITY value\r\n",
            folder.uid_validity
        ));
        text.push_str(&format!(
            "* OK [UIDNEXT {}] The next unique identifier value\r\n",
            folder.uid_next
        ));
        let result = if read_only {
            "OK [READ-ONLY] EXAMINE completed."
        } else {
            "OK [READ-WRITE] SELECT completed."
        };
        text.push_str(&format!("{tag} {result}\r\n"));
        self.selected = Some(selected);
        self.say(&text).await
    }

    /// Waits for news of the folder until the client says DONE.
    async fn idle(&mut self, tag: &str, position: usize) -> Result<Next, Ended> {
        let mut news = self.with(|organisation| organisation.objects.mail.news());
        self.say("+ IDLE accepted, awaiting DONE command.\r\n").await?;
        let said = loop {
            if let Some(mut selected) = self.selected.take() {
                let out = self.look(position, |mailbox| selected.refresh(mailbox, true));
                self.selected = Some(selected);
                if !out.is_empty() {
                    self.connection.write(&out).await?;
                }
            }
            tokio::select! {
                line = self.connection.line(PATIENCE_AFTER) => break line?,
                changed = news.changed() => if changed.is_err() { return Err(Ended::Closed) },
            }
        };
        if said.eq_ignore_ascii_case(b"DONE") {
            self.done(tag, position, true, "OK IDLE completed.").await
        } else {
            self.say(&format!("{tag} BAD Command Error. 12\r\n")).await
        }
    }
}

/// The announced length of a literal at the end of a line, and whether the client waits for leave to send it.
fn literal_length(line: &[u8]) -> Option<(usize, bool)> {
    let inner = line.strip_suffix(b"}")?;
    let open = inner.iter().rposition(|byte| *byte == b'{')?;
    let digits = &inner[open + 1..];
    let (digits, waits) = match digits.strip_suffix(b"+") {
        Some(digits) => (digits, false),
        None => (digits, true),
    };
    if digits.is_empty() || digits.len() > 12 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let length = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some((length, waits))
}

fn is_append(line: &[u8]) -> bool {
    let mut words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    words
        .nth(1)
        .is_some_and(|word| word.eq_ignore_ascii_case(b"APPEND"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_seen_at_the_end_of_a_line_only() {
        assert_eq!(literal_length(b"a APPEND INBOX {12}"), Some((12, true)));
        assert_eq!(literal_length(b"a APPEND INBOX {12+}"), Some((12, false)));
        for none in [
            &b"a {12} b"[..],
            b"a {}",
            b"a {x}",
            b"a }",
            b"a {9999999999999}",
            b"{-1}",
        ] {
            assert_eq!(literal_length(none), None);
        }
        assert!(is_append(b"a  append x {3}") && !is_append(b"APPEND a x {3}"));
    }
}
