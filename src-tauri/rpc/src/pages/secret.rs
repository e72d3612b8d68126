//! The secret: how long it lasts, and after it what exists. Nothing here could show it.

use domain::step::StepId;
use engine::progress::{Status, status};
use journey::parts::{Part, plan_of};
use journey::secret_life::{self, days_left};

use super::{Made, happened, message, page, planned, primary, removing};
use crate::request::Request;
use crate::view::{Choice, Content, KeyFact, MessageTone, OptionGroup, Page};

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
    let options = lives(made).into_iter().collect();
    let content = Content::Plan {
        answers: Vec::new(),
        plan: planned(made, plan_of(wizard, Part::Credential)),
        options,
        messages: vec![message(
            MessageTone::Secret,
            "Nobody will see this secret, you included",
            "It goes straight into this computer's keychain and later into the sealed file. It's safe to share or record this window.",
        )],
    };
    let replaces = wizard.notes().secret.is_some() && !saved;
    let removed = wizard.notes().secret_removed.filter(|_| !saved && !replaces);
    let (heading, lead) = match removed {
        Some((_, at)) => (
            "The secret was removed",
            format!(
                "Removed {}. It can't be brought back; a platform that had it needs a new one.",
                made.times.when(at, made.now)
            ),
        ),
        None if saved => (
            "See whether Microsoft takes the secret",
            "The secret is made and saved. What is left is to try it.".to_owned(),
        ),
        None => (
            "Create the app's secret",
            "The platform proves with it that it is the app.".to_owned(),
        ),
    };
    let mut page = page("secret", heading, Some(&lead), content);
    page.actions = vec![primary(
        if saved {
            "See whether Microsoft takes the secret"
        } else if replaces || removed.is_some() {
            "Make a new secret"
        } else if !wizard.notes().lost_secrets.is_empty() {
            "Remove the lost one and create the secret"
        } else {
            "Create the secret"
        },
        Request::Commit,
    )];
    page.action_note = Some("Can be removed at any time".into());
    if saved {
        page.actions.push(removing("Remove this secret", Request::Undo));
    }
    page
}

/// Whether the secret is made, and its value worth something.
fn saved(made: &Made<'_>) -> bool {
    let secret = made.wizard.notes().secret.as_ref();
    secret.is_some_and(|secret| !secret.given_up)
}

/// How long the secret can last. One that is made has its life; offering another would change nothing.
pub fn lives(made: &Made<'_>) -> Option<OptionGroup> {
    let wizard = made.wizard;
    let policy = wizard
        .state()
        .preflight
        .as_ref()
        .and_then(|preflight| preflight.longest_secret_days);
    let lives = secret_life::lives(wizard);
    (!saved(made)).then(|| OptionGroup {
        field: "days".into(),
        legend: "How long should the secret last?".into(),
        choices: lives.iter().map(|days| life(*days, policy, made)).collect(),
        chosen: secret_life::days(wizard).to_string(),
    })
}

fn life(days: i32, policy: Option<i32>, made: &Made<'_>) -> Choice {
    let ends = made
        .now
        .checked_add(jiff::SignedDuration::from_hours(i64::from(days) * 24))
        .map(|at| made.times.date(at))
        .unwrap_or_default();
    Choice {
        value: days.to_string(),
        title: format!("{days} days"),
        detail: format!("Until {ends}"),
        side: (policy == Some(days)).then(|| "The longest your policy allows".into()),
        tag: (days == 180).then(|| "Recommended".into()),
    }
}

fn after(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let mut key_facts = Vec::new();
    let mut happenings = Vec::new();
    if let Some(secret) = &state.at_hand().secret {
        let policy = state
            .preflight
            .as_ref()
            .and_then(|preflight| preflight.longest_secret_days);
        let total = days_left(secret.starts_at, secret.ends_at);
        let longest = if policy.map(i64::from) == Some(total) {
            ", the longest your policy allows"
        } else {
            ""
        };
        key_facts.push(KeyFact {
            term: "Ends on".into(),
            value: made.times.date(secret.ends_at),
            detail: format!("{}{longest}", made.times.ends(made.now, secret.ends_at)),
        });
        key_facts.push(KeyFact {
            term: "Reminders".into(),
            value: "60, 30 and 7 days before".into(),
            detail: "In the exported calendar file. Before the end, make a new secret here and hand it over"
                .into(),
        });
        let key = secret.key.to_string();
        let tail: String = key.chars().skip(key.len().saturating_sub(3)).collect();
        happenings.push(happened(
            made,
            secret.saved_at,
            "Made by Microsoft",
            format!("Key id ends in {tail}. Microsoft shows a secret once, so it's never asked for again."),
        ));
        happenings.push(happened(
            made,
            secret.saved_at,
            "Saved in this computer's keychain",
            "Read back and compared. It will also be inside the sealed file, and nowhere else.",
        ));
        if let Some((at, tries)) = secret.accepted {
            let detail = match tries {
                1 => "On the first try.".to_owned(),
                tries => format!("Try {tries}: a new secret is often refused for its first seconds."),
            };
            happenings.push(happened(made, at, "Accepted by Microsoft", detail));
        }
    }
    let content = Content::Done {
        key_facts,
        happened: happenings,
        facts: Vec::new(),
        messages: vec![message(
            MessageTone::Secret,
            "Nobody sees this secret, you included",
            "No button shows or copies it, and it isn't written to any log. It's safe to share or record this window.",
        )],
    };
    let ended = state
        .at_hand()
        .secret
        .as_ref()
        .is_some_and(|secret| secret.ends_at <= made.now);
    let heading = if ended {
        "The app's secret has ended"
    } else {
        "The app's secret is made and saved"
    };
    let mut page = page("secret-done", heading, None, content);
    page.actions = vec![
        primary(
            if state.mailboxes_confirmed {
                "Continue to the limit"
            } else {
                "Continue to mailboxes"
            },
            Request::Continue,
        ),
        removing("Remove this secret", Request::Undo),
    ];
    page
}
