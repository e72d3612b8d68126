//! The sealed file: an age file that only the platform's people can open.
//!
//! It is sealed either to a key of theirs (X25519) or with a passphrase that is told over another channel. Keys of
//! other sorts are refused by name, because a sealed file that nobody can open, or that somebody else can, is worse
//! than none.

use std::io::Write;

use age::secrecy::SecretString;
use age::{Encryptor, scrypt, x25519};
use domain::message;
use domain::message::{Arg, Message};
use domain::secret::Secret;
use sha2::{Digest, Sha256};

use crate::connection::Connection;
use crate::passphrase::{self, PassphraseError};
use crate::plaintext;

/// How much work one try at a passphrase costs, as the exponent of scrypt's N. It is what `age -p` uses: about a
/// second, and well under the most that it agrees to do when opening.
const WORK: u8 = 18;

/// The same for practice in a build for debugging, which runs scrypt some fifty times slower. What is real is never
/// sealed with less work, whoever built the program and how.
const WORK_OF_PRACTICE: u8 = if cfg!(debug_assertions) { 10 } else { WORK };

/// Who can open the file. Neither kind can be printed or copied.
pub enum Recipient {
    /// Whoever holds the private half of this key.
    Key(PublicKey),
    /// Whoever was told this passphrase.
    Passphrase(Passphrase),
}

/// A public key that was checked.
pub struct PublicKey(x25519::Recipient);

/// A passphrase that is strong enough.
pub struct Passphrase(Secret);

/// Why a text isn't a key to seal to: what it is, and what to give instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecipientError {
    /// Nothing was given.
    Empty,
    /// The private half.
    SecretKey,
    /// An SSH key.
    Ssh,
    /// A key of a plugin, or of one of age's other kinds.
    Plugin,
    /// A certificate or a key in PEM form.
    Pem,
    /// Anything else, a mistyped key among it.
    NotAKey,
}

impl RecipientError {
    /// It in words: what the text is, and what to give instead.
    pub fn words(self) -> Message {
        match self {
            Self::Empty => message!("export-key-none"),
            Self::SecretKey => message!("export-key-private"),
            Self::Ssh => message!("export-key-ssh"),
            Self::Plugin => message!("export-key-plugin"),
            Self::Pem => message!("export-key-pem"),
            Self::NotAKey => message!("export-key-no-key"),
        }
    }
}

