//! `/users/{mailbox}/contacts`: nobody here keeps any.

use serde_json::json;

use super::failure::Answer;
use super::mail_folders::{mailbox, owner};
use super::path::Key;
use super::query;
use crate::access::Act;
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// `GET /users/{mailbox}/contacts`.
pub(super) fn list(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    mailbox(organisation, caller, key, Act::ReadContacts)?;
    let context = query::context_url(organisation, call, &format!("{}/contacts", owner(key)));
    Ok(Reply::json(
        200,
        &json!({ "@odata.context": context, "value": [] }),
    ))
}
