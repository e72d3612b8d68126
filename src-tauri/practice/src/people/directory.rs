//! The people, mailboxes, rooms and other recipients, made from a seed.
//!
//! They are never saved: the same seed makes the same ones in the same order, with the same ids. An id holds
//! the recipient's position in scrambled form, so that 100,000 of them need no table of ids. What somebody changed
//! of one is saved, by its id (`changes.rs`), and laid over what the seed makes.

use std::collections::HashMap;

use uuid::Uuid;

use crate::people::changes::RecipientChanges;
use crate::people::domains::{DEFAULT_DOMAIN, IDN_DOMAIN, IDN_DOMAIN_ASCII, INITIAL_DOMAIN};
use crate::people::entry::Entry;
use crate::people::made_up::{equipment, mix, named, person, rarer, room, team};

/// Which of a recipient's two ids is meant; Entra and Exchange number the same recipient differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdKind {
    Directory = 1,
    Exchange = 2,
}

/// Every entry, with an index by address.
#[derive(Debug)]
pub(crate) struct Directory {
    seed: u64,
    entries: Vec<Entry>,
    by_alias: Vec<u32>,
    /// How many were there before the few of rarer kinds, which stand at the end and are numbered from above, so that
    /// their ids are the same in a directory of any size.
    ordinary: usize,
    /// Addresses that somebody changed, in lower case; what the seed made needs no table.
    moved: HashMap<String, usize>,
    /// Sign-in names that are not the made address, in lower case.
    sign_in_names: HashMap<String, usize>,
}

impl Directory {
    /// Makes a directory with about this many mailboxes; the named ones are always there.
    pub(crate) fn generate(seed: u64, mailboxes: usize) -> Self {
        let mut entries = named();
        entries.reserve(mailboxes.saturating_sub(entries.len()));
        let mut counts = [0usize; 4];
        let offset = usize::try_from(mix(seed) % 10_007).unwrap_or_default();
        while entries.len() < mailboxes {
            let turn = entries.len();
            let (slot, entry) = match mix(seed ^ turn as u64) % 100 {
                0..=11 => (0, team(counts[0])),
                12..=15 => (1, room(counts[1])),
                16 => (2, equipment(counts[2])),
                chance => (3, person(offset + counts[3], chance == 17)),
            };
            counts[slot] += 1;
            entries.push(entry);
        }
        let ordinary = entries.len();
        let rarer = rarer();
        entries.extend(rarer.iter().map(|(entry, _)| entry.clone()));
        let mut by_alias: Vec<u32> = (0..u32::try_from(entries.len()).unwrap_or(u32::MAX)).collect();
        by_alias.sort_by(|left, right| entries[*left as usize].alias.cmp(&entries[*right as usize].alias));
        let mut directory = Self {
            seed,
            entries,
            by_alias,
            ordinary,
            moved: HashMap::new(),
            sign_in_names: HashMap::new(),
        };
        for (at, (_, changes)) in rarer.into_iter().enumerate() {
            if changes != RecipientChanges::default() {
                directory.change(ordinary + at, changes);
            }
        }
        directory
    }

    /// Lays changes over what the seed made of an entry; what was laid over it before is replaced.
    pub(crate) fn change(&mut self, position: usize, changes: RecipientChanges) {
        let Some(entry) = self.entries.get_mut(position) else {
            return;
        };
        self.moved.retain(|_, held| *held != position);
        self.sign_in_names.retain(|_, held| *held != position);
        if changes.removed.is_none() {
            for address in &changes.addresses {
                self.moved.insert(address.to_lowercase(), position);
            }
            if let Some(name) = &changes.user_principal_name {
                self.sign_in_names.insert(name.to_lowercase(), position);
            }
        }
        if let Some(name) = &changes.display_name {
            entry.display_name = name.as_str().into();
        }
        entry.changes = Some(Box::new(changes));
    }

    /// All entries in their fixed order.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry at this position.
    pub(crate) fn entry(&self, position: usize) -> Option<&Entry> {
        self.entries.get(position)
    }

    /// The position of the entry with this address, primary or not.
    pub(crate) fn by_address(&self, address: &str) -> Option<usize> {
        let address = address.to_lowercase().replace(IDN_DOMAIN, IDN_DOMAIN_ASCII);
        if let Some(found) = self.moved.get(&address) {
            return Some(*found);
        }
        let (local, domain) = address.rsplit_once('@')?;
        let local = if local == "helpdesk" && domain == DEFAULT_DOMAIN {
            "support"
        } else {
            local
        };
        let found = self.by_alias(local)?;
        let entry = &self.entries[found];
        // Whose addresses were changed is in the table above with all of them.
        if entry
            .changes
            .as_ref()
            .is_some_and(|changes| !changes.addresses.is_empty())
        {
            return None;
        }
        let idn = entry.idn;
        let fits = match domain {
            INITIAL_DOMAIN => true,
            DEFAULT_DOMAIN => !idn,
            IDN_DOMAIN | IDN_DOMAIN_ASCII => idn,
            _ => false,
        };
        fits.then_some(found)
    }

