//! Who says a message: in one language, at one place and time.

use std::fmt;
use std::sync::Arc;

use domain::message;
use domain::message::{Arg, Join, Message, Part, Voice};
use fluent_bundle::{FluentArgs, FluentValue};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Keys, Language};

/// Says messages.
#[derive(Clone, Debug)]
pub struct Speaker {
    language: Language,
    zone: TimeZone,
    now: Timestamp,
    hides: Option<Arc<dyn Hides>>,
    keys: Keys,
}

/// What stands in place of names and ids while somebody presents.
pub trait Hides: fmt::Debug + Send + Sync {
    /// What is said in place of an argument; `None` where it is said as it is.
    fn hidden(&self, arg: &Arg) -> Option<String>;
}

/// The name of a part among the attributes of its message.
fn attribute(part: Part) -> &'static str {
    match part {
        Part::Title => "title",
        Part::Happened => "happened",
        Part::Why => "why",
        Part::Next => "next",
        Part::Text => "text",
        Part::Task => "task",
    }
}

impl Speaker {
    /// Somebody who speaks this language, with the time of this zone.
    pub fn new(language: Language, zone: TimeZone, now: Timestamp) -> Self {
        Self {
            language,
            zone,
            now,
            hides: None,
            keys: Keys::default(),
        }
    }

    /// The same at another time.
    pub fn at(&self, now: Timestamp) -> Self {
        Self { now, ..self.clone() }
    }

    /// The same with the time of another zone.
    pub fn in_zone(&self, zone: TimeZone) -> Self {
        Self { zone, ..self.clone() }
    }

    /// The same, with something else said in place of names and ids.
    pub fn hiding(&self, hides: Arc<dyn Hides>) -> Self {
        Self {
            hides: Some(hides),
            ..self.clone()
        }
    }

    /// The same, speaking of an app that signs in with this.
    pub fn for_keys(&self, keys: Keys) -> Self {
        Self { keys, ..self.clone() }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    pub(crate) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// A message in words.
    pub fn say(&self, message: &Message) -> String {
        // A message that no language has is told by its name, which is at least something to search for.
        self.text(message, None)
            .unwrap_or_else(|| message.id().to_owned())
    }

    /// A part of a message in words; none where the message has no such part.
    pub fn part(&self, message: &Message, part: Part) -> Option<String> {
        self.text(message, Some(attribute(part)))
    }

    /// The same for a floor below.
    pub fn voice(&self) -> Voice {
        let speaker = self.clone();
        Voice {
            language: self.language.tag().to_owned(),
            say: Arc::new(move |arg| speaker.value(arg)),
        }
    }

    fn text(&self, message: &Message, attribute: Option<&str>) -> Option<String> {
        let mut args = FluentArgs::with_capacity(message.args().len());
        for (name, arg) in message.args() {
            args.set(*name, self.fluent(arg));
        }
        let said = |language: Language| language.text(message.id(), attribute, &args, self.keys);
        said(self.language).or_else(|| said(Language::default()))
    }

    fn fluent(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Count(count) => FluentValue::from(*count),
            arg => FluentValue::from(self.value(arg)),
        }
    }

    /// A value by itself in words, such as an address that stands alone.
    pub fn value(&self, arg: &Arg) -> String {
        if let Arg::Told(told) = arg {
            return self.value(&Arg::theirs(told.in_language(self.language.tag())));
        }
        if let Some(hidden) = self.hides.as_ref().and_then(|hides| hides.hidden(arg)) {
            return hidden;
        }
        match arg {
            Arg::Count(count) => self.say(&message!("lists-number", number = *count)),
            Arg::Moment(spelling, at) => self.moment(*spelling, *at),
            Arg::Day(day) => self.day(*day),
            Arg::Span(span) => self.span(*span),
            Arg::Name(_, text) | Arg::Id(text) | Arg::Theirs(text) => text.clone(),
            Arg::Told(told) => told.english.clone(),
            Arg::Term(text) => match crate::roles::called(text) {
                Some(role) => self.say(&role),
                None => text.clone(),
            },
            Arg::Ends(id) => domain::ids::ends(id),
            Arg::Message(message) => self.say(message),
            // As a message that no language has.
            Arg::Part(part, message) => self
                .part(message, *part)
                .unwrap_or_else(|| message.id().to_owned()),
            Arg::List(join, all) => self.joined(*join, all),
        }
    }

