//! What a cmdlet gives, and how the endpoint writes it (microsoft-facts §4d; the sidecars from public captures).

use serde_json::{Map, Value, json};

use super::pages::Page;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// What a cmdlet gives.
#[derive(Debug, Default)]
pub(super) struct Output {
    /// The objects: all of them, or one page when `cut` says so.
    pub(super) objects: Vec<Value>,
    pub(super) warnings: Vec<String>,
    /// Whether the cmdlet itself looked for one page only, and where its search would go on.
    pub(super) cut: Option<Cut>,
}

/// The end of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Where the next page's search begins; `None` when this page is the last.
    pub(super) next: Option<usize>,
}

impl Output {
    /// Objects without warnings.
    pub(super) fn of(objects: Vec<Value>) -> Self {
        Self {
            objects,
            ..Self::default()
        }
    }

    /// Nothing, as Set- and Remove- cmdlets answer.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// Nothing but a warning.
    pub(super) fn warning(text: impl Into<String>) -> Self {
        Self {
            warnings: vec![text.into()],
            ..Self::default()
        }
    }
}

/// The media type of every answer with a body.
pub(super) const MEDIA_TYPE: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// A JSON answer of the endpoint.
pub(super) fn json_reply(status: u16, body: &Value) -> Reply {
    Reply::text(status, MEDIA_TYPE, body.to_string())
}

/// The objects of a cmdlet as an answer: one page of them, and where the next is.
pub(super) fn shown(
    organisation: &mut Organisation,
    call: &Call,
    address: &str,
    page: Page,
    output: Output,
) -> Reply {
    let tenant = organisation.objects.tenant_id.clone();
    let base = format!(
        "{}/adminapi/{address}/{tenant}",
        call.origin(&organisation.origin)
    );
    let (objects, next) = match output.cut {
        Some(cut) => (output.objects, cut.next),
        None => {
            let count = output.objects.len();
            let objects: Vec<Value> = output
                .objects
                .into_iter()
                .skip(page.start)
                .take(page.size)
                .collect();
            let next = page.start.saturating_add(objects.len());
            (objects, (next < count).then_some(next))
        }
    };
    let selected: Option<Vec<&str>> = call
        .query("$select")
        .filter(|names| !names.trim().is_empty() && names.trim() != "*")
        .map(|names| names.split(',').map(str::trim).collect());
    let count = objects.len();
    let objects: Vec<Value> = objects
        .into_iter()
        .map(|object| typed(object, selected.as_deref()))
        .collect();
    let mut body = json!({
        "@odata.context": format!("{base}/$metadata#Collection(Exchange.GenericHashTable)"),
        "adminapi.warnings@odata.type": "#Collection(String)",
        "@adminapi.warnings": output.warnings,
        "value": objects,
    });
    if let Some(next) = next {
        let now = organisation.clock.now();
        let token = page.token(call, &mut organisation.exchange_links, now, next, count);
        let kept: String = call
            .query
            .iter()
            .filter(|(name, _)| name != "$skiptoken")
            .map(|(name, value)| {
                let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
                format!("{name}={value}&")
            })
            .collect();
        let path = call.path.rsplit('/').next().unwrap_or("InvokeCommand");
        body["@odata.nextLink"] = json!(format!("{base}/{path}?{kept}$skiptoken={token}"));
    }
    json_reply(200, &body)
}

/// Adds the types that the endpoint writes beside lists, GUIDs, times and numbers, and leaves out what was not
/// selected.
pub(super) fn typed(object: Value, selected: Option<&[&str]>) -> Value {
    let Value::Object(object) = object else {
        return object;
    };
    let mut all = Map::new();
    for (name, value) in object {
        if selected.is_some_and(|names| !names.iter().any(|wanted| wanted.eq_ignore_ascii_case(&name))) {
            continue;
        }
        let is_guid = name.ends_with("Guid") || name == "ExchangeObjectId";
        match &value {
            Value::Array(_) => {
                all.insert(format!("{name}@odata.type"), json!("#Collection(String)"));
            }
            Value::String(text) if is_guid && !text.is_empty() => {
                all.insert(format!("{name}@data.type"), json!("System.Guid"));
                all.insert(format!("{name}@odata.type"), json!("#Guid"));
            }
            Value::String(_) if name.starts_with("When") => {
                all.insert(format!("{name}@data.type"), json!("System.DateTime"));
            }
            Value::Number(_) => {
                all.insert(format!("{name}@data.type"), json!("System.Int32"));
            }
            _ => {}
        }
        all.insert(name, value);
    }
    Value::Object(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_stand_beside_what_json_cannot_tell() {
        let object = json!({"Guid": "2be92a50-7cc5-4a40-8471-b7ce9c2e3426", "WhenCreated": "2024-02-01T08:00:00.0000000Z",
            "EmailAddresses": ["SMTP:a@b"], "ItemCount": 3, "Name": "a", "IsValid": true});
        assert_eq!(
            typed(object, None),
            json!({"Guid@data.type": "System.Guid", "Guid@odata.type": "#Guid",
                "Guid": "2be92a50-7cc5-4a40-8471-b7ce9c2e3426",
                "WhenCreated@data.type": "System.DateTime", "WhenCreated": "2024-02-01T08:00:00.0000000Z",
                "EmailAddresses@odata.type": "#Collection(String)", "EmailAddresses": ["SMTP:a@b"],
                "ItemCount@data.type": "System.Int32", "ItemCount": 3, "Name": "a", "IsValid": true})
        );
    }

    #[test]
    fn only_what_was_selected_is_left() {
        let object = json!({"Name": "a", "Guid": "", "Alias": "b"});
        assert_eq!(typed(object, Some(&["name"])), json!({"Name": "a"}));
    }
}
