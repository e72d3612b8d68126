//! The client secret: made by Microsoft, kept in this computer's keychain, never drawn.
//!
//! Microsoft tells a secret once. Between its making and its saving lies a moment in which a crash loses it, and no
//! design can close that (security-and-reliability §0.1). So every try carries a tag of its own: after a crash the
//! step looks for secrets with our tag, keeps the one that lies in the keychain, and the plan names each one whose
//! value is lost before it is removed.
//! Needs: owner of the app, or Application Administrator. Undo: remove the secret, in Entra and in the keychain.

use std::time::Duration;

use domain::ids::{ConnectionId, KeyId};
use domain::problem::{Code, Problem, Retry};
use domain::secret::Secret;
use domain::step::StepId;
use engine::event::{Event, ForeignSecret};
use engine::notes::AppNotes;
use engine::state::State;
use jiff::{SignedDuration, Timestamp, ToSpan};
use microsoft::again::{again, evenly};
use microsoft::entra::app_token;
use microsoft::error::{Error, if_there};
use microsoft::graph::credentials::{self, PasswordCredential};
use plan::changes::{AddSecret, Change, RemoveCredential};
use plan::given::{Given, GivenSecret};
use uuid::Uuid;

use crate::ownership::{require_app, require_secret, secret_is_ours, secret_tag};
use crate::plan::{Line, Plan};
use crate::problems::{APP_ROLE, Doing, problem, removal_unseen};
use crate::wizard::{Wizard, internal};

/// How long a secret may last, in days, shortest first.
const LIVES: [i32; 4] = [90, 180, 365, 730];
/// What is chosen where nothing else is: Microsoft recommends less than a year (microsoft-facts §2.4).
const USUAL: i32 = 180;

/// How often a request to slow down is waited out before it is shown.
const MOST_SLOWED: u32 = 4;
/// We wait for a throttled call on our own up to this long, as `microsoft::http` does; a longer wait is shown.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The longest life of so many months: long months are allowed for, so that twelve of them hold a year.
fn in_days(months: u8) -> i32 {
    i32::from(months) * 30 + 10
}

