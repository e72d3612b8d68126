//! What can be said on the command line.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Parser;
use words::Language;

/// Connects a mail platform to exactly the Microsoft 365 mailboxes you name, and proves it.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "mailgrant", version)]
pub struct Options {
    /// Begin with a connection to the practice organisation.
    #[arg(long)]
    pub practice: bool,

    /// Keep connections in this folder instead of the usual one.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// Speak this language, whatever the computer and the Help page say: en, de, or en-XA, which is English made longer.
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<Language>,

    /// How many mailboxes the practice organisation holds.
    #[arg(long, value_name = "N")]
    pub mailboxes: Option<u32>,

    /// Say on standard output when the window was painted, then go on. For measurements.
    #[arg(long, hide = true)]
    pub report_paint: bool,
}

fn language(tag: &str) -> Result<Language, String> {
    Language::of_tag(tag).ok_or_else(|| format!("Mailgrant doesn't speak {tag}"))
}

/// Writes a line for whoever started the program; nobody listening is no reason to fail.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_needed() {
        let options = Options::try_parse_from(["mailgrant"]).unwrap();
        assert!(!options.practice && options.data.is_none() && options.mailboxes.is_none());
    }

    #[test]
    fn a_language_is_one_that_is_spoken() {
        let options = |tag: &str| Options::try_parse_from(["mailgrant", "--language", tag]);
        assert_eq!(options("de").unwrap().language, Some(Language::German));
        assert_eq!(options("en-XA").unwrap().language, Some(Language::Pseudo));
        assert!(options("tlh").is_err());
    }

    #[test]
    fn a_word_too_much_is_refused() {
        assert!(Options::try_parse_from(["mailgrant", "--endpoint", "https://elsewhere.test"]).is_err());
    }
}
