//! Everything that people read on the way from the first screen to the sealed file, as one text to be read as a whole.
//!
//! What differs from run to run is replaced by a word for it: times, dates, ids, folders and the mailbox picked at random.

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
use rpc::view::View;
use serde_json::Value;

/// Who is signed in.
const ADMIN: &str = "dana.reyes@contoso.example";

#[tokio::test]
async fn the_whole_journey_reads_well() {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    let handle = practice::start(Options {
        clock: ClockKind::Explicit { start },
        mailboxes: 300,
        // A policy of the organisation, so that its words are read as well.
        scenario: practice::Scenario {
            secret_days_at_most: Some(365),
            ..practice::Scenario::default()
        },
        ..Options::default()
    })
    .await
    .unwrap();
    let organisation = Organisation::from(&handle);
    let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(ADMIN),
        data: data.path(),
        export: export.path(),
        keychain: "mailgrant texts test",
        clock: clock_of(&organisation).await.unwrap(),
        trace: Trace::default(),
    });
    session
        .go_on(
            None,
            "support@contoso.example, biling@contoso.example",
            "ceo@contoso.example",
        )
        .await
        .unwrap_err();
    let press = rpc::request::Request::UseSuggestion {
        list: rpc::request::ListName::Allowed,
        typed: "biling@contoso.example".into(),
        address: "billing@contoso.example".into(),
    };
    session.press(press).await.unwrap();
    session.go_on(None, "", "").await.unwrap();
    // Afterwards the plan says what is true.
    let plan = rpc::request::Request::GoTo { step: "plan".into() };
    session.press(plan).await.unwrap();
    let shown = session.shown.lock().unwrap().clone();
    let mut text = String::new();
    let mut last = String::new();
    let random = random_ones(&shown);
    for view in &shown {
        let mut page = page(view);
        let proves = matches!(view.page.content, rpc::view::Content::Proof { .. });
        for mailbox in &random {
            // Whoever is signed in can be picked as well, and is named on other pages for another reason.
            if proves || mailbox != ADMIN {
                page = page.replace(mailbox, "PICKED@contoso.example");
            }
        }
        if page != last {
            text.push_str(&page);
            text.push_str("\n----\n\n");
            last = page;
        }
    }
    let folder = export.path().display().to_string();
    let text = stable(&text.replace(&folder, "FOLDER").replace(handle.origin(), "ORIGIN"));
    // Microsoft's own codes, such as ErrorInvalidRecipients, are one word each and quoted as they are.
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        let avoided = ["please", "oops", "invalid", "successfully"];
        assert!(
            !avoided.contains(&word.to_lowercase().as_str()),
            "{word:?} is not how this window speaks"
        );
    }
    insta::assert_snapshot!("journey", text);
}

/// What a page says, one line for each piece of text, indented by how deep it lies.
fn page(view: &View) -> String {
    let page = serde_json::to_value(&view.page).unwrap();
    let mut lines = vec![format!("# {}", view.page.heading)];
    if view.page.busy.is_none() {
        lines.extend(view.page.lead.clone());
    }
    if let Some(busy) = &view.page.busy {
        lines.push(format!("(under way: {}. {})", busy.words, busy.waiting_for));
        return lines.join("\n");
    }
    read(&page["content"], 0, &mut lines);
    for problem in &view.page.field_problems {
        lines.push(format!("! {}: {}", problem.field, problem.words));
    }
    let buttons: Vec<String> = view
        .page
        .actions
        .iter()
        .map(|action| format!("[{}]", action.label))
        .collect();
    lines.push(buttons.join(" "));
    lines.extend(view.page.action_note.clone());
    lines.extend(
        view.page
            .announcement
            .as_ref()
            .map(|said| format!("(said: {said})")),
    );
    lines.join("\n")
}

/// Fields that name things for the program and are never read by people.
const UNREAD: [&str; 14] = [
    "kind", "tone", "icon", "request", "value", "field", "list", "chosen", "opener", "client", "done",
    "tooBroad", "code", "state",
];

