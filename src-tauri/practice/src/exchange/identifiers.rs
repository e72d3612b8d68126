//! How Exchange names things, and whom a name given to a parameter means.

use jiff::Timestamp;

use super::failure::Failure;
use super::{groups, recipients, service_principals};
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

/// The id under which a person, a group or an app holds rights on a mailbox; distribution lists are refused because
/// they are no security principals.
pub(super) fn trustee(organisation: &Organisation, identity: &str) -> Result<String, Failure> {
    if let Some(pointer) = service_principals::resolve(organisation, identity) {
        return Ok(pointer.object_id.clone());
    }
    if let Some(position) = recipients::resolve(organisation, identity) {
        return Ok(organisation.directory.id(IdKind::Directory, position));
    }
    match groups::resolve(organisation, identity) {
        Some(group) if group.security => Ok(group.guid.clone()),
        Some(group) => Err(Failure::bad(
            "Microsoft.Exchange.Configuration.Tasks.TaskInvalidOperationException",
            format!(
                "The user or group you specified is invalid: \"{}\" is not a security principal.",
                group.name
            ),
        )),
        None => Err(Failure::no_trustee(identity)),
    }
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

/// The mailbox that an identity names; anything without a mailbox in Exchange Online is not found.
pub(super) fn mailbox(organisation: &Organisation, identity: &str) -> Result<(usize, String), Failure> {
    recipients::resolve(organisation, identity)
        .and_then(|position| Some((position, organisation.directory.entry(position)?)))
        .filter(|(_, entry)| entry.kind.has_mailbox())
        .map(|(position, entry)| (position, entry.address()))
        .ok_or_else(|| Failure::not_found(identity))
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