    /// The position of the entry that signs in with this name.
    pub(crate) fn by_user_principal_name(&self, name: &str) -> Option<usize> {
        let lower = name.to_lowercase().replace(IDN_DOMAIN, IDN_DOMAIN_ASCII);
        if let Some(found) = self.sign_in_names.get(&lower) {
            return Some(*found);
        }
        let (local, _) = lower.rsplit_once('@')?;
        let found = self.by_alias(local)?;
        (self.entries[found].user_principal_name() == lower).then_some(found)
    }

    /// The position of the entry with this alias.
    pub(crate) fn by_alias(&self, alias: &str) -> Option<usize> {
        let alias = alias.to_lowercase();
        self.by_alias
            .binary_search_by(|position| (*self.entries[*position as usize].alias).cmp(alias.as_str()))
            .ok()
            .map(|at| self.by_alias[at] as usize)
            .filter(|found| self.entries[*found].is_live())
    }

    /// The position of the entry with this id, unless it was deleted.
    pub(crate) fn by_id(&self, kind: IdKind, id: &str) -> Option<usize> {
        self.by_id_of_any(kind, id)
            .filter(|position| self.entries[*position].is_live())
    }

    /// The position of the entry with this id, deleted or not.
    pub(crate) fn by_id_of_any(&self, kind: IdKind, id: &str) -> Option<usize> {
        let id = Uuid::try_parse(id).ok()?;
        let tail = u32::try_from(id.as_u128() & u128::from(u32::MAX)).ok()?;
        let number = tail ^ self.mask(kind);
        let below = usize::try_from(number)
            .ok()
            .filter(|number| *number < self.ordinary);
        let position = match below {
            Some(position) => position,
            None => usize::try_from(u32::MAX - number)
                .ok()?
                .checked_add(self.ordinary)?,
        };
        (position < self.entries.len() && self.uuid(kind, position) == id).then_some(position)
    }

    /// The id of the entry at this position.
    pub(crate) fn id(&self, kind: IdKind, position: usize) -> String {
        self.uuid(kind, position).to_string()
    }

    fn mask(&self, kind: IdKind) -> u32 {
        u32::try_from(mix(self.seed.wrapping_add(kind as u64)) >> 32).unwrap_or_default()
    }

    fn uuid(&self, kind: IdKind, position: usize) -> Uuid {
        let number = match position.checked_sub(self.ordinary) {
            None => u32::try_from(position).unwrap_or(u32::MAX),
            Some(above) => u32::MAX - u32::try_from(above).unwrap_or_default(),
        };
        let tail = number ^ self.mask(kind);
        let high = mix(self.seed ^ (u64::from(tail) << 8) ^ kind as u64);
        let low = (mix(high) & 0xffff_ffff_0000_0000) | u64::from(tail);
        let bytes = (u128::from(high) << 64 | u128::from(low)).to_be_bytes();
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_directory() {
        let (first, second) = (Directory::generate(7, 500), Directory::generate(7, 500));
        for position in 0..500 {
            assert_eq!(first.entries()[position].alias, second.entries()[position].alias);
            assert_eq!(
                first.id(IdKind::Directory, position),
                second.id(IdKind::Directory, position)
            );
        }
        assert_ne!(
            first.id(IdKind::Directory, 0),
            Directory::generate(8, 10).id(IdKind::Directory, 0)
        );
    }

    #[test]
    fn a_hundred_thousand_addresses_all_differ_and_are_found() {
        let directory = Directory::generate(1, 100_000);
        let ordinary = &directory.entries()[..100_000];
        let mut aliases: Vec<&str> = ordinary.iter().map(|entry| &*entry.alias).collect();
        aliases.sort_unstable();
        let before = aliases.len();
        aliases.dedup();
        assert_eq!((before, aliases.len()), (100_000, 100_000));
        for position in (0..100_000).step_by(997) {
            assert_eq!(
                directory.by_address(&directory.entries()[position].address()),
                Some(position)
            );
            for kind in [IdKind::Directory, IdKind::Exchange] {
                assert_eq!(
                    directory.by_id(kind, &directory.id(kind, position)),
                    Some(position)
                );
            }
        }
    }

    #[test]
    fn named_entries_are_found_by_every_address() {
        let directory = Directory::generate(1, 0);
        let support = directory.by_address("support@contoso.example");
        assert!(support.is_some());
        assert_eq!(directory.by_address("HELPDESK@contoso.example"), support);
        assert_eq!(
            directory.by_address("support@contoso.onmicrosoft.example"),
            support
        );
        assert_eq!(directory.by_address("support@bücher.example"), None);
        assert!(directory.by_address("leserservice@bücher.example").is_some());
        assert_eq!(
            directory.by_address("leserservice@bücher.example"),
            directory.by_address("leserservice@xn--bcher-kva.example")
        );
        assert!(directory.by_address("o'brien@contoso.example").is_some());
        assert_eq!(directory.by_address("nobody"), None);
    }

    #[test]
    fn an_id_of_the_wrong_kind_finds_nothing() {
        let directory = Directory::generate(1, 50);
        assert_eq!(
            directory.by_id(IdKind::Exchange, &directory.id(IdKind::Directory, 3)),
            None
        );
        assert_eq!(directory.by_id(IdKind::Directory, "not an id"), None);
    }
}