/// Fields that name what the others tell more about.
const FIRST: [&str; 11] = [
    "title", "label", "legend", "what", "mailbox", "need", "address", "name", "word", "finding", "person",
];

fn read(value: &Value, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    match value {
        Value::String(text) if !text.is_empty() => lines.push(format!("{indent}{text}")),
        Value::Array(items) => items.iter().for_each(|item| read(item, depth, lines)),
        Value::Object(fields) => {
            // A button, a fact and a finding are one line each, as in the window.
            if let (Some(label), true) = (
                fields.get("label").and_then(Value::as_str),
                fields.contains_key("request"),
            ) {
                lines.push(format!("{indent}[{label}]"));
                return;
            }
            if let (Some(term), Some(value)) = (fields.get("term"), fields.get("value")) {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                lines.push(format!("{indent}{}: {}", text(term), text(value)));
            }
            let mut fields: Vec<_> = fields
                .iter()
                .filter(|(name, _)| !UNREAD.contains(&name.as_str()) && *name != "term")
                .collect();
            // In the window the first line of anything is its name, and what belongs to it follows.
            fields.sort_by_key(|(name, _)| {
                FIRST
                    .iter()
                    .position(|first| first == name)
                    .unwrap_or(FIRST.len())
            });
            for (name, inner) in fields {
                let deeper = usize::from(inner.is_array() || inner.is_object());
                if let (true, Value::Array(items)) = (deeper == 1, inner)
                    && !items.is_empty()
                {
                    lines.push(format!("{indent}{name}:"));
                }
                read(inner, depth + deeper, lines);
            }
        }
        _ => {}
    }
}

/// The mailboxes that a machine picked.
fn random_ones(shown: &[View]) -> Vec<String> {
    let mut found = Vec::new();
    for view in shown {
        if let rpc::view::Content::Proof { groups, .. } = &view.page.content {
            let rows = groups.iter().flat_map(|group| &group.rows);
            found.extend(
                rows.filter(|row| {
                    row.origin
                        .as_deref()
                        .is_some_and(|origin| origin.contains("random"))
                })
                .map(|row| row.mailbox.clone()),
            );
        }
    }
    found
}

/// Replaces what differs from run to run.
fn stable(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let words = line.split_inclusive([' ', ',', ';', '/', '"', '\'', '(', ')', '=']);
        words.map(word).collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A word, or what stands for it: times of the day, ids and their ends.
fn word(word: &str) -> String {
    let end = word
        .trim_end_matches([' ', ':', ',', ';', '/', '"', '\'', '(', ')', '=', '.'])
        .len();
    let (core, rest) = word.split_at(end);
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let hex = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_hexdigit());
    let parts: Vec<&str> = core.split(':').collect();
    let is_time = (2..=3).contains(&parts.len()) && parts.iter().all(|part| digits(part) && part.len() == 2);
    let ends: Vec<&str> = core.split('…').collect();
    let replaced = if is_time {
        "TIME"
    } else if core.len() == 36 && core.split('-').all(hex) {
        "ID"
    } else if core.starts_with("age1") && core.contains('…') {
        "KEY"
    } else if ends.len() == 2 && ends.iter().all(|part| hex(part)) {
        "ID-ENDS"
    } else if core.len() == 8 && hex(core) {
        "ID-START"
    } else if core.starts_with("http") && core.contains("localhost:") {
        "ADDRESS"
    } else {
        core
    };
    without_ids(&format!("{replaced}{rest}"))
}

/// The whole ids inside a word, such as in a name that holds one.
fn without_ids(word: &str) -> String {
    let mut kept = word.to_owned();
    for start in 0..word.len() {
        if let Some(id) = word.get(start..start + 36)
            && id.matches('-').count() == 4
            && id.parse::<uuid::Uuid>().is_ok()
        {
            kept = kept.replace(id, "ID");
        }
    }
    kept
}