/// Why nothing was sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// There was no secret to hand over, so the file would be of no use.
    #[error("there is no secret to seal")]
    NoSecret,
    /// The facts couldn't be put into words.
    #[error("the connection could not be written as JSON")]
    Text(#[from] serde_json::Error),
    /// The key or the passphrase couldn't be used.
    #[error("the file could not be encrypted for its recipient")]
    Recipient(#[from] age::EncryptError),
    /// Encrypting failed half-way.
    #[error("the file could not be encrypted")]
    Encrypt(#[from] std::io::Error),
}

impl Recipient {
    /// Takes a public key as somebody pasted it.
    pub fn key(text: &str) -> Result<Self, RecipientError> {
        parse(text).map(|key| Self::Key(PublicKey(key)))
    }

    /// Takes a passphrase as somebody typed it. White space at its ends doesn't count towards its strength, but is kept.
    /// The names are those of the connection, which would be tried first.
    pub fn passphrase(typed: Secret, names: &[String]) -> Result<Self, PassphraseError> {
        // EXPOSE: its strength is estimated; the copies that this takes are wiped when they are freed.
        match passphrase::refuse(typed.expose(), names) {
            Some(why) => Err(why),
            None => Ok(Self::Passphrase(Passphrase(typed))),
        }
    }

    /// Takes six words that were drawn.
    pub fn drawn(words: Secret) -> Self {
        Self::Passphrase(Passphrase(words))
    }

    /// Who can open the file, to follow "sealed": `to the key age1qz…w7k9` or `with a passphrase`.
    pub fn describe(&self) -> String {
        match self {
            Self::Key(PublicKey(key)) => {
                let text = key.to_string();
                format!("to the key {}…{}", &text[..6], &text[text.len() - 4..])
            }
            Self::Passphrase(_) => "with a passphrase".to_owned(),
        }
    }

    /// The same, in the reader's words.
    pub fn how(&self) -> Message {
        match self {
            Self::Key(PublicKey(key)) => {
                let text = key.to_string();
                let ends = format!("{}…{}", &text[..6], &text[text.len() - 4..]);
                message!("record-to-key", key = Arg::term(ends))
            }
            Self::Passphrase(_) => message!("record-with-passphrase"),
        }
    }

    /// Whether a passphrase opens the file.
    pub fn is_passphrase(&self) -> bool {
        matches!(self, Self::Passphrase(_))
    }

    /// The key's fingerprint in words. A passphrase has none.
    pub fn fingerprint(&self) -> Option<String> {
        match self {
            Self::Key(PublicKey(key)) => Some(words(key)),
            Self::Passphrase(_) => None,
        }
    }
}

/// The fingerprint of a public key in six words, to be compared with the platform's people by voice.
pub fn fingerprint(key: &str) -> Result<String, RecipientError> {
    parse(key).map(|key| words(&key))
}

/// Seals a connection and its secret.
pub fn seal(connection: &Connection, secret: &Secret, recipient: Recipient) -> Result<Vec<u8>, SealError> {
    if secret.is_empty() {
        return Err(SealError::NoSecret);
    }
    let encryptor = match recipient {
        Recipient::Key(PublicKey(key)) => {
            Encryptor::with_recipients(std::iter::once(&key as &dyn age::Recipient))?
        }
        Recipient::Passphrase(Passphrase(typed)) => {
            // EXPOSE: age derives the file's key from it. The copy has no room to spare, so that turning it into
            // age's own type, which wipes itself, leaves no other copy behind.
            let mut key = scrypt::Recipient::new(SecretString::from(typed.expose().to_owned()));
            key.set_work_factor(work(connection));
            Encryptor::with_recipients(std::iter::once(&key as &dyn age::Recipient))?
        }
    };
    let text = plaintext::write(connection, secret)?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(&text)?;
    writer.finish()?;
    Ok(sealed)
}

fn work(connection: &Connection) -> u8 {
    if connection.practice {
        WORK_OF_PRACTICE
    } else {
        WORK
    }
}

fn parse(text: &str) -> Result<x25519::Recipient, RecipientError> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if text.is_empty() {
        return Err(RecipientError::Empty);
    }
    // The order matters: a private key may stand inside a PEM block or after a comment, and is the worst of them.
    if lower.contains("age-secret-key-")
        || lower.contains("private key-----")
        || lower.starts_with("age-plugin-")
    {
        return Err(RecipientError::SecretKey);
    }
    if lower.starts_with("-----begin") {
        return Err(RecipientError::Pem);
    }
    if ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"]
        .iter()
        .any(|start| lower.starts_with(start))
    {
        return Err(RecipientError::Ssh);
    }
    // The letters of a plain key never include the digit 1, so a second one means that the name goes on.
    let named = lower.strip_prefix("age1").is_some_and(|rest| rest.contains('1'));
    if named && lower.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(RecipientError::Plugin);
    }
    let key: x25519::Recipient = text.parse().map_err(|_| RecipientError::NotAKey)?;
    if WEAK.contains(&key.to_string().as_str()) {
        return Err(RecipientError::NotAKey);
    }
    Ok(key)
}

/// The words for a key: the first bits of SHA-256 over its canonical text.
fn words(key: &x25519::Recipient) -> String {
    passphrase::in_words(&Sha256::digest(key.to_string().as_bytes()))
}

/// The public keys of small order, every spelling of them. Whatever is sealed to one of them could be opened by
/// everybody, and age panics over it.
const WEAK: [&str; 14] = [
    "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z",
    "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqzqqsuwj9m",
    "age1qyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqj7vrya",
    "age1qyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqzqqk67yly",
    "age1ur4h5lpmgxu2u9jku0a0r87ydtdqnr0tnsetrlvxvgz3vh6fhqqqzyt4v9",
    "age1ur4h5lpmgxu2u9jku0a0r87ydtdqnr0tnsetrlvxvgz3vh6fhzqqxqejhu",
    "age1t7wft09r2zxzfvwsk92eeql0tvzyghxytqwgapkcyf8dm5ylz9ts6wm9s8",
    "age1t7wft09r2zxzfvwsk92eeql0tvzyghxytqwgapkcyf8dm5ylz8ts72fzt7",
    "age1anlllllllllllllllllllllllllllllllllllllllllllllllals4n2t7m",
    "age1anllllllllllllllllllllllllllllllllllllllllllllllllls3hcv9z",
    "age1ahlllllllllllllllllllllllllllllllllllllllllllllllalsn46ayy",
    "age1ahlllllllllllllllllllllllllllllllllllllllllllllllllsh3g6la",
    "age1amlllllllllllllllllllllllllllllllllllllllllllllllalselrwrv",
    "age1amlllllllllllllllllllllllllllllllllllllllllllllllllsam3fc4",
];

#[cfg(test)]
mod tests;
