//! Messages as Graph shows them, and as clients describe them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_parser::HeaderName;
use serde_json::{Map, Value, json};

use super::failure::Failure;
use super::mail_ids::{self, Id};
use crate::clock::graph_time;
use crate::mail::compose::{self, Composed, File};
use crate::mail::mime::{self, Kind, Party};
use crate::organisation::Organisation;
use crate::organisation::ids::hex_sha256;
use crate::organisation::mailboxes::html;
use crate::organisation::mailboxes::mailbox::{Message, flag};
use crate::wire::{Call, text};

/// How much of a message is shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    /// Without body, preview and attachments: all that `Mail.ReadBasic` gives (microsoft-facts §9; that the properties
    /// are left out rather than refused is UNVERIFIED).
    pub(super) basic: bool,
    /// `Prefer: outlook.body-content-type="text"`.
    pub(super) as_text: bool,
    /// `$expand=attachments`.
    pub(super) attachments: bool,
    /// `internetMessageHeaders`, which is shown only when it is selected.
    pub(super) headers: bool,
    /// `uniqueBody`, which is shown only when it is selected.
    pub(super) unique_body: bool,
}

impl Shape {
    /// What a request asks for.
    pub(super) fn of(call: &Call, basic: bool) -> Self {
        let names = super::query::selected(call).unwrap_or_default();
        let selects = |name: &str| names.iter().any(|selected| selected.eq_ignore_ascii_case(name));
        Self {
            basic,
            as_text: prefers_text(call),
            attachments: call
                .query("$expand")
                .is_some_and(|expand| expand.to_ascii_lowercase().contains("attachments")),
            headers: selects("internetMessageHeaders"),
            unique_body: selects("uniqueBody"),
        }
    }
}

/// Whether the client wants bodies as plain text.
pub(super) fn prefers_text(call: &Call) -> bool {
    call.headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| {
            let value: String = value.chars().filter(|letter| !"\" ".contains(*letter)).collect();
            value
                .to_ascii_lowercase()
                .contains("outlook.body-content-type=text")
        })
}

fn recipient(party: &Party) -> Value {
    let name = party.0.as_deref().unwrap_or(&party.1);
    json!({"emailAddress": {"name": name, "address": party.1}})
}

fn recipients(parties: &[Party]) -> Value {
    parties.iter().map(recipient).collect()
}

/// The version of a message, which changes with every change.
pub(super) fn change_key(position: usize, message: &Message) -> String {
    let print = hex_sha256(format!("{position} {} {}", message.number, message.changed).as_bytes());
    let mut bytes = vec![9, 0, 0, 0, 0x16, 0, 0, 0];
    bytes.extend(print.bytes().take(16));
    bytes.extend(message.changed.to_be_bytes());
    STANDARD.encode(bytes)
}

