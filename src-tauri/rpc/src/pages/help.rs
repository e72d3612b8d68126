//! Help for the open page. It stands in the window itself, because a computer may have no way to a web page.

use domain::step::StepId;

use super::{fact, page, primary};
use crate::request::Request;
use crate::view::{Content, Page};

/// The help for a step, or for the pages around the steps.
pub fn page_of(step: Option<StepId>) -> Page {
    let (heading, purpose) = match step {
        Some(step) => (
            format!("Help with step {}: {}", step.number(), step.name()),
            purpose(step),
        ),
        None => (
            "Help".to_owned(),
            "Mailgrant connects a mail platform to the mailboxes you name, and proves that it reaches no others.",
        ),
    };
    let facts = vec![
        fact("What this is for", purpose),
        fact(
            "If you stop here",
            "Everything is saved. Close the window at any time; the connection waits in the list and goes on where you left it.",
        ),
        fact(
            "If something goes wrong",
            "A page says what happened, why, what to do and who can do it. Copy the details from there for support; they hold no secret.",
        ),
        fact(
            "If somebody is watching",
            "Presenting mode, Ctrl+Shift+P, puts stable words in place of names and ids. No screen ever shows the secret.",
        ),
        fact(
            "To try it safely",
            "The practice organisation plays Microsoft 365 on this computer. Nothing in it is real.",
        ),
    ];
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: Vec::new(),
        facts,
        messages: Vec::new(),
    };
    let mut page = page("help", heading, None, content);
    page.actions = vec![primary("Close the help", Request::Help)];
    page
}

fn purpose(step: StepId) -> &'static str {
    match step {
        StepId::Platform => {
            "It chooses what is connected. The platform's profile says which access it needs and why."
        }
        StepId::Method => "It chooses how the platform reaches mail, and shows what that lets it do.",
        StepId::SignIn => {
            "You sign in in your own browser. Mailgrant reads who you are and which roles you hold; nothing is changed."
        }
        StepId::App => {
            "It creates the app that the platform signs in as. On its own the app reaches no mailbox."
        }
        StepId::Permissions => {
            "It proves that the app has no permission in Entra, because one there would reach every mailbox."
        }
        StepId::Secret => "It has Microsoft make the app's secret and keeps it in this computer's keychain.",
        StepId::Mailboxes => {
            "You name the mailboxes that the app may use, and at least one that must stay refused."
        }
        StepId::Limit => {
            "It limits the app to the chosen mailboxes in Exchange. That is all the access it gets."
        }
        StepId::Verify => {
            "It tries every named mailbox with the app's own key: the chosen ones must answer, the others must be refused."
        }
        StepId::Export => {
            "It seals everything the platform needs into one file, beside a record and a reminder."
        }
    }
}
