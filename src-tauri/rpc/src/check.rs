//! A connection checked again from the command line: what is asked, what is answered, and with which exit code.
//!
//! No window is needed and none is opened; with a sign-in the host opens the browser. What is written goes to people or, as
//! JSON that docs/check.schema.json describes, to programs. No secret is in any of it.

mod json;
mod page;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bundle::files::write_beside;
use bundle::read::RecordRead;
use domain::ids::ConnectionId;
use domain::message;
use domain::message::{Arg, Join, Kind};
use domain::problem::{Code, Evidence, Problem, Retry};
use domain::text::shown;
use engine::event::Tenancy;
use jiff::Timestamp;
use journey::Cloud;
use journey::check_again::{self, Checked, Here, Verdict};
use journey::data_folder::{DataFolder, remembered_language};
use journey::problems::not_written;
use journey::record_file;
use journey::steps::sign_in::{self, Came};
use journey::wizard::{Opening, Wizard};
use words::{Keys, Language, Speaker};

use crate::host::Outside;
use crate::session::{Options, keychain_of, read_profiles};

/// What is to be checked, and how.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The record, as the JSON that was exported.
    pub record: PathBuf,
    /// Whether an administrator signs in, so that everything is looked at.
    pub sign_in: bool,
    /// Whether it is a record of the practice organisation.
    pub practice: bool,
    /// Whether no other program may have the connections open meanwhile, beyond what a sign-in takes.
    pub alone: bool,
    /// Whether the answer is for a program.
    pub json: bool,
    /// Whether the answer is written beside the record as well, as a page and as JSON.
    pub save: bool,
}

/// How it went, as the program's exit code. docs/check.md and `--help` say what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything that was looked at is as it was recorded.
    AsRecorded,
    /// Something differs, or the secret ends within 30 days.
    Differs,
    /// It couldn't be checked.
    NotChecked,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::AsRecorded => 0,
            Self::Differs => 1,
            Self::NotChecked => 2,
        }
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What to write, with a line end at its end.
    pub text: String,
    /// The exit code.
    pub exit: Exit,
}

/// What was looked at, for both ways to write it.
struct Report<'a> {
    asked: &'a Asked,
    /// Where the file could be read.
    record: Option<&'a RecordRead>,
    outcome: Result<Checked, Problem>,
    now: Timestamp,
}

impl Report<'_> {
    fn exit(&self) -> Exit {
        match self.outcome.as_ref().map(Checked::verdict) {
            Ok(Verdict::AsRecorded) => Exit::AsRecorded,
            Ok(Verdict::Differs) => Exit::Differs,
            Ok(Verdict::NotChecked) | Err(_) => Exit::NotChecked,
        }
    }
}

/// Checks a record, changes nothing, and answers in the reader's language. `tell` hears what the reader has to know while
/// it runs: where to sign in.
pub async fn run(
    host: Arc<dyn Outside>,
    options: &Options,
    asked: &Asked,
    tell: &(dyn Fn(&str) + Sync),
) -> Answer {
    let chosen = remembered_language(&options.data).and_then(|tag| Language::of_tag(&tag));
    let language = options.languages.first(chosen);
    let speaker = Speaker::new(language, options.zone.clone(), options.clock.now());
    let read = record_file::open(&asked.record);
    let speaker = match &read {
        Ok(record) => speaker.for_keys(Keys::of(record.kind).by(record.method())),
        Err(_) => speaker,
    };
    let outcome = match &read {
        Ok(record) => check(&host, options, asked, record, &speaker, tell).await,
        Err(problem) => Err(problem.clone()),
    };
    let report = Report {
        asked,
        record: read.as_ref().ok(),
        outcome,
        now: options.clock.now(),
    };
    let speaker = speaker.at(report.now);
    let mut exit = report.exit();
    if asked.save && !saved(&report, &speaker, tell) && exit == Exit::AsRecorded {
        // Whoever asked for the files would take their absence for a check that never ran.
        exit = Exit::NotChecked;
    }
    let text = if asked.json {
        json::written(&report, &speaker)
    } else {
        seen(&text::written(&report, &speaker))
    };
    Answer { text, exit }
}

/// Writes the answer beside the record, where that could be read, and tells where or why not. Whether it was written.
fn saved(report: &Report<'_>, speaker: &Speaker, tell: &(dyn Fn(&str) + Sync)) -> bool {
    let Some(record) = report.record else { return false };
    let file = &report.asked.record;
    let folder = file.parent().unwrap_or(Path::new(""));
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = format!("{stem}-check-{}", report.now.strftime("%Y-%m-%d-%H%M%S"));
    let (page, json) = (
        page::written(report, record, speaker),
        json::written(report, speaker),
    );
    match write_beside(
        folder,
        &stem,
        &[("html", page.as_bytes()), ("json", json.as_bytes())],
    ) {
        Ok(names) => {
            let names = Arg::list(
                Join::Commas,
                names.into_iter().map(|name| Arg::name(Kind::File, name)),
            );
            tell(&seen(&speaker.say(&message!("check-saved", files = names))));
            true
        }
        Err(error) => {
            let problem = not_written(&error.place.display().to_string(), &error.source);
            tell(&seen(&speaker.problem(&problem).happened));
            false
        }
    }
}

