//! No permission in Entra: shown and proved; a broad grant is named and can be removed.

use super::{Made, button, happened, message, page, primary, secondary};
use crate::request::Request;
use crate::view::{Button, ButtonKind, Content, Message, MessageTone, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    let platform = made
        .wizard
        .profile()
        .map_or("The platform", |profile| &profile.name);
    let Some((at, grants)) = &made.wizard.state().grants else {
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
    if grants.is_empty() {
        let content = Content::Done {
            key_facts: Vec::new(),
            happened: vec![
                happened(
                    made.times,
                    *at,
                    "No application permission",
                    "Microsoft lists no app role for this app, on any API.",
                ),
                happened(
                    made.times,
                    *at,
                    "No delegated permission",
                    "Nobody consented to anything in this app's name.",
                ),
            ],
            facts: Vec::new(),
            messages: vec![message(
                MessageTone::Good,
                "This is as it should be",
                format!(
                    "A mail permission in Entra reaches every mailbox, and a limit can't take that back. {platform} gets its access from Exchange instead, at step 8, and nobody has to grant admin consent."
                ),
            )],
        };
        let mut page = page(
            "permissions",
            "The app needs no permission in Entra, and has none",
            None,
            content,
        );
        page.actions = vec![
            primary("Continue to the secret", Request::Continue),
            secondary("Look again", Request::Check),
        ];
        return page;
    }
    let messages = grants
        .iter()
        .map(|grant| Message {
            action: Some(Button { icon: Some("delete".into()), ..button(ButtonKind::Secondary, "Remove this grant", Request::RemoveGrant { id: grant.id.clone() }) }),
            ..message(
                MessageTone::Problem,
                format!("Too broad: {} on {}", grant.permission, grant.resource),
                "This grant in Entra reaches every mailbox, and the limit in Exchange can't narrow it. Removing it takes Privileged Role Administrator for Microsoft Graph.",
            )
        })
        .collect();
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: Vec::new(),
        facts: Vec::new(),
        messages,
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
