//! Profiles that a user has put into a folder.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::{Profile, ProfileError, parse};

/// Reads every `.toml` file in a folder, in the order of their names, and keeps the good ones.
///
/// One bad file must not hide the others, so errors come beside the profiles. A folder that does not exist holds no
/// profiles; that is the usual case and no error.
pub fn load_folder(folder: &Path) -> (Vec<Profile>, Vec<ProfileError>) {
    let mut profiles: Vec<Profile> = Vec::new();
    let mut errors = Vec::new();
    let files = match toml_files(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::NotFound => return (profiles, errors),
        Err(error) => {
            errors.push(whole_file(folder, format!("the folder cannot be read: {error}")));
            return (profiles, errors);
        }
    };
    for file in files {
        match load_file(&file) {
            // Journals refer to a profile by its id, so two files with one id would make them ambiguous.
            Ok(profile) if profiles.iter().any(|other| other.id == profile.id) => {
                let reason = format!("another file in this folder already has the id `{}`", profile.id);
                errors.push(whole_file(&file, reason));
            }
            Ok(profile) => profiles.push(profile),
            Err(error) => errors.push(error),
        }
    }
    (profiles, errors)
}

/// The folder's `.toml` files by name, because the order of a directory differs between systems.
fn toml_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn load_file(file: &Path) -> Result<Profile, ProfileError> {
    let text = fs::read_to_string(file).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => whole_file(file, "the file is not UTF-8 text"),
        _ => whole_file(file, format!("the file cannot be read: {error}")),
    })?;
    parse(&name_of(file), &text)
}

fn whole_file(file: &Path, reason: impl Into<String>) -> ProfileError {
    ProfileError {
        file: name_of(file),
        line: 1,
        reason: reason.into(),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = include_str!("../data/surecloud.toml");

    #[test]
    fn a_folder_that_does_not_exist_holds_no_profiles() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(load_folder(&folder.path().join("none")), (vec![], vec![]));
    }

    #[test]
    fn a_bad_file_does_not_hide_the_good_ones() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        write("a.toml", b"id = ");
        write("b.toml", GOOD.as_bytes());
        write("c.toml", GOOD.as_bytes());
        write(
            "d.TOML",
            GOOD.replace("\"surecloud\"", "\"other\"")
                .replace('\n', "\r\n")
                .as_bytes(),
        );
        write("e.toml", b"id = \"\xff\"");
        write("notes.txt", b"not a profile");
        let (profiles, errors) = load_folder(folder.path());
        let ids: Vec<&str> = profiles.iter().map(|profile| profile.id.as_str()).collect();
        assert_eq!(ids, ["surecloud", "other"]);
        let errors: Vec<(&str, usize)> = errors
            .iter()
            .map(|error| (error.file.as_str(), error.line))
            .collect();
        assert_eq!(errors, [("a.toml", 1), ("c.toml", 1), ("e.toml", 1)]);
    }

    #[test]
    fn a_file_in_place_of_a_folder_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("profiles");
        fs::write(&file, GOOD).unwrap();
        let (profiles, errors) = load_folder(&file);
        assert_eq!(profiles, []);
        assert_eq!(errors.len(), 1);
        assert!(
            errors[0].reason.starts_with("the folder cannot be read"),
            "{}",
            errors[0]
        );
    }
}
