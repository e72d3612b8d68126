//! How the platform reaches mail, and what that lets it do.

use domain::message;
use domain::message::{Arg, Kind, Message, Part};
use domain::permission::{Method, Permission};
use profiles::Profile;
use words::Speaker;

use super::{access, choice, page, primary};
use crate::request::Request;
use crate::view::{Choice, Content, Disclosure, Extra, Page};

/// The page.
pub fn page_of(speaker: &Speaker, profile: &Profile, chosen: Option<Method>, granted: &[Permission]) -> Page {
    let say = |message: Message| speaker.say(&message);
    let platform = || Arg::name(Kind::Platform, &profile.name);
    let choices = profile
        .methods
        .iter()
        .map(|method| Choice {
            tag: (*method == Method::RECOMMENDED).then(|| say(message!("method-recommended"))),
            ..choice(
                method.name(),
                say(method.said()),
                speaker.part(&method.said(), Part::Text).unwrap_or_default(),
            )
        })
        .collect();
    let paragraphs: Vec<String> = profile
        .over_asks
        .iter()
        .map(|over| {
            say(message!(
                "method-left-out",
                asks = over.asks.map(sentence),
                instead = over.instead.map(sentence)
            ))
        })
        .collect();
    // With one method there is nothing to choose, but the reader sees what it is before going on.
    let only = (profile.methods.len() == 1)
        .then(|| profile.methods.first().copied())
        .flatten();
    let content = Content::Choose {
        field: "method".into(),
        legend: say(message!("method-legend")),
        choices,
        chosen: chosen.or(only).map(|method| method.name().to_owned()),
        searchable: false,
        extras: profile
            .permissions
            .iter()
            .map(|asked| {
                let reason = &asked.reason;
                Extra {
                    value: asked.permission.name().into(),
                    title: say(access(asked.permission)),
                    detail: say(if profile.open {
                        message!("method-chosen-with-platform", reason = reason)
                    } else if asked.optional {
                        message!("method-optional", platform = platform(), reason = reason)
                    } else {
                        message!("method-needed", reason = reason)
                    }),
                    on: granted.contains(&asked.permission),
                    needed: !asked.optional,
                }
            })
            .collect(),
        own: Vec::new(),
        messages: Vec::new(),
        more: (!paragraphs.is_empty()).then(|| Disclosure {
            label: say(message!(
                "method-beyond",
                vendor = Arg::name(Kind::Platform, &profile.vendor)
            )),
            paragraphs,
        }),
    };
    let lead = say(if profile.open {
        message!("method-lead-open")
    } else {
        message!("method-lead")
    });
    let mut page = page(
        "method",
        say(message!("method-heading", platform = platform())),
        Some(&lead),
        content,
    );
    page.actions = vec![primary(say(message!("method-continue")), Request::Submit)];
    page
}

/// A text as a sentence of its own.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
