//! Where connections are kept on this computer: one folder each, one window at a time.
//!
//! The folder may hold what isn't ours, because a reader can name any folder. Nothing here is removed with what is in
//! it, and nothing but an empty folder of ours is removed at all.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use domain::ids::ConnectionId;
use domain::problem::{Code, Problem};
use domain::secret::Secret;
use domain::trace::Trace;
use engine::journal::Trust;
use engine::state::State;
use keychain::Keychain;
use uuid::Uuid;

use crate::journal_file::{
    BEGUN, JOURNAL, JournalFile, JournalKey, OpenError, options, private, sync_folder,
};
use crate::problems;

/// The folder of connections that were taken off the list.
const REMOVED: &str = "removed";
/// The file whose text names this folder in the keychain.
const NAME: &str = "folder-id";
const LOCK: &str = "lock";
/// The empty file that says that the window presents.
const PRESENTING: &str = "presenting";
/// What lies in this folder beside the connections. The last three are made by others of this program, in folders that
/// were named for it.
const OURS: [&str; 7] = [LOCK, NAME, REMOVED, PRESENTING, "practice", "export", "profiles"];

/// The folder with every connection. While it is open, no other window of this program can open it.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    keychain: Arc<Keychain>,
    key: Mutex<Key>,
    seen: Mutex<HashMap<PathBuf, Seen>>,
    /// The lock ends with the process, however it ends.
    _lock: File,
}

