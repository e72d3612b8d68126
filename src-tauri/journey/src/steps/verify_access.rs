//! The proof: with the app's own key, the chosen mailboxes answer and the others are refused.
//!
//! Three authorities are read, because access adds up: grants in Entra, role assignments in Exchange with everything
//! that their scope matches, and what live calls with the app's own token say. Only the last is called proven, and only
//! while everything else is exactly as it was asked for. While Microsoft still applies the limit nothing is called live
//! before it is due, because asking keeps a stale answer alive (microsoft-facts §4b). Changes nothing.

use std::collections::BTreeSet;

use domain::address::Address;
use domain::finding::{Finding, Observation, Stamp, Why};
use domain::ids::MailboxId;
use domain::mail_protocol::MailboxProtocol;
use domain::message;
use domain::message::Message;
use domain::permission::Permission;
use domain::problem::Problem;
use domain::secret::Secret;
use engine::basis::{Reason, reasons};
use engine::controls::{prove_nothing, said};
use engine::event::Event;
use engine::proof::{Expected, Proof, ProofRow, Verdict, verdict};
use jiff::{SignedDuration, Timestamp};
use microsoft::error::Error;
use microsoft::exchange::client_access;
use microsoft::exchange::limit::{Authorization, Tested};
use microsoft::graph::mail::{Outcome, Probe};

use crate::live_calls::{self, Called};
use crate::problems::{Doing, problem};
use crate::steps::choose_mailboxes::draw;
use crate::survey::{self, Survey};
use crate::wizard::{Wizard, internal};

/// A mailbox of the proof: which, the address it was known by, what it must do.
struct Wanted {
    mailbox: MailboxId,
    address: Address,
    expected: Expected,
}

/// When the next look is due: half an hour after the limit was set, or after the last look that found it unapplied.
pub fn due(wizard: &Wizard) -> Option<Timestamp> {
    let waits = wizard.http().cloud().waits;
    let set_at = wizard.notes().limit_set_at?;
    match wizard.state().proof.as_ref().map(|proof| &proof.verdict) {
        Some(Verdict::Waiting { look_at }) => Some(*look_at),
        _ => set_at
            .checked_add(SignedDuration::try_from(waits.limit_idle).ok()?)
            .ok(),
    }
}

/// Runs the proof. Live calls are made once they are due, or at once where `now` is wanted.
///
/// A look that fails leaves no proof: what was proven before was of a state that could not be read again.
pub async fn check(wizard: &mut Wizard, now: bool) -> Result<(), Problem> {
    match look(wizard, now).await {
        // A proof that can't be kept leaves the one before it no better: something else was just read.
        Ok(proof) => match wizard.record(Event::Proved { proof }) {
            Err(problem) => stopped(wizard).and(Err(problem)),
            kept => kept,
        },
        Err(problem) => {
            stopped(wizard)?;
            Err(problem)
        }
    }
}

/// Says that a look was stopped: it leaves no proof, neither its own nor the one before it.
///
/// # Errors
/// When the disk refuses.
pub fn stopped(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.state().proof.is_some() {
        wizard.take_back_proof()?;
    }
    Ok(())
}

/// How far the first part of a look is told.
pub(crate) fn own_test() -> Message {
    message!("verify-own-test")
}

/// How often others are drawn in place of mailboxes that prove nothing, in one look.
const MOST_DRAWS: usize = 3;

/// Looks, with others in place of the drawn mailboxes that prove nothing. What is left of those isn't counted.
async fn look(wizard: &mut Wizard, now: bool) -> Result<Proof, Problem> {
    let mut nothing = BTreeSet::new();
    for left in (0..=MOST_DRAWS).rev() {
        let mut proof = look_once(wizard, now).await?;
        let found = prove_nothing(&proof.rows);
        if found.is_empty() {
            return Ok(proof);
        }
        nothing.extend(found);
        if left > 0 && draw::again(wizard, &nothing).await? {
            continue;
        }
        draw::leave_out(wizard, &nothing)?;
        proof.rows.retain(|row| !nothing.contains(&row.mailbox));
        let next = due(wizard).and_then(|due| next_look(wizard, now || wizard.now() >= due, due));
        judge_all(wizard, &mut proof, next);
        return Ok(proof);
    }
    Err(internal("a look had no end"))
}

