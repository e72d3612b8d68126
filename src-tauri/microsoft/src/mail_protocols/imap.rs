//! IMAP: XOAUTH2, `EXAMINE INBOX`, `LOGOUT` (microsoft-facts §4c, §9). EXAMINE opens the inbox for reading only and marks
//! nothing as seen.
//!
//! Exchange says no in two places. `NO AUTHENTICATE failed.` means the token, its permission or the app's entry in Exchange.
//! `BAD User is authenticated but not connected.` comes on the command after it and means the mailbox: no full access, IMAP
//! switched off, or no mailbox of this address at all, which Exchange doesn't tell apart. So a mailbox that is out of reach
//! proves nothing unless it was shown to be there.

use domain::address::Address;
use domain::secret::Secret;
use tokio::io::{AsyncBufRead, AsyncRead, AsyncWrite, BufReader};

use super::conversation::{Decided, MOST_LINES, Outcome, line, not_an_answer, say, xoauth2};
use crate::error::shorten;

/// The conversation itself, over a connection that is encrypted.
pub(super) async fn converse(
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
    say(&mut stream, &xoauth2(mailbox, token)).await?;
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

#[cfg(test)]
mod tests {
    use domain::finding::Why;

    use super::super::conversation::tests::{server_that_says, whoever};
    use super::*;

    const GREETING: &str = "* OK The Microsoft Exchange IMAP4 service is ready.\r\n";
    const IN: &str = "+ \r\na OK AUTHENTICATE completed.\r\n";

    /// What comes of a server that says all of this, whatever it hears.
    async fn of(says: &str) -> std::io::Result<Decided> {
        let ((ours, _theirs), (token, mailbox)) = (server_that_says(says).await, whoever());
        converse(ours, &token, &mailbox).await
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
