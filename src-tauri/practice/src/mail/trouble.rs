//! Trouble on demand for the mail protocols: a command is matched as "PROTOCOL VERB", such as `IMAP AUTHENTICATE`.

use std::time::Duration;

use crate::running::RunningOrganisation;

/// What happens to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Struck {
    /// Nothing.
    Pass,
    /// The connection is cut and the command is not run.
    Cut,
    /// The command is run and the connection is cut before the answer.
    CutAfter,
    /// This line is the answer, and the command is not run.
    Refuse(String),
}

/// Counts a command and lets trouble strike it; a slow one is waited for here. `line` is the command as the client sent
/// it. Only its verb is looked at, because what follows may be a secret.
pub(crate) async fn strike(running: &RunningOrganisation, protocol: &'static str, line: &[u8]) -> Struck {
    let (tag, verb) = words(protocol, line);
    let Some(answer) = running.strike_command(protocol, &verb) else {
        return Struck::Pass;
    };
    if let Some(milliseconds) = answer.slow_milliseconds {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    match (answer.drop, answer.takes_effect) {
        (true, true) => Struck::CutAfter,
        (true, false) => Struck::Cut,
        (false, _) if answer.status.is_some() => {
            let text = answer.message.as_deref().unwrap_or("Trouble on demand.");
            // A line end in the message would be a second answer.
            let text = text.replace(['\r', '\n'], " ");
            Struck::Refuse(match protocol {
                "IMAP" => format!("{tag} NO {text}\r\n"),
                "POP" => format!("-ERR [SYS/TEMP] {text}\r\n"),
                _ => format!("451 4.3.2 {text}\r\n"),
            })
        }
        _ => Struck::Pass,
    }
}

/// The tag that an IMAP command begins with, and the verb.
fn words(protocol: &str, line: &[u8]) -> (String, String) {
    let mut words = line
        .split(|byte| byte.is_ascii_whitespace())
        .filter(|word| !word.is_empty());
    let mut word = |sound: fn(&u8) -> bool| {
        let word = words
            .next()
            .filter(|word| word.len() <= 32 && word.iter().all(sound));
        word.map(|word| String::from_utf8_lossy(word).into_owned())
    };
    let tag = (protocol == "IMAP")
        .then(|| word(u8::is_ascii_graphic))
        .flatten()
        .unwrap_or_else(|| "*".to_owned());
    let verb = word(u8::is_ascii_alphanumeric).unwrap_or_else(|| "?".to_owned());
    (tag, verb.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_is_found_and_nothing_else_is_kept() {
        let of = |protocol, line: &str| words(protocol, line.as_bytes());
        assert_eq!(of("IMAP", "a1 login joe secret"), ("a1".into(), "LOGIN".into()));
        assert_eq!(of("IMAP", ""), ("*".into(), "?".into()));
        assert_eq!(of("SMTP", "MAIL FROM:<a@b>"), ("*".into(), "MAIL".into()));
        assert_eq!(of("POP", "pass=word"), ("*".into(), "?".into()));
    }
}
