//! The operating system's keychain: small keys by name, each call bounded in time.
//!
//! Every call blocks, on some desktops until somebody answers a dialog, but never for longer than
//! [`ANSWER_WITHIN`]. Asynchronous callers use `tokio::task::spawn_blocking`. Keep only small keys here: Windows takes
//! 2,560 bytes in an entry. A text is kept as its bytes in UTF-8; the stores' own way of keeping a password doubles them
//! there, and the private key of a certificate, about 1,700 bytes, would no longer fit.

use std::collections::HashMap;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use domain::secret::Secret;
use keyring::Entry;
use zeroize::Zeroizing;

/// How long a call may take. A keychain that asks the reader for its password may be slower: then the call is given
/// up, the dialog stays, and the next call finds the keychain open.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Why the keychain didn't do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// This computer has no keychain, or it isn't running.
    #[error("this computer has no keychain that answers")]
    Missing,
    /// It is there but locked, and nobody unlocked it.
    #[error("the keychain is locked")]
    Locked,
    /// It didn't answer in time.
    #[error("the keychain did not answer within {} seconds", ANSWER_WITHIN.as_secs())]
    TimedOut,
    /// Anything else, in the operating system's words; never with a stored value in them.
    #[error("the keychain refused: {0}")]
    Other(String),
}

/// Entries of one namespace.
#[derive(Clone, Debug)]
pub struct Keychain {
    namespace: String,
}

impl Keychain {
    /// The entries of a namespace, such as the program's identifier. Nothing is asked of the keychain yet.
    pub fn open(namespace: impl Into<String>) -> Self {
        Self {
            namespace: namespace.into(),
        }
    }

    /// Keeps a secret under an account's name, in place of what was there.
    pub fn set(&self, account: &str, secret: &Secret) -> Result<(), KeychainError> {
        // EXPOSE: the thread that may outlive this call needs a copy of its own, which is wiped at its end as well.
        let secret = Secret::new(secret.expose().to_owned());
        self.ask(account, move |entry| {
            // EXPOSE: storing the value is what the keychain is for.
            entry.set_secret(secret.expose().as_bytes())
        })
    }

    /// The secret under an account's name; `None` where there is none.
    pub fn get(&self, account: &str) -> Result<Option<Secret>, KeychainError> {
        self.ask(account, |entry| match entry.get_secret() {
            Ok(bytes) => match text(bytes) {
                Some(value) => Ok(Some(Secret::new(value))),
                None => Err(keyring::Error::BadEncoding(Vec::new())),
            },
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    /// Removes an account's entry. One that is already gone is removed.
    pub fn delete(&self, account: &str) -> Result<(), KeychainError> {
        self.ask(account, |entry| match entry.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
    }

    fn ask<T: Send + 'static>(
        &self,
        account: &str,
        question: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let (namespace, account) = (self.namespace.clone(), account.to_owned());
        // Connecting to the keychain can block as well, so it belongs to what is bounded.
        within(ANSWER_WITHIN, move || {
            let entry = entry(&namespace, &account).map_err(explained)?;
            question(&entry).map_err(explained)
        })
    }
}

/// The text of an entry. Versions before certificates kept it on Windows in UTF-16, two bytes a letter; nothing that is kept
/// has a letter with the number 0.
fn text(bytes: Vec<u8>) -> Option<String> {
    let bytes = Zeroizing::new(bytes);
    if !bytes.contains(&0) {
        return String::from_utf8(bytes.to_vec()).ok();
    }
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    let letters: Zeroizing<Vec<u16>> =
        Zeroizing::new(pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect());
    String::from_utf16(&letters).ok()
}

/// The entry, which stays on this computer: by default Windows lets one roam to every computer of a domain that the
/// same person signs in to. The other systems' keychains roam only where somebody asks for it, and know no such word.
fn entry(namespace: &str, account: &str) -> keyring::Result<Entry> {
    let entry = Entry::new(namespace, account)?;
    if !cfg!(windows) {
        return Ok(entry);
    }
    let stays = HashMap::from([("persistence", "Local")]);
    Ok(Entry {
        inner: keyring_core::Entry::new_with_modifiers(namespace, account, &stays)?,
    })
}

/// Runs `work` in a thread of its own and waits for it no longer than `limit`. A thread that is late goes on by
/// itself, because nothing can end it safely; what it finds is dropped, and a secret in it wiped.
fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> Result<T, KeychainError> + Send + 'static,
) -> Result<T, KeychainError> {
    let (answer, answered) = mpsc::sync_channel(1);
    let asked = thread::Builder::new()
        .name(String::from("keychain"))
        .spawn(move || {
            let _ = answer.send(work());
        });
    if let Err(error) = asked {
        return Err(KeychainError::Other(error.to_string()));
    }
    match answered.recv_timeout(limit) {
        Ok(answer) => answer,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(KeychainError::TimedOut),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeychainError::Other(String::from(
            "the call ended without an answer",
        ))),
    }
}

fn explained(error: keyring::Error) -> KeychainError {
    match error {
        keyring::Error::NoDefaultStore => KeychainError::Missing,
        keyring::Error::NoStorageAccess(_) => KeychainError::Locked,
        // These two carry the stored bytes, and how another program filled an entry is not for a log.
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            KeychainError::Other(String::from("the entry was not written by this program"))
        }
        other => KeychainError::Other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keychain_that_never_answers_is_given_up() {
        let (_held, never) = mpsc::channel::<()>();
        let answer = within(Duration::from_millis(20), move || {
            let _ = never.recv();
            Ok(())
        });
        assert_eq!(answer, Err(KeychainError::TimedOut));
    }

    #[test]
    fn what_an_older_version_kept_on_windows_is_read() {
        let wide: Vec<u8> = "abc~1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(wide.clone()).as_deref(), Some("abc~1"));
        assert_eq!(text(b"abc~1".to_vec()).as_deref(), Some("abc~1"));
        assert_eq!(text(wide[..3].to_vec()), None);
        assert_eq!(text(vec![0xff, 0xfe]), None);
    }

    #[test]
    fn a_keychain_that_breaks_is_reported() {
        let answer = within::<()>(ANSWER_WITHIN, || panic!("as a broken library would"));
        assert!(matches!(answer, Err(KeychainError::Other(_))));
    }

    #[test]
    fn stored_bytes_never_reach_an_error() {
        let error = explained(keyring::Error::BadEncoding(b"canary".to_vec()));
        assert!(!error.to_string().contains("canary") && !format!("{error:?}").contains("canary"));
        assert!(!format!("{error:?}").contains("99, 97, 110"));
    }
}
