//! Whom an identity means that is given to a parameter: a recipient, a group, an app.

use super::failure::Failure;
use crate::organisation::Organisation;
use crate::organisation::exchange::{ExchangeServicePrincipal, Group, distinguished_name};
use crate::people::directory::{Directory, IdKind};
use crate::people::entry::Entry;

/// One thing found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The recipient at this position of the directory.
    Entry(usize),
    /// The group at this position of Exchange's groups.
    Group(usize),
}

/// The recipient or group that an identity names.
pub(super) fn any(organisation: &Organisation, identity: &str) -> Option<Found> {
    resolve_entry(&organisation.directory, identity)
        .map(Found::Entry)
        .or_else(|| group_position(organisation, identity).map(Found::Group))
}

/// The recipient that an identity names: address, alias, name, GUID, directory id or distinguished name.
pub(super) fn recipient(organisation: &Organisation, identity: &str) -> Option<usize> {
    let directory = &organisation.directory;
    resolve_entry(directory, identity).filter(|position| {
        directory
            .entry(*position)
            .is_some_and(|entry| entry.kind.recipient_type_details().is_some())
    })
}

fn resolve_entry(directory: &Directory, identity: &str) -> Option<usize> {
    let identity = identity.trim();
    if identity.is_empty() {
        return None;
    }
    directory
        .by_address(identity)
        .or_else(|| directory.by_user_principal_name(identity))
        .or_else(|| directory.by_id(IdKind::Exchange, identity))
        .or_else(|| directory.by_id(IdKind::Directory, identity))
        .or_else(|| directory.by_alias(identity))
        .or_else(|| {
            let name = identity
                .strip_prefix("CN=")
                .and_then(|rest| rest.split_once(','))
                .map(|(name, _)| name)?;
            directory
                .by_alias(name)
                .filter(|_| distinguished_name(name).eq_ignore_ascii_case(identity))
        })
        .or_else(|| {
            let lower = identity.to_lowercase();
            let all = directory.entries();
            all.iter().position(|entry| {
                entry.is_live()
                    && entry.display_name.len() == identity.len()
                    && entry.display_name.to_lowercase() == lower
            })
        })
}

/// Where the group stands that an identity names.
pub(super) fn group_position(organisation: &Organisation, identity: &str) -> Option<usize> {
    let identity = identity.trim();
    organisation.objects.exchange.groups.iter().position(|group| {
        [
            &group.name,
            &group.display_name,
            &group.alias,
            &group.primary_smtp,
            &group.guid,
            &group.distinguished_name,
        ]
        .iter()
        .any(|held| held.eq_ignore_ascii_case(identity))
    })
}

/// The group that an identity names.
pub(super) fn group<'a>(organisation: &'a Organisation, identity: &str) -> Option<&'a Group> {
    group_position(organisation, identity).and_then(|at| organisation.objects.exchange.groups.get(at))
}

/// Where the group stands, or the error that it is not there.
pub(super) fn required_group(organisation: &Organisation, identity: &str) -> Result<usize, Failure> {
    group_position(organisation, identity).ok_or_else(|| Failure::not_found(identity))
}

/// The pointer that an identity names: object id, app id, GUID or display name.
pub(super) fn service_principal<'a>(
    organisation: &'a Organisation,
    identity: &str,
) -> Option<&'a ExchangeServicePrincipal> {
    organisation
        .objects
        .exchange
        .service_principals
        .iter()
        .find(|held| {
            [&held.object_id, &held.app_id, &held.guid, &held.display_name]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(identity))
        })
}

/// The address of a member to be: a recipient or another group.
pub(super) fn member_address(organisation: &Organisation, member: &str) -> Result<String, Failure> {
    recipient(organisation, member)
        .and_then(|at| organisation.directory.entry(at))
        .map(Entry::address)
        .or_else(|| group(organisation, member).map(|group| group.primary_smtp.clone()))
        .ok_or_else(|| Failure::not_found(member))
}

/// The id under which a person, a group or an app holds rights on a mailbox; distribution lists are refused because
/// they are no security principals.
pub(super) fn trustee(organisation: &Organisation, identity: &str) -> Result<String, Failure> {
    if let Some(pointer) = service_principal(organisation, identity) {
        return Ok(pointer.object_id.clone());
    }
    if let Some(position) = recipient(organisation, identity) {
        return Ok(organisation.directory.id(IdKind::Directory, position));
    }
    match group(organisation, identity) {
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

/// The mailbox that an identity names; anything without a mailbox in Exchange Online is not found.
pub(super) fn mailbox(organisation: &Organisation, identity: &str) -> Result<(usize, String), Failure> {
    recipient(organisation, identity)
        .and_then(|position| Some((position, organisation.directory.entry(position)?)))
        .filter(|(_, entry)| entry.kind.has_mailbox())
        .map(|(position, entry)| (position, entry.address()))
        .ok_or_else(|| Failure::not_found(identity))
}
