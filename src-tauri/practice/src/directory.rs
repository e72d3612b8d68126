//! The people, mailboxes, rooms and other recipients, made from a seed.
//!
//! They are never saved: the same seed makes the same ones in the same order, with the same ids. An id holds
//! the recipient's position in scrambled form, so that 100,000 of them need no table of ids.

use uuid::Uuid;

use crate::names::{DEPARTMENTS, DIVISIONS, GIVEN_NAMES, SITES, SURNAMES, TEAMS, address_part};
use crate::people::{PEOPLE, Person};

/// The organisation's default domain.
pub(crate) const DEFAULT_DOMAIN: &str = "contoso.example";
/// The domain that every tenant is born with.
pub(crate) const INITIAL_DOMAIN: &str = "contoso.onmicrosoft.example";
/// An accepted domain with a letter outside ASCII, as people write it.
pub(crate) const IDN_DOMAIN: &str = "bücher.example";
/// The same domain as it travels in mail.
pub(crate) const IDN_DOMAIN_ASCII: &str = "xn--bcher-kva.example";

/// What kind of recipient it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    User,
    Shared,
    Room,
    Equipment,
    /// A directory user whose mailbox is on a server of the organisation's own.
    OnPremises,
    /// A directory user without any mailbox.
    NoMailbox,
}

impl Kind {
    /// Exchange's name for the kind; `None` when Exchange does not know the object as a recipient.
    pub(crate) fn recipient_type_details(self) -> Option<&'static str> {
        match self {
            Self::User => Some("UserMailbox"),
            Self::Shared => Some("SharedMailbox"),
            Self::Room => Some("RoomMailbox"),
            Self::Equipment => Some("EquipmentMailbox"),
            Self::OnPremises => Some("MailUser"),
            Self::NoMailbox => None,
        }
    }

    /// Whether there is a mailbox in Exchange Online.
    pub(crate) fn has_mailbox(self) -> bool {
        !matches!(self, Self::OnPremises | Self::NoMailbox)
    }

    /// The answer of `mailboxSettings/userPurpose` (microsoft-facts §2.9).
    pub(crate) fn user_purpose(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Shared => "shared",
            Self::Room => "room",
            Self::Equipment => "equipment",
            Self::OnPremises | Self::NoMailbox => "others",
        }
    }
}

/// One entry of the directory.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) alias: Box<str>,
    pub(crate) display_name: Box<str>,
    pub(crate) kind: Kind,
    pub(crate) enabled: bool,
    idn: bool,
    department: u8,
    division: u8,
}

impl Entry {
    fn new(alias: &str, display_name: &str, kind: Kind, department: usize) -> Self {
        Self {
            alias: alias.into(),
            display_name: display_name.into(),
            kind,
            enabled: kind == Kind::User || kind == Kind::OnPremises,
            idn: false,
            department: u8::try_from(department % DEPARTMENTS.len()).unwrap_or_default(),
            division: u8::try_from(department % DIVISIONS.len()).unwrap_or_default(),
        }
    }

    /// The primary address.
    pub(crate) fn address(&self) -> String {
        format!(
            "{}@{}",
            self.alias,
            if self.idn {
                IDN_DOMAIN_ASCII
            } else {
                DEFAULT_DOMAIN
            }
        )
    }

