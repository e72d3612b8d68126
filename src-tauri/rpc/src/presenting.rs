//! Presenting mode: names and ids become stable words before any text reaches the window.
//!
//! A name that stands in one of our sentences is hidden by what it is, where the sentence is said. In texts that aren't ours
//! the words are put in place of every known name wherever it stands and however it is spelt. A request that a button carries never travels masked: it goes out as a number, and what comes
//! back is the request that has this number, so that a word in a name can't turn one request into another.

mod folded;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aho_corasick::AhoCorasick;
use domain::message::{Arg, Kind};
use engine::basis::Reason;
use engine::proof::Proof;
use engine::state::State;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use words::Hides;

use crate::request::Request;
use folded::Folded;

/// Which word stands for which name. Words are given out once and kept, so that they stay the same over a recording.
#[derive(Debug, Default)]
pub struct Mask {
    /// By the folded name, so that two spellings of one name have one word.
    known: BTreeMap<String, Known>,
    given: BTreeMap<&'static str, usize>,
    requests: BTreeMap<usize, Request>,
    next: usize,
    /// What finds every name that is known now; made when it is needed and let go when a name is learnt.
    finder: Option<Finder>,
}

#[derive(Debug)]
struct Known {
    name: String,
    word: String,
    /// Whether it is a name as people type it, which a text that the window sends is given back for its word.
    typed: bool,
}

/// How many requests are remembered: those of the last views, which is more than a window can still send.
const REMEMBERED: usize = 20_000;

/// What stands in place of a drawn passphrase.
const HIDDEN_WORDS: &str = "Hidden while you present. Switch presenting off to read the six words.";

/// What stands before the number of a request.
const NUMBERED: &str = "request-";

/// What the names of everything begin with that Mailgrant makes in the organisation.
const OUR_NAMES: &str = "Mailgrant";

/// What stands in place of an address that nobody has named.
const AN_ADDRESS: &str = "an address";

/// A mask that the desk and who speaks for it share.
#[derive(Clone, Debug, Default)]
pub struct Presenting(Arc<Mutex<Mask>>);

impl Presenting {
    /// The mask. A panic while it was held leaves words that were given out, which are still the right ones.
    pub fn mask(&self) -> MutexGuard<'_, Mask> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hides for Presenting {
    fn hidden(&self, arg: &Arg) -> Option<String> {
        match arg {
            Arg::Name(kind, name) => Some(self.mask().named(*kind, name)),
            Arg::Id(id) | Arg::Ends(id) => Some(self.mask().id_word(id)),
            Arg::Theirs(text) => Some(self.mask().searched(text)),
            _ => None,
        }
    }
}

/// What the word for a kind of name is. What Mailgrant named and what a profile is called are read for the names in them.
fn word_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Organisation => "Organisation",
        Kind::Domain => "domain",
        Kind::Person => "Person",
        Kind::UserName => "User name",
        Kind::App => "App",
        Kind::Connection => "connection",
        Kind::Mailbox => "Mailbox",
        Kind::MailboxName => "Mailbox name",
        Kind::Recipient => "Recipient",
        Kind::Group => "Group",
        Kind::Credential => "Credential",
        Kind::Assignment => "Assignment",
        Kind::Scope => "Scope",
        Kind::Folder => "Folder",
        Kind::File => "File",
        Kind::Typed => "Typed",
        Kind::Value => "Value",
        Kind::Ours | Kind::Platform => return None,
    })
}

