//! The query options of mail: `$filter`, `$search`, `$orderby`, `$top`, `$skip`, `$count` and pages. Mail follows other
//! rules than the directory: no `ConsistencyLevel`, pages of ten, and `$skip` in the address of the next page.

use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::filter::Filter;
use super::query;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// How many objects a page holds unless the client says otherwise.
const PAGE: usize = 10;
/// The largest page.
const PAGE_AT_MOST: usize = 1_000;

/// Something that a collection lists, with its properties.
pub(super) trait Listed {
    /// A property by its path, such as `from/emailAddress/address`.
    fn property(&self, path: &str) -> Value;
    /// Whether a word that is searched for occurs in it; `field` limits where.
    fn holds(&self, field: Option<&str>, word: &str) -> bool;
    /// The whole object, for the answer.
    fn object(&self) -> Value;
}

/// A property of an object by its path.
pub(super) fn at(object: &Value, path: &str) -> Value {
    path.split('/')
        .try_fold(object, |inner, part| inner.get(part))
        .cloned()
        .unwrap_or_default()
}

fn number(call: &Call, name: &str, least: usize, most: usize) -> Result<Option<usize>, Failure> {
    let Some(text) = call.query(name) else {
        return Ok(None);
    };
    match text.parse::<usize>() {
        Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
        _ => Err(Failure::new(
            400,
            "ErrorInvalidParameter",
            format!(
                "The value '{text}' of the query option '{name}' is not valid: it must be between {least} and {most}."
            ),
        )),
    }
}

/// The size of a page: `$top`, or the `odata.maxpagesize` that the client prefers.
pub(super) fn page_size(call: &Call) -> Result<usize, Failure> {
    if let Some(top) = number(call, "$top", 1, PAGE_AT_MOST)? {
        return Ok(top);
    }
    let preferred = call
        .headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find_map(|part| {
            part.trim()
                .strip_prefix("odata.maxpagesize=")?
                .parse::<usize>()
                .ok()
        });
    Ok(preferred.unwrap_or(PAGE).clamp(1, PAGE_AT_MOST))
}

/// The properties that `$orderby` names, and whether each goes downwards.
fn order(call: &Call) -> Vec<(String, bool)> {
    call.query("$orderby")
        .unwrap_or_default()
        .split(',')
        .filter_map(|clause| {
            let mut words = clause.split_whitespace();
            let name = words.next()?.to_owned();
            let down = words.next().is_some_and(|word| word.eq_ignore_ascii_case("desc"));
            Some((name, down))
        })
        .take(5)
        .collect()
}

/// The conditions of `$search`: words that must all occur, each with the field that it is looked for in.
fn search(text: &str) -> Vec<(Option<String>, String)> {
    const FIELDS: [&str; 10] = [
        "from",
        "to",
        "cc",
        "bcc",
        "subject",
        "body",
        "participants",
        "attachment",
        "recipients",
        "importance",
    ];
    let text = text.trim();
    let text = text.strip_prefix('"').unwrap_or(text);
    let text = text.strip_suffix('"').unwrap_or(text);
    text.replace("\\\"", "\"")
        .split_whitespace()
        .filter(|word| !matches!(*word, "AND" | "and"))
        .take(20)
        .map(|word| match word.split_once(':') {
            Some((field, value)) if FIELDS.contains(&field.to_ascii_lowercase().as_str()) => (
                Some(field.to_ascii_lowercase()),
                value.trim_matches('"').to_lowercase(),
            ),
            _ => (None, word.trim_matches('"').to_lowercase()),
        })
        .collect()
}

