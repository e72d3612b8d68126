//! The entries that the seed makes: the named ones, the few of rarer kinds, and as many more as are asked for.

use crate::people::administrators::PEOPLE;
use crate::people::changes::{Kept, RecipientChanges, Removal};
use crate::people::domains::INITIAL_DOMAIN;
use crate::people::entry::{Entry, Kind};
use crate::people::names::{GIVEN_NAMES, SITES, SURNAMES, TEAMS, address_part};

/// The entries that every directory has, whatever its size.
pub(super) fn named() -> Vec<Entry> {
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
pub(super) fn rarer() -> Vec<(Entry, RecipientChanges)> {
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
pub(super) fn person(number: usize, on_premises: bool) -> Entry {
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

pub(super) fn team(number: usize) -> Entry {
    let (alias, name) = numbered(&TEAMS, number);
    Entry::new(&alias, &name, Kind::Shared, number)
}

pub(super) fn room(number: usize) -> Entry {
    let site = SITES[number % SITES.len()];
    let floor = number / SITES.len();
    Entry::new(
        &format!("room.{}.{floor:03}", address_part(site)),
        &format!("Room {site} {floor:03}"),
        Kind::Room,
        2,
    )
}

pub(super) fn equipment(number: usize) -> Entry {
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
