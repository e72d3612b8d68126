//! Each folder under `src-tauri` is one floor, and a floor imports only floors below it.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use journeys::repository::{code, place, rust_sources, top};

/// Who may import whom. Everything else of ours is forbidden; a new arrow is a decision, made here.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("words", &["domain"]),
    ("calls", &["domain"]),
    ("engine", &["plan", "domain"]),
    ("profiles", &["domain"]),
    ("bundle", &["domain"]),
    ("keychain", &["domain"]),
    ("plan", &["calls", "domain"]),
    ("microsoft", &["calls", "domain"]),
    (
        "journey",
        &[
            "plan",
            "calls",
            "engine",
            "profiles",
            "bundle",
            "keychain",
            "microsoft",
            "domain",
        ],
    ),
    (
        "rpc",
        &["words", "journey", "bundle", "profiles", "engine", "domain"],
    ),
    (
        "mailgrant",
        &[
            "rpc",
            "words",
            "journey",
            "keychain",
            "practice",
            "domain",
            "microsoft",
        ],
    ),
    ("practice", &[]),
    ("xtask", &[]),
];

/// Whole journeys may use every floor.
const ABOVE_ALL: &str = "journeys";

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(top().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap()
}

/// Ours, each with everything it depends on directly.
fn dependencies(metadata: &Metadata, tests_too: bool) -> BTreeMap<String, BTreeSet<String>> {
    let packages = metadata.workspace_packages().into_iter();
    packages
        .map(|package| {
            let needs = package.dependencies.iter();
            let needs = needs.filter(|need| tests_too || need.kind != DependencyKind::Development);
            (
                package.name.to_string(),
                needs.map(|need| need.name.clone()).collect(),
            )
        })
        .collect()
}

