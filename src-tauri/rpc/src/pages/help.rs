//! Help for the open page. It stands in the window itself, because a computer may have no way to a web page.

use domain::message;
use domain::message::{Arg, Message};
use domain::step::StepId;
use journey::route::Route;
use words::{Language, Speaker};

use super::{fact, page, primary};
use crate::languages::Languages;
use crate::rail::{self, Spot};
use crate::request::Request;
use crate::view::{Content, LanguageChoice, LanguageName, Page};

/// What stands for the language of the computer.
const SYSTEM: &str = "system";

/// The help for a step, or for the pages around the steps; and which language is spoken, of those that there are and were
/// chosen.
pub fn page_of(
    speaker: &Speaker,
    spot: Option<(&Route, Spot)>,
    (languages, chosen): (&Languages, Option<Language>),
) -> Page {
    let say = |message: Message| speaker.say(&message);
    let (heading, purpose) = match spot {
        Some((route, spot)) => (
            message!(
                "help-heading-step",
                number = rail::number(route, spot).0,
                name = rail::name(route, spot)
            ),
            match spot {
                Spot::Plan => message!("help-plan"),
                Spot::Step(step) => purpose(step),
            },
        ),
        None => (message!("help-heading"), message!("help-purpose")),
    };
    let facts = [
        (message!("help-what-for"), purpose),
        (message!("help-if-you-stop"), message!("help-saved")),
        (message!("help-if-wrong"), message!("help-problems")),
        (message!("help-if-watched"), message!("help-presenting")),
        (message!("help-to-try"), message!("help-practice")),
    ];
    let content = Content::Help {
        facts: facts
            .into_iter()
            .map(|(term, value)| fact(&say(term), say(value)))
            .collect(),
        language: language(speaker, languages, chosen),
    };
    let mut page = page("help", say(heading), None, content);
    page.actions = vec![primary(say(message!("help-close")), Request::Help)];
    page
}

/// The languages to choose from, each by its own name, because whoever looks for theirs may not read this one.
fn language(speaker: &Speaker, languages: &Languages, chosen: Option<Language>) -> LanguageChoice {
    let of_system = Arg::term(languages.of_system().own_name());
    let system = LanguageName {
        value: SYSTEM.into(),
        title: speaker.say(&message!("help-as-system", language = of_system)),
        lang: speaker.language().tag().into(),
    };
    let named = |language: &Language| LanguageName {
        value: language.tag().into(),
        title: language.own_name().into(),
        lang: language.tag().into(),
    };
    LanguageChoice {
        label: speaker.say(&message!("help-language")),
        chosen: chosen.map_or(SYSTEM, Language::tag).into(),
        choices: std::iter::once(system)
            .chain(Language::CHOICES.iter().map(named))
            .collect(),
    }
}

fn purpose(step: StepId) -> Message {
    match step {
        StepId::Platform => message!("help-platform"),
        StepId::Method => message!("help-method"),
        StepId::SignIn => message!("help-sign-in"),
        StepId::ExistingApp => message!("help-existing-app"),
        StepId::OldPermissions => message!("help-old-permissions"),
        StepId::App => message!("help-app"),
        StepId::Permissions => message!("help-permissions"),
        StepId::Secret => message!("help-secret"),
        StepId::Mailboxes => message!("help-mailboxes"),
        StepId::Limit => message!("help-limit"),
        StepId::Protocols => message!("help-protocols"),
        StepId::Verify => message!("help-verify"),
        StepId::Export => message!("help-export"),
        StepId::OldSecret => message!("help-old-secret"),
    }
}
