//! What somebody changed of a person or mailbox: addresses, names, whether it is deleted.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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

/// Replaces an address in a list.
pub(crate) fn replace_address(list: &mut [String], old: &str, new: &str) {
    for held in list.iter_mut().filter(|held| held.eq_ignore_ascii_case(old)) {
        new.clone_into(held);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::directory::{Directory, IdKind};

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
