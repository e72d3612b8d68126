//! Passphrases: how strong one is that somebody typed, why a weak one isn't taken, and six words drawn instead.
//!
//! The estimate is zxcvbn's. It copies the passphrase and parts of it into texts of its own; they are freed before
//! [`refuse`] returns, and what is freed is wiped (decision 0024).

use bip39::Language;
use domain::message;
use domain::message::Message;
use domain::secret::Secret;
use zeroize::Zeroizing;
use zxcvbn::matching::Match;
use zxcvbn::matching::patterns::MatchPattern;

/// How many characters a passphrase has at least.
pub(crate) const LEAST: usize = 12;

/// How many guesses it has to withstand, as an exponent of ten. A try costs about a second of a processor; a thousand
/// of them, ten tries a second each, would need three years, and by then the secret in the file has ended.
const GUESSES: f64 = 12.0;

/// What stands between words beside white space.
const SEPARATORS: [char; 4] = ['-', '_', '.', ','];

/// How many words are drawn, and how many a fingerprint has. Each stands for 11 bits, so six are 66 bits.
pub(crate) const WORDS: usize = 6;

/// Why a passphrase isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassphraseError {
    /// It has too few characters.
    TooShort,
    /// It is made of the names in this connection.
    OwnNames,
    /// It repeats itself.
    Repeats,
    /// It counts, or follows the keys of a keyboard.
    Row,
    /// It is a date or a year, with little beside it.
    Date,
    /// It is one of the passwords that everybody tries.
    Common,
    /// It is none of these and yet too little.
    TooPlain,
}

impl PassphraseError {
    /// It in words, with what to do.
    pub fn words(self) -> Message {
        match self {
            Self::TooShort => message!("export-passphrase-too-short", least = LEAST),
            Self::OwnNames => message!("export-passphrase-own-names"),
            Self::Repeats => message!("export-passphrase-repeats"),
            Self::Row => message!("export-passphrase-row"),
            Self::Date => message!("export-passphrase-date"),
            Self::Common => message!("export-passphrase-common"),
            Self::TooPlain => message!("export-passphrase-too-plain"),
        }
    }
}

/// Why a passphrase isn't taken, if it isn't. The names are what somebody who knows this connection would try first.
pub(crate) fn refuse(typed: &str, names: &[String]) -> Option<PassphraseError> {
    let typed = typed.trim();
    if typed.chars().count() < LEAST {
        return Some(PassphraseError::TooShort);
    }
    let names = pieces(names);
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    // Spaces between the letters of a word or the digits of a number would hide it from the estimate.
    let joined = Zeroizing::new(
        typed
            .chars()
            .filter(|c| !c.is_whitespace() && !SEPARATORS.contains(c))
            .collect::<String>(),
    );
    let [apart, together] = [typed, &joined].map(|text| zxcvbn::zxcvbn(text, &known));
    let weaker = if together.guesses_log10() < apart.guesses_log10() {
        together
    } else {
        apart
    };
    (weaker.guesses_log10() < GUESSES).then(|| reason(weaker.sequence(), &names))
}

/// What a weak one is told for: names first, then what takes up most of it.
fn reason(parts: &[Match], names: &[String]) -> PassphraseError {
    if parts.iter().any(|part| is_named(part, names)) {
        return PassphraseError::OwnNames;
    }
    let most = parts.iter().max_by_key(|part| part.j - part.i);
    match most.map(|part| &part.pattern) {
        Some(MatchPattern::Repeat(_)) => PassphraseError::Repeats,
        Some(MatchPattern::Spatial(_) | MatchPattern::Sequence(_)) => PassphraseError::Row,
        Some(MatchPattern::Date(_) | MatchPattern::Regex(_)) => PassphraseError::Date,
        Some(MatchPattern::Dictionary(_)) => PassphraseError::Common,
        Some(MatchPattern::BruteForce) | None => PassphraseError::TooPlain,
    }
}

/// Whether a part of the passphrase, or what it repeats, is one of the names.
fn is_named(part: &Match, names: &[String]) -> bool {
    match &part.pattern {
        MatchPattern::Dictionary(found) => names.contains(&found.matched_word),
        MatchPattern::Repeat(repeated) => repeated.base_matches.iter().any(|base| is_named(base, names)),
        _ => false,
    }
}

/// Names as somebody would put them into a passphrase: whole, without what stands between their words, and each word.
fn pieces(names: &[String]) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut add = |piece: String| {
        // Shorter ones stand in many words by chance.
        if piece.chars().count() >= 3 && !pieces.contains(&piece) {
            pieces.push(piece);
        }
    };
    for name in names.iter().map(|name| name.to_lowercase()) {
        let words: Vec<&str> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        add(words.concat());
        for word in words {
            add(word.to_owned());
        }
        add(name);
    }
    pieces
}

