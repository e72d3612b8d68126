//! A look into a mailbox by IMAP with the app's own token: XOAUTH2, `EXAMINE INBOX`, `LOGOUT` (microsoft-facts §4c, §9).
//! EXAMINE opens it for reading only and marks nothing as seen.
//!
//! Exchange says no in two places. `NO AUTHENTICATE failed.` means the token, its permission or the app's entry in Exchange.
//! `BAD User is authenticated but not connected.` comes on the command after it and means the mailbox: no full access, IMAP
//! switched off, or no mailbox of this address at all, which Exchange doesn't tell apart. So a mailbox that is out of reach
//! proves nothing unless it was shown to be there.
//!
//! Nothing is repeated, and the whole look is bounded in time and in what is read. A proxy of this computer is passed by,
//! so that a network which lets nothing out but the web gives no answer.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::address::Address;
use domain::finding::Why;
use domain::secret::Secret;
use domain::trace::Point;
use jiff::Timestamp;
use rustls::pki_types::ServerName;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _,
    BufReader,
};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::cloud::Server;
use crate::error::{Error, shorten};
use crate::http::Http;
use crate::trust::untrusted;

/// What it is called in evidence.
const CALL: &str = "IMAP EXAMINE INBOX";
/// The whole look, from the connection to the last answer.
const WITHIN: Duration = Duration::from_secs(30);
/// The longest line that is read, in bytes. Exchange's are far shorter.
const LONGEST_LINE: u64 = 8 * 1024;
/// How many lines an answer has at most. EXAMINE has about ten.
const MOST_LINES: usize = 100;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The inbox opened: the app can read the mailbox.
    Opened,
    /// The token is good, and the mailbox is out of reach.
    OutOfReach,
    /// The token itself was refused: wrong audience, no `IMAP.AccessAsApp`, or Exchange has no entry of the app under the
    /// enterprise application's object id. It says nothing about the mailbox.
    NotAuthenticated,
    /// Neither. It is never counted as a refusal.
    Nothing(Why),
}

/// A look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What it means.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
    /// The line that decided, at most 300 characters, for support. It holds neither a token nor mail.
    pub said: Option<String>,
    /// How the connection failed, where it did.
    pub failed: Option<Error>,
}

/// What ended a conversation: the outcome and the line that decided.
type Decided = (Outcome, Option<String>);

/// Looks once. `token` is one for Exchange.
pub async fn look(http: &Http, token: &Secret, mailbox: &Address) -> Look {
    http.trace().tell(|| Point::Sending(CALL.to_owned()));
    let looked = tokio::time::timeout(WITHIN, connected(http, token, mailbox)).await;
    let too_long = || Error::NoAnswer {
        call: CALL.to_owned(),
        why: "it took longer than 30 seconds".into(),
    };
    let (decided, failed) = match looked.unwrap_or_else(|_| Err(too_long())) {
        Ok(decided) => (decided, None),
        Err(error) => ((Outcome::Nothing(Why::NoAnswer), None), Some(error)),
    };
    http.trace().tell(|| Point::Answered(CALL.to_owned()));
    Look {
        outcome: decided.0,
        at: http.clock().now(),
        said: decided.1,
        failed,
    }
}

async fn connected(http: &Http, token: &Secret, mailbox: &Address) -> Result<Decided, Error> {
    let unreachable = |why: &str| Error::Unreachable {
        call: CALL.to_owned(),
        why: shorten(why),
    };
    let Some(Server { host, port }) = &http.cloud().imap else {
        return Err(unreachable("this cloud names no IMAP server"));
    };
    let name = ServerName::try_from(host.clone()).map_err(|_| unreachable("the host has no valid name"))?;
    let plain = TcpStream::connect((host.as_str(), *port))
        .await
        .map_err(|error| unreachable(&error.to_string()))?;
    let stream = TlsConnector::from(Arc::clone(http.tls()))
        .connect(name, plain)
        .await
        .map_err(|error| match untrusted(&error) {
            true => Error::Untrusted {
                call: CALL.to_owned(),
                why: shorten(&error.to_string()),
            },
            false => unreachable(&error.to_string()),
        })?;
    converse(stream, token, mailbox)
        .await
        .map_err(|error| Error::NoAnswer {
            call: CALL.to_owned(),
            why: shorten(&error.to_string()),
        })
}

/// The conversation itself, over a connection that is encrypted.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    token: &Secret,
    mailbox: &Address,
) -> std::io::Result<Decided> {
    let mut stream = BufReader::new(stream);
    let greeting = line(&mut stream).await?;
    if !greeting.starts_with("* OK") {
        return Ok(not_an_answer(greeting));
    }
    say(&mut stream, "a AUTHENTICATE XOAUTH2").await?;
    let ready = line(&mut stream).await?;
    if !ready.starts_with('+') {
        return Ok(not_authenticated(ready));
    }
    let user = mailbox.as_str();
    // EXPOSE: the token goes to the host that it was asked for, whose certificate was checked.
    let blob = format!("user={user}\u{1}auth=Bearer {}\u{1}\u{1}", token.expose());
    say(&mut stream, &STANDARD.encode(blob)).await?;
    let (_, answer) = answered(&mut stream, "a ").await?;
    if !answer.starts_with("a OK") {
        return Ok(not_authenticated(answer));
    }
    say(&mut stream, "b EXAMINE INBOX").await?;
    let (before, answer) = answered(&mut stream, "b ").await?;
    let decided = if answer.starts_with("b OK") && before.iter().any(|line| is_count(line)) {
        (Outcome::Opened, Some(shorten(&answer)))
    } else if answer.starts_with("b BAD User is authenticated but not connected") {
        (Outcome::OutOfReach, Some(shorten(&answer)))
    } else {
        not_an_answer(answer)
    };
    // What is known doesn't change with how it says goodbye.
    drop(say(&mut stream, "c LOGOUT").await);
    Ok(decided)
}

