//! The client secret: made by Microsoft, kept in this computer's keychain, never drawn.
//!
//! Microsoft tells a secret once. Between its making and its saving lies a moment in which a crash loses it, and no
//! design can close that (security-and-reliability §0.1). So every try carries a tag of its own: after a crash what
//! carries our tag is looked for, the one that lies in the keychain is kept, and the plan names each one whose value is
//! lost before it is removed.

use domain::message;
use domain::message::{Arg, Message};
use std::time::Duration;

use calls::slot::Slot;
use domain::credential::CredentialKind;
use domain::ids::{ConnectionId, KeyId};
use domain::problem::{Code, Problem, Retry};
use domain::secret::Secret;
use engine::event::{Event, ForeignSecret};
use engine::notes::AppNotes;
use jiff::{SignedDuration, Timestamp, ToSpan};
use microsoft::certificate;
use microsoft::error::{Error, if_there};
use microsoft::graph::app_seen::AppSeen;
use microsoft::graph::app_standing::Credential;
use microsoft::graph::credentials;
use plan::changes::{AddCertificate, AddSecret, Change, RemoveCredential};
use plan::given::{Given, GivenSecret};
use uuid::Uuid;

use super::Made;
use crate::ownership::{owner_of_credential, require_app, require_secret, secret_tag};
use crate::problems::{APP_ROLE, Doing, problem, secret_still_seen};
use crate::secret_life::{days, days_left, kind};
use crate::wizard::{Wizard, internal};

/// How often a request to slow down is waited out before it is shown.
const MOST_SLOWED: u32 = 4;
/// We wait for a throttled call on our own up to this long, as `microsoft::http` does; a longer wait is shown.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The account in the keychain.
pub(crate) fn account(connection: ConnectionId, key: KeyId) -> String {
    format!("{connection}/{key}")
}

