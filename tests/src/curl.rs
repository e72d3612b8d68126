//! curl as a mail program: a client that isn't ours, with a token and a mailbox's address.

use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::Outcome;

/// What is done in a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// Reads the first message of the inbox by IMAP.
    Imap,
    /// Reads the first message by POP.
    Pop,
    /// Sends a message from the mailbox to itself by SMTP.
    Smtp,
}

/// Whether it works in this mailbox, at a server that is written as `host:port`. The root certificate is trusted and no
/// other.
///
/// # Errors
/// Where curl doesn't run, or fails in another way than that it is refused.
pub async fn works(what: Try, server: &str, root: &str, address: &str, token: &str) -> Outcome<bool> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).map_err(|error| error.to_string())?;
        Ok::<_, String>(path.display().to_string())
    };
    let root = file("root.pem", root)?;
    let mut asked = format!(
        "silent\nshow-error\nmax-time = 60\ncacert = \"{root}\"\nuser = \"{address}\"\noauth2-bearer = \"{token}\"\n"
    );
    asked += &match what {
        Try::Imap => format!("url = \"imaps://{server}/INBOX;MAILINDEX=1\"\n"),
        Try::Pop => format!("url = \"pop3s://{server}/1\"\n"),
        Try::Smtp => {
            let text = format!("From: {address}\r\nTo: {address}\r\nSubject: by SMTP\r\n\r\nHello.\r\n");
            let message = file("message", &text)?;
            format!(
                "url = \"smtp://{server}\"\nssl-reqd\nmail-from = \"{address}\"\nmail-rcpt = \"{address}\"\nupload-file = \"{message}\"\n"
            )
        }
    };
    // The token goes in by the standard input: arguments are seen by everybody on the computer.
    let mut curl = Command::new("curl")
        .args(["--config", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("curl: {error}"))?;
    let mut input = curl.stdin.take().ok_or("curl has no input")?;
    input
        .write_all(asked.as_bytes())
        .await
        .map_err(|error| error.to_string())?;
    drop(input);
    let ended = curl.wait_with_output().await.map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&ended.stderr).trim().to_owned();
    match (what, ended.status.code()) {
        (Try::Smtp, Some(0)) => Ok(true),
        (Try::Imap | Try::Pop, Some(0)) => {
            let read = String::from_utf8_lossy(&ended.stdout).to_lowercase();
            match read.contains("subject:") {
                true => Ok(true),
                false => Err(format!("curl read no message: {read}")),
            }
        }
        // CURLE_LOGIN_DENIED, and what it makes of Exchange's refusal of the command after the sign-in.
        (_, Some(67)) | (Try::Imap, Some(8 | 78 | 21)) => Ok(false),
        (_, code) => Err(format!("curl ended with {code:?}: {told}")),
    }
}
