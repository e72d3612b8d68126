//! SMTP: STARTTLS, XOAUTH2, `QUIT` (microsoft-facts §4c, §9). No message is begun, so none can be sent.
//!
//! Exchange says no to the sign-in, and the same of a token that is worth nothing and of a mailbox that is out of reach. Only
//! where SMTP is switched off it says so, by a code of its own. That the sign-in is taken shows that the app is let in for
//! this mailbox; whether a sender is allowed is looked at with each message.

use domain::address::Address;
use domain::finding::Why;
use domain::secret::Secret;
use tokio::io::{AsyncBufRead, AsyncRead, AsyncWrite, BufReader};

use super::conversation::{Decided, MOST_LINES, Outcome, line, not_an_answer, say, xoauth2};
use crate::error::shorten;

/// What this computer calls itself: a name that tells nothing of it.
const HELLO: &str = "EHLO localhost";

/// What comes before the encryption. An answer that is none ends it.
pub(super) async fn begin(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
) -> std::io::Result<Option<Decided>> {
    let mut stream = BufReader::new(stream);
    for (says, awaited) in [(None, "220"), (Some(HELLO), "250"), (Some("STARTTLS"), "220")] {
        if let Some(says) = says {
            say(&mut stream, says).await?;
        }
        let answer = answered(&mut stream).await?;
        if !answer.starts_with(awaited) {
            return Ok(Some(not_an_answer(answer)));
        }
    }
    // What was sent in the clear behind the last answer would be taken for something that came encrypted.
    match stream.buffer().is_empty() {
        true => Ok(None),
        false => Err(std::io::Error::other("something was sent before the encryption")),
    }
}

/// What comes after it.
pub(super) async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    token: &Secret,
    mailbox: &Address,
) -> std::io::Result<Decided> {
    let mut stream = BufReader::new(stream);
    for (says, awaited) in [(HELLO, "250"), ("AUTH XOAUTH2", "334")] {
        say(&mut stream, says).await?;
        let answer = answered(&mut stream).await?;
        if !answer.starts_with(awaited) {
            return Ok(not_an_answer(answer));
        }
    }
    say(&mut stream, &xoauth2(mailbox, token)).await?;
    let mut answer = answered(&mut stream).await?;
    // A server that explains a refusal waits for an empty line before it refuses.
    if answer.starts_with("334") {
        say(&mut stream, "").await?;
        answer = answered(&mut stream).await?;
    }
    // What is known doesn't change with how it says goodbye.
    drop(say(&mut stream, "QUIT").await);
    let outcome = if answer.starts_with("235") {
        Outcome::Opened
    } else if answer.starts_with("535 5.7.3 ") {
        Outcome::OutOfReach
    } else if answer.starts_with("535 5.7.139") && answer.contains("SmtpClientAuthentication") {
        Outcome::Nothing(Why::SwitchedOff)
    } else {
        return Ok(not_an_answer(answer));
    };
    Ok((outcome, Some(shorten(&answer))))
}

/// The last line of an answer.
async fn answered(stream: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<String> {
    for _ in 0..MOST_LINES {
        let line = line(stream).await?;
        if line.as_bytes().get(3) != Some(&b'-') {
            return Ok(line);
        }
    }
    Err(std::io::Error::other("the answer doesn't end"))
}

#[cfg(test)]
mod tests {
    use super::super::conversation::tests::{server_that_says, whoever};

    use super::*;

    const HEARD: &str =
        "250-outlook.office365.com Hello\r\n250-AUTH LOGIN XOAUTH2\r\n250 SMTPUTF8\r\n334 \r\n";

    /// What comes of a server that says all of this, whatever it hears.
    async fn outcome(says: &str) -> Outcome {
        let ((ours, _theirs), (token, mailbox)) = (server_that_says(says).await, whoever());
        let decided = converse(ours, &token, &mailbox).await;
        decided.unwrap().0
    }

    async fn begun(says: &str) -> std::io::Result<Option<Decided>> {
        let (mut ours, _theirs) = server_that_says(says).await;
        begin(&mut ours).await
    }

    #[tokio::test]
    async fn what_is_switched_off_is_no_refusal() {
        let said = async |answer: &str| outcome(&format!("{HEARD}{answer}\r\n")).await;
        assert_eq!(said("235 2.7.0 Authentication successful").await, Outcome::Opened);
        assert_eq!(
            said("535 5.7.3 Authentication unsuccessful [X]").await,
            Outcome::OutOfReach
        );
        for whose in ["Tenant", "Mailbox"] {
            let off = format!(
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the {whose}."
            );
            assert_eq!(said(&off).await, Outcome::Nothing(Why::SwitchedOff));
        }
        for other in [
            "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria",
            "535 5.7.30 Something else",
            "454 4.7.0 Temporary authentication failure",
            "421 4.3.2 Service not available",
        ] {
            assert_eq!(said(other).await, Outcome::Nothing(Why::NotAnAnswer), "{other}");
        }
    }

    #[tokio::test]
    async fn nothing_of_what_came_in_the_clear_is_taken_for_encrypted() {
        let clear = "220 ready\r\n250 hello\r\n220 2.0.0 SMTP server ready\r\n";
        assert_eq!(begun(clear).await.unwrap(), None);
        begun(&format!("{clear}250 injected\r\n")).await.unwrap_err();
        let refused = begun("220 ready\r\n250 hello\r\n454 4.7.0 TLS not available\r\n")
            .await
            .unwrap();
        assert_eq!(refused.unwrap().0, Outcome::Nothing(Why::NotAnAnswer));
    }
}
