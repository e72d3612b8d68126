//! The client secret: made by Microsoft, kept in this computer's keychain, never drawn.
//!
//! Microsoft tells a secret once. Between its making and its saving lies a moment in which a crash loses it, and no
//! design can close that (security-and-reliability §0.1). So every try carries a tag of its own: after a crash the
//! step looks for secrets with our tag, keeps the one that lies in the keychain, and removes one whose value is lost.
//! Needs: owner of the app, or Application Administrator. Undo: remove the secret, in Entra and in the keychain.

use domain::ids::{ConnectionId, KeyId};
use domain::problem::{Code, Problem, Retry};
use domain::secret::Secret;
use engine::event::{Event, Intent};
use jiff::{Timestamp, ToSpan};
use microsoft::entra::app_token;
use microsoft::error::Error;
use microsoft::graph::credentials::{self, PasswordCredential};
use uuid::Uuid;

use crate::plan::{Line, Plan};
use crate::problems::{APP_ROLE, Doing, problem};
use crate::wizard::{Wizard, internal};

/// How long a secret may last, in days, shortest first.
const LIVES: [i32; 4] = [90, 180, 365, 730];
/// What is chosen where nothing else is: Microsoft recommends less than a year (microsoft-facts §2.4).
const USUAL: i32 = 180;

/// The lives to choose from: those that the organisation's policy and the platform allow, and the policy's own limit.
pub fn lives(wizard: &Wizard) -> Vec<i32> {
    let policy = wizard
        .state()
        .preflight
        .as_ref()
        .and_then(|preflight| preflight.longest_secret_days);
    let platform = wizard
        .profile()
        .map(|profile| i32::from(profile.credential.longest_months) * 30 + 10);
    let longest = [policy, platform].into_iter().flatten().min().unwrap_or(730);
    let mut lives: Vec<i32> = LIVES.into_iter().filter(|days| *days <= longest).collect();
    if let Some(policy) = policy.filter(|days| *days <= longest && !lives.contains(days)) {
        lives.push(policy);
    }
    lives.sort_unstable();
    if lives.is_empty() {
        lives.push(longest.max(1));
    }
    lives
}

/// The chosen life in days.
pub fn days(wizard: &Wizard) -> i32 {
    let lives = lives(wizard);
    wizard
        .state()
        .secret_days
        .filter(|days| lives.contains(days))
        .unwrap_or_else(|| {
            lives
                .iter()
                .copied()
                .filter(|days| *days <= USUAL)
                .max()
                .or(lives.first().copied())
                .unwrap_or(USUAL)
        })
}

/// Chooses how long the secret lasts.
pub fn choose_days(wizard: &mut Wizard, days: i32) -> Result<(), Problem> {
    if wizard.state().secret_days == Some(days) || !lives(wizard).contains(&days) {
        return Ok(());
    }
    wizard.record(Event::SecretDaysChosen { days })
}

/// What will be made.
pub fn plan(wizard: &Wizard) -> Plan {
    Plan {
        will: vec![
            Line::new(
                "One client secret",
                format!("Lasts {} days, then it stops working", days(wizard)),
            ),
            Line::new(
                "An entry in this computer's keychain",
                "The only place for it beside the sealed file",
            ),
        ],
        wont: vec![
            Line::new(
                "Anything you could read or copy",
                "No screen, log or clipboard ever holds it",
            ),
            Line::new("Other secrets and certificates", "None is changed"),
        ],
        calls: vec![
            "POST /applications/{id}/addPassword".into(),
            "POST /token with the new secret, to see that it works".into(),
        ],
    }
}

/// The account in the keychain.
fn account(connection: ConnectionId, key: KeyId) -> String {
    format!("{connection}/{key}")
}

/// The beginning of every tag of this connection.
fn tag_start(connection: ConnectionId) -> String {
    format!("Mailgrant {}", &connection.to_string()[..8])
}

/// Gives the secret up: its value is refused or lost. The step is open again, and its commit removes what is left of it
/// and makes another.
pub fn give_up(wizard: &mut Wizard) -> Result<(), Problem> {
    match &wizard.state().secret {
        Some(secret) if !secret.given_up => {
            let key = secret.key;
            wizard.record(Event::SecretGivenUp { key })
        }
        _ => Ok(()),
    }
}

/// Makes a secret, unless there is one.
pub async fn act(wizard: &mut Wizard) -> Result<(), Problem> {
    try_keychain(wizard).await?;
    if let Some(secret) = wizard.state().secret.as_ref().filter(|secret| secret.given_up) {
        remove(wizard, secret.key).await?;
    }
    reconcile(wizard).await?;
    if wizard.state().secret.is_none() {
        make(wizard).await?;
    }
    check(wizard).await
}

