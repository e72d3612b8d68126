//! `GET /users/{mailbox}/mailboxSettings/userPurpose` (microsoft-facts §2.9).

use serde_json::json;

use super::failure::Answer;
use super::{Key, mail_folders, query};
use crate::access::Act;
use crate::bearer::Caller;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// The one Graph property that tells a shared mailbox from a person's.
pub(super) fn user_purpose(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
) -> Answer {
    let position = mail_folders::mailbox(organisation, caller, key, Act::ReadSettings)?;
    let purpose = organisation
        .directory
        .entry(position)
        .map(|entry| entry.kind.user_purpose());
    Ok(Reply::json(
        200,
        &json!({
            "@odata.context": query::context_url(organisation, call, "users/mailboxSettings/userPurpose"),
            "value": purpose,
        }),
    ))
}
