//! Mail folders, and the order in which a mail call is judged (microsoft-facts §2.10).

use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::{Key, query, users};
use crate::access::{self, Act, Decision};
use crate::bearer::Caller;
use crate::directory::mix;
use crate::organisation::Organisation;
use crate::wire::Call;

/// Finds the mailbox, then decides about access: token → mailbox → authorisation → body, the order of the fact
/// sheet (UNVERIFIED there).
pub(super) fn mailbox(
    organisation: &mut Organisation,
    caller: &Caller,
    key: &Key,
    act: Act,
) -> Result<usize, Failure> {
    let Some(position) = users::find(organisation, &key.value) else {
        return Err(Failure::new(
            404,
            "ErrorInvalidUser",
            format!("The requested user '{}' is invalid.", key.value),
        ));
    };
    let kind = organisation.directory.entry(position).map(|entry| entry.kind);
    if !kind.is_some_and(crate::directory::Kind::has_mailbox) {
        return Err(Failure::new(
            404,
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
        ));
    }
    let allowed = match caller {
        Caller::Application {
            principal_id, roles, ..
        } => {
            let stale_before = organisation.objects.stale_rights.get(principal_id).cloned();
            let app = access::Caller {
                principal_id,
                token_roles: roles.iter().map(String::as_str).collect(),
            };
            let clock = organisation.clock.clone();
            let decision = access::decide_live(
                &mut organisation.objects,
                &organisation.directory,
                &clock,
                &app,
                position,
                act,
            );
            if organisation.objects.stale_rights.get(principal_id) != stale_before.as_ref() {
                organisation.touch();
            }
            if decision == Decision::BlockedByPolicy {
                return Err(Failure::new(
                    403,
                    "ErrorAccessDenied",
                    "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.",
                ));
            }
            decision != Decision::Refused
        }
        Caller::Person { id, scopes, .. } => access::person_may(
            &organisation.objects,
            &organisation.directory,
            id,
            scopes,
            position,
            act,
        ),
    };
    if allowed {
        Ok(position)
    } else {
        Err(Failure::new(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        ))
    }
}

const WELL_KNOWN: [(&str, &str); 5] = [
    ("inbox", "Inbox"),
    ("sentitems", "Sent Items"),
    ("drafts", "Drafts"),
    ("deleteditems", "Deleted Items"),
    ("archive", "Archive"),
];

/// A folder. `sizeInBytes`, which the fact sheet lists, is not in the v1.0 schema and is left out.
fn folder(position: usize, index: usize) -> Value {
    let (name, display_name) = WELL_KNOWN.get(index).copied().unwrap_or(("", ""));
    let total = mix(position as u64 ^ (index as u64) << 32) % 400;
    json!({
        "id": folder_id(position, name),
        "displayName": display_name,
        "parentFolderId": folder_id(position, "root"),
        "childFolderCount": 0,
        "unreadItemCount": total / 7,
        "totalItemCount": total,
        "isHidden": false,
    })
}

fn folder_id(position: usize, name: &str) -> String {
    let print = crate::objects::hex_sha256(format!("{position} {name}").as_bytes());
    format!("AAMkADPractice{}AAA=", print.get(..40).unwrap_or_default())
}

/// Which folder a request names: by well-known name or by id.
pub(super) fn find(position: usize, key: &Key) -> Result<usize, Failure> {
    let known = WELL_KNOWN.iter().position(|(name, _)| {
        name.eq_ignore_ascii_case(&key.value) || folder_id(position, name) == key.value
    });
    known.ok_or_else(|| {
        if key.value.starts_with("AAMk") {
            Failure::new(
                404,
                "ErrorItemNotFound",
                "The specified object was not found in the store.",
            )
        } else {
            Failure::new(400, "ErrorInvalidIdMalformed", "Id is malformed.")
        }
    })
}

/// `GET /users/{mailbox}/mailFolders`.
pub(super) fn list(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadBasic)?;
    let all = (0..WELL_KNOWN.len())
        .map(|index| folder(position, index))
        .collect();
    query::collection(organisation, call, "users/mailFolders", all)
}

/// `GET /users/{mailbox}/mailFolders/{folder}`.
pub(super) fn get(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    name: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadBasic)?;
    let index = find(position, name)?;
    Ok(query::object(
        organisation,
        call,
        200,
        "users/mailFolders/$entity",
        folder(position, index),
    ))
}
