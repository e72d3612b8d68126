//! A connection that was exported and is checked again by its record, as `mailgrant check` does it: with an administrator's
//! sign-in each way in which it went wrong is found and named, and none is imagined; with the app's own key alone what that
//! can tell is told, and the rest is said to be unknown. Nothing is changed by any of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::cloud::CloudId;
use domain::grant::MICROSOFT_GRAPH;
use jiff::SignedDuration;
use journeys::Outcome;
use journeys::checking::codes;
use journeys::colleague::Colleague;
use journeys::reader::Reader;
use journeys::repository::top;
use journeys::tour::say;
use microsoft::cloud::Cloud;
use reqwest::Method;
use rpc::check::{Answer, Asked, Exit};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use words::Language;

use crate::each;
use crate::proven::{Proven, REFUSED};
use crate::ways::{Way, of_the_organisation, right};

/// Longer than Microsoft keeps an answer alive for an app that keeps asking.
const LIMIT: Duration = Duration::from_secs(3 * 60 * 60);
const DAY: u64 = 24 * 60 * 60;

/// A connection that was exported, and its record.
struct Recorded {
    proven: Proven,
    record: PathBuf,
    schema: jsonschema::Validator,
}

impl Recorded {
    async fn of(name: &str) -> Outcome<Self> {
        let mut proven = Proven::start(name).await?;
        let record = proven.record().await?;
        let schema = std::fs::read_to_string(top().join("docs/check.schema.json"))
            .map_err(|error| error.to_string())?;
        let schema: Value = serde_json::from_str(&schema).map_err(|error| error.to_string())?;
        jsonschema::meta::validate(&schema).map_err(|error| error.to_string())?;
        let schema = jsonschema::options().should_validate_formats(true).build(&schema);
        Ok(Self {
            proven,
            record,
            schema: schema.map_err(|error| error.to_string())?,
        })
    }

    fn asked(&self, sign_in: bool) -> Asked {
        Asked {
            record: self.record.clone(),
            sign_in,
            practice: true,
            alone: false,
            json: true,
            save: false,
        }
    }

    /// Checks, and holds the answer to its schema and to having changed nothing.
    async fn check(&self, asked: &Asked) -> Outcome<(Answer, Vec<String>)> {
        let mut before = self.everything();
        let answer = self.proven.check(asked, Language::English).await;
        let mut after = self.everything();
        if asked.sign_in {
            // What somebody accepts while they sign in is theirs, and Microsoft keeps it.
            after.retain(|name, _| !name.starts_with("oauth2PermissionGrant"));
            before.retain(|name, _| !name.starts_with("oauth2PermissionGrant"));
        }
        let changed: Vec<_> = after
            .iter()
            .filter(|(name, print)| before.get(*name) != Some(print))
            .collect();
        if !changed.is_empty() || after.len() != before.len() {
            return Err(format!("the check changed something: {changed:?}"));
        }
        let json: Value = serde_json::from_str(&answer.text).map_err(|error| error.to_string())?;
        let errors: Vec<String> = self
            .schema
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        if !errors.is_empty() {
            return Err(format!("{errors:?}: {}", answer.text));
        }
        if json["exitCode"] != answer.exit.code() {
            return Err("two exit codes".into());
        }
        let secret = self.secret();
        if secret.is_some_and(|secret| answer.text.contains(&secret)) {
            return Err("the secret is in the answer".into());
        }
        let codes = codes(&answer)?;
        Ok((answer, codes))
    }

    /// Checks with the app's own key alone.
    async fn key_alone(&self) -> Outcome<(Exit, Vec<String>)> {
        let notes = self.notes();
        let (answer, codes) = self.check(&self.asked(false)).await?;
        if self.notes() != notes {
            return Err("the check wrote to the notes".into());
        }
        Ok((answer.exit, codes))
    }

    /// Everything in the organisation, by its content.
    fn everything(&self) -> BTreeMap<String, String> {
        self.proven.handle.snapshot().prints
    }

