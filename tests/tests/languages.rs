//! Which language is spoken: that of the computer, or the one that was chosen, from the next view on and after a restart.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use domain::trace::Trace;
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use practice::Options;
use rpc::languages::Languages;
use rpc::request::Request;
use rpc::view::{Content, View};
use tempfile::TempDir;
use words::Language;

const ADMIN: &str = "dana.reyes@contoso.example";

/// A computer with an organisation to practise on, and whoever works at it.
struct Computer {
    organisation: Organisation,
    data: TempDir,
    export: TempDir,
    languages: Languages,
    // Ends with it.
    _practice: practice::Handle,
}

impl Computer {
    async fn set_to(system: &[&str]) -> Self {
        let handle = practice::start(Options::default()).await.unwrap();
        Self {
            organisation: Organisation::from(&handle),
            data: tempfile::tempdir().unwrap(),
            export: tempfile::tempdir().unwrap(),
            languages: Languages {
                system: system.iter().map(|tag| (*tag).to_owned()).collect(),
                instead: None,
            },
            _practice: handle,
        }
    }

    async fn open(&self) -> Headless {
        let start = Start {
            organisation: &self.organisation,
            reader: Reader::new(ADMIN),
            data: self.data.path(),
            export: self.export.path(),
            keychain: "mailgrant languages test",
            clock: clock_of(&self.organisation).await.unwrap(),
            trace: Trace::default(),
        };
        let mut session = Headless::start_reading(start, self.languages.clone());
        session
            .until("the first view", |view| view.revision > 0)
            .await
            .unwrap();
        // The window before this one lets go of the folder in its own time.
        for _ in 0..400 {
            if session.page() != "problem-instance.second" {
                break;
            }
            session.press(Request::TryAgain).await.unwrap();
        }
        session
    }
}

fn speak(language: &str) -> Request {
    Request::SetLanguage {
        language: language.into(),
    }
}

fn chosen(view: &View) -> String {
    match &view.page.content {
        Content::Help { language, .. } => language.chosen.clone(),
        other => panic!("no help: {other:?}"),
    }
}

#[tokio::test]
async fn the_computers_language_is_spoken() {
    for (system, tag, help) in [
        (&["de-AT", "en"][..], "de", "Hilfe"),
        (&["fi-FI", "en-GB"], "en", "Help"),
        (&["C"], "en", "Help"),
    ] {
        let computer = Computer::set_to(system).await;
        let view = computer.open().await.view();
        assert_eq!((view.language.as_str(), view.words.help.as_str()), (tag, help));
    }
}

#[tokio::test]
async fn another_language_is_spoken_at_once_and_after_a_restart() {
    let computer = Computer::set_to(&["en-GB"]).await;
    let mut session = computer.open().await;
    let help = session.press(Request::Help).await.unwrap();
    assert_eq!(
        (help.page.heading.as_str(), chosen(&help).as_str()),
        ("Help", "system")
    );
    let german = session.press(speak("de")).await.unwrap();
    assert_eq!(
        (german.page.heading.as_str(), chosen(&german).as_str()),
        ("Hilfe", "de")
    );
    assert_eq!(
        (german.language.as_str(), german.words.back.as_str()),
        ("de", "Zurück")
    );
    let start = session.press(Request::Help).await.unwrap();
    assert!(
        start.page.heading.starts_with("Eine Mailplattform"),
        "{}",
        start.page.heading
    );
    drop(session);
    let mut session = computer.open().await;
    assert_eq!(session.view().language, "de");
    session.press(Request::Help).await.unwrap();
    let english = session.press(speak("system")).await.unwrap();
    assert_eq!(
        (english.page.heading.as_str(), chosen(&english).as_str()),
        ("Help", "system")
    );
    drop(session);
    assert_eq!(computer.open().await.view().language, "en");
}

/// A language that isn't spoken, such as one that a newer version wrote down, is that of the computer.
#[tokio::test]
async fn a_language_that_is_not_spoken_is_the_computers() {
    let computer = Computer::set_to(&["de-DE"]).await;
    let mut session = computer.open().await;
    session.press(Request::Help).await.unwrap();
    let view = session.press(speak("tlh")).await.unwrap();
    assert_eq!((view.language.as_str(), chosen(&view).as_str()), ("de", "system"));
    std::fs::write(computer.data.path().join("language"), "tlh").unwrap();
    drop(session);
    assert_eq!(computer.open().await.view().language, "de");
}

/// A session that is told which language to begin with, as the tour is.
#[tokio::test]
async fn a_session_begins_with_the_language_that_it_is_given() {
    let mut computer = Computer::set_to(&["de-DE"]).await;
    computer.languages.instead = Some(Language::Pseudo);
    let view = computer.open().await.view();
    assert_eq!(view.language, "en-XA");
    assert!(!view.page.heading.is_ascii(), "{}", view.page.heading);
}
