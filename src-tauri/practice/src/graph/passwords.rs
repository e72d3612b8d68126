//! Client secrets: made, shown once, removed (microsoft-facts §2.4 and §2.6).

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::failure::{Answer, Failure, bad_request, denied};
use super::{Key, applications, query};
use crate::bearer::Caller;
use crate::clock::{Delay, after};
use crate::objects::{PasswordCredential, hex_sha256};
use crate::organisation::{Organisation, new_id, random, text};
use crate::wire::{Call, Reply};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// `POST /applications/{…}/addPassword`.
pub(super) fn add(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&[
        "Application.ReadWrite.All",
        "Application.ReadWrite.OwnedBy",
        "Directory.ReadWrite.All",
    ]) {
        return Err(denied());
    }
    let position = applications::find(organisation, key)?;
    if !applications::may_change(caller, &organisation.objects.applications[position]) {
        return Err(denied());
    }
    if organisation.scenario.secrets_forbidden {
        return Err(Failure::new(
            400,
            "CredentialTypeNotAllowedAsPerAppPolicy",
            "Credential type is not allowed as per assigned policy.",
        ));
    }
    let body = call
        .json()
        .ok_or_else(|| bad_request("Unable to read JSON request payload."))?;
    let asked = body
        .get("passwordCredential")
        .cloned()
        .unwrap_or_else(|| json!({}));
    let now = organisation.clock.now();
    let instant = |name: &str| -> Result<Option<Timestamp>, Failure> {
        match asked.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_str()
                .and_then(|text| text.parse().ok())
                .map(Some)
                .ok_or_else(|| {
                    bad_request(format!(
                        "Cannot convert the value of '{name}' to the expected type 'Edm.DateTimeOffset'."
                    ))
                }),
        }
    };
    let start = instant("startDateTime")?.unwrap_or(now);
    // Two years is Graph's own default (microsoft-facts §2.4), cut short by nothing: policy refuses instead.
    let end = instant("endDateTime")?.unwrap_or_else(|| after(start, DAY * 730));
    if end <= start {
        return Err(bad_request(
            "The value of 'endDateTime' must be later than 'startDateTime'.",
        ));
    }
    if let Some(days) = organisation.scenario.secret_days_at_most
        && end > after(start, DAY * days)
    {
        return Err(Failure::new(
            400,
            "CredentialInvalidLifetimeAsPerAppPolicy",
            "Credential lifetime exceeds the max value allowed as per assigned policy.",
        ));
    }
    let secret = secret_text().ok_or_else(|| Failure::new(503, "ServiceUnavailable", "Try again."))?;
    let held = PasswordCredential {
        key_id: new_id(),
        display_name: text(&asked, "displayName").map(str::to_owned),
        start,
        end,
        hint: secret.chars().take(3).collect(),
        sha256: hex_sha256(secret.as_bytes()),
        usable_at: organisation.clock.due(Delay::Secret),
    };
    let mut shown = applications::password(&held);
    shown["secretText"] = json!(secret);
    organisation.objects.applications[position].passwords.push(held);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        200,
        "microsoft.graph.passwordCredential",
        shown,
    ))
}

/// `POST /applications/{…}/removePassword`.
pub(super) fn remove(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&[
        "Application.ReadWrite.All",
        "Application.ReadWrite.OwnedBy",
        "Directory.ReadWrite.All",
    ]) {
        return Err(denied());
    }
    let position = applications::find(organisation, key)?;
    if !applications::may_change(caller, &organisation.objects.applications[position]) {
        return Err(denied());
    }
    let body = call.json().unwrap_or_default();
    let key_id = text(&body, "keyId").unwrap_or_default().to_owned();
    let passwords = &mut organisation.objects.applications[position].passwords;
    let before = passwords.len();
    passwords.retain(|held| !held.key_id.eq_ignore_ascii_case(&key_id));
    if passwords.len() == before {
        return Err(bad_request("No password credential found with keyId."));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}

/// 40 random characters that include what clients forget to encode.
pub(crate) fn secret_text() -> Option<String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    let bytes = random::<37>()?;
    let mut text: String = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte & 63)]))
        .collect();
    // Real ones look like this: a tilde near the front, a dot inside.
    text.insert(4, '8');
    text.insert(5, '~');
    text.insert(20, '.');
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_forty_characters_and_needs_encoding() {
        let (first, second) = (secret_text().expect("random"), secret_text().expect("random"));
        assert_eq!(first.len(), 40);
        assert!(first.contains('~') && first.contains('.'));
        assert_ne!(first, second);
    }
}