    /// Lets Microsoft's longest time pass. The colleague signs in again, as people do.
    async fn later(&mut self) {
        self.proven.time.move_on(LIMIT);
        self.proven.colleague = Colleague::of(&self.proven.handle).await.unwrap();
    }

    fn notes(&self) -> Vec<u8> {
        let connection = self.proven.account();
        let connection = connection.split('/').next().unwrap_or_default();
        std::fs::read(self.proven.data().join(connection).join("journal")).unwrap_or_default()
    }

    fn secret(&self) -> Option<String> {
        let mut found = None;
        self.proven.in_keychain(|keychain| {
            let secret = keychain.get(&self.proven.account()).unwrap_or_default();
            // EXPOSE: what is answered is searched for it.
            found = secret.map(|secret| secret.expose().to_owned());
        });
        found
    }

    /// The record with something else in it, and a digest made anew as docs/record.md describes it.
    fn with(&self, name: &str, edit: impl FnOnce(&mut Value)) -> PathBuf {
        let mut record: Value = serde_json::from_slice(&std::fs::read(&self.record).unwrap()).unwrap();
        edit(&mut record);
        let fields = record.as_object_mut().unwrap();
        fields.remove("integrity");
        let digest: String = Sha256::digest(sorted(&record).as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        record["integrity"] = json!({ "algorithm": "sha256-sorted-json-1", "digest": digest });
        let path = self.record.with_file_name(name);
        std::fs::write(&path, serde_json::to_vec(&record).unwrap()).unwrap();
        path
    }

    /// The exit and the codes of a check by another file.
    async fn by(&self, record: &Path) -> Outcome<(Exit, Vec<String>)> {
        let asked = Asked {
            record: record.to_owned(),
            ..self.asked(false)
        };
        let (answer, codes) = self.check(&asked).await?;
        Ok((answer.exit, codes))
    }
}

fn sorted(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            let each = names
                .into_iter()
                .map(|name| format!("{}:{}", json!(name), sorted(&fields[name])));
            format!("{{{}}}", each.collect::<Vec<_>>().join(","))
        }
        Value::Array(values) => {
            format!("[{}]", values.iter().map(sorted).collect::<Vec<_>>().join(","))
        }
        plain => plain.to_string(),
    }
}

