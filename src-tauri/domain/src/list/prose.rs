//! What stands around a list in a mail or a ticket, and was never meant as an entry: greetings, sentences, headings,
//! comments, telephone numbers, links, signatures.

use super::{table, tidy};

/// How a greeting begins.
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "dear",
    "hallo",
    "liebe",
    "lieber",
    "guten",
    "moin",
    "servus",
    "sehr",
    "good",
    "bonjour",
    "cher",
    "chère",
    "hola",
    "estimado",
    "estimada",
    "buenos",
    "buenas",
    "ciao",
    "buongiorno",
    "gentile",
    "beste",
    "olá",
    "hej",
];

/// How the end of a letter begins. What follows below is a signature.
const CLOSINGS: &[&str] = &[
    "thanks",
    "thank you",
    "many thanks",
    "kind regards",
    "best regards",
    "warm regards",
    "regards",
    "best wishes",
    "cheers",
    "sincerely",
    "yours",
    "mit freundlichen",
    "mit besten",
    "freundliche grüße",
    "viele grüße",
    "beste grüße",
    "liebe grüße",
    "schöne grüße",
    "vielen dank",
    "danke",
    "grüße",
    "gruß",
    "mfg",
    "cordialement",
    "bien cordialement",
    "bien à vous",
    "merci",
    "salutations",
    "saludos",
    "un saludo",
    "atentamente",
    "gracias",
    "muchas gracias",
    "cordiali saluti",
    "distinti saluti",
    "grazie",
    "met vriendelijke",
    "groeten",
    "bedankt",
    "atenciosamente",
    "obrigado",
    "obrigada",
    "sent from my",
    "gesendet von",
    "von meinem iphone",
    "envoyé de",
    "get outlook for",
];

/// Addresses of other kinds, which stand beside those of mail among a mailbox's proxy addresses.
const OTHER_KINDS: &[&str] = &["x500:", "x400:", "spo:", "eum:", "sip:"];

/// A line, as far as it is known when one asks what it is.
pub(super) struct Line<'a> {
    pub text: &'a str,
    /// Whether it holds an address or an id.
    pub has_entry: bool,
}

/// Which lines are nothing but words around a list. Asked only where there is an address somewhere: a text without any
/// is all that somebody has.
pub(super) fn around_a_list(lines: &[Line<'_>]) -> Vec<bool> {
    let mut signed = false;
    let mut sentence_goes_on = false;
    let mut first = true;
    let mut around = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        if !text.chars().any(char::is_alphanumeric) {
            signed |= line.text.trim_end() == "--";
            sentence_goes_on = false;
            around.push(false);
            continue;
        }
        if line.has_entry || text.contains('@') && !is_of_another_kind(text) {
            // Whatever was meant as an address counts, wherever it stands.
            sentence_goes_on = false;
            first = false;
            around.push(false);
            continue;
        }
        // Behind a signature may come what was forgotten.
        signed = !begins(text, &["ps:", "p.s."]) && (signed || closes(text));
        let sentence = is_sentence(text);
        let is_around = signed
            || sentence
            || sentence_goes_on && text.split_whitespace().count() > 1
            || greets(text, first)
            || is_heading(text, first)
            || lines.get(index + 1).is_some_and(|below| is_ruler(below.text))
            || text.starts_with("---") && text.ends_with("---")
            || is_comment(text)
            || is_labelled(text)
            || is_of_another_kind(text)
            || is_link(text)
            || is_number(text);
        sentence_goes_on =
            (sentence || sentence_goes_on && is_around) && !text.ends_with(['.', ':', '!', '?']);
        first = false;
        around.push(is_around);
    }
    around
}

/// What stands before a telephone number.
const TELEPHONES: &[&str] = &[
    "tel",
    "phone",
    "fax",
    "mobil",
    "mobile",
    "cell",
    "telefon",
    "t",
    "f",
    "m",
    "p",
    "tél",
    "téléphone",
];

/// A telephone number, a date, a time: digits and signs with no word among them. Digits alone may be a name, and so may a
/// letter with a few behind it.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim_matches(tidy::around);
    let label = text.trim_end_matches(|c: char| !c.is_alphabetic());
    let number = text.get(label.len()..).unwrap_or_default();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let signs = number.chars().filter(|c| !c.is_ascii_digit()).count();
    let plain = number.chars().all(|c| {
        c.is_ascii_digit() || matches!(c, '+' | '-' | '/' | '.' | ':' | '(' | ')' | ' ' | ',' | '–')
    });
    let telephone = digits >= 5 && TELEPHONES.contains(&label.to_lowercase().as_str());
    plain && digits > 0 && signs > 0 && (label.is_empty() || telephone)
}

fn is_of_another_kind(text: &str) -> bool {
    begins(text, OTHER_KINDS)
}

fn begins(text: &str, with: &[&str]) -> bool {
    let lower = text.trim_start_matches(tidy::around).to_lowercase();
    with.iter().any(|start| lower.starts_with(start))
}

fn words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// Names of mailboxes have few words and no full stop behind them.
fn is_sentence(text: &str) -> bool {
    // Several names in a line are apart by commas.
    let longest = text.split([',', ';', '\t']).map(words).max().unwrap_or_default();
    text.ends_with(':') || longest >= 7 || words(text) >= 4 && text.ends_with(['.', '!', '?'])
}

/// Whether a text is the one word of a greeting.
pub(super) fn is_greeting(text: &str) -> bool {
    GREETINGS.contains(&text.to_lowercase().as_str())
}

/// Dashes under the headings of several columns.
fn is_ruler(line: &str) -> bool {
    line.trim().contains("- ") && line.contains("---") && line.chars().all(|c| matches!(c, '-' | ' '))
}

/// "Hi Tom," is a greeting; `hello` alone is a mailbox's name more often than not.
fn greets(text: &str, first: bool) -> bool {
    let mut words = text.split_whitespace();
    let word = words.next().unwrap_or_default();
    let bare = word
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let rest = words.count();
    first && GREETINGS.contains(&bare.as_str()) && (1..=4).contains(&rest)
        || first && rest == 0 && GREETINGS.contains(&bare.as_str()) && word.ends_with([',', '!'])
}

/// Whether a text ends a letter: "Thanks, Tom".
pub(super) fn closes(text: &str) -> bool {
    let lower = text.to_lowercase();
    let closing = CLOSINGS.iter().any(|closing| {
        lower
            .strip_prefix(closing)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '.'))
    });
    closing && words(text) <= 6 && !text.ends_with(':')
}

/// A heading of a column or a list: "E-Mail-Adresse".
fn is_heading(text: &str, first: bool) -> bool {
    first && table::names_addresses(text)
}

fn is_comment(text: &str) -> bool {
    ["# ", "// ", "-- ", "; ", "rem "]
        .iter()
        .any(|mark| text.to_lowercase().starts_with(mark))
        || text.starts_with('$') && text.contains('=')
}

/// "Subject: mailboxes", unless the label says that a mailbox follows.
fn is_labelled(text: &str) -> bool {
    text.split_once(':').is_some_and(|(label, value)| {
        let label = label.trim_start_matches(['-', '*', ' ']);
        !value.trim().is_empty()
            && words(label) == 1
            && label.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_'))
            && !table::names_loosely(label)
    })
}

fn is_link(text: &str) -> bool {
    begins(text, &["http://", "https://", "www."]) && !text.contains(char::is_whitespace)
}
