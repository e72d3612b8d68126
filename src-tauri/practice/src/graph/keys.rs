//! Certificates rolled by an application itself: `addKey` and `removeKey`, which need proof that the caller holds a
//! key that is already there (microsoft-facts §2.5).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::failure::{Answer, Failure, bad_request, not_found, too_large};
use super::objects::owners::Of;
use super::passwords::{Target, key_id};
use super::path::Key;
use super::{body, certificates, policies, query};
use crate::access::bearer::Caller;
use crate::clock::Delay;
use crate::organisation::Organisation;
use crate::organisation::graph::VALUES_AT_MOST;
use crate::organisation::registrations::KeyCredential;
use crate::wire::{Call, Reply, text};

/// The audience of a proof: Azure AD Graph, as ever (microsoft-facts §2.5).
const AUDIENCE: &str = "00000002-0000-0000-c000-000000000000";
/// A proof lives ten minutes at most.
const LIFE_SECONDS: i64 = 600;

/// The code and text for a proof that proves nothing (as reported publicly; UNVERIFIED).
fn unproven() -> Failure {
    Failure::new(
        401,
        "Authentication_MissingOrMalformed",
        "Access Token missing or malformed.",
    )
}

/// Checks the proof: a token that one of the valid keys signed, for this object, not older than it may be.
fn prove(
    organisation: &Organisation,
    id: &str,
    held: &[KeyCredential],
    body: &Map<String, Value>,
) -> Result<(), Failure> {
    let proof = body
        .get("proof")
        .and_then(Value::as_str)
        .ok_or_else(|| bad_request("The required parameter 'proof' is missing."))?;
    let now = organisation.clock.now();
    let signed = held
        .iter()
        .filter(|key| key.start <= now && now < key.end)
        .any(|key| certificates::has_signed(&key.certificate, proof));
    let claims = proof
        .split('.')
        .nth(1)
        .and_then(|part| URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok())
        .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok())
        .ok_or_else(unproven)?;
    let instant = |name: &str| claims.get(name).and_then(Value::as_i64).unwrap_or_default();
    let (from, to) = (instant("nbf"), instant("exp"));
    let in_time = from <= now.as_second() && now.as_second() < to && to - from <= LIFE_SECONDS;
    let right = text(&claims, "aud").is_some_and(|audience| audience.trim_start_matches("spn:") == AUDIENCE)
        && text(&claims, "iss").is_some_and(|issuer| issuer.eq_ignore_ascii_case(id));
    (signed && in_time && right).then_some(()).ok_or_else(unproven)
}

/// `POST …/{id}/addKey`. An object without a valid key has nothing to prove with: its first one comes by `PATCH`.
pub(super) fn add(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    of: Of,
    key: &Key,
) -> Answer {
    let target = Target::find(organisation, caller, of, key)?;
    let body = body::object(call)?;
    let held = target
        .keys(organisation)
        .ok_or_else(|| not_found(&key.value))?
        .clone();
    prove(organisation, &target.id, &held, &body)?;
    let asked = body
        .get("keyCredential")
        .and_then(Value::as_object)
        .ok_or_else(|| bad_request("The required parameter 'keyCredential' is missing."))?;
    let new = certificates::made(asked, organisation.clock.due(Delay::Secret))?;
    target.judge(
        organisation,
        policies::Credential::Certificate,
        new.start,
        new.end,
    )?;
    if held.len() >= VALUES_AT_MOST {
        return Err(too_large());
    }
    let shown = certificates::shown(&new, true);
    if let Some(keys) = target.keys(organisation) {
        keys.push(new);
    }
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        200,
        "microsoft.graph.keyCredential",
        shown,
    ))
}

/// `POST …/{id}/removeKey`.
pub(super) fn remove(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    of: Of,
    key: &Key,
) -> Answer {
    let target = Target::find(organisation, caller, of, key)?;
    let body = body::object(call)?;
    let wanted = key_id(&body)?;
    let held = target
        .keys(organisation)
        .ok_or_else(|| not_found(&key.value))?
        .clone();
    prove(organisation, &target.id, &held, &body)?;
    let keys = target.keys(organisation).ok_or_else(|| not_found(&key.value))?;
    keys.retain(|key| !key.key_id.eq_ignore_ascii_case(&wanted));
    if keys.len() == held.len() {
        return Err(bad_request("No key credential found with keyId."));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}
