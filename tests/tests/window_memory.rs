//! The real wizard, driven through its window until it is back at its list: its own process then holds no secret and no
//! token any more. The practice organisation, which made them, runs in the same process.
//!
//! The web view's processes are others. They never get a secret or a token; what is typed into a page is theirs.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use journeys::eventually::eventually;
use journeys::memory::{Copy, Wanted, can_be_searched, counted, kept_secret, named, tokens};
use journeys::reader::Reader;
use journeys::tour::say;
use journeys::window::{Opening, Window, can_be_driven};
use serde_json::{Value, json};

/// More pages than any journey has.
const MOST_PAGES: usize = 60;
/// Microsoft's half hour is thirty seconds here.
const PATIENCE: Duration = Duration::from_secs(150);

#[tokio::test]
async fn the_wizard_forgets_what_it_needs_no_more() {
    if !can_be_driven() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let window = open(folder.path()).await;
    let process = process(folder.path());
    if !can_be_searched(process) {
        say("skipped: the wizard lets nobody of the same user read its memory; only root may search it");
        return;
    }
    let passphrase = uuid::Uuid::new_v4().to_string().replace('-', " ");
    until_the_export(&window).await;
    let at_work = named(&tokens(process).unwrap());
    let secret = kept_secret(&folder.path().join("data"), "com.mailgrant.wizard practice").unwrap();
    export(&window, &passphrase).await;
    window.wait_for_page("exported").await.unwrap();

    let mut things: Vec<(&str, &str)> = vec![("secret", &secret), ("passphrase", &passphrase)];
    things.extend(
        at_work
            .iter()
            .map(|(name, token)| (name.as_str(), token.as_str())),
    );
    let wanted = Wanted::of(things).unwrap();
    let copies = wanted.in_process(process).unwrap();
    say(&format!(
        "the wizard, once the files are saved:{}",
        counted(&copies)
    ));
    // It leaves its page sealed, so that no buffer that a message passes has it in the clear.
    let typed: Vec<_> = copies.iter().filter(|copy| copy.of == "passphrase").collect();
    assert_eq!(typed, Vec::<&Copy>::new());
    let admins: BTreeSet<&str> = at_work.keys().map(String::as_str).collect();
    assert!(
        admins.iter().filter(|name| name.starts_with("admin")).count() >= 2,
        "the search found no tokens while they were in use: {admins:?}"
    );

    act(&window, &json!({ "kind": "save-and-close" })).await;
    window.wait_for_page("connections").await.unwrap();
    let copies = wanted.left_in_process(process).await.unwrap();
    say(&format!("the wizard, back at its list:{}", counted(&copies)));
    assert_eq!(copies, []);
    assert_eq!(tokens(process).unwrap(), BTreeSet::new());

    // A field's text is the web view's. It may keep that, but never what it was not given.
    let views = web_views(process);
    assert!(!views.is_empty());
    for view in views {
        let copies = wanted.in_process(view).unwrap();
        say(&format!("a process of the web view:{}", counted(&copies)));
        let typed: Vec<_> = copies.iter().filter(|copy| copy.of != "passphrase").collect();
        assert_eq!(typed, Vec::<&Copy>::new());
    }
}

async fn open(folder: &Path) -> Window {
    let opening = Opening {
        data: Some(folder.join("data")),
        arguments: vec!["--practice".to_owned()],
        environment: vec![
            ("XDG_DOCUMENTS_DIR", folder.join("documents").into()),
            ("HOME", folder.into()),
        ],
        ..Opening::default()
    };
    Window::open(opening).await.unwrap()
}

/// The wizard that works in this folder.
fn process(folder: &Path) -> u32 {
    let folder = folder.display().to_string();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let ours = processes.filter(|process| {
        let command = std::fs::read_to_string(process.path().join("cmdline")).unwrap_or_default();
        let program = command.split('\0').next().unwrap_or_default();
        program.ends_with("/mailgrant") && command.contains(&folder)
    });
    let ours: Vec<u32> = ours
        .filter_map(|process| process.file_name().to_str()?.parse().ok())
        .collect();
    assert_eq!(ours.len(), 1, "{ours:?}");
    ours[0]
}

