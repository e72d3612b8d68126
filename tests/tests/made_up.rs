//! Adds a change, a method and an operation that don't exist to a copy of the floors, as ARCHITECTURE.md says that one is
//! added, and builds the copy: nothing of `rpc` or `ui` has to change for them.
//!
//! What is added lies in `tests/made_up`, and there a probe, which is run in the copy. `ui` isn't copied: it knows what the
//! types of `rpc` say, and the probe sees that they say the same.
//!
//! The copy has a workspace of its own with the same packages, so that it is built with the same features and finds every
//! crate from elsewhere built already; only our floors are built again.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use journeys::repository::{Tracked, top, tracked};

/// What is added to a file, in front of what stands in it once.
struct Added {
    file: &'static str,
    before: &'static str,
    add: &'static str,
}

/// Something that is added.
const fn added(file: &'static str, before: &'static str, add: &'static str) -> Added {
    Added { file, before, add }
}

/// Files that are added: where, and what of `tests/made_up` is in them.
const FILES: &[(&str, &str)] = &[
    ("src-tauri/plan/src/changes/rename_app.rs", "rename_app.rs"),
    ("src-tauri/journey/src/changes/rename.rs", "rename.rs"),
    ("src-tauri/plan/src/wanted/carrier_pigeon.rs", "carrier_pigeon.rs"),
    (
        "src-tauri/plan/src/operations/switch_method.rs",
        "switch_method.rs",
    ),
];

const CHANGES: &str = "src-tauri/plan/src/changes/mod.rs";
const COMPARISON: &str = "src-tauri/plan/src/compare/app.rs";
const ITEMS: &str = "src-tauri/plan/src/compare/mod.rs";
const HANDS: &str = "src-tauri/journey/src/changes/mod.rs";
const METHODS: &str = "src-tauri/domain/src/permission.rs";
const WANTED: &str = "src-tauri/plan/src/wanted/mod.rs";
const LIVE_CALLS: &str = "src-tauri/journey/src/live_calls.rs";
const OPERATIONS: &str = "src-tauri/plan/src/operations/mod.rs";

/// The change: its file among the kinds, its place in the order, its row, its hands, its texts.
const CHANGE: &[Added] = &[
    added(CHANGES, "mod restore_app;", "mod rename_app;\n"),
    added(
        CHANGES,
        "pub use restore_app::RestoreApp;",
        "pub use rename_app::RenameApp;\n",
    ),
    added(
        CHANGES,
        "/// Takes the app registration back from the deleted ones.",
        "/// Gives the app registration another name.\nRenameApp(RenameApp),\n",
    ),
    added(
        CHANGES,
        "Self::RestoreApp(kind) => kind,",
        "Self::RenameApp(kind) => kind,\n",
    ),
    added(
        "src-tauri/plan/src/compare/order.rs",
        "Change::TagPrincipal(_) => 5,",
        "Change::RenameApp(_) => 3,\n",
    ),
    added(ITEMS, "/// Its service principal.", "/// Its name.\nName,\n"),
    added(
        "src-tauri/plan/src/compare/said.rs",
        "Item::AppTag",
        "Item::Name => return None,\n",
    ),
    added(
        COMPARISON,
        "// What comes back with a restored app is read before anything is added to it.",
        "if let Seen::Known(Some(app)) = &rows.seen.registration
             && registration == RowState::AsWanted
         {
             let name = wanted.display_name.clone();
             let named = match app.name == name {
                 true => RowState::AsWanted,
                 false => RowState::Change(Change::RenameApp(crate::changes::RenameApp { name })),
             };
             rows.add(Part::App, Item::Name, named);
         }\n",
    ),
    added(HANDS, "mod secret;", "mod rename;\n"),
    added(
        HANDS,
        "Change::TagPrincipal(_) => registration::tag(wizard, change).await?,",
        "Change::RenameApp(_) => rename::rename(wizard, change).await?,\n",
    ),
];