/// `* 23 EXISTS`: how many messages there are, which only a mailbox tells.
fn is_count(line: &str) -> bool {
    let number = line
        .strip_prefix("* ")
        .and_then(|rest| rest.strip_suffix(" EXISTS"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn not_authenticated(answer: String) -> Decided {
    match answer.starts_with("a NO AUTHENTICATE failed") {
        true => (Outcome::NotAuthenticated, Some(shorten(&answer))),
        false => not_an_answer(answer),
    }
}

fn not_an_answer(answer: String) -> Decided {
    (Outcome::Nothing(Why::NotAnAnswer), Some(shorten(&answer)))
}

async fn say(stream: &mut (impl AsyncWrite + Unpin), line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// The lines before the one that begins so, and that one.
async fn answered(
    stream: &mut (impl AsyncBufRead + AsyncWrite + Unpin),
    tag: &str,
) -> std::io::Result<(Vec<String>, String)> {
    let mut before = Vec::new();
    for _ in 0..MOST_LINES {
        let line = line(stream).await?;
        if line.starts_with(tag) {
            return Ok((before, line));
        }
        // A server that explains a refusal waits for an empty line before it refuses (RFC 7628, section 3.2.3, which
        // others apply to XOAUTH2; that Exchange does it isn't known).
        if line.starts_with('+') {
            say(stream, "").await?;
        }
        before.push(line);
    }
    Err(std::io::Error::other("the answer doesn't end"))
}

/// The next line, without its end.
async fn line(stream: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let read = stream.take(LONGEST_LINE).read_until(b'\n', &mut bytes).await?;
    match bytes.last() {
        Some(b'\n') => Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned()),
        _ if read == 0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
        _ => Err(std::io::Error::other("a line doesn't end")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREETING: &str = "* OK The Microsoft Exchange IMAP4 service is ready.\r\n";
    const IN: &str = "+ \r\na OK AUTHENTICATE completed.\r\n";

    /// What comes of a server that says all of this, whatever it hears.
    async fn of(says: &str) -> std::io::Result<Decided> {
        let (ours, mut theirs) = tokio::io::duplex(1 << 20);
        theirs.write_all(says.as_bytes()).await.unwrap();
        theirs.shutdown().await.unwrap();
        let mailbox = Address::parse("support@contoso.example").unwrap();
        converse(ours, &Secret::new("token".to_owned()), &mailbox).await
    }

    async fn outcome(says: &str) -> Outcome {
        of(says).await.unwrap().0
    }

    #[tokio::test]
    async fn it_says_in_which_of_two_places_exchange_said_no() {
        let refused = format!("{GREETING}+ \r\na NO AUTHENTICATE failed.\r\n");
        assert_eq!(outcome(&refused).await, Outcome::NotAuthenticated);
        let explained =
            format!("{GREETING}+ \r\n+ eyJzdGF0dXMiOiI0MDEifQ==\r\na NO AUTHENTICATE failed.\r\n");
        assert_eq!(outcome(&explained).await, Outcome::NotAuthenticated);
        let out = format!("{GREETING}{IN}b BAD User is authenticated but not connected.\r\n");
        assert_eq!(outcome(&out).await, Outcome::OutOfReach);
        let opened = format!("{GREETING}{IN}* 23 EXISTS\r\nb OK [READ-ONLY] EXAMINE completed.\r\n");
        assert_eq!(outcome(&opened).await, Outcome::Opened);
    }

    /// What isn't one of Exchange's answers is neither a yes nor a no.
    #[tokio::test]
    async fn anything_else_proves_nothing() {
        for says in [
            "* BYE Connection is closed. 13\r\n".to_owned(),
            "HTTP/1.1 400 Bad Request\r\n\r\n".to_owned(),
            format!("{GREETING}a BAD Command Error. 12\r\n"),
            format!("{GREETING}+ \r\na NO [UNAVAILABLE] Server busy.\r\n"),
            format!("{GREETING}{IN}b NO Server unavailable.\r\n"),
            format!("{GREETING}{IN}b OK EXAMINE completed.\r\n"),
            format!("{GREETING}{IN}* many EXISTS\r\nb OK EXAMINE completed.\r\n"),
        ] {
            assert_eq!(outcome(&says).await, Outcome::Nothing(Why::NotAnAnswer), "{says}");
        }
    }

    #[tokio::test]
    async fn what_never_ends_is_not_read_for_ever() {
        let endless = "x".repeat(1 << 16);
        of(&endless).await.unwrap_err();
        of(&format!("{GREETING}{endless}")).await.unwrap_err();
        let talkative = "* 1 RECENT\r\n".repeat(MOST_LINES + 1);
        of(&format!("{GREETING}{IN}{talkative}")).await.unwrap_err();
        of("").await.unwrap_err();
        of(GREETING).await.unwrap_err();
    }

    #[tokio::test]
    async fn what_was_said_holds_no_token() {
        let (outcome, said) = of(&format!("{GREETING}{IN}b BAD {}\r\n", "y".repeat(4000)))
            .await
            .unwrap();
        assert_eq!(outcome, Outcome::Nothing(Why::NotAnAnswer));
        assert!(said.unwrap().chars().count() <= 301);
    }
}