/// The verdict over the rows as they are, and what follows from those that were drawn.
fn judge_all(wizard: &Wizard, proof: &mut Proof, next: Option<Timestamp>) {
    proof.verdict = match verdict(&proof.rows, &proof.reasons, next) {
        Verdict::Proven => {
            still_served(wizard).map_or(Verdict::Proven, |look_at| Verdict::Waiting { look_at })
        }
        other => other,
    };
    proof.said = said(&proof.rows, &wizard.state().drawn);
}

async fn look_once(wizard: &mut Wizard, now: bool) -> Result<Proof, Problem> {
    let due = due(wizard).ok_or_else(|| internal("there is no limit yet"))?;
    let live = now || wizard.now() >= due;
    let mut wanted = mailboxes(wizard);
    let all = wanted.len();
    let subjects: Vec<MailboxId> = wanted.iter().map(|one| one.mailbox).collect();
    let progress = wizard.progress_handle();
    // What the limit was read back with a moment ago says the same; only live calls ask for a look of their own.
    let read_already = wizard
        .take_survey()
        .filter(|survey| !live && survey.subjects == subjects);
    let survey = match read_already {
        Some(survey) => survey,
        None => {
            survey::read(wizard, &subjects, &message!("problems-limit-was-set"), |done| {
                progress(own_test(), done, all);
            })
            .await?
        }
    };
    for one in &mut wanted {
        let Some(standing) = survey.standing.get(&one.mailbox) else {
            continue;
        };
        if standing.address != one.address {
            // The same mailbox under another address: found by its id, and told with both.
            one.address = standing.address.clone();
            wizard.record(Event::AddressChanged {
                mailbox: one.mailbox,
                address: one.address.clone(),
            })?;
        }
    }
    let permissions = wizard.permissions();
    let mut rows: Vec<ProofRow> = wanted
        .iter()
        .zip(&survey.tested)
        .map(|(one, tested)| ProofRow {
            mailbox: one.mailbox,
            address: one.address.clone(),
            expected: one.expected,
            configured: configured(tested, one, &survey, &permissions, wizard.now()),
            observed: Vec::new(),
        })
        .collect();
    let reasons = reasons(&survey.basis, &survey::asked(wizard)?);
    let looks = if let Some(why) = reasons.iter().find_map(cannot_sign_in) {
        // A live call could only say that the app can't sign in, and that is known better already.
        let untried = Observation {
            finding: Finding::Unknown { why },
            ..nothing_seen(wizard.now())
        };
        for row in &mut rows {
            row.observed = permissions.iter().map(|one| (*one, untried.clone())).collect();
        }
        wizard.state().looks
    } else if live {
        observe(wizard, survey.secret, &mut rows, |done| {
            progress(message!("verify-live-calls"), done, all);
        })
        .await?;
        wizard.state().looks + 1
    } else {
        let waiting = Observation {
            finding: Finding::Waiting { look_at: due },
            ..nothing_seen(wizard.now())
        };
        for row in &mut rows {
            row.observed = permissions.iter().map(|one| (*one, waiting.clone())).collect();
        }
        wizard.state().looks
    };
    let next = next_look(wizard, live, due);
    let mut proof = Proof {
        at: wizard.now(),
        rows,
        basis: survey.basis,
        reasons,
        looks,
        verdict: Verdict::Unknown,
        said: None,
    };
    judge_all(wizard, &mut proof, next);
    Ok(proof)
}

/// Until when Microsoft may still serve what the app reached beyond what was asked for and no row can try by name: a
/// role within another scope, or more mailboxes than were listed. `None` once that is over.
fn still_served(wizard: &Wizard) -> Option<Timestamp> {
    let until = served_until(wizard, wizard.state().reached_more?);
    (wizard.now() < until).then_some(until)
}

