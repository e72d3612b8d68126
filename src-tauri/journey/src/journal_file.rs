//! The journal on disk: appended to, and durable before anything else happens.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use domain::trace::{Point, Trace};
use engine::event::Record;
use engine::journal::{Journal, Unreadable};

/// Why a journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file system refused.
    #[error("the journal could not be opened")]
    Io(#[from] io::Error),
    /// What is in it cannot be read.
    #[error("the journal cannot be read")]
    Unreadable(#[from] Unreadable),
}

/// An open journal.
#[derive(Debug)]
pub struct JournalFile {
    path: PathBuf,
    file: File,
    journal: Journal,
    trace: Trace,
}

impl JournalFile {
    /// Opens a journal, or begins one. A last line that a crash tore off is cut away: it never counted.
    pub fn open(path: &Path, trace: Trace) -> Result<Self, OpenError> {
        let fresh = !path.exists();
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let journal = Journal::read(&text)?;
        if journal.length < text.len() {
            file.set_len(journal.length as u64)?;
            file.sync_all()?;
        }
        file.seek(SeekFrom::End(0))?;
        if fresh {
            file.sync_all()?;
            sync_folder(path)?;
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            journal,
            trace,
        })
    }

    /// What it says so far.
    pub fn records(&self) -> &[Record] {
        &self.journal.records
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a record and returns once it is durable. On an error the file is as it was before.
    pub fn append(&mut self, record: Record) -> io::Result<()> {
        let line = self.journal.line(&record)?;
        self.trace.tell(|| Point::Writing("journal".into()));
        if let Err(error) = self
            .file
            .write_all(line.as_bytes())
            .and_then(|()| self.file.sync_data())
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
}

/// Makes a new name in a folder durable, where the system can.
fn sync_folder(path: &Path) -> io::Result<()> {
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
    use domain::ids::ConnectionId;
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

    #[test]
    fn a_journal_goes_on_after_a_torn_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let mut journal = JournalFile::open(&path, Trace::default()).unwrap();
        journal
            .append(Record {
                at: Timestamp::UNIX_EPOCH,
                event: Event::Opened {
                    connection: ConnectionId(Default::default()),
                    tenancy: Tenancy::Practice,
                },
            })
            .unwrap();
        drop(journal);
        let mut text = std::fs::read(&path).unwrap();
        let whole = text.len();
        text.extend_from_slice(b"0123 {\"at\":");
        std::fs::write(&path, &text).unwrap();
        let mut journal = JournalFile::open(&path, Trace::default()).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), whole as u64);
        journal.append(record("a")).unwrap();
        drop(journal);
        assert_eq!(
            JournalFile::open(&path, Trace::default())
                .unwrap()
                .records()
                .len(),
            2
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_loses_nothing() {
        // Every write to this device fails as it does on a full disk.
        let full = Path::new("/dev/full");
        let mut journal = JournalFile {
            path: full.into(),
            file: OpenOptions::new().write(true).open(full).unwrap(),
            journal: Journal::default(),
            trace: Trace::default(),
        };
        let error = journal.append(record("a")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(journal.records().is_empty());
    }
}
