//! `POST /users/{mailbox}/sendMail`. Nothing leaves the machine (microsoft-facts §2.10 and §9).

use serde_json::Value;

use super::failure::{Answer, Failure};
use super::{Key, mail_folders};
use crate::access::Act;
use crate::bearer::Caller;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// Authorisation comes before the body, so that a message without recipients proves the permission without
/// sending anything: allowed gives 400 `ErrorInvalidRecipients`, refused gives 403.
pub(super) fn send(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    mail_folders::mailbox(organisation, caller, key, Act::SendMail)?;
    let body = call
        .json()
        .ok_or_else(|| Failure::new(400, "ErrorInvalidRequest", "The request body is not valid JSON."))?;
    let Some(message) = body.get("message").filter(|message| message.is_object()) else {
        return Err(Failure::new(
            400,
            "ErrorInvalidParameter",
            "The message parameter is missing.",
        ));
    };
    let addresses = ["toRecipients", "ccRecipients", "bccRecipients"]
        .into_iter()
        .flat_map(|list| {
            message
                .get(list)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .map(|recipient| {
                    recipient
                        .pointer("/emailAddress/address")
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                        .to_owned()
                })
        });
    let addresses: Vec<String> = addresses.collect();
    let valid = |address: &String| {
        address
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
    };
    if addresses.is_empty() || !addresses.iter().all(valid) {
        return Err(Failure::new(
            400,
            "ErrorInvalidRecipients",
            "At least one recipient is not valid.",
        ));
    }
    Ok(Reply::empty(202))
}
