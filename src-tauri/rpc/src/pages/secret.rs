//! The secret: how long it lasts, and after it what exists. Nothing here could show it.

use domain::credential::CredentialKind;
use domain::message;
use domain::message::{Arg, Message};
use domain::step::StepId;
use engine::progress::{Status, status};
use jiff::{SignedDuration, Timestamp};
use journey::parts::{Part, plan_of};
use journey::secret_life::{self, days_left};

use super::{Made, ends, happened, has_ended, message, page, planned, primary, removing};
use crate::request::Request;
use crate::view::{Choice, Content, KeyFact, Message as Notice, MessageTone, OptionGroup, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    match status(made.wizard.state(), StepId::Secret, made.now) {
        Status::Done | Status::Ended => after(made),
        _ => before(made),
    }
}

fn before(made: &Made<'_>) -> Page {
    let wizard = made.wizard;
    let saved = saved(made);
    let options = kinds(made).into_iter().chain(lives(made)).collect();
    let content = Content::Plan {
        answers: Vec::new(),
        plan: planned(made, plan_of(wizard, Part::Credential)),
        options,
        messages: certificate_only(made)
            .into_iter()
            .chain([message(
                MessageTone::Secret,
                made.say(message!("secret-unseen")),
                made.say(message!("secret-unseen-text")),
            )])
            .collect(),
    };
    let replaces = wizard.notes().secret.is_some() && !saved;
    let renews = wizard.state().renewal.is_some();
    let removed = wizard
        .notes()
        .secret_removed
        .filter(|_| !saved && !replaces && !renews);
    let (heading, lead) = match removed {
        Some((_, at)) => (
            message!("secret-removed"),
            message!("secret-removed-lead", when = Arg::when(at)),
        ),
        None if saved => (message!("secret-try"), message!("secret-try-lead")),
        None if renews => (
            message!("renewing-secret"),
            message!("renewing-secret-lead", ended = has_ended(made)),
        ),
        None => (message!("secret-heading"), message!("secret-lead")),
    };
    let mut page = page("secret", made.say(heading), Some(&made.say(lead)), content);
    let commit = if saved {
        message!("secret-try")
    } else if replaces || removed.is_some() {
        message!("secret-make-new")
    } else if !wizard.notes().lost_secrets.is_empty() {
        message!("secret-replace-lost")
    } else {
        message!("secret-create")
    };
    page.actions = vec![primary(made.say(commit), Request::Commit)];
    page.action_note = Some(made.say(message!("secret-note")));
    if saved {
        page.actions
            .push(removing(made.say(message!("secret-remove")), Request::Undo));
    }
    page
}

/// Whether the secret is made, and its value worth something.
fn saved(made: &Made<'_>) -> bool {
    let secret = made.wizard.notes().secret.as_ref();
    secret.is_some_and(|secret| !secret.given_up)
}

/// What the app can sign in with, where there is a choice.
pub fn kinds(made: &Made<'_>) -> Option<OptionGroup> {
    let wizard = made.wizard;
    let kinds = secret_life::kinds(wizard);
    let choice = |kind: &CredentialKind| {
        let said = match kind {
            CredentialKind::Secret => message!("secret-kind-secret"),
            CredentialKind::Certificate => message!("secret-kind-certificate"),
        };
        Choice {
            value: kind.name().to_owned(),
            detail: made.detail(&said),
            title: made.say(said),
            side: None,
            tag: None,
        }
    };
    (!saved(made) && kinds.len() > 1).then(|| OptionGroup {
        field: "credential".into(),
        legend: made.say(message!("secret-kind-legend")),
        choices: kinds.iter().map(choice).collect(),
        chosen: secret_life::kind(wizard).name().to_owned(),
    })
}