#[test]
fn a_floor_imports_only_floors_below_it() {
    let found = dependencies(&metadata(), true);
    let ours: BTreeSet<&String> = found.keys().collect();
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (from, needs) in &found {
        if from == ABOVE_ALL {
            continue;
        }
        let Some(below) = allowed.get(from.as_str()) else {
            wrong.push(format!("{from} is no floor yet: give it its arrows here"));
            continue;
        };
        for need in needs.iter().filter(|need| ours.contains(need)) {
            // A floor may test itself with the practice organisation, which is another program, and read what its messages
            // say.
            let tests_itself_with_it =
                ["practice", "words"].contains(&need.as_str()) && only_in_tests(from, need);
            if !tests_itself_with_it && !below.contains(&need.as_str()) {
                wrong.push(format!("{from} imports {need}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let named: BTreeSet<&str> = allowed.keys().copied().chain([ABOVE_ALL]).collect();
    let gone: Vec<_> = named.iter().filter(|name| !found.contains_key(**name)).collect();
    assert!(gone.is_empty(), "these floors are gone: {gone:?}");
}

fn only_in_tests(from: &str, need: &str) -> bool {
    !dependencies(&metadata(), false)[from].contains(need)
}

/// What a floor hands through of the floors below it, so that the one above can pass it on without knowing them. Every
/// other `pub use` of another floor's names would be an arrow that no manifest shows.
const HANDED_THROUGH: &[(&str, &[&str])] = &[(
    "journey",
    &[
        // A session is started with the time and waits by it.
        "microsoft::clock::{Clock, Pause}",
        // Who hosts a session says where practice runs.
        "microsoft::cloud::Cloud",
        // What a sign-in is asked for is decided by the page that leads to it.
        "microsoft::entra::rights::Right",
        // The window draws the plan by its parts.
        "plan::part::Part",
    ],
)];

/// What a line makes public of other crates: `microsoft::clock::Clock` in `pub use microsoft::clock::Clock;`.
fn made_public(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line
        .strip_prefix("pub use ")
        .or_else(|| line.strip_prefix("pub extern crate "))?;
    Some(line.trim_start_matches("::").trim_end_matches(';'))
}

#[test]
fn a_floor_hands_through_only_what_is_listed() {
    let floors: BTreeSet<&str> = ARROWS.iter().map(|(floor, _)| *floor).collect();
    let allowed: BTreeMap<&str, &[&str]> = HANDED_THROUGH.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for file in rust_sources().unwrap() {
        let Some((floor, _)) = file
            .path
            .strip_prefix("src-tauri/")
            .and_then(|path| path.split_once("/src/"))
        else {
            continue;
        };
        for (index, line) in code(&file) {
            let Some(named) = made_public(line) else { continue };
            let of = named.split("::").next().unwrap_or_default();
            if of == floor || !floors.contains(of) {
                continue;
            }
            if allowed.get(floor).is_some_and(|listed| listed.contains(&named)) {
                seen.insert((floor.to_owned(), named.to_owned()));
            } else {
                wrong.push(place(&file, index));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let listed = HANDED_THROUGH.iter().flat_map(|(floor, named)| {
        named
            .iter()
            .map(|named| ((*floor).to_owned(), (*named).to_owned()))
    });
    assert_eq!(seen, listed.collect(), "what is listed is also handed through");
}

#[test]
fn a_name_that_is_made_public_is_seen() {
    assert_eq!(
        made_public("    pub use keychain::Keychain;"),
        Some("keychain::Keychain")
    );
    assert_eq!(
        made_public("pub use ::microsoft::http::{"),
        Some("microsoft::http::{")
    );
    assert_eq!(made_public("pub extern crate microsoft;"), Some("microsoft"));
    assert_eq!(made_public("use keychain::Keychain;"), None);
}

#[test]
fn only_the_shell_knows_tauri() {
    let knows = |name: &str| ["tauri", "wry", "tao"].contains(&name) || name.starts_with("tauri-");
    for (package, needs) in dependencies(&metadata(), true) {
        let known: Vec<_> = needs.into_iter().filter(|need| knows(need)).collect();
        assert!(
            package == "mailgrant" || known.is_empty(),
            "{package} knows {known:?}"
        );
    }
    for file in rust_sources().unwrap() {
        if file.path.starts_with("src-tauri/shell/") || !file.path.starts_with("src-tauri/") {
            continue;
        }
        let named = code(&file).find(|(_, line)| line.contains("tauri::") || line.contains("use tauri"));
        assert!(named.is_none(), "{}", place(&file, named.unwrap().0));
    }
}

/// The floors that decide, from what they are given and nothing else.
const PURE: [&str; 5] = ["domain", "words", "calls", "plan", "engine"];

/// Crates that bring a clock, a network, files or chance.
const EFFECTS: &[&str] = &[
    "age",
    "atomic-write-file",
    "axum",
    "getrandom",
    "hyper",
    "hyper-util",
    "keyring",
    "oauth2",
    "rand",
    "reqwest",
    "rustls",
    "tempfile",
    "tokio",
    "tokio-rustls",
];

/// What the standard library and our libraries would bring of them.
const EFFECTFUL_WORDS: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "Instant::now",
    "SystemTime::now",
    "Timestamp::now",
    "Zoned::now",
    "Uuid::new_v4",
    "Uuid::now_v7",
    "async fn",
];

#[test]
fn the_pure_floors_know_no_clock_and_no_network() {
    let needs = dependencies(&metadata(), false);
    for floor in PURE {
        let known: Vec<_> = needs[floor]
            .iter()
            .filter(|need| EFFECTS.contains(&need.as_str()))
            .collect();
        assert!(known.is_empty(), "{floor} knows {known:?}");
    }
    let mut wrong = Vec::new();
    for file in rust_sources().unwrap() {
        let is_pure = |floor: &&str| file.path.starts_with(&format!("src-tauri/{floor}/src/"));
        if !PURE.iter().any(is_pure) {
            continue;
        }
        for (index, line) in code(&file) {
            if EFFECTFUL_WORDS.iter().any(|word| line.contains(word)) {
                wrong.push(place(&file, index));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_version_stands_in_the_workspace_table() {
    for package in metadata().workspace_packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        let own = if package.name.as_str() == "mailgrant" {
            manifest.split("[workspace]").next().unwrap().to_owned()
        } else {
            manifest
        };
        let own = own
            .split_once("dependencies]")
            .map_or("", |(_, dependencies)| dependencies);
        for line in own
            .lines()
            .filter(|line| line.contains('=') && !line.trim_start().starts_with('#'))
        {
            let pinned =
                line.contains("version =") || line.split_once('=').unwrap().1.trim_start().starts_with('"');
            assert!(!pinned, "{} pins a version of its own: {line}", package.name);
        }
    }
}
