//! Messages of a mailbox: listed, read, drafted, changed, moved and removed (microsoft-facts §2.10).

use std::cell::OnceCell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::mail_folders::{self, also_may, body, mailbox, owner, refused, view};
use super::mail_ids::{self, Id};
use super::mail_query::{self, Listed};
use super::message_json::{self, Shape};
use super::path::Key;
use crate::access::Act;
use crate::access::bearer::Caller;
use crate::clock::graph_time;
use crate::mail::compose::Composed;
use crate::mail::{delivery, mime};
use crate::organisation::Organisation;
use crate::organisation::mailboxes::html;
use crate::organisation::mailboxes::mailbox::{Message, Purpose, flag};
use crate::wire::{Call, Reply, text};

/// Finds the mailbox for reading, and whether only the basic properties may be shown.
pub(super) fn readable(
    organisation: &mut Organisation,
    caller: &Caller,
    key: &Key,
) -> Result<(usize, bool), Failure> {
    let position = mailbox(organisation, caller, key, Act::ReadBasic)?;
    let basic = !also_may(organisation, caller, position, Act::ReadMail);
    Ok((position, basic))
}

/// The message that a request names.
///
/// # Errors
/// 400 for what is no id, 404 for a message that is not there.
pub(super) fn find(organisation: &Organisation, position: usize, id: &str) -> Result<Message, Failure> {
    match mail_ids::decode(organisation, position, id)? {
        Id::Message(number) => view(organisation, position)
            .message(number)
            .cloned()
            .ok_or_else(mail_ids::not_found),
        _ => Err(mail_ids::not_found()),
    }
}

/// A message in a list; it is read only when a condition or the answer needs more than what the mailbox knows of it.
struct Row<'a> {
    organisation: &'a Organisation,
    position: usize,
    message: &'a Message,
    shape: Shape,
    whole: OnceCell<Value>,
}

impl Row<'_> {
    fn whole(&self) -> &Value {
        self.whole
            .get_or_init(|| message_json::message(self.organisation, self.position, self.message, self.shape))
    }
}

impl Listed for Row<'_> {
    fn property(&self, path: &str) -> Value {
        match path {
            "receivedDateTime" | "createdDateTime" | "lastModifiedDateTime" => {
                json!(graph_time(self.message.received))
            }
            "isRead" => json!(self.message.has(flag::SEEN)),
            "isDraft" => json!(self.message.has(flag::DRAFT)),
            "categories" => json!(self.message.categories),
            _ => mail_query::at(self.whole(), path),
        }
    }

    fn holds(&self, field: Option<&str>, word: &str) -> bool {
        let whole = self.whole();
        let texts = |paths: &[&str]| {
            paths.iter().any(|path| {
                let found = whole.pointer(path).unwrap_or(&Value::Null);
                found.to_string().to_lowercase().contains(word)
            })
        };
        let in_body = || {
            let content = whole.pointer("/body/content").and_then(Value::as_str);
            html::to_words(content.unwrap_or_default())
                .to_lowercase()
                .contains(word)
        };
        match field {
            Some("from") => texts(&["/from"]),
            Some("to") => texts(&["/toRecipients"]),
            Some("cc") => texts(&["/ccRecipients"]),
            Some("bcc") => texts(&["/bccRecipients"]),
            Some("recipients") => texts(&["/toRecipients", "/ccRecipients", "/bccRecipients"]),
            Some("participants") => texts(&["/from", "/toRecipients", "/ccRecipients", "/bccRecipients"]),
            Some("subject") => texts(&["/subject"]),
            Some("importance") => texts(&["/importance"]),
            Some("body") => in_body(),
            Some("attachment") => {
                let files = message_json::attachments(self.organisation, self.position, self.message, false);
                files
                    .iter()
                    .any(|file| file.to_string().to_lowercase().contains(word))
            }
            // Without a field, the sender, the subject and the body are searched.
            _ => texts(&["/from", "/subject"]) || in_body(),
        }
    }

    fn object(&self) -> Value {
        self.whole().clone()
    }
}

fn rows<'a>(
    organisation: &'a Organisation,
    position: usize,
    messages: &'a [Message],
    folder: Option<u32>,
    shape: Shape,
) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = messages
        .iter()
        .filter(|message| folder.is_none_or(|folder| message.folder == folder))
        .map(|message| Row {
            organisation,
            position,
            message,
            shape,
            whole: OnceCell::new(),
        })
        .collect();
    // The newest first, as Exchange lists them.
    rows.sort_by_key(|row| std::cmp::Reverse((row.message.received, row.message.number)));
    rows
}

