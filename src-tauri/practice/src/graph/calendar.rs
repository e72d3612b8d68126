//! `/users/{mailbox}/calendar`: the mailbox's own calendar as an object. Its events aren't played.

use serde_json::json;

use super::failure::Answer;
use super::mail_folders::{mailbox, owner};
use super::path::Key;
use super::query;
use crate::access::Act;
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::people::directory::IdKind;
use crate::people::entry::Entry;
use crate::wire::Call;

/// `GET /users/{mailbox}/calendar`.
pub(super) fn get(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadCalendar)?;
    let address = organisation.directory.entry(position).map(Entry::address);
    let calendar = json!({
        "id": format!("AAMkCalendar{}", organisation.directory.id(IdKind::Directory, position)),
        "name": "Calendar",
        "color": "auto",
        "isDefaultCalendar": true,
        "canEdit": true,
        "canShare": true,
        "canViewPrivateItems": true,
        "owner": { "name": address, "address": address },
    });
    let context = format!("{}/calendar/$entity", owner(key));
    Ok(query::object(organisation, call, 200, &context, calendar))
}