/// Sees that the keychain takes and gives back an entry, before a secret is made that it would have to take.
async fn try_keychain(wizard: &Wizard) -> Result<(), Problem> {
    let probe = format!("{}/probe", wizard.connection()?);
    let agrees = wizard
        .keychain("No secret was made.", move |keychain| {
            let value = || Secret::new("mailgrant".to_owned());
            keychain.set(&probe, &value())?;
            let same = keychain.get(&probe)?.is_some_and(|read| read.same_as(&value()));
            keychain.delete(&probe)?;
            Ok(same)
        })
        .await?;
    if agrees {
        Ok(())
    } else {
        Err(problem_of_a_forgetful_keychain("No secret was made."))
    }
}

/// Looks for what an interrupted run left behind: keeps what can still be used, removes what cannot.
async fn reconcile(wizard: &mut Wizard) -> Result<(), Problem> {
    let connection = wizard.connection()?;
    let object = wizard.app()?.object_id;
    let doing = Doing::new(
        "look for secrets of an interrupted run",
        APP_ROLE,
        "The app exists.",
    );
    let token = wizard.graph_token()?;
    let unseen = |error: &Error| error.status() == Some(404);
    let listed = wizard
        .once_replicated(&doing, unseen, async || {
            credentials::list(wizard.http(), token, object).await
        })
        .await?;
    let ours = |credential: &&PasswordCredential| {
        credential
            .name
            .as_deref()
            .is_some_and(|name| name.starts_with(&tag_start(connection)))
    };
    for credential in listed.iter().filter(ours) {
        if wizard
            .state()
            .secret
            .as_ref()
            .is_some_and(|secret| secret.key == credential.key)
        {
            continue;
        }
        let name = account(connection, credential.key);
        let saved = wizard
            .keychain("The app exists.", move |keychain| {
                Ok(keychain.get(&name)?.is_some())
            })
            .await?;
        match (
            saved,
            &wizard.state().secret,
            credential.start_date_time,
            credential.end_date_time,
        ) {
            (true, None, Some(starts_at), Some(ends_at)) => wizard.record(Event::SecretSaved {
                key: credential.key,
                starts_at,
                ends_at,
            })?,
            _ => remove(wizard, credential.key).await?,
        }
    }
    Ok(())
}

async fn make(wizard: &mut Wizard) -> Result<(), Problem> {
    let connection = wizard.connection()?;
    let object = wizard.app()?.object_id;
    let ends_at = wizard
        .now()
        .checked_add((i64::from(days(wizard)) * 24).hours())
        .map_err(|_| internal("the end of the secret lies outside time"))?
        .round(jiff::Unit::Second)
        .map_err(|_| internal("the end of the secret lies outside time"))?;
    let tag = format!(
        "{} {}",
        tag_start(connection),
        &Uuid::new_v4().simple().to_string()[..8]
    );
    let doing = Doing::new(
        "make a secret for the app",
        APP_ROLE,
        "The app from the earlier step is unchanged. No secret was made.",
    );
    wizard.intend(Intent::AddSecret { tag: tag.clone() })?;
    let token = wizard.graph_token()?;
    let unseen = |error: &Error| error.status() == Some(404);
    let made = wizard
        .once_replicated(&doing, unseen, async || {
            credentials::add(wizard.http(), token, object, &tag, ends_at).await
        })
        .await?;
    let (key, value) = (made.key, made.secret_text);
    let name = account(connection, key);
    let saved = wizard
        .keychain(
            "A secret was made and couldn't be saved; Mailgrant removes it.",
            move |keychain| {
                keychain.set(&name, &value)?;
                Ok(keychain.get(&name)?.is_some_and(|read| read.same_as(&value)))
            },
        )
        .await;
    match saved {
        Ok(true) => wizard.record(Event::SecretSaved {
            key,
            starts_at: made.start_date_time,
            ends_at: made.end_date_time,
        }),
        Ok(false) => {
            remove(wizard, key).await?;
            Err(problem_of_a_forgetful_keychain(
                "The secret that couldn't be saved was removed.",
            ))
        }
        Err(problem) => {
            remove(wizard, key).await?;
            Err(problem.exists("The secret that couldn't be saved was removed."))
        }
    }
}

