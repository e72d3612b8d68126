//! A check with an administrator's sign-in: the whole look of the window, over the connection's own notes.
//!
//! What it sees is written down there as a look of the window is; in the organisation it changes nothing.

use std::collections::BTreeSet;

use bundle::read::RecordRead;
use domain::message;
use domain::problem::{Code, Problem, Retry};
use domain::step::StepId;
use engine::proof::{Expected, ProofRow, Verdict};

use super::checked::{Checked, Must, Tried, of_the_calls, of_the_end};
use super::found::{Found, Level, is_of_the_connection};
use crate::standing;
use crate::steps::{sign_in, verify_access};
use crate::wizard::{Wizard, internal};

/// Sees that whoever signed in may read everything that is looked at.
///
/// # Errors
/// Where a right is missing.
pub fn may_look(wizard: &Wizard) -> Result<(), Problem> {
    if wizard.holds(sign_in::rights_to_open(StepId::Verify)) {
        return Ok(());
    }
    Err(Problem::said(Code::RoleMissing, message!("check-may-not-look"))
        .retry(Retry::AfterYouAct)
        .exists(message!("problems-nothing-changed")))
}

/// Sees that there is a whole connection to look at: a renewal that was begun has no secret for a while, and one that was
/// taken back has nothing.
///
/// # Errors
/// Where a part isn't there.
pub fn is_whole(wizard: &Wizard) -> Result<(), Problem> {
    let notes = wizard.notes();
    let whole = notes.app().is_some()
        && notes.principal().is_some()
        && notes.secret.is_some()
        && notes.limit_set_at.is_some();
    if whole {
        return Ok(());
    }
    Err(
        Problem::said(Code::ConnectionUnfinished, message!("check-unfinished"))
            .retry(Retry::AfterYouAct)
            .exists(message!("problems-nothing-changed")),
    )
}

/// Looks at everything again, and compares the record with what this computer asks for.
///
/// # Errors
/// Where a part couldn't be read.
pub async fn signed_in(wizard: &mut Wizard, record: &RecordRead) -> Result<Checked, Problem> {
    let mut looked = verify_access::check(wizard, true).await;
    if let Err(problem) = looked {
        // An app that is gone answers each call in its own way.
        looked = Err(standing::explain(wizard, problem).await);
    }
    let state = wizard.state();
    let secret = state.at_hand().secret.as_ref();
    let ends_at = secret.map_or(record.ends_at, |secret| secret.ends_at);
    let mut found: Vec<Found> = of_the_end(ends_at, wizard.now()).into_iter().collect();
    let mut tried: Vec<Tried> = Vec::new();
    match looked {
        Ok(()) => {
            let proof = state
                .proof
                .as_ref()
                .ok_or_else(|| internal("the look left no proof"))?;
            tried.extend(proof.rows.iter().flat_map(of_row));
            found.extend(proof.reasons.iter().cloned().map(Found::Different));
            found.extend(of_the_calls(&tried));
            // Microsoft's own test stands beside each call: what it says otherwise is told as well.
            let tested: Vec<Tried> = proof.rows.iter().flat_map(of_test).collect();
            for one in of_the_calls(&tested) {
                if !found.iter().any(|known| known.is_of_the_same(&one)) {
                    found.push(one);
                }
            }
            if let Verdict::Waiting { look_at } = proof.verdict
                && !found.iter().any(|found| matches!(found, Found::Waiting { .. }))
            {
                found.push(Found::Waiting { look_at });
            }
        }
        Err(problem) if is_of_the_connection(problem.code) => found.push(Found::App(Box::new(problem))),
        Err(problem) => return Err(problem),
    }
    let proven = state
        .proof
        .as_ref()
        .is_some_and(|proof| proof.verdict == Verdict::Proven);
    let says_why = found
        .iter()
        .any(|found| found.level() != Level::Notice || found.which().is_some());
    if !proven && !says_why {
        found.push(Found::NotProven);
    }
    if secret.is_some_and(|secret| secret.key != record.key) {
        found.push(Found::NewerSecret);
    }
    let recorded: BTreeSet<_> = record.mailboxes.iter().map(|mailbox| mailbox.id).collect();
    let asked: BTreeSet<_> = state.allowed().iter().map(|mailbox| mailbox.object_id).collect();
    if recorded != asked {
        found.push(Found::OtherMailboxes);
    }
    let checked = Checked {
        at: wizard.now(),
        tried,
        found,
        unseen: vec![("otherMailboxes", message!("check-unseen-others-signed-in"))],
        ends_at,
    };
    Ok(checked.put_in_order())
}

fn must(row: &ProofRow) -> Must {
    match row.expected {
        Expected::Works => Must::Answer,
        Expected::Refused | Expected::RefusedRandom | Expected::RefusedRemoved => Must::Refuse,
    }
}

fn of_row(row: &ProofRow) -> impl Iterator<Item = Tried> {
    row.observed.iter().map(move |(permission, seen)| Tried {
        mailbox: row.mailbox,
        address: row.address.to_string(),
        permission: *permission,
        must: must(row),
        seen: seen.clone(),
    })
}

/// What Microsoft's own test says of a row, which is over all permissions.
fn of_test(row: &ProofRow) -> impl Iterator<Item = Tried> {
    of_row(row).map(|tried| Tried {
        seen: row.configured.clone(),
        ..tried
    })
}