impl Mask {
    /// Learns every name of a connection.
    pub fn learn(&mut self, state: &State) {
        if let Some(organisation) = &state.organisation {
            self.name("Organisation", &organisation.name);
            self.name("domain", &organisation.domain);
            if let Some((label, _)) = organisation.domain.split_once('.') {
                // Other domains of the organisation, such as that of its tenant, begin with the same word.
                self.name("domain", label);
            }
            self.id(&organisation.tenant.to_string());
        }
        if let Some(admin) = &state.admin {
            self.name("Person", &admin.name);
            self.name("User name", &admin.user_name);
            self.id(&admin.id.to_string());
        }
        if let Some(app) = state.at_hand().app() {
            self.id(&app.client_id.to_string());
            self.id(&app.object_id.to_string());
        }
        if let Some(principal) = state.at_hand().principal() {
            self.id(&principal.to_string());
        }
        if let Some(secret) = &state.at_hand().secret {
            self.id(&secret.key.to_string());
        }
        if let Some((connection, _)) = state.opened {
            // Scope and assignments carry the beginning of the connection's id in their names.
            self.name("connection", &connection.to_string()[..8]);
        }
        self.learn_platform(state);
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
        for admin in state.made_by.values() {
            self.name("Person", &admin.name);
            self.name("User name", &admin.user_name);
            self.id(&admin.id.to_string());
        }
        if let Some(client) = &state.client {
            self.id(client);
        }
        for secret in &state.at_hand().foreign_secrets {
            self.name("Credential", &secret.name);
        }
        for address in state.removed.values() {
            self.name("Mailbox", address.as_str());
        }
        if let Some(proof) = &state.proof {
            self.learn_from_proof(proof);
        }
        if let Some(app) = state.at_hand().removed_app() {
            self.id(&app.client_id.to_string());
            self.id(&app.object_id.to_string());
        }
        if let Some(exported) = &state.exported {
            self.name("Folder", &exported.folder);
            for file in &exported.files {
                self.name("File", file);
            }
        }
    }

    /// A platform that somebody named with a name that is hidden is hidden whole: put back word by word, it would come back
    /// in other letters.
    fn learn_platform(&mut self, state: &State) {
        let Some(described) = &state.described else { return };
        let folded = Folded::of(&described.name).text;
        if self
            .known
            .keys()
            .any(|known| *known != folded && folded.contains(known.as_str()))
        {
            self.name("Platform", &described.name);
        }
    }

    /// What was read of other people's for the proof, and its findings name.
    fn learn_from_proof(&mut self, proof: &Proof) {
        let basis = &proof.basis;
        for row in &proof.rows {
            self.name("Mailbox", row.address.as_str());
        }
        for owner in &basis.owners {
            self.name("Person", &owner.name);
        }
        if let Some(scope) = &basis.scope {
            scope
                .holds
                .values()
                .for_each(|address| self.name("Mailbox", address));
            scope
                .holds_others
                .iter()
                .for_each(|name| self.name("Recipient", name));
        }
        for role in &basis.directory_roles {
            if let Some(group) = role.name.strip_prefix(journey::reasons::OF_A_GROUP) {
                self.name("Group", group);
            }
        }
        for right in &basis.mailbox_rights {
            self.name("Mailbox", &right.address);
        }
        for recipient in &basis.send_as {
            self.name("Recipient", recipient);
        }
        for credential in &basis.federated {
            self.name("Credential", &credential.name);
        }
        // What Mailgrant made is called by names that the reader's own words are already hidden in.
        let others = |name: &&str| !name.starts_with(OUR_NAMES);
        let credentials = basis
            .credentials
            .iter()
            .map(|credential| credential.name.as_str());
        credentials
            .filter(others)
            .for_each(|name| self.name("Credential", name));
        let shared = basis.shared_with.iter().map(|held| held.name.as_str());
        let own = basis.assignments.iter().map(|held| held.name.as_str());
        shared
            .chain(own)
            .filter(others)
            .for_each(|name| self.name("Assignment", name));
        let scopes = basis.assignments.iter().map(|held| held.scope.as_str());
        scopes.filter(others).for_each(|name| self.name("Scope", name));
        for reason in &proof.reasons {
            if let Reason::ScopeFilter { filter } = reason {
                self.quoted(filter);
            }
        }
    }

    /// Learns what a filter names in quotes: a department, say.
    fn quoted(&mut self, filter: &str) {
        let mut parts = filter.split(['\'', '"']).skip(1).step_by(2);
        parts.by_ref().for_each(|value| self.name("Value", value));
    }

    /// Learns one name.
    pub fn name(&mut self, kind: &'static str, name: &str) {
        let name = name.trim();
        let folded = Folded::of(name).text;
        if folded.len() < 2 || self.known.contains_key(&folded) {
            return;
        }
        let number = self.given.entry(kind).or_default();
        *number += 1;
        let word = format!("{kind} {number}");
        self.learnt(folded, name, word, true);
    }