/// Which of the objects a request asks for, in their order.
///
/// # Errors
/// 400 for options that are not valid or not allowed together.
pub(super) fn narrowed<T: Listed>(call: &Call, mut objects: Vec<T>) -> Result<Vec<T>, Failure> {
    let (filter_text, order) = (call.query("$filter"), order(call));
    if let Some(text) = call.query("$search") {
        if filter_text.is_some() || !order.is_empty() {
            let option = if filter_text.is_some() {
                "SearchWithFilter"
            } else {
                "SearchWithOrderBy"
            };
            let text = format!(
                "The query parameter '{}' is not supported with '$search'.",
                if filter_text.is_some() {
                    "$filter"
                } else {
                    "$orderBy"
                }
            );
            return Err(Failure::new(400, option, text));
        }
        let words = search(text);
        objects.retain(|object| {
            words
                .iter()
                .all(|(field, word)| object.holds(field.as_deref(), word))
        });
        return Ok(objects);
    }
    if let Some(text) = filter_text {
        let filter = Filter::parse(text).ok_or_else(|| {
            Failure::new(
                400,
                "BadRequest",
                format!("Invalid filter clause: The expression '{text}' is not valid."),
            )
        })?;
        // What is ordered by must stand first in the filter, or Exchange finds the query too complex.
        let mut behind = 0;
        for (name, _) in &order {
            match text.get(behind..).and_then(|rest| rest.find(name.as_str())) {
                Some(found) if behind > 0 || text[..found].trim_start_matches(['(', ' ']).is_empty() => {
                    behind += found + name.len();
                }
                _ => {
                    return Err(Failure::new(
                        400,
                        "InefficientFilter",
                        "The restriction or sort order is too complex for this operation.",
                    ));
                }
            }
        }
        objects.retain(|object| filter.matches(&|name| object.property(name)));
    }
    for (name, down) in order.iter().rev() {
        let key = |object: &T| match object.property(name) {
            Value::String(text) => text.to_lowercase(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        objects.sort_by_cached_key(key);
        if *down {
            objects.reverse();
        }
    }
    Ok(objects)
}

/// A collection as an answer.
pub(super) fn collection<T: Listed>(
    organisation: &Organisation,
    call: &Call,
    context: &str,
    objects: Vec<T>,
) -> Answer {
    let objects = narrowed(call, objects)?;
    let count = objects.len();
    let size = page_size(call)?;
    let skip = number(call, "$skip", 0, usize::MAX)?.unwrap_or_default();
    let page: Vec<Value> = objects
        .iter()
        .skip(skip)
        .take(size)
        .map(|object| selected(object.object(), call))
        .collect();
    let mut body = json!({"@odata.context": query::context_url(organisation, call, context)});
    if query::wants_count(call) {
        body["@odata.count"] = json!(count);
    }
    let next = skip.saturating_add(page.len());
    body["value"] = json!(page);
    if next < count && !page.is_empty() {
        body["@odata.nextLink"] = json!(link(organisation, call, "$skip", &next.to_string()));
    }
    Ok(Reply::json(200, &body))
}

/// An object of mail with only what `$select` names; unlike the directory, mail always shows the id.
pub(super) fn selected(object: Value, call: &Call) -> Value {
    let id = object.get("id").cloned();
    let mut kept = query::select(object, call);
    if let (Some(id), Some(kept)) = (id, kept.as_object_mut()) {
        kept.insert("id".into(), id);
    }
    kept
}

/// One object of mail as an answer.
pub(super) fn object(
    organisation: &Organisation,
    call: &Call,
    status: u16,
    context: &str,
    object: Value,
) -> Reply {
    let mut shown = selected(object, call);
    shown["@odata.context"] = json!(query::context_url(organisation, call, context));
    let reply = Reply::json(status, &shown);
    match shown.get("id").and_then(Value::as_str) {
        Some(id) if status == 201 => {
            let location = format!("{}{}/{id}", call.origin(&organisation.origin), call.path);
            reply.with("location", &location)
        }
        _ => reply,
    }
}

/// `/$count` of a collection: a number as text.
pub(super) fn count<T: Listed>(call: &Call, objects: Vec<T>) -> Answer {
    let count = narrowed(call, objects)?.len();
    Ok(Reply::text(200, "text/plain", count.to_string()))
}

/// The request's own address with one query option replaced.
pub(super) fn link(organisation: &Organisation, call: &Call, option: &str, value: &str) -> String {
    let tokens = ["$skip", "$skiptoken", "$deltatoken"];
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(
        call.query
            .iter()
            .filter(|(name, _)| !tokens.contains(&name.as_str())),
    );
    pairs.append_pair(option, value);
    let query = pairs.finish().replace("%24", "$");
    format!("{}{}?{query}", call.origin(&organisation.origin), call.path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderMap, Method};

    struct Plain(Value);

    impl Listed for Plain {
        fn property(&self, path: &str) -> Value {
            at(&self.0, path)
        }

        fn holds(&self, _: Option<&str>, word: &str) -> bool {
            self.0.to_string().contains(word)
        }

        fn object(&self) -> Value {
            self.0.clone()
        }
    }

    fn asked(query: &str) -> Result<Vec<i64>, String> {
        let call = Call::new(
            Method::GET,
            &format!("/v1.0/x?{query}"),
            HeaderMap::new(),
            axum::body::Bytes::new(),
        );
        let objects = [(1, "b", true), (2, "a", false), (3, "c", true)]
            .into_iter()
            .map(|(id, subject, read)| Plain(json!({"id": id, "subject": subject, "isRead": read})))
            .collect();
        narrowed(&call, objects)
            .map(|found| {
                found
                    .iter()
                    .filter_map(|object| object.0["id"].as_i64())
                    .collect()
            })
            .map_err(|failure| failure.code)
    }

    #[test]
    fn options_narrow_and_order() {
        assert_eq!(asked("$orderby=subject"), Ok(vec![2, 1, 3]));
        assert_eq!(asked("$orderby=subject desc"), Ok(vec![3, 1, 2]));
        assert_eq!(asked("$filter=isRead eq true"), Ok(vec![1, 3]));
        assert_eq!(
            asked("$filter=subject ne 'a' and isRead eq true&$orderby=subject"),
            Ok(vec![1, 3])
        );
        assert_eq!(
            asked("$filter=isRead eq true&$orderby=subject"),
            Err("InefficientFilter".into())
        );
        assert_eq!(asked("$filter=isRead maybe true"), Err("BadRequest".into()));
        assert_eq!(
            asked("$search=\"a\"&$orderby=subject"),
            Err("SearchWithOrderBy".into())
        );
    }

    #[test]
    fn searches_are_taken_apart() {
        assert_eq!(
            search("\"from:dana AND Pump x:y\""),
            [
                (Some("from".into()), "dana".into()),
                (None, "pump".into()),
                (None, "x:y".into())
            ]
        );
    }
}