/// The method: its names, and what it wants.
const METHOD: &[Added] = &[
    added(
        METHODS,
        "/// Microsoft Graph as the app itself, held to its mailboxes by Exchange.",
        "/// Letters that somebody carries.\nCarrierPigeon,\n",
    ),
    added(
        METHODS,
        "Self::GraphAppOnly => \"graph-app-only\",",
        "Self::CarrierPigeon => \"carrier-pigeon\",\n",
    ),
    added(
        METHODS,
        "Self::GraphAppOnly => message!(\"method-by-graph\"),",
        "Self::CarrierPigeon => message!(\"method-by-carrier-pigeon\"),\n",
    ),
    added(
        METHODS,
        "Self::GraphAppOnly => message!(\"method-graph-app-only\"),",
        "Self::CarrierPigeon => message!(\"method-carrier-pigeon\"),\n",
    ),
    added(
        METHODS,
        "Self::GraphAppOnly, Self::MailProtocols, Self::SmtpAppOnly];",
        "Self::CarrierPigeon, ",
    ),
    added(
        LIVE_CALLS,
        "Method::GraphAppOnly => app_token::graph_token(http, tenant, client, secret).await,",
        "Method::CarrierPigeon => app_token::graph_token(http, tenant, client, secret).await,\n",
    ),
    added(
        LIVE_CALLS,
        "Method::GraphAppOnly => {",
        "Method::CarrierPigeon => Vec::new(),\n",
    ),
    added(WANTED, "mod graph_app_only;", "mod carrier_pigeon;\n"),
    added(
        WANTED,
        "Method::GraphAppOnly => graph_app_only::wanted,",
        "Method::CarrierPigeon => carrier_pigeon::wanted,\n",
    ),
];

/// The operation: its phases.
const OPERATION: &[Added] = &[
    added(OPERATIONS, "mod revoke;", "mod switch_method;\n"),
    added(
        OPERATIONS,
        "/// Takes everything of ours away.",
        "/// Gives a connection another method.\nSwitchMethod,\n",
    ),
    added(
        OPERATIONS,
        "Operation::Revoke => revoke::phases(observed),",
        "Operation::SwitchMethod => switch_method::phases(connection, answers),\n",
    ),
];

/// Texts, at the end of a topic of every language.
const TEXTS: &[(&str, &str)] = &[
    (
        "changes",
        "changes-rename-app = A made-up name\n    .text = { $name }\n",
    ),
    (
        "doing",
        "doing-rename-app = Mailgrant couldn't rename the app.\n    .task = rename the app\n",
    ),
    (
        "method",
        "method-carrier-pigeon = Carrier pigeons\n    .text = Made up. They find home by themselves.\n",
    ),
];

/// What stands in place of a package that the window's floor isn't built from.
const EMPTY: &str = "//! Nothing.\n";

/// What the copy's floors stand in. Another name than ours has: a package is known to cargo by its path from the top, and
/// both are built into the same folder.
const FOLDER: &str = "made-up";

#[test]
fn a_change_a_method_and_an_operation_take_no_line_of_the_window() {
    let mut files = copied();
    let before = files.clone();
    add(&mut files);
    let changed = files
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(text));
    let changed: BTreeSet<&str> = changed.map(|(path, _)| path.as_str()).collect();
    assert!(
        !changed.iter().any(|path| path.starts_with("src-tauri/rpc/")),
        "{changed:#?}"
    );
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(FOLDER);
    write(&copy, &files);
    let output = cargo(&copy).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(
        output.status.success(),
        "with {changed:#?} the copy in {} says:\n{}",
        copy.display(),
        String::from_utf8_lossy(&said)
    );
}

