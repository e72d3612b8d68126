//! A check with the app's own key alone: no sign-in, no window, nothing read that an administrator would have to read.
//!
//! The secret is the one of the record, out of this computer's keychain. It is sent to the cloud that was given and to no
//! host that the record names.

use std::collections::BTreeSet;
use std::path::Path;

use bundle::read::{MailboxRead, RecordRead};
use domain::finding::{Finding, Observation, Why};
use domain::ids::ConnectionId;
use domain::message;
use domain::message::Arg;
use domain::permission::{Method, Permission};
use domain::problem::{Code, Problem, Retry};
use domain::secret::Secret;
use domain::trace::Trace;
use engine::state::State;
use keychain::Keychain;
use microsoft::clock::Clock;
use microsoft::cloud::Cloud;
use microsoft::graph::mail::{Outcome, Probe};
use microsoft::http::Http;

use super::checked::{Checked, Must, Tried, of_the_calls, of_the_end, unseen_by_the_app};
use super::found::{Found, is_of_the_connection};
use crate::changes::account;
use crate::journal_file::JournalFile;
use crate::live_calls::{self, Called};
use crate::problems::{self, Doing, problem};
use crate::record_file::too_old;
use crate::wizard::{internal, too_far_apart};

/// Where a check is made.
pub struct Here<'a> {
    /// Where this computer keeps its connections.
    pub data: &'a Path,
    /// The name under which its keychain keeps the secrets.
    pub keychain: &'a str,
    /// The cloud.
    pub cloud: Cloud,
    /// The time.
    pub clock: Clock,
    /// Who is told of remote calls.
    pub trace: Trace,
}

/// Tries the recorded mailboxes with the app's own key: those of the platform must answer, the others refuse.
///
/// # Errors
/// Where nothing could be checked: the record is too old, the secret isn't on this computer, Microsoft can't be reached,
/// or the clocks differ.
pub async fn with_own_key(here: Here<'_>, record: &RecordRead) -> Result<Checked, Problem> {
    let connection = record.connection.ok_or_else(|| too_old(record))?;
    let replaced = newer_secret(here.data, connection, record);
    let secret = kept(here.keychain, connection, record, replaced).await?;
    let nothing = || message!("problems-nothing-changed");
    let http = Http::new(here.cloud, here.clock, here.trace)
        .map_err(|error| problem(&error, &Doing::new(message!("doing-prepare"), "", nothing())))?;
    let (known, unknown) = permissions(record);
    let method = record.method();
    let token = live_calls::token(&http, method, record.tenant, record.client, &secret).await;
    drop(secret);
    if let Some(skewed) = too_far_apart(&http) {
        return Err(skewed.exists(nothing()));
    }
    let mut found: Vec<Found> = of_the_end(record.ends_at, http.clock().now())
        .into_iter()
        .collect();
    if replaced {
        found.push(Found::NewerSecret);
    }
    let mut tried = Vec::new();
    match token {
        Ok(token) => {
            tried = try_each(&http, method, &token, record, &known).await;
            found.extend(of_the_calls(&tried));
            found.extend(unknown.into_iter().map(|name| Found::UnknownPermission { name }));
        }
        Err(error) => {
            let doing = Doing::as_the_app(message!("doing-sign-in-as-app"), nothing());
            let refused = problem(&error, &doing);
            if !is_of_the_connection(refused.code) {
                return Err(refused);
            }
            // That it ended says why it is refused.
            let ended = found
                .iter()
                .any(|found| matches!(found, Found::SecretEnded { .. }));
            if !(ended && refused.code == Code::SecretRefused) {
                found.push(Found::App(Box::new(refused)));
            }
        }
    }
    let checked = Checked {
        at: http.clock().now(),
        tried,
        found,
        unseen: unseen_by_the_app(),
        ends_at: record.ends_at,
    };
    Ok(checked.put_in_order())
}

