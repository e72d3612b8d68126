//! One SMTP connection from its greeting to its end.
//!
//! The announced extensions and the texts of 535 and 554 are those of microsoft-facts §4c and of public logs of clients.
//! Exchange Online announces a larger size than the 35 MB here. UNVERIFIED: the texts of the other refusals.

use std::sync::Arc;
use std::time::Duration;

use mail_parser::HeaderName;
use tokio::sync::OwnedSemaphorePermit;

use super::command::{Command, Fault, is_address, parse};
use crate::access::protocols::{Opened, Protocol, may_send_as};
use crate::mail::delivery::{self, RECIPIENTS_AT_MOST};
use crate::mail::door::Door;
use crate::mail::line::{Connection, Ended, WHOLE_PATIENCE};
use crate::mail::mime;
use crate::mail::sasl::{self, Entrance};
use crate::mail::trouble::{self, Struck};
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::Refusal;
use crate::organisation::mailboxes::store::MESSAGE_AT_MOST;

/// How long a client may be silent.
const PATIENCE: Duration = Duration::from_secs(120);
/// A client that makes this many mistakes is disconnected.
const MISTAKES_AT_MOST: u32 = 20;
/// Messages beyond this size wait their turn, so that a few clients cannot fill the memory.
const LARGE: usize = 1024 * 1024;
/// The name that the server gives itself.
const HOST: &str = "practice.contoso.example";

/// A message that is being handed over.
#[derive(Default)]
struct Envelope {
    from: String,
    recipients: Vec<String>,
    /// What came by `BDAT` so far.
    chunks: Vec<u8>,
    /// The turn of a large message, kept as long as its chunks are.
    turn: Option<OwnedSemaphorePermit>,
}

struct Session {
    connection: Connection,
    door: Arc<Door>,
    encrypted: bool,
    greeted: bool,
    entrance: Option<Entrance>,
    envelope: Option<Envelope>,
    mistakes: u32,
}

/// Speaks SMTP until the client goes.
pub(crate) async fn serve(connection: Connection, door: Arc<Door>, encrypted: bool) {
    let mut session = Session {
        connection,
        door,
        encrypted,
        greeted: false,
        entrance: None,
        envelope: None,
        mistakes: 0,
    };
    let farewell = match session.run().await {
        Ok(()) | Err(Ended::Closed) => "",
        Err(Ended::Silent) => "421 4.4.1 Connection timed out\r\n",
        Err(Ended::TooLong) => "500 5.5.2 Line too long\r\n",
    };
    if !farewell.is_empty() {
        let _ = session.connection.write(farewell.as_bytes()).await;
    }
    session.connection.close().await;
}

impl Session {
    async fn run(&mut self) -> Result<(), Ended> {
        let date = self.door.running.with_organisation(|organisation| {
            organisation
                .clock
                .now()
                .strftime("%a, %-d %b %Y %H:%M:%S +0000")
                .to_string()
        });
        self.say(&format!(
            "220 {HOST} Microsoft ESMTP MAIL Service ready at {date}"
        ))
        .await?;
        loop {
            let line = self.connection.line(PATIENCE).await?;
            let struck = trouble::strike(&self.door.running, "SMTP", &line).await;
            let command = parse(&line);
            match &struck {
                Struck::Pass => {}
                Struck::Cut => return Err(Ended::Closed),
                Struck::Refuse(text) => {
                    self.connection.write(text.as_bytes()).await?;
                    continue;
                }
                // A client sends its message only after it was told to.
                Struck::CutAfter => {
                    let told = u32::from(matches!(command, Ok(Command::Data)));
                    self.connection.mute_after(told);
                }
            }
            let answer = match command {
                Ok(Command::Quit) => {
                    self.say("221 2.0.0 Service closing transmission channel").await?;
                    return Ok(());
                }
                Ok(command) => self.answer(command).await?,
                Err(Fault::Unknown(name)) => format!("500 5.3.3 Unrecognized command '{name}'"),
                Err(Fault::Arguments) => "501 5.5.4 Invalid arguments".to_owned(),
            };
            if struck == Struck::CutAfter {
                return Err(Ended::Closed);
            }
            if answer.is_empty() {
                continue;
            }
            if answer.starts_with('5') {
                self.mistakes += 1;
            }
            self.say(&answer).await?;
            if self.mistakes >= MISTAKES_AT_MOST {
                self.say("421 4.7.0 Too many errors on this connection, closing transmission channel")
                    .await?;
                return Ok(());
            }
        }
    }

