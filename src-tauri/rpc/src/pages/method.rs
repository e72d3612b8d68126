//! How the platform reaches mail, and what that lets it do.

use domain::permission::Method;
use profiles::Profile;

use super::{choice, page, primary};
use crate::request::Request;
use crate::view::{Choice, Content, Disclosure, Page};

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

/// The page.
pub fn page_of(profile: &Profile, chosen: Option<Method>) -> Page {
    let choices = profile
        .methods
        .iter()
        .map(|method| match method {
            Method::GraphAppOnly => Choice {
                tag: Some("Recommended".into()),
                ..choice(
                    value(*method),
                    "Microsoft Graph, chosen mailboxes only",
                    "The platform signs in as an app of its own. Exchange holds it to the mailboxes you name; no person's password is involved.",
                )
            },
        })
        .collect();
    let mut paragraphs: Vec<String> = profile
        .permissions
        .iter()
        .map(|asked| {
            format!(
                "{} ({}): {}",
                asked.permission.words(),
                asked.permission.name(),
                asked.reason
            )
        })
        .collect();
    paragraphs.extend(profile.over_asks.iter().map(|over| {
        format!(
            "Left out: {} Instead: {}",
            sentence(&over.asks),
            sentence(&over.instead)
        )
    }));
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
        messages: Vec::new(),
        more: Some(Disclosure {
            label: format!("What it lets {} do", profile.name),
            paragraphs,
        }),
    };
    let mut page = page(
        "method",
        format!("How should {} reach the mailboxes?", profile.name),
        None,
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
