//! Presenting mode: names and ids become stable words before any text reaches the window.
//!
//! The words are put in place of every known name wherever it stands and however it is spelt, in sentences, tooltips
//! and evidence alike. A request that a button carries never travels masked: it goes out as a number, and what comes
//! back is the request that has this number, so that a word in a name can't turn one request into another.

use std::collections::BTreeMap;

use engine::state::State;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::request::Request;

/// Which word stands for which name. Words are given out once and kept, so that they stay the same over a recording.
#[derive(Debug, Default)]
pub struct Mask {
    words: BTreeMap<String, String>,
    given: BTreeMap<&'static str, usize>,
    requests: BTreeMap<usize, Request>,
    next: usize,
}

/// How many requests are remembered: those of the last views, which is more than a window can still send.
const REMEMBERED: usize = 20_000;

/// What stands in place of a drawn passphrase.
const HIDDEN_WORDS: &str = "Hidden while you present. Switch presenting off to read the six words.";

/// What stands before the number of a request.
const NUMBERED: &str = "request-";

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

    /// Puts words in place of names in everything, and numbers in place of what requests are about.
    pub fn hide<T: Serialize + DeserializeOwned>(&mut self, value: &T) -> Option<T> {
        let mut tree = serde_json::to_value(value).ok()?;
        self.number_requests(&mut tree);
        // The longest name first, so that an address is not torn by the domain in it.
        let mut names: Vec<(Vec<String>, &String)> = self
            .words
            .iter()
            .map(|(name, word)| (spellings(name), word))
            .collect();
        names.sort_by_key(|(spellings, _)| std::cmp::Reverse(spellings.first().map_or(0, String::len)));
        each_text(&mut tree, &|field, text| {
            if field == "initials" {
                "··".clone_into(text);
                return;
            }
            if field == "drawn" {
                // Whoever sees them can open the file.
                HIDDEN_WORDS.clone_into(text);
                return;
            }
            let mut hidden = text.clone();
            for (spellings, word) in &names {
                for spelling in spellings {
                    hidden = replaced(&hidden, spelling, word);
                }
            }
            *text = without_ids(&hidden);
        });
        serde_json::from_value(tree).ok()
    }

    /// Every request with something in it beside its kind goes out as a number.
    fn number_requests(&mut self, tree: &mut Value) {
        match tree {
            Value::Array(values) => values.iter_mut().for_each(|value| self.number_requests(value)),
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    if !REQUESTS.contains(&name.as_str()) {
                        self.number_requests(value);
                        continue;
                    }
                    let Ok(request) = serde_json::from_value::<Request>(value.clone()) else {
                        continue;
                    };
                    let Some(parts) = value.as_object_mut() else {
                        continue;
                    };
                    let mut texts = parts
                        .iter_mut()
                        .filter(|(part, value)| *part != "kind" && value.is_string())
                        .peekable();
                    if texts.peek().is_none() {
                        continue;
                    }
                    self.next += 1;
                    for (_, text) in texts {
                        *text = Value::String(format!("{NUMBERED}{}", self.next));
                    }
                    self.requests.insert(self.next, request);
                }
                while self.requests.len() > REMEMBERED {
                    self.requests.pop_first();
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
            .and_then(|number| self.requests.get(&number).cloned())
            .unwrap_or(request)
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
}

/// Fields of a view that hold requests.
const REQUESTS: &[&str] = &["request", "back", "open"];

/// How else a name can be written: as it is, percent-encoded in an address, with no-break spaces.
fn spellings(name: &str) -> Vec<String> {
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let mut spellings = vec![
        name.to_owned(),
        encoded.replace('+', "%20"),
        encoded,
        name.replace(' ', "\u{a0}"),
        name.replace(' ', "-"),
        name.replace(' ', "_"),
    ];
    spellings.dedup();
    spellings
}

/// A text with a word in place of a name, in whatever letters the name is written.
fn replaced(text: &str, name: &str, word: &str) -> String {
    let same = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
    let Some(first) = name.chars().next() else {
        return text.to_owned();
    };
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if same(c, first) {
            let mut of_text = rest.chars();
            if name
                .chars()
                .all(|wanted| of_text.next().is_some_and(|held| same(held, wanted)))
            {
                shown.push_str(word);
                rest = of_text.as_str();
                continue;
            }
        }
        shown.push(c);
        rest = &rest[c.len_utf8()..];
    }
    shown
}

/// Changes every text that people read, with the name of its field.
fn each_text(tree: &mut Value, change: &impl Fn(&str, &mut String)) {
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
                    "kind" | "tone" | "key" | "state" | "field" | "icon" | "place" | "step" | "list" | "code"
                );
                let is_request = REQUESTS.contains(&name.as_str()) && value.is_object();
                if !names_a_kind && !is_request {
                    each_text_of(name, value, change);
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
    fn a_name_is_hidden_however_it_is_spelt() {
        let mut mask = mask();
        mask.name("Person", "Dana Reyes");
        for text in [
            "SUPPORT@Contoso.Example",
            "support%40contoso.example",
            "dana reyes",
            "Dana\u{a0}Reyes",
            "Dana%20Reyes",
            "exports/Dana-Reyes/x",
        ] {
            let hidden: String = mask.hide(&text.to_owned()).unwrap();
            let plain = hidden.to_lowercase();
            assert!(!plain.contains("contoso") && !plain.contains("reyes"), "{hidden}");
        }
    }

    /// A problem's message to somebody else is called `request` too, and is a text that people read.
    #[test]
    fn a_text_that_is_called_request_is_hidden() {
        let shown = serde_json::json!({ "request": "Give support@contoso.example a role" });
        let hidden: Value = mask().hide(&shown).unwrap();
        assert_eq!(hidden["request"], "Give Mailbox 1 a role");
    }

    fn button(request: Request) -> crate::view::Button {
        crate::pages::button(crate::view::ButtonKind::Subtle, "Remove", request)
    }

    /// Whatever words stand for whatever names, a button comes back as the request that it carried.
    #[test]
    fn no_request_comes_back_as_another() {
        let mut mask = Mask::default();
        let names = [
            "Mailbox 1",
            "request-3",
            "support@contoso.example",
            "1",
            "Typed 2",
            "Mailbox",
            "a",
        ];
        for name in names {
            mask.name("Mailbox", name);
        }
        let mut wrong = 0;
        for number in 0..20_000 {
            let name = format!(
                "{} {}",
                names[number % names.len()],
                names[number / 7 % names.len()]
            );
            mask.name("Mailbox", &name);
            let request = Request::RemoveMailbox {
                list: "allowed".into(),
                address: name,
            };
            let hidden = if number % 200 == 0 {
                mask.hide(&button(request.clone())).unwrap()
            } else {
                // The rest of the masking is quadratic in names; the numbers are what is tried here.
                let mut tree = serde_json::to_value(button(request.clone())).unwrap();
                mask.number_requests(&mut tree);
                serde_json::from_value(tree).unwrap()
            };
            assert_ne!(hidden.request, request);
            if mask.numbered(hidden.request) != request {
                wrong += 1;
            }
        }
        assert_eq!(wrong, 0);
    }
}