/// Until when Microsoft may serve what it served at a time.
fn served_until(wizard: &Wizard, at: Timestamp) -> Timestamp {
    at.saturating_add(wizard.http().cloud().waits.limit_longest)
        .unwrap_or(Timestamp::MAX)
}

/// Whether Microsoft may still serve what it served at a time.
fn may_be_served(wizard: &Wizard, at: Timestamp) -> bool {
    wizard.now() < served_until(wizard, at)
}

/// Why no live call is made, where the app can't sign in as things stand.
fn cannot_sign_in(reason: &Reason) -> Option<Why> {
    match reason {
        Reason::Disabled => Some(Why::AppDisabled),
        Reason::CredentialGone => Some(Why::SecretGone),
        _ => None,
    }
}

/// The mailboxes of a proof made now, in the order of its rows.
pub(crate) fn subjects(wizard: &Wizard) -> Vec<MailboxId> {
    mailboxes(wizard).iter().map(|one| one.mailbox).collect()
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
    // Somebody who came into the group that the limit goes by is let in as late as if it had been set then.
    let since = wizard
        .notes()
        .limit_set_at?
        .max(wizard.state().group_grew_at.unwrap_or_default());
    let overdue = now.duration_since(since) >= longest;
    if overdue {
        None
    } else {
        now.checked_add(pause).ok()
    }
}

