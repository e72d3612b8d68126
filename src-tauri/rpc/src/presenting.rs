//! Presenting mode: names and ids become stable words before any text reaches the window.
//!
//! A name that stands in one of our sentences is hidden by what it is, where the sentence is said. In texts that aren't ours
//! the words are put in place of every known name wherever it stands and however it is spelt. A request that a button
//! carries never travels masked: it goes out as a number, and what comes back is the request that has this number, so that
//! a word in a name can't turn one request into another.

mod connection;
mod finder;
mod folded;
mod names;
mod requests;
mod texts;

use std::cell::Cell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::message;
use domain::message::{Arg, Kind};
use engine::state::State;
use serde::Serialize;
use serde::de::DeserializeOwned;
use words::{Hides, Speaker};

use crate::request::Request;
use names::Names;
use requests::Requests;
use texts::each_text;

/// What hides: the words that stand for names, and the requests that went out as numbers.
#[derive(Debug)]
pub struct Mask {
    names: Names,
    requests: Requests,
}

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
            Arg::Name(kind, name) => Some(self.mask().names.named(*kind, name)),
            Arg::Id(id) | Arg::Ends(id) => Some(self.mask().names.id_word(id)),
            Arg::Theirs(text) => Some(self.mask().names.searched(text)),
            _ => None,
        }
    }
}

impl Mask {
    /// A mask that knows no name yet.
    pub fn new(speaker: Speaker) -> Self {
        Self {
            names: Names::new(speaker),
            requests: Requests::default(),
        }
    }

    /// Says the words as another speaker does. A word that still stands in a box as it was said before is understood.
    pub fn speak(&mut self, speaker: Speaker) {
        self.names.speak(speaker);
    }

    /// Learns every name of a connection.
    pub fn learn(&mut self, state: &State) {
        self.names.learn(state);
    }

    /// Learns one name.
    pub fn name(&mut self, kind: Kind, name: &str) {
        self.names.name(kind, name);
    }

    /// Learns an id, and how it is shown by its ends.
    pub fn id(&mut self, id: &str) {
        self.names.id(id);
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
        self.requests.number_all(&mut tree);
        let speaker = self.names.speaker().clone();
        let finder = self.names.finder()?;
        let rows = Cell::new(0_usize);
        each_text(&mut tree, &|field, text| {
            if field == "initials" {
                "··".clone_into(text);
                return;
            }
            if field == "setAside" {
                // Lines of somebody's letter. What they hold is no name to look for elsewhere, and all of it is hidden.
                rows.set(rows.get() + 1);
                *text = speaker.say(&message!("presenting-row", number = rows.get()));
                return;
            }
            if field == "drawn" {
                // Whoever sees them can open the file.
                *text = speaker.say(&message!("presenting-passphrase"));
                return;
            }
            if search {
                *text = finder.hide(text);
            }
        });
        serde_json::from_value(tree).ok()
    }

    /// The request that went out under the number in this one; itself where it carries none.
    pub fn numbered(&self, request: Request) -> Request {
        self.requests.numbered(request)
    }

    /// Puts names back in place of words in one text that the window sent.
    pub fn restore(&self, text: &str) -> String {
        self.names.restore(text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

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

    /// An id is hidden by what it is: search would find none that nobody named and that isn't a GUID.
    #[test]
    fn an_id_is_hidden_whatever_it_looks_like() {
        let key = "9f3c2d1e-77aa-4c01-9a55-0c1d2e3f4a5b";
        let presenting = Presenting::new(crate::pages::plain());
        let speaker = crate::pages::plain().hiding(Arc::new(presenting.clone()));
        for unknown in ["a5b", key, "request 7"] {
            assert_eq!(speaker.value(&Arg::id(unknown)), "an id");
            assert_eq!(speaker.value(&Arg::ends(unknown)), "an id");
        }
        presenting.mask().id(key);
        let said = speaker.say(&message!("secret-made-text", key = Arg::ends(key)));
        assert!(said.starts_with("Its Secret ID is id 1. "), "{said}");
    }

    /// A problem's message to somebody else is called `request` too, and is a text that people read.
    #[test]
    fn a_text_that_is_called_request_is_hidden() {
        let shown = serde_json::json!({ "request": "Give support@contoso.example a role" });
        let mut mask = Mask::new(crate::pages::plain());
        mask.name(Kind::Mailbox, "support@contoso.example");
        let hidden: Value = mask.hide(&shown).unwrap();
        assert_eq!(hidden["request"], "Give Mailbox 1 a role");
    }
}
