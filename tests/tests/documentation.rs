//! The pages of the documentation that are made from the sources, and whether they are current.
//!
//! `MAILGRANT_WRITE_BINDINGS=1 cargo test -p journeys --test documentation` writes them anew.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::fmt::Write as _;
use std::fs;

use domain::problem::Code;
use domain::step::StepId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use journeys::repository::top;
use words::{Language, Speaker};

const PROBLEM_SOURCE: &str = "src-tauri/domain/src/problem.rs";
const STEPS: &str = "src-tauri/journey/src/steps";

#[test]
fn the_page_of_problems_is_current() {
    is_current("docs/problems.md", &problems());
}

#[test]
fn the_page_of_steps_is_current() {
    is_current("docs/steps.md", &steps());
}

#[test]
fn every_test_that_holds_an_invariant_exists() {
    let page = read("ARCHITECTURE.md");
    let mut named = 0;
    for sentence in page.split("Held by ").skip(1) {
        let sentence = sentence.split("\n\n").next().unwrap_or_default();
        let mut names = sentence.split('`').skip(1).step_by(2);
        let file = names.next().unwrap();
        // A test of one floor's own stands with that floor and is named by its whole path.
        let source = if file.contains('/') {
            read(file)
        } else {
            read(&format!("tests/tests/{file}"))
        };
        for name in names {
            assert!(
                source.contains(&format!("fn {name}(")),
                "{file} has no test {name}"
            );
            named += 1;
        }
    }
    assert!(named > 10, "the page names only {named} tests");
}

fn is_current(path: &str, text: &str) {
    let file = top().join(path);
    if std::env::var_os("MAILGRANT_WRITE_BINDINGS").is_some() {
        fs::write(&file, text).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == text,
        "{path} is out of date: run `MAILGRANT_WRITE_BINDINGS=1 cargo test -p journeys --test documentation`"
    );
}

fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap()
}

