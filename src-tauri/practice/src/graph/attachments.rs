//! The attachments of a message.

use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::mail_folders::{body, mailbox, owner, refused, view};
use super::mail_ids::{self, Id};
use super::mail_query::{self, Listed};
use super::path::Key;
use super::{message_json, messages};
use crate::access::Act;
use crate::access::bearer::Caller;
use crate::mail::compose::Composed;
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::{Message, flag};
use crate::wire::{Call, Reply, text};

struct Row(Value);

impl Listed for Row {
    fn property(&self, path: &str) -> Value {
        mail_query::at(&self.0, path)
    }

    fn holds(&self, _: Option<&str>, word: &str) -> bool {
        text(&self.0, "name")
            .unwrap_or_default()
            .to_lowercase()
            .contains(word)
    }

    fn object(&self) -> Value {
        self.0.clone()
    }
}

fn context(key: &Key, id: &Key, end: &str) -> String {
    format!("{}/messages('{}')/attachments{end}", owner(key), id.value)
}

/// `GET …/messages/{id}/attachments`.
pub(super) fn list(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    id: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadMail)?;
    let message = messages::find(organisation, position, &id.value)?;
    let rows = message_json::attachments(organisation, position, &message, true);
    let rows = rows.into_iter().map(Row).collect();
    mail_query::collection(organisation, call, &context(key, id, ""), rows)
}

fn find(
    organisation: &Organisation,
    position: usize,
    id: &Key,
    part: &Key,
) -> Result<(Message, u32, Value), Failure> {
    let message = messages::find(organisation, position, &id.value)?;
    let Id::Attachment(number, place) = mail_ids::decode(organisation, position, &part.value)? else {
        return Err(mail_ids::not_found());
    };
    let wanted = mail_ids::encode(organisation, position, Id::Attachment(number, place));
    let found = message_json::attachments(organisation, position, &message, true)
        .into_iter()
        .find(|object| text(object, "id") == Some(wanted.as_str()))
        .ok_or_else(mail_ids::not_found)?;
    Ok((message, place, found))
}

/// `GET …/messages/{id}/attachments/{id}`.
pub(super) fn get(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    id: &Key,
    part: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadMail)?;
    let (_, _, object) = find(organisation, position, id, part)?;
    Ok(mail_query::object(
        organisation,
        call,
        200,
        &context(key, id, "/$entity"),
        object,
    ))
}

/// `GET …/attachments/{id}/$value`: the file itself.
pub(super) fn value(
    organisation: &mut Organisation,
    caller: &Caller,
    key: &Key,
    id: &Key,
    part: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadMail)?;
    let (message, place, _) = find(organisation, position, id, part)?;
    let bytes = message_json::attachment_bytes(organisation, position, &message, place);
    let bytes = bytes.ok_or_else(mail_ids::not_found)?;
    Ok(Reply::text(200, "application/octet-stream", bytes))
}

/// `POST …/messages/{id}/attachments`: adds a file to a draft.
pub(super) fn add(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    id: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let message = draft(organisation, position, id)?;
    let file = message_json::file(&body(call)?)?;
    rewrite(organisation, position, &message, |composed| {
        composed.files.push(file)
    })?;
    let message = view(organisation, position)
        .message(message.number)
        .cloned()
        .ok_or_else(mail_ids::not_found)?;
    let added = message_json::attachments(organisation, position, &message, true).pop();
    let added = added.unwrap_or_else(|| json!({}));
    Ok(mail_query::object(
        organisation,
        call,
        201,
        &context(key, id, "/$entity"),
        added,
    ))
}

/// `DELETE …/messages/{id}/attachments/{id}`.
pub(super) fn delete(
    organisation: &mut Organisation,
    caller: &Caller,
    key: &Key,
    id: &Key,
    part: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let message = draft(organisation, position, id)?;
    let (_, place, _) = find(organisation, position, id, part)?;
    let all = message_json::attachments(organisation, position, &message, false);
    let wanted = mail_ids::encode(organisation, position, Id::Attachment(message.number, place));
    let at = all
        .iter()
        .position(|object| text(object, "id") == Some(wanted.as_str()));
    rewrite(organisation, position, &message, |composed| {
        if let Some(at) = at.filter(|at| *at < composed.files.len()) {
            composed.files.remove(at);
        }
    })?;
    Ok(Reply::empty(204))
}

fn draft(organisation: &Organisation, position: usize, id: &Key) -> Result<Message, Failure> {
    let message = messages::find(organisation, position, &id.value)?;
    if message.has(flag::DRAFT) {
        return Ok(message);
    }
    Err(Failure::new(
        400,
        "ErrorInvalidPropertySet",
        "Attachments can only be changed while the message is a draft.",
    ))
}

fn rewrite(
    organisation: &mut Organisation,
    position: usize,
    message: &Message,
    change: impl FnOnce(&mut Composed),
) -> Result<(), Failure> {
    let raw = organisation
        .objects
        .mail
        .bytes(&organisation.directory, position, message.content);
    let mut composed = Composed::read(&raw);
    change(&mut composed);
    organisation
        .objects
        .mail
        .rewrite(
            &organisation.directory,
            position,
            message.number,
            composed.write(),
        )
        .map_err(refused)?;
    organisation.touch();
    Ok(())
}