/// Sees that the keychain takes and gives back an entry, before a secret is made that it would have to take.
pub(crate) async fn try_keychain(wizard: &Wizard) -> Result<(), Problem> {
    let probe = format!("{}/probe", wizard.connection()?);
    let notes = wizard.notes();
    let exists = if notes.secret.is_some() {
        message!("exists-secret")
    } else if notes.is_making_a_secret() {
        message!("exists-secret-perhaps")
    } else if !notes.lost_secrets.is_empty() {
        message!("exists-secret-lost")
    } else {
        message!("exists-no-secret")
    };
    let agrees = wizard
        .keychain(exists.clone(), move |keychain| {
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
        Err(problem_of_a_forgetful_keychain(exists))
    }
}

/// Takes in what Entra lists of the app's secrets, and records it; changes nothing there. A secret that lies in the
/// keychain and lasts as long as was chosen is taken up; one whose value is lost goes into the plan.
///
/// # Errors
/// As Microsoft and the keychain answer; `app.not-ours` where the app doesn't carry our marks.
pub(crate) async fn look(wizard: &mut Wizard, entra: &AppSeen) -> Result<(), Problem> {
    let connection = wizard.connection()?;
    let Some(live) = &entra.live else { return Ok(()) };
    require_app(&live.app, wizard.state())?;
    let mut listed = live.credentials.clone();
    if lacks(wizard.notes(), &listed) {
        // One list without it can be that of a replica which lags behind: what either of two shows is there.
        wizard.between_looks().await;
        for credential in self::listed(wizard).await? {
            if listed.iter().all(|held| held.key != credential.key) {
                listed.push(credential);
            }
        }
    }
    let (ours, foreign): (Vec<_>, Vec<_>) = listed.into_iter().partition(|credential| {
        owner_of_credential(wizard.notes(), connection, credential.key, &credential.name).may_be_changed()
    });
    let foreign: Vec<ForeignSecret> = foreign
        .into_iter()
        .filter(|credential| !credential.certificate)
        .map(|credential| ForeignSecret {
            key: credential.key,
            name: credential.name,
        })
        .collect();
    if foreign != wizard.notes().foreign_secrets {
        let app = wizard.key();
        wizard.record(Event::ForeignSecretsSeen {
            app,
            secrets: foreign,
        })?;
    }
    for key in keys_that_count(wizard.notes()) {
        if ours.iter().all(|credential| credential.key != key) {
            // Somebody removed it: its value in the keychain opens nothing any more.
            drop_from_keychain(wizard, key).await;
            let app = wizard.key();
            wizard.record(Event::SecretGone { app, key })?;
        }
    }
    let (mut lost, mut certificates) = (Vec::new(), Vec::new());
    let wanted = kind(wizard);
    for credential in ours {
        let key = credential.key;
        if keys_that_count(wizard.notes()).contains(&key) {
            continue;
        }
        let name = account(connection, key);
        let made = wizard.notes().made_certificate.as_ref();
        let whose = made
            .filter(|made| made.key == key)
            .map(|made| made.certificate.clone());
        let saved = wizard
            .keychain(message!("exists-app"), move |keychain| {
                let kept = keychain.get(&name)?;
                Ok(kept.is_some_and(|kept| {
                    whose
                        .as_deref()
                        .is_none_or(|whose| certificate::is_of(&kept, whose))
                }))
            })
            .await?;
        let life = (credential.starts_at, credential.ends_at);
        match (saved, &wizard.notes().secret, life) {
            (true, None, (Some(starts_at), Some(ends_at)))
                if credential.kind() == wanted
                    && may_be_taken_up(wizard, &credential)
                    && days_left(starts_at, ends_at).abs_diff(i64::from(days(wizard))) <= 1 =>
            {
                let secret = GivenSecret {
                    key,
                    starts_at,
                    ends_at,
                };
                wizard.done(addition(wizard)?, saved_as(secret))?;
            }
            _ => {
                lost.push(key);
                certificates.extend(credential.certificate.then_some(key));
            }
        }
    }
    let settled = !wizard.notes().is_making_a_secret();
    if lost != wizard.notes().lost_secrets || !settled {
        let app = wizard.key();
        wizard.record(Event::LostSecretsFound {
            app,
            keys: lost,
            certificates,
        })?;
    }
    Ok(())
}

/// Whether what is needed of it is known: of a certificate itself too, which was written down when it was made.
fn may_be_taken_up(wizard: &Wizard, credential: &Credential) -> bool {
    let made = wizard.notes().made_certificate.as_ref();
    !credential.certificate || made.is_some_and(|made| made.key == credential.key)
}

/// The secret, and what the platform may be using until it has it.
pub(super) fn keys_that_count(notes: &AppNotes) -> Vec<KeyId> {
    let secret = notes.secret.iter().map(|secret| secret.key);
    secret.chain(notes.in_use.keys().copied()).collect()
}

/// Whether a list lacks a secret that our notes name, or that an interrupted run may have made.
fn lacks(notes: &AppNotes, listed: &[Credential]) -> bool {
    let mut keys = keys_that_count(notes)
        .into_iter()
        .chain(notes.lost_secrets.iter().copied());
    let mut tags = notes.open.iter().filter_map(|open| open.tag.as_deref());
    keys.any(|key| listed.iter().all(|credential| credential.key != key))
        || tags.any(|tag| listed.iter().all(|credential| credential.name != tag))
}

/// The secrets and certificates of our app, which is seen to be ours in the same answer.
async fn listed(wizard: &Wizard) -> Result<Vec<Credential>, Problem> {
    let doing = Doing::new(
        message!("doing-look-at-secrets"),
        APP_ROLE,
        message!("exists-app"),
    );
    let object = wizard.app()?.object_id;
    let token = wizard.graph_token()?;
    let held = wizard
        .once_replicated(&doing, Error::not_there, async || {
            credentials::of_app(wizard.http(), token, object).await
        })
        .await?;
    require_app(&held.app, wizard.state())?;
    Ok(held.credentials)
}

/// Makes one secret. Whatever the answer is but the secret itself, it is looked for by its own tag before anything is
/// sent again: Microsoft can have made what it then refuses, and each call makes another one.
pub(super) async fn add(wizard: &mut Wizard, change: &Change, days: i32) -> Result<Made, Problem> {
    let connection = wizard.connection()?;
    let outside = || internal("the end of the secret lies outside time");
    // Microsoft's time: the end that is shown is counted by it.
    let ends_at = wizard
        .http()
        .microsoft_now()
        .checked_add((i64::from(days) * 24).hours())
        .map_err(|_| outside())?
        .round(jiff::Unit::Second)
        .map_err(|_| outside())?;
    let one_try = Uuid::new_v4().simple().to_string()[..8].to_owned();
    let tag = format!("{}{one_try}", secret_tag(connection));
    let doing = Doing::new(
        message!("doing-make-secret"),
        APP_ROLE,
        message!("exists-app-no-secret"),
    );
    let mut ids = wizard.ids();
    ids.insert(Slot::Try, one_try);
    ids.insert(Slot::InDays(days), ends_at.to_string());
    let request = match change.calls().pop().map(|call| call.filled(&ids)) {
        Some(Ok(calls::Call::Graph(request))) => request,
        _ => return Err(internal("an id of the app isn't known yet")),
    };
    let mut doing = doing.sends(request.name, message!("exists-secret-perhaps"));
    wizard.intend_try(change.clone(), Some(tag.clone()))?;
    let mut left = wizard.http().cloud().waits.replication;
    let pause = left / 12;
    let mut slowed = 0;
    let made = loop {
        let answer = credentials::add(wizard.http(), wizard.graph_token()?, &request).await;
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
            error if slowed < MOST_SLOWED => {
                slowed += 1;
                slowed_for(wizard, error)
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
        if !error.changed_nothing() {
            // Looked for a moment later and not seen: too little to say that there is none.
            doing = doing.unsure();
        }
        match (there, again) {
            (Ok(Some(key)), again) => {
                let mut keys = wizard.notes().lost_secrets.clone();
                keys.push(key);
                let app = wizard.key();
                wizard.record(Event::LostSecretsFound {
                    app,
                    keys,
                    certificates: Vec::new(),
                })?;
                // A short request to slow down is no problem of the reader's; the plan says what follows.
                return match again {
                    Some(_) => Ok(Made::Lost),
                    None => Err(problem(&error, &doing).exists(message!("exists-secret-lost"))),
                };
            }
            (Ok(None), Some(_)) => {}
            (Ok(None) | Err(_), _) => return Err(problem(&error, &doing)),
        }
    };
    let (key, value) = (made.key, made.secret_text);
    let name = account(connection, key);
    let saved = wizard
        .keychain(message!("exists-secret-unsaved"), move |keychain| {
            keychain.set(&name, &value)?;
            Ok(keychain.get(&name)?.is_some_and(|read| read.same_as(&value)))
        })
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
            wizard.done(change.clone(), saved_as(secret))?;
            forget_unsent(wizard).await?;
            Ok(Made::Done)
        }
        Ok(false) => {
            remove(wizard, key).await?;
            Err(problem_of_a_forgetful_keychain(message!(
                "exists-unsaved-removed"
            )))
        }
        Err(problem) => {
            remove(wizard, key).await?;
            Err(problem.exists(message!("exists-unsaved-removed")))
        }
    }
}

