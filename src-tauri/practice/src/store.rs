//! Where an organisation is kept between starts. No secret value is ever in the file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use crate::mail::store::MailStore;
use crate::objects::Objects;
use crate::platform::PlatformIdentity;

/// Why the folder of a kept organisation could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The file is not a saved organisation.
    #[error("{path} is not a saved practice organisation: {error}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: String,
    },
}

/// The folder of one organisation.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    folder: PathBuf,
}

impl Store {
    /// Opens the folder, making it when it is missing.
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|error| file_error(folder, error))?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// The file of the organisation's objects.
    fn objects_file(&self) -> PathBuf {
        self.folder.join("organisation.json")
    }

    /// The file of the platform's private key.
    pub(crate) fn identity_file(&self) -> PathBuf {
        self.folder.join("platform-identity.txt")
    }

    /// The file of what was changed in mailboxes.
    fn mail_file(&self) -> PathBuf {
        self.folder.join("mailboxes.json")
    }

    /// The objects as they were saved, or `None` the first time.
    pub(crate) fn load(&self) -> Result<Option<Objects>, StoreError> {
        let Some(mut objects) = read::<Objects>(self.objects_file())? else {
            return Ok(None);
        };
        if let Some(mail) = read(self.mail_file())? {
            objects.mail = mail;
        }
        Ok(Some(objects))
    }

    /// Saves the objects but for the mail: all of them or, after a crash, the ones before.
    pub(crate) fn save(&self, objects: &[u8]) -> Result<(), StoreError> {
        write(&self.objects_file(), objects, false)
    }

    /// Saves the mail: all of it or, after a crash, the mail before. Nothing else refers to a message, so the two files
    /// need not be of the same instant.
    pub(crate) fn save_mail(&self, mail: &MailStore) -> Result<(), StoreError> {
        let path = self.mail_file();
        let bytes = serde_json::to_vec(mail).map_err(|error| StoreError::Content {
            path: path.clone(),
            error: error.to_string(),
        })?;
        // Letters are nobody else's business, even made-up ones.
        write(&path, &bytes, true)
    }

    /// The platform's key, made the first time and readable by its owner only.
    pub(crate) fn identity(&self) -> Result<PlatformIdentity, StoreError> {
        let path = self.identity_file();
        match std::fs::read_to_string(&path) {
            Ok(text) => PlatformIdentity::parse(&text).ok_or_else(|| StoreError::Content {
                path,
                error: "it holds no age identity".into(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let identity = PlatformIdentity::generate();
                write(&path, format!("{}\n", identity.expose()).as_bytes(), true)?;
                Ok(identity)
            }
            Err(error) => Err(file_error(&path, error)),
        }
    }
}

/// What a file holds, or `None` when it is not there.
fn read<T: serde::de::DeserializeOwned>(path: PathBuf) -> Result<Option<T>, StoreError> {
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(file_error(&path, error)),
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|error| StoreError::Content {
            path,
            error: error.to_string(),
        })
}

fn file_error(path: &Path, error: std::io::Error) -> StoreError {
    StoreError::File {
        path: path.to_owned(),
        error,
    }
}

fn write(path: &Path, bytes: &[u8], private: bool) -> Result<(), StoreError> {
    let attempt = || -> std::io::Result<()> {
        let mut options = AtomicWriteFile::options();
        #[cfg(unix)]
        {
            use atomic_write_file::unix::OpenOptionsExt as _;
            use std::os::unix::fs::OpenOptionsExt as _;
            options.preserve_mode(false);
            options.mode(if private { 0o600 } else { 0o644 });
        }
        #[cfg(not(unix))]
        let _ = private;
        let mut file = options.open(path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    attempt().map_err(|error| file_error(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_is_loaded() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("inner")).expect("a store");
        assert!(store.load().expect("nothing yet").is_none());
        let objects = crate::seed::objects(1, "t");
        store
            .save(&serde_json::to_vec(&objects).expect("json"))
            .expect("saved");
        let loaded = store.load().expect("loaded").expect("there");
        assert_eq!(loaded.fingerprints(), objects.fingerprints());
        std::fs::write(folder.path().join("inner/organisation.json"), "{").expect("written");
        assert!(matches!(store.load(), Err(StoreError::Content { .. })));
    }

    #[test]
    fn the_platform_key_is_kept_and_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a store");
        let first = store.identity().expect("an identity");
        assert_eq!(store.identity().expect("the same").recipient(), first.recipient());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(store.identity_file())
                .expect("there")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
