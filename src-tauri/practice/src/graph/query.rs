//! What the query options of OData do to an answer: `$select`, `$top`, `$skiptoken`, `$count`, and the
//! `ConsistencyLevel` rule (microsoft-facts §2.9).

use serde_json::{Map, Value, json};

use super::failure::{Failure, bad_request, unsupported_query};
use super::filter::Filter;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// The names in `$select`, if there is one.
pub(super) fn selected(call: &Call) -> Option<Vec<&str>> {
    let names = call
        .query("$select")?
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    Some(names.collect())
}

/// The object with only the selected properties.
pub(super) fn select(object: Value, call: &Call) -> Value {
    let (Some(names), Value::Object(object)) = (selected(call), &object) else {
        return object;
    };
    let mut kept: Map<String, Value> = Map::new();
    for (name, value) in object {
        let asked = names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
        if asked || name.starts_with('@') {
            kept.insert(name.clone(), value.clone());
        }
    }
    Value::Object(kept)
}

/// Whether the request carries `ConsistencyLevel: eventual`.
pub(super) fn eventual(call: &Call) -> bool {
    call.header("consistencylevel")
        .is_some_and(|level| level.eq_ignore_ascii_case("eventual"))
}

/// Whether `$count=true` was asked.
pub(super) fn wants_count(call: &Call) -> bool {
    call.query("$count")
        .is_some_and(|count| count.eq_ignore_ascii_case("true"))
}

/// The filter of a request, checked against the `ConsistencyLevel` rule.
pub(super) fn filter(call: &Call) -> Result<Option<Filter>, Failure> {
    let Some(text) = call.query("$filter") else {
        return Ok(None);
    };
    let filter = Filter::parse(text).ok_or_else(|| {
        bad_request(format!(
            "Invalid filter clause: The expression '{text}' is not valid."
        ))
    })?;
    if filter.is_advanced() && !(eventual(call) && wants_count(call)) {
        return Err(unsupported_query(
            "Unsupported Query. The request needs the header 'ConsistencyLevel: eventual' and the query '$count=true'.",
        ));
    }
    Ok(Some(filter))
}

/// The range of a page: where it begins and how many objects it holds at most.
pub(super) fn page(call: &Call, default: usize) -> Result<(usize, usize), Failure> {
    let top = match call.query("$top") {
        None => default,
        Some(text) => match text.parse::<usize>() {
            Ok(top) if (1..=999).contains(&top) => top,
            _ => {
                return Err(bad_request(
                    "Invalid page size specified: it must be between 1 and 999 inclusive.",
                ));
            }
        },
    };
    let start = match call.query("$skiptoken") {
        None => 0,
        Some(token) => token
            .strip_prefix("practice-")
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| {
                Failure::new(
                    400,
                    "Directory_ExpiredPageToken",
                    "The specified page token value has expired.",
                )
            })?,
    };
    Ok((start, top))
}

/// The address of the next page.
pub(super) fn next_link(organisation: &Organisation, call: &Call, start: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(call.query.iter().filter(|(name, _)| name != "$skiptoken"));
    query.append_pair("$skiptoken", &format!("practice-{start}"));
    format!(
        "{}{}?{}",
        call.origin(organisation),
        call.path,
        query.finish().replace("%24", "$")
    )
}

/// One object as an answer.
pub(super) fn object(
    organisation: &Organisation,
    call: &Call,
    status: u16,
    context: &str,
    mut object: Value,
) -> Reply {
    let location = object.get("id").and_then(Value::as_str).map(|id| id.to_owned());
    object = select(object, call);
    object["@odata.context"] = json!(context_url(organisation, call, context));
    let reply = Reply::json(status, &object);
    match location {
        Some(id) if status == 201 => reply.with(
            "location",
            &format!("{}{}/{id}", call.origin(organisation), call.path),
        ),
        _ => reply,
    }
}

/// A collection as an answer: filtered, counted, cut to a page and selected.
pub(super) fn collection(
    organisation: &Organisation,
    call: &Call,
    context: &str,
    objects: Vec<Value>,
) -> Result<Reply, Failure> {
    if (call.query("$search").is_some() || wants_count(call)) && !eventual(call) {
        return Err(unsupported_query(
            "Unsupported Query. The request needs the header 'ConsistencyLevel: eventual'.",
        ));
    }
    let objects: Vec<Value> = match filter(call)? {
        Some(filter) => objects
            .into_iter()
            .filter(|object| filter.matches(&|name| at(object, name)))
            .collect(),
        None => objects,
    };
    let (start, top) = page(call, 100)?;
    let count = objects.len();
    let page: Vec<Value> = objects
        .into_iter()
        .skip(start)
        .take(top)
        .map(|object| select(object, call))
        .collect();
    let mut body = json!({"@odata.context": context_url(organisation, call, context)});
    if wants_count(call) {
        body["@odata.count"] = json!(count);
    }
    if start + page.len() < count {
        body["@odata.nextLink"] = json!(next_link(organisation, call, start + page.len()));
    }
    body["value"] = json!(page);
    Ok(Reply::json(200, &body))
}

/// A property, also of an inner object: `web/homePageUrl`.
fn at(object: &Value, name: &str) -> Value {
    name.split('/')
        .try_fold(object, |inner, part| inner.get(part))
        .cloned()
        .unwrap_or_default()
}

/// The `@odata.context` of an answer.
pub(super) fn context_url(organisation: &Organisation, call: &Call, context: &str) -> String {
    let version = if call.path.starts_with("/beta") {
        "beta"
    } else {
        "v1.0"
    };
    format!("{}/{version}/$metadata#{context}", call.origin(organisation))
}