/// For how long Microsoft asks to wait, where that is short enough to do so without a word.
pub(super) fn slowed_for(wizard: &Wizard, error: &Error) -> Option<Duration> {
    let Error::Throttled { retry_at, .. } = error else {
        return None;
    };
    let wait = retry_at.duration_since(wizard.now());
    Duration::try_from(wait).ok().filter(|wait| *wait <= LONGEST_WAIT)
}

fn addition(wizard: &Wizard) -> Result<Change, Problem> {
    let (name, days) = (wizard.names()?.secret(), days(wizard));
    Ok(match kind(wizard) {
        CredentialKind::Secret => Change::AddSecret(AddSecret { name, days }),
        CredentialKind::Certificate => Change::AddCertificate(AddCertificate { name, days }),
    })
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
    Ok(seen.and_then(|held| {
        let made = held.credentials.iter().find(|secret| secret.name == tag);
        made.map(|secret| secret.key)
    }))
}

fn other_end(asked: Timestamp, given: Timestamp) -> Problem {
    Problem::said(
        Code::SecretOtherEnd,
        message!(
            "making-secret-other-end",
            asked = Arg::date(asked),
            given = Arg::date(given)
        ),
    )
    .retry(Retry::AfterYouAct)
    .exists(message!("exists-secret-removed-again"))
}

/// The secret from the keychain.
pub(crate) async fn value(wizard: &Wizard) -> Result<Secret, Problem> {
    let issued = wizard.notes().secret.as_ref();
    let issued = issued.ok_or_else(|| internal("there is no secret yet"))?;
    let (key, whose) = (issued.key, issued.certificate.clone());
    let name = account(wizard.connection()?, key);
    let found = wizard
        .keychain(message!("exists-secret"), move |keychain| keychain.get(&name))
        .await?
        // A key that isn't the certificate's signs nothing that Microsoft takes.
        .filter(|kept| {
            whose
                .as_deref()
                .is_none_or(|whose| certificate::is_of(kept, whose))
        });
    found.ok_or_else(|| {
        Problem::said(Code::SecretGone, message!("making-secret-gone"))
            .retry(Retry::AfterYouAct)
            .exists(message!("exists-secret-unreadable"))
    })
}

