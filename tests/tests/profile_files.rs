//! A profile's file looked at for whoever writes it: what is said of a good one, and where and why a bad one is refused.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::trace::Trace;
use jiff::tz::TimeZone;
use journey::Clock;
use journeys::repository::top;
use rpc::languages::Languages;
use rpc::profile_check::{Answer, Exit, run};
use rpc::session::Options;
use words::Language;

/// A folder of somebody's programs, with that of the wizard's profiles in it.
struct Computer {
    folder: tempfile::TempDir,
    language: Language,
}

impl Computer {
    fn new(language: Language) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            language,
        }
    }

    fn profiles(&self) -> PathBuf {
        self.folder.path().join("profiles")
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        file
    }

    fn look(&self, file: &Path) -> Answer {
        let data = self.folder.path().to_owned();
        let options = Options {
            export: data.clone(),
            profiles: Some(self.profiles()),
            data,
            keychain: String::new(),
            clock: Clock::system(),
            zone: TimeZone::UTC,
            languages: Languages {
                system: Vec::new(),
                instead: Some(self.language),
            },
            trace: Trace::default(),
            read_in: Duration::ZERO,
            cloud: domain::cloud::CloudId::Global,
            practice: false,
        };
        run(&options, file)
    }

    /// The answer without the name of this computer's folder.
    fn says(&self, file: &Path) -> String {
        let folder = self.folder.path().display().to_string();
        self.look(file).text.replace(&folder, "FOLDER")
    }
}

