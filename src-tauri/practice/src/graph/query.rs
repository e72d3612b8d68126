//! What the query options of OData do to an answer: `$select`, `$expand`, `$filter`, `$search`, `$orderby`, `$top`,
//! `$skiptoken`, `$count`, and the `ConsistencyLevel` rule (microsoft-facts §2.9).

use serde_json::{Map, Value, json};

use super::failure::{Failure, unsupported_query};
use super::filter::Filter;
use super::path::is_beta;
use super::schema;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// A query option by its name with `$`. Letter case does not matter, and beta takes names without the `$`.
pub(super) fn option<'a>(call: &'a Call, name: &str) -> Option<&'a str> {
    let beta = is_beta(call);
    call.query
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name) || beta && key.eq_ignore_ascii_case(&name[1..]))
        .map(|(_, value)| value.as_str())
}

/// The names in `$select`, if there is one.
pub(super) fn selected(call: &Call) -> Option<Vec<&str>> {
    let names = option(call, "$select")?
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    Some(names.collect())
}

/// The names in `$expand`, each with what it selects.
pub(super) fn expanded(call: &Call) -> Vec<(String, Option<Vec<String>>)> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0usize;
    for character in option(call, "$expand").unwrap_or_default().chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, rest) = part.split_once('(').unwrap_or((part, ""));
            let names = rest
                .split(';')
                .find_map(|option| option.trim().trim_end_matches(')').strip_prefix("$select="))
                .map(|names| names.split(',').map(|name| name.trim().to_owned()).collect());
            (name.to_owned(), names)
        })
        .collect()
}

/// Whether `$expand` names this property, and what it selects of it.
pub(super) fn expands(call: &Call, name: &str) -> Option<Option<Vec<String>>> {
    expanded(call)
        .into_iter()
        .find(|(wanted, _)| wanted.eq_ignore_ascii_case(name))
        .map(|(_, names)| names)
}

/// The object with only these properties; annotations stay.
pub(super) fn only(object: Value, names: &[impl AsRef<str>]) -> Value {
    let Value::Object(object) = object else {
        return object;
    };
    let mut kept: Map<String, Value> = Map::new();
    for (name, value) in object {
        let asked = names
            .iter()
            .any(|wanted| wanted.as_ref().eq_ignore_ascii_case(&name));
        if asked || name.contains('@') {
            kept.insert(name, value);
        }
    }
    Value::Object(kept)
}

/// The object with only what `$select` and `$expand` name.
pub(super) fn select(object: Value, call: &Call) -> Value {
    let Some(names) = selected(call) else {
        return object;
    };
    if names.contains(&"*") {
        return object;
    }
    let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    names.extend(expanded(call).into_iter().map(|(name, _)| name));
    only(object, &names)
}

/// Refuses `$select` and `$expand` of what the type does not have.
///
/// # Errors
/// 400 with OData's words.
pub(super) fn check_names(call: &Call, kind: &str) -> Result<(), Failure> {
    let refused = |name: &str| {
        Err(Failure::new(
            400,
            "BadRequest",
            format!(
                "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type 'microsoft.graph.{kind}'."
            ),
        ))
    };
    for name in selected(call).unwrap_or_default() {
        let first = name.split('/').next().unwrap_or_default();
        // Directory extensions are properties of their own; nobody has made one here.
        if first != "*" && schema::property(kind, first).is_none() && !first.starts_with("extension_") {
            return refused(first);
        }
    }
    for (name, _) in expanded(call) {
        let linked =
            schema::property(kind, &name).is_some_and(|found| found.kind == super::property::Kind::Link);
        if !linked {
            return refused(&name);
        }
    }
    Ok(())
}

/// Whether the request carries `ConsistencyLevel: eventual`.
pub(super) fn eventual(call: &Call) -> bool {
    call.header("consistencylevel")
        .or(option(call, "$consistencylevel"))
        .or(call.query("ConsistencyLevel"))
        .is_some_and(|level| level.eq_ignore_ascii_case("eventual"))
}

/// Whether `$count=true` was asked.
pub(super) fn wants_count(call: &Call) -> bool {
    option(call, "$count").is_some_and(|count| count.eq_ignore_ascii_case("true"))
}