/// One message. Its last change is not dated: `lastModifiedDateTime` is when it was received, and the change key tells
/// whether it has changed.
pub(super) fn message(
    organisation: &Organisation,
    position: usize,
    message: &Message,
    shape: Shape,
) -> Value {
    let raw = organisation
        .objects
        .mail
        .bytes(&organisation.directory, position, message.content);
    let whole = mime::structure(&raw);
    let header = &raw[whole.header.clone()];
    let people = |name: HeaderName<'static>| mime::parties(header, name);
    let id = mail_ids::encode(organisation, position, Id::Message(message.number));
    let key = change_key(position, message);
    let received = graph_time(message.received);
    let sent = mime::date(header).map_or_else(|| received.clone(), graph_time);
    let subject = mime::text_value(header, HeaderName::Subject).unwrap_or_default();
    let from = people(HeaderName::From);
    let sender = people(HeaderName::Sender);
    let from = from.first().map_or(Value::Null, recipient);
    let sender = sender.first().map_or_else(|| from.clone(), recipient);
    let internet_id = mime::raw_value(header, "Message-ID").unwrap_or_default();
    let internet_id = String::from_utf8_lossy(&internet_id).into_owned();
    let thread = mime::raw_value(header, "References")
        .and_then(|value| {
            let value = String::from_utf8_lossy(&value).into_owned();
            value.split_whitespace().next().map(str::to_owned)
        })
        .unwrap_or_else(|| internet_id.clone());
    let thread = hex_sha256(format!("{position} {thread}").as_bytes());
    let conversation = format!(
        "AAQk{}",
        base64::engine::general_purpose::URL_SAFE.encode(&thread[..51])
    );
    let mut index = vec![1, 0];
    index.extend(thread.bytes().take(20));
    let flag_status = if message.has(flag::COMPLETE) {
        "complete"
    } else if message.has(flag::FLAGGED) {
        "flagged"
    } else {
        "notFlagged"
    };
    let link = format!(
        "https://outlook.office365.com/owa/?ItemID={}&exvsurl=1&viewmodel=ReadMessageItem",
        id.replace('=', "%3D")
    );
    let mut object = json!({
        "@odata.etag": format!("W/\"{key}\""),
        "id": id,
        "createdDateTime": received,
        "lastModifiedDateTime": received,
        "changeKey": key,
        "categories": message.categories,
        "receivedDateTime": received,
        "sentDateTime": sent,
        "hasAttachments": compose::has_attachments(&whole),
        "internetMessageId": internet_id,
        "subject": subject,
        "importance": compose::importance(header),
        "parentFolderId": mail_ids::encode(organisation, position, Id::Folder(message.folder)),
        "conversationId": conversation,
        "conversationIndex": STANDARD.encode(index),
        "isDeliveryReceiptRequested": mime::raw_value(header, "Return-Receipt-To").is_some(),
        "isReadReceiptRequested": mime::raw_value(header, "Disposition-Notification-To").is_some(),
        "isRead": message.has(flag::SEEN),
        "isDraft": message.has(flag::DRAFT),
        "webLink": link,
        "inferenceClassification": "focused",
        "sender": sender,
        "from": from,
        "toRecipients": recipients(&people(HeaderName::To)),
        "ccRecipients": recipients(&people(HeaderName::Cc)),
        "bccRecipients": recipients(&people(HeaderName::Bcc)),
        "replyTo": recipients(&people(HeaderName::ReplyTo)),
        "flag": {"flagStatus": flag_status},
    });
    if !shape.basic {
        let (is_html, content) = compose::body_of(&raw, &whole);
        let plain = if is_html {
            html::to_words(&content)
        } else {
            content.clone()
        };
        let preview: String = plain.chars().take(255).collect();
        let body = match (is_html, shape.as_text) {
            (true, true) => json!({"contentType": "text", "content": plain}),
            (false, true) => json!({"contentType": "text", "content": content}),
            (true, false) => json!({"contentType": "html", "content": content}),
            (false, false) => json!({"contentType": "html", "content": html::from_text(&content)}),
        };
        object["bodyPreview"] = json!(preview);
        if shape.unique_body {
            object["uniqueBody"] = body.clone();
        }
        object["body"] = body;
        if shape.headers {
            object["internetMessageHeaders"] = internet_headers(header);
        }
        if shape.attachments {
            object["attachments"] = attachments(organisation, position, message, true).into();
        }
    }
    object
}

fn internet_headers(header: &[u8]) -> Value {
    mime::fields(header)
        .into_iter()
        .map(|(name, field)| {
            let value = field.get(name.len() + 1..).unwrap_or_default();
            let value: String = String::from_utf8_lossy(value)
                .chars()
                .filter(|letter| !matches!(letter, '\r' | '\n' | '\0'))
                .collect();
            json!({"name": String::from_utf8_lossy(name), "value": value.trim()})
        })
        .collect()
}

/// The attachments of a message, with their content or without.
pub(super) fn attachments(
    organisation: &Organisation,
    position: usize,
    message: &Message,
    content: bool,
) -> Vec<Value> {
    let raw = organisation
        .objects
        .mail
        .bytes(&organisation.directory, position, message.content);
    let whole = mime::structure(&raw);
    let shown = compose::body_index(&whole);
    let mut found = Vec::new();
    for (place, part) in whole.leaves().into_iter().enumerate() {
        if shown.contains(&place) {
            continue;
        }
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let is_message = matches!(part.kind, Kind::Message(_));
        let bytes = part.decoded(&raw);
        let mut object = json!({
            "@odata.type": if is_message { "#microsoft.graph.itemAttachment" } else { "#microsoft.graph.fileAttachment" },
            "@odata.mediaContentType": part.content_type(),
            "id": mail_ids::encode(organisation, position, Id::Attachment(message.number, place)),
            "lastModifiedDateTime": graph_time(message.received),
            "name": part.file_name().unwrap_or("attachment"),
            "contentType": part.content_type(),
            "size": bytes.len(),
            "isInline": part.is_inline(),
        });
        if !is_message {
            object["contentId"] = json!(part.id.as_deref().map(|id| id.trim_matches(['<', '>'])));
            object["contentLocation"] = Value::Null;
            if content {
                object["contentBytes"] = json!(STANDARD.encode(&bytes));
            }
        }
        found.push(object);
    }
    found
}

/// The bytes of one attachment.
pub(super) fn attachment_bytes(
    organisation: &Organisation,
    position: usize,
    message: &Message,
    place: u32,
) -> Option<Vec<u8>> {
    let raw = organisation
        .objects
        .mail
        .bytes(&organisation.directory, position, message.content);
    let whole = mime::structure(&raw);
    let leaves = whole.leaves();
    let part = leaves.get(usize::try_from(place).ok()?)?;
    Some(part.decoded(&raw))
}

