//! How Exchange writes single values: security identifiers, instants, booleans, and who holds a right.

use jiff::Timestamp;

use crate::organisation::Organisation;
use crate::organisation::ids::hex_sha256;
use crate::people::directory::IdKind;
use crate::people::entry::Entry;

/// The security identifier of a directory object, made from its id and always the same.
pub(super) fn sid(id: &str) -> String {
    let digest = hex_sha256(id.to_lowercase().as_bytes());
    let part = |from: usize| {
        digest
            .get(from..from + 8)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .unwrap_or_default()
    };
    // The first three parts stand for the domain, which all objects share.
    format!(
        "S-1-5-21-2190361749-3178562043-1820437756-{}",
        part(0) % 90_000_000 + 1_000
    )
}

/// An instant as the endpoint writes it.
pub(super) fn date_time(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S.0000000Z").to_string()
}

/// A boolean as filters compare it.
pub(super) fn truth(value: bool) -> String {
    if value { "True" } else { "False" }.to_owned()
}

/// How lists of permissions write the holder of this id: a person by sign-in name, a group by name, an app by its
/// object id (how Exchange writes an app is UNVERIFIED).
pub(super) fn trustee_name(organisation: &Organisation, id: &str) -> String {
    let directory = &organisation.directory;
    directory
        .by_id(IdKind::Directory, id)
        .and_then(|position| directory.entry(position))
        .map(Entry::user_principal_name)
        .or_else(|| {
            let groups = &organisation.objects.exchange.groups;
            groups
                .iter()
                .find(|group| group.guid == id)
                .map(|group| group.name.clone())
        })
        .unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_is_always_the_same_for_one_object_and_differs_between_two() {
        assert_eq!(sid("A-b"), sid("a-B"));
        assert_ne!(sid("a"), sid("b"));
        assert!(sid("a").starts_with("S-1-5-21-"));
    }
}
