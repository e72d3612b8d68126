//! No permission in Entra: shown and proved; a broad grant is named and can be removed.

use domain::grant::{EntraGrant, Opens};
use domain::message::{Arg, Part};
use jiff::Timestamp;
use journey::reasons::of_grant;

use super::{Made, button, fact, happened, message, page, primary, secondary};
use crate::request::Request;
use crate::view::{ActIcon, Button, ButtonKind, Content, Message, MessageTone, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    let platform = made
        .wizard
        .profile()
        .map_or("The platform", |profile| &profile.name);
    let Some((at, grants)) = &made.wizard.notes().grants else {
        let content = Content::Done {
            key_facts: Vec::new(),
            happened: Vec::new(),
            facts: Vec::new(),
            messages: Vec::new(),
        };
        let mut page = page(
            "permissions",
            "See that the app has no permission in Entra",
            None,
            content,
        );
        page.actions = vec![primary("Look now", Request::Check)];
        return page;
    };
    let (harmless, broad): (Vec<_>, Vec<_>) = grants.iter().partition(|grant| grant.opens == Opens::Nothing);
    if broad.is_empty() {
        return as_it_should_be(made, *at, platform, &harmless);
    }
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: Vec::new(),
        facts: Vec::new(),
        messages: self::broad(made),
    };
    let mut page = page(
        "permissions-too-broad",
        "The app is allowed too much in Entra",
        Some("Remove what is listed, then look again."),
        content,
    );
    page.actions = vec![primary("Look again", Request::Check)];
    page
}

/// Each grant that opens mailboxes, with the way to remove it.
pub fn broad(made: &Made<'_>) -> Vec<Message> {
    let grants = made.wizard.notes().grants.iter().flat_map(|(_, grants)| grants);
    grants
        .filter(|grant| grant.opens != Opens::Nothing)
        .map(|grant| {
            let told = of_grant(grant);
            let text = made.value(Arg::part(Part::Text, told.clone()));
            Message {
                action: Some(Button {
                    icon: Some(ActIcon::Delete),
                    ..button(
                        ButtonKind::Secondary,
                        "Remove this grant",
                        Request::RemoveGrant { id: grant.id.clone() },
                    )
                }),
                ..message(
                    MessageTone::Problem,
                    made.value(Arg::part(Part::Title, told)),
                    format!("{text} Removing it takes Privileged Role Administrator for Microsoft Graph."),
                )
            }
        })
        .collect()
}

/// No grant opens a mailbox. One that opens none is named as what it is.
fn as_it_should_be(made: &Made<'_>, at: Timestamp, platform: &str, harmless: &[&EntraGrant]) -> Page {
    let happenings = if harmless.is_empty() {
        vec![
            happened(
                made,
                at,
                "No application permission",
                "Microsoft lists no app role for this app, on any API.",
            ),
            happened(
                made,
                at,
                "No delegated permission",
                "Nobody consented to anything in this app's name.",
            ),
        ]
    } else {
        vec![happened(
            made,
            at,
            "No permission that opens a mailbox",
            "Every grant to this app was read, and none reaches mail.",
        )]
    };
    let facts = harmless
        .iter()
        .map(|grant| {
            let kind = if grant.app_role {
                "application permission"
            } else {
                "sign-in permission"
            };
            fact(
                &grant.permission,
                format!("On {}, {kind}; it opens no mailbox", grant.resource),
            )
        })
        .collect();
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: happenings,
        facts,
        messages: vec![message(
            MessageTone::Good,
            "This is as it should be",
            format!(
                "A mail permission in Entra reaches every mailbox, and a limit can't take that back. {platform} gets its access from Exchange instead, with the limit, and nobody has to grant admin consent."
            ),
        )],
    };
    let heading = if harmless.is_empty() {
        "The app needs no permission in Entra, and has none"
    } else {
        "The app has no permission in Entra that opens a mailbox"
    };
    let mut page = page("permissions", heading, None, content);
    page.actions = vec![
        primary("Continue to the secret", Request::Continue),
        secondary("Look again", Request::Check),
    ];
    page
}