    async fn say(&mut self, text: &str) -> Result<(), Ended> {
        self.connection.write(format!("{text}\r\n").as_bytes()).await
    }

    /// The answer to a command; empty when it was answered already.
    async fn answer(&mut self, command: Command) -> Result<String, Ended> {
        Ok(match command {
            Command::Hello { old } => {
                self.greeted = true;
                self.envelope = None;
                self.hello(old)
            }
            Command::StartTls if self.encrypted => "503 5.5.2 Only one STARTTLS command can be issued per connection".into(),
            Command::StartTls => {
                self.say("220 2.0.0 SMTP server ready").await?;
                let tls = self.door.tls.clone();
                self.connection.start_tls(&tls).await?;
                // Everything said in plain text is forgotten (RFC 3207 §4.2).
                self.encrypted = true;
                self.greeted = false;
                self.envelope = None;
                String::new()
            }
            Command::Auth { mechanism, initial } => self.authenticate(&mechanism, initial).await?,
            Command::Mail { from, size } => self.mail(from, size),
            Command::Recipient(address) => self.recipient(address),
            Command::Data => match &self.envelope {
                Some(envelope) if !envelope.chunks.is_empty() => "503 5.5.1 Bad sequence of commands".into(),
                Some(envelope) if !envelope.recipients.is_empty() => self.data().await?,
                Some(_) => "503 5.5.2 Need rcpt command".into(),
                None => self.without_mail(),
            },
            Command::Chunk { length, last } => self.chunk(length, last).await?,
            Command::Reset => {
                self.envelope = None;
                "250 2.0.0 Resetting".into()
            }
            Command::Noop => "250 2.0.0 OK".into(),
            Command::Verify => "252 2.1.5 Cannot VRFY user".into(),
            Command::Help => "214-This server supports the following commands:\r\n214 HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT".into(),
            Command::Quit => String::new(),
        })
    }

    fn hello(&self, old: bool) -> String {
        if old {
            return format!("250 {HOST} Hello [127.0.0.1]");
        }
        let size = format!("SIZE {MESSAGE_AT_MOST}");
        let door = if self.encrypted {
            "AUTH LOGIN XOAUTH2"
        } else {
            "STARTTLS"
        };
        let lines = [
            &format!("{HOST} Hello [127.0.0.1]"),
            &size,
            "PIPELINING",
            "DSN",
            "ENHANCEDSTATUSCODES",
            door,
            "8BITMIME",
            "BINARYMIME",
            "CHUNKING",
        ];
        let mut text: String = lines.iter().map(|line| format!("250-{line}\r\n")).collect();
        text.push_str("250 SMTPUTF8");
        text
    }

    fn without_mail(&self) -> String {
        if self.entrance.is_none() {
            return not_signed_in();
        }
        "503 5.5.2 Need mail command".into()
    }

