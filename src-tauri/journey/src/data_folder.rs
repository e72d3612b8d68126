//! Where connections are kept on this computer: one folder each, one window at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use domain::ids::ConnectionId;
use domain::problem::{Code, Problem};
use domain::trace::Trace;
use engine::state::State;

use crate::journal_file::{JournalFile, OpenError};

const JOURNAL: &str = "journal";

/// The folder with every connection. While it is open, no other window of this program can open it.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    /// The lock ends with the process, however it ends.
    _lock: File,
}

/// A connection as the list shows it.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: ConnectionId,
    /// What its journal adds up to, or why it cannot be read.
    pub state: Result<State, Problem>,
}

impl DataFolder {
    /// Opens the folder, and makes it where it is missing.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let unwritable = |error: &io::Error| not_written(&path.display().to_string(), error);
        make_private(path).map_err(|error| unwritable(&error))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .map_err(|error| unwritable(&error))?;
        match lock.try_lock() {
            Ok(()) => {
                let folder = Self {
                    path: path.to_owned(),
                    _lock: lock,
                };
                folder.sweep();
                Ok(folder)
            }
            Err(TryLockError::WouldBlock) => Err(Problem::new(
                Code::InstanceSecond,
                "Mailgrant is already open",
                "Another window of Mailgrant works with the same connections.",
                "Two windows at once could do the same step twice.",
                "Go on in the other window, or close it and start again.",
            )),
            Err(TryLockError::Error(error)) => Err(unwritable(&error)),
        }
    }

    /// Takes away connections that a crash ended before their first record: nothing was answered and nothing made.
    fn sweep(&self) {
        let entries = std::fs::read_dir(&self.path).into_iter().flatten().flatten();
        for id in entries.filter_map(|entry| entry.file_name().to_str()?.parse::<ConnectionId>().ok()) {
            let written = std::fs::read(self.journal_path(id)).map(|text| text.contains(&b'\n'));
            let begun_only = match written {
                Ok(whole_line) => !whole_line,
                Err(error) => error.kind() == io::ErrorKind::NotFound,
            };
            if begun_only {
                // What stays behind is an empty folder that no list shows.
                drop(self.forget(id));
            }
        }
    }

    /// Every connection, in no order.
    pub fn list(&self) -> Vec<Listed> {
        let Ok(entries) = std::fs::read_dir(&self.path) else {
            return Vec::new();
        };
        entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse::<ConnectionId>().ok())
            .filter(|id| self.journal_path(*id).exists())
            .map(|id| Listed {
                id,
                state: self
                    .journal(id, Trace::default())
                    .map(|journal| State::of(journal.records())),
            })
            .collect()
    }

    /// Opens the journal of a connection, or begins it.
    pub fn journal(&self, id: ConnectionId, trace: Trace) -> Result<JournalFile, Problem> {
        let path = self.journal_path(id);
        let folder = self.path.join(id.to_string());
        make_private(&folder).map_err(|error| not_written(&folder.display().to_string(), &error))?;
        JournalFile::open(&path, trace).map_err(|error| match error {
            OpenError::Io(error) => not_written(&path.display().to_string(), &error),
            OpenError::Unreadable(error) => Problem::new(
                Code::JournalUnreadable,
                "This connection's notes can't be read",
                format!("The notes of this connection are damaged: {error}."),
                "The file was changed by something other than Mailgrant, or the disk has a fault.",
                "Restore the file from a backup, or take the connection off the list and begin again; Mailgrant finds the app it made by its tag only from these notes.",
            ),
        })
    }

    /// Takes a connection off this computer. What it made in the organisation stays.
    pub fn forget(&self, id: ConnectionId) -> Result<(), Problem> {
        let folder = self.path.join(id.to_string());
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(not_written(&folder.display().to_string(), &error))
            }
            _ => Ok(()),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn journal_path(&self, id: ConnectionId) -> PathBuf {
        self.path.join(id.to_string()).join(JOURNAL)
    }
}

/// A problem with writing somewhere.
pub fn not_written(place: &str, error: &io::Error) -> Problem {
    let (why, next) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("The disk is full.", "Free some space, then try again.")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            "This account may not write there.",
            "Choose another folder or ask for access, then try again.",
        ),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => (
            "The folder doesn't exist.",
            "Choose another folder, then try again.",
        ),
        _ => (
            "The system refused to write there.",
            "Choose another folder or restart the computer, then try again.",
        ),
    };
    Problem::new(
        Code::FileNotWritten,
        "The file couldn't be saved",
        format!("Mailgrant couldn't write to {place}."),
        why,
        next,
    )
    .exists("Nothing half-written was left behind.")
    .evidence(domain::problem::Evidence {
        message: Some(error.kind().to_string()),
        ..Default::default()
    })
}

/// Makes a folder that only this account can enter.
fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_window_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let first = DataFolder::open(folder.path()).unwrap();
        assert_eq!(
            DataFolder::open(folder.path()).unwrap_err().code,
            Code::InstanceSecond
        );
        drop(first);
        assert!(DataFolder::open(folder.path()).is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert_eq!(
            DataFolder::open(&file.join("below")).unwrap_err().code,
            Code::FileNotWritten
        );
    }
}
