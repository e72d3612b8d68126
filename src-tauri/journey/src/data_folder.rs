//! Where connections are kept on this computer: one folder each, one window at a time.
//!
//! The folder may hold what isn't ours, because a reader can name any folder. Nothing here is removed with what is in
//! it, and nothing but an empty folder of ours is removed at all.

mod key;
mod language;

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use domain::ids::ConnectionId;
use domain::message;
use domain::message::Arg;
use domain::problem::{Code, Problem};
use domain::trace::Trace;
use engine::journal::{MOST_BYTES, Trust, Unreadable};
use engine::state::State;
use keychain::Keychain;

use crate::journal_file::{BEGUN, JOURNAL, JournalFile, OpenError, options, private, sync_folder};
use crate::problems::not_written;

use self::key::{Key, NAME};
use self::language::LANGUAGE;
pub use self::language::remembered_language;

/// The folder of connections that were taken off the list.
const REMOVED: &str = "removed";
const LOCK: &str = "lock";
/// The empty file that says that the window presents.
const PRESENTING: &str = "presenting";
/// What lies in this folder beside the connections. The last three are made by others of this program, in folders that
/// were named for it.
const OURS: [&str; 8] = [
    LOCK, NAME, REMOVED, PRESENTING, LANGUAGE, "practice", "export", "profiles",
];

/// The folder with every connection. While it is open, no other window of this program can open it.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    keychain: Keychain,
    key: Mutex<Key>,
    seen: Mutex<HashMap<PathBuf, Seen>>,
    /// The lock ends with the process, however it ends.
    _lock: File,
}

/// A journal as it was read last, so that drawing the list doesn't read every journal anew.
#[derive(Debug)]
struct Seen {
    length: u64,
    changed: Option<SystemTime>,
    state: Result<State, Problem>,
    trust: Trust,
}

/// A connection as the list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: ConnectionId,
    /// What its journal adds up to, or why it cannot be read.
    pub state: Result<State, Problem>,
    /// How far its journal can be believed.
    pub trust: Trust,
}

impl DataFolder {
    /// Opens the folder, and makes it where it is missing. The keychain keeps the key of its journals, under `namespace`.
    ///
    /// # Errors
    /// When it can't be made or written to, or another window has it open.
    pub fn open(path: &Path, namespace: &str) -> Result<Self, Problem> {
        let unwritable = |error: &io::Error| not_written(&path.display().to_string(), error);
        make_private(path).map_err(|error| unwritable(&error))?;
        let lock = own_file(&path.join(LOCK)).map_err(|error| unwritable(&error))?;
        match lock.try_lock() {
            Ok(()) => {
                let folder = Self {
                    path: path.to_owned(),
                    keychain: Keychain::open(namespace),
                    key: Mutex::default(),
                    seen: Mutex::default(),
                    _lock: lock,
                };
                folder.close_to_others();
                folder.sweep();
                Ok(folder)
            }
            Err(TryLockError::WouldBlock) => Err(Problem::said(
                Code::InstanceSecond,
                message!("wizard-already-open"),
            )),
            Err(TryLockError::Error(error)) => Err(unwritable(&error)),
        }
    }

