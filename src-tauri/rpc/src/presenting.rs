//! Presenting mode: names and ids become stable words before any text reaches the window.
//!
//! A name that stands in one of our sentences is hidden by what it is, where the sentence is said. In texts that aren't ours
//! the words are put in place of every known name wherever it stands and however it is spelt. A request that a button
//! carries never travels masked: it goes out as a number, and what comes back is the request that has this number, so that
//! a word in a name can't turn one request into another.

mod folded;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aho_corasick::AhoCorasick;
use domain::message;
use domain::message::{Arg, Kind, Message};
use engine::basis::Reason;
use engine::proof::Proof;
use engine::state::State;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use words::{Hides, Speaker};

use crate::request::Request;
use folded::Folded;

/// Which word stands for which name. Words are given out once and kept, so that they stay the same over a recording.
#[derive(Debug)]
pub struct Mask {
    /// Who says the words.
    speaker: Speaker,
    /// By the folded name, so that two spellings of one name have one word.
    known: BTreeMap<String, Known>,
    /// How many words were given for a kind of name, and for ids.
    given: BTreeMap<Option<Kind>, usize>,
    /// Words of a language that was spoken before, each with its name.
    former: BTreeMap<String, String>,
    requests: BTreeMap<usize, Request>,
    next: usize,
    /// What finds every name that is known now; made when it is needed and let go when a name is learnt.
    finder: Option<Finder>,
}

#[derive(Debug)]
struct Known {
    name: String,
    /// The word as a message, to be said in another language.
    said: Message,
    word: String,
    /// Whether it is a name as people type it, which a text that the window sends is given back for its word.
    typed: bool,
}

/// How many requests are remembered: those of the last views, which is more than a window can still send.
const REMEMBERED: usize = 20_000;

/// What stands before the number of a request.
const NUMBERED: &str = "request-";

/// What the names of everything begin with that Mailgrant makes in the organisation.
const OUR_NAMES: &str = "Mailgrant";

/// A mask that the desk and who speaks for it share.
#[derive(Clone, Debug)]
pub struct Presenting(Arc<Mutex<Mask>>);

impl Presenting {
    /// A mask whose words this speaker says.
    pub fn new(speaker: Speaker) -> Self {
        Self(Arc::new(Mutex::new(Mask::new(speaker))))
    }

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

/// The word for the so many-eth name of a kind. What Mailgrant named is read for the names in it.
fn word_of(kind: Kind, number: usize) -> Option<Message> {
    Some(match kind {
        Kind::Organisation => message!("presenting-organisation", number = number),
        Kind::Domain => message!("presenting-domain", number = number),
        Kind::Person => message!("presenting-person", number = number),
        Kind::UserName => message!("presenting-user-name", number = number),
        Kind::App => message!("presenting-app", number = number),
        Kind::Connection => message!("presenting-connection", number = number),
        Kind::Mailbox => message!("presenting-mailbox", number = number),
        Kind::MailboxName => message!("presenting-mailbox-name", number = number),
        Kind::Recipient => message!("presenting-recipient", number = number),
        Kind::Group => message!("presenting-group", number = number),
        Kind::Credential => message!("presenting-credential", number = number),
        Kind::Assignment => message!("presenting-assignment", number = number),
        Kind::Scope => message!("presenting-scope", number = number),
        Kind::Folder => message!("presenting-folder", number = number),
        Kind::File => message!("presenting-file", number = number),
        Kind::Typed => message!("presenting-typed", number = number),
        Kind::Value => message!("presenting-value", number = number),
        Kind::Platform => message!("presenting-platform", number = number),
        Kind::Ours => return None,
    })
}

impl Mask {
    /// A mask that knows no name yet.
    pub fn new(speaker: Speaker) -> Self {
        Self {
            speaker,
            known: BTreeMap::new(),
            given: BTreeMap::new(),
            former: BTreeMap::new(),
            requests: BTreeMap::new(),
            next: 0,
            finder: None,
        }
    }

