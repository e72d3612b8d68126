use super::*;
use crate::record::json;
use crate::sample::{SECRET, english, german, record};

#[test]
fn the_page_is_stable() {
    insta::assert_snapshot!(html(&record(), &english()));
}

#[test]
fn the_secret_is_in_neither() {
    let record = record();
    for text in [html(&record, &english()), json(&record)] {
        assert!(!text.contains(SECRET) && !text.contains(&SECRET[..8]));
    }
}

#[test]
fn hostile_names_stay_text() {
    let mut record = record();
    let name = r#"</style><script>alert(1)</script>"'&<img src=x onerror=alert(1)>"#;
    record.connection.organisation = name.into();
    record.connection.platform.name = name.into();
    record.connection.mailboxes[0].name = name.into();
    record.connection.mailboxes[0].address = name.into();
    record.connection.proof.rows[0].mailbox = name.into();
    record.connection.proof.rows[0].finding = name.into();
    record.connection.permissions[0].reason = name.into();
    record.exported_by.name = name.into();
    record.undo[0] = name.into();
    record.not_proven[0] = name.into();
    record.sealed = name.into();
    let page = html(&record, &english());
    assert!(!page.contains("<script") && !page.contains("<img"));
    assert_eq!(page.matches("</style>").count(), 1);
    let json: serde_json::Value = serde_json::from_str(&json(&record)).unwrap();
    assert_eq!(json["organisation"], name);
}

/// Every text of the record that isn't ours: each in turn is hostile, and none reaches a reader as it was.
#[test]
fn no_field_turns_the_line_or_leaves_it() {
    const HOSTILE: &str = "\u{202e}EVIL\u{0}\u{7}\r\nBREAK\u{2028}SEPARATOR\u{2066}\u{85}NEXT\u{200b}";
    let fields: Vec<fn(&mut Record) -> &mut String> = vec![
        |record| &mut record.exported_by.name,
        |record| &mut record.exported_by.user_name,
        |record| &mut record.made_by[1].name,
        |record| &mut record.made_by[1].user_name,
        |record| &mut record.undo[0],
        |record| record.undo.last_mut().unwrap(),
        |record| &mut record.not_proven[0],
        |record| &mut record.sealed,
        |record| &mut record.connection.platform.name,
        |record| &mut record.connection.cloud.name,
        |record| &mut record.connection.organisation,
        |record| &mut record.connection.domain,
        |record| &mut record.connection.tenant_id,
        |record| &mut record.connection.contact,
        |record| &mut record.connection.generator,
        |record| &mut record.connection.app.name,
        |record| &mut record.connection.app.client_id,
        |record| &mut record.connection.app.object_id,
        |record| &mut record.connection.app.service_principal_id,
        |record| &mut record.connection.credential.key_id,
        |record| &mut record.connection.permissions[0].api,
        |record| &mut record.connection.permissions[0].name,
        |record| &mut record.connection.permissions[0].authority,
        |record| &mut record.connection.permissions[0].reason,
        |record| &mut record.connection.mailboxes[0].address,
        |record| &mut record.connection.mailboxes[0].object_id,
        |record| &mut record.connection.mailboxes[0].kind,
        |record| &mut record.connection.mailboxes[0].name,
        |record| &mut record.connection.scope.name,
        |record| &mut record.connection.scope.filter,
        |record| &mut record.connection.proof.fingerprint,
        |record| &mut record.connection.proof.rows[0].mailbox,
        |record| &mut record.connection.proof.rows[0].object_id,
        |record| &mut record.connection.proof.rows[0].permission,
        |record| &mut record.connection.proof.rows[0].finding,
        |record| &mut record.connection.proof.rows[0].stamp,
        |record| record.connection.proof.rows[0].request_id.get_or_insert_default(),
        |record| &mut record.connection.form[0].label,
    ];
    for (number, field) in fields.into_iter().enumerate() {
        let mut record = record();
        HOSTILE.clone_into(field(&mut record));
        let page = html(&record, &english());
        let places: Vec<usize> = page.match_indices("EVIL").map(|(at, _)| at).collect();
        assert!(!places.is_empty(), "field {number} isn't on the page");
        for at in places {
            let before = &page[..at];
            let in_title = before.contains("<title>") && !before.contains("</title>");
            let apart = before
                .rfind("<bdi")
                .is_some_and(|open| before[open..].find("</bdi>").is_none());
            assert!(
                in_title || apart,
                "field {number}: {}",
                &page[at.saturating_sub(60)..at + 20]
            );
            assert!(
                page[at..].starts_with("EVIL BREAK SEPARATOR NEXT"),
                "field {number}"
            );
        }
        for text in [page, json(&record)] {
            let unseen = text.chars().find(|c| {
                *c != '\n' && c.is_control() || matches!(c, '\u{2028}' | '\u{202e}' | '\u{2066}' | '\u{200b}')
            });
            assert_eq!(unseen, None, "field {number}");
        }
    }
}