/// Draws six words with the randomness of the operating system.
pub fn draw() -> Result<Secret, getrandom::Error> {
    let mut drawn = Zeroizing::new([0u8; (WORDS * 11).div_ceil(8)]);
    getrandom::fill(drawn.as_mut_slice())?;
    Ok(Secret::new(in_words(drawn.as_slice())))
}

/// The first bits of some bytes in six words, 11 at a time, by BIP 39's English list. Its words are common, have four
/// letters that tell them apart, and the list is frozen.
pub(crate) fn in_words(bytes: &[u8]) -> String {
    let list = Language::English.word_list();
    let bit = |at: usize| usize::from(bytes[at / 8] >> (7 - at % 8) & 1);
    let word = |n: usize| list[(n * 11..n * 11 + 11).fold(0, |index, at| index << 1 | bit(at))];
    let mut words = String::with_capacity(WORDS * 9);
    for n in 0..WORDS {
        if n > 0 {
            words.push(' ');
        }
        words.push_str(word(n));
    }
    words
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sample::english;

    /// Why one isn't taken in a connection of Contoso's.
    fn why(typed: &str) -> Option<PassphraseError> {
        let names = [
            "Mailgrant",
            "Sinch Contact Pro",
            "Contoso Practice",
            "contoso.example",
            "support@contoso.example",
            "Contoso Support",
            "Dana Reyes",
        ];
        refuse(typed, &names.map(str::to_owned))
    }

    #[test]
    fn what_is_short_is_refused() {
        for short in ["", "elevenchars", "             ", "   eleven chr   ", "äöüäöü"] {
            assert_eq!(why(short), Some(PassphraseError::TooShort), "{short}");
        }
        let said = (english().say)(&PassphraseError::TooShort.words().into());
        assert!(said.starts_with("Use at least 12 characters"), "{said}");
    }

    #[test]
    fn what_is_quickly_guessed_is_refused_and_says_why() {
        use PassphraseError::{Common, Date, OwnNames, Repeats, Row};
        let cases = [
            ("aaaaaaaaaaaa", Repeats),
            ("abcabcabcabcabc", Repeats),
            ("passwordpassword", Repeats),
            ("123456789012", Row),
            ("qwertyuiop[]", Row),
            ("abcdefghijklmnop", Row),
            ("Sinch Contact Pro", OwnNames),
            ("sinchcontactpro", OwnNames),
            ("S1nchC0ntactPr0", OwnNames),
            ("SinchContactPro2026!", OwnNames),
            ("contosopractice", OwnNames),
            ("contoso.example", OwnNames),
            ("support@contoso.example", OwnNames),
            ("contosocontosocontoso", OwnNames),
            ("Mailgrant2026!", OwnNames),
            ("mailgrantmailgrant", OwnNames),
            ("danareyes2026", OwnNames),
            ("24.12.1985 24.12.1985", Repeats),
            ("password1234!", Common),
            ("Passw0rd2026!", Common),
            ("iloveyou12345", Common),
            ("31.12.1999x2026", Date),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .map(|(typed, reason)| (typed, Some(*reason), why(typed)))
            .filter(|(_, reason, told)| reason != told)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        for other in [
            "1234567890123456",
            "1234 5678 9012 3456",
            "trustno1trustno1",
            "p a s s w o r d 1 2",
        ] {
            assert!(why(other).is_some(), "{other}");
        }
    }

    #[test]
    fn what_is_strong_is_taken() {
        for strong in [
            "correct horse battery staple",
            "ложка дождь окно север",
            "violet harbour maple engine",
            "V7#qz!pL0e9&w",
            "Sinch plus marble tractor onion",
        ] {
            assert_eq!(why(strong), None, "{strong}");
        }
    }

    #[test]
    fn a_passphrase_of_any_length_is_estimated_at_once() {
        assert_eq!(why(&"a".repeat(1_000_000)), Some(PassphraseError::Repeats));
        assert_eq!(why(&"harbour ".repeat(100_000)), Some(PassphraseError::Repeats));
    }

    #[test]
    fn six_words_are_drawn_that_are_never_the_same_and_always_strong() {
        let list: BTreeSet<&str> = Language::English.word_list().iter().copied().collect();
        let mut all = BTreeSet::new();
        let mut used = BTreeSet::new();
        for _ in 0..200 {
            let drawn = draw().unwrap();
            // EXPOSE: a passphrase of a test.
            let words: Vec<String> = drawn.expose().split(' ').map(str::to_owned).collect();
            assert_eq!(words.len(), WORDS);
            assert!(words.iter().all(|word| list.contains(word.as_str())));
            assert_eq!(why(&words.join(" ")), None, "{words:?}");
            used.extend(words.iter().cloned());
            assert!(all.insert(words));
        }
        // 1,200 draws from 2,048 words leave about 908 different ones.
        assert!((800..1_010).contains(&used.len()), "{}", used.len());
    }
}