/// Every mailbox of the proof, those that must work first.
fn mailboxes(wizard: &Wizard) -> Vec<Wanted> {
    let state = wizard.state();
    let allowed = state
        .allowed()
        .into_iter()
        .map(|mailbox| (mailbox, Expected::Works));
    let refused = state
        .mailboxes
        .refused
        .iter()
        .filter_map(|entry| entry.mailbox())
        .map(|mailbox| (mailbox, Expected::Refused));
    let random = state
        .drawn
        .mailboxes()
        .map(|mailbox| (mailbox, Expected::RefusedRandom));
    let mut wanted: Vec<Wanted> = Vec::new();
    for (mailbox, expected) in allowed.chain(refused).chain(random) {
        if wanted.iter().all(|one| one.mailbox != mailbox.object_id) {
            wanted.push(Wanted {
                mailbox: mailbox.object_id,
                address: mailbox.address.clone(),
                expected,
            });
        }
    }
    // What was given here, or may have been, and isn't asked for.
    let given = wizard.notes().full_access_to_look_at();
    for mailbox in given {
        let address = state
            .address_of(mailbox)
            .and_then(|address| Address::parse(address).ok());
        if let Some(address) = address
            && wanted.iter().all(|one| one.mailbox != mailbox)
        {
            wanted.push(Wanted {
                mailbox,
                address,
                expected: Expected::RefusedRemoved,
            });
        }
    }
    for (mailbox, removed) in &state.removed {
        let over = removed.limit_gone_at.is_some_and(|at| !may_be_served(wizard, at));
        if !over && wanted.iter().all(|one| one.mailbox != *mailbox) {
            wanted.push(Wanted {
                mailbox: *mailbox,
                address: removed.address.clone(),
                expected: Expected::RefusedRemoved,
            });
        }
    }
    wanted
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

/// What Exchange's own answers say of a mailbox: that it is there, and whether it is within the limit.
fn configured(
    tested: &Tested,
    wanted: &Wanted,
    survey: &Survey,
    permissions: &[Permission],
    at: Timestamp,
) -> Observation {
    let seen = Observation {
        stamp: Stamp::Configured,
        ..nothing_seen(at)
    };
    let unknown = |why| Finding::Unknown { why };
    match survey.standing.get(&wanted.mailbox) {
        // One that nobody asks for any more and that is gone can't be reached; a live call has to agree.
        None if wanted.expected == Expected::RefusedRemoved => return seen,
        None => {
            return Observation {
                finding: unknown(Why::NotInExchange),
                ..seen
            };
        }
        // A refusal proves nothing where there is no mailbox that could have answered (product.md §6).
        Some(standing) if !standing.mailbox => {
            return Observation {
                finding: unknown(Why::NoMailbox),
                ..seen
            };
        }
        Some(_) => {}
    }
    let seen = of_mailbox(tested, wanted, survey, permissions, seen);
    match seen.finding {
        // What can be reached is said in any case.
        Finding::Refused if survey.hold_nothing.contains(&wanted.mailbox) => Observation {
            finding: unknown(Why::HoldsNothing),
            ..seen
        },
        _ => seen,
    }
}

/// The same of a mailbox that is there.
fn of_mailbox(
    tested: &Tested,
    wanted: &Wanted,
    survey: &Survey,
    permissions: &[Permission],
    seen: Observation,
) -> Observation {
    let unknown = |why| Finding::Unknown { why };
    if let Some(held) = &survey.in_exchange.full_access {
        let finding = match (wanted.expected, held.contains(&wanted.mailbox)) {
            (Expected::Works, true) => Finding::Works,
            (Expected::Works, false) => unknown(Why::NotWithinLimit),
            (_, true) => Finding::TooBroad,
            (_, false) => Finding::Refused,
        };
        return Observation { finding, ..seen };
    }
    match &tested.roles {
        Ok(roles) => Observation {
            finding: in_scope(roles, wanted.expected, permissions),
            ..seen
        },
        Err(error) => Observation {
            finding: unknown(Why::TestSilent),
            ..with_evidence(seen, error)
        },
    }
}

fn with_evidence(seen: Observation, error: &Error) -> Observation {
    let evidence = error.evidence();
    Observation {
        status: evidence.status,
        code: evidence.code,
        request_id: evidence.request_id,
        ..seen
    }
}

fn in_scope(roles: &[Authorization], expected: Expected, permissions: &[Permission]) -> Finding {
    let unknown = |why| Finding::Unknown { why };
    let in_scope = |role: &Authorization| role.in_scope == Some(true);
    let asked = permissions
        .iter()
        .map(|permission| permission.exchange_role())
        .map(|asked| roles.iter().find(|role| Some(role.role.as_str()) == asked));
    match expected {
        Expected::Works if asked.clone().all(|role| role.is_some_and(in_scope)) => Finding::Works,
        Expected::Works if asked.flatten().any(|role| role.in_scope.is_none()) => unknown(Why::TestNotRun),
        Expected::Works => unknown(Why::NotWithinLimit),
        // Any role at all counts here, asked for or not.
        _ if roles.iter().any(in_scope) => Finding::TooBroad,
        _ if roles.iter().any(|role| role.in_scope.is_none()) => unknown(Why::TestNotRun),
        _ => Finding::Refused,
    }
}

/// Calls every mailbox with the app's own token: first those that must work, then those that must be refused, all with
/// one token.
async fn observe(
    wizard: &Wizard,
    secret: Secret,
    rows: &mut [ProofRow],
    told: impl Fn(usize),
) -> Result<(), Problem> {
    let doing = Doing::as_the_app(
        message!("doing-sign-in-as-app"),
        message!("problems-limit-was-set"),
    );
    let (method, client) = (wizard.method(), wizard.app()?.client_id);
    let token = live_calls::token(wizard.http(), method, wizard.tenant()?, client, &secret)
        .await
        .map_err(|error| problem(&error, &doing))?;
    // The mailboxes may be many, and none of them needs it.
    drop(secret);
    let permissions = wizard.permissions();
    // A refusal counts only after a mailbox that must work answered with the same token and permission: before that,
    // an app that Microsoft lets nowhere yet looks the same as one that is held back.
    let (mut answered, mut waits) = (BTreeSet::new(), BTreeSet::new());
    let pause = SignedDuration::try_from(wizard.http().cloud().waits.limit_idle).unwrap_or_default();
    let works = |row: &ProofRow| row.expected == Expected::Works;
    for must_work in [true, false] {
        let called = |row: &ProofRow, permission: &Permission| Called {
            mailbox: row.mailbox,
            address: row.address.to_string(),
            permission: *permission,
        };
        let asked: Vec<Called> = rows
            .iter()
            .filter(|row| works(row) == must_work)
            .flat_map(|row| permissions.iter().map(move |permission| called(row, permission)))
            .collect();
        let mut tried = 0;
        for chunk in asked.chunks(live_calls::at_once(method)) {
            let mut probes = live_calls::call(wizard.http(), method, &token, chunk).await;
            if must_work {
                name_switches(wizard, chunk, &mut probes).await?;
            }
            for (called, probe) in chunk.iter().zip(probes) {
                let permission = &called.permission;
                let Some(row) = rows.iter_mut().find(|row| row.mailbox == called.mailbox) else {
                    continue;
                };
                let before = if answered.contains(permission) {
                    Before::Answered
                } else if waits.contains(permission) {
                    Before::Waits
                } else {
                    Before::Nothing
                };
                let seen = judge(probe, row.expected, &row.configured, before, pause);
                match seen.finding {
                    Finding::Works => {
                        answered.insert(*permission);
                    }
                    Finding::Waiting { .. } if must_work => {
                        waits.insert(*permission);
                    }
                    _ => {}
                }
                row.observed.push((*permission, seen));
            }
            tried += chunk.len();
            let before = rows.iter().filter(|row| works(row)).count();
            let done = tried / permissions.len().max(1);
            told(if must_work { done } else { before + done });
        }
    }
    Ok(())
}

/// By IMAP and POP a mailbox for which the protocol is switched off is refused like one that is out of reach. So that nobody waits
/// for what waiting doesn't bring, Exchange is asked for the switches of those that were refused. Where it doesn't answer,
/// nothing is said of them.
async fn name_switches(wizard: &Wizard, called: &[Called], probes: &mut [Probe]) -> Result<(), Problem> {
    let mut refused: Vec<(&Called, &mut Probe)> = called
        .iter()
        .zip(probes)
        .filter(|(called, probe)| called.permission.protocol().is_some() && probe.outcome == Outcome::Denied)
        .collect();
    if refused.is_empty() {
        return Ok(());
    }
    let asked: BTreeSet<MailboxId> = refused.iter().map(|(called, _)| called.mailbox).collect();
    let protocols = refused
        .iter()
        .filter_map(|(called, _)| called.permission.protocol());
    let (exchange, protocols) = (wizard.exchange()?, protocols.collect());
    let read = client_access::read(&exchange, &asked, &protocols).await;
    let read = read.unwrap_or_default();
    for (called, probe) in &mut refused {
        let (mailbox, protocol) = (called.mailbox, called.permission.protocol());
        let stands = protocol.and_then(|protocol| read.get(&MailboxProtocol { mailbox, protocol }));
        if stands.is_some_and(|stands| stands.is_off()) {
            probe.outcome = Outcome::Nothing(Why::SwitchedOff);
        }
    }
    Ok(())
}

/// What the mailboxes that must work did with the same token and permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// One of them answered.
    Answered,
    /// None did, and one waits for the limit.
    Waits,
    /// None did either.
    Nothing,
}

