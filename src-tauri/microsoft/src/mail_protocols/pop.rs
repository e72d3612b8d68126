//! POP3: XOAUTH2, `STAT`, `QUIT` (microsoft-facts §4c, §9). STAT counts the messages and marks none.
//!
//! UNVERIFIED: where Exchange says no. Here it is `-ERR` to the sign-in, both of a token that is worth nothing and of a mailbox
//! that is out of reach; and should it say of a mailbox what it says by IMAP, on the command after it, that is understood.

use domain::address::Address;
use domain::secret::Secret;
use tokio::io::{AsyncRead, AsyncWrite, BufReader};

use super::conversation::{Decided, Outcome, line, not_an_answer, say, xoauth2};
use crate::error::shorten;

pub(super) async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    token: &Secret,
    mailbox: &Address,
) -> std::io::Result<Decided> {
    let mut stream = BufReader::new(stream);
    let greeting = line(&mut stream).await?;
    if !greeting.starts_with("+OK") {
        return Ok(not_an_answer(greeting));
    }
    say(&mut stream, "AUTH XOAUTH2").await?;
    let ready = line(&mut stream).await?;
    if !ready.starts_with("+ ") && ready != "+" {
        return Ok(not_an_answer(ready));
    }
    say(&mut stream, &xoauth2(mailbox, token)).await?;
    let answer = line(&mut stream).await?;
    if !answer.starts_with("+OK") {
        return Ok(refused(answer));
    }
    say(&mut stream, "STAT").await?;
    let answer = line(&mut stream).await?;
    let decided = match counts(&answer) {
        true => (Outcome::Opened, Some(shorten(&answer))),
        false => refused(answer),
    };
    // What is known doesn't change with how it says goodbye.
    drop(say(&mut stream, "QUIT").await);
    Ok(decided)
}

/// `+OK 23 45678`: how many messages there are and how large they are, which only a mailbox tells.
fn counts(answer: &str) -> bool {
    let mut words = answer.split_ascii_whitespace();
    words.next() == Some("+OK")
        && (0..2).all(|_| {
            words
                .next()
                .is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

fn refused(answer: String) -> Decided {
    let said = ["-ERR Authentication failure", "-ERR Logon failure"];
    match said.iter().any(|said| answer.starts_with(said))
        || answer.contains("authenticated but not connected")
    {
        true => (Outcome::OutOfReach, Some(shorten(&answer))),
        false => not_an_answer(answer),
    }
}

#[cfg(test)]
mod tests {
    use domain::finding::Why;

    use super::super::conversation::tests::{server_that_says, whoever};
    use super::*;

    const GREETING: &str = "+OK The Microsoft Exchange POP3 service is ready.\r\n";
    const IN: &str = "+ \r\n+OK User successfully authenticated.\r\n";

    /// What comes of a server that says all of this, whatever it hears.
    async fn outcome(says: &str) -> Outcome {
        let ((ours, _theirs), (token, mailbox)) = (server_that_says(says).await, whoever());
        let decided = converse(ours, &token, &mailbox).await;
        decided.unwrap().0
    }

    #[tokio::test]
    async fn only_a_count_is_a_mailbox_and_only_exchanges_words_are_a_refusal() {
        assert_eq!(
            outcome(&format!("{GREETING}{IN}+OK 23 45678\r\n")).await,
            Outcome::Opened
        );
        let failure = "-ERR Authentication failure: unknown user name or bad password.\r\n";
        assert_eq!(
            outcome(&format!("{GREETING}+ \r\n{failure}")).await,
            Outcome::OutOfReach
        );
        let later = "-ERR User is authenticated but not connected.\r\n";
        assert_eq!(
            outcome(&format!("{GREETING}{IN}{later}")).await,
            Outcome::OutOfReach
        );
        for says in [
            "-ERR Server busy.\r\n".to_owned(),
            format!("{GREETING}-ERR Protocol error. 14\r\n"),
            format!("{GREETING}+ \r\n-ERR [SYS/TEMP] Server unavailable.\r\n"),
            format!("{GREETING}{IN}+OK\r\n"),
            format!("{GREETING}{IN}-ERR Server unavailable.\r\n"),
        ] {
            assert_eq!(outcome(&says).await, Outcome::Nothing(Why::NotAnAnswer), "{says}");
        }
    }
}
