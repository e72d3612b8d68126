//! What somebody changed of a person or mailbox: addresses, names, whether it is deleted.
//!
//! A mailbox is its object: its ids, its mail and every permission on it stay when its addresses move. Exchange's lists
//! here name mailboxes by primary address, so they are written anew with the new one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::directory::IdKind;
use crate::objects::{ExchangeObjects, Objects};
use crate::organisation::Organisation;

/// What differs from what the seed made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct RecipientChanges {
    /// Every address in lower case, the primary one first; empty where the made ones hold.
    pub(crate) addresses: Vec<String>,
    pub(crate) user_principal_name: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) removed: Option<Removal>,
}

/// When and how something was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Removal {
    pub(crate) at: Timestamp,
    pub(crate) kept: Kept,
}

/// What is left of something deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kept {
    /// It can be restored for 30 days.
    SoftDeleted,
    /// The user is gone, and a hold keeps the mailbox.
    Inactive,
    /// Nothing.
    Not,
}

/// Changes a recipient and everything that names it by its address.
///
/// A filter of a scope sees the new address at once in `Test-ServicePrincipalAuthorization` and in live calls; whether
/// Exchange's cache delays the latter is UNVERIFIED.
pub(crate) fn change_recipient(organisation: &mut Organisation, position: usize, changes: RecipientChanges) {
    let address = |organisation: &Organisation| {
        let entry = organisation.directory.entry(position);
        entry.map(crate::directory::Entry::address).unwrap_or_default()
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
pub(crate) fn lay_over(objects: &Objects, directory: &mut crate::directory::Directory) {
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

/// Replaces an address in a list.
pub(crate) fn replace_address(list: &mut [String], old: &str, new: &str) {
    for held in list.iter_mut().filter(|held| held.eq_ignore_ascii_case(old)) {
        new.clone_into(held);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Directory;

    #[test]
    fn an_address_that_moves_leads_to_its_new_mailbox_and_the_ids_stay() {
        let mut directory = Directory::generate(1, 50);
        let at = |directory: &Directory, address: &str| directory.by_address(address);
        let support = at(&directory, "support@contoso.example").expect("support");
        let hr = at(&directory, "hr@contoso.example").expect("hr");
        let id = directory.id(IdKind::Directory, support);
        let with = |addresses: &[&str]| RecipientChanges {
            addresses: addresses.iter().map(|address| (*address).to_owned()).collect(),
            ..RecipientChanges::default()
        };
        directory.change(support, with(&["service@contoso.example"]));
        assert_eq!(at(&directory, "support@contoso.example"), None);
        directory.change(hr, with(&["hr@contoso.example", "support@contoso.example"]));
        assert_eq!(at(&directory, "SUPPORT@contoso.example"), Some(hr));
        assert_eq!(at(&directory, "service@contoso.example"), Some(support));
        assert_eq!(at(&directory, "helpdesk@contoso.example"), None);
        assert_eq!(directory.by_id(IdKind::Directory, &id), Some(support));
        assert_eq!(
            directory.by_user_principal_name("support@contoso.example"),
            Some(support)
        );
    }

    #[test]
    fn rarer_kinds_have_the_same_ids_in_a_directory_of_any_size() {
        let (small, large) = (Directory::generate(7, 0), Directory::generate(7, 900));
        for name in ["claims", "anja.berg", "booking.desk"] {
            let id = |directory: &Directory| {
                let at = directory.by_alias(name).expect("one of these");
                directory.id(IdKind::Directory, at)
            };
            assert_eq!(id(&small), id(&large), "{name}");
            assert_eq!(large.by_id(IdKind::Directory, &id(&large)), large.by_alias(name));
        }
        assert_eq!(small.by_alias("left.colleague"), None);
        let guest =
            small.by_user_principal_name("pat.lindqvist_fabrikam.example#EXT#@contoso.onmicrosoft.example");
        assert_eq!(guest, small.by_address("pat.lindqvist@fabrikam.example"));
        assert!(guest.is_some());
    }
}
