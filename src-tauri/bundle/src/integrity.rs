//! The digest in a record, by which a change after it was written is noticed.
//!
//! It is a SHA-256 over what the record says, not over how its text is laid out: spaces, line ends, the order of fields
//! and how a character is escaped make no difference, so a record that only passed through an editor or a mail system is
//! still whole. It guards against accidents, and against a value that is put right by hand. It does not guard against
//! somebody who means to deceive: whoever can change the record can make the digest anew. Therefore a check believes
//! nothing of a record that Microsoft can be asked, and sends a secret to no host that a record names.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The field of the record that holds it.
const FIELD: &str = "integrity";

/// The one way to make it so far. docs/record.md describes it.
const ALGORITHM: &str = "sha256-sorted-json-1";

/// The digest as the record holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Integrity {
    /// How it is made.
    algorithm: &'static str,
    /// 64 hexadecimal digits.
    digest: String,
}

impl Integrity {
    /// Of what a record says without it.
    pub(crate) fn of(record: &Value) -> Self {
        Self {
            algorithm: ALGORITHM,
            digest: digest(record),
        }
    }
}

/// Whether a record has a digest.
pub(crate) fn is_in(record: &Value) -> bool {
    record.get(FIELD).is_some()
}

/// Whether a record is as it was written.
pub(crate) fn is_whole(record: &Value) -> bool {
    let field = |name| record.get(FIELD)?.get(name)?.as_str();
    // Another algorithm would come with another first number of the version.
    field("algorithm") == Some(ALGORITHM) && field("digest") == Some(digest(record).as_str())
}

/// SHA-256 over a record's fields without the digest itself, in hexadecimal digits.
fn digest(record: &Value) -> String {
    let mut hasher = Sha256::new();
    match record {
        Value::Object(fields) => {
            let own = fields.iter().filter(|(name, _)| *name != FIELD);
            object(&mut hasher, own.collect());
        }
        other => feed(&mut hasher, other),
    }
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A value in one spelling: no spaces, the fields of an object in the order of their names' bytes.
fn feed(hasher: &mut Sha256, value: &Value) {
    match value {
        Value::Object(fields) => object(hasher, fields.iter().collect()),
        Value::Array(values) => {
            hasher.update(b"[");
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    hasher.update(b",");
                }
                feed(hasher, value);
            }
            hasher.update(b"]");
        }
        // A text, a number, true, false or null is written by JSON's own rules, with nothing escaped that need not be.
        plain => hasher.update(plain.to_string().as_bytes()),
    }
}

fn object(hasher: &mut Sha256, mut fields: Vec<(&String, &Value)>) {
    // The map may keep its fields in another order, whichever libraries are built along.
    fields.sort_by_key(|(name, _)| name.as_bytes());
    hasher.update(b"{");
    for (place, (name, value)) in fields.into_iter().enumerate() {
        if place > 0 {
            hasher.update(b",");
        }
        hasher.update(Value::from(name.as_str()).to_string().as_bytes());
        hasher.update(b":");
        feed(hasher, value);
    }
    hasher.update(b"}");
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_layout_makes_no_difference_and_a_value_does() {
        let one: Value = serde_json::from_str(r#"{"b":[1,null,"\u00e4"],"a":{"y":true,"x":"\/"}}"#).unwrap();
        let other: Value =
            serde_json::from_str("{ \"a\": {\"x\":\"/\",\r\n\"y\":true}, \"b\": [1, null, \"ä\"] }").unwrap();
        assert_eq!(digest(&one), digest(&other));
        for changed in [
            json!({"b": [1, null, "ä"], "a": {"y": true, "x": "\\"}}),
            json!({"b": [null, 1, "ä"], "a": {"y": true, "x": "/"}}),
            json!({"b": [1, null, "a"], "a": {"y": true, "x": "/"}}),
            json!({"b": [1, null, "ä"], "a": {"y": true, "x": "/"}, "c": 1}),
            json!({"b": [1, null, "ä"], "a": {"y": true}}),
        ] {
            assert_ne!(digest(&one), digest(&changed), "{changed}");
        }
    }

    #[test]
    fn it_can_be_made_by_others() {
        // printf '{"a":"x","b":[1,true]}' | sha256sum
        let value = json!({"b": [1, true], "a": "x", "integrity": {"digest": "anything"}});
        assert_eq!(
            digest(&value),
            "cc6fd764215aaace774f5539e49158f38569b8b5ef4346d8e9295227169bbb73"
        );
    }
}
