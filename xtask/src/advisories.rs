//! RustSec's list of known vulnerabilities, where this machine has a copy of it.
//!
//! Not every machine can download it, so a test run uses a copy that is there and says so where none is.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::{self, Outcome};

/// Names a copy to the test run: a clone of RustSec's advisory-db.
const NAMED_BY: &str = "CARGO_DENY_DB";
/// Where `deny.toml` looks for copies.
const LOOKED_FOR_IN: &str = "MAILGRANT_ADVISORIES";
/// What cargo-deny calls the copy of RustSec's own list: its name, and a hash of its address.
const CALLED: &str = "advisory-db-3157b0e258782691";

/// Why the check is left out where it is.
pub const NONE_AT_HAND: &str =
    "no copy of RustSec's list is at hand (`cargo deny fetch db` makes one, or CARGO_DENY_DB names one)";

/// A copy of the list.
pub struct Advisories {
    /// The folder that holds it under the name that cargo-deny knows.
    folder: PathBuf,
    // Where that folder was made for this run.
    _made: Option<tempfile::TempDir>,
}

impl Advisories {
    /// The copy that is named, or that cargo-deny or cargo-audit keeps.
    pub fn at_hand() -> Outcome<Option<Self>> {
        if let Some(named) = std::env::var_os(NAMED_BY) {
            let named = PathBuf::from(named);
            if !is_list(&named) {
                return Err(format!(
                    "{NAMED_BY} names no copy of RustSec's list: {}",
                    named.display()
                ));
            }
            return Self::at(&named).map(Some);
        }
        let Some(home) = workspace::cargo_home() else {
            return Ok(None);
        };
        let kept = [home.join("advisory-dbs").join(CALLED), home.join("advisory-db")];
        kept.iter()
            .find(|folder| is_list(folder))
            .map(|folder| Self::at(folder))
            .transpose()
    }

    fn at(list: &Path) -> Outcome<Self> {
        if list.ends_with(CALLED) {
            return Ok(Self {
                folder: list.parent().unwrap_or(list).to_owned(),
                _made: None,
            });
        }
        let failed = |error: std::io::Error| format!("{}: {error}", list.display());
        let made = tempfile::tempdir().map_err(failed)?;
        let list = list.canonicalize().map_err(failed)?;
        link(&list, &made.path().join(CALLED)).map_err(failed)?;
        Ok(Self {
            folder: made.path().to_owned(),
            _made: Some(made),
        })
    }

    /// Tells cargo-deny where it is.
    pub fn name_to(&self, deny: &mut Command) {
        deny.env(LOOKED_FOR_IN, &self.folder);
    }
}

/// Whether a folder looks like a clone of the list.
fn is_list(folder: &Path) -> bool {
    folder.join("crates").is_dir() && folder.join(".git").exists()
}

#[cfg(unix)]
fn link(list: &Path, name: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(list, name)
}

#[cfg(not(unix))]
fn link(list: &Path, name: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(list, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn any_clone_of_the_list_is_found_under_the_name_that_cargo_deny_knows() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("somewhere");
        fs::create_dir_all(list.join("crates")).unwrap();
        assert!(!is_list(&list));
        fs::create_dir_all(list.join(".git")).unwrap();
        assert!(is_list(&list));
        let advisories = Advisories::at(&list).unwrap();
        assert!(is_list(&advisories.folder.join(CALLED)));

        let kept = folder.path().join("advisory-dbs").join(CALLED);
        fs::create_dir_all(&kept).unwrap();
        assert_eq!(
            Advisories::at(&kept).unwrap().folder,
            folder.path().join("advisory-dbs")
        );
    }

    #[test]
    fn the_configuration_looks_where_we_say() {
        let deny = fs::read_to_string(workspace::top().join("deny.toml")).unwrap();
        assert!(deny.contains(&format!("db-path = \"${{{LOOKED_FOR_IN}:-")));
    }
}
