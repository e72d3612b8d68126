//! The pages of the documentation that are made from the sources, and whether they are current.
//!
//! `MAILGRANT_WRITE_BINDINGS=1 cargo test -p journeys --test documentation` writes them anew.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use calls::powershell;
use domain::app_role::AppRole;
use domain::cloud::CloudId;
use domain::ids::{KeyId, MailboxId};
use domain::mail_protocol::MailProtocol;
use domain::permission::Permission;
use domain::problem::Code;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use journeys::repository::top;
use microsoft::cloud::Cloud;
use microsoft::cloud::hosts::{Doubt, Use, hosts};
use plan::changes::{
    AddCertificate, AddSecret, AssignRole, Change, CreateApp, CreatePrincipal, DeleteApp, GiveFullAccess,
    GrantAppRole, RegisterInExchange, RemoveAccessPolicy, RemoveCredential, RemoveGrant, RemoveOldRole,
    RemoveScope, RestoreApp, SetAudience, SetScope, SwitchOffProtocol, SwitchOnProtocol, TagApp,
    TagPrincipal, TakeFullAccess, UnassignRole, UnregisterInExchange,
};
use plan::part::{Role, Takes};
use plan::switches::Off;
use words::{Language, Speaker};

const PROBLEM_SOURCE: &str = "src-tauri/domain/src/problem.rs";
const CHANGES: &str = "src-tauri/plan/src/changes";

#[test]
fn the_page_of_problems_is_current() {
    is_current("docs/problems.md", &problems());
}

#[test]
fn the_page_of_changes_is_current() {
    is_current("docs/changes.md", &changes());
}

