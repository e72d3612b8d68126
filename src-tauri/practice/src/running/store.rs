//! Where an organisation is kept between starts. No secret value is in the file of its objects; the private keys of
//! the practice platform and of token signing have files of their own, which only their owner can read.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use crate::organisation::mailboxes::store::MailStore;
use crate::organisation::objects::Objects;
use crate::organisation::signing::{SigningError, TokenKey};
use crate::running::platform::PlatformIdentity;

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

/// Why the key that signs tokens is not to be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    /// Its file could not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No key could be made, or read, by this processor.
    #[error(transparent)]
    Signing(#[from] SigningError),
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

    /// The file of the private key that signs tokens, in PKCS#8 as PEM.
    fn token_key_file(&self) -> PathBuf {
        self.folder.join("token-signing-key.pem")
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

    /// The key that signs tokens, made the first time and readable by its owner only.
    ///
    /// # Errors
    /// When the file cannot be read or written or holds no key, or no key can be made.
    pub(crate) fn token_key(&self) -> Result<TokenKey, KeyError> {
        let path = self.token_key_file();
        match std::fs::read(&path) {
            Ok(pem) => TokenKey::from_private_pem(&pem).map_err(|error| match error {
                SigningError::Key(error) => StoreError::Content { path, error }.into(),
                SigningError::Processor => error.into(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = TokenKey::generate()?;
                write(&path, key.private_pem()?.as_bytes(), true)?;
                Ok(key)
            }
            Err(error) => Err(file_error(&path, error).into()),
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
        let objects = crate::organisation::seed::objects(1, "t");
        store
            .save(&serde_json::to_vec(&objects).expect("json"))
            .expect("saved");
        let loaded = store.load().expect("loaded").expect("there");
        assert_eq!(loaded.fingerprints(), objects.fingerprints());
        std::fs::write(folder.path().join("inner/organisation.json"), "{").expect("written");
        assert!(matches!(store.load(), Err(StoreError::Content { .. })));
    }

    #[test]
    fn private_keys_are_kept_and_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a store");
        let first = store.identity().expect("an identity");
        assert_eq!(store.identity().expect("the same").recipient(), first.recipient());
        let first = store.token_key().expect("a key");
        let second = store.token_key().expect("the same");
        assert_eq!(second.key_set("issuer"), first.key_set("issuer"));
        #[cfg(unix)]
        for file in [store.identity_file(), store.token_key_file()] {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(file).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(store.token_key_file(), "nothing").expect("written");
        assert!(matches!(
            store.token_key(),
            Err(KeyError::Store(StoreError::Content { .. }))
        ));
    }
}
