//! How the platform reaches mail, and what that lets it do.

use domain::permission::{Method, Permission};
use profiles::Profile;

use super::{choice, page, primary};
use crate::request::Request;
use crate::view::{Choice, Content, Disclosure, Extra, Page};

/// The name of a method in requests.
pub fn value(method: Method) -> &'static str {
    match method {
        Method::GraphAppOnly => "graph-app-only",
    }
}

/// The method of a name.
pub fn of_value(value: &str) -> Option<Method> {
    [Method::GraphAppOnly]
        .into_iter()
        .find(|method| self::value(*method) == value)
}

/// What a method is called.
pub fn title(method: Method) -> &'static str {
    match method {
        Method::GraphAppOnly => "Microsoft Graph, chosen mailboxes only",
    }
}

/// The page.
pub fn page_of(profile: &Profile, chosen: Option<Method>, granted: &[Permission]) -> Page {
    let choices = profile
        .methods
        .iter()
        .map(|method| match method {
            Method::GraphAppOnly => Choice {
                tag: Some("Recommended".into()),
                ..choice(
                    value(*method),
                    title(*method),
                    "The platform signs in as an app of its own. Exchange holds it to the mailboxes you name; no person's password is involved.",
                )
            },
        })
        .collect();
    let paragraphs: Vec<String> = profile
        .over_asks
        .iter()
        .map(|over| {
            format!(
                "Left out: {} Instead: {}",
                sentence(&over.asks),
                sentence(&over.instead)
            )
        })
        .collect();
    // With one method there is nothing to choose, but the reader sees what it is before going on.
    let only = (profile.methods.len() == 1)
        .then(|| profile.methods.first().copied())
        .flatten();
    let content = Content::Choose {
        field: "method".into(),
        legend: "Method".into(),
        choices,
        chosen: chosen.or(only).map(|method| value(method).to_owned()),
        searchable: false,
        extras: profile
            .permissions
            .iter()
            .map(|asked| Extra {
                value: asked.permission.name().into(),
                title: format!("{} ({})", asked.permission.words(), asked.permission.name()),
                detail: if profile.open {
                    format!("Chosen with the platform, {}.", asked.reason)
                } else if asked.optional {
                    format!("{} can do without it. Choose it {}.", profile.name, asked.reason)
                } else {
                    format!("Needed {}.", asked.reason)
                },
                on: granted.contains(&asked.permission),
                needed: !asked.optional,
            })
            .collect(),
        own: None,
        messages: Vec::new(),
        more: (!paragraphs.is_empty()).then(|| Disclosure {
            label: format!("What {}'s own procedure asks for beyond this", profile.vendor),
            paragraphs,
        }),
    };
    let mut page = page(
        "method",
        format!("How should {} reach the mailboxes?", profile.name),
        Some(if profile.open {
            "What it may do there was chosen with the platform, and you can change it there later."
        } else {
            "And what may it do there? Only what is ticked is given, and you can change it later."
        }),
        content,
    );
    page.actions = vec![primary("Continue", Request::Submit)];
    page
}

/// A text as a sentence of its own.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
