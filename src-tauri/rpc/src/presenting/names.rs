//! Which word stands for which name. Words are given out once and kept, so that they stay the same over a recording.

use std::collections::BTreeMap;

use domain::message;
use domain::message::{Kind, Message};
use words::Speaker;

use super::finder::Finder;
use super::folded::Folded;

/// The names that are known, each with its word.
#[derive(Debug)]
pub struct Names {
    /// Who says the words.
    speaker: Speaker,
    /// By the folded name, so that two spellings of one name have one word.
    known: BTreeMap<String, Known>,
    /// How many words were given for a kind of name, and for ids.
    given: BTreeMap<Option<Kind>, usize>,
    /// Words of a language that was spoken before, each with its name.
    former: BTreeMap<String, String>,
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

impl Names {
    /// No name yet.
    pub fn new(speaker: Speaker) -> Self {
        Self {
            speaker,
            known: BTreeMap::new(),
            given: BTreeMap::new(),
            former: BTreeMap::new(),
            finder: None,
        }
    }

    /// Who says the words.
    pub fn speaker(&self) -> &Speaker {
        &self.speaker
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

    /// Whether a name is known that is a part of this one.
    pub fn knows_a_part_of(&self, name: &str) -> bool {
        let folded = Folded::of(name).text;
        let mut known = self.known.keys();
        known.any(|known| *known != folded && folded.contains(known.as_str()))
    }

    /// What is said in place of a name. It is learnt where nobody named it before.
    pub fn named(&mut self, kind: Kind, name: &str) -> String {
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

    /// What is said in place of an id, whatever it looks like: its word, or that it is one that nobody else names.
    pub fn id_word(&self, id: &str) -> String {
        self.word(id)
            .unwrap_or_else(|| self.speaker.say(&message!("presenting-an-id")))
    }

    /// A text that isn't ours, with words in place of the names in it.
    pub fn searched(&mut self, text: &str) -> String {
        // What can't be masked isn't shown.
        self.finder().map_or_else(String::new, |finder| finder.hide(text))
    }

    /// What finds every name that is known now.
    pub fn finder(&mut self) -> Option<&Finder> {
        if self.finder.is_none() {
            let known = self.known.iter();
            self.finder = Finder::of(
                known.map(|(folded, known)| (folded.as_str(), known.word.as_str())),
                self.speaker.say(&message!("presenting-an-address")),
                self.speaker.say(&message!("presenting-an-id")),
            );
        }
        self.finder.as_ref()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::new(crate::pages::plain());
        names.name(Kind::Mailbox, "support@contoso.example");
        names.name(Kind::Domain, "contoso.example");
        names.name(Kind::Mailbox, "o'brien@contoso.example");
        names
    }

    #[test]
    fn names_become_stable_words_inside_sentences() {
        let text =
            "Too broad: support@contoso.example of contoso.example, 4b1c7f3e-0000-4000-8000-000000009e07";
        let hidden = names().searched(text);
        assert_eq!(hidden, "Too broad: Mailbox 1 of domain 1, an id");
    }

    /// The same word for the same name, however it was written where it was learnt.
    #[test]
    fn two_spellings_of_a_name_have_one_word() {
        let mut names = names();
        names.name(Kind::Mailbox, "Support@Contoso.example");
        names.name(Kind::Mailbox, "billing@contoso.example");
        assert_eq!(names.searched("billing@contoso.example"), "Mailbox 3");
        assert_eq!(
            names.restore("Mailbox 1, Mailbox 3"),
            "support@contoso.example, billing@contoso.example"
        );
    }

    /// The words follow the reader's language, and what still stands in a box in the one before is understood.
    #[test]
    fn the_words_are_those_of_the_readers_language() {
        let mut names = names();
        let text = "support@contoso.example of 4b1c7f3e-0000-4000-8000-000000009e07, other@x.example";
        assert_eq!(names.searched(text), "Mailbox 1 of an id, an address");
        let german = Speaker::new(
            words::Language::German,
            jiff::tz::TimeZone::UTC,
            jiff::Timestamp::UNIX_EPOCH,
        );
        names.speak(german);
        assert_eq!(names.searched(text), "Postfach 1 of eine ID, eine Adresse");
        for shown in ["Postfach 1", "Mailbox 1"] {
            assert_eq!(names.restore(shown), "support@contoso.example");
        }
    }
}
