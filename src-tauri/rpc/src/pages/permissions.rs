//! No permission in Entra: shown and proved; a broad grant is named and can be removed.

use domain::grant::{EntraGrant, Opens};
use domain::message;
use domain::message::{Arg, Join, Kind, Part};
use domain::step::StepId;
use engine::progress::{Status, status, stays_for_now};
use jiff::Timestamp;
use journey::parts::plan_of;
use journey::reasons::of_grant;

use super::{Made, button, fact, happened, message, page, planned, primary, secondary};
use crate::request::Request;
use crate::view::{ActIcon, Button, ButtonKind, Content, Message, MessageTone, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    let Some((at, grants)) = &made.wizard.notes().grants else {
        let content = Content::Done {
            key_facts: Vec::new(),
            happened: Vec::new(),
            facts: Vec::new(),
            messages: Vec::new(),
        };
        let mut page = page(
            "permissions",
            made.say(message!("permissions-heading")),
            None,
            content,
        );
        page.actions = vec![primary(made.say(message!("permissions-look")), Request::Check)];
        return page;
    };
    let state = made.wizard.state();
    let (needed, others): (Vec<_>, Vec<_>) = grants.iter().partition(|grant| state.needs_grant(grant));
    let (harmless, broad): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|grant| grant.opens == Opens::Nothing);
    if broad.is_empty() && state.app_roles_are_left() {
        return to_grant(made);
    }
    if broad.is_empty() {
        return as_it_should_be(made, *at, &harmless, &needed);
    }
    if status(made.wizard.state(), StepId::Permissions, made.now) == Status::Done {
        return for_now(made, *at, &broad);
    }
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: Vec::new(),
        facts: Vec::new(),
        messages: self::broad(made),
    };
    let mut page = page(
        "permissions-too-broad",
        made.say(message!("permissions-too-broad")),
        Some(&made.say(message!("permissions-too-broad-lead"))),
        content,
    );
    page.actions = vec![primary(
        made.say(message!("permissions-look-again")),
        Request::Check,
    )];
    page
}

/// What has to be granted, before it is.
fn to_grant(made: &Made<'_>) -> Page {
    let content = Content::Plan {
        answers: Vec::new(),
        plan: planned(made, plan_of(made.wizard, journey::parts::Part::Permissions)),
        options: Vec::new(),
        messages: Vec::new(),
    };
    let mut page = page(
        "permissions-to-grant",
        made.say(message!("permissions-to-grant")),
        Some(&made.say(message!("permissions-to-grant-lead"))),
        content,
    );
    let count = made.wizard.state().lacks_in_entra().len();
    page.actions = vec![primary(
        made.say(message!("permissions-grant", count = count)),
        Request::Commit,
    )];
    page
}

/// What was granted to an app that was taken over stays until the limit has taken its place.
fn for_now(made: &Made<'_>, at: Timestamp, broad: &[&EntraGrant]) -> Page {
    let grant = |grant: &&EntraGrant| {
        fact(
            &made.value(Arg::term(&grant.permission)),
            made.value(Arg::theirs(&grant.resource)),
        )
    };
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: vec![happened(
            made,
            at,
            message!("adopting-permissions-read"),
            message!("adopting-permissions-read-text"),
        )],
        facts: broad.iter().map(grant).collect(),
        messages: vec![message(
            MessageTone::Waiting,
            made.say(message!("adopting-stay-for-now", count = broad.len())),
            made.say(message!("adopting-stay-for-now-text")),
        )],
    };
    let mut page = page(
        "permissions-for-now",
        made.say(message!("adopting-permissions")),
        None,
        content,
    );
    page.actions = vec![
        primary(made.say(message!("permissions-continue")), Request::Continue),
        secondary(made.say(message!("permissions-look-again")), Request::Check),
    ];
    page
}

/// Each grant that opens mailboxes, with the way to remove it.
pub fn broad(made: &Made<'_>) -> Vec<Message> {
    let grants = made.wizard.notes().grants.iter().flat_map(|(_, grants)| grants);
    grants
        .filter(|grant| {
            let state = made.wizard.state();
            grant.opens != Opens::Nothing && !state.needs_grant(grant) && !stays_for_now(state)
        })
        .map(|grant| {
            let told = of_grant(grant);
            let text = [
                Arg::part(Part::Text, told.clone()),
                message!("permissions-removing-takes").into(),
            ];
            Message {
                action: Some(Button {
                    icon: Some(ActIcon::Delete),
                    ..button(
                        ButtonKind::Secondary,
                        made.say(message!("permissions-remove")),
                        Request::RemoveGrant { id: grant.id.clone() },
                    )
                }),
                ..message(
                    MessageTone::Problem,
                    made.value(Arg::part(Part::Title, told)),
                    made.value(Arg::list(Join::Sentences, text)),
                )
            }
        })
        .collect()
}

/// No grant opens a mailbox. One that opens none is named as what it is.
fn as_it_should_be(made: &Made<'_>, at: Timestamp, harmless: &[&EntraGrant], needed: &[&EntraGrant]) -> Page {
    let happenings = if !needed.is_empty() {
        vec![happened(
            made,
            at,
            message!("permissions-none-else"),
            message!("permissions-none-else-text"),
        )]
    } else if harmless.is_empty() {
        vec![
            happened(
                made,
                at,
                message!("permissions-no-role"),
                message!("permissions-no-role-text"),
            ),
            happened(
                made,
                at,
                message!("permissions-no-consent"),
                message!("permissions-no-consent-text"),
            ),
        ]
    } else {
        vec![happened(
            made,
            at,
            message!("permissions-none-opens"),
            message!("permissions-none-opens-text"),
        )]
    };
    let facts = needed
        .iter()
        .chain(harmless)
        .map(|grant| {
            let api = Arg::theirs(&grant.resource);
            let what = if needed.contains(grant) {
                message!("permissions-needed-role", api = api)
            } else if grant.app_role {
                message!("permissions-harmless-role", api = api)
            } else {
                message!("permissions-harmless-consent", api = api)
            };
            fact(&made.value(Arg::term(&grant.permission)), made.say(what))
        })
        .collect();
    let instead = match made.wizard.profile() {
        _ if !needed.is_empty() => message!("permissions-lets-in-text", count = needed.len()),
        Some(profile) => message!(
            "permissions-good-text",
            platform = Arg::name(Kind::Platform, &profile.name)
        ),
        None => message!("permissions-good-text-of-some"),
    };
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: happenings,
        facts,
        messages: vec![message(
            MessageTone::Good,
            made.say(message!("permissions-good")),
            made.say(instead),
        )],
    };
    let heading = if !needed.is_empty() {
        message!("permissions-has-needed", count = needed.len())
    } else if harmless.is_empty() {
        message!("permissions-has-none")
    } else {
        message!("permissions-has-harmless")
    };
    let mut page = page("permissions", made.say(heading), None, content);
    page.actions = vec![
        primary(made.say(message!("permissions-continue")), Request::Continue),
        secondary(made.say(message!("permissions-look-again")), Request::Check),
    ];
    page
}