    async fn authenticate(&mut self, mechanism: &str, initial: Option<String>) -> Result<String, Ended> {
        if !self.encrypted {
            return Ok("530 5.7.0 Must issue a STARTTLS command first".into());
        }
        if !self.greeted {
            return Ok("503 5.5.2 Send hello first".into());
        }
        if self.entrance.is_some() {
            return Ok("503 5.5.2 Already authenticated".into());
        }
        let answer = match (mechanism, initial) {
            ("XOAUTH2", Some(initial)) => initial.into_bytes(),
            ("XOAUTH2", None) => {
                self.say("334 ").await?;
                self.connection.line(PATIENCE).await?
            }
            ("LOGIN", initial) => {
                if initial.is_none() {
                    self.say("334 VXNlcm5hbWU6").await?;
                    self.connection.line(PATIENCE).await?;
                }
                self.say("334 UGFzc3dvcmQ6").await?;
                self.connection.line(PATIENCE).await?;
                // Passwords are refused, right or wrong (microsoft-facts §5; the text is field evidence).
                return Ok(format!(
                    "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [{HOST}]"
                ));
            }
            _ => return Ok("504 5.7.4 Unrecognized Authentication Type".into()),
        };
        if answer == b"*" {
            return Ok("501 5.7.0 Authentication cancelled".into());
        }
        let entrance = self
            .door
            .running
            .with_organisation(|organisation| sasl::enter(organisation, &answer, Protocol::Smtp));
        let switched_off = |what: &str| {
            format!(
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the {what}. \
                 Visit https://aka.ms/smtp_auth_disabled for more information. [{HOST}]"
            )
        };
        Ok(match entrance {
            Some(entrance) => match entrance.opened {
                Opened::Mailbox(_) => {
                    self.entrance = Some(entrance);
                    self.connection.stay();
                    "235 2.7.0 Authentication successful".into()
                }
                Opened::SmtpDisabledForTenant => switched_off("Tenant"),
                Opened::SmtpDisabledForMailbox => switched_off("Mailbox"),
                Opened::NotConnected | Opened::NotAuthenticated => unsuccessful(),
            },
            None => unsuccessful(),
        })
    }

    fn mail(&mut self, from: String, size: Option<u64>) -> String {
        if !self.greeted {
            return "503 5.5.2 Send hello first".into();
        }
        if self.entrance.is_none() {
            return not_signed_in();
        }
        if self.envelope.is_some() {
            return "503 5.5.2 Sender already specified".into();
        }
        if size.is_some_and(|size| size > MESSAGE_AT_MOST as u64) {
            return too_large();
        }
        if !from.is_empty() && !is_address(&from) {
            return "501 5.1.7 Invalid address".into();
        }
        self.envelope = Some(Envelope {
            from,
            ..Envelope::default()
        });
        "250 2.1.0 Sender OK".into()
    }

    fn recipient(&mut self, address: String) -> String {
        if self.envelope.is_none() {
            return self.without_mail();
        }
        let Some(envelope) = &mut self.envelope else {
            return String::new();
        };
        if !is_address(&address) {
            return "501 5.1.3 Invalid address".into();
        }
        if envelope.recipients.len() >= RECIPIENTS_AT_MOST {
            return "452 4.5.3 Too many recipients".into();
        }
        envelope.recipients.push(address);
        "250 2.1.5 Recipient OK".into()
    }

    async fn data(&mut self) -> Result<String, Ended> {
        match tokio::time::timeout(WHOLE_PATIENCE, self.take_data()).await {
            Ok(Ok(Some(message))) => self.submit(message).await,
            Ok(Ok(None)) => {
                self.envelope = None;
                Ok(too_large())
            }
            Ok(Err(ended)) => Err(ended),
            Err(_) => Err(Ended::Silent),
        }
    }

    /// The message after `DATA`, or nothing when it is too large.
    async fn take_data(&mut self) -> Result<Option<Vec<u8>>, Ended> {
        self.say("354 Start mail input; end with <CRLF>.<CRLF>").await?;
        let mut message = Vec::new();
        let mut fits = true;
        let mut turn = None;
        let mut at_line_start = true;
        loop {
            let line = self.connection.raw_line(PATIENCE).await?;
            let ends = line.ends_with(b"\r\n");
            // Only a dot between two whole line ends is the end: with less, one message could hide another.
            if at_line_start && line == b".\r\n" {
                break;
            }
            let text = if at_line_start {
                line.strip_prefix(b".").unwrap_or(&line)
            } else {
                &line
            };
            if message.len() + text.len() > MESSAGE_AT_MOST {
                // The rest is read to its end and forgotten, so that the client hears the answer.
                fits = false;
                message = Vec::new();
            }
            if fits {
                message.extend_from_slice(text);
            }
            if message.len() > LARGE && turn.is_none() {
                turn = self.door.large.clone().acquire_owned().await.ok();
            }
            at_line_start = ends;
        }
        Ok(fits.then(|| mime::with_crlf(&message)))
    }