/// The lives to choose from: those that the organisation's policy and the platform allow, and the policy's own limit.
pub fn lives(wizard: &Wizard) -> Vec<i32> {
    let policy = wizard
        .state()
        .preflight
        .as_ref()
        .and_then(|preflight| preflight.longest_secret_days);
    let platform = wizard
        .profile()
        .map(|profile| in_days(profile.credential.longest_months));
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

/// The chosen life in days, or the proposed one where nothing was chosen.
pub fn days(wizard: &Wizard) -> i32 {
    let lives = lives(wizard);
    let usual = wizard.profile().map(|profile| profile.credential.usual_months);
    let chosen = wizard.state().secret_days.filter(|days| lives.contains(days));
    chosen.unwrap_or_else(|| proposed(&lives, usual))
}

/// The longest life that is neither above ours nor above what the platform's profile calls usual; else the shortest.
fn proposed(lives: &[i32], usual_months: Option<u8>) -> i32 {
    let usual = usual_months.map_or(USUAL, |months| in_days(months).min(USUAL));
    let proposed = lives.iter().copied().filter(|days| *days <= usual).max();
    proposed.or(lives.iter().copied().min()).unwrap_or(usual)
}

/// Chooses how long the secret lasts.
pub fn choose_days(wizard: &mut Wizard, days: i32) -> Result<(), Problem> {
    if wizard.state().secret_days == Some(days) || !lives(wizard).contains(&days) {
        return Ok(());
    }
    wizard.record(Event::SecretDaysChosen { days })
}

/// What will be made, and removed.
pub fn plan(wizard: &Wizard) -> Plan {
    let notes = wizard.notes();
    let made = notes.secret.as_ref().filter(|secret| !secret.given_up);
    let lasts = match made {
        Some(secret) => days_left(secret.starts_at, secret.ends_at),
        None => i64::from(days(wizard)),
    };
    let mut will = Vec::new();
    let given_up = notes.secret.as_ref().filter(|secret| secret.given_up);
    if let Some(given_up) = given_up {
        let key = given_up.key;
        will.push(
            Line::new(
                "The secret until now, removed first",
                format!(
                    "Key id {}. Microsoft doesn't take it, or its value is lost",
                    key.ends()
                ),
            )
            .done_when(move |state| {
                state
                    .at_hand()
                    .secret
                    .as_ref()
                    .is_none_or(|secret| secret.key != key)
            }),
        );
    }
    let lost = notes.lost_secrets.clone();
    let lost_line = match lost.len() {
        0 => None,
        1 => Some(Line::new(
            "One lost secret, removed first",
            "An interrupted run made it, and nobody has its value",
        )),
        count => Some(Line::new(
            format!("{count} lost secrets, removed first"),
            "Interrupted runs made them, and nobody has their values",
        )),
    };
    will.extend(lost_line.map(|line| {
        line.done_when(move |state| lost.iter().all(|key| !state.at_hand().lost_secrets.contains(key)))
    }));
    let saved = |state: &State| {
        state
            .at_hand()
            .secret
            .as_ref()
            .is_some_and(|secret| !secret.given_up)
    };
    will.push(
        Line::new(
            "One client secret",
            format!("Lasts {lasts} days, then it stops working"),
        )
        .done_when(saved),
    );
    will.push(
        Line::new(
            "An entry in this computer's keychain",
            "The only place for it beside the sealed file",
        )
        .done_when(saved),
    );
    let foreign = match notes.foreign_secrets.as_slice() {
        [] => "None is changed".to_owned(),
        [one] => format!(
            "The app has one that Mailgrant didn't make: {}. It stays",
            one.name
        ),
        many => format!("The app has {} that Mailgrant didn't make. They stay", many.len()),
    };
    let removed = notes.lost_secrets.len() + usize::from(given_up.is_some());
    let mut calls = vec!["POST /applications/{id}/removePassword".to_owned(); removed];
    if made.is_none() {
        calls.push("POST /applications/{id}/addPassword".into());
    }
    calls.push("POST /token with the new secret, to see that it works".into());
    Plan {
        will,
        wont: vec![
            Line::new(
                "Anything you could read or copy",
                "No screen, log or clipboard ever holds it",
            ),
            Line::new("Other secrets and certificates", foreign),
        ],
        calls,
    }
}

/// The account in the keychain.
fn account(connection: ConnectionId, key: KeyId) -> String {
    format!("{connection}/{key}")
}

/// Gives the secret up: its value is refused or lost. The step is open again, and its commit removes what is left of it
/// and makes another.
///
/// # Errors
/// When the disk refuses.
pub fn give_up(wizard: &mut Wizard) -> Result<(), Problem> {
    match &wizard.notes().secret {
        Some(secret) if !secret.given_up => {
            let (app, key) = (wizard.key(), secret.key);
            wizard.record(Event::SecretGivenUp { app, key })
        }
        _ => Ok(()),
    }
}

/// Makes a secret, unless there is one. A lost one that the plan didn't name is not removed at once: it is recorded,
/// and the plan names it.
///
/// # Errors
/// As Microsoft and the keychain answer.
pub async fn act(wizard: &mut Wizard) -> Result<(), Problem> {
    try_keychain(wizard).await?;
    if let Some(secret) = wizard.notes().secret.as_ref().filter(|secret| secret.given_up) {
        remove(wizard, secret.key).await?;
    }
    let planned = wizard.notes().lost_secrets.clone();
    look(wizard).await?;
    let lost = wizard.notes().lost_secrets.clone();
    if lost.iter().any(|key| !planned.contains(key)) {
        return Ok(());
    }
    for key in lost {
        remove(wizard, key).await?;
    }
    if wizard.notes().secret.is_none() && make(wizard).await? == Made::Lost {
        return Ok(());
    }
    check(wizard).await
}

/// What came of making a secret.
#[derive(PartialEq, Eq)]
enum Made {
    Saved,
    /// Made, and its value never arrived. The plan names it now.
    Lost,
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

/// Looks for what an interrupted run left behind, and records it; changes nothing. A secret that lies in the keychain and
/// lasts as long as was chosen is taken up; one whose value is lost goes into the plan.
///
/// # Errors
/// As Microsoft and the keychain answer; `app.not-ours` where the app doesn't carry our marks.
pub async fn look(wizard: &mut Wizard) -> Result<(), Problem> {
    let connection = wizard.connection()?;
    let mut listed = listed(wizard).await?;
    if lacks(wizard.notes(), &listed) {
        // One list without it can be that of a replica which lags behind: what either of two shows is there.
        wizard.between_looks().await;
        for credential in self::listed(wizard).await? {
            if listed.iter().all(|held| held.key != credential.key) {
                listed.push(credential);
            }
        }
    }
    let (ours, foreign): (Vec<_>, Vec<_>) = listed
        .into_iter()
        .partition(|credential| secret_is_ours(credential, connection));
    let foreign: Vec<ForeignSecret> = foreign
        .into_iter()
        .map(|credential| ForeignSecret {
            key: credential.key,
            name: credential.name.unwrap_or_default(),
        })
        .collect();
    if foreign != wizard.notes().foreign_secrets {
        let app = wizard.key();
        wizard.record(Event::ForeignSecretsSeen {
            app,
            secrets: foreign,
        })?;
    }
    let held = wizard.notes().secret.as_ref().map(|secret| secret.key);
    if let Some(key) = held
        && ours.iter().all(|credential| credential.key != key)
    {
        // Somebody removed it: its value in the keychain opens nothing any more.
        drop_from_keychain(wizard, key).await;
        let app = wizard.key();
        wizard.record(Event::SecretGone { app, key })?;
    }
    let mut lost = Vec::new();
    for credential in ours {
        let key = credential.key;
        if wizard
            .notes()
            .secret
            .as_ref()
            .is_some_and(|secret| secret.key == key)
        {
            continue;
        }
        let name = account(connection, key);
        let saved = wizard
            .keychain("The app exists.", move |keychain| {
                Ok(keychain.get(&name)?.is_some())
            })
            .await?;
        let life = (credential.start_date_time, credential.end_date_time);
        match (saved, &wizard.notes().secret, life) {
            (true, None, (Some(starts_at), Some(ends_at)))
                if days_left(starts_at, ends_at).abs_diff(i64::from(days(wizard))) <= 1 =>
            {
                let secret = GivenSecret {
                    key,
                    starts_at,
                    ends_at,
                };
                wizard.done(addition(wizard)?, saved_as(secret))?;
            }
            _ => lost.push(key),
        }
    }
    let settled = !wizard
        .notes()
        .is_open(|change| matches!(change, Change::AddSecret(_)));
    if lost != wizard.notes().lost_secrets || !settled {
        let app = wizard.key();
        wizard.record(Event::LostSecretsFound { app, keys: lost })?;
    }
    Ok(())
}

/// Whether a list lacks a secret that our notes name, or that an interrupted run may have made.
fn lacks(notes: &AppNotes, listed: &[PasswordCredential]) -> bool {
    let mut keys = notes
        .secret
        .iter()
        .map(|secret| secret.key)
        .chain(notes.lost_secrets.iter().copied());
    let mut tags = notes.open.iter().filter_map(|open| open.tag.as_deref());
    keys.any(|key| listed.iter().all(|credential| credential.key != key))
        || tags.any(|tag| {
            listed
                .iter()
                .all(|credential| credential.name.as_deref() != Some(tag))
        })
}

/// The secrets of our app, which is seen to be ours in the same answer.
async fn listed(wizard: &Wizard) -> Result<Vec<PasswordCredential>, Problem> {
    let object = wizard.app()?.object_id;
    let doing = Doing::new("look at the app's secrets", APP_ROLE, "The app exists.");
    let token = wizard.graph_token()?;
    let (app, secrets) = wizard
        .once_replicated(&doing, Error::not_there, async || {
            credentials::of_app(wizard.http(), token, object).await
        })
        .await?;
    require_app(&app, wizard.state())?;
    Ok(secrets)
}

/// Makes one secret. Whatever the answer is but the secret itself, it is looked for by its own tag before anything is
/// sent again: Microsoft can have made what it then refuses, and each call makes another one.
async fn make(wizard: &mut Wizard) -> Result<Made, Problem> {
    let connection = wizard.connection()?;
    let object = wizard.app()?.object_id;
    let outside = || internal("the end of the secret lies outside time");
    // Microsoft's time: the end that is shown is counted by it.
    let ends_at = wizard
        .http()
        .microsoft_now()
        .checked_add((i64::from(days(wizard)) * 24).hours())
        .map_err(|_| outside())?
        .round(jiff::Unit::Second)
        .map_err(|_| outside())?;
    let tag = format!(
        "{}{}",
        secret_tag(connection),
        &Uuid::new_v4().simple().to_string()[..8]
    );
    let doing = Doing::new(
        "make a secret for the app",
        APP_ROLE,
        "The app from the earlier step is unchanged. No secret was made.",
    );
    wizard.intend_try(addition(wizard)?, Some(tag.clone()))?;
    let mut left = wizard.http().cloud().waits.replication;
    let pause = left / 12;
    let mut slowed = 0;
    let made = loop {
        let answer = credentials::add(wizard.http(), wizard.graph_token()?, object, &tag, ends_at).await;
        let error = match answer {
            Ok(made) => break made,
            Err(error) => error,
        };
        let again = match &error {
            // A new app may be unseen for a while (microsoft-facts §2.11).
            error if error.not_there() && left >= pause && !pause.is_zero() => {
                // Waited for here, and once more between the two looks below.
                left = left.saturating_sub(pause * 2);
                Some(pause)
            }
            Error::Throttled { retry_at, .. } if slowed < MOST_SLOWED => {
                slowed += 1;
                let wait = retry_at.duration_since(wizard.now());
                Duration::try_from(wait).ok().filter(|wait| *wait <= LONGEST_WAIT)
            }
            _ => None,
        };
        if let Some(wait) = again {
            wizard.clock().wait(wait).await;
        }
        let mut there = found(wizard, &tag).await;
        if let (Ok(None), Some(_)) = (&there, again) {
            wizard.between_looks().await;
            there = found(wizard, &tag).await;
        }
        match (there, again) {
            (Ok(Some(key)), again) => {
                let mut keys = wizard.notes().lost_secrets.clone();
                keys.push(key);
                let app = wizard.key();
                wizard.record(Event::LostSecretsFound { app, keys })?;
                // A short request to slow down is no problem of the reader's; the plan says what follows.
                return match again {
                    Some(_) => Ok(Made::Lost),
                    None => Err(problem(&error, &doing)
                        .exists("A secret was made and its value got lost; Mailgrant removes it before it makes another.")),
                };
            }
            (Ok(None), Some(_)) => {}
            (Ok(None) | Err(_), _) => return Err(problem(&error, &doing)),
        }
    };
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
        Ok(true) if made.end_date_time.duration_since(ends_at).abs() > SignedDuration::from_hours(24) => {
            remove(wizard, key).await?;
            Err(other_end(ends_at, made.end_date_time))
        }
        Ok(true) => {
            let secret = GivenSecret {
                key,
                starts_at: made.start_date_time,
                ends_at: made.end_date_time,
            };
            wizard.done(addition(wizard)?, saved_as(secret))?;
            Ok(Made::Saved)
        }
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

fn addition(wizard: &Wizard) -> Result<Change, Problem> {
    Ok(Change::AddSecret(AddSecret {
        name: wizard.names()?.secret(),
        days: days(wizard),
    }))
}

fn saved_as(secret: GivenSecret) -> Given {
    Given {
        secret: Some(secret),
        ..Given::default()
    }
}

/// The secret of one try, where Microsoft made it.
async fn found(wizard: &Wizard, tag: &str) -> Result<Option<KeyId>, Error> {
    let (Ok(app), Ok(token)) = (wizard.app(), wizard.graph_token()) else {
        return Ok(None);
    };
    // An app that isn't seen yet holds nothing yet.
    let seen = if_there(credentials::of_app(wizard.http(), token, app.object_id).await)?;
    Ok(seen.and_then(|(_, secrets)| {
        let made = secrets.iter().find(|secret| secret.name.as_deref() == Some(tag));
        made.map(|secret| secret.key)
    }))
}

fn other_end(asked: Timestamp, given: Timestamp) -> Problem {
    let date = |at: Timestamp| at.strftime("%-d %B %Y").to_string();
    Problem::new(
        Code::SecretOtherEnd,
        "The secret would end at another time",
        format!(
            "Mailgrant asked for a secret until {}, and Microsoft gave one until {}.",
            date(asked),
            date(given)
        ),
        "A policy of your organisation cut its life, or something on the way changed the request.",
        "Choose another life, then try again.",
    )
    .retry(Retry::AfterYouAct)
    .exists("That secret was removed again.")
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
    // Every 5 seconds at Microsoft.
    let pauses = evenly(waits.secret / 24, 24);
    let take = async || {
        tries += 1;
        app_token::graph_token(wizard.http(), tenant, client, &value).await
    };
    // A wrong secret, an expired one and an unknown app are how a new one looks (microsoft-facts §2.11).
    let again_after = |error: &Error, pause: Duration| (too_new(error) && !pause.is_zero()).then_some(pause);
    match again(wizard.clock(), pauses, take, again_after).await {
        Ok(_) => {
            let app = wizard.key();
            wizard.record(Event::SecretAccepted { app, tries })
        }
        Err(error) if too_new(&error) => Err(Problem::new(
            Code::SecretNotAccepted,
            "Microsoft doesn't take the secret yet",
            format!("Microsoft refused the new secret {tries} times."),
            "A new secret usually works within a minute; today it takes longer, or somebody removed it.",
            "Check again in a few minutes; if it is still refused, remove this secret and make another.",
        )
        .exists("The secret was made and is saved in the keychain.")
        .evidence(error.evidence())),
        Err(error) => Err(problem(&error, &doing)),
    }
}

fn too_new(error: &Error) -> bool {
    ["AADSTS7000215", "AADSTS7000222", "AADSTS700016"].contains(&error.code())
}

/// The secret from the keychain.
pub(crate) async fn value(wizard: &mut Wizard) -> Result<Secret, Problem> {
    let key = wizard
        .notes()
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
///
/// # Errors
/// When it is not ours, or Microsoft still shows it.
pub async fn undo(wizard: &mut Wizard) -> Result<(), Problem> {
    wizard.require_undo(StepId::Secret)?;
    let Some(key) = wizard.notes().secret.as_ref().map(|secret| secret.key) else {
        return Ok(());
    };
    remove(wizard, key).await
}

/// Removes one secret of ours. It counts as removed once Microsoft took the removal, or says that there is no such
/// secret, and the app is read without it twice.
async fn remove(wizard: &mut Wizard, key: KeyId) -> Result<(), Problem> {
    let object = wizard.app()?.object_id;
    let doing = Doing::new("remove the secret", APP_ROLE, "The secret still exists.");
    let held = listed(wizard).await?.into_iter().find(|secret| secret.key == key);
    if let Some(secret) = held {
        require_secret(&secret, wizard.state())?;
    }
    // Sent where the list lacks it as well: a replica that lags behind hides a secret that works. The app was seen to
    // be ours in the same answer.
    let change = Change::RemoveCredential(RemoveCredential { key });
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    let ask = async || credentials::remove(wizard.http(), token, object, key).await;
    let mut asked = ask().await;
    let gone = wizard
        .until_gone(&doing, async || {
            let (_, secrets) = credentials::of_app(wizard.http(), token, object).await?;
            Ok(secrets.iter().any(|secret| secret.key == key))
        })
        .await?;
    if gone && asked.as_ref().is_err_and(|error| !no_such_secret(error)) {
        // It may have taken effect behind the error; then Microsoft says now that there is no such secret.
        asked = ask().await;
    }
    match (gone, asked) {
        (true, Ok(())) => {}
        (true, Err(error)) if no_such_secret(&error) => {}
        (_, Err(error)) => return Err(problem(&error, &doing)),
        (false, Ok(())) => return Err(removal_unseen("the secret")),
    }
    drop_from_keychain(wizard, key).await;
    wizard.done(change, Given::default())
}

/// Whether Microsoft says that the app holds no such secret.
fn no_such_secret(error: &Error) -> bool {
    error.status() == Some(400)
}

/// Takes the values of a connection's secrets out of the keychain, where its app is gone for good.
pub(crate) async fn forget(wizard: &Wizard) {
    if let Some(secret) = &wizard.notes().secret {
        drop_from_keychain(wizard, secret.key).await;
    }
}

/// Best effort, where the keychain is the very thing that failed: without its credential the value opens nothing.
async fn drop_from_keychain(wizard: &Wizard, key: KeyId) {
    let Ok(connection) = wizard.connection() else {
        return;
    };
    let name = account(connection, key);
    drop(
        wizard
            .keychain("The secret was removed from Microsoft 365.", move |keychain| {
                keychain.delete(&name)
            })
            .await,
    );
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

/// Days from a time to the end of a secret, rounded up; 0 and less once it has ended.
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

    #[test]
    fn a_profile_shortens_what_is_proposed_and_never_lengthens_it() {
        assert_eq!(proposed(&LIVES, None), 180);
        assert_eq!(proposed(&LIVES, Some(12)), 180);
        assert_eq!(proposed(&LIVES, Some(3)), 90);
        assert_eq!(proposed(&LIVES, Some(1)), 90);
        assert_eq!(proposed(&[30], Some(12)), 30);
    }
}
