//! The first screen: what you end with, what you need, what changes.

use domain::message;
use domain::message::{Arg, Message};
use words::Speaker;

use super::{button, fact, finding, page, primary};
use crate::request::Request;
use crate::view::{
    ActIcon, Button, ButtonKind, Content, Disclosure, EndsWith, EndsWithLine, EndsWithRow, FileIcon, Page,
    Tone,
};

/// The first screen.
pub fn page_of(speaker: &Speaker, saved: usize) -> Page {
    let say = |message: Message| speaker.say(&message);
    let row = |name: String, tone, word| EndsWithRow {
        name,
        finding: finding(tone, &say(word)),
    };
    let line = |icon, words| EndsWithLine {
        icon,
        words: say(words),
    };
    let address = |address: &str| speaker.value(&Arg::theirs(address));
    let works = || message!("start-works");
    let refused = || message!("start-refused");
    let content = Content::Start {
        facts: vec![
            fact(&say(message!("start-you-need")), say(message!("start-needed"))),
            fact(&say(message!("start-it-takes")), say(message!("start-taken"))),
            fact(&say(message!("start-it-changes")), say(message!("start-changed"))),
        ],
        footnote: say(message!("start-footnote")),
        ends_with: EndsWith {
            title: say(message!("start-ends-with")),
            subtitle: say(message!("start-proof")),
            // Made-up addresses, which somebody may have after all.
            rows: vec![
                row(address("support@contoso.example"), Tone::Works, works()),
                row(address("billing@contoso.example"), Tone::Works, works()),
                row(address("ceo@contoso.example"), Tone::Refused, refused()),
                row(say(message!("start-every-other")), Tone::Refused, refused()),
            ],
            lines: vec![
                line(FileIcon::Sealed, message!("start-sealed-file")),
                line(FileIcon::Reminder, message!("start-reminder")),
            ],
        },
        no_roles: Some(Disclosure {
            label: say(message!("start-no-roles")),
            paragraphs: vec![
                say(message!("start-no-roles-anyway")),
                say(message!("start-no-roles-which")),
                say(message!("start-no-roles-practice")),
            ],
        }),
    };
    let lead = say(message!("start-lead"));
    let mut page = page("start", say(message!("start-heading")), Some(&lead), content);
    page.actions = vec![
        primary(say(message!("start-start")), Request::StartReal),
        Button {
            icon: Some(ActIcon::Practice),
            ..button(
                ButtonKind::Secondary,
                say(message!("start-practice")),
                Request::StartPractice,
            )
        },
    ];
    page.actions.push(button(
        ButtonKind::Subtle,
        say(message!("finding-find")),
        Request::FindAgain { practice: false },
    ));
    if saved > 0 {
        page.actions.push(button(
            ButtonKind::Subtle,
            say(message!("start-open-saved")),
            Request::ShowConnections,
        ));
    }
    page
}