    /// Says the words as another speaker does. A word that still stands in a box as it was said before is understood.
    pub fn speak(&mut self, speaker: Speaker) {
        for known in self.known.values_mut() {
            if known.typed {
                self.former.insert(known.word.clone(), known.name.clone());
            }
            known.word = speaker.say(&known.said);
        }
        self.speaker = speaker;
        self.finder = None;
    }

    /// Learns every name of a connection.
    pub fn learn(&mut self, state: &State) {
        if let Some(organisation) = &state.organisation {
            self.name(Kind::Organisation, &organisation.name);
            self.name(Kind::Domain, &organisation.domain);
            if let Some((label, _)) = organisation.domain.split_once('.') {
                // Other domains of the organisation, such as that of its tenant, begin with the same word.
                self.name(Kind::Domain, label);
            }
            self.id(&organisation.tenant.to_string());
        }
        if let Some(admin) = &state.admin {
            self.name(Kind::Person, &admin.name);
            self.name(Kind::UserName, &admin.user_name);
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
            self.name(Kind::Connection, &connection.to_string()[..8]);
        }
        self.learn_platform(state);
        for app in state
            .preflight
            .iter()
            .flat_map(|preflight| &preflight.similar_apps)
        {
            self.name(Kind::App, app);
        }
        let entries = state.mailboxes.allowed.iter().chain(&state.mailboxes.refused);
        for entry in entries {
            self.name(Kind::Mailbox, entry.typed());
            if let Some(mailbox) = entry.mailbox() {
                self.name(Kind::Mailbox, mailbox.address.as_str());
                self.name(Kind::MailboxName, &mailbox.name);
            }
            if let engine::event::Entry::Missing {
                suggestion: Some(address),
                ..
            } = entry
            {
                self.name(Kind::Mailbox, address.as_str());
            }
        }
        if let Some(random) = &state.random {
            self.name(Kind::Mailbox, random.address.as_str());
            self.name(Kind::MailboxName, &random.name);
        }
        for typed in [&state.mailboxes.typed_allowed, &state.mailboxes.typed_refused] {
            for line in typed.lines().filter(|line| !line.trim().is_empty()) {
                self.name(Kind::Typed, line);
            }
        }
        for admin in state.made_by.values() {
            self.name(Kind::Person, &admin.name);
            self.name(Kind::UserName, &admin.user_name);
            self.id(&admin.id.to_string());
        }
        if let Some(client) = &state.client {
            self.id(client);
        }
        for secret in &state.at_hand().foreign_secrets {
            self.name(Kind::Credential, &secret.name);
        }
        for address in state.removed.values() {
            self.name(Kind::Mailbox, address.as_str());
        }
        if let Some(proof) = &state.proof {
            self.learn_from_proof(proof);
        }
        if let Some(app) = state.at_hand().removed_app() {
            self.id(&app.client_id.to_string());
            self.id(&app.object_id.to_string());
        }
        if let Some(exported) = &state.exported {
            self.name(Kind::Folder, &exported.folder);
            for file in &exported.files {
                self.name(Kind::File, file);
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
            self.name(Kind::Platform, &described.name);
        }
    }

    /// What was read of other people's for the proof, and its findings name.
    fn learn_from_proof(&mut self, proof: &Proof) {
        let basis = &proof.basis;
        for row in &proof.rows {
            self.name(Kind::Mailbox, row.address.as_str());
        }
        for owner in &basis.owners {
            self.name(Kind::Person, &owner.name);
        }
        if let Some(scope) = &basis.scope {
            scope
                .holds
                .values()
                .for_each(|address| self.name(Kind::Mailbox, address));
            scope
                .holds_others
                .iter()
                .for_each(|name| self.name(Kind::Recipient, name));
        }
        for role in &basis.directory_roles {
            if let Some(group) = role.name.strip_prefix(journey::reasons::OF_A_GROUP) {
                self.name(Kind::Group, group);
            }
        }
        for right in &basis.mailbox_rights {
            self.name(Kind::Mailbox, &right.address);
        }
        for recipient in &basis.send_as {
            self.name(Kind::Recipient, recipient);
        }
        for credential in &basis.federated {
            self.name(Kind::Credential, &credential.name);
        }
        // What Mailgrant made is called by names that the reader's own words are already hidden in.
        let others = |name: &&str| !name.starts_with(OUR_NAMES);
        let credentials = basis
            .credentials
            .iter()
            .map(|credential| credential.name.as_str());
        credentials
            .filter(others)
            .for_each(|name| self.name(Kind::Credential, name));
        let shared = basis.shared_with.iter().map(|held| held.name.as_str());
        let own = basis.assignments.iter().map(|held| held.name.as_str());
        shared
            .chain(own)
            .filter(others)
            .for_each(|name| self.name(Kind::Assignment, name));
        let scopes = basis.assignments.iter().map(|held| held.scope.as_str());
        scopes
            .filter(others)
            .for_each(|name| self.name(Kind::Scope, name));
        for reason in &proof.reasons {
            if let Reason::ScopeFilter { filter } = reason {
                self.quoted(filter);
            }
        }
    }

    /// Learns what a filter names in quotes: a department, say.
    fn quoted(&mut self, filter: &str) {
        let mut parts = filter.split(['\'', '"']).skip(1).step_by(2);
        parts.by_ref().for_each(|value| self.name(Kind::Value, value));
    }

    /// Learns one name.
    pub fn name(&mut self, kind: Kind, name: &str) {
        self.learn_one(Some(kind), name);
    }

    /// Learns a name of some kind, or an id.
    fn learn_one(&mut self, kind: Option<Kind>, name: &str) {
        let name = name.trim();
        let folded = Folded::of(name).text;
        if folded.len() < 2 || self.known.contains_key(&folded) {
            return;
        }
        let number = self.given.get(&kind).copied().unwrap_or_default() + 1;
        let word = match kind {
            Some(kind) => word_of(kind, number),
            None => Some(message!("presenting-id", number = number)),
        };
        if let Some(word) = word {
            self.given.insert(kind, number);
            self.learnt(folded, name, word, true);
        }
    }

    /// What is said in place of a name. It is learnt where nobody named it before.
    fn named(&mut self, kind: Kind, name: &str) -> String {
        // What a platform is called is read for the names in it too.
        if matches!(kind, Kind::Ours | Kind::Platform) {
            return self.searched(name);
        }
        self.name(kind, name);
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
            self.finder = Finder::of(&self.known, &self.speaker);
        }
        match &self.finder {
            Some(finder) => finder.hide(text),
            // What can't be masked isn't shown.
            None => String::new(),
        }
    }

