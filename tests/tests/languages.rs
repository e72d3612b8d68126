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
use practice::{ClockKind, Options};
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
        let handle = practice::start(Options {
            clock: ClockKind::Explicit {
                start: "2026-11-22T09:00:00Z".parse().unwrap(),
            },
            ..Options::default()
        })
        .await
        .unwrap();
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

/// Words that stand in nearly every English sentence and in no German one.
const ENGLISH: [&str; 12] = [
    "the", "and", "of", "to", "is", "are", "you", "your", "with", "for", "this", "it",
];

/// The first English word in a text. An address of the web has no words: what is drawn by chance for a sign-in's
/// address spells one now and then.
fn english_in(text: &str) -> Option<&str> {
    text.split_whitespace()
        .filter(|part| !part.starts_with("http://") && !part.starts_with("https://"))
        .flat_map(|part| part.split(|c: char| !c.is_alphabetic()))
        .find(|word| ENGLISH.contains(word))
}

#[test]
fn an_address_of_the_web_has_no_words() {
    let challenge = "http://localhost:45007/authorize?code_challenge=Di9ei6of5v0UurVjUiHfGA8";
    assert_eq!(english_in(challenge), None);
    assert_eq!(
        english_in(&format!("Öffnen: {challenge} is the page")),
        Some("is")
    );
}

/// Fields that hold codes, or what a button sends.
const CODES: [&str; 9] = [
    "back", "field", "icon", "key", "kind", "open", "request", "state", "tone",
];

/// Every text in a view that people read, with the name of its field.
fn texts(field: &str, value: &serde_json::Value, found: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::String(text) => found.push((field.to_owned(), text.clone())),
        serde_json::Value::Array(all) => all.iter().for_each(|one| texts(field, one, found)),
        serde_json::Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !CODES.contains(&name.as_str()))
            .for_each(|(name, one)| texts(name, one, found)),
        _ => {}
    }
}

/// A whole journey in German: nothing that people read on the way is English.
#[tokio::test]
async fn a_journey_in_german_says_nothing_in_english() {
    let mut computer = Computer::set_to(&["de-DE"]).await;
    computer.languages.instead = Some(Language::German);
    let mut session = computer.open().await;
    let refused = session.go_on(
        None,
        "support@contoso.example, biling@contoso.example",
        "ceo@contoso.example",
    );
    refused.await.unwrap_err();
    let press = Request::UseSuggestion {
        list: rpc::request::ListName::Allowed,
        typed: "biling@contoso.example".into(),
        address: "billing@contoso.example".into(),
    };
    session.press(press).await.unwrap();
    session.go_on(None, "", "").await.unwrap();
    session.press(Request::Help).await.unwrap();
    let shown = session.shown.lock().unwrap().clone();
    let (mut english, mut pages) = (Vec::new(), std::collections::BTreeSet::new());
    for view in shown {
        let key = view.page.key.clone();
        let mut all = Vec::new();
        texts("", &serde_json::to_value(&view).unwrap(), &mut all);
        for (field, text) in all {
            if let Some(word) = english_in(&text) {
                english.push(format!("{key}, {field}: {word}: {text}"));
            }
        }
        pages.insert(key);
    }
    english.sort();
    english.dedup();
    assert!(english.is_empty(), "{english:#?}");
    assert!(pages.len() > 8, "{pages:?}");
}
