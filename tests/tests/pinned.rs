//! Everything that the set-up installs is pinned by its content: whoever serves a package, only the one that was looked
//! at is taken.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use journeys::repository::{Tracked, tracked};
use serde_json::Value;

const NONE: Vec<String> = Vec::new();

/// The files whose path is as asked, of which there has to be one.
fn files(wanted: impl Fn(&str) -> bool) -> Vec<Tracked> {
    let mut found = tracked().unwrap();
    found.retain(|file| wanted(&file.path));
    assert!(!found.is_empty(), "there are no such files");
    found
}

/// What a lock file of npm leaves open.
fn open_in_npm(lock: &str) -> Vec<String> {
    let lock: Value = serde_json::from_str(lock).unwrap();
    let mut open = Vec::new();
    if lock["lockfileVersion"] != 3 {
        open.push(String::from("another version of lock file"));
    }
    for (name, package) in lock["packages"].as_object().unwrap() {
        // The package that the lock file belongs to.
        if name.is_empty() {
            continue;
        }
        let pinned = package["integrity"]
            .as_str()
            .is_some_and(|digest| digest.starts_with("sha512-"));
        if !pinned {
            open.push(format!("{name} has no integrity"));
        }
        // Each machine has a registry of its own, and another kind of source is no registry at all.
        if !package["resolved"].is_null() || !package["link"].is_null() {
            open.push(format!("{name} says where it comes from"));
        }
    }
    open
}

/// What a list of requirements of pip leaves open.
fn open_in_pip(requirements: &str) -> Vec<String> {
    let mut open = Vec::new();
    // A requirement goes on over lines that end in a backslash.
    for requirement in requirements.replace("\\\n", " ").lines() {
        let words: Vec<&str> = requirement.split_whitespace().collect();
        let Some((first, rest)) = words.split_first() else {
            continue;
        };
        let hashes = rest
            .iter()
            .filter(|word| word.starts_with("--hash=sha256:"))
            .count();
        if !first.contains("==") || hashes == 0 || hashes != rest.len() {
            open.push((*first).to_owned());
        }
    }
    open
}

#[test]
fn packages_of_npm_are_pinned_by_content() {
    for lock in files(|path| path.ends_with("package-lock.json")) {
        assert_eq!(open_in_npm(&lock.text), NONE, "{}", lock.path);
        let packages: Value = serde_json::from_str(&lock.text).unwrap();
        assert!(
            packages["packages"].as_object().unwrap().len() > 5,
            "{}",
            lock.path
        );
    }
}

/// A version that may grow would be another package on the day when the lock file is made anew.
#[test]
fn every_package_of_npm_is_asked_for_in_one_version_and_locked() {
    let locks = files(|path| path.ends_with("package-lock.json"));
    for package in files(|path| path.ends_with("package.json")) {
        let beside = package.path.replace("package.json", "package-lock.json");
        assert!(
            locks.iter().any(|lock| lock.path == beside),
            "{} is missing",
            beside
        );
        let asked: Value = serde_json::from_str(&package.text).unwrap();
        for kind in ["dependencies", "devDependencies", "optionalDependencies"] {
            for (name, version) in asked[kind].as_object().into_iter().flatten() {
                let version = version.as_str().unwrap();
                let exact = version.starts_with(|first: char| first.is_ascii_digit())
                    && !version.contains(['x', '*', ' ', '|', ':']);
                assert!(exact, "{}: {name} {version}", package.path);
            }
        }
    }
}

/// Also where somebody installs by hand, or adds a package.
#[test]
fn npm_is_told_so_wherever_it_is_used() {
    let settings = files(|path| path.ends_with(".npmrc"));
    for lock in files(|path| path.ends_with("package-lock.json")) {
        let beside = lock.path.replace("package-lock.json", ".npmrc");
        let told = settings.iter().find(|file| file.path == beside);
        let told = told.unwrap_or_else(|| panic!("{beside} is missing"));
        for line in ["ignore-scripts=true", "omit-lockfile-registry-resolved=true"] {
            assert!(told.text.lines().any(|said| said == line), "{beside}: {line}");
        }
    }
}

#[test]
fn packages_of_python_are_pinned_by_content() {
    for list in files(|path| path.contains("requirements") && path.ends_with(".txt")) {
        assert_eq!(open_in_pip(&list.text), NONE, "{}", list.path);
        assert!(list.text.contains("=="), "{}", list.path);
    }
}

#[test]
fn crates_are_pinned_by_content() {
    for lock in files(|path| path.ends_with("Cargo.lock")) {
        let mut open = Vec::new();
        for package in lock.text.split("[[package]]").skip(1) {
            let ours = !package.contains("\nsource = ");
            if !ours && !package.contains("\nchecksum = ") {
                open.push(package.trim().to_owned());
            }
        }
        assert_eq!(open, NONE, "{}", lock.path);
    }
}

#[test]
fn what_is_left_open_is_noticed() {
    let lock = |package: &str| {
        format!(r#"{{"lockfileVersion": 3, "packages": {{"": {{}}, "node_modules/react": {package}}}}}"#)
    };
    assert_eq!(
        open_in_npm(&lock(r#"{"version": "1.0.0", "integrity": "sha512-AA=="}"#)),
        NONE
    );
    for open in [
        r#"{"version": "1.0.0"}"#,
        r#"{"version": "1.0.0", "integrity": "sha1-AA=="}"#,
        r#"{"version": "1.0.0", "integrity": "sha512-AA==", "resolved": "https://elsewhere.test/react.tgz"}"#,
        r#"{"resolved": "../react", "link": true, "integrity": "sha512-AA=="}"#,
    ] {
        assert!(!open_in_npm(&lock(open)).is_empty(), "{open}");
    }
    assert_eq!(
        open_in_pip("msal==1.39.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"),
        NONE
    );
    for open in [
        "msal==1.39.0\n",
        "msal>=1.39.0 --hash=sha256:aa\n",
        "msal==1.39.0 \\\n    --hash=md5:aa\n",
        "--extra-index-url https://elsewhere.test/\n",
    ] {
        assert!(!open_in_pip(open).is_empty(), "{open}");
    }
}
