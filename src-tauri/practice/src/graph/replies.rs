//! Answers to a message and forwarded messages: sent at once, or kept as a draft first.

use serde_json::Value;

use super::failure::{Answer, Failure};
use super::mail_folders::mailbox;
use super::message_json;
use super::path::Key;
use super::{messages, send_mail};
use crate::access::Act;
use crate::access::bearer::Caller;
use crate::mail::compose::Composed;
use crate::mail::mime::Party;
use crate::organisation::Organisation;
use crate::organisation::mailboxes::html;
use crate::organisation::mailboxes::mailbox::{Purpose, flag};
use crate::wire::{Call, text};

/// What kind of answer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Reply,
    ReplyAll,
    Forward,
}

/// `reply`, `replyAll` and `forward`, or with `draft` the actions whose names begin with `create`.
pub(super) fn answer(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    keys: &[Key],
    kind: Kind,
    draft: bool,
) -> Answer {
    let [key, id, ..] = keys else {
        return Err(super::mail_ids::malformed());
    };
    let act = if draft { Act::WriteMail } else { Act::SendMail };
    let position = mailbox(organisation, caller, key, act)?;
    let message = messages::find(organisation, position, &id.value)?;
    let body = super::body::object_if_any(call).map(Value::Object)?;
    let raw = organisation
        .objects
        .mail
        .bytes(&organisation.directory, position, message.content);
    let composed = compose(organisation, position, &Composed::read(&raw), &body, kind)?;
    let bytes = composed.write();
    let result = if draft {
        let number = messages::save_draft(organisation, position, Purpose::Drafts.number(), bytes)?;
        messages::one(organisation, call, key, position, 201, number, false)
    } else {
        send_mail::submit(organisation, caller, position, &composed, &bytes, true)
    }?;
    if kind != Kind::Forward && !draft {
        let mailbox = organisation
            .objects
            .mail
            .change(&organisation.directory, position);
        mailbox.set_flags(message.number, message.flags | flag::ANSWERED);
    }
    Ok(result)
}

fn compose(
    organisation: &Organisation,
    position: usize,
    original: &Composed,
    body: &Value,
    kind: Kind,
) -> Result<Composed, Failure> {
    let mut composed = messages::blank(organisation, position);
    let own = composed
        .from
        .as_ref()
        .map(|from| from.1.to_lowercase())
        .unwrap_or_default();
    let prefix = if kind == Kind::Forward { "FW: " } else { "RE: " };
    composed.subject = format!("{prefix}{}", bare_subject(&original.subject));
    let others = |parties: &[Party]| -> Vec<Party> {
        parties
            .iter()
            .filter(|party| party.1.to_lowercase() != own)
            .cloned()
            .collect()
    };
    if kind != Kind::Forward {
        composed.to = if original.reply_to.is_empty() {
            original.from.iter().cloned().collect()
        } else {
            original.reply_to.clone()
        };
        composed.in_reply_to = Some(original.message_id.clone()).filter(|id| !id.is_empty());
    }
    if kind == Kind::ReplyAll {
        composed.to.extend(others(&original.to));
        composed.cc = others(&original.cc);
    }
    composed.references.clone_from(&original.references);
    if !original.message_id.is_empty() {
        composed.references.push(original.message_id.clone());
    }
    if kind == Kind::Forward {
        composed.files.clone_from(&original.files);
    }
    let comment = text(body, "comment")
        .or_else(|| text(body, "Comment"))
        .unwrap_or_default();
    composed.is_html = true;
    composed.body = quoted(comment, original);
    // "toRecipients" beside the message is how forwarding names its recipients.
    if let Some(recipients) = body.get("toRecipients").or_else(|| body.get("ToRecipients")) {
        let mut only = serde_json::Map::new();
        only.insert("toRecipients".into(), recipients.clone());
        message_json::apply(&mut composed, &only)?;
    }
    if let Some(changes) = body
        .get("message")
        .or_else(|| body.get("Message"))
        .and_then(Value::as_object)
    {
        if !comment.is_empty() && changes.contains_key("body") {
            return Err(Failure::new(
                400,
                "ErrorInvalidRequest",
                "Either the comment or the body of the message can be given, not both.",
            ));
        }
        message_json::apply(&mut composed, changes)?;
    }
    Ok(composed)
}

fn bare_subject(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(prefix) = ["re:", "fw:", "fwd:"].into_iter().find(|prefix| {
        rest.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    }) {
        rest = rest[prefix.len()..].trim_start();
    }
    rest
}

fn quoted(comment: &str, original: &Composed) -> String {
    let from = original
        .from
        .as_ref()
        .map(|from| from.1.as_str())
        .unwrap_or_default();
    let inner = if original.is_html {
        original.body.clone()
    } else {
        format!("<pre>{}</pre>", html::escape(&original.body))
    };
    format!(
        "<html><body><p>{}</p><hr><p><b>From:</b> {}<br><b>Subject:</b> {}</p>{inner}</body></html>",
        html::escape(comment).replace('\n', "<br>"),
        html::escape(from),
        html::escape(&original.subject),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_do_not_pile_up() {
        assert_eq!(bare_subject("Re: FW: re:  Hello"), "Hello");
        assert_eq!(bare_subject("Größe"), "Größe");
        assert_eq!(bare_subject("re"), "re");
    }
}
