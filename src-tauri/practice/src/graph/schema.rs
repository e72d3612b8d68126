//! What a request may name and write: the properties of each type, and the checks of a body against them.

use serde_json::{Map, Value, json};

use super::failure::{Failure, bad_request};
use super::property::{Kind, Property};
use super::property_types::TYPES;

/// The properties of a type; none for a type that is not known here.
pub(super) fn properties(kind: &str) -> &'static [Property] {
    TYPES
        .iter()
        .find(|(name, _)| *name == kind)
        .map_or(&[], |(_, properties)| properties)
}

/// Every type that is known here, and whether it is an entity rather than a part of one.
pub(super) fn names() -> impl Iterator<Item = (&'static str, bool)> {
    TYPES.iter().map(|(name, properties)| {
        (
            *name,
            properties
                .iter()
                .any(|property| property.name == "id" && property.kind == Kind::Text),
        )
    })
}

/// The property of this name; names are compared without regard to case, as Graph does in queries.
pub(super) fn property(kind: &str, name: &str) -> Option<&'static Property> {
    properties(kind)
        .iter()
        .find(|property| property.name.eq_ignore_ascii_case(name))
}

/// Checks what a caller wants to write: every property must exist and hold a value of its type. Names are
/// taken in any letter case and kept in the schema's; annotations are left out of the result. The messages are OData's;
/// that the directory uses exactly these for a wrong value is UNVERIFIED.
pub(super) fn checked(kind: &str, body: Map<String, Value>) -> Result<Map<String, Value>, Failure> {
    let mut kept = Map::new();
    for (name, value) in body {
        if name.contains('@') {
            continue;
        }
        // CLI for Microsoft 365 makes groups with a "mailNickName" and is used with the real directory.
        let Some(property) = property(kind, &name) else {
            return Err(bad_request(format!("Invalid property '{name}'.")));
        };
        if text_in(&value) > TEXT_AT_MOST {
            return Err(bad_request(format!(
                "Property {} has a value that is longer than the maximum length.",
                property.name
            )));
        }
        kept.insert(property.name.to_owned(), fits(property, value)?);
    }
    Ok(kept)
}

/// The most text that one property of a directory object takes, in bytes; certificates fit in many times over. It keeps
/// what callers can fill the organisation with within bounds. Microsoft's own lengths differ by property: UNVERIFIED.
const TEXT_AT_MOST: usize = 64 * 1024;

/// How many bytes of text a value holds, however deep.
fn text_in(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(text_in).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| name.len() + text_in(value))
            .sum(),
        _ => 0,
    }
}

fn fits(property: &Property, value: Value) -> Result<Value, Failure> {
    match (value, property.many) {
        (Value::Array(items), true) => items
            .into_iter()
            .map(|item| single(property.kind, item))
            .collect::<Result<Vec<Value>, Failure>>()
            .map(Value::from),
        (Value::Null, false) => Ok(Value::Null),
        (Value::Array(_), false) if property.kind != Kind::Link => Err(bad_request(
            "An unexpected 'StartArray' node was found when reading from the JSON reader. A 'PrimitiveValue' node was expected.",
        )),
        (_, true) if property.kind != Kind::Link => Err(bad_request(format!(
            "An unexpected 'PrimitiveValue' node was found for property named '{}' when reading from the JSON reader. A 'StartArray' node was expected.",
            property.name
        ))),
        (value, _) => single(property.kind, value),
    }
}