/// Sees that Microsoft takes the secret. A new one is often refused for its first seconds.
pub async fn check(wizard: &mut Wizard) -> Result<(), Problem> {
    let value = value(wizard).await?;
    let (tenant, client) = (wizard.tenant()?, wizard.app()?.client_id);
    let waits = wizard.http().cloud().waits;
    let doing = Doing::as_the_app(
        "see that Microsoft takes the secret",
        "The secret was made and is saved in the keychain.",
    );
    let mut tries = 0;
    let mut left = waits.secret;
    // Every 5 seconds at Microsoft.
    let pause = left / 24;
    loop {
        tries += 1;
        match app_token::graph_token(wizard.http(), tenant, client, &value).await {
            Ok(_) => return wizard.record(Event::SecretAccepted { tries }),
            // A wrong secret, an expired one and an unknown app are how a new one looks (microsoft-facts §2.11).
            Err(error) if too_new(&error) && left >= pause && !pause.is_zero() => {
                left -= pause;
                wizard.clock().wait(pause).await;
            }
            Err(error) if too_new(&error) => {
                return Err(Problem::new(
                    Code::SecretNotAccepted,
                    "Microsoft doesn't take the secret yet",
                    format!("Microsoft refused the new secret {tries} times."),
                    "A new secret usually works within a minute; today it takes longer, or somebody removed it.",
                    "Check again in a few minutes; if it is still refused, remove this secret and make another.",
                )
                .exists("The secret was made and is saved in the keychain.")
                .evidence(error.evidence()));
            }
            Err(error) => return Err(problem(&error, &doing)),
        }
    }
}

fn too_new(error: &Error) -> bool {
    ["AADSTS7000215", "AADSTS7000222", "AADSTS700016"].contains(&error.code())
}

/// The secret from the keychain.
pub(crate) async fn value(wizard: &mut Wizard) -> Result<Secret, Problem> {
    let key = wizard
        .state()
        .secret
        .as_ref()
        .map(|secret| secret.key)
        .ok_or_else(|| internal("there is no secret yet"))?;
    let name = account(wizard.connection()?, key);
    let found = wizard
        .keychain("The secret exists in Microsoft 365.", move |keychain| {
            keychain.get(&name)
        })
        .await?;
    found.ok_or_else(|| {
        Problem::new(
            Code::SecretGone,
            "The secret is gone from the keychain",
            "This computer's keychain no longer holds the app's secret.",
            "It was removed there, or this is another user or computer than the one that made it.",
            "Go to the secret step, remove this secret and make another; nothing else has to be repeated.",
        )
        .retry(Retry::AfterYouAct)
        .exists("The secret still exists in Microsoft 365, where nobody can read it.")
    })
}

/// Removes the secret, in the organisation and in the keychain.
pub async fn undo(wizard: &mut Wizard) -> Result<(), Problem> {
    let Some(key) = wizard.state().secret.as_ref().map(|secret| secret.key) else {
        return Ok(());
    };
    remove(wizard, key).await
}

async fn remove(wizard: &mut Wizard, key: KeyId) -> Result<(), Problem> {
    let object = wizard.app()?.object_id;
    let doing = Doing::new("remove the secret", APP_ROLE, "The secret still exists.");
    wizard.intend(Intent::RemoveSecret { key })?;
    let token = wizard.graph_token()?;
    credentials::remove(wizard.http(), token, object, key)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let name = account(wizard.connection()?, key);
    // Best effort where the keychain is the very thing that failed: without its credential the value opens nothing.
    drop(
        wizard
            .keychain("The secret was removed from Microsoft 365.", move |keychain| {
                keychain.delete(&name)
            })
            .await,
    );
    wizard.record(Event::SecretRemoved { key })
}

fn problem_of_a_forgetful_keychain(exists: &str) -> Problem {
    Problem::new(
        Code::KeychainMissing,
        "The keychain doesn't keep what it is given",
        "Mailgrant saved an entry in this computer's keychain and read back something else.",
        "The keychain is damaged, or another program replaced it.",
        "Repair or reset the keychain of this computer, then try again.",
    )
    .retry(Retry::AfterYouAct)
    .exists(exists)
}

/// Days from a time to the end of a secret, rounded up.
pub fn days_left(now: Timestamp, ends_at: Timestamp) -> i64 {
    let seconds = ends_at.as_second() - now.as_second();
    (seconds + 86_399).div_euclid(86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begun_counts() {
        let now = Timestamp::UNIX_EPOCH;
        let later = |seconds| Timestamp::from_second(seconds).unwrap();
        assert_eq!(days_left(now, later(1)), 1);
        assert_eq!(days_left(now, later(86_400 * 180)), 180);
        assert_eq!(days_left(later(10), now), 0);
    }
}
