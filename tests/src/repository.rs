//! The repository as text, for the tests that hold its rules.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

/// The top of the repository.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file that belongs to the repository.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// Its path from the top, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Every text file that is committed or about to be, without those that only a build makes.
pub fn tracked() -> Outcome<Vec<Tracked>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(top())
        .output()
        .map_err(|error| format!("git ls-files: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "git ls-files: {}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let listed = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    let mut files = Vec::new();
    for path in listed.split_terminator('\0') {
        // A file that was just removed is still listed; one that is no text has no words to look at.
        if let Ok(text) = std::fs::read_to_string(top().join(path)) {
            files.push(Tracked {
                path: path.to_owned(),
                text,
            });
        }
    }
    Ok(files)
}

/// The Rust sources of the workspace.
pub fn rust_sources() -> Outcome<Vec<Tracked>> {
    Ok(tracked()?
        .into_iter()
        .filter(|file| file.path.ends_with(".rs"))
        .collect())
}

/// A place in a file, as an editor opens it.
pub fn place(file: &Tracked, index: usize) -> String {
    format!(
        "{}:{}: {}",
        file.path,
        index + 1,
        file.text.lines().nth(index).unwrap_or_default().trim()
    )
}

/// The lines of a Rust source that aren't comments, up to its tests.
pub fn code(file: &Tracked) -> impl Iterator<Item = (usize, &str)> {
    let tests = file
        .text
        .lines()
        .position(|line| line.trim() == "mod tests {")
        .unwrap_or(usize::MAX);
    file.text
        .lines()
        .enumerate()
        .take(tests)
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}
