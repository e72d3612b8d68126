//! `GET /users` and `GET /users/{id}` (microsoft-facts §2.9).

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found, unsupported_query};
use super::{Key, query};
use crate::bearer::Caller;
use crate::directory::{Entry, IdKind};
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

const READERS: [&str; 6] = [
    "User.Read.All",
    "User.ReadBasic.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
];

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
pub(super) fn user(organisation: &Organisation, position: usize, names: Option<&[&str]>) -> Value {
    let Some(entry) = organisation.directory.entry(position) else {
        return Value::Null;
    };
    let mut object = Map::new();
    for name in names.unwrap_or(&DEFAULT) {
        if let Some(value) = property(organisation, position, entry, name) {
            object.insert((*name).to_owned(), value);
        }
    }
    Value::Object(object)
}

fn property(organisation: &Organisation, position: usize, entry: &Entry, name: &str) -> Option<Value> {
    let person = entry.person();
    let is_person = entry.enabled;
    let (given, surname) = entry
        .display_name
        .split_once(' ')
        .unwrap_or((&entry.display_name, ""));
    let mail = entry.kind != crate::directory::Kind::NoMailbox;
    Some(match name {
        "id" => json!(organisation.directory.id(IdKind::Directory, position)),
        "displayName" => json!(entry.display_name),
        "givenName" => {
            if is_person {
                json!(given)
            } else {
                Value::Null
            }
        }
        "surname" => {
            if is_person {
                json!(surname)
            } else {
                Value::Null
            }
        }
        "jobTitle" => json!(person.map(|person| person.job_title)),
        "department" => json!(entry.department()),
        "mail" => {
            if mail {
                json!(entry.address())
            } else {
                Value::Null
            }
        }
        "userPrincipalName" => json!(entry.address()),
        "mailNickname" => json!(entry.alias),
        "proxyAddresses" => {
            if mail {
                json!(entry.email_addresses())
            } else {
                json!([])
            }
        }
        "accountEnabled" => json!(entry.enabled),
        "userType" => json!("Member"),
        "onPremisesSyncEnabled" => json!((entry.kind == crate::directory::Kind::OnPremises).then_some(true)),
        "createdDateTime" => json!("2024-05-06T07:08:09Z"),
        "businessPhones" | "otherMails" | "assignedLicenses" => json!([]),
        "mobilePhone" | "officeLocation" | "preferredLanguage" => Value::Null,
        _ => return None,
    })
}

/// The entry that a request names: by id or sign-in name, not by other addresses (microsoft-facts §2.9).
pub(super) fn find(organisation: &Organisation, key: &str) -> Option<usize> {
    organisation.directory.by_id(IdKind::Directory, key).or_else(|| {
        let position = organisation.directory.by_address(key)?;
        let entry = organisation.directory.entry(position)?;
        let upn = entry.address();
        let ascii = key
            .to_lowercase()
            .replace(crate::directory::IDN_DOMAIN, crate::directory::IDN_DOMAIN_ASCII);
        (upn == ascii).then_some(position)
    })
}

/// `GET /users/{id | userPrincipalName}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = find(organisation, &key.value);
    let own = position.is_some_and(|position| {
        organisation.directory.id(IdKind::Directory, position) == caller.id() && caller.holds(&["User.Read"])
    });
    if !own && !caller.holds(&READERS) {
        return Err(denied());
    }
    let position = position.ok_or_else(|| not_found(&key.value))?;
    let object = user(organisation, position, query::selected(call).as_deref());
    Ok(query::object(organisation, call, 200, "users/$entity", object))
}

/// `GET /users`, with `$filter`, `$search`, `$count` and paging. Properties are made only when a filter asks
/// for them, so that 100,000 users can be searched at once.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let found = search(organisation, call)?;
    let (start, top) = query::page(call, 100)?;
    let names = query::selected(call);
    let page: Vec<Value> = found
        .iter()
        .skip(start)
        .take(top)
        .map(|position| user(organisation, *position, names.as_deref()))
        .collect();
    let mut body = json!({"@odata.context": query::context_url(organisation, call, "users")});
    if query::wants_count(call) {
        body["@odata.count"] = json!(found.len());
    }
    if start + page.len() < found.len() {
        body["@odata.nextLink"] = json!(query::next_link(organisation, call, start + page.len()));
    }
    body["value"] = json!(page);
    Ok(Reply::json(200, &body))
}

/// `GET /users/$count`, as plain text.
pub(super) fn count(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    if !query::eventual(call) {
        return Err(unsupported_query(
            "Unsupported Query. The request needs the header 'ConsistencyLevel: eventual'.",
        ));
    }
    Ok(Reply::text(
        200,
        "text/plain",
        search(organisation, call)?.len().to_string(),
    ))
}

fn search(organisation: &Organisation, call: &Call) -> Result<Vec<usize>, Failure> {
    let filter = query::filter(call)?;
    let search = call.query("$search").map(terms).transpose()?;
    if (search.is_some() || query::wants_count(call)) && !query::eventual(call) {
        return Err(unsupported_query(
            "Unsupported Query. The request needs the header 'ConsistencyLevel: eventual'.",
        ));
    }
    // One exact address is looked up rather than searched for.
    if let (Some(super::filter::Filter::Equal(name, values)), None) = (&filter, &search)
        && (name == "mail" || name == "userPrincipalName")
        && let [Value::String(address)] = values.as_slice()
    {
        return Ok(find(organisation, address).into_iter().collect());
    }
    let matching = |position: usize, entry: &Entry| {
        let value = |name: &str| property(organisation, position, entry, name).unwrap_or_default();
        filter.as_ref().is_none_or(|filter| filter.matches(&value))
            && search.as_ref().is_none_or(|terms| {
                terms.iter().all(|(name, text)| {
                    value(name).as_str().is_some_and(|held| {
                        let held = held.to_lowercase();
                        held.starts_with(text) || held.contains(&format!(" {text}"))
                    })
                })
            })
    };
    let entries = organisation.directory.entries().iter().enumerate();
    Ok(entries
        .filter(|(position, entry)| matching(*position, entry))
        .map(|(position, _)| position)
        .collect())
}

/// The terms of `$search="displayName:support" AND "mail:s"`.
fn terms(text: &str) -> Result<Vec<(String, String)>, Failure> {
    let invalid = || bad_request("Syntax error: $search needs clauses such as \"displayName:text\".");
    let clauses: Vec<&str> = text.split(" AND ").collect();
    clauses
        .into_iter()
        .map(|clause| {
            let clause = clause
                .trim()
                .strip_prefix('"')
                .and_then(|clause| clause.strip_suffix('"'));
            let (name, value) = clause
                .and_then(|clause| clause.split_once(':'))
                .ok_or_else(invalid)?;
            ["displayName", "mail", "userPrincipalName", "mailNickname"]
                .contains(&name)
                .then(|| (name.to_owned(), value.to_lowercase()))
                .ok_or_else(invalid)
        })
        .collect()
}
