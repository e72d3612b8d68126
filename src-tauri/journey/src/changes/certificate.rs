//! The certificate: its key is made on this computer and kept in the keychain before anything of it is sent.
//!
//! So no moment loses a value, and a try that was cut off is gone on with: the same certificate is sent again. What has no
//! call of its own is adding one to those that an app holds. Microsoft replaces the whole list (microsoft-facts §2.5), so
//! the list is read twice, sent again with one more or one less, and read back; whatever became of somebody else's
//! certificate meanwhile is told, and nothing goes on (security-and-reliability T19). What another admin adds in the moment
//! between our last look and our sending is lost to both, and nothing that Microsoft shows tells of it: that moment is kept
//! as short as one request.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use calls::Call;
use calls::graph::Request;
use calls::slot::{Ids, Slot};
use domain::credential::CredentialKind;
use domain::ids::{AppObjectId, KeyId};
use domain::message;
use domain::message::{Arg, Join, Kind};
use domain::problem::{Code, Problem, Retry};
use engine::event::{Event, MadeCertificate};
use jiff::{Timestamp, ToSpan};
use microsoft::certificate;
use microsoft::error::Error;
use microsoft::graph::credentials::{self, Held, other_certificates};
use plan::changes::{Change, RemoveCredential};
use plan::given::{Given, GivenSecret};
use uuid::Uuid;

use super::Made;
use super::secret::{
    account, drop_from_keychain, keys_that_count, problem_of_a_forgetful_keychain, slowed_for,
};
use crate::ownership::{require_app, require_secret, secret_tag};
use crate::problems::{APP_ROLE, Doing, problem, secret_still_seen};
use crate::secret_life::days_left;
use crate::wizard::{Wizard, internal};

/// How often the list is read until two looks agree, and how often it is sent again after a refusal that changed nothing.
const MOST: u32 = 6;

/// Adds one certificate.
pub(super) async fn add(wizard: &mut Wizard, change: &Change, days: i32) -> Result<Made, Problem> {
    let made = ready(wizard, days).await?;
    let doing = Doing::new(
        message!("doing-add-certificate"),
        APP_ROLE,
        message!("exists-certificate-unsent"),
    );
    let mut ids = wizard.ids();
    let tag = secret_tag(wizard.connection()?);
    let one_try = made.name.strip_prefix(&tag).unwrap_or_default();
    ids.insert(Slot::Try, one_try.to_owned());
    ids.insert(Slot::InDays(0), made.starts_at.to_string());
    ids.insert(Slot::InDays(days), made.ends_at.to_string());
    ids.insert(Slot::NewKey, made.key.to_string());
    ids.insert(Slot::Certificate, made.certificate.clone());
    let write = Write {
        change,
        key: made.key,
        shall_be_there: true,
        shown: false,
    };
    let others = replace(wizard, doing, write, ids).await?;
    let secret = GivenSecret {
        key: made.key,
        starts_at: made.starts_at,
        ends_at: made.ends_at,
    };
    let given = Given {
        secret: Some(secret),
        ..Given::default()
    };
    wizard.done(change.clone(), given)?;
    nobody_elses(others)?;
    Ok(Made::Done)
}

/// Removes one certificate of ours.
pub(super) async fn remove(wizard: &mut Wizard, key: KeyId) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-remove-certificate"),
        APP_ROLE,
        message!("exists-certificate-still"),
    );
    let change = Change::RemoveCredential(RemoveCredential {
        key,
        certificate: true,
    });
    let ids = wizard.ids();
    let write = Write {
        change: &change,
        key,
        shall_be_there: false,
        shown: false,
    };
    let others = replace(wizard, doing, write, ids).await?;
    drop_from_keychain(wizard, key).await;
    wizard.done(change, Given::default())?;
    nobody_elses(others)
}

