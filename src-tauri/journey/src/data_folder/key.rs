//! The key that the journals of a folder are signed with. It lies in the keychain, under a name that the folder holds.

use std::io;
use std::sync::PoisonError;

use domain::message;
use domain::problem::Problem;
use domain::secret::Secret;
use uuid::Uuid;

use super::{DataFolder, is_empty_file};
use crate::journal_file::{JournalKey, options, sync_folder};
use crate::problems::{self, not_written};

/// The file whose text names this folder in the keychain.
pub(super) const NAME: &str = "folder-id";

/// The key of the journals in this folder, as far as it was asked for.
#[derive(Debug, Default)]
pub(super) enum Key {
    #[default]
    NotAsked,
    /// The keychain didn't give one. The list doesn't ask it again, because it may take seconds to say no.
    Without,
    Held(JournalKey),
}

impl DataFolder {
    /// The key, without making one and without asking a keychain again that gave none.
    pub(super) fn key_for_the_list(&self) -> Option<JournalKey> {
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
    pub(super) fn key(&self) -> Result<JournalKey, Problem> {
        let mut held = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Key::Held(key) = &*held {
            return Ok(key.clone());
        }
        let name = match self.name() {
            Some(name) => name,
            None => self.give_name()?,
        };
        let told = |error| problems::keychain(&error, message!("problems-nothing-made-or-changed"));
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

    /// By what name the keychain knows this folder.
    pub(super) fn name(&self) -> Option<Uuid> {
        let path = self.path.join(NAME);
        let small = std::fs::symlink_metadata(&path).is_ok_and(|found| found.is_file() && found.len() < 100);
        small
            .then(|| std::fs::read_to_string(path).ok()?.trim().parse().ok())
            .flatten()
    }

    pub(super) fn give_name(&self) -> Result<Uuid, Problem> {
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

/// The account of the key in the keychain.
fn account(folder: Uuid) -> String {
    format!("journals of {folder}")
}
