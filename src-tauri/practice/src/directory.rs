//! The people, mailboxes, rooms and other recipients, made from a seed.
//!
//! They are never saved: the same seed makes the same ones in the same order, with the same ids. An id holds
//! the recipient's position in scrambled form, so that 100,000 of them need no table of ids. What somebody changed
//! of one is saved, by its id (`recipient_changes.rs`), and laid over what the seed makes.

use std::collections::HashMap;

use uuid::Uuid;

use crate::names::{DEPARTMENTS, DIVISIONS, GIVEN_NAMES, SITES, SURNAMES, TEAMS, address_part};
use crate::people::{PEOPLE, Person};
use crate::recipient_changes::{Kept, RecipientChanges, Removal};

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
    /// The mailbox of a booking page.
    Scheduling,
    /// The mailbox that searches of the organisation's mail are copied to.
    Discovery,
    /// Somebody from elsewhere, invited: a user of the directory whose mail is outside.
    Guest,
    /// An address outside that Exchange alone knows; no user of the directory.
    Contact,
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
            Self::Scheduling => Some("SchedulingMailbox"),
            Self::Discovery => Some("DiscoveryMailbox"),
            Self::Guest => Some("GuestMailUser"),
            Self::Contact => Some("MailContact"),
            Self::OnPremises => Some("MailUser"),
            Self::NoMailbox => None,
        }
    }

    /// Whether there is a mailbox in Exchange Online.
    pub(crate) fn has_mailbox(self) -> bool {
        !matches!(
            self,
            Self::OnPremises | Self::NoMailbox | Self::Guest | Self::Contact
        )
    }

    /// Exchange's name for the wider kind.
    pub(crate) fn recipient_type(self) -> &'static str {
        match self {
            Self::Contact => "MailContact",
            Self::NoMailbox => "User",
            _ if self.has_mailbox() => "UserMailbox",
            _ => "MailUser",
        }
    }

    /// Whether the directory has a user object for it, with a sign-in name.
    pub(crate) fn is_user(self) -> bool {
        self != Self::Contact
    }

    /// The answer of `mailboxSettings/userPurpose` (microsoft-facts §2.9).
    pub(crate) fn user_purpose(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Shared => "shared",
            Self::Room => "room",
            Self::Equipment => "equipment",
            _ => "others",
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
    /// What differs from what the alias says: from the start for some, for the others since somebody changed it.
    changes: Option<Box<RecipientChanges>>,
}

impl Entry {
    fn new(alias: &str, display_name: &str, kind: Kind, department: usize) -> Self {
        Self {
            alias: alias.into(),
            display_name: display_name.into(),
            kind,
            enabled: matches!(kind, Kind::User | Kind::OnPremises | Kind::Guest),
            idn: false,
            department: u8::try_from(department % DEPARTMENTS.len()).unwrap_or_default(),
            division: u8::try_from(department % DIVISIONS.len()).unwrap_or_default(),
            changes: None,
        }
    }

    /// What differs from what the seed made.
    pub(crate) fn changes(&self) -> RecipientChanges {
        self.changes.as_deref().cloned().unwrap_or_default()
    }

    /// Whether it was deleted, and can still be restored.
    pub(crate) fn removal(&self) -> Option<&Removal> {
        self.changes.as_ref()?.removed.as_ref()
    }

    /// Whether it is a mailbox that a hold keeps although its user is gone.
    pub(crate) fn is_inactive(&self) -> bool {
        self.removal()
            .is_some_and(|removal| removal.kept == Kept::Inactive)
    }

    /// Whether it was deleted and something of it is left.
    pub(crate) fn is_restorable(&self) -> bool {
        self.removal().is_some_and(|removal| removal.kept != Kept::Not)
    }

    /// Whether it is there: not deleted.
    pub(crate) fn is_live(&self) -> bool {
        self.removal().is_none()
    }

    /// The name that people sign in with. It is a property of its own and the primary address only until somebody
    /// changes one of the two.
    pub(crate) fn user_principal_name(&self) -> String {
        let own = self
            .changes
            .as_ref()
            .and_then(|changes| changes.user_principal_name.clone());
        own.unwrap_or_else(|| self.made_address())
    }

    /// The primary address.
    pub(crate) fn address(&self) -> String {
        let changed = self
            .changes
            .as_ref()
            .and_then(|changes| changes.addresses.first());
        changed.cloned().unwrap_or_else(|| self.made_address())
    }

    fn made_address(&self) -> String {
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
    pub(crate) fn department(&self) -> &str {
        if let Some(changed) = self
            .changes
            .as_ref()
            .and_then(|changes| changes.department.as_deref())
        {
            return changed;
        }
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
        if let Some(changes) = &self.changes
            && let Some((_, others)) = changes.addresses.split_first()
        {
            return others.to_vec();
        }
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

/// One of each kind that an organisation has few of, in a fixed order.
fn rarer() -> Vec<(Entry, RecipientChanges)> {
    let addresses = |all: &[&str]| RecipientChanges {
        addresses: all.iter().map(|address| (*address).to_owned()).collect(),
        ..RecipientChanges::default()
    };
    let removed = |kept: Kept| RecipientChanges {
        removed: Some(Removal {
            at: jiff::Timestamp::constant(1_795_000_000, 0),
            kept,
        }),
        ..RecipientChanges::default()
    };
    let guest = RecipientChanges {
        user_principal_name: Some(format!("pat.lindqvist_fabrikam.example#EXT#@{INITIAL_DOMAIN}")),
        ..addresses(&["pat.lindqvist@fabrikam.example"])
    };
    let renamed = RecipientChanges {
        user_principal_name: Some(format!("aberg@{INITIAL_DOMAIN}")),
        ..RecipientChanges::default()
    };
    [
        (
            "pat.lindqvist_fabrikam.example#ext#",
            "Pat Lindqvist",
            Kind::Guest,
            1,
            guest,
        ),
        (
            "courier.desk",
            "Courier Desk",
            Kind::Contact,
            7,
            addresses(&["desk@courier.example"]),
        ),
        (
            "booking.desk",
            "Booking Desk",
            Kind::Scheduling,
            0,
            RecipientChanges::default(),
        ),
        (
            "discoverysearchmailbox{d919ba05-46a6-415f-80ad-7e09334bb852}",
            "Discovery Search Mailbox",
            Kind::Discovery,
            9,
            RecipientChanges::default(),
        ),
        ("anja.berg", "Anja Berg", Kind::User, 6, renamed),
        (
            "claims",
            "Claims",
            Kind::Shared,
            0,
            addresses(&[
                "claims@contoso.example",
                "complaints@contoso.example",
                "reclamations@contoso.example",
                "claims@contoso.onmicrosoft.example",
            ]),
        ),
        (
            "left.colleague",
            "Left Colleague",
            Kind::User,
            3,
            removed(Kept::Inactive),
        ),
        (
            "old.project",
            "Old Project",
            Kind::Shared,
            2,
            removed(Kept::SoftDeleted),
        ),
    ]
    .into_iter()
    .map(|(alias, name, kind, department, changes)| (Entry::new(alias, name, kind, department), changes))
    .collect()
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