    /// The department.
    pub(crate) fn department(&self) -> &'static str {
        DEPARTMENTS
            .get(usize::from(self.department))
            .copied()
            .unwrap_or_default()
    }

    /// Exchange's `CustomAttribute1`: the division.
    pub(crate) fn division(&self) -> &'static str {
        DIVISIONS
            .get(usize::from(self.division))
            .copied()
            .unwrap_or_default()
    }

    /// Further addresses, without the primary one.
    pub(crate) fn other_addresses(&self) -> Vec<String> {
        let mut others = vec![format!("{}@{INITIAL_DOMAIN}", self.alias)];
        if &*self.alias == "support" {
            others.push(format!("helpdesk@{DEFAULT_DOMAIN}"));
        }
        others
    }

    /// Every address as Exchange lists them, the primary one with `SMTP:` in capitals.
    pub(crate) fn email_addresses(&self) -> Vec<String> {
        let mut all = vec![format!("SMTP:{}", self.address())];
        all.extend(
            self.other_addresses()
                .into_iter()
                .map(|address| format!("smtp:{address}")),
        );
        all
    }

    /// The administrator behind this entry, if it is one.
    pub(crate) fn person(&self) -> Option<&'static Person> {
        PEOPLE.iter().find(|person| person.alias == &*self.alias)
    }
}

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
        let mut by_alias: Vec<u32> = (0..u32::try_from(entries.len()).unwrap_or(u32::MAX)).collect();
        by_alias.sort_by(|left, right| entries[*left as usize].alias.cmp(&entries[*right as usize].alias));
        Self {
            seed,
            entries,
            by_alias,
        }
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
        let address = address.to_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        let local = if local == "helpdesk" && domain == DEFAULT_DOMAIN {
            "support"
        } else {
            local
        };
        let found = self.by_alias(local)?;
        let idn = self.entries[found].idn;
        let fits = match domain {
            INITIAL_DOMAIN => true,
            DEFAULT_DOMAIN => !idn,
            IDN_DOMAIN | IDN_DOMAIN_ASCII => idn,
            _ => false,
        };
        fits.then_some(found)
    }

    /// The position of the entry with this alias.
    pub(crate) fn by_alias(&self, alias: &str) -> Option<usize> {
        let alias = alias.to_lowercase();
        self.by_alias
            .binary_search_by(|position| (*self.entries[*position as usize].alias).cmp(alias.as_str()))
            .ok()
            .map(|at| self.by_alias[at] as usize)
    }

    /// The position of the entry with this id.
    pub(crate) fn by_id(&self, kind: IdKind, id: &str) -> Option<usize> {
        let id = Uuid::try_parse(id).ok()?;
        let tail = u32::try_from(id.as_u128() & u128::from(u32::MAX)).ok()?;
        let position = usize::try_from(tail ^ self.mask(kind)).ok()?;
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
        let tail = u32::try_from(position).unwrap_or(u32::MAX) ^ self.mask(kind);
        let high = mix(self.seed ^ (u64::from(tail) << 8) ^ kind as u64);
        let low = (mix(high) & 0xffff_ffff_0000_0000) | u64::from(tail);
        let bytes = (u128::from(high) << 64 | u128::from(low)).to_be_bytes();
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// The entries that every directory has, whatever its size.
fn named() -> Vec<Entry> {
    let mut entries: Vec<Entry> = PEOPLE
        .iter()
        .map(|person| Entry::new(person.alias, &person.display_name(), Kind::User, 5))
        .collect();
    for (alias, display_name, kind, department) in [
        ("support", "Support", Kind::Shared, 0),
        ("billing", "Billing", Kind::Shared, 3),
        ("orders", "Orders", Kind::Shared, 11),
        ("info", "Information", Kind::Shared, 0),
        ("sales", "Sales", Kind::Shared, 11),
        ("hr", "Human Resources", Kind::Shared, 4),
        ("ceo", "Ingrid Holm", Kind::User, 9),
        ("o'brien", "Niamh O'Brien", Kind::User, 6),
        ("former.colleague", "Former Colleague", Kind::User, 3),
        ("warehouse", "Warehouse", Kind::OnPremises, 7),
        ("contractor", "Robin Castellanos", Kind::NoMailbox, 1),
        ("leserservice", "Leserservice Bücher", Kind::Shared, 0),
        ("room.fjord", "Room Fjord (12)", Kind::Room, 2),
        ("room.harbour", "Room Harbour (6)", Kind::Room, 2),
        ("van.1", "Delivery Van 1", Kind::Equipment, 7),
    ] {
        let mut entry = Entry::new(alias, display_name, kind, department);
        entry.idn = alias == "leserservice";
        if alias == "former.colleague" {
            entry.enabled = false;
        }
        entries.push(entry);
    }
    entries
}

/// The n-th made-up person. The step is coprime to the number of names, so names come mixed and never twice.
fn person(number: usize, on_premises: bool) -> Entry {
    const NAMES: usize = GIVEN_NAMES.len() * SURNAMES.len();
    let round = number / NAMES;
    let mixed = (number % NAMES) * 5_003 % NAMES;
    let (given, surname) = (
        GIVEN_NAMES[mixed % GIVEN_NAMES.len()],
        SURNAMES[mixed / GIVEN_NAMES.len()],
    );
    let initial = char::from(b'A' + u8::try_from(round.saturating_sub(1) % 26).unwrap_or_default());
    let (name, middle) = match round {
        0 => (format!("{given} {surname}"), String::new()),
        1..=26 => (
            format!("{given} {initial}. {surname}"),
            format!("{}.", initial.to_ascii_lowercase()),
        ),
        _ => (format!("{given} {surname} ({round})"), format!("{round}.")),
    };
    let alias = format!("{}.{middle}{}", address_part(given), address_part(surname));
    Entry::new(
        &alias,
        &name,
        if on_premises { Kind::OnPremises } else { Kind::User },
        number,
    )
}

fn team(number: usize) -> Entry {
    let (alias, name) = numbered(&TEAMS, number);
    Entry::new(&alias, &name, Kind::Shared, number)
}

fn room(number: usize) -> Entry {
    let site = SITES[number % SITES.len()];
    let floor = number / SITES.len();
    Entry::new(
        &format!("room.{}.{floor:03}", address_part(site)),
        &format!("Room {site} {floor:03}"),
        Kind::Room,
        2,
    )
}

fn equipment(number: usize) -> Entry {
    let site = SITES[number % SITES.len()];
    let count = number / SITES.len() + 1;
    let alias = format!("projector.{}.{count:03}", address_part(site));
    Entry::new(
        &alias,
        &format!("Projector {site} {count:03}"),
        Kind::Equipment,
        2,
    )
}

fn numbered(words: &[&str], number: usize) -> (String, String) {
    let (word, site) = (
        words[number % words.len()],
        SITES[number / words.len() % SITES.len()],
    );
    let round = number / (words.len() * SITES.len());
    let suffix = if round == 0 {
        String::new()
    } else {
        format!(" {}", round + 1)
    };
    let name = format!("{word} {site}{suffix}");
    (address_part(&name), name)
}

/// A well-mixed number from a number (the finaliser of SplitMix64).
pub(crate) fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
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
        let mut aliases: Vec<&str> = directory.entries().iter().map(|entry| &*entry.alias).collect();
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