fn some(exit: Exit, code: &str) -> (Exit, Vec<String>) {
    (exit, vec![code.to_owned()])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_with_a_sign_in_finds_what_went_wrong() {
    let ways = Arc::new(of_the_organisation());
    let (executed, failures) = each(&ways, |way| Box::pin(is_found(way))).await;
    say(&format!(
        "check: seeded {}, executed {executed}, missed {}",
        ways.len(),
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(executed >= 25, "{executed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_with_a_sign_in_imagines_nothing() {
    let ways: Vec<Way> = right()
        .into_iter()
        .filter(|way| !way.0.contains("window"))
        .collect();
    let ways = Arc::new(ways);
    let (executed, failures) = each(&ways, |way| Box::pin(is_not_imagined(way))).await;
    say(&format!(
        "check: right ones {executed}, false alarms {}",
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

async fn is_found((name, cause, make): Way) -> Outcome {
    let mut recorded = Recorded::of(&format!("check {name}")).await?;
    make(&mut recorded.proven)
        .await
        .map_err(|why| format!("it couldn't be made: {why}"))?;
    recorded.proven.close().await?;
    let (answer, codes) = recorded.check(&recorded.asked(true)).await?;
    if answer.exit != Exit::Differs || codes.is_empty() {
        return Err(format!("{:?} with {codes:?}: {}", answer.exit, answer.text));
    }
    // In JSON a quotation mark of a sentence is escaped.
    if answer.text.replace("\\\"", "\"").contains(cause) {
        Ok(())
    } else {
        Err(format!("{cause:?} isn't among the words: {}", answer.text))
    }
}

async fn is_not_imagined((name, _, make): Way) -> Outcome {
    let mut recorded = Recorded::of(&format!("check {name}")).await?;
    make(&mut recorded.proven)
        .await
        .map_err(|why| format!("it couldn't be made: {why}"))?;
    recorded.proven.close().await?;
    let (answer, codes) = recorded.check(&recorded.asked(true)).await?;
    if (answer.exit, codes.len()) == (Exit::AsRecorded, 0) {
        Ok(())
    } else {
        Err(format!("{:?}: {}", answer.exit, answer.text))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_apps_own_key_tells_what_it_can() {
    let mut it = Recorded::of("own key").await.unwrap();
    let fine = (Exit::AsRecorded, Vec::new());
    assert_eq!(it.key_alone().await.unwrap(), fine);
    // It goes on working while a window has the connection open.
    it.proven.restart("export").await.unwrap();
    assert_eq!(it.key_alone().await.unwrap(), fine);

    // A mailbox that nobody recorded is none that the key can tell of, and that is said.
    let hr = it.proven.colleague.mailbox("hr@contoso.example").await.unwrap();
    it.proven
        .widen(&format!("ExternalDirectoryObjectId -eq '{hr}'"))
        .await
        .unwrap();
    it.later().await;
    let (answer, codes) = it.check(&it.asked(false)).await.unwrap();
    assert_eq!((answer.exit, codes.len()), (Exit::AsRecorded, 0));
    assert!(answer.text.contains("otherMailboxes"), "{}", answer.text);

    // One that was recorded as refused is.
    it.proven
        .widen("PrimarySmtpAddress -eq 'ceo@contoso.example'")
        .await
        .unwrap();
    it.later().await;
    assert_eq!(
        it.key_alone().await.unwrap(),
        some(Exit::Differs, "mailbox.reached")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_that_opens_every_mailbox_is_found_by_the_key_alone() {
    let mut it = Recorded::of("broad grant").await.unwrap();
    it.proven.grant(MICROSOFT_GRAPH, "Mail.ReadWrite").await.unwrap();
    it.later().await;
    let (exit, codes) = it.key_alone().await.unwrap();
    // The one that was named and the one that was picked at random.
    assert_eq!(
        (exit, codes),
        (Exit::Differs, vec!["mailbox.reached".to_owned(); 2])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mailboxes_that_went_away_are_named() {
    let mut it = Recorded::of("mailbox gone").await.unwrap();
    let delete = async |it: &mut Recorded, address: &str| {
        let id = it.proven.colleague.mailbox(address).await.unwrap();
        let user = format!("users/{id}");
        let deleted = it.proven.colleague.graph(Method::DELETE, &user, None).await;
        deleted.unwrap();
        it.later().await;
    };
    // One of those that must refuse: the one picked at random is refused still, so nothing is missed.
    delete(&mut it, REFUSED).await;
    let (answer, codes) = it.check(&it.asked(false)).await.unwrap();
    assert_eq!(
        (answer.exit, codes.len()),
        (Exit::AsRecorded, 0),
        "{}",
        answer.text
    );
    assert!(answer.text.contains("control.gone"), "{}", answer.text);
    delete(&mut it, "billing@contoso.example").await;
    let (exit, codes) = it.key_alone().await.unwrap();
    assert_eq!(exit, Exit::Differs);
    assert!(codes.contains(&"mailbox.gone".to_owned()), "{codes:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_that_lost_a_mailbox_is_found() {
    let mut it = Recorded::of("narrowed").await.unwrap();
    let support = it
        .proven
        .colleague
        .mailbox("support@contoso.example")
        .await
        .unwrap();
    it.proven
        .set_scope(&format!("ExternalDirectoryObjectId -eq '{support}'"))
        .await
        .unwrap();
    it.later().await;
    assert_eq!(
        it.key_alone().await.unwrap(),
        some(Exit::Differs, "mailbox.refused")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_that_is_off_or_gone_is_found() {
    let mut it = Recorded::of("app").await.unwrap();
    let principal = format!("servicePrincipals/{}", it.proven.principal);
    let enabled = |on: bool| json!({ "accountEnabled": on });
    it.proven
        .graph(Method::PATCH, &principal, enabled(false))
        .await
        .unwrap();
    it.later().await;
    assert_eq!(it.key_alone().await.unwrap(), some(Exit::Differs, "app.disabled"));
    it.proven
        .graph(Method::PATCH, &principal, enabled(true))
        .await
        .unwrap();
    it.later().await;
    assert_eq!(it.key_alone().await.unwrap().0, Exit::AsRecorded);
    let removed = json!({ "keyId": it.proven.key });
    it.proven
        .post(
            &format!("applications/{}/removePassword", it.proven.object),
            removed,
        )
        .await
        .unwrap();
    it.later().await;
    assert_eq!(
        it.key_alone().await.unwrap(),
        some(Exit::Differs, "secret.refused")
    );
    let app = format!("applications/{}", it.proven.object);
    it.proven
        .colleague
        .graph(Method::DELETE, &app, None)
        .await
        .unwrap();
    it.later().await;
    assert_eq!(it.key_alone().await.unwrap(), some(Exit::Differs, "app.gone"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_the_secret_is_said_a_month_before_and_after() {
    let it = Recorded::of("end").await.unwrap();
    let ends_at = {
        let record: Value = serde_json::from_slice(&std::fs::read(&it.record).unwrap()).unwrap();
        record["credential"]["endsAt"]
            .as_str()
            .unwrap()
            .parse::<jiff::Timestamp>()
            .unwrap()
    };
    let made: jiff::Timestamp = "2026-11-22T10:30:00Z".parse().unwrap();
    let days = u64::try_from(ends_at.duration_since(made).as_secs()).unwrap() / DAY;
    it.proven.time.move_on(Duration::from_secs((days - 40) * DAY));
    assert_eq!(it.key_alone().await.unwrap().0, Exit::AsRecorded);
    it.proven.time.move_on(Duration::from_secs(20 * DAY));
    assert_eq!(
        it.key_alone().await.unwrap(),
        some(Exit::Differs, "secret.ends-soon")
    );
    it.proven.time.move_on(Duration::from_secs(30 * DAY));
    assert_eq!(it.key_alone().await.unwrap(), some(Exit::Differs, "secret.ended"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_checked_is_said_with_the_reason() {
    let it = Recorded::of("problems").await.unwrap();
    let not = |code: &str| some(Exit::NotChecked, code);
    let file = |name: &str, bytes: &[u8]| {
        let path = it.record.with_file_name(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let whole = std::fs::read(&it.record).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    let beside = |end: &str| it.record.with_extension(end);
    for (path, code) in [
        (it.record.with_file_name("nothing.json"), "record.no-file"),
        (it.record.parent().unwrap().to_owned(), "record.no-file"),
        (file("cut.json", &whole[..whole.len() / 2]), "record.truncated"),
        (
            file("edited.json", text.replace("billing@", "sales@").as_bytes()),
            "record.edited",
        ),
        (file("rubbish.json", b"hello"), "record.other"),
        (file("other.json", b"{}"), "record.other"),
        (
            file("large.json", &vec![b' '; (32 << 20) + 1]),
            "record.too-large",
        ),
        (beside("html"), "record.page"),
        (beside("age"), "record.sealed"),
        (
            it.with("newer.json", |record| record["schemaVersion"] = "2.0".into()),
            "record.newer",
        ),
        (
            it.with("elsewhere.json", |record| {
                record["tenantId"] = "11111111-2222-4333-8444-555555555555".into()
            }),
            "record.elsewhere",
        ),
        (
            it.with("real.json", |record| record["practice"] = false.into()),
            "record.practice",
        ),
        (
            it.with("another-secret.json", |record| {
                record["credential"]["keyId"] = "11111111-2222-4333-8444-555555555555".into();
            }),
            "record.replaced",
        ),
    ] {
        assert_eq!(it.by(&path).await.unwrap(), not(code), "{}", path.display());
    }
    // One of the practice organisation is no record of a real one, unless it is said.
    let real = Asked {
        practice: false,
        ..it.asked(false)
    };
    assert_eq!(it.check(&real).await.unwrap().1, ["record.practice"]);
    // A record never chooses the cloud, and one of a known cloud is told with what to start.
    for (cloud, told) in [
        (CloudId::GccHigh, "--cloud gcc-high"),
        (CloudId::Dod, "--cloud dod"),
        (CloudId::China, "--cloud china"),
    ] {
        let hosts = Cloud::of(cloud);
        let path = it.with("national.json", |record| {
            record["practice"] = false.into();
            record["cloud"]["authority"] = hosts.authority.as_str().into();
            record["cloud"]["graph"] = hosts.graph.as_str().into();
        });
        let asked = Asked {
            record: path,
            ..real.clone()
        };
        let (answer, codes) = it.check(&asked).await.unwrap();
        assert_eq!(codes, ["record.elsewhere"]);
        assert!(answer.text.contains(told), "{}", answer.text);
    }
    let path = it.with("nowhere.json", |record| {
        record["practice"] = false.into();
        record["cloud"]["authority"] = "https://login.microsoftonline.us.example/".into();
    });
    let asked = Asked {
        record: path,
        ..real.clone()
    };
    let (answer, codes) = it.check(&asked).await.unwrap();
    assert_eq!(codes, ["record.elsewhere"]);
    assert!(!answer.text.contains("--cloud"), "{}", answer.text);
    // A record of an older version is read, and its secret can't be found by it.
    let mut older: Value = serde_json::from_slice(&whole).unwrap();
    older["schemaVersion"] = "1.1".into();
    for since in ["integrity", "connectionId"] {
        older.as_object_mut().unwrap().remove(since);
    }
    let older = file("older.json", &serde_json::to_vec(&older).unwrap());
    assert_eq!(it.by(&older).await.unwrap(), not("record.older"));
    // A permission that this version can't try is never passed over, and neither is a record of nothing.
    let later = it.with("later.json", |record| {
        let permissions = record["permissions"].as_array_mut().unwrap();
        let mut added = permissions[0].clone();
        added["name"] = "Mail.Archive".into();
        permissions.push(added);
    });
    assert_eq!(it.by(&later).await.unwrap(), not("permission.unknown"));
    for what in ["permissions", "mailboxes"] {
        let none = it.with("none.json", |record| record[what] = json!([]));
        assert_eq!(it.by(&none).await.unwrap(), not("record.edited"), "{what}");
    }
    // A host that the record names gets nothing: the one that is known is asked.
    let named = it.with("named.json", |record| {
        record["cloud"]["authority"] = "https://evil.example/".into()
    });
    assert_eq!(it.by(&named).await.unwrap(), (Exit::AsRecorded, Vec::new()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_computer_or_nobody_to_ask_is_said() {
    let mut it = Recorded::of("elsewhere").await.unwrap();
    let not = |code: &str| some(Exit::NotChecked, code);
    let (answer, codes) = it.check(&it.asked(true)).await.unwrap();
    assert_eq!(
        (answer.exit, codes.len()),
        (Exit::AsRecorded, 0),
        "{}",
        answer.text
    );
    // Somebody who may read the app and not its limit.
    it.proven.reader = Reader::new("tom.okafor@contoso.example");
    let (answer, codes) = it.check(&it.asked(true)).await.unwrap();
    assert_eq!(
        (answer.exit, codes),
        some(Exit::NotChecked, "role.missing"),
        "{}",
        answer.text
    );
    it.proven.reader = Reader::new("dana.reyes@contoso.example");
    // A window has the notes open.
    it.proven.restart("export").await.unwrap();
    assert_eq!(it.check(&it.asked(true)).await.unwrap().1, ["instance.second"]);
    it.proven.close().await.unwrap();
    // Another computer: neither notes nor a keychain's entry.
    let connection = it
        .proven
        .account()
        .split('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let (notes, aside) = (
        it.proven.data().join(&connection),
        it.proven.data().join("removed"),
    );
    std::fs::create_dir_all(&aside).unwrap();
    std::fs::rename(&notes, aside.join(&connection)).unwrap();
    assert_eq!(
        it.check(&it.asked(true)).await.unwrap().1,
        ["connection.elsewhere"]
    );
    assert_eq!(
        it.key_alone().await.unwrap().0,
        Exit::AsRecorded,
        "the key alone needs no notes"
    );
    it.proven
        .in_keychain(|keychain| keychain.delete(&it.proven.account()).unwrap());
    assert_eq!(it.key_alone().await.unwrap(), not("secret.elsewhere"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_is_kept_beside_the_record() {
    let it = Recorded::of("kept").await.unwrap();
    let asked = Asked {
        save: true,
        ..it.asked(false)
    };
    let written = || -> Vec<String> {
        let files = std::fs::read_dir(it.record.parent().unwrap()).unwrap().flatten();
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name.contains("-check-")).collect();
        names.sort();
        names
    };
    for times in 1..=2 {
        let (answer, _) = it.check(&asked).await.unwrap();
        assert_eq!(answer.exit, Exit::AsRecorded);
        assert_eq!(
            written().len(),
            2 * times,
            "nothing is written over: {:?}",
            written()
        );
        for name in written() {
            let text = std::fs::read_to_string(it.record.with_file_name(&name)).unwrap();
            if name.ends_with(".json") {
                // A second look has other request ids.
                assert!(times == 2 || text == answer.text, "{text}");
            } else {
                assert!(
                    text.contains("As recorded: nothing that was looked at has changed."),
                    "{text}"
                );
            }
        }
    }
    // A check by what a check wrote is told apart from one by a record.
    let json = written()
        .into_iter()
        .find(|name| name.ends_with(".json"))
        .unwrap();
    let by = it.by(&it.record.with_file_name(json)).await.unwrap();
    assert_eq!(by, some(Exit::NotChecked, "record.other"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_wrong_and_a_network_that_is_gone_are_told() {
    let mut it = Recorded::of("clock").await.unwrap();
    for off in [
        SignedDuration::from_hours(24),
        SignedDuration::from_hours(-24 * 3650),
    ] {
        it.proven.time.put(off);
        assert_eq!(
            it.key_alone().await.unwrap(),
            some(Exit::NotChecked, "clock.wrong")
        );
        assert_eq!(it.check(&it.asked(true)).await.unwrap().1, ["clock.wrong"]);
        it.proven.time.put(-off);
    }
    assert_eq!(it.key_alone().await.unwrap().0, Exit::AsRecorded);
    it.proven.instead = Some("https://localhost:9".to_owned());
    assert_eq!(
        it.key_alone().await.unwrap(),
        some(Exit::NotChecked, "network.unreachable")
    );
}

/// What a person reads, in both languages.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_reads_well() {
    async fn read(it: &Recorded, title: &str, asked: &Asked, all: &mut String) {
        for language in [Language::English, Language::German] {
            let answer = it.proven.check(asked, language).await;
            let (tag, exit) = (language.tag(), answer.exit.code());
            all.push_str(&format!("## {title}, {tag}: exit {exit}\n\n{}\n", answer.text));
        }
    }
    let mut it = Recorded::of("texts").await.unwrap();
    let people = |it: &Recorded, sign_in| Asked {
        json: false,
        ..it.asked(sign_in)
    };
    let mut all = String::new();
    read(&it, "as recorded, own key", &people(&it, false), &mut all).await;
    read(&it, "as recorded, signed in", &people(&it, true), &mut all).await;
    let mut page = people(&it, false);
    page.record = it.record.with_extension("html");
    read(&it, "the page", &page, &mut all).await;
    it.proven
        .widen("PrimarySmtpAddress -eq 'ceo@contoso.example'")
        .await
        .unwrap();
    it.later().await;
    read(&it, "grown, own key", &people(&it, false), &mut all).await;
    read(&it, "grown, signed in", &people(&it, true), &mut all).await;
    insta::assert_snapshot!(all);
}