/// The filter of a request, checked against the type it filters and against the `ConsistencyLevel` rule.
pub(super) fn filter(call: &Call, kind: &str) -> Result<Option<Filter>, Failure> {
    let Some(text) = option(call, "$filter") else {
        return Ok(None);
    };
    let filter = Filter::parse(text).ok_or_else(|| {
        Failure::new(
            400,
            "BadRequest",
            format!("Invalid filter clause: The expression '{text}' is not valid."),
        )
    })?;
    if !schema::properties(kind).is_empty() {
        filter.check(kind)?;
    }
    // A count segment of its own has no `$count=true` to carry.
    let counted = wants_count(call) || call.path.ends_with("/$count");
    if filter.is_advanced() && !(eventual(call) && counted) {
        return Err(unsupported_query(
            "Unsupported Query. The request needs the header 'ConsistencyLevel: eventual' and the query '$count=true'.",
        ));
    }
    Ok(Some(filter))
}

/// Refuses what needs `ConsistencyLevel: eventual` when the header is missing, and options that the directory does
/// not know.
pub(super) fn check_consistency(call: &Call) -> Result<(), Failure> {
    if option(call, "$skip").is_some() {
        return Err(unsupported_query("'$skip' is not supported by the service."));
    }
    let advanced = option(call, "$search").is_some()
        || wants_count(call)
        || call.path.ends_with("/$count")
        || option(call, "$orderby").is_some() && option(call, "$filter").is_some();
    if advanced && !eventual(call) {
        return Err(unsupported_query(
            "Unsupported Query. The request needs the header 'ConsistencyLevel: eventual'.",
        ));
    }
    Ok(())
}

/// What `$search` asks for: one of these groups, and in a group every clause, each a property and a text in lower case.
pub(super) type Search = Vec<Vec<(String, String)>>;

/// The clauses of `$search="displayName:support" OR "mail:s"`; `AND` binds closer than `OR`.
///
/// # Errors
/// 400 for anything else, and for a property that cannot be searched.
pub(super) fn search(call: &Call, searchable: &[&str]) -> Result<Option<Search>, Failure> {
    let Some(text) = option(call, "$search") else {
        return Ok(None);
    };
    let clause = |clause: &str| {
        let inner = clause.trim().strip_prefix('"')?.strip_suffix('"')?;
        let (name, value) = inner.split_once(':')?;
        let name = searchable
            .iter()
            .find(|known| known.eq_ignore_ascii_case(name.trim()))?;
        Some(((*name).to_owned(), value.trim().to_lowercase()))
    };
    text.split(" OR ")
        .map(|group| group.split(" AND ").map(clause).collect::<Option<Vec<_>>>())
        .collect::<Option<Search>>()
        .map(Some)
        .ok_or_else(|| {
            Failure::new(
                400,
                "Request_BadRequest",
                "Syntax error: $search needs clauses such as \"displayName:text\".",
            )
        })
}

/// Whether a text has a word that begins with the wanted lower-case text, as the directory's search finds it.
pub(super) fn has_word(held: &str, wanted: &str) -> bool {
    let begins = |rest: &str| {
        if rest.is_ascii() && wanted.is_ascii() {
            rest.len() >= wanted.len()
                && rest.as_bytes()[..wanted.len()].eq_ignore_ascii_case(wanted.as_bytes())
        } else {
            rest.to_lowercase().starts_with(wanted)
        }
    };
    let boundary = |character: char| !character.is_alphanumeric();
    begins(held)
        || held
            .char_indices()
            .filter(|(_, character)| boundary(*character))
            .any(|(at, character)| begins(&held[at + character.len_utf8()..]))
}