fn invalid(message: impl Into<String>) -> Failure {
    Failure::new(400, "RequestBodyRead", message)
}

/// 400: nobody to send to, or an address that is none.
pub(super) fn invalid_recipients() -> Failure {
    Failure::new(
        400,
        "ErrorInvalidRecipients",
        "At least one recipient is not valid.",
    )
}

fn party(value: &Value) -> Result<Party, Failure> {
    let address = value
        .pointer("/emailAddress/address")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim();
    let name = value.pointer("/emailAddress/name").and_then(Value::as_str);
    Ok((name.map(str::to_owned), address.to_owned()))
}

fn parties(value: &Value, name: &str) -> Result<Vec<Party>, Failure> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(list) => list.iter().map(party).collect(),
        _ => Err(invalid(format!(
            "The property '{name}' must be an array of recipients."
        ))),
    }
}

fn string(value: &Value, name: &str) -> Result<String, Failure> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        _ => Err(invalid(format!(
            "Cannot convert the value of '{name}' to the expected type 'Edm.String'."
        ))),
    }
}

/// A file as a client describes it.
///
/// # Errors
/// 400 when it is not a file that can be attached.
pub(super) fn file(value: &Value) -> Result<File, Failure> {
    let kind = text(value, "@odata.type").unwrap_or("#microsoft.graph.fileAttachment");
    if !kind.ends_with("microsoft.graph.fileAttachment") {
        return Err(Failure::new(
            400,
            "ErrorInvalidRequest",
            "Only file attachments can be added to a message of the practice organisation.",
        ));
    }
    let name = text(value, "name").unwrap_or_default().to_owned();
    if name.is_empty() {
        return Err(Failure::new(
            400,
            "ErrorInvalidPropertySet",
            "Attachment name is required.",
        ));
    }
    let bytes = STANDARD
        .decode(text(value, "contentBytes").unwrap_or_default().trim())
        .map_err(|_| {
            invalid("Cannot convert the literal of 'contentBytes' to the expected type 'Edm.Binary'.")
        })?;
    Ok(File {
        name,
        content_type: text(value, "contentType")
            .unwrap_or("application/octet-stream")
            .to_owned(),
        bytes,
        inline: value.get("isInline").and_then(Value::as_bool).unwrap_or_default(),
        content_id: text(value, "contentId").map(str::to_owned),
    })
}

/// Takes over the properties that a client gives. What a client may not write is ignored, as Graph ignores it.
///
/// # Errors
/// 400 for a value of a wrong type.
pub(super) fn apply(composed: &mut Composed, properties: &Map<String, Value>) -> Result<(), Failure> {
    for (name, value) in properties {
        match name.as_str() {
            "subject" => composed.subject = string(value, name)?,
            "body" => {
                let kind = text(value, "contentType").unwrap_or("text");
                composed.is_html = kind.eq_ignore_ascii_case("html");
                if !composed.is_html && !kind.eq_ignore_ascii_case("text") {
                    return Err(invalid("Requested value of 'contentType' was not found."));
                }
                composed.body = string(value.get("content").unwrap_or(&Value::Null), "content")?;
            }
            "toRecipients" => composed.to = parties(value, name)?,
            "ccRecipients" => composed.cc = parties(value, name)?,
            "bccRecipients" => composed.bcc = parties(value, name)?,
            "replyTo" => composed.reply_to = parties(value, name)?,
            "from" if value.is_object() => composed.from = Some(party(value)?),
            "sender" if value.is_object() => composed.sender = Some(party(value)?),
            "importance" => {
                let importance = string(value, name)?.to_ascii_lowercase();
                if !["low", "normal", "high"].contains(&importance.as_str()) {
                    return Err(invalid(format!("Requested value '{importance}' was not found.")));
                }
                composed.importance = importance;
            }
            "isReadReceiptRequested" => composed.read_receipt = value.as_bool().unwrap_or_default(),
            "isDeliveryReceiptRequested" => composed.delivery_receipt = value.as_bool().unwrap_or_default(),
            "internetMessageId" => composed.message_id = string(value, name)?,
            "internetMessageHeaders" => {
                for header in value.as_array().into_iter().flatten() {
                    let (Some(name), Some(value)) = (text(header, "name"), text(header, "value")) else {
                        continue;
                    };
                    if !name.to_ascii_lowercase().starts_with("x-") {
                        return Err(Failure::new(
                            400,
                            "InvalidInternetMessageHeader",
                            format!(
                                "The internet message header name '{name}' should start with 'x-' or 'X-'."
                            ),
                        ));
                    }
                    composed.fields.push((name.to_owned(), value.to_owned()));
                }
            }
            "attachments" => {
                composed.files = value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(file)
                    .collect::<Result<_, _>>()?;
            }
            _ => {}
        }
    }
    Ok(())
}
