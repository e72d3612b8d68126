//! Whom a person can sign in as: everybody in the directory, not only the six administrators of the sign-in page.

use serde_json::Value;

use super::failure::Failure;
use crate::organisation::Organisation;
use crate::people::directory::IdKind;
use crate::people::entry::Entry;

/// Someone of the directory.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// The directory id.
    pub(super) id: String,
    /// The sign-in name.
    pub(super) address: String,
    pub(super) display_name: String,
    pub(super) given_name: Option<String>,
    pub(super) surname: Option<String>,
    /// Whether sign-in is allowed; it is not for shared mailboxes (microsoft-facts §2.9).
    pub(super) enabled: bool,
}

/// The account with this address.
pub(super) fn by_address(organisation: &Organisation, address: &str) -> Option<Account> {
    let directory = &organisation.directory;
    let name = address.trim();
    // People sign in with their sign-in name; another address of theirs leads to it (alternate login).
    let found = directory
        .by_user_principal_name(name)
        .or_else(|| directory.by_address(name))?;
    at(organisation, found)
}

/// The account with this directory id.
pub(super) fn by_id(organisation: &Organisation, id: &str) -> Option<Account> {
    at(organisation, organisation.directory.by_id(IdKind::Directory, id)?)
}

/// The account of someone who signs in, or Entra's reason why they cannot (microsoft-facts §1.8).
pub(super) fn who_signs_in(organisation: &Organisation, address: &str) -> Result<Account, Failure> {
    let account = by_address(organisation, address).ok_or_else(|| unknown(organisation, address))?;
    usable(account)
}

/// The account of a grant that was handed out earlier, unless it was disabled since.
pub(super) fn still_usable(organisation: &Organisation, id: &str) -> Result<Account, Failure> {
    usable(by_id(organisation, id).ok_or_else(|| unknown(organisation, id))?)
}

fn usable(account: Account) -> Result<Account, Failure> {
    if account.enabled {
        Ok(account)
    } else {
        Err(Failure::new(
            "invalid_grant",
            50057,
            "The user account is disabled.",
        ))
    }
}

fn unknown(organisation: &Organisation, name: &str) -> Failure {
    Failure::new(
        "invalid_grant",
        50034,
        format!(
            "The user account {name} does not exist in the {} directory. To sign into this application, the account must be \
             added to the directory.",
            organisation.objects.tenant_id
        ),
    )
}

fn at(organisation: &Organisation, position: usize) -> Option<Account> {
    let entry = organisation.directory.entry(position)?;
    let person = entry.person();
    let id = organisation.directory.id(IdKind::Directory, position);
    let written = organisation.objects.graph.users.get(&id);
    let enabled = organisation.account_enabled(position);
    let display_name = written
        .and_then(|written| written.get("displayName"))
        .and_then(Value::as_str)
        .unwrap_or(&entry.display_name)
        .to_owned();
    let (given_name, surname) = match person {
        Some(person) => (Some(person.given_name), Some(person.surname)),
        None if entry.enabled => entry
            .display_name
            .split_once(' ')
            .map_or((None, None), |(given, surname)| (Some(given), Some(surname))),
        None => (None, None),
    };
    Some(Account {
        id,
        address: Entry::user_principal_name(entry),
        display_name,
        given_name: given_name.map(str::to_owned),
        surname: surname.map(str::to_owned),
        enabled,
    })
}
