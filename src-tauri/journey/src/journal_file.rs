//! The journal on disk: appended to, and durable before anything else happens.
//!
//! A journal is begun under another name and takes its own with its first record, so that an empty one is never what a
//! crash left: it was emptied, and is reported.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ids::ConnectionId;
use domain::secret::Secret;
use domain::trace::{Point, Trace};
use engine::event::Record;
use engine::journal::{Journal, MOST_BYTES, Trust, Unreadable};

/// The name of a journal in its folder.
pub const JOURNAL: &str = "journal";
/// Its name before its first record.
pub const BEGUN: &str = "journal.new";

/// Why a journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file system refused.
    #[error("the journal could not be opened")]
    Io(#[from] io::Error),
    /// What is in it cannot be read.
    #[error("the journal cannot be read")]
    Unreadable(#[from] Unreadable),
    /// It is a link, a folder or a device in a journal's place. None of these is followed.
    #[error("the journal is no file of its own")]
    NotAFile,
}

/// The key that the journals of a folder are signed with. It can be handed on, and not printed.
#[derive(Clone)]
pub struct JournalKey(Arc<Secret>);

impl JournalKey {
    /// A key out of the keychain, or a new one.
    pub fn new(key: Secret) -> Self {
        Self(Arc::new(key))
    }
}

impl fmt::Debug for JournalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JournalKey")
    }
}

/// An open journal. Only one that is ours can be appended to.
#[derive(Debug)]
pub struct JournalFile {
    path: PathBuf,
    /// The name that it takes with its first record, where it has none.
    becomes: Option<PathBuf>,
    file: File,
    journal: Journal,
    key: Option<JournalKey>,
    trace: Trace,
}

impl JournalFile {
    /// Begins the journal of a connection in its folder, which is there already.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn begin(folder: &Path, connection: ConnectionId, key: JournalKey, trace: Trace) -> io::Result<Self> {
        let path = folder.join(BEGUN);
        let mut options = options();
        let file = options.read(true).write(true).create_new(true).open(&path)?;
        Ok(Self {
            path,
            becomes: Some(folder.join(JOURNAL)),
            file,
            journal: Journal::begin(connection),
            key: Some(key),
            trace,
        })
    }

    /// Opens the journal of a connection. A last line that a crash tore off is cut away where the journal is ours: it
    /// never counted.
    ///
    /// # Errors
    /// When it is no file, is larger than any journal, or holds what is no record.
    pub fn open(
        folder: &Path,
        connection: ConnectionId,
        key: Option<JournalKey>,
        trace: Trace,
    ) -> Result<Self, OpenError> {
        let path = folder.join(JOURNAL);
        let mut file = open_itself(&path)?;
        let text = whole(&mut file)?;
        let journal = Journal::read(&text, connection, key.as_ref().map(|key| &*key.0))?;
        if journal.trust == Trust::Ours {
            private(&file)?;
            if journal.length < text.len() {
                file.set_len(journal.length as u64)?;
                file.sync_all()?;
            }
        }
        file.seek(SeekFrom::End(0))?;
        Ok(Self {
            path,
            becomes: None,
            file,
            journal,
            key,
            trace,
        })
    }

    /// Reads what a journal says and how far it can be believed, and leaves it as it is.
    ///
    /// # Errors
    /// As [`JournalFile::open`].
    pub fn read(
        folder: &Path,
        connection: ConnectionId,
        key: Option<&JournalKey>,
    ) -> Result<Journal, OpenError> {
        let mut file = open_itself(&folder.join(JOURNAL))?;
        let text = whole(&mut file)?;
        Ok(Journal::read(&text, connection, key.map(|key| &*key.0))?)
    }

    /// What it says so far.
    pub fn records(&self) -> &[Record] {
        &self.journal.records
    }

    /// How far it can be believed.
    pub fn trust(&self) -> Trust {
        self.journal.trust
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.becomes.as_deref().unwrap_or(&self.path)
    }

    /// Appends a record and returns once it is durable. On an error the file is as it was before.
    ///
    /// # Errors
    /// When the journal is not ours, would grow beyond its bound, or the file system refuses.
    pub fn append(&mut self, record: Record) -> io::Result<()> {
        let key = match (&self.key, self.journal.trust) {
            (Some(key), Trust::Ours) => &key.0,
            _ => return Err(io::ErrorKind::ReadOnlyFilesystem.into()),
        };
        let line = self.journal.line(&record, key)?;
        if self.journal.length + line.len() > MOST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.trace.tell(|| Point::Writing("journal".into()));
        if let Err(error) = self
            .file
            .write_all(line.as_bytes())
            .and_then(|()| self.file.sync_data())
            .and_then(|()| self.take_name())
        {
            let length = self.journal.length as u64;
            // Half a line must not stay in the way of the next one. If even that fails, the torn tail is cut away at
            // the next start.
            drop(
                self.file
                    .set_len(length)
                    .and_then(|()| self.file.seek(SeekFrom::Start(length))),
            );
            return Err(error);
        }
        self.journal.appended(record, &line);
        self.trace.tell(|| Point::Written("journal".into()));
        Ok(())
    }

    /// Lets everything that is written from now on meet a full disk.
    #[cfg(all(test, target_os = "linux"))]
    pub(crate) fn on_a_full_disk(&mut self) -> io::Result<()> {
        self.file = File::options().write(true).open("/dev/full")?;
        Ok(())
    }

    /// Gives a journal its name once its first record is on the disk.
    fn take_name(&mut self) -> io::Result<()> {
        let Some(name) = &self.becomes else { return Ok(()) };
        self.file.sync_all()?;
        std::fs::rename(&self.path, name)?;
        sync_folder(name)?;
        if let Some(name) = self.becomes.take() {
            self.path = name;
        }
        Ok(())
    }
}