/// The certificate that is to be added, with its key in the keychain: the one that an earlier try made, or a new one.
async fn ready(wizard: &mut Wizard, days: i32) -> Result<MadeCertificate, Problem> {
    let connection = wizard.connection()?;
    if let Some(made) = wizard.notes().made_certificate.clone() {
        let name = account(connection, made.key);
        let whose = made.certificate.clone();
        let kept = wizard
            .keychain(message!("exists-certificate-unsent"), move |keychain| {
                Ok(keychain
                    .get(&name)?
                    .is_some_and(|kept| certificate::is_of(&kept, &whose)))
            })
            .await?;
        let left = days_left(wizard.http().microsoft_now(), made.ends_at);
        if kept && left.abs_diff(i64::from(days)) <= 1 {
            return Ok(made);
        }
        drop_from_keychain(wizard, made.key).await;
    }
    if !certificate::can_be_made() {
        return Err(not_made());
    }
    // Microsoft's time: the end that is shown is counted by it.
    let starts_at = whole_second(wizard.http().microsoft_now())?;
    let ends_at = starts_at
        .checked_add((i64::from(days) * 24).hours())
        .map_err(|_| internal("the end of the certificate lies outside time"))?;
    let one_try = Uuid::new_v4().simple().to_string()[..8].to_owned();
    let name = format!("{}{one_try}", secret_tag(connection));
    let called = name.clone();
    let certificate::Made { der, key: value } =
        tokio::task::spawn_blocking(move || certificate::make(&called, starts_at, ends_at))
            .await
            .map_err(|_| internal("the making of the certificate was ended"))?
            .map_err(|why| internal(&why.to_string()))?;
    let made = MadeCertificate {
        key: KeyId(Uuid::new_v4()),
        name,
        starts_at,
        ends_at,
        certificate: STANDARD.encode(der),
    };
    // Written down first, so that the keychain holds nothing of which nobody knows.
    let app = wizard.key();
    wizard.record(Event::CertificateMade {
        app,
        made: made.clone(),
    })?;
    let name = account(connection, made.key);
    let saved = wizard
        .keychain(message!("exists-certificate-unsent"), move |keychain| {
            keychain.set(&name, &value)?;
            Ok(keychain.get(&name)?.is_some_and(|read| read.same_as(&value)))
        })
        .await?;
    match saved {
        true => Ok(made),
        false => Err(problem_of_a_forgetful_keychain(message!(
            "exists-certificate-unsent"
        ))),
    }
}

fn whole_second(at: Timestamp) -> Result<Timestamp, Problem> {
    Timestamp::from_second(at.as_second()).map_err(|_| internal("the time lies outside time"))
}

/// A list that is to be written.
struct Write<'a> {
    change: &'a Change,
    key: KeyId,
    shall_be_there: bool,
    /// Whether a list showed it already, and nothing was sent since that can have changed it.
    shown: bool,
}

impl Write<'_> {
    fn is_done(&self, held: &Held) -> bool {
        has(held, self.key) == self.shall_be_there
    }

    fn request(&self, held: &Held, ids: &mut Ids) -> Result<Request, Problem> {
        ids.insert(Slot::Keys, held.certificates.clone());
        match self.change.calls().pop().map(|call| call.filled(ids)) {
            Some(Ok(Call::Graph(request))) => Ok(request),
            _ => Err(internal("an id of the app isn't known yet")),
        }
    }
}

fn has(held: &Held, key: KeyId) -> bool {
    held.credentials
        .iter()
        .any(|one| one.certificate && one.key == key)
}

/// Reads the list until two looks agree, writes it, and reads it back. The names of other certificates that aren't as they
/// were before.
async fn replace(
    wizard: &mut Wizard,
    doing: Doing,
    mut write: Write<'_>,
    mut ids: Ids,
) -> Result<Vec<String>, Problem> {
    let object = wizard.app()?.object_id;
    let mut doing = doing.sends("PATCH /applications/{id}", message!("exists-certificate-perhaps"));
    if !write.shall_be_there {
        // Lists without it can be those of a replica that lags behind, and hide a certificate that works. Where none shows it
        // for as long as that may take, somebody removed it.
        write.shown = wizard
            .until_settled(async || Ok(!has(&read(wizard, &doing, object).await?, write.key)))
            .await?;
    }
    let first = agreed(wizard, &doing, &write, object).await?;
    let mut before = first.clone();
    let mut intended = false;
    for left in (0..MOST).rev() {
        require_app(&before.app, wizard.state())?;
        if write.is_done(&before) {
            return Ok(other_certificates(&first, &before, write.key));
        }
        if let Some(ours) = before.credentials.iter().find(|one| one.key == write.key) {
            require_secret(write.key, &ours.name, wizard.state())?;
        }
        untold(&before, write.key, intended)?;
        let request = write.request(&before, &mut ids)?;
        if !intended {
            let made = wizard.notes().made_certificate.as_ref();
            let tag = made
                .filter(|_| write.shall_be_there)
                .map(|made| made.name.clone());
            wizard.intend_try(write.change.clone(), tag)?;
            intended = true;
        }
        write.shown = false;
        let sent = microsoft::graph::change(wizard.http(), wizard.graph_token()?, &request).await;
        if let Err(error) = &sent {
            if left > 0 && waited_out(wizard, error).await {
                before = agreed(wizard, &doing, &write, object).await?;
                continue;
            }
            if error.changed_nothing() {
                return Err(problem(error, &doing));
            }
            // It may have taken effect behind the error: what is read says.
            doing = doing.unsure();
        }
        let (settled, after) = settled(wizard, &doing, &write, object, before).await?;
        let others = other_certificates(&first, &after, write.key);
        return match (settled, sent) {
            (true, _) => Ok(others),
            (false, Err(error)) => Err(problem(&error, &doing)),
            (false, Ok(())) if write.shall_be_there || !others.is_empty() => Err(meanwhile(&others)),
            (false, Ok(())) => Err(secret_still_seen()),
        };
    }
    Err(internal("the list of certificates was written too often"))
}

