//! Ids of folders, messages and attachments, in the form that Exchange gives them: base64url of the mailbox's GUID and
//! an entry id. They need no table, and an id that no mailbox ever made is told from one whose object is gone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;

use super::failure::Failure;
use crate::organisation::Organisation;
use crate::people::directory::IdKind;
use crate::people::made_up::mix;

/// What every id begins with; in base64 it reads `AAMk`.
const PREFIX: [u8; 4] = [0, 3, 0x24, 0];

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Id {
    Folder(u32),
    Message(u32),
    /// A part of a message, by the message's number and the part's place.
    Attachment(u32, u32),
}

/// The id of an object of this mailbox.
pub(super) fn encode(organisation: &Organisation, position: usize, id: Id) -> String {
    let guid = organisation.directory.id(IdKind::Exchange, position);
    write(&guid, id)
}

fn write(guid: &str, id: Id) -> String {
    let (kind, number, length): (u8, u32, u8) = match id {
        Id::Folder(number) => (1, number, 46),
        Id::Message(number) | Id::Attachment(number, _) => (7, number, 70),
    };
    let digits: String = guid.chars().filter(char::is_ascii_hexdigit).take(16).collect();
    let provider = mix(u64::from_str_radix(&digits, 16).unwrap_or_default());
    let filler = |salt: u64| mix(provider ^ salt).to_be_bytes();
    let mut bytes = PREFIX.to_vec();
    bytes.extend(guid.bytes());
    bytes.extend([0, length, 0, 0, 0, 0]);
    bytes.extend(filler(1));
    bytes.extend(filler(2));
    bytes.extend([kind, 0]);
    if kind == 7 {
        bytes.extend(filler(3));
        bytes.extend(filler(4));
        bytes.extend([0, 0, 0, 0, 1, 0x0c, 0, 0]);
    }
    bytes.extend(filler(5));
    bytes.extend(filler(6));
    bytes.extend([0, 0]);
    bytes.extend(number.to_be_bytes());
    bytes.extend([0, 0, 0]);
    if let Id::Attachment(_, part) = id {
        bytes.extend([1, 0x12, 0, 0x10, 0]);
        bytes.extend(part.to_be_bytes());
    }
    URL_SAFE.encode(bytes)
}

/// What an id names, whether or not it exists.
///
/// # Errors
/// 400 `ErrorInvalidIdMalformed` for what is no id; 404 `ErrorItemNotFound` for an id of another mailbox.
pub(super) fn decode(organisation: &Organisation, position: usize, text: &str) -> Result<Id, Failure> {
    let guid = organisation.directory.id(IdKind::Exchange, position);
    // Clients keep ids in file names and addresses and mix the two alphabets of base64 up.
    let text = text.replace('+', "-").replace('/', "_");
    let bytes = URL_SAFE.decode(&text).map_err(|_| malformed())?;
    if !bytes.starts_with(&PREFIX) {
        return Err(malformed());
    }
    let number_at = |from: usize| {
        bytes
            .get(from..from + 4)
            .and_then(|bytes| bytes.try_into().ok())
            .map(u32::from_be_bytes)
            .ok_or_else(malformed)
    };
    let id = match bytes.len() {
        89 => Id::Folder(number_at(82)?),
        113 => Id::Message(number_at(106)?),
        122 => Id::Attachment(number_at(106)?, number_at(118)?),
        _ => return Err(malformed()),
    };
    if !bytes[4..40].eq_ignore_ascii_case(guid.as_bytes()) {
        return Err(not_found());
    }
    if write(&guid, id) == text {
        Ok(id)
    } else {
        Err(not_found())
    }
}

/// 400: no id at all.
pub(super) fn malformed() -> Failure {
    Failure::new(400, "ErrorInvalidIdMalformed", "Id is malformed.")
}

/// 404: a well-formed id of nothing.
pub(super) fn not_found() -> Failure {
    Failure::new(
        404,
        "ErrorItemNotFound",
        "The specified object was not found in the store.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_length_and_look_of_the_real_ones() {
        let guid = "ef013138-6fae-47d4-a06b-558f996abf88";
        let message = write(guid, Id::Message(7));
        assert!(message.starts_with("AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OABG"));
        assert_eq!(message.len(), 152);
        assert_eq!(write(guid, Id::Folder(2)).len(), 120);
        assert_ne!(message, write(guid, Id::Message(8)));
    }
}
