//! Presenting mode: names and ids become stable words before any text reaches the window.
//!
//! The words are put in place of every known name wherever it stands, in sentences, tooltips and evidence alike. What
//! the window sends back is turned into names again, so that every button goes on working.

use std::collections::BTreeMap;

use engine::state::State;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Which word stands for which name. Words are given out once and kept, so that they stay the same over a recording.
#[derive(Debug, Default)]
pub struct Mask {
    words: BTreeMap<String, String>,
    given: BTreeMap<&'static str, usize>,
}

impl Mask {
    /// Learns every name of a connection.
    pub fn learn(&mut self, state: &State) {
        if let Some(organisation) = &state.organisation {
            self.name("Organisation", &organisation.name);
            self.name("domain", &organisation.domain);
            self.id(&organisation.tenant.to_string());
        }
        if let Some(admin) = &state.admin {
            self.name("Person", &admin.name);
            self.name("User name", &admin.user_name);
            self.id(&admin.id.to_string());
        }
        if let Some(app) = &state.app {
            self.id(&app.client_id.to_string());
            self.id(&app.object_id.to_string());
        }
        if let Some(principal) = state.service_principal {
            self.id(&principal.to_string());
        }
        if let Some(secret) = &state.secret {
            self.id(&secret.key.to_string());
        }
        if let Some((connection, _)) = state.opened {
            // Scope and assignments carry the beginning of the connection's id in their names.
            self.name("connection", &connection.to_string()[..8]);
        }
        for app in state
            .preflight
            .iter()
            .flat_map(|preflight| &preflight.similar_apps)
        {
            self.name("App", app);
        }
        let entries = state.mailboxes.allowed.iter().chain(&state.mailboxes.refused);
        for entry in entries {
            self.name("Mailbox", entry.typed());
            if let Some(mailbox) = entry.mailbox() {
                self.name("Mailbox", mailbox.address.as_str());
                self.name("Mailbox name", &mailbox.name);
            }
            if let engine::event::Entry::Missing {
                suggestion: Some(address),
                ..
            } = entry
            {
                self.name("Mailbox", address.as_str());
            }
        }
        if let Some(random) = &state.random {
            self.name("Mailbox", random.address.as_str());
            self.name("Mailbox name", &random.name);
        }
        for typed in [&state.mailboxes.typed_allowed, &state.mailboxes.typed_refused] {
            for line in typed.lines().filter(|line| !line.trim().is_empty()) {
                self.name("Typed", line);
            }
        }
        if let Some(exported) = &state.exported {
            self.name("Folder", &exported.folder);
            for file in &exported.files {
                self.name("File", file);
            }
        }
    }

    /// Learns one name.
    pub fn name(&mut self, kind: &'static str, name: &str) {
        let name = name.trim();
        if name.len() < 2 || self.words.contains_key(name) {
            return;
        }
        let number = self.given.entry(kind).or_default();
        *number += 1;
        self.words.insert(name.to_owned(), format!("{kind} {number}"));
    }

    fn id(&mut self, id: &str) {
        self.name("id", id);
        let ends = domain::ids::ends(id);
        if let Some(word) = self.words.get(id).cloned() {
            self.words.entry(ends).or_insert(word);
        }
    }

    /// Puts words in place of names in everything.
    pub fn hide<T: Serialize + DeserializeOwned>(&self, value: &T) -> Option<T> {
        // The longest name first, so that an address is not torn by the domain in it.
        let mut names: Vec<(&String, &String)> = self.words.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut tree = serde_json::to_value(value).ok()?;
        each_text(&mut tree, &|text| {
            let mut hidden = text.clone();
            for (name, word) in &names {
                if hidden.contains(name.as_str()) {
                    hidden = hidden.replace(name.as_str(), word);
                }
            }
            *text = without_ids(&hidden);
        });
        serde_json::from_value(tree).ok()
    }

    /// Puts names back in place of words in one text that the window sent.
    pub fn restore(&self, text: &str) -> String {
        let mut words: Vec<(&String, &String)> = self
            .words
            .iter()
            .filter(|(name, _)| !name.contains('…'))
            .collect();
        // "Mailbox 12" before "Mailbox 1".
        words.sort_by_key(|(_, word)| std::cmp::Reverse(word.len()));
        let mut restored = text.to_owned();
        for (name, word) in words {
            if restored.contains(word.as_str()) {
                restored = restored.replace(word.as_str(), name);
            }
        }
        restored
    }

    /// Puts names back in a request without anything typed.
    pub fn restore_all<T: Serialize + DeserializeOwned>(&self, value: &T) -> Option<T> {
        let mut tree = serde_json::to_value(value).ok()?;
        each_text(&mut tree, &|text| *text = self.restore(text));
        serde_json::from_value(tree).ok()
    }
}

fn each_text(tree: &mut Value, change: &impl Fn(&mut String)) {
    match tree {
        Value::String(text) => change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| each_text(value, change)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                // These name kinds, not people.
                if !matches!(
                    name.as_str(),
                    "kind" | "tone" | "key" | "state" | "field" | "icon" | "place" | "step" | "list" | "code"
                ) {
                    each_text(value, change);
                }
            }
        }
        _ => {}
    }
}

/// Replaces every other GUID, such as request ids in evidence.
fn without_ids(text: &str) -> String {
    const LENGTH: usize = 36;
    let bytes = text.as_bytes();
    let mut shown = String::with_capacity(text.len());
    let mut place = 0;
    while place < text.len() {
        let end = place + LENGTH;
        if end <= text.len() && text.is_char_boundary(end) && is_guid(&bytes[place..end]) {
            shown.push_str("an id");
            place = end;
            continue;
        }
        let next = text[place..].chars().next().map_or(1, char::len_utf8);
        shown.push_str(&text[place..place + next]);
        place += next;
    }
    shown
}

fn is_guid(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(place, byte)| match place {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask() -> Mask {
        let mut mask = Mask::default();
        mask.name("Mailbox", "support@contoso.example");
        mask.name("domain", "contoso.example");
        mask.name("Mailbox", "o'brien@contoso.example");
        mask
    }

    #[test]
    fn names_become_stable_words_inside_sentences() {
        let hidden: String = mask().hide(&"Too broad: support@contoso.example of contoso.example, 4b1c7f3e-0000-4000-8000-000000009e07".to_owned()).unwrap();
        assert_eq!(hidden, "Too broad: Mailbox 1 of domain 1, an id");
    }

    #[test]
    fn buttons_go_on_working() {
        let request = crate::request::Request::RemoveMailbox {
            list: "allowed".into(),
            address: "o'brien@contoso.example".into(),
        };
        let hidden = mask().hide(&request).unwrap();
        assert_ne!(hidden, request);
        assert_eq!(mask().restore_all(&hidden).unwrap(), request);
    }
}