    fn learnt(&mut self, folded: String, name: &str, said: Message, typed: bool) {
        self.finder = None;
        let word = self.speaker.say(&said);
        self.known.entry(folded).or_insert(Known {
            name: name.to_owned(),
            said,
            word,
            typed,
        });
    }

    /// Learns an id, and how it is shown by its ends.
    pub fn id(&mut self, id: &str) {
        self.learn_one(None, id);
        let said = self
            .known
            .get(&Folded::of(id).text)
            .map(|known| known.said.clone());
        if let Some(said) = said {
            let ends = domain::ids::ends(id);
            self.learnt(Folded::of(&ends).text, &ends, said, false);
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
            self.finder = Some(Finder::of(&self.known, &self.speaker)?);
        }
        let finder = self.finder.as_ref()?;
        let rows = Cell::new(0_usize);
        each_text(&mut tree, &|field, text| {
            if field == "initials" {
                "··".clone_into(text);
                return;
            }
            if field == "setAside" {
                // Lines of somebody's letter. What they hold is no name to look for elsewhere, and all of it is hidden.
                rows.set(rows.get() + 1);
                *text = self.speaker.say(&message!("presenting-row", number = rows.get()));
                return;
            }
            if field == "drawn" {
                // Whoever sees them can open the file.
                *text = self.speaker.say(&message!("presenting-passphrase"));
                return;
            }
            if search {
                *text = finder.hide(text);
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
        let typed = self.known.values().filter(|known| known.typed);
        let now = typed.map(|known| (&known.word, &known.name));
        let mut words: Vec<(&String, &String)> = now.chain(&self.former).collect();
        // "Mailbox 12" before "Mailbox 1".
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let mut restored = text.to_owned();
        for (word, name) in words {
            if restored.contains(word) {
                restored = restored.replace(word, name);
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
    /// What stands in place of an address, and of an id, that nobody has named.
    others: (String, String),
}

impl Finder {
    /// `None` where so many names can't be looked for at once; what can't be masked isn't shown.
    fn of(known: &BTreeMap<String, Known>, speaker: &Speaker) -> Option<Self> {
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
        let others = (
            speaker.say(&message!("presenting-an-address")),
            speaker.say(&message!("presenting-an-id")),
        );
        Some(Self { forms, words, others })
    }

    /// A text with words in place of names, and of every address and every id that nobody named.
    fn hide(&self, text: &str) -> String {
        let (an_address, an_id) = (self.others.0.as_str(), &self.others.1);
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
        found.extend(addresses(&folded.text).map(|(start, end)| (start, end, an_address)));
        // The longest of those that begin first, so that an address isn't torn by the domain in it; and of two that are
        // as long, the one that has a word of its own.
        found.sort_by_key(|(start, end, word)| (*start, std::cmp::Reverse(*end), *word == an_address));
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
        without_ids(&shown, an_id)
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
fn without_ids(text: &str, word: &str) -> String {
    const LENGTH: usize = 36;
    let bytes = text.as_bytes();
    let mut shown = String::with_capacity(text.len());
    let mut place = 0;
    while place < text.len() {
        let end = place + LENGTH;
        if end <= text.len() && text.is_char_boundary(end) && is_guid(&bytes[place..end]) {
            shown.push_str(word);
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
        let mut mask = Mask::new(crate::pages::plain());
        mask.name(Kind::Mailbox, "support@contoso.example");
        mask.name(Kind::Domain, "contoso.example");
        mask.name(Kind::Mailbox, "o'brien@contoso.example");
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
        mask.name(Kind::Person, "Dana Reyes");
        mask.name(Kind::UserName, "dana.reyes@contoso.example");
        mask.name(Kind::Person, "Zoë Müller");
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
        mask.name(Kind::MailboxName, "Pat");
        for text in ["The path to the app", "@ 10:30", "a@b"] {
            assert_eq!(mask.hide(&text.to_owned()).unwrap(), text);
        }
        assert_eq!(mask.hide(&"Pat's".to_owned()).unwrap(), "Mailbox name 1's");
    }

    /// Our own words stay, whatever people call their mailboxes; names stay hidden, wherever they stand.
    #[test]
    fn a_name_that_is_also_a_word_of_ours_takes_nothing_out_of_a_sentence() {
        let presenting = Presenting::new(crate::pages::plain());
        presenting.mask().name(Kind::MailboxName, "Details");
        presenting.mask().name(Kind::Mailbox, "details@contoso.example");
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
        mask.name(Kind::Mailbox, "Support@Contoso.example");
        mask.name(Kind::Mailbox, "billing@contoso.example");
        assert_eq!(
            mask.hide(&"billing@contoso.example".to_owned()).unwrap(),
            "Mailbox 3"
        );
        assert_eq!(
            mask.restore("Mailbox 1, Mailbox 3"),
            "support@contoso.example, billing@contoso.example"
        );
    }

    /// The words follow the reader's language, and what still stands in a box in the one before is understood.
    #[test]
    fn the_words_are_those_of_the_readers_language() {
        let mut mask = mask();
        let text =
            "support@contoso.example of 4b1c7f3e-0000-4000-8000-000000009e07, other@x.example".to_owned();
        assert_eq!(mask.hide(&text).unwrap(), "Mailbox 1 of an id, an address");
        let german = Speaker::new(
            words::Language::German,
            jiff::tz::TimeZone::UTC,
            jiff::Timestamp::UNIX_EPOCH,
        );
        mask.speak(german);
        assert_eq!(mask.hide(&text).unwrap(), "Postfach 1 of eine ID, eine Adresse");
        for shown in ["Postfach 1", "Mailbox 1"] {
            assert_eq!(mask.restore(shown), "support@contoso.example");
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
