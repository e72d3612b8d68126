//! Requests while presenting: each goes out as a number, and what comes back is the request that has this number.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::request::Request;

/// Fields of a view that hold requests.
const FIELDS: &[&str] = &["request", "back", "open"];

/// How many requests are remembered: those of the last views, which is more than a window can still send.
const REMEMBERED: usize = 20_000;

/// What stands before the number of a request.
const NUMBERED: &str = "request-";

/// Whether a field of a view holds a request. A text that is called so is none.
pub fn is_request(field: &str, value: &Value) -> bool {
    FIELDS.contains(&field) && value.is_object()
}

/// The requests that went out, each under its number.
#[derive(Debug, Default)]
pub struct Requests {
    sent: BTreeMap<usize, Request>,
    next: usize,
}

impl Requests {
    /// Every request with something in it beside its kind goes out as a number.
    pub fn number_all(&mut self, tree: &mut Value) {
        match tree {
            Value::Array(values) => values.iter_mut().for_each(|value| self.number_all(value)),
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    if !FIELDS.contains(&name.as_str()) {
                        self.number_all(value);
                        continue;
                    }
                    let Ok(request) = serde_json::from_value::<Request>(value.clone()) else {
                        continue;
                    };
                    let Some(parts) = value.as_object_mut() else {
                        continue;
                    };
                    // Which kind and which list are words of ours and name nobody.
                    let mut texts = parts
                        .iter_mut()
                        .filter(|(part, value)| {
                            !["kind", "list"].contains(&part.as_str()) && value.is_string()
                        })
                        .peekable();
                    if texts.peek().is_none() {
                        continue;
                    }
                    self.next += 1;
                    for (_, text) in texts {
                        *text = Value::String(format!("{NUMBERED}{}", self.next));
                    }
                    self.sent.insert(self.next, request);
                }
                while self.sent.len() > REMEMBERED {
                    self.sent.pop_first();
                }
            }
            _ => {}
        }
    }

    /// The request that went out under the number in this one; itself where it carries none.
    pub fn numbered(&self, request: Request) -> Request {
        let number = serde_json::to_value(&request).ok().and_then(|tree| {
            let texts = tree.as_object()?.values().filter_map(Value::as_str);
            texts
                .filter_map(|text| text.strip_prefix(NUMBERED)?.parse::<usize>().ok())
                .next()
        });
        number
            .and_then(|number| self.sent.get(&number).cloned())
            .unwrap_or(request)
    }
}

#[cfg(test)]
mod tests {
    use domain::message::Kind;

    use super::super::Mask;
    use super::*;
    use crate::view::{Button, ButtonKind};

    fn button(request: Request) -> Button {
        crate::pages::button(ButtonKind::Subtle, "Remove", request)
    }

    /// Whatever words stand for whatever names, a button comes back as the request that it carried, and nothing of what
    /// it is about is seen: 20,000 buttons, each hidden whole, under 100 masks.
    #[test]
    fn no_request_comes_back_as_another() {
        let parts = [
            "Mailbox 1",
            "request-3",
            "support@contoso.example",
            "1",
            "Typed 2",
            "Mailbox",
            "a",
            "Zoë",
            "%41",
            "Müller, Zoë",
            "request-",
            "…",
        ];
        let mut tried = 0;
        for number in 0..100_usize {
            let mut mask = Mask::new(crate::pages::plain());
            for (place, part) in parts.iter().enumerate() {
                if number >> (place % 7) & 1 == 0 {
                    mask.name(Kind::Mailbox, part);
                }
            }
            for turn in 0..200_usize {
                let at = |step: usize| parts[(number * 31 + turn * 7 + step) % parts.len()];
                let name = format!("{} {}{turn}", at(turn / 12), at(turn % 5));
                if turn % 10 == 0 {
                    mask.name(Kind::Mailbox, &name);
                }
                let request = Request::RemoveMailbox {
                    list: crate::request::ListName::Allowed,
                    address: name,
                };
                let hidden = mask.hide(&button(request.clone())).unwrap();
                assert_ne!(hidden.request, request);
                assert_eq!(mask.numbered(hidden.request), request);
                tried += 1;
            }
        }
        assert_eq!(tried, 20_000);
    }
}