    /// Makes a folder that holds nothing but ours one that only this account can enter, also where it was made under a
    /// loose umask. A folder with other things in it is somebody's, and stays as open as they made it.
    fn close_to_others(&self) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let only_ours = entries(&self.path).iter().all(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                OURS.contains(&&*name) || name.parse::<ConnectionId>().is_ok()
            });
            let open =
                std::fs::metadata(&self.path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0);
            if only_ours && open {
                // A folder that can't be closed is as it was; each journal in it is closed by itself.
                drop(std::fs::set_permissions(
                    &self.path,
                    PermissionsExt::from_mode(0o700),
                ));
            }
        }
    }

    /// Takes away connections that ended before their first record: nothing was answered and nothing made. Such a folder
    /// holds one file, by a name that only we give, and goes once that is gone; any other stays. None may be open.
    pub fn sweep(&self) {
        for id in self.folders(&self.path) {
            let folder = self.folder(id);
            let held = entries(&folder);
            if let [only] = held.as_slice()
                && only.file_name() == BEGUN
                && only.file_type().is_ok_and(|kind| kind.is_file())
            {
                // Neither removes anything with something in it; what stays behind is in no list.
                drop(std::fs::remove_file(only.path()));
                drop(std::fs::remove_dir(&folder));
            }
        }
    }

    /// The folders below `place` that are named as a connection's is. A link is none.
    fn folders(&self, place: &Path) -> Vec<ConnectionId> {
        entries(place)
            .into_iter()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                // Only the one spelling that we write: others parse too.
                name.parse::<ConnectionId>()
                    .ok()
                    .filter(|id| id.to_string() == name)
            })
            .collect()
    }

    /// Every connection, in no order.
    pub fn list(&self) -> Vec<Listed> {
        self.listed(&self.path)
    }

    /// Every connection that was taken off the list and can be put back, in no order.
    pub fn removed(&self) -> Vec<Listed> {
        self.listed(&self.path.join(REMOVED))
    }

    fn listed(&self, place: &Path) -> Vec<Listed> {
        self.folders(place)
            .into_iter()
            .filter_map(|id| {
                let folder = place.join(id.to_string());
                // A folder without a journal is none of ours.
                let found = std::fs::symlink_metadata(folder.join(JOURNAL)).ok()?;
                let (length, changed) = (found.len(), found.modified().ok());
                let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(known) = seen.get(&folder)
                    && (known.length, known.changed) == (length, changed)
                {
                    return Some(Listed {
                        id,
                        state: known.state.clone(),
                        trust: known.trust,
                    });
                }
                let key = self.key_for_the_list();
                let (state, trust) = match JournalFile::read(&folder, id, key.as_ref()) {
                    Ok(journal) => (Ok(State::of(&journal.records)), journal.trust),
                    Err(error) => (Err(unreadable(&folder, error)), Trust::Foreign),
                };
                let now = Seen {
                    length,
                    changed,
                    state: state.clone(),
                    trust,
                };
                seen.insert(folder, now);
                Some(Listed { id, state, trust })
            })
            .collect()
    }

    /// Begins the journal of a new connection.
    ///
    /// # Errors
    /// When the keychain gives no key, or the folder can't be written to.
    pub fn begin(&self, id: ConnectionId, trace: Trace) -> Result<JournalFile, Problem> {
        let key = self.key()?;
        let folder = self.folder(id);
        let unwritable = |error: &io::Error| not_written(&folder.display().to_string(), error);
        make_private(&folder).map_err(|error| unwritable(&error))?;
        JournalFile::begin(&folder, id, key, trace).map_err(|error| unwritable(&error))
    }

    /// Opens the journal of a connection. One that isn't ours, or whose key the keychain doesn't give, can be looked at
    /// and not written to.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn journal(&self, id: ConnectionId, trace: Trace) -> Result<JournalFile, Problem> {
        let folder = self.folder(id);
        let key = self.key()?;
        JournalFile::open(&folder, id, Some(key), trace).map_err(|error| unreadable(&folder, error))
    }

    /// Takes a connection off the list. It is put aside as it is and can be put back; what it made in the organisation
    /// stays, and so does its secret in the keychain.
    ///
    /// # Errors
    /// When it can't be moved.
    pub fn take_off(&self, id: ConnectionId) -> Result<(), Problem> {
        let aside = self.path.join(REMOVED);
        make_private(&aside).map_err(|error| not_written(&aside.display().to_string(), &error))?;
        self.moved(&self.folder(id), &aside.join(id.to_string()))
    }

    /// Puts a connection back on the list.
    ///
    /// # Errors
    /// When it can't be moved.
    pub fn put_back(&self, id: ConnectionId) -> Result<(), Problem> {
        self.moved(&self.path.join(REMOVED).join(id.to_string()), &self.folder(id))
    }

    /// Deletes the notes of a connection that was taken off the list. A folder that holds something else as well keeps that.
    ///
    /// # Errors
    /// When they can't be deleted.
    pub fn delete(&self, id: ConnectionId) -> Result<(), Problem> {
        let folder = self.path.join(REMOVED).join(id.to_string());
        for name in [JOURNAL, BEGUN] {
            let place = folder.join(name);
            match std::fs::remove_file(&place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(not_written(&place.display().to_string(), &error));
                }
                _ => {}
            }
        }
        // It doesn't go while something lies in it, and that is somebody's.
        drop(std::fs::remove_dir(&folder));
        Ok(())
    }

    fn moved(&self, from: &Path, to: &Path) -> Result<(), Problem> {
        let unwritable = |error: &io::Error| not_written(&to.display().to_string(), error);
        // A rename would put an empty folder out of the way without asking.
        if to.symlink_metadata().is_ok() {
            return Err(unwritable(&io::ErrorKind::AlreadyExists.into()));
        }
        std::fs::rename(from, to)
            .and_then(|()| sync_folder(to))
            .and_then(|()| sync_folder(from))
            .map_err(|error| unwritable(&error))
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn folder(&self, id: ConnectionId) -> PathBuf {
        self.path.join(id.to_string())
    }

    /// Whether the window presented when it was open last.
    pub fn presenting(&self) -> bool {
        is_empty_file(&self.path.join(PRESENTING))
    }

    /// Notes whether the window presents, so that a restart in the middle of a call shows no name. Where that can't be
    /// written, the mode holds for this window only; what isn't ours under that name stays.
    pub fn note_presenting(&self, on: bool) {
        let note = self.path.join(PRESENTING);
        if on {
            drop(options().write(true).create_new(true).open(note));
        } else if is_empty_file(&note) {
            drop(std::fs::remove_file(note));
        }
    }
}

/// A file of ours, made where it is missing. A link, a folder or a pipe in its place is none.
fn own_file(path: &Path) -> io::Result<File> {
    let file = options().write(true).create(true).truncate(false).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other(format!(
            "{} is no file of its own",
            path.display()
        )));
    }
    private(&file)?;
    Ok(file)
}

fn is_empty_file(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == 0)
}

fn entries(place: &Path) -> Vec<std::fs::DirEntry> {
    std::fs::read_dir(place).into_iter().flatten().flatten().collect()
}

fn unreadable(folder: &Path, error: OpenError) -> Problem {
    let reason = match error {
        OpenError::Io(error) => return not_written(&folder.display().to_string(), &error),
        OpenError::NotAFile => message!("wizard-notes-no-file"),
        OpenError::Unreadable(Unreadable::Broken { line }) => {
            message!("wizard-notes-broken", line = number(line))
        }
        OpenError::Unreadable(Unreadable::NotARecord { line, why }) => message!(
            "wizard-notes-no-record",
            line = number(line),
            reason = Arg::theirs(why)
        ),
        OpenError::Unreadable(Unreadable::Empty) => message!("wizard-notes-empty"),
        OpenError::Unreadable(Unreadable::TooLarge) => {
            message!("wizard-notes-too-large", most = number(MOST_BYTES / 1024 / 1024))
        }
    };
    Problem::said(
        Code::JournalUnreadable,
        message!("wizard-notes-unreadable", reason = reason),
    )
}

/// A number that counts nothing.
fn number(number: usize) -> Arg {
    Arg::term(number.to_string())
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
mod tests;