async fn check(
    host: &Arc<dyn Outside>,
    options: &Options,
    asked: &Asked,
    record: &RecordRead,
    speaker: &Speaker,
    tell: &(dyn Fn(&str) + Sync),
) -> Result<Checked, Problem> {
    let tenancy = if asked.practice {
        Tenancy::Practice
    } else {
        Tenancy::Real(options.cloud)
    };
    // Said before anything is started for it.
    record_file::is_of(record, tenancy)?;
    // One program at a time writes to the notes of connections.
    let data = if asked.sign_in || asked.alone {
        Some(DataFolder::open(&options.data, &options.keychain)?)
    } else {
        None
    };
    let (cloud, platform_key) = cloud(host, tenancy).await?;
    record_file::is_in(record, &cloud)?;
    let keychain = keychain_of(options, tenancy);
    let Some(data) = data.filter(|_| asked.sign_in) else {
        let here = Here {
            data: &options.data,
            keychain: &keychain,
            cloud,
            clock: options.clock.clone(),
            trace: options.trace.clone(),
        };
        return check_again::with_own_key(here, record).await;
    };
    let id = record.connection.ok_or_else(|| record_file::too_old(record))?;
    if !data.list().iter().any(|listed| listed.id == id) {
        return Err(not_here(id));
    }
    let mut wizard = Wizard::resume(Opening {
        journal: data.journal(id, options.trace.clone())?,
        profiles: Arc::new(read_profiles(options).0),
        cloud,
        clock: options.clock.clone(),
        keychain,
        platform_key,
        trace: options.trace.clone(),
    })?;
    // What a file says of its cloud can be edited; what was written down here can't.
    if let Tenancy::Real(theirs) = wizard.tenancy()
        && tenancy != wizard.tenancy()
    {
        return Err(record_file::lives_in(theirs));
    }
    if let Some(problem) = wizard.read_only() {
        return Err(problem);
    }
    check_again::is_whole(&wizard)?;
    let attempt = sign_in::attempt(&wizard, &[]).map_err(|words| {
        Problem::said(Code::SignInClient, words)
            .retry(Retry::AfterYouAct)
            .exists(message!("problems-nothing-changed"))
    })?;
    let open = |address: &url::Url| {
        tell(&seen(&speaker.say(&message!(
            "check-open-browser",
            address = Arg::theirs(address.as_str())
        ))));
        // The address was told, so a browser that doesn't open leaves a way.
        drop(host.open_browser(address.as_str()));
    };
    match sign_in::act(&attempt, &open, &speaker.voice()).await? {
        Came::Somebody(somebody) => drop(sign_in::adopt(&mut wizard, *somebody)?),
        Came::Nobody => {
            return Err(Problem::said(Code::SignInDeclined, message!("check-nobody-came"))
                .exists(message!("problems-nothing-changed")));
        }
    }
    check_again::may_look(&wizard)?;
    check_again::signed_in(&mut wizard, record).await
}

async fn cloud(host: &Arc<dyn Outside>, tenancy: Tenancy) -> Result<(Cloud, Option<String>), Problem> {
    match tenancy {
        Tenancy::Real(cloud) => Ok((Cloud::of(cloud), None)),
        Tenancy::Practice => {
            let practice = host.start_practice().await.map_err(|why| {
                Problem::said(Code::PracticeNotStarted, message!("wizard-practice-not-started")).evidence(
                    Evidence {
                        message: Some(why),
                        ..Evidence::default()
                    },
                )
            })?;
            Ok((practice.cloud, Some(practice.platform_key)))
        }
    }
}

fn not_here(id: ConnectionId) -> Problem {
    Problem::said(Code::ConnectionElsewhere, message!("check-not-here"))
        .retry(Retry::AfterYouAct)
        .exists(message!("problems-nothing-changed"))
        .evidence(Evidence {
            message: Some(id.to_string()),
            ..Evidence::default()
        })
}

/// A text for a terminal. Others wrote the names in it, and what turns a line or moves the cursor is left out.
fn seen(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for line in text.split('\n') {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.extend(line.chars().filter_map(shown));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_steer_a_terminal() {
        assert_eq!(seen("a\u{1b}[2Jb\u{202e}c\r\nd\n\n"), "a[2Jbc \nd\n\n");
    }

    #[test]
    fn each_outcome_has_its_number() {
        let codes = [Exit::AsRecorded, Exit::Differs, Exit::NotChecked].map(Exit::code);
        assert_eq!(codes, [0, 1, 2]);
    }
}
