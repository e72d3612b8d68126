//! Messages of a mailbox: a few made-up ones, enough to prove that mail can be read.

use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::{Key, mail_folders, query};
use crate::access::Act;
use crate::bearer::Caller;
use crate::directory::DEFAULT_DOMAIN;
use crate::organisation::Organisation;
use crate::wire::Call;

const SUBJECTS: [&str; 6] = [
    "Question about my order",
    "Invoice 20417",
    "Delivery window",
    "Change of address",
    "Thank you",
    "Re: Appointment",
];

fn message(organisation: &Organisation, position: usize, index: usize) -> Value {
    let subject = SUBJECTS.get(index).copied().unwrap_or_default();
    let address = organisation
        .directory
        .entry(position)
        .map(crate::directory::Entry::address)
        .unwrap_or_default();
    json!({
        "id": message_id(position, index),
        "createdDateTime": "2026-11-20T09:30:00Z",
        "receivedDateTime": "2026-11-20T09:30:00Z",
        "sentDateTime": "2026-11-20T09:29:58Z",
        "subject": subject,
        "bodyPreview": "This is practice mail.",
        "body": {"contentType": "text", "content": "This is practice mail."},
        "hasAttachments": false,
        "importance": "normal",
        "isDraft": false,
        "isRead": index.is_multiple_of(2),
        "from": {"emailAddress": {"name": "Practice Customer", "address": format!("customer@{DEFAULT_DOMAIN}")}},
        "toRecipients": [{"emailAddress": {"name": address, "address": address}}],
    })
}

fn message_id(position: usize, index: usize) -> String {
    let print = crate::objects::hex_sha256(format!("{position} message {index}").as_bytes());
    format!("AAMkADPractice{}BBB=", print.get(..40).unwrap_or_default())
}

fn page(organisation: &Organisation, call: &Call, position: usize) -> Answer {
    let all = (0..SUBJECTS.len())
        .map(|index| message(organisation, position, index))
        .collect();
    query::collection(organisation, call, "users/messages", all)
}

/// `GET /users/{mailbox}/messages`.
pub(super) fn list(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = mail_folders::mailbox(organisation, caller, key, Act::ReadMail)?;
    page(organisation, call, position)
}

/// `GET /users/{mailbox}/mailFolders/{folder}/messages`.
pub(super) fn list_in(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    folder: &Key,
) -> Answer {
    let position = mail_folders::mailbox(organisation, caller, key, Act::ReadMail)?;
    mail_folders::find(position, folder)?;
    page(organisation, call, position)
}

/// `GET /users/{mailbox}/messages/{id}`.
pub(super) fn get(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    id: &Key,
) -> Answer {
    let position = mail_folders::mailbox(organisation, caller, key, Act::ReadMail)?;
    if !id.value.starts_with("AAMk") {
        return Err(Failure::new(400, "ErrorInvalidIdMalformed", "Id is malformed."));
    }
    let index = (0..SUBJECTS.len())
        .find(|index| message_id(position, *index) == id.value)
        .ok_or_else(|| {
            Failure::new(
                404,
                "ErrorItemNotFound",
                "The specified object was not found in the store.",
            )
        })?;
    Ok(query::object(
        organisation,
        call,
        200,
        "users/messages/$entity",
        message(organisation, position, index),
    ))
}