/// `GET /users/{mailbox}/messages` and `…/mailFolders/{folder}/messages`.
pub(super) fn list(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    folder: Option<&Key>,
) -> Answer {
    let (position, basic) = readable(organisation, caller, key)?;
    let folder = folder
        .map(|folder| mail_folders::find(organisation, position, &folder.value))
        .transpose()?;
    let organisation: &Organisation = organisation;
    let mailbox = view(organisation, position);
    let shape = Shape::of(call, basic);
    let context = format!("{}/messages", owner(key));
    let rows = rows(organisation, position, &mailbox.messages, folder, shape);
    let reply = mail_query::collection(organisation, call, &context, rows)?;
    Ok(applied(call, reply))
}

/// `GET …/messages/$count`.
pub(super) fn count(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    folder: Option<&Key>,
) -> Answer {
    let (position, basic) = readable(organisation, caller, key)?;
    let folder = folder
        .map(|folder| mail_folders::find(organisation, position, &folder.value))
        .transpose()?;
    let organisation: &Organisation = organisation;
    let mailbox = view(organisation, position);
    let shape = Shape {
        basic,
        ..Shape::default()
    };
    mail_query::count(
        call,
        rows(organisation, position, &mailbox.messages, folder, shape),
    )
}

/// Says that the preference for plain text was followed.
fn applied(call: &Call, reply: Reply) -> Reply {
    if message_json::prefers_text(call) {
        reply.with("preference-applied", "outlook.body-content-type=\"text\"")
    } else {
        reply
    }
}

/// One message as an answer.
pub(super) fn one(
    organisation: &Organisation,
    call: &Call,
    key: &Key,
    position: usize,
    status: u16,
    number: u32,
    basic: bool,
) -> Answer {
    let mailbox = view(organisation, position);
    let message = mailbox.message(number).ok_or_else(mail_ids::not_found)?;
    let object = message_json::message(organisation, position, message, Shape::of(call, basic));
    let context = format!("{}/messages/$entity", owner(key));
    let etag = object
        .get("@odata.etag")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let reply = mail_query::object(organisation, call, status, &context, object).with("etag", &etag);
    Ok(applied(call, reply))
}

/// `GET /users/{mailbox}/messages/{id}`.
pub(super) fn get(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    id: &Key,
) -> Answer {
    let (position, basic) = readable(organisation, caller, key)?;
    let message = find(organisation, position, &id.value)?;
    one(organisation, call, key, position, 200, message.number, basic)
}

/// `GET /users/{mailbox}/messages/{id}/$value`: the message as MIME.
pub(super) fn mime(organisation: &mut Organisation, caller: &Caller, key: &Key, id: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadMail)?;
    let message = find(organisation, position, &id.value)?;
    let bytes = organisation
        .objects
        .mail
        .bytes(&organisation.directory, position, message.content);
    Ok(Reply::text(200, "text/plain", bytes.to_vec()))
}

/// Whether the body of a request is a message as MIME, in base64.
pub(super) fn is_mime(call: &Call) -> bool {
    call.header("content-type")
        .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("text/plain"))
}

/// The message in a body of base64.
///
/// # Errors
/// 400 `ErrorMimeContentInvalidBase64String` (microsoft-facts §2.10).
pub(super) fn mime_body(call: &Call) -> Result<Vec<u8>, Failure> {
    let text: Vec<u8> = call
        .body
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let bytes = STANDARD.decode(&text).ok().filter(|bytes| !bytes.is_empty());
    let bytes = bytes.ok_or_else(|| {
        Failure::new(
            400,
            "ErrorMimeContentInvalidBase64String",
            "Invalid base64 string for MIME content.",
        )
    })?;
    Ok(mime::with_crlf(&bytes))
}

/// A message from a mailbox before anything is said in it.
pub(super) fn blank(organisation: &Organisation, position: usize) -> Composed {
    let from = organisation
        .directory
        .entry(position)
        .map(|entry| (Some(entry.display_name.to_string()), entry.address()));
    Composed {
        from,
        importance: "normal".into(),
        message_id: delivery::new_message_id(),
        date: organisation.clock.now().as_second(),
        ..Composed::default()
    }
}

/// Puts a draft into a folder and answers its number.
pub(super) fn save_draft(
    organisation: &mut Organisation,
    position: usize,
    folder: u32,
    bytes: Vec<u8>,
) -> Result<u32, Failure> {
    let now = organisation.clock.now();
    let numbers = organisation
        .objects
        .mail
        .add(
            &organisation.directory,
            &[(position, folder)],
            bytes,
            now,
            flag::DRAFT | flag::SEEN,
        )
        .map_err(refused)?;
    organisation.touch();
    numbers.first().copied().ok_or_else(mail_ids::not_found)
}

