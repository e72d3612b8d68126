//! `GET /users`: filtered, searched, ordered, counted and in pages. Properties are made only where the query asks
//! for them, so that 100,000 users can be searched at once.

use serde_json::Value;

use super::failure::{Answer, Failure, denied};
use super::filter::Filter;
use super::objects::user::{self, find, property};
use super::query::{self, has_word};
use super::users::READERS;
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::people::domains::DEFAULT_DOMAIN;
use crate::people::entry::{Entry, Kind};
use crate::wire::Call;

/// Properties that `$search` looks into.
const SEARCHABLE: [&str; 4] = ["displayName", "mail", "userPrincipalName", "mailNickname"];

/// `GET /users` and `/users/$count`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    query::check_consistency(call)?;
    query::check_names(call, "user")?;
    let mut found = matching(organisation, call)?;
    if call.path.ends_with("/$count") {
        return Ok(query::count(found.len()));
    }
    sort(organisation, call, &mut found)?;
    let (start, top) = query::page(call, 100)?;
    let names = query::selected(call);
    let page: Vec<Value> = found
        .iter()
        .skip(start)
        .take(top)
        .map(|position| user::shown(organisation, *position, names.as_deref()))
        .collect();
    Ok(query::paged(
        organisation,
        call,
        "users",
        found.len(),
        start,
        page,
    ))
}

fn sort(organisation: &Organisation, call: &Call, found: &mut [usize]) -> Result<(), Failure> {
    let Some((name, descending)) = query::order_by(call, "user")? else {
        return Ok(());
    };
    found.sort_by_cached_key(|position| {
        let entry = organisation.directory.entry(*position);
        match entry.and_then(|entry| property(organisation, *position, entry, &name)) {
            Some(Value::String(text)) => text.to_lowercase(),
            _ => String::new(),
        }
    });
    if descending {
        found.reverse();
    }
    Ok(())
}

/// The positions of the users that pass.
fn matching(organisation: &Organisation, call: &Call) -> Result<Vec<usize>, Failure> {
    let filter = query::filter(call, "user")?;
    let search = query::search(call, &SEARCHABLE)?;
    if let (Some(filter), None) = (&filter, &search)
        && let Some(found) = by_address(organisation, filter)
    {
        return Ok(found);
    }
    let entries = organisation.directory.entries();
    if filter.is_none() && search.is_none() {
        let all = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.is_live() && entry.kind.is_user());
        return Ok(all.map(|(position, _)| position).collect());
    }
    let passes = |position: usize, entry: &Entry| {
        let value = |name: &str| match name {
            // The names that most filters use need no look-up.
            "displayName" | "mail" | "userPrincipalName" | "accountEnabled" | "userType" | "id" => {
                property(organisation, position, entry, name).unwrap_or_default()
            }
            _ => super::schema::property("user", name)
                .and_then(|found| property(organisation, position, entry, found.name))
                .unwrap_or_default(),
        };
        search.as_ref().is_none_or(|search| searched(entry, search))
            && filter.as_ref().is_none_or(|filter| filter.matches(&value))
    };
    let entries = entries.iter().enumerate();
    Ok(entries
        .filter(|(position, entry)| entry.is_live() && entry.kind.is_user() && passes(*position, entry))
        .map(|(position, _)| position)
        .collect())
}

fn searched(entry: &Entry, search: &query::Search) -> bool {
    search.iter().any(|all| {
        all.iter().all(|(name, text)| match name.as_str() {
            "displayName" => has_word(&entry.display_name, text),
            "mail" if entry.kind == Kind::NoMailbox => false,
            "mailNickname" => has_word(&entry.alias, text),
            // The address is made only when the wanted text can be in its domain.
            _ => {
                has_word(&entry.alias, text)
                    || (text.contains('@') || has_word(DEFAULT_DOMAIN, text))
                        && has_word(&entry.address(), text)
            }
        })
    })
}

/// One exact address or id is looked up rather than searched for; nothing for any other filter.
fn by_address(organisation: &Organisation, filter: &Filter) -> Option<Vec<usize>> {
    let single = |values: &[Value]| match values {
        [Value::String(text)] => Some(text.clone()),
        _ => None,
    };
    match filter {
        Filter::Equal(name, values) if name.eq_ignore_ascii_case("mail") => {
            let address = single(values)?;
            let found = organisation.directory.by_address(&address).filter(|position| {
                let entry = organisation.directory.entry(*position);
                entry.is_some_and(|entry| {
                    entry.kind != Kind::NoMailbox
                        && entry.kind.is_user()
                        && entry.address().eq_ignore_ascii_case(&address)
                })
            });
            Some(found.into_iter().collect())
        }
        Filter::Equal(name, values)
            if name.eq_ignore_ascii_case("userPrincipalName") || name.eq_ignore_ascii_case("id") =>
        {
            let key = single(values)?;
            let by_id = name.eq_ignore_ascii_case("id");
            let found = find(organisation, &key).filter(|_| key.contains('@') != by_id);
            Some(found.into_iter().collect())
        }
        Filter::Any(name, Some(inner)) if name.eq_ignore_ascii_case("proxyAddresses") => {
            let Filter::Equal(member, values) = inner.as_ref() else {
                return None;
            };
            let wanted = single(values).filter(|_| member.is_empty())?;
            let address = wanted.split_once(':')?.1;
            let found = organisation.directory.by_address(address).filter(|position| {
                let entry = organisation.directory.entry(*position);
                entry.is_some_and(|entry| {
                    let held = entry.email_addresses();
                    entry.kind != Kind::NoMailbox
                        && entry.kind.is_user()
                        && held.iter().any(|held| held.eq_ignore_ascii_case(&wanted))
                })
            });
            Some(found.into_iter().collect())
        }
        _ => None,
    }
}