/// Waits where sending it again may help: the app isn't seen yet, or Microsoft asks for a while that is no longer than we
/// wait on our own. Whether there is such a reason.
async fn waited_out(wizard: &Wizard, error: &Error) -> bool {
    if error.not_there() {
        wizard.between_looks().await;
        return true;
    }
    let wait = slowed_for(wizard, error);
    if let Some(wait) = wait {
        wizard.clock().wait(wait).await;
    }
    wait.is_some()
}

/// Reads the list back until it is as it was written, and says whether it is. Gone is gone in two looks.
async fn settled(
    wizard: &Wizard,
    doing: &Doing,
    write: &Write<'_>,
    object: AppObjectId,
    before: Held,
) -> Result<(bool, Held), Problem> {
    let mut after = before;
    let settled = match write.shall_be_there {
        true => {
            wizard
                .until_settled(async || {
                    after = read(wizard, doing, object).await?;
                    Ok(!write.is_done(&after))
                })
                .await?
        }
        false => {
            let token = wizard.graph_token()?;
            wizard
                .until_gone(doing, async || {
                    after = credentials::of_app(wizard.http(), token, object).await?;
                    Ok(has(&after, write.key))
                })
                .await?
        }
    };
    Ok((settled, after))
}

/// The list as two looks in a row show it, with what we know of it: one of them alone can be that of a replica that lags
/// behind, and what it lacks would be taken away by our writing.
async fn agreed(
    wizard: &Wizard,
    doing: &Doing,
    write: &Write<'_>,
    object: AppObjectId,
) -> Result<Held, Problem> {
    let mut last = read(wizard, doing, object).await?;
    for _ in 0..MOST {
        wizard.between_looks().await;
        let now = read(wizard, doing, object).await?;
        if now.certificates == last.certificates && is_as_we_left_it(wizard, &now, write) {
            return Ok(now);
        }
        last = now;
    }
    Err(meanwhile(&[]))
}

/// Whether a list shows the certificates of ours that work, and none that was just removed: not all of Microsoft's servers
/// know at once what another was told (microsoft-facts §2.11).
fn is_as_we_left_it(wizard: &Wizard, held: &Held, write: &Write<'_>) -> bool {
    let but = write.key;
    let notes = wizard.notes();
    let works = keys_that_count(notes)
        .into_iter()
        .filter(|key| *key != but && notes.kind_of(*key) == CredentialKind::Certificate)
        .all(|key| has(held, key));
    let replicating = |at: &Timestamp| {
        let since = wizard.now().duration_since(*at);
        Duration::try_from(since).is_ok_and(|since| since <= wizard.http().cloud().waits.replication)
    };
    let removed = notes.recent.iter().filter(|(at, ..)| replicating(at));
    let stays_away = removed.map(|(_, change, _)| change).all(|change| match change {
        Change::RemoveCredential(gone) => gone.key == but || !has(held, gone.key),
        _ => true,
    });
    works && stays_away && (!write.shown || has(held, but))
}

/// Stops where Microsoft doesn't tell a certificate whole that stays: what can't be read can't be sent again.
fn untold(held: &Held, but: KeyId, sent: bool) -> Result<(), Problem> {
    let exists = match sent {
        true => message!("exists-certificate-perhaps"),
        false => message!("exists-certificate-unsent"),
    };
    match held.untold(but).as_slice() {
        [] => Ok(()),
        names => Err(Problem::said(
            Code::CertificatesUntold,
            message!("making-certificates-untold", names = listed(names)),
        )
        .retry(Retry::AfterYouAct)
        .exists(exists)),
    }
}

async fn read(wizard: &Wizard, doing: &Doing, object: AppObjectId) -> Result<Held, Problem> {
    let token = wizard.graph_token()?;
    wizard
        .once_replicated(doing, Error::not_there, async || {
            credentials::of_app(wizard.http(), token, object).await
        })
        .await
}

/// Stops where somebody else's certificate isn't as it was when we began.
fn nobody_elses(others: Vec<String>) -> Result<(), Problem> {
    match others.as_slice() {
        [] => Ok(()),
        names => Err(meanwhile(names)),
    }
}

fn listed(names: &[String]) -> Arg {
    Arg::list(
        Join::And,
        names.iter().map(|name| Arg::name(Kind::Credential, name)),
    )
}

fn meanwhile(names: &[String]) -> Problem {
    let exists = message!("exists-certificates-changed");
    let words = match names {
        [] => message!("making-certificates-keep-changing"),
        names => message!("making-certificates-changed", names = listed(names)),
    };
    Problem::said(Code::CertificatesChanged, words)
        .retry(Retry::AfterYouAct)
        .exists(exists)
}

fn not_made() -> Problem {
    Problem::said(Code::CertificateNotMade, message!("making-certificate-not-made"))
        .retry(Retry::AfterYouAct)
        .exists(message!("exists-certificate-unsent"))
}
