//! What a conversation with a server of mail programs is made of: lines, and what is made of the last of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::address::Address;
use domain::finding::Why;
use domain::secret::Secret;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::error::shorten;

/// The longest line that is read, in bytes. Exchange's are far shorter.
const LONGEST_LINE: u64 = 8 * 1024;
/// How many lines an answer has at most. EXAMINE has about ten.
pub(super) const MOST_LINES: usize = 100;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mailbox opened to the app, or takes mail from it.
    Opened,
    /// The mailbox is out of reach. By POP and SMTP Exchange says the same of a token that is worth nothing, so that this says
    /// something of the mailbox only where another one opened with the same token.
    OutOfReach,
    /// The token itself was refused: wrong audience, no permission, or Exchange has no entry of the app under the enterprise
    /// application's object id. It says nothing about the mailbox.
    NotAuthenticated,
    /// Neither. It is never counted as a refusal.
    Nothing(Why),
}

/// What ended a conversation: the outcome and the line that decided.
pub(super) type Decided = (Outcome, Option<String>);

/// What a mail program signs in with (microsoft-facts §4c).
pub(super) fn xoauth2(mailbox: &Address, token: &Secret) -> String {
    let user = mailbox.as_str();
    // EXPOSE: the token goes to the host that it was asked for, whose certificate was checked.
    STANDARD.encode(format!(
        "user={user}\u{1}auth=Bearer {}\u{1}\u{1}",
        token.expose()
    ))
}

pub(super) fn not_an_answer(answer: String) -> Decided {
    (Outcome::Nothing(Why::NotAnAnswer), Some(shorten(&answer)))
}

pub(super) async fn say(stream: &mut (impl AsyncWrite + Unpin), line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// The next line, without its end.
pub(super) async fn line(stream: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let read = stream.take(LONGEST_LINE).read_until(b'\n', &mut bytes).await?;
    match bytes.last() {
        Some(b'\n') => Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned()),
        _ if read == 0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
        _ => Err(std::io::Error::other("a line doesn't end")),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use tokio::io::{AsyncWriteExt as _, DuplexStream};

    use super::*;

    /// A connection to a server that says all of this, whatever it hears, and its end, which has to be kept meanwhile.
    pub(in super::super) async fn server_that_says(all: &str) -> (DuplexStream, DuplexStream) {
        let (ours, mut theirs) = tokio::io::duplex(1 << 20);
        theirs.write_all(all.as_bytes()).await.unwrap();
        theirs.shutdown().await.unwrap();
        (ours, theirs)
    }

    /// What a mail program signs in with there.
    pub(in super::super) fn whoever() -> (Secret, Address) {
        let mailbox = Address::parse("support@contoso.example").unwrap();
        (Secret::new("token".to_owned()), mailbox)
    }
}