    async fn chunk(&mut self, length: u64, last: bool) -> Result<String, Ended> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let held = self.envelope.as_ref().map_or(0, |envelope| envelope.chunks.len());
        if length > MESSAGE_AT_MOST || held + length > MESSAGE_AT_MOST {
            // What follows cannot be told from commands any more, and is too much to be read.
            self.say(&too_large()).await?;
            return Err(Ended::Closed);
        }
        // The chunk comes in any case; it must be read before it is refused (RFC 3030 §2).
        let has_turn = self
            .envelope
            .as_ref()
            .is_some_and(|envelope| envelope.turn.is_some());
        let turn = if held + length > LARGE && !has_turn {
            self.door.large.clone().acquire_owned().await.ok()
        } else {
            None
        };
        let bytes = self.connection.exactly(length, PATIENCE).await?;
        let Some(envelope) = self.envelope.as_mut() else {
            return Ok(self.without_mail());
        };
        if envelope.recipients.is_empty() {
            return Ok("503 5.5.2 Need rcpt command".into());
        }
        envelope.turn = envelope.turn.take().or(turn);
        envelope.chunks.extend(bytes);
        if !last {
            return Ok(format!("250 2.0.0 {length} octets received"));
        }
        let message = std::mem::take(&mut envelope.chunks);
        self.submit(mime::with_crlf(&message)).await
    }

    async fn submit(&mut self, message: Vec<u8>) -> Result<String, Ended> {
        let (Some(envelope), Some(entrance)) = (self.envelope.take(), &self.entrance) else {
            return Ok(self.without_mail());
        };
        let answer = self
            .door
            .running
            .with_organisation(|organisation| hand_over(organisation, entrance, &envelope, &message));
        self.door.running.save().await;
        Ok(answer)
    }
}

fn unsuccessful() -> String {
    format!("535 5.7.3 Authentication unsuccessful [{HOST}]")
}

fn not_signed_in() -> String {
    format!("530 5.7.57 Client not authenticated to send mail. [{HOST}]")
}

fn too_large() -> String {
    "552 5.3.4 Message size exceeds fixed maximum message size".into()
}

/// Judges who it is from and delivers it. Both the sender of the envelope and the one in the message must be allowed;
/// the refusal comes at the end of the message (field evidence: public bug reports; UNVERIFIED for the envelope alone).
fn hand_over(
    organisation: &mut Organisation,
    entrance: &Entrance,
    envelope: &Envelope,
    message: &[u8],
) -> String {
    let Opened::Mailbox(mailbox) = entrance.opened else {
        return not_signed_in();
    };
    let header = &message[..mime::header_length(message)];
    let shown = mime::parties(header, HeaderName::From);
    let senders = std::iter::once(envelope.from.as_str())
        .filter(|from| !from.is_empty())
        .chain(shown.iter().map(|(_, address)| address.as_str()));
    for sender in senders {
        if !may_send_as(organisation, &entrance.caller, mailbox, sender) {
            let own = organisation
                .directory
                .entry(mailbox)
                .map(|entry| entry.address())
                .unwrap_or_default();
            let sender: String = sender
                .chars()
                .filter(|letter| !letter.is_control())
                .take(300)
                .collect();
            return format!(
                "554 5.2.252 SendAsDenied; {own} not allowed to send as {sender}; \
                 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message \
                 due to a permanent exception with message Cannot submit message. [Hostname={HOST}]"
            );
        }
    }
    // Exchange Online keeps a copy of what clients submit in the sent items of the mailbox.
    match delivery::send(organisation, mailbox, message, &envelope.recipients, true) {
        Ok(()) => {
            let id = mime::raw_value(header, "Message-ID").unwrap_or_default();
            let id = String::from_utf8_lossy(&id).chars().take(200).collect::<String>();
            format!("250 2.0.0 OK {id} [Hostname={HOST}]")
        }
        Err(Refusal::TooLarge) => too_large(),
        Err(_) => "452 4.3.1 Insufficient system storage".into(),
    }
}