/// Where a kind of problem comes from, in words, and who usually fixes it. A new family of codes has to be named here.
fn family(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::SignInBlocked => ("The sign-in.", "Whoever manages Conditional Access."),
        Code::SignInDeclined
        | Code::SignInTimedOut
        | Code::SignInPort
        | Code::SignInStronger
        | Code::SignInAccount
        | Code::SignInOtherAccount
        | Code::SignInNoOrganisation
        | Code::ConsentMissing => ("The sign-in.", "You."),
        Code::SignInNotAssigned | Code::SignInClient => (
            "The sign-in.",
            "You, with another app to sign in with, or an Application Administrator.",
        ),
        Code::ClockWrong => (
            "The sign-in, and every step that makes something.",
            "You, or whoever manages this computer.",
        ),
        Code::SignInOtherOrganisation | Code::SignInExpired => {
            ("Any step that speaks to Microsoft.", "You, by signing in again.")
        }
        Code::RoleMissing => (
            "The sign-in, and steps that need a role.",
            "An admin with the role that the problem names.",
        ),
        Code::AppRefused | Code::AppReserved => ("The app.", "You, in Entra."),
        Code::AppGone | Code::AppOtherCloud => ("Any step that uses the app (4 to 10).", "You, at the app."),
        Code::AppDisabled => (
            "Any step that uses the app (4 to 10).",
            "An Application Administrator, in Entra.",
        ),
        Code::AppBlocked => ("The secret and the proof.", "Whoever manages Conditional Access."),
        Code::AppRejected => ("The secret and the proof.", "You, in Entra."),
        Code::SecretRefused => (
            "Steps that use the secret (6, 9 and 10).",
            "You, with another secret.",
        ),
        Code::AppNotOurs => (
            "Steps that change or remove something (4, 6 and 8).",
            "You, in Entra.",
        ),
        Code::AppDeleted | Code::AppPrincipalGone => (
            "Any step that speaks of the app (4 to 10).",
            "You, with the button of the problem.",
        ),
        Code::RemovalUnseen => (
            "Steps that take something back (4, 6 and 8).",
            "Usually time; otherwise you, in Entra or Exchange.",
        ),
        Code::UndoNotYet => ("Steps that take something back (4, 6 and 8).", "You."),
        Code::SecretOtherEnd => ("The secret.", "You, with another life."),
        Code::JournalReadOnly => (
            "A connection whose notes weren't written here.",
            "You, on the computer that wrote them.",
        ),
        Code::JournalNewer => (
            "A connection whose notes a newer version wrote.",
            "You, with the newer version.",
        ),
        Code::SecretForbidden => (
            "The secret.",
            "A Security Administrator, who can make an exception.",
        ),
        Code::SecretTooLong => ("The secret.", "You, with a shorter life."),
        Code::SecretNotAccepted => ("The secret.", "Usually time; otherwise you, with another secret."),
        Code::SecretGone => (
            "Steps that use the secret (6, 9 and 10).",
            "You, with another secret.",
        ),
        Code::KeychainMissing | Code::KeychainLocked => (
            "Steps that use the secret (6, 9 and 10).",
            "You, or whoever manages this computer.",
        ),
        Code::ExchangeRefused => (
            "The mailboxes, the limit and the proof.",
            "An Exchange Administrator.",
        ),
        Code::ExchangeNotCustomised => (
            "The limit.",
            "An Exchange Administrator, once for the organisation.",
        ),
        Code::ExchangeRejected => ("The mailboxes, the limit and the proof.", "You, in Exchange."),
        Code::ScopeNotOurs => (
            "The limit.",
            "An Exchange Administrator, who can tell whose it is.",
        ),
        Code::MailboxGone => ("The limit.", "You, with another list of mailboxes."),
        Code::ProofMissing => ("The export.", "You, by running the checks."),
        Code::ProofChanged => ("The export.", "Whoever made the change that the proof names."),
        Code::ProofKeepsChanging => (
            "The export.",
            "Whoever is changing the app, its limit or its mailboxes.",
        ),
        Code::SecretReplaced => ("The export.", "You, with another secret."),
        Code::ScopeTooBroad => (
            "The limit, the proof and the export.",
            "An Exchange Administrator.",
        ),
        Code::NetworkUnreachable | Code::NetworkUntrusted | Code::NetworkUnexpected => (
            "Any step that speaks to Microsoft.",
            "You, or whoever runs your network.",
        ),
        Code::NetworkThrottled | Code::NetworkFault => (
            "Any step that speaks to Microsoft.",
            "Microsoft. Waiting usually helps.",
        ),
        Code::FileNotWritten => (
            "Any step, because each saves what it did; most often the export.",
            "You, or whoever manages this computer.",
        ),
        Code::JournalUnreadable | Code::InstanceSecond => ("The list of connections.", "You."),
        Code::ProfileInvalid => ("The platform.", "Whoever wrote the profile."),
        Code::PracticeNotStarted => ("The first screen.", "You."),
        Code::Internal => ("Anywhere.", "The makers of Mailgrant."),
    }
}