/// Why it is a certificate, where the organisation allows no secret.
pub fn certificate_only(made: &Made<'_>) -> Option<Notice> {
    let forced = secret_life::are_forbidden(made.wizard)
        && !saved(made)
        && secret_life::kind(made.wizard) == CredentialKind::Certificate;
    forced.then(|| {
        message(
            MessageTone::NeedsYou,
            made.say(message!("secret-kind-only")),
            made.say(message!("secret-kind-only-text")),
        )
    })
}

/// How long the secret can last. One that is made has its life; offering another would change nothing.
pub fn lives(made: &Made<'_>) -> Option<OptionGroup> {
    let wizard = made.wizard;
    let policy = secret_life::longest_by_policy(wizard);
    let lives = secret_life::lives(wizard);
    (!saved(made)).then(|| OptionGroup {
        field: "days".into(),
        legend: made.say(message!("secret-life-legend")),
        choices: lives.iter().map(|days| life(*days, policy, made)).collect(),
        chosen: secret_life::days(wizard).to_string(),
    })
}

/// When a secret ends that is made now and lasts so many days.
pub fn end_after(made: &Made<'_>, days: i32) -> Option<Timestamp> {
    let life = SignedDuration::from_hours(i64::from(days) * 24);
    made.now.checked_add(life).ok()
}

fn life(days: i32, policy: Option<i32>, made: &Made<'_>) -> Choice {
    let end = end_after(made, days).map(|end| message!("secret-life-until", end = Arg::date(end)));
    Choice {
        value: days.to_string(),
        title: made.say(message!("secret-life", days = days.unsigned_abs())),
        detail: end.map(|end| made.say(end)).unwrap_or_default(),
        side: (policy == Some(days)).then(|| made.say(message!("secret-life-longest"))),
        tag: (days == 180).then(|| made.say(message!("secret-life-recommended"))),
    }
}

fn after(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let mut key_facts = Vec::new();
    let mut happenings = Vec::new();
    if let Some(secret) = &state.at_hand().secret {
        let policy = secret_life::longest_by_policy(made.wizard);
        let total = days_left(secret.starts_at, secret.ends_at);
        let left = ends(made.now, secret.ends_at);
        let left = if policy.map(i64::from) == Some(total) {
            message!("secret-left-longest", left = left)
        } else {
            left
        };
        let key_fact = |term: Message, value: Arg, detail: Message| KeyFact {
            term: made.say(term),
            value: made.value(value),
            detail: made.say(detail),
        };
        key_facts.push(key_fact(
            message!("secret-fact-ends"),
            Arg::date(secret.ends_at),
            left,
        ));
        key_facts.push(key_fact(
            message!("secret-fact-reminders"),
            message!("secret-reminders").into(),
            message!("secret-reminders-text"),
        ));
        happenings.push(happened(
            made,
            secret.saved_at,
            message!("secret-made"),
            message!("secret-made-text", key = Arg::ends(secret.key)),
        ));
        happenings.push(happened(
            made,
            secret.saved_at,
            message!("secret-saved"),
            message!("secret-saved-text"),
        ));
        if let Some((at, tries)) = secret.accepted {
            happenings.push(happened(
                made,
                at,
                message!("secret-accepted"),
                message!("secret-accepted-text", tries = tries),
            ));
        }
    }
    let content = Content::Done {
        key_facts,
        happened: happenings,
        facts: Vec::new(),
        messages: vec![message(
            MessageTone::Secret,
            made.say(message!("secret-still-unseen")),
            made.say(message!("secret-still-unseen-text")),
        )],
    };
    let ended = state
        .at_hand()
        .secret
        .as_ref()
        .is_some_and(|secret| secret.ends_at <= made.now);
    let heading = if ended {
        message!("secret-has-ended")
    } else {
        message!("secret-done")
    };
    let onward = if state.mailboxes_confirmed {
        message!("secret-to-limit")
    } else {
        message!("secret-to-mailboxes")
    };
    let mut page = page("secret-done", made.say(heading), None, content);
    page.actions = vec![
        primary(made.say(onward), Request::Continue),
        removing(made.say(message!("secret-remove")), Request::Undo),
    ];
    page
}