fn judge(
    probe: Probe,
    expected: Expected,
    configured: &Observation,
    before: Before,
    pause: SignedDuration,
) -> Observation {
    let waiting = || Finding::Waiting {
        look_at: probe.at.checked_add(pause).unwrap_or(probe.at),
    };
    let finding = match (expected, &probe.outcome) {
        (Expected::Works, Outcome::Answered) => Finding::Works,
        // Microsoft's test says yes and the live call no: the limit is set and not applied yet.
        (Expected::Works, Outcome::Denied) if configured.finding == Finding::Works => waiting(),
        // What lets a mail program in is waited for in the same way.
        (Expected::Works, Outcome::Nothing(Why::NotLetIn)) if configured.finding == Finding::Works => {
            waiting()
        }
        (_, Outcome::Nothing(Why::NotLetIn)) if before == Before::Waits => waiting(),
        (Expected::Works, Outcome::Denied) => Finding::Unknown {
            why: Why::RefusedAsTested,
        },
        (_, Outcome::Answered) => Finding::TooBroad,
        (_, Outcome::Denied) => match before {
            Before::Answered => Finding::Refused,
            Before::Waits => waiting(),
            Before::Nothing => Finding::Unknown {
                why: Why::NothingAnswered,
            },
        },
        (Expected::RefusedRemoved, Outcome::Nothing(_)) if configured.finding == Finding::NotApplicable => {
            Finding::NotApplicable
        }
        (_, Outcome::Nothing(why)) => Finding::Unknown { why: why.clone() },
    };
    probe.judged(finding)
}

