//! The proof: with the app's own key, the chosen mailboxes answer and the others are refused.
//!
//! Three authorities are read, because access adds up: grants in Entra, role assignments in Exchange through
//! Microsoft's test cmdlet, and what live calls with the app's own token say. Only the last is called proven. While
//! Microsoft still applies the limit nothing is called live before it is due, because asking keeps a stale answer
//! alive (microsoft-facts §4b). Changes nothing.

use domain::address::Address;
use domain::finding::{Finding, Observation, Stamp};
use domain::permission::Permission;
use domain::problem::Problem;
use engine::event::Event;
use engine::proof::{Expected, Proof, ProofRow, verdict};
use jiff::{SignedDuration, Timestamp};
use microsoft::entra::app_token;
use microsoft::error::Error;
use microsoft::exchange::limit::{self, Authorization};
use microsoft::graph::mail::{self, Outcome, Probe};

use super::{create_secret, prove_permissions};
use crate::problems::{APP_ROLE, Doing, EXCHANGE_ROLE, problem};
use crate::wizard::{Wizard, internal};

/// When the next look is due: half an hour after the limit was set, or after the last look that found it unapplied.
pub fn due(wizard: &Wizard) -> Option<Timestamp> {
    let waits = wizard.http().cloud().waits;
    let set_at = wizard.state().limit.set_at?;
    match wizard.state().proof.as_ref().map(|proof| &proof.verdict) {
        Some(engine::proof::Verdict::Waiting { look_at }) => Some(*look_at),
        _ => set_at
            .checked_add(SignedDuration::try_from(waits.limit_idle).ok()?)
            .ok(),
    }
}

/// Runs the proof. Live calls are made once they are due, or at once where `now` is wanted.
pub async fn check(wizard: &mut Wizard, now: bool) -> Result<(), Problem> {
    let due = due(wizard).ok_or_else(|| internal("there is no limit yet"))?;
    let look = now || wizard.now() >= due;
    let grants = prove_permissions::read(wizard).await?;
    let wanted = mailboxes(wizard);
    let tested = test(wizard, &wanted).await?;
    let looks = wizard.state().proof.as_ref().map_or(0, |proof| proof.looks);
    let (rows, looks) = if look {
        (observe(wizard, wanted, tested).await?, looks + 1)
    } else {
        let at = wizard.now();
        let waiting = Observation {
            finding: Finding::Waiting { look_at: due },
            ..nothing_seen(at)
        };
        let permissions = wizard.permissions();
        let rows = wanted
            .into_iter()
            .zip(tested)
            .map(|((mailbox, expected), configured)| ProofRow {
                mailbox,
                expected,
                configured,
                observed: permissions
                    .iter()
                    .map(|permission| (*permission, waiting.clone()))
                    .collect(),
            })
            .collect();
        (rows, looks)
    };
    let look_at = next_look(wizard, look, due);
    let at = wizard.now();
    let verdict = verdict(&rows, &grants, look_at);
    wizard.record(Event::Proved {
        proof: Proof {
            at,
            rows,
            grants,
            looks,
            verdict,
        },
    })
}

/// When to look next if something still waits: `None` once Microsoft's longest time has passed.
fn next_look(wizard: &Wizard, looked: bool, due: Timestamp) -> Option<Timestamp> {
    if !looked {
        return Some(due);
    }
    let waits = wizard.http().cloud().waits;
    let now = wizard.now();
    let pause = SignedDuration::try_from(waits.limit_idle).ok()?;
    let longest = SignedDuration::try_from(waits.limit_longest).ok()?;
    let overdue = now.duration_since(wizard.state().limit.set_at?) >= longest;
    if overdue {
        None
    } else {
        now.checked_add(pause).ok()
    }
}

fn mailboxes(wizard: &Wizard) -> Vec<(Address, Expected)> {
    let state = wizard.state();
    let refused = state
        .mailboxes
        .refused
        .iter()
        .filter_map(|entry| entry.mailbox())
        .map(|mailbox| (mailbox.address.clone(), Expected::Refused));
    let random = state
        .random
        .iter()
        .map(|mailbox| (mailbox.address.clone(), Expected::RefusedRandom));
    state
        .allowed()
        .into_iter()
        .map(|address| (address, Expected::Works))
        .chain(refused)
        .chain(random)
        .collect()
}

fn nothing_seen(at: Timestamp) -> Observation {
    Observation {
        finding: Finding::NotApplicable,
        stamp: Stamp::Observed,
        at,
        status: None,
        code: None,
        request_id: None,
    }
}

/// What Microsoft's test says of every mailbox.
async fn test(wizard: &Wizard, wanted: &[(Address, Expected)]) -> Result<Vec<Observation>, Problem> {
    let doing = Doing::new(
        "ask Microsoft's own test",
        EXCHANGE_ROLE,
        "The limit was set in Exchange.",
    );
    let addresses: Vec<Address> = wanted.iter().map(|(address, _)| address.clone()).collect();
    let outcomes = limit::test(&wizard.exchange()?, wizard.principal()?, &addresses)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let permissions = wizard.permissions();
    Ok(outcomes
        .into_iter()
        .zip(wanted)
        .map(|(outcome, (_, expected))| configured(outcome, *expected, &permissions, wizard.now()))
        .collect())
}