/// Every value that the keychain has, of the secret and of what the platform may be using.
///
/// # Errors
/// As the keychain answers.
pub(crate) async fn values(wizard: &Wizard) -> Result<Vec<Secret>, Problem> {
    let connection = wizard.connection()?;
    let mut values = Vec::new();
    for key in keys_that_count(wizard.notes()) {
        let name = account(connection, key);
        let exists = message!("exists-nothing-changed");
        values.extend(
            wizard
                .keychain(exists, move |keychain| keychain.get(&name))
                .await?,
        );
    }
    Ok(values)
}

/// Removes one secret of ours. It counts as removed once Microsoft took the removal, or says that there is no such
/// secret, and the app is read without it twice.
pub(super) async fn remove(wizard: &mut Wizard, key: KeyId) -> Result<(), Problem> {
    let object = wizard.app()?.object_id;
    let doing = Doing::new(
        message!("doing-remove-secret"),
        APP_ROLE,
        message!("exists-secret-still"),
    );
    let change = Change::RemoveCredential(RemoveCredential {
        key,
        certificate: false,
    });
    let request = super::request(wizard, &change)?;
    let mut doing = doing.sends(request.name, message!("exists-secret-perhaps-still"));
    let held = listed(wizard).await?.into_iter().find(|secret| secret.key == key);
    if let Some(secret) = held {
        require_secret(key, &secret.name, wizard.state())?;
    }
    // Sent where the list lacks it as well: a replica that lags behind hides a secret that works. The app was seen to
    // be ours in the same answer.
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    let ask = async || microsoft::graph::change(wizard.http(), token, &request).await;
    let mut asked = ask().await;
    let gone = wizard
        .until_gone(&doing, async || {
            let held = credentials::of_app(wizard.http(), token, object).await?;
            Ok(held.credentials.iter().any(|secret| secret.key == key))
        })
        .await?;
    if gone || asked.as_ref().is_err_and(no_such_secret) {
        // A list without it, or Microsoft's word that there is none: neither alone says that it is gone, or that it isn't.
        doing = doing.unsure();
    }
    if gone && asked.as_ref().is_err_and(|error| !no_such_secret(error)) {
        // It may have taken effect behind the error; then Microsoft says now that there is no such secret.
        asked = ask().await;
    }
    match (gone, asked) {
        (true, Ok(())) => {}
        (true, Err(error)) if no_such_secret(&error) => {}
        (_, Err(error)) => return Err(problem(&error, &doing)),
        (false, Ok(())) => return Err(secret_still_seen()),
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
    for key in keys_that_count(wizard.notes())
        .into_iter()
        .chain(unsent(wizard.notes()))
    {
        drop_from_keychain(wizard, key).await;
    }
}

/// Forgets a certificate that was made and isn't asked for any more, with its key. Were it sent after all, the next look
/// would find it by its name.
///
/// # Errors
/// When the disk refuses.
pub(crate) async fn forget_unsent(wizard: &mut Wizard) -> Result<(), Problem> {
    let Some(key) = unsent(wizard.notes()) else {
        return Ok(());
    };
    drop_from_keychain(wizard, key).await;
    let app = wizard.key();
    wizard.record(Event::SecretGone { app, key })
}

/// A certificate whose key lies here and of which it isn't known whether it was sent.
fn unsent(notes: &AppNotes) -> Option<KeyId> {
    notes.made_certificate.as_ref().map(|made| made.key)
}

/// Takes every value of a connection out of the keychain, and says where it refuses.
///
/// # Errors
/// As the keychain answers.
pub(crate) async fn forget_all(wizard: &Wizard) -> Result<(), Problem> {
    let connection = wizard.connection()?;
    let lost = wizard.notes().lost_secrets.iter().copied();
    let unsent = unsent(wizard.notes());
    for key in keys_that_count(wizard.notes())
        .into_iter()
        .chain(lost)
        .chain(unsent)
    {
        let name = account(connection, key);
        let exists = message!("exists-nothing-changed");
        wizard
            .keychain(exists, move |keychain| keychain.delete(&name))
            .await?;
    }
    Ok(())
}

/// Best effort, where the keychain is the very thing that failed: without its credential the value opens nothing.
pub(super) async fn drop_from_keychain(wizard: &Wizard, key: KeyId) {
    let Ok(connection) = wizard.connection() else {
        return;
    };
    let name = account(connection, key);
    drop(
        wizard
            .keychain(message!("exists-secret-gone"), move |keychain| {
                keychain.delete(&name)
            })
            .await,
    );
}

pub(super) fn problem_of_a_forgetful_keychain(exists: Message) -> Problem {
    Problem::said(Code::KeychainMissing, message!("making-forgetful-keychain"))
        .retry(Retry::AfterYouAct)
        .exists(exists)
}
