//! Rubbish by IMAP, SMTP and POP3: a real sign-in, then lines that were commands once.

use base64::Engine as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::bytes::Rubbish;
use super::{PATIENCE, Target, templates};

/// How many spoilt lines one connection gets at most.
const LINES: usize = 24;

fn blob(target: &Target) -> String {
    let text = format!(
        "user=support@contoso.example\u{1}auth=Bearer {}\u{1}\u{1}",
        target.exchange_token
    );
    base64::engine::general_purpose::STANDARD.encode(text)
}

async fn encrypted(target: &Target, address: &str) -> impl AsyncRead + AsyncWrite + Unpin {
    let stream = TcpStream::connect(address).await.expect("a connection");
    let name = "localhost".try_into().expect("a name");
    target.tls.connect(name, stream).await.expect("TLS")
}

/// IMAP, signed in to a mailbox half of the time.
pub(crate) async fn imap(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let mut stream = encrypted(target, &target.imap).await;
    let mut opening = String::new();
    if rubbish.below(4) > 0 {
        opening = format!("a0 AUTHENTICATE XOAUTH2 {}\r\na1 EXAMINE INBOX\r\n", blob(target));
    }
    conversation(&mut stream, &opening, &templates::IMAP, "zz LOGOUT\r\n", rubbish).await
}

/// POP3, signed in half of the time.
pub(crate) async fn pop(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let mut stream = encrypted(target, &target.pop).await;
    let opening = if rubbish.below(2) == 0 {
        format!("AUTH XOAUTH2 {}\r\n", blob(target))
    } else {
        String::new()
    };
    conversation(&mut stream, &opening, &templates::POP, "QUIT\r\n", rubbish).await
}

/// SMTP, before and after the change to TLS.
pub(crate) async fn smtp(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let mut stream = TcpStream::connect(&target.smtp).await.expect("a connection");
    if rubbish.below(3) == 0 {
        return conversation(
            &mut stream,
            "EHLO fuzz\r\n",
            &templates::SMTP,
            "QUIT\r\n",
            rubbish,
        )
        .await;
    }
    let begin = async {
        until(&mut stream, "220 ").await;
        stream.write_all(b"EHLO fuzz\r\n").await.expect("written");
        until(&mut stream, "250 ").await;
        stream.write_all(b"STARTTLS\r\n").await.expect("written");
        until(&mut stream, "220 ").await;
    };
    tokio::time::timeout(PATIENCE, begin)
        .await
        .expect("STARTTLS is answered");
    let name = "localhost".try_into().expect("a name");
    let mut stream = target.tls.connect(name, stream).await.expect("TLS");
    let opening = format!("EHLO fuzz\r\nAUTH XOAUTH2 {}\r\n", blob(target));
    conversation(&mut stream, &opening, &templates::SMTP, "QUIT\r\n", rubbish).await
}

/// Reads until a line begins with this.
async fn until(stream: &mut TcpStream, beginning: &str) {
    let mut heard = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&heard);
        if text.ends_with('\n') && text.lines().any(|line| line.starts_with(beginning)) {
            return;
        }
        let byte = stream.read_u8().await.expect("an answer");
        heard.push(byte);
        assert!(heard.len() < 64 * 1024, "no end of the answer");
    }
}

/// Sends everything at once, as a pipelining client may, and reads until the server hangs up. A server that goes on
/// waiting after the last line is hung up on; one that neither reads nor answers hangs.
async fn conversation(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    opening: &str,
    templates: &[&str],
    ending: &str,
    rubbish: &mut Rubbish,
) -> u64 {
    let count = rubbish.below(LINES) + 1;
    let mut sent = opening.as_bytes().to_vec();
    for _ in 0..count {
        let index = rubbish.below(templates.len());
        sent.extend(rubbish.spoil(templates[index].as_bytes()));
        sent.extend(b"\r\n");
    }
    sent.extend(ending.as_bytes());
    let (mut reader, mut writer) = tokio::io::split(stream);
    let talk = async {
        let write = async {
            let _ = writer.write_all(&sent).await;
            let _ = writer.shutdown().await;
        };
        let read = async {
            let mut answer = vec![0; 32 * 1024];
            while reader.read(&mut answer).await.is_ok_and(|read| read > 0) {}
        };
        tokio::join!(write, read);
    };
    assert!(
        tokio::time::timeout(PATIENCE, talk).await.is_ok(),
        "a conversation hung: {}",
        String::from_utf8_lossy(&sent)
    );
    count as u64
}
