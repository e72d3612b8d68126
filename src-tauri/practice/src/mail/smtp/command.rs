//! What a mail program says by SMTP, read from bytes (RFC 5321, 3030, 3207, 4954, 6531). A pure function.

/// The longest address in bytes (RFC 5321 §4.5.3.1.3), with room for letters outside ASCII.
const ADDRESS_AT_MOST: usize = 1_000;

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// `EHLO`, and whether it was the older `HELO`.
    Hello {
        old: bool,
    },
    StartTls,
    Auth {
        mechanism: String,
        initial: Option<String>,
    },
    /// The address, empty for a bounce, and the announced size in bytes.
    Mail {
        from: String,
        size: Option<u64>,
    },
    Recipient(String),
    Data,
    /// The length of the chunk in bytes, and whether it is the last.
    Chunk {
        length: u64,
        last: bool,
    },
    Reset,
    Noop,
    Verify,
    Help,
    Quit,
}

/// What is wrong with a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No such command; its name, safe to be shown.
    Unknown(String),
    /// The command is known, its arguments are not understood.
    Arguments,
}

/// Reads one line without its line end.
pub(crate) fn parse(line: &[u8]) -> Result<Command, Fault> {
    let Ok(line) = std::str::from_utf8(line) else {
        return Err(Fault::Unknown(String::new()));
    };
    if line.contains('\0') {
        return Err(Fault::Unknown(String::new()));
    }
    let line = line.trim_end();
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let nothing_else = |command: Command| {
        if rest.is_empty() {
            Ok(command)
        } else {
            Err(Fault::Arguments)
        }
    };
    match verb.to_ascii_uppercase().as_str() {
        "EHLO" | "HELO" if rest.is_empty() => Err(Fault::Arguments),
        "EHLO" => Ok(Command::Hello { old: false }),
        "HELO" => Ok(Command::Hello { old: true }),
        "STARTTLS" => nothing_else(Command::StartTls),
        "AUTH" => auth(rest),
        "MAIL" => {
            let (from, parameters) = path(rest, "FROM:").ok_or(Fault::Arguments)?;
            let mut size = None;
            for parameter in parameters.split_whitespace() {
                let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
                if name.eq_ignore_ascii_case("SIZE") {
                    size = Some(value.parse().map_err(|_| Fault::Arguments)?);
                }
            }
            Ok(Command::Mail { from, size })
        }
        "RCPT" => match path(rest, "TO:") {
            Some((to, _)) if !to.is_empty() => Ok(Command::Recipient(to)),
            _ => Err(Fault::Arguments),
        },
        "DATA" => nothing_else(Command::Data),
        "BDAT" => {
            let mut words = rest.split_whitespace();
            let length = words
                .next()
                .and_then(|word| word.parse().ok())
                .ok_or(Fault::Arguments)?;
            match words.next() {
                None => Ok(Command::Chunk { length, last: false }),
                Some(word) if word.eq_ignore_ascii_case("LAST") => Ok(Command::Chunk { length, last: true }),
                Some(_) => Err(Fault::Arguments),
            }
        }
        "RSET" => nothing_else(Command::Reset),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Verify),
        "HELP" => Ok(Command::Help),
        "QUIT" => nothing_else(Command::Quit),
        other => Err(Fault::Unknown(
            other.chars().filter(char::is_ascii_graphic).take(30).collect(),
        )),
    }
}

fn auth(rest: &str) -> Result<Command, Fault> {
    let mut words = rest.split_whitespace();
    let mechanism = words.next().ok_or(Fault::Arguments)?.to_ascii_uppercase();
    // "=" stands for an initial response that is empty (RFC 4954 §4).
    let initial = words
        .next()
        .map(|word| if word == "=" { "" } else { word }.to_owned());
    if words.next().is_some() {
        return Err(Fault::Arguments);
    }
    Ok(Command::Auth { mechanism, initial })
}

/// `FROM:<a@b> SIZE=3`: the address, and what follows it. Addresses without angle brackets are taken as well.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(String, &'a str)> {
    let start = rest.get(..keyword.len())?;
    if !start.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let rest = rest[keyword.len()..].trim_start();
    let (address, parameters) = match rest.strip_prefix('<') {
        Some(inner) => inner.split_once('>')?,
        None => rest.split_once(' ').unwrap_or((rest, "")),
    };
    // A route before the address is obsolete and is ignored (RFC 5321 §4.1.1.3).
    let address = match address.strip_prefix('@') {
        Some(route) => route.split_once(':')?.1,
        None => address,
    };
    let clean = address.len() <= ADDRESS_AT_MOST
        && !address.contains(|letter: char| letter.is_control() || letter == '<');
    clean.then(|| (address.trim().to_owned(), parameters))
}

/// Whether an address has the form of one.
pub(crate) fn is_address(address: &str) -> bool {
    address.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !address.contains(|letter: char| {
                letter.is_whitespace() || letter.is_control() || "<>,;".contains(letter)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn commands_of_real_programs_are_read() {
        assert_eq!(parse(b"EHLO [127.0.0.1]"), Ok(Command::Hello { old: false }));
        assert_eq!(
            parse(b"mail from:<a@b.example> SIZE=12 BODY=8BITMIME SMTPUTF8"),
            Ok(Command::Mail {
                from: "a@b.example".into(),
                size: Some(12)
            })
        );
        assert_eq!(
            parse(b"MAIL FROM:<>"),
            Ok(Command::Mail {
                from: String::new(),
                size: None
            })
        );
        assert_eq!(
            parse(b"RCPT TO: <@x,@y:a@b.example> NOTIFY=NEVER"),
            Ok(Command::Recipient("a@b.example".into()))
        );
        assert_eq!(
            parse("RCPT TO:<jürgen@bücher.example>".as_bytes()),
            Ok(Command::Recipient("jürgen@bücher.example".into()))
        );
        assert_eq!(
            parse(b"AUTH xoauth2 dXNl"),
            Ok(Command::Auth {
                mechanism: "XOAUTH2".into(),
                initial: Some("dXNl".into())
            })
        );
        assert_eq!(
            parse(b"BDAT 86 LAST"),
            Ok(Command::Chunk {
                length: 86,
                last: true
            })
        );
    }

    #[test]
    fn faults_are_told_apart() {
        for line in [
            "EHLO",
            "RCPT TO:<>",
            "RCPT FROM:<a@b>",
            "MAIL TO:<a>",
            "BDAT x",
            "BDAT 1 MORE",
            "AUTH",
            "DATA x",
        ] {
            assert_eq!(parse(line.as_bytes()), Err(Fault::Arguments), "{line}");
        }
        assert_eq!(parse(b"X\x01YZ z"), Err(Fault::Unknown("XYZ".into())));
        assert_eq!(parse(b"\xff"), Err(Fault::Unknown(String::new())));
        assert!(
            is_address("a.b+c@d.example") && !is_address("a@") && !is_address("a b@c") && !is_address("a")
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_line(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn any_words_are_a_line(words in proptest::collection::vec("MAIL|RCPT|FROM:|TO:|<|>|@|a|BDAT|1|AUTH|=|é| ", 0..8)) {
            let _ = parse(words.concat().as_bytes());
        }
    }
}