/// The web view's processes, which are children of the wizard's.
fn web_views(wizard: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let children = processes.filter_map(|process| {
        let status = std::fs::read_to_string(process.path().join("status")).ok()?;
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
        let child = parent.trim() == wizard.to_string() && status.starts_with("Name:\tWebKit");
        process.file_name().to_str()?.parse().ok().filter(|_| child)
    });
    children.collect()
}

/// Goes to the export as a reader would who has no questions.
async fn until_the_export(window: &Window) {
    for _ in 0..MOST_PAGES {
        let view = window
            .wait_for("a page at rest", |view| view["page"]["busy"].is_null())
            .await
            .unwrap();
        let page = view["page"]["key"].as_str().unwrap().to_owned();
        if page == "export" {
            return;
        }
        let content = &view["page"]["content"];
        match content["kind"].as_str().unwrap_or_default() {
            "choose" => {
                let value = match &content["chosen"] {
                    Value::Null => &content["choices"][0]["value"],
                    chosen => chosen,
                };
                submit(window, &json!({ "kind": "choose", "value": value })).await;
            }
            "sign-in" => {
                let seen = window.browser().opened().len();
                window.press_primary().await.unwrap();
                let address = window.browser().next(seen).await.unwrap();
                Reader::new("dana.reyes@contoso.example")
                    .visit(&address)
                    .await
                    .unwrap();
            }
            "mailboxes" => {
                let boxes = json!({
                    "kind": "mailboxes",
                    "allowed": "support@contoso.example",
                    "refused": "ceo@contoso.example",
                });
                submit(window, &boxes).await;
            }
            "proof" => {
                // The wizard looks by itself when it is due.
                let proven = eventually("the proof", PATIENCE, async || {
                    let view = window.view().await.ok()?;
                    (view["page"]["actions"][0]["request"]["kind"] == "continue").then_some(())
                });
                proven.await.unwrap();
                window.press_primary().await.unwrap();
            }
            _ => drop(window.press_primary().await.unwrap()),
        }
        let revision = view["revision"].as_u64();
        window
            .wait_for("what follows", |view| {
                view["revision"].as_u64() > revision && view["page"]["busy"].is_null()
            })
            .await
            .unwrap();
    }
    panic!("the journey went on for more than {MOST_PAGES} pages");
}

/// Seals with a passphrase, typed into the page as a reader would.
async fn export(window: &Window, passphrase: &str) {
    window.choose_value("opener", "passphrase").await.unwrap();
    // Word by word, because what drives the window passes through the wizard's process, and keeps copies there that
    // nobody's typing makes.
    let words: Vec<&str> = passphrase.split(' ').collect();
    for id in ["passphrase", "passphrase-again"] {
        let script = "const field = document.getElementById(arguments[0]);
            field.focus(); field.select();
            return document.execCommand('insertText', false, arguments[1].join(' '));";
        let pasted = window.run(script, vec![json!(id), json!(words)]).await.unwrap();
        assert_eq!(pasted, Value::Bool(true));
    }
    window.press_primary().await.unwrap();
}

async fn act(window: &Window, request: &Value) {
    // Nothing that is asked for here is one of those that must have been read first.
    call(window, "act", json!({ "request": request, "revision": 0 })).await;
}

async fn submit(window: &Window, page: &Value) {
    call(window, "submit", json!({ "submit": page })).await;
}

async fn call(window: &Window, command: &str, arguments: Value) {
    let script = "const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(() => done(null), (error) => done(String(error)));";
    let answer = window
        .client()
        .execute_async(script, vec![json!(command), arguments]);
    assert_eq!(answer.await.unwrap(), Value::Null);
}