/// Opens a file and nothing that stands for another one: no link is followed, no pipe waited for.
fn open_itself(path: &Path) -> Result<File, OpenError> {
    if !std::fs::symlink_metadata(path)?.is_file() {
        return Err(OpenError::NotAFile);
    }
    let mut options = options();
    let file = match options.read(true).write(true).open(path) {
        // What may not be written can still be looked at.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            self::options().read(true).open(path)?
        }
        other => other?,
    };
    // Between the two looks somebody can have put something else there.
    if !file.metadata()?.is_file() {
        return Err(OpenError::NotAFile);
    }
    Ok(file)
}

fn whole(file: &mut File) -> Result<Vec<u8>, OpenError> {
    let mut text = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// For this account only, through no link, and waiting for nobody at a pipe.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options
            .mode(0o600)
            .custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    options
}

/// Makes an open file one that only this account can read, also where it was made otherwise.
pub(crate) fn private(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(PermissionsExt::from_mode(0o600))?;
        }
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Makes a new name in a folder durable, where the system can.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use engine::event::{Event, Tenancy};
    use jiff::Timestamp;

    use super::*;

    fn record(profile: &str) -> Record {
        Record {
            at: Timestamp::UNIX_EPOCH,
            event: Event::PlatformChosen {
                profile: profile.into(),
            },
        }
    }

    fn id() -> ConnectionId {
        ConnectionId(Default::default())
    }

    fn key() -> JournalKey {
        JournalKey::new(Secret::new("a key".to_owned()))
    }

    /// A folder with a journal of one record.
    fn begun() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = JournalFile::begin(folder.path(), id(), key(), Trace::default()).unwrap();
        journal
            .append(Record {
                at: Timestamp::UNIX_EPOCH,
                event: Event::Opened {
                    connection: id(),
                    tenancy: Tenancy::Practice,
                },
            })
            .unwrap();
        folder
    }

    fn open(folder: &Path) -> Result<JournalFile, OpenError> {
        JournalFile::open(folder, id(), Some(key()), Trace::default())
    }

    #[test]
    fn a_journal_has_its_name_from_its_first_record_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = JournalFile::begin(folder.path(), id(), key(), Trace::default()).unwrap();
        assert!(!folder.path().join(JOURNAL).exists());
        journal.append(record("a")).unwrap();
        journal.append(record("b")).unwrap();
        assert!(!folder.path().join(BEGUN).exists());
        assert_eq!(open(folder.path()).unwrap().records().len(), 2);
    }

    #[test]
    fn a_journal_goes_on_after_a_torn_line() {
        let folder = begun();
        let path = folder.path().join(JOURNAL);
        let mut text = std::fs::read(&path).unwrap();
        let whole = text.len();
        text.extend_from_slice(b"h0123 {\"at\":");
        std::fs::write(&path, &text).unwrap();
        let mut journal = open(folder.path()).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), whole as u64);
        journal.append(record("a")).unwrap();
        drop(journal);
        assert_eq!(open(folder.path()).unwrap().records().len(), 2);
    }

    /// A journal that isn't ours is looked at, and stays byte for byte as it is.
    #[test]
    fn what_is_not_ours_is_never_written_to() {
        let folder = begun();
        let path = folder.path().join(JOURNAL);
        let mut text = std::fs::read(&path).unwrap();
        text.extend_from_slice(b"h0123 {\"at\":");
        std::fs::write(&path, &text).unwrap();
        for key in [None, Some(JournalKey::new(Secret::new("another key".to_owned())))] {
            let mut journal = JournalFile::open(folder.path(), id(), key, Trace::default()).unwrap();
            assert_eq!(journal.trust(), Trust::Foreign);
            assert_eq!(journal.records().len(), 1);
            assert!(journal.append(record("a")).is_err());
            assert_eq!(std::fs::read(&path).unwrap(), text);
        }
    }

    #[test]
    fn an_emptied_journal_is_told() {
        let folder = begun();
        std::fs::write(folder.path().join(JOURNAL), "").unwrap();
        assert!(matches!(
            open(folder.path()).unwrap_err(),
            OpenError::Unreadable(Unreadable::Empty)
        ));
    }

    #[test]
    #[cfg(unix)]
    fn a_link_in_a_journals_place_is_not_followed() {
        let folder = begun();
        let (path, aside) = (folder.path().join(JOURNAL), folder.path().join("aside"));
        std::fs::rename(&path, &aside).unwrap();
        std::os::unix::fs::symlink(&aside, &path).unwrap();
        let before = std::fs::read(&aside).unwrap();
        assert!(matches!(open(folder.path()).unwrap_err(), OpenError::NotAFile));
        assert!(matches!(
            JournalFile::read(folder.path(), id(), None).unwrap_err(),
            OpenError::NotAFile
        ));
        assert_eq!(std::fs::read(&aside).unwrap(), before);
    }

    #[test]
    #[cfg(unix)]
    fn a_journal_that_others_could_read_is_closed_to_them() {
        use std::os::unix::fs::PermissionsExt;
        let folder = begun();
        let path = folder.path().join(JOURNAL);
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
        open(folder.path()).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_loses_nothing() {
        // Every write to this device fails as it does on a full disk.
        let full = Path::new("/dev/full");
        let mut journal = JournalFile {
            path: full.into(),
            becomes: None,
            file: OpenOptions::new().write(true).open(full).unwrap(),
            journal: Journal::begin(id()),
            key: Some(key()),
            trace: Trace::default(),
        };
        let error = journal.append(record("a")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(journal.records().is_empty());
    }
}
