//! JSON, as of `ConvertTo-Json` and of Graph: its objects are rows, and their properties are columns.

use serde_json::{Map, Value};

use super::Reading;
use super::table::{self, Row};

pub(super) fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    if !text.starts_with(['[', '{']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let objects = objects(&value)?;
    let rows: Vec<Row> = objects.into_iter().map(row).collect();
    Some(table::of_rows(&rows))
}

/// The objects that have an address or an id: one, those of a list, or those of a list within, as Graph's `value`.
fn objects(value: &Value) -> Option<Vec<&Map<String, Value>>> {
    match value {
        Value::Object(object) if names(object) => Some(vec![object]),
        Value::Object(object) => object.values().find_map(objects),
        Value::Array(items) => {
            let found: Vec<&Map<String, Value>> = items.iter().filter_map(Value::as_object).collect();
            // A list of something else beside objects is none of mailboxes.
            (found.len() == items.len() && found.iter().any(|object| names(object))).then_some(found)
        }
        _ => None,
    }
}

fn names(object: &Map<String, Value>) -> bool {
    object
        .keys()
        .any(|name| table::names_addresses(name) || table::names_ids(name))
}

fn row(object: &Map<String, Value>) -> Row {
    object
        .iter()
        .map(|(name, value)| (name.clone(), cell(value)))
        .collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(" "),
        // An address that PowerShell wrote with its parts.
        Value::Object(parts) => parts
            .iter()
            .find(|(name, _)| table::names_addresses(name))
            .map(|(_, value)| value.as_str().unwrap_or_default().to_owned())
            .unwrap_or_default(),
        other => other.to_string(),
    }
}
