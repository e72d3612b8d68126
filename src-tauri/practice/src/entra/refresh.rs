//! Refresh tokens: bound to a person and a client, not to an API (microsoft-facts §1.4 and §8).
//!
//! Only their SHA-256 is kept, so that they survive a restart without the file being worth stealing.

use std::time::Duration;

use jiff::Timestamp;

use super::failure::Failure;
use crate::clock::after;
use crate::organisation::Organisation;
use crate::organisation::ids::{hex_sha256, opaque};
use crate::organisation::sign_ins::refresh_token::RefreshToken;
use crate::organisation::sign_ins::request::Platform;

/// The life of a refresh token; each use gives a new one with a whole life of its own.
const LIFE: Duration = Duration::from_secs(90 * 24 * 3600);
/// The life of a single-page app's refresh token, which a new one does not prolong.
const SINGLE_PAGE_LIFE: Duration = Duration::from_secs(24 * 3600);
/// Older ones are dropped beyond this, so that nobody can fill the memory or the file.
const AT_MOST: usize = 5_000;

/// What a refresh token stands for.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) person_id: String,
    pub(super) platform: Platform,
    pub(super) signed_in: Timestamp,
    pub(super) scope: String,
}

/// Hands out a refresh token.
pub(super) fn issue(organisation: &mut Organisation, client_id: &str, standing: &Standing) -> Option<String> {
    let now = organisation.clock.now();
    let token = format!("1.{}{}", opaque()?, opaque()?);
    let held = &mut organisation.objects.refresh_tokens;
    if held.len() >= AT_MOST {
        // The oldest go first; most of them are long replaced.
        held.drain(..AT_MOST / 10);
    }
    held.push(RefreshToken {
        sha256: hex_sha256(token.as_bytes()),
        client_id: client_id.to_owned(),
        person_id: standing.person_id.clone(),
        platform: standing.platform,
        issued: now,
        signed_in: standing.signed_in,
        revoked: false,
        scope: standing.scope.clone(),
    });
    organisation.touch();
    Some(token)
}

/// What a refresh token stands for, checked for this client. Using it does not end it.
///
/// # Errors
/// AADSTS9002313 for no token of ours, 700005 for another client's, 50173 after a revocation, 700082 after 90 days
/// without use, 700084 after a single-page app's day.
pub(super) fn check(organisation: &Organisation, client_id: &str, token: &str) -> Result<Standing, Failure> {
    let sha256 = hex_sha256(token.as_bytes());
    let held = organisation
        .objects
        .refresh_tokens
        .iter()
        .find(|held| held.sha256 == sha256)
        .ok_or_else(|| {
            Failure::new(
                "invalid_grant",
                9_002_313,
                "Invalid request. Request is malformed or invalid.",
            )
        })?;
    if !held.client_id.eq_ignore_ascii_case(client_id) {
        return Err(Failure::new(
            "invalid_grant",
            700_005,
            "The provided refresh token is intended to be used by another application.",
        )
        .with_suberror("client_mismatch"));
    }
    if held.revoked {
        return Err(Failure::new(
            "invalid_grant",
            50173,
            format!(
                "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have \
                 changed or reset their password. The grant was issued on '{}' and the TokensValidFrom date (before which \
                 tokens are not valid) for this user is later.",
                held.issued
            ),
        )
        .with_suberror("bad_token"));
    }
    let now = organisation.clock.now();
    if held.platform == Platform::SinglePage && now >= after(held.signed_in, SINGLE_PAGE_LIFE) {
        return Err(Failure::new(
            "invalid_grant",
            700_084,
            "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of \
             1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to \
             the sign in page.",
        ));
    }
    if now >= after(held.issued, LIFE) {
        return Err(Failure::new(
            "invalid_grant",
            700_082,
            format!(
                "The refresh token has expired due to inactivity. The token was issued on {} and was inactive for 90.00:00:00.",
                held.issued
            ),
        )
        .with_suberror("token_expired"));
    }
    Ok(Standing {
        person_id: held.person_id.clone(),
        platform: held.platform,
        signed_in: held.signed_in,
        scope: held.scope.clone(),
    })
}

/// Ends everything that was handed out for a person so far (`POST /users/{id}/revokeSignInSessions`): refresh tokens,
/// codes and browser sessions. Access tokens live on until they end by themselves.
pub(crate) fn revoke_sign_in_sessions(organisation: &mut Organisation, person_id: &str) {
    for held in &mut organisation.objects.refresh_tokens {
        if held.person_id.eq_ignore_ascii_case(person_id) {
            held.revoked = true;
        }
    }
    organisation.sign_ins.end_sessions_of(person_id);
    organisation.touch();
}
