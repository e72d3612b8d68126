//! The first screen: what you end with, what you need, what changes.

use super::{button, fact, finding, page, primary};
use crate::request::Request;
use crate::view::{Button, ButtonKind, Content, Disclosure, EndsWith, EndsWithLine, EndsWithRow, Page, Tone};

/// The first screen.
pub fn page_of(saved: usize) -> Page {
    let row = |name: &str, tone, word| EndsWithRow {
        name: name.into(),
        finding: finding(tone, word),
    };
    let line = |icon: &str, words: &str| EndsWithLine {
        icon: icon.into(),
        words: words.into(),
    };
    let content = Content::Start {
        facts: vec![
            fact("You need", "The mailbox addresses, and a sign-in that may create apps and holds Exchange Administrator. Global Administrator isn't needed."),
            fact("It takes", "About 20 minutes. Microsoft may then need up to 2 hours to apply the limit; you can close the window meanwhile."),
            fact("It changes", "One app, one secret and one limit in Exchange. Each is shown before it's made, and each can be undone."),
        ],
        footnote: "Nothing changes in Microsoft 365 until a button says Create, Limit, Remove or Delete.".into(),
        ends_with: EndsWith {
            title: "What you end with".into(),
            subtitle: "A proof, not a promise".into(),
            rows: vec![
                row("support@contoso.example", Tone::Works, "Works"),
                row("billing@contoso.example", Tone::Works, "Works"),
                row("ceo@contoso.example", Tone::Refused, "Refused"),
                row("Every other mailbox tried", Tone::Refused, "Refused"),
            ],
            lines: vec![line("sealed", "One sealed file that only your platform can open"), line("reminder", "A reminder before the secret ends")],
        },
        no_roles: Some(Disclosure {
            label: "I don't have these roles".into(),
            paragraphs: vec![
                "You can start anyway: after the sign-in, Mailgrant says which steps your sign-in may do and writes a request for the rest.".into(),
                "Creating the app takes Application Administrator, or an organisation that lets its members create apps. The limit takes Exchange Administrator. The two can be two people.".into(),
                "In the practice organisation you can try every step without any role.".into(),
            ],
        }),
    };
    let mut page = page(
        "start",
        "Connect a mail platform to chosen mailboxes, and no others",
        Some(
            "Mailgrant registers an app in your Microsoft 365 organisation, limits it to the mailboxes you name, proves that the others refuse it, and seals the result in one file for the platform.",
        ),
        content,
    );
    page.actions = vec![
        primary("Start", Request::StartReal),
        Button {
            icon: Some("practice".into()),
            ..button(
                ButtonKind::Secondary,
                "Try it with the practice organisation",
                Request::StartPractice,
            )
        },
    ];
    if saved > 0 {
        page.actions.push(button(
            ButtonKind::Subtle,
            "Open a saved connection",
            Request::ShowConnections,
        ));
    }
    page
}