/// `POST /users/{mailbox}/messages` and `…/mailFolders/{folder}/messages`: a draft, from properties or from MIME.
pub(super) fn create(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    folder: Option<&Key>,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let folder = match folder {
        Some(folder) => mail_folders::find(organisation, position, &folder.value)?,
        None => Purpose::Drafts.number(),
    };
    if is_mime(call) {
        let bytes = mime_body(call)?;
        let number = save_draft(organisation, position, folder, bytes)?;
        return one(organisation, call, key, position, 201, number, false);
    }
    let body = body(call)?;
    let properties = body.as_object().cloned().unwrap_or_default();
    let mut composed = blank(organisation, position);
    message_json::apply(&mut composed, &properties)?;
    let number = save_draft(organisation, position, folder, composed.write())?;
    marks(organisation, position, number, &body)?;
    one(organisation, call, key, position, 201, number, false)
}

/// Takes over the properties that every message may change: read or not, categories and follow-up.
fn marks(organisation: &mut Organisation, position: usize, number: u32, body: &Value) -> Result<(), Failure> {
    let wrong = |name: &str| {
        Failure::new(
            400,
            "RequestBodyRead",
            format!("Cannot convert the value of '{name}' to the expected type."),
        )
    };
    let mailbox = organisation
        .objects
        .mail
        .change(&organisation.directory, position);
    let mut flags = mailbox.message(number).map_or(0, |message| message.flags);
    if let Some(read) = body.get("isRead") {
        let read = read.as_bool().ok_or_else(|| wrong("isRead"))?;
        flags = if read {
            flags | flag::SEEN
        } else {
            flags & !flag::SEEN
        };
    }
    if let Some(follow_up) = body.get("flag") {
        let status = text(follow_up, "flagStatus").ok_or_else(|| wrong("flag"))?;
        flags &= !(flag::FLAGGED | flag::COMPLETE);
        flags |= match status.to_ascii_lowercase().as_str() {
            "flagged" => flag::FLAGGED,
            "complete" => flag::COMPLETE,
            "notflagged" => 0,
            _ => return Err(wrong("flagStatus")),
        };
    }
    mailbox.set_flags(number, flags);
    if let Some(categories) = body.get("categories") {
        let list = categories.as_array().ok_or_else(|| wrong("categories"))?;
        let names = list
            .iter()
            .map(|name| name.as_str().map(|name| name.chars().take(255).collect()))
            .collect::<Option<Vec<String>>>()
            .ok_or_else(|| wrong("categories"))?;
        mailbox.set_categories(number, names);
    }
    organisation.touch();
    Ok(())
}

/// `PATCH /users/{mailbox}/messages/{id}`.
pub(super) fn update(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    id: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let message = find(organisation, position, &id.value)?;
    let body = body(call)?;
    let marking = ["isRead", "flag", "categories", "inferenceClassification"];
    let mut content = body.as_object().cloned().unwrap_or_default();
    content.retain(|name, _| !marking.contains(&name.as_str()) && !name.starts_with('@'));
    // Only a draft may still say something else; UNVERIFIED which error a sent message gives.
    if !content.is_empty() && !message.has(flag::DRAFT) {
        let importance_only = content.keys().all(|name| name == "importance");
        if !importance_only {
            return Err(Failure::new(
                400,
                "ErrorInvalidPropertySet",
                "The property can only be changed while the message is a draft.",
            ));
        }
    }
    if !content.is_empty() {
        let raw = organisation
            .objects
            .mail
            .bytes(&organisation.directory, position, message.content);
        let mut composed = Composed::read(&raw);
        message_json::apply(&mut composed, &content)?;
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
    }
    marks(organisation, position, message.number, &body)?;
    one(organisation, call, key, position, 200, message.number, false)
}

/// `DELETE /users/{mailbox}/messages/{id}`: into the deleted items, and from there for good.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key, id: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let message = find(organisation, position, &id.value)?;
    let bin = Purpose::Deleted.number();
    let (directory, store) = (&organisation.directory, &mut organisation.objects.mail);
    if message.folder == bin {
        store.remove(directory, position, &[message.number]);
    } else {
        store
            .move_to(directory, position, &[message.number], bin)
            .map_err(refused)?;
    }
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `POST /users/{mailbox}/messages/{id}/move` and `…/copy`: the new message, under a new id.
pub(super) fn transfer(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    id: &Key,
    moving: bool,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let message = find(organisation, position, &id.value)?;
    let target = mail_folders::destination(organisation, call, position)?;
    let (directory, store) = (&organisation.directory, &mut organisation.objects.mail);
    let pairs = if moving {
        store.move_to(directory, position, &[message.number], target)
    } else {
        store.copy(directory, position, &[message.number], target)
    };
    let number = pairs.map_err(refused)?.first().map(|pair| pair.1);
    organisation.touch();
    let number = number.ok_or_else(mail_ids::not_found)?;
    one(organisation, call, key, position, 201, number, false)
}