fn problems() -> String {
    let source = read(PROBLEM_SOURCE);
    let mut text = String::from(
        "# Problems\n\n\
         When a step stops, the window says what happened, why, what to do, who can fix it and what exists by now. \
         Under \"Details for support\" stands the name of the problem; this page lists every name. Nothing is made \
         twice by trying again, because each step looks first.\n\n\
         Made from `src-tauri/domain/src/problem.rs` by the test `documentation`. Don't edit it.\n",
    );
    for code in Code::ALL {
        let (from, fixed_by) = family(*code);
        let sentence = sentence_of(&source, code.as_str());
        // Writing into a text never fails.
        let _ = write!(
            text,
            "\n## {}\n\n{sentence} Comes from: {} Usually fixed by: {}\n",
            code.as_str(),
            lower(from),
            lower(fixed_by)
        );
    }
    text.push_str(
        "\n# What Microsoft's numbers mean here\n\n\
         Two sign-ins can be refused: yours and the app's own. The same number then means something else, and so does \
         what helps.\n",
    );
    let speaker = Speaker::new(Language::English, TimeZone::UTC, Timestamp::UNIX_EPOCH);
    for row in journey::entra_refusals::TABLE {
        let whose = match row.leg {
            journey::entra_refusals::Leg::Admin => "Your sign-in",
            journey::entra_refusals::Leg::App => "The app's own sign-in",
        };
        let numbers: Vec<String> = row
            .numbers
            .iter()
            .map(|number| format!("AADSTS{number}"))
            .collect();
        let problem = row.problem("");
        let written = speaker.problem(&problem);
        let _ = write!(
            text,
            "\n## {whose}: {}\n\n{} (`{}`). {} {}\n",
            numbers.join(", "),
            written.title,
            problem.code.as_str(),
            written.why,
            written.next,
        );
    }
    text
}

/// A sentence that goes on after a colon. Names keep their capital.
fn lower(sentence: &str) -> String {
    let names = ["Microsoft"];
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) if !names.iter().any(|name| sentence.starts_with(name)) => {
            format!("{}{}", first.to_lowercase(), letters.as_str())
        }
        _ => sentence.to_owned(),
    }
}

/// The comment over a code.
fn sentence_of(source: &str, code: &str) -> String {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let end = format!("= \"{code}\",");
    let place = lines.iter().position(|line| line.ends_with(&end)).unwrap();
    let comment: Vec<&str> = lines[..place]
        .iter()
        .rev()
        .map_while(|line| line.strip_prefix("/// "))
        .collect();
    assert!(!comment.is_empty(), "{code} has no comment");
    comment.into_iter().rev().collect::<Vec<_>>().join(" ")
}

/// The module of each step.
fn module(step: StepId) -> &'static str {
    match step {
        StepId::Platform => "choose_platform",
        StepId::Method => "choose_method",
        StepId::SignIn => "sign_in",
        StepId::App => "register_app",
        StepId::Permissions => "prove_permissions",
        StepId::Secret => "create_secret",
        StepId::Mailboxes => "choose_mailboxes",
        StepId::Limit => "limit_access",
        StepId::Verify => "verify_access",
        StepId::Export => "export_bundle",
    }
}

fn steps() -> String {
    let mut text = String::from(
        "# Steps\n\n\
         What each step does, what it needs and how it is undone. Each records what it did before the next begins, so \
         that the window can be closed at any moment.\n\n\
         Made from the modules in `src-tauri/journey/src/steps` by the test `documentation`. Don't edit it.\n",
    );
    for (number, step) in (1..).zip(StepId::ALL) {
        let path = format!("{STEPS}/{}.rs", module(step));
        let source = read(&path);
        let comment: Vec<&str> = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(str::trim)
            .collect();
        let paragraphs = comment.join("\n");
        let paragraphs: Vec<String> = paragraphs
            .split("\n\n")
            .map(|paragraph| without_references(&paragraph.replace('\n', " ")))
            .collect();
        let _ = write!(
            text,
            "\n## {}. {}\n\n{}\n\nSource: `{path}`.\n",
            number,
            step.name(),
            paragraphs.join("\n\n")
        );
    }
    text
}

/// The sources refer to the project's notes on Microsoft, which readers of this page don't have.
fn without_references(paragraph: &str) -> String {
    let mut text = match paragraph.find(" Facts: ") {
        Some(end) => paragraph[..end].to_owned(),
        None => paragraph.to_owned(),
    };
    for reference in [" (microsoft-facts §", " (security-and-reliability §"] {
        while let Some(start) = text.find(reference) {
            let end = text[start..].find(')').unwrap();
            text.replace_range(start..=start + end, "");
        }
    }
    text
}
