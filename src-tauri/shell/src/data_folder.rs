//! The folder with the connections: where it is, who may read it, and that only one wizard works in it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Why the folder can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DataFolderError {
    /// It can't be made or opened.
    #[error("the folder {} can't be used: {source}", path.display())]
    Unusable {
        /// Which folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// It is a link. Somebody could have pointed it elsewhere.
    #[error("{} is a link; connections are kept only in a real folder", path.display())]
    Link {
        /// Which folder.
        path: PathBuf,
    },
    /// Another wizard works in it.
    #[error("another window of Mailgrant already works in {}", path.display())]
    InUse {
        /// Which folder.
        path: PathBuf,
    },
}

/// The folder, locked for as long as this value lives.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    // The operating system releases the lock when the file is closed, also after a crash.
    _lock: File,
}

impl DataFolder {
    /// Makes the folder where it is missing, closes it to other users, and locks it.
    pub fn open(path: &Path) -> Result<Self, DataFolderError> {
        let unusable = |source| DataFolderError::Unusable {
            path: path.to_owned(),
            source,
        };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(unusable)?;
        }
        match fs::symlink_metadata(path) {
            Ok(found) if found.is_symlink() => {
                return Err(DataFolderError::Link {
                    path: path.to_owned(),
                });
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => make_private(path).map_err(unusable)?,
            Err(error) => return Err(unusable(error)),
        }
        close_to_others(path).map_err(unusable)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(DataFolderError::InUse {
                path: path.to_owned(),
            }),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// A folder that existed before may be open to others, for example after a restore.
#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = fs::metadata(path)?.permissions();
    if found.mode() & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

/// On Windows the user's own folder is closed to others by what it inherits.
#[cfg(not(unix))]
fn close_to_others(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_wizard_is_refused_until_the_first_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("deep/data");
        let first = DataFolder::open(&path).unwrap();
        assert!(matches!(
            DataFolder::open(&path),
            Err(DataFolderError::InUse { .. })
        ));
        drop(first);
        assert_eq!(DataFolder::open(&path).unwrap().path(), path);
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_is_closed_to_others_even_if_it_was_open() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("data");
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let _open = DataFolder::open(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("data");
        std::os::unix::fs::symlink(home.path(), &path).unwrap();
        assert!(matches!(
            DataFolder::open(&path),
            Err(DataFolderError::Link { .. })
        ));
    }
}