#[test]
fn the_page_of_clouds_is_current() {
    is_current("docs/clouds.md", &clouds());
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

/// The codes that programs go by are all on the page that explains them, and no others.
#[test]
fn the_page_of_checks_names_every_code() {
    let source = read("src-tauri/journey/src/check_again/found.rs");
    let page = read("docs/check.md");
    let table = page.split("## Findings").nth(1).unwrap();
    let is_code =
        |text: &&str| text.contains('.') && text.chars().all(|c| c.is_ascii_lowercase() || ".-".contains(c));
    let on_page: BTreeSet<&str> = table.split('`').skip(1).step_by(2).filter(is_code).collect();
    let mut in_source: BTreeSet<&str> = source.split('"').skip(1).step_by(2).filter(is_code).collect();
    let of_the_app = source.split("fn is_of_the_connection").nth(1).unwrap();
    let of_the_app = of_the_app.split("fn of_reason").next().unwrap();
    in_source.extend(
        Code::ALL
            .iter()
            .filter(|code| of_the_app.contains(&format!("Code::{code:?}\n")))
            .map(|code| code.as_str()),
    );
    assert_eq!(on_page, in_source);
    assert!(on_page.len() > 25);
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
        Code::SecretTooMany => ("The secret.", "An Application Administrator, by removing some."),
        Code::SecretNotAccepted => ("The secret.", "Usually time; otherwise you, with another secret."),
        Code::CertificatesChanged => ("The certificate.", "You, with whoever else manages the app."),
        Code::CertificatesUntold => (
            "The certificate.",
            "You, with whoever added the other certificate.",
        ),
        Code::CertificateNotMade => ("The certificate.", "You, with a secret or another computer."),
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
        Code::RenewalUnderWay => (
            "The beginning of a renewal.",
            "You, with whoever else looks after the connection.",
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
        Code::RecordNoFile
        | Code::RecordOther
        | Code::RecordPage
        | Code::RecordSealed
        | Code::RecordTooLarge
        | Code::RecordTruncated
        | Code::RecordEdited => ("Opening a record.", "You, with the file as it was exported."),
        Code::SecretElsewhere | Code::ConnectionElsewhere => (
            "Checking a connection by its record.",
            "You, on the computer that made the connection.",
        ),
        Code::ConnectionUnfinished => ("Checking a connection by its record.", "You, in Mailgrant."),
        Code::RecordNewer => ("Opening a record.", "You, with the newer version."),
        Code::RecordOlder => ("Opening a record.", "You, by exporting the connection again."),
        Code::RecordPractice | Code::RecordReplaced | Code::RecordElsewhere => {
            ("Opening a record.", "You, with another record.")
        }
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
        let problem = row.problem(domain::message!("problems-not-accepted"));
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

/// One change of each kind. A new kind has to be named here, because the match below is whole.
fn examples() -> Vec<Change> {
    let (name, scope) = (
        "Mailgrant: Contact Pro".to_owned(),
        "Mailgrant Contact Pro 4b1c7f3e".to_owned(),
    );
    let mailbox = MailboxId(uuid::Uuid::from_u128(1));
    let mailboxes = [mailbox].into();
    let permission = Permission::MailRead;
    let assignment = "Mailgrant 4b1c7f3e Mail.Read".to_owned();
    let (unique, tag) = ("mailgrant-4b1c7f3e".to_owned(), "mailgrant:4b1c7f3e".to_owned());
    let all = vec![
        Change::RestoreApp(RestoreApp {}),
        Change::CreateApp(CreateApp {
            unique,
            tag: tag.clone(),
            name: name.clone(),
        }),
        Change::TagApp(TagApp {
            tags: [tag.clone()].into(),
        }),
        Change::SetAudience(SetAudience {
            audience: calls::entra::THIS_ORGANISATION.to_owned(),
        }),
        Change::CreatePrincipal(CreatePrincipal { tag: tag.clone() }),
        Change::TagPrincipal(TagPrincipal { tags: [tag].into() }),
        Change::RemoveCredential(RemoveCredential {
            key: KeyId(uuid::Uuid::from_u128(2)),
            certificate: false,
        }),
        Change::AddSecret(AddSecret {
            name: "Mailgrant 4b1c7f3e ".to_owned(),
            days: 180,
        }),
        Change::AddCertificate(AddCertificate {
            name: "Mailgrant 4b1c7f3e ".to_owned(),
            days: 180,
        }),
        Change::RemoveGrant(RemoveGrant {
            id: "grant".to_owned(),
            app_role: true,
        }),
        Change::RegisterInExchange(RegisterInExchange { name: name.clone() }),
        Change::UnassignRole(UnassignRole {
            name: assignment.clone(),
            permission,
            scope: scope.clone(),
        }),
        Change::SetScope(SetScope {
            name: scope.clone(),
            exists: false,
            mailboxes,
            group: None,
        }),
        Change::AssignRole(AssignRole {
            name: assignment,
            permission,
            scope: scope.clone(),
        }),
        Change::RemoveOldRole(RemoveOldRole {
            name: "Contact Pro Mail.Read".to_owned(),
        }),
        Change::RemoveAccessPolicy(RemoveAccessPolicy {
            identity: "{tenant}\\{client id}:{SID};{group's object id}".to_owned(),
            group: "Contact Pro mailboxes".to_owned(),
        }),
        Change::GrantAppRole(GrantAppRole { role: AppRole::Imap }),
        Change::GiveFullAccess(GiveFullAccess { mailbox }),
        Change::TakeFullAccess(TakeFullAccess { mailbox }),
        Change::SwitchOnProtocol(SwitchOnProtocol {
            mailbox,
            protocol: MailProtocol::Imap,
            was: Off::Here,
        }),
        Change::SwitchOffProtocol(SwitchOffProtocol {
            mailbox,
            protocol: MailProtocol::Smtp,
            to: Off::Everywhere,
        }),
        Change::RemoveScope(RemoveScope {
            name: scope,
            mailboxes: Default::default(),
        }),
        Change::UnregisterInExchange(UnregisterInExchange { name }),
        Change::DeleteApp(DeleteApp {}),
    ];
    let files = all.iter().map(module).collect::<std::collections::BTreeSet<_>>();
    let folder = fs::read_dir(top().join(CHANGES)).unwrap().flatten();
    let there = folder
        .map(|file| file.file_name().to_string_lossy().replace(".rs", ""))
        .filter(|name| name != "mod");
    assert_eq!(files, there.collect(), "an example for each kind");
    all
}

/// The file of a kind of change: as a journal names it.
fn module(change: &Change) -> String {
    let written = serde_json::to_value(change).unwrap();
    written["change"].as_str().unwrap().replace('-', "_")
}

fn clouds() -> String {
    let mut text = String::from(
        "# Clouds\n\n\
         Microsoft 365 is several clouds, and an organisation lives in one of them. Mailgrant is started for one: \
         `mailgrant --cloud gcc-high`, and so is `mailgrant check`. Without it, it is the worldwide one, in which GCC is. A \
         connection stays in the cloud in which it was begun. The names are those below; no other host is ever sent a \
         token.\n\n\
         **Nothing of this was tried in a national cloud.** UNVERIFIED beside a host says that Microsoft's pages leave it \
         open; where such a host is wrong, Mailgrant stops there and says so. Whether Microsoft's own command-line tools, by \
         whose ids Mailgrant signs in where nothing else is chosen, exist in the national clouds is UNVERIFIED as well; an app \
         of the organisation can be used instead.\n\n\
         Made from `src-tauri/microsoft/src/cloud/hosts.rs` by the test `documentation`. Don't edit it.\n",
    );
    for id in CloudId::ALL {
        let (cloud, hosts) = (Cloud::of(id), hosts(id));
        let _ = write!(
            text,
            "\n## {}: `--cloud {}`\n\n| What | Where |\n| --- | --- |\n",
            cloud.name,
            id.name()
        );
        for purpose in Use::ALL {
            let place = hosts.of(purpose).map_or_else(
                || "not known (UNVERIFIED)".to_owned(),
                |host| match host.doubt {
                    None => format!("`{}`", host.name),
                    Some(doubt) => format!("`{}` (UNVERIFIED: {})", host.name, doubted(doubt)),
                },
            );
            let _ = writeln!(text, "| {} | {place} |", used_for(purpose));
        }
        let _ = writeln!(
            text,
            "| Exchange Online PowerShell | `{}` |",
            cloud.connect_exchange()
        );
    }
    text
}

fn doubted(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::OneSource => "one source names it",
        Doubt::Contradicted => "sources contradict each other",
        Doubt::NotMicrosofts => "others use it, and no page of Microsoft's that was read names it",
    }
}

fn used_for(purpose: Use) -> &'static str {
    match purpose {
        Use::SignIn => "Sign-in, tokens",
        Use::Graph => "Microsoft Graph",
        Use::Exchange => "Exchange's admin endpoint",
        Use::Mail => "IMAP, POP3",
        Use::Submission => "SMTP",
        Use::Entra => "Entra admin center",
        Use::Azure => "Azure portal",
        Use::AdminCenter => "Microsoft 365 admin center",
        Use::ExchangeCenter => "Exchange admin center",
    }
}

fn changes() -> String {
    let mut text = String::from(
        "# Changes\n\n\
         Everything that Mailgrant can change in an organisation: one kind of change for each. Each is written down before \
         and after it is made, and read back. Values in the calls are examples; a variable holds what an earlier call gave.\n\n\
         Made from the modules in `src-tauri/plan/src/changes` by the test `documentation`. Don't edit it.\n",
    );
    for change in examples() {
        let path = format!("{CHANGES}/{}.rs", module(&change));
        let source = read(&path);
        let comment: Vec<&str> = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(str::trim)
            .collect();
        let calls: Vec<String> = change.calls().iter().map(powershell::line).collect();
        let _ = write!(
            text,
            "\n## {}\n\n{}\n\nTakes {}. {}\n\n```powershell\n{}\n```\n\nSource: `{path}`.\n",
            module(&change).replace('_', " "),
            without_references(&comment.join(" ")),
            match change.role() {
                Role::Apps =>
                    "the right to create apps: Application Administrator, or an organisation that lets its users",
                Role::Grants =>
                    "Privileged Role Administrator, or Cloud Application Administrator for delegated grants",
                Role::Exchange => "Exchange Administrator",
            },
            match change.takes() {
                Takes::Replication => "It is seen once Microsoft's servers have told each other.",
                Takes::Limit => "Microsoft applies it within 30 minutes to 2 hours.",
            },
            calls.join("\n")
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
