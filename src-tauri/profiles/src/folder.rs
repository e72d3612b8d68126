//! Profiles that a user has put into a folder.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::{Profile, ProfileError, SHIPPED, is_shipped, parse, parse_all};

/// The largest file that is read, in bytes. The longest shipped profile has not a tenth of it.
const LARGEST_BYTES: u64 = 64 * 1024;

/// Reads every `.toml` file in a folder, in the order of their names, and keeps the good ones.
///
/// One bad file must not hide the others, so errors come beside the profiles. A folder that does not exist holds no
/// profiles; that is the usual case and no error. A profile whose id is taken is refused: a file must not put itself,
/// and with it a key of its own, in the place of a platform that the reader knows.
pub fn load_folder(folder: &Path, is_taken: impl Fn(&str) -> bool) -> (Vec<Profile>, Vec<ProfileError>) {
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
            Ok(profile) if is_taken(&profile.id) => errors.push(taken(&file, &profile)),
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
    parse(&name_of(file), &read_text(file)?)
}

/// Reads the text of a file that somebody named, whatever it is.
///
/// # Errors
///
/// The file isn't there, can't be read, is larger than 64 KiB, or holds something else than text in UTF-8.
pub fn read_text(file: &Path) -> Result<String, ProfileError> {
    let unreadable = |error: std::io::Error| whole_file(file, format!("the file cannot be read: {error}"));
    // Asked before it is opened: opening a pipe waits for whoever writes into it, and a device may never end.
    if !fs::metadata(file).map_err(unreadable)?.is_file() {
        return Err(whole_file(file, "this is not a regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(file)
        .and_then(|opened| opened.take(LARGEST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_BYTES) {
        return Err(whole_file(file, "the file is larger than 64 KiB"));
    }
    // An older Notepad of Windows calls this "Unicode".
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(whole_file(file, "the file is UTF-16 text; save it as UTF-8"));
    }
    String::from_utf8(bytes).map_err(|_| whole_file(file, "the file is not UTF-8 text"))
}

fn whole_file(file: &Path, reason: impl Into<String>) -> ProfileError {
    ProfileError {
        file: name_of(file),
        line: None,
        marked: None,
        reason: reason.into(),
    }
}

/// Reads a file as the wizard would that found it in its folder. One that is inside the program already is good as it is.
///
/// # Errors
///
/// As [`crate::parse_all`]; or its id is that of another file inside the program.
pub fn parse_own(file: &Path, text: &str) -> Result<Profile, Vec<ProfileError>> {
    let profile = parse_all(&name_of(file), text)?;
    let ours = SHIPPED.iter().any(|(_, shipped)| *shipped == text);
    match is_shipped(&profile.id) && !ours {
        true => Err(vec![taken(file, &profile)]),
        false => Ok(profile),
    }
}

/// Why a profile is refused whose id Mailgrant itself has.
fn taken(file: &Path, profile: &Profile) -> ProfileError {
    let reason = format!(
        "Mailgrant itself has a profile with the id `{}`; give this one another id and name",
        profile.id
    );
    whole_file(file, reason)
}

/// A file's name without its folder, as errors give it.
pub fn name_of(path: &Path) -> String {
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
        assert_eq!(
            load_folder(&folder.path().join("none"), |_| false),
            (vec![], vec![])
        );
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
        let (profiles, errors) = load_folder(folder.path(), |_| false);
        let ids: Vec<&str> = profiles.iter().map(|profile| profile.id.as_str()).collect();
        assert_eq!(ids, ["surecloud", "other"]);
        let errors: Vec<(&str, Option<usize>)> = errors
            .iter()
            .map(|error| (error.file.as_str(), error.line))
            .collect();
        assert_eq!(errors, [("a.toml", Some(1)), ("c.toml", None), ("e.toml", None)]);
    }

    #[test]
    fn a_file_in_place_of_a_folder_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("profiles");
        fs::write(&file, GOOD).unwrap();
        let (profiles, errors) = load_folder(&file, |_| false);
        assert_eq!(profiles, []);
        assert_eq!(errors.len(), 1);
        assert!(
            errors[0].reason.starts_with("the folder cannot be read"),
            "{}",
            errors[0]
        );
    }

    #[test]
    fn a_file_cannot_take_the_place_of_a_shipped_profile() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.toml"), GOOD).unwrap();
        let (profiles, errors) = load_folder(folder.path(), crate::is_shipped);
        assert_eq!(profiles, []);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].reason.contains("`surecloud`"), "{}", errors[0]);
    }

    #[test]
    fn a_file_that_is_too_large_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let padded = |length: usize| format!("{GOOD}#{}", " ".repeat(length - GOOD.len() - 1));
        fs::write(folder.path().join("a.toml"), padded(65_536)).unwrap();
        fs::write(folder.path().join("b.toml"), padded(65_537)).unwrap();
        let (profiles, errors) = load_folder(folder.path(), |_| false);
        assert_eq!(profiles.len(), 1);
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].reason, "the file is larger than 64 KiB");
    }

    #[test]
    fn what_is_no_regular_file_is_refused_without_being_opened() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a.toml")).unwrap();
        // A socket stands for every special file here: nothing else of the kind can be made without a crate.
        #[cfg(unix)]
        let _listening = std::os::unix::net::UnixListener::bind(folder.path().join("b.toml")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("c.toml")).unwrap();
        let (profiles, errors) = load_folder(folder.path(), |_| false);
        assert_eq!(profiles, []);
        assert_eq!(errors.len(), if cfg!(unix) { 3 } else { 1 });
        for error in &errors {
            assert_eq!(error.reason, "this is not a regular file", "{error}");
        }
    }

    #[test]
    fn text_of_another_encoding_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.toml");
        for (first, words) in [
            (&[0xff, 0xfe][..], "the file is UTF-16 text; save it as UTF-8"),
            (&[0xfe, 0xff], "the file is UTF-16 text; save it as UTF-8"),
            (&[b'i', 0xe4], "the file is not UTF-8 text"),
        ] {
            fs::write(&file, first).unwrap();
            assert_eq!(read_text(&file).unwrap_err().reason, words);
        }
    }
}