fn single(kind: Kind, value: Value) -> Result<Value, Failure> {
    let text = value.as_str();
    // OData's .NET library, which Graph is built with, reads text as a Boolean as well, and Azure CLI's own examples
    // write it so (`az ad app update --app-roles`, "isEnabled": "true"). That Graph takes it is UNVERIFIED.
    if let (Kind::Flag, Some(text)) = (kind, text)
        && let Some(flag) = [true, false]
            .into_iter()
            .find(|flag| flag.to_string().eq_ignore_ascii_case(text))
    {
        return Ok(json!(flag));
    }
    let (right, name) = match kind {
        Kind::Text => (text.is_some(), "Edm.String"),
        Kind::Flag => (value.is_boolean(), "Edm.Boolean"),
        Kind::Whole => (value.is_i64(), "Edm.Int32"),
        Kind::Time => (
            text.is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
            "Edm.DateTimeOffset",
        ),
        Kind::Date => (
            text.is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok()),
            "Edm.Date",
        ),
        Kind::Guid => (
            text.is_some_and(|text| text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()),
            "Edm.Guid",
        ),
        Kind::Binary => (text.is_some_and(is_base64), "Edm.Binary"),
        Kind::Duration => (
            text.is_some_and(|text| text.starts_with('P') && text.parse::<jiff::Span>().is_ok()),
            "Edm.Duration",
        ),
        Kind::Choice(names) => {
            let known = text.is_some_and(|text| names.contains(&text));
            if !known {
                return Err(bad_request(format!(
                    "Requested value '{}' was not found.",
                    text.unwrap_or_default()
                )));
            }
            return Ok(value);
        }
        Kind::Object(name) => {
            return match value {
                Value::Object(body) => checked(name, body).map(Value::from),
                _ => Err(bad_request(
                    "An unexpected 'PrimitiveValue' node was found when reading from the JSON reader. A 'StartObject' node was expected.",
                )),
            };
        }
        Kind::Link => return Ok(value),
    };
    if right {
        Ok(value)
    } else {
        Err(bad_request(format!(
            "Cannot convert a primitive value to the expected type '{name}'. See the inner exception for more details."
        )))
    }
}

fn is_base64(text: &str) -> bool {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    STANDARD.decode(super::certificates::unwrapped(text)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: Value) -> Result<Map<String, Value>, String> {
        let Value::Object(body) = body else {
            panic!("an object")
        };
        checked("application", body).map_err(|failure| failure.message)
    }

    #[test]
    fn a_value_has_a_bounded_length_however_it_is_nested() {
        let nested = |length: usize| {
            let uris = vec!["u".repeat(1_000); length / 1_000];
            check(json!({"displayName": "a", "web": {"redirectUris": uris}}))
        };
        assert!(nested(10_000).is_ok());
        assert!(nested(100_000).is_err_and(|message| message.contains("web")));
        assert!(check(json!({"notes": "n".repeat(TEXT_AT_MOST + 1)})).is_err());
    }

    #[test]
    fn what_fits_is_kept_and_annotations_are_not() {
        let kept = check(
            json!({"@odata.type": "#microsoft.graph.application", "displayName": "A", "tags": ["x"],
            "web": {"redirectUris": [], "implicitGrantSettings": {"enableIdTokenIssuance": true}}, "notes": null}),
        );
        assert_eq!(kept.map(|kept| kept.len()), Ok(4));
    }

    #[test]
    fn what_does_not_fit_is_refused_at_any_depth() {
        for body in [
            json!({"shoeSize": 42}),
            json!({"displayName": 3}),
            json!({"displayName": ["A"]}),
            json!({"tags": "x"}),
            json!({"tags": [1]}),
            json!({"web": "x"}),
            json!({"web": {"shoes": []}}),
            json!({"web": {"redirectUris": [null]}}),
            json!({"requiredResourceAccess": [{"resourceAppId": "x", "resourceAccess": [{"id": "no guid"}]}]}),
            json!({"isFallbackPublicClient": "yes"}),
        ] {
            assert!(check(body.clone()).is_err(), "{body}");
        }
    }

    #[test]
    fn a_name_is_kept_as_the_schema_writes_it() {
        let kept = check(json!({"displayname": "A"})).ok();
        assert_eq!(kept.map(Value::from), Some(json!({"displayName": "A"})));
    }

    #[test]
    fn text_counts_as_a_flag_when_it_says_so() {
        for (text, flag) in [("true", true), ("False", false)] {
            let kept = check(json!({"isFallbackPublicClient": text})).ok();
            assert_eq!(
                kept.and_then(|kept| kept.get("isFallbackPublicClient").cloned()),
                Some(json!(flag))
            );
        }
    }

    #[test]
    fn a_property_is_found_in_any_letter_case() {
        assert!(property("user", "DISPLAYNAME").is_some_and(|found| !found.many && found.empty().is_null()));
        assert!(property("user", "proxyAddresses").is_some_and(|found| found.many));
        assert!(property("user", "shoeSize").is_none());
        assert!(properties("shoe").is_empty());
    }
}