    /// What is said in place of a name. It is learnt where nobody named it before.
    fn named(&mut self, kind: Kind, name: &str) -> String {
        let Some(word) = word_of(kind) else {
            return self.searched(name);
        };
        self.name(word, name);
        self.word(name).unwrap_or_else(|| name.to_owned())
    }

    fn word(&self, name: &str) -> Option<String> {
        let known = self.known.get(&Folded::of(name.trim()).text)?;
        Some(known.word.clone())
    }

    /// What is said in place of an id: its word, or that it is one that nobody else names.
    fn id_word(&mut self, id: &str) -> String {
        self.word(id).unwrap_or_else(|| self.searched(id))
    }

    /// A text that isn't ours, with words in place of the names in it.
    fn searched(&mut self, text: &str) -> String {
        if self.finder.is_none() {
            self.finder = Finder::of(&self.known);
        }
        match &self.finder {
            Some(finder) => without_ids(&finder.hide(text)),
            // What can't be masked isn't shown.
            None => String::new(),
        }
    }

    fn learnt(&mut self, folded: String, name: &str, word: String, typed: bool) {
        self.finder = None;
        self.known.entry(folded).or_insert(Known {
            name: name.to_owned(),
            word,
            typed,
        });
    }

    fn id(&mut self, id: &str) {
        self.name("id", id);
        let word = self
            .known
            .get(&Folded::of(id).text)
            .map(|known| known.word.clone());
        if let Some(word) = word {
            let ends = domain::ids::ends(id);
            self.learnt(Folded::of(&ends).text, &ends, word, false);
        }
    }

    /// Puts words in place of names in everything, and numbers in place of what requests are about.
    pub fn hide<T: Serialize + DeserializeOwned>(&mut self, value: &T) -> Option<T> {
        self.hide_in(value, true)
    }

    /// The same for what was said by somebody who hides names: they are hidden already.
    pub fn number<T: Serialize + DeserializeOwned>(&mut self, value: &T) -> Option<T> {
        self.hide_in(value, false)
    }

