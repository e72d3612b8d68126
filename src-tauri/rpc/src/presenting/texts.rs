//! Which texts of a view people read, and may hold names.

use serde_json::Value;

use super::requests::is_request;

/// Changes every text that people read, with the name of its field.
pub fn each_text(tree: &mut Value, change: &impl Fn(&str, &mut String)) {
    each_text_of("", tree, change);
}

fn each_text_of(field: &str, tree: &mut Value, change: &impl Fn(&str, &mut String)) {
    match tree {
        Value::String(text) => change(field, text),
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| each_text_of(field, value, change)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                // These name kinds, not people; and requests went out as numbers.
                let names_a_kind = matches!(
                    name.as_str(),
                    "kind"
                        | "tone"
                        | "key"
                        | "state"
                        | "field"
                        | "icon"
                        | "place"
                        | "step"
                        | "list"
                        | "code"
                        | "opener"
                );
                // What the window says by itself, and its languages, name nobody.
                let is_ours = (field.is_empty() && name == "words") || name == "language";
                if !names_a_kind && !is_ours && !is_request(name, value) {
                    each_text_of(name, value, change);
                }
            }
        }
        _ => {}
    }
}