    fn joined(&self, join: Join, all: &[Arg]) -> String {
        let texts = all.iter().map(|arg| self.value(arg));
        if join == Join::Lines {
            return texts.collect::<Vec<_>>().join("\n");
        }
        let last = all.len().saturating_sub(1);
        let mut joined = String::new();
        for (place, text) in texts.enumerate() {
            if place == 0 {
                joined = text;
                continue;
            }
            let (before, next) = (Arg::Term(joined), Arg::Term(text));
            joined = self.say(&match join {
                Join::And if place == last => message!("lists-and", before = before, next = next),
                Join::Or if place == last => message!("lists-or", before = before, next = next),
                Join::Semicolons => message!("lists-semicolon", before = before, next = next),
                Join::Sentences => message!("lists-sentence", before = before, next = next),
                Join::Commas | Join::And | Join::Or | Join::Lines => {
                    message!("lists-comma", before = before, next = next)
                }
            });
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use domain::credential::CredentialKind;
    use domain::message::{Kind, Told};

    use super::*;

    fn speaker(language: Language) -> Speaker {
        let now = "2027-05-21T10:58:03Z".parse().unwrap();
        Speaker::new(language, TimeZone::UTC, now)
    }

    fn listed(join: Join, all: &[&str]) -> String {
        let all = all.iter().map(|name| Arg::name(Kind::Person, *name));
        speaker(Language::English).value(&Arg::list(join, all))
    }

    #[test]
    fn several_are_joined_as_the_language_joins_them() {
        assert_eq!(listed(Join::And, &[]), "");
        assert_eq!(listed(Join::And, &["a"]), "a");
        assert_eq!(listed(Join::And, &["a", "b"]), "a and b");
        assert_eq!(listed(Join::And, &["a", "b", "c"]), "a, b and c");
        assert_eq!(listed(Join::Or, &["a", "b", "c"]), "a, b or c");
        assert_eq!(listed(Join::Commas, &["a", "b", "c"]), "a, b, c");
        assert_eq!(listed(Join::Semicolons, &["a", "b"]), "a; b");
        assert_eq!(listed(Join::Sentences, &["a.", "b."]), "a. b.");
        assert_eq!(listed(Join::Lines, &["a", "b"]), "a\nb");
        let all = ["a", "b", "c"].map(|name| Arg::name(Kind::Person, name));
        let german = speaker(Language::German);
        assert_eq!(german.value(&Arg::list(Join::And, all.clone())), "a, b und c");
        assert_eq!(german.value(&Arg::list(Join::Or, all)), "a, b oder c");
    }

    #[test]
    fn a_value_is_said_by_its_type_and_a_name_is_never_changed() {
        let id = "4b1c7f3e-0000-4000-8000-000000009e07";
        for language in [Language::English, Language::Pseudo] {
            let speaker = speaker(language);
            let name = Arg::name(Kind::Organisation, "{ $name } \u{2068}Contoso");
            assert_eq!(speaker.value(&name), "{ $name } \u{2068}Contoso");
            assert_eq!(speaker.value(&Arg::id(id)), id);
            assert_eq!(speaker.value(&Arg::ends(id)), "4b1c…9e07");
            assert_eq!(speaker.value(&Arg::from(100_000_u64)), "100000");
        }
    }

    /// What stands in a message is longer, what is put into it is as it was.
    #[test]
    fn the_long_language_leaves_arguments_alone() {
        let joined = Arg::list(Join::And, [Arg::term("Mail.Read"), Arg::term("Mail.Send")]);
        let said = speaker(Language::Pseudo).value(&joined);
        assert!(said.starts_with("Mail.Read ") && said.ends_with(" Mail.Send"));
        assert_ne!(said, "Mail.Read and Mail.Send");
    }

    /// Microsoft's interfaces give a role by its English name, and a reader looks for it in an admin center.
    #[test]
    fn a_role_is_called_as_the_admin_center_calls_it() {
        let role = Arg::term("Exchange Administrator");
        assert_eq!(speaker(Language::English).value(&role), "Exchange Administrator");
        assert_eq!(speaker(Language::German).value(&role), "Exchange-Administrator");
        let other = Arg::term("Exchange Recipient Administrator");
        assert_eq!(
            speaker(Language::German).value(&other),
            "Exchange Recipient Administrator"
        );
    }

    #[test]
    fn what_its_author_gave_in_several_languages_is_said_in_the_readers() {
        let told = |others: &[(&str, &str)]| {
            let others = others.iter().map(|(tag, text)| ((*tag).into(), (*text).into()));
            Arg::Told(Told {
                english: "to read mail".into(),
                others: others.collect(),
            })
        };
        let both = told(&[("de", "um E-Mails zu lesen")]);
        assert_eq!(speaker(Language::English).value(&both), "to read mail");
        assert_eq!(speaker(Language::German).value(&both), "um E-Mails zu lesen");
        assert_eq!(speaker(Language::Pseudo).value(&both), "to read mail");
        assert_eq!(speaker(Language::German).value(&told(&[])), "to read mail");
    }

    #[derive(Debug)]
    struct People;

    impl Hides for People {
        fn hidden(&self, arg: &Arg) -> Option<String> {
            matches!(arg, Arg::Name(Kind::Person, _)).then(|| "Person 1".to_owned())
        }
    }

    /// However deep it stands, and whatever the words around it are.
    #[test]
    fn a_name_is_hidden_by_its_kind() {
        let speaker = speaker(Language::English).hiding(Arc::new(People));
        let listed = Arg::list(
            Join::And,
            [
                Arg::name(Kind::Person, "and"),
                Arg::name(Kind::Group, "and"),
                Arg::term("and"),
            ],
        );
        assert_eq!(speaker.value(&listed), "Person 1, and and and");
    }

    #[test]
    fn a_message_that_no_language_has_is_told_by_its_name() {
        let unknown = message!("nowhere-to-be-found");
        assert_eq!(speaker(Language::English).say(&unknown), "nowhere-to-be-found");
        assert_eq!(speaker(Language::English).part(&unknown, Part::Why), None);
    }

    /// What is said of a secret is said of a certificate in words of its own, and of both in words that fit both.
    #[test]
    fn a_certificate_is_not_called_a_secret() {
        let says = |language, keys, message| speaker(language).for_keys(keys).say(&message);
        let secret = Keys::of(CredentialKind::Secret);
        let certificate = Keys::of(CredentialKind::Certificate);
        let mixed = Keys {
            either: true,
            ..secret
        };
        let create = || message!("secret-create");
        for (language, words) in [
            (Language::English, ["Create the secret", "Create the certificate"]),
            (
                Language::German,
                ["Clientschlüssel erstellen", "Zertifikat erstellen"],
            ),
        ] {
            assert_eq!(says(language, secret, create()), words[0]);
            assert_eq!(says(language, mixed, create()), words[0]);
            assert_eq!(says(language, certificate, create()), words[1]);
        }
        let old = || message!("renewing-old");
        assert_eq!(says(Language::English, secret, old()), "Old secret");
        assert_eq!(says(Language::English, mixed, old()), "Old key");
        assert_eq!(says(Language::German, certificate, old()), "Alter Schlüssel");
        assert_ne!(
            says(Language::Pseudo, certificate, create()),
            "Create the certificate"
        );
    }
}
