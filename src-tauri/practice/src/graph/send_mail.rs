//! `POST /users/{mailbox}/sendMail`, and the sending of drafts. Nothing leaves the machine (microsoft-facts §2.10 and §9).

use serde_json::Value;

use super::failure::{Answer, Failure};
use super::mail_folders::{body, mailbox, refused};
use super::message_json::{self, invalid_recipients};
use super::messages;
use super::path::Key;
use crate::access::bearer::Caller;
use crate::access::{Act, protocols};
use crate::mail::compose::Composed;
use crate::mail::delivery::{self, RECIPIENTS_AT_MOST};
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::flag;
use crate::wire::{Call, Reply};

/// Authorisation comes before the body, so that a message without recipients proves the permission without
/// sending anything: allowed gives 400 `ErrorInvalidRecipients`, refused gives 403.
pub(super) fn send(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::SendMail)?;
    if messages::is_mime(call) {
        let bytes = messages::mime_body(call)?;
        let composed = Composed::read(&bytes);
        return submit(organisation, caller, position, &composed, &bytes, true);
    }
    let body = body(call)
        .map_err(|_| Failure::new(400, "ErrorInvalidRequest", "The request body is not valid JSON."))?;
    let Some(message) = body
        .get("message")
        .or_else(|| body.get("Message"))
        .and_then(Value::as_object)
    else {
        return Err(Failure::new(
            400,
            "ErrorInvalidParameter",
            "The message parameter is missing.",
        ));
    };
    let keep = body
        .get("saveToSentItems")
        .or_else(|| body.get("SaveToSentItems"))
        .is_none_or(|keep| keep.as_bool() != Some(false) && keep.as_str() != Some("false"));
    let mut composed = messages::blank(organisation, position);
    message_json::apply(&mut composed, message)?;
    let bytes = composed.write();
    submit(organisation, caller, position, &composed, &bytes, keep)
}

/// Whether an address has the form of one that mail can go to.
fn is_valid(address: &str) -> bool {
    address.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !address.contains(|letter: char| {
                letter.is_whitespace() || letter.is_control() || "<>,;".contains(letter)
            })
    })
}

/// Checks who it is from and to, and delivers it.
pub(super) fn submit(
    organisation: &mut Organisation,
    caller: &Caller,
    position: usize,
    composed: &Composed,
    bytes: &[u8],
    keep: bool,
) -> Answer {
    let recipients = composed.recipients();
    if recipients.is_empty() || !recipients.iter().all(|address| is_valid(address)) {
        return Err(invalid_recipients());
    }
    if recipients.len() > RECIPIENTS_AT_MOST {
        return Err(Failure::new(
            400,
            "ErrorExceededMaxRecipientLimit",
            "The message has more recipients than the mailbox may send to.",
        ));
    }
    for (_, from) in composed.from.iter().chain(&composed.sender) {
        let own = organisation.directory.by_address(from) == Some(position);
        if !own && !protocols::may_send_as(organisation, caller, position, from) {
            return Err(Failure::new(
                403,
                "ErrorSendAsDenied",
                "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.",
            ));
        }
    }
    delivery::send(organisation, position, bytes, &recipients, keep).map_err(refused)?;
    Ok(Reply::empty(202))
}

/// `POST /users/{mailbox}/messages/{id}/send`: sends a draft, which then stands in the sent items.
pub(super) fn send_draft(organisation: &mut Organisation, caller: &Caller, key: &Key, id: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::SendMail)?;
    let message = messages::find(organisation, position, &id.value)?;
    if !message.has(flag::DRAFT) {
        return Err(Failure::new(
            400,
            "ErrorInvalidRequest",
            "Only a draft can be sent.",
        ));
    }
    let bytes = organisation
        .objects
        .mail
        .bytes(&organisation.directory, position, message.content);
    let composed = Composed::read(&bytes);
    let reply = submit(organisation, caller, position, &composed, &bytes, true)?;
    organisation
        .objects
        .mail
        .remove(&organisation.directory, position, &[message.number]);
    Ok(reply)
}
