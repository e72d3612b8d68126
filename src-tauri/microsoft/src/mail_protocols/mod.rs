//! A look into a mailbox as a mail program has it, with the app's own token: by IMAP, by POP or by SMTP. Nothing is read,
//! changed or sent.
//!
//! Nothing is repeated, and the whole look is bounded in time and in what is read. A proxy of this computer is passed by,
//! so that a network which lets nothing out but the web gives no answer.

mod conversation;
mod imap;
mod pop;
mod smtp;

use std::sync::Arc;
use std::time::Duration;

use domain::address::Address;
use domain::finding::Why;
use domain::mail_protocol::MailProtocol;
use domain::secret::Secret;
use domain::trace::Point;
use jiff::Timestamp;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

pub use conversation::Outcome;

use conversation::Decided;

use crate::cloud::Server;
use crate::error::{Error, shorten};
use crate::http::Http;
use crate::trust::untrusted;

/// The whole look, from the connection to the last answer.
const WITHIN: Duration = Duration::from_secs(30);

/// What a look by a protocol is called in evidence.
pub fn call(protocol: MailProtocol) -> &'static str {
    match protocol {
        MailProtocol::Imap => "IMAP EXAMINE INBOX",
        MailProtocol::Pop => "POP3 STAT",
        MailProtocol::Smtp => "SMTP AUTH",
    }
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

/// Looks once. `token` is one for Exchange.
pub async fn look(http: &Http, protocol: MailProtocol, token: &Secret, mailbox: &Address) -> Look {
    let called = call(protocol);
    http.trace().tell(|| Point::Sending(called.to_owned()));
    let looked = tokio::time::timeout(WITHIN, connected(http, protocol, token, mailbox)).await;
    let too_long = || Error::NoAnswer {
        call: called.to_owned(),
        why: "it took longer than 30 seconds".into(),
    };
    let (decided, failed) = match looked.unwrap_or_else(|_| Err(too_long())) {
        Ok(decided) => (decided, None),
        Err(error) => ((Outcome::Nothing(Why::NoAnswer), None), Some(error)),
    };
    http.trace().tell(|| Point::Answered(called.to_owned()));
    Look {
        outcome: decided.0,
        at: http.clock().now(),
        said: decided.1,
        failed,
    }
}

async fn connected(
    http: &Http,
    protocol: MailProtocol,
    token: &Secret,
    mailbox: &Address,
) -> Result<Decided, Error> {
    let called = call(protocol);
    let call = || called.to_owned();
    let unreachable = |why: &str| Error::Unreachable {
        call: call(),
        why: shorten(why),
    };
    let no_answer = |error: std::io::Error| Error::NoAnswer {
        call: call(),
        why: shorten(&error.to_string()),
    };
    let Server { host, port } = http.cloud().mail.of(protocol);
    let mut plain = TcpStream::connect((host.as_str(), *port))
        .await
        .map_err(|error| unreachable(&error.to_string()))?;
    if protocol == MailProtocol::Smtp
        && let Some(decided) = smtp::begin(&mut plain).await.map_err(no_answer)?
    {
        return Ok(decided);
    }
    let stream = encrypted(http, host, plain).await.map_err(|error| match error {
        NotEncrypted::NoName => unreachable("the host has no valid name"),
        NotEncrypted::Failed(error) if untrusted(&error) => Error::Untrusted {
            call: call(),
            why: shorten(&error.to_string()),
        },
        NotEncrypted::Failed(error) => unreachable(&error.to_string()),
    })?;
    match protocol {
        MailProtocol::Imap => imap::converse(stream, token, mailbox).await,
        MailProtocol::Pop => pop::converse(stream, token, mailbox).await,
        MailProtocol::Smtp => smtp::converse(stream, token, mailbox).await,
    }
    .map_err(no_answer)
}

enum NotEncrypted {
    NoName,
    Failed(std::io::Error),
}

async fn encrypted(http: &Http, host: &str, plain: TcpStream) -> Result<TlsStream<TcpStream>, NotEncrypted> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| NotEncrypted::NoName)?;
    let connector = TlsConnector::from(Arc::clone(http.tls()));
    connector.connect(name, plain).await.map_err(NotEncrypted::Failed)
}