/// The floors as they are, the lock file, the manifests, and in place of every other package an empty one.
fn copied() -> BTreeMap<String, String> {
    let floor = |file: &Tracked| {
        let others = ["src-tauri/practice/", "src-tauri/shell/"];
        file.path.starts_with("src-tauri/") && !others.iter().any(|other| file.path.starts_with(other))
    };
    let manifest = |file: &Tracked| file.path.ends_with("/Cargo.toml") || file.path.starts_with("Cargo.");
    let tracked = tracked().unwrap().into_iter();
    tracked
        .filter(|file| floor(file) || manifest(file))
        .map(|file| (file.path, file.text))
        .chain([
            ("src-tauri/practice/src/lib.rs".to_owned(), EMPTY.to_owned()),
            ("tests/src/lib.rs".to_owned(), EMPTY.to_owned()),
            ("xtask/src/main.rs".to_owned(), format!("{EMPTY}fn main() {{}}\n")),
            ("tests/tests/probe.rs".to_owned(), made_up("probe.rs")),
            ("tests/tests/profile.toml".to_owned(), made_up("profile.toml")),
        ])
        .collect()
}

fn made_up(name: &str) -> String {
    fs::read_to_string(top().join("tests/made_up").join(name)).unwrap()
}

/// Adds what is made up.
fn add(files: &mut BTreeMap<String, String>) {
    for (path, name) in FILES {
        let there = files.insert((*path).to_owned(), made_up(name));
        assert!(there.is_none(), "{path} is there already");
    }
    for added in [CHANGE, METHOD, OPERATION].into_iter().flatten() {
        let text = files.get_mut(added.file).unwrap();
        assert_eq!(
            text.matches(added.before).count(),
            1,
            "{} has {:?} elsewhere now, in front of which something made up goes",
            added.file,
            added.before
        );
        *text = text.replace(added.before, &format!("{}{}", added.add, added.before));
    }
    for (path, text) in files.iter_mut() {
        let topic = path.strip_prefix("src-tauri/words/texts/");
        let topic = topic.and_then(|path| path.split_once('/')?.1.strip_suffix(".ftl"));
        for (_, more) in TEXTS.iter().filter(|(name, _)| topic == Some(*name)) {
            *text += more;
        }
    }
}

/// Writes the copy. A file that is as it was keeps its time, so that what is built of it stays built.
fn write(copy: &Path, files: &BTreeMap<String, String>) {
    let mut written = BTreeSet::new();
    for (path, text) in files {
        let (path, text) = elsewhere(path, text);
        let path = copy.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            fs::write(&path, text).unwrap();
        }
        written.insert(path);
    }
    remove_others(copy, &written);
}

/// A file as it stands in the copy: every package in one folder.
fn elsewhere(path: &str, text: &str) -> (PathBuf, String) {
    let path = match path.strip_prefix("src-tauri/") {
        Some(path) => format!("{FOLDER}/{path}"),
        None if path.starts_with("Cargo.") => path.to_owned(),
        None => format!("{FOLDER}/{path}"),
    };
    let text = match path.as_str() {
        "Cargo.toml" => text
            .replace("src-tauri/", &format!("{FOLDER}/"))
            .replace("\"tests\", \"xtask\"]", "]"),
        _ => text.to_owned(),
    };
    (path.into(), text)
}

/// Removes what an earlier run wrote and this one didn't.
fn remove_others(folder: &Path, written: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        match entry.file_type().unwrap().is_dir() {
            true => remove_others(&path, written),
            false if !written.contains(&path) => fs::remove_file(&path).unwrap(),
            false => {}
        }
    }
}

/// Builds the copy and runs its probe: beside the real workspace, with what is built of other people's crates there.
fn cargo(copy: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    // What cargo told this test of its own package isn't true of the copy's.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
            .iter()
            .any(|start| name.starts_with(start))
        {
            cargo.env_remove(&*name);
        }
    }
    cargo
        .args(["test", "--workspace", "--test", "probe", "--locked", "--offline"])
        .env("CARGO_TARGET_DIR", copy.parent().unwrap().parent().unwrap())
        .env("MAILGRANT_BINDINGS", top().join(rpc::bindings::PATH))
        .current_dir(copy);
    cargo
}
