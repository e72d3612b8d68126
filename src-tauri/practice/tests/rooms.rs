//! The folders of the practice organisation stand above one another: each imports only those below it.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Which folder or file of the top level may import which, from the lowest to the highest. Everything else is forbidden;
/// a new arrow is a decision, made here.
const ARROWS: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("wire", &[]),
    ("published", &[]),
    ("people", &[]),
    ("scenario", &["clock", "wire", "published", "people"]),
    (
        "organisation",
        &["clock", "wire", "published", "people", "scenario"],
    ),
    (
        "access",
        &["clock", "wire", "published", "people", "organisation"],
    ),
    ("running", &["clock", "wire", "scenario", "organisation"]),
    (
        "mail",
        &["published", "people", "organisation", "access", "running"],
    ),
    (
        "exchange",
        &[
            "clock",
            "wire",
            "published",
            "people",
            "scenario",
            "organisation",
            "access",
        ],
    ),
    (
        "entra",
        &["clock", "wire", "published", "people", "organisation", "access"],
    ),
    (
        "graph",
        &[
            "clock",
            "wire",
            "published",
            "people",
            "scenario",
            "organisation",
            "access",
            "mail",
            "exchange",
            "entra",
        ],
    ),
    (
        "server",
        &[
            "clock",
            "wire",
            "published",
            "people",
            "scenario",
            "organisation",
            "access",
            "running",
            "mail",
            "exchange",
            "entra",
            "graph",
        ],
    ),
];

/// What gathers the rest for those outside, and may name all of it.
const ABOVE_ALL: &[&str] = &["lib", "main", "fuzzing"];

/// Every source file with its path below `src`, in steps.
fn sources() -> Vec<(Vec<String>, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<PathBuf> = vec![top.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let below = path.strip_prefix(&top).unwrap().with_extension("");
                let steps = below
                    .iter()
                    .map(|step| step.to_str().unwrap().to_owned())
                    .collect();
                files.push((steps, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files
}

/// The source without its comments.
fn code(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The top-level names that a text names by `crate::`, alone or in a list, and by as many `super::` as lead from a
/// module at this depth to the top.
fn named(code: &str, depth: usize) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // Another crate's name that ends so begins no path of this one.
        let before = code[..at].chars().next_back();
        if !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            names.extend(first_steps(&code[at + "crate::".len()..]));
        }
    }
    let to_the_top = "super::".repeat(depth);
    for (at, _) in code.match_indices(&to_the_top) {
        names.extend(first_steps(&code[at + to_the_top.len()..]));
    }
    names
}

/// What a path goes on with: one name, or the first of each in a list.
fn first_steps(rest: &str) -> Vec<String> {
    let name = |text: &str| {
        let word = |letter: char| letter.is_alphanumeric() || letter == '_';
        text.trim_start()
            .chars()
            .take_while(|letter| word(*letter))
            .collect()
    };
    let Some(list) = rest.strip_prefix('{') else {
        return vec![name(rest)];
    };
    let (mut depth, mut begins, mut names) = (0_usize, true, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if begins && !letter.is_whitespace() => {
                names.push(name(&list[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

/// Which top-level folder or file imports which, with the place of one such import.
fn arrows() -> BTreeMap<(String, String), String> {
    let files = sources();
    let rooms: BTreeSet<String> = files.iter().map(|(steps, _)| steps[0].clone()).collect();
    let mut found = BTreeMap::new();
    for (steps, text) in &files {
        let from = &steps[0];
        if ABOVE_ALL.contains(&from.as_str()) {
            continue;
        }
        let depth = steps.len() - usize::from(steps.last().is_some_and(|step| step == "mod"));
        for to in named(&code(text), depth) {
            if to != *from && rooms.contains(&to) {
                found.entry((from.clone(), to)).or_insert_with(|| steps.join("/"));
            }
        }
    }
    found
}

#[test]
fn no_folder_imports_one_above_it() {
    for (number, (room, below)) in ARROWS.iter().enumerate() {
        let lower: Vec<&str> = ARROWS[..number].iter().map(|(lower, _)| *lower).collect();
        let upward: Vec<_> = below.iter().filter(|name| !lower.contains(name)).collect();
        assert!(
            upward.is_empty(),
            "{room} would import what is not below it: {upward:?}"
        );
    }
    let allowed: BTreeSet<(String, String)> = ARROWS
        .iter()
        .flat_map(|(from, below)| below.iter().map(|to| ((*from).to_owned(), (*to).to_owned())))
        .collect();
    let found = arrows();
    let wrong: Vec<String> = found
        .iter()
        .filter(|(arrow, _)| !allowed.contains(*arrow))
        .map(|((_, to), place)| format!("{place}.rs imports {to}"))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    let unused: Vec<_> = allowed
        .iter()
        .filter(|arrow| !found.contains_key(*arrow))
        .collect();
    assert!(
        unused.is_empty(),
        "nothing goes along these arrows any more: {unused:?}"
    );
}

#[test]
fn every_folder_has_its_place() {
    let found: BTreeSet<String> = sources().into_iter().map(|(steps, _)| steps[0].clone()).collect();
    let known = ARROWS
        .iter()
        .map(|(room, _)| *room)
        .chain(ABOVE_ALL.iter().copied());
    assert_eq!(found, known.map(str::to_owned).collect());
}

#[test]
fn an_import_is_seen_however_it_is_written() {
    let seen = |text: &str| named(&code(text), 2).into_iter().collect::<Vec<_>>();
    assert_eq!(seen("use crate::wire::Call;"), ["wire"]);
    assert_eq!(
        seen("use crate::{\n    graph::{Answer, batch}, wire,\n    clock as time,\n};"),
        ["clock", "graph", "wire"]
    );
    assert_eq!(seen("fn a() { crate::mail::start() }"), ["mail"]);
    assert_eq!(seen("use super::super::server::start;"), ["server"]);
    assert_eq!(seen("use super::path; // crate::server"), Vec::<String>::new());
    assert_eq!(
        seen("pub(crate) fn a() { other_crate::server::b() }"),
        Vec::<String>::new()
    );
}
