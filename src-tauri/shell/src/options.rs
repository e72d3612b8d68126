//! What can be said on the command line.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use domain::cloud::CloudId;
use words::Language;

/// Connects a mail platform to exactly the Microsoft 365 mailboxes you name, and proves it.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "mailgrant", version)]
pub struct Options {
    /// What to do instead of opening the wizard.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Begin with a connection to the practice organisation; with `check`, the record is of practice.
    #[arg(long, global = true)]
    pub practice: bool,

    /// Keep connections in this folder instead of the usual one.
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,

    /// Speak this language, whatever the computer and the Help page say: en, de, or en-XA, which is English made longer.
    #[arg(long, value_name = "TAG", value_parser = language, global = true)]
    pub language: Option<Language>,

    /// The cloud of Microsoft's in which connections are begun, found and checked: global (with GCC), gcc-high, dod or
    /// china. docs/clouds.md says where each answers, and what of it isn't certain.
    #[arg(long, value_name = "NAME", value_parser = cloud, global = true, conflicts_with = "practice")]
    pub cloud: Option<CloudId>,

    /// How many mailboxes the practice organisation holds.
    #[arg(long, value_name = "N")]
    pub mailboxes: Option<u32>,

    /// Say on standard output when the window was painted, then go on. For measurements.
    #[arg(long, hide = true)]
    pub report_paint: bool,
}

/// What can be done without the wizard.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Check a connection again by its record. Changes nothing and opens no window.
    ///
    /// With the app's own key alone, which lies in the keychain of whoever made the connection on this computer: the
    /// recorded mailboxes must still answer or refuse. What only an administrator can read isn't looked at, and that is
    /// said. For schedulers.
    #[command(after_help = EXIT_CODES)]
    Check(Check),

    /// For whoever writes a platform's profile.
    #[command(subcommand)]
    Profile(Profile),
}

/// What can be done with a profile's file.
#[derive(Clone, Debug, Subcommand)]
pub enum Profile {
    /// Say what the wizard will do with a profile, or where and why it refuses it. docs/profiles.md explains the file.
    #[command(after_help = PROFILE_EXIT_CODES)]
    Check {
        /// The profile: a file that ends in .toml.
        file: PathBuf,
    },
}

/// What `check` is told.
#[derive(Args, Clone, Debug)]
pub struct Check {
    /// The record: the file that ends in .json among those that were exported.
    pub record: PathBuf,

    /// Have an administrator sign in through the browser, and look at everything.
    #[arg(long)]
    pub sign_in: bool,

    /// Write the answer beside the record as well, as a page and as JSON.
    #[arg(long)]
    pub save: bool,

    /// Answer in JSON, as docs/check.schema.json describes it.
    #[arg(long)]
    pub json: bool,
}

/// How a command line that isn't understood ends: `EX_USAGE` of BSD's sysexits, so that it is no outcome of a check.
pub const USAGE: u8 = 64;

const EXIT_CODES: &str = "Exit codes:
   0  everything that was looked at is as it was recorded
   1  something differs, or the secret ends within 30 days
   2  it couldn't be checked; the answer says why
  64  the command line isn't understood

The secret is read from the keychain and stands in no argument, variable or output.";

const PROFILE_EXIT_CODES: &str = "Exit codes:
   0  the file is good
   1  the wizard would refuse it
   2  it couldn't be read
  64  the command line isn't understood";

fn language(tag: &str) -> Result<Language, String> {
    Language::of_tag(tag).ok_or_else(|| format!("Mailgrant doesn't speak {tag}"))
}

fn cloud(name: &str) -> Result<CloudId, String> {
    CloudId::of_name(name).ok_or_else(|| format!("Mailgrant knows no cloud {name}"))
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
    fn a_cloud_is_one_that_is_known() {
        let options = |line: &[&str]| Options::try_parse_from(std::iter::once(&"mailgrant").chain(line));
        assert_eq!(options(&["--cloud", "dod"]).unwrap().cloud, Some(CloudId::Dod));
        let check = options(&["check", "r.json", "--cloud", "gcc-high"]).unwrap();
        assert_eq!(check.cloud, Some(CloudId::GccHigh));
        assert!(options(&["--cloud", "germany"]).is_err());
        assert!(options(&["--cloud", "china", "--practice"]).is_err());
    }

    #[test]
    fn a_check_is_told_its_record_and_how() {
        let line = [
            "mailgrant",
            "check",
            "r.json",
            "--json",
            "--practice",
            "--data",
            "d",
        ];
        let options = Options::try_parse_from(line).unwrap();
        let Some(Command::Check(check)) = options.command else {
            panic!("no check")
        };
        assert_eq!(
            (check.record, check.json, check.sign_in),
            ("r.json".into(), true, false)
        );
        assert!(options.practice && options.data.is_some());
        for wrong in [
            &["check"][..],
            &["check", "a", "b"],
            &["check", "a", "--secret", "x"],
            &["chekc", "a"],
        ] {
            let line = std::iter::once(&"mailgrant").chain(wrong);
            assert!(Options::try_parse_from(line).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_profile_is_told_by_its_file() {
        let options =
            Options::try_parse_from(["mailgrant", "profile", "check", "a.toml", "--language", "de"]);
        let Some(Command::Profile(Profile::Check { file })) = options.unwrap().command else {
            panic!("no profile")
        };
        assert_eq!(file, PathBuf::from("a.toml"));
        for wrong in [&["profile"][..], &["profile", "check"], &["profile", "a.toml"]] {
            let line = std::iter::once(&"mailgrant").chain(wrong);
            assert!(Options::try_parse_from(line).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_word_too_much_is_refused() {
        assert!(Options::try_parse_from(["mailgrant", "--endpoint", "https://elsewhere.test"]).is_err());
    }
}
