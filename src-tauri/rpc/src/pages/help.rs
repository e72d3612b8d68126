//! Help for the open page. It stands in the window itself, because a computer may have no way to a web page.

use domain::message;
use domain::message::Message;
use domain::step::StepId;
use profiles::Profile;
use words::Speaker;

use super::{fact, page, primary};
use crate::rail::{self, Spot};
use crate::request::Request;
use crate::view::{Content, Page};

/// The help for a step, or for the pages around the steps.
pub fn page_of(speaker: &Speaker, profile: Option<&Profile>, spot: Option<Spot>) -> Page {
    let say = |message: Message| speaker.say(&message);
    let (heading, purpose) = match spot {
        Some(spot) => (
            message!(
                "help-heading-step",
                number = rail::number(profile, spot).0,
                name = rail::name(spot)
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
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: Vec::new(),
        facts: facts
            .into_iter()
            .map(|(term, value)| fact(&say(term), say(value)))
            .collect(),
        messages: Vec::new(),
    };
    let mut page = page("help", say(heading), None, content);
    page.actions = vec![primary(say(message!("help-close")), Request::Help)];
    page
}

fn purpose(step: StepId) -> Message {
    match step {
        StepId::Platform => message!("help-platform"),
        StepId::Method => message!("help-method"),
        StepId::SignIn => message!("help-sign-in"),
        StepId::App => message!("help-app"),
        StepId::Permissions => message!("help-permissions"),
        StepId::Secret => message!("help-secret"),
        StepId::Mailboxes => message!("help-mailboxes"),
        StepId::Limit => message!("help-limit"),
        StepId::Verify => message!("help-verify"),
        StepId::Export => message!("help-export"),
    }
}
