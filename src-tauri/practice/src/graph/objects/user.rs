//! A person, shared mailbox or room: as Graph shows it, and how a request names it.

use serde_json::{Map, Value, json};

use crate::graph::{licences, schema};
use crate::organisation::Organisation;
use crate::people::directory::IdKind;
use crate::people::domains::INITIAL_DOMAIN;
use crate::people::entry::{Entry, Kind};

/// What Graph returns when nothing is selected.
const DEFAULT: [&str; 11] = [
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
];

/// One person, shared mailbox or room; a shared mailbox is an ordinary user object.
pub(crate) fn shown(organisation: &Organisation, position: usize, names: Option<&[&str]>) -> Value {
    let Some(entry) = organisation.directory.entry(position) else {
        return Value::Null;
    };
    let mut object = Map::new();
    for name in names.unwrap_or(&DEFAULT) {
        // Written names count: `$select=DISPLAYNAME` answers `displayName`.
        let found = schema::property("user", name).map(|found| found.name);
        if let Some(name) = found
            && let Some(value) = property(organisation, position, entry, name)
        {
            object.insert(name.to_owned(), value);
        }
    }
    Value::Object(object)
}

/// A property of a user, by its exact name; nothing for one that Graph keeps elsewhere.
pub(crate) fn property(
    organisation: &Organisation,
    position: usize,
    entry: &Entry,
    name: &str,
) -> Option<Value> {
    let changes = &organisation.objects.graph.users;
    if !changes.is_empty()
        && let Some(value) = changes
            .get(&organisation.directory.id(IdKind::Directory, position))
            .and_then(|changes| changes.get(name))
    {
        return Some(value.clone());
    }
    let is_person = matches!(
        entry.kind,
        Kind::User | Kind::OnPremises | Kind::NoMailbox | Kind::Guest
    );
    let (given, surname) = entry
        .display_name
        .split_once(' ')
        .unwrap_or((&entry.display_name, ""));
    let mail = entry.kind != Kind::NoMailbox;
    let synchronised = entry.kind == Kind::OnPremises;
    Some(match name {
        "id" => json!(organisation.directory.id(IdKind::Directory, position)),
        "displayName" => json!(entry.display_name),
        "givenName" => json!(is_person.then_some(given)),
        "surname" => json!(is_person.then_some(surname).filter(|surname| !surname.is_empty())),
        "jobTitle" => json!(entry.person().map(|person| person.job_title)),
        "department" => json!(entry.department()),
        "mail" => json!(mail.then(|| entry.address())),
        "userPrincipalName" => json!(entry.user_principal_name()),
        "mailNickname" => json!(entry.alias),
        "proxyAddresses" => json!(if mail { entry.email_addresses() } else { Vec::new() }),
        "accountEnabled" => json!(entry.enabled),
        "userType" => json!(if entry.kind == Kind::Guest {
            "Guest"
        } else {
            "Member"
        }),
        "creationType" => json!((entry.kind == Kind::Guest).then_some("Invitation")),
        "createdDateTime" | "lastPasswordChangeDateTime" | "signInSessionsValidFromDateTime" => {
            json!("2024-05-06T07:08:09Z")
        }
        "usageLocation" => json!(is_person.then_some("DK")),
        "companyName" => json!(crate::organisation::NAME),
        "identities" => json!([{"signInType": "userPrincipalName", "issuer": INITIAL_DOMAIN,
            "issuerAssignedId": entry.user_principal_name()}]),
        "onPremisesSyncEnabled" => json!(synchronised.then_some(true)),
        "onPremisesLastSyncDateTime" => json!(synchronised.then_some("2026-11-20T06:00:00Z")),
        "onPremisesSamAccountName" => json!(synchronised.then_some(&entry.alias)),
        "onPremisesExtensionAttributes" => extension_attributes(entry),
        "assignedLicenses" => json!(licences::assigned(entry)),
        "assignedPlans" => json!(licences::plans(entry)),
        "isResourceAccount" => json!(matches!(entry.kind, Kind::Room | Kind::Equipment).then_some(true)),
        // These are kept in other places than the directory and must be asked for alone.
        "birthday"
        | "hireDate"
        | "deviceEnrollmentLimit"
        | "mailboxSettings"
        | "print"
        | "signInActivity" => {
            return None;
        }
        _ => {
            return schema::property("user", name)
                .filter(|found| found.kind != crate::graph::property::Kind::Link)
                .map(crate::graph::property::Property::empty);
        }
    })
}

/// Exchange's custom attributes under their other name.
fn extension_attributes(entry: &Entry) -> Value {
    let mut value = Map::new();
    for number in 1..=15 {
        let held = if number == 1 {
            json!(entry.division())
        } else {
            Value::Null
        };
        value.insert(format!("extensionAttribute{number}"), held);
    }
    Value::Object(value)
}

/// The entry that a request names: by id or sign-in name, not by other addresses (microsoft-facts §2.9).
pub(crate) fn find(organisation: &Organisation, key: &str) -> Option<usize> {
    let directory = &organisation.directory;
    let found = directory
        .by_id(IdKind::Directory, key)
        .or_else(|| directory.by_user_principal_name(key))?;
    directory
        .entry(found)
        .is_some_and(|entry| entry.kind.is_user())
        .then_some(found)
}