/// The example of the page for authors.
fn example() -> String {
    let page = fs::read_to_string(top().join("docs/profiles.md")).unwrap();
    let (_, rest) = page.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

fn shipped(id: &str) -> PathBuf {
    top().join(format!("src-tauri/profiles/data/{id}.toml"))
}

#[test]
fn a_good_file_is_told_in_words() {
    let computer = Computer::new(Language::English);
    let file = computer.file("example-desk.toml", example());
    insta::assert_snapshot!(computer.says(&file));
    assert_eq!(computer.look(&file).exit, Exit::Good);
    let german = Computer::new(Language::German);
    insta::assert_snapshot!(german.says(&german.file("example-desk.toml", example())));
}

#[test]
fn every_shipped_file_is_good() {
    let computer = Computer::new(Language::English);
    let mut looked = 0;
    for entry in fs::read_dir(top().join("src-tauri/profiles/data")).unwrap() {
        let answer = computer.look(&entry.unwrap().path());
        assert_eq!(answer.exit, Exit::Good, "{}", answer.text);
        assert!(
            answer.text.contains("itself has this very file"),
            "{}",
            answer.text
        );
        looked += 1;
    }
    assert!(looked > 5);
    // One for any platform asks, and one that reads as a mail program is held by each mailbox.
    let any = computer.look(&shipped("generic-graph")).text;
    assert!(
        any.contains("It stands for any platform") && any.contains("Exchange holds the app"),
        "{any}"
    );
    let by_imap = computer.look(&shipped("logicaldoc")).text;
    assert!(
        by_imap.contains("full access to each mailbox") && by_imap.contains("Credential: client secret\n"),
        "{by_imap}"
    );
}

#[test]
fn a_bad_file_is_told_with_its_line_and_a_mark() {
    let computer = Computer::new(Language::English);
    let refused_by = |breaks: &[(&str, &str)]| {
        let mut text = example();
        for (from, to) in breaks {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            text = text.replace(from, to);
        }
        let file = computer.file("desk.toml", text);
        assert_eq!(computer.look(&file).exit, Exit::Refused);
        computer.says(&file)
    };
    let refused = |from: &str, to: &str| refused_by(&[(from, to)]);
    let answers = [
        refused("apps = 1", "apps = 3"),
        refused("id = \"example-desk\"", "id =  \"Example Desk\""),
        refused("[\"rbac-for-applications\"]", "[\"mailbox-permission\"]"),
        refused("vendor = \"Example Ltd\"\n", ""),
        refused("vendor = \"Example Ltd\"", "vendor = Example"),
        refused("label = \"Tenant\"", "label = \"Client ID\""),
        refused("https://example.com/help", "file:///etc/passwd"),
        refused("id = \"example-desk\"", "id = \"shipfix\""),
        // Several at once, each with its place.
        refused_by(&[
            ("version = 1", "version = 0"),
            ("apps = 1", "apps = 3"),
            ("\"secret\", ", "\"secret\", \"secret\", "),
        ]),
        // Steering characters take no place and are not written.
        refused("apps = 1", "\"\\u001B\" = \"\u{1f600}\u{200b}\""),
    ];
    insta::assert_snapshot!(answers.join("\n"));
    let german = Computer::new(Language::German);
    let said = german
        .look(&german.file("desk.toml", example().replace("apps = 1", "apps = 3")))
        .text;
    assert!(
        said.starts_with("desk.toml wird in Zeile 11 abgelehnt: the platform needs 3 apps"),
        "{said}"
    );
}

#[test]
fn a_long_line_is_shown_around_the_place() {
    let computer = Computer::new(Language::English);
    let long = example().replace(
        "label = \"Mailboxes\"",
        &format!("label = \"{}\"", "Mail ".repeat(200)),
    );
    let file = computer.file(
        "desk.toml",
        long.replace("field = \"mailbox-addresses\"", "field = \"mailboxes\""),
    );
    let text = computer.look(&file).text;
    let lines: Vec<&str> = text.lines().collect();
    let mark = lines[2].find('^').unwrap();
    assert!(
        lines[1].len() < 120 && lines[1][mark..].starts_with("\"mailboxes\""),
        "{text}"
    );
}

#[test]
fn a_private_key_is_not_told() {
    let computer = Computer::new(Language::English);
    let key = "AGE-SECRET-KEY-1QQQ";
    let public = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    let file = computer.file("desk.toml", example().replace(public, key));
    let answer = computer.look(&file);
    assert_eq!(answer.exit, Exit::Refused);
    assert!(
        answer.text.contains("recipient key") && !answer.text.contains(key),
        "{}",
        answer.text
    );
}

#[test]
fn it_says_where_the_file_belongs() {
    let computer = Computer::new(Language::English);
    let outside = computer.file("desk.toml", example());
    assert!(computer.says(&outside).contains("put it into FOLDER"));
    let inside = computer.file("profiles/m.toml", example());
    assert!(computer.says(&inside).contains("It lies in the folder"));
    assert!(
        computer
            .says(&outside)
            .contains("A profile with its ID lies already in FOLDER")
    );
    // Of two with one id the first by name counts.
    computer.file("profiles/a.toml", example());
    let answer = computer.look(&inside);
    assert_eq!(answer.exit, Exit::Refused);
    assert!(
        answer.text.contains("already has the id `example-desk`"),
        "{}",
        answer.text
    );
}

#[test]
fn what_is_no_profile_ends_in_an_answer() {
    let computer = Computer::new(Language::English);
    let utf16: Vec<u8> = example().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_bom: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16).collect();
    let not_read = [
        computer.folder.path().join("nowhere.toml"),
        computer.folder.path().to_owned(),
        PathBuf::new(),
        computer.file("a.toml", [0xff, 0xd8, 0x00, 0x9f]),
        computer.file("b.toml", with_bom),
        computer.file("c.toml", " ".repeat(70_000)),
    ];
    for file in not_read {
        let answer = computer.look(&file);
        assert_eq!(answer.exit, Exit::NotRead, "{}", answer.text);
        assert!(
            answer.text.contains("couldn't be read as a profile"),
            "{}",
            answer.text
        );
    }
    let deep = "[".repeat(60_000);
    for bad in [
        "",
        "\u{feff}",
        "\0\0",
        "\r\r\r",
        "id = \"\u{202e}",
        "{}",
        "[[[[",
        &deep,
    ] {
        let answer = computer.look(&computer.file("d.toml", bad));
        assert_eq!(answer.exit, Exit::Refused, "{}", answer.text);
    }
    let marked = computer.file("e.toml", format!("\u{feff}{}", example().replace('\n', "\r\n")));
    assert_eq!(computer.look(&marked).exit, Exit::Good);
    // Cut off anywhere, also within a character.
    let whole = example().into_bytes();
    for end in 0..whole.len() {
        let answer = computer.look(&computer.file("f.toml", &whole[..end]));
        assert!(answer.text.ends_with('\n') && !answer.text.contains('\r'));
    }
}
