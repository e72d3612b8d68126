//! From the bytes of a file to text: UTF-8, what `>` of PowerShell writes, and the code page of older scripts.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::LONGEST;

/// Why a file is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// It is longer than [`LONGEST`].
    #[error("the file is larger than 5 MiB")]
    TooLong,
    /// It holds something else than text, such as a spreadsheet's own format or a picture.
    #[error("the file isn't text")]
    Binary,
}

/// Reads the bytes of a file as text.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    if bytes.len() > LONGEST {
        return Err(NotText::TooLong);
    }
    let encoding = encoding_of(bytes);
    let (text, _, _) = encoding.decode(bytes);
    // A zip archive, as a spreadsheet's own file is, or a picture: zero bytes in what should be text.
    let zeros = text.chars().filter(|c| *c == '\0').count();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) || zeros > 0 {
        return Err(NotText::Binary);
    }
    Ok(text.into_owned())
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // Without a mark: in UTF-16 every second byte of plain text is zero.
    let some = bytes.get(..bytes.len().min(4_096)).unwrap_or_default();
    let zeros = |odd: usize| {
        some.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = some.len() / 2;
    if half >= 4 && zeros(1) * 10 > half * 7 {
        UTF_16LE
    } else if half >= 4 && zeros(0) * 10 > half * 7 {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}
