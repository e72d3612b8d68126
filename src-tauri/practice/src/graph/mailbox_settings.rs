//! `/users/{mailbox}/mailboxSettings` (microsoft-facts §2.9).

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure};
use super::mail_folders::{body, mailbox, owner, view};
use super::mail_ids::{self, Id};
use super::path::Key;
use super::query;
use crate::access::Act;
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::Purpose;
use crate::wire::{Call, Reply};

/// What a client may write.
const WRITABLE: [&str; 7] = [
    "automaticRepliesSetting",
    "dateFormat",
    "delegateMeetingMessageDeliveryOptions",
    "language",
    "timeFormat",
    "timeZone",
    "workingHours",
];
/// The longest JSON of one setting, in bytes.
const SETTING_AT_MOST: usize = 64 * 1024;

/// All settings: what everybody has, with what a client wrote in its place.
fn settings(organisation: &Organisation, position: usize) -> Map<String, Value> {
    let purpose = organisation
        .directory
        .entry(position)
        .map(|entry| entry.kind.user_purpose());
    let zone = "W. Europe Standard Time";
    let archive = mail_ids::encode(organisation, position, Id::Folder(Purpose::Archive.number()));
    let defaults = json!({
        "archiveFolder": archive,
        "timeZone": zone,
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "dateFormat": "dd.MM.yyyy",
        "timeFormat": "HH:mm",
        "userPurpose": purpose,
        "automaticRepliesSetting": {
            "status": "disabled",
            "externalAudience": "all",
            "internalReplyMessage": "",
            "externalReplyMessage": "",
            "scheduledStartDateTime": {"dateTime": "2026-11-22T08:00:00.0000000", "timeZone": "UTC"},
            "scheduledEndDateTime": {"dateTime": "2026-11-23T08:00:00.0000000", "timeZone": "UTC"},
        },
        "language": {"locale": "en-US", "displayName": "English (United States)"},
        "workingHours": {
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000",
            "endTime": "17:00:00.0000000",
            "timeZone": {"name": zone},
        },
    });
    let mut all = match defaults {
        Value::Object(all) => all,
        _ => Map::new(),
    };
    for (name, value) in &view(organisation, position).settings {
        match (all.get_mut(name), value) {
            // A part of a setting leaves the rest of it alone.
            (Some(Value::Object(held)), Value::Object(given)) => held.extend(given.clone()),
            _ => {
                all.insert(name.clone(), value.clone());
            }
        }
    }
    all
}

fn whole(organisation: &Organisation, call: &Call, key: &Key, position: usize) -> Reply {
    let context = format!("{}/mailboxSettings", owner(key));
    query::object(
        organisation,
        call,
        200,
        &context,
        Value::Object(settings(organisation, position)),
    )
}

/// `GET /users/{mailbox}/mailboxSettings`.
pub(super) fn get(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadSettings)?;
    Ok(whole(organisation, call, key, position))
}

/// `GET /users/{mailbox}/mailboxSettings/{setting}`. `userPurpose` is the one Graph property that tells a shared
/// mailbox from a person's.
pub(super) fn one(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    name: &str,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadSettings)?;
    let value = settings(organisation, position).remove(name).unwrap_or_default();
    let context = format!("{}/mailboxSettings/{name}", owner(key));
    let context = query::context_url(organisation, call, &context);
    let answer = match value {
        Value::Object(mut setting) => {
            setting.insert("@odata.context".into(), json!(context));
            Value::Object(setting)
        }
        value => json!({"@odata.context": context, "value": value}),
    };
    Ok(Reply::json(200, &answer))
}

/// `PATCH /users/{mailbox}/mailboxSettings`.
pub(super) fn update(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteSettings)?;
    let body = body(call)?;
    let present = settings(organisation, position);
    let mut changes = Map::new();
    for (name, value) in body.as_object().into_iter().flatten() {
        if name.starts_with('@') {
            continue;
        }
        let held = present.get(name);
        let fits = WRITABLE.contains(&name.as_str())
            && held.is_some_and(|held| {
                held.is_object() == value.is_object() && held.is_string() == value.is_string()
            })
            && value.to_string().len() <= SETTING_AT_MOST;
        if !fits {
            return Err(Failure::new(
                400,
                "ErrorInvalidRequest",
                format!("The property '{name}' of the mailbox settings cannot be set to this value."),
            ));
        }
        changes.insert(name.clone(), value.clone());
    }
    let mailbox = organisation
        .objects
        .mail
        .change(&organisation.directory, position);
    for (name, value) in changes {
        match (mailbox.settings.get_mut(&name), value) {
            (Some(Value::Object(held)), Value::Object(given)) if held.len() < 50 => held.extend(given),
            (_, value) => {
                mailbox.settings.insert(name, value);
            }
        }
    }
    organisation.touch();
    Ok(whole(organisation, call, key, position))
}