#[test]
fn practice_is_said_on_the_page_and_only_then() {
    let mut record = record();
    assert!(html(&record, &english()).contains("practice organisation"));
    record.connection.practice = false;
    assert!(!html(&record, &english()).contains("practice organisation"));
}

/// In another language, with the names and the times as they are.
#[test]
fn the_page_is_in_the_readers_language_and_its_times_are_not_the_readers() {
    let page = html(&record(), &german());
    assert!(page.contains("<html lang=\"de\">"), "{page}");
    assert!(page.contains("22. November 2026, 10:58 UTC"), "{page}");
    assert!(page.contains("22. Nov. 2026, 10:56:00"), "{page}");
    for english in ["Made by", "may use", "Permission<", ">Works", ">Refused", "Then:"] {
        assert!(!page.contains(english), "{english}: {page}");
    }
    insta::assert_snapshot!("german", page);
}

#[test]
fn the_policy_names_the_style_as_it_stands_on_the_page() {
    let page = html(&record(), &english());
    let style = page
        .split("<style>")
        .nth(1)
        .unwrap()
        .split("</style>")
        .next()
        .unwrap();
    let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
    assert!(page.contains(&format!("sha256-{hash}")));
    // Nothing on the page loads anything or leads anywhere.
    for word in [
        "src=",
        "href=",
        "url(",
        "@import",
        "style=",
        "http-equiv=\"refresh",
    ] {
        assert!(!page.contains(word), "{word}");
    }
}

fn told((words, tone): (Arg, &'static str)) -> (String, &'static str) {
    ((english().say)(&words), tone)
}

#[test]
fn a_finding_is_green_only_where_it_should_be_so() {
    assert_eq!(
        told(finding("refused", "observed", true)),
        ("Refused".into(), "good")
    );
    assert_eq!(
        told(finding("refused", "observed", false)),
        ("Refused".into(), "bad")
    );
    assert_eq!(told(finding("works", "observed", false)), ("Works".into(), "bad"));
    assert_eq!(
        told(finding("tooBroad", "observed", false)),
        ("Too broad".into(), "bad")
    );
    assert_eq!(
        told(finding("waiting", "observed", false)),
        ("Waiting".into(), "waiting")
    );
    assert_eq!(
        told(finding("unknown", "observed", false)),
        ("Unknown".into(), "unknown")
    );
}

/// The same words as in the window's proof.
#[test]
fn what_the_test_says_of_the_limit_is_no_live_answer() {
    assert_eq!(
        told(finding("works", "configured", true)),
        ("In scope".into(), "good")
    );
    assert_eq!(
        told(finding("refused", "configured", true)),
        ("Out of scope".into(), "good")
    );
    assert_eq!(
        told(finding("tooBroad", "configured", false)),
        ("In scope".into(), "bad")
    );
    assert_eq!(
        told(finding("unknown", "configured", false)),
        ("Unknown".into(), "unknown")
    );
}

/// A page of paper ends between two conditions and not in one.
#[test]
fn a_filter_has_one_condition_a_line() {
    let filter = filter("A -eq '1' -or A -eq '2' -or A -eq '3'").into_string();
    assert_eq!(filter.matches("<div><bdi").count(), 3, "{filter}");
    assert!(
        filter.contains("A -eq '1' -or</bdi>") || filter.contains("A -eq &#39;1&#39; -or</bdi>"),
        "{filter}"
    );
    assert!(CSS.contains(".filter > div { break-inside: avoid; }"));
}

#[test]
fn steps_are_told_apart_from_places() {
    assert!(is_powershell("Remove-ManagementScope -Identity 'x'"));
    assert!(!is_powershell("Entra admin center, App registrations, x, Delete"));
    assert!(!is_powershell("Remove the app"));
}
