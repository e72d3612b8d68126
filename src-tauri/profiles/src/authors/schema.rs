//! The JSON Schema of a profile, for editors.
//!
//! It is written for draft 7 and without references, because tools for TOML know old drafts best. A date of TOML is a text to
//! it. What it can't say is left to the loader; the tests list it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::raw::FIELDS;

use super::keys::{Key, Kind, Needed, OfMethod, of_methods, tables};

/// The whole schema.
pub(super) fn schema() -> Value {
    let mut whole = table("");
    let own = [
        ("$schema", json!("http://json-schema.org/draft-07/schema#")),
        ("$id", json!("urn:mailgrant:profile:1")),
        ("title", json!("Mailgrant profile")),
        (
            "description",
            json!(
                "What a mail platform asks for, as a TOML file. docs/profiles.md explains it; `mailgrant profile check` finds what a schema can't."
            ),
        ),
        ("allOf", Value::Array(of_the_methods())),
        ("dependencies", json!({ "hand-over-to-de": ["hand-over-to"] })),
    ];
    whole.extend(own.map(|(key, value)| (key.to_owned(), value)));
    Value::Object(whole)
}

/// A table's keys, and no others.
fn table(name: &str) -> Map<String, Value> {
    let all = tables();
    let keys = all
        .iter()
        .find(|table| table.name == name)
        .map(|table| &table.keys);
    let (mut properties, mut required, mut one) = (Map::new(), Vec::new(), Vec::new());
    for key in keys.into_iter().flatten() {
        properties.insert(key.name.to_owned(), property(key));
        match key.needed {
            Needed::Yes => required.push(key.name),
            Needed::One => one.push(json!({ "required": [key.name] })),
            Needed::No => {}
        }
    }
    let mut whole = Map::new();
    whole.insert("type".to_owned(), json!("object"));
    whole.insert("additionalProperties".to_owned(), json!(false));
    whole.insert("required".to_owned(), json!(required));
    whole.insert("properties".to_owned(), Value::Object(properties));
    if !one.is_empty() {
        whole.insert("oneOf".to_owned(), Value::Array(one));
    }
    if name == "permissions" {
        let is_on = |key: &str| json!({ "required": [key], "properties": { key: { "enum": [true] } } });
        whole.insert("if".to_owned(), is_on("usual"));
        whole.insert("then".to_owned(), is_on("optional"));
    }
    whole
}

fn property(key: &Key) -> Value {
    // Something that is seen, in whatever it is wrapped.
    let seen = "\\S";
    let mut kind = match &key.kind {
        Kind::Text => json!({ "type": "string", "pattern": seen }),
        Kind::ShortText(most) => json!({ "type": "string", "pattern": seen, "maxLength": most }),
        Kind::Id => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }),
        Kind::Date => {
            json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
        }
        Kind::Number(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::YesOrNo => json!({ "type": "boolean", "default": false }),
        Kind::Field => json!({ "type": "string", "enum": FIELDS.map(|(word, _)| word) }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Words(words) => json!({
            "type": "array",
            "minItems": 1,
            "uniqueItems": true,
            "items": { "type": "string", "enum": words },
        }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string", "pattern": seen } }),
        Kind::PublicKey => json!({ "type": "string", "pattern": "^\\s*age1[02-9ac-hj-np-z]{58}\\s*$" }),
        Kind::Address => json!({ "type": "string", "pattern": "^\\s*https://\\S*\\s*$" }),
        Kind::Table => Value::Object(table(key.name)),
        Kind::Tables(least) => {
            let mut list = json!({ "type": "array", "minItems": least, "items": table(key.name) });
            if key.name == "permissions" {
                let optional =
                    json!({ "required": ["optional"], "properties": { "optional": { "enum": [true] } } });
                list["contains"] = json!({ "not": optional });
            }
            list
        }
    };
    kind["description"] = json!(key.says);
    kind
}

/// Which permissions and which limits a method goes with.
fn of_the_methods() -> Vec<Value> {
    let contains = |words: &[String]| json!({ "contains": { "enum": words } });
    let mut rules = Vec::new();
    for (words, methods) in by_methods(|method| method.permissions) {
        let one = json!({ "required": ["permission"], "properties": { "permission": { "enum": words } } });
        rules.push((methods, json!({ "permissions": { "not": { "contains": one } } })));
    }
    for (words, methods) in by_methods(|method| method.scopes) {
        rules.push((methods, json!({ "scope-methods": { "not": contains(&words) } })));
    }
    let rules = rules.into_iter().map(|(methods, then)| {
        json!({
            "if": { "properties": { "methods": { "not": contains(&methods) } } },
            "then": { "properties": then },
        })
    });
    rules.collect()
}

/// Words that the same methods go with, each list with those methods.
fn by_methods(words: impl Fn(OfMethod) -> Vec<String>) -> Vec<(Vec<String>, Vec<String>)> {
    let mut methods_of = BTreeMap::<String, Vec<String>>::new();
    for method in of_methods() {
        let name = method.name.clone();
        for word in words(method) {
            methods_of.entry(word).or_default().push(name.clone());
        }
    }
    let mut together = BTreeMap::<Vec<String>, Vec<String>>::new();
    for (word, methods) in methods_of {
        together.entry(methods).or_default().push(word);
    }
    together
        .into_iter()
        .map(|(methods, words)| (words, methods))
        .collect()
}