/// The key of the journals in this folder, as far as it was asked for.
#[derive(Debug, Default)]
enum Key {
    #[default]
    NotAsked,
    /// The keychain didn't give one. The list doesn't ask it again, because it may take seconds to say no.
    Without,
    Held(JournalKey),
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
    /// Opens the folder, and makes it where it is missing. The keychain keeps the key of its journals.
    ///
    /// # Errors
    /// When it can't be made or written to, or another window has it open.
    pub fn open(path: &Path, keychain: Arc<Keychain>) -> Result<Self, Problem> {
        let unwritable = |error: &io::Error| not_written(&path.display().to_string(), error);
        make_private(path).map_err(|error| unwritable(&error))?;
        let lock = own_file(&path.join(LOCK)).map_err(|error| unwritable(&error))?;
        match lock.try_lock() {
            Ok(()) => {
                let folder = Self {
                    path: path.to_owned(),
                    keychain,
                    key: Mutex::default(),
                    seen: Mutex::default(),
                    _lock: lock,
                };
                folder.close_to_others();
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

    /// The key, without making one and without asking a keychain again that gave none.
    fn key_for_the_list(&self) -> Option<JournalKey> {
        let mut key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*key, Key::NotAsked) {
            *key = match self.name().map(|name| self.keychain.get(&account(name))) {
                Some(Ok(Some(held))) => Key::Held(JournalKey::new(held)),
                _ => Key::Without,
            };
        }
        match &*key {
            Key::Held(key) => Some(key.clone()),
            Key::NotAsked | Key::Without => None,
        }
    }

    /// The key, made where there is none yet.
    fn key(&self) -> Result<JournalKey, Problem> {
        let mut held = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Key::Held(key) = &*held {
            return Ok(key.clone());
        }
        let name = match self.name() {
            Some(name) => name,
            None => self.give_name()?,
        };
        let told = |error| problems::keychain(&error, "Nothing was made or changed.");
        let account = account(name);
        let key = match self.keychain.get(&account).map_err(told)? {
            Some(key) => key,
            None => {
                let key = || Uuid::new_v4().simple().to_string() + &Uuid::new_v4().simple().to_string();
                let key = Secret::new(key());
                self.keychain.set(&account, &key).map_err(told)?;
                key
            }
        };
        let key = JournalKey::new(key);
        *held = Key::Held(key.clone());
        // What was read without the key is read again with it.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(key)
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

    /// By what name the keychain knows this folder.
    fn name(&self) -> Option<Uuid> {
        let path = self.path.join(NAME);
        let small = std::fs::symlink_metadata(&path).is_ok_and(|found| found.is_file() && found.len() < 100);
        small
            .then(|| std::fs::read_to_string(path).ok()?.trim().parse().ok())
            .flatten()
    }

    fn give_name(&self) -> Result<Uuid, Problem> {
        let (name, path) = (Uuid::new_v4(), self.path.join(NAME));
        let write = || -> io::Result<()> {
            // What a crash left of it is empty. Anything else of this name is somebody's and is never written over.
            if is_empty_file(&path) {
                std::fs::remove_file(&path)?;
            }
            let mut file = options().write(true).create_new(true).open(&path)?;
            io::Write::write_all(&mut file, name.to_string().as_bytes())?;
            file.sync_all()?;
            sync_folder(&path)
        };
        write()
            .map(|()| name)
            .map_err(|error| not_written(&path.display().to_string(), &error))
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

/// The account of the key in the keychain.
fn account(folder: Uuid) -> String {
    format!("journals of {folder}")
}

fn entries(place: &Path) -> Vec<std::fs::DirEntry> {
    std::fs::read_dir(place).into_iter().flatten().flatten().collect()
}

fn unreadable(folder: &Path, error: OpenError) -> Problem {
    let why = match error {
        OpenError::Io(error) => return not_written(&folder.display().to_string(), &error),
        OpenError::Unreadable(why) => why.to_string(),
        OpenError::NotAFile => "a link or a device lies in the place of the journal".to_owned(),
    };
    Problem::new(
        Code::JournalUnreadable,
        "This connection's notes can't be read",
        format!("The notes of this connection are damaged: {why}."),
        "The file was changed by something other than Mailgrant, or the disk has a fault.",
        "Restore the file from a backup, or take the connection off the list and begin again; Mailgrant finds the app it made by its tag only from these notes.",
    )
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
    use std::collections::BTreeMap;

    use super::*;

    fn open(path: &Path) -> Result<DataFolder, Problem> {
        DataFolder::open(path, Arc::new(Keychain::open("mailgrant data folder test")))
    }

    #[test]
    fn a_second_window_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path()).unwrap();
        assert_eq!(open(folder.path()).unwrap_err().code, Code::InstanceSecond);
        drop(first);
        assert!(open(folder.path()).is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert_eq!(open(&file.join("below")).unwrap_err().code, Code::FileNotWritten);
    }

    /// Every file below a folder with what is in it, and every folder.
    fn all(place: &Path, into: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
        for entry in entries(place) {
            let path = entry.path();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                all(&path, into);
                into.insert(path, None);
            } else if kind.is_file() {
                into.insert(path.clone(), Some(std::fs::read(path).unwrap()));
            } else {
                into.insert(path, None);
            }
        }
    }

    /// Files of our names that aren't ours are left as they are, whether they are links, pipes or texts.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_has_one_of_our_names_and_is_not_ours_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let target = elsewhere.path().join("letter.txt");
        std::fs::write(&target, "Dear Sir").unwrap();
        let here = |name: &str| folder.path().join(name);
        let whole = || std::fs::read_to_string(&target).unwrap();
        for name in [NAME, PRESENTING] {
            std::os::unix::fs::symlink(&target, here(name)).unwrap();
        }
        let open_folder = open(folder.path()).unwrap();
        open_folder.note_presenting(true);
        assert!(!open_folder.presenting());
        open_folder.note_presenting(false);
        assert_eq!(open_folder.give_name().unwrap_err().code, Code::FileNotWritten);
        assert_eq!(whole(), "Dear Sir");
        assert!(here(PRESENTING).is_symlink() && here(NAME).is_symlink());
        for name in [NAME, PRESENTING] {
            std::fs::remove_file(here(name)).unwrap();
            std::fs::write(here(name), "a list of somebody's, longer than any id of a folder").unwrap();
        }
        open_folder.note_presenting(true);
        open_folder.note_presenting(false);
        open_folder.give_name().unwrap_err();
        for name in [NAME, PRESENTING] {
            assert!(std::fs::read_to_string(here(name)).unwrap().starts_with("a list"));
            std::fs::remove_file(here(name)).unwrap();
        }
        // And what is ours does what it is for.
        open_folder.note_presenting(true);
        assert!(open_folder.presenting());
        open_folder.note_presenting(false);
        assert!(!here(PRESENTING).exists());
        let name = open_folder.give_name().unwrap();
        assert_eq!(open_folder.name(), Some(name));
        drop(open_folder);
        // A link in place of the lock is not followed, and its target keeps its mode.
        std::fs::remove_file(here(LOCK)).unwrap();
        std::os::unix::fs::symlink(&target, here(LOCK)).unwrap();
        assert_eq!(open(folder.path()).unwrap_err().code, Code::FileNotWritten);
        std::fs::remove_file(here(LOCK)).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            here(LOCK),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        )
        .unwrap();
        assert_eq!(open(folder.path()).unwrap_err().code, Code::FileNotWritten);
    }

    /// Pointed at somebody's documents, a start leaves every one of them, whatever its folders are called.
    #[test]
    fn a_folder_full_of_other_peoples_documents_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            path
        };
        let ids: Vec<String> = (0..8).map(|n| Uuid::from_u128(n + 1).to_string()).collect();
        std::fs::write(at("letter.txt"), "Dear Sir").unwrap();
        std::fs::write(at(&format!("{}/photo.jpg", ids[0])), [7; 4096]).unwrap();
        std::fs::write(at(&format!("{}/deep/er/thesis.odt", ids[1])), "chapter 1").unwrap();
        std::fs::write(at(&format!("{}/journal", ids[2])), "").unwrap();
        std::fs::write(at(&format!("{}/journal", ids[3])), "no line feed").unwrap();
        std::fs::write(at(&format!("{}/journal", ids[3].to_uppercase())), "dear diary\n").unwrap();
        std::fs::create_dir_all(at(&format!("{}/x", ids[4])).parent().unwrap()).unwrap();
        std::fs::write(at(&format!("{}/journal.new", ids[5])), "").unwrap();
        std::fs::write(at(&format!("{}/and a document", ids[5])), "mine").unwrap();
        std::fs::create_dir_all(at(&format!("{}/journal.new/x", ids[6])).parent().unwrap()).unwrap();
        std::fs::write(at("removed/letters/old.txt"), "older").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("letter.txt"), at(&format!("{}/journal.new", ids[7]))).unwrap();
        let mut before = BTreeMap::new();
        all(folder.path(), &mut before);
        let data = open(folder.path()).unwrap();
        // An emptied journal is reported, not removed.
        let told: Vec<ConnectionId> = data
            .list()
            .into_iter()
            .filter(|listed| listed.state.is_err())
            .map(|listed| listed.id)
            .collect();
        assert!(told.contains(&ids[2].parse().unwrap()), "{told:?}");
        assert!(data.removed().is_empty());
        drop(data);
        let mut after = BTreeMap::new();
        all(folder.path(), &mut after);
        after.remove(&folder.path().join(LOCK));
        assert_eq!(before, after);
    }

    #[test]
    fn a_connection_that_was_begun_only_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let begun = folder.path().join(Uuid::from_u128(1).to_string());
        std::fs::create_dir(&begun).unwrap();
        std::fs::write(begun.join(BEGUN), "h01 {\"at").unwrap();
        open(folder.path()).unwrap();
        assert!(!begun.exists());
    }

    /// Off the list and back again, byte for byte.
    #[test]
    fn what_is_taken_off_the_list_can_be_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let id: ConnectionId = Uuid::from_u128(1).to_string().parse().unwrap();
        let own = folder.path().join(id.to_string());
        std::fs::create_dir(&own).unwrap();
        std::fs::write(own.join(JOURNAL), "anything\n").unwrap();
        let data = open(folder.path()).unwrap();
        let ids = |listed: Vec<Listed>| listed.into_iter().map(|one| one.id).collect::<Vec<_>>();
        data.take_off(id).unwrap();
        assert_eq!((ids(data.list()), ids(data.removed())), (vec![], vec![id]));
        data.put_back(id).unwrap();
        assert_eq!((ids(data.list()), ids(data.removed())), (vec![id], vec![]));
        assert_eq!(std::fs::read(own.join(JOURNAL)).unwrap(), b"anything\n");
    }

    #[test]
    #[cfg(unix)]
    fn what_is_ours_is_closed_to_others_also_where_it_was_open() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        std::fs::write(path.join(LOCK), "").unwrap();
        std::fs::set_permissions(path.join(LOCK), PermissionsExt::from_mode(0o644)).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        drop(open(&path).unwrap());
        assert_eq!((mode(&path), mode(&path.join(LOCK))), (0o700, 0o600));
        // With something of somebody's in it, the folder is theirs.
        std::fs::write(path.join("letter.txt"), "Dear Sir").unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        drop(open(&path).unwrap());
        assert_eq!(mode(&path), 0o755);
    }
}