fn configured(
    outcome: Result<Vec<Authorization>, Error>,
    expected: Expected,
    permissions: &[Permission],
    at: Timestamp,
) -> Observation {
    let unknown = |why: &str| Finding::Unknown { why: why.to_owned() };
    let seen = Observation {
        stamp: Stamp::Configured,
        ..nothing_seen(at)
    };
    let roles = match outcome {
        Ok(roles) => roles,
        Err(error) => {
            let evidence = error.evidence();
            let finding = unknown("Microsoft's test didn't answer for this mailbox");
            return Observation {
                finding,
                status: evidence.status,
                code: evidence.code,
                request_id: evidence.request_id,
                ..seen
            };
        }
    };
    let in_scope = |role: &Authorization| role.in_scope == Some(true);
    let asked = permissions
        .iter()
        .map(|permission| roles.iter().find(|role| role.role == permission.exchange_role()));
    let finding = match expected {
        Expected::Works if asked.clone().all(|role| role.is_some_and(in_scope)) => Finding::Works,
        Expected::Works if asked.flatten().any(|role| role.in_scope.is_none()) => {
            unknown("Microsoft's test wasn't run for this mailbox")
        }
        Expected::Works => unknown("Microsoft's test says that this mailbox isn't within the limit"),
        // Any role at all counts here, asked for or not.
        _ if roles.iter().any(in_scope) => Finding::TooBroad,
        _ if roles.iter().any(|role| role.in_scope.is_none()) => {
            unknown("Microsoft's test wasn't run for this mailbox")
        }
        _ => Finding::Refused,
    };
    Observation { finding, ..seen }
}

/// Calls every mailbox with the app's own token: first those that must work, then those that must be refused, all with
/// one token.
async fn observe(
    wizard: &mut Wizard,
    wanted: Vec<(Address, Expected)>,
    tested: Vec<Observation>,
) -> Result<Vec<ProofRow>, Problem> {
    let doing = Doing::new(
        "get a token as the app",
        APP_ROLE,
        "The limit was set in Exchange.",
    );
    let secret = create_secret::value(wizard).await?;
    let token = app_token::graph_token(wizard.http(), wizard.tenant()?, wizard.app()?.client_id, &secret)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let permissions = wizard.permissions();
    let mut rows = Vec::new();
    for ((mailbox, expected), configured) in wanted.into_iter().zip(tested) {
        let mut observed = Vec::new();
        for permission in &permissions {
            let probe = mail::probe(wizard.http(), &token, &mailbox, *permission).await;
            observed.push((*permission, judge(wizard, probe, expected, &configured)));
        }
        rows.push(ProofRow {
            mailbox,
            expected,
            configured,
            observed,
        });
    }
    Ok(rows)
}

fn judge(wizard: &Wizard, probe: Probe, expected: Expected, configured: &Observation) -> Observation {
    let finding = match (expected, probe.outcome) {
        (Expected::Works, Outcome::Answered) => Finding::Works,
        // Microsoft's test says yes and the live call no: the limit is set and not applied yet.
        (Expected::Works, Outcome::Denied) if configured.finding == Finding::Works => {
            let pause = SignedDuration::try_from(wizard.http().cloud().waits.limit_idle).unwrap_or_default();
            Finding::Waiting {
                look_at: probe.at.checked_add(pause).unwrap_or(probe.at),
            }
        }
        (Expected::Works, Outcome::Denied) => Finding::Unknown {
            why: "The app is refused, and Microsoft's test doesn't say that it may".into(),
        },
        (_, Outcome::Answered) => Finding::TooBroad,
        (_, Outcome::Denied) => Finding::Refused,
        (_, Outcome::Nothing(why)) => Finding::Unknown { why },
    };
    Observation {
        finding,
        stamp: Stamp::Observed,
        at: probe.at,
        status: probe.status,
        code: probe.code,
        request_id: probe.request_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(permission: Permission, in_scope: Option<bool>) -> Authorization {
        Authorization {
            role: permission.exchange_role().to_owned(),
            in_scope,
        }
    }

    #[test]
    fn microsofts_test_is_read_strictly() {
        let asked = [Permission::MailReadWrite, Permission::MailSend];
        let finding = |roles: Vec<Authorization>, expected| {
            configured(Ok(roles), expected, &asked, Timestamp::UNIX_EPOCH).finding
        };
        let both = |in_scope| {
            vec![
                role(Permission::MailReadWrite, in_scope),
                role(Permission::MailSend, in_scope),
            ]
        };
        assert_eq!(finding(both(Some(true)), Expected::Works), Finding::Works);
        assert_eq!(finding(both(Some(false)), Expected::Refused), Finding::Refused);
        assert_eq!(
            finding(both(Some(true)), Expected::RefusedRandom),
            Finding::TooBroad
        );
        assert!(matches!(
            finding(both(Some(false)), Expected::Works),
            Finding::Unknown { .. }
        ));
        assert!(matches!(
            finding(both(None), Expected::Refused),
            Finding::Unknown { .. }
        ));
        assert!(matches!(
            finding(vec![role(Permission::MailSend, Some(true))], Expected::Works),
            Finding::Unknown { .. }
        ));
        // A role that nobody asked for is too broad all the same.
        assert_eq!(
            finding(vec![role(Permission::MailRead, Some(true))], Expected::Refused),
            Finding::TooBroad
        );
    }
}