/// Notes that the admin knows about every owner that the app has now.
pub fn know_owners(wizard: &mut Wizard) -> Result<(), Problem> {
    let proof = wizard
        .state()
        .proof
        .as_ref()
        .ok_or_else(|| internal("there is no proof"))?;
    let owners = proof.basis.owners.iter().map(|owner| owner.id.clone()).collect();
    wizard.record(Event::OwnersKnown { owners })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(permission: Permission, in_scope: Option<bool>) -> Authorization {
        Authorization {
            role: permission.exchange_role().unwrap_or_default().to_owned(),
            in_scope,
        }
    }

    #[test]
    fn microsofts_test_is_read_strictly() {
        let asked = [Permission::MailReadWrite, Permission::MailSend];
        let finding = |roles: &[Authorization], expected| in_scope(roles, expected, &asked);
        let both = |in_scope| {
            [
                role(Permission::MailReadWrite, in_scope),
                role(Permission::MailSend, in_scope),
            ]
        };
        assert_eq!(finding(&both(Some(true)), Expected::Works), Finding::Works);
        assert_eq!(finding(&both(Some(false)), Expected::Refused), Finding::Refused);
        for expected in [Expected::RefusedRandom, Expected::RefusedRemoved] {
            assert_eq!(finding(&both(Some(true)), expected), Finding::TooBroad);
        }
        assert!(matches!(
            finding(&both(Some(false)), Expected::Works),
            Finding::Unknown { .. }
        ));
        assert!(matches!(
            finding(&both(None), Expected::Refused),
            Finding::Unknown { .. }
        ));
        assert!(matches!(
            finding(&[role(Permission::MailSend, Some(true))], Expected::Works),
            Finding::Unknown { .. }
        ));
        // A role that nobody asked for is too broad all the same.
        assert_eq!(
            finding(&[role(Permission::MailRead, Some(true))], Expected::Refused),
            Finding::TooBroad
        );
    }

    /// Looked at before the limit applies, nothing is proven: neither that it works nor that it is refused. It is waited
    /// for only where a mailbox that must work shows that the limit doesn't apply yet.
    #[test]
    fn a_refusal_counts_only_after_an_answer() {
        let probe = |outcome: Outcome| Probe {
            outcome,
            at: Timestamp::UNIX_EPOCH,
            status: Some(403),
            code: None,
            request_id: None,
        };
        let configured = Observation {
            finding: Finding::Refused,
            ..nothing_seen(Timestamp::UNIX_EPOCH)
        };
        let of = |outcome, expected, before| {
            judge(
                probe(outcome),
                expected,
                &configured,
                before,
                SignedDuration::ZERO,
            )
            .finding
        };
        let seen = |before| of(Outcome::Denied, Expected::Refused, before);
        assert!(matches!(seen(Before::Waits), Finding::Waiting { .. }));
        assert_eq!(seen(Before::Answered), Finding::Refused);
        assert!(matches!(
            seen(Before::Nothing),
            Finding::Unknown {
                why: Why::NothingAnswered
            }
        ));
        // That nobody can send from a mailbox says nothing of the app: where Exchange looks at the switch isn't known.
        let off = of(
            Outcome::Nothing(Why::SwitchedOff),
            Expected::Refused,
            Before::Answered,
        );
        let why = Why::SwitchedOff;
        assert_eq!(off, Finding::Unknown { why });
    }
}