/// The secret that the record names, out of this computer's keychain. `replaced` says whether the notes here name another.
async fn kept(
    namespace: &str,
    connection: ConnectionId,
    record: &RecordRead,
    replaced: bool,
) -> Result<Secret, Problem> {
    let (keychain, name) = (Keychain::open(namespace), account(connection, record.key));
    let exists = || message!("problems-nothing-changed");
    let found = tokio::task::spawn_blocking(move || keychain.get(&name))
        .await
        .map_err(|_| internal("the keychain call was ended"))?
        .map_err(|error| problems::keychain(&error, exists()))?;
    found.ok_or_else(|| {
        let key = Arg::ends(record.key);
        let (code, words) = if replaced {
            (Code::RecordReplaced, message!("check-replaced", key = key))
        } else {
            (Code::SecretElsewhere, message!("check-no-secret", key = key))
        };
        Problem::said(code, words)
            .retry(Retry::AfterYouAct)
            .exists(exists())
    })
}

/// Whether this computer's notes of the connection name another secret than the record. They are only looked at, also while
/// a window has them open, and nothing rests on them.
fn newer_secret(data: &Path, connection: ConnectionId, record: &RecordRead) -> bool {
    let folder = data.join(connection.to_string());
    let Ok(journal) = JournalFile::read(&folder, connection, None) else {
        return false;
    };
    let state = State::of(&journal.records);
    let secret = state.at_hand().secret.as_ref();
    secret.is_some_and(|secret| secret.key != record.key)
}

/// The permissions of the record, and the names of those that this version doesn't know and so can't try.
fn permissions(record: &RecordRead) -> (Vec<Permission>, Vec<String>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for name in &record.permissions {
        match Permission::of_name(name) {
            Some(permission) => known.push(permission),
            None => unknown.push(name.clone()),
        }
    }
    (known, unknown)
}

/// Calls every mailbox of the record, by its object id: first those that must answer, then those that must refuse, all with
/// one token. Only an answer makes a refusal count (product.md §6).
async fn try_each(
    http: &Http,
    method: Method,
    token: &Secret,
    record: &RecordRead,
    permissions: &[Permission],
) -> Vec<Tried> {
    let mut answered = BTreeSet::new();
    let mut tried = Vec::new();
    for (must, mailboxes) in [(Must::Answer, &record.mailboxes), (Must::Refuse, &record.refused)] {
        let asked: Vec<(&MailboxRead, Permission)> = mailboxes
            .iter()
            .flat_map(|mailbox| permissions.iter().map(move |permission| (mailbox, *permission)))
            .collect();
        let called = |(mailbox, permission): &(&MailboxRead, Permission)| Called {
            mailbox: mailbox.id,
            address: mailbox.address.clone(),
            permission: *permission,
        };
        let called: Vec<Called> = asked.iter().map(called).collect();
        let probes = live_calls::call(http, method, token, &called).await;
        for ((mailbox, permission), probe) in asked.into_iter().zip(probes) {
            let seen = seen(probe, must, answered.contains(&permission));
            if seen.finding == Finding::Works {
                answered.insert(permission);
            }
            tried.push(Tried {
                mailbox: mailbox.id,
                address: mailbox.address.clone(),
                permission,
                must,
                seen,
            });
        }
    }
    tried
}

fn seen(probe: Probe, must: Must, answered: bool) -> Observation {
    let finding = match (must, &probe.outcome) {
        (Must::Answer, Outcome::Answered) => Finding::Works,
        (Must::Answer, Outcome::Denied) => Finding::Refused,
        (Must::Refuse, Outcome::Answered) => Finding::TooBroad,
        (Must::Refuse, Outcome::Denied) if answered => Finding::Refused,
        (Must::Refuse, Outcome::Denied) => Finding::Unknown {
            why: Why::NothingAnswered,
        },
        (_, Outcome::Nothing(why)) => Finding::Unknown { why: why.clone() },
    };
    probe.judged(finding)
}
