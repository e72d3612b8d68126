//! The languages, and which of them a reader gets.

use std::sync::LazyLock;

use domain::credential::CredentialKind;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

use crate::keys::Keys;
use crate::pseudo::lengthened;
use crate::texts::{ENGLISH, ENGLISH_INSTEAD, GERMAN, GERMAN_INSTEAD};

type Bundle = FluentBundle<FluentResource>;

/// A language that Mailgrant speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German, with the formal form of address.
    German,
    /// English with accents and 40 % more letters, to find what is cut off and what was never translated. Nobody gets it
    /// who doesn't ask for it by name.
    Pseudo,
}

static ENGLISH_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English));
static GERMAN_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::German));
static PSEUDO_BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let mut bundle = bundle(Language::Pseudo);
    bundle.set_transform(Some(lengthened));
    bundle
});

/// The bundles of what is said in place of other texts, in the order of [`Language::instead`].
type Instead = LazyLock<Vec<Bundle>>;

static ENGLISH_BUNDLES: Instead = LazyLock::new(|| instead(Language::English));
static GERMAN_BUNDLES: Instead = LazyLock::new(|| instead(Language::German));
static PSEUDO_BUNDLES: Instead = LazyLock::new(|| {
    let mut bundles = instead(Language::Pseudo);
    for bundle in &mut bundles {
        bundle.set_transform(Some(lengthened));
    }
    bundles
});

fn instead(language: Language) -> Vec<Bundle> {
    let files = language.instead().iter();
    files.map(|file| bundle_of(language, &[*file])).collect()
}

fn bundle(language: Language) -> Bundle {
    bundle_of(language, language.texts())
}

fn bundle_of(language: Language, files: &[(&str, &str)]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(language.tag().parse().into_iter().collect());
    // The marks that keep the directions of two scripts apart would stand in copied text as well.
    bundle.set_use_isolating(false);
    for (file, text) in files {
        // A test reads every file, so what a mistake in one leaves out is never met.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
            debug_assert!(errors.is_empty(), "{file}: {errors:?}");
            resource
        });
        let added = bundle.add_resource(resource);
        debug_assert!(added.is_ok(), "{file}: {added:?}");
    }
    bundle
}

impl Language {
    /// Those that a reader can choose.
    pub const CHOICES: &'static [Self] = &[Self::English, Self::German];

    /// Its tag, as the document and the settings carry it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Pseudo => "en-XA",
        }
    }

    /// What its readers call it. That stays the same in every language.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Pseudo => "English, lengthened",
        }
    }

    /// The language of a tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let all = Self::CHOICES.iter().copied().chain([Self::Pseudo]);
        all.into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// The best language for somebody who reads these, the best first.
    pub fn for_reader<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let wanted: Vec<LanguageIdentifier> = tags.into_iter().filter_map(|tag| tag.parse().ok()).collect();
        let offered: Vec<LanguageIdentifier> = Self::CHOICES
            .iter()
            .filter_map(|language| language.tag().parse().ok())
            .collect();
        negotiate_languages(&wanted, &offered, None, NegotiationStrategy::Lookup)
            .first()
            .and_then(|tag| Self::of_tag(&tag.to_string()))
            .unwrap_or_default()
    }

    /// The texts, each file with its name.
    pub fn texts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::English | Self::Pseudo => ENGLISH,
            Self::German => GERMAN,
        }
    }

    /// What is said in place of some of the texts: where a certificate is spoken of, where both kinds are, and where the platform
    /// opens mailboxes as a mail program does.
    pub fn instead(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::English | Self::Pseudo => ENGLISH_INSTEAD,
            Self::German => GERMAN_INSTEAD,
        }
    }

    /// The bundles that are asked in turn.
    fn bundles(self, keys: Keys) -> impl Iterator<Item = &'static Bundle> {
        let instead = match self {
            Self::English => &*ENGLISH_BUNDLES,
            Self::German => &*GERMAN_BUNDLES,
            Self::Pseudo => &*PSEUDO_BUNDLES,
        };
        let (certificate, either, by_mail_program) = (instead.first(), instead.get(1), instead.get(2));
        let by_mail_program = by_mail_program.filter(|_| keys.by_mail_program);
        let either = either.filter(|_| keys.either);
        let certificate = certificate.filter(|_| keys.kind == CredentialKind::Certificate);
        let instead = by_mail_program.into_iter().chain(either).chain(certificate);
        instead.chain([self.bundle()])
    }

    fn bundle(self) -> &'static Bundle {
        match self {
            Self::English => &ENGLISH_BUNDLE,
            Self::German => &GERMAN_BUNDLE,
            Self::Pseudo => &PSEUDO_BUNDLE,
        }
    }

    /// The text of a message, or of one of its attributes. `None` where there is none.
    pub(crate) fn text(
        self,
        id: &str,
        attribute: Option<&str>,
        args: &FluentArgs,
        keys: Keys,
    ) -> Option<String> {
        let bundle = self.bundles(keys).find(|bundle| bundle.has_message(id))?;
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(attribute) => message.get_attribute(attribute)?.value(),
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors);
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        Some(text.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_the_nearest_language_and_english_where_there_is_none() {
        for tags in [
            vec!["en-GB"],
            vec!["fi-FI", "en"],
            vec!["fi"],
            vec![],
            vec!["C", "?"],
        ] {
            assert_eq!(
                Language::for_reader(tags.iter().copied()),
                Language::English,
                "{tags:?}"
            );
        }
    }

    #[test]
    fn a_reader_of_german_gets_it_wherever_they_live() {
        for tags in [
            vec!["de"],
            vec!["de-AT", "en"],
            vec!["fi", "de-CH"],
            vec!["de-DE"],
        ] {
            assert_eq!(
                Language::for_reader(tags.iter().copied()),
                Language::German,
                "{tags:?}"
            );
        }
        assert_eq!(Language::for_reader(["en-US", "de"]), Language::English);
    }

    #[test]
    fn the_long_language_is_given_only_by_name() {
        assert_eq!(Language::of_tag("en-xa"), Some(Language::Pseudo));
        assert_eq!(Language::for_reader(["en-XA"]), Language::English);
    }

    #[test]
    fn every_file_is_read_without_a_mistake_and_no_name_is_given_twice() {
        for language in Language::CHOICES {
            let mut bundle = Bundle::new_concurrent(Vec::new());
            for (file, text) in language.texts() {
                let resource = FluentResource::try_new((*text).to_owned());
                let resource =
                    resource.unwrap_or_else(|(_, errors)| panic!("{}/{file}: {errors:?}", language.tag()));
                let added = bundle.add_resource(resource);
                assert!(added.is_ok(), "{}/{file}: {added:?}", language.tag());
            }
        }
    }
}
