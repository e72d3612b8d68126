//! Looks for a secret in every form in which it could slip out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// A form of a secret, and where it was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Find {
    /// The form: `raw`, `hex`, ….
    pub form: &'static str,
    /// The file, or the name of the text.
    pub place: String,
}

/// A secret in all its forms.
pub struct Search {
    forms: Vec<(&'static str, Vec<u8>)>,
}

impl Search {
    /// Prepares the search. A short secret would be found by chance, so it is refused.
    pub fn of(secret: &str) -> Outcome<Self> {
        if secret.len() < 12 {
            return Err("the secret is too short to be looked for".into());
        }
        let bytes = secret.as_bytes();
        let escaped = serde_json::to_string(secret).map_err(|error| error.to_string())?;
        let hex = hex(bytes);
        let mut forms: Vec<(&'static str, Vec<u8>)> = vec![
            ("raw", bytes.to_vec()),
            ("JSON", escaped.trim_matches('"').into()),
            (
                "JSON, all escaped",
                every_letter(secret, |unit| format!("\\u{unit:04x}")),
            ),
            ("percent", percent(bytes).into()),
            ("percent, in small letters", percent(bytes).to_lowercase().into()),
            (
                "percent, every byte",
                every_byte(bytes, |byte| format!("%{byte:02X}")),
            ),
            (
                "form",
                url::form_urlencoded::byte_serialize(bytes)
                    .collect::<String>()
                    .into(),
            ),
            ("hex", hex.clone().into()),
            ("hex in capitals", hex.to_uppercase().into()),
            ("UTF-16, low byte first", utf16(secret, u16::to_le_bytes)),
            ("UTF-16, high byte first", utf16(secret, u16::to_be_bytes)),
            ("Debug", format!("{secret:?}").trim_matches('"').into()),
            ("backwards", secret.chars().rev().collect::<String>().into()),
        ];
        let names = [
            ["base64", "base64, one byte in", "base64, two bytes in"],
            ["base64url", "base64url, one byte in", "base64url, two bytes in"],
        ];
        for (alphabet, names) in [b"+/", b"-_"].into_iter().zip(names) {
            for (skip, name) in names.into_iter().enumerate() {
                forms.push((name, inner_base64(bytes, skip, *alphabet)));
            }
        }
        Ok(Self { forms })
    }

    /// Every form with its bytes, for a control that plants them.
    pub fn forms(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.forms.iter().map(|(form, bytes)| (*form, bytes.as_slice()))
    }

    /// Looks in bytes.
    pub fn in_bytes(&self, place: &str, bytes: &[u8]) -> Vec<Find> {
        let found = self.forms.iter().filter(|(_, form)| contains(bytes, form));
        found
            .map(|(form, _)| Find {
                form,
                place: place.to_owned(),
            })
            .collect()
    }

    /// Looks in every file below a folder, and in the files' names.
    pub fn in_folder(&self, folder: &Path) -> Outcome<Vec<Find>> {
        let mut finds = Vec::new();
        for file in files_below(folder)? {
            let place = file.display().to_string();
            finds.extend(self.in_bytes(&place, place.as_bytes()));
            let bytes = std::fs::read(&file).map_err(|error| format!("{place}: {error}"))?;
            finds.extend(self.in_bytes(&place, &bytes));
        }
        Ok(finds)
    }
}

/// Every file below a folder.
pub fn files_below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let entry = entry.map_err(|error| error.to_string())?;
            match entry.file_type().map_err(|error| error.to_string())? {
                kind if kind.is_dir() => folders.push(entry.path()),
                kind if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.sort();
    Ok(files)
}

fn contains(bytes: &[u8], form: &[u8]) -> bool {
    !form.is_empty() && bytes.windows(form.len()).any(|window| window == form)
}

fn every_byte(bytes: &[u8], write: impl Fn(u8) -> String) -> Vec<u8> {
    bytes.iter().flat_map(|byte| write(*byte).into_bytes()).collect()
}

fn every_letter(text: &str, write: impl Fn(u16) -> String) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| write(unit).into_bytes())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// As in an address or a form: letters, digits and `-._~` stay as they are.
fn percent(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

/// The letters that base64 has for the bytes from `skip` on, as far as they don't depend on what stands around them:
/// so a secret is found within a longer text that was encoded as a whole.
fn inner_base64(bytes: &[u8], skip: usize, last: [u8; 2]) -> Vec<u8> {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let letter = |six: u32| match usize::try_from(six & 63).unwrap_or_default() {
        62 => last[0],
        63 => last[1],
        index => ALPHABET.get(index).copied().unwrap_or_default(),
    };
    let whole = bytes.get(skip..).unwrap_or_default().chunks_exact(3);
    whole
        .flat_map(|three| {
            let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
            [18, 12, 6, 0].map(|shift| letter(bits >> shift))
        })
        .collect()
}