    fn hide_in<T: Serialize + DeserializeOwned>(&mut self, value: &T, search: bool) -> Option<T> {
        let mut tree = serde_json::to_value(value).ok()?;
        self.number_requests(&mut tree);
        if self.finder.is_none() {
            self.finder = Some(Finder::of(&self.known)?);
        }
        let finder = self.finder.as_ref()?;
        let rows = Cell::new(0);
        each_text(&mut tree, &|field, text| {
            if field == "initials" {
                "··".clone_into(text);
                return;
            }
            if field == "setAside" {
                // Lines of somebody's letter. What they hold is no name to look for elsewhere, and all of it is hidden.
                rows.set(rows.get() + 1);
                *text = format!("Row {}", rows.get());
                return;
            }
            if field == "drawn" {
                // Whoever sees them can open the file.
                HIDDEN_WORDS.clone_into(text);
                return;
            }
            if search {
                *text = without_ids(&finder.hide(text));
            }
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
        let mut typed: Vec<&Known> = self.known.values().filter(|known| known.typed).collect();
        // "Mailbox 12" before "Mailbox 1".
        typed.sort_by_key(|known| std::cmp::Reverse(known.word.len()));
        let mut restored = text.to_owned();
        for known in typed {
            if restored.contains(&known.word) {
                restored = restored.replace(&known.word, &known.name);
            }
        }
        restored
    }
}

/// Fields of a view that hold requests.
const REQUESTS: &[&str] = &["request", "back", "open"];

/// Finds names in a text.
#[derive(Debug)]
struct Finder {
    forms: AhoCorasick,
    /// The word of each form.
    words: Vec<String>,
}

impl Finder {
    /// `None` where so many names can't be looked for at once; what can't be masked isn't shown.
    fn of(known: &BTreeMap<String, Known>) -> Option<Self> {
        let mut forms: BTreeMap<String, &str> = BTreeMap::new();
        for (folded, known) in known {
            forms.insert(folded.clone(), &known.word);
        }
        // What follows from a name never takes the place of a name.
        for (folded, known) in known {
            for form in derived(folded) {
                forms.entry(form).or_insert(&known.word);
            }
        }
        let words = forms.values().map(|word| (*word).to_owned()).collect();
        let forms = AhoCorasick::new(forms.keys()).ok()?;
        Some(Self { forms, words })
    }

    /// A text with words in place of names, and of every address that nobody named.
    fn hide(&self, text: &str) -> String {
        let folded = Folded::of(text);
        let mut found: Vec<(usize, usize, &str)> = self
            .forms
            .find_overlapping_iter(&folded.text)
            .filter(|found| stands_alone(&folded.text, found.start(), found.end()))
            .filter_map(|found| {
                let word = self.words.get(found.pattern().as_usize())?;
                Some((found.start(), found.end(), word.as_str()))
            })
            .collect();
        found.extend(addresses(&folded.text).map(|(start, end)| (start, end, AN_ADDRESS)));
        // The longest of those that begin first, so that an address isn't torn by the domain in it; and of two that are
        // as long, the one that has a word of its own.
        found.sort_by_key(|(start, end, word)| (*start, std::cmp::Reverse(*end), *word == AN_ADDRESS));
        let mut shown = String::with_capacity(text.len());
        let (mut of_text, mut of_folded) = (0, 0);
        for (start, end, word) in found {
            let Some((from, to)) = folded.place(start, end) else {
                continue;
            };
            if start < of_folded || from < of_text {
                continue;
            }
            shown.push_str(&text[of_text..from]);
            shown.push_str(word);
            (of_text, of_folded) = (to, end);
        }
        shown.push_str(&text[of_text..]);
        shown
    }
}

/// How else a folded name is written: joined in the name of a file, turned round in a directory, in a distinguished
/// name, or as the part of an address before the @ where no ordinary word looks like it.
fn derived(name: &str) -> Vec<String> {
    let mut forms = vec![name.replace(' ', "-")];
    if let Some((first, last)) = name.split_once(' ')
        && !last.contains(' ')
    {
        forms.push(format!("{last}, {first}"));
        forms.push(format!("{first}.{last}"));
    }
    let (local, domain) = match name.split_once('@') {
        Some((local, domain)) => (Some(local), Some(domain)),
        None => (None, (name.contains('.') && !name.contains(' ')).then_some(name)),
    };
    if let Some(domain) = domain {
        forms.push(format!("dc={}", domain.replace('.', ",dc=")));
    }
    if let Some(local) = local.filter(|local| !local.is_empty()) {
        forms.extend([format!("cn={local}"), format!("/{local}")]);
        if local.len() >= 4 && !local.chars().all(char::is_alphabetic) {
            forms.push(local.to_owned());
        }
    }
    forms.retain(|form| form.len() >= 2);
    forms
}

/// Whether a short name stands by itself: "Pat" isn't in "path". Beside letters that aren't Latin nothing separates
/// words, and a long name or an address is hidden wherever it stands.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    const LONG: usize = 8;
    let name = &text[start..end];
    if name.len() >= LONG || name.contains(['@', '.', '=']) {
        return true;
    }
    let joined = |one: Option<char>, other: Option<char>| {
        one.is_some_and(|c| c.is_ascii_alphanumeric()) && other.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    !joined(text[..start].chars().next_back(), name.chars().next())
        && !joined(name.chars().next_back(), text[end..].chars().next())
}

/// Where addresses of mailboxes stand.
fn addresses(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let of_local = |c: char| c.is_alphanumeric() || ".-'%&*/=?^{|}~!#$".contains(c);
    let of_domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    text.match_indices('@').filter_map(move |(at, _)| {
        let local = text[..at].chars().rev().take_while(|c| of_local(*c));
        let start = at - local.map(char::len_utf8).sum::<usize>();
        let domain = text[at + 1..].chars().take_while(|c| of_domain(*c));
        let end = at + 1 + domain.map(char::len_utf8).sum::<usize>();
        let domain = text[at + 1..end].trim_end_matches(['.', '-']);
        (start < at && domain.contains('.')).then_some((start, at + 1 + domain.len()))
    })
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
                let is_request = REQUESTS.contains(&name.as_str()) && value.is_object();
                if !names_a_kind && !is_ours && !is_request {
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
        mask.name("User name", "dana.reyes@contoso.example");
        mask.name("Person", "Zoë Müller");
        for text in [
            "SUPPORT@Contoso.Example",
            "support%40contoso.example",
            "dana reyes",
            "Dana\u{a0}Reyes",
            "Da\u{200b}na%20Reyes",
            "exports/Dana-Reyes/x",
            "Reyes\\, Dana",
            "C:\\Users\\dana.reyes\\Downloads",
            "CN=dana.reyes,OU=Users,DC=contoso,DC=example",
            "zoe\u{308} MU\u{308}LLER",
            "Zo%C3%AB_M%C3%BCller.age",
            "ｓｕｐｐｏｒｔ@contoso.example",
            "O\u{2019}Brien@contoso.example",
            "somebody.else@contoso.example",
            "Somebody.Else%40Elsewhere.Example",
        ] {
            let hidden: String = mask.hide(&text.to_owned()).unwrap();
            let plain = Folded::of(&hidden).text;
            for part in ["contoso", "reyes", "muller", "brien", "else"] {
                assert!(!plain.contains(part), "{text} is shown as {hidden}");
            }
        }
    }

    #[test]
    fn what_merely_looks_like_a_name_stays() {
        let mut mask = mask();
        mask.name("Mailbox name", "Pat");
        for text in ["The path to the app", "@ 10:30", "a@b"] {
            assert_eq!(mask.hide(&text.to_owned()).unwrap(), text);
        }
        assert_eq!(mask.hide(&"Pat's".to_owned()).unwrap(), "Mailbox name 1's");
    }

    /// Our own words stay, whatever people call their mailboxes; names stay hidden, wherever they stand.
    #[test]
    fn a_name_that_is_also_a_word_of_ours_takes_nothing_out_of_a_sentence() {
        let presenting = Presenting::default();
        presenting.mask().name("Mailbox name", "Details");
        presenting.mask().name("Mailbox", "details@contoso.example");
        let speaker = crate::pages::plain().hiding(Arc::new(presenting.clone()));
        let copy = domain::message!("problem-copy-details");
        assert_eq!(speaker.say(&copy), "Copy the details");
        let name = |kind, name: &str| speaker.value(&Arg::name(kind, name));
        assert_eq!(name(Kind::MailboxName, "DETAILS"), "Mailbox name 1");
        assert_eq!(name(Kind::Mailbox, "new@contoso.example"), "Mailbox 2");
        assert_eq!(name(Kind::Mailbox, "new@contoso.example"), "Mailbox 2");
        let theirs = Arg::theirs("No details for new@contoso.example in other@x.example");
        assert_eq!(
            speaker.value(&theirs),
            "No Mailbox name 1 for Mailbox 2 in an address"
        );
        assert_eq!(
            speaker.value(&Arg::id("4b1c7f3e-0000-4000-8000-000000009e07")),
            "an id"
        );
    }

    /// The same word for the same name, however it was written where it was learnt.
    #[test]
    fn two_spellings_of_a_name_have_one_word() {
        let mut mask = mask();
        mask.name("Mailbox", "Support@Contoso.example");
        mask.name("Mailbox", "billing@contoso.example");
        assert_eq!(
            mask.hide(&"billing@contoso.example".to_owned()).unwrap(),
            "Mailbox 3"
        );
        assert_eq!(
            mask.restore("Mailbox 1, Mailbox 3"),
            "support@contoso.example, billing@contoso.example"
        );
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
            let mut mask = Mask::default();
            for (place, part) in parts.iter().enumerate() {
                if number >> (place % 7) & 1 == 0 {
                    mask.name("Mailbox", part);
                }
            }
            for turn in 0..200_usize {
                let at = |step: usize| parts[(number * 31 + turn * 7 + step) % parts.len()];
                let name = format!("{} {}{turn}", at(turn / 12), at(turn % 5));
                if turn % 10 == 0 {
                    mask.name("Mailbox", &name);
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
