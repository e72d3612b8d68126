//! Changes of a person or mailbox, with everything that names it.
//!
//! A mailbox is its object: its ids, its mail and every permission on it stay when its addresses move. Exchange's lists
//! here name mailboxes by primary address, so they are written anew with the new one.

use super::Organisation;
use super::exchange::ExchangeObjects;
use super::objects::Objects;
use crate::people::changes::{RecipientChanges, replace_address};
use crate::people::directory::{Directory, IdKind};
use crate::people::entry::Entry;

/// Changes a recipient and everything that names it by its address.
///
/// A filter of a scope sees the new address at once in `Test-ServicePrincipalAuthorization` and in live calls; whether
/// Exchange's cache delays the latter is UNVERIFIED.
pub(crate) fn change_recipient(organisation: &mut Organisation, position: usize, changes: RecipientChanges) {
    let address = |organisation: &Organisation| {
        let entry = organisation.directory.entry(position);
        entry.map(Entry::address).unwrap_or_default()
    };
    let old = address(organisation);
    let id = organisation.directory.id(IdKind::Directory, position);
    organisation.directory.change(position, changes.clone());
    organisation.objects.recipients.insert(id, changes);
    let new = address(organisation);
    if new != old {
        readdress(&mut organisation.objects, &old, &new);
    }
    organisation.touch();
}

/// Lays what was saved over a directory that was just made.
pub(crate) fn lay_over(objects: &Objects, directory: &mut Directory) {
    for (id, changes) in &objects.recipients {
        if let Some(position) = directory.by_id_of_any(IdKind::Directory, id) {
            directory.change(position, changes.clone());
        }
    }
}

/// Writes the new primary address where the old one named the mailbox. Objects of others that mean the same as before
/// still count as untouched.
fn readdress(objects: &mut Objects, old: &str, new: &str) {
    let before = objects.fingerprints();
    let untouched: Vec<String> = objects
        .foreign
        .iter()
        .filter(|(key, print)| before.get(*key) == Some(*print))
        .map(|(key, _)| key.clone())
        .collect();
    readdress_exchange(&mut objects.exchange, old, new);
    for stale in objects.stale_rights.values_mut() {
        stale.readdress(old, new);
    }
    for stale in objects.stale_policies.values_mut().flatten() {
        stale.readdress(old, new);
    }
    let after = objects.fingerprints();
    for key in untouched {
        let renamed = key.replace(old, new);
        let (key, print) = match (after.get(&key), after.get(&renamed)) {
            (Some(print), _) => (key, print),
            (None, Some(print)) => {
                objects.foreign.remove(&key);
                (renamed, print)
            }
            (None, None) => continue,
        };
        objects.foreign.insert(key, print.clone());
    }
}

fn readdress_exchange(exchange: &mut ExchangeObjects, old: &str, new: &str) {
    let one = |held: &mut String| replace_address(std::slice::from_mut(held), old, new);
    for held in &mut exchange.mailbox_permissions {
        one(&mut held.mailbox);
    }
    for held in &mut exchange.recipient_permissions {
        one(&mut held.recipient);
    }
    for held in &mut exchange.folder_permissions {
        held.readdress(old, new);
    }
    for group in &mut exchange.groups {
        replace_address(&mut group.members, old, new);
    }
    for unit in &mut exchange.administrative_units {
        replace_address(&mut unit.members, old, new);
    }
    if let Some(held) = exchange.client_access.remove(old) {
        exchange.client_access.insert(new.to_owned(), held);
    }
    if let Some(held) = exchange.mailbox_settings.remove(old) {
        exchange.mailbox_settings.insert(new.to_owned(), held);
    }
}