/// The range of a page: where it begins and how many objects it holds at most.
pub(super) fn page(call: &Call, default: usize) -> Result<(usize, usize), Failure> {
    let top = match option(call, "$top") {
        None => default,
        Some(text) => match text.parse::<usize>() {
            Ok(top) if (1..=999).contains(&top) => top,
            _ => {
                return Err(unsupported_query(format!(
                    "Invalid page size specified: '{text}'. Must be between 1 and 999 inclusive."
                )));
            }
        },
    };
    let start = match option(call, "$skiptoken") {
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
    let kept = call
        .query
        .iter()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("$skiptoken"));
    query.extend_pairs(kept);
    query.append_pair("$skiptoken", &format!("practice-{start}"));
    format!(
        "{}{}?{}",
        call.origin(&organisation.origin),
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
    // What was made by an alternate key is found below its collection all the same.
    let collection = match call.path.rsplit_once('(') {
        Some((collection, key)) if key.ends_with(')') => collection,
        _ => &call.path,
    };
    match location {
        Some(id) if status == 201 => reply.with(
            "location",
            &format!("{}{collection}/{id}", call.origin(&organisation.origin)),
        ),
        _ => reply,
    }
}

/// A single value as an answer: the result of a function.
pub(super) fn value(organisation: &Organisation, call: &Call, context: &str, value: Value) -> Reply {
    Reply::json(
        200,
        &json!({"@odata.context": context_url(organisation, call, context), "value": value}),
    )
}

/// A number as `/$count` answers it: as text.
pub(super) fn count(number: usize) -> Reply {
    Reply::text(200, "text/plain", number.to_string())
}

/// A collection of the directory as an answer: filtered, searched, ordered, counted, cut to a page and selected.
/// `kind` is the type of the members in Graph's schema.
pub(super) fn directory(
    organisation: &Organisation,
    call: &Call,
    context: &str,
    kind: &str,
    objects: Vec<Value>,
) -> Result<Reply, Failure> {
    check_consistency(call)?;
    if !schema::properties(kind).is_empty() {
        check_names(call, kind)?;
    }
    let mut objects = narrowed(call, kind, objects)?;
    order(call, kind, &mut objects)?;
    let (start, top) = page(call, 100)?;
    let count = objects.len();
    if call.path.ends_with("/$count") {
        return Ok(self::count(count));
    }
    let page: Vec<Value> = objects
        .into_iter()
        .skip(start)
        .take(top)
        .map(|object| select(object, call))
        .collect();
    Ok(paged(organisation, call, context, count, start, page))
}

/// A page of a collection as an answer.
pub(super) fn paged(
    organisation: &Organisation,
    call: &Call,
    context: &str,
    count: usize,
    start: usize,
    page: Vec<Value>,
) -> Reply {
    let mut body = json!({"@odata.context": context_url(organisation, call, context)});
    if wants_count(call) {
        body["@odata.count"] = json!(count);
    }
    if start + page.len() < count && !page.is_empty() {
        body["@odata.nextLink"] = json!(next_link(organisation, call, start + page.len()));
    }
    body["value"] = json!(page);
    Reply::json(200, &body)
}

/// The objects that pass `$filter` and `$search`.
fn narrowed(call: &Call, kind: &str, mut objects: Vec<Value>) -> Result<Vec<Value>, Failure> {
    if let Some(filter) = filter(call, kind)? {
        objects.retain(|object| filter.matches(&|name| at(object, name)));
    }
    let searchable = [
        "displayName",
        "description",
        "mail",
        "mailNickname",
        "userPrincipalName",
    ];
    if let Some(groups) = search(call, &searchable)? {
        let holds = |object: &Value, name: &str, text: &str| {
            object
                .get(name)
                .and_then(Value::as_str)
                .is_some_and(|held| has_word(held, text))
        };
        objects.retain(|object| {
            groups
                .iter()
                .any(|all| all.iter().all(|(name, text)| holds(object, name, text)))
        });
    }
    Ok(objects)
}

/// Puts the objects into the order that `$orderby` asks for.
pub(super) fn order(call: &Call, kind: &str, objects: &mut [Value]) -> Result<(), Failure> {
    let Some((name, descending)) = order_by(call, kind)? else {
        return Ok(());
    };
    let key = |object: &Value| match at(object, &name) {
        Value::String(text) => text.to_lowercase(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    objects.sort_by_cached_key(key);
    if descending {
        objects.reverse();
    }
    Ok(())
}

/// What `$orderby` names first, and whether downwards.
pub(super) fn order_by(call: &Call, kind: &str) -> Result<Option<(String, bool)>, Failure> {
    let Some(text) = option(call, "$orderby") else {
        return Ok(None);
    };
    let mut words = text.split(',').next().unwrap_or_default().split_whitespace();
    let name = words.next().unwrap_or_default();
    let descending = words.next().is_some_and(|word| word.eq_ignore_ascii_case("desc"));
    let first = name.split('/').next().unwrap_or_default();
    match schema::property(kind, first) {
        None if !schema::properties(kind).is_empty() => Err(Failure::new(
            400,
            "BadRequest",
            format!(
                "Invalid orderby clause: Could not find a property named '{first}' on type 'microsoft.graph.{kind}'."
            ),
        )),
        Some(found) => Ok(Some((name.replacen(first, found.name, 1), descending))),
        None => Ok(Some((name.to_owned(), descending))),
    }
}

/// A property, whatever the letter case it is asked in.
fn at(object: &Value, name: &str) -> Value {
    object
        .get(name)
        .or_else(|| {
            let members = object.as_object()?;
            let found = members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value)
        })
        .or_else(|| object.pointer(&format!("/{name}")))
        .cloned()
        .unwrap_or_default()
}

/// The `@odata.context` of an answer, with the names of `$select` and `$expand` where Graph puts them.
pub(super) fn context_url(organisation: &Organisation, call: &Call, context: &str) -> String {
    let version = if is_beta(call) { "beta" } else { "v1.0" };
    let mut names: Vec<String> = selected(call)
        .unwrap_or_default()
        .into_iter()
        .filter(|name| *name != "*")
        .map(str::to_owned)
        .collect();
    names.extend(
        expanded(call)
            .into_iter()
            .map(|(name, selected)| format!("{name}({})", selected.unwrap_or_default().join(","))),
    );
    let typed = context.starts_with("microsoft.graph.")
        || context.contains("Edm.")
        || context.starts_with("Collection(");
    let listed = if names.is_empty() || typed {
        context.to_owned()
    } else {
        match context.strip_suffix("/$entity") {
            Some(set) => format!("{set}({})/$entity", names.join(",")),
            None => format!("{context}({})", names.join(",")),
        }
    };
    format!(
        "{}/{version}/$metadata#{listed}",
        call.origin(&organisation.origin)
    )
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, Method};

    use super::*;

    fn call(path: &str) -> Call {
        Call::new(Method::GET, path, HeaderMap::new(), axum::body::Bytes::new())
    }

    #[test]
    fn options_are_found_in_any_letter_case() {
        assert_eq!(option(&call("/v1.0/users?$Top=3"), "$top"), Some("3"));
        assert_eq!(option(&call("/v1.0/users?top=3"), "$top"), None);
        assert_eq!(option(&call("/beta/users?top=3"), "$top"), Some("3"));
    }

    #[test]
    fn expand_knows_its_own_options() {
        let call = call("/v1.0/applications?$expand=owners($select=id,displayName),tags");
        assert_eq!(
            expanded(&call),
            [
                (
                    "owners".to_owned(),
                    Some(vec!["id".to_owned(), "displayName".to_owned()])
                ),
                ("tags".to_owned(), None)
            ]
        );
        assert!(expands(&call, "OWNERS").is_some());
    }

    #[test]
    fn words_are_found_at_their_beginning() {
        assert!(has_word("Support Aarhus", "sup"));
        assert!(has_word("Support Aarhus", "aar"));
        assert!(!has_word("Support Aarhus", "rhus"));
        assert!(has_word("Leserservice Bücher", "büch"));
        assert!(has_word("dana.reyes@contoso.example", "reyes"));
        assert!(!has_word("ab", "abc"));
    }

    #[test]
    fn what_a_type_does_not_have_is_refused() {
        assert!(check_names(&call("/v1.0/users?$select=id,displayName"), "user").is_ok());
        assert!(check_names(&call("/v1.0/users?$select=shoes"), "user").is_err());
        assert!(check_names(&call("/v1.0/users?$expand=displayName"), "user").is_err());
        assert!(check_names(&call("/v1.0/users?$expand=manager"), "user").is_ok());
    }
}
