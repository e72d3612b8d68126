//! The tour: the real window, driven through a whole onboarding, with a picture of every screen.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::display::{self, PrivateDesktop};
use crate::purpose::For;
use crate::setup;
use crate::stages::{Output, Stages};
use crate::ui;
use crate::workspace::{self, Outcome};

/// Names the folder for pictures, bundle and record to the test that is the tour.
pub const FOLDER: &str = "MAILGRANT_TOUR";

/// Names the language that it is driven in.
const LANGUAGE: &str = "MAILGRANT_TOUR_LANGUAGE";

/// Names the platform that it is driven for.
const PLATFORM: &str = "MAILGRANT_TOUR_PLATFORM";

/// The part that is of one platform, among the tests.
const OF_A_PLATFORM: &str = "platform::";

/// What the tour needs of the workspace: the wizard, and the test that drives it. The whole workspace decides about
/// features, as in a test run, so that neither builds what the other built.
const BUILD: &[&str] = &[
    "build",
    "--workspace",
    "--bin",
    "mailgrant",
    "--test",
    "tour",
    "--locked",
];
const DRIVE: &[&str] = &[
    "test",
    "--workspace",
    "--test",
    "tour",
    "--locked",
    "--",
    "--nocapture",
];

/// What names one of its parts on the command line, and among the tests.
const PARTS: [(&str, &str); 4] = [
    ("--renew", "renewal::"),
    ("--adopt", "adoption::"),
    ("--certificate", "certificate::"),
    ("--group", "group::"),
];

/// Where the tour leaves what it saw.
pub fn folder() -> PathBuf {
    workspace::target().join("tour")
}

/// How the tour is driven.
#[derive(Debug, Default, PartialEq)]
struct How<'a> {
    /// How often in a row, each on a desktop of its own.
    times: Option<u32>,
    /// In which language; without one, in that of the desktop.
    language: Option<&'a str>,
    /// Among the tests, the one part that is driven.
    part: Option<&'static str>,
    /// For which platform, by its profile's id.
    platform: Option<&'a str>,
}

/// Runs the tour alone: once, or `--times N` in a row; `--language TAG` in a language; `--renew`, `--adopt`, `--certificate`,
/// `--group` or `--platform ID` only that of a renewal, of an app that is taken over, of a certificate, of a limit by a group, or of
/// one platform.
pub fn run(rest: &[&str]) -> Outcome {
    let how = how(rest)?;
    let mut stages = Stages::begin();
    let outcome = drive(&mut stages, &how);
    if outcome.is_ok() {
        println!("pictures and files: {}", folder().display());
    }
    stages.end(outcome)
}

fn how<'a>(rest: &[&'a str]) -> Outcome<How<'a>> {
    let part_of = |word: &str| PARTS.into_iter().find(|(name, _)| *name == word);
    let mut how = How {
        part: rest.iter().find_map(|word| part_of(word)).map(|(_, tests)| tests),
        ..How::default()
    };
    let rest: Vec<&str> = rest
        .iter()
        .copied()
        .filter(|word| part_of(word).is_none())
        .collect();
    for pair in rest.chunks(2) {
        match pair {
            ["--times", number] => {
                let times = number.parse().ok().filter(|times| *times > 0);
                how.times = Some(times.ok_or_else(|| format!("{number} is no number of tours"))?);
            }
            ["--language", tag] => how.language = Some(tag),
            ["--platform", id] => (how.part, how.platform) = (Some(OF_A_PLATFORM), Some(*id)),
            _ => {
                return Err(String::from(
                    "tour takes nothing, --renew, --adopt, --certificate, --group, --platform and the id of a profile, --times and a number, or --language and a tag such as de or en-XA",
                ));
            }
        }
    }
    Ok(how)
}

fn drive(stages: &mut Stages, how: &How<'_>) -> Outcome {
    let times = how.times.unwrap_or(1);
    stages.timed("set up", |_| setup::run(For::Touring))?;
    stages.timed("window's content: build", |_| ui::build())?;
    let mut cargo = workspace::cargo();
    cargo.args(BUILD);
    stages.run("build", cargo, Output::IfItFails)?;
    let mut failures = Vec::new();
    for number in 1..=times {
        let name = match times {
            1 => String::from("tour"),
            _ => format!("tour {number} of {times}"),
        };
        let begun = Instant::now();
        if let Err(reason) = once(stages, &name, how) {
            failures.push(format!("{name}: {reason}"));
            keep_failed(number)?;
        }
        if times > 1 {
            println!(
                "{name}: {:.0} s; {} failed so far",
                begun.elapsed().as_secs_f64(),
                failures.len()
            );
        }
    }
    if times > 1 {
        println!("{times} tours in a row, {} failed", failures.len());
    }
    match failures.len() {
        0 => Ok(()),
        failed => Err(format!("{failed} of {times} failed: {}", failures.join("; "))),
    }
}

fn once(stages: &mut Stages, name: &str, how: &How<'_>) -> Outcome {
    let desktop = PrivateDesktop::start()?;
    stages.run(name, driven_on(&desktop, how), Output::Always)
}

fn driven_on(desktop: &PrivateDesktop, how: &How<'_>) -> Command {
    let mut tour = workspace::cargo();
    tour.args(DRIVE);
    tour.args(how.part);
    desktop.dress(&mut tour);
    display::name_programs(&mut tour, "debug");
    tour.env(FOLDER, folder());
    if let Some(tag) = how.language {
        tour.env(LANGUAGE, tag);
    }
    if let Some(id) = how.platform {
        tour.env(PLATFORM, id);
    }
    tour
}

/// Keeps what a failed tour left, which the next one would overwrite.
fn keep_failed(number: u32) -> Outcome {
    let kept = workspace::target().join(format!("tour-failed-{number}"));
    if kept.exists() {
        fs::remove_dir_all(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    }
    if folder().exists() {
        fs::rename(folder(), &kept).map_err(|error| format!("{}: {error}", kept.display()))?;
        println!("what it left: {}", kept.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tour_is_driven_as_often_and_in_the_language_that_is_said() {
        assert_eq!(how(&[]), Ok(How::default()));
        let all = how(&["--times", "30", "--language", "de"]).unwrap();
        assert_eq!((all.times, all.language), (Some(30), Some("de")));
        assert_eq!(
            how(&["--renew", "--language", "de"]).unwrap().part,
            Some("renewal::")
        );
        let of_a_platform = how(&["--platform", "logicaldoc"]).unwrap();
        assert_eq!(
            (of_a_platform.part, of_a_platform.platform),
            (Some("platform::"), Some("logicaldoc"))
        );
        for wrong in [
            &["--platform"][..],
            &["--times", "0"],
            &["--times", "many"],
            &["--times"],
            &["--language"],
            &["30"],
        ] {
            assert!(how(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_built_for_the_tour_is_what_the_tests_build() {
        for command in [BUILD, DRIVE] {
            assert!(command.contains(&"--workspace") && command.contains(&"--locked"));
        }
    }
}
